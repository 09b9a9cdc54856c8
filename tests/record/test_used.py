"""What a process says it has read: labels by language, lists of codes, blocks, rules, modules; little of it at import."""

import json
import subprocess
import sys

import pytest

from parkstudy.record import codes, used
from parkstudy.words import rules
from parkstudy.words.speech import speech


@pytest.fixture
def read(monkeypatch):
    """What is read from now on."""
    monkeypatch.setattr(used, "_READ", {})
    return lambda: {kind: names for kind, names in used.everything().items() if kind not in ("module", "beside")}


def test_a_label_is_noted_by_language_and_a_whole_list_as_one(read):
    codes.label("price", "real", "zh")
    codes.labels("price", "en")
    assert read() == {"label": ["en/price", "zh/price/real"]}


def test_a_list_of_codes_is_noted_without_its_words_and_also_where_there_is_none(read):
    codes.codes("price")
    assert not codes.has("no such list")
    assert read() == {"codes": ["no such list", "price"]}


def test_a_block_is_noted_when_it_is_said_and_when_it_is_asked_for_in_vain(read):
    speech("en").render(None, "table.j2", "caption", {})
    speech("zh").has("table.j2", "no_such_block")
    assert read()["block"] == ["en/table.j2/caption", "zh/table.j2/no_such_block"]


def test_a_rule_is_noted_where_its_text_is_read_and_the_list_of_rules_where_a_text_is_searched(read):
    rules.rule("G5", "zh")
    rules.cited("as G5 says")
    assert read() == {"rule": ["en", "zh/G5"]}


@pytest.mark.slow
def test_importing_the_package_reads_lists_of_codes_and_no_words():
    program = "import json, parkstudy.report.page, parkstudy.record.used as u; print(json.dumps(u.everything()))"
    found = json.loads(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout)
    assert {kind for kind in found if found[kind]} == {"codes", "file", "module"}
    assert found["file"] == ["record/rungs.csv", "record/units.csv"]
    assert {"parkstudy.record.used", "parkstudy.show.catalogue"} <= set(found["module"])


def test_a_module_that_is_neither_ours_nor_installed_is_known_by_its_file():
    assert __file__ in used.everything()["beside"]
