"""What the profile of a park selects: its facts on growth, tax and land, with targets and with what other texts print alike."""

from typing import Any

import polars as pl

from parkstudy.method.study import Study
from parkstudy.method.tax import LEAST_PEERS
from parkstudy.record.chosen import LATEST
from parkstudy.record.rows import Row, grouped
from parkstudy.show.select.shared import GIVEN, MAIN, Selected, banded, measures_of, texts

DERIVED = {
    "growth": ("target_attainment",),
    "tax": ("tax_per_output", "tax_per_tit_revenue", "taxpayer_concentration"),
    "land": ("tax_per_area", "output_per_area"),
}  # dimension to the measures that stand behind its printed figures
_RESULTS = ("outturn", "forecast")
_MOST_SILENT = 4  # quantities that a sentence lists
_ALIKE = ("indicator", "transformation", "population", "share_of", "unit")  # what makes figures of two texts peers


def sentences(study: Study, park: str) -> Selected:
    """What the park reports of growth, tax and land, and what it is silent on. Raises `UnknownParkError`."""
    own = study.only(park, LATEST)
    rows, source = own.summaries(), texts(own)
    core = park in study.park_ids()
    silent = _silent(study, park) if core else []
    facts = {
        "source": source.row(0, named=True) if source.height else None,
        "figures": rows.height, "marked": rows.filter(pl.col("caveats").list.len() > 0).height,
        "states": {name: study.compare.state(park, name) if core else "not_reported" for name in MAIN},
        **{name: _owned(own, park, measure) for name, measure in zip(("growth", "tax", "land"), MAIN, strict=True)},
        "silent": silent[:_MOST_SILENT], "more": max(0, len(silent) - _MOST_SILENT),
    }  # fmt: skip
    return Selected(rows, facts, of_measures=False)


def _owned(study: Study, park: str, measure: str) -> list[Row]:
    """The reported results of a measure as printed, each with its full-year band; of a measure per area on the first area."""
    where = (GIVEN, pl.col("price").ne_missing("real"), pl.col("value_type").cast(pl.String) == "outturn")
    rows = banded(measures_of(study, [measure], *where, park_id=park), "reported").to_dicts()
    return [row for row in rows if row["rung"] == rows[0]["rung"]]


def _silent(study: Study, park: str) -> list[Row]:
    """The quantities that two other texts or more state for the whole park, and this one does not."""
    cells = study.coverage
    stated = pl.col("state") == "stated"
    others = cells.filter(stated, pl.col("park_id") != park).group_by("indicator", "transformation").len()
    own = cells.filter(~stated, park_id=park).join(
        others.filter(pl.col("len") >= 2), on=["indicator", "transformation"], how="semi", maintain_order="left"
    )
    return own.to_dicts()


def facts(study: Study, park: str) -> Selected:
    """The facts of the park on growth, tax and land: printed figures, each with its target, then what follows from them.

    Raises `UnknownParkError`.
    """
    kinds = {row["indicator"]: row for row in study.indicators.iter_rows(named=True)}
    latest = study.only(park, LATEST)
    order, rows = list(kinds), latest.summaries().filter(subject="park")
    own = [row for row in rows.to_dicts() if kinds[row["indicator"]]["dimension"] in DERIVED]
    borrowed = study.measures.filter(pl.col("flags").list.contains("borrowed_share"))["key"].to_list()
    found, lines = grouped(own, "indicator", "transformation"), list[Row]()
    for dimension, measures in DERIVED.items():
        wanted = [quantity for quantity in found if kinds[quantity[0]]["dimension"] == dimension]
        shown: list[Row] = []
        for quantity in sorted(wanted, key=lambda one: (order.index(one[0]), one[1])):
            beside = kinds[quantity[0]]["kind"]
            shown += [{**line, "peers": _peers(study, line["row"], beside)} for line in _with_targets(found[quantity])]
        rates = [
            _unborrowed(row, borrowed)
            for row in banded(measures_of(latest, measures, GIVEN, park_id=park), "reported").to_dicts()
        ]
        derived: list[Row] = [{"row": None, "measure": row, "targets": [], "peers": []} for row in rates]
        lines += derived + shown if dimension == "land" else shown + derived  # what is asked for first stands first
    keys = [row["observation_id"] for row in own]
    told: dict[str, Any] = {"lines": lines, "count": len(lines), "beside": any(line["peers"] for line in lines)}
    peers = [peer for line in lines for peer in line["peers"]]
    context = {one["park_id"] for one in study.rows("parks", role="context")}
    told["context"] = any(peer["park_id"] in context for peer in peers)
    told["years"] = len({row["period_end"].year for row in (*own, *peers) if row["period_end"]}) > 1
    told["target_or_plan"] = any(line["targets"] for line in lines)
    return Selected(rows.filter(pl.col("observation_id").is_in(keys)), told, keys, of_measures=False)


def _unborrowed(row: Row, borrowed: list[str]) -> Row:
    """The row without a full-year band that borrows its share of the year, which stands in one statement alone (G4)."""
    return {**row, "band_low": None, "band_high": None, "band_key": None} if row["band_key"] in borrowed else row


def _with_targets(rows: list[Row]) -> list[Row]:
    """A line for each result of a quantity; targets and plans stand beside one of their period and population, else alone.

    One of its period counts where none has its population; what has no period stands beside any.
    """
    results = [row for row in rows if row["value_type"] in _RESULTS]
    lines: list[Row] = [{"row": row, "measure": None, "targets": []} for row in results]
    for ahead in (row for row in rows if row["value_type"] not in _RESULTS):
        of_period = [line for line in lines if _of_one_period(ahead, line["row"] or line["targets"][0])]
        same = [line for line in of_period if line["row"] and line["row"]["population"] == ahead["population"]]
        if not of_period:
            lines.append({"row": None, "measure": None, "targets": [ahead]})
        else:
            (same or of_period)[0]["targets"].append(ahead)
    return lines


def _of_one_period(ahead: Row, row: Row) -> bool:
    """Whether a figure ends within the period of a target or plan; one of the two without a period counts as well."""
    start, end, then = ahead["period_start"], ahead["period_end"], row["period_end"]
    return not (start and end and then) or start <= then <= end


def _peers(study: Study, row: Row | None, kind: str) -> list[Row]:
    """The results that other texts print of the concept and the firms of a result; none where fewer than the method's least do.

    Amounts of a period say how large a park is and are no peers; two texts that do not say which firms they count are none either.
    """
    amount = row is not None and row["transformation"] == "level" and kind in ("flow", "count")
    if row is None or row["value_type"] != "outturn" or row["population"] == "unstated" or amount:
        return []
    others = study.observations.filter(
        pl.col("park_id") != row["park_id"],
        pl.col("kind").is_in(["work_summary", "page"]),
        *(pl.col(name).eq_missing(row[name]) for name in _ALIKE),
        subject="park",
        value_type="outturn",
    )
    found = others.to_dicts()
    return found if len({peer["park_id"] for peer in found}) >= LEAST_PEERS else []


def recorded(study: Study, park: str) -> Selected:
    """Everything that is recorded of the park, of all its years, by dimension. Raises `UnknownParkError`."""
    dimensions = study.indicators.select("indicator", "dimension")
    rows = study.only(park).all_years.summaries().join(dimensions, on="indicator", maintain_order="left")
    rows = rows.sort("dimension", maintain_order=True)
    return Selected(rows, inputs=rows["observation_id"].to_list(), of_measures=False)
