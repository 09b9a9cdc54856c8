"""What a build says while it runs: a bar on a terminal, a plain line for each page in a log."""

import sys
import time
from collections.abc import Iterable
from typing import Any

from parkstudy.report.task import Due, Outcome, Task


class Progress:
    """Counts pages: made, failed, left to make, and how long that may take. With `why`, says of each page why it is made."""

    def __init__(self, *, why: bool = False) -> None:
        self.why, self.made, self.failed, self.current = why, 0, 0, 0
        self._notes: list[str] = []
        self._bar: Any = None

    def begin(self, pages: Iterable[Due]) -> list[Task]:
        """What has to be made; what is up to date is counted as `current`."""
        pages = list(pages)
        for page in pages if self.why else ():
            print(f"{page.task.stem}: {'; '.join(page.reasons) or 'up to date'}")
        waiting = [page.task for page in pages if page.reasons]
        self.current, self._all, self._began = len(pages) - len(waiting), len(waiting), time.monotonic()
        if waiting and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=len(waiting), unit="page", file=sys.stderr)
        return waiting

    def ended(self, outcome: Outcome) -> None:
        """Count a page."""
        self.made, self.failed = self.made + (not outcome.error), self.failed + bool(outcome.error)
        if outcome.note and outcome.note not in self._notes:
            self._notes.append(outcome.note)
        if self._bar is not None:
            self._bar.update()
            self._bar.set_postfix_str(f"{self.failed} failed" if self.failed else outcome.stem)
            return
        done = self.made + self.failed
        left = (time.monotonic() - self._began) / done * (self._all - done)
        said = [f"[{done}/{self._all}] {outcome.stem}{' failed' if outcome.error else ''} ({outcome.seconds:.1f} s)"]
        said += [f"{self.failed} failed"] if self.failed else []
        said += [f"about {left:.0f} s left"] if left >= 1 else []
        print("; ".join(said), file=sys.stderr, flush=True)

    def done(self) -> None:
        """Close the bar, and say what was noted."""
        if self._bar is not None:
            self._bar.close()
        for note in self._notes:
            print(note, file=sys.stderr)

    def __str__(self) -> str:
        counts = {"made": self.made, "up to date": self.current, "failed": self.failed}
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing to make"
