"""What a view says for a code: its words, those made from the name of a flow, and those of a refusal with its months."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

import polars as pl

from parkstudy.method.growth import OF_ANY
from parkstudy.method.measures import of_flow
from parkstudy.record.codes import codes
from parkstudy.record.rows import pairs
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.draft import drafted
from parkstudy.words.speech import HAN, one_line, plain, within

T = TypeVar("T", bound=str)
_RULES = {"measure": "measure_of_flow", "formula": "formula_of_flow"}  # what to say of a measure, to the words for it


class Labels:
    """The labels of a view, which has a `speech`, the names of its `indicators` and the `rows` of its study."""

    study: Any
    lang: str
    speech: Any
    subjects: Any
    indicators: Any
    rows: Any
    bracketed: Any

    def label(self, group: str, code: str) -> str:
        """The short words for a code."""
        return self.as_recorded(self._of_flow(group, code, self.speech.label))

    def text(self, group: str, code: str) -> str:
        """The long words for a code."""
        return self.as_recorded(self._of_flow(group, code, self.speech.text))

    def _of_flow(self, group: str, code: str, said: Any) -> str:
        """The words of a group; for a measure of a flow that has none of its own made from the name of the flow."""
        flow, kind = of_flow(code) if group in _RULES and code not in codes(group) else ("", "")
        if not flow:
            return str(said(group, code))
        name = self.indicators.get(flow, flow)
        return str(said(_RULES[group], kind)).format(name=within(name), Name=name)

    def as_recorded(self, text: T) -> T:
        """What a text is said not to print, as what is not recorded of it, where figures of the study are a draft nobody checked."""
        for said, instead in self.unread:
            text = cast("T", text.replace(said, instead))
        return text

    @cached_property
    def unread(self) -> list[tuple[str, str]]:
        """Words for what a text does not print, each with those for what is not recorded; none where every row is used and none a draft.

        A draft sets figures aside, and rows with faults are left out, so that what is lacking may stand in the text.
        """
        if not drafted(self.study) and self.study.faulty.filter(table="observations").is_empty():
            return []
        lines = self.speech.render(self, "exhibit.j2", "unread", {}).splitlines()
        return [(said, instead) for said, _, instead in (line.partition(" = ") for line in lines)]

    def as_complete(self, text: T) -> T:
        """Words of complete official texts, as words of complete ones where one of the study stands on no official page."""
        return cast("T", text.replace(*self.complete))

    @cached_property
    def complete(self) -> tuple[str, str]:
        """What complete official texts are called, and what they are to be called of this study."""
        official, elsewhere = (self.speech.label("complete", code) for code in codes("complete"))
        whole = self.study.sources.filter(pl.col("grade").is_in(COMPLETE[1:]), ~pl.col("official"), kind="work_summary")
        return official, official if whole.is_empty() else elsewhere

    @cached_property
    def scopes(self) -> dict[str, str]:
        """What a reference covers, to its name."""
        scopes = self.study.reference["scope"].unique(maintain_order=True)
        if self.lang == "en":
            return {scope: one_line(scope) for scope in scopes}
        held = [place for place in ("county", "prefecture", "province") if f"{place}_en" in self.study.parks.columns]
        own = {en: zh for place in held for en, zh in pairs(self.study.parks, f"{place}_en", f"{place}_zh")}
        return {scope: one_line(self.speech.scope(scope) or own.get(scope) or scope) for scope in scopes}

    def concept(self, measure: str) -> str:
        """The name of the flow that a measure is of."""
        return str(self.indicators[of_flow(measure)[0]])

    def of_what(self, row: Mapping[str, Any]) -> str:
        """The quantity of the first figure behind a row of measures, as it stands in a sentence; empty where there is none."""
        figure = next((self.rows["observation"][key] for key in row["inputs"] if key in self.rows["observation"]), None)
        return within(self.indicators[figure["indicator"]]) if figure else ""

    def measure(self, row: Mapping[str, Any]) -> str:
        """The name of the measure of a row, with its quantity where the measure may be of any."""
        name, of = self.label("measure", row["measure"]), self.of_what(row) if row["measure"] in OF_ANY else ""
        return self.bracketed(name, of) if of else name

    def reason(self, row: Mapping[str, Any]) -> str:
        """Why a row of measures has no value, with the months that it is for, where it is for them."""
        said = self.label if row["period_end"] else self.text
        return said("reason", row["reason"]).format(span=self.speech.period(row))

    @cached_property
    def lower_grades(self) -> tuple[str, ...]:
        """The grades of work summaries of the study that are kept out of headlines, empty text for one that is not stated."""
        grades = self.study.sources.filter(kind="work_summary")["grade"].unique().to_list()
        return tuple(sorted(grade or "" for grade in grades if grade not in COMPLETE))

    def grade(self, grade: str | None) -> str:
        """A grade and what it means."""
        if not grade:
            return str(self.speech.label("record", "no_grade"))
        return str(self.speech.label("record", "grade_name").format(grade=grade) + self.speech.text("grade", grade))

    def joined(self, source: str, subject: str) -> str:
        """Several parts in one figure, by the name of each; empty where one has none."""
        kind, _, some = subject.partition(":")
        each = [self.subjects.get((source, f"{kind}:{one}"), "") for one in some.split("+")]
        return self.speech.listing(each) if all(each) else ""

    def named_part(self, subject: str, name: str, chinese: str) -> str:
        """The name of a part; one that is a number alone has the Chinese name behind it, where that says more."""
        kind, _, number = subject.partition(":")
        says = number.isdecimal() and HAN.search(chinese) and not chinese.endswith(number)
        return self.bracketed(name, chinese) if says and name.casefold() == f"{kind} {number}" else name

    def unnamed(self, subject: str) -> str:
        """A part that no text names, in words: `firm 1`, `old town (zone)`."""
        kind, _, names = subject.partition(":")
        kind, parts = (
            self.label("part", kind),
            plain(self.speech.listing(name.replace("-", " ") for name in names.split("+"))),
        )
        numbered = re.fullmatch(r"[\d+]+", names)
        return f"{kind}{self.speech.mark('space')}{parts}" if numbered else self.bracketed(parts, kind)
