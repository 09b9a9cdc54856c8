"""The drawer: what stands behind a number, down to what is printed, what the checks found on it, and how it is cited."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markupsafe import Markup
from yearly_parks import yearly

from parkstudy.explorer.answer import answer
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.drawer import opened
from parkstudy.explorer.held import Held
from parkstudy.show.asked import asked_of

TWO = "hengnan,shuangpai"


def words(html: str) -> str:
    return unescape(Markup(re.sub(r"</(dt|dd|li|h3|p|summary)>", "\n", html)).striptags())


def test_a_printed_figure_has_its_place_its_findings_and_its_citation(shipped: Held) -> None:
    found = opened(shipped, Choice(parks=TWO), "shuangpai-2017-016")
    assert found["title"] == "Gross industrial output: 50.6亿元"
    said = words(found["html"])
    for part in (
        "规模工业总产值",
        "50.6亿元",
        "一/(二)/1/p1",
        "Jan–Nov 2017",
        "firms above the size threshold",
        "out of range in 2 checks",
    ):
        assert part in said
    assert "out of range, output and value-added growth (A7): value added over output is 27.74–27.99 %" in said
    assert "How the study treats it: the two rates do not describe one stable set of firms." in said
    assert (
        "“规模工业总产值 50.6亿元”, 一/(二)/1/p1. 双牌工业集中区2017年工作总结及2018年工作打算 (2017-12-29, grade A). Quoted in:"
        in said
    )
    assert shipped.study.edition in said
    assert '<ul class="tree">' not in found["html"]


def test_what_a_number_rests_on_is_a_tree_down_to_what_is_printed(shipped: Held) -> None:
    key = "c/tax_per_output/hengnan/shuangpai/nominal/annualised/"
    found = opened(shipped, Choice(measure="tax_per_output", parks=TWO), key)
    assert words(found["html"]).startswith("What comes out Hengnan is higher than Shuangpai")
    (tree,) = re.findall(r'<ul class="tree">(.*)</ul></section>', found["html"].partition("<h3>What the checks")[0])
    assert re.findall(r"<summary>(.*?)</summary>", tree.replace('<span lang="zh-Hans">', "").replace("</span>", "")) == [
        "Tax per 100 yuan of reported output: Hengnan Industrial Concentration Zone, 2019",
        "Tax paid: 1.2亿元", "Gross industrial output: 55亿元",
        "Tax per 100 yuan of reported output: Shuangpai Industrial Concentration Zone, Jan–Nov 2017",
        "Tax paid: 0.3亿元", "Gross industrial output: 50.6亿元",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "name"), [("en", "shipped"), pytest.param("zh", "six", marks=pytest.mark.thorough)])
def test_whatever_a_view_opens_has_a_record(lang: str, name: str, request: pytest.FixtureRequest) -> None:
    held = request.getfixturevalue(name)
    parks = ",".join(held.study.park_ids()[:3:2])
    for measure in asked_of(held.study):
        choice = Choice(measure=measure, parks=parks, lang=lang)
        views = [answer(held, choice, tab) for tab in ("table", "audit")]
        keys = {key for view in views for key in re.findall(r'data-opens="([^"]+)"', view["sentence"] + view["html"])}
        for key in map(unescape, sorted(keys)[:6]):
            found = opened(held, choice, key)
            assert found["title"], key
            assert found["html"].count('<section class="of-record">') >= 2, key
            assert not re.search(r"\bNone\b(?! of)|Undefined", words(found["html"]))


def test_a_comparison_of_another_year_opens_as_it_came_out_in_that_year(tmp_path) -> None:
    held = Held(yearly(tmp_path))
    choice = Choice(measure="gross_industrial_output_growth", parks="qinghe,lanshan", year="2019")
    html = answer(held, choice, "variants")["html"]
    key = "c/gross_industrial_output_growth/qinghe/lanshan/nominal/reported/"
    assert {f"{year}@{key}" for year in ("latest", "2020")} | {key} <= set(re.findall(r'data-opens="(\S+)"', html))
    own, other = (words(opened(held, choice, one)["html"]) for one in (key, f"2020@{key}"))
    assert "9.1%" in own
    assert "10.2%" in other
    held.base("2019").study.compare.by_key.clear()  # as where too many were kept
    held.base("2019").study.compare._made.clear()
    held._kept.clear()
    assert words(opened(held, choice, key)["html"]) == own


def test_a_key_of_nothing_is_said_in_words(shipped: Held) -> None:
    for key in ("nothing", "c/tax_per_output/hengnan/nobody/nominal/annualised/", "<b>", "c/"):
        found = opened(shipped, Choice(), key)
        assert (found["title"], found["key"]) == ("Of this number there is no record.", key)
        assert "<b>" not in found["html"]


def test_an_anonymised_text_is_cited_without_its_name(shipped: Held) -> None:
    (key, *_) = shipped.study.observations.filter(source_id="anon-2023-2023")["observation_id"]
    said = words(opened(shipped, Choice(lang="zh"), key)["html"])
    assert "（隐去：材料已匿名）" in said
    assert "http" not in said
