"""What of the figures shown is a draft that nobody has decided on."""

from functools import lru_cache
from pathlib import Path

import polars as pl

from parkstudy.method.study import Study
from parkstudy.record.decided import DRAFT, FILE, ReviewFileError, undecided

_READ = (DRAFT, FILE, "observations.csv")


def drafted(study: Study, park: str = "") -> int:
    """How many recorded rows of the texts, or of those of a park, are a draft that nobody has decided on."""
    left = _left(study)
    own = study.sources.filter(pl.col("park_id") == park) if park else study.sources
    return sum(left[source] for source in own["source_id"] if source in left)


def told(study: Study, park: str = "") -> dict[str, int]:
    """For a sentence: how many rows are an undecided draft (`drafted`), of how many (`figures`)."""
    rows = study.summaries()
    return {"drafted": drafted(study, park), "figures": (rows.filter(park_id=park) if park else rows).height}


def _left(study: Study) -> dict[str, int]:
    """Source to how many rows of its draft nobody has decided on."""
    folder = study.files["observations.csv"].parent
    if not (folder / DRAFT).is_file():
        return {}
    stats = [path.stat() for path in map(folder.joinpath, _READ) if path.is_file()]
    return _counted(folder, tuple((one.st_mtime_ns, one.st_size) for one in stats))


@lru_cache(maxsize=4)
def _counted(folder: Path, stamp: tuple[tuple[int, int], ...]) -> dict[str, int]:
    """Source to how many rows nobody has decided on, read once as long as the files keep their time and size (`stamp`)."""
    try:
        return {source: left for source, (left, _) in undecided(folder).items()}
    except ReviewFileError:  # which every command names
        return {}
