"""Links follow from names alone: of notebooks, parks and parameters, whatever was built."""

from __future__ import annotations

from cases import every
from exhibit_parts import study_of

from parkstudy.record.codes import codes
from parkstudy.report.links import INDEX, Links, standard

PARKS = study_of().park_ids()


def test_every_standard_page_has_a_name_in_the_navigation_and_no_name_is_of_a_page_that_is_gone() -> None:
    named = set(codes("notebook"))
    assert [name for name in standard() if name not in named] == []
    assert not [name for name in standard() if name.startswith("60-")]
    assert named - set(standard()) <= {"70-figures"}


@every(
    ("stem", "lang", "given", "twin"),
    [
        ("20-growth", "en", {}, "20-growth.zh.html"),
        ("20-growth.zh", "zh", {}, "20-growth.html"),
        ("20-growth.real", "en", {"price": "real"}, "20-growth.zh.html#price=real"),
        ("20-growth.hengnan.real", "en", {"parks": "a,b", "price": "real"}, "20-growth.zh.html#parks=a,b&price=real"),
        ("60-park-profile", "en", {}, "60-park-profile.zh.html"),
        ("60-park-profile.zh.hengshan", "zh", {"park": "hengshan"}, "60-park-profile.hengshan.html"),
        ("20-growth.0ab12cd3", "en", {"data": "own"}, "20-growth.zh.0ab12cd3.html"),
    ],
)
def test_the_other_language_has_the_same_data_and_the_same_state(
    stem: str, lang: str, given: dict[str, str], twin: str
) -> None:
    assert Links(stem, lang, given).twin == twin


def test_the_navigation_of_a_variant_leads_to_the_standard_pages_and_knows_where_it_is() -> None:
    own = Links("20-growth.zh", "zh", {}).navigation()
    assert [link.file for link in own] == [f"{name}.zh.html" for name in standard()]
    assert [link.file for link in own if link.here] == ["20-growth.zh.html"]
    variant = Links("20-growth.zh.real", "zh", {"price": "real"}).navigation()
    assert [link.file for link in variant] == [link.file for link in own]
    assert not [link for link in variant if link.here]
    assert {link.file for link in Links("20-growth.0ab12cd3", "en", {"data": "own"}).navigation()} == {
        f"{name}.0ab12cd3.html" for name in standard()
    }


def test_a_page_stands_between_its_neighbours_and_a_profile_too() -> None:
    first, last = standard()[0], standard()[-1]
    assert Links(first, "en", {}).around()[0] is None
    assert Links(last, "en", {}).around()[1] is None
    before, behind = Links("60-park-profile.hengshan", "en", {"park": "hengshan"}).around()
    assert before is not None
    assert behind is not None
    assert before.file < "60" < behind.file


def test_the_first_park_has_the_profile_of_the_notebook_itself() -> None:
    links = Links("20-growth.zh", "zh", {}, PARKS[0])
    assert [links.profile(park) for park in PARKS[:2]] == [
        "60-park-profile.zh.html",
        f"60-park-profile.zh.{PARKS[1]}.html",
    ]
    assert links.index == INDEX["zh"] == "index.zh.html"
