"""What the explorer offers: questions and data at the top, measures, parks and choices at the left, what remains of a view at the
bottom. Each payload is JSON: texts in the language of the choice, numbers, codes.
"""

import shlex
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from parkstudy.explorer import again, apart, rules
from parkstudy.explorer.choice import CLOSED, Choice
from parkstudy.explorer.printed import Printed
from parkstudy.explorer.questions import questions
from parkstudy.explorer.wording import Wording
from parkstudy.method.measures import of_flow
from parkstudy.record.chosen import ALL, LATEST, groups
from parkstudy.record.codes import LANGUAGES, codes, labels
from parkstudy.record.folder import told
from parkstudy.show.asked import ASKED, GROUPS, Asked, name_of
from parkstudy.show.theme import park_names
from parkstudy.show.view import View
from parkstudy.words.speech import visible

Payload = dict[str, Any]
_SILENT = "not_reported"  # the reason where a text prints nothing of what is asked
_LEAST = 2  # parks of a group that is offered
_MOST_FAULTS = 200  # that are listed; `parkstudy check` lists all


class Offers:
    """What is offered of a study, in both languages; texts that do not change are made once."""

    def __init__(self, printed: Printed, folder: str = "") -> None:
        self.printed, self.folder = printed, folder
        self.files = told(folder) if folder else []  # now: the folder may be gone later
        self.views = {lang: View(printed.study, lang) for lang in LANGUAGES}
        self.names = lru_cache(maxsize=4)(self._names)
        self.questions = lru_cache(maxsize=2)(self._questions)
        self.wording = lru_cache(maxsize=2)(lambda lang: Wording(printed, self.views[lang], self.questions(lang)))
        self._groups, self._parks = lru_cache(maxsize=2)(self._of_groups), lru_cache(maxsize=2)(self._named)
        self._silent = lru_cache(maxsize=64)(self._with_reasons)
        self._alike: dict[
            tuple[str, str, str], Payload
        ] = {}  # a park with a reason in a language, the same in every list
        self.reasons = lru_cache(maxsize=64)(self._reasons)

    def _questions(self, lang: str) -> list[Payload]:
        return questions(self.printed, self.views[lang])

    # the top

    def top(self, choice: Choice, moved: str = "") -> Payload:
        """Questions, languages, the data with their faults, and the words of the front end; `moved` says if files were changed."""
        study, view = self.printed.study, self.views[choice.lang]
        name = view.speech.label("explorer", "shipped") if not self.folder else visible(self.folder)
        return {
            "questions": self.questions(choice.lang), "lang": choice.lang,
            "langs": [{"value": lang, "name": view.speech.label("lang", lang)} for lang in LANGUAGES],
            "data": {
                "name": name, "folder": self.folder, "edition": study.edition, "files": self.files, "moved": moved,
                "faults": [_said(fault) for fault in study.faults[:_MOST_FAULTS]], "fault_count": len(study.faults),
                "left_out": self._left_out(view),
                "warnings": [_said(warning) for warning in study.warnings[:_MOST_FAULTS]],
                "warning_count": len(study.warnings), "more": self._more(view),
            },
            "words": labels("explorer", choice.lang, long=False),
        }  # fmt: skip

    def _left_out(self, view: View) -> str:
        """What becomes of faulty rows, where there are some."""
        if not (n := len(self.printed.study.faults)):
            return ""
        faults = view.speech.label("explorer", "fault_one" if n == 1 else "fault_many").format(n=n)
        return view.speech.label("explorer", "data_faults").format(faults=faults)

    def _more(self, view: View) -> str:
        """Which command lists all faults and warnings, where they are too many to be listed here."""
        study = self.printed.study
        if max(len(study.faults), len(study.warnings)) <= _MOST_FAULTS:
            return ""
        command = shlex.join(["parkstudy", "check", *(["--data", self.folder] if self.folder else [])])
        return view.speech.label("explorer", "faults_more").format(n=_MOST_FAULTS, command=command)

    # the left

    def left(self, choice: Choice, asked: Asked) -> Payload:
        """Measures, parks, groups of parks, and the choices that act on the measure."""
        return {
            "measures": self.measures(choice), "parks": self.parks(choice, asked),
            "groups": self._groups(choice.lang), "group": choice.parks, "choices": self.choices(choice, asked),
        }  # fmt: skip

    def measures(self, choice: Choice) -> list[Payload]:
        """Group by group, what can be asked, with how many of the chosen parks print it."""
        view, chosen = self.views[choice.lang], set(self.printed.compared(choice))
        found = []
        for group in GROUPS:
            own = [one for one in self.printed.asked.values() if one.group == group]
            items = [self._item(view, one, choice, chosen) for one in own]
            found.append({"group": group, "name": view.speech.label("asked_group", group), "items": items})
        return found

    def _item(self, view: View, asked: Asked, choice: Choice, chosen: set[str]) -> Payload:
        given = len(chosen & self.printed.of(year_of(asked, choice)).prints(asked))
        words = "count_texts" if not of_values(asked) else "count_one" if given == 1 else "count"
        here = self._here(asked, choice) if given and asked.key == choice.measure else given
        words = "no_parks_chosen" if not chosen else "count_here" if here < given else words
        count = view.speech.label("explorer", words).format(n=given, all=len(chosen), here=here)
        name, about = self.names(view.lang)[asked.key]
        return {
            "key": asked.key, "name": name, "about": about, "count": count, "n": given,
            "there": given > 0, "on": asked.key == choice.measure,
        }  # fmt: skip

    def _here(self, asked: Asked, choice: Choice) -> int:
        """How many of the chosen parks have a value of the measure with the months and the area that are chosen."""
        equal = {name: getattr(choice, name) for name in ("basis", "rung") if name in asked.obeys}
        of = self.printed.of(year_of(asked, choice))
        if not equal:
            return len(set(self.printed.compared(choice)) & of.prints(asked))
        return int(of.given(asked.measure, self.printed.compared(choice), **equal)["park_id"].n_unique())

    def _names(self, lang: str) -> dict[str, tuple[str, str]]:
        """Key to the name of what can be asked, and a line that says what it is."""
        view = self.views[lang]
        return {key: (name_of(view, key), about(view, key)) for key in self.printed.asked}

    def parks(self, choice: Choice, asked: Asked) -> list[Payload]:
        """Every park, chosen or not, with why it prints nothing of what is asked; of many those that stay as they were are shared."""
        found = [*self._silent(asked.key, year_of(asked, choice), choice.lang)]
        for place in map(self.printed.places.__getitem__, self.printed.chosen(choice.parks)):
            found[place] = {**found[place], "on": True}
        return found

    def _with_reasons(self, key: str, year: str, lang: str) -> list[Payload]:
        """Every park as where none is chosen."""
        why = self.reasons(key, year, lang)
        return [self._with(park, why[park["id"]], lang) if park["id"] in why else park for park in self._parks(lang)]

    def _with(self, park: Payload, why: str, lang: str) -> Payload:
        """A park with why it prints nothing: one object in all lists with that reason, which are told apart fast."""
        own = (park["id"], why, lang)
        return self._alike.get(own) or self._alike.setdefault(own, {**park, "why": why})

    def _named(self, lang: str) -> list[Payload]:
        """Every park as where none is chosen and each prints what is asked."""
        view, core, found = self.views[lang], set(self.printed.core), []
        also = self._also(next(one for one in LANGUAGES if one != lang))
        colours = park_names(self.printed.study.all_parks)
        for park, name in view.names.items():
            role, colour = ("core", colours[park]) if park in core else ("context", "mark")
            full = visible(view.full_names[park])
            fixed = {
                "id": park,
                "name": visible(name),
                "full": full,
                "colour": colour,
                "role": role,
                "also": also[park],
            }
            found.append({**fixed, "on": False, "why": ""})
        return found

    def _also(self, lang: str) -> dict[str, str]:
        """Park to its names in a language, by which it is found too; of an anonymised one no place."""
        held = [name for name in (f"name_{lang}", f"county_{lang}") if name in self.printed.study.parks.columns]
        rows = self.printed.study.parks.select("park_id", "anonymised", *held).iter_rows()
        return {park: visible(" ".join(filter(None, names[:1] if hidden else names))) for park, hidden, *names in rows}

    def _reasons(self, key: str, year: str, lang: str) -> dict[str, str]:
        """Core park to why it prints nothing of what is asked, for those that do not."""
        of, view, asked = self.printed.of(year), self.views[lang], ASKED[key]
        given, rows, held = of.prints(asked), of.reasons(asked.measure), dict[Any, str]()
        other = view.text("reason", _SILENT)
        words = "no_text" if year in (LATEST, ALL) else "no_text_of_park"
        silent = view.label("not_possible", words).format(year=year)
        found = {}
        for park in self.printed.core:
            if park not in given:
                found[park] = other if park in of.texts else silent
                if (row := rows.get(park)) and park in of.texts:
                    same = (row["reason"], row["period_start"], row["period_end"])
                    found[park] = held.get(same) or held.setdefault(same, view.reason(row))
        texts = set(of.study.sources["source_id"])
        for park, rows_apart in self.printed.apart.items():
            if park in found and (where := apart.told(rows_apart, texts, asked.measure)):
                found[park] = view.speech.label("explorer", "set_apart").format(where=where)
        return found

    def _of_groups(self, lang: str) -> list[Payload]:
        """The groups by which parks can be chosen, of two parks or more and not of all: places in the language, kinds, sizes."""
        rows, view = self.printed.study.parks.to_dicts(), self.views[lang]
        found = []
        for column in codes("park_group"):
            own = f"{column}_{lang}" if f"{column}_{lang}" in rows[0] else column
            for value in groups(rows)[own]:
                parks = self.printed.chosen(f"group:{own}={value}") if "," not in value else ()
                if _LEAST <= len(parks) < len(self.printed.core):
                    name = view.speech.label("zone_kind", value) if column == "zone_kind" else visible(value)
                    said = view.speech.label("explorer", "group")
                    name = said.format(column=view.speech.label("park_group", column), value=name)
                    found.append({"value": f"group:{own}={value}", "name": name, "n": len(parks)})
        return found

    def choices(self, choice: Choice, asked: Asked) -> list[Payload]:
        """The choices that act on the measure; each value with the rule that refuses it, in words."""
        view, some = self.views[choice.lang], bool(self.printed.compared(choice))  # of no park no rule is told
        found = []
        for name in rules.acting(asked):
            every = rules.values(self.printed, asked, choice, name)
            values = [
                {"value": value, "name": value_name(view, name, value), "on": value == getattr(choice, name),
                 "why": said(view, rule) if rule and some else ""}
                for value, rule in every
            ]  # fmt: skip
            found.append({"name": name, "label": view.speech.label("parameter", name), "values": values})
        return found

    def unanswered(self, choice: Choice, asked: Asked) -> str:
        """Why a view of a choice shows nothing, in words; empty where a chosen park prints what is asked, or a park of context is
        chosen alone with nothing to be compared with.
        """
        view, chosen = self.views[choice.lang], set(self.printed.compared(choice))
        if not chosen:
            apart = [visible(view.names[park]) for park in self.printed.chosen(choice.parks)]
            if apart:
                names = view.speech.mark("list").join(apart)
                return view.speech.label("explorer", "only_context").format(names=names)
            return view.speech.label("explorer", "no_park")
        given = self.printed.of(year_of(asked, choice)).prints(asked)
        if chosen & given:
            return ""
        reasons = self.reasons(asked.key, year_of(asked, choice), choice.lang)
        told = dict.fromkeys(reasons[park] for park in self.printed.core if park in chosen)
        mark, said = view.speech.mark("semicolon"), view.speech.label("explorer", "unanswered")
        found = said.format(reasons=mark.join(told))
        if given:
            found += view.speech.mark("space") + view.speech.label(
                "explorer", "unanswered_one" if len(given) == 1 else "unanswered_other"
            ).format(n=len(given))
        return found

    # the bottom

    def bottom(self, choice: Choice, asked: Asked, **more: Any) -> Payload:
        """The view as commands, as a page where it is there, as files; `more` is what is undone, redone and kept."""
        shown = effective(choice, asked)
        return {
            "key": shown.key, "commands": again.commands(shown), "page": again.page(shown, asked, own=self.printed.study.data_hash),
            "files": again.files(shown, asked), **more,
        }  # fmt: skip


