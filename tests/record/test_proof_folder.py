"""A folder of texts held against a study: invented texts, the awkward parks, and the five texts where they are."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import polars as pl
import pytest

from parkstudy.record import proof as texts
from parkstudy.record.proof import prove, verify
from parkstudy.record.schema import columns, may_lack
from parkstudy.record.signs import squash
from parkstudy.record.source_texts import find_texts
from parkstudy.record.tables import Tables, load


def study_of(folder: Path, rows: dict[str, str], hashes: dict[str, str] | None = None) -> Tables:
    """A study whose sources have one figure each, laid over the shipped tables."""
    folder.mkdir(exist_ok=True)
    sources = [
        "source_id,park_id,kind,title,publisher,published,url,official,period_start,period_end,sha256,grade,note"
    ]
    observations = [",".join(name for name in columns("observations") if name not in may_lack("observations"))]
    for source, figure in rows.items():
        sources.append(f"{source},hengnan,page,,,,,false,,,{(hashes or {}).get(source, '')},,")
        cells = f"{source}-001,{source},gross_industrial_output,park,unstated,level,outturn,,,产值,{figure},exact,A"
        observations.append(f"{cells},,,,,p1,")
    (folder / "sources.csv").write_text("\n".join(sources) + "\n", encoding="utf-8")
    (folder / "observations.csv").write_text("\n".join(observations) + "\n", encoding="utf-8")
    return load(folder, Tables).require_faultless()


def test_a_text_is_found_by_its_hash_then_its_name_then_its_figures(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    by_hash, by_name, by_figures = "产值1亿元。", "产值2亿元。", "产值3亿元。"
    for name, text in (("zzz", by_hash), ("b-2020", by_name), ("edited", by_figures), ("notes", "别的。")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = {"a-2020": "8亿元", "b-2020": "9亿元", "c-2020": "3亿元", "d-2020": "4亿元"}
    own = study_of(tmp_path / "data", rows, {"a-2020": hashlib.sha256(by_hash.encode()).hexdigest()})
    found = {source: (text.words, text.file, text.how) for source, text in find_texts(own, folder).items()}
    assert found == {
        "a-2020": (by_hash, "zzz.txt", "sha256"),
        "b-2020": (by_name, "b-2020.txt", "name"),
        "c-2020": (by_figures, "edited.txt", "figures"),
    }


def test_a_text_with_the_name_of_a_source_is_guessed_for_no_other_one(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("first", "产值9亿元。"), ("b-2020", "产值3亿元。")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    of_b = hashlib.sha256("产值9亿元。".encode()).hexdigest()
    own = study_of(tmp_path / "data", {"a-2020": "3亿元", "b-2020": "9亿元"}, {"b-2020": of_b})
    assert {source: text.file for source, text in find_texts(own, folder).items()} == {"b-2020": "first.txt"}


def test_a_row_without_a_place_is_skipped_and_counted(tmp_path):
    study_of(tmp_path / "data", {"a-2020": "1亿元", "b-2020": "2亿元"})
    path = tmp_path / "data" / "observations.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2亿元,exact,A,,,,,p1,", "2亿元,exact,A,,,,,,"), encoding="utf-8"
    )
    for name, text in (("a-2020", "产值1亿元。"), ("b-2020", "产值7亿元。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = verify(load(tmp_path / "data", Tables), tmp_path)
    assert (found.results, found.findings, found.without_place) == ({"a-2020-001": True}, [], 1)


def test_a_text_with_half_of_the_figures_or_fewer_is_not_taken_for_the_source(tmp_path):
    own = study_of(tmp_path / "data", {"a-2020": "1亿元"})
    (tmp_path / "other.txt").write_text("产值2亿元。", encoding="utf-8")
    assert find_texts(own, tmp_path) == {}
    assert verify(own, tmp_path).not_checked == ["a-2020"]


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path):
    own = study_of(tmp_path / "data", {"a-2020": "1亿元"})
    (tmp_path / "a-2020.txt").write_text("产值1亿元。", encoding="utf-8-sig")
    assert find_texts(own, tmp_path)["a-2020"].words == "产值1亿元。"


def test_verify_counts_what_is_proven_and_names_what_is_not(tmp_path):
    own = study_of(tmp_path / "data", {"a-2020": "1亿元", "b-2020": "2亿元", "c-2020": "3亿元"})
    (tmp_path / "a-2020.txt").write_text("产值1亿元。", encoding="utf-8")
    (tmp_path / "b-2020.txt").write_text("产值5亿元。", encoding="utf-8")
    found = verify(own, tmp_path)
    assert (found.proven, found.not_checked) == (1, ["c-2020"])
    assert [str(finding) for finding in found.findings] == [
        "b-2020-001 at p1: the figure '2亿元' does not stand in this paragraph"
    ]


def test_a_missing_folder_of_texts_is_named(tmp_path, study):
    folder = tmp_path / "nowhere"
    for look in (find_texts, verify):
        with pytest.raises(FileNotFoundError) as error:
            look(study, folder)
        assert str(error.value) == f"no folder {str(folder)!r}; --sources takes the folder that holds the texts"


def test_the_awkward_texts_prove_every_row_that_has_one(awkward):
    own = load(awkward, Tables)
    found = verify(own, awkward)
    assert [str(finding) for finding in found.findings] == []
    assert (found.proven, found.not_checked) == (own.observations.height - 1, ["awkward-2021b"])


def test_the_awkward_text_is_the_one_whose_hash_is_recorded(awkward):
    recorded = load(awkward, Tables).sources.filter(source_id="awkward-2021")["sha256"].item()
    assert hashlib.sha256((awkward / "awkward-2021.txt").read_bytes()).hexdigest() == recorded


def test_the_five_texts_prove_every_observation(study, seeds):
    found = verify(study, seeds)
    assert [str(finding) for finding in found.findings] == []
    others = study.sources.filter(pl.col("kind") != "work_summary")["source_id"].to_list()
    assert (found.proven, found.not_checked, len(others)) == (181, others, 17)


def test_the_five_texts_are_those_whose_hashes_are_recorded(study, seeds):
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in seeds.glob("*.txt")}
    summaries = study.sources.filter(kind="work_summary")
    assert (summaries.height, set(summaries["sha256"])) == (5, hashes)


def test_what_is_shipped_as_verified_is_what_the_five_texts_prove(study, seeds):
    found = verify(study, seeds)
    assert {key for key, passed in found.results.items() if passed} == study.proven


@pytest.fixture
def swapper(study, seeds, monkeypatch):
    """Whether a source's rows are still proven after some of their figures were replaced.

    A figure touches no row of another paragraph, so only those of its own are proven again, with the source's terms.
    """
    found = {source: text.words for source, text in find_texts(study, seeds).items()}
    rows = {source: study.observations.filter(source_id=source).to_dicts() for source in found}
    terms = {source: texts._term_rule({squash(row["reported_term"]) for row in rows[source]}) for source in found}
    units = dict(study.indicators.select("indicator", "unit").iter_rows())
    monkeypatch.setattr(texts, "paragraphs", functools.cache(texts.paragraphs))

    def passes(source: str, figures: dict[int, str]) -> bool:
        touched = {rows[source][place]["locator"] for place in figures}
        changed = [
            {**row, "reported_figure": figures.get(place, row["reported_figure"])}
            for place, row in enumerate(rows[source])
            if row["locator"] in touched
        ]
        monkeypatch.setattr(texts, "_term_rule", lambda _: terms[source])
        return not prove(changed, found[source], units)

    figures = {source: [row["reported_figure"] for row in rows[source]] for source in found}
    pairs = [
        (source, i, j)
        for source, printed in figures.items()
        for i in range(len(printed))
        for j in range(len(printed))
        if squash(printed[i]) != squash(printed[j])
    ]
    return passes, figures, pairs


@pytest.mark.slow  # 6,882 figures that are not the row's; of a few test_proof.py
def test_a_row_with_the_figure_of_another_one_is_almost_never_proven(swapper):
    passes, figures, pairs = swapper
    passed = [(source, i, j) for source, i, j in pairs if passes(source, {i: figures[source][j]})]
    assert len(pairs) == 6882
    assert len(passed) / len(pairs) < 0.005


@pytest.mark.slow
def test_two_rows_with_each_other_s_figures_are_never_proven(swapper):
    passes, figures, pairs = swapper
    halves = [(source, i, j) for source, i, j in pairs if i < j]
    assert [p for p in halves if passes(p[0], {p[1]: figures[p[0]][p[2]], p[2]: figures[p[0]][p[1]]})] == []
