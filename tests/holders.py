"""A process of its own that holds a folder, until it is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDS = "import sys; from parkstudy import scratch; scratch.hold(sys.argv[1]); print(flush=True); sys.stdin.read()"


@contextmanager
def holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A living process that holds the folder, which is made; killed at the end, with the folder left as it is."""
    folder.mkdir(exist_ok=True)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", _HOLDS, str(folder)], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()
