"""The names of parks: of a study as a whole, so that a park is called the same whichever others are chosen with it."""

from collections import Counter
from collections.abc import Mapping

from parkstudy.method.study import Study
from parkstudy.record.rows import pairs
from parkstudy.words.lines import columns, ends, shortened
from parkstudy.words.speech import Speech, one_line

_SHORT = 28  # columns of a name in a figure
_LONG = 44  # columns of a name in a table


def full_names(study: Study, speech: Speech, lang: str) -> Mapping[str, str]:
    """Park id to name, with the id where another park has the same."""
    found = _named(study, lang)
    held = Counter(found.values())
    left, right = speech.mark("open"), speech.mark("close")
    return {park: name if held[name] == 1 else f"{name}{left}{park}{right}" for park, name in found.items()}


def short_names(study: Study, speech: Speech, lang: str) -> Mapping[str, str]:
    """Park id to a short name that is no other park's: its county, or its own name where it is of context or shares the county.

    An anonymised park has its id in English. Names that are alike where they are cut are cut in their middle; a name that two
    parks share is none: they have their ids.
    """
    rows = list(study.parks.iter_rows(named=True))
    counties, full = [one_line(row[f"county_{lang}"] or "") for row in rows], _named(study, lang)
    alike = Counter(counties)
    wanted = {}
    for row, county in zip(rows, counties, strict=True):
        park, name = row["park_id"], full[row["park_id"]]
        if row["role"] == "context":
            wanted[park] = shortened(name, _LONG)  # its figures are no city's
        elif county and alike[county] == 1:
            wanted[park] = _cut(speech.short_county(county))
        else:
            wanted[park] = park if row["anonymised"] and lang == "en" else _cut(name)
    held = Counter(wanted.values())
    wanted = {park: name if held[name] == 1 else ends(full[park], _SHORT) for park, name in wanted.items()}
    held = Counter(wanted.values())
    return {park: name if name and held[name] == 1 else park for park, name in wanted.items()}


def _named(study: Study, lang: str) -> dict[str, str]:
    return {park: one_line(name) or park for park, name in pairs(study.parks, "park_id", f"name_{lang}")}


def _cut(name: str) -> str:
    """A name that fits a figure."""
    if columns(name) > len(name):
        return shortened(name, _SHORT)
    return name if len(name) <= _SHORT else name[: _SHORT - 1] + "…"
