"""The three scenarios that come with the desk. Fictional; minutes after the start, channel, news, and what should be done."""

from __future__ import annotations

from typing import NamedTuple

Said = dict[str, str]  # language → text


class Push(NamedTuple):
    """One piece of news of a scenario."""

    minute: int
    channel: Said
    text: Said
    expected: Said


class Scenario(NamedTuple):
    """A script for a drill."""

    key: str
    title: Said
    injects: tuple[Push, ...]


def _push(minute: int, channel: tuple[str, str], text: tuple[str, str], expected: tuple[str, str]) -> Push:
    zh, en = zip(channel, text, expected, strict=True)
    return Push(minute, *({"zh": one, "en": other} for one, other in zip(zh, en, strict=True)))


_XHS = ("小红书", "Xiaohongshu")
_PHONE = ("电话", "Telephone")
_WEIBO = ("微博", "Weibo")
_PRESS = ("媒体", "Press")
_HOUSE = ("内部", "Inside")
_OFFICE = ("监管", "Authority")

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        "product",
        {"zh": "产品质量投诉升级", "en": "A product complaint escalates"},
        (
            _push(0, _XHS, ("顾客发帖：新款腕表表扣断裂，手腕划伤，附照片；30 分钟互动 1.2 万", "A customer posts that the clasp of a new watch broke and cut the wrist, with photographs; 12,000 interactions in 30 minutes"), ("定级，通知小组，开始记录", "Set the level, call the team, begin the log")),
            _push(8, _PHONE, ("上海旗舰店店长：顾客已就医，要求书面答复；店内另有两起同款维修", "The manager of the Shanghai flagship: the customer saw a doctor and wants a written answer; two more repairs of the same model"), ("核实事实并记为已核实；门店统一口径", "Verify and log the fact; one line for the store")),
            _push(20, _PRESS, ("财经日报记者来电：表扣供应商是谁，是否召回，一小时内截稿", "A reporter of a business daily: who makes the clasp, is there a recall, deadline in one hour"), ("登记问询与截止时间，指定发言人", "Log the enquiry with its deadline, name a spokesperson")),
            _push(35, _WEIBO, ("话题登上同城热搜第 6 位，有人称“第三例”", "The topic is sixth of the city's trends; somebody speaks of a third case"), ("不猜测原因，不回应未核实数字", "No guess at the cause, no unverified number")),
            _push(50, _HOUSE, ("质检部：同批次 1,860 只，初步检测不排除电镀层缺陷", "Quality: 1,860 pieces in the batch; a defect of the plating cannot be excluded"), ("法务判断缺陷报告时限；准备停售与补救", "Counsel looks at the duty to report; prepare to stop sales")),
            _push(75, _OFFICE, ("市场监管部门来电了解情况，要求当日书面说明", "The market authority calls and wants a written account today"), ("由法务牵头答复，留存记录", "Counsel answers; keep the record")),
            _push(120, _PRESS, ("两家 A 级媒体发布负面原创；有媒体问是否赔偿", "Two A-tier outlets publish negative originals; one asks about compensation"), ("媒体回访；发布补救措施与下次通报时间", "Call back; publish the remedy and the time of the next update")),
        ),
    ),
    Scenario(
        "ambassador",
        {"zh": "代言人丑闻", "en": "An ambassador's scandal"},
        (
            _push(0, _WEIBO, ("品牌代言人被曝涉嫌违法，相关话题 20 分钟进入全国热搜前十", "The brand's ambassador is said to have broken the law; within 20 minutes the topic is in the national top ten"), ("定级 I；核实消息来源", "Level I; verify the source")),
            _push(10, _PHONE, ("代言人经纪公司：尚在核实，请品牌先不要表态", "The agency: still checking, please say nothing yet"), ("记录通话；不接受以对方时间表为准", "Log the call; do not adopt their timetable")),
            _push(25, _HOUSE, ("电商：首页与 12 家门店橱窗仍是代言人物料", "E-commerce: the home page and twelve shop windows still show the ambassador"), ("决定物料下线顺序与时间", "Decide what comes down first and when")),
            _push(40, _PRESS, ("时尚周刊：是否解约？合同是否有道德条款？", "A fashion weekly: will the contract end? Is there a morality clause?"), ("登记问询；法务确认合同口径", "Log the enquiry; counsel clears the line on the contract")),
            _push(60, _OFFICE, ("警方通报证实", "The police confirm it"), ("更新已核实事实；声明须与通报一致", "Update the verified facts; the statement follows the notice")),
            _push(90, _WEIBO, ("粉丝与网民在品牌评论区对立，出现抵制呼声", "Fans and others fight in the brand's comments; a boycott is called"), ("评论区预案；先告知门店与员工", "Plan for the comments; stores and staff are told first")),
            _push(150, _PRESS, ("总部所在地媒体问：全球是否一致处理？", "A paper at the headquarters' seat: is this handled the same worldwide?"), ("中英文口径一致，总部确认", "One line in both languages, confirmed by headquarters")),
        ),
    ),
    Scenario(
        "data",
        {"zh": "数据泄露", "en": "A data leak"},
        (
            _push(0, _HOUSE, ("安全部门：海外论坛兜售约 1.5 万条 VIP 客户资料，样本经比对为真", "Security: some 15,000 VIP records are offered on a foreign forum; the sample is genuine"), ("定级 I；启动法定时限；限制知情范围", "Level I; start the statutory clocks; need to know only")),
            _push(12, _PHONE, ("客服：已有客户来电称收到精准诈骗短信", "Customer service: customers report well-aimed fraud messages"), ("登记投诉；准备对客户的提醒文本", "Log the complaints; prepare the warning to customers")),
            _push(30, _HOUSE, ("IT：源头疑为第三方预约系统，是否立即停用？", "IT: the source may be a partner's booking system; switch it off now?"), ("决策留痕；不对外推测源头", "Log the decision; no guess in public")),
            _push(45, _PRESS, ("科技媒体：涉及多少人？是否包含证件号？", "A technology outlet: how many people? Identity numbers too?"), ("只用已核实数字；个人信息不外泄", "Verified numbers only; no personal data")),
            _push(60, _OFFICE, ("网信部门要求报告事件等级、影响与处置", "The cyberspace authority wants level, effect and measures"), ("法务按时限报告并留存回执", "Counsel reports in time and keeps the receipt")),
            _push(100, _PHONE, ("法国总部法务：欧盟客户 312 人，72 小时通报时限已开始", "Counsel in Paris: 312 customers in the EU; the 72 hours are running"), ("两地口径一致；记录时区", "One line in both places; note the zones")),
            _push(180, _WEIBO, ("有客户晒出诈骗损失，要求赔偿", "A customer shows a loss from fraud and asks for compensation"), ("客户先于公众得到答复；补救措施", "The customer before the public; the remedy")),
        ),
    ),
)  # fmt: skip
