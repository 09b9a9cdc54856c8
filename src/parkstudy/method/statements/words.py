"""The words of statements in two languages: verdicts, states of cells, and the choices that make a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from parkstudy.method import audit as consistency
from parkstudy.method.measures import RUNG_NAMES
from parkstudy.method.tax import READINGS
from parkstudy.record.period import Period
from parkstudy.words.language import Text, said

VERDICTS = (
    "holds",
    "reversed",
    "depends",
    "not distinguishable",
    "not comparable",
    "reconciles",
    *consistency.OUTCOMES[:3],
)
VERDICT_NAMES = {
    "holds": Text("holds", "成立"),
    "reversed": Text("reversed", "反向成立"),
    "depends": Text("depends", "取决于设定"),
    "not distinguishable": Text("not distinguishable", "无法区分"),
    "not comparable": Text("not comparable", "不可比"),
    "reconciles": Text("reconciles", "可对上"),
    **{outcome: consistency.OUTCOME_NAMES[outcome] for outcome in consistency.OUTCOMES[:3]},
}
STATE_NAMES = {"for": Text("for", "支持"), "against": Text("against", "反对"), "open": Text("open", "未决")}
CHOICE_WORDS = {
    word: Text(word, zh)
    for word, zh in {
        "park": "园区",
        "span": "时段",
        "months as printed": "原文所载月份",
        "own full-year forecast": "材料自身的全年预计数",
        "reference": "参照时段",
        "growth base": "增速基数",
        "printed rate": "原文增速",
        "target base": "按目标推算的基数",
        "price": "价格",
        "nominal": "现价",
        "real": "不变价",
        "year fraction": "年度折算",
        "raw": "同期原值",
        "scaled": "折合全年",
        "own forecast": "材料自身的预计数",
        "scaled, borrowed share": "借用占比折合全年",
        "tax population": "税收统计范围",
        "factor 1": "系数1",
        "factor 0.57-0.61": "系数0.57–0.61",
        "land rung": "面积口径",
        **{rung: name.zh for rung, name in RUNG_NAMES.items()},
        "reading": "原句理解",
        **{reading: word.zh for reading, word in READINGS.items()},
    }.items()
}


def choices_said(choices: Mapping[str, str], lang: str = "en", names: Mapping[str, str] | None = None) -> str:
    """The choices of a cell, `price: real; span: months as printed`; parks by their id, or as `names` has them."""
    colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")
    named = {key: (names or {}).get(value) or _choice(value, lang) for key, value in choices.items()}
    return comma.join(f"{_choice(key, lang)}{colon}{value}" for key, value in named.items())


def _choice(word: str, lang: str) -> str:
    """A word of a choice; a span of days, by which a reference is named, as a reader says it."""
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", word)
    if days:
        return Period(date.fromisoformat(days[1]), date.fromisoformat(days[2])).label(lang)
    return said(CHOICE_WORDS.get(word, word), lang)
