"""What the audit sees: the smallest error that each relation shows, and how often it cries wrongly.

    python benchmarks/audit_power.py [--parks 500] [--made 8] [--seed 1]

Power: one printed figure is changed by whole units of its last digit, upwards and downwards, and the smallest change with which a
relation that holds becomes a finding is looked for by halving. Where a relation is a finding already, the figure is put right first
(to the middle of what would hold). This is done with every figure of every relation of the shipped texts and, since some relations
have few places there or none, of some texts made without an error (`tests/clean_texts.py`).

Coverage: of all figures of the shipped texts, how many enter a relation that an error of up to a hundred times would break; and of
single errors (ten times, two digits changed places, 1 and 5 percent), the share that any relation shows.

Wrong cries: the findings in texts made without an error, for each relation and each way of printing, with the interval of the share
(Wilson, 95 %). A9, A12, A14 and A17 look at labels, words and targets; they have no size of an error.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from shares import interval

from parkstudy.method.audit import CHECKS, Finding, audit, between
from parkstudy.method.audit.printed import PrintedText
from parkstudy.record.quantities import QuantityError, normal_quantity, parse
from parkstudy.record.rows import Row, fitting
from parkstudy.record.tables import Tables, load

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from clean_texts import MANNERS, make

SIZED = ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A10", "A11", "A13", "A15", "A16")
NAMES = {
    "A1": "parts and total", "A2": "printed share", "A3": "one figure twice", "A4": "part within whole", "A5": "target and base",
    "A6": "months and year", "A7": "value added and output", "A8": "sales and output", "A10": "areas", "A11": "percentage of a plan",
    "A13": "rest of the total", "A15": "rate and levels of two texts", "A16": "one figure in two texts",
    "A9": "same digits, other unit", "A12": "share equal to another ratio", "A14": "wording and status",
}  # fmt: skip
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
DIGITS = 6000  # last digits away from a printed figure that are tried to put it right
MOST = 100  # times, and percentage points of a rate: a larger error is not looked for
Key = tuple[str, tuple[str, ...]]


@dataclass
class Texts:
    """The texts of one park with some figures changed, as the checks read a study."""

    study: Tables
    sources: Sequence[Row]
    observations: Mapping[str, list[Row]]

    def rows(self, table: str, **wanted: Any) -> list[Row]:
        """The rows that are asked for."""
        if table == "sources":
            return fitting(self.sources, **wanted)
        if table == "observations":
            return fitting(self.observations[wanted.pop("source_id")], **wanted)
        return self.study.rows(table, **wanted)

    def found(self, checks: Sequence[str] = SIZED) -> dict[Key, Finding]:
        """The findings of some checks by check and figures."""
        texts = [PrintedText.by(self, source) for source in self.sources]  # type: ignore[arg-type]
        found = [one for text in texts for name in checks if name in CHECKS for one in CHECKS[name](text)]
        if len(self.sources) > 1 and {*checks} & {*between.CHECKS}:
            found += between.between(self)  # type: ignore[arg-type]
        return {(one.check, one.observations): one for one in found if one.check in checks}

    def odd(self, checks: Sequence[str] = SIZED) -> set[Key]:
        """Which of them do not hold."""
        return {key for key, one in self.found(checks).items() if one.outcome not in ("holds", "observed")}

    def changed(self, row: Row, figure: str) -> Texts | None:
        """The texts with another figure in place of one; None for what is no figure."""
        unit = next(one["unit"] for one in self.study.rows("indicators", indicator=row["indicator"]))
        try:
            quantity = normal_quantity(figure, row["transformation"], unit)
        except QuantityError:
            return None
        ends = {"low": float(quantity.low), "high": float(quantity.high), "significant": quantity.significant}
        new = (
            row | ends | {"reported_figure": figure, "value": None if quantity.value is None else float(quantity.value)}
        )
        rows = [
            new if one["observation_id"] == row["observation_id"] else one
            for one in self.observations[row["source_id"]]
        ]
        return Texts(self.study, self.sources, {**self.observations, row["source_id"]: rows})

    @cached_property
    def figures(self) -> list[Row]:
        """The printed figures with one number in digits."""
        rows = [row for source in self.sources for row in self.observations[source["source_id"]]]
        return [row for row in rows if len(NUMBER.findall(row["reported_figure"])) == 1]


def of_parks(study: Tables) -> Iterator[Texts]:
    """The work summaries of a study park by park."""
    for park in study.park_ids():
        sources = study.rows("sources", kind="work_summary", park_id=park)
        if sources:
            yield Texts(
                study,
                sources,
                {one["source_id"]: study.rows("observations", source_id=one["source_id"]) for one in sources},
            )


def printed(row: Row, number: Decimal) -> str | None:
    """The figure with another number, as many digits behind the point; None for one that nobody prints there."""
    old = NUMBER.search(row["reported_figure"])
    assert old
    step = Decimal(1).scaleb(int(Decimal(old[0]).as_tuple().exponent))
    new = number.quantize(step, ROUND_HALF_UP)
    sign = "-" if new < 0 else ""
    if new == 0 or (sign and row["transformation"] != "yoy"):
        return None
    return f"{row['reported_figure'][: old.start()]}{sign}{abs(new)}{row['reported_figure'][old.end() :]}"


def number_of(row: Row) -> Decimal:
    """The number in a printed figure."""
    return Decimal(NUMBER.findall(row["reported_figure"])[0])


@dataclass(frozen=True)
class Shown:
    """The smallest error of one figure, in one direction, that a relation shows; None where it shows none."""

    check: str
    rate: bool
    error: float | None


def smallest(texts: Texts) -> Iterator[Shown]:
    """For each relation, each figure in it and both directions."""
    for (check, ids), finding in texts.found().items():
        for row in (one for one in texts.figures if one["observation_id"] in ids):
            right = texts if finding.outcome == "holds" else _put_right(texts, check, ids, row)
            if right:
                now = next(one for one in right.figures if one["observation_id"] == row["observation_id"])
                for sign in (1, -1):
                    yield Shown(check, row["transformation"] == "yoy", _least(right, check, now, sign))


def _put_right(texts: Texts, check: str, ids: tuple[str, ...], row: Row) -> Texts | None:
    """The texts with a figure with which a relation holds that does not: the middle one of those that do."""
    number = number_of(row)
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    tried = [[number * (1 + Decimal(k) / 100) for k in range(-90, 400)]]  # else digit by digit, nearest first
    tried += [[number + sign * k * step for k in range(1, DIGITS)] for sign in (-1, 1)]
    for numbers in tried:
        held: list[Texts] = []
        for one in numbers:
            figure = printed(row, one)
            changed = texts.changed(row, figure) if figure else None
            found = changed.found([check]).get((check, ids)) if changed else None
            if changed and found and found.outcome == "holds":
                held.append(changed)
            elif held:
                break
        if held:
            return held[len(held) // 2]
    return None


def _least(texts: Texts, check: str, row: Row, sign: int) -> float | None:
    """The smallest error of a figure that a check shows: in percent of it, of a rate in percentage points."""
    number = number_of(row)
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    rate, before = row["transformation"] == "yoy", texts.odd([check])
    most = int((MOST if rate else number * (MOST - 1) if sign > 0 else number) / step)

    @cache
    def seen(steps: int) -> bool:
        figure = printed(row, number + sign * steps * step)
        changed = texts.changed(row, figure) if figure else None
        return bool(changed and any(row["observation_id"] in key[1] for key in changed.odd([check]) - before))

    high = 1
    while high < most and not seen(high):
        high = min(2 * high, most)
    if high < 1 or not seen(high):
        return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return float(high * step) if rate else float(100 * high * step / number)


def _swapped(row: Row) -> list[str | None]:
    digits = str(number_of(row))
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and "." not in digits[i : i + 2]]
    return [printed(row, Decimal(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])) for i in places]


def _times(*factors: str) -> Callable[[Row], list[str | None]]:
    return lambda row: [printed(row, number_of(row) * Decimal(one)) for one in factors]


ERRORS: dict[str, Callable[[Row], list[str | None]]] = {
    "ten times as large": lambda row: [_ten(row, 1)],
    "a tenth as large": lambda row: [_ten(row, -1)],
    "two neighbouring digits changed places": _swapped,
    "5 % more or less": _times("1.05", "0.95"),
    "1 % more or less": _times("1.01", "0.99"),
}


def _ten(row: Row, places: int) -> str | None:
    old = NUMBER.search(row["reported_figure"])
    assert old
    new = f"{number_of(row).scaleb(places):f}"
    whole = parse(row["reported_figure"]).unit in ("count", "person")
    return (
        None
        if whole and "." in new
        else f"{row['reported_figure'][: old.start()]}{new}{row['reported_figure'][old.end() :]}"
    )


def errors(texts: Texts) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each single error: which, in which figure, and the checks that show it."""
    before = texts.odd()
    for row in texts.figures:
        for said, make_ in ERRORS.items():
            for figure in {one for one in make_(row) if one and one != row["reported_figure"]}:
                changed = texts.changed(row, figure)
                if changed:
                    new = [key[0] for key in changed.odd() - before if row["observation_id"] in key[1]]
                    yield said, row["observation_id"], tuple(sorted({*new}))


