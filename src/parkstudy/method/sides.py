"""The sides of a statement: what a measure's code means as a quantity that can be drawn, and which choices vary it.

A choice is offered where no rule refuses it and the texts print what it needs (method, R2). The order in which a side draws
its unknowns gives each its dimension of the sequence: changing it changes the digits of every share.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from parkstudy.method import land
from parkstudy.method.benchmarks import SERIES, Benchmark, price_change, references, scopes
from parkstudy.method.cells import Array, Cell, Draw, RefusalError, Side, Unknown
from parkstudy.method.growth import NAMED
from parkstudy.method.measures import Text, below_zero, of_flow, one_sample, same_months
from parkstudy.method.year import KINDS, year_share
from parkstudy.record.chosen import LATEST, texts_by_park
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period, growth_margin
from parkstudy.record.rows import Row, fitting
from parkstudy.record.rungs import WHOLE
from parkstudy.record.tables import Tables

UNSTATED_TAX_FACTOR = Interval(0.57, 0.61)  # method, T3: industry tax over the tax of all sectors in national zones
OUTPUT, TAX, REVENUE = "gross_industrial_output", "tax_revenue", "tech_industry_trade_revenue"
_BOTH = ("level", "yoy")
_T3 = Unknown.known("T3", UNSTATED_TAX_FACTOR)

Chosen = Mapping[str, str]
Drawn = tuple[Side, Row]  # a side, and the figure that leads it


class Figures:
    """The figures that statements ask for: of one work summary a park, for a park of context of any page.

    Of a park with several it is the one that `year` takes: its `latest` of its best grade, or the one of a year.
    """

    def __init__(self, study: Tables, year: str = LATEST) -> None:
        self.study, self.core = study, set(study.park_ids())
        self.texts = texts_by_park(study.sources, year)  # park to its text
        # a park meets all others: what is its own is looked for once
        self.areas: Callable[[str], dict[str, Row]] = cache(self._areas)  # rung to the row of its area
        self.find: Callable[..., Row | None] = cache(self._found)
        self.drawn: Callable[[str, str, frozenset[tuple[str, str]]], Drawn] = cache(self._drawn)

    def rows(self, park: str, indicator: str, **wanted: Any) -> list[Row]:
        """The figures of an indicator; dollars are never set against yuan."""
        of_text = {"source_id": self.texts.get(park)} if park in self.core else {"park_id": park}
        rows = fitting(self.study.rows("observations", **of_text, indicator=indicator), **wanted)
        return [row for row in rows if row["unit"] != "USD" and not below_zero(row)]

    def _areas(self, park: str) -> dict[str, Row]:
        return land.areas(self.study, Text(park, self.texts.get(park, "")))

    def _drawn(self, measure: str, park: str, chosen: frozenset[tuple[str, str]]) -> Drawn:
        return QUANTITIES[measure].side(self, park, dict(chosen))

    def _found(self, park: str, indicator: str, kind: str = "level", value_type: str = "outturn") -> Row | None:
        """The figure of the whole park; a forecast or a target is one of the year whose months the text reports."""
        rows = self.rows(park, indicator, subject="park", transformation=kind)
        if value_type != "outturn":
            starts = {row["period_start"] for row in fitting(rows, value_type="outturn") or rows}
            rows = [row for row in rows if Period.of(row).is_full_year and row["period_start"] in starts]
        return next(iter(fitting(rows, value_type=value_type)), None)

    def row(self, park: str, indicator: str, kind: str = "level", value_type: str = "outturn") -> Row:
        """The figure that `find` finds; raises `RefusalError` where the text prints none."""
        found = self.find(park, indicator, kind, value_type)
        if found is None:
            figure = {"indicator": indicator, "transformation": kind, "value_type": value_type}
            raise RefusalError("statement_not_printed", park=park, figure=figure)
        return found

    def prints(self, park: str, parts: Sequence[str], kinds: Sequence[str], value_type: str) -> bool:
        """Whether the text prints one of the figures that a quantity is made of."""
        return any(self.find(park, part, kind, value_type) for part in parts for kind in kinds)

    def payers(self, park: str) -> Row:
        """The tax of the taxpayers that a text names first."""
        for row in self.rows(park, TAX, transformation="level"):
            if row["subject"].startswith("firm:"):
                return row
        raise refusal(self.row(park, TAX), "no_taxpayers")

    def share(self, row: Row, kind: str = "", *, neutral: bool = False) -> Unknown:
        """The share of the year of a figure's months, drawn for each park on its own (method, section 5)."""
        found = year_share(row, kind)
        if found is None:
            raise refusal(row, "no_year_share")
        name = f"share of the year, {kind or KINDS[row['indicator']]} of {row['park_id']}"
        return Unknown.known(name, found, neutral=neutral)

    def references(self, series: Sequence[str], scope: str, row: Row) -> list[Benchmark]:
        """The reference rates of the months of a figure, else of the nearest spans, of a place around its park (G7, Q7)."""
        around = scopes(self.study, row["park_id"])
        scope = around[0] if scope == "nearest" else scope
        found = references(self.study, series, scope, Period.of(row)) if scope in around else []
        if not found:
            raise refusal(row, "no_reference", scope)
        return found

    def sample_changes(self, *rates: Row) -> bool:
        """Whether a text prints several counts of its firms, where a rate is a forecast or the months differ (G3)."""
        first, second = (Period.of(rate).months for rate in rates)
        apart = first != second or any(rate["value_type"] == "forecast" for rate in rates)
        wanted = [(rate["park_id"], {"subject": "park", "source_id": rate["source_id"]}) for rate in rates]
        firms = (self.rows(park, "above_scale_enterprises", **of_text) for park, of_text in wanted)
        counts = ({row["value"] for row in own} for own in firms)
        return apart and any(len(numbers) > 1 for numbers in counts)


