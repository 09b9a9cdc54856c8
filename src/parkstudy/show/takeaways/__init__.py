"""Takeaways: the sentences that open a page, made by code from the data and never typed into a notebook.

The first sentence is the answer of the page, with interval, months and population; a line says on how much it rests.
"""

from parkstudy.show.takeaways.growth import takeaways_growth
from parkstudy.show.takeaways.land import takeaways_land
from parkstudy.show.takeaways.tax import takeaways_tax

__all__ = ["takeaways_growth", "takeaways_land", "takeaways_tax"]
