"""What the command line takes: the commands and their options."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import parkstudy
from parkstudy.record.codes import LANGUAGES


def _least_one(what: str) -> Callable[[str], int]:
    def number(text: str) -> int:
        found = int(text) if text.isdecimal() else 0
        if found < 1:
            raise argparse.ArgumentTypeError(f"{text} is no {what}, 1 or more")
        return found

    return number


def parsed(arguments: Sequence[str] | None, told: Mapping[str, str]) -> argparse.Namespace:
    """The options of one call; ends the program, with what is wrong, for a call that is none."""
    found = parser(told)
    options = found.parse_args(arguments)
    if options.command == "explore" and bool(options.record) != bool(options.sources):
        found.error("--record takes a folder of data and --sources the folder with its texts; give both")
    return options


def parser(told: Mapping[str, str]) -> argparse.ArgumentParser:
    """The parser of the command line; `told` is what each command does, in the order in which they are listed."""
    text = "A comparative study of Chinese county industrial parks."
    found = argparse.ArgumentParser(prog="parkstudy", description=text)
    found.add_argument("--version", action="version", version=f"parkstudy {parkstudy.__version__}")
    commands = found.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = {}
    for name, text in told.items():
        command = commands.add_parser(name, help=text, description=text)
        add[name] = command.add_argument
        if name not in ("init", "draft", "review"):
            command.add_argument(
                "--data", metavar="DIR", help="a folder whose tables take the place of the shipped ones"
            )

    add["init"]("folder", type=Path, metavar="DIR", help="a new or an empty folder")
    add["init"]("texts", nargs="*", type=Path, metavar="TEXT", help="a plain text (*.txt, UTF-8) of a park")
    add["draft"]("texts", nargs="+", type=Path, metavar="TEXT", help="a plain text (*.txt, UTF-8) of a park")
    add["draft"]("--out", type=Path, required=True, metavar="DIR", help="a folder of data; begun where there is none")
    _review_options(add["review"])
    _report_options(add["report"])
    add["verify"]("--sources", type=Path, required=True, metavar="DIR", help="folder with the texts (*.txt)")
    text = "write what came out, row by row, into verified.csv of the data folder: pages then say what is verified"
    add["verify"]("--keep", action="store_true", help=text)
    add["explore"]("--no-browser", action="store_true", help="print the address and open no browser")
    text = "behind --: options of JupyterLab, such as --allow-root or --port=9000"
    add["explore"]("options", nargs="*", metavar="OPTION", help=text)
    _record_options(add["explore"])
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
    return found


def _record_options(add: Callable[..., Any]) -> None:
    text = "review the draft of the texts of a folder of data: each row beside its sentence; with --sources"
    add("--record", type=Path, metavar="DIR", help=text)
    add("--sources", type=Path, metavar="DIR", help="folder with the texts (*.txt) of --record")
    add("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="language of the notebook (default: en)")
    add(
        "--reader", metavar="NAME", default="", help="review as a second reader, who does not see the rows of the first"
    )


def _review_options(add: Callable[..., Any]) -> None:
    add("file", type=Path, metavar="FILE.xlsx", help="the workbook: written where it is not there yet, else read back")
    add("--data", type=Path, required=True, metavar="DIR", help="the folder of data with the draft")
    add("--sources", type=Path, required=True, metavar="DIR", help="folder with the texts (*.txt) that were drafted")
    add("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="language of the explanations (default: en)")


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
    text = "pages side by side (default: the number of cores)"
    add("--jobs", type=_least_one("number of pages; expected a number"), default=0, metavar="N", help=text)
    add("--force", action="store_true", help="make every page, also what is up to date")
    add("--why", action="store_true", help="say of each page why it is made")
    text = "print the command that makes each page alone, for GNU parallel, xargs or a batch system; make none"
    add("--dry-run", action="store_true", help=text)
    text = "only write the indexes and the manifest of the pages that are there; with --no-index, leave them"
    add("--index", action=argparse.BooleanOptionalAction, help=text)
    text = "make the pages on the Dask cluster of a scheduler, such as tcp://10.0.0.1:8786"
    add("--cluster", metavar="ADDRESS", help=text)
