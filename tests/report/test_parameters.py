"""Parameters: names are those of the notebooks' own cells, values are checked before a kernel is started."""

from __future__ import annotations

from typing import Any

import pytest
from cases import every
from exhibit_parts import study_of
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import parkstudy
from parkstudy.record.codes import codes
from parkstudy.record.shipped import DataFolderError
from parkstudy.report.parameters import ParameterError, closed, declared, validated, values_of
from parkstudy.show.catalogue import CATALOGUE

PARKS = ", ".join(study_of().parks["park_id"])
KNOWN = [{"parks": "", "data": ""}, {"park": "hengnan", "data": ""}]
CLOSED = [name for name in codes("parameter") if closed(name)]
VALUED = [{name: closed(name)[0] for name in CLOSED}]
OTHERS = [(name, value) for name in CLOSED for value in ("", "all", "nonsense") if value not in closed(name)]


def notebook(source: str, tags: list[str] | None = None) -> Any:
    cells = [
        new_markdown_cell("parameters = 1"),
        new_code_cell("other = 2"),
        new_code_cell(source, metadata={"tags": ["parameters"] if tags is None else tags}),
    ]
    return new_notebook(cells=cells)


def test_what_an_exhibit_obeys_has_a_closed_list() -> None:
    assert {"lang", "price"} <= set(CLOSED)
    assert {name for entry in CATALOGUE.values() for name in entry.obeys} <= set(CLOSED)


def test_literals_of_the_tagged_cell_are_parameters_with_their_defaults() -> None:
    source = 'parks = ""  # ids, such as "a=b"\nprice = \'nominal\'\nlimit = -3\nshares = [0.5, 1]\nnone = None'
    assert declared(notebook(source)) == {
        "parks": "",
        "price": "nominal",
        "limit": -3,
        "shares": [0.5, 1],
        "none": None,
    }


def test_a_notebook_without_a_tagged_cell_has_no_parameter() -> None:
    assert declared(notebook("parks = 1", tags=[])) == {}
    assert declared(notebook("parks = 1", tags=["setup"])) == {}
    assert declared(new_notebook()) == {}


def test_a_folder_whose_name_is_no_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(ParameterError) as raised:
        validated({"data": "a\udcff"}, KNOWN)
    assert str(raised.value) == (
        "parameter data: 'a\\udcff' is no text that a page could name; "
        "rename it, or call it from a terminal in UTF-8 (PYTHONUTF8=1)"
    )


def test_a_default_that_is_no_literal_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^malformed node or string on line 1: "):
        declared(notebook("parks = open('x')"))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"parks": "hengnan"},
        {"parks": " hengnan , shuangpai,"},
        {"parks": ""},
        {"data": ""},
        {"park": "hengshan"},
    ],
)
def test_known_names_and_allowed_values_pass(given: dict[str, str]) -> None:
    assert validated(given, KNOWN) == ["data", "park", "parks"]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            {"prak": "hengnan"},
            "unknown parameter 'prak'; did you mean 'park'? parameters of these notebooks: data, park, parks",
        ),
        ({"language": "en"}, "unknown parameter 'language'; parameters of these notebooks: data, park, parks"),
        (
            {"parks": "hengnan,hengsan"},
            f"parameter parks: unknown park 'hengsan'; did you mean 'hengshan'? known parks: {PARKS}",
        ),
        (
            {"parks": "Paris"},
            f"parameter parks: unknown park 'Paris'; known parks: {PARKS}",
        ),
        (
            {"import os #": "x"},
            "unknown parameter 'import os #'; parameters of these notebooks: data, park, parks",
        ),
    ],
)
def test_an_unknown_name_or_value_is_refused_with_a_suggestion(given: dict[str, str], text: str) -> None:
    with pytest.raises(ParameterError) as error:
        validated(given, KNOWN)
    assert str(error.value) == text


@every(("name", "value"), [(name, value) for name in CLOSED for value in closed(name)])
def test_a_value_of_a_closed_list_passes(name: str, value: str) -> None:
    assert validated({name: value}, VALUED) == sorted(CLOSED)


