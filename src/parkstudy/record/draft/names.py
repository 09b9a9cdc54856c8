"""How a text calls its own park."""

import re
from collections import Counter

_NAME = re.compile(
    r"[\u4e00-\u9fff—·-]{0,12}?(?:高新技术产业开发区|经济技术开发区|经济开发区|产业开发区|工业集中区|产业集聚区|产业园区|工业园区|高新区|经开区|开发区|集中区|工业园|产业园|科技园|工业区)"
)
_LEAD = re.compile(r"^.*(?:年度?|[月日]|省级园区|国家级|由|在|对|的|与|和|及|将|从|向|为|该|全市|全县)")


def names_of(plain: list[str]) -> tuple[str, ...]:
    """The names of the park that a text is about, the longest first: the one in its title or first sentences, and its short form."""
    head = "。".join(plain[:8])[:400]
    found = Counter(name for match in _NAME.finditer(head) if len(name := _LEAD.sub("", match[0])) > 2)
    if not found:
        return ()
    names = {next(iter(found))}
    return tuple(sorted(names, key=len, reverse=True))
