"""The dataset: found, read, checked and normalised into typed frames.

`load` gives a `Tables`: one polars frame a table, every printed figure turned into a value with its interval in the
unit of its indicator. Rows with a fault, and rows that hang on one, are set apart with the reason; the rest is loaded.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import polars as pl

from parkstudy.errors import ParkstudyError, counted
from parkstudy.record import about, unusual
from parkstudy.record import folder as folders
from parkstudy.record.chosen import ALL, nothing_aside, parks_of, texts_of, years_of
from parkstudy.record.edition import edition
from parkstudy.record.quantities import normal_quantity
from parkstudy.record.reading import Cells, Fault, read
from parkstudy.record.rows import Row, as_rows, distinct, grouped
from parkstudy.record.rules import check_together
from parkstudy.record.schema import ACCEPTED, FOREIGN_KEYS, KEPT, LINE, OPTIONAL, TABLES, VERIFIED, columns
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.units import UNITS, WHOLE
from parkstudy.record.verified import proven

T = TypeVar("T", bound="Tables")
NORMALISED = {  # what an observation carries beside its recorded columns
    "value": "Figure in the unit; empty: a range",
    "low": "Lower end of the interval that the printed figure stands for; -INF: open below",
    "high": "Upper end of the interval that the printed figure stands for; INF: open above",
    "unit": "Unit of value, low and high: that of the indicator, for growth and shares percent",
    "significant": "Significant digits of the printed figure",
    "park_id": "Park the text is about",
    "kind": "Kind of text",
    "grade": "Grade of the source",
}


class DataFaultsError(ParkstudyError):
    """The data have faults, and what was asked for needs faultless data. The message lists them all."""

    status = 1

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        lines = "\n".join(str(fault) for fault in faults)
        super().__init__(f"{counted(len(faults), 'fault')} in the data:\n{lines}")


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of a study, typed and normalised; see `data/codebook.md` for the columns.

    `observations` carries, beside the recorded columns, `park_id`, `kind` and `grade` of its source and the
    normalised figure: `value`, `low`, `high` (Float64 in `unit`; infinite where a bound is open; `value` null for a
    range) and `significant` digits; `recorded` has the same rows as text cells. `verified` and `accepted` may be
    without rows. `warnings` are those that no line of `accepted` acknowledges, `acknowledged` the others. `faulty` has one row
    for each row set apart (`table, line, key, reason`: its first fault). `data_hash` is the SHA-256 over the bytes of all tables; `version`
    and `created` are those of `datapackage.json` beside them, if there is one and it describes these very files;
    `all_parks` keeps every park of the tables where `only` has chosen some.
    """

    parks: pl.DataFrame
    sources: pl.DataFrame
    indicators: pl.DataFrame
    observations: pl.DataFrame
    subjects: pl.DataFrame
    reference: pl.DataFrame
    places: pl.DataFrame
    verified: pl.DataFrame
    accepted: pl.DataFrame
    recorded: pl.DataFrame
    faulty: pl.DataFrame
    faults: tuple[Fault, ...]
    warnings: tuple[unusual.Warned, ...]
    acknowledged: tuple[unusual.Warned, ...]
    about: about.About
    files: Mapping[str, Path]
    data_hash: str
    version: str
    created: str
    all_parks: tuple[str, ...]
    asked: ClassVar[str] = ""  # the parks that `only` was asked for, where these are not all
    context_named: ClassVar[bool] = False  # whether parks of context are among them, which figures then show beside

    @property
    def edition(self) -> str:
        """What names the data: the version, if they have one, and the first digits of the hash, as `0.1.0+f8dc504c37f5`."""
        return "+".join(filter(None, (self.version, self.data_hash[:12])))

    def require_faultless(self: T) -> T:
        """This study; raises `DataFaultsError` with every fault if there is one."""
        if self.faults:
            raise DataFaultsError(list(self.faults))
        return self

    def summaries(self) -> pl.DataFrame:
        """The observations of the parks' own work summaries, which alone enter measures, statements and the audit."""
        return self.observations.filter(pl.col("kind") == "work_summary")

    def rows(self, table: str, **wanted: Any) -> list[Row]:
        """The rows of a table with these values in these columns, in the order of the record; all of them without any.

        They are read and grouped by these columns once and kept: asking park by park costs no more than asking once. They are
        shared, so nobody changes one; lists in a cell are tuples.
        """
        key = (table, *wanted)
        if key not in self._groups:
            self._groups[key] = grouped(self.rows(table) if wanted else as_rows(getattr(self, table)), *wanted)
        return self._groups[key].get(tuple(wanted.values()), [])

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows that were grouped, which take longer to read than to group, and without what was chosen."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_groups", "_chosen")}

    @cached_property
    def _groups(self) -> dict[tuple[str, ...], dict[tuple[Any, ...], list[Row]]]:
        return {}

    @cached_property
    def proven(self) -> frozenset[str]:
        """The ids of the observations that `verify` proved as they are recorded now; see `verified`."""
        return proven(self.verified, self.recorded, self.sources)

    def only(self: T, parks: str = "", year: str = ALL) -> T:
        """The study of chosen parks and texts: itself where nothing is dropped and no park of context is named.

        `parks` lists ids and groups (`group:<column>=<value>`), separated by commas; all core parks for an empty text. `year` is
        `latest` (of each park its latest work summary of its best grade), a year (core parks without one that ends in it are left out)
        or `all`: at most one for a park and year; see `set_aside`. Raises `UnknownParkError`, `UnknownYearError`.
        """
        return self._chosen(parks, str(year))

    @cached_property
    def _chosen(self: T) -> Callable[..., T]:
        """`only`, which keeps the last it gave: what a page says of a park asks for the same several times."""
        return lru_cache(maxsize=4)(self._choose)

    def _choose(self: T, parks: str, year: str, named: bool = True) -> T:
        wanted = parks_of(self.parks, parks)
        kept, aside = texts_of(self.sources.filter(pl.col("park_id").is_in(wanted)), year)
        asked = (parks.strip() or self.asked) if {*self.whole.park_ids()} - {*wanted} else ""
        if year.isdecimal():
            dated = self.sources.filter(pl.col("source_id").is_in(kept), kind="work_summary")["park_id"]
            there = {*dated, *self.park_ids("context")}
            wanted = [park for park in wanted if park in there]
        of_parks, of_texts = pl.col("park_id").is_in(wanted), pl.col("source_id").is_in(kept)
        chosen = {name: getattr(self, name).filter(of_parks) for name in ("parks", "places", "sources")}
        chosen["sources"] = chosen["sources"].filter(of_texts)
        heights = [chosen[name].height for name in ("parks", "sources")]
        context = named and bool({*wanted} & {*self.park_ids("context")})
        if heights == [self.parks.height, self.sources.height] and not context:
            return self
        chosen["observations"] = self.observations.filter(of_texts, of_parks)
        chosen["subjects"] = self.subjects.join(chosen["sources"], on="source_id", how="semi")
        made = replace(self, **chosen)
        aside = pl.concat([self.set_aside.join(self.whole.sources.filter(of_parks), on="source_id", how="semi"), aside])
        vars(made).update(origin=self.whole, year=self.year if year == ALL else year, set_aside=aside)
        vars(made).update(asked=asked, context_named=context)
        return made

    @cached_property
    def origin(self: T) -> T | None:
        """The whole study that this one was chosen from by `only`; None for one that was not."""
        return None

    @property
    def whole(self: T) -> T:
        """The study that this one was chosen from, or itself: a figure of a text that was not chosen has a record too."""
        return self.origin or self

    @cached_property
    def year(self) -> str:
        """Which year `only` was asked for: `latest`, a year or `all`."""
        return ALL

    @cached_property
    def set_aside(self) -> pl.DataFrame:
        """The work summaries of the parks that `only` did not take: `source_id, why, taken`; see `chosen.texts_of`."""
        return nothing_aside()

    @cached_property
    def all_years(self: T) -> T:
        """The study of the same parks with their texts of all years, as a series shows them."""
        if self.origin is None or self.set_aside.is_empty():
            return self
        return self.origin.only(",".join(self.parks["park_id"]))

    @cached_property
    def one_a_year(self) -> frozenset[str]:
        """Its texts without those that another one of the same park and year stands for."""
        return frozenset(texts_of(self.sources, ALL)[0])

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that the work summaries end in, from the first."""
        return years_of(self.rows("sources", kind="work_summary"))

    def one(self: T, park: str) -> T:
        """The study of `only` one park; of the first core park for an empty text."""
        return self.only(park or self.first)

    @property
    def first(self) -> str:
        """The first core park, of which a page is that is about one park and is told none; empty where there is none."""
        return next(iter(self.park_ids()), "")

    def within(self: T, parks: str = "", year: str = ALL) -> T:
        """The study of `only` the parks that are listed; for an empty text of all, parks of context included."""
        every = ",".join(self.parks["park_id"])
        return self._chosen(parks if parks.strip() else every, str(year), bool(parks.strip()))

    def park_ids(self, role: str = "core") -> list[str]:
        """The parks of a role, in the order of the table."""
        return [row["park_id"] for row in self.rows("parks", role=role)]


def load(folder: str | Path | None, kind: type[T]) -> T:
    """The study of the shipped dataset, or of `folder` laid over it.

    A table that `folder` holds takes the place of the shipped one; a table it lacks is the shipped one; `kind` is the class
    of what is given. Raises `DataFolderError` if the folder is missing or holds no table; faulty rows are set apart.
    """
    files = folders.files(folder)
    paths = {name: files[f"{name}.csv"] for name in TABLES if name not in KEPT}
    digest = _hash(files)
    own = Path(folder) if folder else shipped_folder()
    version, created = edition(own, [path for path in files.values() if path.parent == own])
    tables = {name: read(name, path) for name, path in paths.items()}
    for name in OPTIONAL:
        for column, (parent, key) in FOREIGN_KEYS[name].items():
            if paths[name].parent == shipped_folder() != paths[parent].parent:
                fitting = tables[name].frame.join(tables[parent].frame, left_on=column, right_on=key, how="semi")
                tables[name] = replace(tables[name], frame=fitting)
    ours = [name for name, path in paths.items() if path.parent == shipped_folder()]
    lost = {Path(one.expected).stem for one in folders.astray(folder)}
    check_together(tables, ours if len(ours) < len(paths) else (), lost)
    called, more = about.read(files[about.FILE]) if about.FILE in files else (about.About(), [])
    of_tables = [fault for cells in tables.values() for fault in cells.faults]
    more += folders.misnamed(folder)
    sound, faulty = _set_apart(tables, sorted({*more, *of_tables}))
    kept = {name: read(name, files.get(f"{name}.csv")) for name in KEPT}
    sound |= {name: cells.sound for name, cells in kept.items()}
    proofs = sound[VERIFIED]
    sound[VERIFIED] = proofs.join(sound["observations"], on="observation_id", how="semi")
    frames = {name: frame.drop(LINE).with_columns(_typed(name)) for name, frame in sound.items()}
    frames["observations"] = _normalised(frames)
    others = {
        name: as_rows(read(name, shipped_folder() / f"{name}.csv").frame) for name in unusual.BESIDE if name not in ours
    }
    found = unusual.look(tables, others, {**frames, VERIFIED: proofs}, folder)
    warnings, acknowledged = unusual.hold(found, kept[ACCEPTED], tables, of_tables)
    warnings = () if lost & {*TABLES} else warnings  # of a study without one of its tables; the fault is said first
    beside = [fault for cells in kept.values() for fault in cells.faults]
    faults = sorted({*more, *beside, *of_tables}, key=lambda one: (one.line > 0, one))  # causes of a whole file first
    frames[ACCEPTED] = kept[ACCEPTED].sound.drop(LINE).with_columns(_typed(ACCEPTED))
    frames["reference"] = frames["reference"].with_columns(printed=sound["reference"]["value"])  # with its digits
    parks = tuple(frames["parks"]["park_id"])
    return kind(
        **frames, recorded=sound["observations"].drop(LINE), faulty=faulty, faults=tuple(faults), warnings=warnings,
        acknowledged=acknowledged, about=called, files=files, data_hash=digest, version=version, created=created, all_parks=parks,
    )  # fmt: skip


def identity(folder: str | Path | None) -> str:
    """A hash of everything that `load` makes a study of: the bytes of the files, and where they are. Raises `DataFolderError`."""
    files = folders.files(folder)
    where = [*map(str, files.values()), *map(str, folders.strangers(folder) if folder else ())]
    return hashlib.sha256(f"{_hash(files)}{where}".encode()).hexdigest()


def _hash(files: Mapping[str, Path]) -> str:
    raw = b"".join(b"%s\0%s\0" % (name.encode(), files[name].read_bytes()) for name in sorted(files))
    return hashlib.sha256(raw).hexdigest()


def _set_apart(tables: dict[str, Cells], faults: list[Fault]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The sound rows of each table, and the others with the reason: a fault of theirs, or of a row they hang on."""
    sound: dict[str, pl.DataFrame] = {}
    faulty: list[tuple[str, int, str | None, str]] = []
    for name, cells in tables.items():  # a table comes after those that its rows hang on
        reasons: dict[int, str] = {}
        for fault in faults:
            if fault.file == cells.file:
                reasons.setdefault(fault.line, ": ".join(filter(None, (fault.column, fault.message))))
        for column, (parent, key) in FOREIGN_KEYS.get(name, {}).items():
            if cells.frame[column].null_count() == 0 and distinct(cells.frame[column]) <= distinct(sound[parent][key]):
                continue
            hanging = cells.frame.join(sound[parent], left_on=column, right_on=key, how="anti", maintain_order="left")
            for line, cell in hanging.select(LINE, column).iter_rows():
                reasons.setdefault(line, f"{column}: {cell!r} is itself set apart or unknown")
        sound[name] = cells.frame.filter(~pl.col(LINE).is_in(list(reasons)))
        keys = dict(cells.frame[:, :2].iter_rows())
        faulty += [(name, line, keys.get(line), reason) for line, reason in sorted(reasons.items())]
    schema = {"table": pl.String, "line": pl.Int64, "key": pl.String, "reason": pl.String}
    return sound, pl.DataFrame(faulty, schema, orient="row")


