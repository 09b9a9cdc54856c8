"""The dataset: found, read, checked and normalised into typed frames.

`load` gives a `Tables`: one polars frame a table, every printed figure turned into a value with its interval in the
unit of its indicator. Rows with a fault, and rows that hang on one, are set apart in `Tables.faulty` with the reason;
the rest is loaded. `check` gives the faults alone.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from parkstudy.errors import ParkstudyError
from parkstudy.record.quantities import Quantity, parse
from parkstudy.record.reading import Cells, Fault, read
from parkstudy.record.rules import cross_faults
from parkstudy.record.schema import FOREIGN_KEYS, LINE, OPTIONAL, TABLES, columns
from parkstudy.record.units import UNITS, WHOLE, sizes

T = TypeVar("T", bound="Tables")


class DataFolderError(ParkstudyError):
    """The folder given as data does not exist or holds none of the tables."""


class UnknownParkError(ParkstudyError, ValueError):
    """A park id that the study does not hold."""


class DataFaultsError(ParkstudyError):
    """The data have faults, and what was asked for needs faultless data. The message lists them all."""

    status = 1

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        lines = "\n".join(str(fault) for fault in faults)
        super().__init__(f"{len(faults)} fault(s) in the data:\n{lines}")


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of a study, typed and normalised; see `data/codebook.md` for the columns.

    `observations` carries, beside the recorded columns, `park_id`, `kind` and `grade` of its source and the
    normalised figure: `value`, `low`, `high` (Float64 in `unit`; infinite where a bound is open; `value` null for a
    range) and `significant` digits. `faulty` has one row for each row
    set apart (`table, line, key, reason`: its first fault). `data_hash` is the
    SHA-256 over the bytes of all tables; `all_parks` keeps every park of the tables where `only` has chosen some.
    """

    parks: pl.DataFrame
    sources: pl.DataFrame
    indicators: pl.DataFrame
    observations: pl.DataFrame
    subjects: pl.DataFrame
    reference: pl.DataFrame
    places: pl.DataFrame
    faulty: pl.DataFrame
    faults: tuple[Fault, ...]
    data_hash: str
    all_parks: tuple[str, ...]

    def require_faultless(self: T) -> T:
        """This study; raises `DataFaultsError` with every fault if there is one."""
        if self.faults:
            raise DataFaultsError(list(self.faults))
        return self

    def summaries(self) -> pl.DataFrame:
        """The observations of the parks' own work summaries, which alone enter measures, statements and the audit."""
        return self.observations.filter(pl.col("kind") == "work_summary")

    def only(self: T, parks: str) -> T:
        """The study of the parks whose ids `parks` lists, separated by commas; all core parks for an empty text.

        Raises `UnknownParkError` with a suggestion.
        """
        known = self.parks["park_id"].to_list()
        wanted = list(dict.fromkeys(p.strip() for p in parks.split(",") if p.strip())) or self.park_ids()
        for park in wanted:
            if park not in known:
                near = difflib.get_close_matches(park, known, 1)
                hint = f"did you mean {near[0]!r}? " if near else ""
                raise UnknownParkError(f"unknown park {park!r}; {hint}known parks: {', '.join(known)}")
        kept = pl.col("park_id").is_in(wanted)
        sources = self.sources.filter(kept)
        return replace(
            self,
            parks=self.parks.filter(kept),
            sources=sources,
            observations=self.observations.filter(kept),
            subjects=self.subjects.join(sources, on="source_id", how="semi"),
            places=self.places.filter(kept),
        )

    def park_ids(self, role: str = "core") -> list[str]:
        """The parks of a role, in the order of the table."""
        return self.parks.filter(pl.col("role") == role)["park_id"].to_list()


def shipped_folder() -> Path:
    """The folder of the published dataset: beside the package in a wheel, at the top of a clone."""
    return shipped("data")


def shipped(name: str) -> Path:
    """A folder that travels with the package (`data`, `notebooks`), in a wheel and in a clone alike."""
    here = Path(__file__).resolve().parents[1]
    for place in (here / f"_{name}", here.parents[1] / name):
        if place.is_dir():
            return place
    raise DataFolderError(f"the folder {name!r} that travels with parkstudy was not found; install the package again")


def load(folder: str | Path | None, kind: type[T]) -> T:
    """The study of the shipped dataset, or of `folder` laid over it.

    A table that `folder` holds takes the place of the shipped one; a table it lacks is the shipped one; `kind` is the class
    of what is given. Raises `DataFolderError` if the folder is missing or holds no table.
    Faulty rows do not raise: they are set apart.
    """
    paths = _paths(folder)
    tables = {name: read(name, path) for name, path in paths.items()}
    for name in OPTIONAL:
        tables[name] = _fitting(name, tables, paths)
    faults = sorted({*(fault for cells in tables.values() for fault in cells.faults), *cross_faults(tables)})
    apart = _rows_apart(tables, faults)
    sound = {name: cells.frame.filter(~_at(apart[name])).drop(LINE) for name, cells in tables.items()}
    frames = {name: _typed(name, frame) for name, frame in sound.items()}
    frames["observations"] = _normalised(frames)
    return kind(
        **frames,
        faulty=_faulty(tables, apart),
        faults=tuple(faults),
        data_hash=_hash(paths),
        all_parks=tuple(frames["parks"]["park_id"]),
    )


