"""The method where it is cited: every rule by its code, and the formula of every measure, in both languages.

A page that says `G5` or `section 5` gives its reader the words of `RULES` for it. `docs/method.md` holds the same words
with the reasons and the sources; a test keeps the two alike.
"""

from __future__ import annotations

import re

from parkstudy.method.measures import MEASURES
from parkstudy.words.language import Text

RULES: dict[str, Text] = {
    "G1": Text(
        "A level and its printed rate imply a base, level ÷ (1 + growth). It is an interval for checks alone (status E): "
        "never called last year's value, never chained.",
        "由绝对数及其公布的增速可推算基数：绝对数÷（1+增速）。推算的基数是仅供核查的区间（状态E），不作为上年数，也不逐年连接。",
    ),
    "G2": Text(
        "The headline is the growth rate as published. A change computed from two reported levels is a measure of its own, because "
        "official rates recompute last year on this year's set of firms (statistics office, August 2018; Li Yongjun on 2018).",
        "增长以公布的增速为准。由两期上报数计算的变动另列：官方增速按本年企业范围重新核定上年同期数"
        "（国家统计局，2018年8月；李拥军对2018年数据的分析）。",
    ),
    "G3": Text(
        "Growth rates on spans of different length are ordered only if they differ by more than a margin: 1.5 points if the shorter "
        "span has 10 or 11 months, 6 for a half-year, 5 where a text's own number of firms changes; the largest that applies.",
        "时段长短不同的增速，差距超过规定幅度方可比较高低：较短时段为10—11个月时1.5个百分点，为半年时6个百分点，"
        "原文企业数前后有变时5个百分点，取最大者。",
    ),
    "G4": Text(
        "A full-year value is the source's own full-year figure, else the reported months over the share of the year they stand for, "
        "an interval (section 5, status I). It stands beside the raw value; only output and tax have such a share.",
        "全年数优先取材料自身的全年数，否则以所涉月份的数据除以年内占比，得出区间（第5节，状态I），与原值并列；"
        "只有产值和税收有年内占比。",
    ),
    "G5": Text(
        "A ratio of figures of the same months is computed raw. Where it meets a full-year ratio its full-year band is shown "
        "(11 months of tax over output: times 0.93–1.19); raw and full-year ratios are never ordered against each other.",
        "同期数据之比直接计算。与全年比值并列时，列示折合全年的区间（11个月的税收产值比乘以0.93–1.19）；"
        "原比值与全年比值之间不比较高低。",
    ),
    "G6": Text(
        "Growth on the base that a target implies is the level as a full year ÷ (target ÷ (1 + target growth)) − 1. "
        "It is a step of a check and a choice in statement 3, never a headline.",
        "以目标推算基数计算的增速＝折合全年的绝对数÷〔目标÷（1+目标增速）〕−1，属核查步骤，仅作为命题3的一种设定，不进入主要结论。",
    ),
    "G7": Text(
        "Output growth is set beside published revenue growth of above-scale industry, value-added growth beside value-added growth, "
        "of the same months; where these are missing, the nearest spans on either side are used and named.",
        "产值增速以公布的规模以上工业企业收入增速为参照，增加值增速以增加值增速为参照，月份相同；"
        "缺该月份时取前后最近的时段，并予注明。",
    ),
    "G8": Text(
        "Output and revenue growth are deflated with the national producer price index (PPI) of the same months, value-added growth "
        "never. Where the months are missing, the price change lies between the nearest spans (National Bureau of Statistics).",
        "产值和收入增速用同期全国工业生产者出厂价格（PPI）缩减，增加值增速不缩减。"
        "缺该月份的价格时，取前后最近时段之间的区间（国家统计局）。",
    ),
    "G9": Text(
        "Current and constant prices are two scenarios and no bounds: no park has a price index of its own, and branches differ "
        "(January–October 2017: mining 23.2 %, consumer goods 0.7 %; National Bureau of Statistics).",
        "现价与不变价是两种情形，不是上下限：各园区没有自己的价格指数，行业之间又有差别"
        "（2017年1—10月采掘工业上涨23.2%，生活资料上涨0.7%；国家统计局）。",
    ),
    "G10": Text(
        "Levels of different years are not converted to the prices of one year; each stands at the prices of its own year.",
        "不同年份的绝对数不换算为同一年价格，均按当年价格列示。",
    ),
    "G11": Text(
        "A level over its target stands beside the share of the year that its months make up, and is not held against 100 % "
        "before the year is over. Targets are taken as exact numbers.",
        "上报数与当年目标之比同相应月份的年内占比对照，年度未结束时不与100%相比；目标按准确数处理。",
    ),
    "G12": Text(
        "Output per above-scale firm needs both figures on one set of firms at one date. It is shown and never ordered; "
        "newly added firms are not a total.",
        "规模以上工业企业户均产值要求产值与企业数出自同一企业范围、同一时点，只列示，不排序；新增企业数不是总数。",
    ),
    "T1": Text(
        "The label is tax per unit of reported output. A value is flagged as outside the range of its peers only if at least three "
        "have the same populations of tax and output; with fewer there is no peer set.",
        "指标名称为“每单位上报产值的税收”。税收和产值统计范围均相同的可比园区不少于3个，才标记超出其范围的数值；"
        "不足3个的注明“无可比组”。",
    ),
    "T2": Text(
        "No assumption on over- or under-reporting enters any share or count. Where an order rests on reported output, "
        "its tipping point stands beside it (R7).",
        "各项比例和计数均不含多报或少报的假设；排序依赖上报产值的，旁列临界倍数（R7）。",
    ),
    "T3": Text(
        "The population of a tax decides what it may be set beside. Tax of unstated population is taken twice, as printed and times "
        "0.57–0.61, the share of industry in the tax of national zones (Ministry of Natural Resources, data of 2018, 2019, 2021).",
        "税收的统计范围决定其可比对象。范围未说明的税收取两种设定：原数，以及乘以0.57–0.61，"
        "即国家级开发区税收中工业所占比重（自然资源部2018、2019、2021年数据）。",
    ),
    "T4": Text(
        "Buoyancy is tax growth over output growth, only from two printed rates of one text on the same months and population.",
        "税收弹性为税收增速与产值增速之比，两个增速须为同一原文所载，且月份、统计范围相同。",
    ),
    "T5": Text(
        "Concentration is the tax of named taxpayers over the tax it is a part of, in both readings where the sentence has two: "
        "of all together, or of each. An open figure is taken at its bound.",
        "税收集中度为点名的纳税企业税收占其所属税收的比重；原文可作“合计”“各自”两种理解的，两种并列。数字只给出界限的，按边界取值。",
    ),
    "T6": Text(
        "Refused: tax of all sectors over the revenue of one; any order that mixes output with revenue from technology, industry and "
        "trade; tax over value added across parks, which is shown as a question about the data.",
        "不予计算的有：各行业全部税收与单一行业收入之比；产值与技工贸总收入混合排序；园区之间的税收与增加值之比，该比值仅作为对数据的疑问列示。",
    ),
    "T7": Text(
        "Investment is an input: investment per area, per output or over tax is no measure of efficiency.",
        "投资属于投入：单位面积投资、单位产值投资及投资与税收之比均不是效益指标。",
    ),
    "L1": Text(
        "Every value per area names its rung, that is the kind of area it is divided by, with the area and the source of both figures.",
        "每个单位面积数值均注明面积口径、面积以及分子、分母的来源。",
    ),
    "L2": Text(
        "Values per area are compared only between parks on the same rung. Tax per area is the headline; output per area inherits "
        "whatever is in reported output and carries its tipping point.",
        "单位面积数值只在面积口径相同的园区之间比较。以亩均税收为主；地均产值受上报产值影响，须附临界倍数。",
    ),
    "L3": Text(
        "No park is held against a threshold for new projects or on another denominator, nor given a class by yield per mu, "
        "whose unit is the firm (Zhejiang provincial government, 2018 No. 5).",
        "不以新项目准入门槛或分母不同的标准衡量园区，也不套用以企业为对象的“亩均论英雄”分类（浙政发〔2018〕5号）。",
    ),
    "L4": Text(
        "Both parks of a comparison stand on one rung: each rung that both have is a cell of its own, "
        "and an area that occurs twice in a cell has one value.",
        "比较双方取同一面积口径，双方共有的每种口径各为一个设定组合；同一面积在一个组合中只取一个值。",
    ),
    "L5": Text(
        "A year's investment per area is never set against norms of investment intensity, "
        "which are stocks of cumulative investment (Ministry of Natural Resources, notice of 2019).",
        "当年单位面积投资不与投入强度标准对照，后者按累计投资计算（自然资源部2019年度通报）。",
    ),
    "L6": Text(
        "The area of a part of the park under a figure of the whole park gives too high a value: it is shown with that mark and enters "
        "no cell. The area of a concept plan is recorded only.",
        "以部分区域的面积去除全园区的数据，结果偏高，仅加标记列示，不进入设定组合；概念性总体规划面积只作记录。",
    ),
    "L7": Text(
        "None of the five texts states the approved or built-up area that national statistics divide by, so no ratio to them is shown.",
        "五份材料均未载明全国统计所用的批准面积或建成面积，因此不列示与全国数据之比。",
    ),
    "L8": Text(
        "Areas are printed figures and have intervals like the others: 13 km² is 12.5–13.5.",
        "面积数据与其他数据一样有区间：13平方公里即12.5–13.5平方公里。",
    ),
    "Q1": Text(
        "A text has its grade before any number is read: A complete on a county government's site with issuer and date, B complete "
        "elsewhere, C re-posted, anonymised or cut off, so that altered figures cannot be excluded.",
        "先定等级，再读数字：A级为县级政府网站所载、署明发布单位和日期的完整文本，B级为载于他处的完整文本，"
        "C级为转载、匿名或截断的文本，不能排除数字被改动。",
    ),
    "Q2": Text(
        "A derived value has the lowest grade of its inputs. Grade C is never in a headline or a headline order; "
        "it is drawn apart and named as C.",
        "推算值取其各项输入中的最低等级。C级数据不进入主要结论及其排序，单独绘制并注明。",
    ),
    "Q3": Text(
        "Every figure of the five texts was read twice, independently, and the share of equal readings is published. "
        "A figure not read twice has status V.",
        "五份材料的每个数据均经两次独立判读，并公布一致率；未经两次判读的数据状态为V。",
    ),
    "Q4": Text(
        "Where a text still speaks of its own year as expected, the outturns concerned are provisional (status P).",
        "原文对本年情况仍用预计性措辞的，有关实绩为初步数（状态P）。",
    ),
    "Q5": Text(
        "A benchmark says whether its page is an official one; only such pages are linked, others are cited by title. "
        "Where a verdict rests on an inferred benchmark alone, the page says so.",
        "参照数据注明所据网页是否为官方网页，只链接官方网页，其余仅列标题；判定仅依据推定的参照数据时，页面予以说明。",
    ),
    "Q6": Text(
        "A text gets counts and no marks: its figures, the checks made, those that reconcile, the findings, and what others bear out.",
        "对材料不打分，只列计数：数据数、核查数、相符数、发现数以及外部佐证情况。",
    ),
    "Q7": Text(
        "In the two anonymised texts no county, place, firm or zone is named, and their subjects are numbered. "
        "They are compared with the nation only.",
        "两份匿名材料不出现县、地点、企业和片区名称，其中的对象以编号表示，只与全国比较。",
    ),
    "R1": Text(
        "No composite score, weights, normalisation or pooled ranks: the steps that would justify an index (OECD and European "
        "Commission, Handbook on Constructing Composite Indicators, 2008) cannot be carried out on two complete parks.",
        "不设综合得分、权重、标准化或合并名次：数据完整的园区只有两个，构建指数所需的步骤无法完成"
        "（经合组织与欧盟委员会《综合指标构建手册》，2008年）。",
    ),
    "R2": Text(
        "A statement is tested in every admissible cell, one combination of the choices named for it (growth base, prices, months, "
        "reference, tax population, year fraction, rung, reading). A choice is admissible if no rule refuses it.",
        "每个命题在全部可用的设定组合中检验，即增速基数、价格、时段、参照时段、税收统计范围、年度折算、面积口径、原句理解等设定的各种搭配；"
        "未被规则排除的设定均可用。",
    ),
    "R3": Text(
        "In a cell, rounding, shares of the year, price changes and the tax factor are drawn evenly from their intervals. P+ is the "
        "share of draws in which the difference exceeds the margin, P− that in which it lies below minus the margin; no probability.",
        "在每个设定组合内，四舍五入、年内占比、价格变动和税收系数在各自区间内均匀取值。P+为差距超过规定幅度的取值所占比例，"
        "P−为反向差距超过规定幅度的比例，均非概率。",
    ),
    "R4": Text(
        "A cell is for if P+ ≥ 0.95, against if P− ≥ 0.95 (margin 0: P+ ≤ 0.05), else open. All for: holds; all against: reversed; "
        "both: depends on the choices that differ; otherwise not distinguishable; without a cell: not comparable.",
        "P+≥0.95的设定组合为支持，P−≥0.95（规定幅度为0时P+≤0.05）为反对，其余为未决。全部支持为成立，全部反对为反向成立，"
        "两者兼有为取决于设定，其余为无法区分，没有可用设定组合为不可比。",
    ),
    "R5": Text(
        "A statement that is a check of a text is decided by the audit: it reconciles, or has the gravest outcome found.",
        "属于核查性质的命题由内部一致性核查判定：可对上，或取其中最严重的结果。",
    ),
    "R6": Text(
        "Figures of at most two significant digits may be round numbers. All cells are computed again with a whole unit instead of half a "
        "unit for them; if the verdict changes, it is called sensitive to round figures.",
        "有效数字不超过两位的数据（粗略数）可能经过取整。对其以末位一个单位代替半个单位，重算全部设定组合；判定因此改变的，注明对粗略数敏感。",
    ),
    "R7": Text(
        "The tipping point is one side over the other at printed values: an order would turn if the reported output it rests on "
        "were overstated that many times as much as the other's. The lowest corner is its minimum over all cells; "
        "neither is an estimate.",
        "临界倍数为按原文数字计算的双方数值之比：所依据的上报产值若相对另一方偏高达到这一倍数，排序即反转。"
        "最不利端点为各设定组合按区间端点计算的最小值。两者都不是估计值。",
    ),
    "R8": Text(
        "A cell has 20,000 points of a fixed low-discrepancy sequence (Halton 1960), so that the same data give the same digits; "
        "a share within 0.003 of a threshold counts as open. Corners are computed exactly.",
        "每个设定组合取固定低差异序列（Halton，1960年）的2万个点，数据相同则结果相同；与判定界限相差不到0.003的比例按未决处理；"
        "端点为精确计算。",
    ),
    "R9": Text(
        "Refusals, open cells and reversed statements are shown with the same weight as the rest, every cell with its choices "
        "(specification curve: Simonsohn, Simmons and Nelson 2020).",
        "不可比、未决和反向成立的结果与其他结果同等列示，每个设定组合均注明所作选择（设定曲线，Simonsohn等，2020年）。",
    ),
    "A1": Text(
        "Parts and total: the parts that a text gives as complete make up their total, and are as many as a printed count. "
        "If not, a contradiction.",
        "分项与合计：原文完整列示的各分项之和等于合计，项数与所载个数一致；否则为矛盾。",
    ),
    "A2": Text(
        "Printed share: the share of leading industries is that of the sectors printed beside it in the total. "
        "If not, a contradiction; ambiguous if the text does not say of what it is a share.",
        "原文占比：主导产业占比等于同处所列各产业之和占总量的比重；否则为矛盾，原文未说明占比所属总体的为含糊。",
    ),
    "A3": Text(
        "One figure printed twice: two figures for one thing agree. If not, a contradiction; "
        "ambiguous if their units or wording differ.",
        "同一数据列示两次：同一事项的两个数据一致；否则为矛盾，单位或措辞不同的为含糊。",
    ),
    "A4": Text(
        "Counts nest: a part is no more than its whole, sectors together no more than the park, months no more than the longer span. "
        "If not, a contradiction; ambiguous where the parts may overlap or count something wider.",
        "数量包含关系：部分不大于整体，各产业之和不大于全园区，各月份之和不大于较长时段；否则为矛盾，"
        "各部分可能重叠或范围较宽的为含糊。",
    ),
    "A5": Text(
        "Level and growth against target: level with growth and target with target growth imply one base, the level taken as a full "
        "year. If not, implausible.",
        "绝对数、增速与目标：折合全年的绝对数及其增速，与目标及目标增速推算出同一基数；否则为存疑。",
    ),
    "A6": Text(
        "Year to date and full year: what is left of a full-year forecast fits the share of the year, and its growth lies within "
        "20 points of the printed rates. If not, implausible; the growth ambiguous if the number of firms changes.",
        "累计与全年：全年预计数的剩余部分与年内占比相符，其增速与公布的增速相差不超过20个百分点；"
        "否则为存疑，企业数有变化时增速一项为含糊。",
    ),
    "A7": Text(
        "Output and value-added growth: value added over output, now and in the base that the printed rates and the price change "
        "imply, differs by no more than 5 points. If not, implausible.",
        "产值与增加值增速：当期增加值率与由公布的增速和价格变动推算的基期增加值率相差不超过5个百分点；否则为存疑。",
    ),
    "A8": Text(
        "Sales and output: sales over output lies in 0.90–1.05 (nation, December 2021: 0.98; National Bureau of Statistics). "
        "If not, implausible; ambiguous if the term is not sales value of output.",
        "销售与产值：销售收入与产值之比在0.90–1.05之间（2021年12月全国为0.98；国家统计局）；否则为存疑，原文用语不是销售产值的为含糊。",
    ),
    "A9": Text(
        "Same digits, other unit: two figures of one text share three or more significant digits but not the unit. "
        "Ambiguous; they are never merged.",
        "数字相同、单位不同：同一材料中两个数据的三位以上有效数字相同而单位不同，为含糊，两者不合并。",
    ),
    "A10": Text(
        "Areas nest: area in force, expanded area, control plan and concept plan do not shrink in this order, and former plus added "
        "area is the new one. If not, a contradiction.",
        "面积包含关系：现行范围、扩区后、控规范围、概念性总体规划面积依次不减，原面积与新增面积之和等于扩区后面积；否则为矛盾。",
    ),
    "A11": Text(
        "Percentage of a plan: what is done over its percentage is the plan. If the text prints another plan, a contradiction; "
        "if it prints none, ambiguous, and the plan stays implied.",
        "计划完成比例：完成数除以完成比例等于计划数；与原文所载计划数不符的为矛盾，原文未载计划数的为含糊，仅列推算的计划数。",
    ),
    "A12": Text(
        "Share equal to another ratio: a printed share is also the ratio of two other printed sums of money whose labels differ. "
        "Ambiguous.",
        "占比等于另一比值：原文占比恰等于另外两个名称不同的金额之比，为含糊。",
    ),
    "A13": Text(
        "Rates of parts and total: what is left of a total without its sectors has a positive base and grew between −50 and +100 %. "
        "If not, implausible.",
        "分项与总体增速：总体扣除所列产业后的剩余部分基数为正，增速在−50%至+100%之间；否则为存疑。",
    ),
    "A14": Text(
        "Wording and status: an outturn whose period ends after the date of its text, or that the text calls not final; "
        "a forecast of a period that was over. Ambiguous.",
        "表述与状态：实绩所涉时段在成文之后才结束，或原文称其尚未最终确定；预计数所涉时段在成文时已结束。均为含糊。",
    ),
    "section 1": Text(
        "A printed figure stands for an interval: half a unit of its last digit either way, 5 % for “about”, one open end for a bound; "
        "counts are exact. A computed value has the interval that the ends of its inputs allow.",
        "每个数据代表一个区间：末位数字上下各半个单位，“约”“左右”为上下5%，只给出界限的一端开放，个数为准确数。推算值的区间由各项输入的端点得出。",
    ),
    "section 5": Text(
        "Shares of the year: output 0.885–0.917 for January–November and 0.43–0.56 for January–June, tax 0.77–0.95 for "
        "January–November; from national revenue, national tax and the texts' own figures. Nothing else is scaled to a year.",
        "年内占比：产值1—11月为0.885–0.917、1—6月为0.43–0.56，税收1—11月为0.77–0.95，"
        "依据全国企业收入、全国税收及材料自身数据确定；其他数据不折合全年。",
    ),
    "section 10": Text(
        "The audit tests relations between the printed figures of one text (A1 to A14). A relation holds, or is a contradiction, "
        "implausible or ambiguous; a finding may mark a figure and never repairs it.",
        "内部一致性核查检验同一材料中各数据之间的关系（A1至A14），结果为相符、矛盾、存疑或含糊；核查只加标记，不修改数据。",
    ),
    "section 11": Text(
        "The decision rule (R1 to R9) takes a statement through every admissible choice and gives one verdict: holds, reversed, "
        "depends, not distinguishable or not comparable.",
        "判定规则（R1至R9）：命题在全部可用的设定下检验，得出成立、反向成立、取决于设定、无法区分或不可比之一。",
    ),
    "section 13": Text(
        "The statements were fixed before their results, each with its data, choices and margin; all are computed and shown "
        "in one order, whatever they give.",
        "各命题连同所用数据、设定和规定幅度均在得出结果之前确定，无论结果如何，一律计算并按固定次序列示。",
    ),
}

