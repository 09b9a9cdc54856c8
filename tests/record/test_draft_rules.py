"""How the draft reads kinds of sentences: each a paragraph of one invented text, with the rows that a careful coder makes of it."""

import csv

import pytest

from parkstudy.record.draft import draft

YEAR, ELEVEN, AHEAD = ("2021-01-01", "2021-12-31"), ("2021-01-01", "2021-11-30"), ("2022-01-01", "2022-12-31")
TEN, HALF = ("2021-01-01", "2021-10-31"), ("2021-01-01", "2021-06-30")
NONE, END = ("", ""), ("", "2021-12-31")
CASES = {
    # a goal is no name, and the park that a clause names did what it tells
    "2021年,主攻装备制造产业,园区完成产值120.61亿元;围绕新材料产业,完成产值61.61亿元;装备制造产业,园区企业完成产值41.61亿元。": {
        "120.61亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
        "61.61亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
        "41.61亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
    },
    # an aim that is named behind its figures, and what holds on a condition, are no results
    "2021年,园区没有实现产值150.51亿元的目标。若实现税收5.51亿元,将吸纳就业251人。": {
        "150.51亿元": ("gross_industrial_output", "level", "plan", "park", *NONE),
        "5.51亿元": "on a condition, no result",
        "251人": "on a condition, no result",
    },
    "园区提出2025年产值500.52亿元、税收15.52亿元的目标,2021年完成产值120.52亿元的103.52%。": {
        "500.52亿元": ("gross_industrial_output", "level", "plan", "park", "2025-01-01", "2025-12-31"),
        "15.52亿元": ("tax_revenue", "level", "plan", "park", "2025-01-01", "2025-12-31"),
    },
    # a task and the share of it; the growth behind them is of the quantity
    "2021年,园区完成工业总产值101.1亿元,占年度任务98.5亿元的102.6%,同比增长8.1%。": {
        "101.1亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
        "98.5亿元": ("gross_industrial_output", "level", "target", "park", *YEAR),
        "102.6%": ("gross_industrial_output", "share", "outturn", "park", *YEAR),
        "8.1%": ("gross_industrial_output", "yoy", "outturn", "park", *YEAR),
    },
    # a plan is no target; a base and a change are no level, and no rate is of them
    "2021年,园区完成税收3.02亿元,占年计划2.9亿元的104.1%,较去年同期的2.71亿元净增3100万元,增长11.4%。": {
        "3.02亿元": ("tax_revenue", "level", "outturn", "park", *YEAR),
        "2.9亿元": ("tax_revenue", "level", "plan", "park", *YEAR),
        "2.71亿元": "what it is compared with",
        "3100万元": "a change, no level",
        "11.4%": ("tax_revenue", "yoy", "outturn", "park", *YEAR),
    },
    # what a year is expected to bring is a forecast; what a project is to bring, and all behind it, is no result
    "1-11月,园区实现主营业务收入51.2亿元。预计全年可实现主营业务收入56.3亿元。": {
        "51.2亿元": ("operating_revenue", "level", "outturn", "park", *ELEVEN),
        "56.3亿元": ("operating_revenue", "level", "forecast", "park", *YEAR),
    },
    "云岭制药项目总投资6.1亿元,投产后年产值可达12.2亿元,年税收7700万元。": {
        "6.1亿元": ("project_investment", "level", "plan", "project", *NONE),
        "12.2亿元": "what a project is to bring, no result",
        "7700万元": "what a project is to bring, no result",
    },
    # 全年 rules what follows in its paragraph, though most of the text is told for eleven months
    "全年引进项目33个。新开工项目19个,竣工投产项目12个。": {
        "33个": ("projects_signed", "level", "outturn", "park", *YEAR),
        "19个": ("projects_started", "level", "outturn", "park", *YEAR),
        "12个": ("projects_completed", "level", "outturn", "park", *YEAR),
    },
    # what something rose to; the year of what it rose from is not that of what it is
    "2021年,规上企业由2015年的38家增加到67家,新增高新技术企业16家,总数达98家。": {
        "38家": ("above_scale_enterprises", "level", "outturn", "park", "", "2015-12-31"),
        "67家": ("above_scale_enterprises", "level", "outturn", "park", *END),
        "98家": "no_indicator:高新技术企业",
    },
    "2021年末,建成区面积由年初的6.2平方公里扩大到7.5平方公里。": {
        "6.2平方公里": ("built_area", "level", "outturn", "park", "", "2020-12-31"),
        "7.5平方公里": ("built_area", "level", "outturn", "park", *END),
    },
    # a five-year plan is a span of its own; an average of years is no growth on the year before
    "“十三五”期间,园区累计完成固定资产投资118亿元,工业总产值年均增长11.2%。": {
        "118亿元": ("fixed_asset_investment", "level", "outturn", "park", "2016-01-01", "2020-12-31"),
        "11.2%": "an average of several years",
    },
    # the part of the park that leads an item of a list has all figures of the item; 加工业 is no industry as such
    "2021年,签约项目21个,协议总投资43.5亿元,其中:城东工业园9个,投资22亿元;白石工业园7个,投资13.6亿元。": {
        "43.5亿元": ("contracted_investment", "level", "plan", "park", *YEAR),
        "22亿元": ("contracted_investment", "level", "plan", "zone", *YEAR),
        "13.6亿元": ("contracted_investment", "level", "plan", "zone", *YEAR),
    },
    "分片区看:2021年,城东工业园完成工业总产值51.3亿元,税收1.64亿元,规模以上企业32家。": {
        "51.3亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "1.64亿元": ("tax_revenue", "level", "outturn", "zone", *YEAR),
        "32家": ("above_scale_enterprises", "level", "outturn", "zone", *END),
    },
    "分行业看,2021年食品加工业实现产值38.2亿元,增长11.3%。": {
        "38.2亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "11.3%": ("gross_industrial_output", "yoy", "outturn", "sector", *YEAR),
    },
    # a target that a rate of it is passed by at once; money of the budget, stocks and wants of land, firms that suffered
    "2021年,税收力争增长13%以上,突破3.29亿元。": {
        "13%以上": ("tax_revenue", "yoy", "target", "park", *YEAR),
        "突破3.29亿元": ("tax_revenue", "level", "target", "park", *YEAR),
    },
    "2021年,争取中央预算内资金5230万元,完成土地平整867亩,工业用地面积6570亩,工业用地缺口约930亩。": {
        "5230万元": "no_indicator:中央预算内资金",
        "867亩": ("land_levelled", "level", "outturn", "park", *YEAR),
        "6570亩": "no_indicator:工业用地面积",
        "约930亩": "no_indicator:工业用地缺口",
    },
    "2021年,有11家规模企业产值同比下降。建成标准厂房17.3万平方米,入驻企业22家,在建标准厂房15.7万平方米。在建重点项目41个。": {
        "11家": "no_indicator:规模企业产值同比下降",
        "22家": "no_indicator:厂房入驻企业",
        "15.7万平方米": ("standard_factory_area", "level", "plan", "park", *NONE),
        "41个": "no_indicator:在建重点项目",
    },
    # a burden that is made less is no sign
    "2021年,为企业减负3260万元以上,利润为负3170万元。": {
        "3260万元以上": "no_indicator:为企业减负",
        "负3170万元": "no_indicator:利润",
    },
    "2021年,高新技术产业产值占园区总产值比重达到64.9%。": {
        "64.9%": ("high_tech_share", "share", "outturn", "park", *YEAR),
    },
    # what stands behind several classes is of all that was counted
    "2021年,新引进项目26个,其中亿元以上项目13个,10亿元以上项目2个,总投资58.7亿元。": {
        "58.7亿元": ("contracted_investment", "level", "plan", "park", *YEAR),
    },
    # a class of projects is a batch, and so is what is invested in it
    "全年签约亿元以上项目27个,总投资156亿元,其中50亿元以上项目2个。": {
        "27个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "156亿元": ("contracted_investment", "level", "plan", "group", *YEAR),
        "2个": ("projects_signed", "level", "outturn", "group", *YEAR),
    },
    "2021年实施重点项目46个,完成投资38.7亿元,占年度计划的112%。": {
        "38.7亿元": ("project_investment", "level", "outturn", "group", *YEAR),
        "112%": ("project_investment", "share", "outturn", "group", *YEAR),
    },
    # a sentence goes on about the part that it began with
    "2021年,城东片区完成产值72.3亿元,税收2.3亿元;纺织行业实现产值31.2亿元,同比增长6.4%。": {
        "72.3亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "2.3亿元": ("tax_revenue", "level", "outturn", "zone", *YEAR),
        "31.2亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "6.4%": ("gross_industrial_output", "yoy", "outturn", "sector", *YEAR),
    },
    # names in one clause, their levels, then their rates
    "2021年,规上工业总产值、工业投资分别为426.8亿元、75.6亿元,同比分别增长8.6%和7.9%。": {
        "8.6%": ("gross_industrial_output", "yoy", "outturn", "park", *YEAR),
        "7.9%": ("industrial_investment", "yoy", "outturn", "park", *YEAR),
    },
    "2021年,利用内资15.5亿元、外资4101万美元,同比增长18%、17.17%。": {
        "18%": "one of several rates, and nothing says of which quantity it is",
        "17.17%": ("fdi", "yoy", "outturn", "park", *YEAR),
    },
    "2021年,引进市外资金60.6亿元,外资企业26家,新批外资项目11个,注册资金19922万美元。": {
        "60.6亿元": "no_indicator:市外资金",
        "26家": "no_indicator:外资企业",
        "19922万美元": "no_indicator:注册资金",
    },
    # months in words, the first of them as 元月
    "元至六月,园区完成进出口额3.61亿元。": {
        "3.61亿元": ("exports_imports", "level", "outturn", "park", "2021-01-01", "2021-06-30"),
    },
    # a founding dates no area; a plan for the next year rules its sentence
    "园区2012年经省政府批准为省级园区,核准面积3.86平方公里。": {
        "3.86平方公里": ("approved_area", "level", "outturn", "park", *END),
    },
    "明年计划新引进项目15个,实现产值61.5亿元。": {
        "15个": ("projects_signed", "level", "plan", "park", *AHEAD),
        "61.5亿元": ("gross_industrial_output", "level", "plan", "park", *AHEAD),
    },
    "2022年主要预期目标是:主营业务收入210亿元,增长13%;新增规上企业13家。": {
        "210亿元": ("operating_revenue", "level", "target", "park", *AHEAD),
        "13%": ("operating_revenue", "yoy", "target", "park", *AHEAD),
        "13家": ("new_above_scale_enterprises", "level", "target", "park", *AHEAD),
    },
    # what a bracket says of another year ends with it, and a part of the year with its clause
    "2021年,园区实现技工贸总收入251.9亿元(2020年为222.3亿元),增长13.3%;研发经费支出增速9.6%。": {
        "222.3亿元": ("tech_industry_trade_revenue", "level", "outturn", "park", "2020-01-01", "2020-12-31"),
        "13.3%": ("tech_industry_trade_revenue", "yoy", "outturn", "park", *YEAR),
    },
    "2021年,园区工业总产值增长7.4%,其中四季度增长12.7%;实现工业增加值156.2亿元,环比增长3.2%。": {
        "12.7%": ("gross_industrial_output", "yoy", "outturn", "park", "2021-10-01", "2021-12-31"),
        "156.2亿元": ("industrial_value_added", "level", "outturn", "park", *YEAR),
        "3.2%": "growth on another base than the year before",
    },
    "2021年,青滩县规上工业增加值增长7.8%。": {"7.8%": ("industrial_value_added", "yoy", "outturn", "county", *YEAR)},
    # what an assessment wanted and what was done
    "规模工业总产值:年度目标180亿元,实际完成192.6亿元,完成率107%。": {
        "180亿元": ("gross_industrial_output", "level", "target", "park", *YEAR),
        "192.6亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
        "107%": ("gross_industrial_output", "share", "outturn", "park", *YEAR),
    },
    "新增规模企业:年度目标8家,实际完成9家。": {
        "8家": ("new_above_scale_enterprises", "level", "target", "park", *YEAR),
        "9家": ("new_above_scale_enterprises", "level", "outturn", "park", *YEAR),
    },
    "2021年引进工业项目20个,其中亿元以上6个,5000万元以上14个,新增产值35亿元。": {
        "6个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "5000万元以上": "a threshold that only names a class",
        "14个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "35亿元": "a change, no level",
    },
    # the money of a class by size is no level, be it a bound, a range or exact; the count is of the class
    "2021年新入园项目47个,计划总投资18.9亿元,其中投资1亿元以上的7个,投资5000万元至1亿元的6个,投资5000万元的2个,5000万元以下4个。": {
        "47个": ("projects_signed", "level", "outturn", "park", *YEAR),
        "18.9亿元": ("contracted_investment", "level", "plan", "park", *YEAR),
        "1亿元以上": "a threshold that only names a class",
        "7个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "5000万元至1亿元": "a threshold that only names a class",
        "6个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "5000万元": "a threshold that only names a class",
        "2个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "5000万元以下": "a threshold that only names a class",
        "4个": ("projects_signed", "level", "outturn", "group", *YEAR),
    },
    "2021年规上工业企业54户,其中产值10亿元以上的5户;税收超千万元企业8家。": {
        "54户": ("above_scale_enterprises", "level", "outturn", "park", *END),
        "10亿元以上": "a threshold that only names a class",
        "5户": ("above_scale_enterprises", "level", "outturn", "group", *END),
        "超千万元": "a threshold that only names a class",
        "8家": ("enterprises", "level", "outturn", "group", *END),
    },
    # what 其中 singles out goes on behind a `;`; a class of projects is that of the next count, too
    "2021年新签约项目64个,签约资金89亿元,其中白石深加工项目42个,签约资金34.5亿元;电子信息项目12个,签约资金33.2亿元。": {
        "64个": ("projects_signed", "level", "outturn", "park", *YEAR),
        "42个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "34.5亿元": ("contracted_investment", "level", "plan", "group", *YEAR),
        "12个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "33.2亿元": ("contracted_investment", "level", "plan", "group", *YEAR),
    },
    "2021年新签约亿元以上项目39个,新开工62个,新增规上企业7户。": {
        "39个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "62个": ("projects_started", "level", "outturn", "group", *YEAR),
    },
    # a list of figures for the parts of the sentence before; a second list of the same clause has the term of its own words
    "2021年南坪片区完成产值26.14亿元;北坪片区完成产值15.82亿元。税收分别为0.73亿元、0.64亿元。": {
        "26.14亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "15.82亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "0.73亿元": ("tax_revenue", "level", "outturn", "zone", *YEAR),
        "0.64亿元": ("tax_revenue", "level", "outturn", "zone", *YEAR),
    },
    "2021年白酒、建材两个产业分别有规上企业26户和16户,分别实现产值14.9亿元、13.7亿元。": {
        "26户": ("above_scale_enterprises", "level", "outturn", "sector", *END),
        "16户": ("above_scale_enterprises", "level", "outturn", "sector", *END),
        "14.9亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "13.7亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
    },
    # of how many times it is, of the year that is named; what the rest of a list has; what was done of a project this year
    "2021年园区完成工业总产值286500万元,是2010年35200万元的8.1倍。": {
        "286500万元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
        "35200万元": ("gross_industrial_output", "level", "outturn", "park", "2010-01-01", "2010-12-31"),
    },
    "2021年陶瓷产业产值27.8亿元,增长7.9%;其余产业19.45亿元。": {
        "27.8亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "19.45亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
    },
    "青石管材项目总投资5.4亿元,当年完成3.15亿元。": {
        "5.4亿元": ("project_investment", "level", "plan", "project", *NONE),
        "3.15亿元": ("project_investment", "level", "outturn", "project", *YEAR),
    },
    "2021年园区规上工业企业净增11家、总数83家。": {
        "11家": "a change, no level",
        "83家": ("above_scale_enterprises", "level", "outturn", "park", *END),
    },
    # what a number of plots or people only looks like: a size, a change that is listed on, people who are brought
    "2021年连片130亩以上的可供地块较少,投产项目53个,比去年同期分别多3个和8个,包机接回员工1350人。": {
        "130亩以上": "a threshold that only names a class",
        "53个": ("projects_completed", "level", "outturn", "park", *YEAR),
        "3个": "a change, no level",
        "8个": "a change, no level",
        "1350人": "no_indicator:接回员工",
    },
    # the total of what was signed is of all projects, whatever stands behind it; a count of projects is of no project
    "2021年园区签订招商引资项目57个,总投资61.5亿元。其中:投资25亿元的白石制品项目、投资13亿元的青果加工项目已签约。": {
        "57个": ("projects_signed", "level", "outturn", "park", *YEAR),
        "61.5亿元": ("contracted_investment", "level", "plan", "park", *YEAR),
    },
    "2.强推项目建设。2022年力争新开工项目58个,投产项目45个。": {
        "58个": ("projects_started", "level", "target", "park", *AHEAD),
        "45个": ("projects_completed", "level", "target", "park", *AHEAD),
    },
    "到2025年,园区工业产值将达到100亿元。": {
        "100亿元": ("gross_industrial_output", "level", "plan", "park", "2025-01-01", "2025-12-31"),
    },
    # a bound that a figure then makes exact, and a mark that is passed; the first months, counted
    "2021年,园区营业收入突破500亿元,达512.6亿元,首次突破510亿元,同比增长23.8%。": {
        "512.6亿元": ("operating_revenue", "level", "outturn", "park", *YEAR),
        "23.8%": ("operating_revenue", "yoy", "outturn", "park", *YEAR),
    },
    "今年前9个月,园区完成基础设施投资9.87亿元。": {
        "9.87亿元": ("infrastructure_investment", "level", "outturn", "park", "2021-01-01", "2021-09-30"),
    },
    "预计至12月底,园区可实现销售收入88.6亿元;可完成工业投资19.6亿元。": {
        "88.6亿元": ("operating_revenue", "level", "forecast", "park", *YEAR),
        "19.6亿元": ("industrial_investment", "level", "forecast", "park", *YEAR),
    },
    # one wide word rules a list up to its full stop; the whole year goes on with the flow before it
    "2022年,力争实现工业总产值95亿元,增长10%;税收突破3.6亿元;完成固定资产投资42亿元;新引进项目20个。": {
        "突破3.6亿元": ("tax_revenue", "level", "target", "park", *AHEAD),
        "42亿元": ("fixed_asset_investment", "level", "target", "park", *AHEAD),
        "20个": ("projects_signed", "level", "target", "park", *AHEAD),
    },
    "1-11月,园区完成工业总产值41.25亿元,完成任务的88.7%,增长6.3个百分点;预计全年可完成46.8亿元,比上年增长7.1%。": {
        "46.8亿元": ("gross_industrial_output", "level", "forecast", "park", *YEAR),
        "7.1%": ("gross_industrial_output", "yoy", "forecast", "park", *YEAR),
    },
    # 签约 is no 约; figures listed for owners, and their rates
    "2021年,园区洽谈项目31个,签约11个。": {"11个": ("projects_signed", "level", "outturn", "park", *YEAR)},
    "2021年,食品、纺织、建材三大产业分别实现产值15.6亿元、12.3亿元和8.9亿元,分别增长8.2%、4.6%、-1.3%。": {
        "12.3亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "-1.3%": ("gross_industrial_output", "yoy", "outturn", "sector", *YEAR),
    },
    "2021年,食品、纺织、建材三大产业产值分别增长9.2%、5.6%、2.3%。": {
        "9.2%": ("gross_industrial_output", "yoy", "outturn", "sector", *YEAR),
        "2.3%": ("gross_industrial_output", "yoy", "outturn", "sector", *YEAR),
    },
    "2021年,全县和园区分别完成税收10.5亿元和6.3亿元。": {
        "10.5亿元": ("tax_revenue", "level", "outturn", "county", *YEAR),
        "6.3亿元": ("tax_revenue", "level", "outturn", "park", *YEAR),
    },
    # what 其中 singles out is a part, be it named by its kind or its name alone
    "2021年,新签约项目18个,其中工业项目12个,签约资金4.2亿元。": {
        "12个": ("projects_signed", "level", "outturn", "group", *YEAR),
        "4.2亿元": ("contracted_investment", "level", "plan", "group", *YEAR),
    },
    "2021年,园区签约资金25.8亿元,已到位3亿元。": {
        "25.8亿元": ("contracted_investment", "level", "plan", "park", *YEAR),
        "3亿元": "no_indicator:已到位",
    },
    "1-11月,海川医药项目计划总投资4.6亿元,今年计划投资2亿元,上半年完成1.1亿元。": {
        "1.1亿元": ("project_investment", "level", "outturn", "project", "2021-01-01", "2021-06-30"),
    },
    # what is only applied for; a share of what has an indicator; a year before by its number, and an earlier one
    "报批土地650亩。": {"650亩": "no_indicator:报批土地"},
    "2021年,园区完成税收3.26亿元,其中工业税收2.18亿元,占园区税收的66.9%。": {
        "66.9%": ("tax_revenue", "share", "outturn", "park", *YEAR),
    },
    "2021年,园区完成固定资产投资15.7亿元,比2020年的13.9亿元增长12.9%,比2019年增长20.3%。": {
        "12.9%": ("fixed_asset_investment", "yoy", "outturn", "park", *YEAR),
        "20.3%": "growth on another base than the year before",
    },
    "2021年,新增规模以上企业6家,总数达43家。": {"43家": ("above_scale_enterprises", "level", "outturn", "park", *END)},
    "2021年,恒源、瑞达分别完成税收1230、860万元。": {
        "1230": "its unit stands behind another figure",
        "860万元": ("tax_revenue", "level", "outturn", "firm", *YEAR),
    },
    "3、2021年平整土地801亩。": {"801亩": ("land_levelled", "level", "outturn", "park", *YEAR)},
    "2021年出让土地812亩,同比增长3%": {"812亩": ("land_supplied", "level", "outturn", "park", *YEAR)},
    # what is planned for a year is dated, the total of a project is not
    "云溪制药项目计划总投资4.7亿元,今年计划投资2.6亿元,已完成投资2.3亿元。": {
        "4.7亿元": ("project_investment", "level", "plan", "project", *NONE),
        "2.6亿元": ("project_investment", "level", "plan", "project", *YEAR),
    },
    "园区实施重点项目14个,总投资33.9亿元,年度计划投资12.3亿元,2022年计划投资21.4亿元。": {
        "33.9亿元": ("project_investment", "level", "plan", "group", *NONE),
        "12.3亿元": ("project_investment", "level", "plan", "group", *YEAR),
        "21.4亿元": ("project_investment", "level", "plan", "group", *AHEAD),
    },
    "2021年,园区年度计划完成固定资产投资30.5亿元,实际完成32.6亿元;今年计划新增规上企业9家。": {
        "30.5亿元": ("fixed_asset_investment", "level", "plan", "park", *YEAR),
        "32.6亿元": ("fixed_asset_investment", "level", "outturn", "park", *YEAR),
        "9家": ("new_above_scale_enterprises", "level", "plan", "park", *YEAR),
    },
    # a difference, be it of shares, is no level; what is counted for each mu is no total, and 10亿元级 names a class
    "与全市平均水平相比,园区工业总产值低4.6亿元,税收比上年少0.3亿元,主导产业占比高4.7%。": {
        "4.6亿元": "a change, no level",
        "0.3亿元": "a change, no level",
        "4.7%": "a change, no level",
    },
    "2021年,园区每亩税收由5.2万元提高到7.3万元,增长40.4%;亩均实现产值412万元。": {
        "7.3万元": "no_indicator:园区每亩税收",
        "40.4%": "no_indicator:园区每亩税收",
        "412万元": "no_indicator:亩均实现产值",
    },
    # what is expected of a year rules no result of another sentence; the same period is that of the year named
    "1-10月,完成工业总产值32.7亿元,预计全年完成工业总产值39.5亿元。园区税收1.46亿元,增长9.3%。2020年同期固定资产投资18.5亿元。": {
        "39.5亿元": ("gross_industrial_output", "level", "forecast", "park", *YEAR),
        "1.46亿元": ("tax_revenue", "level", "outturn", "park", *TEN),
        "9.3%": ("tax_revenue", "yoy", "outturn", "park", *TEN),
        "18.5亿元": ("fixed_asset_investment", "level", "outturn", "park", "2020-01-01", "2020-10-31"),
    },
    "上半年,园区实现进出口3800万美元,去年同期进出口3200万美元,同比增长18.8%,预计全年进出口7900万美元;税收0.46亿元(上年同期为0.42亿元)。": {
        "3800万美元": ("exports_imports", "level", "outturn", "park", *HALF),
        "3200万美元": ("exports_imports", "level", "outturn", "park", "2020-01-01", "2020-06-30"),
        "18.8%": ("exports_imports", "yoy", "outturn", "park", *HALF),
        "0.46亿元": ("tax_revenue", "level", "outturn", "park", *HALF),
        "0.42亿元": ("tax_revenue", "level", "outturn", "park", "2020-01-01", "2020-06-30"),
    },
    "签约项目中,30亿元级项目3个。": {"30亿元": "a threshold that only names a class"},
    # kinds of investment behind 其中; a sum that is striven for; firms new and in all; contracts by their usual words
    "2021年,固定资产投资完成90亿元,其中基础设施8.4亿元、工业66亿元。": {
        "8.4亿元": ("infrastructure_investment", "level", "outturn", "park", *YEAR),
        "66亿元": ("industrial_investment", "level", "outturn", "park", *YEAR),
    },
    "2022年主要预期目标:税收收入增长7%,力争突破7.1亿元;新签约项目31个。": {
        "突破7.1亿元": ("tax_revenue", "level", "target", "park", *AHEAD),
        "31个": ("projects_signed", "level", "target", "park", *AHEAD),
    },
    "目前有规上工业企业113户,全年新增17户。全年共引进项目28个,合同引资87.5亿元。": {
        "17户": ("new_above_scale_enterprises", "level", "outturn", "park", *YEAR),
        "87.5亿元": ("contracted_investment", "level", "plan", "park", *YEAR),
    },
    # firms of a kind and what they make; a leading firm; people of a kind; what no indicator names
    "2021年,机械汽配企业31户,实现产值52.1亿元,占园区的48.6%;龙头企业华钧锂业产值21亿元。": {
        "31户": ("enterprises", "level", "outturn", "sector", *END),
        "52.1亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "48.6%": ("gross_industrial_output", "share", "outturn", "sector", *YEAR),
        "21亿元": ("gross_industrial_output", "level", "outturn", "firm", *YEAR),
    },
    "2021年,出口交货值6.8亿元,带动贫困劳动力就业312人,履约项目20个,万元工业增加值能耗下降4.6%。": {
        "6.8亿元": "no_indicator:出口交货值",
        "312人": ("employees", "level", "outturn", "group", *END),
        "20个": "no_indicator:履约项目",
        "下降4.6%": "no_indicator:万元工业增加值能耗",
    },
    # levels of a year that is named, with which others are compared; what is still being built; zones by short names
    "2021年,建成区面积由2010年的6.2平方公里扩大到13平方公里;主营业务收入203.8亿元,较2020年的184.2亿元增长10.6%。": {
        "6.2平方公里": ("built_area", "level", "outturn", "park", "", "2010-12-31"),
        "13平方公里": ("built_area", "level", "outturn", "park", *END),
        "184.2亿元": ("operating_revenue", "level", "outturn", "park", "2020-01-01", "2020-12-31"),
        "10.6%": ("operating_revenue", "yoy", "outturn", "park", *YEAR),
    },
    "2021年,建成标准厂房9.4万平方米,在建7万平方米;金沙园主营业务收入142.6亿元,增长12.3%。": {
        "7万平方米": ("standard_factory_area", "level", "plan", "park", *NONE),
        "142.6亿元": ("operating_revenue", "level", "outturn", "zone", *YEAR),
        "12.3%": ("operating_revenue", "yoy", "outturn", "zone", *YEAR),
    },
    # a project that leads its sentence, or is named behind its investment, and what it is of
    "2021年,塑料制品行业,实现销售收入11.7亿元,同比增长19.2%;上交税金2380万元;主导产业,实现税收1.2亿元。": {
        "11.7亿元": ("operating_revenue", "level", "outturn", "sector", *YEAR),
        "19.2%": ("operating_revenue", "yoy", "outturn", "sector", *YEAR),
        "2380万元": ("tax_revenue", "level", "outturn", "park", *YEAR),
        "1.2亿元": ("tax_revenue", "level", "outturn", "park", *YEAR),
    },
    "全年新签约项目13个,总投资21亿元。其中:投资5亿元的制品项目、投资3亿元的饮料项目已开工建设。": {
        "13个": ("projects_signed", "level", "outturn", "park", *YEAR),
        "5亿元": ("contracted_investment", "level", "plan", "project", *NONE),
        "3亿元": ("contracted_investment", "level", "plan", "project", *NONE),
    },
    "2021年,引进项目28个;总投资8.6亿元的水稻深加工项目一期竣工;新田电机项目于6月投产,全年实现产值1.8亿元。": {
        "8.6亿元": ("project_investment", "level", "plan", "project", *NONE),
        "1.8亿元": ("gross_industrial_output", "level", "outturn", "project", *YEAR),
    },
    # growth of what has another unit; value added of no industry; a list of sectors; a half-year that is only expected
    "2021年,园区实现税收3.3亿元,工业用电1.2亿千瓦时,同比增长2.05%;数字经济增加值8.3亿元。": {
        "2.05%": "a rate of a figure that is set aside",
        "8.3亿元": "no_indicator:数字经济增加值",
    },
    "2021年,纺织、食品、机械制造三大主导产业完成营业收入82.29亿元;137个市重点项目完成投资23.8亿元,11个省重点项目完成投资4.7亿元。": {
        "82.29亿元": ("operating_revenue", "level", "outturn", "sector", *YEAR),
        "4.7亿元": ("project_investment", "level", "outturn", "group", *YEAR),
    },
    "1-6月全区工业总产值预计完成50.3亿元。": {
        "50.3亿元": ("gross_industrial_output", "level", "forecast", "park", *HALF),
    },
    # growth that only describes firms; what a year is to bring behind a comma
    "2021年,呈增长势头企业占规上工业企业75.3%。": {
        "75.3%": "a share of another figure, which only a reader records: 规上工业企业",
    },
    "今年,经开区将实现新增签约项目10个,洽谈项目40个。": {
        "10个": ("projects_signed", "level", "plan", "park", *NONE),
        "40个": ("projects_in_negotiation", "level", "plan", "park", *NONE),
    },
    # a signing and what was signed; the name of a project behind its investment; + before growth
    "2021年5月16日,园区与7家企业签订投资协议,总投资3.1亿元。7个签约项目分别是:投资8000万元的兴科五金项目。": {
        "3.1亿元": ("contracted_investment", "level", "plan", "park", "2021-05-16", "2021-05-16"),
        "8000万元": ("contracted_investment", "level", "plan", "project", "2021-05-16", "2021-05-16"),
    },
    "2021年,规上工业总产值268.9亿元,+8.4%。": {
        "8.4%": ("gross_industrial_output", "yoy", "outturn", "park", *YEAR),
    },
    # thresholds of a statistic, spans of time, counts of those who act, of what was lost or not done, of people who were taught
    "2021年,500万元以上固定资产投资18.9亿元,增长9.5%;有5个项目签约后超过1年未开工,8家规上企业退库。": {
        "500万元以上": "a threshold that only names a class",
        "18.9亿元": ("fixed_asset_investment", "level", "outturn", "park", *YEAR),
        "5个": "no_indicator:项目签约后超过1年未开工",
        "1年": "a span of time",
        "8家": "no_indicator:规上企业退库",
    },
    "2021年,2个驻外分局引进项目8个,培训产业工人2500人,拆迁4个村庄326户。": {
        "2个": "no_indicator:驻外分局引进项目",
        "8个": ("projects_signed", "level", "outturn", "park", *YEAR),
        "2500人": "no_indicator:产业工人",
        "326户": ("relocated_households", "level", "outturn", "park", *YEAR),
    },
    "到2025年,园区力争工业总产值突破210亿元,税收达到6.4亿元。": {
        "6.4亿元": ("tax_revenue", "level", "target", "park", "2025-01-01", "2025-12-31"),
    },
    # terms: high-tech shares whose whole is named, investment in talks, land to be added
    "2021年,高新技术产业增加值占规模以上工业增加值的22.6%;在谈项目21个,意向投资额约85亿元;拟新增面积3.8平方公里。": {
        "22.6%": ("high_tech_share", "share", "outturn", "park", *YEAR),
        "约85亿元": ("negotiated_investment", "level", "plan", "park", *END),
        "3.8平方公里": ("expansion_area", "level", "plan", "park", *NONE),
    },
    # a run-in heading of targets and a word of a forecast before the first figure rule the whole list
    "(一)目标任务。完成工业总产值83亿元,增长13%;税收2.6亿元。": {
        "83亿元": ("gross_industrial_output", "level", "target", "park", *YEAR),
        "13%": ("gross_industrial_output", "yoy", "target", "park", *YEAR),
        "2.6亿元": ("tax_revenue", "level", "target", "park", *YEAR),
    },
    "2021年以来,园区预计全年实现营业收入163亿元,增长12%;工业总产值148亿元;税收4.85亿元。1-10月完成技改投资3.8亿元。": {
        "148亿元": ("gross_industrial_output", "level", "forecast", "park", *YEAR),
        "4.85亿元": ("tax_revenue", "level", "forecast", "park", *YEAR),
        "3.8亿元": ("technical_renovation_investment", "level", "outturn", "park", *TEN),
    },
    "1-10月,园区实现税收4.1亿元,预计全年5.2亿元;完成技改投资6.6亿元。": {
        "6.6亿元": ("technical_renovation_investment", "level", "outturn", "park", *TEN),
    },
    # lists by sector of what was counted before them, with what was signed for each
    "全年共引进项目23个,合同资金46亿元。按产业分,陶瓷建材类6个、9.2亿元,其他3个。": {
        "6个": ("projects_signed", "level", "outturn", "sector", *YEAR),
        "9.2亿元": ("contracted_investment", "level", "plan", "sector", *YEAR),
        "3个": ("projects_signed", "level", "outturn", "sector", *YEAR),
    },
    "全年签约项目36个。从产业看,汽车零部件项目15个,投资额63.2亿元;新材料项目12个,投资额51.4亿元。": {
        "15个": ("projects_signed", "level", "outturn", "sector", *YEAR),
        "12个": ("projects_signed", "level", "outturn", "sector", *YEAR),
        "51.4亿元": ("contracted_investment", "level", "plan", "sector", *YEAR),
    },
    # the words before a verb name somebody else than the park
    "2021年,园区完成税收3.31亿元;国有企业完成产值20.31亿元,纳税前十企业完成税收2.31亿元,规下企业完成产值5.31亿元。": {
        "3.31亿元": ("tax_revenue", "level", "outturn", "park", *YEAR),
        "20.31亿元": ("gross_industrial_output", "level", "outturn", "group", *YEAR),
        "2.31亿元": ("tax_revenue", "level", "outturn", "group", *YEAR),
        "5.31亿元": ("gross_industrial_output", "level", "outturn", "group", *YEAR),
    },
    "2021年,A区实现产值40.32亿元,老园区完成产值31.32亿元,园区托管的三合镇完成产值20.32亿元,税收0.32亿元。": {
        "40.32亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "31.32亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "20.32亿元": "of a part of the park that is not named as one",
        "0.32亿元": "of a part of the park that is not named as one",
    },
    "2021年,园区实现工业总产值120.33亿元。其中高新区完成产值40.33亿元,增长12.33%。": {
        "40.33亿元": ("gross_industrial_output", "level", "outturn", "zone", *YEAR),
        "12.33%": ("gross_industrial_output", "yoy", "outturn", "zone", *YEAR),
    },
    "2021年,青滩县全年完成产值560.34亿元。邻近的白水经济开发区实现产值300.34亿元,税收8.34亿元。": {
        "560.34亿元": ("gross_industrial_output", "level", "outturn", "county", *YEAR),
        "300.34亿元": "of another park: 邻近的白水经济开发区",
        "8.34亿元": "of another park: 邻近的白水经济开发区",
    },
    "2021年,第三产业实现税收0.55亿元,烟草实现税收1.15亿元。园区企业平均产值1.35亿元,每完成1亿元产值实现税收270.35万元。": {
        "0.55亿元": ("tax_revenue", "level", "outturn", "sector", *YEAR),
        "1.15亿元": "of a part of the park that is not named as one",
        "1.35亿元": "no_indicator:企业平均产值",
        "270.35万元": "no_indicator:每完成1亿元产值实现税收",
    },
    # a sector over a clause of why; zones that a sentence begins with, by the side they lie on, and as an extension
    "2021年,纺织服装产业受外需影响,实现产值25.3亿元,同比下降6.7%;征收东区土地620亩,完成西区1200亩土地征收工作。": {
        "25.3亿元": ("gross_industrial_output", "level", "outturn", "sector", *YEAR),
        "下降6.7%": ("gross_industrial_output", "yoy", "outturn", "sector", *YEAR),
        "1200亩": ("land_requisitioned", "level", "outturn", "zone", *YEAR),
    },
    "启动园区南扩工程,规划面积3.5平方公里。2021年末,城北片区新建厂房12栋,已建成7.5万平方米。": {
        "3.5平方公里": ("planned_area", "level", "plan", "zone", *NONE),
        "7.5万平方米": ("standard_factory_area", "level", "outturn", "zone", *END),
    },
    # what is counted in all, and what a part did, is of the time of the figure before; investment of projects of several stages
    "2021年,园区完成征地862亩;新增规上工业企业14家。城北片区征地240亩。": {
        "240亩": ("land_requisitioned", "level", "outturn", "zone", *YEAR),
    },
    "全年新开工项目17个,竣工投产项目12个,完成项目投资19.6亿元。": {
        "19.6亿元": ("project_investment", "level", "outturn", "park", *YEAR),
    },
    # growth on a year that is held against; a list of years; what there is of a plan of five years; a year to come
    "与2017年的65.41亿元相比,工业总产值增长84.41%。": {
        "65.41亿元": "what it is compared with",
        "84.41%": "growth on another base than the year before",
    },
    "2020年、2021年园区分别实现产值110.42亿元、120.42亿元。": {
        "110.42亿元": ("gross_industrial_output", "level", "outturn", "park", "2020-01-01", "2020-12-31"),
        "120.42亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
    },
    "“十四五”以来,园区累计完成工业投资30.43亿元。": {
        "30.43亿元": ("industrial_investment", "level", "outturn", "park", *YEAR),
    },
    "2022年,园区产值135.44亿元。": {"135.44亿元": ("gross_industrial_output", "level", "plan", "park", *AHEAD)},
    "2022年工作计划:产值136.45亿元。2021年产值为120.45亿元。": {
        "136.45亿元": ("gross_industrial_output", "level", "plan", "park", *AHEAD),
        "120.45亿元": ("gross_industrial_output", "level", "outturn", "park", *YEAR),
    },
    # what the park's vehicle raises, and no debt; what is put into infrastructure; land that is needed
    "2021年,园区平台公司全年融资3.4亿元,融资平台债务余额5.6亿元,协助企业融资1.2亿元。": {
        "3.4亿元": ("loans_raised", "level", "outturn", "park", *YEAR),
        "5.6亿元": "no_indicator:融资平台债务余额",
        "1.2亿元": "no_indicator:协助企业融资",
    },
    "2021年,投入2.7亿元实施基础设施提升工程;2022年项目用地需求约1200亩。": {
        "2.7亿元": ("infrastructure_investment", "level", "outturn", "park", *YEAR),
        "约1200亩": ("land_requested", "level", "plan", "park", *NONE),
    },
}
PARTS = {  # a part to its whole, and whether the parts make it up
    "完成征地680亩,其中南片区520亩、北片区160亩。": {"520亩": ("680亩", "complete"), "160亩": ("680亩", "complete")},
    "新签约项目19个,其中工业项目11个、农业项目3个。": {"11个": ("19个", "some"), "3个": ("19个", "some")},
    "完成工业投资44.4亿元,其中纺织产业工业投资11.1亿元。": {"11.1亿元": ("44.4亿元", "some")},
    "完成产值7.4亿元(2020年为6.9亿元),其中机械产业产值2.7亿元、化工产业产值2.2亿元。": {
        "2.7亿元": ("7.4亿元", "some"), "2.2亿元": ("7.4亿元", "some"),
    },
    "计划完成固定资产投资8.3亿元,其中已完成工业投资5.6亿元。": {"5.6亿元": ("", "")},
    "园区现有入园企业126家,其中规上企业68家。": {"68家": ("126家", "some")},
    "完成技改投资9.5亿元,其中:纺织产业技改投资3.2亿元,食品产业技改投资6.3亿元。": {
        "3.2亿元": ("9.5亿元", "complete"), "6.3亿元": ("9.5亿元", "complete"),
    },
    "实现销售收入8.8亿元。东山片区销售收入5.3亿元,西山片区销售收入3.5亿元。": {
        "5.3亿元": ("8.8亿元", "complete"), "3.5亿元": ("8.8亿元", "complete"),
    },
    "完成基础设施投资4.1亿元。东山片区基础设施投资1.3亿元,西山片区基础设施投资1.9亿元。": {"1.3亿元": ("", ""), "1.9亿元": ("", "")},
}  # fmt: skip
SURE, DOUBTED = ("120.33亿元",), ("41.36亿元", "8.36%", "42.36亿元", "43.36亿元")
DOERS = [
    "2021年,高新区实现工业总产值41.36亿元,增长8.36%。",
    "2021年,华远实现工业总产值42.36亿元。",
    "2021年,围绕新材料产业,完成工业总产值43.36亿元。",
]  # in a text of an industrial park
POPULATIONS = {
    "园区规模以上工业企业实现主营业务收入41.3亿元,上缴税金1.02亿元。": {"41.3亿元": "above_scale", "1.02亿元": "above_scale"},
    "2021年,规上企业完成产值35.2亿元、税收0.92亿元,园区税收3.1亿元。": {
        "35.2亿元": "above_scale", "0.92亿元": "above_scale", "3.1亿元": "park",
    },
    "2021年,园区现有规上企业58家,实现税收3.2亿元。": {"3.2亿元": "park"},
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, str]]:
    """Paragraph and figure to its line of the account and the cells of its row."""
    folder = tmp_path_factory.mktemp("rules")
    sentences = [*CASES, *PARTS, *POPULATIONS, *DOERS]
    text = "\n".join(["青滩县工业园区2021年工作总结", *sentences]) + "\n"
    file = folder / "qingtan-2021.txt"
    file.write_text(text, encoding="utf-8")
    draft([file], folder / "data")
    tables = []
    for name in ("observations", "draft"):
        with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            tables.append(list(csv.DictReader(table)))
    rows = {row["observation_id"]: row for row in tables[0]}
    begins = [text.index(sentence) for sentence in sentences]
    account = {}
    for one in tables[1]:
        if inside := [begin for begin in begins if begin <= int(one["start"])]:
            account[sentences[len(inside) - 1], one["figure"]] = one | rows.get(one["observation_id"], {})
    return account


