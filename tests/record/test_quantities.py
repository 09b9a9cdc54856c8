"""Printed figures: each form with its value, interval, unit and bound, and what must hold for all of them."""

from __future__ import annotations

import re
import secrets
from decimal import Decimal

import figure_prose
import pytest
from cases import every
from hypothesis import given
from hypothesis import strategies as st

from parkstudy.record.codes import codes
from parkstudy.record.quantities import QuantityError, apart, normal_quantity, parse, simplify
from parkstudy.record.units import UNITS, comparable_units

INFINITE = "Infinity"
KNOWN = (
    "% ha km2 m2 个 亩 人 人民币 件 元 元/亩 元人民币 元每亩 公顷 只 台 名 处 套 宗 家 "
    "平方公里 平方千米 平方米 平米 座 户 批 条 栋 种 美元 辆 间 项"
)

EXACT = [
    ("下降2.3%", "-2.3", "-2.35", "-2.25", "percent"),
    ("11.23平方公里", "11.23", "11.225", "11.235", "km2"),
    ("5.99km²", "5.99", "5.985", "5.995", "km2"),
    ("38 km²", "38", "37.5", "38.5", "km2"),
    ("1200公顷", "1200", "1199.5", "1200.5", "ha"),
    ("40万平方米", "400000", "395000", "405000", "m2"),
    ("11.3万㎡", "113000", "112500", "113500", "m2"),
    ("7.5亩", "7.5", "7.45", "7.55", "mu"),
    ("一万两千亩", "12000", "11500", "12500", "mu"),
    ("500萬元", "5000000", "4995000", "5005000", "CNY"),
    ("５００万元", "5000000", "4995000", "5005000", "CNY"),
    ("50.6亿元", "5060000000", "5055000000", "5065000000", "CNY"),
    ("148.2032亿元", "14820320000", "14820315000", "14820325000", "CNY"),
    ("1,234.5亿元", "123450000000", "123445000000", "123455000000", "CNY"),
    ("3千万元", "30000000", "25000000", "35000000", "CNY"),
    ("一亿二千万元", "120000000", "115000000", "125000000", "CNY"),
    ("3万人民幣", "30000", "25000", "35000", "CNY"),
    ("4101万美元", "41010000", "41005000", "41015000", "USD"),
    ("19.8万元/亩", "198000", "197500", "198500", "CNY/mu"),
    ("19.8万元每畝", "198000", "197500", "198500", "CNY/mu"),
    ("12.5％", "12.5", "12.45", "12.55", "percent"),
    ("-7.1%", "-7.1", "-7.15", "-7.05", "percent"),
    ("−7.1%", "-7.1", "-7.15", "-7.05", "percent"),
    ("+7.1%", "7.1", "7.05", "7.15", "percent"),
    ("25%", "25", "24.5", "25.5", "percent"),
    ("34户", "34", "34", "34", "count"),
    ("13宗", "13", "13", "13", "count"),
    ("十二家", "12", "12", "12", "count"),
    ("3輛", "3", "3", "3", "count"),
    ("5臺", "5", "5", "5", "count"),
    ("20万人", "200000", "195000", "205000", "person"),
    ("2.6万人", "26000", "25500", "26500", "person"),
    ("1亿2000万元", "120000000", "119995000", "120005000", "CNY"),
    ("1万2000元", "12000", "11999.5", "12000.5", "CNY"),
    ("1 234亩", "1234", "1233.5", "1234.5", "mu"),
    ("一点五亿元", "150000000", "145000000", "155000000", "CNY"),
    ("贰仟叁佰万元", "23000000", "22500000", "23500000", "CNY"),
    ("廿五个", "25", "25", "25", "count"),
    ("3个亿", "300000000", "250000000", "350000000", None),
    ("三成", "30", "25", "35", "percent"),
    ("三成五", "35", "34.5", "35.5", "percent"),
    ("百分之十二点五", "12.5", "12.45", "12.55", "percent"),
    ("5‰", "0.5", "0.45", "0.55", "percent"),
    ("5KM²", "5", "4.5", "5.5", "km2"),
    ("负7.1%", "-7.1", "-7.15", "-7.05", "percent"),
    ("负增长7.1%", "-7.1", "-7.15", "-7.05", "percent"),
    ("下降了2.3%", "-2.3", "-2.35", "-2.25", "percent"),
    ("下降0%", "0", "-0.5", "0.5", "percent"),
    ("千分之五", "0.5", "0.45", "0.55", "percent"),
    ("百分之五十", "50", "45", "55", "percent"),
    ("负百分之五", "-5", "-5.5", "-4.5", "percent"),
    ("十成", "100", "50", "150", "percent"),
    ("零点五亩", "0.5", "0.45", "0.55", "mu"),
    ("〇点五亩", "0.5", "0.45", "0.55", "mu"),
    ("二点五千亩", "2500", "2450", "2550", "mu"),
    ("一百点五亩", "100.5", "100.45", "100.55", "mu"),
    ("百人", "100", "50", "150", "person"),
    ("千人", "1000", "500", "1500", "person"),
    ("一百十七个", "117", "117", "117", "count"),
    ("一千零五十个", "1050", "1050", "1050", "count"),
    ("十家", "10", "10", "10", "count"),
    ("二十个", "20", "20", "20", "count"),
    ("三百家", "300", "300", "300", "count"),
    ("貳佰戶", "200", "200", "200", "count"),
    ("兩千人", "2000", "2000", "2000", "person"),
    ("3百家", "300", "250", "350", "count"),
    ("三万人", "30000", "25000", "35000", "person"),
    ("一万二千人", "12000", "11500", "12500", "person"),
    ("三百亩", "300", "250", "350", "mu"),
    ("一千零五个", "1005", "1005", "1005", "count"),
    ("5百3十亩", "530", "525", "535", "mu"),
    ("1,234,567亩", "1234567", "1234566.5", "1234567.5", "mu"),
    ("1亿零5万元", "100050000", "100045000", "100055000", "CNY"),
    ("一万零五人", "10005", "10005", "10005", "person"),
    ("五千万亿元", "5000000000000000", "4500000000000000", "5500000000000000", "CNY"),
    ("12345678901234567890亩", "12345678901234567890", "12345678901234567889.5", "12345678901234567890.5", "mu"),
]
BOUNDED = [
    ("2亿余元", "200000000", "200000000", "300000000", "CNY", "at_least"),
    ("122余万元", "1220000", "1220000", "1230000", "CNY", "at_least"),
    ("二十余个", "20", "20", "30", "count", "at_least"),
    ("二十餘個", "20", "20", "30", "count", "at_least"),
    ("一百多万元", "1000000", "1000000", "2000000", "CNY", "at_least"),
    ("1145余亩", "1145", "1145", "1146", "mu", "at_least"),
    ("700余亩", "700", "700", "800", "mu", "at_least"),
    ("2100余亩", "2100", "2100", "2200", "mu", "at_least"),
    ("1.5万余亩", "15000", "15000", "16000", "mu", "at_least"),
    ("3万多亩", "30000", "30000", "40000", "mu", "at_least"),
    ("1亩多", "1", "1", "2", "mu", "at_least"),
    ("800多人", "800", "800", "900", "person", "at_least"),
    ("30余个", "30", "30", "40", "count", "at_least"),
    ("超过1500万元", "15000000", "15000000", INFINITE, "CNY", "at_least"),
    ("过500万元", "5000000", "5000000", INFINITE, "CNY", "at_least"),
    ("過千万元", "10000000", "10000000", INFINITE, "CNY", "at_least"),
    ("突破百亿元", "10000000000", "10000000000", INFINITE, "CNY", "at_least"),
    ("逾3亿元", "300000000", "300000000", INFINITE, "CNY", "at_least"),
    ("40%以上", "40", "40", INFINITE, "percent", "at_least"),
    ("28万元左右", "280000", "266000", "294000", "CNY", "about"),
    ("约20个", "20", "19", "21", "count", "about"),
    ("約813畝", "813", "772.35", "853.65", "mu", "about"),
    ("大约-2%", "-2", "-2.1", "-1.9", "percent", "about"),
    ("近20万人", "200000", "-Infinity", "200000", "person", "at_most"),
    ("不到6億元", "600000000", "-Infinity", "600000000", "CNY", "at_most"),
    ("不足300亩", "300", "-Infinity", "300", "mu", "at_most"),
    ("低於5%", "5", "-Infinity", "5", "percent", "at_most"),
    ("30%以下", "30", "-Infinity", "30", "percent", "at_most"),
    ("不低于8%", "8", "8", INFINITE, "percent", "at_least"),
    ("不少于3家", "3", "3", INFINITE, "count", "at_least"),
    ("上千人", "1000", "1000", INFINITE, "person", "at_least"),
    ("万余人", "10000", "10000", "20000", "person", "at_least"),
    ("3千多万元", "30000000", "30000000", "40000000", "CNY", "at_least"),
    ("1000余家以上", "1000", "1000", INFINITE, "count", "at_least"),
    ("不超过5亿元", "500000000", "-Infinity", "500000000", "CNY", "at_most"),
    ("近万人", "10000", "-Infinity", "10000", "person", "at_most"),
    ("下降超过5%", "-5", "-Infinity", "-5", "percent", "at_least"),
    ("下降5%以上", "-5", "-Infinity", "-5", "percent", "at_least"),
    ("下降近5%", "-5", "-5", INFINITE, "percent", "at_most"),
    ("下降约5%", "-5", "-5.25", "-4.75", "percent", "about"),
    ("上百人", "100", "100", INFINITE, "person", "at_least"),
    ("上万人", "10000", "10000", INFINITE, "person", "at_least"),
    ("上亿元", "100000000", "100000000", INFINITE, "CNY", "at_least"),
    ("上千万元", "10000000", "10000000", INFINITE, "CNY", "at_least"),
    ("约1600多人", "1600", "1600", "1700", "person", "at_least"),
    ("一百零五余亩", "105", "105", "106", "mu", "at_least"),
    ("2千3百余亩", "2300", "2300", "2400", "mu", "at_least"),
    ("2.30亿余元", "230000000", "230000000", "240000000", "CNY", "at_least"),
    ("+5%以上", "5", "5", INFINITE, "percent", "at_least"),
]
RANGES = [
    ("1-2家", "1", "2", "count"),
    ("三至五家", "3", "5", "count"),
    ("400-500亩", "400", "500", "mu"),
    ("300畝-500畝", "300", "500", "mu"),
    ("2～3万元", "20000", "30000", "CNY"),
    ("8000万-1亿元", "80000000", "100000000", "CNY"),
    ("9亩-1万亩", "9", "10000", "mu"),
    ("10—20%", "10", "20", "percent"),
    ("5到8%", "5", "8", "percent"),
    ("下降5-8%", "-8", "-5", "percent"),
    ("-5%至-3%", "-5", "-3", "percent"),
    ("八至十亿元", "800000000", "1000000000", "CNY"),
    ("500-1万元", "500", "10000", "CNY"),
    ("百分之五至百分之八", "5", "8", "percent"),
    ("300亩至500", "300", "500", "mu"),
    ("-5%至+3%", "-5", "3", "percent"),
    ("负5%至负3%", "-5", "-3", "percent"),
    ("5-5亩", "5", "5", "mu"),
    ("3至5百亩", "300", "500", "mu"),
    ("三百至五百亩", "300", "500", "mu"),
    ("200至5万亩", "200", "50000", "mu"),
    ("500元-1万元", "500", "10000", "CNY"),
]
UNREADABLE = [
    (
        "亿元",
        "'亿元' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%",
    ),
    ("下降2亿元", "'下降2亿元' is a fall; expected one in percent, such as 下降2.3%"),
    (
        "abc",
        "'abc' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%",
    ),
    ("", "'' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%"),
    ("亩", "'亩' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%"),
    ("约", "'约' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%"),
    (
        "1,23",
        "'1,23' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%",
    ),
    ("12吨", f"unknown unit '吨' in '12吨'; known units: {KNOWN}"),
    *(
        (figure, f"'{figure}' is a multiple or a difference of rates, which the record has no form for; leave it out")
        for figure in ("5个百分点", "1.2倍", "翻一番", "翻了两番", "2-3倍")
    ),
    ("2-5吨", f"unknown unit '吨' in '2-5吨'; known units: {KNOWN}"),
    ("2厂-5亩", f"unknown unit '厂' in '2厂-5亩'; known units: {KNOWN}"),
    ("约40%以上", "'约40%以上' has bounds that exclude each other: about, at_least"),
    ("近5000余人", "'近5000余人' has bounds that exclude each other: at_least, at_most"),
    ("400-500亩左右", "'400-500亩左右' has bounds that exclude each other: about, range"),
    ("400-500余亩", "'400-500余亩' has bounds that exclude each other: at_least, range"),
    ("500-400亩", "'500-400亩' runs backwards; expected the smaller figure first"),
    ("400-亩", "'400-亩' is not a range; expected two figures, such as 400-500亩"),
    ("300元-500亩", "'300元-500亩' has two units; expected one, such as 400-500亩"),
    ("4至六百亿元", "'4至六百亿元' can be read in two ways: from 4亿 or from 4百亿; expected each end in full"),
    ("三至五百亿元", "'三至五百亿元' can be read in two ways: from 三亿 or from 三百亿; expected each end in full"),
    ("三至五十家", "'三至五十家' can be read in two ways: from 三 or from 三十; expected each end in full"),
    (
        "1-2亿3000万元",
        "'1-2亿3000万元' can be read in two ways: from 1万 or from 1亿 or from 1; expected each end in full",
    ),
    (
        "1,234千5百元",
        "'1,234千5百': 千, 百 and 十 must descend; expected a number such as 三千五百",
    ),
    ("5百-6千万元", "'5百-6千万元' can be read in two ways: from 5百 or from 5百万; expected each end in full"),
    ("-5%-负3%", "'-5%-负3%' has a sign and a dash; expected both ends with their signs, such as -5%至-3%"),
    ("-5%-3%", "'-5%-3%' has a sign and a dash; expected both ends with their signs, such as -5%至-3%"),
    ("-5%以上", "'-5%以上' has a bound and a sign, which can be read in two ways; expected 下降2.3%以上"),
    ("12 5家", "'12 5家' has a blank between its digits; expected one number, such as 1234 or 1 234"),
    ("000万元", "'000万' begins with '0'; expected the digits as they are printed, such as 5000 or 0.5"),
    ("5万千元", "'5万千' lacks the digit before '千'; expected a number such as 一千五百"),
    ("一百零五十", "'一百零五十' has a 零 where nothing is left out; expected a number such as 一百零五"),
    ("50成", "'50成' has more than ten tenths; expected ten at most, such as 三成"),
    ("百分之五%", "'百分之五%' has two units; expected one, such as 百分之五 or 5%"),
    (
        "123456789012345678901亩",
        "'123456789012345678901' has more than 20 digits; expected a figure that counts something",
    ),
    ("3个亿元", f"unknown unit '个亿元' in '3个亿元'; known units: {KNOWN}"),
    ("10²亩", f"unknown unit '²亩' in '10²亩'; known units: {KNOWN}"),
    ("下降-5%", "'下降-5%' has a word of a fall and a sign; expected one of them"),
    ("5.9个", "'5.9个' is a count with a fraction; expected a whole number of things, such as 6个"),
    (
        "٥亿元",
        "'٥亿元' is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%",
    ),
    ("三百五千元", "'三百五千': 千, 百 and 十 must descend; expected a number such as 三千五百"),
    ("五亿万元", "'亿万' in '五亿万' is no magnitude; expected 万, 亿, 万万 or 万亿"),
    ("1.5亿2000万元", "'1.5亿2000万' has a fraction before '2000万'; expected a number such as 1亿2000万"),
    (
        "一万五",
        "'一万五' can be read in two ways: '五' behind '一万' may stand for more; expected a number in full, such as 1亿2000万",
    ),
    (
        "1亿2000",
        "'1亿2000' can be read in two ways: '2000' behind '1亿' may stand for more; expected a number in full, such as 1亿2000万",
    ),
    ("二三十个", "'二三十' can be read in two ways; expected a number in full, such as 二十五 or 一百五十"),
    ("一百五", "'一百五' can be read in two ways; expected a number in full, such as 二十五 or 一百五十"),
    ("二〇一七", "'二〇一七' can be read in two ways; expected a number in full, such as 二十五 or 一百五十"),
]
NUMERALS = {
    "零": 0,
    "十": 10,
    "十五": 15,
    "二十": 20,
    "百": 100,
    "一百零五": 105,
    "三千五百": 3_500,
    "一万零五十": 10_050,
    "两万": 20_000,
    "一亿零三万": 100_030_000,
    "三十五亿": 3_500_000_000,
    "二万亿": 2_000_000_000_000,
    "一亿二千万": 120_000_000,
    "一万五千万": 150_000_000,
    "四万万": 400_000_000,
    "二万五千亿": 2_500_000_000_000,
    "2千3百万": 23_000_000,
    "1万5千": 15_000,
    "一千": 1_000,
    "七千零六": 7_006,
    "三千零四十": 3_040,
    "九千八百七十六": 9_876,
    "八千九百": 8_900,
    "一万二千三百四十五": 12_345,
    "三亿四千五百万": 345_000_000,
    "一千万": 10_000_000,
    "十万": 100_000,
    "百万": 1_000_000,
}
UNPRINTED = [
    ("3000万", "CNY", "30000000", "29995000", "30005000"),
    ("0.3亿", "CNY", "30000000", "25000000", "35000000"),
    ("0.5", "ratio", "0.5", "0.45", "0.55"),
    ("2", "count", "2", "2", "2"),
]
SIGNIFICANT = [
    ("50.6亿元", 3),
    ("55亿元", 2),
    ("1000亩", 1),
    ("0.30亿元", 1),
    ("148.2032亿元", 7),
    ("0", 1),
    ("一万两千亩", 2),
]


