"""What something rests on: the figures of the parks' own texts, those of outside pages, references; and its lowest grade.

It is made from the keys of the figures that were used, so that no sentence counts texts that entered nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from parkstudy.method.benchmarks import reference_id
from parkstudy.record.rows import Row, fitting, grouped
from parkstudy.record.tables import Tables

READ_ONCE = "V"  # the status of a figure that nobody has read a second time


@dataclass(frozen=True)
class Basis:
    """The keys behind something, by their kind: `texts` and `pages` are numbers of figures by source.

    `grade` is the lowest of all of them: none where a source has none, unless another one is of grade C. `once` are figures
    read once, `inferred` references of which something was inferred.
    """

    keys: tuple[str, ...] = ()
    texts: tuple[tuple[str, int], ...] = ()
    pages: tuple[tuple[str, int], ...] = ()
    references: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    grade: str | None = None
    graded: bool = True

    @property
    def official(self) -> bool:
        """True where all its figures are of complete texts, graded and read twice: what may stand in a headline (Q2, Q5)."""
        return self.grade != "C" and self.graded and not self.once


def basis_of(study: Tables, keys: Iterable[str], parks: Iterable[str] = ()) -> Basis:
    """The basis of what rests on these figures and references; without any, the grade is that of the texts of `parks`."""
    known = tuple(dict.fromkeys(keys))
    used = [row for key in known for row in study.rows("observations", observation_id=key)]
    own, other = ([row for row in used if (row["kind"] == "work_summary") is of_park] for of_park in (True, False))
    texts = [text for park in parks for text in study.rows("sources", park_id=park, kind="work_summary")]
    grades = {row["grade"] for row in (used if known else texts)}
    graded = all(grades)
    inferred = {reference_id(row) for row in study.rows("reference") if row["inferred"]}
    return Basis(
        keys=known,
        texts=_counts(own),
        pages=_counts(other),
        references=tuple(key for key in known if key.startswith("ref:")),
        once=tuple(row["observation_id"] for row in fitting(used, obs_status=READ_ONCE)),
        inferred=tuple(key for key in known if key in inferred),
        grade=max((grade for grade in grades if grade and (graded or grade == "C")), default=None),
        graded=graded,
    )


def _counts(figures: list[Row]) -> tuple[tuple[str, int], ...]:
    return tuple((source, len(rows)) for (source,), rows in grouped(figures, "source_id").items())
