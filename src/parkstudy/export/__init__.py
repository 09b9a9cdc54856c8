"""Export: `files` writes the tables of a study; `workbook`, `sdmx` and `bibliography` make the forms that are more than CSV."""

from parkstudy.errors import ParkstudyError


class ExportError(ParkstudyError, ValueError):
    """A table that does not exist, a file whose ending names no known format, or a form that cannot hold the table."""
