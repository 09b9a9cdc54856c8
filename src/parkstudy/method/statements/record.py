"""The figures that statements ask for, or the reason why one is not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from parkstudy.method.benchmarks import REVENUE_GROWTH, VALUE_ADDED_GROWTH, price_change, references
from parkstudy.method.cells import Unknown
from parkstudy.record.period import Period
from parkstudy.record.schema import VALUE_TYPE_NAMES
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text
from parkstudy.words.wording import indicator_names, listing, quantity_name, scope, short_names

Row = dict[str, Any]

_REFERENCE_ZH = {REVENUE_GROWTH: "规模以上工业企业营业收入", VALUE_ADDED_GROWTH: "规模以上工业增加值"}


class MissingError(LookupError):
    """A figure that a statement needs and the record does not hold; the message, a `Text`, says which."""


class Record:
    """The figures that the declarations ask for, by park and indicator."""

    def __init__(self, study: Tables) -> None:
        self.study = study
        self.rows = study.summaries().filter(subject="park").to_dicts()
        self.names = short_names(study, "zh")

    def row(self, park: str, indicator: str, transformation: str = "level", value_type: str = "outturn") -> Row:
        """The observation of the whole park; raises `MissingError` where its text prints none."""
        wanted = {"park_id": park, "indicator": indicator, "transformation": transformation, "value_type": value_type}
        found = [r for r in self.rows if all(r[k] == v for k, v in wanted.items()) and r["low"] is not None]
        if park not in set(self.study.parks["park_id"]):
            raise MissingError(absent([park]))
        if not found:
            what = quantity_name(self.study, indicator, transformation, "zh")
            raise MissingError(
                Text(
                    f"{park} prints no {value_type} {transformation} of {indicator.replace('_', ' ')}",
                    f"{self.name(park)}未列示{what}（{VALUE_TYPE_NAMES[value_type].zh}）",
                )
            )
        return found[0]

    def name(self, park: str) -> str:
        """The park in a Chinese sentence."""
        return self.names.get(park, park)

    def figure(self, *where: str) -> Unknown:
        """The printed figure of a row, as an unknown within its interval."""
        return Unknown.printed(self.row(*where))

    def period(self, *where: str) -> Period:
        """The months of a row."""
        row = self.row(*where)
        return Period(row["period_start"], row["period_end"])

    def share(self, kind: str, *where: str, neutral: bool = False) -> Unknown:
        """The share of the year of a figure's months, drawn for each park on its own (method, section 5)."""
        found = self.period(*where).year_share(kind)
        if found is None:
            what = indicator_names(self.study, "zh")[where[1]]
            raise MissingError(
                Text(
                    f"the method gives no share of the year for {kind} of {where[0]}",
                    f"方法未给出{self.name(where[0])}{what}所涉月份的年内占比",
                )
            )
        return replace(Unknown.known(f"share of the year, {kind} of {where[0]}", found), neutral=neutral)

    def price(self, period: Period) -> Unknown:
        """The change of national producer prices over a period (G8)."""
        found = price_change(self.study, period)
        if found is None:
            raise MissingError(
                Text(
                    f"no producer price index for {period.label()} or around it",
                    f"未见{period.label('zh')}或相邻时段的工业生产者出厂价格指数（PPI）",
                )
            )
        return Unknown.known(f"producer prices, {period.label()}", found.interval, found.inputs)

    def reference(self, series: tuple[str, ...], where: str, period: Period) -> list[tuple[Unknown, Period]]:
        """The reference rates of a scope with their spans: the same months, else the nearest around (G7)."""
        found = references(self.study, series, where, period)
        if not found:
            raise MissingError(
                Text(
                    f"no reference of {', '.join(series)} for {where}, {period.label()}",
                    f"未见{scope(where, 'zh', self.study)}{period.label('zh')}的{_REFERENCE_ZH[series]}增速",
                )
            )
        return [(Unknown.known(b.identifier, b.interval, (b.identifier,)), b.period) for b in found]


def absent(parks: list[str]) -> Text:
    """The reason where a statement names parks that the study does not hold."""
    return Text(f"{' and '.join(parks)}: not in this study", f"{listing(parks, 'zh')}：不在本研究之内")
