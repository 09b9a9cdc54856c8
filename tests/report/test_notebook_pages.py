"""Every notebook, run by the command: with defaults, for one park, on data of one's own; and the files it makes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
import pytest
from built_pages import CHOOSING, PARKS, SOME, STANDARD, Built, Reports, profiles, stem, thorough
from exhibit_parts import study_of
from notebook_cells import NAMES
from page_parts import Page, parsed

import parkstudy
from parkstudy.record.codes import codes, label
from parkstudy.show.theme import PALETTE

pytestmark = pytest.mark.slow
kinds = pytest.mark.parametrize("kind", ["shipped", "awkward", *thorough(["some", "one park"])])
PAGE, CODE = 800_000, 60_000  # bytes: a page; its style and script
NOTHING_OPENS = [f"{name}.hengshan.html" for name in ("00-overview", "90-explorer")]  # its text says nothing of it
EXPECTED = {
    "shipped": STANDARD,
    "one park": [f"{name}.hengshan" for name in CHOOSING],
    "awkward": [
        *(name for name in NAMES if name != "60-park-profile"),
        *(stem("60-park-profile", lang) for lang in ("en", "zh")),  # the first core park, which is the default
        "10-coverage.zh", "20-growth.single-row",
    ],
    "some": [stem(name, lang) for name in SOME for lang in ("en", "zh")],
}  # fmt: skip


def own(run: Built) -> dict[str, str]:
    """The pages of a run by the name that the contract gives them; one's own data stand as a hash in it."""
    manifest = json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))
    names = {}
    for page in manifest["pages"]:
        given = {name: value for name, value in page["parameters"].items() if name != "data"}
        lang = "zh" if page["language"] == "zh-Hans" else "en"
        names[stem(page["notebook"], lang, **given)] = page["file"]
    return names


@kinds
def test_the_report_is_built_with_a_page_for_every_notebook_park_and_language(reports: Reports, kind: str) -> None:
    run = reports[kind]
    assert run.status == 0, run.errors
    assert sorted(own(run)) == sorted(EXPECTED[kind])
    assert sorted(own(run).values()) == [path.name for path in run.pages]
    counted = [int(line.partition(" ")[0]) for line in run.output.splitlines()]
    assert sum(counted) == len(run.pages)
    lines = [line.partition(" made; open ") for line in run.output.splitlines()]
    assert all(Path(named).is_file() and Path(named).parent == run.folder for _, _, named in lines)


def test_pages_of_the_shipped_data_are_named_by_the_contract(reports: Reports) -> None:
    assert sorted(path.stem for path in reports["shipped"].pages) == STANDARD


@kinds
def test_progress_is_a_line_a_page_and_nothing_else_is_said(reports: Reports, kind: str) -> None:
    told = re.compile(r"parkstudy: (data: |\d+ warnings? in the data, |60-park-profile: the page of )")
    lines = [line for line in reports[kind].errors.splitlines() if not told.match(line)]
    assert [
        line for line in lines if not re.fullmatch(r"\[\d+/\d+\] [\w.-]+ \(\d+\.\d s\)(; about \d+ s left)?", line)
    ] == []
    assert sorted(line.split()[1] for line in lines) == sorted(path.stem for path in reports[kind].pages)


@kinds
def test_nothing_is_left_in_the_folder_but_pages_cards_indexes_manifest_and_executed_notebooks(
    reports: Reports, kind: str
) -> None:
    folder, stems = reports[kind].folder, [path.stem for path in reports[kind].pages]
    indexes = ["index.html"] + (["index.zh.html"] if any(".zh" in name for name in stems) else [])
    indexes += ["glossary.html", "glossary.zh.html"]
    files = [name + ending for name in stems for ending in (".html", ".png")]
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [*indexes, ".built", "manifest.json", "notebooks", *files]
    )
    assert sorted(p.name for p in (folder / ".built").iterdir()) == sorted(["gathered", *(f"{n}.json" for n in stems)])
    assert sorted(p.name for p in (folder / "notebooks").iterdir()) == sorted(f"{name}.ipynb" for name in stems)


