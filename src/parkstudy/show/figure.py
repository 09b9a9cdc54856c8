"""A figure: a drawing for a wide column and one for a telephone, with its values in words in a table under it.

seaborn gives the theme; a frozen drawing whose every mark opens its record has no plot of seaborn's, so a kind of figure draws
its marks itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from markupsafe import Markup

from parkstudy.show import budget, svg
from parkstudy.show.digest import PLACE, digest, drawn, strings
from parkstudy.show.exhibit import STATE, Entry, Exhibit
from parkstudy.show.markup import lines_html, table_html
from parkstudy.show.provenance import records
from parkstudy.show.select.shared import Selected, size
from parkstudy.show.theme import NARROW, WIDE, drawing
from parkstudy.show.view import View
from parkstudy.words.speech import plain

Values = tuple[Sequence[str], Sequence[Sequence[object]]]  # header and rows of the table under a figure


@dataclass(frozen=True, kw_only=True)
class Figure(Entry):
    """A figure, drawn for a wide column and for a telephone, with its values in words. A kind of figure gives three methods."""

    kind = "figure"
    look: ClassVar[str] = ""  # a class more of its drawings on a page
    sheds = True

    def state(self, view: View, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The figure of one state."""
        form, selected = self.chosen(view, parameters)
        return form.made(view, selected, parameters, of)

    def chosen(self, view: View, parameters: Mapping[str, str]) -> tuple["Figure", Selected]:
        """The form that shows one state, and what it shows, with the words that stand in the drawing."""
        selected = self.select(view.study, **parameters)
        form = self.form(view, selected)
        return form, form.prepared(view, selected)

    def alone(
        self, view: View, selected: Selected, parameters: Mapping[str, str], width: float = WIDE
    ) -> tuple[str, str]:
        """One drawing, in one width in inches, of what was `chosen`, with its caption and its sources; and the drawing as a document.

        Nothing else of a page: no claim, no values below, no file, no records. Without rows it is empty.
        """
        if selected.data.height == 0:
            return "", ""
        facts = self.facts(selected, parameters)
        caption, alt = self.words_of(view, "caption", facts), plain(self.words_of(view, "alt", facts))
        with drawing():
            document = svg.drawn(self.draw(view, selected, width))
        chart = f'<div class="chart wide{self.look}">{svg.inline(document, f"{self.anchor or self.key}-", alt)}</div>'
        return f"<figure>{chart}{self.explained(view, selected, caption)}</figure>", document

    def form(self, view: View, selected: Selected) -> "Figure":
        """The figure that shows what was selected: itself, or another form of it where that is of many parks."""
        return self

    def made(self, view: View, selected: Selected, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The figure of what was selected and prepared.

        Raises `ValueError` where the alternative text repeats the caption.
        """
        facts = self.facts(selected, parameters)
        claim = self.words_of(view, "claim", facts)
        if selected.data.height == 0:
            return self.without_rows(view, selected, claim)
        caption = self.words_of(view, "caption", facts)
        alt = plain(self.words_of(view, "alt", facts))
        if alt == plain(caption):
            raise ValueError(
                f"exhibit {self.key!r}: the alternative text repeats the caption; describe what the picture shows"
            )
        inside = PLACE + self._details(view, selected, claim)
        body = self.framed(view, selected, inside, claim, caption, self.room(view) / of)
        behind = records(view, self.behind(view, selected), budget.RECORDS)
        made_from = digest(body, selected.data, self.shown(selected), selected.keys, behind)
        charts, wide = self._charts(view, selected, alt) if drawn() else ("", "")
        body = body.replace(PLACE, charts, 1)
        return self.exhibit(view, body, selected, made_from, answer=plain(claim), svg=wide)

    def shown(self, selected: Selected) -> Mapping[str, Any]:
        """The facts that enter its digest."""
        return selected.facts

    def behind(self, view: View, selected: Selected) -> list[str]:
        """The keys of what it shows, by which another build knows it again."""
        return [*view.opened, *sorted(strings((selected.data, selected.facts, selected.keys)))]

    def _charts(self, view: View, selected: Selected, alt: str) -> tuple[str, str]:
        """Both drawings as HTML, and the wide one as a document."""
        with drawing():
            wide, narrow = (svg.drawn(self.draw(view, selected, width)) for width in (WIDE, NARROW))
        name = self.anchor or self.key
        charts = "".join(
            f'<div class="chart {kind}{self.look}"{hidden}>{svg.inline(document, f"{name}-{STATE}{kind[0]}-", alt)}</div>'
            for kind, hidden, document in (("wide", "", wide), ("narrow", " hidden", narrow))
        )
        return charts, wide

    def prepared(self, view: View, selected: Selected) -> Selected:
        """What was selected, with the words that stand in the drawing."""
        return selected

    def facts(self, selected: Selected, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What its words may print: `rows` without those of parks of context, of which no sentence speaks."""
        rows = [row for row in selected.data.to_dicts() if not row.get("context")]
        return {**selected.facts, **parameters, "rows": rows, "height": len(rows)}

    def begun(self, selected: Selected, share: float) -> tuple[Selected, int]:
        """What a share of the height holds: the first rows, and how many are left out."""
        fitting = max(1, int(selected.data.height * share))
        return replace(selected, data=selected.data.head(fitting)), selected.data.height - fitting

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The matplotlib figure in a width in inches."""
        raise NotImplementedError

    def table(self, view: View, selected: Selected) -> Values:
        """The values of the figure in words."""
        raise NotImplementedError

    def _details(self, view: View, selected: Selected, claim: Markup) -> str:
        """Its values in words, as many as fit."""
        header, rows = self.table(view, selected)
        title = view.say("exhibit.j2", "values", height=len(rows))
        name = plain(view.say("exhibit.j2", "values_of", claim=claim))
        inside = self.in_words(view, name, header, rows, [False] * len(header))
        return f'<details class="values"><summary>{title}</summary>{inside}</details>'

    def in_words(
        self, view: View, name: str, header: Sequence[str], rows: Sequence[Sequence[object]], numeric: Sequence[bool]
    ) -> str:
        """A table of as many rows as fit, and what says that there are more."""
        lines = lines_html(view, rows, numeric, self.room(view) * budget.FILE)
        return table_html(view, name, header, lines, numeric) + self.cut(view, len(lines), len(rows))

    def room(self, view: View) -> float:
        """Bytes for all its states."""
        return self.share.figure(size(view.study))
