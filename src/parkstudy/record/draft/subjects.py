"""What a figure is of: the park, its county, or a part that the words before the term name; others are set aside with the reason."""

import re
from typing import NamedTuple

from parkstudy.record.draft.carried import FIRMS, MONEY, SIZE
from parkstudy.record.draft.head import other_park
from parkstudy.record.draft.leading import leading_zone
from parkstudy.record.draft.lines import CLAUSE_END, SENTENCE_END, begin
from parkstudy.record.draft.place import COUNTED, Place
from parkstudy.record.draft.projects import ITS_PROJECT, project_named
from parkstudy.record.draft.topics import PROPER, told_of
from parkstudy.record.draft.words import Term, context, meant_by, terms

_CUT = re.compile(r"[,。!?;:()、\"“”]|其中|以及|分别|等|\d[\d.,]*[%亿万元家个户]*")
_EMPTY = (
    "完成|实现|累计|招引|共计|总计|合计|共|达到|达|年度|全年|今年|本年|当年|去年|上年|以来|截至|目前|预计|力争|确保|同比|比|增长|(?<!加)工业企业|企业|新增|为|的|有|约|已|已经|"
    "全部|实际|其(?!他)|和|与|及|在|将|到|从|由|要|可|主要|经济|指标|中|使|年|月|底|末|份|上半|下半|季度|一|二|三|四|前|[年月日\\d~—-]|吸纳|带动|安置|解决|提供|现有|拥有|"
    "单看|按计划|我区|我园|园内|区内|规上|规模以上|规模|入园|入驻|引进|签约|投产|建成|开工|新开工|(?<!加)工业|总|各类|不断|稳步|继续|保持|实施|推进|收入|"
    "全口径|辖区|所有|整个|上缴|缴纳|税务|地方|城镇|社会|开发|规划|土地|首期|一期|二期|近期|近|同时|另外|此外|并|还|也|均|后|底|有望|正在|正|现"
)
OWN_MONEY = (
    "tax_revenue", "gross_industrial_output", "operating_revenue", "industrial_value_added", "tech_industry_trade_revenue",
)  # fmt: skip
NO_ONE = "of a part of the park that is not named as one"
CONTRACTS = ("contracted_investment", "negotiated_investment")
_OF_PROJECTS = ("contracted_investment", "negotiated_investment", "project_investment", "project_land")
_NO_FIRMS = (*_OF_PROJECTS, "land_requisitioned", "land_levelled", "land_supplied")  # what is done for a firm's project
_KIND_OF_FIRMS = re.compile("(?:其中|^|[、和])(?P<name>[\u4e00-\u9fff]{2,10}?)(?:类)?(?:企业)?$")
_ANY_FIRMS = re.compile(  # firms of no kind of goods
    r"规模|规上|园|入驻|投产|现有|新增|重点|骨干|龙头|亿元|高新|工业|各类|签约|上市|科技|外资|小微|落户|注册|停产|在建|全部|共有|拥有|辖区|参评|限上|其他|项目|纳税|产值|有$"
)
_LEADING_FIRM = re.compile(
    "(?:龙头|骨干|领军|最大)的?(?:企业|一家)(?P<name>[\u4e00-\u9fff]{2,8}?)(?:一家|预计|今年|全年?)*$"
)
_LEADING_SECTOR = re.compile("(?:首位|主导|支柱|特色)产业(?P<name>[\u4e00-\u9fff]{2,8})$")
_SOME_FIRMS = re.compile("\\d[余多]?[家户](?P<name>[\u4e00-\u9fff]{2,8}企业)(?:共|累计|合计)*(?:实现|完成)?$")
_IN_FACTORIES = re.compile("(?P<in>厂房)[^。;]*,[^,。;]*$")  # 新建标准厂房18万平方米,已入驻企业21家
_SOME_PEOPLE = re.compile("贫困|脱贫|扶贫|搬迁群众|退役|毕业生|大学生|残疾|失地|返乡")
_OTHER_PARK = re.compile("(?:另一个?|另外一个|兄弟|周边)(?:园区|开发区|工业园)|[二三四五六七八九十\\d]+园(?:区)?合计")
_COUNTY_DID = re.compile(
    "[\u4e00-\u9fff]{1,4}[县市](?:全年|今年|当年|上半年|共|累计)*(?=完成|实现|规[上模]|工业(?!园|集中|区|开发)|地区生产|固定资产|财政[总收]|一般公共)"
)
_SIDE = re.compile("[东西南北]区")  # 完成西区1200亩土地征收
_COUNTED_OWNER = re.compile(r"([\u4e00-\u9fff]{2,10})\d+[户家](?:企业)?共?(?:实现|完成)$")
CLASS = re.compile(  # a class of projects or firms by their size
    r"(?:计划|总?投资|合同引资|固定资产投资)*(?:额|在)?(?:[过超][\d十百千]*[万亿]元?|\d*(?:[十百千]?[万亿])元?(?:及?以上|级)的?|\d+强(?:企业)?(?:投资)?)[^,。;:、\d]{0,6}项目"
)
_SIZED_FIRMS = re.compile(  # 主营业务收入10亿元以上企业5户, but what the line of statistics is at
    rf"(?P<name>(?!2000万)(?<!\d)(?:[过超]{MONEY}|{MONEY}(?:及?以上))的?(?:规模|工业)?企业)(?:仅|有|达到?|为|共)*$"
)
_SUMMED = re.compile(r"总?投资[\d.]+[万亿]*元?的(?P<name>[^,。;]*项目)(?=$|\d)")  # 总投资35亿元的厂房项目17个
_LED_BY_PROJECT = re.compile(  # 新田电机项目于6月投产,全年实现产值1.8亿元
    r"(?:其中[,:]?)?(?P<name>[^,。;:\d]{2,20}?(?:项目|生产线))(?=[于已正在自从]|全面|顺利|建成|投产|竣工|[一二三]期|\()"
)
_NO_HEAD = re.compile(  # 主攻装备制造产业: a goal
    "主导|支柱|特色|首位|^(?:主攻|围绕|聚焦|立足|依托|做[强大优]|打造|培育|发展|针对|瞄准|突出|抓|坚持|紧盯|紧扣|推动|壮大|重点|以|按|把|对)"
)
_HEAD = re.compile(  # 塑料制品行业,实现销售收入11.7亿元,同比增长19.2%,上交税金2380万元;
    r"(?:[\d—~至年-]+月份?,|\d+年,|其中[,:]?)*(?P<name>[\u4e00-\u9fff、]{2,10}?)(?P<what>产业|行业|片区)(?:(?:受|因|面对|面临|克服|抢抓|借助|依托|通过)[^,。;\d]{1,16})?,"
)
_COUNTED_PROJECTS = re.compile(r"\d[余多]?[个项][^,。;:\d]{0,14}项目$")
_SUM_OF = re.compile(r"^.*?投资\d[\d.]*[余多]?[万亿]*元(?:建设)?的?|投资\d.*$")  # what a name is without its sum
_NO_NAME = re.compile("^(?:[十百千]?[万亿]*元|完成|实现|新增|全年|今年)|季度|半年|月份|年度|固定资产")
_WITH_SEVERAL = re.compile(
    r"\d[余多]?[家个](?:企业|公司|客商|项目)[^,。;]{0,4}(?:签|达成)"
)  # what they sign is the park's
_BROUGHT_IN = re.compile(  # our county signs what comes to the park
    f"(?:入驻|落户|落地)[^,。;]{{0,8}}?(?:{context('park').pattern})"
)
_SOME_PROJECTS = re.compile(
    r"(?P<name>[^,。;:\d]{0,12}?项目)\d+[余多]?[个项]|\d+[余多]?[个项](?P<name2>[^,。;:\d]{0,12}?项目)"
)
_WHEN_AND_WHAT = re.compile(
    "^(?:今年|全年|本年|当年|年内|共|累计|已)+(?:实施|安排|组织)?(?=[^,]+项目)"
)  # 今年共实施重点项目
_TOGETHER = re.compile(  # behind a list of names: what they all are
    r"(?:等?(?:[两二三四五六七八九十\d]+)?[大个家]?(?:主导|支柱|重点|优势|特色|传统|新兴)*)(?P<what>产业|行业|企业|公司|片区|园区|组团|项目)$"
)
_KINDS = {"产业": "sector", "行业": "sector", "企业": "firm", "公司": "firm", "项目": "project"}
_SUMS = re.compile("签约|合同|协议|意向")  # what is signed in all
_KIND = re.compile(  # of which kind projects are that 其中 singles out
    r"(?:第?[一二三]产业?|工业|农业|商贸|物流|文化旅游|文旅|旅游|科技|民生|外资|内资|技改|重大|重点|产业|主导产业|高新技术|高新技术产业|战略性新兴产业|[\u4e00-\u9fff]{2,6}(?:业|类|型))类?$"
)
_STAGES = re.compile(
    "^[:为有是已新共]*|(?:签约|引进|招引|开工|投产|竣工|建成|完工|落户|入园|入驻|洽谈|在谈|续建|新建|在建|实施|新|已)+$"
)
_BEHIND_ITEM = re.compile(r"其中|[、和与,:;]|及(?!其他)|\d[余多]?[个项家亿万元]+")
_VILLAGE = re.compile(r"(?:完成|对|在|了|^)([\u4e00-\u9fff]{1,6}村)\d+个(?:村民小)?组的?$")
_TOTAL = re.compile("年度投资计划|完成投资|项目投资|到位")


