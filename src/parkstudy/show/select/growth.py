"""What the exhibits on growth select."""

import math
from collections import Counter
from collections.abc import Callable, Container
from itertools import combinations
from typing import Any

import polars as pl

from parkstudy.method import growth
from parkstudy.method.measures import OF_FLOW, lead, of_flow
from parkstudy.method.study import Study
from parkstudy.record.period import Period, growth_margin
from parkstudy.record.rows import Row, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.shared import (
    GIVEN,
    HEADLINE,
    REFUSED,
    Selected,
    doubts,
    in_order_of,
    many,
    measures_of,
    national,
    of_cells,
    texts,
    too_many,
    too_many_texts,
    years_differ,
)
from parkstudy.show.select.spread import by_group, spread

OUTPUT, VALUE_ADDED = (f"{flow}_growth" for flow in growth.NAMED[:2])
RATE = "rate"  # the one column of rates of several concepts, each beside its target
_RATES, _TABLED = ("growth",), ("growth", "growth_target")  # what a measure may be of a flow
_MOST_CONCEPTS = 5  # that fit beside each other
_REAL = pl.col("price") == "real"
_ABOVE = pl.col("value") > pl.col("target")
_SAID_ONE_BY_ONE = 3  # texts whose rates a paragraph holds
_SAID_LIMITS = ("years", "months", "population")  # what differs between two texts
_REFERENCES = ("reference_revenue_growth", "reference_value_added_growth")
_NATIONAL = _REFERENCES[1]
_WORDS = ("line", "column", "gap")  # of a cell: codes beside those of its rate
_KEYS = ("tick_keys", "tick_of")  # of a cell: a key for each of its references, and for each value of them


def _at_prices(rates: pl.DataFrame, price: str) -> pl.DataFrame:
    """The rates of a price with those that are at comparable prices as printed, and every refusal."""
    return rates.filter(pl.col("price").is_in([price, "comparable"]) | REFUSED)


def _of_output(study: Study, price: str) -> list[Row]:
    """The rates of output that the texts report, at these prices: each with the published one it comes from, or beside
    which national ones it stands (`beside`), of the same months or not (`same`).
    """
    given = study.measures.filter(GIVEN, measure=OUTPUT, value_type="outturn")
    published = {row["inputs"][0]: row for row in given.filter(~_REAL).iter_rows(named=True)}
    rows, nation = [], national(study)
    for row in given.filter(price=price).iter_rows(named=True):
        own = published[row["inputs"][0]]
        beside = [own] if price == "real" else nation(row["park_id"], row["period_end"])
        same = all(one["period_end"] == row["period_end"] for one in beside)
        rows.append({**row, "published": own, "beside": beside, "same": same})
    return rows


def answer(study: Study, price: str) -> Selected:
    """The rates of output in complete texts with what stands beside them, and what comes out for two of them."""
    rows = _of_output(study, price)
    whole = [row for row in rows if row["grade"] in COMPLETE]
    published = study.measures.filter(GIVEN, ~_REAL, measure=OUTPUT, value_type="outturn")
    facts = {
        "price": price,
        "official": whole, "count": len(whole), "one_by_one": len(whole) <= _SAID_ONE_BY_ONE, "apart": len(whole) < len(rows),
        "some": published.height > 0, "some_official": any(grade in COMPLETE for grade in published["grade"]),
        "between": _between(study, whole, price), "pairs": _pairs(study, whole, price), "texts": texts(study).height,
        "spread": spread(whole, len(study.park_ids())), "groups": by_group(study, whole), **doubts(study, whole),
    }  # fmt: skip
    keys = [row["key"] for row in rows]
    return Selected(study.measures.filter(pl.col("key").is_in(keys)), facts)


def _between(study: Study, rows: list[Row], price: str) -> Row | None:
    """What comes out for the two parks whose complete texts report growth; None for another number, or where nothing does."""
    parks = list(dict.fromkeys(row["park_id"] for row in rows))
    found = study.compare.latest(OUTPUT, *parks, price=price) if len(parks) == 2 else []
    if not found:
        return None
    limits = [limit for limit in _SAID_LIMITS if limit in found[0].limits]
    return {"decided": found[0], "limits": limits, "doubtful": "concept" in found[0].limits}


