"""What the takeaways of several pages share: the parks' names as links, the rows of a basis, the line on trust."""

from __future__ import annotations

import polars as pl

from parkstudy.method.measures import GRADES
from parkstudy.method.study import Study
from parkstudy.show.exhibit import names_park
from parkstudy.words import wording
from parkstudy.words.language import Text

_REFUSED = Text("are refused with a reason", "不予计算并注明原因")


def linked_names(study: Study) -> dict[str, str]:
    """Short names that lead to the parks' profiles."""
    return {park: names_park(name, park) for park, name in wording.short_names(study).items()}


def each_park(study: Study, said: list[str]) -> str:
    """What is said of each park in one sentence: `a, b and c`; in Chinese as clauses."""
    return "，".join(said) if study.lang == "zh" else wording.listing(said)


def on_basis(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis, and every refusal."""
    return measures.filter((pl.col("basis") == basis) | pl.col("reason").is_not_null())


def trust(study: Study, measures: pl.DataFrame, without: Text = _REFUSED) -> str:
    """On how much a page rests: values and what is `without` one, and the grades of the texts behind the values."""
    given = measures.filter(pl.col("low").is_not_null())
    counts = {grade: given.filter(grade=grade)["park_id"].n_unique() for grade in GRADES}
    gaps, parks = measures.height - given.height, given["park_id"].n_unique()
    graded = [study.say(f"{n} of grade {grade}", f"{grade}级{n}个") for grade, n in counts.items() if n]
    texts = "、".join(graded) if study.lang == "zh" else wording.listing(graded)
    return study.say(
        f"Rests on {wording.counted(given.height, 'value')} from texts of {wording.counted(parks, 'park')} ({texts}); {gaps} further ones "
        f"{without}. No sample: nothing is inferred to other parks.",
        f"依据：{parks}个园区（{texts}）的{given.height}个数值；另有{gaps}项{without.zh}。并非抽样，不能推及其他园区。",
    )