class Part(NamedTuple):
    """A subject by its kind, with the printed names of parts; `reason` where a figure is not recorded, `doubt` where it was inferred."""

    subject: str
    names: tuple[str, ...] = ()
    reason: str = ""
    doubt: bool = False


def subject_of(place: Place, term: Term, names: tuple[str, ...], indicator: str, *, of_projects: bool) -> Part:
    """The subject of a figure by the words before its term; `of_projects` tells that a count of projects stands before it."""
    at = place.at.start if place.coded.part else min(term.start, place.at.start)
    outside = _outside(place.plain[place.sentence : at], place.plain[at : at + 2], names)
    if outside and not (indicator in CONTRACTS and _BROUGHT_IN.search(place.plain, at, place.full[1])):
        return outside
    if indicator == "enterprises" and (some_firms := _some_firms(place, term, at)):
        return some_firms
    some = _SOME_PEOPLE.search(place.ahead) if indicator == "employees" else None
    if group := (some and some[0]) or _classed(place, indicator) or _singled_out(place, term, indicator):
        return Part("group", (group,))
    owner = _owner(place.plain, begin(CLAUSE_END, place.plain, at), at, names, indicator)
    if term.words == "项目投资" and (name := _named_before(place.plain, at, names)):
        return Part("project", (name,))
    kinds = ("sector", "zone", "group") if indicator.startswith("projects_") else ("sector", "zone")
    vehicle = owner and owner.subject == "firm" and indicator == "loans_raised"  # what it raises is the park's
    if owner and not vehicle and (place.at.unit not in COUNTED or owner.subject in kinds):
        of_firm = owner.subject == "firm" and indicator in _NO_FIRMS
        of_sector = owner.subject == "sector" and indicator in ("project_investment", "project_land")
        return Part("project", owner.names) if of_firm or of_sector else owner
    return _unowned(place, term, at, indicator, names, of_projects=of_projects)