def refusal(row: Row, reason: str, scope: str = "") -> RefusalError:
    """The refusal of what rests on a figure, for a reason of the closed list."""
    return RefusalError("statement_refusal", row=row, reason=reason, scope=scope)


def _rate(indicator: str, figures: Figures, park: str, chosen: Chosen) -> Drawn:
    own = chosen["span"] == "own_full_year_forecast" and figures.prints(park, [indicator], ["yoy"], "forecast")
    row = figures.row(park, indicator, "yoy", "forecast" if own else "outturn")
    rate: Side = Unknown.printed(row)
    if chosen.get("growth_base") == "target_base" and figures.prints(park, [indicator], _BOTH, "target"):
        rate, row = _on_target_base(indicator, figures, park)
    if chosen.get("price") != "real":
        return rate, row
    change = price_change(figures.study, Period.of(row))
    if change is None:
        raise refusal(row, "no_price_index")
    price = Unknown.known(f"producer prices, {Period.of(row).iso()}", change.interval, change.inputs)
    return lambda draw: 100 * ((1 + rate(draw) / 100) / (1 + draw(price) / 100) - 1), row


def _on_target_base(indicator: str, figures: Figures, park: str) -> Drawn:
    """Growth on the base that the target implies, percent (method, G6): status CHECK."""
    printed = figures.row(park, indicator)
    target, aim = (figures.row(park, indicator, kind, "target") for kind in _BOTH)
    if not (one_sample(printed, target) and one_sample(printed, aim)):
        raise refusal(printed, "target_other_firms")
    level, share, whole, rate = Unknown.printed(printed), figures.share(printed), *map(Unknown.printed, (target, aim))
    return lambda draw: 100 * (draw(level) / draw(share) / (draw(whole) / (1 + draw(rate) / 100)) - 1), target


