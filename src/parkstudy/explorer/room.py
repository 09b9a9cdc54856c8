"""How wide a drawing is made for the room that the screen has for it: its letters are read in 12 pixels or more."""

from parkstudy.show.theme import NARROW

WIDTH, PIXELS = 8.6, 100  # inches of the widest drawing; pixels of the screen to an inch of it
ROOM = 1026.0  # pixels that an answer has in a window of 1400
_LEAST, _STEP = 6.0, 0.5  # inches of a drawing that is no narrow one, and by which widths differ
_GUTTER = 90  # pixels that two kept views lose side by side


def width_of(pixels: float) -> float:
    """The width in inches of a drawing for so many pixels, in steps; where a wide one would crowd, that for a telephone."""
    wide = pixels / PIXELS // _STEP * _STEP
    return NARROW if wide < _LEAST else min(WIDTH, wide)


def kept_width(pixels: float) -> float:
    """The same for a drawing that stands beside another one in so many pixels."""
    return width_of((pixels - _GUTTER) / 2)
