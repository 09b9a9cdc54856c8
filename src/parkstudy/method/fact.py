"""A fact: what is to be said, as a code with the values that its sentence prints. It is the same in every language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fact:
    """`code` names the block of `words/<lang>/facts.j2` that says it; `values` are codes, numbers, rows and other facts."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
