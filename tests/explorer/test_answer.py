"""The answer to a choice: its sentence, every variant with the verdict of `compare`, and its tabs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import many_parks
import pytest
from markupsafe import Markup

from parkstudy.explorer.answer import answer
from parkstudy.explorer.choice import NONE, Choice
from parkstudy.explorer.drawer import opened
from parkstudy.explorer.held import Held
from parkstudy.explorer.variants import Asking, compared
from parkstudy.record.codes import codes
from parkstudy.show.asked import asked_of
from parkstudy.show.figure import Figure

TWO = "hengnan,shuangpai"
PARTS = {"title", "sentence", "strip", "tabs", "tab", "html", "first", "empty"}


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Held:
    """More lines than a figure shows at once."""
    return Held.of(str(many_parks.make(tmp_path_factory.mktemp("many"), 45)))


def said(view: dict[str, object]) -> str:
    return str(Markup(view["sentence"]).striptags())


def sets(held: Held) -> list[str]:
    """One park, two, all, and none."""
    parks = held.study.park_ids()
    return [parks[0], ",".join(parks[:2]), "", NONE]


# Whatever is asked


def asked_as(held: Held, of_measure: bool) -> list[tuple[str, str]]:
    """Every choice of parks, and every tab, once each."""
    one, two, every, none = sets(held)
    return [(one, "audit"), (two, "variants" if of_measure else "table"), (every, "table"), (none, "table")]


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("shipped", "zh"),
        pytest.param("years", "en", marks=pytest.mark.slow),
        pytest.param("six", "zh", marks=pytest.mark.slow),
    ],
)
def test_whatever_is_asked_has_an_answer_in_words(name: str, lang: str, request: pytest.FixtureRequest) -> None:
    held = request.getfixturevalue(name)
    for measure, asked in asked_of(held.study).items():
        for parks, tab in asked_as(held, bool(asked.measure)):
            view = answer(held, Choice(measure=measure, parks=parks, lang=lang, year="all"), tab)
            words = said(view) + " " + Markup(view["html"]).striptags()
            assert set(view) >= PARTS
            assert json.loads(json.dumps(view)) == view
            assert len(said(view)) > 5
            assert not re.search(r"\bNone\b(?! of)|\bnan\b|Undefined", words), (measure, parks)


def test_no_park_is_said_in_words(shipped: Held) -> None:
    view = answer(shipped, Choice(parks=NONE))
    assert (view["empty"], view["strip"], view["tabs"], view["html"]) == ("No park is chosen.", [], [], "")


# The strip of variants


def outcomes(held: Held, choice: Choice) -> list[tuple[dict[str, str], str]]:
    return [({**asdict(choice), **cell["choice"]}, cell["verdict"]) for cell in answer(held, choice, "table")["strip"]]


@pytest.mark.parametrize("name", ["shipped", "years", "six"])
def test_what_comes_out_in_a_variant_is_what_compare_says(name: str, request: pytest.FixtureRequest) -> None:
    held = request.getfixturevalue(name)
    parks, verdicts = held.study.park_ids(), set()
    for measure in filter(compared, asked_of(held.study)):
        for left, right in ((parks[0], parks[2]), (parks[1], parks[0]), (parks[2], parks[-2])):
            found = outcomes(held, Choice(measure=measure, parks=f"{left},{right}", year="latest"))
            for one, verdict in found:
                study = held.study.only(f"{left},{right}", one["year"]) if one["year"] in ("latest", "all") else None
                known = study.park_ids() if study else []
                if len(known) < 2:
                    continue
                wanted = {"price": one["price"] if measure.endswith("_growth") else None, "basis": None, "rung": None}
                wanted |= {n: one[n] for n in ("basis", "rung") if n in _acting(measure)}
                rows = study.compare.latest(measure, *known, **wanted)
                rows = rows or [
                    r
                    for r in study.compare.latest(measure, *known, **{**wanted, "rung": None})
                    if r.rung is None and wanted["rung"]
                ]
                assert verdict == (rows[0].verdict if rows else "silent"), (measure, left, right, one)
                verdicts.add(verdict)
    assert len(verdicts) > 2


def _acting(measure: str) -> tuple[str, ...]:
    return {"tax_per_output": ("basis",)}.get(measure, ("basis", "rung") if "_per_" in measure else ())


def test_every_combination_of_the_choices_stands_in_the_strip_and_the_chosen_one_is_marked(shipped: Held) -> None:
    view = answer(shipped, Choice(measure="tax_per_area", parks=TWO, basis="annualised", rung="expanded"), "table")
    chosen = [tuple(cell["choice"].values()) for cell in view["strip"]]
    rungs = ["perimeter", "expanded", "control_plan", "signed"]
    assert chosen == [(basis, rung) for basis in codes("basis") for rung in rungs]
    assert [cell["choice"] for cell in view["strip"] if cell["on"]] == [{"basis": "annualised", "rung": "expanded"}]
    assert [cell["verdict"] for cell in view["strip"]] == [*["not_comparable"] * 3, "silent", *["higher"] * 3, "silent"]


def test_a_refused_variant_tells_its_reason(shipped: Held) -> None:
    first, second = answer(shipped, Choice(measure="tax_per_output", parks=TWO), "table")["strip"]
    assert first["words"] == "not compared"
    assert first["note"] == (
        "Hengnan reports 2019, Shuangpai Jan–Nov 2017: figures of different months are compared only as full years"
    )
    assert (second["words"], second["note"], second["why"]) == ("Hengnan higher", "", "")
    (silent,) = answer(shipped, Choice(measure="tax_buoyancy", parks="hengnan,hengshan"), "table")["strip"]
    assert silent["verdict"] == "silent"
    alone = answer(shipped, Choice(measure="tax_per_area", rung="total", parks="hengnan,hengshan,anon-2023"), "table")[
        "strip"
    ]
    note = next(cell["note"] for cell in alone if cell["on"])  # of each park that has none
    assert "Hengnan: not on this area" in note
    assert "; Hengshan: the text reports no area of the park" in note
    assert silent["why"].startswith("Hengnan: the text does not print both growth rates")


def test_of_more_parks_the_strip_counts_their_pairs(shipped: Held) -> None:
    first, second = answer(shipped, Choice(measure="tax_per_output"), "table")["strip"]
    assert first["words"] == "1 ordered, 2 not compared"
    assert second["words"] == "2 ordered, 1 undecided"
    growth = answer(shipped, Choice(), "table")["strip"]
    assert [cell["words"] for cell in growth] == ["5 ordered, 1 undecided", "5 ordered, 1 undecided; same order"]


def test_the_answer_and_its_strip_follow_months_and_area(shipped: Held) -> None:
    view = answer(shipped, Choice(measure="tax_per_area"), "table")
    assert said(view).startswith(
        "Tax per mu, on the area in force: Hengnan 12,800–13,900 yuan per mu (2019); Shuangpai"
    )
    reason = (
        "Hengnan reports 2019, Shuangpai Jan–Nov 2017: figures of different months are compared only as full years."
    )
    assert f"Hengnan and Shuangpai are not compared. {reason}" in said(view)
    assert "Read as “as a full year, in force”: Hengnan higher." in said(view)
    found = {(cell["choice"]["basis"], cell["choice"]["rung"]): cell["words"] for cell in view["strip"]}
    assert (found["reported", "perimeter"], found["annualised", "perimeter"]) == ("not compared", "Hengnan higher")
    assert found["reported", "total"] == "anon-2023 alone"
    assert "higher" not in str(Markup(view["html"]).striptags())


def test_values_that_are_no_result_or_of_no_complete_official_text_are_told(shipped: Held) -> None:
    view = answer(shipped, Choice(measure="tax_revenue_level"), "table")
    assert said(view).startswith(
        "Tax paid, as reported: Hengnan 120 million yuan (2019); Hengshan 527 million yuan (Jan"
    )
    assert "Not from complete official texts: anon-2023 152 million yuan (Jan–Nov 2023)." in said(view)
    assert "Not a reported result: anon-2023 190 million yuan (forecast, 2023)." in said(view)
    assert [cell["words"] for cell in view["strip"]] == ["4 parks", "4 parks"]


def test_a_value_that_another_figure_of_its_text_speaks_against_is_told_and_pairs_are_named(shipped: Held) -> None:
    against = "Shuangpai 45.2 %: not consistent with what the same text prints elsewhere."
    growth = {"measure": "gross_industrial_output_growth"}
    assert against in said(answer(shipped, Choice(**growth), "table"))
    assert against in said(answer(shipped, Choice(**growth, parks=TWO), "table"))
    assert against not in said(answer(shipped, Choice(**growth, parks="hengnan,anon-2020"), "table"))
    behind = "Shuangpai 36.2–36.7 %: computed from a printed figure that is not consistent with what the same text"
    for parks in ("", TWO):
        assert behind in said(answer(shipped, Choice(**growth, parks=parks, price="real"), "table"))
    planned = answer(shipped, Choice(measure="tax_per_area", basis="annualised", rung="control_plan"), "table")
    assert "Hengnan is higher than Shuangpai (the ranges overlap, and figures of few digits decide)." in said(planned)
    area = answer(shipped, Choice(measure="tax_per_area", basis="annualised"), "table")
    assert "(Shuangpai). Hengnan is higher than Shuangpai." in said(area)
    assert "衡南高于双牌。" in said(
        answer(shipped, Choice(measure="tax_per_area", basis="annualised", lang="zh"), "table")
    )


def test_a_pair_that_a_margin_leaves_undecided_is_named_with_it(shipped: Held) -> None:
    growth = {"measure": "gross_industrial_output_growth"}
    for parks, price, named in (
        (
            "",
            "nominal",
            "anon-2023 and anon-2020 cannot be told apart (anon-2020 is higher in one of two ways of reading the data).",
        ),
        ("", "real", "anon-2023 and anon-2020 cannot be told apart"),
        ("anon-2023,anon-2020", "nominal", "anon-2020 is higher in one of two ways of reading the data (by span)."),
    ):
        told = said(answer(shipped, Choice(**growth, parks=parks, price=price), "table"))
        assert named in told
        assert "a difference of up to 6 points between two rates decides nothing." in told
        cells = answer(shipped, Choice(**growth, parks="anon-2023,anon-2020", price=price), "table")["strip"]
        assert all("up to 6 points" in cell["note"] for cell in cells)
    assert "decides nothing" not in said(answer(shipped, Choice(**growth, parks=TWO), "table"))


def test_a_forecast_below_the_result_of_its_first_months_is_told(shipped: Held) -> None:
    behind = "The full-year forecast is below what the text reports for the first months alone: anon-2023."
    assert behind in said(answer(shipped, Choice(measure="output_per_firm"), "table"))
    for measure in ("gross_industrial_output_level", "tax_per_output"):
        assert "is below what" not in said(answer(shipped, Choice(measure=measure), "table"))


def test_of_many_parks_the_spread_is_told_and_each_kind_of_reason_once(many: Held) -> None:
    ids = many.study.park_ids()
    few = ",".join(ids[:20])
    told = said(answer(many, Choice(measure="tax_revenue_level", parks=few), "table"))
    assert re.match(r"Tax paid, as reported, in complete official texts: 12 of 20 parks, from .* the median is ", told)
    growth = answer(many, Choice(parks=few), "table")
    assert re.search(r"report growth of output\. In them, 8 of 20 parks: from .* the median is ", said(growth))
    assert "Rests on 8 complete official texts; 8 of a lower grade apart. No sample, no ranking." in growth["html"]
    eight = ",".join(ids[:8])
    assert re.search(
        r"only as full years \(so too of \d+ more pairs\)",
        said(answer(many, Choice(measure="tax_per_output", parks=eight), "table")),
    )


def test_on_which_texts_a_view_rests_counts_those_of_its_variant(shipped: Held) -> None:
    total = answer(shipped, Choice(measure="tax_per_area", rung="total"), "table")["html"]
    assert "Rests on no complete official text; 1 of a lower grade apart; 2 parks with a value in another" in total
    assert "仅有其他口径的数值" not in answer(shipped, Choice(measure="tax_per_output", lang="zh"), "table")["html"]


def test_both_readings_of_a_value_stand_in_the_strip_with_their_unit(shipped: Held) -> None:
    strip = answer(shipped, Choice(measure="taxpayer_concentration"), "table")["strip"]
    assert [cell["words"] for cell in strip] == [
        "12.0–13.0 % or more / 24.0–26.1 % or more",
        "12.0–13.0 % or more",
        "24.0–26.1 % or more",
    ]
    each = answer(shipped, Choice(measure="taxpayer_concentration", reading="each"), "table")
    assert "24.0–26.1 % or more if each" in said(each)
    assert "12.0–13.0" not in said(each) + str(Markup(each["html"]).striptags())


def test_a_year_in_which_one_of_two_has_no_text_is_silent_with_the_reason(years: Held) -> None:
    strip = answer(years, Choice(parks="qinghe,lanshan", year="all"), "table")["strip"]
    found = {
        cell["choice"]["year"]: (cell["verdict"], cell["note"])
        for cell in strip
        if cell["choice"]["price"] == "nominal"
    }
    assert list(found) == ["latest", "2021", "2020", "2019", "all"]
    assert found["2021"] == ("silent", "Lanshan Park: no text of this year")
    assert found["2020"] == found["all"] == ("higher", "")


def test_many_variants_are_those_of_the_chosen_year_and_of_the_other_years_as_they_are(years: Held) -> None:
    parks = ",".join(years.study.park_ids()[:2])
    choice = Choice(measure="tax_per_area", parks=parks, year="all")
    asking = Asking(years, choice, asked_of(years.study)["tax_per_area"], parks.split(","))
    asking.every["year"] = ["latest", *map(str, range(1900, 2000)), "all"]
    found = list(asking.combinations())
    assert len([one for one in found if one["year"] == "all"]) == len(asking.every["basis"]) * len(asking.every["rung"])
    assert all({**one, "year": "all"} == asking.chosen for one in found if one["year"] != "all")


# The sentence


SENTENCES = [
    (
        {"measure": "tax_per_output", "parks": TWO, "basis": "annualised"},
        "Tax per 100 yuan of reported output, as full years: Hengnan with 2.07–2.29 yuan per 100 yuan of output (2019) is higher than "
        "Shuangpai with 0.46–0.82 yuan per 100 yuan of output (scaled from Jan–Nov 2017). "
        "Coverage: industry (Hengnan); firms above the size threshold (Shuangpai).",
        "百元产值税收，折合全年：衡南为2.07～2.29元（2019年），高于双牌的0.46～0.82元（由2017年1—11月折合）。统计范围：工业（衡南）；规模以上工业企业（双牌）。",
    ),
    (
        {"measure": "tax_per_output", "parks": TWO},
        "Tax per 100 yuan of reported output: Hengnan, 2.07–2.29 yuan per 100 yuan of output (2019), and Shuangpai, 0.49–0.69 yuan per "
        "100 yuan of output (Jan–Nov 2017), are not compared. Hengnan reports 2019, Shuangpai Jan–Nov 2017: figures of different months "
        "are compared only as full years. Coverage: industry (Hengnan); firms above the size threshold (Shuangpai). "
        "Shuangpai 0.49–0.69 yuan per 100 yuan of output: computed from a printed figure that is not "
        "consistent with what the same text prints elsewhere. Read as “as a full year”: Hengnan higher.",
        "百元产值税收：衡南为2.07～2.29元（2019年），双牌为0.49～0.69元（2017年1—11月），两者不可比。衡南为2019年，双牌为2017年1—11月："
        "月份不同的数据须折合全年后比较。统计范围：工业（衡南）；规模以上工业企业（双牌）。双牌0.49～0.69元：所依据的原文数据与同一材料所列其他数据不相吻合。按“折合全年”计：衡南较高。",
    ),
    (
        {"measure": "gross_industrial_output_growth", "year": "2019", "parks": "hengnan,hengshan"},
        "Hengnan (2019), growth of industrial output: 10.2 %, as printed; the digits allow 10.15–10.25 %. To be kept in mind: the result "
        "was not final when the text was written; the figure of the year before is not printed. Without a text of 2019, and not shown: "
        "Hengshan.",
        "衡南（2019年）工业总产值增速：10.2%，为原文数字，所代表的区间为10.15%～10.25%。须注意：成文时该数尚非最终数；原文未列出上年同期数。"
        "没有2019年的材料，未予显示：衡山。",
    ),
    (
        {"measure": "fixed_asset_investment_level", "parks": "hengnan"},
        "Hengnan (2019), fixed-asset investment: 4.76 billion yuan, as printed; the digits allow 4.755–4.765 billion yuan. "
        "To be kept in mind: no unit is printed.",
        "衡南（2019年）固定资产投资：47.6亿元，为原文数字，所代表的区间为47.55亿～47.65亿元。须注意：原文未写明单位。",
    ),
    (
        {"measure": "tax_buoyancy", "parks": "hengnan,hengshan"},
        "Tax growth over output growth: none of the chosen parks has a value. Hengnan and Hengshan: the text does not print both growth "
        "rates for the same months and the same firms.",
        "税收增速与产值增速之比：所选园区均无数值。衡南和衡山：材料未列示月份和统计范围均相同的两个增速。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "english", "chinese"), SENTENCES)
def test_the_sentence_that_holds(shipped: Held, choice: dict[str, str], english: str, chinese: str) -> None:
    for lang, sentence in (("en", english), ("zh", chinese)):
        found = said(answer(shipped, Choice(**choice, lang=lang), "table"))
        assert found.replace(" 按", "按").startswith(sentence.replace(" 按", "按"))


def test_the_numbers_of_a_sentence_open(shipped: Held) -> None:
    choice = Choice(measure="tax_per_output", parks=TWO, basis="annualised")
    keys = re.findall(r'data-opens="([^"]+)"', answer(shipped, choice, "table")["sentence"])
    assert sorted(key[:2] for key in keys) == ["c/", "m-", "m-", "m-"]
    assert all(opened(shipped, choice, key)["title"] == "Tax per 100 yuan of reported output" for key in keys)


# Tabs


def test_a_row_of_the_table_and_its_mark_have_one_key(shipped: Held) -> None:
    choice = Choice(measure="tax_per_output")
    table = answer(shipped, choice, "table")["html"]
    rows = shipped.chosen("", "latest").measures.filter(measure="tax_per_output", basis="reported")
    assert set(re.findall(r'data-opens="(m-[^"]+)"', table)) == set(rows["key"])
    assert set(re.findall(r'<tr data-park="([^"]+)"', table)) == set(shipped.study.park_ids())


def test_the_table_of_variants_has_the_values_and_the_verdict_of_each(shipped: Held) -> None:
    view = answer(shipped, Choice(measure="tax_per_output", parks=TWO), "variants")
    rows = [
        [Markup(cell).striptags() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in view["html"].split("</tr>")
    ]
    assert rows[0] == [
        "Variant",
        "Hengnan",
        "Shuangpai",
        "Verdict",
        "Ways for it",
        "What differs",
        "Reason",
    ]
    assert rows[1][:4] == ["as reported ●", "2.07–2.29", "0.49–0.69", "not compared"]
    assert rows[2][:5] == ["as a full year", "2.07–2.29", "0.46–0.82", "Hengnan higher", "the only one"]


def test_of_more_parks_the_table_of_variants_counts_those_with_a_value_and_tells_why_pairs_are_not_compared(
    shipped: Held,
) -> None:
    html = answer(shipped, Choice(measure="tax_per_output"), "variants")["html"]
    head, first, second, *_ = (
        [Markup(cell).striptags() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in html.split("</tr>")
    )
    assert head == ["Variant", "Parks with a value", "Verdict", "Reason"]
    assert first[:3] == ["as reported ●", "3", "1 ordered, 2 not compared"]
    assert first[3].startswith("Hengnan reports 2019, Shuangpai Jan–Nov 2017: figures of different months")
    assert second[2:] == ["2 ordered, 1 undecided", ""]


def test_the_audit_tells_of_the_figures_behind_the_view_alone(shipped: Held) -> None:
    view = answer(shipped, Choice(measure="tax_per_output", parks="shuangpai"), "audit")
    assert {tab["value"]: tab["count"] for tab in view["tabs"]}["audit"] == view["html"].count("</tr>") - 1 == 2
    assert "output and value-added growth" in view["html"]
    none = answer(shipped, Choice(measure="fixed_asset_investment_level", parks="hengnan"), "audit")
    assert "No check of the texts touches the figures behind this view." in none["html"]


def test_of_many_lines_the_table_comes_first(many: Held) -> None:
    view = answer(many, Choice(measure="tax_revenue_level"), "table")
    assert (view["first"], len(many.study.park_ids())) == ("table", 45)
    assert (
        answer(many, Choice(measure="tax_revenue_level", parks=many.study.park_ids()[0]), "table")["first"] == "figure"
    )


@pytest.mark.slow
def test_one_drawing_in_one_width_with_its_caption_and_no_file(shipped: Held) -> None:
    html = answer(shipped, Choice(measure="tax_per_output", parks=TWO))["html"]
    assert (html.count("<svg"), html.count("chart wide"), "data:text/csv" in html, 'class="claim"' in html) == (
        1,
        1,
        False,
        False,
    )
    rows = shipped.chosen(TWO, "latest").measures.filter(measure="tax_per_output")
    assert set(re.findall(r'data-opens="(m-[^"]+)"', html)) <= set(rows["key"])
    assert set(re.findall(r'data-park="([^"]+)"', html)) == set(TWO.split(","))


@pytest.mark.slow
def test_a_tall_drawing_is_bounded_and_parks_that_are_picked_out_have_theirs(many: Held) -> None:
    parks = many.study.park_ids()
    tall = answer(many, Choice(measure="tax_revenue_level", parks=",".join(parks[:20])), "figure")["html"]
    assert '<div class="scroll tall" role="region" tabindex="0"' in tall
    assert "pick parks in the table" in answer(many, Choice(measure="tax_revenue_level"), "figure")["html"]
    picked = answer(many, Choice(measure="tax_revenue_level"), "figure", (parks[2], parks[4]))["html"]
    assert set(re.findall(r'data-park="([^"]+)"', picked)) <= {parks[2], parks[4]}


def test_an_error_inside_a_drawing_is_said_in_words(shipped: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no <ink>")

    monkeypatch.setattr(Figure, "alone", fails)
    view = answer(Held(shipped.study), Choice(measure="tax_per_output", parks=TWO), "figure")
    assert (
        Markup(view["html"])
        .striptags()
        .startswith("The figure could not be drawn: RuntimeError: no <ink>. The values stand in the table.")
    )
    assert "<ink>" not in view["html"]
    assert view["strip"]
    assert said(view)


def test_of_rows_that_are_set_apart_no_view_says_that_the_text_does_not_print_them(copy_of_data) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    held = Held.of(str(copy_of_data.folder))
    for lang, words, others in (
        ("en", "the record has no such figure", "the text reports"),
        ("zh", "未收录", "未列示"),
    ):
        shown = answer(held, Choice(parks="hengnan,hengshan,anon-2023", lang=lang), "table")
        view = str(Markup(shown["html"]).striptags())
        assert words in view
        assert others not in view + said(shown)


def test_a_measure_of_any_quantity_says_of_which_and_what_is_missing_in_brackets(shipped: Held) -> None:
    for lang, several, lone, gap in (
        ("en", "billion yuan (project investment, 2019)", "percentage of it (project investment): 6.605", "Without a value: Hengshan, "),
        ("zh", "亿元（项目投资，2019年）", "计划数（项目投资）：66.05亿", "匿名园区（2020）（材料未列示计划完成比例）。"),
    ):  # fmt: skip
        told = said(answer(shipped, Choice("implied_plan", lang=lang), "table"))
        assert several in told
        assert gap in told
        assert lone in said(answer(shipped, Choice("implied_plan", parks="hengnan", lang=lang), "table"))
