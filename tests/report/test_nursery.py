"""The nursery: pages fail one by one, nothing of the user's own set-up changes them, and no process or file outlives it."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from trial_pages import written

from parkstudy.report.nursery import Nursery, NurseryError
from parkstudy.report.task import Outcome, Task

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork"),
]
MAKE = "trial_pages:make"
VALUE = "'); raise SystemExit  # \\ \" \n {given}"
TASKS = "[open(f'/proc/self/task/{one}/comm').read().strip() for one in __import__('os').listdir('/proc/self/task')]"
# what a page does: its cells, and the error that it must be told with (None: it is made)
PAGES: dict[str, tuple[list[str], str | None]] = {
    "fine": (
        [
            "1\n2",
            "given",
            "import os, sys, matplotlib; print(sys.executable, matplotlib.rcParams['lines.linewidth'])",
            "import polars as pl; pl.DataFrame({'a': [1, 1, 2]}).group_by('a').len().height",
            TASKS,
        ],
        None,
    ),
    "wrong": (["1", "given + 1\n'never'"], "cell 4 (In[4]): given + 1\nTypeError: can only concatenate str"),
    "unreadable": (["1", "x = = 1"], "cell 4 (In[4]): x = = 1\nSyntaxError: invalid syntax"),
    "leaving": (["import sys\nsys.exit(0)", "1"], "cell 3 (In[3]): import sys\nSystemExit: 0"),
    "quitting": (["quit()", "1"], "cell 3 (In[3]): quit()\nthe cell ends the kernel"),
    "ending": (["import os\nos._exit(3)"], "cell 3 (In[3]): import os\nthe kernel ended with exit status 3"),
    "dying": (["import os\nos.kill(os.getpid(), 11)"], "cell 3 (In[3]): import os\nthe kernel was ended by SIGSEGV"),
    "endless": (["while True:\n    pass"], "cell 3 (In[3]): while True:\nthe cell took longer than 2 s"),
    "loud": (
        ["for _ in range(10**5):\n    print('x' * 1000)"],
        "cell 3 (In[3]): for _ in range(10**5):\nthe page printed",
    ),
    "loud-at-once": (["print('x' * 10**8)"], "cell 3 (In[3]): print('x' * 10**8)\nthe page printed more than 10 MB"),
    "loud-below": (["import os\nos.system('yes | head -c 100000000')"], "import os\nthe page printed more than 10 MB"),
    "killed": (["1"], "killed: its process was ended by SIGKILL: a last word"),
}


def task(path: Path, timeout: int = 60, **parameters: str) -> Task:
    return Task(path.stem, str(path), "en", parameters, "", "", "", timeout, {})


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """A nursery of a user with a set-up of their own: kernelspec, IPython profile, matplotlibrc in the folder of the call."""
    home = tmp_path_factory.mktemp("home")
    kernelspec, profile = home / "jupyter/kernels/python3", home / "ipython/profile_default"
    for folder in (kernelspec, profile):
        folder.mkdir(parents=True)
    (kernelspec / "kernel.json").write_text('{"argv": ["/bin/false"], "language": "python", "display_name": "Another"}')
    (profile / "ipython_config.py").write_text("get_config().InteractiveShell.ast_node_interactivity = 'all'")
    (home / "matplotlibrc").write_text("lines.linewidth: 9")
    (home / "start.py").write_text("print('started')")
    own = {
        "HOME": home,
        "JUPYTER_PATH": home / "jupyter",
        "IPYTHONDIR": home / "ipython",
        "PYTHONSTARTUP": home / "start.py",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, str(value))
        patch.setenv("PYTHONWARNINGS", "error")
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]))
        patch.chdir(home)
        with Nursery(MAKE) as nursery:
            yield nursery


@pytest.fixture(scope="module")
def made(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """The pages, all begun at once."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name, (cells, _) in PAGES.items():
        nursery.start(task(written(folder, name, *cells), 2 if name == "endless" else 60, given=VALUE))
    return {outcome.stem: outcome for outcome in (nursery.ended(120) for _ in PAGES)}


