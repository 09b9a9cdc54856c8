"""The command line: arguments in, an exit status out. 0 done, 1 faults in the data or a failed notebook, 2 a wrong call."""

import argparse
import gc
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import parkstudy
from parkstudy.errors import ParkstudyError, counted
from parkstudy.record.codes import LANGUAGES
from parkstudy.terminal import speaking, stoppable

DONE, FAULTY = 0, 1
_MOST_ASIDE = 10  # texts that a command names one by one


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    with speaking() as unsaid:
        status = _run(arguments)
    for error in unsaid:
        print(f"parkstudy: not all that was to be said could be written: {error.strerror}", file=sys.stderr)
    return status or (FAULTY if unsaid else DONE)


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        with stoppable():
            _tell_data(options)
            return _COMMANDS[options.command][0](options)
    except KeyboardInterrupt as stop:
        goes_on = (
            "; what is made is kept, and the same command goes on from there" if options.command == "report" else ""
        )
        print(f"\nparkstudy: stopped{goes_on}", file=sys.stderr)
        return 128 + getattr(stop, "number", signal.SIGINT)
    except (ParkstudyError, OSError) as error:  # anything else is a fault of ours and is not hidden
        print(f"parkstudy: {error}", file=sys.stderr)
        return error.status if isinstance(error, ParkstudyError) else ParkstudyError.status


def collect_less() -> None:
    """Let the garbage collector look less often: what a command makes of a study lives to its end, and holds few rings."""
    gc.set_threshold(100_000)


def _tell_data(options: argparse.Namespace) -> None:
    """Say which files the command reads, where nobody who reads its output is disturbed."""
    from parkstudy.record.folder import told

    given = dict(getattr(options, "parameters", ())).get("data")  # a parameter of the notebooks too
    for line in told(options.data or given) if "data" in options else ():
        print(f"parkstudy: {line}", file=sys.stderr)


def _least_one(what: str) -> Callable[[str], int]:
    def number(text: str) -> int:
        found = int(text) if text.isdecimal() else 0
        if found < 1:
            raise argparse.ArgumentTypeError(f"{text} is no {what}, 1 or more")
        return found

    return number


def _report(options: argparse.Namespace) -> int:
    from parkstudy.report import build
    from parkstudy.report.cluster import Cluster
    from parkstudy.report.executors import Local
    from parkstudy.report.gather import gather
    from parkstudy.report.parameters import ParameterError
    from parkstudy.report.progress import Progress

    names = [name for name, _ in options.parameters]
    for name in names:
        if names.count(name) > 1:
            raise ParameterError(f"parameter {name!r} is given twice; give it once")
    parameters = dict(options.parameters)
    if options.data:
        parameters["data"] = str(Path(options.data).resolve())
    call = (options.notebooks, parameters, options.out, options.timeout, options.lang or "", options.each)
    if options.dry_run:
        for page in build.due(build.asked(*call), force=options.force):
            print(f"{build.alone(page.task)}  # {page.task.stem}: {'; '.join(page.reasons) or 'up to date'}")
        return DONE
    if options.index:
        print(f"{counted(gather(options.out, options.data), 'page')} in {options.out}")
        return DONE
    told = Progress(why=options.why)
    executor = Cluster(options.cluster) if options.cluster else Local(options.jobs)
    stems = build.render(*call, force=options.force, executor=executor, told=told, index=options.index is None)
    index = "index.html" if any(".zh" not in stem for stem in stems) else "index.zh.html"
    print(f"{told}; open {options.out / (f'{stems[0]}.html' if len(stems) == 1 else index)}")
    return DONE


def _init(options: argparse.Namespace) -> int:
    from parkstudy.record.begin import begin

    for line in begin(options.folder, options.texts):
        print(line)
    return DONE


def _draft(options: argparse.Namespace) -> int:
    from parkstudy.record.draft import draft

    for line in draft(options.texts, options.out):
        print(line)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from parkstudy.record import unusual
    from parkstudy.record.schema import KEPT, TABLES

    study = parkstudy.load(options.data)
    for line in (*study.faults, *study.warnings):
        print(line)
    if study.warnings and unusual.FILE not in study.files:
        print(f"to acknowledge warnings, begin {unusual.FILE} with the line {unusual.HEADER}")
    found = [counted(len(study.faults), "fault")]
    found += [counted(len(study.warnings), "warning")] if study.warnings else []
    found += [f"{counted(len(study.acknowledged), 'warning')} acknowledged"] if study.acknowledged else []
    loaded = ", ".join(f"{getattr(study, name).height} {name}" for name in TABLES if name not in KEPT)
    print(f"{', '.join(found)}; loaded: {loaded}; {counted(study.faulty.height, 'row')} set apart")
    return FAULTY if study.faults else DONE


