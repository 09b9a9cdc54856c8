"""What the overview selects: what each park's text gives on growth, tax per output and tax per area, and what comes out of it.

A park has one text here: the latest of its best grade. Levels are full years where the method gives one.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

import polars as pl

from parkstudy.method.compare import Comparison
from parkstudy.method.land import areas, square_kilometres
from parkstudy.method.measures import RUNGS, Text, lead
from parkstudy.method.study import Study
from parkstudy.record.chosen import LATEST, texts_by_park
from parkstudy.record.rows import Row, grouped
from parkstudy.record.rungs import WHOLE
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.orders import MOST_PAIRS
from parkstudy.show.select.shared import (
    GIVEN,
    MAIN,
    Selected,
    doubts,
    in_order_of,
    many,
    measures_of,
    national,
    of_cells,
    texts,
    too_many,
    years_differ,
)
from parkstudy.show.select.spread import spread

GROWTH, PER_OUTPUT, PER_AREA = MAIN
_BASIS = {GROWTH: "reported", PER_OUTPUT: "annualised", PER_AREA: "annualised"}
_CASES = ("none", "one", "two")  # of parks that give all three; else several
_SAID_LIMITS = ("years", "population")  # months are made full years, and what a figure means stands on its own page
# of a cell: words and codes beside those of its measure
_TEXTS = ("line", "column", "grade", "gap", "counted", "taxed")
_SAID_ONE_BY_ONE = 3  # parks whose values a paragraph holds


def _of_text(text: Row, measure: str, rung: str | None = None) -> Row | None:
    """The row of a text on a measure: the full year before the months as printed, the outturn before a forecast."""
    rows = text["of"].get(measure, [])
    if measure == PER_AREA:
        rows = [row for row in rows if (row["rung"] == rung if rung else row["rung"] in WHOLE)]
    order = [*RUNGS, None]
    return min(
        rows, default=None,
        key=lambda row: (row["basis"] != _BASIS[measure], row["value_type"] != "outturn", order.index(row["rung"])),
    )  # fmt: skip


def _by_text(study: Study) -> dict[str, dict[str, list[Row]]]:
    """The rows that texts give, by text and measure."""
    of = study.observations.select(lead="observation_id", of_text="source_id")
    rows = measures_of(study, MAIN, GIVEN, pl.col("price") != "real").with_columns(lead=lead())
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows.join(of, on="lead", maintain_order="left").drop("lead").iter_rows(named=True):
        found.setdefault(row.pop("of_text"), {}).setdefault(row["measure"], []).append(row)
    return found


def _chosen(study: Study) -> list[Row]:
    """Each core park with its text and its three rows, None for what the text does not give."""
    given, own = _by_text(study), texts_by_park(study.sources, LATEST)
    found = []
    for text in texts(study).iter_rows(named=True):
        if own[text["park_id"]] == text["source_id"]:
            of = given.get(text["source_id"], {})
            found.append({**text, "of": of, "rows": {measure: _of_text({"of": of}, measure) for measure in MAIN}})
    return in_order_of(study.park_ids(), found)


def _complete(chosen: Sequence[Row]) -> list[Row]:
    """The complete official texts that give all three (method, Q2)."""
    return [one for one in chosen if one["grade"] in COMPLETE and all(one["rows"].values())]


def _rung(chosen: Sequence[Row]) -> str | None:
    """The area on which most of the complete texts, then most of all, give a value; the first of the ladder if several do."""
    whole = _complete(chosen)
    counts = {
        rung: [sum(_of_text(one, PER_AREA, rung) is not None for one in some) for some in (whole, chosen)]
        for rung in WHOLE
    }  # fmt: skip
    return max(counts, key=counts.__getitem__) if any(any(count) for count in counts.values()) else None


def board(study: Study) -> Selected:
    """A line a park, a column a measure; values per area on one rung alone: others share no axis with it (method, L2)."""
    chosen = _chosen(study)
    whole, rung = _complete(chosen), _rung(chosen)
    beside = national(study)
    cells = [_cell(study, one, measure, rung, beside) for one in chosen for measure in MAIN]
    facts = {
        "rung": rung, "nation": any(cell.get("ticks") for cell in cells), "complete": [one["park_id"] for one in whole],
        "many": too_many(whole), "one_alone": len(whole) == 1, "years_differ": years_differ(chosen),
    }  # fmt: skip
    return of_cells(study, cells, _TEXTS, facts)


def _cell(study: Study, one: Row, measure: str, rung: str | None, beside: Callable[..., list[Row]]) -> Row:
    """The cell of a text on a measure, with the months of the text where it has no value, and why it has none."""
    firms = [row["population"] if row else None for row in one["rows"].values()]
    line = {
        "line": one["park_id"], "park_id": one["park_id"], "column": measure, "grade": one["grade"], "counted": firms[0],
        "taxed": next((firm for firm in firms[1:] if firm and firm != firms[0]), None),
    }  # fmt: skip
    row = one["rows"][measure]
    if measure == PER_AREA and row:
        row = _of_text(one, measure, rung)
    if row is None:
        span = {name: one[name] for name in ("period_start", "period_end")}
        return {**line, **span, "gap": _gap(study, one, measure), "measure": measure}
    ticks = beside(one["park_id"], row["period_end"]) if measure == GROWTH else []
    found = {"ticks": [tick["value"] for tick in ticks], "tick_keys": [tick["key"] for tick in ticks]} if ticks else {}
    return {**row, **line, **found, "tick_inputs": [key for tick in ticks for key in tick["inputs"]]}


def _shown(one: Row, rung: str | None) -> Row:
    """The rows of a text that a picture shows, of a park per area the one on the area of the picture."""
    return {**one["rows"], PER_AREA: _of_text(one, PER_AREA, rung)}


def _by_gap(missing: Sequence[Row]) -> list[Row]:
    """The parks that lack each measure, by why."""
    gaps = [{**gap, "park_id": one["park_id"]} for one in missing for gap in one["gaps"]]
    found = grouped(gaps, "measure", "gap")
    return [{"measure": m, "gap": gap, "parks": [row["park_id"] for row in rows]} for (m, gap), rows in found.items()]


def _gap(study: Study, one: Row, measure: str) -> str:
    if one["rows"][measure]:
        return "other_area"
    state = study.compare.state(one["park_id"], measure)
    return "not_computed" if state == "reported" else state


def answer(study: Study) -> Selected:
    """The complete official texts that give all three, what may be said of them beside each other, or what is given at all."""
    chosen = _chosen(study)
    whole, rung = _complete(chosen), _rung(chosen)
    items = [_item(one, rung) for one in whole] if len(whole) <= _SAID_ONE_BY_ONE else []
    case = _CASES[len(whole)] if len(whole) < len(_CASES) else "several"
    given: list[Row] = [{"measure": measure, "rows": _given(chosen, measure, rung)} for measure in MAIN]
    several = max(len(one["rows"]) for one in given) > _SAID_ONE_BY_ONE
    facts = {
        "case": case, "texts": texts(study).height, "count": len(whole), "all": len(whole) == len(chosen), "complete": items,
        "one_by_one": len(whole) <= _SAID_ONE_BY_ONE, "one_rung": len({item["per_area"]["rung"] for item in items}) == 1,
        "parks": len(chosen), "rung": rung, "many": several,
        "spreads": [found for one in given if (found := spread(one["rows"], len(chosen)))] if several else [],
        "province": _province(study, whole), "given": [one for one in given if one["rows"]],
        "silent": [one["measure"] for one in given if not one["rows"]],
        "apart": any(row for one in chosen if one["grade"] not in COMPLETE for row in one["rows"].values()),
        "between": _between(study, whole or [one for one in chosen if one["grade"] in COMPLETE and any(one["rows"].values())]),
        "pairs": _pairs(study, whole) if case == "several" else None,
        **doubts(study, [one["rows"][GROWTH] for one in whole]),
    }  # fmt: skip
    rows = [row for one in chosen for row in one["rows"].values() if row]
    return Selected(study.measures.filter(pl.col("key").is_in([row["key"] for row in rows])), facts)


def _item(one: Row, rung: str | None) -> Row:
    growth, per_output, per_area = one["rows"].values()
    per_area = _of_text(one, PER_AREA, rung) or per_area
    ways = [_way(row) for row in (per_output, per_area)]
    own = growth["population"] == per_output["population"]
    rows = {"growth": growth, "per_output": {**per_output, "way": ways[0]}, "per_area": {**per_area, "way": ways[1]}}
    return {"park_id": one["park_id"], **rows, "way": ways[0] if len(set(ways)) == 1 else "", "their_own": own}


def _way(row: Row) -> str:
    """What stands for a year: the year as printed, a scaled one, the text's own forecast, or its months alone."""
    if row["value_type"] == "forecast":
        return "forecast"
    return "scaled" if row["status"] == "I" else "year" if row["basis"] == "annualised" else "months"


