"""What stands beside the pages of a folder, made from records alone: here of pages that were never built."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from browsing import violations, visit
from page_parts import Page
from page_records import put

from parkstudy.report import gather as gathering
from parkstudy.report.gather import gather
from parkstudy.report.index import MANY

pytestmark = pytest.mark.slow

PARKS = 1000
INDEXES = {"en": "index.html", "zh": "index.zh.html"}
HAN = [bytes([0xB0 + place // 94, 0xA1 + place % 94]).decode("gb2312") for place in range(1200)]  # of the commonest
ANSWERS = {
    "en": "{name}, 2019: growth of output {n} % (whole park); tax per output 2.07–2.29 yuan per 100 yuan of output; tax per area "
    "12,800–13,900 yuan per mu of the area in force; and what no list has room for. At least two of the other texts say more.",
    "zh": "{name}，2019年：产值增速{n}%（全园区）；百元产值税收2.07～2.29元；亩均税收1.28万～1.39万元/亩（现行面积）；"
    "其余各项一览表中无处列示，不再赘述，读者可在该园区的页面上查看，并可点开每个数据查看其在原文中的位置。至少另有两份材料列示了更多。",
}


def profile(out: Path, place: int, lang: str) -> None:
    """The profile of a park that lies in one of 30 provinces and one of 210 prefectures."""
    province, prefecture = place % 30, place % 210
    zone = f"{place} Valley" if lang == "en" else HAN[place] + HAN[(place * 7) % 1200]
    where = {
        "province": f"Province {province}" if lang == "en" else f"{HAN[province]}省",
        "prefecture": f"City {prefecture}" if lang == "en" else f"{HAN[prefecture + 300]}市",
        "order": f"{province:03} {prefecture:03} {place:04}",
    }
    name = {
        "park": f"park-{place}",
        "short_name": zone,
        "park_name": f"{zone} Zone" if lang == "en" else f"{zone}工业集中区",
    }
    stem = f"60-park-profile{'.zh' if lang == 'zh' else ''}.park-{place}"
    put(out, stem, lang, answer=ANSWERS[lang].format(name=zone, n=place), **name, **where)


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the profiles of 1,000 parks, in both languages, beside two other pages."""
    out = tmp_path_factory.mktemp("thousand")
    for lang in INDEXES:
        put(out, f"20-growth{'.zh' if lang == 'zh' else ''}", lang, title="Growth", answer="Much of it.")
        for place in range(PARKS):
            profile(out, place, lang)
    assert gather(out) == 2 * PARKS + 2
    return out


def read(path: Path) -> Page:
    """A page as it is now."""
    return Page(path.read_text(encoding="utf-8"))


def listed(page: Page) -> list[str]:
    """The files of all pages that an index lists."""
    links = (e for e in page.all("a") if any("entries" in outer.classes for outer in e.around))
    return [link["href"] for link in links if link["href"].endswith(".html")]


@pytest.mark.parametrize("lang", INDEXES)
def test_the_index_of_a_thousand_profiles_lists_all_by_place_in_less_than_a_megabyte(thousand: Path, lang: str) -> None:
    index = read(thousand / INDEXES[lang])
    assert len(index.source.encode()) < 1_000_000
    assert len(set(listed(index))) == PARKS + 1
    groups = index.all("details", css="group")
    assert [group["data-name"] for group in groups][:2] == (
        ["Province 0", "Province 1"] if lang == "en" else ["啊省", "阿省"]
    )
    assert len(groups) == 30
    assert len(index.all("section", css="part")) == 210
    assert index.text("h2").count("1,000") == 1
    said = [run.text for run in index.runs if run.within("li") and run.within("span")]
    assert len(said) == PARKS
    assert (
        said[0]
        == {
            "en": "2019: growth of output 0 % (whole park); tax per output 2.07–2.29 yuan per 100 yuan of output; tax per area "
            "12,800–13,900 yuan per mu of the area in force…",
            "zh": "2019年：产值增速0%（全园区）；百元产值税收2.07～2.29元；亩均税收1.28万～1.39万元/亩（现行面积）…",
        }[lang]
    )


