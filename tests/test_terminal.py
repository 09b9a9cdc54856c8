"""What a command says on any terminal: in the signs that it has, to whoever listens, until somebody stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from parkstudy.__main__ import main
from parkstudy.report.environment import at_home
from parkstudy.terminal import Stopped, serve, speaking, stoppable

AUDIT = [sys.executable, "-m", "parkstudy", "audit"]


def said(**variables: str) -> subprocess.CompletedProcess[bytes]:
    """What an audit says with other settings."""
    return subprocess.run(AUDIT, env={**os.environ, **variables}, capture_output=True, check=True)


@pytest.mark.parametrize(
    ("settings", "encoding", "shown"),
    [
        ({"PYTHONIOENCODING": "gbk"}, "gbk", "调增至 6.99 km2 and 规划用地 6990亩"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0"}, "ascii", "\\u8c03\\u589e\\u81f3 6.99 km2 and", marks=pytest.mark.slow
        ),
        pytest.param({"PYTHONIOENCODING": "ascii:replace"}, "ascii", "??? 6.99 km? and", marks=pytest.mark.thorough),
    ],
)
def test_an_audit_says_every_line_in_the_signs_of_any_terminal(
    settings: dict[str, str], encoding: str, shown: str
) -> None:
    lines = said(**settings).stdout.decode(encoding).splitlines()
    assert len(lines) == 23
    assert [line for line in lines if shown in line] != []


@pytest.mark.slow
def test_a_file_is_written_and_the_status_is_its_own_though_nobody_listens(tmp_path: Path) -> None:
    file = tmp_path / "found.csv"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*AUDIT, "--csv", str(file)], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"parkstudy: data: the shipped tables\n")
    assert file.read_text("utf-8-sig").count("\n") > 40


@pytest.mark.slow
def test_what_cannot_be_written_is_said_and_is_no_success() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*AUDIT], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "parkstudy: not all that was to be said could be written: No space left on device"
    )


def test_a_stream_that_is_closed_is_no_trouble(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with speaking() as unsaid:
        print("heard by nobody", file=sys.stderr)
        assert not sys.stderr.isatty()
    assert (sys.stderr, unsaid) == (None, [])


def test_nothing_from_a_file_or_an_argument_steers_the_terminal() -> None:
    name = "a\x1b[31m\u202eb\x07\x9b"
    done = subprocess.run(
        [sys.executable, "-m", "parkstudy", "check", "--data", name],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "\\x1b[31m\\u202eb\\x07\\x9b" in done.stderr
    assert {"\x1b", "\u202e", "\x07", "\x9b"} & set(done.stderr) == set()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_that_asks_for_the_end_stops_as_the_keys_do(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    with pytest.raises(Stopped) as stop, stoppable():
        os.kill(os.getpid(), number)
    assert stop.value.number == number
    assert signal.getsignal(number) == before


def test_a_terminal_that_is_to_be_outlived_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with stoppable():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_command_that_is_stopped_says_so_and_has_the_status_of_the_signal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stops(_: object) -> None:
        raise Stopped(15)

    monkeypatch.setattr("parkstudy.load", stops)
    assert main(["check"]) == 143
    assert capsys.readouterr().err.splitlines()[-1] == "parkstudy: stopped"


def test_a_program_that_is_served_ends_with_the_command_and_in_order(tmp_path: Path) -> None:
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    code = f"""
import os, pathlib, signal, sys, time
def end(*_):
    pathlib.Path({str(ended)!r}).touch()
    sys.exit()
signal.signal(signal.SIGTERM, end)
pathlib.Path({str(begun)!r}).touch()
os.kill(os.getppid(), signal.SIGTERM)
time.sleep(60)
"""
    with pytest.raises(Stopped), stoppable():
        serve([sys.executable, "-c", code], {})
    assert (begun.exists(), ended.exists()) == (True, True)


def test_the_status_of_a_program_that_is_served_is_its_own() -> None:
    assert serve([sys.executable, "-c", "import os, sys; sys.exit(int(os.environ['ASKED']))"], {"ASKED": "3"}) == 3


def test_where_no_home_can_be_written_to_a_jupyterlab_has_one_until_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    with at_home() as variables:
        assert variables == {}
    (tmp_path / "file").touch()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "file" / "config"))  # where nobody can make a folder
    with at_home() as variables:
        assert variables.pop("JUPYTER_CONFIG_PATH").split(os.pathsep)[0] == str(tmp_path / "file" / "config")
        (folder,) = {Path(path).parent for path in variables.values()}
        assert folder.is_dir()
    assert not folder.exists()
    assert capsys.readouterr().err == (
        "parkstudy: no home that can be written to; settings and trust of this JupyterLab last until it ends\n"
    )