@every(("figure", "value", "low", "high", "unit"), EXACT)
def test_an_exact_figure_is_half_a_unit_of_its_last_digit_wide_unless_it_counts(figure, value, low, high, unit):
    found = parse(figure)
    assert (found.value, found.low, found.high) == (Decimal(value), Decimal(low), Decimal(high))
    assert (found.unit, found.bound, found.printed_unit) == (unit, "exact", unit is not None)


@every(("figure", "value", "low", "high", "unit", "bound"), BOUNDED)
def test_a_bound_word_opens_or_widens_the_interval(figure, value, low, high, unit, bound):
    found = parse(figure)
    assert (found.value, found.low, found.high) == (Decimal(value), Decimal(low), Decimal(high))
    assert (found.unit, found.bound) == (unit, bound)


def test_every_word_of_a_bound_is_known():
    before = (
        "大约 大概 约为 约",
        "不少于 不低于 不小于 至少 超过 突破 超出 高于 多于 大于 超 逾 过",
        ("不超过 不高于 不多于 不大于 不到 不足 低于 少于 小于 至多 最多 接近 将近 近"),
    )
    after = "左右 上下", "及以上 以上", "及以下 以下 以内 之内"
    for kind, words, others in zip(("about", "at_least", "at_most"), before, after, strict=True):
        assert {parse(f"{word}50亿元").bound for word in words.split()} == {kind}
        assert {parse(f"50亿元{word}").bound for word in others.split()} == {kind}


