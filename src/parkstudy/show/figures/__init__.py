"""Figures: seaborn charts wrapped as exhibits, each with one message, its intervals and its gaps drawn.

Parks stand in the order of the study and never in the order of their values. A row label names the period, the words
beside it the population, so that no axis mixes them unseen; a text of grade C is drawn hollow; a gap says why.
"""

from parkstudy.show.figures.ladder import plot_ladder
from parkstudy.show.figures.maps import plot_comparability, plot_coverage, plot_spans
from parkstudy.show.figures.ratios import plot_areas, plot_concentration, plot_tax_per_output
from parkstudy.show.figures.specification import plot_statements

__all__ = [
    "plot_areas",
    "plot_comparability",
    "plot_concentration",
    "plot_coverage",
    "plot_ladder",
    "plot_spans",
    "plot_statements",
    "plot_tax_per_output",
]
