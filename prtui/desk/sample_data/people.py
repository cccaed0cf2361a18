"""The people of the sample desk and the outlets that write about the house. Telephone numbers are invented."""

from __future__ import annotations

from typing import Any

Table = dict[str, dict[str, Any]]

PEOPLE: Table = {
    "lin": {"name": "林岚", "name_en": "Lin Lan", "department": "pr", "position": "公关总监 PR Director", "phone": "13800000005", "email": "lan.lin@lanjing.example", "zone": "Asia/Shanghai", "note": "对外发言人之一。危机小组组长，A 角；B 角陈立。"},
    "wang": {"name": "王敏", "name_en": "Wang Min", "department": "pr", "position": "活动经理 Events Manager", "phone": "13800000006", "email": "min.wang@lanjing.example", "zone": "Asia/Shanghai", "note": "发布会、晚宴与鉴赏会的总协调。"},
    "chen": {"name": "陈立", "name_en": "Chen Li", "department": "pr", "position": "媒体关系经理 Media Relations Manager", "phone": "13800000007", "email": "li.chen@lanjing.example", "zone": "Asia/Shanghai", "note": "负责媒体问询、报道编码与采访安排。"},
    "zhou": {"name": "周衡", "name_en": "Zhou Heng", "department": "legal", "position": "法务总监 General Counsel", "phone": "13800000001", "email": "heng.zhou@lanjing.example", "zone": "Asia/Shanghai", "note": "对外文本逐字确认；夜间请打手机。"},
    "gao": {"name": "高远", "name_en": "Gao Yuan", "department": "product", "position": "产品总监 Product Director", "phone": "13900000002", "email": "yuan.gao@lanjing.example", "zone": "Asia/Shanghai", "note": "技术事实的核对人。"},
    "dubois": {"name": "Dubois", "name_en": "Antoine Dubois", "department": "executive", "position": "首席执行官 Chief Executive", "phone": "+33600000004", "email": "antoine.dubois@lanjing.example", "zone": "Europe/Paris", "note": "巴黎。中文发言由林岚同场口译。"},
    "shen": {"name": "沈一", "name_en": "Shen Yi", "department": "marketing", "position": "客户服务主管 Client Care Lead", "phone": "13700000003", "email": "yi.shen@lanjing.example", "zone": "Asia/Shanghai", "note": "顾客专线与门店联络。"},
    "su": {"name": "苏晴", "name_en": "Su Qing", "department": "brand", "position": "品牌总监 Brand Director", "phone": "13800000008", "email": "qing.su@lanjing.example", "zone": "Asia/Shanghai", "note": "品牌口径与视觉的最后一道关。"},
    "he": {"name": "何文舟", "name_en": "He Wenzhou", "department": "finance", "position": "财务经理 Finance Manager", "phone": "13800000009", "email": "wenzhou.he@lanjing.example", "zone": "Asia/Shanghai", "note": "每月 25 日关账，发票请提前 3 个工作日。"},
    "gu": {"name": "顾念", "name_en": "Gu Nian", "department": "digital", "position": "数字营销经理 Digital Manager", "phone": "13800000010", "email": "nian.gu@lanjing.example", "zone": "Asia/Shanghai", "note": "官网、媒体中心与创作者合作。"},
    "bai": {"name": "白露", "name_en": "Bai Lu", "department": "design", "position": "腕表设计师 Watch Designer", "phone": "13800000011", "email": "lu.bai@lanjing.example", "zone": "Asia/Shanghai", "note": "「曜石」表盘的设计者，接受专访需提前一周。"},
    "moreau": {"name": "Moreau", "name_en": "Claire Moreau", "department": "pr", "position": "巴黎新闻官 Press Officer, Paris", "phone": "+33600000012", "email": "claire.moreau@lanjing.example", "zone": "Europe/Paris", "note": "欧洲媒体与工坊参访。"},
    "luo": {"name": "罗一凡", "name_en": "Luo Yifan", "department": "event_agency", "position": "星幕科技 制作总监 Producer", "phone": "13800000013", "email": "yifan.luo@xingmu.example", "zone": "Asia/Shanghai", "external": True, "note": "舞台、灯光、直播。活动当天驻场。"},
}  # fmt: skip


def _outlet(
    name: str, name_en: str, tier: str, type: str, platform: str, city: str, language: str, lead: int, audience: int, note: str = ""
) -> dict[str, Any]:  # fmt: skip
    return {
        "name": name, "name_en": name_en, "tier": tier, "type": type, "platform": platform, "city": city, "language": language,
        "lead_days": lead, "audience": audience, "audience_source": "样例数据，非真实统计", "note": note, "confidentiality": "public",
    }  # fmt: skip


