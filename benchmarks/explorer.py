"""The explorer in the kernel, without a browser: `python benchmarks/explorer.py [--views N] [--changes N] [PARKS ...]`.

a  from an act to all that is sent for it, against drawing that one figure alone: unseen views in random order, nothing kept
b  the same act once more, with what is kept: milliseconds
c  the memory of the process after every hundred of many changes: the first hundred load what is loaded once
d  a new process to its first answer: seconds of the clock, and of the processor

(a) takes turns, each measure having been asked once of other parks, so that a busy machine is busy for both; both are seconds of the
processor, as other work on the machine would be in one and not in the other. Drawing alone is selecting, wording and drawing the
figure of a study that was chosen before; the data are opened as `explore` opens them. The words of a figure are measured once in a
process, and whoever draws it first pays for them: with every view the other side is first, so that each pays for them half of the time.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from many_parks import make

from parkstudy.explorer.acts import HANDLERS
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import Opened, lasting, opened
from parkstudy.explorer.room import WIDTH
from parkstudy.explorer.session import Session
from parkstudy.show.asked import asked_of, known
from parkstudy.show.catalogue import CATALOGUE

SIZES = ("30", "100", "1000")
CHOSEN = (1, 2, 2, 2, 3, 3, 4, 5, 6, 8)  # parks that a reader chooses: mostly few
_FIRST = """
import time
began = time.perf_counter()
from parkstudy.explorer import explore
assert explore(data={folder!r}).panels["view"]["html"]
print(time.perf_counter() - began, time.process_time())
"""


def views(data: Opened, count: int, seed: int = 1) -> list[dict[str, str]]:
    """So many choices in random order: any measure of the study, few parks of all, what acts on it; every tenth in Chinese."""
    held, rng = data.held, random.Random(seed)
    parks, asked = held.study.park_ids(), [one for one in asked_of(held.study).values() if one.measure]
    found = []
    for place in range(count):
        one = rng.choice(asked)
        choice = {
            "measure": one.key,
            "parks": ",".join(rng.sample(parks, min(rng.choice(CHOSEN), len(parks)))),
            "lang": "en" if place % 10 else "zh",
        }
        choice |= {"basis": rng.choice(("reported", "annualised"))} if "basis" in one.obeys else {}
        choice |= {"price": rng.choice(("nominal", "real"))} if "price" in one.obeys else {}
        found.append(choice)
    return found


def act(session: Session, choice: dict[str, str]) -> tuple[float, float, dict[str, Any]]:
    """Seconds of the processor and of the clock from an act to its reply, and the view that came out."""
    began, clock = time.process_time(), time.perf_counter()
    reply = session.act({"do": "set", "choice": choice})
    spent = time.process_time() - began, time.perf_counter() - clock
    if reply["error"]:
        sys.exit(f"{choice}: {reply['error']}")
    return *spent, session.panel("view") if "view" in reply["panels"] else {}


def alone(data: Opened, choice: Choice) -> float:
    """Seconds of the processor that selecting, wording and drawing its figure takes alone; 0 where it has no rows."""
    held, asked = data.held, known(data.held.study, choice.measure)
    study = held.chosen(choice.parks, choice.year)
    view, entry = held.view(study, choice.lang), CATALOGUE[asked.entry]
    given = {**asked.given, **{name: getattr(choice, name) for name in entry.obeys}}
    began = time.process_time()
    form, selected = entry.chosen(view, given)  # type: ignore[attr-defined]
    body, _ = form.alone(view, selected, given, WIDTH)
    return time.process_time() - began if body else 0.0


def drawn(data: Opened, count: int) -> tuple[list[float], list[float], list[float]]:
    """(a) Of each view whose figure has rows, both sides, in turns the first, and how long the reader waits, in seconds."""
    data.held.keeps = False
    session, ours, theirs, waited = Session(data, Choice()), [], [], []
    session.act({"do": "start"})
    for choice in {one["measure"]: one for one in views(data, 200, seed=4)}.values():
        act(session, choice)  # what is made once of each measure, fonts and templates are there
    for place, choice in enumerate(views(data, count)):
        figure = alone(data, HANDLERS["set"](session.state, {"choice": choice}).choice) if place % 2 else 0.0
        spent, clock, view = act(session, choice)
        figure = figure or alone(data, session.state.choice)
        if figure and view.get("tab") == "figure":
            ours.append(spent)
            theirs.append(figure)
            waited.append(clock)
    data.held.keeps = True
    return ours, theirs, waited


def seen(data: Opened, count: int) -> list[float]:
    """(b) Seconds of an act whose view was seen before."""
    session, few = Session(data, Choice()), views(data, count, seed=2)
    session.act({"do": "start"})
    for choice in few:
        act(session, choice)
    return [act(session, choice)[1] for choice in few]


def memory() -> float:
    """Megabytes that the process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def changes(data: Opened, count: int) -> list[float]:
    """(c) Megabytes before any change, and after every hundred of them."""
    session = Session(data, Choice())
    session.act({"do": "start"})
    found = [memory()]
    for place, choice in enumerate(views(data, count, seed=3), 1):
        act(session, choice)
        if not place % 100:
            found.append(memory())
    return found


def first(folder: str) -> tuple[float, float]:
    """(d) Seconds of the clock from the start of the import in a new process to the first answer, and of the processor."""
    done = subprocess.run(
        [sys.executable, "-c", _FIRST.format(folder=folder)], capture_output=True, text=True, check=True
    )
    clock, processor = map(float, done.stdout.split())
    return clock, processor


def _ready(folder: str) -> Opened:
    """Data with what is made of them once, as `explore` has them when it has answered."""
    with lasting():
        data = opened(folder)
        Session(data, Choice()).act({"do": "start"})
    return data


def main() -> None:
    """Measure the sizes asked for, each as a line of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parks", nargs="*", default=SIZES)
    parser.add_argument("--views", type=int, default=60)
    parser.add_argument("--changes", type=int, default=500)
    asked = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    print(
        "| parks | view over drawing | 9 of 10 below | a view: ms | seen before: ms | MB, and each hundred later | first answer: s |"
    )
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        for size in asked.parks:
            folder = str(make(Path(work, size), int(size)))
            started, data = first(folder), _ready(folder)
            ours, theirs, waited = drawn(data, asked.views)
            ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
            again, held = seen(data, 20), changes(data, asked.changes)
            cells = [
                size, f"{median(ratios):.2f}", f"{ratios[int(0.9 * len(ratios))]:.2f}", f"{1000 * median(waited):.0f}",
                f"{1000 * median(again):.1f}", " ".join(f"{one:.0f}" for one in held), f"{started[0]:.1f} ({started[1]:.1f})",
            ]  # fmt: skip
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
