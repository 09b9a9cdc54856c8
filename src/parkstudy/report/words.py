"""The words of a page that no exhibit says: furniture of the template, of the script, of the index."""

from __future__ import annotations

from parkstudy.words.language import Text, said

_WORDS = {
    "skip": Text("Skip to the content", "跳至正文"),
    "contents": Text("Contents", "目录"),
    "code": Text("Code", "代码"),
    "setup": Text("Code that prepares this page", "本页的准备代码"),
    "about": Text("About this page", "关于本页"),
    "rules": Text("Rules of the method named on this page", "本页提及的方法规则"),
    "limits": Text("Limits of the data", "数据的局限"),
    "version": Text("Version and date", "版本与日期"),
    "error": Text("Report an error", "报告差错"),
    "tell": Text(
        "Tell the parkstudy authors by an issue in the repository the study came from: the id that stands behind the number "
        "(open the number), what the page says, and what the text prints. A wrong figure is mended in the data and listed in the "
        "changelog.",
        "请在本研究所在代码库提交问题（issue），告知作者：数字对应的编号（点开数字即见）、页面所示内容和原文所载内容。差错在数据中更正，并列入更新日志。",
    ),
    "cite": Text("Cite this page", "引用本页"),
    "data": Text("data", "数据"),
    "index_title": Text("What county industrial parks report", "县域工业园区公布了什么"),
    "index_lead": Text(
        "A comparative case study of five work summaries that happened to be at hand; no sample of Chinese parks.",
        "基于手头五份园区工作总结的比较个案研究，并非对中国园区的抽样。",
    ),
    "index_end": Text(
        "Every number on these pages opens to the place it comes from. Pages work offline and can be passed on one by one.",
        "页面上的每个数字均可点开查看出处。页面可离线打开，也可单独转发。",
    ),
    "profiles": Text("Park profiles", "园区概况"),
    "variants": Text("Pages with other parameters", "其他参数的页面"),
    "card": Text("Picture for a chat", "分享图片"),
    "card_source": Text("Source: the parks' own work summaries, read by", "资料来源：各园区工作总结；整理："),
}
_SPOKEN = {
    "close": Text("Close", "关闭"),
    "rests": Text("Rests on {n} of these:", "依据以下{n}项："),
    "follows": Text("{label}: {value}. Exhibits that follow: {n}.", "{label}：{value}。随之变化的图表：{n}个。"),
    "pick": Text("Pick out parks", "突出显示园区"),
    "picked": Text("Picked out: {names}", "突出显示：{names}"),
    "everyone": Text("All parks shown alike", "所有园区同等显示"),
    "filter": Text("Filter rows", "筛选行"),
    "rows": Text("{n} of {all} rows", "共{all}行，显示{n}行"),
    "copy": Text("Copy the citation", "复制引文"),
    "copied": Text("Copied", "已复制"),
    "selected": Text("Selected; copy it with the keyboard or the menu", "已选中，请用键盘或菜单复制"),
}
_LIMITS = (
    Text(
        "The texts were not sampled; they happened to be at hand. Nothing is inferred to other parks.",
        "材料并非抽样所得，只是手头可得的几份；结论不能推及其他园区。",
    ),
    Text(
        "Figures are recorded as printed: not audited, not corrected. A contradiction is marked and left standing.",
        "数据按原文收录，未经审计，也未作更正；相互矛盾之处予以标记，原样保留。",
    ),
    Text(
        "An interval holds the rounding of printed digits and, where it says so, the share of a year; not how a figure was collected.",
        "区间反映原文数字的四舍五入，注明的还包含年内占比的不确定性；不反映数据如何采集。",
    ),
    Text("A low or a high figure is first a question about the data.", "数值偏低或偏高，首先应核实数据。"),
)


def words(lang: str) -> dict[str, str]:
    """The words of the template and of the index in a language."""
    return {name: said(text, lang) for name, text in _WORDS.items()}


def spoken(lang: str) -> dict[str, str]:
    """The words of the script in a language."""
    return {name: said(text, lang) for name, text in _SPOKEN.items()}


def limits(lang: str) -> list[str]:
    """The limits of the data that every page ends with."""
    return [said(text, lang) for text in _LIMITS]
