"""What the selections of several subjects share: texts, rows of a state, full-year bands, counts, and on how much they rest."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from parkstudy.method import pairwise
from parkstudy.method.study import Study
from parkstudy.record.chosen import LATEST, texts_by_park
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row, fitting, grouped
from parkstudy.record.schema import COMPLETE

FEW = pairwise.FEW  # so many parks, each year of one counted, are shown one by one; more are counted and spread
HEADLINE = pl.col("grade").is_in(COMPLETE)  # of complete texts: what may stand in a headline (method, Q2)
_SAID_ONE_BY_ONE = 3  # parks that a sentence speaks of, one by one
# what stands for growth, tax quality, land efficiency
MAIN = ("gross_industrial_output_growth", "tax_per_output", "tax_per_area")
GIVEN = pl.col("low").is_not_null()
REFUSED = pl.col("reason").is_not_null()


@dataclass(frozen=True)
class Selected:
    """What a state of an exhibit shows: its rows in order, the facts that its words print, the keys behind it.

    Without `inputs` these are the ones in the column `inputs` of `data`. `of_measures` tells that the marks stand for measure rows,
    whose rows are then the embedded table.
    """

    data: pl.DataFrame
    facts: Mapping[str, Any] = field(default_factory=dict)
    inputs: Sequence[str] | None = None
    of_measures: bool = True

    @property
    def keys(self) -> list[str]:
        """The keys of the printed figures and references behind it."""
        if self.inputs is not None:
            return list(self.inputs)
        return self.data["inputs"].explode().drop_nulls().to_list() if "inputs" in self.data.columns else []


def size(study: Study) -> int:
    """How many lines a study has at least: a park in each year of which it has a text, and a park without one."""
    return max(len(study.park_ids()), texts(study).height)


def many(study: Study) -> bool:
    """Whether a study is of more than a few parks, or of few in many years: these are counted and spread, and no pair of them is
    compared unasked.
    """
    return size(study) > FEW


def texts(study: Study) -> pl.DataFrame:
    """The work summaries."""
    return study.sources.filter(kind="work_summary")


def several(study: Study) -> bool:
    """Whether a park has several texts, so that all of them are more than the latest."""
    return bool(texts(study)["park_id"].is_duplicated().any())


def grades(study: Study) -> dict[str, str | None]:
    """Park to the grade of its text; of several that of its latest of its best grade."""
    own, taken = texts(study), [*texts_by_park(study.sources, LATEST).values()]
    return dict(own.filter(pl.col("source_id").is_in(taken)).select("park_id", "grade").iter_rows())


def printed(study: Study) -> list[str]:
    """The keys of every figure that the work summaries print."""
    return study.summaries()["observation_id"].to_list()


def national(study: Study, measure: str = "reference_revenue_growth") -> Callable[[str, object], list[Row]]:
    """The national rates beside the growth of a park that ends then, the lowest first: of the same months, else around them."""
    rows = study.measures.filter(GIVEN, measure=measure, subject="reference:national").to_dicts()
    of_park = grouped(rows, "park_id")

    def beside(park: str, end: object) -> list[Row]:
        own = of_park.get((park,), [])
        same = fitting(own, period_end=end) or own
        return sorted({row["value"]: row for row in reversed(same)}.values(), key=lambda row: row["value"])

    return beside


def doubted(study: Study, rows: Iterable[Row]) -> list[Row]:
    """The parks whose figures behind these rows a check of the audit questions: how many checks, and the row that opens."""
    parks: dict[str, set[str]] = {}
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row["park_id"], row)
        for key in row["inputs"]:
            parks.setdefault(key, set()).add(row["park_id"])
    named = {"implausible": "observations", "contradiction": "marked"}
    found = [set(getattr(one, named[one.outcome])) for one in study.findings if one.outcome in named]
    counts = Counter(park for figures in found for park in {park for key in figures for park in parks.get(key, ())})
    return [{"park_id": park, "count": counts[park], "key": row["key"]} for park, row in first.items() if counts[park]]


def doubts(study: Study, rows: Iterable[Row]) -> Row:
    """The doubted parks as facts: few of them one by one as `doubts`, of more their number as `doubted`."""
    found = doubted(study, rows)
    told = len(found) <= _SAID_ONE_BY_ONE
    return {"doubts": found if told else [], "doubted": 0 if told else len(found)}


def in_order_of(parks: Sequence[str], rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of their parks; those of one park stay as they are."""
    places = {park: place for place, park in enumerate(parks)}
    return sorted(rows, key=lambda row: places[row["park_id"]])


