"""The single project that the words around a figure name, and whether they say that it is built."""

import re

from parkstudy.record.draft.place import Place
from parkstudy.record.draft.words import context

ITS_PROJECT = re.compile(  # 投资8000万元的某某纸业项目
    r"的(?P<name>[^,。;:、等]{2,30}?(?:项目|生产线|基地|工程))(?!\d|[^,。;:]{0,8}?项目)"
)
_BUILDING = re.compile("开工|竣工|投产|建成|安装|封顶|试生产|动工")
_SIGNED = re.compile("签约|签订|引进|招引|引入|洽谈|在谈")
_CARRIED_OUT = re.compile(  # 重点实施扩园工程,计划投资3.8亿元
    r"(?:实施|推进|启动|建设)(?P<name>[^,。;、\d]{2,16}?(?:工程|项目)),(?:计划|预计|拟|总)*(?:投资)?$"
)


def built(place: Place) -> bool:
    """Whether an investment is of a project that its part of the sentence says is built: 总投资8.6亿元的水稻加工项目竣工."""
    said = place.plain[place.sentence : place.sentence_end]
    if said.startswith("其中"):  # 签约项目13个。其中投资5亿元的制品项目已开工
        said = place.plain[: place.sentence].rstrip("。").rpartition("。")[2] + said
    building = _BUILDING.search(place.plain, place.at.end, place.sentence_end)
    return bool(ITS_PROJECT.match(place.plain, place.at.end) and building and not _SIGNED.search(said))


def project_named(plain: str, sentence: int, place: int) -> str:
    """The name of a single project: the first words of its sentence or clause, as far as they name something."""
    if out := _CARRIED_OUT.search(plain, sentence, place):
        return out["name"]
    found = re.search(
        r"(?:其中)?([\u4e00-\u9fffA-Za-z]{2,20}?)(?=总投资|计划投资|投资|项目|购地|占地|[,,])",
        plain[sentence:place] or plain[sentence:],
    )
    return (
        found[1] if found else "" if context("park").search(plain[sentence:place]) else plain[sentence : sentence + 12]
    )
