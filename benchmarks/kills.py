"""Builds killed at random moments: what a reader finds then, what the next command makes of it, and what is left lying about.

    python benchmarks/kills.py [--kills 25] [--seed 1] [--folder DIR]

A folder holds the pages of one state of the data. A build with another state is killed, by turns the command alone and all of its
processes, at a moment drawn between its start and its usual end. Then the folder is looked at as it lies; then another command runs,
by turns `--index` and the pages of another notebook; then the same build again, which must end with the bytes of a build that nobody
killed. Printed is how often each went wrong; a line of zeros is what is asked for.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

NOTEBOOKS = ["10-coverage", "20-growth"]
OTHER = "70-figures"


def command(out: Path, data: Path, *more: str) -> list[str]:
    """A build of English pages into a folder."""
    options = ["--jobs", "1", "--lang", "en", "--out", str(out), "--data", str(data)]
    return [sys.executable, "-m", "parkstudy", "report", *more, *options]


def run(call: list[str], temporary: Path) -> float:
    """Run a command to its end; gives its seconds."""
    began = time.monotonic()
    done = subprocess.run(call, env=around(temporary), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(call)}\n{done.stderr}")
    return time.monotonic() - began


def around(temporary: Path) -> dict[str, str]:
    """The environment, with a folder of its own for what is temporary."""
    return {**os.environ, "TMPDIR": str(temporary)}


def kill(call: list[str], temporary: Path, after: float, everything: bool) -> bool:
    """Start a command and kill it after some seconds, alone or with all of its processes; False where it had ended before."""
    process = subprocess.Popen(
        call, env=around(temporary), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    if process.poll() is not None:
        return False
    caught = family(process.pid) if everything else [process.pid]
    for number in (signal.SIGSTOP, signal.SIGKILL):  # none may tidy up after another
        for pid in caught:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
    process.wait()
    time.sleep(3)  # for those that outlive it to end
    return True


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, own in pairs if own == parent]
    return found


def manifest(out: Path) -> dict[str, str]:
    """The pages of the manifest and the hash that each should have."""
    found = json.loads((out / "manifest.json").read_text("utf-8"))
    return {page["file"]: page["sha256"] for page in found["pages"]}


def wrong(out: Path) -> list[str]:
    """What a reader of the folder would be told that is not so."""
    listed = manifest(out)
    pages = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("[0-9]*.html")}
    index = (out / "index.html").read_text("utf-8")
    linked = set(re.findall(r'href="(\d\d-[^"#]*\.html)', index))
    unfinished = "unfinished" in json.loads((out / "manifest.json").read_text("utf-8"))
    said = 'class="unfinished"' in index
    return [
        *(["a hash of the manifest"] if any(pages.get(name) != digest for name, digest in listed.items()) else []),
        *(["a page that the manifest does not list"] if not unfinished and set(pages) - set(listed) else []),
        *(["a link of the index to nothing"] if linked - set(pages) else []),
        *(["a page that the index does not list"] if not said and set(pages) - linked else []),
    ]


def left(out: Path, temporary: Path) -> list[str]:
    """What is temporary, in the folder of the pages and beside."""
    own = [*out.glob(".parts*"), *out.rglob(".*.part"), *temporary.iterdir()]
    return [path.name for path in own]


def bytes_of(out: Path) -> dict[str, bytes]:
    """The files that a reader gets."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def states(folder: Path) -> list[Path]:
    """Two states of the data of the six parks of the tests: one figure differs."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from foreign_parks import foreign

    made = [folder / "before", folder / "now"]
    for one in made:
        one.mkdir()
        foreign(one)
    rows = made[1] / "observations.csv"
    text = rows.read_text("utf-8")
    figure = re.search(r"(\d+\.\d)%", text)
    assert figure
    rows.write_text(text.replace(figure[0], f"{float(figure[1]) + 0.1:.1f}%", 1), "utf-8")
    return made


def main() -> None:
    """Kill, look, go on, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("kills"))
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    folder = options.folder.resolve()
    folder.mkdir(parents=True)
    before, now = states(folder)
    temporary, drawn = folder / "t", random.Random(options.seed)
    temporary.mkdir()
    start, whole, out = folder / "start", folder / "whole", folder / "out"
    run(command(start, before, *NOTEBOOKS), temporary)
    shutil.copytree(start, whole)
    usual = run(command(whole, now, *NOTEBOOKS), temporary)
    print(f"{usual:.1f} s a build, left by one that ends: {left(whole, temporary) or 'nothing'}", flush=True)
    found: Counter[str] = Counter()
    for number in range(options.kills):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(start, out)
        for path in temporary.iterdir():
            shutil.rmtree(path)
        after = drawn.uniform(0, usual)
        killed = kill(command(out, now, *NOTEBOOKS), temporary, after, everything=number % 2 == 1)
        found["killed"] += killed
        seen = [f"after the kill: {what}" for what in wrong(out)]
        seen += ["after the kill: left"] if left(out, temporary) else []
        run(command(out, now, *(["--index"] if number // 2 % 2 else [OTHER])), temporary)
        seen += [f"after another command: {what}" for what in wrong(out)]
        seen += ["after another command: left"] if left(out, temporary) else []
        run(command(out, now, *NOTEBOOKS), temporary)
        for path in out.glob(f"{OTHER}.*"):
            path.unlink()
        (out / ".built" / f"{OTHER}.json").unlink(missing_ok=True)
        run(command(out, now, "--index"), temporary)
        seen += ["after the same command: other bytes"] if bytes_of(out) != bytes_of(whole) else []
        seen += ["after the same command: left"] if left(out, temporary) else []
        found.update(seen)
        print(
            f"{number + 1}. {after:.1f} s, {'all' if number % 2 else 'one'}: {'; '.join(seen) or 'right'}", flush=True
        )
    for what, count in sorted(found.items()):
        print(f"{count:3} {what}")


if __name__ == "__main__":
    main()
