"""What every crisis plan of the house says: when a level is reached, who does what by when, whom to tell in which order."""

from __future__ import annotations

from typing import NamedTuple

from prtui.documents.crisis_words import ROLES, Pair, word
from prtui.documents.masthead import pick

TRIGGERS: dict[str, Pair] = {
    "I": (
        "人员伤亡；产品召回；监管部门或中央媒体点名；全国热搜前10；高管被采取强制措施；超过1万人的数据泄露",
        "Injury or death; recall; a regulator or central media names the brand; national hot-search top 10; an executive "
        "arrested; data of more than 10,000 people",
    ),
    "II": (
        "24小时内A级媒体负面原创3篇及以上；有证据的产品安全指控；代言人丑闻；抵制号召",
        "3 or more A-tier negative originals in 24 h; a product-safety claim with evidence; an ambassador scandal; a call for "
        "boycott",
    ),
    "III": (
        "A级媒体负面原创1篇或负面原创10篇及以上；投诉互动超过1,000；员工不当言行",
        "1 A-tier or 10 negative originals; a complaint with more than 1,000 interactions; a staff remark",
    ),
    "IV": ("个别投诉、本地帖子、传播有限的谣言", "A single complaint, a local post, a rumour with low spread"),
}  # fmt: skip
DIRECTOR: Pair = ("公关总监", "PR director")
LEADS: dict[str, tuple[Pair, Pair]] = {  # who commands, whose word every text needs (DOMAIN §4.1)
    "I": (("总经理", "General manager"), ("总经理、法务、总部", "General manager, counsel, headquarters")),
    "II": (DIRECTOR, ("总经理、法务", "General manager, counsel")),
    "III": (DIRECTOR, ("法务", "Counsel")),
    "IV": (("公关经理", "PR manager"), DIRECTOR),
}
DUTIES: dict[str, Pair] = {
    "pr": ("指挥协调，起草声明，媒体联络，保管日志", "coordinates, drafts, speaks with the media, keeps the log"),
    "legal": ("确认声明文本，管理法定时限，保全证据", "clears every text, keeps the statutory clocks and the evidence"),
    "executive": ("I级指挥，批准声明与补救措施", "commands at level I, approves texts and remedies"),
    "product": ("核实产品事实，停售、封存与检测", "verifies the facts of the product, stops sales, has it tested"),
    "service": ("客户安抚，热线与投诉处理", "looks after customers, the line and complaints"),
    "stores": ("门店统一口径，一线信息上报", "keeps the stores to one voice and reports from there"),
    "digital": ("舆情监测，官方账号发布", "monitors, publishes on the brand's accounts"),
    "hr": ("内部沟通与员工关怀", "tells and looks after staff"), "finance": ("补救费用保障", "provides the money of the remedy"),
    "hq": ("总部会商与批准", "consults and approves for headquarters"),
    "spokesperson": ("对外唯一发言", "is the only voice to the outside"),
}  # fmt: skip
NEEDED = ("pr", "legal", "executive", "product")  # without these seats no serious crisis is commanded or cleared


class Step(NamedTuple):
    """A step of the response: milestone, who (roles), what."""

    n: int
    who: tuple[str, ...]
    what: Pair


