"""The explorer: ask the data in JupyterLab.

`choice` is what is chosen, `offers` what can be, `answer` what comes out, `session` who answers a reader by plain functions; `widget`
shows it in a notebook. Where no kernel answers, the first view stands as an ordinary exhibit.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkstudy.explorer.widget import Explorer


def explore(*chosen: str, **named: str) -> "Explorer":
    """The explorer, for the last line of a notebook cell; see `widget.explore` for what it can open on."""
    from parkstudy.explorer import widget

    return widget.explore(*chosen, **named)
