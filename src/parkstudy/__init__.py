"""A comparative study of Chinese county industrial parks that one can question.

The nouns: a *park* publishes a *source* (a text); a source prints figures; each distinct figure is an *observation* of
an *indicator*, with its unit, period, population, status and interval; a *measure* is computed from observations and
says which; an *exhibit* is a figure or table with its caption, sources and data, shown in a language.

    >>> import parkstudy
    >>> study = parkstudy.load()
    >>> study.measures.filter(measure="tax_per_output")
    >>> view = parkstudy.viewer(study, "en")
    >>> view("tax-per-output", basis="annualised")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parkstudy.errors import ParkstudyError
    from parkstudy.method.study import Study, check, load
    from parkstudy.record.quantities import Quantity, parse
    from parkstudy.show.catalogue import viewer

    from .explorer import explore  # relative: no page but the one that shows it rests on the explorer

__version__ = "0.1.0"
__all__ = ["ParkstudyError", "Quantity", "Study", "check", "explore", "load", "parse", "viewer"]

_HOMES = {
    **dict.fromkeys(("Study", "check", "load"), "method.study"),
    **dict.fromkeys(("Quantity", "parse"), "record.quantities"),
    "ParkstudyError": "errors",
    "explore": "explorer",
    "viewer": "show.catalogue",
}
_MOVED = {
    **{name: f"method.{name}" for name in ("coverage", "growth", "land", "statements", "tax")},
    **dict.fromkeys(("figures", "robustness", "tables", "takeaways"), "show.catalogue"),
    "dataset": "record.tables",
    "wording": "words.speech",
}


def __getattr__(name: str) -> Any:  # so that `import parkstudy` loads nothing heavy
    if name in _HOMES:
        return getattr(import_module(f"parkstudy.{_HOMES[name]}"), name)
    if name in _MOVED:  # an ImportError, because `from parkstudy import tax` hides the message of an AttributeError
        raise ImportError(f"'parkstudy.{name}' moved to 'parkstudy.{_MOVED[name]}'; see CHANGELOG.md")
    raise AttributeError(f"module 'parkstudy' has no attribute {name!r}")
