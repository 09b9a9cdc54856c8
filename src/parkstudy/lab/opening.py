"""JupyterLab opened on a notebook that shows what it has without a click: a server on this machine alone, a kernel for the
notebook, its cells run there, and only then the address. JupyterLab finds the kernel and what is alive in it.

Nothing of JupyterLab is extended: its own interface over HTTP and the connection file of the kernel are enough.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import escape

from parkstudy.errors import ParkstudyError
from parkstudy.scratch import write
from parkstudy.terminal import serve

ALONE = "127.0.0.1"
_START, _CELL = 60, 600  # seconds: until the server answers, for a cell
_WORKSPACE = "parkstudy"
_ALIVE = re.compile(r"^(explore|review)\(", re.M)  # what shows a panel in the notebooks of the study
_OURS = ("ip", "no-browser", "root_dir", "notebook-dir", "open_browser")  # options that are no reader's


CONFIG = Path(__file__).resolve().parent / "config"  # asks nothing of the network, and no question of the reader


class LabError(ParkstudyError):
    """JupyterLab that does not start, or that cannot be told what to open."""

    status = 1


class Server(NamedTuple):
    """A server that answers: its address, its token, the folder that it serves, those of its kernels and of its trust."""

    url: str
    token: str
    root: Path
    runtime: Path
    data: str

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the server answers, as JSON has it. Raises `urllib.error.URLError`."""
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        with _opener().open(asked, timeout=_START) as answer:
            return json.loads(answer.read() or "null")


