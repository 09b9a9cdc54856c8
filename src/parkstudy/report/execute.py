"""Running a notebook: Papermill gives it its parameters, nbclient runs it in a kernel of our own; there is no clock in the result."""

import ast
import json
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty
from typing import Any, NamedTuple

import nbformat
import papermill
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from parkstudy import scratch
from parkstudy.errors import ParkstudyError
from parkstudy.report.environment import temporary
from parkstudy.report.kernel import LIMIT, TOO_MUCH, Manager, Waiting
from parkstudy.report.run import exhibits
from parkstudy.show.catalogue import CATALOGUE

_WIDGET = "application/vnd.jupyter.widget-view+json"
_TOLD = "__import__('parkstudy.report.kernel', fromlist=['told']).told()"
_START = 120  # seconds for a kernel to start


class NotebookError(ParkstudyError):
    """A notebook that failed: which, in which cell, with what error.

    `notebook` is what was executed of it, `trace` what the kernel said of the error.
    """

    status = 1

    def __init__(self, told: str, notebook: Any = None, trace: str = "") -> None:
        super().__init__(told)
        self.notebook, self.trace = notebook, trace


class Executed(NamedTuple):
    """A notebook that was run, and what its kernel told of itself: `libraries` (name to version) and `used`."""

    notebook: Any
    told: dict[str, Any]


Seen = Callable[[Any], object]


def execute(
    path: Path,
    parameters: Mapping[str, Any],
    *,
    timeout: float,
    kernel: Waiting | None = None,
    seen: Seen = lambda notebook: None,
) -> Executed:
    """Run a notebook; there is no clock in what it returns.

    `timeout` is in seconds for a cell; without a `kernel` in waiting one is started; `seen` is called after every cell with the
    notebook as far as it came. Raises `NotebookError` for a cell that fails or takes too long and for a kernel that ends or says
    more than 10 MB.
    """
    stored = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    # only prepared: it would end with writing the executed notebook once more, even to nowhere
    notebook = papermill.execute_notebook(stored, None, dict(parameters), kernel_name="python3", prepare_only=True)
    folder = temporary()
    try:
        told = run_sync(_Client(notebook, Manager(folder, kernel), timeout, path.name, seen).run)()
    finally:
        scratch.remove(folder)
        _forget_the_clock(notebook)
    return Executed(notebook, told)


class _Client(NotebookClient):
    """nbclient's client without its waits, with failures that say where they are."""

    kc: Any

    def __init__(self, nb: Any, manager: Manager, timeout: float, name: str, seen: Seen) -> None:
        super().__init__(
            nb, km=manager, timeout=timeout, record_timing=False, iopub_timeout=60, store_widget_state=False
        )
        self.manager, self.name, self.seen, self.place = manager, name, seen, -1
        self.on_cell_executed = self._stays

    async def run(self) -> dict[str, Any]:
        """Run every cell; gives what the kernel then tells of itself. The kernel is ended whatever happens."""
        try:
            await self.manager.start_kernel()
            await self._connect()
            for place, cell in enumerate(self.nb.cells):
                self.place = place
                await self.async_execute_cell(cell, place)
                self.seen(self.nb)
            return await self._ask()
        except CellExecutionError as error:
            raise self._failure(f"{error.ename}: {error.evalue}", error.traceback) from error
        except CellTimeoutError as error:
            raise self._failure(f"the cell took longer than {self.timeout:g} s") from error
        except DeadKernelError as error:
            raise self._failure(_end(await self.manager.provisioner.poll())) from error
        finally:
            if self.kc is not None:
                self.kc.stop_channels()
            await self.manager.end()

    def _stays(self, execute_reply: dict[str, Any], **_: Any) -> None:
        """`exit` and `quit` are no errors of a cell; the kernel ends a moment later."""
        if any(asked.get("source") == "ask_exit" for asked in execute_reply["content"].get("payload", [])):
            raise self._failure("the cell ends the kernel")

    async def _connect(self) -> None:
        """As nbclient does, but without its wait for messages of no cell: they are told by their request anyway."""
        self.kc = self.manager.client(context=self.manager.context)
        self.kc.start_channels(stdin=False, hb=False, control=False)
        late = time.monotonic() + _START
        while not (info := await self._answer()):
            await self._async_check_alive()
            if time.monotonic() > late:
                raise self._failure(f"the kernel did not start within {_START} s")
        self.nb.metadata["language_info"] = info["language_info"]

    async def _answer(self) -> dict[str, Any]:
        """What the kernel says it is, once its outputs arrive as well; nothing as long as they do not."""
        self.kc.kernel_info()
        try:
            message = await self.kc.shell_channel.get_msg(timeout=1)
            await self.kc.iopub_channel.get_msg(timeout=0.2)
        except Empty:
            return {}
        return dict(message["content"])

    async def _ask(self) -> dict[str, Any]:
        """What the kernel tells of itself."""
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions={"told": _TOLD})
        reply = await self.async_wait_for_reply(asked)
        said = reply["content"]["user_expressions"]["told"] if reply else {}
        if said.get("status") != "ok":
            raise self._failure(f"the kernel told nothing of itself: {said.get('evalue', '')}")
        return dict(json.loads(ast.literal_eval(said["data"]["text/plain"])))

    def _failure(self, what: str, trace: str = "") -> NotebookError:
        """The error of the cell at hand, by its place in the notebook as it is stored, and its first line."""
        where = self.name
        if self.place >= 0:
            until = self.nb.cells[: self.place + 1]
            stored = [cell for cell in until if "injected-parameters" not in cell.metadata.get("tags", [])]
            number = until[-1].get("execution_count") or self.code_cells_executed
            first = until[-1].source.strip().partition("\n")[0]
            where += f", cell {len(stored)} (In[{number}]): {first}"
        return NotebookError(f"{where}\n{what}", self.nb, trace)


def _end(status: int | None) -> str:
    """How a kernel ended that should not have."""
    if status == TOO_MUCH:
        return f"the page printed more than {LIMIT // 1_000_000} MB"
    if status is not None and status < 0:
        return f"the kernel was ended by {signal.Signals(-status).name}"
    return f"the kernel ended with exit status {status}"


def _forget_the_clock(notebook: Any) -> None:
    """Without times, and without widgets: they are dead once their kernel is gone, and their ids differ in every run."""
    for place, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{place}"
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET, None)
        if "outputs" in cell:
            cell["outputs"] = [one for one in cell["outputs"] if "data" not in one or any(one["data"].values())]
    for metadata in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for name in ("papermill", "execution", "widgets"):
            metadata.pop(name, None)


def check_answer(path: Path, notebook: Any) -> None:
    """Raise `NotebookError` unless a page is answered by the exhibit that its notebook names, and by no other."""
    named = notebook.metadata.get("parkstudy", {}).get("answer")
    answering = {key for key, entry in CATALOGUE.items() if entry.answers}
    shown = [note["entry"] for _, note in exhibits(notebook) if note["entry"] in answering]
    if shown != ([named] if named else []):
        found = ", ".join(shown) or "none"
        told = f"{path.name}: exhibit that answers the page: expected {named or 'none'}, shown {found}"
        raise NotebookError(told, notebook)