def test_what_was_done_of_a_plan_has_its_own_term(found: dict[tuple[str, str], dict[str, str]]) -> None:
    terms = {
        figure: one["reported_term"] for (sentence, figure), one in found.items() if sentence.startswith("云溪制药")
    }
    assert terms == {"4.7亿元": "总投资", "2.6亿元": "计划投资", "2.3亿元": "已完成投资"}


def test_the_firms_that_paid_are_those_of_whom_the_sentence_tells(found: dict[tuple[str, str], dict[str, str]]) -> None:
    for sentence, populations in POPULATIONS.items():
        got = {figure: found[sentence, figure]["population"] for figure in populations}
        assert got == populations, sentence


@pytest.mark.parametrize(
    ("sentence", "figure", "wanted"),
    [(sentence, figure, wanted) for sentence, figures in CASES.items() for figure, wanted in figures.items()],
)
def test_a_sentence_is_read_as_a_careful_coder_reads_it(
    found: dict[tuple[str, str], dict[str, str]], sentence: str, figure: str, wanted: tuple[str, ...] | str
) -> None:
    row = found[sentence, figure]
    if row["state"] == "set_aside" or isinstance(wanted, str):
        assert row["reason"] == wanted
        return
    names = ("indicator", "transformation", "value_type", "subject", "period_start", "period_end")
    assert tuple(row[name].partition(":")[0] for name in names) == wanted


