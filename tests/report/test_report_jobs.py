"""Which pages a report is made of: notebooks, values, languages, and how each page is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from built_pages import PARKS, STANDARD
from cases import every

import parkstudy
from parkstudy.report import ParameterError
from parkstudy.report.build import asked
from parkstudy.report.run import page_stem


def pages(names: list[str], given: dict[str, str] | None = None, **more: Any) -> dict[str, dict[str, str]]:
    """The pages that a call asks for, by name, with the parameters that differ from the defaults."""
    return {task.stem: dict(task.parameters) for task in asked(names, given, **more)}


def test_the_standard_build_is_every_page_in_both_languages_and_every_profile() -> None:
    assert sorted(pages([])) == STANDARD


def test_a_named_notebook_is_one_page_in_english() -> None:
    assert pages(["60-park-profile"]) == {"60-park-profile": {}}


@pytest.mark.parametrize(
    ("lang", "stems"),
    [
        ("en", ["20-growth"]),
        ("zh", ["20-growth.zh"]),
        ("all", ["20-growth", "20-growth.zh"]),
    ],
)
def test_a_language_is_asked_for(lang: str, stems: list[str]) -> None:
    assert list(pages(["20-growth"], lang=lang)) == stems


def test_one_language_of_everything_is_half_of_the_standard_build() -> None:
    assert sorted(pages([], lang="zh")) == [stem for stem in STANDARD if ".zh" in stem]


def test_a_language_given_as_a_parameter_is_the_one_the_notebook_has() -> None:
    assert pages(["20-growth"], {"lang": "zh"}, lang="zh") == {"20-growth.zh": {}}


def test_each_language_is_both() -> None:
    assert list(pages(["20-growth"], each="lang")) == ["20-growth", "20-growth.zh"]


def test_each_makes_a_page_for_every_value() -> None:
    found = pages(["60-park-profile"], each="park")
    assert [parameters.get("park", "hengnan") for parameters in found.values()] == PARKS
    assert list(found) == ["60-park-profile", *(f"60-park-profile.{park}" for park in PARKS[1:])]


def test_each_varies_only_the_notebooks_that_have_the_parameter() -> None:
    assert list(pages(["20-growth", "30-tax-quality"], each="price")) == [
        "20-growth",
        "20-growth.real",
        "30-tax-quality",
    ]


def test_each_and_a_language_make_every_combination() -> None:
    found = pages(["40-land-efficiency"], each="rung", lang="all")
    assert len(found) == 16
    assert found["40-land-efficiency.zh.signed"] == {"rung": "signed"}


def test_a_park_asked_for_in_everything_makes_its_profile_alone() -> None:
    found = pages([], {"park": "shuangpai"}, lang="en")
    assert [stem for stem in found if stem.startswith("60")] == ["60-park-profile.shuangpai"]


@pytest.mark.parametrize(
    ("names", "given", "more", "text"),
    [
        (
            ["20-growth"],
            {"lang": "zh"},
            {"lang": "en"},
            "parameter lang: 20-growth.ipynb is written in en; --lang zh runs its twin zh/20-growth.ipynb",
        ),
        (
            ["20-growth"],
            {"lang": "en"},
            {"lang": "zh"},
            "parameter lang: 20-growth.ipynb is written in zh; --lang en runs its twin notebooks/20-growth.ipynb",
        ),
        (
            ["20-growth"],
            {"lang": "zh"},
            {},
            "parameter lang: 20-growth.ipynb is written in en; --lang zh runs its twin zh/20-growth.ipynb",
        ),
        (["20-growth"], {}, {"each": "lang", "lang": "zh"}, "--each lang: is given a value already"),
        (["20-growth"], {}, {"each": "park"}, "--each park: expected one of basis, data, lang, parks, price, year"),
        (["20-growth"], {}, {"each": "prak"}, "--each prak: expected one of basis, data, lang, parks, price, year"),
        (["60-park-profile"], {"park": "hengshan"}, {"each": "park"}, "--each park: is given a value already"),
        (
            ["20-growth"],
            {},
            {"each": "data"},
            "the values of parameter 'data' cannot be listed; those of measure, lang, parks, price, basis, rung, year, reading, park can",
        ),
        (["20-growth"], {}, {"lang": "de"}, "unknown language 'de'; expected one of en, zh, all"),
        (
            ["20-growth"],
            {"lang": "de"},
            {},
            "parameter lang: unknown lang 'de'; expected one of en, zh",
        ),
    ],
)
def test_a_wrong_value_is_refused_before_anything_is_run(
    tmp_path: Path, names: list[str], given: dict[str, str], more: dict[str, str], text: str
) -> None:
    out = tmp_path / "pages"
    with pytest.raises(ParameterError, match=f"^{re.escape(text)}$"):
        asked(names, given, out=out, **more)
    assert not out.exists()


@pytest.mark.parametrize(
    ("own", "given", "park"),
    [
        (True, {}, "awkward"),
        (True, {"park": "awkward"}, "awkward"),
        (True, {"park": "no-tax"}, "no-tax"),
        (False, {}, PARKS[0]),
    ],
    ids=["one's own data", "the first park asked for", "a park asked for", "the shipped data"],
)
def test_a_profile_is_of_the_park_asked_for_else_of_the_first(
    awkward: Path, tmp_path: Path, own: bool, given: dict[str, str], park: str
) -> None:
    data = {"data": str(awkward)} if own else {}
    (task,) = asked(["60-park-profile"], given | data, out=tmp_path)
    assert dict(task.parameters) == data | ({"park": park} if park == "no-tax" else {})
    assert task.about == {"park": park}


def test_profiles_of_ones_own_data_are_those_of_their_core_parks(awkward: Path) -> None:
    found = pages([], {"data": str(awkward)}, lang="en")
    first, *others = parkstudy.load(awkward).park_ids()
    parks = [parameters.get("park", first) for stem, parameters in found.items() if stem.startswith("60")]
    assert parks == [first, *others]
    assert len(parks) == 6


@every(
    ("lang", "changed", "stem"),
    [
        ("en", {}, "20-growth"),
        ("en", {"parks": "hengnan"}, "20-growth.hengnan"),
        ("zh", {"price": "real"}, "20-growth.zh.real"),
        (
            "zh",
            {"data": "own", "park": "p", "rung": "r", "basis": "b", "price": "c", "parks": "q"},
            "20-growth.zh.q.c.b.r.p.own",
        ),
        ("en", {"parks": "hengnan,shuangpai"}, "20-growth.ba577151"),
        ("en", {"data": "../my data"}, "20-growth.f3f93fb7"),
        ("en", {"parks": "a" * 24}, "20-growth." + "a" * 24),
    ],
)
def test_a_page_is_named_by_what_differs_from_the_defaults(lang: str, changed: dict[str, str], stem: str) -> None:
    assert page_stem("20-growth", lang, changed) == stem


@every("value", ["a" * 25, "../..", "a/b", "a.b", "x y", "衡南", '"', "-a", "<b>"])
def test_an_awkward_value_is_eight_hexadecimal_digits_in_a_name(value: str) -> None:
    assert re.fullmatch(r"20-growth\.[0-9a-f]{8}", page_stem("20-growth", "en", {"data": value}))


@pytest.mark.parametrize("park", ["zh", "real", "perimeter"])
def test_a_park_named_as_a_language_or_a_value_has_a_page_of_its_own(park: str) -> None:
    assert re.fullmatch(r"60-park-profile\.[0-9a-f]{8}", page_stem("60-park-profile", "en", {"park": park}))


def test_two_pages_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parkstudy.report.build.page_stem", lambda *_: "same")
    with pytest.raises(
        ParameterError, match=r"^two pages would be named same: \{\} and \{'park': 'hengshan'\}; build them into"
    ):
        pages(["60-park-profile"], each="park")


def test_a_profile_of_one_of_several_parks_says_how_the_others_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [task.stem for task in asked(["60-park-profile"], out=tmp_path)] == ["60-park-profile"]
    assert capsys.readouterr().err.splitlines()[-1] == (
        "parkstudy: 60-park-profile: the page of hengnan, the first of 5 parks; "
        "--each park makes a page of each, -p park ID that of another"
    )
    for given, each in (({"park": "hengshan"}, ""), ({}, "park")):
        asked(["60-park-profile"], given, out=tmp_path, each=each)
        assert "60-park-profile" not in capsys.readouterr().err
