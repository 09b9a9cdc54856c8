"""Takeaways: the sentences that open a page, made by code from the data and never typed into a notebook.

The first sentence is the answer of the page, with interval, months and population; a line says on how much it rests.
"""

from parkstudy.takeaways.growth import takeaways_growth
from parkstudy.takeaways.land import takeaways_land
from parkstudy.takeaways.record import takeaways_coverage, takeaways_profile
from parkstudy.takeaways.tax import takeaways_tax

__all__ = ["takeaways_coverage", "takeaways_growth", "takeaways_land", "takeaways_profile", "takeaways_tax"]