def _pairs(study: Study, rows: list[Row], price: str) -> Row | None:
    """How many pairs of three or more parks there are, and how many of them are ordered; of more than a few none is compared."""
    parks = list(dict.fromkeys(row["park_id"] for row in rows))
    if many(study):
        return None
    found = [one for pair in combinations(parks, 2) for one in study.compare.latest(OUTPUT, *pair, price=price)]
    ordered, count = sum(one.ordered for one in found), len(found)
    return {"count": count, "ordered": ordered, "all": ordered == count > 1} if len(parks) > 2 and found else None


def board(study: Study, price: str) -> Selected:
    """A line a rate of output that a text reports, beside the nation's or the published one; a line a park that reports none."""
    cells = [_cell(row, row["beside"], line=row["key"], column=OUTPUT) for row in _of_output(study, price)]
    given, parks = {cell["source_id"] for cell in cells}, study.park_ids()
    silent = [text for text in _texts(study) if text["source_id"] not in given]
    of_output = {"measure": OUTPUT, "column": OUTPUT}
    gaps = [{**_span(text), **of_output, "line": text["source_id"], "gap": _gap(study, text)} for text in silent]
    cells = in_order_of(parks, [*cells, *gaps])
    official = [cell for cell in cells if "gap" not in cell and cell["grade"] in COMPLETE]
    facts = {
        "official": official, "many": too_many_texts(official), "price": price,
        "beside": any(cell.get("ticks") for cell in cells), "apart": any(cell["grade"] not in COMPLETE for cell in cells),
        "years_differ": years_differ(cells),
    }  # fmt: skip
    return of_cells(study, cells, _WORDS, facts, _KEYS)


def _gap(study: Study, text: Row) -> str:
    """Why a text has no rate of output: it prints none, another concept, or one that cannot be shown at these prices."""
    end = text["period_end"]
    state = (study.compare.of_year(end.year) if end else study.compare).state(text["park_id"], OUTPUT)
    return "not_computed" if state == "reported" else state


def notes(study: Study, price: str) -> Selected:
    """What stands apart, has no price index, needs a margin, is another concept, or stands beside a target."""
    rows, beside = _of_output(study, price), _beside_targets(study)
    printed = study.measures.filter(GIVEN, ~_REAL, value_type="outturn")
    unindexed = (
        study.measures.filter(measure=OUTPUT, reason="no_price_index") if price == "real" else study.measures.clear()
    )
    published = printed.filter(measure=OUTPUT)["park_id"]
    facts = {
        "apart": [row for row in rows if row["grade"] not in COMPLETE],
        "without_index": unindexed["park_id"].unique(maintain_order=True).to_list(),
        "margins": _margins(study, [row for row in rows if row["grade"] in COMPLETE]), "concepts": _two_concepts(printed),
        **_above_targets(beside), "beside": beside.height,
        "silent": [park for park in study.park_ids() if park not in set(published)],
        "forecasts": study.measures.filter(GIVEN, measure=OUTPUT, value_type="forecast", price=price).to_dicts(),
    }  # fmt: skip
    said = ("apart", "without_index", "margins", "concepts", "target_parks", "silent", "forecasts")
    facts["nothing"] = not any(facts[one] for one in said)
    facts |= {"apart_spread": None, "forecast_spread": None, "concept_parks": []}
    if many(study):
        parks = len(study.park_ids())
        facts["apart_spread"], facts["forecast_spread"] = (
            spread(facts[name], parks) for name in ("apart", "forecasts")
        )
        facts["concept_parks"] = list(dict.fromkeys(pair["output"]["park_id"] for pair in facts["concepts"]))
        facts |= {"concepts": [], "forecasts": []}
    return Selected(beside, facts)


def _margins(study: Study, rows: list[Row]) -> list[dict[str, Any]]:
    """The numbers of months that rates of two parks are on, by the points beyond which they are ordered (method, G3).

    `recounted` are the parks whose text prints several numbers of firms: their rates are ordered beyond `wider` points.
    """
    recounted = _recounted(study, {row["source_id"] for row in rows})
    months: dict[tuple[float, float, int], dict[str, set[Any]]] = {}
    spans = grouped(rows, "period_start", "period_end")
    for own in combinations(spans.values(), 2):
        shorter, longer = sorted((Period.of(rates[0]) for rates in own), key=lambda period: period.months or 0)
        parks = {row["park_id"]: row["source_id"] in recounted for rates in own for row in rates}
        if len(parks) > 1 and shorter.months and longer.months and (points := growth_margin(shorter, longer)):
            wider = growth_margin(shorter, longer, sample_changes=True) or points
            found = months.setdefault((points, wider, shorter.months), {"more": set(), "recounted": set()})
            found["more"].add(longer.months)
            found["recounted"] |= {park for park, several in parks.items() if several and wider > points}
    return [
        {"points": points, "wider": wider, "fewer": fewer, **{name: sorted(those) for name, those in found.items()}}
        for (points, wider, fewer), found in sorted(months.items())
    ]