_CODE = re.compile(r"(?<![A-Za-z0-9_#])(?<!\d-)[GTLQRA]\d{1,2}(?![A-Za-z0-9_]|\.\d|[ -](?:19|20)\d\d)")  # not Q1 2023
_ENGLISH = re.compile(r"\b[Ss]ections? (\d+(?:(?:, | and |, and | to )\d+)*)")
_CHINESE = re.compile(r"第 ?(\d+(?:(?:、|和|及|至)\d+)*) ?节")


def code_name(code: str, lang: str) -> str:
    """The code of a rule as a reader sees it: `G5`; `section 5`, in Chinese `第5节`."""
    number = code.removeprefix("section ")
    return f"第{number}节" if lang == "zh" and number != code else code


def cited(text: str) -> list[str]:
    """The codes of `RULES` that a text in either language cites as whole words, in the order of `RULES`."""
    found = set(_CODE.findall(text))
    for numbers in (*_ENGLISH.findall(text), *_CHINESE.findall(text)):
        found |= {f"section {number}" for number in re.findall(r"\d+", numbers)}
    return [code for code in RULES if code in found]


def _computed(en: str, zh: str) -> Text:
    """A formula whose interval has the corners of its inputs."""
    return Text(f"{en}; the interval has the corners of its inputs' intervals", f"{zh}；区间由各项输入的区间端点得出")


