"""The builder against the plain commands, side by side in one run, as ratios: `python benchmarks/build.py [--repeat N] [a b b10 c d]`.

a  a full build from nothing against `papermill` and `jupyter nbconvert` commands in sequence on the same notebooks
b  one more page in a batch of 50 profiles against the two commands for a profile
b10  the same where each park has the texts of ten years
c  a full build against an unchanged one
d  a page with one job against its cells' own time in one warm process

The two sides of a ratio take turns, so that a busy machine is busy for both; the median of the repeats counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from many_parks import make

from parkstudy.report.run import notebooks

BATCH, FEW = 50, 10
ENGLISH, CHINESE = notebooks("en"), notebooks("zh")


def seconds(work: Callable[[], object]) -> float:
    """The wall time of a piece of work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run(*command: str | Path) -> None:
    """Run a command quietly; one that fails stops the benchmark."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def report(out: Path, *more: str | Path) -> None:
    """Build pages into a folder."""
    run(sys.executable, "-m", "parkstudy", "report", "--out", out, *more)


def plain(folder: Path, path: Path, **parameters: str) -> None:
    """The two plain commands for a page: `papermill`, then `jupyter nbconvert`."""
    executed, given = folder / path.name, [part for name, value in parameters.items() for part in ("-p", name, value)]
    run(sys.executable, "-m", "papermill", "--no-progress-bar", path, executed, *given)
    run(sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", "--log-level", "ERROR", executed)


def profiles(of: Path) -> list[str]:
    """The ids of the core parks of a folder of tables."""
    rows = (of / "parks.csv").read_text(encoding="utf-8-sig").splitlines()
    return [row.split(",")[0] for row in rows[1:]]


def standard(folder: Path) -> list[Callable[[], None]]:
    """The two plain commands for each page of the standard build."""
    from parkstudy import load

    pages: list[Callable[[], None]] = []
    for known in (ENGLISH, CHINESE):
        for path in known.values():
            for park in load().park_ids() if path.stem == "60-park-profile" else [""]:
                given = {"park": park} if park else {}
                pages.append(lambda path=path, given=given: plain(folder, path, **given))  # type: ignore[misc]
    return pages


def full(repeat: int, work: Path) -> tuple[list[float], list[float]]:
    """(a) both sides, in seconds."""
    ours, theirs = [], []
    for turn in range(repeat):
        ours.append(seconds(lambda turn=turn: report(work / f"full-{turn}")))  # type: ignore[misc]
        theirs.append(sum(seconds(page) for page in standard(work)))
    return ours, theirs


def marginal(repeat: int, work: Path, years: int = 1) -> tuple[list[float], list[float]]:
    """(b) a page more in a batch, and the two commands for a page, in seconds; each park has a text for so many years."""
    data, few = make(work / "many", BATCH, years), make(work / "few", FEW, years)
    ours, theirs = [], []
    for turn in range(repeat):
        wall = {}
        for folder in (data, few):
            out = work / f"{folder.name}-{turn}"
            wall[folder] = seconds(
                lambda folder=folder, out=out: report(out, "60-park-profile", "--each", "park", "--data", folder)  # type: ignore[misc]
            )
        ours.append((wall[data] - wall[few]) / (BATCH - FEW))
        park = profiles(data)[turn]
        theirs.append(
            seconds(lambda park=park: plain(work, ENGLISH["60-park-profile"], park=park, data=str(data)))  # type: ignore[misc]
        )
    return ours, theirs


def unchanged(repeat: int, work: Path) -> tuple[list[float], list[float]]:
    """(c) an unchanged build and a full one, in seconds."""
    ours, theirs = [], []
    for turn in range(repeat):
        out = work / f"again-{turn}"
        theirs.append(seconds(lambda out=out: report(out)))  # type: ignore[misc]
        ours.append(seconds(lambda out=out: report(out)))  # type: ignore[misc]
    return ours, theirs


_WARM = """
import contextlib, io, json, sys, time
from IPython.core.interactiveshell import InteractiveShell

def cells(path):
    with open(path, encoding="utf-8") as file:
        return ["".join(c["source"]) for c in json.load(file)["cells"] if c["cell_type"] == "code"]

def run(path):
    shell = InteractiveShell()
    for source in cells(path):
        shell.run_cell(source).raise_error()  # which formats what the cell shows, as a kernel does

with contextlib.redirect_stdout(io.StringIO()):
    run(sys.argv[1])
    began = time.perf_counter()
    for path in sys.argv[1:]:
        run(path)
print(time.perf_counter() - began)
"""


def floor(repeat: int, work: Path) -> tuple[list[float], list[float]]:
    """(d) the pages of the English notebooks with one job, and their cells in one warm process, in seconds."""
    paths = [path for name, path in ENGLISH.items() if name != "90-explorer"]
    ours, theirs = [], []
    for turn in range(repeat):
        out, names = work / f"floor-{turn}", [path.stem for path in paths]
        every = seconds(lambda out=out, names=names: report(out, *names, "--jobs", "1"))  # type: ignore[misc]
        one = seconds(lambda out=out, names=names: report(out.with_suffix(".one"), names[0], "--jobs", "1"))  # type: ignore[misc]
        ours.append((every - one) * len(paths) / (len(paths) - 1))
        done = subprocess.run(
            [sys.executable, "-c", _WARM, *map(str, paths)], capture_output=True, text=True, check=True
        )
        theirs.append(float(done.stdout))
    return ours, theirs


KINDS = {
    "a": ("full build from nothing", "papermill + nbconvert, one after another", full, "how many times faster"),
    "b": ("one more profile in a batch", "papermill + nbconvert for a profile", marginal, "how many times faster"),
    "b10": (
        "one more profile of ten years in a batch",
        "papermill + nbconvert for a profile",
        partial(marginal, years=10),
        "how many times faster",
    ),
    "c": ("unchanged build", "full build", unchanged, "how many times faster"),
    "d": ("pages with one job", "their cells in one warm process", floor, "how many times longer"),
}


def main() -> None:
    """Print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=list(KINDS), metavar="KIND")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    print(f"{len(os.sched_getaffinity(0))} cores, Python {sys.version.split()[0]}, {options.repeat} turn(s), medians")
    for kind in options.kinds:
        ours_named, theirs_named, measure, what = KINDS[kind]
        with tempfile.TemporaryDirectory(prefix="parkstudy-bench-") as work:
            ours, theirs = measure(options.repeat, Path(work))
        ratios = [theirs_one / ours_one for ours_one, theirs_one in zip(ours, theirs, strict=True)]
        ratios = [1 / ratio for ratio in ratios] if kind == "d" else ratios
        middle = [statistics.median(values) for values in (ours, theirs, ratios)]
        print(
            f"{kind}  {ours_named} {middle[0]:.2f} s; {theirs_named} {middle[1]:.2f} s; {what}: {middle[2]:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
