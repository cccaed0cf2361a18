"""What crises, their milestones and their people are called in documents, in the document's own language."""

from __future__ import annotations

Pair = tuple[str, str]  # zh, en

LEVELS: dict[str, Pair] = {
    "I": ("I级　特别重大（红）", "I  Extremely serious (red)"), "II": ("II级　重大（橙）", "II  Serious (orange)"),
    "III": ("III级　较大（黄）", "III  Significant (yellow)"), "IV": ("IV级　一般（蓝）", "IV  Ordinary (blue)"),
}  # fmt: skip
STATES: dict[str, Pair] = {
    "monitoring": ("监测", "Monitoring"), "declared": ("启动", "Declared"), "responding": ("应对", "Responding"),
    "stabilising": ("趋稳", "Stabilising"), "resolved": ("平息", "Resolved"), "reviewed": ("已复盘", "Reviewed"),
    "closed": ("关闭", "Closed"), "false_alarm": ("误报", "False alarm"),
}  # fmt: skip
SCENARIOS: dict[str, Pair] = {
    "product": ("产品质量", "Product quality"), "ambassador": ("代言人丑闻", "Ambassador scandal"),
    "data": ("数据泄露", "Data leak"), "service": ("服务投诉", "Service complaint"), "staff": ("员工言行", "Staff remark"),
    "rumour": ("谣言", "Rumour"), "other": ("其他", "Other"),
}  # fmt: skip
MILESTONES: dict[int, Pair] = {
    0: ("发生", "Occurred"), 1: ("发现", "Detected"), 2: ("定级", "Level set"), 3: ("小组集结", "Team convened"),
    4: ("初核", "Facts verified"), 5: ("初稿", "Holding statement drafted"), 6: ("法务确认", "Legal clearance"),
    7: ("管理层批准", "Management approval"), 8: ("首发", "First statement"), 9: ("媒体回访", "Media follow-up"),
    10: ("补救公布", "Remedy published"), 11: ("平息", "Resolved"), 12: ("复盘", "Review done"),
}  # fmt: skip
KINDS: dict[str, Pair] = {
    "fact": ("事实", "Fact"), "decision": ("决定", "Decision"), "contact": ("联系", "Contact"), "media": ("媒体", "Media"),
    "statement": ("声明", "Statement"), "system": ("系统", "System"),
}  # fmt: skip
PURPOSES: dict[str, Pair] = {
    "holding": ("首发声明", "Holding statement"), "full": ("完整声明", "Full statement"), "update": ("更新声明", "Update"),
}  # fmt: skip
ROLES: dict[str, Pair] = {
    "pr": ("公关", "PR"), "legal": ("法务", "Counsel"), "executive": ("总经理", "General manager"), "product": ("产品", "Product"),
    "service": ("客服", "Customer service"), "stores": ("门店", "Stores"), "digital": ("数字", "Digital"), "hr": ("人力资源", "HR"),
    "finance": ("财务", "Finance"), "hq": ("总部", "Headquarters"), "spokesperson": ("发言人", "Spokesperson"),
}  # fmt: skip
GROUPS: dict[str, Pair] = {
    "staff": ("门店与员工", "Stores and staff"), "customers": ("受影响客户", "Affected customers"), "vips": ("VIP客户", "VIP customers"),
    "regulators": ("监管部门", "Regulators"), "media": ("A级媒体", "A-tier media"), "kols": ("KOL与代言人", "KOLs and ambassadors"),
    "channels": ("渠道与商场", "Channels and malls"), "hq": ("总部", "Headquarters"), "investors": ("投资者", "Investors"),
    "suppliers": ("供应商", "Suppliers"),
}  # fmt: skip
ENQUIRIES: dict[str, Pair] = {
    "open": ("待分派", "Unassigned"), "assigned": ("已分派", "Assigned"), "drafting": ("起草中", "Drafting"),
    "clearing": ("审核中", "In clearance"), "answered": ("已答复", "Answered"), "declined": ("婉拒", "Declined"),
    "expired": ("逾期", "Expired"),
}  # fmt: skip
COMPLAINTS: dict[str, Pair] = {
    "new": ("新收", "New"), "contacted": ("已联系", "Customer contacted"), "resolved": ("已解决", "Settled"),
    "closed": ("已办结", "Closed"), "reopened": ("重开", "Reopened"), "escalated": ("已升级", "Escalated"),
}  # fmt: skip
CHANNELS: dict[str, Pair] = {
    "store": ("门店", "Store"), "hotline": ("热线", "Hotline"), "wechat": ("微信", "WeChat"), "social": ("社交媒体", "Social media"),
    "authority": ("12315/主管部门", "12315 / authority"), "email": ("邮件", "E-mail"), "other": ("其他", "Other"),
}  # fmt: skip
TASKS: dict[str, Pair] = {
    "todo": ("待办", "To do"), "doing": ("进行中", "In progress"), "waiting": ("等待", "Waiting"), "done": ("完成", "Done"),
    "dropped": ("取消", "Dropped"),
}  # fmt: skip
SCORES: dict[str, Pair] = {
    "timeliness": ("时效", "Timeliness"), "accuracy": ("准确与口径一致", "Accuracy and one voice"),
    "procedure": ("流程", "Procedure"), "teamwork": ("协同", "Teamwork"), "record": ("记录", "Record"),
}  # fmt: skip


def word(words: dict[str, Pair], key: object, lang: str) -> str:
    """The word for a value in that language; the value itself where there is none, a dash for nothing."""
    text = "" if key is None else str(key)
    pair = words.get(text)
    return pair[lang != "zh"] if pair else text or "—"


def milestone(n: int, lang: str) -> str:
    """What a milestone is called."""
    return MILESTONES[n][lang != "zh"]


def minutes(count: int | None, lang: str) -> str:
    """104分钟 · 104 min; from an hour on with the days and hours in brackets; a dash for none."""
    if count is None:
        return "—"
    plain = f"{count:,}分钟" if lang == "zh" else f"{count:,} min"
    if abs(count) < 60:
        return plain
    hours, rest = divmod(abs(count), 60)
    days, hours = divmod(hours, 24)
    units = ("天", "小时", "分") if lang == "zh" else (" d", " h", " min")
    gap = "" if lang == "zh" else " "
    long = gap.join(f"{n}{unit}" for n, unit in zip((days, hours, rest), units, strict=True) if n)
    return f"{plain}（{long}）" if lang == "zh" else f"{plain} ({long})"
