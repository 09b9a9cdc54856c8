"""JupyterLab opened on a notebook: on this machine alone, with the options of the reader, and words where it does not start."""

from __future__ import annotations

import sys

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
