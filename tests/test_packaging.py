"""Packaging: one set of packages in every list, hashed pins without addresses, and a wheel that works on its own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import parkstudy
from parkstudy.record.schema import ACCEPTED, TABLES
from parkstudy.words.rules import rules

ROOT = Path(__file__).resolve().parents[1]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
NOT_IMPORTED = {
    "ipywidgets",
    "jupyterlab",
    "markupsafe",
    "zhplot",
}  # what anywidget stands on, the server, escaping, the font
LOCKS = ["requirements.lock", "requirements-dev.lock"]
HEAVY = ["dataframely", "matplotlib", "seaborn", "pandas", "papermill", "nbconvert", "ipywidgets", "nbformat", "numpy"]
HOSTS = [name + ".org" for name in ("pypi", "pythonhosted", "npmjs", "anaconda")] + ["artifact" + "ory", "dev" + "pi"]
MACHINE = re.compile(r"(?<![\w.:/-])/(?:" + "home|Users|root|work|mnt|private" + r")/\w")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """The table [project] of pyproject.toml."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file that the repository holds, or would hold after the next commit."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def specified(lines: list[str]) -> dict[str, str]:
    """Name and version range of each requirement."""
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): str(one.specifier) for one in found}


def pins(lock: str) -> dict[str, set[str]]:
    """Name and pinned versions (one a marker) of a lock file."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_conda_and_pip_name_the_same_packages_in_the_same_versions(project: dict[str, Any]) -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, last = environment["dependencies"]
    own = last["pip"].pop()
    given = specified([*conda, *last["pip"]])
    assert given.pop("pip") == ""
    assert given.pop("python") == project["requires-python"]
    assert {CONDA_NAMES.get(name, name): spec for name, spec in given.items()} == specified(project["dependencies"])
    assert own == "-e ."
    assert environment["channels"] == ["conda-forge", "nodefaults"]


@pytest.mark.thorough
def test_pip_takes_the_list_that_conda_hands_it(tmp_path: Path) -> None:
    """As conda does: the list as a requirements file, from the folder of environment.yml; nothing is fetched."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (tmp_path / "list.txt").write_text("\n".join(environment["dependencies"][-1]["pip"]), encoding="utf-8")
    options = ["--dry-run", "--no-index", "--no-build-isolation", "-r", str(tmp_path / "list.txt")]
    command = [sys.executable, "-m", "pip", "install", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"Would install parkstudy-{parkstudy.__version__}"


@pytest.fixture(scope="module")
def imports() -> dict[Path, list[ast.Import | ast.ImportFrom]]:
    """The imports of each module of the package, wherever in it they stand."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.py")}
    return {
        path: [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        for path, tree in trees.items()
    }


def test_what_is_imported_is_a_dependency_and_the_other_way_round(
    project: dict[str, Any], imports: dict[Path, list[ast.Import | ast.ImportFrom]]
) -> None:
    nodes = [node for found in imports.values() for node in found]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    called = {"PIL": "pillow"}
    tops = {name.partition(".")[0] for name in names}
    imported = {called.get(name, name).lower().replace("_", "-") for name in tops} - {
        n.lower().replace("_", "-") for n in sys.stdlib_module_names
    }
    extra = set(specified(project["optional-dependencies"]["cluster"]))
    assert imported - {"parkstudy"} <= {*specified(project["dependencies"]), *extra}
    assert set(specified(project["dependencies"])) - imported <= NOT_IMPORTED


ROOMS = (  # from the bottom: a room imports from those in lines above its own, and from itself
    {"errors", "scratch", "terminal"},
    {"record"},
    {"words", "method"},
    {"show"},
    {"report", "panels"},
    {"lab", "export"},
    {"explorer", "recorder", "arguments"},
    {"__main__", "__init__"},
)


def test_imports_between_rooms_never_run_back(imports: dict[Path, list[ast.Import | ast.ImportFrom]]) -> None:
    level = {name: place for place, names in enumerate(ROOMS) for name in names}
    back = []
    for path, nodes in imports.items():
        room = path.relative_to(ROOT / "src" / "parkstudy").with_suffix("").parts[0]
        for node in (node for node in nodes if isinstance(node, ast.ImportFrom)):
            package, _, rest = (node.module or "").partition(".")
            others = [rest.partition(".")[0]] if rest else [one.name for one in node.names]
            if package == "parkstudy":
                back += [
                    (path.name, other) for other in others if other != room and level.get(other, -1) >= level[room]
                ]
    assert back == []


def test_no_module_needs_itself(imports: dict[Path, list[ast.Import | ast.ImportFrom]]) -> None:
    names = {".".join(path.relative_to(ROOT / "src").with_suffix("").parts): path for path in imports}
    needs: dict[str, set[str]] = {}
    for name, path in names.items():
        found = [node for node in imports[path] if isinstance(node, ast.ImportFrom)]
        asked = {f"{node.module}.{one.name}" for node in found for one in node.names}
        needs[name] = {one for one in asked | {str(node.module) for node in found} if one in names}
    # the explorer has three pairs of modules that call each other when they are asked
    sorter = TopologicalSorter({name: own for name, own in needs.items() if ".explorer." not in name})
    sorter.prepare()  # raises CycleError, which names the ring


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_has_a_hash(lock: str) -> None:
    text = re.sub(r"\\\n\s*", " ", (ROOT / lock).read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > 50
    form = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in lines if not form.fullmatch(line.strip())] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_the_locks_pin_every_dependency_within_its_range(project: dict[str, Any]) -> None:
    extras = project["optional-dependencies"]
    wanted = {"requirements.lock": extras["build"], "requirements-dev.lock": extras["build"] + extras["dev"]}
    for lock, more in wanted.items():
        pinned = pins(lock)
        for one in map(Requirement, project["dependencies"] + more):
            versions = pinned.get(canonicalize_name(one.name), set())
            assert versions, f"{one.name} is not in {lock}; run make lock"
            assert all(one.specifier.contains(version) for version in versions)


def test_both_locks_pin_one_version_of_what_they_share() -> None:
    plain, dev = (pins(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in plain} == plain
    assert set(dev) > set(plain)


def test_no_file_names_a_registry(tracked: list[Path]) -> None:
    found = [(path.name, host) for path in tracked for host in HOSTS if host in _text(path)]
    assert found == []


def test_no_file_names_a_path_of_a_machine(tracked: list[Path]) -> None:
    found = [(path.name, match[0]) for path in tracked for match in [MACHINE.search(_text(path))] if match]
    assert found == []


def test_no_lock_that_records_addresses_is_kept(tracked: list[Path]) -> None:
    unwanted = {"uv" + ".lock", "poetry" + ".lock", "package-lock" + ".json", "pip" + ".conf", ".py" + "pirc"}
    assert [path.name for path in tracked if path.name in unwanted] == []
    assert [path.name for path in tracked if "uv" + ".lock" in _text(path)] == []


def test_no_text_of_a_park_is_kept(tracked: list[Path]) -> None:
    kept = {path.relative_to(ROOT).parts[:3] for path in tracked if path.suffix == ".txt"}
    assert kept <= {("tests", "data", "awkward")}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def test_the_version_is_one(project: dict[str, Any]) -> None:
    assert project["dynamic"] == ["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == parkstudy.__version__
    assert f"## {parkstudy.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("[", "")


def loaded_after(statements: str) -> set[str]:
    """The top-level modules that are loaded after `statements` in a fresh process."""
    code = f"{statements}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import parkstudy.__main__").isdisjoint([*HEAVY, "polars"])


def test_loading_the_data_loads_no_library_for_drawing_or_notebooks() -> None:
    loaded = loaded_after("import parkstudy; parkstudy.load()")
    assert "polars" in loaded
    assert loaded.isdisjoint(["matplotlib", "seaborn", "pandas", "papermill", "nbconvert", "ipywidgets", "nbformat"])


def test_the_public_names_are_few_sorted_and_there() -> None:
    assert parkstudy.__all__ == sorted(parkstudy.__all__)
    assert {"load", "check", "parse"} <= set(parkstudy.__all__)
    assert all(callable(getattr(parkstudy, name)) for name in parkstudy.__all__)


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"^module 'parkstudy' has no attribute 'lod'$"):
        _ = parkstudy.lod


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (archive,) = folder.glob("*.whl")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def in_wheel(wheel: Path, statements: str) -> str:
    """What `statements` print in a process that finds the wheel and not the repository."""
    code = (
        "import sys\n"
        f"sys.path = [{str(wheel)!r}] + [p for p in sys.path if p and not p.startswith({str(ROOT / 'src')!r})]\n"
        "sys.meta_path = [f for f in sys.meta_path if 'editable' not in (repr(f) + type(f).__name__).lower()]\n"
        "import parkstudy\n"
        f"assert parkstudy.__file__.startswith({str(wheel)!r}), parkstudy.__file__\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code + statements], capture_output=True, text=True, check=False, cwd=wheel.parent
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_holds_data_and_notebooks(wheel: Path) -> None:
    data, notebooks = wheel / "parkstudy" / "_data", wheel / "parkstudy" / "_notebooks"
    assert {f"{name}.csv" for name in TABLES if name != ACCEPTED} <= {path.name for path in data.iterdir()}
    found = [
        sorted(str(path.relative_to(top)) for path in top.rglob("*.ipynb")) for top in (notebooks, ROOT / "notebooks")
    ]
    assert found[0] == found[1] != []
    for path in (ROOT / "data").iterdir():
        assert (data / path.name).read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_the_wheel_holds_templates_words_and_everything_else_of_the_package(wheel: Path) -> None:
    source = ROOT / "src" / "parkstudy"
    files = [p.relative_to(source) for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {".py", ".j2", ".css", ".js"} <= {path.suffix for path in files}
    assert [path for path in files if (wheel / "parkstudy" / path).read_bytes() != (source / path).read_bytes()] == []


@pytest.mark.slow
def test_the_wheel_loads_the_same_study(wheel: Path, study: Any) -> None:
    said = in_wheel(wheel, "s = parkstudy.load(); print(s.observations.height, len(s.faults), s.data_hash)")
    assert said.split() == [str(study.observations.height), "0", study.data_hash]


@pytest.mark.slow
def test_the_wheel_finds_its_notebooks(wheel: Path) -> None:
    said = in_wheel(wheel, "from parkstudy.report import notebooks; print(*notebooks())")
    assert said.split() == sorted({path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} - {"80-recorder"})


@pytest.mark.slow
def test_the_wheel_has_a_command(wheel: Path) -> None:
    (points,) = wheel.glob("*.dist-info/entry_points.txt")
    assert "parkstudy = parkstudy.__main__:main" in points.read_text(encoding="utf-8")
    said = in_wheel(wheel, "from parkstudy.__main__ import main; raise SystemExit(main(['check']))")
    assert said.startswith("0 faults; loaded: ")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_wheel_finds_the_rules_of_the_method(wheel: Path, lang: str) -> None:
    said = in_wheel(wheel, f"from parkstudy.words.rules import rules; print(*rules({lang!r}).values(), sep='\\n')")
    assert said.splitlines() == list(rules(lang).values())