OUTLETS: Table = {
    "vogue": _outlet("VOGUE 服饰与美容", "Vogue China", "A", "lifestyle", "print", "北京", "zh-Hans", 75, 1_200_000, "专题由李文清对接；大片需提前三个月。"),
    "elle": _outlet("ELLE 世界时装之苑", "Elle China", "A", "lifestyle", "print", "上海", "zh-Hans", 60, 1_100_000),
    "lofficiel": _outlet("时装 L’OFFICIEL", "L’Officiel China", "A", "lifestyle", "print", "北京", "zh-Hans", 60, 700_000, "对接人单宁。"),
    "marie": _outlet("嘉人", "Marie Claire China", "A", "lifestyle", "print", "北京", "zh-Hans", 60, 800_000),
    "bazaar": _outlet("时尚芭莎", "Harper’s Bazaar China", "A", "lifestyle", "print", "北京", "zh-Hans", 60, 1_000_000),
    "gq": _outlet("智族GQ", "GQ China", "A", "lifestyle", "print", "上海", "zh-Hans", 60, 900_000),
    "yicai": _outlet("第一财经", "Yicai", "A", "finance", "web", "上海", "zh-Hans", 0, 6_000_000),
    "caijing": _outlet("财经日报", "Business Daily", "A", "finance", "web", "北京", "zh-Hans", 0, 3_500_000, "虚构媒体。调查报道发稿前会书面求证，期限通常 24 小时。"),
    "ft": _outlet("Financial Times", "Financial Times", "A", "international", "web", "London", "en", 7, 1_300_000),
    "figaro": _outlet("Le Figaro", "Le Figaro", "A", "international", "print", "Paris", "fr", 14, 900_000),
    "wwd": _outlet("WWD China", "WWD China", "A", "luxury", "wechat", "上海", "zh-Hans", 3, 400_000),
    "luxe": _outlet("华丽志", "Luxe.CO", "B", "luxury", "wechat", "北京", "zh-Hans", 2, 500_000),
    "shiji": _outlet("时计志", "Horologe Notes", "B", "trade", "wechat", "上海", "zh-Hans", 10, 180_000, "虚构媒体。编辑自带放大镜，样表请备两只。"),
    "dial": _outlet("The Dial Room", "The Dial Room", "B", "trade", "web", "London", "en", 10, 650_000, "虚构媒体。Hands-on reviews; wants the calibre sheet a week ahead."),
    "revue": _outlet("Revue du Temps", "Revue du Temps", "B", "trade", "print", "Paris", "en", 30, 120_000, "虚构媒体。"),
    "weekly": _outlet("时尚周刊", "Style Weekly", "B", "lifestyle", "print", "上海", "zh-Hans", 7, 350_000, "虚构媒体。"),
    "pujiang": _outlet("浦江新闻", "Pujiang News", "B", "portal", "web", "上海", "zh-Hans", 0, 4_200_000, "虚构媒体。"),
    "consumer": _outlet("消费观察网", "Consumer Watch Online", "B", "portal", "web", "广州", "zh-Hans", 0, 2_600_000, "虚构媒体。"),
    "hk": _outlet("香江時報", "Heung Kong Times", "B", "portal", "web", "香港", "zh-Hant", 2, 900_000, "虚构媒体。"),
    "tw": _outlet("臺北鐘錶誌", "Taipei Watch Journal", "C", "trade", "print", "台北", "zh-Hant", 30, 60_000, "虚构媒体。"),
    "agency": _outlet("通联社", "Tonglian News Agency", "B", "agency", "web", "北京", "zh-Hans", 0, 8_000_000, "虚构媒体。"),
    "tv": _outlet("都市频道《城市记》", "City Notes, Metro TV", "B", "broadcast", "tv", "上海", "zh-Hans", 3, 2_000_000, "虚构媒体。"),
    "podcast": _outlet("播客《秒针之外》", "Beyond the Seconds Hand", "C", "podcast", "podcast", "上海", "zh-Hans", 14, 90_000, "虚构媒体。"),
    "dials": _outlet("小红书 @表盘背后", "@表盘背后 on Xiaohongshu", "C", "kol", "xiaohongshu", "杭州", "zh-Hans", 3, 310_000, "虚构账号。"),
    "gears": _outlet("哔哩哔哩 @齿轮研究所", "@齿轮研究所 on Bilibili", "C", "kol", "bilibili", "成都", "zh-Hans", 7, 420_000, "虚构账号。"),
    "gems": _outlet("微博 @珠宝手记", "@珠宝手记 on Weibo", "C", "kol", "weibo", "北京", "zh-Hans", 1, 560_000, "虚构账号。"),
    "huashang": _outlet("华裳网", "Huashang Online", "C", "portal", "web", "广州", "zh-Hans", 0, 700_000, "虚构媒体，以转载为主。"),
    "shangpin": _outlet("每日尚品", "Daily Fine Living", "C", "portal", "web", "深圳", "zh-Hans", 0, 800_000, "虚构媒体，以转载为主。"),
    "dongfang": _outlet("东方生活网", "Oriental Life Online", "C", "portal", "web", "上海", "zh-Hans", 0, 1_500_000, "虚构媒体，以转载为主。"),
}  # fmt: skip
