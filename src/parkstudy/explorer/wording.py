"""Questions in plain words: names of parks and years choose, words of asking are left aside, other words for a subject find it.

`words/asked.csv` has the words: those of asking, `aside`; and of each subject what it `is` in a record, in the order in which it is
offered, with what is nearest (`near`) where the record does not have it. Each is a question's id, or one with choices behind `&`.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from parkstudy.errors import nearest
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.printed import Printed
from parkstudy.record.codes import LANGUAGES
from parkstudy.record.used import PACKAGE
from parkstudy.show.asked import ASKED
from parkstudy.show.view import View
from parkstudy.words.speech import visible

KIND = "asked"  # of a question that chooses more than its measure
_MOST, _NAMED = 12, 3  # questions that are given, parks that are named
_MARKS = re.compile(r"[^\w%&-]+")
_LEAST, _LEAST_ZH = 4, 2  # letters and characters of the beginning of a park's name by which it is known
_SHORT = 3  # letters of a word that alone is no subject
_Question = dict[str, str]


class Subject(NamedTuple):
    """A subject with the words for it, what it is in a record, and what is near to it."""

    words: tuple[str, ...]
    of: tuple[str, ...]
    near: tuple[str, ...]


@cache
def _table() -> tuple[tuple[str, ...], tuple[Subject, ...]]:
    """The words of asking, and the subjects."""
    aside: list[str] = []
    subjects = []
    with (PACKAGE / "words" / "asked.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = (*row["en"].split("|"), *row["zh"].split("|"))
            if row["kind"] == "aside":
                aside += words
            else:
                subjects.append(Subject(words, tuple(row["is"].split()), tuple(row["near"].split())))
    return tuple(sorted(aside, key=len, reverse=True)), tuple(subjects)


def led(ids: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Question to the words of the subjects that it leads, and to those of all subjects that it is of."""
    there, leads, every = set(ids), {}, {}  # type: ignore[var-annotated]
    for subject in _table()[1]:
        of = [one for one in subject.of if one in there]
        for one in of:
            every.setdefault(one, []).extend(subject.words)
        if of and "&" not in subject.of[0]:
            leads.setdefault(of[0], []).extend(subject.words)
    return leads, every


class Wording:
    """What finds questions by plain words, of a study in a language."""

    def __init__(self, printed: Printed, view: View, questions: Sequence[_Question]) -> None:
        self.printed, self.view = printed, view
        self.questions = {one["id"]: one for one in questions}
        self.text = {one["id"]: plain(one["text"]) for one in questions}
        self.all = {one["id"]: plain(f"{one['text']} {one['more']} {one.get('also', '')}") for one in questions}
        self.names, self.begins = _names(printed, " ".join(self.all.values()))

    def found(self, text: str, measure: str) -> dict[str, Any]:
        """The questions that a text asks in plain words, and what is to be told of them; none where their own words find them.

        `measure` is asked where a text names parks alone.
        """
        rest, parks = self._parks(plain(text))
        rest, year = self._year(rest)
        if not parks and not year and self._literal(plain(text).split()):
            return {"questions": [], "note": ""}
        rest = _without(rest, _table()[0])
        if not any(map(str.isalpha, rest)) and not (parks or year):
            return {"questions": [], "note": ""}
        ids, missing = self._subjects(rest) if rest.split() else ([f"measure:{measure}"], "")
        every = [self._question(one, parks, year) for one in dict.fromkeys(ids)]
        ids = [one["id"] for one in every]
        found = [one for place, one in enumerate(every) if one["id"] not in ids[:place]][:_MOST]
        code = "ask_no_subject" if found else "ask_no_subject_alone"
        typed = re.search(re.escape(missing), text, re.IGNORECASE)
        words = visible(typed[0] if typed else missing)
        note = self.view.speech.label("explorer", code).format(words=words) if missing else ""
        return {"questions": found, "note": note}

    def _parks(self, text: str) -> tuple[str, list[str]]:
        """The text without the names of parks, and the parks in the order of the study."""
        parks: set[str] = set()
        for name, own in self.names:
            if name in text and (at := _at(name, text)):
                parks |= own
                text = f"{text[: at.start()]} {text[at.end() :]}"
        for word in text.split():
            for size in range(len(word), _LEAST_ZH - 1, -1):  # a Chinese name can begin anywhere in a word
                starts = [0] if word.isascii() else range(len(word) - size + 1)
                own_word = next((word[at : at + size] for at in starts if word[at : at + size] in self.begins), "")
                if own_word and (not word.isascii() or own_word == word):
                    parks |= self.begins[own_word]
                    text = text.replace(own_word, " ", 1)
                    break
        return text, sorted(parks, key=self.printed.places.__getitem__)

    def _year(self, text: str) -> tuple[str, str]:
        for found in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", text):
            if found[0] in self.printed.years:
                return f"{text[: found.start()]} {text[found.end() :].removeprefix(_YEAR)}", found[0]
        return text, ""

    def _literal(self, words: Sequence[str]) -> list[str]:
        """Measures and quantities with all words: those that begin with them first, then those with them in their name."""
        whole, glued = " ".join(words), "".join(words)
        found = []
        for place, (one, every) in enumerate(self.all.items()):
            if words and all(word in every for word in words) and not one.startswith("statement:"):
                own = self.text[one]
                ranks = own == whole, own.startswith(whole), glued in own.replace(" ", ""), all(w in own for w in words)
                found.append(((*ranks, True).index(True), place, one))
        return [one for _, _, one in sorted(found)]

    def _subjects(self, text: str) -> tuple[list[str], str]:
        """The questions for the words of a text, and the words for what the record does not have."""
        whole = " ".join(text.split())
        lead = next((one for one in _table()[1] if whole in one.words and self._there(one.of)), None)
        if lead or (literal := self._literal(whole.split())):
            return ([*self._there(lead.of), *self._literal(whole.split())] if lead else literal), ""
        subjects, left = _subjects_in(whole)
        if missing := {word: one for word, one in subjects.items() if not self._there(one.of)}:
            return self._there(near for one in missing.values() for near in one.near), self.view.speech.mark(
                "comma"
            ).join(missing)
        counts = Counter(target for one in subjects.values() for target in self._there(one.of))
        found = sorted(counts, key=lambda one: -counts[one])
        left = [word for word in left if len(word) > (_SHORT if word.isascii() else 1)]
        fits = [one for one in found if left and all(word in self.all[one.partition("&")[0]] for word in left)]
        if fits or not left:
            return fits or found, ""
        return [*found, *self._near(" ".join(left))], " ".join(left)

    def _near(self, words: str) -> list[str]:
        """The questions that are written nearly so."""
        subjects = {word: one for one in _table()[1] for word in one.words}
        near = nearest(words, [*subjects, *self.text.values()])
        if near in subjects:
            return self._there(subjects[near].of) or self._there(subjects[near].near)
        return [one for one, name in self.text.items() if near and name == near]

    def _there(self, targets: Iterable[str]) -> list[str]:
        return [one for one in targets if one.partition("&")[0] in self.questions]

    def _question(self, target: str, parks: Sequence[str], year: str) -> _Question:
        """A question with the parks and the year that are asked for."""
        from parkstudy.explorer.questions import taken

        name, _, choices = target.partition("&")
        values = taken(self.printed, name)
        own = dict(part.split("=") for part in choices.split("&") if part)
        if year and "year" in ASKED[values["measure"]].obeys:
            own["year"] = year
        if parks:
            own["parks"] = ",".join(parks)
        one = self.questions[name]
        if not own:
            return one
        speech, names = self.view.speech, [visible(self.view.names[park]) for park in parks]
        if len(names) > _NAMED:
            names = [speech.label("explorer", "parks_found").format(n=len(names))]
        said = [*names, own.get("year", ""), speech.label("price", own["price"]) if "price" in own else ""]
        return {
            **one,
            "id": f"{KIND}:{Choice(**{**values, **own}).key}",
            "more": speech.mark("comma").join(filter(None, said)),
        }


