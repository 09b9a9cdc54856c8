"""The table of units: one row is all that a unit needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import parkstudy
from parkstudy.method.study import MEASURES
from parkstudy.record.units import UNIT_OF_WORD, UNITS, WHOLE, comparable_units, sizes, units

PACKAGE = Path(parkstudy.__file__).parent


def test_units_of_measures_are_no_units_of_figures() -> None:
    assert not set(UNITS) & {"CNY/km2", "points", *(measure.shown for measure in MEASURES.values())}
    assert {measure.shown or measure.unit for measure in MEASURES.values()} <= {*units(), ""}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_values_of_a_measure_stand_on_one_scale(lang: str) -> None:
    for measure in (one for one in MEASURES.values() if one.unit):  # else it has the unit of its figure
        shown = units()[measure.shown or measure.unit]
        assert shown.scale(lang, 1e3) == shown.scale(lang, 1e10), measure
    assert WHOLE == ("count", "person")


def test_no_word_names_two_units() -> None:
    assert len(UNIT_OF_WORD) == sum(len(unit.printed) for unit in units().values())


def test_only_units_of_one_family_with_sizes_are_converted() -> None:
    assert sizes("mu", "km2") == (2_000, 3_000_000)
    assert sizes("mu", "mu") == (2_000, 2_000)
    assert sizes("CNY", "USD") is None
    assert sizes("mu", "CNY") is None
    assert sizes(None, "mu") is None


def test_a_unit_without_a_family_stands_for_itself_alone() -> None:
    assert comparable_units("count", "count")
    assert not comparable_units("count", "person")
    assert not comparable_units(None, "count")


def test_a_new_row_is_enough_to_read_convert_compare_and_say_a_new_unit(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "parkstudy", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "parkstudy" / "record" / "units.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("t,rounded,weight,1000,吨;噸,tonnes,吨,1e6 million,1e4 万,,\n")
        file.write("kg,rounded,weight,1,公斤;kg,kg,公斤,,,,\n")
    program = """if True:
        from parkstudy.record.quantities import parse
        from parkstudy.record.rules import _FIGURE_WORDS
        from parkstudy.record.schema import columns
        from parkstudy.record.units import comparable_units, sizes
        from parkstudy.words.speech import speech
        figure = parse("约1.5万噸")
        print(figure.unit, figure.value, figure.to("kg").value, comparable_units("kg", "t"), comparable_units("kg", "mu"))
        print(sizes("t", "kg"), sizes("mu", "kg"), sizes(None, "kg"))
        print(repr(_FIGURE_WORDS.sub("", "1.5万吨")), "t" in columns("indicators")["unit"].metadata["values"])
        print(*speech("en").scale("t", 15000), *speech("zh").scale("t", 15000))
    """
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.splitlines() == [
        "t 15000.0 15000000.0 True False",
        "(1000, 1) None None",
        "'' True",
        "1.0  tonnes 10000.0 万 吨",
    ]
