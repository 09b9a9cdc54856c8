"""Figures as work summaries print them, made together with what they mean: `python tests/figure_prose.py 100000`.

The oracle is the way a figure is made: a number is chosen, then written, by tables of its own. What has two readings, or none, is made on
purpose and is to be refused; what has one and is refused all the same is counted apart.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

INF = Decimal("Infinity")
_SIGNS = "零一二三四五六七八九"
_MEASURED = {
    "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "美元": "USD", "亩": "mu", "公顷": "ha", "平方公里": "km2", "㎡": "m2", "km²": "km2",
    "平方米": "m2", "万元/亩": "CNY/mu", "%": "percent", "％": "percent", "": None,
}  # fmt: skip
_COUNTED = {"家": "count", "个": "count", "户": "count", "项": "count", "人": "person", "名": "person"}
_ABOUT, _LEAST, _MOST = (
    ("约", "大约", "大概", "约为"),
    ("超过", "突破", "至少", "逾", "不少于", "不低于", "高于"),
    ("近", "接近", "不到", "不足", "低于", "不超过", "少于", "至多", "将近"),
)
_AFTER = {
    "左右": "about",
    "上下": "about",
    "以上": "at_least",
    "及以上": "at_least",
    "以下": "at_most",
    "以内": "at_most",
}
_DASHES = ("-", "–", "—", "——", "~", "～", "至", "到", "‐", "－", "〜")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_TRADITIONAL = str.maketrans("万亿亩余个户约过项于两点减负达廿", "萬億畝餘個戶約過項於兩點減負達廿")
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


class Made(NamedTuple):
    """A figure with its meaning; without a `low` it has two readings, or none, and is to be refused."""

    text: str
    kind: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    bound: str = "exact"


class Written(NamedTuple):
    """A number as it is written, with the unit of its last digit and that of its last digit that is not zero."""

    text: str
    value: Decimal
    step: Decimal
    last: Decimal


def numeral(number: int) -> str:
    """A whole number below a hundred million in Chinese, as it is written in full."""
    great, small = divmod(number, 10_000)
    if great:
        joint = "零" if 0 < small < 1_000 else ""
        return f"{numeral(great)}万{joint}{numeral(small) if small else ''}"
    written, gap = "", False
    for size, sign in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            written += ("零" if gap and written else "") + _SIGNS[digit] + sign
            gap = False
        else:
            gap = bool(written)
    return written.removeprefix("一") if 10 <= number < 20 else written or "零"


def _place(value: Decimal) -> Decimal:
    """The unit of the last digit of a number that is not zero."""
    number = value
    place = Decimal(1)
    while number % 1:
        number, place = number * 10, place / 10
    while number and number % 10 == 0:
        number, place = number // 10, place * 10
    return place


def _digits(chance: random.Random) -> Written:
    """A number in digits, with a magnitude behind it."""
    scale, size = chance.choice(
        [
            ("", 1),
            ("", 1),
            ("万", 10**4),
            ("亿", 10**8),
            ("千万", 10**7),
            ("百亿", 10**10),
            ("万亿", 10**12),
            ("千", 10**3),
            ("十万", 10**5),
        ]
    )
    places = chance.choice([0, 0, 1, 2, 4])
    number = chance.randrange(1, 10 ** chance.randrange(1, 7))
    whole, rest = divmod(number, 10**places)
    text = f"{whole:,}" if chance.random() < 0.25 else str(whole)
    if chance.random() < 0.05:
        text = text.replace(",", "，")
    elif chance.random() < 0.05:
        text = text.replace(",", " ")
    if places:
        text += f".{rest:0{places}d}"
    step = Decimal(size) / 10**places
    return Written(text + scale, number * step, step, max(step, _place(number * step)))


def _mixed(chance: random.Random) -> Written:
    """1亿2000万, 3千5百, 1万2千, 十二亿零三百万, 1亿零500万."""
    form = chance.randrange(6)
    if form == 0:
        great, small = chance.randrange(1, 2_000), chance.randrange(1, 10_000)
        zero = "零" if small < 1_000 and chance.random() < 0.5 else ""
        return _of(f"{great}亿{zero}{small}万", great * 10**8 + small * 10**4, 10**4)
    if form == 1:
        great, small = chance.randrange(1, 1_000), chance.randrange(1, 10_000)
        value = great * 10**8 + small * 10**4
        return _of(f"{numeral(great)}亿{'零' if small < 1_000 else ''}{numeral(small)}万", value, None)
    if form == 2:
        one, two = chance.randrange(1, 10), chance.randrange(1, 10)
        scale, size = chance.choice([("", 1), ("万", 10**4), ("亿", 10**8)])
        return _of(f"{one}千{two}百{scale}", (one * 1_000 + two * 100) * size, 100 * size)
    if form == 3:
        one, two = chance.randrange(1, 1_000), chance.randrange(1, 10)
        return _of(f"{one}万{two}千", one * 10**4 + two * 1_000, 1_000)
    if form == 4:
        one, two = chance.randrange(1, 1_000), chance.randrange(1_000, 10_000)
        return _of(f"{one}万{two}", one * 10**4 + two, 1)
    one = chance.randrange(1, 10)
    return _of(f"{one}亿{chance.choice(['', '零'])}5百万", one * 10**8 + 5 * 10**6, 10**6)


def _of(text: str, value: int, step: int | None) -> Written:
    last = _place(Decimal(value))
    own = last if step is None else Decimal(step)
    return Written(text, Decimal(value), own, max(own, last))


def _in_words(chance: random.Random) -> Written:
    """A numeral, now and then with a decimal, with 两, 〇, 廿, or in the formal signs."""
    number = chance.randrange(1, 10 ** chance.randrange(1, 8))
    text, form = numeral(number), chance.random()
    step = last = _place(Decimal(number))
    value = Decimal(number)
    if form < 0.15:
        places = chance.randrange(1, 3)
        rest = chance.randrange(1, 10**places)
        whole = number % 1_000
        text = numeral(whole) + "点" + "".join(_SIGNS[int(sign)] for sign in f"{rest:0{places}d}")
        scale, size = chance.choice([("", 1), ("万", 10**4), ("亿", 10**8)])
        step = Decimal(size) / 10**places
        value = (whole * 10**places + rest) * step
        return Written(text + scale, value, step, max(step, _place(value)))
    if form < 0.3:
        text = text.replace("二千", "两千").replace("二万", "两万").replace("二百", "两百")
    elif form < 0.4:
        text = text.replace("零", "〇")
    elif form < 0.5:
        text = text.translate(_FORMAL)
    elif form < 0.6 and 20 < number < 30:
        text = text.replace("二十", "廿")
    return Written(text, value, step, last)


def _repeated(chance: random.Random) -> Written:
    """一万五千万, 四万万: the last magnitude comes again."""
    one, two = chance.randrange(1, 10), chance.randrange(1, 10)
    if chance.random() < 0.3:
        return _of(f"{_SIGNS[one]}万万", one * 10**8, None)
    return _of(f"{_SIGNS[one]}万{_SIGNS[two]}千万", (one * 10**4 + two * 1_000) * 10**4, None)


_NUMBERS = (_digits, _digits, _digits, _mixed, _in_words, _repeated)


def _level(chance: random.Random) -> Made:
    """A figure with a unit and, now and then, a bound before or behind it."""
    number = chance.choice(_NUMBERS)(chance)
    word = chance.choice(list(_MEASURED) + list(_COUNTED))
    unit, times = {**_MEASURED, **_COUNTED}[word], Decimal(1)
    if word == "万元/亩" and ("万" in number.text or "亿" in number.text):
        word = "元/亩"
    elif word == "万元/亩":
        times = Decimal(10_000)
    written = number._replace(value=number.value * times, step=number.step * times, last=number.last * times)
    bound = chance.choice(["exact", "exact", "about", "at_least", "at_most", "more", "after"])
    return _bounded(chance, written, word, unit, bound)


def _bounded(chance: random.Random, number: Written, word: str, unit: str | None, bound: str) -> Made:
    value, text = number.value, number.text
    counted = unit in ("count", "person")
    if counted and value % 1:
        return Made(text + word, "a count with a fraction")
    before = after = ""
    if bound == "after":
        after, bound = chance.choice(list(_AFTER.items()))
    elif bound == "more":
        return _more(chance, number, word, unit)
    elif bound != "exact":
        before = chance.choice({"about": _ABOUT, "at_least": _LEAST, "at_most": _MOST}[bound])
    low, high = {
        "exact": _half(number, counted),
        "about": (value * 95 / 100, value * 105 / 100),
        "at_least": (value, INF),
        "at_most": (-INF, value),
    }[bound]
    return Made(f"{before}{text}{word}{after}", "a level", value, low, high, unit, bound)


def _half(number: Written, counted: bool) -> tuple[Decimal, Decimal]:
    said = number.step <= 1 or not re.search("[0-9万亿点]", number.text)  # to the last thing: 300家, 三百家
    half = Decimal(0) if counted and said else number.step / 2
    return number.value - half, number.value + half


def _more(chance: random.Random, number: Written, word: str, unit: str | None) -> Made:
    """余 and 多, behind the digits, the magnitude or the unit: 122余万元, 2亿余元, 1亩多, also behind 约."""
    more = chance.choice("余多")
    text = number.text
    scale = len(text.rstrip("万亿")) if text[-1] in "万亿" and text.rstrip("万亿")[-1:].isdigit() else 0
    if chance.random() < 0.3 and scale:
        text = f"{text[:scale]}{more}{text[scale:]}{word}"
    elif chance.random() < 0.2 and word and not word.endswith("/亩"):
        text = f"{text}{word}{chance.choice(['', '有'])}{more}"
    else:
        text = f"{text}{more}{word}"
    before = "约" if chance.random() < 0.1 else ""
    return Made(before + text, "余 and 多", number.value, number.value, number.value + number.last, unit, "at_least")


def _range(chance: random.Random) -> Made:
    """Two ends, with every dash; the first may leave magnitude and unit to the second."""
    scale, size = chance.choice([("", 1), ("万", 10**4), ("亿", 10**8), ("千万", 10**7)])
    places = chance.choice([0, 0, 1])
    low, high = sorted(chance.randrange(1, 1_000) for _ in range(2))
    one, two = (Decimal(number) / 10**places for number in (low, high))
    word = chance.choice(["元", "亩", "%", "平方公里", "家", "人", ""])
    unit = {"家": "count", "人": "person"}.get(word) or _MEASURED.get(word)
    full = chance.random() < 0.4
    text = f"{one:f}{scale if full else ''}{word if full and chance.random() < 0.5 else ''}{chance.choice(_DASHES)}{two:f}{scale}{word}"
    if unit in ("count", "person") and any(number * size % 1 for number in (one, two)):
        return Made(text, "a count with a fraction")
    return Made(text, "a range", None, one * size, two * size, unit, "range")


def _range_of_scales(chance: random.Random) -> Made:
    """8000万-1亿, 三至五家, 八至十亿, 500-1万; and those whose first end may be two numbers."""
    one, two = sorted(chance.sample(range(1, 10), 2))
    form = chance.randrange(10)
    dash = chance.choice(_DASHES)
    if form == 0:
        return Made(
            f"{one}000万{dash}{two}亿元", "a range", None, Decimal(one * 10**7), Decimal(two * 10**8), "CNY", "range"
        )
    if form == 1:
        return Made(f"{_SIGNS[one]}至{_SIGNS[two]}家", "a range", None, Decimal(one), Decimal(two), "count", "range")
    if form == 2:
        return Made(f"{_SIGNS[one]}至十亿元", "a range", None, Decimal(one * 10**8), Decimal(10**9), "CNY", "range")
    if form == 3:
        return Made(
            f"{one * 1000}元{dash}{two}万元",
            "a range",
            None,
            Decimal(one * 1_000),
            Decimal(two * 10**4),
            "CNY",
            "range",
        )
    if form == 8:
        return Made(f"-{two}%至-{one}%", "a range", None, Decimal(-two), Decimal(-one), "percent", "range")
    if form == 9:
        text = f"百分之{_SIGNS[one]}{dash}{chance.choice(['', '百分之'])}{_SIGNS[two]}"
        return Made(text, "a range", None, Decimal(one), Decimal(two), "percent", "range")
    if form == 4:
        return Made(f"{one}至{_SIGNS[two]}百亿元", "two readings of a range")
    if form == 5:
        return Made(f"{one}百{dash}{two}千万元", "two readings of a range")
    if form == 6:
        return Made(f"{_SIGNS[one]}至{_SIGNS[two]}十家", "two readings of a range")
    return Made(f"{two}亿{dash}{one}000万元", "a range that runs backwards")


def _rate(chance: random.Random) -> Made:
    """Percent, with a fall, a sign, ‰, 成 or 百分之."""
    number = Decimal(chance.randrange(1, 2_000)) / 10 ** chance.choice([0, 1, 2])
    places = max(0, -int(number.as_tuple().exponent))
    step = Decimal(1) / 10**places
    half = step / 2
    form = chance.randrange(9)
    if form == 0:
        fall = chance.choice(["下降", "下降了", "减少", "降低", "下滑", "下跌", "负增长"])
        return Made(f"{fall}{number:f}%", "a fall", -number, -number - half, -number + half, "percent")
    if form == 1:
        sign = chance.choice(["-", "−", "－", "负"])
        return Made(f"{sign}{number:f}%", "a sign", -number, -number - half, -number + half, "percent")
    if form == 2:
        return Made(f"+{number:f}%", "a sign", number, number - half, number + half, "percent")
    if form == 3:
        sign = chance.choice(["-", "+", "－", "负"])
        return Made(f"下降{sign}{number:f}%", "a fall with a sign")
    if form == 4:
        bound = chance.choice(["about", "at_least", "at_most"])
        word = chance.choice({"about": _ABOUT, "at_least": ("超过", "逾"), "at_most": ("近", "不到", "接近")}[bound])
        low, high = {
            "about": (-number * 105 / 100, -number * 95 / 100),
            "at_least": (-INF, -number),
            "at_most": (-number, INF),
        }[bound]
        return Made(f"下降{word}{number:f}%", "a bounded fall", -number, low, high, "percent", bound)
    if form == 5:
        return Made(f"{number:f}‰", "‰", number / 10, (number - half) / 10, (number + half) / 10, "percent")
    if form == 6:
        tenths = chance.randrange(1, 10)
        if chance.random() < 0.5:
            five = chance.randrange(1, 10)
            value = Decimal(tenths * 10 + five)
            return Made(
                f"{_SIGNS[tenths]}成{_SIGNS[five]}",
                "成",
                value,
                value - Decimal("0.5"),
                value + Decimal("0.5"),
                "percent",
            )
        value = Decimal(tenths * 10)
        text = chance.choice([str(tenths), _SIGNS[tenths]])
        more, low, high, bound = chance.choice(
            [
                ("", value - 5, value + 5, "exact"),
                ("以上", value, INF, "at_least"),
                ("多", value, value + 10, "at_least"),
            ]
        )
        return Made(f"{text}成{more}", "成", value, low, high, "percent", bound)
    if form == 7:
        whole, rest = chance.randrange(1, 100), chance.randrange(0, 10)
        text = numeral(whole) + (f"点{_SIGNS[rest]}" if rest else "")
        value, own = Decimal(whole) + Decimal(rest) / 10, Decimal("0.1") if rest else _place(Decimal(whole))
        return Made(f"百分之{text}", "百分之", value, value - own / 2, value + own / 2, "percent")
    low, high = sorted(chance.randrange(1, 100) for _ in range(2))
    return Made(f"下降{low}-{high}%", "a range of falls", None, Decimal(-high), Decimal(-low), "percent", "range")


def _bare(chance: random.Random) -> Made:
    """百余家, 上千人, 近万人, 数十家."""
    sign, size = chance.choice([("百", 100), ("千", 1_000), ("万", 10_000), ("千万", 10**7), ("百亿", 10**10)])
    value, word = Decimal(size), chance.choice(["人", "家", "亩"])
    unit = {"人": "person", "家": "count", "亩": "mu"}[word]
    form = chance.randrange(6)
    if form == 5:  # 3千多万元, 五百余亿元
        digit, (small, times) = chance.randrange(1, 10), chance.choice([("十", 10), ("百", 100), ("千", 1_000)])
        great, many = chance.choice([("万", 10**4), ("亿", 10**8)])
        value = Decimal(digit * times * many)
        text = f"{chance.choice([str(digit), _SIGNS[digit]])}{small}{chance.choice('余多')}{great}元"
        return Made(text, "余 and 多", value, value, value + times * many, "CNY", "at_least")
    if form == 0:
        return Made(
            f"{sign}{chance.choice('余多')}{word}", "a bare magnitude", value, value, value * 2, unit, "at_least"
        )
    if form == 1:
        return Made(
            f"{chance.choice(['上', '超', '逾', '突破'])}{sign}{word}",
            "a bare magnitude",
            value,
            value,
            INF,
            unit,
            "at_least",
        )
    if form == 2:
        return Made(f"近{sign}{word}", "a bare magnitude", value, -INF, value, unit, "at_most")
    if form == 3:
        return Made(f"{chance.choice('数几')}{sign}{word}", "no number")
    return Made(f"{chance.choice('十百')}几{word}", "no number")


def _wrong(chance: random.Random) -> Made:
    """What has two readings or none."""
    a, b = chance.randrange(1, 10), chance.randrange(1, 10)
    forms = {
        "two readings": (
            "{A}百{B}", "{A}万{B}", "{A}亿{B}", "{a}亿{b}000元", "{A}{B}十个", "{A}{B}家", "{a}{b} {a}家", "{a} {b}亿元", "{a}个亿元",
            "近-{a}%", "-{a}%以上", "-{a}多%", "{A}〇{B}", "{a}亿{b}",
        ),
        "magnitudes out of order": ("{A}百{B}千元", "{a}亿万元", "{A}亿亿元", "{a}万千元", "{A}十{B}百亩", "{a}千{b}千元"),
        "a fraction before a part": ("{a}.5亿{b}千万元", "{a}.2万{b}千元"),
        "a zero in the wrong place": ("{A}百零{B}十个", "{A}千零{B}百亩", "零{A}家"),
        "bounds that exclude each other": ("约{a}0%以上", "近{a}000余人", "不到{a}亿元以上", "约{a}-9亿元", "{a}余万多元", "超过{a}家以下"),
        "another script or form": (
            "{ar}亿元", "{de}家", "{a}²亩", "{a}½亩", "Ⅳ家", "{a}e5元", "1,{a}{b}亩", "{a}.{b}.{a}亿元", ".{a}亿元", "—{a}%", "±{a}%",
            "--{a}%", "{a},{b}亩", "1,{a}{b}{a}{b}亩",
        ),
        "more than a figure": ("增长{a}%", "增长-{a}%", "①{a}家", "企业{a}家", "{a}家企业"),
        "another unit": (
            "{a}万欧元", "{a}吨", "{a}倍", "{a}个百分点", "{a}元/平方米", "{a}人次", "{a}公里", "翻一番", "翻{A}番", "{A}分之一", "一半",
            "{a}个月",
            "半个", "{a}万元/年", "下降{a}亿元", "减少{a}家",
        ),
    }  # fmt: skip
    kind = chance.choice(list(forms))
    values = {"a": a, "b": b, "A": _SIGNS[a], "B": _SIGNS[b], "ar": chr(0x660 + a), "de": chr(0x966 + a)}
    return Made(chance.choice(forms[kind]).format(**values), kind)


_KINDS = (_level, _level, _level, _level, _range, _range_of_scales, _rate, _rate, _bare, _wrong)


def figure(chance: random.Random) -> Made:
    """One figure, now and then in full-width forms, in traditional script or with blanks between its words."""
    made = chance.choice(_KINDS)(chance)
    form, text = chance.random(), made.text
    if form < 0.1:
        text = text.translate(_FULL_WIDTH)
    elif form < 0.2:
        text = text.translate(_TRADITIONAL)
    elif form < 0.3:
        places = [i for i in range(1, len(text)) if not (_digit(text[i - 1]) or _digit(text[i]))]
        cut = chance.choice(places) if places else 0
        text = f"{text[:cut]}{chance.choice(' 　')}{text[cut:]}" if cut else text
    return made._replace(text=text)


def _digit(sign: str) -> bool:
    return sign.isdigit() or sign in ".,，"


def judge(made: Made) -> str:
    """`right`, `refused` (one reading, and refused all the same), or what is silently wrong."""
    from parkstudy.record.quantities import QuantityError, parse

    try:
        found = parse(made.text)
    except QuantityError:
        return "right" if made.low is None else "refused"
    if made.low is None:
        return f"{made.text} ({made.kind}): read as {found.value}, {found.low} to {found.high}, and has no one reading"
    got = (found.value, found.low, found.high, found.unit, found.bound)
    return "right" if got == made[2:] else f"{made.text} ({made.kind}): read as {got}, is {made[2:]}"


def found_in_prose(made: Made) -> str:
    """What the draft finds of a figure in a sentence, and the proof bears out there, against its meaning; empty where nothing is wrong."""
    from parkstudy.record import proof
    from parkstudy.record.draft.aside import apart_in
    from parkstudy.record.draft.figures import printed
    from parkstudy.record.draft.lines import lines
    from parkstudy.record.quantities import parse

    if made.kind == "more than a figure":  # in a sentence its figure is one
        return ""
    (line,) = lines(f"截至目前，园区合计{made.text}。")
    for one in printed(line.plain):
        words = line.words[one.start : one.end]
        if one.aside or apart_in(line, one) or not proof._bounded(words, line.words):
            continue
        found = parse(words)
        got = (found.value, found.low, found.high, found.unit, found.bound)
        if made.low is None or got != made[2:]:
            return f"{made.text} ({made.kind}): found {words!r} as {got}, is {made[2:]}"
    return ""


def judged(number: int, seed: int, *, prose: bool = False) -> tuple[list[str], list[Made], Counter[str]]:
    """Of so many figures of a seed: what is silently wrong, what was refused although it has one reading, how many of each kind.

    With `prose` each is also looked for in a sentence, as the draft does.
    """
    chance = random.Random(seed)
    wrong, refused, kinds = [], [], Counter[str]()
    for made in (figure(chance) for _ in range(number)):
        kinds[made.kind] += 1
        wrong += filter(None, [found_in_prose(made)] if prose else [])
        said = judge(made)
        if said == "refused":
            refused.append(made)
        elif said != "right":
            wrong.append(said)
    return wrong, refused, kinds


if __name__ == "__main__":
    wrong, refused, kinds = judged(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1, prose=True)
    print("\n".join([*wrong[:50], *(f"refused: {made.text} ({made.kind})" for made in refused[:50])]))
    print(
        f"{len(wrong)} of {sys.argv[1]} silently wrong, {len(refused)} refused that have one reading; kinds: {dict(kinds)}"
    )