def _tax_over(whole: str, figures: Figures, park: str, chosen: Chosen) -> Drawn:
    """Tax over output or revenue, percent: of the months, scaled to a year by both shares, or of the own forecast."""
    year = chosen["year_fraction"]
    own = year == "own_forecast" and figures.prints(park, [TAX, whole], ["level"], "forecast")
    tax, base = (figures.row(park, part, "level", "forecast" if own else "outturn") for part in (TAX, whole))
    if not same_months(tax, base):
        raise refusal(tax, "spans_differ")
    top, bottom, neutral = Unknown.printed(tax), Unknown.printed(base), whole == OUTPUT
    scaled = [] if own or year == "raw" else [(base, "output"), (tax, "tax")]
    shares = [figures.share(row, kind, neutral=neutral) for row, kind in scaled]
    factor = chosen["tax_population"] == "factor_t3" and tax["population"] == "unstated"

    def side(draw: Draw) -> Array:
        value = 100 * draw(top) / draw(bottom)
        value = value * draw(shares[0]) / draw(shares[1]) if shares else value
        return value * draw(_T3) if factor else value

    return side, tax


def _per_area(indicator: str, figures: Figures, park: str, chosen: Chosen) -> Drawn:
    """Tax or output over the area of a rung: of the months, scaled to a year, or of the own forecast."""
    year = chosen["year_fraction"]
    own = year == "own_forecast" and figures.prints(park, [indicator], ["level"], "forecast")
    row = figures.row(park, indicator, "level", "forecast" if own else "outturn")
    top, size = Unknown.printed(row), Unknown.printed(figures.areas(park)[chosen["land_rung"]])
    share = None if own or year == "raw" else figures.share(row)
    factor = chosen.get("tax_population") == "factor_t3" and row["population"] == "unstated"

    def side(draw: Draw) -> Array:
        value = draw(top) if share is None else draw(top) / draw(share)
        return value / draw(size) * (draw(_T3) if factor else 1)

    return side, row


def _concentration(figures: Figures, park: str, chosen: Chosen) -> Drawn:
    """Tax of the named taxpayers over the tax of the park, percent; an open figure at its bound (method, T5)."""
    row, whole = figures.payers(park), Unknown.printed(figures.row(park, TAX))
    part = Unknown.printed(row, exact=row["bound"] == "at_least")
    times = 1 + row["subject"].count("+") if chosen["reading"] == "each" else 1
    return lambda draw: 100 * times * draw(part) / draw(whole), row


def _attainment(figures: Figures, park: str, chosen: Chosen) -> Drawn:
    """Level over target, which is an exact number here (method, G11)."""
    row = figures.row(park, OUTPUT)
    aim = figures.row(park, OUTPUT, "level", "target")
    if not one_sample(row, aim):
        raise refusal(row, "target_other_firms")
    level, target = Unknown.printed(row), Unknown.printed(aim, exact=True)
    return lambda draw: draw(level) / draw(target), row


class Quantity(NamedTuple):
    """How a measure is drawn, the indicators it is made of, what may vary it, and the references of a growth rate."""

    side: Callable[[Figures, str, Chosen], Drawn]
    parts: tuple[str, ...]
    choices: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


def _growth(indicator: str) -> Quantity:
    real = ("price",) if indicator in (OUTPUT, "operating_revenue", REVENUE) else ()  # method, G8
    choices = ("span", *real, *(("growth_base",) if indicator in KINDS else ()))
    return Quantity(partial(_rate, indicator), (indicator,), choices, SERIES.get(indicator, ()))


_RATIO = ("year_fraction", "tax_population")


class _Quantities(dict[str, Quantity]):
    """Measure to quantity; the growth of a flow that is not named is that of its published rates. Raises `KeyError`."""

    def __missing__(self, measure: str) -> Quantity:
        flow, kind = of_flow(measure)
        if kind != "growth":
            raise KeyError(measure)
        return _growth(flow)