FLOW = (
    Step(1, (), ("任何员工最先得知即为发现，立即上报并计时", "whoever hears of it first reports at once; the clock runs")),
    Step(2, ("pr",), ("对照分级标准定级，宁高勿低", "sets the level by the triggers; in doubt the higher one")),
    Step(3, ("executive", "pr"), ("召集小组，法务、公关、产品到位", "convenes counsel, PR and product")),
    Step(4, ("product",), ("核实事实并入日志，不推测原因", "verifies the facts into the log, without guessing the cause")),
    Step(5, ("pr",), ("以预批模板起草首份声明", "drafts from an approved template")),
    Step(6, ("legal",), ("对确切文本确认，改动即失效", "clears the exact words; any edit ends that")),
    Step(7, ("executive",), ("批准同一文本", "approves the same words")),
    Step(8, ("pr",), ("先告知员工与门店，随即对外发布", "tells staff and stores, then publishes")),
    Step(9, ("pr", "spokesperson"), ("逐一回访已报道的A级媒体", "calls back every A-tier outlet that reported")),
    Step(10, ("executive", "service"), ("公布补救措施，发布完整声明", "publishes the remedy and the full statement")),
    Step(11, ("executive", "pr"), ("48小时无A级负面、无未答问询、投诉在时限内，人工确认", "48 h without A-tier negatives, no open enquiry, complaints in time; a person confirms")),
    Step(12, ("pr",), ("提交复盘报告，批准后修订预案", "presents the review; once approved the plan is revised")),
)  # fmt: skip
CLOCKS: dict[str, Pair] = {
    "golden1": ("黄金1小时", "Golden hour"), "golden4": ("黄金4小时", "Golden 4 hours"), "golden24": ("黄金24小时", "Golden 24 hours"),
    "authority5": ("权威信息5小时", "Authoritative information 5 h"), "conference24": ("新闻发布会24小时", "Press conference 24 h"),
    "other48": ("其他情况48小时", "Other matters 48 h"), "defect": ("缺陷报告", "Defect report"),
    "cyber4": ("网络安全事件报告", "Cyber incident report"), "cyber1": ("关键设施网络安全事件", "Cyber incident, critical systems"),
    "pipl": ("个人信息泄露告知", "Notice of a data leak"), "gdpr72": ("欧盟监管机构通报", "Notice to the EU authority"),
    "c12315": ("12315受理决定", "12315 decides on acceptance"),
}  # fmt: skip
GROUPS: tuple[tuple[str, str, Pair], ...] = (
    ("staff", "stores", ("内部通知、门店晨会", "internal notice, store briefing")),
    ("customers", "service", ("电话、上门", "telephone, visit")),
    ("vips", "service", ("客户顾问一对一", "their advisers, one to one")),
    ("regulators", "legal", ("书面报告", "written report")),
    ("media", "pr", ("声明、电话回访", "statement, call back")),
    ("kols", "pr", ("一对一说明", "one to one")),
    ("channels", "stores", ("书面告知", "written notice")),
    ("hq", "executive", ("会商、日报", "conference, daily report")),
    ("investors", "finance", ("依披露规则", "by the disclosure rules")),
    ("suppliers", "product", ("书面告知", "written notice")),
)
CHECKS: tuple[tuple[Pair, tuple[Pair, ...]], ...] = (
    (("发现后15分钟内", "Within 15 minutes"), (
        ("记下发现时间、来源与上报人，启动计时", "note when, how and by whom it became known; start the clock"),
        ("截图、录音、实物等证据留存", "keep screenshots, recordings and the thing itself"),
        ("对照标准定级，通知指挥人", "set the level, tell the commander"),
        ("暂停排期中的广告与社交内容", "pause scheduled advertising and social posts"),
    )),
    (("60分钟内", "Within 60 minutes"), (
        ("小组到位，无人接听即呼B角", "the team is there; who does not answer is replaced by B"),
        ("至少核实一项事实并入日志", "at least one verified fact is in the log"),
        ("首份声明经法务与管理层对同一文本确认", "counsel and management have cleared the same words"),
        ("员工与门店先于或同时于公众得知", "staff and stores hear no later than the public"),
    )),
    (("4小时内", "Within 4 hours"), (
        ("按承诺时间更新，无新进展也更新", "update when promised, even without news"),
        ("逐一回访已报道的A级媒体", "call back every A-tier outlet that reported"),
        ("核对法定报告时限并留回执", "check the statutory reports and keep the receipts"),
        ("补救措施有责任人与期限", "every remedy has an owner and a day"),
    )),
)  # fmt: skip
NEVER: tuple[Pair, ...] = (
    ("推测原因", "guess the cause"), ("指责他人", "blame anybody"), ("未经法务认责", "admit liability without counsel"),
    ("未经核实的数字", "give a number that is not verified"), ("“无可奉告”", "say “no comment”"),
)  # fmt: skip
SHORT = {"I": ("I级（红）", "I (red)"), "II": ("II级（橙）", "II (orange)"), "III": ("III级（黄）", "III (yellow)"), "IV": ("IV级（蓝）", "IV (blue)")}  # fmt: skip


def hours(count: int | None, lang: str) -> str:
    """90分钟, 4小时 · 90 min, 4 h; a dash for none."""
    if count is None:
        return "—"
    if count % 60 or count < 120:
        return pick(lang, f"{count}分钟", f"{count} min")
    return pick(lang, f"{count // 60}小时", f"{count // 60} h")


def roles(names: tuple[str, ...], lang: str) -> str:
    """The roles by their names."""
    return ("、" if lang == "zh" else ", ").join(word(ROLES, name, lang) for name in names)


def due(level: str, n: int, lang: str) -> str:
    """How long a level allows for a milestone, as a narrow column has room for it: 首发后 over 2小时."""
    from prtui.desk import crisis_clocks

    if n == 1:
        return pick(lang, "起算", "start")
    if n == 9:
        return pick(lang, "首发后\n", "+") + hours(crisis_clocks.FOLLOW_UP, lang)
    if n == 12:
        days = crisis_clocks.REVIEW_DAYS[level]
        return pick(lang, f"平息后\n{days}天", f"+{days} d")
    return hours(crisis_clocks.length(level, n), lang)