@every(("figure", "low", "high", "unit"), RANGES)
def test_a_range_has_two_ends_and_no_value(figure, low, high, unit):
    found = parse(figure)
    assert (found.value, found.low, found.high) == (None, Decimal(low), Decimal(high))
    assert (found.unit, found.bound) == (unit, "range")


@every(("figure", "unit", "value", "low", "high"), UNPRINTED)
def test_a_figure_without_a_unit_takes_the_one_it_is_given(figure, unit, value, low, high):
    found = parse(figure, unit)
    assert (found.value, found.low, found.high) == (Decimal(value), Decimal(low), Decimal(high))
    assert (found.unit, found.printed_unit) == (unit, False)


def test_a_printed_unit_wins_over_the_one_given():
    assert parse("4101万美元", "CNY").unit == "USD"
    assert parse("300亩-500", "km2").unit == "mu"


def test_a_bare_number_without_a_given_unit_has_none():
    assert parse("1.37").unit is None


@every(("figure", "digits"), SIGNIFICANT)
def test_trailing_zeros_are_not_significant(figure, digits):
    assert parse(figure, "CNY").significant == digits


@every(
    ("figure", "step"),
    [
        ("7.5亩", "0.1"), ("38亩", "1"), ("50.6亿元", "1E+7"), ("20万人", "1E+4"), ("一万两千亩", "1E+3"), ("十成", "1E+2"),
        ("十家", "1"), ("五十至六十家", "1"), ("三百亩", "1E+2"),
        ("约20个", "1E+1"), ("2100余亩", "1E+2"), ("2.30亿余元", "1E+7"), ("超过1500万元", "1E+6"), ("1-2家", "1"),
        ("200至5万亩", "1E+4"), ("-0.5%至-0.25%", "0.01"),
        ("2千300元", "1"), ("2千3百元", "1E+2"),
    ],
)  # fmt: skip
def test_the_step_is_the_unit_of_the_last_digit_of_a_bound_of_the_last_that_is_not_zero(figure, step):
    assert parse(figure).step == Decimal(step)