def test_the_index_of_a_few_profiles_has_their_names_alone(tmp_path: Path) -> None:
    for place in range(MANY - 1):
        profile(tmp_path, place, "en")
    gather(tmp_path)
    few = read(tmp_path / "index.html")
    assert (len(listed(few)), few.all("details"), few.all("input"), few.all("script")) == (MANY - 1, [], [], [])
    put(tmp_path, "20-growth.real", changed="Prices: constant prices", title="Growth")
    gather(tmp_path)
    many = read(tmp_path / "index.html")
    assert (len(listed(many)), len(many.all("details")), len(many.all("input"))) == (MANY, MANY - 1, 1)
    assert "Growth (Prices: constant prices)" in many.text("li")


def test_nothing_is_written_while_nothing_has_changed(tmp_path: Path) -> None:
    put(tmp_path, "20-growth")
    gather(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in files}
    assert gather(tmp_path) == 1
    assert {path: path.stat().st_mtime_ns for path in files} == before
    assert {path.name for path in files if path.parent == tmp_path} == {
        "20-growth.html", "index.html", "glossary.html", "glossary.zh.html", "manifest.json",
    }  # fmt: skip


def test_nothing_heavy_is_imported_while_nothing_has_changed(tmp_path: Path) -> None:
    put(tmp_path, "20-growth")
    gather(tmp_path)
    script = "import sys; from parkstudy.report.gather import gather; print(gather(sys.argv[1]), *sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout
    count, *modules = said.split()
    assert (count, {"polars", "matplotlib", "nbconvert", "jinja2"}.intersection(modules)) == ("1", set())


@pytest.mark.parametrize("hurt", ["index.html", "manifest.json", "glossary.zh.html", ".built/gathered"])
def test_what_was_hurt_is_made_again(tmp_path: Path, hurt: str) -> None:
    put(tmp_path, "20-growth")
    gather(tmp_path)
    whole = (tmp_path / hurt).read_bytes()
    (tmp_path / hurt).write_bytes(whole[:-30])
    gather(tmp_path)
    assert (tmp_path / hurt).read_bytes() == whole


def test_a_page_that_came_or_went_is_listed_or_not(tmp_path: Path) -> None:
    put(tmp_path, "20-growth")
    put(tmp_path, "30-tax-quality")
    gather(tmp_path)
    (tmp_path / "20-growth.html").unlink()
    put(tmp_path, "40-land-efficiency.zh", "zh")
    assert gather(tmp_path) == 2
    assert listed(read(tmp_path / "index.html")) == ["30-tax-quality.html"]
    assert listed(read(tmp_path / "index.zh.html")) == ["40-land-efficiency.zh.html"]
    pages = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["pages"]
    assert [(page["file"], page["sha256"]) for page in pages] == [
        ("30-tax-quality.html", sha256(b"a page").hexdigest()),
        ("40-land-efficiency.zh.html", sha256(b"a page").hexdigest()),
    ]


def test_a_page_of_another_build_that_ends_meanwhile_is_listed(tmp_path: Path, monkeypatch: Any) -> None:
    put(tmp_path, "20-growth")
    make = gathering._made

    def slow(*given: Any) -> Any:
        done = make(*given)
        if not (tmp_path / "30-tax-quality.html").exists():
            put(tmp_path, "30-tax-quality")
        return done

    monkeypatch.setattr(gathering, "_made", slow)
    assert gather(tmp_path) == 2
    assert listed(read(tmp_path / "index.html")) == ["20-growth.html", "30-tax-quality.html"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b'{"page": {}, "shown": {}, "files": {}, "inputs": {}}',
        "other stem",
        "other lang",
        "no title",
        "bytes",
    ],
)
def test_a_record_that_is_none_is_named_and_stops_nothing(tmp_path: Path, capsys: Any, broken: Any) -> None:
    for stem in ("20-growth", "30-tax-quality"):
        put(tmp_path, stem)
    path = tmp_path / ".built" / "30-tax-quality.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    if broken == "other stem":
        record["shown"]["file"] = "../elsewhere.html"
    elif broken == "other lang":
        record["shown"]["lang"] = "fr"
    elif broken == "no title":
        del record["shown"]["title"]
    path.write_bytes(
        broken if isinstance(broken, bytes) else b"\xff" if broken == "bytes" else json.dumps(record).encode()
    )
    assert gather(tmp_path) == 1
    assert capsys.readouterr().err == (
        f"{path}: not the record of a page as this version writes it; 30-tax-quality.html is not listed: build it again\n"
    )


