"""A comparative study of Chinese county industrial parks that one can question.

The nouns: a *park* publishes a *source* (a text); a source prints figures; each distinct figure is an *observation* of
an *indicator*, with its unit, period, population, status and interval; a *measure* is computed from observations and
says which; an *exhibit* is a figure or table with its caption, sources and data.

    >>> import parkstudy
    >>> study = parkstudy.load()
    >>> study.observations.filter(indicator="tax_revenue")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parkstudy.dataset import Study, check, load
    from parkstudy.quantities import Quantity, parse

__version__ = "0.1.0"
__all__ = ["Quantity", "Study", "check", "load", "parse"]

_HOMES = {"Quantity": "quantities", "Study": "dataset", "check": "dataset", "load": "dataset", "parse": "quantities"}


def __getattr__(name: str) -> Any:  # so that `import parkstudy` loads nothing heavy
    if name in _HOMES:
        return getattr(import_module(f"parkstudy.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'parkstudy' has no attribute {name!r}")
