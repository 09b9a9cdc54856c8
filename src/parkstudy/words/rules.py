"""The rules of the method, read from `docs/method.md` and `docs/method.zh.md`: a rule is a line with code, text and reason.

A page that says `G5` or `section 5` gives its reader the text of the rule. The documents are the one place where it stands.
"""

import re
from functools import cache

from parkstudy.record.shipped import shipped
from parkstudy.record.used import note

_FILES = {"en": "method.md", "zh": "method.zh.md"}
_RULE = re.compile(r"- \*\*([GTLQRA]\d+|section \d+|第\d+节)\*\* (\S.*?) \*(?:Why:|理由：)\* \S.*")
_CODE = re.compile(r"(?<![A-Za-z0-9_#])(?<!\d-)[GTLQRA]\d{1,2}(?![A-Za-z0-9_]|\.\d|[ -](?:19|20)\d\d)")  # not Q1 2023
_ENGLISH = re.compile(r"\b[Ss]ections? (\d+(?:(?:, | and |, and | to )\d+)*)")
_CHINESE = re.compile(r"第 ?(\d+(?:(?:、|和|及|至)\d+)*) ?节")


def read(document: str) -> dict[str, str]:
    """Code to text of every rule of a document, in the order of the letters, sections last.

    Raises `ValueError` for a line of a list that is no rule with its reason, and for a second rule of one code.
    """
    found: dict[str, str] = {}
    for line in (line for line in document.splitlines() if line.startswith("- ")):
        rule_ = _RULE.fullmatch(line)
        if rule_ is None or (code := re.sub(r"第(\d+)节", r"section \1", rule_[1])) in found:
            raise ValueError(f"not a rule with a code of its own, a text and a reason: {line[:60]!r}")
        found[code] = rule_[2]
    return dict(sorted(found.items(), key=lambda item: ("GTLQRAs".index(item[0][0]), int(re.sub(r"\D", "", item[0])))))


def rules(lang: str = "en") -> dict[str, str]:
    """Code to text of every rule in a language; whoever prints one asks `rule`, which notes that it was read."""
    note("rule", lang)  # the list of the codes alone
    return _every(lang)


@cache
def _every(lang: str) -> dict[str, str]:
    return read((shipped("docs") / _FILES[lang]).read_text(encoding="utf-8"))


def rule(code: str, lang: str = "en") -> str:
    """The text of a rule. Raises `KeyError` for a code that the method does not have."""
    note("rule", f"{lang}/{code}")
    return _every(lang)[code]


def code_name(code: str, lang: str) -> str:
    """The code of a rule as a reader sees it: `G5`; `section 5`, in Chinese `第5节`."""
    number = code.removeprefix("section ")
    return f"第{number}节" if lang == "zh" and number != code else code


def cited(text: str) -> list[str]:
    """The codes of the rules that a text in either language cites as whole words, in the order of the rules."""
    found = set(_CODE.findall(text))
    for numbers in (*_ENGLISH.findall(text), *_CHINESE.findall(text)):
        found |= {f"section {number}" for number in re.findall(r"\d+", numbers)}
    return [code for code in rules() if code in found]