@every(
    ("figure", "unit", "step"),
    [("5.99km²", "m2", "1E+4"), ("7.5公顷", "m2", "1E+3"), ("40万平方米", "km2", "0.01"), ("15亩", "ha", None), ("6990亩", "km2", None)],
)  # fmt: skip
def test_a_conversion_has_a_last_digit_where_one_is_left(figure, unit, step):
    found = parse(figure).to(unit)
    assert found.step == (None if step is None else Decimal(step))
    assert found.unit == unit
    assert found.to("mu").step is None


@every(
    ("figure", "transformation", "unit", "value", "found"),
    [
        ("12.5", "yoy", "CNY", "12.5", "percent"),
        ("12.5", "share", "mu", "12.5", "percent"),
        ("12.5", "level", "mu", "12.5", "mu"),
        ("57000亩", "level", "km2", "38", "km2"),
        ("27万元", "level", "CNY/mu", "270000", "CNY/mu"),
        ("27万元/亩", "level", "CNY/mu", "270000", "CNY/mu"),
        ("4.5亿美元", "level", "CNY", "450000000", "USD"),
        ("47.6亿", "level", "CNY", "4760000000", "CNY"),
        ("30亩", "share", "km2", "30", "mu"),  # a fault, which the rules tell
    ],
)
def test_a_figure_stands_in_the_unit_of_its_indicator(figure, transformation, unit, value, found):
    quantity = normal_quantity(figure, transformation, unit)
    assert (quantity.value, quantity.unit) == (Decimal(value), found)


