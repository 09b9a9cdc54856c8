"""Whatever the user's machine is set to, the pages have the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = ["20-growth", "30-tax-quality", "--lang", "all"]
LOOK = """
savefig.transparent: True
lines.marker: o
font.weight: bold
xtick.major.size: 20
path.sketch: 1, 100, 2
savefig.facecolor: black
axes.formatter.use_locale: True
text.usetex: True
svg.hashsalt: another
figure.dpi: 30
"""


def foreign(home: Path) -> dict[str, str]:
    """Settings of every kind in a home of their own, and the variables that lead to them."""
    written = {
        "matplotlib/matplotlibrc": LOOK,
        "here/matplotlibrc": LOOK,
        "ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
        "ipython/profile_default/ipython_kernel_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
        "ipython/profile_default/startup/00.py": "print('started')\n",
        "jupyter/jupyter_nbconvert_config.py": "c.HTMLExporter.exclude_output = True\n",
        "jupyter/jupyter_client_config.py": "raise SystemExit\n",
        "startup.py": "print('started')\n",
    }
    for name in ("python3", "parkstudy"):
        spec = {"argv": ["/bin/false", "{connection_file}"], "display_name": "another", "language": "python"}
        written[f"data/kernels/{name}/kernel.json"] = json.dumps(spec)
    for name in ("base", "basic", "lab", "page", "template"):
        for file in ("index.html.j2", "base.html.j2", "page.html.j2"):
            written[f"data/nbconvert/templates/{name}/{file}"] = "another"
        written[f"data/nbconvert/templates/{name}/conf.json"] = "{}"
    for name, content in written.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content, encoding="utf-8")
    long = home / ("temporary" * 12)
    long.mkdir()
    return {
        "HOME": str(home), "MPLCONFIGDIR": str(home / "matplotlib"), "MATPLOTLIBRC": str(home / "matplotlib"),
        "IPYTHONDIR": str(home / "ipython"), "JUPYTER_CONFIG_DIR": str(home / "jupyter"), "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_PATH": str(home / "data"), "PYTHONSTARTUP": str(home / "startup.py"), "PYTHONHASHSEED": "7", "MPLBACKEND": "Cairo",
        "TMPDIR": str(long), "TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "COLUMNS": "40",
        "SOURCE_DATE_EPOCH": "1", "POLARS_FMT_MAX_ROWS": "1", "PYTHONWARNINGS": "error",
    }  # fmt: skip


@pytest.mark.thorough
def test_nothing_the_user_has_set_changes_a_byte(tmp_path: Path) -> None:
    bare, set_up = tmp_path / "bare", tmp_path / "set up"
    bare.mkdir()
    more = foreign(set_up)
    places = {bare: {}, set_up: more}
    for home, given in places.items():
        command = [sys.executable, "-m", "parkstudy", "report", *PAGES, "--out", str(home / "pages")]
        here = home / "here" if given else home
        subprocess.run(command, cwd=here, env={**os.environ, **given}, check=True)
    files = [
        {str(p.relative_to(home)): p.read_bytes() for p in home.glob("pages/**/*") if p.is_file()} for home in places
    ]
    assert sorted(files[0]) == sorted(files[1])
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []
    assert list((set_up / ("temporary" * 12)).iterdir()) == []
