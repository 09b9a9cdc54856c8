"""Reports: notebooks run by Papermill and exported by nbconvert to one HTML file a page and language."""

from parkstudy.report.build import FailedPagesError, UnknownNotebookError, render
from parkstudy.report.parameters import ParameterError
from parkstudy.report.run import notebooks

__all__ = ["FailedPagesError", "ParameterError", "UnknownNotebookError", "notebooks", "render"]