@every(
    ("text", "parted"),
    [
        ("1234亩", False), ("5 亩", False), ("1 234亩", False), ("12 345", False), ("1 234 567", False), ("1 234.5", False),
        ("1 234-5 678亩", False), ("12 5家", True), ("1234 567", True), ("1 2345", True), ("1 23", True), ("1 234 56", True),
        ("5 1 234", True), ("1.5 234", True), ("1  234", True), ("１ ２", True),
    ],
)  # fmt: skip
def test_blanks_part_digits_in_threes_or_stand_between_two_numbers(text, parted):
    assert apart(text) is parted


@every(("figure", "message"), UNREADABLE)
def test_an_unreadable_figure_says_what_is_wrong_with_it(figure, message):
    with pytest.raises(QuantityError) as error:
        parse(figure)
    assert str(error.value) == message


@every(("numeral", "number"), NUMERALS.items())
def test_chinese_numerals_are_read(numeral, number):
    assert parse(f"{numeral}个").value == number


def test_areas_are_converted_exactly():
    found = parse("6990亩").to("km2")
    assert (found.value, found.unit) == (Decimal("4.66"), "km2")
    assert parse("15亩").to("ha").value == 1
    assert parse("5.99km²").to("m2").value == 5_990_000
    assert parse("1公顷").to("mu").value == 15


