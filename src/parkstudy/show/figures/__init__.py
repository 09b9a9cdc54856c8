"""Figures: seaborn charts wrapped as exhibits, each with one message, its intervals and its gaps drawn.

Parks stand in the order of the study and never in the order of their values. A row label names the period, the words
beside it the population, so that no axis mixes them unseen; a text of grade C is drawn hollow; a gap says why.
"""

from parkstudy.show.figures.ladder import plot_ladder
from parkstudy.show.figures.levels import plot_attainment, plot_levels
from parkstudy.show.figures.profile import plot_profile
from parkstudy.show.figures.rates import growth_beside_target, plot_growth, plot_growth_targets
from parkstudy.show.figures.ratios import plot_areas, plot_concentration, plot_tax_per_output
from parkstudy.show.figures.specification import plot_statements

__all__ = [
    "growth_beside_target",
    "plot_areas",
    "plot_attainment",
    "plot_concentration",
    "plot_growth",
    "plot_growth_targets",
    "plot_ladder",
    "plot_levels",
    "plot_profile",
    "plot_statements",
    "plot_tax_per_output",
]
