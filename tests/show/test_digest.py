"""A digest is equal for equal values in every process, differs for others, and is made without drawing."""

import os
import subprocess
import sys
from dataclasses import make_dataclass
from datetime import date

import polars as pl
import pytest

import parkstudy
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.digest import digest, strings, undrawn
from parkstudy.show.view import View

Point = make_dataclass("Point", ["x", "y"])
DIFFERENT = [
    "", "1", 1, 1.0, True, None, [], [1], [[1]], (1,), [1, 2], [[1], 2], {"a": 1}, {"b": 1}, {"a": "1"}, {1, 2}, {1}, date(2020, 1, 1),
    "2020-01-01", Point(1, 2), Point(2, 1), pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [1.0]}), pl.DataFrame({"b": [1]}), float("inf"),
]  # fmt: skip


def test_different_values_have_different_digests():
    assert len({digest(value) for value in DIFFERENT}) == len(DIFFERENT)
    assert digest("a", "b") != digest("ab") != digest("a\x1fb")


def test_every_text_of_a_value_is_found():
    found = strings({"a": [{"b": pl.DataFrame({"c": ["d"]})}, Point("e", None)]})
    assert {"a", "b", "d", "e"} <= found


def test_what_only_its_place_in_memory_tells_has_no_digest():
    for value in (object(), len, [lambda: 1]):
        with pytest.raises(TypeError, match="select data"):
            digest(value)


@pytest.mark.slow
def test_an_exhibit_has_the_same_digest_in_every_process():
    keys = ["land", "overview", "growth-notes", "statements", "comparisons"]
    program = (
        "import parkstudy; from parkstudy.show.digest import undrawn\n"
        "view = parkstudy.viewer(parkstudy.load())\n"
        f"with undrawn(): print([view(key).digest for key in {keys}])"
    )
    seed = str(1 + (os.environ.get("PYTHONHASHSEED") == "1"))  # another one than this process has
    other = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    with undrawn():
        here = [parkstudy.viewer(parkstudy.load())(key).digest for key in keys]
    assert other.stdout.strip() == str(here)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["land-alone", "statements", "coverage", "spans"])
def test_a_drawing_adds_nothing_to_a_digest(study, key):
    with undrawn():
        without = CATALOGUE[key].show(View(study, "en"))
    drawn = CATALOGUE[key].show(View(study, "en"))
    assert (drawn.digest, without.svg) == (without.digest, "")
    assert drawn.svg


def test_the_hash_of_the_data_is_no_part_of_it(study):
    same = parkstudy.load()
    object.__setattr__(same, "data_hash", "0" * 64)
    assert CATALOGUE["sources"].show(View(study, "en")).digest == CATALOGUE["sources"].show(View(same, "en")).digest
