"""JupyterLab opened on a notebook: on this machine alone, with the options of the reader, and words where it does not start."""

from __future__ import annotations

import sys
import urllib.error

import pytest

from parkstudy.__main__ import main
from parkstudy.lab import opening


@pytest.mark.parametrize(
    "option", ["--ip=0.0.0.0", "--ServerApp.ip=*", "--ServerApp.root_dir=/", "--notebook-dir=/", "--no-browser"]
)
def test_where_it_listens_and_what_it_opens_is_no_option(option, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["explore", "--", option]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert (
        said
        == f"parkstudy: {option}: is set already: JupyterLab listens on 127.0.0.1 alone and opens the working folder"
    )
    assert list(tmp_path.iterdir()) == []


def test_options_behind_the_dashes_reach_it_and_it_is_bound_to_this_machine(tmp_path, monkeypatch):
    started = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "serve", lambda command, variables, _begun: started.append((command, variables)) or 0)
    assert main(["explore", "--lang", "zh", "--", "--allow-root", "--port=9000"]) == 0
    ((command, variables),) = started
    assert command == [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=9000", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={tmp_path}",
    ]  # fmt: skip
    assert variables["JUPYTER_CONFIG_PATH"].split(":")[0] == str(opening.CONFIG)
    assert [path.name for path in tmp_path.iterdir()] == ["explorer.zh.ipynb"]


def test_of_faulty_data_the_rest_is_explored(copy_of_data, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "serve", lambda *_: 0)
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    assert main(["explore", "--data", str(copy_of_data.folder)]) == 0
    said = capsys.readouterr().err.splitlines()
    hint = f"parkstudy check --data {copy_of_data.folder}"
    assert said[-1] == f"parkstudy: 1 fault in the data; the explorer goes on without them: {hint}"


def test_a_jupyterlab_that_ends_before_it_answers_is_told_with_its_status(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening.os, "geteuid", lambda: 0, raising=False)

    def ended(_command, _variables, begun):
        class Ended:
            pid, returncode = 1, 1

            def poll(self):
                return 1

        begun(Ended())

    monkeypatch.setattr(opening, "serve", ended)
    assert main(["explore"]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert (
        said
        == "parkstudy: JupyterLab ended with status 1 before it answered; as root it needs: parkstudy explore -- --allow-root"
    )


def test_a_browser_is_given_a_page_of_this_user_alone_and_no_token(tmp_path, monkeypatch, capsys):
    opened = []
    address = "http://127.0.0.1:1/lab/tree/a.ipynb?token=secret"
    server = opening.Server("http://127.0.0.1:1/", "secret", tmp_path, tmp_path, "")
    monkeypatch.setattr(opening, "_answering", lambda *_: server)
    monkeypatch.setattr(opening, "shown", lambda *_: address)
    monkeypatch.setattr(opening, "serve", lambda _command, _variables, begun: begun(None) or 0)

    def browse(to):
        (page,) = tmp_path.glob("*.html")
        opened.append((to, page, page.stat().st_mode & 0o777, page.read_text("utf-8")))

    monkeypatch.setattr("webbrowser.open", browse)
    assert opening.open_lab(tmp_path / "a.ipynb") == 0
    waiting, told = capsys.readouterr().out.splitlines()
    assert waiting == "starting JupyterLab; wait for the line that begins with: open"
    assert told == f"open {address}"
    ((to, page, mode, text),) = opened
    assert (to, mode) == (page.as_uri(), 0o600)
    assert f'content="0;url={address}"' in text
    assert not page.exists()


@pytest.mark.parametrize(
    "error", [urllib.error.URLError("refused"), RuntimeError("Kernel died"), TimeoutError("Timeout waiting for output")]
)
def test_cells_that_could_not_be_run_end_nothing(error, tmp_path, monkeypatch, capsys):
    def fails(*_):
        raise error

    monkeypatch.setattr(opening, "_kernel", lambda _: "python3")
    monkeypatch.setattr(opening.Server, "ask", lambda *_: {"kernel": {"id": "1"}})
    monkeypatch.setattr(opening, "_run", fails)
    server = opening.Server("http://127.0.0.1:1/", "t", tmp_path, tmp_path, "")
    address = "http://127.0.0.1:1/lab/workspaces/parkstudy/tree/a.ipynb?token=t"
    assert opening.shown(server, tmp_path / "a.ipynb") == address
    assert capsys.readouterr().err == f"parkstudy: the cells were not run to the end ({error}); run them by hand\n"