def _opener() -> urllib.request.OpenerDirector:
    """What asks this machine, whatever proxy there is for others."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def refused(options: Sequence[str]) -> None:
    """Raise `LabError` for an option that is not left to a reader."""
    for option in options:
        name = option.lstrip("-").partition("=")[0].rpartition(".")[2].replace("_", "-")
        if name in {ours.replace("_", "-") for ours in _OURS}:
            raise LabError(
                f"{option}: is set already: JupyterLab listens on {ALONE} alone and opens the working folder"
            )


def open_lab(notebook: Path, options: Sequence[str] = (), *, browser: bool = True) -> int:
    """Open a notebook in JupyterLab, with its cells run up to the one that shows what is alive, and stay until JupyterLab ends; its
    exit status. Says the address on standard output. Raises `LabError`.
    """
    import webbrowser

    from parkstudy.report.environment import at_home

    page: list[Path] = []

    def begun(process: "subprocess.Popen[bytes]") -> None:
        server = _answering(process, notebook.parent, {**os.environ, **variables})
        address = shown(server, notebook)
        print(f"open {address}", flush=True)
        if browser:
            page.append(_leading(server, address))
            webbrowser.open(page[0].as_uri())

    refused(options)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", *options]
    command += [f"--ServerApp.ip={ALONE}", f"--ServerApp.root_dir={notebook.parent}"]
    # JupyterLab prints an address of its own meanwhile, which opens no notebook
    print("starting JupyterLab; wait for the line that begins with: open", flush=True)
    with at_home() as variables:
        paths = filter(
            None, (str(CONFIG), variables.get("JUPYTER_CONFIG_PATH") or os.environ.get("JUPYTER_CONFIG_PATH"))
        )
        try:
            return serve(command, {**variables, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}, begun)
        finally:
            for file in page:
                file.unlink(missing_ok=True)


def _leading(server: Server, address: str) -> Path:
    """A page that leads to an address, for this user alone: the token in an address would be seen in the list of processes."""
    path = server.runtime / f"parkstudy-{os.getpid()}-open.html"
    path.unlink(missing_ok=True)
    to = escape(address)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(
            f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={to}"><a href="{to}">JupyterLab</a>\n'
        )
    return path


def _answering(process: "subprocess.Popen[bytes]", folder: Path, variables: Mapping[str, str]) -> Server:
    from jupyter_core.paths import jupyter_data_dir, jupyter_runtime_dir

    runtime = Path(variables.get("JUPYTER_RUNTIME_DIR") or jupyter_runtime_dir())
    told = runtime / f"jpserver-{process.pid}.json"  # written by the server once it listens
    for _ in range(_START * 10):
        if process.poll() is not None:
            root = hasattr(os, "geteuid") and not os.geteuid()
            hint = "; as root it needs: parkstudy explore -- --allow-root" if root else ""
            raise LabError(f"JupyterLab ended with status {process.returncode} before it answered{hint}")
        if told.is_file():
            try:
                said = json.loads(told.read_text(encoding="utf-8"))
                url, data = f"http://{ALONE}:{said['port']}{said['base_url']}", variables.get("JUPYTER_DATA_DIR")
                server = Server(url, said["token"], folder, runtime, data or jupyter_data_dir())
                server.ask("GET", "api")
                return server
            except (ValueError, KeyError, urllib.error.URLError, ConnectionError):
                pass  # not whole yet, or not listening yet
        time.sleep(0.1)
    raise LabError(f"JupyterLab did not answer within {_START} seconds")


def shown(server: Server, notebook: Path) -> str:
    """Run the code cells of a notebook up to the one that shows what is alive; the address that shows it.

    The cells run in the kernel that JupyterLab will use; their outputs are written into the notebook. The first cell that fails is
    the last one, and shows its error.
    """
    path = notebook.relative_to(server.root).as_posix()
    session = {"path": path, "name": notebook.name, "type": "notebook", "kernel": {"name": _kernel(notebook)}}
    try:
        started = server.ask("POST", "api/sessions", session)
        _run(server, notebook, started["kernel"]["id"])
    except urllib.error.HTTPError as error:  # a server with a password of its own, for one
        print(
            f"parkstudy: JupyterLab started no kernel ({error.code} {error.reason}); run the cells by hand",
            file=sys.stderr,
        )
    except (OSError, RuntimeError) as error:  # no answer, a kernel that is not ready or has died, a cell without an end
        print(f"parkstudy: the cells were not run to the end ({error}); run them by hand", file=sys.stderr)
    token = f"?token={server.token}" if server.token else ""
    return f"{server.url}lab/{_workspace(server, path)}tree/{quote(path)}{token}"


def _kernel(notebook: Path) -> str:
    named = json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get("kernelspec", {})
    return str(named.get("name", "python3"))


def _run(server: Server, notebook: Path, kernel: str) -> None:
    import nbformat
    from jupyter_client.blocking.client import BlockingKernelClient
    from nbformat.sign import NotebookNotary

    client = BlockingKernelClient()
    client.load_connection_file(str(server.runtime / f"kernel-{kernel}.json"))
    client.start_channels()
    try:
        _wait_for(client)
        found = nbformat.read(notebook, nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
        for cell in (cell for cell in found.cells if cell.cell_type == "code" and cell.source.strip()):
            if not _ran(client, cell) or _ALIVE.search(cell.source):
                break
        write(notebook.resolve(), nbformat.writes(found) + "\n")  # type: ignore[no-untyped-call]
        NotebookNotary(data_dir=server.data).sign(found)  # type: ignore[no-untyped-call]  # made here: no stranger's to JupyterLab
    finally:
        client.stop_channels()


def _wait_for(client: Any) -> None:
    """Wait until a kernel answers; on a busy machine one that begins misses a heartbeat, and is not dead for that."""
    until = time.monotonic() + _START
    while True:
        try:
            client.wait_for_ready(_START)
        except RuntimeError:
            if time.monotonic() > until:
                raise
        else:
            return


def _ran(client: Any, cell: Any) -> bool:
    """Run a cell and keep what it shows; whether it went well."""
    from nbformat.v4 import output_from_msg

    outputs = []

    def show(message: dict[str, Any]) -> None:
        if message["msg_type"] in ("execute_result", "display_data", "stream", "error"):
            outputs.append(output_from_msg(message))  # type: ignore[no-untyped-call]

    reply = client.execute_interactive(cell.source, output_hook=show, timeout=_CELL, allow_stdin=False)
    cell.outputs, cell.execution_count = outputs, reply["content"].get("execution_count")
    return bool(reply["content"]["status"] == "ok")


def _workspace(server: Server, path: str) -> str:
    """A workspace with the notebook alone and the side bars closed; JupyterLab's own where it takes none."""
    opened, closed = f"notebook:{path}", {"collapsed": True, "visible": True, "widgets": []}
    main = {"dock": {"type": "tab-area", "currentIndex": 0, "widgets": [opened]}, "current": opened}
    data = {
        "layout-restorer:data": {"main": main, "left": closed, "right": closed, "relativeSizes": [0, 1, 0]},
        opened: {"data": {"path": path, "factory": "Notebook"}},
    }
    try:
        server.ask("PUT", f"lab/api/workspaces/{_WORKSPACE}", {"data": data, "metadata": {"id": _WORKSPACE}})
    except urllib.error.URLError:
        return ""
    return f"workspaces/{_WORKSPACE}/"
