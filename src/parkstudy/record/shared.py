"""What the processes of one run share: values that are equal for every page, in files of a folder that only this run knows.

The run makes the folder and names it in the environment; without one nothing is kept. What was read of the words while a value was
made goes with it, as if whoever takes it had read it.
"""

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from parkstudy.record import used

T = TypeVar("T")
FOLDER = "PARKSTUDY_SHARED"


def shared(key: Callable[[], str], make: Callable[[], T], complete: Callable[[T], bool]) -> T:
    """What another process of this run made for the key, else what `make` gives, kept for the others if `complete`, which may add to
    it, says that it can be.

    A file that cannot be written or read costs only the time to make its value again.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return make()
    path = Path(folder, f"shared-{key()}")
    with suppress(OSError, EOFError, pickle.UnpicklingError):
        value, read = pickle.loads(path.read_bytes())  # of a folder that this run made for itself alone
        used.add(read)
        made: T = value
        return made
    (made, whole), read = used.during(lambda: (found := make(), complete(found)))
    if whole:
        part = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            part.write_bytes(pickle.dumps((made, read), pickle.HIGHEST_PROTOCOL))
            part.replace(path)
    return made
