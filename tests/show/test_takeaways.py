"""The sentences that open a page: short, neutral, on official texts first, whatever parks and states are shown."""

from __future__ import annotations

import re

import pytest
from cases import every
from exhibit_parts import opened, parts, sentences, shown, study_of, trust

from parkstudy.record.codes import LANGUAGES
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit, Takeaways

STUDY = study_of()
OPENING = [entry.key for entry in CATALOGUE.values() if isinstance(entry, Takeaways)]
PAGES = [key for key in OPENING if not CATALOGUE[key].takes]
LOADED = {
    "en": r"(?i)\b(achieved?|boasts?|drives?|driven|thanks to|because of|best|worst|efficient|inflated|n/a)\b",
    "zh": "得益于|优于|落后|先进|领先|虚高|虚报|注水|取得",
}


def made(key: str, lang: str = "en", park: str = "hengnan") -> Exhibit:
    return shown(key, lang, **({"park": park} if "park" in CATALOGUE[key].takes else {}))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", OPENING)
def test_the_answer_begins_with_a_sentence_and_tells_below_on_what_it_rests(key: str, lang: str) -> None:
    exhibit = made(key, lang)
    assert exhibit.answer.startswith(sentences(exhibit)[0])
    for state in range(len(exhibit.states)):
        assert len(sentences(exhibit, state)[0]) >= 20
        quoted = parts(exhibit)[state].words["answer"]
        assert len(quoted) <= (760 if lang == "en" else 320)  # what a reader takes in, and a card holds
        assert 20 <= len(trust(exhibit, state)) <= 220


@every("key", PAGES)
def test_no_text_of_grade_c_stands_in_the_answer_of_a_page(key: str) -> None:
    hidden = STUDY.parks.filter(anonymised=True)
    for lang in LANGUAGES:
        names = [*hidden["park_id"], *hidden[f"name_{lang}"]]
        exhibit = made(key, lang)
        said = [sentences(exhibit, state) for state in range(len(exhibit.states))]
        if key == "coverage-takeaways":  # who reports what, where each grade is named
            said = [one[:1] for one in said]
        assert [text for one in said for text in one if any(name in text for name in names)] == []


@every("lang", LANGUAGES)
@every("key", OPENING)
def test_no_sentence_praises_blames_or_names_a_cause(key: str, lang: str) -> None:
    exhibit = made(key, lang)
    said = [
        text for state in range(len(exhibit.states)) for text in [*sentences(exhibit, state), trust(exhibit, state)]
    ]
    assert [text for text in said if re.search(LOADED[lang], text)] == []


@every("key", OPENING)
def test_every_sentence_ends_and_opens_the_same_numbers_in_both_languages(key: str) -> None:
    english, chinese = made(key), made(key, "zh")
    assert opened(english) == opened(chinese)
    for state in range(len(english.states)):
        assert all(text.endswith(".") for text in [*sentences(english, state), trust(english, state)])
        assert all(text.endswith("。") for text in [*sentences(chinese, state), trust(chinese, state)])


@every("lang", LANGUAGES)
@every("key", OPENING)
def test_one_park_of_grade_c_alone_opens_a_page_in_whole_sentences(key: str, lang: str) -> None:
    park = {"park": "anon-2020"} if "park" in CATALOGUE[key].takes else {}
    exhibit = viewer(STUDY.only("anon-2020"), lang)(key, **park)
    bad = re.compile(r"\b(None(?! of )|nan|inf|null|[a-z]+_[a-z_]+)\b|\d\.\d{5}|\[|\]|，，|\(\)|（）|  ")
    for state in range(len(exhibit.states)):
        found = sentences(exhibit, state)
        assert found
        assert [text for text in found if bad.search(text) or not text.endswith((".", "。"))] == []