def test_a_conversion_keeps_bound_digits_and_open_end():
    found = parse("1500亩以上").to("km2")
    assert (found.low, found.high, found.bound, found.significant) == (1, Decimal(INFINITE), "at_least", 2)
    assert parse("750亩-1500亩").to("km2").value is None


def test_a_conversion_into_the_same_unit_changes_nothing():
    figure = parse("0.3亿", "CNY")
    assert figure.to("CNY") is figure


def test_a_conversion_keeps_that_the_unit_was_not_printed():
    assert not parse("6990", "mu").to("km2").printed_unit


def test_money_is_never_converted():
    with pytest.raises(QuantityError) as error:
        parse("4101万美元").to("CNY")
    assert str(error.value) == "USD cannot be expressed in CNY; only areas are converted"


def test_only_areas_and_money_stand_for_each_other():
    alike = {(a, b) for a in UNITS for b in UNITS if a != b and comparable_units(a, b)}
    areas = {"mu", "ha", "km2", "m2"}
    assert alike == {(a, b) for a in areas for b in areas if a != b} | {("CNY", "USD"), ("USD", "CNY")}


NUMBERS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2).map(lambda d: f"{d.normalize():f}")
MAGNITUDE = st.sampled_from(["", "十", "百", "千", "万", "亿", "千万"])
BEFORE = st.sampled_from(["", "约", "近", "不到", "超过", "突破"])
UNIT = st.sampled_from(["元", "亩", "%", "平方公里", "美元", "元/亩"])
COUNTED = st.sampled_from(["家", "人"])
WHOLES = st.integers(min_value=1, max_value=99999).map(str)
FIGURES = st.builds(
    "".join, st.one_of(st.tuples(BEFORE, NUMBERS, MAGNITUDE, UNIT), st.tuples(BEFORE, WHOLES, MAGNITUDE, COUNTED))
)
TRADITIONAL = str.maketrans("万亿亩余个户约过项栋顷间条种处辆台币于", "萬億畝餘個戶約過項棟頃間條種處輛臺幣於")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(FIGURES)
def test_the_value_lies_in_its_interval(figure):
    found = parse(figure)
    assert found.value is not None
    assert found.low <= found.value <= found.high
    assert found.bound in codes("bound")
    assert found.unit in UNITS


