"""What the exhibits on the record itself select: who reports what, what can be compared, and the texts."""

from itertools import combinations

import polars as pl

from parkstudy import __version__
from parkstudy.method import compare
from parkstudy.method.compare import Comparison
from parkstudy.method.study import Study
from parkstudy.record.period import Period
from parkstudy.record.rows import Row, gathered, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select import years
from parkstudy.show.select.draft import drafted
from parkstudy.show.select.shared import GIVEN, HEADLINE, MAIN, Selected, grades, many, printed, tally, texts

QUANTITY = ("indicator", "transformation")
_COUNTED = {"growth": ("gross_industrial_output", "yoy"), "tax": ("tax_revenue", "level")}
_ALIKE = ("measure", "rung", "months", "population")  # what two parks must share to be compared as printed
SILENT = "not_reported"
# what parks print of a measure, as it is counted of many
PRINTING = ("reported", "in_complete", "other_concept", SILENT)
_NO_PAIRS = dict.fromkeys(
    ("ordered", "open", "refused", "silent", "pairs", "measures", "questions", "both", "official"), 0
)


def sentences(study: Study) -> Selected:
    """What the texts report, and in how many questions on two parks and a measure there is an answer."""
    own, figures, cells, parks = texts(study), study.summaries(), study.coverage, study.park_ids()
    few = not many(study)
    held = stating(cells)
    asked = {
        name: cells.filter(indicator=indicator, transformation=kind, state="stated").height
        for name, (indicator, kind) in _COUNTED.items()
    }
    whole = [park for park in parks if all(study.compare.state(park, name) == "reported" for name in MAIN)]
    official = {*own.filter(HEADLINE)["park_id"]}
    facts = {
        **asked, **(_counts(_pairs(study)) if few else _NO_PAIRS), "few": few, "texts": own.height, "figures": figures.height,
        "quantities": held.height, "everywhere": held.filter(pl.col("parks") == len(parks)).height,
        "area": sum(study.compare.state(park, "tax_per_area") == "reported" for park in parks),
        "complete": [p for p in whole if p in official], "incomplete": [p for p in whole if p not in official],
        "alone": [park for park in whole if len(parks) > 1 and not _shares_an_area(study, park)] if few else [],
        "of_grade_c": own.filter(grade="C").height, "ungraded": own["grade"].null_count(),
    }  # fmt: skip
    return Selected(cells, facts, printed(study), of_measures=False)


def _shares_an_area(study: Study, park: str) -> bool:
    """True if another text prints an area of the same kind."""
    return any(one.rung and park in (one.left, one.right) for one in study.compare.rows("tax_per_area"))


def stating(cells: pl.DataFrame) -> pl.DataFrame:
    """The number of parks that state each quantity as a result of the whole park."""
    return cells.group_by(QUANTITY, maintain_order=True).agg(parks=(pl.col("state") == "stated").sum())


def spans(study: Study) -> Selected:
    """The months of a year that each text reports, from the `start` of the first one."""
    rows = texts(study).filter(pl.col("period_start").is_not_null())
    data = rows.select(
        "park_id", "period_start", "period_end",
        start=pl.col("period_start").dt.month().cast(pl.Int64) - 1,
        months=pl.Series([Period.of(row).months or 0 for row in rows.iter_rows(named=True)], dtype=pl.Int64),
        year=pl.col("period_end").dt.year(),
        grade="grade",
    )  # fmt: skip
    spans = data.select("period_start", "period_end").n_unique() if many(study) else 0  # which the bars then count
    facts = {
        "texts": data.height,
        "spans": spans,
        "years": data["year"].n_unique(),
        "full": data.filter(months=12).height,
        **years.aside(study),
    }
    return Selected(data, facts, printed(study), of_measures=False)