def year_of(asked: Asked, choice: Choice) -> str:
    """The year whose texts are shown: all of them where the choice does not act."""
    return choice.year if "year" in asked.obeys else ALL


def effective(choice: Choice, asked: Asked) -> Choice:
    """The choice with the standard value wherever it does not act on the measure: what a view depends on."""
    idle = [name for name in ("price", "basis", "rung", "year", "reading") if name not in asked.obeys]
    return choice.changed({name: getattr(Choice, name) for name in idle})


def of_values(asked: Asked) -> bool:
    """Whether parks are counted by what they print, and not by their texts."""
    return bool(asked.measure) or asked.key in ("areas", "growth_targets")


def about(view: View, key: str) -> str:
    """A line that says what it is."""
    flow, kind = of_flow(key)
    return view.speech.label("about_of_flow", kind) if flow else view.speech.label("about", key)


def value_name(view: View, name: str, value: str) -> str:
    """The name of a value of a choice."""
    if name == "year":
        return view.speech.label("year_word", value) if value in codes("year_word") else value
    if name == "reading":
        return view.speech.label("reading", value) if value else view.speech.label("explorer", "every_reading")
    return view.speech.label(name, value) if value in CLOSED[name] else value


def said(view: View, rule: rules.Rule) -> str:
    """A rule in words."""
    return view.speech.text(rule.group, rule.code).format(year=rule.year)


def _said(found: Any) -> Mapping[str, str]:
    """A fault or a warning: where it stands, what it is, what to do."""
    parts: Iterable[str] = (found.file, str(found.line or ""), found.column)
    where = ":".join(part for part in parts if part)
    return {"where": visible(where), "what": visible(found.message), "advice": visible(found.advice)}
