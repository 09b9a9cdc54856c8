"""Tables: rows made by code from the data, with the place of every figure in its text.

`printed` lists what the texts print, `derived` what is computed from it. Every figure in a cell opens its record, every
park leads to its profile, and what is refused stands in the table with its reason.
"""

from parkstudy.show.tables.printed import table_comparability, table_observations, table_sources

__all__ = [
    "table_comparability",
    "table_observations",
    "table_sources",
]