def cells(study: Study) -> Selected:
    """What each text holds of the figures that two or more texts state as a result of the whole park; of all, where it is one."""
    found = study.coverage
    held, parks = stating(found), len(study.park_ids())
    shared = held.filter(pl.col("parks") >= min(2, parks))
    data = found.join(shared, on=QUANTITY, how="semi", maintain_order="left")
    facts = {
        "figures": held.height, "parks": parks, "shared": shared.height, "states": tally(data, "state", "cells", "stated"),
    }  # fmt: skip
    return Selected(data, facts, printed(study), of_measures=False)


def pairs(study: Study) -> Selected:
    """Every pair of parks with what comes out on each measure, pairs with a text of grade C last."""
    if many(study):
        return _printing(study)
    lines, frame = _pairs(study), compare.as_frame(study.compare.rows())
    facts = {"few": True, "lines": sorted(lines, key=lambda line: line["grade"] not in COMPLETE), **_counts(lines)}
    return Selected(frame, facts, frame["inputs"].explode().drop_nulls().to_list(), of_measures=False)


def _printing(study: Study) -> Selected:
    """How many parks print what each measure needs: of many, pairs are compared when they are asked for."""
    parks, graded = study.park_ids(), grades(study)
    states = {name: [(park, study.compare.state(park, name)) for park in parks] for name in compare.MEASURES}
    lines = []
    for code in PRINTING:
        asked = SILENT if code == SILENT else "other_concept" if code == "other_concept" else "reported"
        own = {name: [park for park, state in states[name] if state == asked] for name in states}
        if code == "in_complete":
            own = {name: [park for park in found if graded.get(park) in COMPLETE] for name, found in own.items()}
        lines.append({"printing": code, "counts": {name: len(found) for name, found in own.items()}})
    facts = {"few": False, "lines": lines, "parks": len(parks), **_NO_PAIRS}
    return Selected(pl.DataFrame({"park_id": parks}), facts, printed(study), of_measures=False)


def _counts(lines: list[Row]) -> dict[str, int]:
    """How many questions (a pair on a measure) there are, and how many have which outcome."""
    found = [(line["grade"], question["outcome"]) for line in lines for question in line["questions"]]
    outcomes = [outcome for _, outcome in found]
    counts = {outcome: outcomes.count(outcome) for outcome in ("ordered", "open", "refused", "silent")}
    counts |= {"pairs": len(lines), "measures": len(compare.MEASURES), "questions": len(found)}
    return {
        **counts,
        "both": len(found) - counts["silent"],
        "official": sum(grade in COMPLETE and outcome == "ordered" for grade, outcome in found),
    }


def comparisons(study: Study) -> Selected:
    """Every comparison with its ways of reading the data, its limits and its reason, those on a text of grade C last; of many parks
    how many print a measure alike, so that any two of them can be compared on it.
    """
    parks = study.park_ids()
    if many(study):
        rows = _alike(study)
        facts = {"few": False, "parks": len(parks), "rows": rows}
        return Selected(pl.DataFrame(rows, infer_schema_length=None), facts, printed(study), of_measures=False)
    found = sorted(study.compare.rows(), key=lambda one: one.grade not in COMPLETE)
    frame = compare.as_frame(found)
    facts = {"few": True, "parks": len(parks), "rows": found}
    return Selected(frame, facts, frame["inputs"].explode().drop_nulls().to_list(), of_measures=False)


def _alike(study: Study) -> list[Row]:
    """How many parks print a measure on the same area, for as many months and the same firms; most parks first on each measure."""
    given = study.measures.filter(
        GIVEN, pl.col("measure").is_in(compare.MEASURES), pl.col("rung").is_null() | (pl.col("rung") != "signed"),
        price="nominal", basis="reported", value_type="outturn",
    )  # fmt: skip
    own = [{**row, "months": Period.of(row).months or 0} for row in given.iter_rows(named=True)]
    rows = []
    for key, found in grouped(own, *_ALIKE).items():
        years = sorted({row["period_end"].year for row in found if row["period_end"]})
        same = {
            "parks": len({row["park_id"] for row in found}),
            "first": years[0] if years else None,
            "last": years[-1] if years[1:] else None,
        }
        rows.append({**dict(zip(_ALIKE, key, strict=True)), **same})
    return sorted(rows, key=lambda row: (compare.MEASURES.index(row["measure"]), -row["parks"]))