@pytest.mark.parametrize("name", [name for name, (_, error) in PAGES.items() if error])
def test_a_page_that_fails_says_where_and_how(made: dict[str, Outcome], name: str) -> None:
    assert str(PAGES[name][1]) in made[name].error
    assert made[name].error.startswith(f"{name}.ipynb, cell " if name != "killed" else "killed")


def test_the_others_are_made_as_if_nobody_had_set_up_anything(made: dict[str, Outcome]) -> None:
    assert made["fine"].error == ""
    last, given, setup, rows, threads = json.loads(made["fine"].note)
    assert (last, given, rows) == ("2", repr(VALUE), "2")
    assert setup == f"{sys.executable} 1.5\n"
    assert re.search(r"'polars-\d", threads)  # what the next test looks for


@pytest.mark.skipif(sys.platform != "linux", reason="threads have names in /proc")
def test_the_nursery_has_never_run_an_operation_of_polars(nursery: Nursery, made: dict[str, Outcome]) -> None:
    (process,) = nursery._processes
    names = [path.read_text().strip() for path in Path(f"/proc/{process.popen.pid}/task").glob("*/comm")]
    assert names
    assert [name for name in names if re.match(r"polars-\d", name)] == []


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pids: list[int]) -> bool:
    """Whether processes end, within a time that is generous on a busy machine."""
    late = time.monotonic() + 20
    while any(map(lives, pids)) and time.monotonic() < late:
        time.sleep(0.05)
    return not any(map(lives, pids))


def begun(nursery: Nursery, folder: Path) -> list[int]:
    """The processes of a page that does not end by itself: its own, its kernel, and one that the kernel started."""
    told = folder / "told"
    cell = f"import os, subprocess, pathlib\nchild = subprocess.Popen(['sleep', '600'])\npart = pathlib.Path({str(folder)!r}, 'part')"
    cell += f"\npart.write_text(f'{{os.getppid()}} {{os.getpid()}} {{child.pid}}')\npart.rename({str(told)!r})\nchild.wait()"
    nursery.start(task(written(folder, "waits", cell), 600))
    late = time.monotonic() + 60
    while not told.exists() and time.monotonic() < late:
        time.sleep(0.05)
    pids = [int(pid) for pid in told.read_text().split()]
    told.unlink()
    assert all(map(lives, pids))
    return pids


def test_a_page_that_is_killed_leaves_no_process(nursery: Nursery, made: dict[str, Outcome], tmp_path: Path) -> None:
    pids = begun(nursery, tmp_path)
    nursery.kill("waits")
    assert nursery.ended(60).error == "waits: its process was ended by SIGKILL"
    assert gone(pids)


def test_a_nursery_that_is_killed_begins_again_and_leaves_nothing_once_it_is_closed(
    nursery: Nursery, made: dict[str, Outcome], tmp_path: Path
) -> None:
    pids, first = begun(nursery, tmp_path), nursery._processes[0].popen
    first.kill()
    assert nursery.ended(60).error == "waits: its process was ended by SIGKILL"
    assert gone(pids[:2])
    os.kill(pids[2], signal.SIGKILL)  # nobody is left who could know of it
    pids, second = begun(nursery, tmp_path), nursery._processes[1].popen
    nursery.close()
    assert gone([*pids, first.pid, second.pid])
    assert not Path(nursery._folder).exists()


def test_a_nursery_that_does_not_start_says_what_it_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    with Nursery("nobody_has:this") as nursery, pytest.raises(NurseryError) as raised:
        nursery.ended(60)
    assert str(raised.value).startswith("the process that makes pages ended with exit status 1: Traceback")
    assert str(raised.value).endswith("ModuleNotFoundError: No module named 'nobody_has'")


@pytest.mark.thorough
def test_without_fork_a_page_is_made_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    )
    with Nursery(MAKE, fork=False) as nursery:
        nursery.start(task(written(tmp_path, "fine", "given"), given=VALUE))
        assert nursery.ended(60)[:2] == ("fine", "")
        pids = begun(nursery, tmp_path)
    assert gone(pids[:2])
    os.kill(pids[2], signal.SIGKILL)