def _some_firms(place: Place, term: Term, at: int) -> Part | None:
    """Firms of a size or a sector, or those in factories of which the sentence tells; None for those of the park."""
    if not meant_by(term.words):
        return Part("group" if _SIZED_FIRMS.search(term.words) else "sector", (term.words,))
    in_factories = _IN_FACTORIES.search(place.plain, place.sentence, at)
    return Part("", reason=f"no_indicator:{in_factories['in']}{term.words}") if in_factories else None


def firms_of(place: Place) -> Term | None:
    """What kind of firms a count is of, by their size, or by the name before it where output follows: 机械汽配企业31户,产值52亿元."""
    if place.at.unit == "count" and (sized := _SIZED_FIRMS.search(place.ahead)):
        return Term(place.clause + sized.start("name"), place.clause + sized.end("name"), sized["name"])
    found = _KIND_OF_FIRMS.search(place.ahead)
    behind = terms(place.plain, place.at.end, place.at.end + 14)[:1]
    money = any(one.indicator in OWN_MONEY for term in behind for one in meant_by(term.words))
    between = behind and not re.search(r"[\d。;]", place.plain[place.at.end : behind[0].start])
    if not (place.at.unit == "count" and found and money and between) or _ANY_FIRMS.search(found["name"]):
        return None
    start = place.clause + found.start("name")
    return Term(start, start + len(found["name"]), found["name"])


