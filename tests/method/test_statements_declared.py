"""Statements as declarations: the file that holds them, a neighbouring park, statements on invented parks, their frame."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from planted import append, edited, without_park

import parkstudy
from parkstudy.method import declarations, statements
from parkstudy.method.declarations import Statement, StatementsError
from parkstudy.method.sides import QUANTITIES, UNSTATED_TAX_FACTOR
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.record import codes
from parkstudy.show.tables import choices_said, said_decisions
from parkstudy.show.view import View
from parkstudy.words.speech import number, plain


def with_hengdong(copy: Any, tax: str) -> Decision:
    """Statement 13 where the tables hold the neighbouring park with this tax."""
    without_park(copy, "hengdong")
    park = {"park_id": "hengdong", "name_zh": "衡东园区", "name_en": "Hengdong park", "role": "context"}
    append(copy, "parks", "hengshan", **park, county_zh="衡东县", county_en="Hengdong County")
    append(
        copy, "sources", "hengshan-2022",
        source_id="hengdong-2022", park_id="hengdong", kind="page", grade="", sha256="",
        published="", title="", publisher="", period_end="2022-12-31",
    )  # fmt: skip
    for place, like, figure in (("001", "002", tax), ("002", "001", "129.6亿元")):
        append(
            copy, "observations", f"hengshan-2022-{like}",
            observation_id=f"hengdong-2022-{place}", source_id="hengdong-2022", population="unstated",
            period_end="2022-12-31", reported_figure=figure,
        )  # fmt: skip
    return {d.statement.id: d for d in statements.decide(edited(copy))}["13"]


@pytest.mark.parametrize(
    ("tax", "verdict", "support"),
    [("6.79亿元", "holds", 1), ("3.79亿元", "reversed", 0), ("4.79亿元", "not_distinguishable", 0)],
)
def test_13_is_decided_by_the_full_year_band_and_the_tax_of_the_neighbour(
    copy_of_data: Any, tax: str, verdict: str, support: int
) -> None:
    decision = with_hengdong(copy_of_data, tax)
    assert (decision.verdict, decision.support, len(decision.results)) == (verdict, support, 1)
    band = [100 * 5.27 / 148.2032 * out / paid for out, paid in product((0.885, 0.917), (0.77, 0.95))]
    assert (min(band), max(band)) == pytest.approx((3.31, 4.24), abs=0.01)
    peer = 100 * float(tax.removesuffix("亿元")) / 129.6
    assert (peer > max(band)) is (verdict == "holds")
    assert (peer < min(band)) is (verdict == "reversed")


def test_13_is_left_out_without_the_neighbour(copy_of_data: Any) -> None:
    without_park(copy_of_data, "hengdong")
    study = edited(copy_of_data)
    assert "13" not in {d.statement.id for d in study.decisions}
    assert study.left_out == 1
    with pytest.raises(StatementsError, match=r"^statement 13: unknown park 'hengdong'; expected anon-2020, "):
        statements.decide(study, [s for s in declarations.read() if s.id == "13"])


PAIR = {"id": "1", "kind": "pair", "measure": "tax_per_output", "left": "a", "right": "b"}


def written(folder: Path, *tables: dict[str, Any]) -> Path:
    """A file that declares statements."""
    lines = []
    for table in tables:
        lines += ["[[statement]]", *(f"{key} = {value!r}" for key, value in table.items())]
    path = folder / "statements.toml"
    path.write_text("\n".join(lines).replace("True", "true"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"kind": "pairs"},
            "unknown kind 'pairs'; did you mean 'pair'? expected check, pair, reference, refused, threshold",
        ),
        ({"rigth": "b"}, "unknown key 'rigth'; did you mean 'right'? expected choices, id, kind, left, measure, right"),
        (
            {"measure": "output_per_tax"},
            "unknown measure 'output_per_tax'; did you mean 'output_per_area'? expected fixed_asset_investment_growth, ",
        ),
        ({"measure": "target_attainment"}, "unknown measure 'target_attainment'"),
        ({"kind": "reference"}, "unknown measure 'tax_per_output'; expected gross_industrial_output_growth, "),
        ({"choices": ["price"]}, "unknown choice 'price'; expected tax_population, year_fraction"),
        ({"choices": ["reference"]}, "unknown choice 'reference'"),
        ({"measure": "tax_per_area"}, "no choice land_rung; expected it, for every rung of both parks is a cell (L4)"),
        (
            {"right_measure": "tax_per_area"},
            "unknown right_measure 'tax_per_area'; expected fixed_asset_investment_growth",
        ),
        ({"left": "c"}, "unknown park 'c'; expected a, b"),
        ({"right": "c"}, "unknown park 'c'; expected a, b"),
        ({"left": ["a", "b"]}, "left is ['a', 'b']; expected one park"),
        ({"left": []}, "left is []; expected a text"),
        ({"left": 5}, "left is 5; expected a text"),
        ({"right": 24}, "right is 24; expected a text"),
        ({"kind": "threshold"}, "unknown right side 'b'; expected year_share"),
        ({"left": None}, "no left; expected one in a statement of the kind pair"),
        ({"kind": "check", "measure": None, "right": None}, "no check; expected one in a statement of the kind check"),
    ],
)
def test_a_fault_of_a_declaration_says_where_what_and_what_was_expected(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    good = declarations.read(written(tmp_path, PAIR), {"a", "b"})
    assert [(s.left, s.right, s.choices) for s in good] == [(("a",), "b", ())]
    table = {key: value for key, value in (PAIR | change).items() if value is not None}
    with pytest.raises(StatementsError) as fault:
        declarations.read(written(tmp_path, table), {"a", "b"})
    assert re.match(r"statements\.toml:\d+:statement 1: ", str(fault.value))
    assert f":statement 1: {message}" in str(fault.value)


def test_an_id_given_twice_an_unknown_check_and_a_file_that_is_no_toml_are_faults(tmp_path: Path) -> None:
    with pytest.raises(StatementsError, match="statement 1: this id stands above already"):
        declarations.read(written(tmp_path, PAIR, PAIR))
    check = {"id": "2", "kind": "check", "check": "A99", "left": "a", "sentence_en": "so", "sentence_zh": "so"}
    with pytest.raises(StatementsError, match=r"statement 2: unknown check 'A99'; did you mean 'A9'\? expected A1, "):
        declarations.read(written(tmp_path, check))
    (tmp_path / "statements.toml").write_text("[[statement]\n", encoding="utf-8")
    with pytest.raises(StatementsError, match=r"statements.toml:1: .*line 1.*; expected TOML in UTF-8"):
        declarations.read(tmp_path / "statements.toml")


def test_every_fault_of_a_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    second = PAIR | {"measure": "tax_per_outptu", "left": "c", "right": 24}
    path = written(
        tmp_path, PAIR | {"rigth": "b"}, second, {"id": "3", "kind": "pairs"}, PAIR | {"id": "4"}, {"id": "4"}
    )
    path.write_text("title = 1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found, faults = declarations.looked_at(path, {"a", "b"})
    assert [statement.id for statement in found] == ["4"]
    kinds = "check, pair, reference, refused, threshold"
    measures = ", ".join(
        sorted(name for name in QUANTITIES if name not in ("taxpayer_concentration", "target_attainment"))
    )
    assert [str(fault) for fault in faults] == [
        "statements.toml: unknown table 'title'; expected statement",
        "statements.toml:8:statement 1: unknown key 'rigth'; did you mean 'right'? expected choices, id, kind, left, measure, right, "
        "right_measure, sentence_en, sentence_zh",
        f"statements.toml:12:statement 1: unknown measure 'tax_per_outptu'; did you mean 'tax_per_output'? expected {measures}",
        "statements.toml:13:statement 1: unknown park 'c'; expected a, b",
        "statements.toml:14:statement 1: right is 24; expected a text",
        f"statements.toml:17:statement 3: unknown kind 'pairs'; did you mean 'pair'? expected {kinds}",
        f"statements.toml:24:statement 4: unknown kind None; expected {kinds}",
    ]
    path.write_text("statement = 1", encoding="utf-8")
    assert [str(fault) for fault in declarations.looked_at(path)[1]] == [
        "statements.toml: statement is no list of tables; expected [[statement]] above each",
    ]


def test_the_shipped_statements_name_parks_scopes_and_rules_that_exist(study: Study) -> None:
    declared = declarations.read(parks=study.all_parks)
    assert {s.right for s in declared if s.kind == "reference"} <= {"nearest", *study.reference["scope"]}
    assert all(f"**{s.rule}**" in Path("docs/method.md").read_text(encoding="utf-8") for s in declared if s.rule)


def test_every_choice_has_its_words_and_no_word_is_left_over(study: Study) -> None:
    used = {code for d in statements.decide(study) for r in d.results for pair in r.choices.items() for code in pair}
    assert set(codes.codes("choice")) <= used | {"park"}
    ends = [UNSTATED_TAX_FACTOR.low, UNSTATED_TAX_FACTOR.high]
    assert codes.label("choice", "factor_t3", "en") == "industry's share of it, " + "–".join(map(number, ends))
    assert codes.label("choice", "factor_t3", "zh") == "按工业占比" + "～".join(map(number, ends)) + "折算"


def on(study: Study, *tables: dict[str, Any]) -> list[Decision]:
    """Statements decided that are declared here."""
    made = [Statement(id=str(n), **table) for n, table in enumerate(tables, 1)]
    return statements.decide(study, made)


def pair(measure: str, left: str, right: str, *varied: str) -> dict[str, Any]:
    return {"kind": "pair", "measure": measure, "left": (left,), "right": right, "choices": varied}


def test_invented_pairs_are_decided_on_their_months_and_their_margin(awkward: Path) -> None:
    study = parkstudy.load(awkward)
    growth, near, ratio = on(
        study,
        pair("gross_industrial_output_growth", "awkward", "no-area", "span"),
        pair("gross_industrial_output_growth", "awkward", "no-tax", "span"),
        pair("tax_per_output", "no-area", "awkward", "year_fraction", "tax_population"),
    )
    assert 8.45 - 6.255 > 1.5 > 8.55 - 7.35
    assert (growth.verdict, growth.support, len(growth.results)) == ("holds", 1, 1)
    assert (near.verdict, near.support, len(near.results)) == ("not_distinguishable", 0, 1)
    assert [r.margin for r in growth.results] == [1.5]  # eleven months against a year; the forecast is of the next year
    assert growth.results[0].inputs == ("awkward-2021-002", "no-area-2021-002")
    assert ratio.verdict == "holds"
    assert [dict(r.choices) for r in ratio.results] == [{"year_fraction": "scaled", "tax_population": "factor_1"}]
    corner = (1.875 / 51.5) / (3.065 / 114 * 0.917 / 0.77)  # the output of the other is about 120
    assert ratio.lowest_ratio == pytest.approx(corner)
    for lang, words in (("en", "… has more tax per 100 yuan of output than The"), ("zh", "百元产值税收高于")):
        assert words in plain(View(study, lang).sentence(ratio))


def test_a_reference_and_thresholds_on_invented_parks(awkward: Path) -> None:
    study = parkstudy.load(awkward)
    nation, named, gap = on(
        study,
        {"kind": "reference", "measure": "gross_industrial_output_growth", "left": ("no-area", "awkward"),
         "right": "national", "choices": ("reference",)},
        {"kind": "threshold", "measure": "taxpayer_concentration", "left": ("awkward",), "right": 12.5,
         "choices": ("reading",)},
        {"kind": "threshold", "measure": "target_attainment", "left": ("awkward",), "right": "year_share"},
    )  # fmt: skip
    assert [r.choices["park"] for r in nation.results] == ["no-area", "awkward"]
    assert [r.state for r in nation.results] == ["against", "against"]  # 6.25 and 8.5 against 19.4 and 20.3
    shares = {r.choices["reading"]: (r.state, r.ratio) for r in named.results}
    assert shares["together"] == ("for", pytest.approx(100 * 0.4 / 3.06 / 12.5))
    assert shares["each"] == ("for", pytest.approx(200 * 0.4 / 3.06 / 12.5))
    assert gap.reason is not None
    assert gap.reason.code == "statement_not_printed"
    said = said_decisions(View(study), [nation, named, gap])
    assert (
        said["sentence"].unique(maintain_order=True).to_list()[1]
        == f"{View(study).names['awkward']}: {MEASURE} above 12.5"
    )


MEASURE = codes.label("measure", "taxpayer_concentration", "en")


def test_a_reference_of_another_place_or_of_other_months_is_refused(study: Study) -> None:
    added = {"kind": "reference", "measure": "industrial_value_added_growth", "left": ("shuangpai",)}
    output = {"kind": "reference", "measure": "gross_industrial_output_growth", "left": ("shuangpai",)}
    nearest, elsewhere, months = on(
        study, added | {"right": "nearest"}, added | {"right": "Hengyang"}, output | {"right": "national"}
    )
    assert nearest.results[0].inputs[1].startswith("ref:above_scale_va_yoy/Yongzhou/")
    for decision in (elsewhere, months):  # the nation has no revenue growth for these eleven months
        assert decision.reason is not None
        assert decision.reason.values["reason"] == "no_reference"


def test_the_margin_counts_a_change_of_firms_for_a_forecast_and_for_other_months(study: Study) -> None:
    rates = "gross_industrial_output_growth"
    same, year, half = on(
        study,
        pair(rates, "shuangpai", "anon-2023", "span"),
        pair(rates, "anon-2023", "hengnan", "span"),
        pair(rates, "anon-2020", "hengnan"),
    )
    assert [[r.margin for r in d.results] for d in (same, year, half)] == [[0.0, 5.0], [5.0, 5.0], [6.0]]


def test_months_for_which_the_method_has_no_margin_refuse_the_pair(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-018", period_end="2017-09-30")
    (decision,) = on(edited(copy_of_data), pair("gross_industrial_output_growth", "shuangpai", "hengnan"))
    assert decision.reason is not None
    assert decision.reason.code == "statement_no_margin"


def test_tax_and_output_of_different_months_make_no_ratio(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-023", period_end="2017-10-31")
    (decision,) = on(edited(copy_of_data), pair("tax_per_output", "hengnan", "shuangpai", "year_fraction"))
    assert decision.reason is not None
    assert decision.reason.values["reason"] == "spans_differ"


def test_a_statement_depends_on_the_choices_that_turn_the_nearest_cell() -> None:
    cells = [({"first": a, "second": b}, "for" if a == "x" else "against") for a, b in product("xy", "12")]
    assert statements.verdict_of(cells) == ("depends", ("first",))
    assert statements.verdict_of([({}, "for"), ({}, "open")]) == ("not_distinguishable", ())
    assert statements.verdict_of([({}, "against")]) == ("reversed", ())


def test_the_frame_has_a_row_for_each_cell_and_one_for_a_statement_without(study: Study) -> None:
    decisions = statements.decide(study)
    frame = statements.as_frame(decisions)
    assert frame.height == sum(len(d.results) or 1 for d in decisions)
    assert frame["statement"].unique(maintain_order=True).to_list() == [d.statement.id for d in decisions]
    known = set(study.observations["observation_id"])
    inputs = set(frame["inputs"].drop_nulls().explode().drop_nulls())
    assert {i for i in inputs if not i.startswith("ref:")} <= known
    rows = frame.filter(pl.col("statement") == "11")
    assert rows["choices"][1] == "year_fraction: raw; tax_population: factor_t3"
    assert frame.filter(pl.col("statement") == "12")["reason"].to_list() == ["statement_refused"]


def test_a_reader_has_sentences_choices_and_reasons_in_words(study: Study) -> None:
    decisions = statements.decide(study)
    english, chinese = (said_decisions(View(study, lang), decisions) for lang in ("en", "zh"))
    assert english.columns[:3] == ["statement", "sentence", "verdict"]
    assert first(english, "9", "sentence") == "Hengnan has more tax per 100 yuan of output than Shuangpai"
    assert first(chinese, "4", "sentence") == "匿名园区（2023）公布的产值增速高于衡南"
    assert first(english, "2", "sentence").startswith("Shuangpai reports faster output growth than anon-2023")
    assert first(chinese, "13", "sentence") == "按2022年全年计，衡山百元技工贸总收入的税收低于衡东经济开发区"
    spans = english.filter(statement="1")["choices"].to_list()
    assert spans[1] == "park: shuangpai; span: months as printed; reference: Jan–Oct 2017"
    assert first(chinese, "17", "choices") == "原句理解：合计"
    assert first(english, "14", "choices") == "which area: area in force"
    assert first(chinese, "16", "reason") == "衡南与匿名园区（2023）没有共同的面积口径"
    assert first(english, "12", "reason").endswith("which is not output (rule T6)")
    assert first(chinese, "19", "reason").startswith("（43.55亿元+33.23亿元）÷124.2亿元")
    (cell, *_) = (r for d in decisions if d.statement.id == "1" for r in d.results)
    assert choices_said(View(study, "zh"), cell.choices) == "园区：衡南；时段：原文所载月份；参照时段：2019年"


def first(frame: pl.DataFrame, statement: str, column: str) -> str:
    return str(frame.filter(statement=statement)[column][0])


def test_every_statement_has_a_sentence_of_its_own_in_both_languages(study: Study) -> None:
    made = [Statement(id=measure, **pair(measure, "hengnan", "shuangpai")) for measure in QUANTITIES]
    for lang in ("en", "zh"):
        view = View(study, lang)
        said = [plain(view.sentence(d)) for d in study.decisions]
        assert len(set(said)) == 21
        assert not any("{" in text for text in said)
        assert len({plain(view.sentence(Decision(s, "holds", "holds"))) for s in made}) == len(QUANTITIES)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        (
            "{a} pays more than a quarter",
            "does not print the threshold that is tested; expected {right} in the sentence",
        ),
        ("More than {right} %", "does not name {a}, which is tested; expected each park of the statement"),
        ("{a} pays more than {right} %, {b} too", "unknown name in brackets 'b'; expected a, left, right"),
    ],
)
def test_a_sentence_that_says_other_than_what_is_tested_is_a_fault(tmp_path: Path, sentence: str, message: str) -> None:
    said = {"sentence_en": sentence, "sentence_zh": "{a}高于{right}"}
    table = {
        "id": "1",
        "kind": "threshold",
        "measure": "taxpayer_concentration",
        "left": "a",
        "right": 24,
        "choices": ["reading"],
    }
    assert declarations.read(
        written(tmp_path, table | {"sentence_en": "{left}: {right}", "sentence_zh": "{a}：{right}"})
    )
    with pytest.raises(StatementsError) as fault:
        declarations.read(written(tmp_path, table | said))
    assert str(fault.value) == f"statements.toml:8:statement 1, sentence_en: {message}"


def test_the_sentence_of_a_threshold_follows_the_declaration(study: Study) -> None:
    (declared,) = (s for s in declarations.read() if s.id == "17")
    for number_, said in ((24, "more than 24 % of"), (30.5, "more than 30.5 % of")):
        (decision,) = statements.decide(study, [replace(declared, right=number_)])
        assert said in plain(View(study).sentence(decision))
    (share,) = (d for d in study.decisions if d.statement.id == "20")
    assert "88.5–91.7 %" in plain(View(study).sentence(share))


@pytest.mark.parametrize(("lang", "file"), [("en", "method.md"), ("zh", "method.zh.md")])
def test_the_method_lists_the_statements_in_their_own_words(study: Study, lang: str, file: str) -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]*) \|", Path("docs", file).read_text(encoding="utf-8"), re.M)
    assert dict(rows) == {d.statement.id: plain(View(study, lang).sentence(d)) for d in study.decisions}


def test_a_folder_brings_its_own_statements_and_the_data_hash_knows(copy_of_data: Any) -> None:
    shipped = parkstudy.load(copy_of_data.folder)
    (copy_of_data.folder / "statements.toml").write_text(
        '[[statement]]\nid = "1"\nkind = "pair"\nmeasure = "tax_per_output"\nleft = "hengnan"\nright = "shuangpai"\n',
        encoding="utf-8",
    )
    own = parkstudy.load(copy_of_data.folder)
    assert [d.statement.id for d in own.decisions] == ["1"]
    assert len(shipped.decisions) > 1
    assert own.data_hash != shipped.data_hash
