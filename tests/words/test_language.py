"""The two languages: every word for a reader has its Chinese, and a Chinese study differs from an English one in words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import parkstudy
from parkstudy.method import audit as consistency
from parkstudy.method import coverage, growth, land, measures, outside, statements, tax
from parkstudy.record import schema
from parkstudy.method.study import Study
from parkstudy.words import wording
from parkstudy.words.language import Text, said

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}|[A-Za-z]+_[A-Za-z]+")
LOOSE = re.compile(r"[,;:] |[\u4e00-\u9fff] | [\u4e00-\u9fff]|[\u4e00-\u9fff][,;:]")  # half-width marks, spaces

LISTS: dict[str, dict[str, Text]] = {
    **{
        name: getattr(schema, name)
        for name in (
            "POPULATIONS", "TRANSFORMATIONS", "VALUE_TYPES", "VALUE_TYPE_NAMES", "OBS_STATUS", "CAVEATS", "CAVEAT_NAMES",
            "SOURCE_KINDS", "ROLES", "GRADES", "KINDS", "DIMENSIONS", "GROWTH_PRICES", "SPLITS", "BOOLEANS", "BOUND_LABELS",
        )
    },
    **{name: getattr(measures, name) for name in ("FLAGS", "FLAG_NAMES", "REASONS", "RUNGS", "RUNG_NAMES")},
    "MEASURES": {name: measure.name for name, measure in measures.MEASURES.items()},
    "MEASURES, short": {name: measure.short for name, measure in measures.MEASURES.items()},
    "STATES": coverage.STATES,
    "COMPARABILITY": coverage.VERDICTS,
    "ANSWERS": outside.ANSWERS,
    "READINGS": tax.READINGS,
    "OUTCOME_NAMES": consistency.OUTCOME_NAMES,
    "CHECKS, names": {code: check.name for code, check in consistency.CHECKS.items()},
    "CHECKS, consequences": {code: check.consequence for code, check in consistency.CHECKS.items()},
    "VERDICT_NAMES": statements.VERDICT_NAMES,
    "STATE_NAMES": statements.STATE_NAMES,
    "CHOICE_WORDS": statements.CHOICE_WORDS,
    "SENTENCES": {s.id: s.sentence for s in statements.STATEMENTS},
    "REFUSALS": {s.id: s.refusal for s in statements.STATEMENTS if s.refusal},
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_of_a_closed_list_has_its_chinese(name: str) -> None:
    for code, text in LISTS[name].items():
        assert isinstance(text, Text), code
        assert HAN.search(text.zh), code
        words = text.zh.replace("share_of", "")  # a column of the tables
        assert not ENGLISH.search(words), code
        assert not LOOSE.search(words), code


def test_the_lists_of_names_have_the_codes_of_their_lists() -> None:
    assert list(schema.CAVEAT_NAMES) == list(schema.CAVEATS)
    assert list(schema.VALUE_TYPE_NAMES) == list(schema.VALUE_TYPES)
    assert list(measures.FLAG_NAMES) == list(measures.FLAGS)
    assert list(measures.RUNG_NAMES) == list(measures.RUNGS)
    assert set(consistency.OUTCOME_NAMES) == set(consistency.OUTCOMES)
    assert set(statements.VERDICT_NAMES) == set(statements.VERDICTS)


@pytest.mark.parametrize("name", ["CAVEAT_NAMES", "FLAG_NAMES", "RUNG_NAMES", "MEASURES", "VERDICT_NAMES", "STATES"])
def test_no_two_codes_share_a_chinese_name(name: str) -> None:
    names = [text.zh for text in LISTS[name].values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["CAVEAT_NAMES", "FLAG_NAMES", "RUNG_NAMES"])
def test_the_english_name_of_a_code_is_the_code_in_words(name: str) -> None:
    assert all(text == wording.plain(code) for code, text in LISTS[name].items())


def test_a_flag_made_of_a_caveat_has_its_name() -> None:
    both = set(schema.CAVEAT_NAMES) & set(measures.FLAG_NAMES)
    assert all(schema.CAVEAT_NAMES[code].zh == measures.FLAG_NAMES[code].zh for code in both)


def test_chinese_sentences_name_the_parks_as_the_data_do(study: Study) -> None:
    english, chinese = (wording.short_names(study, lang) for lang in ("en", "zh"))
    for statement in statements.STATEMENTS[:2] + statements.STATEMENTS[3:]:  # the third refers to the second in English
        for park in (*study.park_ids(), "hengdong"):
            assert (english[park] in statement.sentence) == (chinese[park] in statement.sentence.zh), statement.id


@pytest.fixture(scope="module", params=["shipped", "awkward"])
def twins(request: pytest.FixtureRequest, study: Study, awkward: Path) -> tuple[Study, Study]:
    """One study in English and in Chinese."""
    if request.param == "shipped":
        return study, parkstudy.load(lang="zh")
    return parkstudy.load(awkward), parkstudy.load(awkward, "zh")


def frames(study: Study) -> Iterator[tuple[str, pl.DataFrame, list[str]]]:
    """Every frame that holds words: its name, the frame, and the columns of words."""
    yield "growth", growth.measures(study), ["method"]
    yield "tax", tax.measures(study), ["method"]
    yield "land", land.measures(study), ["method"]
    yield "comparability", coverage.comparability(study), ["reasons"]
    yield "corroborations", outside.corroborations(study), ["reason"]
    findings = consistency.audit(study)
    yield "audit", consistency.as_frame(findings, study.lang), ["name", "arithmetic", "consequence"]
    decided = statements.as_frame(statements.decide(study), study.lang)
    words = [name for name in ("sentence", "choices", "reason") if name in decided.columns]
    yield "statements", decided, words


def test_a_chinese_study_has_the_numbers_values_and_codes_of_the_english_one(twins: tuple[Study, Study]) -> None:
    for (name, english, words), (_, chinese, _) in zip(*map(frames, twins), strict=True):
        assert english.drop(words).equals(chinese.drop(words)), name


def test_every_word_of_a_chinese_study_is_chinese(twins: tuple[Study, Study]) -> None:
    study = twins[1]
    printed = {
        study.observations[c][i] for c in ("reported_term", "reported_figure") for i in range(study.observations.height)
    }
    for name, frame, columns in frames(study):
        for column in columns:
            texts = frame[column].explode() if frame.schema[column] == pl.List(pl.String) else frame[column]
            for text in filter(None, texts.drop_nulls().to_list()):
                own = text if name != "audit" else without(text, printed)
                assert not ENGLISH.search(own), (name, text)
                assert HAN.search(text), (name, text)
                assert name == "audit" or not LOOSE.search(own), (name, text)


def without(text: str, printed: set[str]) -> str:
    """The text without the printed terms and figures in it."""
    for words in sorted(printed, key=len, reverse=True):
        text = text.replace(words, "")
    return text


def test_an_english_study_has_no_chinese_words_of_its_own(study: Study) -> None:
    for name, frame, columns in frames(study):
        for column in columns if name != "audit" else ["name", "consequence"]:
            texts = frame[column].explode() if frame.schema[column] == pl.List(pl.String) else frame[column]
            found = [t for t in texts.drop_nulls().to_list() if HAN.search(t)]
            assert name == "statements" or not found, (name, found)


def test_pairs_that_do_not_report_are_known_in_both_languages(twins: tuple[Study, Study]) -> None:
    english, chinese = (coverage.comparability(study).filter(coverage.missing()) for study in twins)
    assert english.height
    assert english.drop("reasons").equals(chinese.drop("reasons"))


def test_the_reading_and_the_printed_rates_are_known_in_both_languages(twins: tuple[Study, Study]) -> None:
    english, chinese = (tax.measures(study).with_columns(reading=tax.reading()) for study in twins)
    for ours, theirs in zip(english.to_dicts(), chinese.to_dicts(), strict=True):
        word = tax.READINGS.get(ours["reading"])
        assert (word and word.zh) == theirs["reading"]
        assert tax.reading_of(theirs["method"]) == (theirs["reading"] or "")
    rates = [growth.measures(study).to_dicts() for study in twins]
    assert [measures.as_printed(r) for r in rates[0]] == [measures.as_printed(r) for r in rates[1]]
    assert any(measures.as_printed(r) for r in rates[1])


def test_a_text_is_its_english_and_carries_its_chinese() -> None:
    text = Text("tax", "税收")
    assert (text, said(text, "en"), said(text, "zh"), said("tax", "zh")) == ("tax", "tax", "税收", "tax")
    assert type(said(text, "en")) is str
