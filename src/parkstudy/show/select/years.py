"""Which years the texts of a page are of, what was asked for, and what is not on the page."""

from parkstudy.method.study import Study
from parkstudy.record.chosen import ALL, LATEST
from parkstudy.record.rows import Row, grouped
from parkstudy.show.select.shared import FEW, several, texts

_NAMED = 6  # years that a line names one by one where some between them are missing


def told(study: Study, park: str = "") -> Row:
    """The first and the last year of the texts (of one park), what was asked for, and how many texts and parks are left out.

    `named` are the years one by one, where they are few and not one after another; `gapless` says that they are.
    `kind` is `mixed` (one text a park, of several years), `year`, `latest` or `all`; empty where there is nothing to say.
    """
    study = study.only(park) if park else study
    own, aside = texts(study), study.set_aside
    years = study.all_years.years if park else study.years
    asked = study.year if study.year in (ALL, LATEST) else "year"
    nothing = {LATEST: aside.is_empty(), ALL: not several(study), "year": False}[asked]
    kind = ("mixed" if len(years) > 1 and not park else "") if nothing else asked
    first, last = (years[0], years[-1]) if years else (None, None)
    gapless = bool(years) and years[-1] - years[0] == len(years) - 1
    return {
        "kind": kind, "first": first, "last": last, "years": len(years), "gapless": gapless,
        "named": [] if len(years) > _NAMED or (gapless and len(years) > 2) else years, "aside": aside.height, "year": study.year,
        "park": park, "texts": own.height + aside.height, "own": study.years[-1] if study.years else None,
        "without": len(_without(study)),
    }  # fmt: skip


def _without(study: Study) -> list[str]:
    """The parks of which no text was taken."""
    if study.origin is None:
        return []
    left = study.origin.sources.join(study.set_aside, on="source_id", how="semi")
    return left.join(texts(study), on="park_id", how="anti")["park_id"].unique().to_list()


def aside(study: Study) -> Row:
    """The texts that are not on a page, by the reason `why`: how many, the first of them, and how many more there are."""
    if study.origin is None:
        return {"aside": [], "narrowed": False}
    rows = study.set_aside.join(study.origin.sources, on="source_id", how="left", maintain_order="left").to_dicts()
    found = [
        {"why": why, "count": len(of_why), "texts": of_why[:FEW], "more": max(0, len(of_why) - FEW)}
        for (why,), of_why in grouped(rows, "why").items()
    ]
    return {"aside": found, "narrowed": study.year != ALL}
