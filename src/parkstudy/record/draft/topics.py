"""What a paragraph or a sentence is about: the zone or project that it begins with, of which is what it tells without another name."""

import re

from parkstudy.record.draft.place import Place
from parkstudy.record.draft.words import context

_TOPIC = re.compile(r"^\(?[一二三四五六七八九十\d]*[、.)]*(?P<topic>[^,。;:]{2,24}?)(?:建设)?[。:]")
PROPER = re.compile(  # what a heading of a paragraph has that names nothing
    "项目|工程|生产线|基地|园区|产业园|工业园|重点|重大|产业|工业|招商|在建|续建|新建|各类|全面|全力|着力|扎实|大力|推进|加快|抓好|强化|狠抓|突出|建设|基础设施|平台|引资|发展|加强|提升"
)
_ADDED_ZONE = re.compile(  # 启动园区南扩工程,规划面积3.5平方公里
    r"(?:^|启动|推进|实施|加快|谋划|完成|开展|抓好)(?:园区|全区|开发区)?(?P<name>[\u4e00-\u9fff]{0,6}(?:[东西南北]扩|扩[区园建]|拓展|起步|核心|示范|先导)(?:区|片区|工程|项目)),$"
)


def told_of(place: Place, indicator: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The kind and the name of the part that the words before a figure are about; None where they are about the park."""
    added = _ADDED_ZONE.search(place.plain[place.sentence : place.clause]) if indicator == "planned_area" else None
    if added:
        return "zone", added["name"]
    topic = _TOPIC.match(place.plain)
    if (
        topic
        and not (topic["topic"].endswith(names) or (indicator.startswith("projects_") and "片区" not in topic["topic"]))
        and not topic["topic"].endswith("看")  # 分片区看: its parts follow
        and PROPER.sub("", topic["topic"])
        and re.search(f"片区|(?:{context('zone').pattern}|{context('project').pattern})$", topic["topic"])
    ):
        project = "片区" not in topic["topic"] and topic["topic"].endswith(("项目", "工程"))
        return "project" if project else "zone", topic["topic"]
    return None