def _percent(value: float, rate: bool) -> str:
    return f"{value:,.0f}{' p' if rate else ' %'}" if value >= 1000 else f"{value:.3g}{' p' if rate else ' %'}"


def _ends(found: list[Shown], check: str, rate: bool) -> tuple[list[str], list[str]]:
    """How many figures and directions, how many shown; the least, median and largest of the smallest errors."""
    of = [one for one in found if (one.check, one.rate) == (check, rate)]
    seen = sorted(one.error for one in of if one.error is not None)
    if not seen:
        return [""] * 2, [""] * 3
    ends = (seen[0], statistics.median(seen), seen[-1])
    return [str(len(of)), str(len(seen))], [_percent(one, rate) for one in ends]


def power(shipped: Tables, made: Tables) -> None:
    """Print what single errors the relations show in the shipped texts, and the smallest ones there and in made texts."""
    places, found = [], []
    for study in (shipped, made):
        parks = list(of_parks(study))
        places.append(Counter(key[0] for texts in parks for key in texts.found()))
        found.append([one for texts in parks for one in smallest(texts)])
    covered(list(of_parks(shipped)))
    ends = "least | median | most"
    print(f"\n| relation | five texts: places | figures and directions | shown | {ends} | invented: places | {ends} |")
    print("|" + "---|" * 11)
    for check in SIZED:
        for rate in (False, True):
            (of, own), (made_of, made_own) = (_ends(one, check, rate) for one in found)
            if any((*of, *made_of)):
                name = f"{check} {NAMES[check]}{', a rate' if rate else ''}"
                cells = [name, str(places[0][check] or ""), *of, *own, str(places[1][check]), *made_own]
                print("| " + " | ".join(cells) + " |")