_TYPED: dict[str, Callable[[pl.Expr], pl.Expr]] = {  # text cells to what their column declares
    "date": lambda cell: cell.str.to_date("%Y-%m-%d"),
    "boolean": lambda cell: cell == "true",
    "number": lambda cell: cell.cast(pl.Float64),
    "list": lambda cell: cell.fill_null("").str.split(";").list.eval(pl.element().filter(pl.element() != "")),
}


@cache
def _typed(name: str) -> list[pl.Expr]:
    """The cells of a table as dates, booleans, numbers, lists and enumerations: those that are not text as they stand."""
    found = []
    for key, column in columns(name).items():
        meta = column.metadata or {}
        if meta["type"] == "string" and "values" in meta:
            found.append(pl.col(key).cast(pl.Enum(list(meta["values"]))))
        elif meta["type"] != "string":
            found.append(_TYPED[meta["type"]](pl.col(key)))
    return found


def _normalised(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The observations with their figures in numbers, and what their sources say of them."""
    units = dict(frames["indicators"].select("indicator", "unit").iter_rows())
    printed = frames["observations"].select("reported_figure", "transformation", "indicator").iter_rows()
    figures = (normal_quantity(figure, transformation, units[name]) for figure, transformation, name in printed)
    numbers = pl.DataFrame(
        [
            (None if q.value is None else float(q.value), float(q.low), float(q.high), q.unit, q.significant)
            for q in figures
        ],
        {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "unit": pl.Enum(UNITS), "significant": pl.Int64},
        orient="row",
    )
    sources = frames["sources"].select("source_id", "park_id", "kind", "grade")
    joined = pl.concat([frames["observations"], numbers], how="horizontal")
    return joined.join(sources, on="source_id", how="left", maintain_order="left").with_columns(_seen_by_rule())


def _seen_by_rule() -> pl.Expr:
    """`caveats` with `coarse_figure` added where the digits say so, so that no coder has to count them (method, R6)."""
    coarse = (pl.col("significant") <= 2) & ~pl.col("unit").is_in(WHOLE) & (pl.col("bound") != "range")
    with_coarse = pl.concat_list("caveats", pl.lit("coarse_figure")).list.unique().list.sort()
    return pl.when(coarse).then(with_coarse).otherwise(pl.col("caveats")).alias("caveats")