def of_list(owners: tuple[str, ...], place: int, indicator: str, names: tuple[str, ...]) -> Part:
    """The subject of one figure of `A、B、C三大产业分别完成产值x、y和z`, by its own name and by what all are called."""
    own = owners[place].rpartition("其中")[2].strip(",:")
    if context("county").search(own):
        return Part("county")
    if context("wider").search(own):
        return Part("", reason="of the province or the nation")
    together = _TOGETHER.search(owners[-1])
    if together and place == len(owners) - 1 and not owners[0].endswith(together["what"]):
        own = own[: together.start()]
    name = _led(own, names) if place == 0 else own
    if not name or name in names or context("park").fullmatch(name):
        return Part("park")
    kinds = (kind for kind in ("project", "firm", "zone", "sector") if re.search(f"(?:{context(kind).pattern})$", name))
    default = "project" if indicator in _OF_PROJECTS else "firm" if indicator in OWN_MONEY else ""
    kind = _KINDS.get(together["what"], "zone") if together else next(kinds, default)
    named = kind == "firm" or (kind == "sector" and not together)
    kind = "project" if named and indicator in _OF_PROJECTS else kind
    return Part(kind, (name,)) if kind else Part("", reason=NO_ONE)


def _named_before(plain: str, at: int, names: tuple[str, ...]) -> str:
    """The words before `项目投资` where they name one: 鑫茂五金项目投资2.2亿元; empty for 产业项目投资."""
    name = bare_name(plain[max((match.end() for match in _CUT.finditer(plain, 0, at)), default=0) : at], names)
    return f"{name}项目" if len(PROPER.sub("", name)) > 1 else ""


def _unowned(place: Place, term: Term, at: int, indicator: str, names: tuple[str, ...], *, of_projects: bool) -> Part:
    """The subject of a figure that no part is named for: projects, what its paragraph is about, else the park."""
    if indicator == "project_investment" and (batch := _batch(place, at)):
        return Part("group", (batch,))
    its = ITS_PROJECT.match(place.plain, place.at.end) if indicator in (*CONTRACTS, "project_investment") else None
    if its and PROPER.sub("", its["name"]):
        return Part("project", (its["name"],))
    if leading := _leading(place, at, indicator, names):
        return leading
    of_projects = of_projects or bool(_WITH_SEVERAL.search(place.plain, place.sentence, at))
    if indicator in _OF_PROJECTS and not of_projects and not _TOTAL.search(term.words):
        name = (
            project_named(place.plain, place.sentence, at)
            if at > place.sentence or not _SUMS.search(term.words)
            else ""
        )
        if name and (_NO_NAME.search(name) or context("park").search(name)):  # the text does not name it
            name = f"{term.words}{place.plain[place.at.start : place.at.end]}"
        name = _SUM_OF.sub("", name) if len(_SUM_OF.sub("", name)) > 1 else name
        return Part("project", (name,)) if name or not _SUMS.search(term.words) else Part("park")
    about = told_of(place, indicator, names)
    return Part(about[0], (about[1],)) if about else Part("park")


def _leading(place: Place, at: int, indicator: str, names: tuple[str, ...]) -> Part | None:
    """The zone that leads its item; of money the project that leads its sentence, or what a clause before it names and nothing else."""
    if zone := leading_zone(place, at, names):
        return Part("zone", (zone,))
    if indicator not in OWN_MONEY:
        return None
    led = _LED_BY_PROJECT.match(place.plain, place.sentence, at)
    if led and PROPER.sub("", led["name"]):
        return Part("project", (led["name"],))
    head = _HEAD.match(place.plain, max(place.sentence, place.plain.rfind(";", 0, at) + 1), at)
    if head is None or context("park").search(place.ahead) or _ANY_FIRMS.search(head["name"]):
        return None
    goal = _NO_HEAD.search(head["name"])
    return Part("park", doubt=True) if goal else Part(_KINDS.get(head["what"], "zone"), (head["name"] + head["what"],))


