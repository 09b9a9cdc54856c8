"""What a notebook shows is read from its code; where that does more than choose and show, nothing is read."""

import json

from cases import every

from parkstudy.record.codes import LANGUAGES
from parkstudy.report.calls import Call, calls
from parkstudy.report.run import notebooks

SETUP = "from parkstudy import load, viewer\nstudy = load(data)\nview = viewer(study.only(parks), lang)"


def cells(*sources, tags=("parameters",)):
    first = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": 'lang = "en"\nparks = ""\ndata = ""'}
    return [first, *({"cell_type": "code", "metadata": {}, "source": source} for source in sources)]


def test_every_notebook_of_the_package_is_read():
    for lang in LANGUAGES:
        for name, path in notebooks(lang).items():
            assert calls(json.loads(path.read_bytes())["cells"], {}), f"{lang} {name}"


def test_parameters_decide_what_is_shown_and_of_which_parks():
    shown = ["view('land', rung=rung, basis=\"reported\")", "viewer"]
    assert calls(cells(SETUP, "rung = 'total'", shown[0]), {"parks": "a,b"}) == [
        Call("land", {"rung": "total", "basis": "reported"}, "en", (("only", "a,b"),))
    ]
    (call,) = calls(cells(SETUP, "own = viewer(study.only('a,b').within(parks), 'zh')", "own('sources')"), {})
    assert call.name == "zh sources only(a,b) within()"


def test_a_folder_of_ones_own_is_the_one_given():
    assert calls(cells(SETUP, "view('land')"), {"data": "/mine"}) == [Call("land", {}, "en", (("only", ""),))]
    assert (
        calls(cells("from parkstudy import load, viewer\nview = viewer(load('/mine'), lang)", "view('land')"), {})
        is None
    )


@every(
    "source",
    [
        "print(1)",
        "view('land').data",
        "view('land');",
        "view('land')\nview('areas')",
        "view('facts', park=study.park_ids()[0])",
        "view('facts', **{})",
        "study.measures",
        "view = viewer(study.only(','.join(parks)), lang)",
        "from parkstudy import check",
        "from parkstudy import load as viewer",
        "import os",
        "for key in ('land', 'areas'):\n    view(key)",
        "%matplotlib inline",
        "view('land'",
    ],
)
def test_code_that_does_more_is_not_read(source):
    assert calls(cells(SETUP, source), {}) is None


def test_a_name_that_was_given_another_meaning_is_not_read():
    assert calls(cells(SETUP, "load = 'x'", "view = viewer(load(data), lang)"), {}) is None


def test_parks_and_a_year_are_read_as_they_are_given() -> None:
    source = SETUP.replace("study.only(parks)", "study.only(parks, year)")
    (call,) = calls(cells(source, "view('sources')"), {"parks": "a,b", "year": "2019", "lang": "en", "data": ""})
    assert call.narrowed == (("only", "a,b", "2019"),)
    assert call.name == "en sources only(a,b, 2019)"


EXPLORE = "explore(measure, parks, price, basis, rung, year, reading, lang, data)"
ASKED = (
    'measure = "tax_per_output"\nlang = "en"\nparks = ""\nprice = "nominal"\nbasis = "reported"\nrung = "perimeter"\n'
    'year = "latest"\nreading = ""\ndata = ""'
)


def explored(source: str = EXPLORE, **given: str) -> list[Call] | None:
    first = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ASKED}
    rest = ["from parkstudy import explore", source]
    return calls([first, *({"cell_type": "code", "metadata": {}, "source": one} for one in rest)], given)


def test_what_the_explorer_shows_first_is_the_exhibit_of_its_measure_with_the_choices_that_act_on_it() -> None:
    assert explored() == [Call("tax-per-output", {"basis": "reported"}, "en", (("only", "", "latest"),), True)]
    (call,) = explored(measure="freight_growth", price="real", parks="a", year="2019", lang="zh") or []
    assert call == Call("measure", {"measure": "freight_growth", "price": "real"}, "zh", (("only", "a", "2019"),), True)
    named = EXPLORE.replace("data)", "data=data)")
    assert explored(named) == explored()


@every("source", ["explore()", "explore(measure)", EXPLORE.replace("data)", "'/mine')"), "explore(*parks)"])
def test_an_explorer_that_is_told_less_may_show_anything(source: str) -> None:
    assert explored(source) is None


def test_an_explorer_of_no_measure_may_show_anything() -> None:
    assert explored(measure="nothing") is None
