"""Tests of exhibits that draw, marked slow by their names until they carry the marker themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

DRAW = {
    "test_a_document_has_no_clock_no_maker_no_comment_and_no_long_fraction",
    "test_a_document_is_the_same_twice_and_leaves_no_figure_open",
    "test_a_figure_drawn_twice_is_the_same_to_the_byte",
    "test_a_figure_is_drawn_for_a_wide_column_and_for_a_telephone",
    "test_a_file_knows_neither_parks_nor_numbers",
    "test_a_file_stands_on_paper_with_the_glyphs_it_uses",
    "test_a_glyph_that_no_font_has_is_drawn_without_a_warning",
    "test_a_notebook_gets_a_figure_as_a_picture_as_well",
    "test_a_page_has_the_same_records_in_either_language",
    "test_a_text_in_any_slot_is_shown_and_never_markup",
    "test_a_tied_mark_names_its_park_and_its_number",
    "test_an_alternative_text_is_escaped",
    "test_every_colour_of_the_palette_follows_the_page_and_no_other_is_lost",
    "test_every_number_of_a_page_has_a_record_down_to_what_is_printed",
    "test_ids_begin_with_the_prefix_and_so_does_what_refers_to_them",
    "test_ids_do_not_hang_on_the_last_bits_of_a_coordinate",
    "test_marks_that_turn_the_direction_of_writing_are_gone",
    "test_no_two_states_share_an_id",
    "test_text_stays_the_text_it_was_in_the_file_and_in_the_page",
    "test_the_claim_of_a_figure_is_its_answer_without_its_marks",
    "test_the_drawings_of_a_figure_share_no_id",
    "test_the_same_exhibit_twice_is_the_same_to_the_byte",
    "test_two_fragments_with_prefixes_of_their_own_share_no_id",
    "test_tying_gives_the_artist_back",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what draws."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.name.partition("[")[0] in DRAW:
            item.add_marker("slow")