def test_pages_without_a_record_are_named_each_time(tmp_path: Path, capsys: Any) -> None:
    put(tmp_path, "20-growth")
    for name in (
        "30-tax-quality",
        "40-land-efficiency.zh",
        "50-robustness",
        "60-park-profile.a",
        "notes",
        "2019 saved",
    ):
        (tmp_path / f"{name}.html").write_text("from elsewhere", encoding="utf-8")
    for _ in range(2):
        assert gather(tmp_path) == 1
        assert capsys.readouterr().err == (
            f"{tmp_path}: not listed, for no record in .built says what they are: 30-tax-quality.html, "
            "40-land-efficiency.zh.html, 50-robustness.html and 1 more; build them here\n"
        )


def test_a_folder_without_a_page_is_left_alone(tmp_path: Path, capsys: Any) -> None:
    assert gather(tmp_path) == 0
    assert gather(tmp_path / "none") == 0
    assert capsys.readouterr().err == f"{tmp_path}: no page to list\n{tmp_path / 'none'}: no page to list\n"
    assert list(tmp_path.iterdir()) == []


def test_a_field_finds_pages_by_name_place_and_words(browser: Any, thousand: Path) -> None:
    with visit(browser, thousand / "index.html") as page:
        seen = "[...document.querySelectorAll('.entries li')].filter(one => one.checkVisibility()).map(one => one.textContent)"
        count = page.tab.locator("#find output")
        assert page.ask(seen)[1:] == []  # of the profiles the groups alone
        field = page.tab.get_by_label("Find by name or words")
        field.fill("  VALLEY　８３７ ")
        (found,) = page.ask(seen)
        assert found.startswith("837 Valley Zone")
        assert count.text_content() == "1 of 1,001 pages"
        field.fill("city 207")  # a prefecture, of four parks
        assert [one.partition(" ")[0] for one in page.ask(seen)] == ["207", "417", "627", "837"]
        field.fill("much")
        assert (page.ask(seen), page.tab.locator("#none").is_visible()) == ([], True)
        field.fill("growth")
        assert len(page.ask(seen)) == 1001
        field.press("Escape")
        assert (page.ask(seen)[1:], count.text_content(), page.tab.locator("#none").is_visible()) == ([], "", False)
        page.tab.locator("summary").nth(2).press("Enter")
        assert len(page.ask(seen)) == 1 + len(range(2, PARKS, 30))
        field.fill("nowhere")
        field.fill("")
        assert len(page.ask(seen)) == 1 + len(range(2, PARKS, 30))  # the group is open again
        assert (page.said, page.requests[1:]) == ([], [])


@pytest.mark.thorough
@pytest.mark.parametrize("size", ["wide", "telephone"])
def test_the_index_of_a_thousand_fits_and_breaks_no_rule_of_access(browser: Any, thousand: Path, size: str) -> None:
    for name in INDEXES.values():
        with visit(browser, thousand / name, size) as page:
            assert page.ask("document.documentElement.scrollWidth <= innerWidth")
            assert violations(page) == []


def test_without_script_every_group_opens(browser: Any, thousand: Path) -> None:
    with visit(browser, thousand / "index.zh.html", java_script_enabled=False) as page:
        assert not page.tab.locator("#find").is_visible()
        page.tab.locator("summary").first.press("Enter")
        assert page.tab.locator("details.group").first.locator("li").first.is_visible()
