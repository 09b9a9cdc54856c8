"""A choice: exactly the parameters of the notebook of the explorer, so that every view can be made again from its parameters."""

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import quote, unquote

from parkstudy.errors import ParkstudyError, did_you_mean, nearest
from parkstudy.record.codes import LANGUAGES, codes
from parkstudy.show.asked import FIRST

NONE = "none"  # for the parks: no park is chosen, which no command makes a page of
_KEPT = ":,/="  # signs that a key keeps as they are


class ChoiceError(ParkstudyError, ValueError):
    """A choice that no view has, or a key that names none."""


@dataclass(frozen=True)
class Choice:
    """What is chosen: the parameters of the notebook, with their names and defaults there."""

    measure: str = FIRST
    parks: str = ""
    price: str = codes("price")[0]
    basis: str = codes("basis")[0]
    rung: str = codes("rung")[0]
    year: str = codes("year_word")[0]
    reading: str = ""
    lang: str = LANGUAGES[0]
    data: str = ""

    @property
    def values(self) -> dict[str, str]:
        """Every parameter with its value, in the order of the fields."""
        return {**vars(self)}

    @property
    def given(self) -> dict[str, str]:
        """What is not as where nothing is chosen, and the measure, in the order of the fields."""
        return {
            name: value for name, value in self.values.items() if name == "measure" or value != getattr(Choice, name)
        }

    @property
    def key(self) -> str:
        """A short text that can be pasted back: `tax_per_output&basis=annualised&parks=one,two`; the parks stand last."""
        rest = {name: value for name, value in self.given.items() if name != "measure"}
        order = sorted(rest, key=("price", "basis", "rung", "reading", "year", "lang", "parks", "data").index)
        return "&".join([quote(self.measure), *(f"{name}={quote(rest[name], safe=_KEPT)}" for name in order)])

    @classmethod
    def read(cls, key: str, stays: Mapping[str, str] | None = None) -> "Choice":
        """The choice that a key names, also as the part of an address behind `#`; what it does not name is as in `stays`, else standard.

        Raises `ChoiceError`.
        """
        first, *rest = key.strip().lstrip("#").split("&")
        if "=" in first:
            rest.insert(0, first)
            first = ""
        found: dict[str, str] = {"measure": unquote(first)} if first else {}
        for part in filter(None, rest):
            name, _, value = part.partition("=")
            found[unquote(name).strip()] = unquote(value).strip()
        if not found:
            one = "tax_per_output&basis=annualised"
            raise ChoiceError(f"an empty key; expected one such as {one}").told("key_empty", key=one)
        return cls(**(stays or {})).changed(found)

    def changed(self, values: Mapping[str, str]) -> "Choice":
        """The choice with other values; what they may be, of which closed lists tell. Raises `ChoiceError`."""
        known = [one.name for one in fields(self)]
        for name, value in values.items():
            if name not in known:
                message = f"unknown choice {name!r}; {did_you_mean(name, known)}choices: {', '.join(known)}"
                raise ChoiceError(message).told("choice", given=name, near=nearest(name, known))
            if not isinstance(value, str):
                given = reprlib.repr(value)
                raise ChoiceError(f"{name}: expected text, not {given}").told("value_text", name=name, given=given)
            every = CLOSED.get(name, ())
            if every and value not in every:
                meant, there = did_you_mean(value, every), ", ".join(filter(None, every))
                message = f"unknown {name} {value!r}; {meant}expected one of {there}"
                raise ChoiceError(message).told(
                    "value", name=name, given=value, known=there, near=nearest(value, every)
                )
        return replace(self, **values)


CLOSED: Mapping[str, tuple[str, ...]] = {
    **{name: codes(name) for name in ("price", "basis", "rung", "lang")},
    "reading": ("", *codes("reading")),
}
