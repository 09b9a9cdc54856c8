"""A view: a study in a language. What the words of an exhibit ask of a study (names, links, numbers that open) is here."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from parkstudy.method.benchmarks import reference_id
from parkstudy.method.fact import Fact
from parkstudy.method.statements import Decision
from parkstudy.method.study import MEASURES, Study
from parkstudy.record.rows import Keyed, Made, pairs
from parkstudy.show import svg
from parkstudy.show.amounts import fitting_units, step
from parkstudy.show.labels import Labels
from parkstudy.show.names import full_names, short_names
from parkstudy.words.numbers import Written, last_digit, number, written
from parkstudy.words.speech import HAN, Speech, capital, one_line, plain, speech, visible

_NAMED = 12  # parks that a sentence names


@dataclass(frozen=True, eq=False)
class View(Labels):
    """A study as a reader of one language sees it. Raises `ValueError` for a language that the study does not speak.

    `opened` and `said` collect the keys of the numbers and the words of the state that is being made, so that its records and
    the rules it names are known where its text is made.
    """

    study: Study
    lang: str = "en"
    opened: dict[str, None] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        speech(self.lang)

    @property
    def speech(self) -> Speech:
        """The numbers, labels and sentences of the language."""
        return speech(self.lang)

    def say(self, template: str, block: str, **values: Any) -> Markup:
        """A sentence: a block of a template of the language, filled with `values`; see `Speech.render`."""
        text = self.as_recorded(self.as_complete(self.speech.render(self, template, block, values)))
        self.said.append(plain(text))
        return text

    def fact(self, fact: Fact) -> Markup:
        """What a fact says."""
        return self.say("facts.j2", fact.code, **fact.values)

    def begin(self) -> None:
        """Forget what was collected, before another state is made."""
        self.opened.clear()
        self.said.clear()

    @cached_property
    def full_names(self) -> dict[str, str]:
        """Park id to name; see `names.full_names`."""
        return self._of_parks(full_names)

    @cached_property
    def names(self) -> dict[str, str]:
        """Park id to a short name; see `names.short_names`."""
        return self._of_parks(short_names)

    def _of_parks(self, named: Callable[[Study, Speech, str], Mapping[str, str]]) -> dict[str, str]:
        """The names of the parks of the study among those of the whole, which are made once."""
        kept = vars(self.study.whole).setdefault("_park_names", {})
        key = named.__name__, self.lang
        if key not in kept:
            kept[key] = named(self.study.whole, self.speech, self.lang)
        return {park: kept[key][park] for park in self.study.parks["park_id"]}

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Indicator to name."""
        return self._named("indicators", "indicator")

    def _named(self, table: str, key: str) -> dict[str, str]:
        """The key of each row of a table to its name, as it is seen."""
        return {one: one_line(name) or one for one, name in pairs(getattr(self.study, table), key, f"name_{self.lang}")}

    @cached_property
    def subjects(self) -> dict[tuple[str, str], str]:
        """Text and subject to the name of the subject."""
        rows = pairs(self.study.whole.subjects, "source_id", "subject", f"name_{self.lang}", "name_zh")
        return {(source, subject): self.named_part(subject, *map(one_line, names)) for source, subject, *names in rows}

    def part(self, row: Mapping[str, Any]) -> str:
        """What part of a park an observation is of; empty for the whole park."""
        if row["subject"] in ("park", "county"):
            return "" if row["subject"] == "park" else self.speech.label("record", "county")
        source, subject = row["source_id"], row["subject"]
        return self.subjects.get((source, subject)) or self.joined(source, subject) or self.unnamed(subject)

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        """What a number or a verdict can rest on, by its key: rows of measures, observations and references, comparisons."""
        return Made(
            comparison=lambda: self.study.compare.by_key,
            measure=lambda: Keyed(self.study.whole.measures, "key"),
            observation=lambda: Keyed(self.study.whole.observations, "observation_id"),
            reference=lambda: {reference_id(row): row for row in self.study.reference.iter_rows(named=True)},
        )

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """The texts by their id."""
        return Keyed(self.study.whole.sources, "source_id")

    @cached_property
    def outcomes(self) -> dict[str, list[str]]:
        """Printed figure to what the checks of its text found on it, a code for each."""
        found: dict[str, list[str]] = {}
        for finding in self.study.findings:
            for key in dict.fromkeys(finding.observations):
                found.setdefault(key, []).append(finding.outcome)
        return found

    def scope(self, code: str) -> str:
        """The name of what a reference covers."""
        return self.scopes.get(code, code)

    def sentence(self, decision: Decision) -> Markup:
        """What a decided statement says, with its threshold; of a pair that has no order its measure and both parks."""
        statement = decision.statement
        own = {"en": statement.sentence_en, "zh": statement.sentence_zh}[self.lang]
        sides = {"left": self.speech.listing(map(self.park, statement.left)), "right": self._right(decision)}
        if own:
            parts = re.split(r"\{([^{}]+)\}", own)  # words, park or side, words, ...
            said = [(sides.get(part) or self.park(part)) if place % 2 else part for place, part in enumerate(parts)]
            return self.speech.join(said)
        one = decision.comparison
        of_pair = {
            "rung": one and one.rung,
            "full_years": bool(one and one.basis == "annualised"),
            "year": one and one.year,
        }
        block = f"statement_{statement.kind if decision.support or not one else 'neither'}"
        return self.say("facts.j2", block, measure=statement.measure, **sides, **of_pair)

    def _right(self, decision: Decision) -> Markup:
        """The right side of a statement in words: a park, a place, a number, the share of the year of the months."""
        statement, threshold = decision.statement, decision.threshold
        if statement.kind == "pair":
            return self.park(str(statement.right))
        if statement.kind == "threshold" and threshold:
            return self.say("facts.j2", "statement_number", low=threshold.low, high=threshold.high)
        if statement.right in ("nearest", "year_share"):
            return self.say("facts.j2", f"statement_{statement.right}")
        return self.speech.marked(self.scope(str(statement.right)))

    def level(self, chosen: tuple[str, str]) -> str:
        """The words for a level of a choice: of the span of a reference, of a park, of an area."""
        choice, code = chosen
        if choice == "park":
            return self.names[code]
        if choice == "reference":
            return self.speech.span_of_time(*map(date.fromisoformat, code.split("/")))
        return self.label({"land_rung": "rung", "reading": "reading"}.get(choice, "choice"), code)

    def name(self, park: str) -> str:
        """The short name of a park, of one that was not chosen too; it leads nowhere."""
        names = self.names if park in self.names else View(self.study.whole, self.lang).names
        return self.speech.parted(names[park])

    def park(self, park: str, text: object = None) -> Markup:
        """The short name of a park (or `text`), which leads to its profile on a page."""
        shown = self.speech.marked(self.speech.parted(self.names[park]) if text is None else text)
        return park_mark(park) + shown + Markup("</a>")

    def listed(self, parks: Sequence[str]) -> Markup:
        """Parks by name, each leading to its profile; of more than a sentence holds, their number."""
        if len(parks) > _NAMED:
            return self.speech.marked(self.speech.label("record", "parks_counted").format(count=number(len(parks))))
        return self.speech.listing(map(self.park, parks))

    def full_name(self, park: str) -> Markup:
        """The full name of a park, which leads to its profile."""
        return self.park(park, self.full_names[park])

    def opens(self, text: object, key: str) -> Markup:
        """`text` as a number that opens the record of `key` on a page."""
        shown = plain(text)
        self.opened[key] = None
        self.said.append(shown)
        return Markup('<span class="number" data-opens="{}">{}</span>').format(visible(key), self.speech.marked(shown))

    def tie(self, artist: Any, park: str = "", key: str = "") -> Any:
        """Tie an artist of a drawing to its park and to the key of the number it stands for; returns the artist."""
        if key:
            self.opened[key] = None
        return svg.tie(artist, park, key)

    def tie_each(self, mesh: Any, ties: Sequence[tuple[str, str]]) -> None:
        """Tie every cell of a mesh, line by line, to its park and key."""
        self.opened.update((key, None) for _, key in ties if key)
        svg.tie_each(mesh, ties)

    def quantity(self, row: Mapping[str, Any]) -> str:
        """Name of the indicator of a row with what is printed of it: `Gross industrial output, growth`; of a planned area its own."""
        name = self.indicators[row["indicator"]]
        if row["indicator"] == "perimeter_area" and row.get("value_type") == "plan":
            name = capital(self.speech.label("rung", "expanded"))
        kinds = ("share_of", "plan") if row.get("share_of") == "plan" else ("transformation", row["transformation"])
        kind = "" if row["transformation"] == "level" else self.speech.label(*kinds)
        apart = (
            self.speech.mark("comma") if self.speech.mark("space") else ""
        )  # words of a language without spaces are joined
        return name if not kind or kind in name.lower() else name + apart + kind

    @cached_property
    def _dated_by_month(self) -> dict[str, str]:
        """The texts that print no day of their date, to the month that they do print."""
        rows = pairs(self.study.whole.sources, "source_id", "published")
        return {source: published for source, published in rows if published and len(published) == len("2020-01")}

    def period(self, row: Mapping[str, Any]) -> str:
        """The period of a figure; a point in time that is known by the date of its text alone is no day where that is a month."""
        end = row["period_end"]
        month = self._dated_by_month.get(row["source_id"]) if end and not row["period_start"] else None
        if month and f"{end:%Y-%m}" == month:
            return self.speech.span_of_time(end.replace(day=1), end)
        return self.speech.period(row)

    def unit(self, measure: str, own: str = "") -> str:
        """The unit in which a measure is shown, as an axis names it; `own` is that of its rows, for one that is declared without."""
        return self.speech.axis(self._shown_in(measure, own))

    def scaled(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row of measures, divided by the scale of the unit in which it is shown."""
        factor, *_ = self.speech.scale(
            self._shown_in(row["measure"], row["unit"]) if row.get("measure") else row["unit"]
        )
        return {**row, **{end: row[end] and row[end] / factor for end in ("value", "low", "high")}}

    def on_axis(self, row: Mapping[str, Any]) -> str:
        """The interval of a row in the unit in which it is shown, without it."""
        return "" if row["low"] is None else self.speech.interval(self._written(row)[0])

    def rate(self, row: Mapping[str, Any]) -> str:
        """The value of a row in the unit in which it is shown, without it; its interval where it has none or an open one."""
        found = self._written(row)[0]
        return self.speech.interval(found) if None in found else str(found.value)

    def span(self, row: Mapping[str, Any]) -> str:
        """The interval of a row with its unit: `10.15–10.25 %`, `5.45–5.55 billion yuan`."""
        if row["low"] is None:
            return ""
        found, word, name = self._written(row)
        return self.speech.with_unit(self.speech.interval(found, word), name)

    def bare(self, row: Mapping[str, Any]) -> str:
        """The interval of a row with the scale of its unit alone, for a sentence that names the rest: `5.45–5.55 billion`."""
        return "" if row["low"] is None else self.speech.interval(*self._written(row)[:2])

    def amount(self, row: Mapping[str, Any]) -> str:
        """The value of a row with its unit, `5.06 billion yuan`, `about 7 %`; its interval where it has none or an open one."""
        found, word, name = self._written(row)
        if None in found:
            return self.span(row)
        said = self.speech.with_unit(str(found.value), word, name)
        return self.speech.label("number", "about").format(end=said) if self._is_about(row) else said

    def _is_about(self, row: Mapping[str, Any]) -> bool:
        """Whether the text prints the figure of a row as about so much."""
        key = row["inputs"][0] if row.get("method") == "as_printed" and row["inputs"] else ""
        return bool(self.rows["observation"].get(key, row).get("bound") == "about")

    def band(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The full-year band beside a row, as a row."""
        return {**row, "value": None, "low": row["band_low"], "high": row["band_high"], "key": row["band_key"]}

    def measured(self, key: str) -> Mapping[str, Any]:
        """The row of measures that has a key."""
        found: Mapping[str, Any] = self.rows["measure"][key]
        return found

    def _written(self, row: Mapping[str, Any]) -> tuple[Written, str, str]:
        """Value and ends of a row in the unit in which it is shown, and the two parts of that unit."""
        ends = [abs(end) for end in (row["low"], row["high"]) if math.isfinite(end)]
        level = f"{row['indicator']}_level" if row.get("transformation") == "level" else ""
        measure = row.get("measure") or (level if level in MEASURES and row["unit"] == MEASURES[level].unit else "")
        unit = self._shown_in(measure, row["unit"]) if measure else row["unit"]
        factor, word, name = self.speech.scale(unit, max(ends, default=0))
        printed, outward = step(self.rows, row), row.get("outward", False)
        return written(row["low"], row["high"], row["value"], factor=factor, step=printed, outward=outward), word, name

    def size(self, row: Mapping[str, Any]) -> str:
        """An area of the selection of areas, in km²."""
        return self.rate({**row, "value": row["km2"], "unit": "km2", "inputs": [row["key"]]})

    def bracketed(self, text: str, aside: str) -> str:
        """`text (aside)`."""
        return f"{text}{self.speech.mark('open')}{aside}{self.speech.mark('close')}"

    def published(self, row: Mapping[str, Any]) -> str:
        """A reference figure with its digits and its unit, which is no code, as its page prints them."""
        value = str(written(row["value"], row["value"], row["value"], step=last_digit(row["printed"])).value)
        return value if row["unit"] == "ratio" else f"{value}{self.speech.mark('space')}{row['unit']}"

    def titled(self, title: str) -> str:
        """A title; on a Chinese page one without Chinese is named as English."""
        if self.lang == "en" or HAN.search(title):
            return title
        return self.speech.label("record", "in_english").format(note=title)

    def note(self, row: Mapping[str, Any], name: str = "note") -> str:
        """A note in the language of the view; in Chinese its twin, or the English words named as such."""
        twin = row[f"{name}_zh"] if self.lang == "zh" else row[name]
        return twin or (self.speech.label("record", "in_english").format(note=row[name]) if row[name] else "")

    def value(self, row: Mapping[str, Any]) -> str:
        """The value of a measure row with its unit, or why none is given."""
        if row["value"] is not None:
            return self.amount(row)
        return self.speech.label("record", "not_computed" if row["low"] is None else "interval_only")

    def _shown_in(self, measure: str, unit: str = "") -> str:
        """The unit in which a measure is shown; `unit` is that of its row, for one that is declared without."""
        return self._by_size.get(measure) or MEASURES[measure].shown or MEASURES[measure].unit or unit

    @cached_property
    def _by_size(self) -> dict[str, str]:
        return fitting_units(self.study, lambda unit: self.speech.scale(unit)[0])


def park_mark(park: str) -> Markup:
    """What opens a name that stands for a park; the report makes it a link where there is a profile."""
    return Markup('<a class="park" data-park="{}">').format(visible(park))
