"""The kernel of a page: this interpreter, no configuration of the user, and no way to be mistaken for another.

A page process forks it at its very start, before any thread, so that it has every import already; it waits until it is told where
its connection file is. Where there is no fork, or nobody forked one, `main` is the same kernel as a process of its own.
"""

import asyncio
import functools
import json
import os
import platform
import sys
import time
from importlib import metadata
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from IPython.core.profiledir import ProfileDir
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_client.session import Session
from traitlets.config import Config

from parkstudy.record import used
from parkstudy.report.environment import die_with, environment, fits, prepare
from parkstudy.report.run import LIBRARIES

LIMIT = 10_000_000  # bytes that a kernel may say, all its messages together
TOO_MUCH = 87  # the exit status of one that says more


class _Session(Session):
    """Messages of a kernel, counted: one that says too much ends before anybody has to keep what it says."""

    said = 0

    def serialize(self, msg: dict[str, Any], ident: Any = None) -> list[bytes]:
        parts = super().serialize(msg, ident)
        self.said += sum(map(len, parts))
        if self.said > LIMIT:
            os._exit(TOO_MUCH)
        return parts


class App(IPKernelApp):
    """IPython's kernel as it is shipped: no profile, configuration, history, extension or start-up file."""

    def __init__(self, **kwargs: Any) -> None:
        config = Config({"HistoryManager": {"enabled": False}, "Completer": {"use_jedi": False}})
        super().__init__(config=config, default_extensions=[], ignore_cwd=True, **kwargs)  # type: ignore[no-untyped-call]

    def _session_default(self) -> Session:
        return _Session(parent=self)

    def init_profile_dir(self) -> None:
        """An empty one beside the connection file."""
        folder = os.path.dirname(self.connection_file)
        self.ipython_dir, self.profile_dir = folder, ProfileDir(location=f"{folder}/profile")

    def parse_command_line(self, argv: Any = None) -> None:
        """There is none."""

    def init_config_files(self) -> None:
        """None is written."""

    def load_config_file(self, *_args: Any, **_kwargs: Any) -> None:
        """None is read."""

    def _run_startup_files(self) -> None:
        """None is run."""


def serve(connection_file: str, **traits: Any) -> None:
    """Be a kernel until the end of this process."""
    app = App.instance(connection_file=connection_file, **traits)
    app.initialize([])  # type: ignore[no-untyped-call]
    app.start()  # type: ignore[no-untyped-call]


def told() -> str:
    """What a kernel says of itself after its last cell, as JSON: versions, and what was read."""
    return json.dumps({"libraries": versions(), "used": used.everything()})


@functools.cache
def versions() -> dict[str, str]:
    """Name to version of this interpreter and the libraries of a page, as they were when their process began."""
    return {"Python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}


class Waiting:
    """A kernel process that was forked and waits for its connection file; else as a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid, self._pipe = pid, pipe
        self.returncode: int | None = None

    def start(self, connection_file: str) -> None:
        """Let it begin."""
        os.write(self._pipe, os.fsencode(connection_file))
        os.close(self._pipe)

    def poll(self) -> int | None:
        """Its exit status; None while it lives."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self) -> int:
        """Its exit status, once it has ended."""
        while (status := self.poll()) is None:
            time.sleep(0.005)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)


def waiting() -> Waiting | None:
    """Fork a kernel that waits; None where there is no fork. This process must not have threads yet."""
    if not hasattr(os, "fork"):
        return None
    (read, write), parent = os.pipe(), os.getpid()
    if pid := os.fork():
        os.close(read)
        return Waiting(pid, write)
    status = 1
    try:  # nothing of the parent's may run here: neither its handlers of exceptions nor its cleaning up
        die_with(parent)
        os.close(write)
        if file := os.fsdecode(os.read(read, 4096)):
            os.close(read)
            serve(file, parent_handle=parent)
        status = 0
    finally:
        os._exit(status)


class _Provisioner(LocalProvisioner):
    """Hands the connection file to the kernel in waiting, or starts one."""

    parent: Any
    process: Any
    waiting: Waiting | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        if self.waiting is None:
            return await super().launch_kernel(cmd, **{**kwargs, "env": environment(self.parent.folder)})
        self.waiting.start(self.parent.connection_file)
        self.process, self.pid = self.waiting, self.waiting.pid
        return self.connection_info

    async def wait(self) -> int | None:
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.005)
        return await super().wait()


class Manager(AsyncKernelManager):
    """The manager of one kernel, whose files are in `folder`; no kernelspec is looked up."""

    provisioner: Any

    def __init__(self, folder: str, kernel: Waiting | None = None) -> None:
        super().__init__(kernel_name="parkstudy", connection_file=f"{folder}/c", **transport(folder))
        self.folder = folder
        self.provisioner = _Provisioner(kernel_id="k", kernel_spec=self.kernel_spec, parent=self)
        self.provisioner.waiting = kernel
        self.context.reconnect_ivl = 5  # ms: whoever connects is there before the kernel has opened its sockets

    @property
    def kernel_spec(self) -> KernelSpec:
        """This interpreter; `-P` because a module in the folder of a call is none of the kernel's."""
        argv = [sys.executable, "-P", "-c", f"from {__name__} import main; main()", "{connection_file}"]
        return KernelSpec(argv=argv, language="python", metadata={"supported_encryption": "curve"})

    async def end(self) -> None:
        """End the kernel, and remove its files."""
        if self.has_kernel:
            await self.provisioner.kill()
            await self.provisioner.wait()
        await self._async_cleanup_resources()


def transport(folder: str) -> dict[str, Any]:
    """Sockets in `folder`; where their paths are too long or there are none, ports of this machine, encrypted if they can be."""
    if sys.platform != "win32" and fits(folder):
        return {"transport": "ipc", "ip": f"{folder}/s"}
    able = hasattr(IPKernelApp, "curve_secretkey") and "transport_encryption" in AsyncKernelManager.class_trait_names()
    return {"transport": "tcp", "ip": "127.0.0.1", **({"transport_encryption": "required"} if able else {})}


def main() -> None:
    """A kernel as a process of its own."""
    prepare()
    serve(sys.argv[1])
