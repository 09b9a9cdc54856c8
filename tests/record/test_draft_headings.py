"""Which lines of a text begin its plans and which end them: headings alone, none of the page or of a table."""

import pytest

from parkstudy.record.draft.headings import sections
from parkstudy.record.draft.lines import lines
from parkstudy.record.draft.spans import Section
from parkstudy.record.draft.times import frame

HEAD = "2021年青滩工业园区工作总结\n一、2021年工作\n园区完成产值95.13亿元。\n"
PLANS = "税收3.65亿元。\n"


def last(text: str) -> tuple[int, bool, bool]:
    """What holds in the last line: its year, whether it is of plans, whether another heading leaves that open."""
    found = lines(HEAD + text)
    time = frame([line.plain for line in found])
    assert time
    *_, (_, section) = sections(found, Section(time, time.end.year, False, (), {}))
    return section.year, section.plans, section.unsure


@pytest.mark.parametrize(
    "heading",
    ["2022年工作计划", "2022年主要目标", "2022年目标:", "(二)2022年工作目标", "2、2022年工作目标", "第二部分 2022年工作计划", "明年打算"],
)  # fmt: skip
def test_a_heading_of_plans_may_begin_with_its_year_or_its_number(heading: str) -> None:
    assert last(f"{heading}\n{PLANS}") == (2022, True, False)


@pytest.mark.parametrize(
    "line",
    ["- 3 -", "第3页", "单位:亿元", "图1 园区规划", "狠抓企业发展", "(二)企业发展", "3.企业发展", "指标\t上年\t增长", "2021年12月20日"],
)  # fmt: skip
def test_plans_go_on_until_a_heading_of_their_rank(line: str) -> None:
    assert last(f"二、2022年工作计划\n(一)主要目标\n{PLANS}{line}\n{PLANS}") == (2022, True, False)


@pytest.mark.parametrize(
    ("plans", "line"),
    [
        ("二、2022年工作计划", "三、招商引资"), ("(二)2022年工作目标", "(三)招商引资。园区引进项目3个。"),
        ("2022年工作计划", "二、招商引资"),
        ("二、2022年工作计划", "存在的问题"), ("2022年工作计划", "2021年工作"),
    ],
)  # fmt: skip
def test_a_heading_of_their_rank_or_of_results_ends_plans(plans: str, line: str) -> None:
    assert last(f"{plans}\n{PLANS}{line}\n{PLANS}") == (2021, False, False)


def test_a_heading_without_a_number_leaves_open_whether_plans_without_one_go_on() -> None:
    assert last(f"2022年工作计划\n{PLANS}招商引资\n{PLANS}") == (2022, True, True)


def test_cells_of_the_head_of_a_table_are_no_headings() -> None:
    table = "指标\n单位\n2021年完成\n2022年计划\n产值\n亿元\n120\n135\n税收\n亿元\n3.2\n3.6\n"
    assert last(table + PLANS) == (2021, False, False)