def years_differ(rows: Iterable[Row]) -> bool:
    """True where the periods of rows end in more than one year."""
    return len({row["period_end"].year for row in rows if row.get("period_end")}) > 1


def measures_of(study: Study, names: Iterable[str], *where: pl.Expr, **equal: str) -> pl.DataFrame:
    """The rows of some measures."""
    return study.measures.filter(pl.col("measure").is_in(list(names)), *where, **equal)


def on_basis(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis, what no basis changes (measures that are never made a full year), and every refusal."""
    yearly = measures.filter(basis="annualised")["measure"].unique()
    return measures.filter((pl.col("basis") == basis) | ~pl.col("measure").is_in(yearly.implode()) | REFUSED)


def banded(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis with `band_low, band_high, band_key`; refused rows once.

    Rows of the months as reported have the full-year band of the same park, measure and months; full years need none.
    """
    match = ["park_id", "measure", "value_type", "period_start", "period_end", "rung", "from"]
    rows = measures.with_columns(pl.col("inputs").list.join(",").alias("from"))
    bands = rows.filter(GIVEN, basis="annualised", status="I") if basis == "reported" else rows.clear()
    bands = bands.select(*match, band_low="low", band_high="high", band_key="key")
    return (
        rows.filter(basis=basis).join(bands, on=match, how="left", nulls_equal=True, maintain_order="left").drop("from")
    )


def tally(rows: pl.DataFrame, column: str, name: str = "count", group: str = "") -> list[Row]:
    """How many rows have each code of a column, in the order of its `group`: the code, and the number as `name`."""
    counts = dict(rows[column].value_counts().iter_rows())
    return [{column: code, name: counts.get(code, 0)} for code in codes(group or column)]


def of_cells(
    study: Study, cells: Sequence[Row], words: Sequence[str], facts: Row, keys: Sequence[str] = ("tick_keys",)
) -> Selected:
    """The cells of a board as rows, with everything behind them; none where no cell has a value.

    Beside the columns of their measures they have texts (`words`), references (`ticks`) and lists of keys of these.
    """
    more: Row = {
        **dict.fromkeys(words, pl.String),
        "ticks": pl.List(pl.Float64),
        **dict.fromkeys(keys, pl.List(pl.String)),
    }
    schema: Row = {name: kind for name, kind in study.measures.schema.items() if name not in more}
    data = pl.DataFrame([{name: cell.get(name) for name in (*schema, *more)} for cell in cells], {**schema, **more})
    inputs = [key for cell in cells for key in (*cell.get("inputs", ()), *cell.get("tick_inputs", ()))]
    return Selected(data if data["low"].count() else data.clear(), facts, inputs)


MOST_IN_A_CLAIM = 6  # parks that the line above a picture names; of more it gives the number


def too_many(parks: Sequence[object]) -> int:
    """How many there are, where they are more than a claim names; else 0."""
    return len(parks) if len(parks) > MOST_IN_A_CLAIM else 0


def too_many_texts(rows: Sequence[Row]) -> int:
    """Of how many texts the rows are, where they are more than a claim names; else 0."""
    return texts_of(rows) if too_many(rows) else 0


def texts_of(rows: Iterable[Row]) -> int:
    """Of how many texts rows are: one text may give several."""
    return len({row["source_id"] for row in rows})
