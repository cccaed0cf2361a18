"""The statements and notes of the sample desk, and who cleared which text."""

from __future__ import annotations

from prtui.desk.sample_data.people import Table

STATEMENTS: Table = {
    "first": {
        "type": "statement", "number": 1, "status": "released", "owner": "lin", "contact": "chen", "project": "clasp", "dated_on": -4,
        "released_at": "-4 04:31", "next_update_at": "0 18:00", "confidentiality": "public", "tags": "表扣, 声明",
        "title": "关于「朔月」腕表表扣断裂的声明",
        "title_en": "Statement on a broken clasp of a Shuoyue watch",
        "body": """
{-4Y}2时47分，我们获悉一位顾客在佩戴「朔月」腕表时，折叠表扣断裂，手腕被划伤。顾客已就医，伤口已得到处理，门店同事一直陪同。

对顾客受到的伤害，我们深感不安，并已当面致歉。

我们已采取以下措施：

- 自当日4时起，全部门店暂停销售使用同批次表扣的「朔月」腕表；
- 经顾客同意，涉事腕表已封存并送交独立检测机构；
- 已购同批次产品的顾客，可到任一门店免费更换表扣，也可由我们上门取送。

在检测结论出具之前，我们不对原因作任何推断。下一次通报不晚于{0Y}18时。

顾客专线：021-5555 0100（24小时）。媒体联络：press@lanjing.example。
""",
        "body_en": """
At 02:47 on {-4E} (Beijing time) we learned that the folding clasp of a Shuoyue watch had broken on a customer’s wrist and caused a cut. The customer has been treated in hospital; a colleague from the boutique was present throughout.

We are sorry for the injury and have said so to the customer in person.

We have taken these steps:

- From 04:00 that day, no boutique sells Shuoyue watches with clasps of the same batch.
- With the customer’s consent, the watch has been sealed and sent to an independent laboratory.
- Owners of watches from that batch may have the clasp replaced free of charge, at any boutique or by courier.

Until the laboratory reports, we will not comment on the cause. Our next update follows by 18:00 (Beijing time) on {0E}.

Customer line: 021-5555 0100, day and night. Press: press@lanjing.example.
""",
    },
    "update": {
        "type": "statement", "number": 2, "status": "draft", "owner": "lin", "contact": "chen", "project": "clasp", "dated_on": 0,
        "next_update_at": "+4 18:00", "confidentiality": "confidential", "tags": "表扣, 声明",
        "title": "关于「朔月」腕表表扣检测结果与后续措施的声明",
        "title_en": "Laboratory findings on the Shuoyue clasp, and what we do next",
        "body": """
就{-4Y}「朔月」腕表折叠表扣断裂一事，独立检测机构【待填：检测机构全称】已出具报告，结论为：【待填：检测结论原文】。涉及批次为【待填：批次号】，共【待填：数量】枚，其中已售【待填：已售数量】枚。

受伤顾客正在康复，我们与其保持每日联系。给顾客带来的伤害与不安，我们再次致歉。

我们将采取以下措施：

- 免费更换涉及批次的全部表扣，{+1}起执行，预计三十天内完成；
- 不愿继续持有的顾客，可按购入价退货；
- 来料检验增加拉力测试，由独立机构每季度抽查，结果公开。

下一次通报不晚于{+4Y}18时。顾客专线：021-5555 0100（24小时）。媒体联络：press@lanjing.example。
""",
        "body_en": """
Following the break of a Shuoyue clasp on {-4E}, the independent laboratory 【To fill: full name of the laboratory】 has reported. Finding: 【To fill: finding, word for word】. Batch: 【To fill: batch number】; watches affected: 【To fill: number】, of which sold: 【To fill: number sold】.

The injured customer is recovering and we are in touch every day. We apologise again for the injury and the worry.

We will take these steps:

- Replace every clasp of the batch free of charge, from {+1E}, within an expected thirty days.
- Take back any watch of the batch at the price paid.
- Add a pull test to incoming inspection, checked each quarter by an independent laboratory, with results made public.

Our next update follows by 18:00 (Beijing time) on {+4E}. Customer line: 021-5555 0100, day and night. Press: press@lanjing.example.
""",
    },
    "impostors": {
        "type": "statement", "number": 1, "status": "review", "owner": "chen", "contact": "chen", "project": "onyx", "dated_on": -1,
        "next_update_at": "+6 12:00", "confidentiality": "internal", "tags": "曜石, 冒名",
        "title": "关于冒用澜璟名义预售「曜石」的提示",
        "title_en": "Notice of accounts that pre-sell Yaoshi in our name",
        "body": """
截至{-1Y}20时，我们核实到三个网络账号冒用澜璟名义收取「曜石」腕表预售定金。

给受影响的顾客带来的困扰，我们感同身受。「曜石」尚未开放预售，我们没有委托任何个人或平台代收定金。

我们已采取以下措施：

- 向所在平台提交证据，三个账号均已停止显示收款方式；
- 向公安机关报案，并为受影响的顾客提供所需的证明文件；
- 在官网公布门店名录与预约入口，供顾客核对。

下一次通报不晚于{+6Y}12时。已支付定金的顾客，请保留转账记录并拨打顾客专线：021-5555 0100（24小时）。媒体联络：press@lanjing.example。
""",
        "body_en": """
As of 20:00 (Beijing time) on {-1E} we have verified three online accounts that take deposits for the Yaoshi watch in LANJING’s name.

We feel for everyone who has been misled. Sales of Yaoshi have not opened, and we have asked no person or platform to collect deposits.

We have given our evidence to the platform, where the three accounts no longer show a way to pay; reported the matter to the police; and published the list of our boutiques on our website.

Our next update follows by 12:00 (Beijing time) on {+6E}. If you have paid, please keep the record of the transfer and call 021-5555 0100, day or night. Press: press@lanjing.example.
""",
    },
}  # fmt: skip