def _classed(place: Place, indicator: str) -> str:
    """The class of projects or firms by their size that is counted: 亿元以上项目28个, 其中2000万元以上企业10家."""
    if place.at.unit != "count" or not (indicator in FIRMS or indicator.startswith("projects_")):
        return ""
    size = SIZE.search(place.ahead)
    if indicator in FIRMS:
        firms = _SIZED_FIRMS.search(place.ahead)
        return firms["name"] if firms else size["size"] if size else ""
    if summed := _SUMMED.search(place.ahead):
        return summed["name"]
    ahead = next((m[0] for m in CLASS.finditer(place.ahead) if m.end() == len(place.ahead)), "")
    behind = CLASS.match(place.plain, place.at.end)
    return ahead or (behind[0] if behind else size["size"] if size else _class_before(place))


def _singled_out(place: Place, term: Term, indicator: str) -> str:
    """The projects of one kind that 其中 singles out of those before it: 其中工业项目11个、农业项目3个; empty for others."""
    count = indicator.startswith("projects_") and place.at.unit == "count"
    led = "其中" in place.ahead or (count and _listed_on(place, indicator))
    if not led or term.start >= place.at.start or not (count or indicator in CONTRACTS):
        return ""
    item = place.plain[max(match.end() for match in _BEHIND_ITEM.finditer(place.plain, 0, term.start)) : term.start]
    name, general = item.removesuffix("项目"), count and (term.words == "项目" or item.endswith("项目"))
    name = _STAGES.sub("", name)
    found = len(name) > 1 if general else item.endswith("项目") and bool(_KIND.match(name))
    return f"{name}项目" if found and not context("park").fullmatch(name) else ""


def _listed_on(place: Place, indicator: str) -> bool:
    """Whether a `;` goes on with what 其中 singles out: 其中工业项目9个,签约资金34亿元;电子信息项目12个."""
    start = place.plain.rfind("其中", place.full[0], place.clause)
    here = [one for one in place.before if one.row and one.row["indicator"] == indicator and one.place.start > start]
    of_groups = bool(here) and all(one.row and one.row["subject"].startswith("group:") for one in here)
    return start >= 0 and place.plain.endswith(";", 0, place.clause) and of_groups


def _class_before(place: Place) -> str:
    """The class of projects that a count without a name of its own goes on with: 新签约亿元以上项目30个,新开工22个."""
    found = next(reversed(list(CLASS.finditer(place.plain, place.full[0], place.clause))), None)
    between = place.plain[found.end() : place.at.end + 4] if found else ""
    goes_on = found and not re.search("项目|企业", between) and (";" not in between or "其中" in between)
    return found[0] if found and goes_on else ""


def _batch(place: Place, at: int) -> str:
    """The projects, counted in its sentence or the one before, whose investment it is; empty where none are."""
    start = place.sentence
    if start and place.plain.startswith(("项目", "这些", "上述"), start):
        start = begin(SENTENCE_END, place.plain, start - 1)
    several = list(_SOME_PROJECTS.finditer(place.plain, start, at))
    if len(several) > 1 and "其中" not in place.plain[start:at] and "项目投资" in place.plain[at : place.at.start]:
        return ""  # 新开工项目17个,竣工项目12个,完成项目投资19.6亿元: of all
    some = _SUMMED.search(place.plain, at, place.clause_end) or (several[-1] if several else None)
    return _WHEN_AND_WHAT.sub("", next(filter(None, some.groups()), "")) if some else ""


def _outside(before: str, behind: str, names: tuple[str, ...]) -> Part | None:
    """What is not of the park, by the words before it: of its county, of more than that, of another park."""
    scope = _scope(before, behind)
    if scope == "wider":
        return Part("", reason="of the province or the nation")
    if scope == "county":
        return Part("county")
    other = other_park(before, names) or (found[0] if (found := _OTHER_PARK.search(before)) else "")
    return Part("", reason=f"of another park: {other}") if other else None


