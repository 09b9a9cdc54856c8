"""Every exhibit of small studies: words that say what there is, no empty brackets, no axis without values."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

import pytest
from small_studies import SMALL, small

from parkstudy.method.study import Study
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure

LANGUAGES = ("en", "zh")
WORDS = [key for key, entry in CATALOGUE.items() if not isinstance(entry, Figure)]
DRAWN = [key for key, entry in CATALOGUE.items() if isinstance(entry, Figure)]
EMPTY = re.compile(r"\(\s*\)|（\s*）|\[\s*\]|\bnan\b|\bNone\b(?! of)|\bnull\b|: ?[.;]|：[。；]|^\s*[.,;。，；]")
RINGS = {  # of what both languages show, one is enough; the others are slow
    ("one_park_of_grade_c", "en"): (),
    ("without_tax", "zh"): (),
    **dict.fromkeys(
        [("without_area", "en"), ("one_park", "zh"), ("every_measure_refused", "zh")], (pytest.mark.thorough,)
    ),
}


@cache
def study_of(name: str) -> Study:
    return small(name, Path(mkdtemp(prefix="small-")))


def shown(name: str, key: str, lang: str) -> Exhibit:
    study = study_of(name)
    given = {"park": study.park_ids()[0]} if "park" in CATALOGUE[key].takes else {}
    return viewer(study, lang)(key, **given)


def words_of(exhibit: Exhibit) -> list[str]:
    """The words of its paragraphs, items and captions, one text each."""
    parts = re.findall(r"<(p|li|figcaption|td|th)\b[^>]*>(.*?)</\1>", exhibit.body, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", inside) for _, inside in parts]


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        pytest.param(name, lang, marks=RINGS.get((name, lang), pytest.mark.slow))
        for lang, name in product(LANGUAGES, SMALL)
    ],
)
def test_the_words_of_a_small_study_are_whole(name: str, lang: str) -> None:
    for key in WORDS:
        made = shown(name, key, lang)
        faults = [text for text in words_of(made) if EMPTY.search(text)]
        assert not faults, (key, faults[:3])
        if CATALOGUE[key].answers:
            assert len(made.answer) > 20, key


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", SMALL)
def test_the_pictures_of_a_small_study_are_whole(name: str, lang: str) -> None:
    for key in DRAWN:
        made = shown(name, key, lang)
        assert made.answer or (key == "park-series" and not made.data.height), key  # a park of one text has no series
        faults = [text for text in words_of(made) if EMPTY.search(text)]
        assert not faults, (key, faults[:3])
        if made.data.height == 0:
            assert "<svg" not in made.body, key
