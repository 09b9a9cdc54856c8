"""Whatever a text of the data is, it is shown as text: in exhibits, records, files of every form, and in BibTeX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import nasty
import openpyxl
import polars as pl
import pytest
from cases import every

from parkstudy.export.files import TABLES, write
from parkstudy.method.study import Study
from parkstudy.record.as_csv import csv_of, csv_text
from parkstudy.record.codes import LANGUAGES
from parkstudy.report.citation import bibtex, citation
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure
from parkstudy.show.view import View

OURS = {
    ("span", ""),
    ("span", "lang"),
    ("code", ""),
    ("text", "transform"),
}  # Chinese words, a column that is named, a small text
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\u202a-\u202e\u2066-\u2069\U000f0000-\U0010ffff]")
RUNS = re.compile(r"^[=+\-@\t\r\n＝＋－＠](?![\d.,]+(e[+-]?\d+)?%?$)")


class Seen(HTMLParser):
    """What of a piece of HTML is more than text: elements with their attributes, where links lead, and the text."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.made: set[tuple[str, str]] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made.update((tag, name) for name, _ in [("", ""), *attrs])
        self.links.update((value or "").partition(":")[0] for name, value in attrs if name in ("href", "src"))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.made.add(("comment", data))

    def unknown_decl(self, data: str) -> None:
        self.made.add(("declaration", data))


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The same study with plain words."""
    return nasty.study(tmp_path_factory.mktemp("plain"), plain=True)


def shown(study: Study, lang: str, drawn: bool) -> Iterator[Exhibit]:
    """The exhibits that a study has, those that are drawn or the others."""
    show = viewer(study, lang)
    for key, entry in CATALOGUE.items():
        if isinstance(entry, Figure) == drawn and "measure" not in entry.takes:
            yield show(key, **{name: "qingtan" for name in entry.takes if name == "park"})


@pytest.fixture(
    scope="module", params=[0, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(6, len(nasty.NASTY), 6))]
)
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The same study with nasty texts, of which another one is the first: six of them are names of parks."""
    return nasty.study(tmp_path_factory.mktemp("nasty"), request.param)


def check(study: Study, harmless: Study, *languages: str, drawn: bool) -> None:
    """That nothing of the study is more than text in its exhibits, and that no sign of it steers its neighbours."""
    for lang in languages:
        made, links = set[tuple[str, str]](), set[str]()
        for exhibit in shown(harmless, lang, drawn=drawn):
            for form in map(Seen, (exhibit.body, exhibit.plain, exhibit.svg)):
                made, links = made | form.made, links | form.links
        for exhibit in shown(study, lang, drawn=drawn):
            for body in (exhibit.body, exhibit.plain, exhibit.svg):
                seen = Seen(body)
                assert (exhibit.key, seen.made - made - OURS) == (exhibit.key, set())
                assert (exhibit.key, seen.links - links) == (exhibit.key, set())
                assert UNSEEN.findall(body) == []
            assert (
                UNSEEN.findall("".join(text for record in exhibit.records.values() for text in record["values"])) == []
            )
            if exhibit.svg:
                ElementTree.fromstring(exhibit.svg)


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_no_text_becomes_an_element_an_attribute_or_a_link_and_none_steers_its_neighbours(
    study: Study, harmless: Study, lang: str
) -> None:
    check(study, harmless, lang, drawn=False)


@pytest.mark.slow
@pytest.mark.thorough
def test_nor_does_any_in_a_drawing(study: Study, harmless: Study) -> None:
    check(study, harmless, *LANGUAGES, drawn=True)


def test_names_are_drawn_without_what_is_not_seen(study: Study) -> None:
    for lang in LANGUAGES:
        view = View(study, lang)
        for names in (view.names, view.full_names, view.indicators, view.subjects, view.scopes):
            assert all(name.isprintable() or "\u200d" in name for name in names.values())
            assert all(names.values())
        assert len(set(view.names.values())) == len(view.names)


@pytest.mark.parametrize("table", TABLES)
def test_a_file_for_a_spreadsheet_runs_nothing_and_says_every_text(study: Study, table: str, tmp_path: Path) -> None:
    write(study, table, tmp_path / "file.csv")
    texts = [cell for row in read_csv(tmp_path / "file.csv") for cell in row]
    assert [cell for cell in texts if RUNS.match(cell)] == []
    if table == "sources":
        said = {cell for cell in study.sources["title"].to_list() if cell}
        assert said <= {*texts, *(text.removeprefix("'") for text in texts)}
    write(study, table, tmp_path / "file.xlsx")
    book = openpyxl.load_workbook(tmp_path / "file.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"n", "s", "d", "b"}  # no f, which is a formula
    assert [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []
    write(study, table, tmp_path / "file.parquet")
    assert pl.read_parquet(tmp_path / "file.parquet").height > 0
    if table != "sources":
        write(study, table, tmp_path / "sdmx.csv", as_sdmx=True)
        assert [
            cell for row in read_csv(tmp_path / "sdmx.csv") for cell in row if RUNS.match(cell) and cell != "-INF"
        ] == []


def read_csv(path: Path) -> list[list[str]]:
    """A file as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@every(
    ("text", "stored"),
    [
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("-7.1%", "-7.1%"),
        ("-1,234.5", "-1,234.5"),
        ("-INF", "'-INF"),  # a text; the number has none
        ("--1", "'--1"),
        ("-1-1", "'-1-1"),
        ("-1 + 1", "'-1 + 1"),
        ("-5%+1", "'-5%+1"),
        ("－1+2", "'－1+2"),
        ("\t=1+1", "'\t=1+1"),
    ],
)
def test_a_text_that_begins_with_a_sign_is_guarded_unless_it_is_a_number(text: str, stored: str) -> None:
    ((_,), (found,)) = csv.reader(io.StringIO(csv_text(pl.DataFrame({"note": [text]}))))
    assert found == stored


def test_an_end_that_is_open_is_a_number_for_a_spreadsheet() -> None:
    frame = pl.DataFrame({"LOW": [float("-inf")], "HIGH": [float("inf")]})
    assert csv_of(frame) == "LOW,HIGH\n-INF,INF\n"


def test_what_a_study_calls_itself_is_text_in_bibtex_and_in_a_citation(study: Study, tmp_path: Path) -> None:
    for lang in LANGUAGES:
        said = {"version": "0", "data": "x", "parameters": "parks=a&b"}
        entry = bibtex(View(study, lang), "study", "A {page}", **said)
        write(study, "sources", tmp_path / "file.bib")
        for text in (entry, (tmp_path / "file.bib").read_text("utf-8")):
            assert text.count("{") == text.count("}")
            assert UNSEEN.findall(text) == []
            assert all(re.fullmatch(r"@misc\{[a-z0-9-]+,|  \w+ = \{.*\},|\}|", line) for line in text.split("\n"))
        assert Seen(str(citation(View(study, lang), "", **said))).made <= {
            ("span", ""),
            ("span", "lang"),
            ("em", ""),
            ("i", ""),
        }
