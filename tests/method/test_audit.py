"""The audit: what it finds in the shipped data, on other parks and where there is nothing, and its command."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import clean_texts
import polars as pl
import pytest
from cases import every
from planted import drop, edited

import parkstudy
from parkstudy.__main__ import main
from parkstudy.method import audit as consistency
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.show.tables import said_findings
from parkstudy.show.view import View
from parkstudy.words.speech import plain

# check, source, outcome, numbers of the observations
NOT_HOLDING = {
    ("A4", "hengnan-2019", "ambiguous", "002 019 020"),
    ("A9", "hengnan-2019", "ambiguous", "014 033"),
    ("A11", "hengnan-2019", "ambiguous", "022 023"),
    ("A14", "hengnan-2019", "ambiguous", "004"),
    ("A14", "hengnan-2019", "ambiguous", "005"),
    ("A14", "hengnan-2019", "ambiguous", "006"),
    ("A14", "hengnan-2019", "ambiguous", "007"),
    ("A14", "hengnan-2019", "ambiguous", "008"),
    ("A4", "hengshan-2022", "contradiction", "034 017"),
    ("A12", "hengshan-2022", "ambiguous", "006 005 001"),
    ("A14", "hengshan-2022", "ambiguous", "017"),
    ("A14", "hengshan-2022", "ambiguous", "018"),
    ("A14", "hengshan-2022", "ambiguous", "019"),
    ("A5", "shuangpai-2017", "implausible", "016 018 017 019"),
    ("A7", "shuangpai-2017", "implausible", "020 021 016 018"),
    ("A14", "shuangpai-2017", "ambiguous", "003"),
    ("A1", "anon-2023-2023", "contradiction", "033 036 038 040 042 044"),
    ("A2", "anon-2023-2023", "contradiction", "020 015 018 002"),
    ("A3", "anon-2023-2023", "contradiction", "005 026"),
    ("A4", "anon-2023-2023", "ambiguous", "001 014 017"),
    ("A6", "anon-2023-2023", "ambiguous", "009 002 010 003"),
    ("A8", "anon-2020-2020", "ambiguous", "004 002"),
}
HOLDING = {"A1": 4, "A4": 8, "A6": 2, "A10": 6, "A13": 1}


def numbers(finding: consistency.Finding) -> str:
    return " ".join(identifier.rsplit("-", 1)[1] for identifier in finding.observations)


def test_the_relations_of_the_five_texts_that_do_not_hold_are_these_and_no_others(study: Study) -> None:
    found = [f for f in study.findings if f.outcome != "holds"]
    assert {(f.check, f.source_id, f.outcome, numbers(f)) for f in found} == NOT_HOLDING
    assert len(found) == len(NOT_HOLDING)


def test_the_relations_that_hold_are_counted_for_each_check(study: Study) -> None:
    assert Counter(f.check for f in study.findings if f.outcome == "holds") == HOLDING


def test_every_finding_names_observations_of_its_own_text_and_says_its_arithmetic(study: Study) -> None:
    sources = dict(study.observations.select("observation_id", "source_id").iter_rows())
    for finding in study.findings:
        assert {sources[i] for i in finding.observations} == {finding.source_id}
        assert len(set(finding.observations)) == len(finding.observations) > 0
        assert set(finding.marked) <= set(finding.observations)
        assert finding.arithmetic


def test_a_row_is_stored_as_contradicted_exactly_where_a_contradiction_marks_it(study: Study) -> None:
    marked = [i for f in study.findings for i in f.marked]
    stored = study.summaries().filter(pl.col("caveats").list.contains("contradicted"))
    assert set(marked) == set(stored["observation_id"])
    withheld = stored.filter(pl.col("value_type") == "outturn")["obs_status"].to_list()
    assert withheld == ["U"] * len(withheld)


def test_only_a_contradiction_marks_rows_and_each_does(study: Study) -> None:
    for finding in study.findings:
        assert bool(finding.marked) is (finding.outcome == "contradiction")


def test_the_findings_stand_in_the_order_of_the_texts_and_of_the_checks(study: Study) -> None:
    texts, checks = study.sources["source_id"].to_list(), list(consistency.CHECKS)
    found = [(texts.index(f.source_id), checks.index(f.check)) for f in study.findings]
    assert found == sorted(found)
    assert checks == [f"A{n}" for n in range(1, 15)]


def test_the_audit_is_the_same_at_every_call(study: Study) -> None:
    assert consistency.audit(study) == study.findings


def test_the_findings_repair_no_figure(study: Study) -> None:
    before = study.observations.clone()
    consistency.audit(study)
    assert study.observations.equals(before)


def test_outside_pages_are_not_audited(study: Study) -> None:
    summaries = set(study.sources.filter(pl.col("kind") == "work_summary")["source_id"])
    assert {f.source_id for f in study.findings} <= summaries


# check, arithmetic: one case of each family, of the shipped data
SAID = {
    "A1": "8000萬元 + 5000萬元 + 5000萬元 + 4000萬元 + 3000萬元 + 3000萬元 + 3000萬元 = 3.0997–3.1004 亿元 against 總投資 3.1億元",
    "A2": "(43.55亿元 + 33.23亿元) / 124.2亿元 = 61.79–61.85 % against 主导产业产值占比 23.14%",
    "A3": "基础设施投资 15.43亿元 against 基础设施投资 15.44亿元",
    "A4": "sectors 13户 + 22户 within 规上企业 34户",
    "A5": "规模工业总产值 50.6亿元 / (1 + 45.2%) as a year = 38.0–39.4 亿元; "
    "规模工业总产值 55亿元 / (1 + 21%) = 44.9–46.1 亿元",
    "A6": "on one set of firms the rest of the year would grow by 77–85 %; the printed rates are "
    "21.2% and 16.33%; more than 20 points apart, they are not read as of one set",
    "A7": "value added over output is 27.74–27.99 %, in the base implied by the printed rates 34.8–35.3 %; "
    "on one set of firms they differ by at most 5 points",
    "A8": "工業銷售收入 35.45億元 / 工業總產值 44.08億元 = 0.8040–0.8044; expected 0.90–1.05",
    "A9": "调增至 6.99 km² and 规划用地 6990亩: equal digits, other unit",
    "A10": "由原来的 5.99km² within 调增至 6.99 km²",
    "A11": "已完成投资 41.1亿 / 62.1% = a plan of 66.05–66.32 亿元, which is not printed",
    "A12": "主导产业营业收入占比 63.7% = 制造业主营业务收入 94.46亿元 / 技工贸总收入 148.2032亿元: one ratio under two labels",
    "A13": "the rest without its sectors changed by 14.15–14.20 %; expected −50 to 100 %",
    "A14": "工业总产值 55亿元: the text calls it not final",
}
SAID_ZH = {
    "A1": "8000萬元+5000萬元+5000萬元+4000萬元+3000萬元+3000萬元+3000萬元=3.0997亿～3.1004亿元，对照總投資3.1億元",
    "A2": "（43.55亿元+33.23亿元）÷124.2亿元=61.79%～61.85%，对照主导产业产值占比23.14%",
    "A3": "基础设施投资15.43亿元，对照基础设施投资15.44亿元",
    "A4": "分产业13户+22户，应在规上企业34户之内",
    "A5": "规模工业总产值50.6亿元÷（1+45.2%），折合全年为38.0亿～39.4亿元；"
    "规模工业总产值55亿元÷（1+21%）=44.9亿～46.1亿元",
    "A6": "若企业样本不变，年内其余月份的增速应为77%～85%，原文列示的增速为21.2%和16.33%；"
    "相差超过20个百分点的，不视为同一样本",
    "A7": "增加值占产值的比重为27.74%～27.99%，按原文增速推算的基期比重为34.8%～35.3%；企业样本不变时，"
    "两者相差以5个百分点为限",
    "A8": "工業銷售收入35.45億元÷工業總產值44.08億元=0.8040～0.8044，预期为0.90～1.05",
    "A9": "“调增至6.99 km²”与“规划用地6990亩”：数字相同，单位不同",
    "A10": "“由原来的5.99km²”应在“调增至6.99 km²”之内",
    "A11": "已完成投资41.1亿÷62.1%=计划数66.05亿～66.32亿元，原文未列示该计划数",
    "A12": "主导产业营业收入占比63.7%=制造业主营业务收入94.46亿元÷技工贸总收入148.2032亿元：同一比值，两种名目",
    "A13": "扣除所列产业后，其余部分增速为14.15%～14.20%，预期为−50%～100%",
    "A14": "工业总产值55亿元：原文表明其尚非最终数",
}


@pytest.mark.parametrize(("lang", "sentences"), [("en", SAID), ("zh", SAID_ZH)])
def test_the_arithmetic_is_said_in_both_languages(study: Study, lang: str, sentences: dict[str, str]) -> None:
    view = View(study, lang)
    for check, sentence in sentences.items():
        assert sentence in [plain(view.fact(f.arithmetic)) for f in study.findings if f.check == check]


def test_every_finding_of_the_awkward_parks_can_be_said(awkward: Path) -> None:
    study = parkstudy.load(awkward)
    for view in (View(study), View(study, "zh")):
        assert all(said_findings(view, study.findings)["arithmetic"])


def test_every_family_has_its_case(study: Study) -> None:
    assert list(SAID) == list(SAID_ZH) == list(consistency.CHECKS)
    assert [*consistency.CHECKS, *consistency.BETWEEN] == list(codes("check"))


def test_the_awkward_parks_are_audited(awkward: Path) -> None:
    found = parkstudy.load(awkward).findings
    told = {(f.check, f.source_id, f.outcome, numbers(f)) for f in found if f.check != "A6"}
    assert told == {
        ("A1", "awkward-2021", "holds", "023 024 025"),
        ("A3", "awkward-2021", "contradiction", "030 031"),
        ("A4", "awkward-2021", "holds", "006 007 008"),
        ("A4", "awkward-2021", "holds", "016 017"),
        ("A11", "awkward-2021", "ambiguous", "009 010"),
        ("A14", "only-forecasts-2021", "ambiguous", "003"),
        ("A1", "anon-2021-2021", "holds", "006 007 008"),
        ("A1", "anon-2021-2021", "holds", "005 007 008"),
        ("A4", "anon-2021-2021", "holds", "001 009"),
    }


def test_a_park_of_one_figure_has_no_relation(awkward: Path) -> None:
    assert parkstudy.load(awkward).only("single-row").findings == []


def test_a_study_without_observations_has_no_findings_and_an_empty_frame(study: Study) -> None:
    empty = replace(study, observations=study.observations.clear())
    assert empty.findings == []
    frame, said = consistency.as_frame([]), said_findings(View(empty), [])
    assert (frame.height, said.height) == (0, 0)
    assert frame.columns == ["check", "source_id", "outcome", "observations", "arithmetic"]
    assert said.columns == ["check", "name", "source_id", "outcome", "observations", "arithmetic", "consequence"]
    assert consistency.carried(empty, []).observations.equals(empty.observations)


@every(
    ("column", "kind", "silent"),
    [
        ("transformation", "yoy", {"A5", "A7", "A13"}),
        ("transformation", "share", {"A2", "A11", "A12"}),
        ("value_type", "target", {"A5"}),
        ("value_type", "forecast", {"A6"}),
        ("indicator", "industrial_value_added", {"A7"}),
        ("indicator", "operating_revenue", {"A8", "A12"}),
    ],
)
def test_without_the_rows_of_a_kind_its_checks_are_silent(
    study: Study, column: str, kind: str, silent: set[str]
) -> None:
    kept = replace(study, observations=study.observations.filter(pl.col(column) != kind))
    found = {f.check for f in kept.findings}
    assert not found & silent
    assert found


def test_the_frame_gives_codes(study: Study) -> None:
    frame = consistency.as_frame(study.findings)
    assert frame.rows() == [
        (f.check, f.source_id, f.outcome, list(f.observations), f.arithmetic.code) for f in study.findings
    ]
    assert not [code for code in frame["arithmetic"] if not View(study).speech.has("facts.j2", code)]


@pytest.mark.parametrize(
    ("lang", "name", "consequence"),
    [
        ("en", "one figure printed twice", "both figures are kept; neither is preferred"),
        ("zh", "同一数据列示两次", "两个数据均予保留，不作取舍"),
    ],
)
def test_the_words_of_a_finding_are_its_name_its_arithmetic_and_the_consequence_of_what_does_not_hold(
    study: Study, lang: str, name: str, consequence: str
) -> None:
    frame = said_findings(View(study, lang), study.findings)
    (row,) = frame.filter(check="A3").to_dicts()
    assert row == {
        "check": "A3",
        "name": name,
        "source_id": "anon-2023-2023",
        "outcome": "contradiction",
        "observations": ["anon-2023-2023-005", "anon-2023-2023-026"],
        "arithmetic": (SAID if lang == "en" else SAID_ZH)["A3"],
        "consequence": consequence,
    }
    assert set(frame.filter(outcome="holds")["consequence"]) == {""}
    assert "" not in frame.filter(pl.col("outcome") != "holds")["consequence"]


def test_the_command_lists_what_does_not_hold_and_ends_with_0(capsys: pytest.CaptureFixture[str], study: Study) -> None:
    assert main(["audit"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert last == "4 contradiction; 2 implausible; 16 ambiguous; 21 holds; 0 observed"
    assert len(lines) == len(NOT_HOLDING)
    assert f"contradiction A3 one figure printed twice: {SAID['A3']} [anon-2023-2023-005, anon-2023-2023-026]" in lines


def test_the_command_writes_every_relation_to_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, study: Study
) -> None:
    file = tmp_path / "audit.csv"
    assert main(["audit", "--csv", str(file)]) == 0
    assert capsys.readouterr().err == "parkstudy: data: the shipped tables\n"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    found = study.findings
    assert [(r["check"], r["outcome"], r["observations"]) for r in rows] == [
        (f.check, f.outcome, ";".join(f.observations)) for f in found
    ]


def test_the_command_says_so_where_there_is_nothing(
    capsys: pytest.CaptureFixture[str], copy_of_data: Any, tmp_path: Path
) -> None:
    drop(
        copy_of_data, "observations", lambda row: row["source_id"] != "hengnan-2019" or row["subject"] != "zone:prison"
    )
    assert edited(copy_of_data).findings == []
    assert main(["audit", "--data", str(copy_of_data.folder)]) == 0
    assert capsys.readouterr().out == "0 contradiction; 0 implausible; 0 ambiguous; 0 holds; 0 observed\n"


def test_the_command_refuses_faulty_data(capsys: pytest.CaptureFixture[str], copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    assert main(["audit", "--data", str(copy_of_data.folder)]) == 1
    assert capsys.readouterr().out == ""


def test_findings_are_carried_as_caveats_and_change_no_figure(study: Study) -> None:
    found, after = study.findings, consistency.carried(study, study.findings).observations
    before = study.observations
    untouched = pl.exclude("caveats", "obs_status")
    assert after.select(untouched).equals(before.select(untouched))
    contradicted = {i for f in found if f.outcome == "contradiction" for i in f.marked}
    implausible = {i for f in found if f.outcome == "implausible" for i in f.observations}
    assert contradicted
    assert implausible
    for old, new in zip(before.to_dicts(), after.to_dicts(), strict=True):
        number = old["observation_id"]
        added = {"contradicted"} if number in contradicted else set()
        added |= {"implausible"} if number in implausible else set()
        assert set(new["caveats"]) == {*old["caveats"], *added}
        marked = number in contradicted and old["obs_status"] is not None
        assert new["obs_status"] == ("U" if marked else old["obs_status"])


def test_a_contradiction_withholds_the_status_that_its_rows_are_stored_with(study: Study) -> None:
    numbers = [i for f in study.findings for i in f.marked]
    final = pl.when(pl.col("obs_status").is_not_null()).then(pl.lit("A")).cast(study.observations.schema["obs_status"])
    stored = replace(study, observations=study.observations.with_columns(obs_status=final))
    before, after = (one.observations for one in (stored, consistency.carried(stored, study.findings)))
    marked = pl.col("observation_id").is_in(numbers)
    assert set(after.filter(marked)["obs_status"].drop_nulls()) == {"U"}
    assert after.filter(marked)["obs_status"].null_count() == before.filter(marked)["obs_status"].null_count()
    assert after.filter(~marked)["obs_status"].equals(before.filter(~marked)["obs_status"])


def test_nothing_is_found_in_texts_without_an_error(tmp_path: Path) -> None:
    study = parkstudy.load(clean_texts.make(tmp_path, 25, seed=7)).require_faultless()
    by_chance = ("A9", "A12")
    found = [one for one in study.findings if one.check not in by_chance]
    assert {one.check for one in found} == {*consistency.CHECKS, *consistency.BETWEEN} - {*by_chance, "A14"}
    assert [one for one in found if one.outcome not in ("holds", "observed")] == []
