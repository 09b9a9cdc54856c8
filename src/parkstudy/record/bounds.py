"""The words around a printed number that bound it or turn its sign: one list for reading a figure, finding it and proving it."""

import re

BEFORE = {
    "大约": "about", "大概": "about", "约为": "about", "约": "about",
    "不少于": "at_least", "不低于": "at_least", "不小于": "at_least", "至少": "at_least", "超过": "at_least",
    "突破": "at_least", "超出": "at_least", "高于": "at_least", "多于": "at_least", "大于": "at_least", "超": "at_least",
    "逾": "at_least", "过": "at_least",
    "不超过": "at_most", "不高于": "at_most", "不多于": "at_most", "不大于": "at_most", "不到": "at_most", "不足": "at_most",
    "低于": "at_most", "少于": "at_most", "小于": "at_most", "至多": "at_most", "最多": "at_most", "接近": "at_most",
    "将近": "at_most", "近": "at_most",
}  # fmt: skip
AFTER = {
    "左右": "about", "上下": "about", "及以上": "at_least", "以上": "at_least", "及以下": "at_most", "以下": "at_most",
    "以内": "at_most", "之内": "at_most",
}  # fmt: skip
NO_BOUND = "签簽违違节節履预預"  # 签约11个: before 约, which then is no word of a bound
FALLS = ("负增长", "下降", "减少", "降低", "下滑", "下跌")  # of which a rate is below zero
_DIRECTION = re.compile(  # said of a figure behind it, though perhaps not beside it; in either script
    "(?P<fall>负增长|負增長|下降|下滑|下跌|[降减減]幅|回落|收窄|降低|[减減]少|[缩縮][减減]|萎[缩縮]|(?:同比|[环環]比|上年|去年|同期)[降跌减減]$)|增(?!加?值)"
)
OTHER_CURRENCIES = "港元|港币|港幣|欧元|歐元|日元|英镑|英鎊|韩元|韓元|澳元|加元|新台币|新臺幣|台币|臺幣|卢布|盧布|美金"
ANOTHER = re.compile(  # behind a measure word of which it makes another one: 3个月, 3个亿元, 5人次, 30元/平方米
    "(?<=[个個])(?:百分[点點]|[余餘多]?[月亿億]|工作日|小[时時]|季度|交易日)|(?<=[人户戶台臺件项項批])次|(?:/|每)(?!亩|畝)(?:平方[公千]?[里米]|立方米|千瓦时|[\u4e00-\u9fffa-zA-Z])"
)


def fallen(before: str) -> bool:
    """Whether the words before a rate call it a fall: the last of them that has a direction."""
    said = [found["fall"] for found in _DIRECTION.finditer(before)]
    return bool(said and said[-1])


def any_of(words: object) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))  # type: ignore[call-overload]
