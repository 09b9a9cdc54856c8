"""Tables and takeaways of the comparison: statements and their cells, the audit, outside figures, counts a park."""

from parkstudy.show.robustness.decisions import table_cells, table_statements, takeaways_statements
from parkstudy.show.robustness.findings import table_audit, table_context, table_counts, table_outside

__all__ = [
    "table_audit",
    "table_cells",
    "table_context",
    "table_counts",
    "table_outside",
    "table_statements",
    "takeaways_statements",
]