def _recounted(study: Study, texts_: Container[str]) -> set[str]:
    """Of these texts those that print several numbers of their firms, be one of them expected."""
    firms = study.observations.filter(indicator="above_scale_enterprises", subject="park")
    several = firms.group_by("source_id").agg(pl.col("value").n_unique()).filter(pl.col("value") > 1)
    return {text for text in several["source_id"] if text in texts_}


def _two_concepts(rates: pl.DataFrame) -> list[dict[str, Row]]:
    """Output and value added of one park on the same months."""
    same = ("park_id", "period_start", "period_end")
    output, added = (rates.filter(measure=measure).to_dicts() for measure in (OUTPUT, VALUE_ADDED))
    beside = grouped(added, *same)
    return [{"output": one, "added": other} for one in output for other in beside.get(tuple(one[k] for k in same), [])]


def concepts(study: Study, price: str) -> Selected:
    """A line a text, a column a concept other than output of which any text reports growth; value added beside the nation's."""
    prices = pl.col("price").is_in(["comparable", price])
    rates = [measure for measure in _of_flows(study, _RATES) if measure != OUTPUT]
    data = measures_of(study, rates, GIVEN, prices, value_type="outturn")
    texts_with = Counter(data.unique(["measure", "park_id"])["measure"])
    most = sorted(texts_with, key=lambda measure: (-texts_with[measure], rates.index(measure)))
    shown, left_out = (sorted(some, key=rates.index) for some in (most[:_MOST_CONCEPTS], most[_MOST_CONCEPTS:]))
    data = data.filter(pl.col("measure").is_in(shown))
    found = {(row["source_id"], row["measure"]): row for row in data.iter_rows(named=True)}
    nation = national(study, _NATIONAL)
    cells = [
        _of_concept(nation, text, measure, found.get((text["source_id"], measure)))
        for text in _texts(study)
        for measure in shown
    ]
    official = [row for row in found.values() if row["grade"] in COMPLETE]
    facts = {"official": official, "price": price, "nation": any(cell.get("ticks") for cell in cells)}
    return of_cells(study, cells, _WORDS, {**facts, "columns": shown, "left_out": left_out}, _KEYS)


def _of_concept(nation: Callable[[str, object], list[Row]], text: Row, measure: str, row: Row | None) -> Row:
    """The cell of a text on a concept: a rate, beside the nation's where one is published of it, or a gap."""
    line = {"line": text["source_id"], "column": measure}
    if row is None:
        return {**_span(text), **line, "measure": measure, "gap": "not_reported"}
    return _cell(row, nation(row["park_id"], row["period_end"]) if measure == VALUE_ADDED else [], **line)


def _texts(study: Study) -> list[Row]:
    """The texts of the core parks, in the order of the study."""
    parks = study.park_ids()
    return in_order_of(parks, texts(study).filter(pl.col("park_id").is_in(parks)).sort("period_end").to_dicts())


def _span(text: Row) -> Row:
    return {name: text[name] for name in ("park_id", "grade", "period_start", "period_end")}


def _cell(row: Row, beside: list[Row], **line: str) -> Row:
    """The cell of a rate with what stands beside it, which may be nothing; a range that alone does has a mark at both ends.

    `tick_keys` has a key for each mark, `tick_of` one for each value, as the words name it once.
    """
    ends = [(end, one["key"]) for one in beside for end in _ends(one)]
    ticks = {"ticks": [end for end, _ in ends] or None, "tick_keys": [key for _, key in ends] or None}
    ticks["tick_of"] = list(dict.fromkeys(key for _, key in ends)) or None
    return {**row, **ticks, **line, "tick_inputs": [key for one in beside for key in one["inputs"]]}


def _ends(row: Row) -> list[float]:
    return (
        [row["value"]] if row["value"] is not None else [end for end in (row["low"], row["high"]) if math.isfinite(end)]
    )


def beside_targets(study: Study) -> Selected:
    """Published rates with the target that the same text prints for the growth of the same quantity in its year."""
    data = _beside_targets(study)
    marks = {"ticks": pl.concat_list("target"), "tick_keys": pl.concat_list("target_key")}
    data = data.with_columns(line=pl.col("key"), column=pl.lit(RATE), **marks)
    return Selected(data, _above_targets(data))


