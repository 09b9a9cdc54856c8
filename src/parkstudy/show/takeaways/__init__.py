"""Takeaways: the sentences that open a page, made by code from the data and never typed into a notebook.

The first sentence is the answer of the page, with interval, months and population; a line says on how much it rests.
"""

from parkstudy.show.takeaways.land import takeaways_land
from parkstudy.show.takeaways.record import takeaways_coverage
from parkstudy.show.takeaways.tax import takeaways_tax

__all__ = ["takeaways_coverage", "takeaways_land", "takeaways_tax"]
