"""The kernel of a page: its sockets fit wherever the folder for temporary files is, and nobody else listens."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from trial_pages import texts, written

from parkstudy import scratch
from parkstudy.report import execute as module
from parkstudy.report.environment import environment, fits, temporary
from parkstudy.report.execute import execute
from parkstudy.report.kernel import Manager, transport, versions


@pytest.fixture
def deep(tmp_path: Path) -> str:
    """A folder whose path is too long for the address of a socket."""
    folder = tmp_path / ("d" * 60) / ("e" * 60)
    folder.mkdir(parents=True)
    assert not fits(str(folder))
    return str(folder)


def test_a_folder_too_deep_for_sockets_is_not_the_one_for_temporary_files(
    deep: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", deep)
    folder = temporary()
    try:
        assert fits(folder)
        assert transport(folder)["transport"] == ("tcp" if sys.platform == "win32" else "ipc")
    finally:
        scratch.remove(folder)


@pytest.mark.slow
def test_where_no_folder_is_short_enough_the_kernel_is_spoken_to_in_cipher(
    deep: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, str, bool]] = []

    class Told(Manager):
        async def end(self) -> None:
            said.append((self.transport, self.ip, bool(self.curve_secretkey)))
            await super().end()

    monkeypatch.setattr(module, "Manager", Told)
    monkeypatch.setattr(module, "temporary", lambda: deep)
    executed, told = execute(written(tmp_path, "page", "given", "print('a')"), {"given": "x"}, timeout=60)
    assert said == [("tcp", "127.0.0.1", True)]
    assert texts(executed) == ["'x'", "a\n"]
    assert told["libraries"] == versions()
    assert not Path(deep).exists()


def test_the_environment_of_a_page_has_nothing_that_would_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = (
        "MATPLOTLIBRC",
        "POLARS_FMT_MAX_ROWS",
        "JUPYTER_PATH",
        "IPYTHONDIR",
        "PYTHONSTARTUP",
        "LC_ALL",
        "TZ",
        "TMPDIR",
    )
    for name in foreign:
        monkeypatch.setenv(name, "of the user")
    monkeypatch.setenv("MPLCONFIGDIR", "a cache of fonts")
    found = environment("/short")
    assert [name for name in foreign if found.get(name) == "of the user"] == []
    assert (found["TMPDIR"], found["MPLCONFIGDIR"]) == ("/short", "a cache of fonts")


def test_a_kernel_has_its_folder_within_that_of_the_run(deep: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (tempfile.gettempdir(), deep):
        monkeypatch.setattr(tempfile, "tempdir", place)
        run = temporary(24)
        try:
            page = Path(run, "123456789")
            page.mkdir()
            monkeypatch.setattr(tempfile, "tempdir", str(page))
            kernel = temporary()
            assert (Path(kernel).parent, fits(kernel)) == (page, True)
        finally:
            scratch.remove(run)
