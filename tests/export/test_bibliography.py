"""BibTeX of the sources: the study first, official addresses alone, and nothing of a text that hides its park."""

from __future__ import annotations

import re

import polars as pl

from parkstudy.export.bibliography import bibliography
from parkstudy.method.study import Study

ENTRY = re.compile(r"@misc\{([^,\s]+),\n((?:  [a-z]+ = \{.*\},\n)+)\}\n")


def entries(study: Study, frame: pl.DataFrame) -> dict[str, dict[str, str]]:
    """Key to fields; the whole text is entries and blank lines."""
    text = bibliography(study, "sources", frame).decode()
    assert ENTRY.sub("", text).strip() == ""
    return {key: dict(re.findall(r"^  ([a-z]+) = \{(.*)\},$", fields, re.M)) for key, fields in ENTRY.findall(text)}


def test_every_source_has_an_entry_and_the_study_the_first(study: Study) -> None:
    found = entries(study, study.sources)
    assert list(found) == ["parkstudy-study", *study.sources["source_id"]]
    assert study.about.title_en in found["parkstudy-study"]["title"]
    row = study.sources.row(by_predicate=pl.col("source_id") == "hengshan-2022", named=True)
    assert found["hengshan-2022"] == {
        "author": f"{{{row['publisher']}}}", "title": "{2022年度衡山高新区工作总结}", "year": "2022",
        "note": "2022-12-15; reports Jan–Nov 2022",
    }  # fmt: skip


def test_only_an_official_page_has_its_address_another_is_read_in_a_repost(study: Study) -> None:
    found = entries(study, study.sources)
    for row in study.sources.iter_rows(named=True):
        entry, url = found[row["source_id"]], row["url"]
        assert entry.get("howpublished") == (f"\\url{{{url}}}" if url and row["official"] else None)
        assert ("read in a repost" in entry["note"]) == bool(url and not row["official"])


def test_a_text_that_hides_its_park_is_named_as_in_the_study(study: Study) -> None:
    hidden = study.sources.join(study.parks.filter("anonymised"), on="park_id", how="semi")
    assert hidden.height
    for row in hidden.iter_rows(named=True):
        name = study.parks.filter(park_id=row["park_id"])["name_en"].item()
        assert entries(study, hidden)[row["source_id"]]["title"] == f"{{{name}: own summary}}"


def test_signs_of_tex_are_escaped(study: Study) -> None:
    odd = study.sources.head(1).with_columns(
        title=pl.lit("50% of {A} & B_1"), publisher=pl.lit("A # B"), url=pl.lit("https://a.b/{1}?x=%20&y")
    )
    entry = list(entries(study, odd).values())[1]
    assert entry["title"] == r"{50\% of \textbraceleft{}A\textbraceright{} \& B\_1}"
    assert entry["author"] == r"{A \# B}"
    assert entry["howpublished"] == r"\url{https://a.b/%7B1%7D?x=%20&y}"