@kinds
def test_no_cell_fails_or_warns(reports: Reports, kind: str) -> None:
    for path in sorted((reports[kind].folder / "notebooks").glob("*.ipynb")):
        outputs = [o for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code" for o in c.outputs]
        assert outputs
        assert [(path.name, output) for output in outputs if output.output_type in ("stream", "error")] == []


@kinds
def test_no_page_shows_a_trace_a_null_or_an_infinity(reports: Reports, kind: str) -> None:
    bad = re.compile(r"Traceback|\b(NaN|nan|inf|-inf|None(?! (?:of|is) )|null|dtype|object at 0x|undefined)\b|<exhibit")
    for path in reports[kind].everything:
        page = parsed(path)
        words = " ".join(run.text for run in page.runs if not run.within("style", "script", "pre"))
        words += " ".join(page.attributes("aria-label"))
        if path in reports[kind].pages:
            words += json.dumps(page.records, ensure_ascii=False)
        assert [(path.name, match[0]) for match in bad.finditer(words)] == []


@kinds
def test_every_drawing_has_an_alternative_text_of_its_exhibit_alone(reports: Reports, kind: str) -> None:
    for path in reports[kind].pages:
        texts: dict[str, set[str]] = {}
        for drawing in parsed(path).all("svg"):
            (exhibit,) = (element["id"] for element in drawing.around if "exhibit" in element.classes)
            assert drawing["role"] == "img"
            assert len(drawing["aria-label"]) > (15 if ".zh" in path.name else 40), path.name
            texts.setdefault(exhibit, set()).add(drawing["aria-label"])
        everything = [text for own in texts.values() for text in own]
        assert len(set(everything)) == len(everything), path.name


@kinds
def test_every_exhibit_has_claim_caption_and_sources(reports: Reports, kind: str) -> None:
    for path in reports[kind].pages:
        for exhibit in re.findall(r"<figure>.*?</figure>", parsed(path).source, re.S):
            page = Page(exhibit)
            assert len(page.text("p", css="claim")) >= 6, path.name
            if page.text("p", css="empty"):
                continue
            sources = page.text(css="sources")
            caption = page.text("figcaption").removesuffix(sources)
            assert len(caption) >= 10, (path.name, caption)
            assert re.fullmatch(r"Sources: .+\.|资料来源：.+。", sources, re.S), (path.name, sources)


@kinds
def test_pages_are_one_file_each_that_asks_nothing_of_the_network(reports: Reports, kind: str) -> None:
    for path in reports[kind].everything:
        page = parsed(path)
        assert page.all("iframe", "object", "embed", "form", "img", "base", "audio", "video") == []
        assert {element["rel"] for element in page.all("link")} <= {"alternate"}
        assert [element["src"] for element in page.all("script") if element["src"]] == []
        used = [
            value for name in ("src", "srcset", "action", "background", "poster") for value in page.attributes(name)
        ]
        assert used == []
        named = {name for element in page.elements for name in element.attributes}
        assert [name for name in named if name.startswith("on")] == []
        styles = "".join(run.text for run in page.runs if run.within("style"))
        assert "@import" not in styles
        assert set(re.findall(r"url\(([^;,)]*)", styles)) == {"data:font/woff"}


@kinds
def test_pages_are_well_formed_with_ids_used_once(reports: Reports, kind: str) -> None:
    for path in reports[kind].everything:
        page = parsed(path)
        ids = page.attributes("id")
        assert (page.open, page.wrong) == ([], []), path.name
        assert sorted(set(ids)) == sorted(ids), path.name


@kinds
def test_what_a_drawing_refers_to_is_on_the_page(reports: Reports, kind: str) -> None:
    for path in reports[kind].everything:
        page = parsed(path)
        drawn = [e for e in page.elements if any(outer.tag == "svg" for outer in e.around)]
        used = {e["xlink:href"].removeprefix("#") for e in drawn if e["xlink:href"]}
        used |= {
            name for e in drawn for value in e.attributes.values() for name in re.findall(r"url\(#([^)]+)\)", value)
        }
        assert used <= set(page.attributes("id")), path.name


@kinds
def test_every_colour_of_a_drawing_is_one_of_the_palette(reports: Reports, kind: str) -> None:
    lights = {name: light for name, (light, _) in PALETTE.items()}
    for path in reports[kind].everything:
        drawings = "".join(re.findall(r"<svg.*?</svg>", parsed(path).source, re.S))
        variables = set(re.findall(r"var\(--([\w-]+)(?:,(#[0-9a-f]{6}))?\)", drawings))
        assert variables or "<svg" not in drawings
        assert [pair for pair in variables if pair[1] not in ("", lights.get(pair[0])) or pair[0] not in lights] == []
        painted = re.findall(r"(?:fill|stroke|stop-color|color)[:=]\"?([^;\"]+)", re.sub(r">[^<]*<", "><", drawings))
        assert [c for c in set(painted) if not re.fullmatch(r"none|var\(--.*\)|url\(#.*\)", c)] == [], path.name


def test_every_page_is_light_enough_for_a_telephone(reports: Reports) -> None:
    for path in reports["shipped"].everything:
        assert path.stat().st_size <= PAGE, path.name
        assert weight(parsed(path)) <= CODE, path.name


def weight(page: Page) -> int:
    """The bytes of style and script, without the font and the data."""
    code = [
        run.text for run in page.runs
        if run.within("style", "script") and run.inside[-1]["id"] != "face" and not run.inside[-1]["type"]
    ]  # fmt: skip
    assert len(code) >= 1
    return sum(len(text.encode()) for text in code)


@kinds
def test_links_lead_to_a_file_or_a_place_that_is_there(reports: Reports, kind: str) -> None:
    for path in reports[kind].everything:
        page = parsed(path)
        ids = set(page.attributes("id"))
        for link in (element["href"] for element in page.all("a", "link") if "href" in element.attributes):
            file, _, place = link.partition("#")
            known = link.startswith(("http://", "https://", "data:")) or not file or (path.parent / file).is_file()
            assert known or kind != "shipped", (path.name, link)  # elsewhere not every standard page was built
            assert file or place in ids, (path.name, link)


@kinds
def test_every_number_that_opens_has_a_record_down_to_what_was_printed(reports: Reports, kind: str) -> None:
    for path in reports[kind].pages:
        page = parsed(path)
        records = page.records
        assert set(page.attributes("data-opens")) <= set(records), path.name
        assert page.attributes("data-opens") or "single-row" in path.name or path.name in NOTHING_OPENS
        for key, record in records.items():
            assert len(record["values"]) == len(codes(f"record_{record['kind']}")), key
            assert set(record["inputs"]) <= set(records), (path.name, key)
            assert key not in record["inputs"]
        derived = [record for record in records.values() if record["kind"] == "measure" and record["values"][1]]
        assert all(record["inputs"] for record in derived)
        assert {r["kind"] for r in records.values() if not r["inputs"]} <= {"observation", "reference", "measure"}


def test_a_printed_figure_opens_what_the_contract_asks(reports: Reports) -> None:
    study = study_of()
    row = study.observations.row(by_predicate=pl.col("observation_id") == "hengnan-2019-005", named=True)
    for lang, said in (("en", ("January", "Growth", "Caveats")), ("zh", ("2019年", "增速", "提示"))):
        record = parsed(reports["shipped"].page(stem("20-growth", lang))).records["hengnan-2019-005"]
        labels = [label("record_observation", code, lang) for code in codes("record_observation")]
        named = dict(zip(labels, record["values"], strict=True))
        values = list(named.values())
        assert values[:2] == [row["reported_term"], row["reported_figure"]]
        assert row["locator"] in values
        assert "hengnan-2019-005" in values
        assert said[2] in named
        assert all(named[label] for label in labels[2:5] + labels[6:12]), named


def test_the_name_of_a_park_leads_to_its_profile(reports: Reports) -> None:
    run = reports["shipped"]
    for path in run.pages:
        lang = "zh" if ".zh" in path.name else "en"
        wanted = {f"{name}.html" for name in profiles(lang)}
        links = {link["href"] for link in parsed(path).all("a", css="park")}
        assert links - {""} <= wanted, path.name
        assert links - {""} or path.name.startswith("60"), path.name
    study = study_of()
    for lang in ("en", "zh"):
        names = dict(study.parks.select("park_id", f"name_{lang}").iter_rows())
        for park, name in zip(PARKS, profiles(lang), strict=True):
            assert names[park] in parsed(run.page(name)).text("h1")


def test_twins_name_each_other(reports: Reports) -> None:
    for path in reports["shipped"].everything:
        page = parsed(path)
        (here,) = (element["lang"] for element in page.all("html"))
        (twin,) = (element["href"] for element in page.all("link") if element["rel"] == "alternate")
        assert parsed(path.parent / twin).all("link")[0]["href"] == path.name
        (link,) = (e for e in page.all("a") if e["hreflang"])
        assert (link["href"], link["lang"]) == (twin, "en" if here == "zh-Hans" else "zh-Hans")


@kinds
def test_every_page_names_the_version_and_the_data(reports: Reports, kind: str) -> None:
    for path in reports[kind].pages:
        footer = parsed(path).text("footer")
        version = re.escape(parkstudy.__version__)
        assert re.match(rf"\s*parkstudy {version} · (data|数据) (\d+\.\d+\.\d+\+)?[0-9a-f]{{12}}", footer), footer


def test_a_page_ends_with_rules_limits_version_whom_to_tell_and_a_citation(reports: Reports) -> None:
    for lang, heads in (
        ("en", ["Rules of the method named on this page", "Limits of the data", "Version and date", "Report an error", "Cite this page"]),
        ("zh", ["本页提及的方法规则", "数据的局限", "版本与日期", "报告差错", "引用本页"]),
    ):  # fmt: skip
        page = parsed(reports["shipped"].page(stem("20-growth", lang)))
        assert [run.text for run in page.runs if run.within("h3") and run.classed("about")] == heads
        citation = page.text("p", css="citation")
        assert parkstudy.__version__ in citation
        assert study_of().data_hash[:12] in citation


def test_pages_of_the_shipped_data_name_their_data_hash(reports: Reports) -> None:
    digest = study_of().data_hash[:12]
    for path in reports["shipped"].pages:
        assert digest in parsed(path).text("footer")


@pytest.mark.parametrize(("kind", "name", "park", "others"), [
    ("awkward", "20-growth.single-row", "single-row", ("only-forecasts", "no-tax", "no-area", "anon-2021")),
    *thorough([("one park", "20-growth.hengshan", "Hengshan", ("Hengnan", "Shuangpai", "anon-2023"))]),
])  # fmt: skip
def test_a_page_of_one_park_shows_no_other_park(
    reports: Reports, kind: str, name: str, park: str, others: tuple[str, ...]
) -> None:
    text = parsed(reports[kind].folder / own(reports[kind])[name]).text("main")
    assert park in text
    assert not [other for other in others if other in text]


def manifest(run: Built) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))["pages"]
    return pages


