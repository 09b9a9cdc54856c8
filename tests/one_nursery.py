"""Several builds with one nursery, which takes as long to start as some pages: `python one_nursery.py CALLS`, a JSON list of calls."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any

import pytest

from parkstudy.__main__ import main
from parkstudy.report import nursery


@contextmanager
def one_nursery() -> Iterator[None]:
    """Every build of this process within shares a nursery, begun by the first that asks for one."""
    start, begun = nursery.Nursery, list[Any]()
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:

        def shared() -> Any:
            if not begun:
                begun.append(stack.enter_context(start()))
            return nullcontext(begun[0])

        patch.setattr(nursery, "Nursery", shared)
        yield


if __name__ == "__main__":
    with one_nursery():
        found = [main(call) for call in json.loads(sys.argv[1])]
    sys.exit(max(found))
