"""Every notebook, run by the command: with defaults, for one park, on data of one's own; and the pages it makes."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from built_pages import KINDS, Built, built

import parkstudy

pytestmark = pytest.mark.slow
kinds = pytest.mark.parametrize("kind", KINDS)
VOID = {"meta", "br", "img", "source", "hr", "input", "link", "col", "wbr", "path"}
BEHIND = re.compile(r"base64,[A-Za-z0-9+/=]+|<style.*?</style>", re.DOTALL)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    return built(tmp_path_factory)


class Elements(HTMLParser):
    """Elements of a page with their attributes, its visible text, and what was left open."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@kinds
def test_the_report_is_built_with_a_page_for_every_notebook(reports: dict[str, Built], kind: str) -> None:
    run = reports[kind]
    assert run.status == 0, run.errors
    assert [path.name.partition(".")[0] for path in run.pages] == run.names
    assert run.output == f"{len(run.names)} page(s) in {run.folder}; open {run.folder / 'index.html'}\n"


@kinds
def test_progress_is_a_line_a_page_where_there_is_no_terminal(reports: dict[str, Built], kind: str) -> None:
    names = reports[kind].names
    lines = [line for line in reports[kind].errors.splitlines() if re.match(r"\[\d+/", line)]
    forms = [rf"\[{place}/{len(names)}\] {name} \(\d+\.\d s\)" for place, name in enumerate(names, 1)]
    assert len(lines) == len(forms)
    assert all(re.fullmatch(form, line) for form, line in zip(forms, lines, strict=True))


@kinds
def test_nothing_is_left_in_the_folder_but_pages_and_executed_notebooks(reports: dict[str, Built], kind: str) -> None:
    folder, stems = reports[kind].folder, [path.stem for path in reports[kind].pages]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["index.html", "notebooks", *(f"{stem}.html" for stem in stems)]
    )
    assert sorted(path.name for path in (folder / "notebooks").iterdir()) == sorted(f"{stem}.ipynb" for stem in stems)


@kinds
def test_no_cell_fails_or_warns(reports: dict[str, Built], kind: str) -> None:
    for path in sorted((reports[kind].folder / "notebooks").glob("*.ipynb")):
        outputs = [o for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code" for o in c.outputs]
        assert outputs
        assert [(path.name, output) for output in outputs if output.output_type in ("stream", "error")] == []


@kinds
def test_no_page_shows_a_trace_a_null_or_an_infinity(reports: dict[str, Built], kind: str) -> None:
    bad = re.compile(r"Traceback|\b(NaN|nan|inf|-inf|None(?! of )|null|dtype|object at 0x)\b|&lt;exhibit")
    for path in reports[kind].pages:
        page = BEHIND.sub("", path.read_text(encoding="utf-8"))
        assert [(path.name, match[0]) for match in bad.finditer(page)] == []


@kinds
def test_every_image_has_an_alternative_text_of_its_own(reports: dict[str, Built], kind: str) -> None:
    for path in reports[kind].pages:
        texts = [image.get("alt") or "" for image in Elements(path).all("img")]
        assert all(len(text) > 40 for text in texts)
        assert len(set(texts)) == len(texts)


@kinds
def test_every_exhibit_has_claim_caption_and_sources(reports: dict[str, Built], kind: str) -> None:
    for path in reports[kind].pages:
        page = path.read_text(encoding="utf-8")
        for exhibit in re.findall(r'<figure [^>]*class="exhibit".*?</figure>', page, re.DOTALL):
            assert re.search(r'class="claim">[^<]{8,}<', exhibit), path.name
            assert re.search(r"<figcaption>[^<]{20,} <span class=\"sources\">Sources: [^<]+\.</span>", exhibit), (
                path.name
            )


@kinds
def test_pages_are_one_file_each_that_asks_nothing_of_the_network(reports: dict[str, Built], kind: str) -> None:
    for path in [*reports[kind].pages, reports[kind].folder / "index.html"]:
        page = Elements(path)
        assert page.all("script", "iframe", "object", "embed", "form", "link") == []
        used = [value or "" for _, attributes in page.found for name, value in attributes.items()
                if name in ("src", "srcset", "action", "background", "poster")]  # fmt: skip
        assert [value[:60] for value in used if not value.startswith("data:image/svg+xml;base64,")] == []
        handlers = [name for _, attributes in page.found for name in attributes if name.startswith("on")]
        assert handlers == []
        assert not re.search(
            r"@import|url\(", "".join(re.findall(r"<style>(.*?)</style>", path.read_text("utf-8"), re.DOTALL))
        )


@kinds
def test_pages_are_well_formed_with_ids_used_once(reports: dict[str, Built], kind: str) -> None:
    for path in [*reports[kind].pages, reports[kind].folder / "index.html"]:
        page = Elements(path)
        ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
        assert (page.open, page.wrong) == ([], []), path.name
        assert sorted(set(ids)) == sorted(ids), path.name


@kinds
def test_links_lead_to_a_file_or_a_place_that_is_there(reports: dict[str, Built], kind: str) -> None:
    for path in [*reports[kind].pages, reports[kind].folder / "index.html"]:
        page = Elements(path)
        ids = {attributes.get("id") for _, attributes in page.found}
        for link in (attributes.get("href") or "" for attributes in page.all("a")):
            file, _, place = link.partition("#")
            assert link.startswith("https://") or not file or (path.parent / file).is_file(), (path.name, link)
            assert file or place in ids, (path.name, link)


@kinds
def test_the_index_leads_to_every_page_and_quotes_its_answer(reports: dict[str, Built], kind: str) -> None:
    folder = reports[kind].folder
    index = (folder / "index.html").read_text(encoding="utf-8")
    entries = re.findall(r'<li><a href="([^"]+)">([^<]+)</a><p class="question">([^<]+)</p><p>([^<]*)</p></li>', index)
    assert [entry[0] for entry in entries] == [path.name for path in reports[kind].pages]
    for file, title, question, answer in entries:
        text = Elements(folder / file).text
        assert f"{unescape(title).partition(' (')[0]} · parkstudy" in text
        assert unescape(question) in text
        assert unescape(answer) in text


@kinds
def test_every_page_names_the_version_and_the_data(reports: dict[str, Built], kind: str) -> None:
    for path in reports[kind].pages:
        footer = path.read_text(encoding="utf-8").rpartition("<footer>")[2]
        assert re.search(rf"<p>parkstudy {re.escape(parkstudy.__version__)} · data [0-9a-f]{{12}}", footer)


def test_pages_of_the_shipped_data_name_their_data_hash(reports: dict[str, Built]) -> None:
    digest = parkstudy.load().data_hash[:12]
    for path in reports["shipped"].pages:
        assert f"data {digest}</p>" in path.read_text(encoding="utf-8").rpartition("<footer>")[2]


def test_a_page_of_one_park_shows_no_other_park(reports: dict[str, Built]) -> None:
    (page,) = (path for path in reports["one park"].pages if path.name.startswith("20-growth"))
    assert page.name == "20-growth.hengshan.html"
    text = Elements(page).text
    assert "Hengshan" in text
    assert not [name for name in ("Hengnan", "Shuangpai", "anon-2023") if name in text]


def test_names_of_ones_own_parks_are_shown_as_they_are_written(reports: dict[str, Built]) -> None:
    (page,) = (path for path in reports["awkward"].pages if path.name.startswith("60-park-profile"))
    assert "The \"Awkward\" park, 'quoted', $x_1$ & {braces} 100 % #1 \\alpha 🏭" in Elements(page).text