def _owner(plain: str, clause: int, at: int, names: tuple[str, ...], indicator: str) -> Part | None:
    """The part that the words right before a term name by their ending, as a list of firms or behind 其中."""
    bare = bare_name(plain[max((match.end() for match in _CUT.finditer(plain, 0, at)), default=0) : at], names)
    if indicator in OWN_MONEY and (listed := _list_before(plain, clause, at, names)):
        return _all_of(listed)
    if village := _VILLAGE.search(plain[clause:at]):
        return Part("zone", (village[1],))
    counted = _COUNTED_OWNER.search(plain[clause:at])
    if counted and len(owner := bare_name(counted[1], names)) > 1:
        return Part("sector", (owner,))
    for pattern, kind in ((_LEADING_FIRM, "firm"), (_LEADING_SECTOR, "sector"), (_SOME_FIRMS, "group")):
        named = pattern.search(plain[clause:at] if kind == "group" else bare)
        if named and not _ANY_FIRMS.search(named["name"]):
            return Part(kind, (named["name"],))
    counted_ = _COUNTED_PROJECTS.search(plain[clause:at])  # 承担的9个市、县重点项目总投资26亿元
    for kind in () if counted_ else ("project", "firm", "zone", "sector"):
        short = len(bare) < 3 and not (kind == "zone" and _SIDE.fullmatch(bare))
        if not short and re.search(f"(?:{context(kind).pattern})(?:项目)?$", bare):
            return Part(kind, (bare,))
    return Part("group", (bare,)) if not counted_ and "其中" in plain[clause:at] and len(bare) > 1 else None


def _all_of(listed: list[str]) -> Part:
    """What a list before a term names: firms, or in one what its last item says that they are (纺织、食品两大主导产业)."""
    together = _TOGETHER.search(listed[-1])
    if not together:
        return Part("firm", tuple(listed))
    last = listed[-1][: together.start()]
    return Part(_KINDS.get(together["what"], "zone"), ("、".join(filter(None, [*listed[:-1], last])),))


def _scope(before: str, behind: str) -> str:
    """The territory named last before the figure in its sentence."""
    found = [(m.start(), kind) for kind in ("county", "wider", "park") for m in context(kind).finditer(before)]
    found += [(m.start(), "county") for m in _COUNTY_DID.finditer(before + behind)]
    found = [(place, kind) for place, kind in found if kind == "park" or not _compared(before, place)]
    return max(found)[1] if found else ""


def _compared(before: str, place: int) -> bool:
    """Whether a territory is only what the park is held against: 占全县的41%, 居全市第2, 全省500强."""
    clause = before[begin(CLAUSE_END, before, place) : place]
    ranked = re.match("全[省国市县].{0,6}(?:500强|第|前|先进|考核|排)", before[place:])
    return bool(ranked or re.search("占|[居列排]|高于|低于|超过", clause))


def bare_name(owner: str, names: tuple[str, ...]) -> str:
    """The words of an owner without what every sentence has: verbs, times, the park's own names."""
    return re.sub(f"(?:{_EMPTY})+$", "", _led(owner, names))


def _led(owner: str, names: tuple[str, ...]) -> str:
    """The words of an owner without those that every sentence begins with."""
    for name in names:
        owner = owner.replace(name, "")
    owner = re.sub(f"^(?:{context('park').pattern})+", "", re.sub(f"^(?:{_EMPTY})+", "", owner))
    return re.sub(f"^(?:{_EMPTY})+", "", owner)


def _list_before(plain: str, clause: int, place: int, names: tuple[str, ...]) -> list[str]:
    """The firms that are listed right before a term."""
    if "等" in plain[clause:place] or "、" not in plain[clause:place]:
        return []
    items = [bare_name(item, names) for item in plain[clause:place].split("、")]
    return items if all(re.fullmatch("[\u4e00-\u9fffA-Za-z]{2,10}", item) for item in items) else []