@given(NUMBERS)
def test_a_yi_is_ten_thousand_wan(number):
    yi, wan = parse(f"{number}亿元"), parse(f"{number}万元")
    assert (yi.value, yi.low, yi.high) == (wan.value * 10_000, wan.low * 10_000, wan.high * 10_000)
    assert yi.significant == wan.significant


@given(FIGURES)
def test_full_width_forms_and_blanks_change_nothing(figure):
    assert parse(figure.translate(FULL_WIDTH)) == parse(figure) == parse(re.sub(r"(?<!\d)|(?!\d)", " ", figure))


@given(FIGURES)
def test_traditional_script_changes_nothing(figure):
    assert parse(figure.translate(TRADITIONAL)) == parse(figure)


@every("word", KNOWN.split())
def test_every_unit_is_known_in_either_script(word):
    assert parse(f"3{word.translate(TRADITIONAL)}") == parse(f"3{word}")


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=0, max_value=9999))
def test_a_range_holds_both_its_ends(low, width):
    found = parse(f"{low}-{low + width}亩")
    assert (found.low, found.high) == (low, low + width)


@given(NUMBERS)
def test_an_area_is_the_same_after_a_way_there_and_back(number):
    figure = parse(f"{number}亩")
    assert figure.to("km2").to("mu").value == pytest.approx(figure.value, rel=Decimal("1e-25"))


def test_simplify_keeps_what_is_no_figure_word():
    assert simplify("園區 ５亿元") == "園區5亿元"


def test_generated_figures_are_read_as_they_were_made_or_refused():
    wrong, refused, kinds = figure_prose.judged(1_000, secrets.randbits(32))
    assert wrong == []
    assert refused == []
    assert len(kinds) > 15


def test_of_generated_figures_a_draft_finds_no_piece_for_the_whole():
    wrong, _, _ = figure_prose.judged(1_000, secrets.randbits(32), prose=True)
    assert wrong == []


def test_the_oracle_finds_what_is_read_as_something_else():
    made = figure_prose.Made("5亿元", "a level", Decimal(5), Decimal(5), Decimal(5), "CNY")
    assert figure_prose.judge(made).startswith("5亿元 (a level): read as (Decimal('500000000')")
    assert figure_prose.judge(figure_prose.Made("5亿元", "two readings")).endswith("and has no one reading")
    assert figure_prose.judge(figure_prose.Made("一百五", "a level", *[Decimal(150)] * 3, "CNY")) == "refused"