def covered(parks: list[Texts]) -> None:
    """Print which share of single errors is shown."""
    rows = [row for texts in parks for row in texts.figures]
    everything = sum(len(texts.observations[one["source_id"]]) for texts in parks for one in texts.sources)
    inside = {i for texts in parks for key in texts.found() for i in key[1]}
    came = [one for texts in parks for one in errors(texts)]
    ever = {key for _, key, checks in came if checks}
    print(
        f"{everything} figures, {len(rows)} with one number in digits; {len(inside)} in a relation, {len(ever)} with an error shown\n"
    )
    print("| error | tried | shown | share | share of figures in a relation |\n|---|---|---|---|---|")
    for kind in ERRORS:
        of = [(key, checks) for name, key, checks in came if name == kind]
        shown = sum(bool(checks) for _, checks in of)
        within = [checks for key, checks in of if key in inside]
        share = sum(map(bool, within)) / max(len(within), 1)
        print(f"| {kind} | {len(of)} | {shown} | {100 * shown / len(of):.0f} % | {100 * share:.0f} % |")


def cries(parks: int, seed: int) -> None:
    """Print how often each relation cries wrongly in texts without an error."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    for manner in MANNERS:
        with tempfile.TemporaryDirectory(prefix="clean-") as folder:
            study = load(make(Path(folder), parks, seed, manner), Tables).require_faultless()
            for one in audit(study):
                outcome = "holds" if one.outcome in ("holds", "observed") else "odd"
                counts.setdefault(one.check, {"rounded": Counter()}).setdefault(manner, Counter())[outcome] += 1
    print("\n| relation | places | " + " | ".join(f"{said}: wrong | share" for said in MANNERS.values()) + " |")
    print("|---|---|" + "---|---|" * len(MANNERS))
    for check in sorted({*counts} & {*NAMES}, key=lambda name: int(name[1:])):
        cells = []
        for manner in MANNERS:
            came = counts[check].get(manner, Counter())
            low, high = interval(came["odd"], came.total() or 1)
            share = f"{max(0, 100 * low):.2f} to {100 * high:.2f} %" if check in SIZED else "by chance"
            cells.append(f"{came['odd']} | {share}")
        print(f"| {check} {NAMES[check]} | {counts[check]['rounded'].total()} | " + " | ".join(cells) + " |")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parks", type=int, default=500, help="parks of two texts in which wrong cries are counted")
    parser.add_argument(
        "--made", type=int, default=8, help="parks of two texts in which the smallest errors are looked for"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clean-") as folder:
        power(load(None, Tables), load(make(Path(folder), options.made, options.seed), Tables))
    cries(options.parks, options.seed)


if __name__ == "__main__":
    main()
