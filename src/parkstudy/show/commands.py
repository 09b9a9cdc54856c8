"""The commands that a page names: each gives what the page has no room for, of the same data, parks and years."""

import shlex

from parkstudy.method.study import Study
from parkstudy.record.chosen import ALL, LATEST
from parkstudy.record.shipped import shipped_folder
from parkstudy.show.select.shared import several

# taken unasked, and how asked
_YEARS = {"report": (LATEST, "-p year"), "compare": (LATEST, "--year"), "export": (ALL, "--year")}


def command(study: Study, words: str) -> str:
    """A command with the parks (of `report` alone: the others give those of all), the years and the data of a study."""
    name = words.split(maxsplit=1)[0]
    options = []
    if name == "report" and study.asked and "-p parks" not in words:
        options.append(f"-p parks {shlex.quote(study.asked)}")
    unasked, option = _YEARS.get(name, (study.year, ""))
    if study.year != unasked and (study.year != ALL or several(study)):
        options.append(f"{option} {study.year}")
    if any(path.parent != shipped_folder() for path in study.files.values()):
        options.append("--data DIR")
    return " ".join(["parkstudy", words, *options])