def _above_targets(beside: pl.DataFrame) -> Row:
    """Of rates beside targets: whose they are, and how many are above their target."""
    above = beside.filter(_ABOVE).height
    parks = beside["park_id"].unique(maintain_order=True).to_list()
    return {"target_parks": parks, "above": above, "all_above": above == beside.height}


def _beside_targets(study: Study) -> pl.DataFrame:
    texts = study.observations.select(lead="observation_id", text="source_id")
    rows = study.measures.filter(pl.col("value").is_not_null(), ~_REAL)
    rows = rows.with_columns(pl.col("measure").cast(pl.String), lead=lead(), year=pl.col("period_end").dt.year())
    rows = rows.join(texts, on="lead", maintain_order="left").drop("lead")
    same = ["text", "park_id", "measure", "population", "year"]
    targets = rows.filter(value_type="target").with_columns(pl.col("measure").str.strip_suffix("_target"))
    targets = targets.select(*same, target="value", target_key="key", target_inputs="inputs")
    rates = rows.filter(pl.col("measure").is_in(_of_flows(study, _RATES)), value_type="outturn")
    joined = rates.join(targets, on=same, maintain_order="left")
    return joined.with_columns(pl.col("inputs").list.concat("target_inputs")).drop("text", "year", "target_inputs")


def levels(study: Study, measure: str, basis: str) -> Selected:
    """The levels of an indicator as reported, or as full years with the raw value beside them (method, G4)."""
    rows = study.measures.filter(measure=measure)
    data = rows.filter(basis=basis)
    given = data.filter(GIVEN)
    if basis == "annualised":
        ends = ("measure", "value", "low", "high", "unit", "period_start", "period_end", "inputs")
        raw = rows.filter(basis="reported", value_type="outturn").select("source_id", raw=pl.struct(ends))
        raw = raw.unique("source_id", keep="last", maintain_order=True)
        data = data.join(raw, on="source_id", how="left", maintain_order="left")
    spans = given.select("period_start", "period_end").n_unique()
    data = data.with_columns(line="key", column=pl.col("measure").cast(pl.String))
    official = given.filter(HEADLINE, value_type="outturn").to_dicts()
    facts = {
        "measure": measure, "basis": basis, "given": given.height, "spans": spans, "official": official, "many": too_many(official),
        "spread": spread(official, len(study.park_ids())),
    }  # fmt: skip
    return Selected(data, {**facts, "years_differ": years_differ(given.iter_rows(named=True))})


def attainment(study: Study) -> Selected:
    """Levels over their targets, with the share of the year that their months stand for: never against 100 %."""
    rows = study.measures.filter(GIVEN).with_columns(level=lead())
    shares = rows.filter(measure="year_share").unique("level", keep="first", maintain_order=True)
    shares = shares.select("level", band_low="low", band_high="high", band_key="key")
    data = rows.filter(measure="target_attainment").join(shares, on="level", how="left", maintain_order="left")
    of = study.observations.select(level="observation_id", of="indicator")
    several = data.join(of, on="level")["of"].n_unique() > 1
    data = data.drop("level").with_columns(line="key", column=pl.col("measure").cast(pl.String))
    alone = None if several or data.is_empty() else data.row(0, named=True)
    of_plan = study.summaries().filter(transformation="share", share_of="plan", subject="park", value_type="outturn")
    return Selected(data, {"several": several, "alone": alone, "of_plan": of_plan.to_dicts()})


def _of_flows(study: Study, kinds: Container[str]) -> list[str]:
    """The measures of flows that the study has, in the order of the indicators, of these kinds."""
    held, order = study.measures["measure"].unique(), study.indicators["indicator"].to_list()
    found = [(flow, measure) for measure in held for flow, kind in [of_flow(measure)] if kind and kind in kinds]
    return [measure for _, measure in sorted(found, key=lambda one: (order.index(one[0]), one[1]))]


def every(study: Study, price: str) -> Selected:
    """Every rate and target at the prices asked for, and the rates that no text prints."""
    return Selected(_at_prices(measures_of(study, [*_REFERENCES, *_of_flows(study, _TABLED)]), price))


def checks(study: Study) -> Selected:
    """What rates and targets imply: bases for checks, attainment, gaps, plans, output per firm."""
    implied = set(OF_FLOW) - set(_TABLED)
    return Selected(measures_of(study, [*(set(growth.MEASURES) - set(_REFERENCES)), *_of_flows(study, implied)]))
