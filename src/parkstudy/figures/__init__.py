"""Figures: seaborn charts wrapped as exhibits, each with one message, its intervals and its gaps drawn.

Parks stand in the order of the study and never in the order of their values. A row label names the period and the
population, so that no axis mixes them unseen; a text of grade C is drawn hollow; a missing figure is a gap with words.
"""

from parkstudy.figures.maps import plot_comparability, plot_coverage, plot_spans
from parkstudy.figures.rates import growth_beside_target, plot_growth, plot_growth_targets

__all__ = [
    "growth_beside_target",
    "plot_comparability",
    "plot_coverage",
    "plot_growth",
    "plot_growth_targets",
    "plot_spans",
]