_AS_PRINTED = Text(
    "printed; not computed; the interval of the printed figure", "原文所载，不作计算；区间为原文数字所代表的区间"
)
_DEFLATED = Text(
    "printed; not computed; at constant prices (1 + rate) ÷ (1 + change of producer prices) − 1, from the corners of both",
    "原文所载，不作计算；不变价增速＝（1+增速）÷（1+PPI涨跌幅）−1，区间由两者的端点得出",
)
_REFERENCE = Text(
    "published; not computed; of the same months, else of the nearest spans; the interval is the rounding",
    "公布数，不作计算；取相同月份，否则取最近的时段；区间为四舍五入区间",
)
_SCALED = Text(
    "printed; as a full year: the source's own full-year figure, else level ÷ share of the year, from the ends of both",
    "原文所载；折合全年时取材料自身的全年数，否则为绝对数÷年内占比，区间由两者的端点得出",
)
_INVESTMENT = _computed("investment of the period ÷ area of the rung in mu", "当期投资÷该口径面积（亩）")

_FAMILIES: dict[str, Text] = {  # by the end of a name; the first that fits
    "_growth_target": Text(
        "printed; not computed; a target and no outturn, an exact number where it is compared with",
        "原文所载，不作计算；属目标而非实绩，用于对照时按准确数处理",
    ),
    "_growth": _AS_PRINTED,
    "_implied_base": _computed("level ÷ (1 + printed growth rate), for checks", "绝对数÷（1+公布的增速），仅供核查"),
    "_level_change": _computed(
        "(level ÷ level of the same months a year earlier − 1) × 100", "（绝对数÷上年同月份绝对数−1）×100"
    ),
    "_level": Text(
        "printed; as a full year only where the source prints one; the interval of the printed figure",
        "原文所载；仅在原文列示全年数时有全年数；区间为原文数字所代表的区间",
    ),
    "_investment_per_area": _INVESTMENT,
}