def _paths(folder: str | Path | None) -> dict[str, Path]:
    base = shipped_folder()
    paths = {name: base / f"{name}.csv" for name in TABLES}
    if folder is None or str(folder) == "":
        return paths
    top = Path(folder)
    if not top.is_dir():
        raise DataFolderError(f"no folder {str(top)!r}; --data takes a folder with tables such as observations.csv")
    own = {name: top / f"{name}.csv" for name in TABLES if (top / f"{name}.csv").is_file()}
    if not own:
        raise DataFolderError(
            f"{str(top)!r} holds no table; expected one or more of {', '.join(n + '.csv' for n in TABLES)}"
        )
    return {**paths, **own}


def _fitting(name: str, tables: dict[str, Cells], paths: dict[str, Path]) -> Cells:
    """A shipped optional table without the rows that name what the tables of a folder do not have."""
    cells = tables[name]
    for column, (parent, key) in FOREIGN_KEYS[name].items():
        if paths[name].parent == shipped_folder() != paths[parent].parent:
            fitting = cells.frame.join(tables[parent].frame, left_on=column, right_on=key, how="semi")
            cells = replace(cells, frame=fitting)
    return cells


def _hash(paths: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for name in sorted(paths):
        digest.update(name.encode() + b"\0" + paths[name].read_bytes() + b"\0")
    return digest.hexdigest()


def _rows_apart(tables: dict[str, Cells], faults: list[Fault]) -> dict[str, dict[int, str]]:
    """Line and reason of every row that is set apart: it has a fault, or it hangs on a row that has one."""
    apart: dict[str, dict[int, str]] = {name: {} for name in tables}
    for fault in faults:
        reason = ": ".join(filter(None, (fault.column, fault.message)))
        apart[fault.file.removesuffix(".csv")].setdefault(fault.line, reason)
    for child, keys in FOREIGN_KEYS.items():
        for column, (parent, key) in keys.items():
            sound = tables[parent].frame.filter(~_at(apart[parent]))
            hanging = tables[child].frame.join(sound, left_on=column, right_on=key, how="anti", maintain_order="left")
            for line, cell in hanging.select(LINE, column).iter_rows():
                apart[child].setdefault(line, f"{column}: {cell!r} is itself set apart or unknown")
    return apart


def _at(lines: Iterable[int]) -> pl.Expr:
    return pl.col(LINE).is_in(list(lines))


def _faulty(tables: dict[str, Cells], apart: dict[str, dict[int, str]]) -> pl.DataFrame:
    rows = []
    for name, lines in apart.items():
        keys = dict(tables[name].frame[:, :2].iter_rows())
        rows += [(name, line, keys.get(line), reason) for line, reason in sorted(lines.items())]
    schema = {"table": pl.String, "line": pl.Int64, "key": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema, orient="row")


def _typed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Text cells to dates, booleans, numbers, lists and enumerations, as the schema declares them."""
    return frame.with_columns(_typed_column(key, column.metadata or {}) for key, column in columns(name).items())


def _typed_column(key: str, meta: Mapping[str, Any]) -> pl.Expr:
    cell = pl.col(key)
    if meta["type"] == "date":
        return cell.str.to_date("%Y-%m-%d")
    if meta["type"] == "boolean":
        return cell == "true"
    if meta["type"] == "number":
        return cell.cast(pl.Float64)
    if meta["type"] == "list":
        return cell.fill_null("").str.split(";").list.eval(pl.element().filter(pl.element() != ""))
    if "values" in meta:
        return cell.cast(pl.Enum(list(meta["values"])))
    return cell


def _normalised(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    observations = frames["observations"]
    units = dict(frames["indicators"].select("indicator", "unit").iter_rows())
    figures = [
        normal_quantity(row["reported_figure"], row["transformation"], units[row["indicator"]])
        for row in observations.iter_rows(named=True)
    ]
    numbers = pl.DataFrame(
        [
            (None if q.value is None else float(q.value), float(q.low), float(q.high), q.unit, q.significant)
            for q in figures
        ],
        schema={**dict.fromkeys(("value", "low", "high"), pl.Float64), "unit": pl.Enum(UNITS), "significant": pl.Int64},
        orient="row",
    )
    sources = frames["sources"].select("source_id", "park_id", "kind", "grade")
    joined = pl.concat([observations, numbers], how="horizontal")
    return joined.join(sources, on="source_id", how="left", maintain_order="left").with_columns(_seen_by_rule())


def normal_quantity(figure: str, transformation: str, unit: str) -> Quantity:
    """A printed figure in the unit of its indicator: areas converted, a price per mu recognised, money left as it is."""
    quantity = parse(figure, "percent" if transformation in ("yoy", "share") else unit)
    if quantity.unit == "CNY" and unit == "CNY/mu":
        return replace(quantity, unit=unit)
    return quantity.to(unit) if transformation == "level" and sizes(quantity.unit, unit) else quantity


def _seen_by_rule() -> pl.Expr:
    """`caveats` with `coarse_figure` added where the digits say so, so that no coder has to count them (method, R6)."""
    coarse = (pl.col("significant") <= 2) & ~pl.col("unit").is_in(WHOLE) & (pl.col("bound") != "range")
    with_coarse = pl.concat_list("caveats", pl.lit("coarse_figure")).list.unique().list.sort()
    return pl.when(coarse).then(with_coarse).otherwise(pl.col("caveats")).alias("caveats")
