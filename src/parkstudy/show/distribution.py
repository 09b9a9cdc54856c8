"""The form that a figure takes of many parks: how their values spread, instead of a line a park.

A figure that has lines gives its `panels`; the rest is the same for all of them: a panel a measure (and group), the summary in a
table and a file, claim and caption of `distribution.j2`. The rows themselves are exported, not drawn into a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import polars as pl
from markupsafe import Markup

from parkstudy.record.rows import Row
from parkstudy.record.schema import COMPLETE
from parkstudy.show.commands import command
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import FEW, Selected, many
from parkstudy.show.select.spread import by_group, middle, one_a_year, parks_of, spread
from parkstudy.show.strips import MARKED, Panel, Strips
from parkstudy.show.view import View
from parkstudy.words.speech import plain

_TICKS = 40  # rates of the nation that are drawn beside the values of many parks
_CLAIMED = 3  # panels of which the claim gives the median
_COLUMNS = (
    "panel", "parks", "lowest", "lowest_park", "middle_half", "median", "highest", "highest_park", "apart", "silent",
)  # fmt: skip


def in_many(view: View, selected: Selected) -> bool:
    """Whether what was selected of many parks is more than a few lines."""
    data = selected.data
    names = [name for name in ("group", "line") if name in data.columns]
    return many(view.study) and (data.select(names).n_unique() if names else data.height) > FEW


@dataclass(frozen=True, kw_only=True)
class Distribution(Figure):
    """How the values of many parks spread; `of` is the figure whose values they are."""

    kind = "distribution"
    look = " many"
    of: Any

    def words_of(self, view: View, part: str, facts: Mapping[str, Any]) -> Markup:
        """A part of its words, which are the same for every figure."""
        return view.say("distribution.j2", part, **{**facts, "command": partial(command, view.study)})

    def prepared(self, view: View, selected: Selected) -> Selected:
        """What was selected, with its panels as a fact, and only the inputs that are named."""
        made = [self._panel(view, selected, *panel) for panel in self.of.panel_rows(view, selected)]
        told = [_facts(panel) for panel in made]
        most = max((len(panel.rows) + len(panel.apart) for panel in made), default=0)
        facts = {
            "repeated": any(one["spread"] and one["spread"]["repeated"] for one in told),
            "panels": told, "marked": most <= MARKED, "ticks": any(panel.ticks for panel in made),
            "apart": any(panel.apart for panel in made), "grouped": any(panel.groups for panel in made),
            "whole": any(panel.rows for panel in made),
            "claimed": [panel for panel in told if panel["spread"]][:_CLAIMED] or told[:1],
        }  # fmt: skip
        return replace(selected, facts={**facts, "made": made})

    def facts(self, selected: Selected, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What its words may print: of each panel its title and the spread of its values."""
        return {**selected.facts, **parameters}

    def shown(self, selected: Selected) -> Mapping[str, Any]:
        """The facts that enter its digest: the panels as its words have them."""
        return {name: value for name, value in selected.facts.items() if name != "made"}

    def behind(self, view: View, selected: Selected) -> list[str]:
        """The keys of what it names: the values of the other marks stand in the digest as they are."""
        return [*view.opened]

    def _panel(self, view: View, selected: Selected, title: str, unit: str, rows: list[Row]) -> Panel:
        parks = {row["park_id"] for row in rows}
        # the last of a park stands for it
        rows = sorted(rows, key=lambda row: row.get("value_type") in (None, "outturn"))
        given = sorted(one_a_year(rows), key=middle)
        whole = [row for row in given if row["grade"] in COMPLETE]
        apart = [row for row in given if row["grade"] not in COMPLETE]
        found = spread(whole, len(parks))
        marks = {}
        if found:
            for name in ("lowest", "highest"):
                marks[name] = (self._said(view, name, found=found, row=found[name]), found[name])
            nearest = min(whole, key=lambda row: abs(middle(row) - middle(found["median"])))
            marks["median"] = (self._said(view, "median", found=found, row=nearest), nearest)
        aside = self._said(view, "aside", apart=len(apart)) if apart else ""
        ticks = self._nation(view, given)
        said = self._said(view, "nation", lowest=ticks[0], highest=ticks[-1], count=len(ticks)) if ticks else ""
        grouped, groups = self._groups(view, whole)
        silent = len(parks) - parks_of(given)
        return Panel(title, unit, whole, apart, found, marks, ticks, said, aside, grouped, groups, silent)

    def _groups(self, view: View, rows: Sequence[Row]) -> tuple[str, list[tuple[str, Row]]]:
        """By what the parks are grouped, and each group with its words, where groups are large enough."""
        found = by_group(view.study, rows)
        if not found:
            return "", []
        told = [(self._said(view, "group", one=one, grouping=found["grouping"]), one) for one in found["groups"]]
        return self._said(view, "grouped", found=found), told

    def _nation(self, view: View, rows: Sequence[Row]) -> list[Row]:
        """The rates of the nation that the values stand beside, the lowest first: a park's own target or rate is none."""
        keys = {
            tick: key
            for row in rows
            for tick, key in zip(row.get("ticks") or (), row.get("tick_keys") or (), strict=True)
        }
        if len(keys) > _TICKS:
            return []
        found = [dict(view.measured(key)) for _, key in sorted(keys.items())]
        return found if all(row["measure"].startswith("reference_") for row in found) else []

    def _said(self, view: View, part: str, **values: Any) -> str:
        return plain(view.say("distribution.j2", part, **values))

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The panels in a width in inches."""
        sheet = Strips(view, width, marked=selected.facts["marked"])
        for panel in selected.facts["made"]:
            sheet.panel(panel)
        return sheet.done()

    def begun(self, selected: Selected, share: float) -> tuple[Selected, int]:
        """The first panels."""
        made = selected.facts["made"]
        fitting = max(1, int(len(made) * share))
        return replace(selected, facts={**selected.facts, "made": made[:fitting]}), 0

    def table(self, view: View, selected: Selected) -> Values:
        """A row for every panel: how many parks, the ends with their parks, the median and the middle half."""
        rows = []
        for panel in selected.facts["panels"]:
            found = panel["spread"]
            cells: list[object] = [panel["title"], found["parks"] if found else 0]
            if found:
                lowest, highest = (
                    [Cell(self._said(view, "value", row=row), key=row["key"]), Cell(view.name(row["park_id"]), park=row["park_id"])]
                    for row in (found["lowest"], found["highest"])
                )  # fmt: skip
                half = self._said(view, "half", found=found) if found["half"] else ""
                cells += [*lowest, half, self._said(view, "value", row=found["median"]), *highest]
            else:
                cells += [""] * 6
            rows.append([*cells, panel["apart"], panel["silent"]])
        return [view.speech.label("column", name) for name in _COLUMNS], rows

    def summary(self, view: View, selected: Selected) -> pl.DataFrame:
        """The same as a table of plain values, for the file."""
        rows = [_numbers(panel) for panel in selected.facts["panels"]]
        return pl.DataFrame(rows, infer_schema_length=None)


def _facts(panel: Panel) -> Row:
    return {
        "title": panel.title, "unit": panel.unit, "spread": panel.spread, "apart": len(panel.apart), "silent": panel.silent,
        "groups": [(words, group["parks"]) for words, group in panel.groups],
    }  # fmt: skip


def _numbers(panel: Row) -> Row:
    found = panel["spread"] or {}
    half = found.get("half") or {}
    row = {"panel": panel["title"], "unit": panel["unit"], "parks": found.get("parks", 0)}
    for name in ("lowest", "highest"):
        end = found.get(name) or {}
        row |= {f"{name}_park": end.get("park_id"), f"{name}_low": end.get("low"), f"{name}_high": end.get("high")}
    for name, part in (
        ("first_quartile", half.get("first")),
        ("median", found.get("median")),
        ("third_quartile", half.get("third")),
    ):
        row |= {f"{name}_low": part and part["low"], f"{name}_high": part and part["high"]}
    return {**row, "apart": panel["apart"], "without": panel["silent"]}


def of_figure(figure: Figure) -> Distribution:
    """The distribution that a figure with lines becomes."""
    made = Distribution(**{one.name: getattr(figure, one.name) for one in fields(Figure)}, of=figure)
    return replace(made, file=made.summary)