def test_a_doer_that_no_rule_knows_leaves_a_doubt(found: dict[tuple[str, str], dict[str, str]]) -> None:
    sure = {one["confidence"] for (sentence, figure), one in found.items() if figure in SURE}
    assert sure == {"high"}
    doubted = {figure: one["confidence"] for (_, figure), one in found.items() if figure in DOUBTED}
    assert doubted == dict.fromkeys(DOUBTED, "medium")


def test_a_term_that_says_less_than_its_indicator_is_marked_and_is_that_of_the_figure(
    found: dict[tuple[str, str], dict[str, str]],
) -> None:
    (capital,) = [one for (sentence, figure), one in found.items() if figure == "15.5亿元" and "内资" in sentence]
    assert "concept_inferred" in capital["caveats"].split(";")
    (total,) = [one for (_, figure), one in found.items() if figure == "43家"]
    assert total["reported_term"] == "规模以上企业"


def test_a_part_names_its_whole_where_the_text_does(found: dict[tuple[str, str], dict[str, str]]) -> None:
    keys = {one["observation_id"]: figure for (_, figure), one in found.items() if one["observation_id"]}
    for sentence, parts in PARTS.items():
        got = {figure: (found[sentence, figure]["part_of"], found[sentence, figure]["split"]) for figure in parts}
        assert {figure: (keys.get(whole, ""), split) for figure, (whole, split) in got.items()} == parts, sentence