def _pairs(study: Study) -> list[Row]:
    graded, of_parks = dict(texts(study).select("source_id", "grade").iter_rows()), grades(study)

    def lowest(pair: tuple[str, str]) -> str:
        found = [one for measure in compare.MEASURES for one in study.compare.latest(measure, *pair)]
        used = {source for one in found for source in (one.left_source, one.right_source)}
        return max([graded[one] or "C" for one in used] or [of_parks.get(park) or "C" for park in pair])

    return [
        {
            "parks": pair, "grade": lowest(pair),
            "questions": [_question(study, measure, *pair) for measure in compare.MEASURES],
        }
        for pair in combinations(study.park_ids(), 2)
    ]  # fmt: skip


def _question(study: Study, measure: str, left: str, right: str) -> Row:
    """What comes out for two parks on a measure: its comparisons by their verdict, those that are refused only where all are.

    `outcome` is `ordered` (one order in every comparison), `open`, `refused` or `silent`, which is no verdict; `year` that of the texts
    where the two share several, or one of several.
    """
    found, of_texts = study.compare.latest(measure, left, right), study.compare.of_latest(left, right)
    silent = [] if found else [park for park in (left, right) if of_texts.state(park, measure) == SILENT]
    decided = [one for one in found if one.verdict != "not_comparable"]
    by_verdict = gathered(decided or found[:1], lambda one: (one.verdict, one.higher))
    outcome = "silent" if silent else "refused" if not decided else "open"
    if len(by_verdict) == 1 and decided and decided[0].ordered:
        outcome = "ordered"
    answers = [
        {
            "verdict": verdict,
            "higher": higher,
            "key": rows[0].key,
            "reason": rows[0].reason,
            "which": _which(rows, found) if decided else [],
            "areas": _areas(rows),
            **_leaning(rows),
            "decide": _decided_by_round_figures(rows),
        }
        for (verdict, higher), rows in by_verdict.items()
    ]
    return {"measure": measure, "outcome": outcome, "silent": silent, "year": of_texts.year, "answers": answers}


def _which(rows: list[Comparison], among: list[Comparison]) -> list[Row]:
    """The prices, months and areas of some comparisons, where others among them are of other ones."""
    found = {name: list(dict.fromkeys(getattr(one, name) for one in rows)) for name in ("price", "basis", "rung")}
    apart = {name: codes for name, codes in found.items() if {getattr(one, name) for one in among} != set(codes)}
    return [{"group": name, "code": code} for name, codes in apart.items() for code in codes]


def _areas(rows: list[Comparison]) -> int:
    """On how many areas they stand; 0 for one area or none, which needs no word."""
    areas = {one.rung for one in rows}
    return len(areas) if len(areas) > 1 else 0


def _leaning(rows: list[Comparison]) -> Row:
    """The park that is higher in more ways of reading the data, and in how many of all, where it is so in every comparison."""
    found = [{name: getattr(one, name) for name in ("leaning", "cells_for", "cells")} for one in rows]
    return found[0] if all(one == found[0] for one in found) else {"leaning": None}


def _decided_by_round_figures(rows: list[Comparison]) -> str | int:
    """`all` where round figures decide every one of them, else on how many areas they do."""
    found = [one for one in rows if one.sensitive]
    return "all" if len(found) == len(rows) else len({one.rung for one in found})


def sources(study: Study) -> Selected:
    """The texts, the version that computed the page, the hash of its data, the warnings of their check, and what is a draft."""
    facts = {
        "version": __version__, "data": study.edition,
        "open": len(study.warnings), "acknowledged": len(study.acknowledged),
        "drafted": drafted(study),
    }  # fmt: skip
    return Selected(texts(study), facts, printed(study), of_measures=False)
