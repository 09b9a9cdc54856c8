"""Reports: notebooks run by Papermill and exported by nbconvert to one HTML file a page and language."""

from parkstudy.report.build import UnknownNotebookError, explorer_notebook, render
from parkstudy.report.execute import NotebookError
from parkstudy.report.page import Page
from parkstudy.report.parameters import ParameterError
from parkstudy.report.run import notebooks

__all__ = [
    "NotebookError", "Page", "ParameterError", "UnknownNotebookError", "explorer_notebook", "notebooks", "render",
]  # fmt: skip
