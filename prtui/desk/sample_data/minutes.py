"""The minutes of the sample desk: `# ` begins an item, `!` is a resolution, `@owner date what` an action."""

from __future__ import annotations

from prtui.desk.sample_data.people import Table

MINUTES: Table = {
    "countdown": {
        "type": "minutes", "status": "approved", "owner": "wang", "project": "onyx", "dated_on": -1, "tags": "曜石",
        "title": "「曜石」发布会倒计时第 3 次例会", "title_en": "Yaoshi launch countdown, third meeting",
        "held_at": "-1 16:00", "place": "上海办公室 12 层大会议室 / 线上", "chair": "林岚", "recorder": "陈立",
        "present": "王敏、陈立、高远、白露、沈一、何文舟", "in_attendance": "罗一凡（星幕科技）", "absent": "顾念（出差）",
        "body": """
# 嘉宾确认
邀请 180 人，已确认 112 人，婉拒 30 人，其余 38 人今日内由各接待人致电。VVIP 12 位中 11 位确认，1 位待航班。
! 未回复者{0}18:00 后不再追加致电，座位并桌。
@王敏 {0s} 二次确认嘉宾并更新座位表
@沈一 {0s} 逐一致电 VVIP，确认接送与忌口

# 灯光与直播
揭幕环节灯光 B 与音乐 3 的切换早了两秒，后排看不到石面的纹理。直播备份链路尚未测试。
! 揭幕灯光以彩排录像为准，由白露现场签字。
@王敏 {+1s} 确认灯光
@罗一凡 {0s} 测试直播备份链路并提交记录

# 媒体与解禁
通稿两种语言均已获法务与管理层批准，{+1}20:00 解禁。VOGUE、ELLE 首发图片已分别授权。
! 解禁前五分钟由陈立与周衡电话核对版本号，再发送。
@陈立 {+1s} 20:00 发送通稿

# 表扣问题的现场口径
会议认为，现场提问以口径第 5 版为准，不由主持人回答。
! 「曜石」使用针扣、与「朔月」不同，此事实可以主动说明。
@高远 {0s} 备好两款表扣的图纸对照
""",
    },
    "crisis": {
        "type": "minutes", "status": "released", "owner": "chen", "project": "clasp", "dated_on": -4, "released_at": "-4 13:00",
        "confidentiality": "confidential", "tags": "表扣, 危机",
        "title": "危机例会：关于表扣质量问题的处置", "title_en": "Crisis meeting: handling of the clasp",
        "held_at": "-4 09:00", "place": "上海办公室 / 巴黎线上", "chair": "林岚", "recorder": "陈立",
        "present": "周衡、高远、沈一、Dubois（线上）", "in_attendance": "何文舟",
        "body": """
# 事实
高远通报：断裂位于折叠扣铰链处，同批次在售 64 枚已全部撤柜。沈一通报：顾客伤口已处理，情绪平稳，同意封存腕表送检。

# 处置
会议议定：由产品部 24 小时内给出质量问题的初步结论，仅供内部使用，对外一律以第三方检测为准。
! 同批次停售、免费更换与上门取送同时进行，不以检测结论为前提。
! 对外只说已核实的事实，不谈供应商，不推断原因。
@高远 {-3s} 提交初步结论与批次清单
@沈一 {-4s} 专线增加夜班，来电每两小时汇总
@周衡 {-3s} 核对缺陷报告的法定期限

# 媒体
财经日报书面求证两项问题。会议认为应在检测结论出具后一并答复，先电话说明时间。
@陈立 {-3s} 电话答复财经日报并记录
! 下一次通报不晚于{0}18:00。
""",
    },
    "strategyreview": {
        "type": "minutes", "status": "approved", "owner": "lin", "project": "strategy", "dated_on": -9,
        "title": "年度公关战略评审会", "title_en": "Annual PR strategy review",
        "held_at": "-9 14:00", "place": "上海办公室 12 层 / 巴黎线上", "chair": "Dubois", "recorder": "陈立",
        "present": "林岚、苏晴、高远、何文舟、顾念", "in_attendance": "Moreau",
        "body": """
# 目标与权重
第 2 轮调研提示前知名度 38.5%，比第 1 轮高 6.5 个百分点，样本各 400，尚未达到 95% 显著。
! 三项目标权重定为 50、30、20，知名度目标 40.0% 不变。
@苏晴 {+12s} 与调研公司确认第 3 轮问卷用语不变

# 预算
年度预算 600 万元，媒体传播占 20%，不可预见费 3%。
会议要求补充两项测算后再批。
@何文舟 {+1s} 预算说明补充两页
@林岚 {+5s} 向管理层汇报修订稿

# 巴黎意见
巴黎建议把工坊媒体行列为固定项目。
! 固定项目的提法采纳，频次每年一次。
""",
    },
    "popupreview": {
        "type": "minutes", "status": "review", "owner": "wang", "project": "popup", "dated_on": -6,
        "title": "早秋快闪店复盘会", "title_en": "Review of the pre-fall pop-up",
        "held_at": "-6 10:30", "place": "安福路现场", "chair": "王敏", "recorder": "顾念",
        "present": "苏晴、陈立、何文舟", "in_attendance": "罗一凡（星幕科技）", "absent": "白露（工坊试色）",
        "body": """
# 到店与预约
三周到店 6,180 人次，留下可回访信息 1,051 人，预约爽约率 22%，高于目标的 15%。
! 今后预约发放两次提醒，爽约两次者改为现场排号。
@顾念 {+6s} 上线预约提醒短信

# 成本
搭建超出预计 4.1 万元，原因是面料墙返工一次；其余科目均在预算内。
@何文舟 {+4s} 与星幕科技结清尾款与押金

# 留下什么
面料墙拆分为六十个样本，赠予三所院校。
! 样本附产地与织造说明，署工匠姓名。
@王敏 {-2s} 完成执行报告
""",
    },
    "parismeeting": {
        "type": "minutes", "status": "released", "owner": "moreau", "project": "paris", "dated_on": -3, "released_at": "-2 10:00",
        "title": "巴黎工坊媒体行沟通会", "title_en": "Paris atelier press trip: planning call",
        "held_at": "-3 09:30 Europe/Paris", "place": "线上 Online", "chair": "Moreau", "recorder": "陈立",
        "present": "林岚、陈立、周衡", "in_attendance": "高远",
        "body": """
# 行程
两天，八位编辑，每组四人进切割间。工坊上午不接受提问，下午安排一小时交流。
! 拍摄只限固定机位，不拍图纸墙。
@Moreau {+6s} 确认八位编辑的行程

# 接待标准
两家媒体自理差旅，其余六家由品牌承担经济舱与三星级酒店。
! 不安排礼品，超出标准的部分由个人自理。
@周衡 {+3s} 书面确认接待标准合规
""",
        "body_en": """
# Programme
Two days, eight editors, four at a time in the cutting room. No questions in the workshop before noon; an hour of conversation in the afternoon.
! Photography from fixed positions only, and never of the wall of drawings.
@Moreau {+6s} Confirm travel for the eight editors

# Hospitality
Two titles pay their own way. For the other six, LANJING covers economy fares and a three-star hotel.
! No gifts; anything above the standard is at the guest’s own expense.
@周衡 {+3s} Confirm the standard in writing
""",
    },
    "dinnersite": {
        "type": "minutes", "status": "draft", "owner": "wang", "project": "dinner", "dated_on": -1,
        "title": "VIP 私享晚宴场地协调会", "title_en": "Private client dinner: venue meeting",
        "held_at": "-1 09:30", "place": "苏州河旧仓库现场", "chair": "王敏", "recorder": "王敏",
        "present": "苏晴、沈一", "in_attendance": "物业张经理、消防顾问",
        "body": """
# 消防评估
物业要求追加消防评估，最快五个工作日。【待填：评估费用】
! {+2}仍无书面答复，即改用武康路备选。
@王敏 {+2s} 场地二选一并签约

# 席位
旧仓库 40 席，武康路 32 席。
! 主桌一席留给Dubois先生，其余四席主人由林岚拟定。
@沈一 {+1s} 列出可改为下午茶的八位客人
""",
    },
}  # fmt: skip
