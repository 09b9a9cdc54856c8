"""Scratch folders: held while a process lives, swept when it is dead, and nobody else's touched."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from holders import holding

from parkstudy import scratch


def left_by_a_kill(place: Path) -> Path:
    """A temporary folder whose process was killed."""
    code = "import os, sys; from parkstudy import scratch; print(scratch.temporary(sys.argv[1]), flush=True); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=False)
    assert done.returncode == -9
    return Path(done.stdout.strip())


def test_a_temporary_folder_of_a_dead_process_is_swept_and_one_of_a_living_process_is_not(tmp_path: Path) -> None:
    dead, own = left_by_a_kill(tmp_path), Path(scratch.temporary(str(tmp_path)))
    (dead / "inside").write_text("something", "utf-8")
    held = tmp_path / "park-held"
    with holding(held):
        (held / ".parkstudy").touch()
        scratch.sweep_temporary([str(tmp_path)])
        assert sorted(tmp_path.iterdir()) == sorted([own, held])
        scratch.remove(own)
    scratch.sweep_temporary([str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_what_only_has_such_a_name_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".parkstudy").touch()
    (tmp_path / "park-link").symlink_to(elsewhere)
    (tmp_path / "park-file").write_text("a file", "utf-8")
    (tmp_path / "park-full").mkdir()
    (tmp_path / "park-full" / "file").write_text("of somebody", "utf-8")
    (tmp_path / "park-pictures").mkdir()  # empty, old, and named as a temporary folder of ours might be
    os.utime(tmp_path / "park-pictures", (0, 0))
    os.utime(tmp_path / "park-full", (0, 0))
    scratch.sweep_temporary([str(tmp_path)])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "elsewhere", "park-file", "park-full", "park-link", "park-pictures",
    ]  # fmt: skip


def test_a_fork_goes_on_holding(tmp_path: Path) -> None:
    folder = tmp_path / "held"
    folder.mkdir()
    code = (
        "import os, sys; from parkstudy import scratch; scratch.hold(sys.argv[1])\n"
        "if os.fork(): os._exit(0)\n"
        "print(flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        process.wait()
        assert scratch.held(folder)
    late = time.monotonic() + 30
    while scratch.held(folder):  # the fork ends with its input
        assert time.monotonic() < late


def test_without_locks_the_name_of_a_folder_says_whose_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "fcntl", None)
    monkeypatch.setattr("socket.gethostname", lambda: "here")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = [f".parts-here-{gone.pid}", f".parts-here-{os.getpid()}", f".parts-there-{gone.pid}", ".parts-here-x"]
    for name in names:
        (tmp_path / name).mkdir()
    scratch.sweep(tmp_path / name for name in names)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])
    with scratch.locked(tmp_path):
        assert not scratch.held(tmp_path / names[0])


def test_only_one_process_is_in_a_locked_folder_and_it_may_enter_again(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from parkstudy import scratch\n"
        "with scratch.locked(Path(sys.argv[1])): print('in', flush=True)"
    )
    with scratch.locked(tmp_path), scratch.locked(tmp_path):
        other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)
    assert other.communicate(timeout=30)[0] == "in\n"


def test_a_file_with_the_longest_name_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    for content in ("one", b"two"):
        scratch.write(path, content)
    assert path.read_bytes() == b"two"
    assert [*tmp_path.iterdir()] == [path]


def test_a_folder_that_is_not_there_is_locked_by_nobody(tmp_path: Path) -> None:
    with scratch.locked(tmp_path / "none"):
        assert not (tmp_path / "none").exists()


def test_an_interrupt_while_a_lock_is_waited_for_leaves_it_to_be_taken_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(scratch, "_wait", interrupted)
        with pytest.raises(KeyboardInterrupt), scratch.locked(tmp_path):
            pass
    assert not scratch.held(tmp_path)
    with scratch.locked(tmp_path):
        assert scratch.held(tmp_path)


def test_a_lock_that_another_does_not_leave_in_time_is_not_waited_for_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scratch, "_PATIENCE", 0)
    with holding(tmp_path), scratch.locked(tmp_path):
        pass
    assert capsys.readouterr().err == (
        f"parkstudy: {tmp_path}: in use by another command for 0 seconds; going on beside it. "
        "If it is stuck, end it and run this one again\n"
    )