@every(("name", "value"), OTHERS)
def test_a_value_outside_a_closed_list_is_refused_with_the_list(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as error:
        validated({name: value}, VALUED)
    listed = ", ".join(filter(None, closed(name)))  # an open one may be left open
    assert str(error.value) == f"parameter {name}: unknown {name} {value!r}; expected one of {listed}"


def test_a_measure_is_one_that_the_study_has() -> None:
    known = [{"measure": "", "data": ""}]
    validated({"measure": "tax_per_output"}, known)
    with pytest.raises(ParameterError) as error:
        validated({"measure": "tax_per_ouput"}, known)
    said = (
        "parameter measure: unknown measure 'tax_per_ouput'; did you mean 'tax_per_output'? measures: gross_industrial"
    )
    assert str(error.value).startswith(said)
    assert "taxpayer_concentration" in values_of("measure", study_of())


@pytest.mark.parametrize(("name", "value", "meant"), [("price", "reel", "real"), ("basis", "annualized", "annualised")])
def test_a_value_that_is_close_to_one_of_the_list_is_asked_after(name: str, value: str, meant: str) -> None:
    with pytest.raises(
        ParameterError, match=f"^parameter {name}: unknown {name} '{value}'; did you mean '{meant}'[?] exp"
    ):
        validated({name: value}, VALUED)


@pytest.mark.parametrize("value", ["", "hengnan,shuangpai"])
def test_a_profile_is_of_one_park(value: str) -> None:
    with pytest.raises(ParameterError) as error:
        validated({"park": value}, KNOWN)
    assert str(error.value) == (
        f"parameter park: expected one park id, not {value!r}; "
        "parks: hengnan, hengshan, shuangpai, anon-2023, anon-2020"
    )


def test_parks_are_those_of_the_data_given_beside_them(awkward: Any) -> None:
    validated({"parks": "no-tax", "data": str(awkward)}, KNOWN)
    with pytest.raises(ParameterError) as error:
        validated({"parks": "hengnan", "data": str(awkward)}, KNOWN)
    assert str(error.value) == (
        "parameter parks: unknown park 'hengnan'; known parks: "
        "awkward, only-forecasts, no-tax, no-area, single-row, neighbour, anon-2021"
    )


def test_a_data_folder_that_is_missing_is_refused(tmp_path: Any) -> None:
    with pytest.raises(DataFolderError) as error:
        validated({"parks": "hengnan", "data": str(tmp_path / "absent")}, KNOWN)
    assert str(error.value) == (
        f"no folder {str(tmp_path / 'absent')!r}; --data takes a folder with tables such as observations.csv"
    )


@pytest.mark.parametrize("name", ["park", "parks"])
def test_the_parks_of_a_study_are_listed_in_its_order(name: str) -> None:
    assert values_of(name, study_of()) == ["hengnan", "hengshan", "shuangpai", "anon-2023", "anon-2020"]


def test_the_values_of_a_parameter_are_listed_with_the_default_first() -> None:
    assert values_of("price", study_of()) == ["nominal", "real"]
    assert {name: values_of(name, study_of()) for name in CLOSED} == {name: list(closed(name)) for name in CLOSED}


def test_parks_of_ones_own_data_are_its_core_parks(awkward: Any) -> None:
    assert "neighbour" not in values_of("park", parkstudy.load(awkward))


@pytest.mark.parametrize("name", ["data", "prak"])
def test_what_has_no_list_is_refused(name: str) -> None:
    assert not closed(name)
    with pytest.raises(ParameterError, match=f"^the values of parameter '{name}' cannot be listed; "):
        values_of(name, study_of())


YEARLY = [{"parks": "", "year": "latest", "data": ""}]


@pytest.mark.parametrize("given", [{"year": "all"}, {"year": "2019"}, {"year": "latest", "parks": "hengnan"}])
def test_a_year_in_which_a_text_ends_is_taken(given: dict[str, str]) -> None:
    assert validated(given, YEARLY) == ["data", "parks", "year"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"year": "2018"}, "no text of 2018; years in which a text of these parks ends: 2017, 2019, 2020, 2022, 2023"),
        ({"parks": "hengnan", "year": "2020"}, "no text of 2020; years in which a text of these parks ends: 2019"),
        (
            {"year": "al"},
            "unknown year 'al'; did you mean 'all'? expected latest, all or a year; years in which a text of these parks ends: "
            "2017, 2019, 2020, 2022, 2023",
        ),
    ],
)  # fmt: skip
def test_a_year_without_a_text_is_refused_before_anything_runs(given: dict[str, str], said: str) -> None:
    with pytest.raises(ParameterError) as error:
        validated(given, YEARLY)
    assert str(error.value) == f"parameter year: {said}"


def test_the_years_of_a_page_are_those_there_are() -> None:
    assert values_of("year", study_of()) == ["2017", "2019", "2020", "2022", "2023"]
    assert values_of("year", study_of().only("hengnan")) == ["2019"]
