"""What a sentence is made from: its block, what that calls, and what stands beside the blocks."""

import pytest
from cases import every

from parkstudy.words.parts import source
from parkstudy.words.speech import FOLDER

TEXTS = {
    "land.j2": (
        "{# About land. #}\n{% block land_claim %}{{ spanned(row) }}, {{ self.made() }}{% endblock %}\n"
        "{% block made %}made{% endblock %}\n{%- block other -%}other{%- endblock -%}\n"
    ),
    "shared.j2": (
        "{% macro placed(row) -%}in {{ row }}{%- endmacro %}\n{# Spans. #}\n"
        "{% macro spanned(row) -%}{{ placed(row) }}{%- endmacro %}\n{% macro alone() -%}alone{%- endmacro %}\n"
    ),
}


@every(
    ("file", "old", "new", "changed"),
    [
        ("land.j2", "{{ spanned", "!{{ spanned", {"land_claim"}),
        ("land.j2", "%}made", "%}Made", {"land_claim", "made"}),
        ("land.j2", "-%}other", "-%}Other", {"other"}),
        ("land.j2", "About land", "On land", set()),
        ("land.j2", "\n{%- block", "!\n{%- block", {"land_claim", "made", "other"}),
        ("land.j2", "\n{%- block", "\n\n{%- block", set()),
        ("shared.j2", "-%}in", "-%}at", {"land_claim"}),
        ("shared.j2", "-%}alone", "-%}Alone", set()),
        ("shared.j2", "Spans", "Intervals", set()),
        ("shared.j2", "{# Spans. #}", "{% set span = 1 %}", {"land_claim", "made", "other"}),
        ("land.j2", "%}made{", "%}{% include 'x.j2' %}made{", {"land_claim", "made", "other"}),
    ],
)
def test_an_edit_changes_the_blocks_that_can_come_to_print_it(file, old, new, changed):
    assert old in TEXTS[file]
    edited = {**TEXTS, file: TEXTS[file].replace(old, new, 1)}
    blocks = ("land_claim", "made", "other")
    assert {block for block in blocks if source(edited, "land.j2", block) != source(TEXTS, "land.j2", block)} == changed


def test_what_is_not_there_is_made_from_nothing_and_a_block_in_a_block_from_everything():
    assert source(TEXTS, "land.j2", "land") == source(TEXTS, "tax.j2", "land_claim") == ""
    nested = {**TEXTS, "tax.j2": "{% block a %}{% block b %}{% endblock %}{% endblock %}"}
    assert source(nested, "tax.j2", "b") == "\0".join(nested[name] for name in sorted(nested))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_block_of_the_templates_is_found(lang):
    texts = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / lang).glob("*.j2")}
    for file, text in texts.items():
        for block in (part.split()[0] for part in text.split("{% block ")[1:]):
            assert 0 < len(source(texts, file, block)) < sum(map(len, texts.values())) / 4, f"{file}: {block}"