_OWN: dict[str, Text] = {
    "gross_industrial_output_growth": _DEFLATED,
    "operating_revenue_growth": _DEFLATED,
    "tech_industry_trade_revenue_growth": _DEFLATED,
    "industrial_value_added_growth": Text(
        "printed, at comparable prices; not computed and never deflated; the interval of the printed figure",
        "原文所载，按可比价，不作计算，不再缩减；区间为原文数字所代表的区间",
    ),
    "gross_industrial_output_level": _SCALED,
    "tax_revenue_level": _SCALED,
    "reference_revenue_growth": _REFERENCE,
    "reference_value_added_growth": _REFERENCE,
    "target_attainment": Text(
        "level ÷ target of its year × 100; the target is exact, so that the interval is that of the level",
        "上报数÷当年目标×100；目标按准确数处理，区间来自上报数",
    ),
    "year_share": Text(
        "share of the year of the same months × 100: an interval of the method, not computed from the text",
        "相应月份的年内占比×100，为方法规定的区间，不由原文计算",
    ),
    "target_gap": Text(
        "share − its target, in points; the target is exact, so that the interval is that of the share",
        "占比−其目标，单位为百分点；目标按准确数处理，区间来自占比",
    ),
    "target_over_outturn": Text(
        "(target of the next year ÷ level − 1) × 100; the target is exact, so that the interval is that of the level",
        "（下年目标÷上报数−1）×100；目标按准确数处理，区间来自上报数",
    ),
    "implied_plan": _computed("what is done ÷ its printed percentage of the plan", "完成数÷所载计划完成比例"),
    "output_per_firm": Text(
        "output ÷ number of above-scale firms of the same set and date; the number is exact, so that the interval is that of output",
        "产值÷同一范围、同一时点的规模以上工业企业数；企业数为准确数，区间来自产值",
    ),
    "tax_per_output": _computed(
        "tax ÷ output of the same months × 100; as a full year × share of output ÷ share of tax",
        "同期税收÷同期产值×100；折合全年时再乘以产值年内占比÷税收年内占比",
    ),
    "tax_per_tit_revenue": _computed(
        "tax ÷ revenue from technology, industry and trade of the same months × 100; as a full year with the share borrowed from output",
        "同期税收÷同期技工贸总收入×100；折合全年时借用产值的年内占比",
    ),
    "tax_per_value_added": _computed("tax ÷ value added of the same months × 100", "同期税收÷同期工业增加值×100"),
    "tax_buoyancy": _computed("tax growth ÷ output growth, both as printed", "税收增速÷产值增速，均为公布的增速"),
    "taxpayer_concentration": _computed(
        "tax of the named taxpayers ÷ the tax it is a part of × 100, × their number if read as of each; an open figure at its bound",
        "点名的纳税企业税收÷其所属税收×100，按“各自”理解时再乘以企业数；只给出界限的数字按边界取值",
    ),
    "tax_per_area": _computed(
        "tax ÷ area of the rung in mu (1 km² = 1,500 mu); as a full year with the full-year tax",
        "税收÷该口径面积（亩，1平方公里＝1500亩）；折合全年时用全年税收",
    ),
    "output_per_area": _computed(
        "output ÷ area of the rung in km²; as a full year with the full-year output",
        "产值÷该口径面积（平方公里）；折合全年时用全年产值",
    ),
}

FORMULAS: dict[str, Text] = {
    name: _OWN.get(name) or next(formula for end, formula in _FAMILIES.items() if name.endswith(end))
    for name in MEASURES
    if name in _OWN or name.endswith(tuple(_FAMILIES))
}