@kinds
def test_the_manifest_tells_what_every_page_was_made_from(reports: Reports, kind: str) -> None:
    run = reports[kind]
    assert sorted(page["file"] for page in manifest(run)) == [path.name for path in run.pages]
    for page in manifest(run):
        content = (run.folder / page["file"]).read_bytes()
        assert page["sha256"] == hashlib.sha256(content).hexdigest()
        assert page["language"] == ("zh-Hans" if ".zh" in page["file"] else "en")
        assert page["parkstudy"] == parkstudy.__version__
        assert page["file"].startswith(page["notebook"])
        assert re.fullmatch("[0-9a-f]{64}", page["data_sha256"])
        assert {"Python", "polars", "matplotlib", "nbconvert"} <= set(page["libraries"])
    hashes = {page["data_sha256"] for page in manifest(run)}
    assert (hashes == {study_of().data_hash}) == (kind != "awkward")


@kinds
def test_no_clock_and_no_path_of_a_machine_is_in_any_file(reports: Reports, kind: str) -> None:
    folder = reports[kind].folder
    clock = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d|start_time|end_time|\"duration\"")
    for path in [*reports[kind].everything, folder / "manifest.json"]:
        text = path.read_text(encoding="utf-8")
        assert not clock.search(text), path.name
        assert str(folder.parent) not in text, path.name
        assert str(Path(parkstudy.__file__).parent) not in text, path.name


@pytest.mark.thorough
def test_two_builds_of_the_same_are_the_same_to_the_byte(reports: Reports) -> None:
    one, other = (reports[kind].folder for kind in ("some", "some again"))
    files = [sorted(p.relative_to(top) for p in top.rglob("*") if p.is_file()) for top in (one, other)]
    assert files[0] == files[1]
    assert (
        len(files[0]) == len(SOME) * 2 * 4 + 6
    )  # page, card, notebook and record of each; indexes, glossaries, manifest
    assert [str(name) for name in files[0] if (one / name).read_bytes() != (other / name).read_bytes()] == []


@pytest.mark.thorough
def test_a_page_does_not_hang_on_the_pages_beside_it(reports: Reports) -> None:
    """Two builds at two times, of which one has fewer pages."""
    some, whole = (reports[kind].folder for kind in ("some", "shipped"))
    names = [
        f"{at}{p.stem}.{end}"
        for p in reports["some"].pages
        for at, end in (("", "html"), ("", "png"), ("notebooks/", "ipynb"))
    ]
    assert names
    assert [name for name in names if (some / name).read_bytes() != (whole / name).read_bytes()] == []