def _given(chosen: Sequence[Row], measure: str, rung: str | None) -> list[Row]:
    """What complete texts give of a measure; of many, per area, on the one area of the picture."""
    own = [one for one in chosen if one["rows"][measure] and one["grade"] in COMPLETE]
    rows = [one["rows"][measure] for one in own]
    if measure == PER_AREA and len(own) > _SAID_ONE_BY_ONE:
        rows = [row for one in own if (row := _of_text(one, measure, rung))]
    return rows


def _province(study: Study, whole: Sequence[Row]) -> Row | None:
    """The province that they all lie in, by language."""
    rows = study.parks.filter(pl.col("park_id").is_in([one["park_id"] for one in whole])).to_dicts()
    names = {(row["province_en"], row["province_zh"]) for row in rows}
    ((english, chinese),) = names if len(names) == 1 else {(None, None)}
    return {"en": english, "zh": chinese} if english and chinese else None


def _between(study: Study, sides: Sequence[Row]) -> Row | None:
    """What comes out for two parks: on growth, on tax per output, and on tax per area on every area that both print.

    None for another number of parks, and where one of the two is silent on each of these.
    """
    if len(sides) != 2:
        return None
    left, right = (one["park_id"] for one in sides)
    found = {measure: _decided(study, measure, left, right) for measure in MAIN}
    if not any(found.values()):
        return None
    single = {measure: found[measure][0] if found[measure] else None for measure in (GROWTH, PER_OUTPUT)}
    on_areas = [one for one in found[PER_AREA] if one.rung]
    highest = {one.higher for one in on_areas}
    of_areas = highest.pop() if len(highest) == 1 else None
    ahead = [*(one.higher if one else None for one in single.values()), of_areas]
    limits = {limit for one in (*single.values(), *on_areas) if one for limit in one.limits}
    return {
        "growth": single[GROWTH], "per_output": single[PER_OUTPUT], "areas": on_areas,
        "area_count": len(on_areas), "area_higher": of_areas, "close": _close(study, on_areas), "unlike": not on_areas and found[PER_AREA],
        "pattern": _pattern(ahead), "limits": [limit for limit in _SAID_LIMITS if limit in limits],
    }  # fmt: skip


