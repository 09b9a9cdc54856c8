"""How the time of each stage grows with the parks: seconds, and times a bare polars read of the same files.

`python benchmarks/scale.py [PARKS[xYEARS] ...]` prints a Markdown table; by default for 100, 1,000 and 2,500 parks of one text each,
and for 100 parks with a text for each of ten years.
Every repeat loads the study again, with no figure parsed yet; the median of the repeats counts. Seconds are of the processor,
so that other work on the machine counts for little; the read is mostly of one thread, as the stages are. The garbage collector
looks as often as in the commands of parkstudy.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import polars as pl
from many_parks import make

from parkstudy.__main__ import collect_less
from parkstudy.method import audit, growth, land, tax
from parkstudy.method.measures import frame
from parkstudy.method.study import MEASURES, Study, load
from parkstudy.record.interval import exact
from parkstudy.record.quantities import normal_quantity, parse
from parkstudy.show.select import series

SIZES = ("100", "100x10", "1000", "2500")
REPEATS = 3
BARE = "bare read"


def timed(seconds: dict[str, list[float]], stage: str, run: Callable[[], Any]) -> Any:
    """What `run` gives, its seconds kept under the stage."""
    gc.collect()
    start = process_time()
    found = run()
    seconds.setdefault(stage, []).append(process_time() - start)
    return found


def once(folder: Path, seconds: dict[str, list[float]]) -> int:
    """Every stage on the study in a folder; the number of its figures."""
    for kept in (parse, normal_quantity, exact):
        kept.cache_clear()
    study = timed(seconds, "load and check", lambda: load(folder).require_faultless())
    files = [path for path in study.files.values() if path.suffix == ".csv"]
    for _ in range(5):
        timed(seconds, BARE, lambda: [pl.read_csv(path, infer_schema=False) for path in files])
    findings = timed(seconds, "audit", lambda: study.findings)
    measured(audit.carried(study, findings), seconds)
    park = study.park_ids()[0]
    timed(seconds, "one park with all", lambda: study.compare.rows(left=park))
    assert study.measures.height
    timed(seconds, "years of all parks", lambda: series.of_parks(study))
    return study.observations.height


def measured(study: Study, seconds: dict[str, list[float]]) -> None:
    """The measures of a study, group by group."""
    rows = [
        *timed(seconds, "growth", lambda: growth.rows(study)),
        *timed(seconds, "tax", lambda: tax.rows(study)),
        *timed(seconds, "land", lambda: land.rows(study)),
    ]
    timed(seconds, "table of measures", lambda: frame(rows, MEASURES))


def main(sizes: Iterable[str]) -> None:
    """Print the table."""
    collect_less()
    columns: dict[str, dict[str, float]] = {}
    texts, figures = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        once(make(Path(folder, "warm"), 5), {})
        for size in sizes:
            parks, years = (int(number) for number in f"{size}x1".split("x")[:2])
            made, seconds = make(Path(folder, size), parks, years), dict[str, list[float]]()
            name = f"{parks:,} parks" + (f" of {years} years" if years > 1 else "")
            for _ in range(REPEATS):
                figures[name] = once(made, seconds)
            columns[name], texts[name] = {stage: median(found) for stage, found in seconds.items()}, parks * years
    first, *_, last = columns
    head = [f"{name}: s | ratio" for name in columns]
    print("|".join(["", " stage ", *(f" {cell} " for cell in head), f" times {first} ", ""]))
    print("|---" * (2 + 2 * len(columns)) + "|")
    for stage in sorted(columns[first], key=lambda stage: stage != BARE):
        cells = [f"{found[stage]:.3f} | {found[stage] / found[BARE]:.0f}" for found in columns.values()]
        print(f"| {stage} | {' | '.join(cells)} | {columns[last][stage] / columns[first][stage]:.0f} |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\ntexts times {texts[last] / texts[first]:.0f}; figures {', '.join(f'{n:,}' for n in figures.values())}; peak {memory:,.0f} MB;"
    )
    print(f"median of {REPEATS}; Python {platform.python_version()}, polars {pl.__version__}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main(sys.argv[1:] or SIZES)