def chosen(printed: Printed, key: str) -> dict[str, str] | None:
    """The choices of a question that chooses more than its measure; None for one that the study does not have."""
    values = Choice.read(key).given
    known = (
        values["measure"] in printed.asked and set(values.get("parks", "").split(",")) - {""} <= printed.places.keys()
    )
    return values if known and values.get("year", "") in {"", *printed.years} else None


def plain(text: str) -> str:
    """A text as it is looked through: forms of signs made one, in small letters, without marks."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


_YEAR = "\u5e74"  # behind a year in Chinese


def _at(word: str, text: str) -> re.Match[str] | None:
    """Where a word stands as a whole; a Chinese one anywhere."""
    edge = ("(?<![a-z0-9])", "(?![a-z0-9])")
    ends = word[0].isascii() * edge[0], word[-1].isascii() * edge[1]
    return re.search(f"{ends[0]}{re.escape(word)}{ends[1]}", text)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        while word in text and (at := _at(word, text)):
            text = f"{text[: at.start()]} {text[at.end() :]}"
    return text


def _subjects_in(text: str) -> tuple[dict[str, Subject], list[str]]:
    """The words of subjects in a text, longest first, and the other words."""
    found = {}
    every = [(word, subject) for subject in _table()[1] for word in subject.words]
    for word, subject in sorted(every, key=lambda one: -len(one[0])):
        if word in text and (at := _at(word, text)):
            found[word] = subject
            text = f"{text[: at.start()]} {text[at.end() :]}"
    return found, text.split()


def _names(printed: Printed, known: str) -> tuple[list[tuple[str, set[str]]], Mapping[str, set[str]]]:
    """Every name of a park with the parks that have it, longest first, and how names begin, where no question has that word."""
    names: dict[str, set[str]] = {}
    begins: dict[str, set[str]] = {}
    for park, name, whole in _named(printed):
        names.setdefault(name, set()).add(park)
        first = name.split()[0] if name.isascii() else name[:_LEAST_ZH]
        least = _LEAST if name.isascii() else _LEAST_ZH
        if whole and len(first) >= least and first not in known and first not in _table()[0]:
            begins.setdefault(first, set()).add(park)
    return sorted(names.items(), key=lambda one: -len(one[0])), begins


def _named(printed: Printed) -> Iterator[tuple[str, str, bool]]:
    """Every name of every park, and whether it is of a place or a park, whose beginning says which; of an anonymised one no place."""
    study = printed.study
    for park in study.parks["park_id"]:
        yield park, plain(park), False
    for view in (View(study, lang) for lang in LANGUAGES):
        for park, name in view.names.items():
            yield park, plain(name), False
            yield park, plain(view.full_names[park]), True
        if (county := f"county_{view.lang}") in study.parks.columns:
            rows = study.parks.filter(anonymised=False).select("park_id", county).drop_nulls()
            yield from ((park, plain(name), True) for park, name in rows.iter_rows() if plain(name))