def _verify(options: argparse.Namespace) -> int:
    from parkstudy.record.proof import verify
    from parkstudy.record.verified import keep

    study = parkstudy.load(options.data)
    result = verify(study, options.sources)
    hashes = dict(study.sources.select("source_id", "sha256").iter_rows())
    for finding in result.findings:
        print(finding)
    for source, text in result.texts.items():
        if text.how == "figures":
            print(f"{source}: taken to be {text.file}, which holds most of its figures; name it {source}.txt if it is")
        elif hashes[source] not in (None, text.sha256):
            print(
                f"{source}: {text.file} has another SHA-256 than sources.csv; it was edited since, or is another text"
            )
    for source in result.not_checked:
        print(f"{source}: not checked, no text of it in {options.sources}")
    if result.not_checked:
        print("a text is found as <source_id>.txt, or as any .txt with the SHA-256 of sources.csv")
    unproven, left = len(result.findings), len(result.not_checked)
    skipped = f", {counted(result.without_place, 'row')} without a place skipped" if result.without_place else ""
    print(
        f"{counted(result.proven, 'observation')} proven, {unproven} not, {counted(left, 'source')} not checked{skipped}"
    )
    if options.keep:
        texts = {source: text.sha256 for source, text in result.texts.items()}
        kept = keep(options.data, study.files, study.recorded, texts, result.results)
        print(f"{counted(len(result.results), 'row')} kept in {kept}")
    if study.faults:
        print(f"{counted(len(study.faults), 'fault')} in the data, whose rows were not looked at; run: parkstudy check")
    return FAULTY if result.findings or study.faults else DONE


def _faultless(data: str | None) -> Any:
    """The study of a folder without faults, after a line on its warnings."""
    from parkstudy.record.unusual import told

    collect_less()
    study = parkstudy.load(data).require_faultless()
    if said := told(study.warnings, data):
        print(said, file=sys.stderr)
    return study


