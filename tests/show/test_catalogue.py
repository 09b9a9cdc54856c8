"""The catalogue: whatever exhibit it declares can be shown of any study, opens what it shows, and says it in both languages."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html import unescape

import polars as pl
import pytest
from cases import every
from exhibit_parts import FOLDERS, Parts, alts, opened, parts, shown, states, study_of, trust

from parkstudy.method.study import Study
from parkstudy.record.codes import LANGUAGES, codes
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.digest import undrawn
from parkstudy.show.exhibit import Entry, Exhibit, Notes, Takeaways
from parkstudy.show.figure import Figure
from parkstudy.show.theme import PALETTE
from parkstudy.show.view import View
from parkstudy.words.rules import cited
from parkstudy.words.speech import speech

ENTRIES = every("entry", CATALOGUE.values())
SHOWN = [
    pytest.param(entry, data, id=f"{entry.key}-{data}", marks=[pytest.mark.slow] if isinstance(entry, Figure) else [])
    for entry in CATALOGUE.values()
    for data in FOLDERS
]  # drawing takes long, and so does what stands around it
EVERY = every(("entry", "data"), SHOWN)


def given(entry: Entry, study: Study) -> dict[str, str]:
    """What the caller alone can give."""
    known = {"park": study.park_ids()[0], "measure": "gross_industrial_output_growth", "reading": ""}
    return {name: known[name] for name in entry.takes}


def made(entry: Entry, data: str, lang: str = "en") -> Exhibit:
    """The exhibit; of the awkward data without its drawings, which the pages of these have (`built_pages`)."""
    how = shown if data == "shipped" else without_drawings
    return how(entry.key, lang, data, **given(entry, study_of(data)))


@cache
def without_drawings(key: str, lang: str, data: str, **parameters: str) -> Exhibit:
    with undrawn():
        return viewer(study_of(data), lang)(key, **parameters)


# Declarations


@ENTRIES
def test_an_entry_is_declared_with_what_there_is(entry: Entry) -> None:
    assert CATALOGUE[entry.key] is entry
    assert re.fullmatch(r"[a-z0-9-]+", entry.key)
    assert re.fullmatch(r"[a-z0-9-]*", entry.anchor)
    assert set(entry.obeys) <= set(codes("parameter"))
    assert set(entry.takes) <= {"park", "measure", "reading"}
    for lang in LANGUAGES:
        assert {f"{entry.words}.j2", f"{entry.kind}.j2"} & set(speech(lang).templates.list_templates())
        assert set(entry.obeys) <= {name for name, _, _ in made_axes(entry, lang)}


def made_axes(entry: Entry, lang: str) -> list[tuple[str, str, str]]:
    """The names of the parameters and of their values, where they have one in the language."""
    label = speech(lang).label
    return [(name, label("parameter", name), label(name, value)) for name in entry.obeys for value in codes(name)]


@ENTRIES
def test_an_entry_selects_by_the_parameters_it_obeys_and_takes(entry: Entry) -> None:
    study, *named = inspect.signature(entry.select).parameters.values()
    assert study.name == "study"
    assert {*entry.obeys, *entry.takes} <= {one.name for one in named}
    assert {one.name for one in named if one.default is one.empty} <= {*entry.obeys, *entry.takes}


@ENTRIES
def test_an_entry_refuses_a_parameter_and_a_value_it_does_not_know(entry: Entry) -> None:
    show = viewer(study_of())
    known = ", ".join((*entry.obeys, *entry.takes)) or "none"
    with pytest.raises(ValueError, match=f"^exhibit '{entry.key}' has no parameter 'colour'; its parameters: {known}$"):
        show(entry.key, colour="red")
    for name in entry.obeys:
        with pytest.raises(ValueError, match=f"^unknown {name} 'red'; expected one of {', '.join(codes(name))}$"):
            show(entry.key, **{name: "red"})


def test_no_two_exhibits_of_a_subject_share_an_anchor() -> None:
    anchors = Counter((entry.words, entry.anchor or entry.key) for entry in CATALOGUE.values())
    assert [anchor for anchor, n in anchors.items() if n > 1] == []


def test_a_subject_has_one_answer() -> None:
    answers = Counter(entry.words for entry in CATALOGUE.values() if entry.answers)
    assert set(answers.values()) == {1}
    assert {entry.words for entry in CATALOGUE.values()} == {*answers, "measure"}  # which is of any subject


# Selections


@ENTRIES
@every("data", FOLDERS)
def test_every_state_is_selected_from_the_rows_of_the_study(entry: Entry, data: str) -> None:
    study = study_of(data)
    printed = {key for kind in ("observation", "reference") for key in View(study).rows[kind]}
    for value in [{}] if not entry.obeys else [{entry.obeys[0]: value} for value in codes(entry.obeys[0])]:
        selected = entry.select(study, **{name: codes(name)[0] for name in entry.obeys} | value | given(entry, study))
        assert set(selected.keys) <= printed
        if selected.of_measures and "key" in selected.data.columns:
            assert set(selected.data["key"].drop_nulls()) <= set(study.measures["key"])


@cache
def nothing() -> Study:
    """A study with no rows at all."""
    tables = ("parks", "sources", "observations", "reference")
    return replace(study_of(), **{name: getattr(study_of(), name).clear() for name in tables})


@every("lang", LANGUAGES)
@every(
    "key",
    [
        pytest.param(key, marks=[pytest.mark.slow] if key == "statements" else [])  # drawn: it shows what is declared
        for key, entry in CATALOGUE.items()
        if not entry.takes
    ],
)
def test_a_study_without_rows_is_shown_in_words(key: str, lang: str) -> None:
    empty = viewer(nothing(), lang)(key)
    assert empty.records == {}
    for view in parts(empty):
        assert not re.search(r"\bNone\b(?! of )|\bnan\b|Undefined", view.text)
        assert len(view.text) > 5


# What is shown


@EVERY
def test_every_number_has_a_record_down_to_what_is_printed(entry: Entry, data: str) -> None:
    for lang in LANGUAGES:
        exhibit = made(entry, data, lang)
        assert opened(exhibit) - set(exhibit.records) == set()
        assert {key for record in exhibit.records.values() for key in record["inputs"]} - set(exhibit.records) == set()


@EVERY
def test_both_languages_show_the_same_states_numbers_and_parks(entry: Entry, data: str) -> None:
    english, chinese = (made(entry, data, lang) for lang in LANGUAGES)
    assert (english.key, english.entry, states(english)) == (chinese.key, chinese.entry, states(chinese))
    assert [name for name, _, _ in english.axes] == [name for name, _, _ in chinese.axes]
    assert set(english.records) == set(chinese.records)  # they come as they are told, which differs
    for one, other in zip(parts(english), parts(chinese), strict=True):
        for name in ("data-opens", "data-park"):
            assert set(one.all(name)) == set(other.all(name))  # a short interval is one mark more in a wider column
        assert [len(row) for row in one.rows] == [len(row) for row in other.rows]
        assert len(one.sentences) == len(other.sentences)


@EVERY
def test_a_park_that_is_linked_is_one_of_the_study(entry: Entry, data: str) -> None:
    known = set(study_of(data).parks["park_id"])
    for view in parts(made(entry, data)):
        assert {park for parks in view.all("data-park") for park in parks.split()} <= known


LIGHT = {light for light, _ in PALETTE.values()}
FOLLOWING = {"none", *(f"var(--{name},{light})" for name, (light, _) in PALETTE.items())}


@pytest.mark.slow
@pytest.mark.parametrize(
    "entry", [entry for entry in CATALOGUE.values() if isinstance(entry, Figure)], ids=lambda entry: entry.key
)
def test_a_drawing_has_marks_that_lead_somewhere_in_colours_that_follow_the_page(entry: Entry) -> None:
    exhibit = made(entry, "shipped")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", exhibit.svg)) <= LIGHT
    for view, (_, body) in zip(parts(exhibit), exhibit.states, strict=True):
        drawn = "".join(re.findall(r"<svg .*?</svg>", body, flags=re.S))
        assert set(re.findall(r"(?:fill|stroke):([^;\"]+)", drawn)) <= FOLLOWING
        assert view.marks or not drawn or not exhibit.records
        assert view.tags.count("svg") == (2 if drawn else 0)


@EVERY
def test_ids_are_its_own_and_once(entry: Entry, data: str) -> None:
    exhibit = made(entry, data)
    ids = Parts(exhibit.body).all("id")
    assert exhibit.key == (entry.anchor or entry.key)
    assert ids[:1] == ([exhibit.key] if exhibit.body else [])
    assert all(name.startswith(f"{exhibit.key}-") for name in ids[1:])
    assert len(set(ids)) == len(ids)


@EVERY
def test_every_rule_that_is_named_is_known(entry: Entry, data: str) -> None:
    for lang in LANGUAGES:
        exhibit = made(entry, data, lang)
        texts = [text for _, view in exhibit.states for text in re.split(r"<[^>]*>", view)]
        assert set(cited("\n".join(texts))) == set(exhibit.rules)


@EVERY
@every("lang", LANGUAGES)
def test_it_says_what_it_shows_and_what_it_rests_on(entry: Entry, data: str, lang: str) -> None:
    exhibit = made(entry, data, lang)
    for state, view in enumerate(parts(exhibit)):
        if isinstance(entry, Takeaways | Notes):
            assert all(len(sentence) > 5 for sentence in view.sentences)
            assert len(view.sentences) >= 1
            assert trust(exhibit, state) not in view.sentences
        elif "empty" in view.words or not view.text:  # a park of one text has no years to show
            assert "figcaption" not in view.words
        else:
            told = [view.words["claim"], view.words["figcaption"].removesuffix(view.words["sources"]).strip()]
            told += list(alts(exhibit, state))
            assert len(told) == 2 + (isinstance(entry, Figure) and data == "shipped")
            assert all(len(text) > (40 if lang == "en" else 15) for text in told[1:])
            assert len({text.rstrip(".。") for text in told}) == len(told)
            assert re.search(r"\d", told[-1]) or len(told) == 2
            assert re.fullmatch(r"Sources: .+\." if lang == "en" else r"资料来源：.+。", view.words["sources"])
            assert len(view.rows) > 1


# Words of the data are not ours: names, terms, titles, notes, ids

ALLOWED = re.compile(r"PPI|CSV|km²|parkstudy|[GTLQRA]\d+|[ABC](?=级)|[0-9a-f]{12}")


@cache
def of_the_data(data: str) -> re.Pattern[str]:
    study = study_of(data)
    frames = [getattr(study, name) for name in ("parks", "sources", "observations", "reference", "indicators")]
    columns = [frame[name] for frame in frames for name in frame.columns if frame.schema[name] == pl.String]
    texts = {text for column in columns for text in column if text and re.search("[A-Za-z{,;:]", text)}
    texts |= {
        *View(study).names.values(),
        *study_of().parks["park_id"],
    }  # statements name the shipped parks in every study
    slugs = [
        slug for subject in study_of(data).observations["subject"] for slug in subject.partition(":")[2].split("+")
    ]
    texts |= {slug.replace("-", " ") for slug in slugs if slug}  # a part that no text names
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))


def own_words(exhibit: Exhibit, data: str) -> list[str]:
    """What an exhibit says in words of its own, the sources left out."""
    said = sorted(alts(exhibit))
    for _, view in exhibit.states:
        text = re.sub(r'<span class="sources">.*</figcaption>|</?(span|a)\b[^>]*>', "", view)
        said += [unescape(piece) for piece in re.split("<[^>]*>", text)]
    return [of_the_data(data).sub("", ALLOWED.sub("", text)) for text in said]


@EVERY
def test_no_word_is_a_null_a_code_or_a_placeholder(entry: Entry, data: str) -> None:
    bad = re.compile(r"\bNone\b(?! of )|\bnan\b|\binf\b|\bnull\b|[{}]|Undefined|\b[a-z]+_[a-z_]+\b|\d\.\d{7}")
    for lang in LANGUAGES:
        assert [text for text in own_words(made(entry, data, lang), data) if bad.search(text)] == []


@EVERY
def test_a_chinese_exhibit_has_no_english_words(entry: Entry, data: str) -> None:
    said = own_words(made(entry, data, "zh"), data)
    assert [text for text in said if re.search("[A-Za-z]{2}", text)] == []
    assert [text for text in said if re.search("[\u4e00-\u9fff][,;:] ?[\u4e00-\u9fff]", text)] == []
