"""A review as a browser drives it: messages in, payloads out; the truth is here and on disk, never in the browser."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from parkstudy.errors import ParkstudyError
from parkstudy.record.codes import label, labels
from parkstudy.record.decided import undecided
from parkstudy.record.reading import read
from parkstudy.recorder import window
from parkstudy.recorder.faults import faults
from parkstudy.recorder.marks import Entry
from parkstudy.recorder.offers import consequences, tidy
from parkstudy.recorder.refusal import SaidError, refusal
from parkstudy.recorder.review import Review
from parkstudy.recorder.second import READERS, Comparison, begin_second
from parkstudy.recorder.state import EMPTY, RefusedError, UnprovenError
from parkstudy.recorder.text import NoTextError, Span

Message = Mapping[str, Any]
_AGAIN = ("indicator", "subject", "population", "value_type", "obs_status", "period_start", "period_end")


class Session:
    """The texts of a folder of data, one of them open; `reader` names the set of a second reader, which is begun where it is not there.

    Raises `NoTextError`, `RefusedError` where no text of the folder can be opened.
    """

    def __init__(
        self, folder: str | Path, sources: str | Path, lang: str = "en", reader: str = "", source_id: str = ""
    ) -> None:
        self.folder, self.sources, self.lang, self.reader = Path(folder), Path(sources), lang, reader
        rows = read("sources", self.folder / "sources.csv").frame if (self.folder / "sources.csv").is_file() else None
        self.ids = rows["source_id"].to_list() if rows is not None else []
        self.why: dict[str, str] = {}
        self.review = self._first(source_id)
        self.sent: dict[str, Any] = {}
        self._start()

    def _first(self, source_id: str) -> Review:
        """The text asked for, else the first that can be opened and has something to decide."""
        if source_id:
            return self._open(source_id)
        left = undecided(self.folder / READERS / self.reader if self.reader else self.folder)
        for one in sorted(self.ids, key=lambda source: source not in left):
            try:
                return self._open(one)
            except (NoTextError, RefusedError) as error:
                self.why[one] = str(error)
        hint = f"no text is entered in {self.folder}: parkstudy draft TEXT --out {self.folder}"
        raise NoTextError("; ".join(dict.fromkeys(self.why.values())) or hint)

    def _open(self, source_id: str) -> Review:
        folder = begin_second(self.folder, source_id, self.sources, self.reader) if self.reader else self.folder
        return Review(folder, source_id, self.sources)

    def _start(self) -> None:
        self.names = window.Names(self.review, self.lang)
        self.at: Span = (0, 0)
        self.key = ""
        self.edited: dict[str, Any] | None = None
        self.told = ""
        self.corrected: dict[int, dict[str, str]] = {}  # by the number of the decision, in their order
        self.listed: dict[str, Any] = {"faults": None, "both": None}  # of another text nothing stays
        self.seen: dict[str, dict[str, str]] = {}
        entry = next((one for one in self.review.entries if one.open), None) or next(iter(self.review.entries), None)
        if entry:
            self._to(entry)

    def _to(self, entry: Entry) -> None:
        self.key, self.at = entry.key, entry.span or (len(self.review.script.text), len(self.review.script.text))

    def word(self, code: str, **parts: Any) -> str:
        """Words of the review in the language of the session."""
        return label("recorder", code, self.lang).format(**parts)

    # what is shown

    def panels(self) -> dict[str, Any]:
        """Every payload as it is now."""
        marks, unproven = self.review.marks(), self.review.against
        here = self.piece
        shown = [one for one in self.review.entries if self._piece(one) == here]
        self.seen = {one.key: dict(one.row) for one in shown}
        rows = [window.row_shown(self.review, self.names, one, unproven) for one in shown]
        here_is = [mark for mark in marks if (mark.start, mark.end) == self.at and not mark.observation_id]
        asides = [] if self.review.broken else [mark.reason for mark in here_is]
        figure = self.review.script.text[slice(*self.at)]
        why = [
            {"at": list(self.at), "figure": figure, "why": window.reason_words(one, self.lang) or self.word("row_gone")}
            for one in asides
        ]
        pieces = self.review.script.pieces
        return {
            "frame": {
                "words": labels("recorder", self.lang, long=False), "states": labels("review_state", self.lang, long=False),
                "digits": {sign: name for name, sign in window.DIGITS.items()},
                "lang": self.lang, "lengths": [piece.end - piece.start for piece in pieces],
            },
            "top": {
                "title": self.review.source["title"] or self.review.source_id, "source": self.review.source_id, "reader": self.reader,
                "sources": [[one, self.why.get(one, "")] for one in self.ids], "progress": self.review.progress(),
                "told": [self.word("text_edited")] if self.review.told else [],
                "undo": bool(self.review.history.done), "redo": bool(self.review.history.undone), "readers": self._readers(),
            },
            "text": {**self._translated(window.near(self.review, marks, here)), "piece": here, "at": list(self.at)},
            "rows": {
                "rows": rows, "key": self.key, "form": self.edited, "locator": pieces[here].locator if here < len(pieces) else "",
                "aside": next(iter(why), None),
            },
            "lists": self.listed,
        }  # fmt: skip

    def _translated(self, near: dict[str, Any]) -> dict[str, Any]:
        for piece in near["pieces"]:
            for segment in piece["segments"]:
                if segment.get("state") == "set_aside":
                    segment["why"] = window.reason_words(segment["why"], self.lang)
        return near

    def _readers(self) -> list[str]:
        there = [] if self.reader else sorted(self.folder.glob(f"{READERS}/*/sources.csv"))
        return [path.parent.name for path in there]

    @property
    def piece(self) -> int:
        """The piece of the text that is looked at; behind the last one stand rows that are found nowhere in the text."""
        script = self.review.script
        return len(script.pieces) if self.at[0] >= len(script.text) else script.piece_of(self.at[0])

    def _piece(self, entry: Entry) -> int:
        script = self.review.script
        return script.piece_of(entry.span[0]) if entry.span else len(script.pieces)

    # what a reader does

    def act(self, message: Message) -> dict[str, Any]:
        """What is sent back: the payloads, what was done in words, or why it was refused, with everything as it was."""
        act = getattr(self, f"_do_{message.get('do', '')}", None)
        if act is None:
            return {"error": f"unknown message {message.get('do')!r}", "panels": {}}
        self.told = ""
        try:
            if self.review.refresh():
                self.told = self.word("elsewhere_seen")
            self.names = window.Names(self.review, self.lang)
            act(message)
        except ParkstudyError as error:
            with suppress(ParkstudyError, OSError):  # it says the same again
                self.review.refresh()
            return {
                **refusal(error, self.lang, self.names),
                "panels": self._changed(),
                "unproven": isinstance(error, UnprovenError),
            }
        return {"panels": self._changed(), "said": self.told}

    def _changed(self) -> dict[str, Any]:
        """The payloads that are not as they were sent last."""
        now = self.panels()
        found = {name: payload for name, payload in now.items() if self.sent.get(name) != payload}
        self.sent = now
        return found

    def _do_look(self, message: Message) -> None:
        """Only see what other programs wrote, which is read before every message."""

    def _do_go(self, message: Message) -> None:
        """To a row (`key`), a figure (`at`), or the next or previous `row`, `mark`, `aside` (a figure that has no row and may have one),
        `doubt`, or row to be decided (`open`)."""
        self.edited = None
        if key := message.get("key"):
            self._to(self.review.entry(key))
        elif at := message.get("at"):
            self.at = (int(at[0]), int(at[1]))
            self.key = next((one.key for one in self.review.entries if one.span == self.at), "")
        else:
            self._step(message["to"], -1 if message.get("back") else 1)
        entry = next((one for one in self.review.entries if one.key == self.key), None)
        state = label("review_state", entry.state, self.lang) if entry else ""
        self.told = f"{self.names.said(entry.row)}. {state}" if entry else self.review.script.text[slice(*self.at)]

    def _step(self, kind: str, way: int) -> None:
        doubted, all_ = self.review.doubted, self.review.entries
        entries = {
            "open": [one for one in all_ if one.open], "doubt": [one for one in all_ if doubted(one) or one.elsewhere],
        }.get(kind, all_)  # fmt: skip
        if kind in ("mark", "aside"):
            marks = [one for one in self.review.marks() if kind == "mark" or window.may_be_a_row(one)]
            spans = [(mark.start, mark.end) for mark in marks]
            behind = [span for span in spans if (span > self.at if way > 0 else span < self.at)]
            if kind == "aside" and not spans:
                raise SaidError(self.word("no_aside"))
            behind = behind or (spans if kind == "aside" else [])  # from the last on to the first
            if behind:
                self.at = behind[0] if way > 0 else behind[-1]
                self.key = next((one.key for one in self.review.entries if one.span == self.at), "")
            return
        end = (len(self.review.script.text), 0)
        here = (self.at, self.key)
        places = [((one.span or end), one.key) for one in entries]
        behind_here = [n for n, place in enumerate(places) if (place > here if way > 0 else place < here)]
        if entries:  # from the last on to the first
            self._to(entries[behind_here[0 if way > 0 else -1] if behind_here else (0 if way > 0 else -1)])
        elif kind != "row":
            raise SaidError(self.word(f"no_{kind}"))

    def _do_near(self, message: Message) -> None:
        piece = min(max(int(message["at"]), 0), len(self.review.script.pieces) - 1)
        self.at, self.key = (self.review.script.pieces[piece].start,) * 2, ""
        if entry := next((one for one in self.review.entries if self._piece(one) == piece), None):
            self._to(entry)

    def _do_accept(self, message: Message) -> None:
        key = message.get("key") or self.key
        self.review.accept([key], self.seen.get(key))
        self._on("accepted", key)

    def _do_accept_all(self, message: Message) -> None:
        """Every row of the paragraph that is still to be decided."""
        keys = [one.key for one in self.review.entries if self._piece(one) == self.piece and one.open]
        for key in keys:
            if key in self.seen and dict(self.review.entry(key).row) != self.seen[key]:
                raise SaidError(self.word("changed", key=key))
        self.review.accept(keys)
        self._on("accepted", keys[-1] if keys else "")

    def _on(self, said: str, key: str) -> None:
        """Say what was done, and go on to the next row that is to be decided; stay at the last one."""
        entry = self.review.entry(key)
        self.told = self.word(said, figure=entry.row["reported_figure"])
        self.key, self.at = key, entry.span or self.at
        if any(one.open for one in self.review.entries):
            self._step("open", 1)
            now = self.review.entry(self.key)
            self.told = f"{self.told} {self.word('now', row=self.names.said(now.row))}"
        else:
            self.told = f"{self.told} {self.word('all_decided')}"

    def _do_edit(self, message: Message) -> None:
        entry = self.review.entry(message.get("key") or self.key)
        if entry.key not in self.review.rows:
            raise SaidError(self.word("rejected_first"))
        self._to(entry)
        head = {"key": entry.key, "at": [], "first": message.get("field", "")}
        self.edited = window.form(self.review, self.names, entry.row, entry.span, entry.doubts, head)

    def _do_add(self, message: Message) -> None:
        """A form for a new row of the figure at `at`, filled in as the draft does it."""
        span = (int(message["at"][0]), int(message["at"][1]))
        proposal, span = self.review.propose_over(span)
        self.at, self.key = span, ""
        empty = [name for name in ("indicator", "reported_term") if not proposal.row.get(name)]
        self.names.parts |= {one: name for one, name in proposal.parts.items() if one == proposal.row["subject"]}
        self.edited = window.form(self.review, self.names, proposal.row, span, empty, {"key": "", "at": list(span)})
        self.edited["cells"] = proposal.row

    def _do_save(self, message: Message) -> None:
        """What was filled in: a correction of the row, or a new one; with `unproven` also where the text does not bear it out yet."""
        cells, form = dict(message["cells"]), self.edited
        if form is None:
            raise SaidError(self.word("nothing_open"))
        unproven = bool(message.get("unproven"))
        if form["key"]:
            made = self.review.correct(form["key"], cells, self.seen.get(form["key"]), unproven=unproven)
            self.corrected[made[0].number] = {name: new for name, (_, new) in made[0].cells.items() if name in _AGAIN}
            key, said = form["key"], "corrected"
        else:
            at = (form["at"][0], form["at"][1])
            more = consequences({**EMPTY, **form["cells"]}, tidy(cells), self.review.kinds())
            made = self.review.add(at, {**form["cells"], **more, **cells}, unproven=unproven)
            key, said = made[0].observation_id, "added"
        self.edited = None
        self.names = window.Names(self.review, self.lang)
        self._on(said, key)

    def _do_again(self, message: Message) -> None:
        """The last correction, but for term and figure, in another row: the rate of a figure is of the same part."""
        key = message.get("key") or self.key
        in_force = {group[0].number for group in self.review.history.done}
        last = next((cells for number, cells in reversed(self.corrected.items()) if number in in_force), {})
        if not last:
            raise SaidError(self.word("nothing_again"))
        self.review.correct(key, last, self.seen.get(key))
        self._on("corrected", key)

    def _do_cancel(self, message: Message) -> None:
        self.edited = None
        self.key = next((one.key for one in self.review.entries if one.span == self.at), "")

    def _do_reject(self, message: Message) -> None:
        key = message.get("key") or self.key
        if not str(message.get("reason", "")).strip():
            raise SaidError(self.word("reason_needed"))
        self.review.reject(key, message.get("reason", ""), self.seen.get(key))
        self._on("rejected", key)

    def _do_undo(self, message: Message) -> None:
        self._turn("undo")

    def _do_redo(self, message: Message) -> None:
        self._turn("redo")

    def _turn(self, action: str) -> None:
        if not (self.review.history.done if action == "undo" else self.review.history.undone):
            raise SaidError(self.word(f"no_{action}"))
        before = {one.key: one for one in self.review.entries}
        key = (self.review.undo() if action == "undo" else self.review.redo())[0].observation_id
        self.edited, self.names = None, window.Names(self.review, self.lang)
        entry = next((one for one in self.review.entries if one.key == key), None)
        about = entry or before.get(key)
        self.told = self.word(
            "undone" if action == "undo" else "redone", figure=about.row["reported_figure"] if about else key
        )
        if entry:
            self._to(entry)
            self.told = f"{self.told} {self.word('now', row=self.names.said(entry.row))}"

    def _do_find(self, message: Message) -> None:
        span = self.review.script.find(str(message.get("words", "")), self.at[0])
        if span is None:
            raise SaidError(self.word("not_found"))
        self.at, self.edited = span, None
        self.key = next((one.key for one in self.review.entries if one.span == span), "")
        self.told = self.review.script.text[max(span[0] - 20, 0) : span[1] + 20]

    def _do_source(self, message: Message) -> None:
        self.review = self._open(str(message["id"]))
        self._start()

    def _do_faults(self, message: Message) -> None:
        self.listed = {**self.listed, "faults": faults(self.review, self.lang)}

    def _do_compare(self, message: Message) -> None:
        """The reading of a second reader held against this one; `take` settles a difference first."""
        second = Review(self.folder / READERS / message["reader"], self.review.source_id, self.sources)
        both = Comparison(self.review, second)
        if "take" in message:
            wanted = next((one for one in both.open() if list(one) == list(message["difference"])), None)
            if wanted is None:
                raise SaidError(self.word("settled_already"))
            both.settle(wanted, second=message["take"] == "second")
        self.listed = {**self.listed, "both": {"reader": message["reader"], **window.compared(both, self.names)}}