def _audit(options: argparse.Namespace) -> int:
    from parkstudy.export.files import put_csv
    from parkstudy.record.codes import codes
    from parkstudy.show.tables import said_findings
    from parkstudy.show.view import View

    study = _faultless(options.data)
    said = said_findings(View(study), study.findings)
    if options.csv:
        put_csv(said, options.csv)
    for row in said.iter_rows(named=True):
        if row["outcome"] != "holds":
            ids = ", ".join(row["observations"])
            print(f"{row['outcome']} {row['check']} {row['name']}: {row['arithmetic']} [{ids}]")
    counts = {outcome: said.filter(outcome=outcome).height for outcome in codes("outcome")}
    print("; ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return DONE


def _compare(options: argparse.Namespace) -> int:
    from parkstudy.export.files import put_csv
    from parkstudy.method.compare import as_frame
    from parkstudy.record.codes import codes
    from parkstudy.show.view import View

    study = _faultless(options.data).within("", options.year)
    _tell_aside(study)
    view, rows = View(study), study.compare.rows(left=options.park, right=getattr(options, "with"))
    if options.csv:
        put_csv(as_frame(rows), options.csv)
    for one in rows:
        variant = ", ".join(filter(None, (one.price, one.basis, one.rung, one.year)))
        for_whom = "" if one.ordered or not one.leaning else f" for {one.leaning}"
        notes = [f"{one.cells_for} of {one.cells}{for_whom}"] if one.cells else []
        notes += [view.label(limit, "comparison_limit") for limit in one.limits]
        notes += ["sensitive to round figures"] if one.sensitive else []
        notes += [view.fact(one.reason).striptags()] if one.reason else []
        print(f"{one.measure} ({variant}): {one.left} {one.verdict} {one.right} [{'; '.join(notes)}]")
    verdicts = [row.verdict for row in rows]
    print("; ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in codes("comparison")))
    return DONE


def _tell_aside(study: parkstudy.Study) -> None:
    """Say which texts of a study were not taken, and why."""
    if aside := list(study.set_aside.iter_rows(named=True)):
        from parkstudy.record.codes import label

        named = [f"{text['source_id']} ({label('set_aside', text['why'], 'en')})" for text in aside[:_MOST_ASIDE]]
        more = [f"{len(aside) - _MOST_ASIDE} more"] if len(aside) > _MOST_ASIDE else []
        print(f"parkstudy: {counted(len(aside), 'text')} set aside: {'; '.join(named + more)}", file=sys.stderr)


def _export(options: argparse.Namespace) -> int:
    from parkstudy.export.files import write

    study = _faultless(options.data)
    year = options.year or ("latest" if options.table == "comparisons" else "")
    study = study.within("", year) if year else study
    _tell_aside(study)
    rows, left_out = write(study, options.table, options.file, as_sdmx=options.sdmx)
    undated = f"; {left_out} without a time left out, which SDMX cannot hold" if left_out else ""
    print(f"{counted(rows, 'row')} of {options.table} in {options.file}{undated}")
    return DONE


def _explore(options: argparse.Namespace) -> int:
    from parkstudy.lab.opening import open_lab
    from parkstudy.record.unusual import told

    study = parkstudy.load(options.data) if options.data else None
    if study and study.faults:
        count, hint = counted(len(study.faults), "fault"), f"parkstudy check --data {options.data}"
        print(f"parkstudy: {count} in the data; the explorer goes on without them: {hint}", file=sys.stderr)
    elif study and study.warnings:
        print(told(study.warnings, options.data), file=sys.stderr)
    given = {"data": str(Path(options.data).resolve())} if options.data else {}
    status = open_lab("90-explorer", "explorer", given, options.lang, options.options, browser=not options.no_browser)
    return DONE if status == 0 else FAULTY


_COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "init": (_init, "begin a folder of data, with rows for the texts given"),
    "draft": (_draft, "propose rows for the figures of texts, each proven in its place"),
    "report": (_report, "run the notebooks and build the pages"),
    "check": (_check, "list every fault of the dataset"),
    "verify": (_verify, "prove each recorded term and figure in its text"),
    "explore": (_explore, "open the explorer in JupyterLab, in a copy of its notebook"),
    "audit": (_audit, "list contradictions and relations that hold in the texts"),
    "compare": (_compare, "list what can be compared between two parks, and what comes out"),
    "export": (_export, "write a table to a file"),
}


def _parser() -> argparse.ArgumentParser:
    text = "A comparative study of Chinese county industrial parks."
    parser = argparse.ArgumentParser(prog="parkstudy", description=text)
    parser.add_argument("--version", action="version", version=f"parkstudy {parkstudy.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = {}
    for name, (_, text) in _COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        add[name] = command.add_argument
        if name not in ("init", "draft"):
            command.add_argument(
                "--data", metavar="DIR", help="a folder whose tables take the place of the shipped ones"
            )

    add["init"]("folder", type=Path, metavar="DIR", help="a new or an empty folder")
    add["init"]("texts", nargs="*", type=Path, metavar="TEXT", help="a plain text (*.txt, UTF-8) of a park")
    add["draft"]("texts", nargs="+", type=Path, metavar="TEXT", help="a plain text (*.txt, UTF-8) of a park")
    add["draft"]("--out", type=Path, required=True, metavar="DIR", help="a folder of data; begun where there is none")
    _report_options(add["report"])
    add["verify"]("--sources", type=Path, required=True, metavar="DIR", help="folder with the texts (*.txt)")
    text = "write what came out, row by row, into verified.csv of the data folder: pages then say what is verified"
    add["verify"]("--keep", action="store_true", help=text)
    add["explore"]("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="language of the notebook (default: en)")
    add["explore"]("--no-browser", action="store_true", help="print the address and open no browser")
    text = "behind --: options of JupyterLab, such as --allow-root or --port=9000"
    add["explore"]("options", nargs="*", metavar="OPTION", help=text)
    add["audit"]("--csv", type=Path, metavar="FILE", help="write the findings to a file as well")
    add["compare"]("--park", metavar="ID", help="only the comparisons of this park with all others")
    add["compare"]("--with", metavar="ID", help="only those with this park")
    add["compare"]("--csv", type=Path, metavar="FILE", help="write the comparisons to a file as well")
    text = "latest (of each park its latest text of the best grade), a year, or all: each pair in every year both have"
    add["compare"]("--year", default="latest", help=text)
    text = "latest, a year or all (default: latest for comparisons, every text for the others)"
    add["export"]("--year", default="", help=text)
    add["export"]("table", help="observations (normalised), measures, comparisons or sources")
    add["export"]("file", type=Path, help="ends in .csv, .xlsx or .parquet; sources also in .bib")
    add["export"]("--sdmx", action="store_true", help="write SDMX-CSV 2.0 to a .csv file")
    return parser


def _report_options(add: Callable[..., Any]) -> None:
    add("notebooks", nargs="*", metavar="NOTEBOOK", help="such as 20-growth; all if none is given")
    pair: dict[str, Any] = {"nargs": 2, "action": "append", "default": [], "metavar": ("NAME", "VALUE")}
    add("-p", dest="parameters", help="a parameter of the notebooks", **pair)
    text = "language of the pages (default: all, if no notebook is named; else en)"
    add("--lang", choices=[*LANGUAGES, "all"], help=text)
    text = "a page for every value of a parameter, such as park"
    add("--each", metavar="PARAM", default="", help=text)
    add("--out", type=Path, default=Path("reports"), help="folder of the pages (default: reports)")
    text = "seconds that one cell may take (default: 600)"
    add("--timeout", type=_least_one("time; expected seconds"), default=600, metavar="S", help=text)
    add(
        "--jobs",
        type=_least_one("number of pages; expected a number"),
        default=0,
        metavar="N",
        help="pages side by side (default: the number of cores)",
    )
    add("--force", action="store_true", help="make every page, also what is up to date")
    add("--why", action="store_true", help="say of each page why it is made")
    text = "print the command that makes each page alone, for GNU parallel, xargs or a batch system; make none"
    add("--dry-run", action="store_true", help=text)
    text = "only write the indexes and the manifest of the pages that are there; with --no-index, leave them"
    add("--index", action=argparse.BooleanOptionalAction, help=text)
    text = "make the pages on the Dask cluster of a scheduler, such as tcp://10.0.0.1:8786"
    add("--cluster", metavar="ADDRESS", help=text)


if __name__ == "__main__":
    sys.exit(main())