def _close(study: Study, areas: Sequence[Comparison]) -> list[Row]:
    """The areas on which the ranges touch or round figures decide; whether it is the largest of both parks."""
    sides = {(one.left, one.left_source) for one in areas} | {(one.right, one.right_source) for one in areas}
    rungs = [one.rung for one in areas if one.rung]
    largest = {_largest(study, rungs, *side) for side in sides}
    close = [one for one in areas if one.overlapping or one.sensitive]
    told = ("rung", "key", "overlapping", "sensitive")
    return [{**{name: getattr(one, name) for name in told}, "largest": largest == {one.rung}} for one in close]


def _largest(study: Study, rungs: Sequence[str], park: str, source: str) -> str:
    own = areas(study, Text(park, source))
    sizes = {rung: square_kilometres(own[rung]).high for rung in rungs}
    return max(reversed(rungs), key=sizes.__getitem__)  # of equal ones the last, which the ladder holds for the largest


def _pattern(higher: Sequence[str | None]) -> str:
    """Whether the text with the higher growth has the higher or the lower of both taxes, where all three are ordered."""
    growth, *taxes = higher
    if None in higher or len(set(taxes)) > 1:
        return "mixed"
    return "same" if taxes[0] == growth else "opposite"


def _decided(study: Study, measure: str, left: str, right: str) -> list[Comparison]:
    return study.compare.latest(measure, left, right, price="nominal", basis=_BASIS[measure])


def _pairs(study: Study, whole: Sequence[Row]) -> Row | None:
    """How many pairs there are of several parks, and how many are ordered by a measure (on every area that they share).

    Of more than a few parks no pair is compared.
    """
    if many(study):
        return None
    pairs = [(one["park_id"], other["park_id"]) for one, other in combinations(whole, 2)]
    found = {measure: [_decided(study, measure, *pair) for pair in pairs] for measure in MAIN}
    ordered = {measure: [rows[0] for rows in every if _one_way(rows)] for measure, every in found.items()}
    told = [{"measure": measure, "orders": one, "rest": len(pairs) - len(one)} for measure, one in ordered.items()]
    return {
        "count": len(pairs), "ordered": [{"measure": measure, "count": len(one)} for measure, one in ordered.items()],
        "rest": any(one["rest"] for one in told), "told": told if len(pairs) <= MOST_PAIRS else [],
    }  # fmt: skip


def _one_way(rows: Sequence[Comparison]) -> bool:
    return bool(rows) and len({one.higher for one in rows}) == 1 and rows[0].ordered


def notes(study: Study) -> Selected:
    """What the parks without all three give instead, why texts stand apart, and how the values are to be read."""
    chosen = _chosen(study)
    rung = _rung(chosen)
    missing = [
        {"park_id": one["park_id"], "gaps": [{"measure": m, "gap": _gap(study, one, m)} for m, row in shown.items() if not row]}
        for one, shown in ((one, _shown(one, rung if many(study) else None)) for one in chosen)
    ]  # fmt: skip
    scaled = [one["park_id"] for one in chosen if any(row and row["status"] == "I" for row in one["rows"].values())]
    facts = {
        "missing": [] if many(study) else [one for one in missing if one["gaps"]], "scaled": scaled,
        "many": many(study), "gaps": _by_gap(missing) if many(study) else [], "rung": rung,
        "apart": [one["park_id"] for one in chosen if one["grade"] not in COMPLETE],
    }  # fmt: skip
    return Selected(study.measures.clear(), facts, [], of_measures=False)
