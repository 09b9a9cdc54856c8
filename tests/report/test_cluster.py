"""The same pages from a Dask cluster: a real scheduler with two worker processes, one of which may die."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parkstudy.__main__ import main
from parkstudy.report.cluster import Cluster, ClusterError

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
PAGES = ["60-park-profile", "70-figures", "--lang", "all"]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler, and its two workers."""
    quiet = {"stdout": subprocess.DEVNULL, "cwd": tmp_path}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    scheduler = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **quiet)  # type: ignore[call-overload]
    assert scheduler.stderr
    address = next(
        found[1] for line in scheduler.stderr if (found := re.search(r"(tcp://127\.0\.0\.1:\d+|tcp://\S+:\d+)", line))
    )
    work = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
    ]
    workers = [subprocess.Popen(work, stderr=subprocess.DEVNULL, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
    scheduler.stderr.close()


def built(out: Path) -> dict[str, bytes]:
    """Everything in a folder but what is only for the next build."""
    made = (path for path in out.rglob("*") if path.is_file() and ".built" not in path.parts)
    return {str(path.relative_to(out)): path.read_bytes() for path in made}


@pytest.mark.thorough
def test_a_cluster_makes_the_same_bytes_and_a_dying_worker_loses_one_page_at_most(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    address, workers = cluster
    assert main(["report", *PAGES, "--out", str(tmp_path / "here")]) == 0
    run = subprocess.Popen(
        [sys.executable, "-m", "parkstudy", "report", *PAGES, "--out", str(tmp_path / "there"), "--cluster", address]
    )
    late = time.monotonic() + 120
    while not list((tmp_path / "there").glob("*.html")) and time.monotonic() < late:
        time.sleep(0.05)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert run.wait(300) in (0, 1)
    assert len(list((tmp_path / "there").glob("[0-9]*.html"))) >= 3
    assert main(["report", *PAGES, "--out", str(tmp_path / "there"), "--cluster", address]) == 0
    assert built(tmp_path / "there") == built(tmp_path / "here")


def test_where_nobody_answers_this_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"^--cluster tcp://127\.0\.0\.1:9: no scheduler answers there"):
        next(Cluster("tcp://127.0.0.1:9", patience=1).run([]))


def test_without_the_extra_this_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"^--cluster needs distributed; run: pip install 'parkstudy\[cluster\]'$"):
        next(Cluster("tcp://127.0.0.1:9").run([]))
