"""The explorer as a notebook shows it: a session behind a panel, and its first view as an ordinary exhibit where no kernel answers."""

import gc
from dataclasses import fields
from pathlib import Path
from typing import Any

from parkstudy.explorer import again
from parkstudy.explorer.acts import SessionError
from parkstudy.explorer.choice import NONE, Choice
from parkstudy.explorer.data import lasting, opened
from parkstudy.explorer.offers import effective
from parkstudy.explorer.session import Session
from parkstudy.panels.panel import Message, Panel
from parkstudy.record.codes import labels
from parkstudy.show import live, svg
from parkstudy.show.asked import known

SCREEN = Path(__file__).resolve().parent / "screen"


class Explorer(Panel):
    """What `explore` returns and a notebook shows; `choice` is what is chosen now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._signs: set[str] = set()
        reply = session.act({"do": "start"})
        if reply["error"]:  # of which nothing could be shown
            raise SessionError(" ".join(filter(None, (reply["error"], reply["cause"]))))
        panels = reply["panels"]
        faces = {"faces": [live.latin(), *self._faces(panels)]}
        super().__init__(self._answer, {**panels, "facts": self._facts(), **faces}, SCREEN, lang=self.choice.lang)

    @property
    def choice(self) -> Choice:
        """What is chosen now: the parameters of the notebook that show the same view."""
        return self.session.state.choice

    @property
    def answer(self) -> str:
        """What is said to the choice, without markup."""
        held, choice = self.session.state.data.held, self.choice
        return again.answer(held, effective(choice, known(held.study, choice.measure)))

    def _answer(self, message: Message) -> dict[str, Any]:
        """The reply of the session; with another language or other data come the words and parks of the page's script."""
        before = self.session.state
        reply, now = self.session.act(message), self.session.state
        if (now.choice.lang, now.data) != (before.choice.lang, before.data):
            facts = {"facts": self._facts()}
            reply["panels"], reply["whole"] = {**reply["panels"], **facts}, {**reply.get("whole", {}), **facts}
            self.lang, self.words = self.choice.lang, labels("panel", self.choice.lang, long=False)
        if more := self._faces(reply["panels"]):
            faces = {"faces": [*self.panels["faces"], *more]}
            reply["panels"], reply["whole"] = {**reply["panels"], **faces}, {**reply.get("whole", {}), **faces}
        return reply

    def _faces(self, panels: dict[str, Any]) -> list[str]:
        """A face of the font for the signs of a drawing that no face before has."""
        new = live.signs(panels.get("view", {}).get("html", "")) - self._signs
        self._signs |= new
        return [svg.face("".join(sorted(new)), alone=True)] if new else []

    def _facts(self) -> dict[str, Any]:
        return live.facts(self.session.state.data.offers.views[self.choice.lang])

    def close(self) -> None:
        """The panel is shut; what it held can be thrown away."""
        super().close()
        gc.unfreeze()

    def standing(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The first view, made when it is shown."""
        wanted = self.session.state.wanted  # as the parameters say, so that a page shows what its name says
        if self.first is None and wanted.parks != NONE:
            held = self.session.state.data.held
            asked = known(held.study, wanted.measure)
            self.first = again.exhibit(held, effective(wanted, asked), asked)
        return super().standing()


def explore(*chosen: str, **named: str) -> Explorer:
    """An explorer that opens on a choice: the parameters of its notebook, in their order or by name, which `Choice` declares.

    Raises what is wrong with one: `ChoiceError`, `UnknownMeasureError`, or `DataFolderError` for a folder of data that is none.
    """
    choice = Choice(*chosen, **named)
    choice = Choice().changed({field.name: getattr(choice, field.name) for field in fields(choice)})
    with lasting():
        return Explorer(Session(opened(choice.data), choice))
