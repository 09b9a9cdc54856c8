"""Growth: the rates that the texts publish, and the targets they print beside them.

The headline is the published rate (method, G2): it is never recomputed from two levels and never set on one axis with
a rate of another concept. A park that publishes no rate of an indicator has a row that says so.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.dataset import Study
from parkstudy.measures import GROWTH_OF, flags_of, frame


def measures(study: Study) -> pl.DataFrame:
    """Every published growth rate and growth target of the whole park, by the columns of `measures.SCHEMA`.

    One row a park, indicator, value type and period; the interval is that of the printed figure. A park without a
    published outturn of an indicator that another park publishes has a row with the reason `not_reported`.
    """
    rates = study.summaries().filter(
        pl.col("transformation") == "yoy", pl.col("subject") == "park", pl.col("indicator").is_in(GROWTH_OF)
    )
    prices = dict(study.indicators.select("indicator", "growth_price").iter_rows())
    rows = [published(row, prices[row["indicator"]]) for row in rates.iter_rows(named=True)]
    reported = {(row["park_id"], row["indicator"]) for row in rates.filter(value_type="outturn").iter_rows(named=True)}
    anywhere = [i for i in GROWTH_OF if any(indicator == i for _, indicator in reported)]
    missing = [(p, i) for p in study.park_ids() for i in anywhere if (p, i) not in reported]
    rows += [_not_reported(park, indicator) for park, indicator in missing]
    return frame(rows)


def published(observation: dict[str, Any], price: str | None) -> dict[str, Any]:
    """The measure row of one printed rate. `price` is the price basis of the indicator's published growth."""
    target = observation["value_type"] in ("target", "plan")
    return {
        "park_id": observation["park_id"],
        "subject": observation["subject"],
        "measure": f"{observation['indicator']}_growth" + ("_target" if target else ""),
        "population": observation["population"],
        "value_type": observation["value_type"],
        "value": observation["value"],
        "low": observation["low"],
        "high": observation["high"],
        "period_start": observation["period_start"],
        "period_end": observation["period_end"],
        "basis": "reported",
        "price": "comparable" if price == "comparable" else "nominal",
        "status": observation["obs_status"],
        "grade": observation["grade"],
        "method": "as printed",
        "flags": flags_of(observation),
        "inputs": [observation["observation_id"]],
    }


def _not_reported(park: str, indicator: str) -> dict[str, Any]:
    return {
        "park_id": park,
        "subject": "park",
        "measure": f"{indicator}_growth",
        "value_type": "outturn",
        "basis": "reported",
        "method": "as printed",
        "reason": "not_reported",
    }
