"""The projects of the sample desk, in the order that decides their codes, and what was decided about them."""

from __future__ import annotations

from prtui.desk.sample_data.people import Table

PROJECTS: Table = {
    "web": {
        "name": "双语官网与媒体中心", "name_en": "Bilingual website and newsroom", "type": "always_on", "owner": "gu", "departments": "数字营销、品牌",
        "start_on": -68, "due_on": 103, "baseline_due_on": 103, "priority": "P1", "stage": "executing", "moved_at": "-6 11:00",
        "objective": "中英文官网同步更新，媒体可自助取用图片与文稿", "kpi_target": "媒体中心月下载 300 次",
        "budget": 600_000, "spent": 240_000,
        "brief": "中英文两个版本由同一份内容生成，任何更正两边同时生效。媒体中心按产品、活动、人物分栏，图片带版权说明与拍摄日期。\nOne source of content for both languages; every correction goes live on both sides at once.",
    },
    "popup": {
        "name": "早秋系列快闪店", "name_en": "Pre-fall pop-up store", "type": "campaign", "owner": "wang", "departments": "公关、市场营销、设计、活动公司",
        "start_on": -75, "due_on": -9, "baseline_due_on": -9, "priority": "P2", "stage": "reviewing", "moved_at": "-7 16:30",
        "actual_start_on": -30, "actual_end_on": -9,
        "objective": "让新客在三周内接触早秋系列，并留下可回访的联系方式", "kpi_target": "K06 到店 6,000 人次；K05 正面比例 70%",
        "budget": 850_000, "spent": 833_000,
        "brief": "安福路 120 平方米临街空间，三周。入口是一面可以触摸的面料墙，二楼为预约制试戴。复盘重点：排队动线、周末人手、预约爽约率。",
    },
    "onyx": {
        "name": "「曜石」腕表发布会", "name_en": "Yaoshi watch launch", "type": "launch", "owner": "wang", "departments": "公关、产品管理、品牌、设计、法务、活动公司",
        "start_on": -92, "due_on": 1, "baseline_due_on": 1, "priority": "P0", "stage": "executing", "moved_at": "-5 18:20",
        "objective": "让目标客群记住「曜石」的天然黑曜石表盘，并预约到店鉴赏", "kpi_target": "K06 到场嘉宾 100 人；K04 月报道 55 篇；K05 正面比例 70%",
        "budget": 2_000_000, "spent": 1_860_000, "actual_start_on": -5,
        "brief": "{+1}19:00，上海外滩 1 号。邀请 180 人，确认 120 人，其中媒体 45 人、VVIP 12 人。19:15 揭幕，20:00 通稿解禁（巴黎 13:00），20:30 晚宴。\nDoors 18:00, reveal 19:15, embargo lifts 20:00 Shanghai time. Contact on the night: Wang Min.",
        "tags": "曜石, 腕表",
    },
    "gift": {
        "name": "新春礼盒", "name_en": "New Year gift box", "type": "campaign", "owner": "chen", "departments": "公关、市场营销、设计",
        "start_on": -96, "due_on": -21, "baseline_due_on": -24, "priority": "P1", "stage": "reviewing", "moved_at": "-12 10:00",
        "actual_start_on": -60, "actual_end_on": -21, "health": "amber", "health_reason": "比基线晚 3 天，复盘报告待批",
        "objective": "以一份可长期使用的礼物，维系核心媒体与老客户", "kpi_target": "K03 收礼客户满意度 85%",
        "budget": 460_000, "spent": 441_600,
        "brief": "桑皮纸礼盒内是一只可改作首饰盘的漆木托盘，共 420 份。晚 3 天的原因：漆面返工一次，已写入供应商评价。",
    },
    "dinner": {
        "name": "VIP 私享晚宴", "name_en": "Private client dinner", "type": "vip", "owner": "wang", "departments": "公关、市场营销、高层管理",
        "start_on": -26, "due_on": 20, "baseline_due_on": 20, "priority": "P1", "stage": "preparing", "moved_at": "-8 15:00",
        "health": "amber", "health_reason": "场地合同未签，备选场地只保留到{+2}", "blocked_by": "场地",
        "objective": "请 40 位老客户先睹「云汐」，约定一对一鉴赏", "kpi_target": "K07 客户反馈满意度 90%",
        "budget": 980_000, "spent": 147_000,
        "brief": "五席长桌，每席一位主人。首选场地为苏州河边的旧仓库，物业要求追加消防评估；备选为武康路花园洋房，容量少 8 席。",
    },
    "kol": {
        "name": "创作者共创计划", "name_en": "Creators’ programme", "type": "campaign", "owner": "gu", "departments": "数字营销、公关、法务",
        "start_on": -33, "due_on": 16, "baseline_due_on": 16, "priority": "P2", "stage": "preparing", "moved_at": "-9 11:40",
        "objective": "六位创作者各以一件旧物讲述时间，带出品牌修复服务", "kpi_target": "有效互动 20,000 次；商业合作标注率 100%",
        "budget": 380_000, "spent": 95_000,
        "brief": "所有内容按平台规则标注商业合作。脚本不审观点，只核对事实：年份、材质、价格。",
    },
    "mediaday": {
        "name": "{+41q}媒体日", "name_en": "{+41Q} media day", "type": "media_meet", "owner": "chen", "departments": "公关、产品管理、品牌",
        "start_on": -15, "due_on": 41, "priority": "P2", "stage": "planning", "moved_at": "-10 09:30",
        "objective": "一天之内让 30 家编辑部看完下一季新品", "kpi_target": "到场媒体 30 家；S10 邀约回报 30%", "budget": 320_000,
        "brief": "不设舞台，每件新品一张桌子、一位讲解人。选场地：看自然光，看卸货时间。",
    },
    "yunxi": {
        "name": "「云汐」高级珠宝展", "name_en": "Yunxi high jewellery exhibition", "type": "launch", "owner": "su", "departments": "品牌、公关、产品管理、高层管理",
        "start_on": -40, "due_on": 55, "baseline_due_on": 55, "priority": "P1", "stage": "preparing", "moved_at": "-4 17:10",
        "objective": "以 28 件作品建立澜璟高级珠宝的认知", "kpi_target": "K02 提示前知名度 +3 个百分点；K06 到场 240 人",
        "budget": 1_500_000, "spent": 210_000,
        "brief": "28 件作品，4 件为首次借展。安保、保险与恒湿展柜先行。Paris lends four pieces; insurance to be signed before they travel.",
        "tags": "云汐, 高级珠宝",
    },
    "strategy": {
        "name": "年度公关战略修订", "name_en": "Revision of the annual PR strategy", "type": "always_on", "owner": "lin", "departments": "公关、市场营销、产品管理、高层管理",
        "start_on": -35, "due_on": 12, "priority": "P1", "stage": "approval", "moved_at": "-3 18:00",
        "objective": "把知名度、好感与到店三项目标落实到项目与预算", "kpi_target": "K01 目标达成率 90%", "budget": 6_000_000,
        "brief": "待批：预算。市场、产品已会签，巴黎的意见在{-9}的评审会上收齐。三项目标的权重为 50、30、20。",
    },
    "paris": {
        "name": "巴黎工坊媒体行", "name_en": "Paris atelier press trip", "type": "media_meet", "owner": "moreau", "departments": "公关、产品管理",
        "start_on": -30, "due_on": 34, "baseline_due_on": 34, "priority": "P2", "stage": "preparing", "moved_at": "-6 16:00",
        "objective": "八位编辑在工坊看完一枚表盘的全部工序", "kpi_target": "行程后 60 天内原创报道 8 篇", "budget": 720_000, "spent": 86_000,
        "brief": "Two days, eight editors, one dial from the raw stone to the finished piece. 差旅由媒体自理的两家单列，接待标准按合规上限执行。",
    },
    "stores": {
        "name": "门店探访", "name_en": "Store visits", "type": "always_on", "owner": "chen", "departments": "公关、市场营销",
        "start_on": -21, "due_on": 88, "priority": "P3", "stage": "planning", "moved_at": "-20 14:00",
        "objective": "每月请两位本地编辑到门店，看一次真实的修复", "kpi_target": "每季 6 次", "budget": 90_000,
        "brief": "先从成都与杭州两家店开始。不拍顾客。",
    },
    "salon": {
        "name": "冬季藏家鉴赏会", "name_en": "Winter collectors’ salon", "type": "vip", "owner": "wang", "departments": "公关、市场营销",
        "start_on": -130, "due_on": -58, "baseline_due_on": -58, "priority": "P2", "stage": "closed", "moved_at": "-37 17:30",
        "actual_start_on": -59, "actual_end_on": -58, "budget_settled": True,
        "objective": "请 24 位藏家看三枚早期作品，收集他们对「曜石」的意见", "kpi_target": "K07 客户反馈满意度 85%",
        "budget": 540_000, "spent": 502_200,
        "brief": "到场 23 人，满意度 91.3%，节约 7.0%。藏家意见中有两条已用于「曜石」表耳的修改。",
    },
    "clasp": {
        "name": "「朔月」表扣事件应对", "name_en": "Shuoyue clasp response", "type": "crisis", "owner": "lin", "departments": "公关、法务、产品管理、高层管理、市场营销",
        "start_on": -4, "due_on": 3, "baseline_due_on": 3, "priority": "P0", "stage": "executing", "moved_at": "-4 03:20",
        "health": "red", "health_reason": "第三方检测结论今日出具，第2号声明尚缺事实",
        "objective": "受伤顾客得到照顾，已购顾客知道该做什么，事实按时公布", "kpi_target": "K14 首次回应 120 分钟内；48 小时内办结投诉 85%",
        "budget": 300_000, "spent": 64_000, "actual_start_on": -4,
        "brief": "{-4}02:47 获悉，03:20 集结，04:31 首发第1号声明。下一次通报：{0}18:00 前。顾客专线 021-5555 0100。",
        "tags": "危机, 表扣", "confidentiality": "confidential",
    },
    "cast": {
        "name": "播客《一枚表盘的四季》", "name_en": "Podcast: A Dial through the Year", "type": "campaign", "owner": "su", "priority": "P3", "stage": "idea", "moved_at": "-5 12:00",
        "objective": "用声音讲工艺，四集试播", "brief": "白露愿意出镜，不愿意念稿。先录一集试听，再谈预算。",
    },
    "airport": {
        "name": "机场艺术装置", "name_en": "Airport art installation", "type": "campaign", "owner": "bai", "departments": "设计、公关",
        "start_on": -55, "due_on": 75, "priority": "P3", "stage": "on_hold", "held_from": "planning", "moved_at": "-18 10:20",
        "health": "amber", "health_reason": "航站楼翻修，场地暂不开放",
        "objective": "在旅途中遇见「云汐」", "kpi_target": "停留观看 50,000 人次", "budget": 640_000, "spent": 12_000,
        "brief": "合作方书面通知翻修延期，已撤回媒体预告。恢复条件：拿到新的进场日期。",
    },
}  # fmt: skip

# (project, step, by, when, channel, remark)
DECISIONS: list[tuple[str, str, str, str, str, str]] = [
    ("web", "project", "Dubois", "-66 17:00", "email", "按季度看下载数据"),
    ("popup", "project", "Dubois", "-70 16:30", "email", ""),
    ("onyx", "project", "Dubois", "-88 18:10", "meeting", "预算 200 万元，不含样表运输"),
    ("gift", "project", "Dubois", "-92 11:00", "email", ""),
    ("dinner", "project", "Dubois", "-22 17:45", "phone", "席位不超过 40"),
    ("kol", "project", "Dubois", "-29 17:20", "email", "合作标注由法务抽查"),
    ("yunxi", "project", "Dubois", "-36 18:00", "meeting", "四件借展作品须先投保"),
    ("paris", "project", "Dubois", "-25 17:05", "email", ""),
    ("salon", "project", "Dubois", "-124 16:00", "email", ""),
    ("salon", "report", "Dubois", "-38 16:40", "email", "两条藏家意见转产品部"),
    ("clasp", "project", "Dubois", "-4 03:16", "phone", "先照顾人，再说产品"),
]
