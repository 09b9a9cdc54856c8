"""The command line: arguments in, an exit status out. 0 done, 1 faults in the data or a failed notebook, 2 a wrong call."""

from __future__ import annotations  # so that a signature loads no study

import argparse
import gc
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import parkstudy
from parkstudy.arguments import parsed
from parkstudy.errors import ParkstudyError, counted
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
    options = parsed(arguments, {name: text for name, (_, text) in _COMMANDS.items()})
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
    """Say which files the command reads, and of which rows nobody decided, where nobody who reads its output is disturbed."""
    from parkstudy.record import decided, folder

    given = dict(getattr(options, "parameters", ())).get("data")  # a parameter of the notebooks too
    data = getattr(options, "record", None) or getattr(options, "data", None) or given
    later = options.command == "review"  # which decides on some
    for line in (*folder.told(data), *(() if later else decided.told(data))) if "data" in options else ():
        print(f"parkstudy: {line}", file=sys.stderr)


def _report(options: argparse.Namespace) -> int:
    from parkstudy.report import build
    from parkstudy.report.cluster import Cluster
    from parkstudy.report.gather import gather
    from parkstudy.report.nursery import Local
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


def _review(options: argparse.Namespace) -> int:
    """Write the workbook of a review where the file is not there yet, else take the decisions that it brings back."""
    from parkstudy.record import decided
    from parkstudy.recorder.returned import taken
    from parkstudy.recorder.workbook import made

    call = (options.data, options.sources, options.file)
    for line in (taken if options.file.exists() else made)(*call, options.lang):
        print(line)
    for line in decided.told(options.data):
        print(f"parkstudy: {line}", file=sys.stderr)
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
    print(f"{', '.join(found)}; loaded: {loaded}; {counted(study.faulty.height, 'row')} not loaded")
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
        apart = counted(study.faulty.height, "row")
        print(
            f"{counted(len(study.faults), 'fault')} in the data; {apart} not loaded for them and not looked at; run: parkstudy check"
        )
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
        notes += [view.label("comparison_limit", limit) for limit in one.limits]
        notes += ["sensitive to figures of few digits"] if one.sensitive else []
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
    from parkstudy.lab.copies import explorer
    from parkstudy.lab.opening import open_lab, refused
    from parkstudy.record.unusual import told
    from parkstudy.report.environment import spare

    refused(options.options)
    spare()
    if options.record:
        from parkstudy.recorder.checking import Checker
        from parkstudy.recorder.notebook import recorder_notebook
        from parkstudy.recorder.text import edited

        path, how = recorder_notebook(Path.cwd(), options.record, options.sources, options.lang, options.reader)
        for line in edited(Checker(Path(options.record)).rows("sources"), options.sources):
            print(f"parkstudy: {line}", file=sys.stderr)
    else:
        study = parkstudy.load(options.data) if options.data else None
        if study and study.faults:
            count, hint = counted(len(study.faults), "fault"), f"parkstudy check --data {options.data}"
            print(f"parkstudy: {count} in the data; the explorer goes on without them: {hint}", file=sys.stderr)
        elif study and study.warnings:
            print(told(study.warnings, options.data), file=sys.stderr)
        path, how = explorer(Path.cwd(), options.data, options.lang)
    print(f"{path.name}: {how}")
    status = open_lab(path, options.options, browser=not options.no_browser)
    return DONE if status == 0 else FAULTY


_COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "init": (_init, "begin a folder of data, with rows for the texts given"),
    "draft": (_draft, "propose rows for the figures of texts, each proven in its place"),
    "review": (_review, "review a draft in a workbook: write it, then take the decisions that it brings back"),
    "report": (_report, "run the notebooks and build the pages"),
    "check": (_check, "list every fault of the dataset"),
    "verify": (_verify, "prove each recorded term and figure in its text"),
    "explore": (_explore, "open the explorer in JupyterLab, in a copy of its notebook"),
    "audit": (_audit, "list contradictions and relations that hold in the texts"),
    "compare": (_compare, "list what can be compared between two parks, and what comes out"),
    "export": (_export, "write a table to a file"),
}


if __name__ == "__main__":
    sys.exit(main())