QUANTITIES = _Quantities({
    **{f"{indicator}_growth": _growth(indicator) for indicator in NAMED},
    "tax_per_output": Quantity(partial(_tax_over, OUTPUT), (TAX, OUTPUT), _RATIO),
    "tax_per_tit_revenue": Quantity(partial(_tax_over, REVENUE), (TAX, REVENUE), _RATIO),
    "tax_per_area": Quantity(partial(_per_area, TAX), (TAX,), ("land_rung", *_RATIO)),
    "output_per_area": Quantity(partial(_per_area, OUTPUT), (OUTPUT,), ("land_rung", "year_fraction")),
    "taxpayer_concentration": Quantity(_concentration, (TAX,), ("reading",)),
    "target_attainment": Quantity(_attainment, (OUTPUT,)),
})  # fmt: skip


def rests_on_output(measure: str) -> bool:
    """True for a ratio that is made with reported output, whose order an overstated output would turn (method, R7)."""
    return "_per_" in measure and OUTPUT in QUANTITIES[measure].parts


def pair_cell(
    figures: Figures, measure: str, left: str, right: str, chosen: Chosen, shown: Chosen, right_measure: str = ""
) -> Cell:
    """Two parks on one measure (the right one on another, if given) as a cell, with the margin of rates on other spans (G3).

    `shown` are the choices by which the cell is known. Raises `RefusalError` where the method has no margin.
    """
    choices = frozenset(chosen.items())
    first, row = figures.drawn(measure, left, choices)
    second, other = figures.drawn(right_measure or measure, right, choices)
    if "span" not in chosen:
        return Cell(shown, first, second)
    margin = growth_margin(Period.of(row), Period.of(other), figures.sample_changes(row, other))
    if margin is None:
        raise RefusalError("statement_no_margin", row=row, other=other)
    return Cell(shown, first, second, margin)


_LEVELS = {  # the plain level of a choice, and the other one
    "span": ("months_as_printed", "own_full_year_forecast"),
    "growth_base": ("printed_rate", "target_base"),
    "price": ("nominal", "real"),
    "tax_population": ("factor_1", "factor_t3"),
    "reading": ("together", "each"),
}
PLAIN = {(choice, _LEVELS[choice][0]) for choice in ("span", "growth_base", "price", "tax_population")}  # as printed


def choice_levels(figures: Figures, parks: Sequence[str], parts: Sequence[str], choice: str) -> Sequence[str]:
    """The levels of a choice that the texts and the rules admit for parks, the plain one first.

    Raises `RefusalError` where the parks print their areas on no rung in common.
    """

    def printed(kinds: Sequence[str], value_type: str) -> bool:
        return any(figures.prints(park, parts, kinds, value_type) for park in parks)

    if choice == "land_rung":  # of the whole park, the same for every side (L2, L4, L6)
        areas = [figures.areas(park) for park in parks]
        found = [rung for rung in WHOLE if all(rung in own for own in areas)]
        if not found:
            raise RefusalError("statement_no_common_rung", parks=list(parks))
        return found
    if choice == "year_fraction":  # raw where the months are the same (G5)
        months = {Period.of(figures.row(park, parts[0])).months for park in parks}
        scaled = "scaled_borrowed_share" if REVENUE in parts else "scaled"
        forecast = ["own_forecast"] if printed(["level"], "forecast") else []
        return [*(["raw"] if len(months) == 1 else []), scaled, *forecast]
    second = True
    if choice == "tax_population":  # tax of unstated population beside tax of industry is taken twice (T3)
        populations = {figures.row(park, TAX)["population"] for park in parks}
        second = "unstated" in populations and not populations.isdisjoint({"industry", "above_scale"})
    elif choice == "reading":
        row = figures.payers(parks[0])
        second = "two_readings" in row["caveats"] and "+" in row["subject"]
    elif choice != "price":
        second = printed(_BOTH, "target") if choice == "growth_base" else printed(["yoy"], "forecast")
    return _LEVELS[choice] if second else _LEVELS[choice][:1]
