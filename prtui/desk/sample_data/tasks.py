"""The tasks of the sample desk: overdue, due today and tomorrow, waiting, done, and what comes before what."""

from __future__ import annotations

from typing import Any

from prtui.desk.sample_data.people import Table


def _task(
    project: str, owner: str, due: int | None, title: str, status: str = "todo", *, must: bool = False, after: str = "", note: str = "", **more: Any
) -> dict[str, Any]:  # fmt: skip
    done = {"done_at": f"{min(due or 0, -1)} 17:00"} if status == "done" else {}
    before = ", ".join(f"{{={key}}}" for key in after.split())
    return {
        "project": project, "owner": owner, "due_on": due, "title": title, "status": status, "must": must, "depends_on": before,
        "note": note,
    } | done | more  # fmt: skip


TASKS: Table = {
    # the launch, tomorrow
    "venue": _task("onyx", "wang", -60, "签订外滩 1 号场地合同", "done", must=True),
    "list": _task("onyx", "chen", -45, "媒体分级名单定稿", "done", must=True),
    "invite": _task("onyx", "wang", -30, "双语邀请函发出", "done", must=True, after="list"),
    "counsel": _task("onyx", "zhou", -12, "通稿与口径法务审定", "done", must=True),
    "insure": _task("onyx", "he", -14, "样表运输与活动保险", "done", must=True),
    "survey": _task("onyx", "gu", 2, "现场问卷二维码", must=True, waived_by="lin", note="改为次日短信发送，不影响开场。"),
    "seats": _task("onyx", "wang", -2, "座位表第 3 版", "done", after="invite", note="两位同业主编已分席。"),
    "lights": _task("onyx", "wang", -2, "确认灯光方案", "doing", note="揭幕环节灯光 B 与音乐 3 的切换点，等星幕科技的回放。"),
    "confirm": _task("onyx", "wang", 0, "二次确认嘉宾", "doing", after="seats", note="已确认 112/120，VVIP 12 位由沈一逐一致电。"),
    "rehearse": _task("onyx", "luo", 0, "带妆彩排（13:00 起）", after="lights"),
    "callback": _task("onyx", "chen", 0, "回访李文清（VOGUE）：专访时间", note="A 级，30 天未联系。不谈离职传闻。"),
    "backup": _task("onyx", "luo", 0, "直播备份链路测试", "doing"),
    "embargo": _task("onyx", "chen", 1, "20:00 通稿解禁发送", after="rehearse", note="上海 20:00，巴黎 13:00。发送前核对两份文本的批准记录。"),
    "press": _task("onyx", "chen", 1, "16:00 媒体群访间就绪"),
    "sample": _task("onyx", "gao", 2, "ELLE 归还样表 No.7"),
    "thanks": _task("onyx", "wang", 3, "感谢信与高清图发送", after="embargo"),
    "effect": _task("onyx", "lin", 15, "活动效果分析报告"),
    # the clasp
    "care": _task("clasp", "shen", -4, "探望受伤顾客并约定回访", "done", must=True),
    "halt": _task("clasp", "gao", -4, "同批次表扣停售通知到店", "done", must=True),
    "lab": _task("clasp", "gao", 0, "取回第三方检测报告原件", "waiting", note="检测机构约定今日 15:00 前出具。"),
    "second": _task("clasp", "lin", 0, "第2号声明：18:00 前发布", "doing", after="lab", note="法务与管理层各一次批准，两种语言分别批准。"),
    "enquiry": _task("clasp", "chen", -1, "答复财经日报：表扣供应商是谁", "doing", note="期限昨日 18:00，已电话说明延后原因。只答已核实的事实。"),
    "hotline": _task("clasp", "shen", 1, "专线来电分类表（第 4 版）"),
    "swap": _task("clasp", "gao", 7, "免费更换表扣进度：周报"),
    # private client dinner
    "site": _task("dinner", "wang", 2, "场地二选一并签约", "doing", must=True, note="武康路备选保留到{+2}。"),
    "menu": _task("dinner", "wang", 6, "主厨试菜", must=True, after="site"),
    "hosts": _task("dinner", "shen", 4, "五席主人名单", must=True),
    "walk": _task("dinner", "wang", 18, "动线走查", must=True, after="site"),
    # creators
    "contracts": _task("kol", "zhou", 1, "六份创作合同用印", "doing", must=True),
    "label": _task("kol", "gu", 5, "商业合作标注核对表", must=True),
    "brief": _task("kol", "gu", -6, "创作者说明会", "done"),
    # media day
    "shortlist": _task("mediaday", "chen", 5, "选场地：三家比价", "doing"),
    "table": _task("mediaday", "gao", 12, "新品讲解桌清单"),
    "closing": _task("mediaday", "chen", 9, "月刊截稿日核对"),
    # high jewellery exhibition
    "cases": _task("yunxi", "su", 9, "恒湿展柜打样", "doing", must=True),
    "loans": _task("yunxi", "moreau", 14, "巴黎四件借展作品的保险", must=True, note="Policy must be signed before the pieces travel."),
    "text": _task("yunxi", "chen", 0, "英文新闻稿送法务", "waiting", note="等周衡对两处工艺表述的意见。"),
    "visual": _task("yunxi", "bai", -1, "主视觉第 2 稿", "doing"),
    # strategy
    "sign": _task("strategy", "he", 1, "预算说明补充两页", "doing"),
    "agree": _task("strategy", "lin", 5, "向管理层汇报", after="sign"),
    "wave": _task("strategy", "su", -11, "知名度调研第 2 轮数据到手", "done"),
    # Paris
    "flights": _task("paris", "moreau", 6, "确认八位编辑的行程", "doing", must=True),
    "rules": _task("paris", "zhou", 3, "接待标准合规确认", must=True),
    "studio": _task("paris", "moreau", -4, "工坊拍摄许可", "done", must=True),
    # website
    "weeklyweb": _task("web", "gu", 1, "官网周报"),
    "alt": _task("web", "gu", 10, "图片替代文字补齐"),
    "glossary": _task("web", "moreau", -8, "产品名称中英对照表", "done"),
    # review
    "popreport": _task("popup", "wang", -2, "快闪店执行报告", "doing"),
    "popsettle": _task("popup", "he", 4, "搭建尾款与押金结算"),
    "giftreport": _task("gift", "chen", 2, "礼盒复盘报告送批", "waiting"),
    "giftvendor": _task("gift", "chen", -15, "供应商评价归档", "done"),
    # the rest
    "cities": _task("stores", "chen", 20, "成都、杭州两店踏勘"),
    "pilot": _task("cast", "su", None, "试录一集"),
    "letter": _task("airport", "bai", -17, "向合作方书面确认暂停", "done"),
    "salonend": _task("salon", "wang", -45, "藏家意见汇总", "done"),
    "salonextra": _task("salon", "wang", -50, "加印纪念册", "dropped"),
}  # fmt: skip
