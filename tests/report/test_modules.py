"""The modules that a page can call: all that is imported on the way, and of the catalogue what its exhibits name."""

from cases import every

from parkstudy.report.modules import CATALOGUE, called

SOURCES = {
    "parkstudy": "",
    "parkstudy.show": "",
    "parkstudy.report": "",
    "parkstudy.report.make": "from parkstudy.show.catalogue import CATALOGUE\ndef f():\n    import parkstudy.late\n",
    "parkstudy.late": "from parkstudy.show import (\n    deep,\n)\n",
    "parkstudy.show.deep": "",
    "parkstudy.show.table": "from parkstudy.show.cells import CELLS",
    "parkstudy.show.cells": "",
    "parkstudy.show.select": "",
    "parkstudy.show.select.land": "",
    "parkstudy.show.select.tax": "from parkstudy.show.select import land",
    "parkstudy.show.select.growth": "",
    "parkstudy.show.words": "",
    "parkstudy.explorer": "",
    CATALOGUE: (
        "from parkstudy.show.select import growth, land, tax\nfrom parkstudy.show.table import Table\n"
        "from parkstudy.show.words import said\n"
        "def file(view):\n    return said(view)\n_MORE = {'file': file}\n"
        "LAND = (Table(key='land', select=land.rows), Table(key='areas', select=land.rows, **_MORE))\n"
        "TAX = (Table(key='tax', select=tax.rows), *(Table(key=f'levels-{i}', select=growth.rows) for i in 'ab'))\n"
        "CATALOGUE = {entry.key: entry for entry in (*LAND, *TAX)}\n"
    ),
}
ALWAYS = {
    "parkstudy",
    "parkstudy.show",
    "parkstudy.report",
    "parkstudy.report.make",
    "parkstudy.late",
    "parkstudy.show.deep",
    CATALOGUE,
}
TABLE = {"parkstudy.show.table", "parkstudy.show.cells", "parkstudy.show.select"}


def of(*shown, **given):
    return called(SOURCES, shown, SOURCES.__getitem__, **given) - ALWAYS


@every(
    ("key", "modules"),
    [
        ("land", {"select.land"}),
        ("areas", {"select.land", "words"}),  # by a function that the catalogue names
        ("tax", {"select.tax", "select.land"}),  # which imports the other
        ("levels-a", {"select.growth"}),  # of no literal key
    ],
)
def test_an_exhibit_can_call_what_its_declaration_names(key, modules):
    assert of(key) == TABLE | {f"parkstudy.show.{name}" for name in modules}


def test_what_makes_the_page_is_always_called_and_the_explorer_where_it_is_shown():
    assert called(SOURCES, (), SOURCES.__getitem__) == ALWAYS
    assert of(explored=True) == {"parkstudy.explorer"}


def test_all_that_is_imported_counts_where_the_notebook_is_not_read():
    assert called(SOURCES, None, SOURCES.__getitem__) == set(SOURCES)


def test_what_is_not_imported_does_not_count():
    known = set(SOURCES) - {"parkstudy.show.cells"}
    assert "parkstudy.show.cells" not in called(known, ["land"], SOURCES.__getitem__)
