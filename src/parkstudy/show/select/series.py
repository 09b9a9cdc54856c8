"""What the exhibits on several years select: levels, printed rates and changes of level of parks with several texts."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import polars as pl

from parkstudy.method.growth import NAMED
from parkstudy.method.measures import of_flow
from parkstudy.method.study import Study
from parkstudy.record.rows import Row, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.shared import GIVEN, Selected, texts

MOST = 12  # panels that are drawn; more are told year by year
_FIRST = ("gross_industrial_output", "tax_revenue")  # what is drawn where not everything fits
_PANEL = ("park_id", "indicator", "population")
_PRINTED = ("outturn", "forecast", "target")
_PART = {"level": "level", "yoy": "rate"}
_OTHERS = "tax_revenue_level"  # in the unit of which readers see the money of what is no measure
_SCHEMA: dict[str, Any] = {
    **dict.fromkeys((*_PANEL, "part", "mark", "source_id"), pl.String),
    **dict.fromkeys(("period_start", "period_end"), pl.Date), **dict.fromkeys(("value", "low", "high"), pl.Float64),
    **dict.fromkeys(("unit", "grade", "key", "reported_figure", "transformation", "measure", "shown_as"), pl.String),
    "inputs": pl.List(pl.String),
}  # fmt: skip
_MADE = ("part", "mark", "key", "measure", "shown_as", "inputs")  # columns that no observation has
_READ = [*(name for name in _SCHEMA if name not in _MADE), "observation_id", "value_type"]

Panels = Mapping[tuple[Any, ...], list[Row]]


def of_parks(study: Study) -> Selected:
    """The panels of every park: all that fit, else those of output and tax; of more than fit a line a quantity and year."""
    study = study.all_years  # of which a page shows the latest texts elsewhere
    panels = _panels(study, _several(study))
    if len(panels) > MOST:
        panels = {key: rows for key, rows in panels.items() if key[1] in _FIRST} or panels
    return _selected(study, panels, alone=False)


def of_park(study: Study, park: str) -> Selected:
    """The panels of one park, the first that fit."""
    study = study.only(park).all_years
    own = list(_panels(study, _several(study)).items())
    return _selected(study, dict(own[:MOST]), alone=True, more=len(own[MOST:]))


def _several(study: Study) -> list[str]:
    """The core parks with two texts or more."""
    counts = texts(study).filter(_taken(study))["park_id"].value_counts().filter(pl.col("count") > 1)
    several = set(counts["park_id"])
    return [park for park in study.park_ids() if park in several]


def _taken(study: Study) -> pl.Expr:
    """Of two texts of one park and year the one that the study takes."""
    return pl.col("source_id").is_in(study.one_a_year)


def _panels(study: Study, several: list[str]) -> Panels:
    """What two texts or more of these parks report of a quantity and its firms, park by park: printed figures and changes of level."""
    if not several:
        return {}
    shown = {indicator: f"{indicator}_level" for indicator in NAMED}
    shown |= {
        row["indicator"]: _OTHERS
        for row in study.rows("indicators", unit="CNY", kind="flow")
        if row["indicator"] not in shown
    }
    dated = [pl.col(end).is_not_null() for end in ("period_start", "period_end")]
    printed = study.summaries().filter(
        *dated, _taken(study), pl.col("park_id").is_in(several), pl.col("indicator").is_in(shown), pl.col("unit") != "USD",
        pl.col("transformation").is_in([*_PART]), pl.col("value_type").is_in(_PRINTED), subject="park",
    )  # fmt: skip
    of_change = pl.col("measure").is_in([f"{flow}_level_change" for flow in shown])
    changes = study.measures.filter(GIVEN, of_change, pl.col("park_id").is_in(several))
    rows = [_figure(row, shown[row["indicator"]]) for row in printed.select(_READ).to_dicts()] + [
        *map(_change, changes.to_dicts())
    ]
    place = {name: at for at, name in enumerate((*several, *shown))}
    rows.sort(key=lambda row: (place[row["park_id"]], place[row["indicator"]], row["period_end"]))
    panels = {key: _once(own) for key, own in grouped(rows, *_PANEL).items()}
    return {key: own for key, own in panels.items() if len(_texts(own)) > 1}


def _figure(row: Row, level: str) -> Row:
    key, part = row["observation_id"], _PART[row["transformation"]]
    more = {"part": part, "mark": row["value_type"], "key": key, "measure": "", "inputs": [key]}
    return {**row, **more, "shown_as": level if part == "level" else ""}


def _change(row: Row) -> Row:
    more = {"indicator": of_flow(row["measure"])[0], "part": "rate", "mark": "change", "source_id": ""}
    return {**row, **more, "reported_figure": "", "transformation": "", "shown_as": row["measure"]}


def _texts(rows: Sequence[Row]) -> set[str]:
    """The texts that report a result of a panel."""
    return {row["source_id"] for row in rows if row["mark"] == "outturn"}


def _once(rows: list[Row]) -> list[Row]:
    """The rows without what a later text prints just as an earlier one did."""
    alike = ("part", "mark", "period_start", "period_end", "low", "high")
    return [own[0] for own in grouped(rows, *alike).values()]


def _selected(study: Study, panels: Panels, *, alone: bool, more: int = 0) -> Selected:
    rows = [row for own in panels.values() for row in own]
    data = pl.DataFrame([{name: row.get(name) for name in _SCHEMA} for row in rows], _SCHEMA)
    held = _held(study, {row["key"] for row in rows if row["grade"] in COMPLETE})
    facts = {
        "several": len(_several(study)),
        "panels": [_told(key, own) for key, own in panels.items()], "marks": list(dict.fromkeys(row["mark"] for row in rows)),
        "agree": sum(held.values()), "held": len(held), "drawn": len(panels) <= MOST, "alone": alone, "more": more,
        "years": [] if len(panels) <= MOST else _by_year(rows, held),
    }  # fmt: skip
    return Selected(data, facts, list(dict.fromkeys(key for row in rows for key in row["inputs"])), of_measures=False)


def _held(study: Study, keys: set[str]) -> dict[str, bool]:
    """The printed rates that were held against the level of an earlier text: whether they are its change (A15)."""
    found = [one for one in study.findings if one.check == "A15" and one.observations[0] in keys]
    return {one.observations[0]: one.outcome == "holds" for one in found}


def _told(key: tuple[Any, ...], rows: list[Row]) -> Row:
    """What is said of a panel: its first and last level, its lowest and highest printed rate."""
    levels, rates = (
        [row for row in rows if row["part"] == part and row["mark"] == "outturn"] for part in ("level", "rate")
    )
    rates.sort(key=lambda row: row["low"])
    ends = {"levels": levels[:1] + levels[1:][-1:], "rates": rates[:1] + rates[1:][-1:]}
    level = next((row["shown_as"] for row in rows if row["part"] == "level"), "")
    told = {**dict(zip(_PANEL, key, strict=True)), "transformation": "level", "level": level}
    return {**told, **ends, "texts": len(_texts(rows))}


def _by_year(rows: list[Row], held: Mapping[str, bool]) -> list[Row]:
    """Of each quantity and year the parks with complete texts, the spread of their printed rates, and how those stand to the levels."""
    whole = [row for row in rows if row["mark"] == "outturn" and row["grade"] in COMPLETE]
    dated = [{**row, "year": row["period_end"].year} for row in whole]
    found = []
    for (indicator, year), own in grouped(dated, "indicator", "year").items():
        rates = sorted(
            (row for row in own if row["part"] == "rate" and row["value"] is not None), key=lambda row: row["value"]
        )
        against = [held[row["key"]] for row in rates if row["key"] in held]
        told = {
            "indicator": indicator,
            "year": year,
            "parks": len({row["park_id"] for row in own}),
            "rates": len(rates),
        }
        told |= {"lowest": rates[0] if rates else None, "highest": rates[-1] if rates else None}
        told |= {"median": median(row["value"] for row in rates) if rates else None}
        found.append(told | {"held": len(against), "agree": sum(against)})
    order = list(dict.fromkeys(row["indicator"] for row in rows))
    return sorted(found, key=lambda one: (order.index(one["indicator"]), one["year"]))
