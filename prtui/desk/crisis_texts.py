"""Holding statements that come with the desk: drafts for counsel to approve, never approved by themselves.

Order of DOMAIN §4.5: people, action, perspective; verified facts only, no cause, no blame, at most 200 characters in Chinese.
"""

from __future__ import annotations

from typing import NamedTuple


class Shipped(NamedTuple):
    """A text of the library: scenario, language, title, body."""

    scenario: str
    language: str
    title: str
    body: str


TEXTS: tuple[Shipped, ...] = (
    Shipped(
        "product", "zh", "关于产品安全反馈的情况说明",
        "我们已获知有顾客反馈【待填:产品】使用中出现异常。截至【待填:时间】，经核实的情况是：【待填:事实】。\n\n"
        "我们牵挂当事人，已安排专人联系并协助就医与售后。相关批次已【待填:措施】，样品已送检。\n\n"
        "检测结论未出之前，我们不作推测。下一次通报时间：【待填:下次通报】。\n\n"
        "消费者服务：【待填:热线】　媒体联络：【待填:媒体联络】",
    ),
    Shipped(
        "product", "en", "Statement on reports about product safety",
        "We have learned that customers reported a problem with 【To fill:product】. As of 【To fill:time】 the verified "
        "facts are: 【To fill:facts】.\n\n"
        "Our first thought is with those affected; we are in touch with them and help with medical and other care. The "
        "pieces concerned have been 【To fill:action】 and are being examined.\n\n"
        "Until the results are known we will not speculate. We will speak again at 【To fill:next update】.\n\n"
        "Customers: 【To fill:line】. Media: 【To fill:media contact】.",
    ),
    Shipped(
        "ambassador", "zh", "关于品牌合作艺人相关信息的说明",
        "我们注意到今日有关【待填:艺人】的信息。截至【待填:时间】，已核实的事实是：【待填:事实】。\n\n"
        "我们尊重法律与公序良俗，理解公众的关切。相关合作内容已【待填:措施】。\n\n"
        "其余情况以主管部门通报为准。下一次通报时间：【待填:下次通报】。\n\n"
        "消费者服务：【待填:热线】　媒体联络：【待填:媒体联络】",
    ),
    Shipped(
        "ambassador", "en", "Statement on reports about a brand ambassador",
        "We have seen today's reports about 【To fill:name】. As of 【To fill:time】 the verified facts are: "
        "【To fill:facts】.\n\n"
        "We respect the law and understand the public's concern. Joint activities have been 【To fill:action】.\n\n"
        "For everything else we refer to the authorities. We will speak again at 【To fill:next update】.\n\n"
        "Customers: 【To fill:line】. Media: 【To fill:media contact】.",
    ),
    Shipped(
        "data", "zh", "关于客户信息安全事件的告知",
        "我们于【待填:时间】发现部分客户信息可能被未经授权访问。已核实的范围：【待填:事实】。\n\n"
        "我们向受影响的客户致以歉意，正逐一联系。相关系统已【待填:措施】，并已向主管部门报告。\n\n"
        "请勿向来电或短信提供验证码与付款信息；我们不会索取这些信息。下一次通报时间：【待填:下次通报】。\n\n"
        "客户专线：【待填:热线】　媒体联络：【待填:媒体联络】",
    ),
    Shipped(
        "data", "en", "Notice of an information security incident",
        "At 【To fill:time】 we found that some customer information may have been accessed without permission. Verified "
        "so far: 【To fill:facts】.\n\n"
        "We are sorry for the worry this causes and are contacting every customer concerned. The systems have been "
        "【To fill:action】 and the authorities informed.\n\n"
        "Please give no codes or payment data to callers; we never ask for them. We will speak again at "
        "【To fill:next update】.\n\n"
        "Customers: 【To fill:line】. Media: 【To fill:media contact】.",
    ),
)  # fmt: skip