NOTES: Table = {
    "lines": {
        "type": "note", "status": "approved", "owner": "chen", "project": "onyx", "dated_on": -2, "confidentiality": "confidential", "tags": "口径, 曜石",
        "title": "发布会问答口径（第 5 版）", "title_en": "Lines to take for the launch, version 5",
        "body": """
# 关于「曜石」

问：为什么只有300枚？
答：石面的良品率决定产量。十块石料里三至四块可用，我们不打算为了数量放宽挑选。

问：会加价吗？
答：定价168,000元，全球同价，按当日汇率折算。每位顾客限购一枚，不接受转让预约。

问：机芯是自己做的吗？
答：LJ-03在上海工坊设计与组装。游丝与宝石轴承外购，供应商名称不对外公开。

# 关于「朔月」表扣

问：「曜石」与「朔月」用的是同一款表扣吗？
答：不是。「曜石」使用针扣，由另一家供应商制作，图纸与材料均不同。（高远已核对，{-2}）

问：原因是什么？
答：以检测结论为准，{0}18时前通报。在此之前不作推断。

不说：供应商名称；受伤顾客的任何个人信息；对其他品牌的评价。
""",
    },
    "outline": {
        "type": "note", "status": "draft", "owner": "chen", "project": "onyx", "dated_on": -1, "tags": "采访",
        "title": "李文清（VOGUE）专访提纲：白露", "title_en": "Interview outline: Li Wenqing (Vogue) with Bai Lu",
        "body": """
时间：{+2} 14:00，工坊，60 分钟，含拍摄 20 分钟。

1. 从哪一刻起决定不要刻度？
2. 推迟的四个月，团队内部怎么说？
3. 二十四枚试色片为何还留着？
4. 巴黎与上海的意见不一致时，谁来定？

提醒：不谈离职传闻；样表备两只，其中 No.7 在 ELLE，{+1}归还。
""",
    },
    "watch": {
        "type": "note", "status": "draft", "owner": "su", "project": "strategy", "dated_on": -6, "tags": "竞品",
        "title": "同业观察：石面腕表与售后承诺", "title_en": "What other houses do: stone dials and service promises",
        "body": """
- 三家同业本季推出石面腕表，交付周期八至十一个月。
- 两家把保修延长至八年，但备件年限没有写明。
- 媒体开始追问成本与来源，单讲故事的稿件篇幅在变短。

可用之处：把三十年备片的账算给人看。Numbers first, then the story.
""",
    },
}  # fmt: skip

# (document, step, by, when, channel, remark): both languages where there are two, each bound to its exact words
CLEARANCES: list[tuple[str, str, str, str, str, str]] = [
    ("launch", "review", "林岚", "-13 19:00", "text", ""),
    ("launch", "legal", "周衡", "-12 16:20", "text", "限购一句与门店条款一致"),
    ("launch", "management", "Dubois", "-11 17:40", "email", "Quote approved in both languages"),
    ("exhibition", "review", "苏晴", "-2 11:10", "text", "借展作品的表述等法务"),
    ("popuprelease", "legal", "周衡", "-33 15:00", "text", ""),
    ("popuprelease", "management", "Dubois", "-32 18:00", "email", ""),
    ("giftrelease", "legal", "周衡", "-47 15:30", "text", ""),
    ("giftrelease", "management", "Dubois", "-46 18:10", "email", ""),
    ("airportnews", "legal", "周衡", "-29 14:00", "text", ""),
    ("airportnews", "management", "Dubois", "-28 17:30", "email", ""),
    ("first", "legal", "周衡", "-4 04:12", "phone", "逐句通读，两种语言"),
    ("first", "management", "Dubois", "-4 04:24", "phone", "巴黎时间前一日晚，已复述全文"),
    ("lines", "review", "林岚", "-2 20:00", "text", ""),
    ("countdown", "chair", "林岚", "-1 18:30", "text", ""),
    ("crisis", "chair", "林岚", "-4 12:40", "text", ""),
    ("strategyreview", "chair", "Dubois", "-8 19:00", "email", ""),
    ("parismeeting", "chair", "Moreau", "-2 09:30", "email", ""),
]
