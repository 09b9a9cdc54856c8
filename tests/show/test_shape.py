"""The shape of a drawing: its marks without a word, in the places they have."""

from __future__ import annotations

import re

import pytest

from parkstudy.show.shape import HEIGHT, WIDTH, shape, table_shape

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
DOT = (
    '<g id="tie|{park}|k"><defs><path id="{id}" d="M -3 -3 L 3 3"/></defs>'
    '<g><use xlink:href="#{id}" x="{x}" y="{y}" style="fill:#0072b2"/></g></g>'
)
BAR = '<g id="tie|a|k"><path d="M 10 {y} L {x} {y} L {x} {low} L 10 {low} z" style="fill:#00795a"/></g>'
RANGE = '<g id="tie|a|k"><path d="M {x} {y} L {end} {y}" style="fill:none;stroke:#d55e00"/></g>'
WORDS = '<g id="tie|a|k"><text x="500" y="500">Hengnan 10.2 %</text></g><g><path d="M 0 0 L 999 999"/></g>'


def drawn(*parts: str) -> str:
    return shape(f"{HEAD}{''.join(parts)}{WORDS}</svg>")


def numbers(name: str, of: str) -> list[float]:
    return [float(number) for number in re.findall(rf' {name}="([-\d.]+)"', of)]


def test_dots_keep_their_order_across_and_stand_evenly_down() -> None:
    made = drawn(*(DOT.format(park="a", id=f"m{y}", x=x, y=y) for x, y in ((40, 10), (100, 50), (60, 200))))
    across, down = numbers("cx", made), numbers("cy", made)
    assert across[0] < across[2] < across[1]
    assert down[1] - down[0] == pytest.approx(down[2] - down[1], abs=0.2)
    assert made.count("<line") == 3  # a rail under each
    assert "Hengnan" not in made


@pytest.mark.parametrize("part", [BAR.format(x=90, y=5, low=9), RANGE.format(x=40, end=90, y=5)])
def test_everything_is_inside_and_follows_the_colours_of_the_page(part: str) -> None:
    made = drawn(part, DOT.format(park="b", id="m1", x=200, y=40))
    for name, most in (
        ("x", WIDTH),
        ("x1", WIDTH),
        ("x2", WIDTH),
        ("cx", WIDTH),
        ("y", HEIGHT),
        ("y1", HEIGHT),
        ("cy", HEIGHT),
    ):
        assert all(0 <= number <= most for number in numbers(name, made))
    assert not re.search(r'(?<!,)"?#[0-9a-f]{6}"', made)


def test_a_table_of_words_is_bars_with_a_dot_for_a_sign_down_to_where_a_thumbnail_ends() -> None:
    lines = ((10, "Hengnan"), (20, "✓"), (30, "far below" * 9), (900, "further"))
    words = (
        f'<g id="tie|a|"><text style="font-size:9px;fill:#1f2933" x="{y}" y="{y}">{text}</text></g>'
        for y, text in lines
    )
    made = shape(HEAD.replace("0 0 9 9", "0 0 500 1000") + "".join(words) + "</svg>")
    assert (made.count("<rect"), made.count("<circle")) == (2, 1)
    assert "Hengnan" not in made
    assert shape(f"{HEAD}</svg>") == ""


def test_a_table_is_its_first_rows_with_what_leads_to_a_number_filled() -> None:
    row = (
        '<tr data-park="a"><th scope="row">Output</th><td><span data-opens="k">1</span></td><td>not reported</td></tr>'
    )
    made = table_shape(
        f"<table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody>{row * 20}</tbody></table>"
    )
    assert (made.count("--stated"), made.count("--rule")) == (8, 16)
    assert max(numbers("y", made)) < HEIGHT - 10
    assert table_shape("<p>no table</p>") == ""
