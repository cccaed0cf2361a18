"""What was published about everything else, and the pickups and doubles among the clippings."""

from __future__ import annotations

from typing import Any

from prtui.desk.sample_data.coverage_launch import LAUNCH, piece
from prtui.desk.sample_data.people import Table

CLASP: Table = {
    "notice": piece(
        "agency", "-4 06:10", "neutral", "quote", "clasp", "", "澜璟就一起腕表表扣断裂事件发布声明",
        "通联社上海{-4}电 澜璟今日凌晨发布第1号声明，称一位顾客佩戴「朔月」腕表时折叠表扣断裂，手腕被划伤，已就医。品牌方已暂停销售同批次表扣的产品，并将涉事腕表送交独立检测机构。",
    ),
    "night247": piece(
        "consumer", "-4 11:20", "negative", "feature", "clasp", "岳明", "十几万元的表，表扣说断就断？消费者质疑质检流程",
        "当事人的朋友在社交平台发文称，该表购入仅五个月。记者走访两家门店，店员均表示不清楚同批次表扣的具体数量。\n"
        "有消费者认为，品牌虽已道歉，但迟迟没有说明问题出在哪一道工序。",
    ),
    "tvclasp": piece(
        "tv", "-3 12:15", "neutral", "quote", "clasp", "记者 胡晓", "午间新闻：表扣断裂后，门店在做什么",
        "记者今晨来到南京西路门店，看到同批次产品已从柜台撤下。店员向到店顾客演示如何查看表扣内侧的批次号，并登记上门取送。",
    ),
    "probe": piece(
        "caijing", "-3 09:40", "negative", "feature", "clasp", "魏然", "「朔月」腕表表扣质量问题调查",
        "多名消费者反映，该款腕表的折叠表扣在使用数月后出现松动，个别存在断裂的质量问题。品牌方称已启动核查，检测结论将于近日公布。\n"
        "记者就表扣供应商、批次数量两项问题书面求证，截至发稿，澜璟表示将在检测结论出具后一并答复。\n"
        "业内人士指出，表扣多为外购件，品牌的来料检验是关键一环。",
    ),
    "balance": piece(
        "pujiang", "-3 15:30", "mixed", "feature", "clasp", "顾小满", "反应不慢，答案未到：澜璟表扣事件四十八小时",
        "从获悉到首次声明不到两小时，从停售到上门取送不到一天，澜璟的动作比多数同行要快。\n"
        "但消费者想知道的“为什么断”，仍然没有答案。品牌承诺{0}18时前通报检测结果，届时才是真正的考验。",
    ),
    "hkclasp": piece(
        "hk", "-3 17:00", "neutral", "quote", "clasp", "梁詠詩", "澜璟腕錶錶扣事件：香港兩店同步停售同批次產品",
        "品牌回覆本報查詢時表示，香港兩間門店共售出同批次「朔月」腕錶11枚，已逐一致電客人安排免費更換錶扣，暫未接獲本地受傷個案。",
    ),
    "weeklyclasp": piece(
        "weekly", "-2 10:30", "negative", "feature", "clasp", "乔安", "发布会在即，澜璟先要回答一枚表扣的问题",
        "新品「曜石」将在{+1}亮相，而旧款「朔月」的表扣仍在实验室里。\n"
        "读者来信问得直接：新表用的是不是同一家的表扣？品牌方对此没有正面回应，只说将在检测结论中说明。",
    ),
    "dialclasp": piece(
        "dial", "-2 13:00 Europe/London", "neutral", "quote", "clasp", "Oliver Hart", "LANJING pauses sales of one batch of its Shuoyue after a clasp fails",
        "A folding clasp on a LANJING Shuoyue broke on a customer’s wrist and caused a cut that was treated the same day. The house has stopped selling watches from the same batch and has offered to replace clasps free of charge, at the boutique or by courier.\n"
        "An independent laboratory has the watch. LANJING says that it will not comment on the cause before the report.",
    ),
    "portalclasp": piece(
        "huashang", "-2 18:20", "neutral", "mention", "clasp", "", "如何查看表扣批次号？三步图解",
        "打开折叠扣，内侧刻有六位字符，前四位为批次。符合声明所列批次的顾客，可到店免费更换，也可拨打顾客专线预约上门取送。",
    ),
    "response": piece(
        "shiji", "-1 21:15", "positive", "feature", "clasp", "阿砚", "从停售到上门取送：一次值得记录的售后反应",
        "我们以普通顾客身份拨打了专线，两分钟接通，二十四小时内有专人上门取表，并留下一只备用表扣。\n"
        "表扣为何断裂，要等检测结论；但把人放在产品前面，这个顺序是对的。",
    ),
}  # fmt: skip

OTHERS: Table = {
    # the pop-up store
    "poproad": piece("pujiang", "-28 09:00", "neutral", "mention", "popup", "", "安福路又添快闪空间，开放至{-9}", "澜璟早秋系列快闪店今起开放，面积约120平方米，二楼试戴需预约。街道工作人员提醒，周末人流较大，请按指引排队。"),
    "popwall": piece("weekly", "-26 11:00", "positive", "feature", "popup", "乔安", "可以伸手去摸的一面墙", "快闪店入口是一面由六十块面料拼成的墙，鼓励触摸。\n孩子摸丝绒，老人摸麻布，年轻人摸完拍照。少有奢侈品牌愿意把“请勿触摸”换成“请摸”。"),
    "popelle": piece("elle", "-24 10:00", "positive", "feature", "popup", "方知遥", "安福路120平方米，装下一个早秋", "从面料墙到二楼的试戴间，动线只有一条，却让人走得很慢。\n预约试戴的顾客会得到一张手写卡片，记下当天试过的三件作品和灯光的色温。"),
    "popmarie": piece("marie", "-23 16:00", "positive", "feature", "popup", "许沐", "周三下午，我在快闪店遇见一位修表师", "工作日的快闪店安静得像一间书房。修表师傅现场为路人调表带，不收钱，也不问是不是自家的表。"),
    "popdials": piece("dials", "-22 21:00", "positive", "mention", "popup", "表盘背后", "快闪店避坑指南：二楼一定要预约", "一楼不用预约，二楼每半小时只放四个人。店员会记住你上一次试过什么。周末下午排队约四十分钟，建议工作日去。", reach=9_800, reach_source="平台阅读数，截图存档"),
    "pophk": piece("hk", "-21 12:00", "positive", "mention", "popup", "梁詠詩", "上海週末去處：可以觸摸的時裝展", "由面料牆到試戴間，處處以人手溫度作主題。遊客可於酒店禮賓部代為預約，逢週三設粵語導覽。"),
    "popbazaar": piece("bazaar", "-20 10:00", "positive", "feature", "popup", "陆青禾", "把工坊搬到街角", "三位工匠轮流驻店，一位绣，一位磨，一位只负责回答问题。\n回答问题的那位，是最忙的。"),
    "popluxe": piece("luxe", "-19 12:00", "neutral", "quote", "popup", "何溯", "快闪店还值得做吗？五个品牌的三周账本", "受访品牌的平均坪效差异明显。澜璟提供的数据为：三周到店6,180人次，留下可回访信息的占17%，预约爽约率22%。"),
    # the New Year gift box
    "giftvogue": piece("vogue", "-29 10:00", "positive", "feature", "gift", "程夏", "拆完礼盒，托盘留在了案头", "大多数礼盒在拆开的那一刻就完成了使命。澜璟的这一份不同：桑皮纸里是一只漆木托盘，可以盛首饰，也可以盛橘子。"),
    "giftgq": piece("gq", "-28 20:00", "positive", "mention", "gift", "周既明", "编辑部留下来的三件新年礼物", "第二件是澜璟的漆木托盘，放袖扣刚好。漆面有一点手工的起伏，灯下看得见。"),
    "giftgems": piece("gems", "-30 12:30", "positive", "mention", "gift", "珠宝手记", "今年收到的礼盒里，这一只没有多余的塑料", "拆完只剩一张纸和一只盘子，纸还能写字。这样的克制值得夸一句。", reach=7_200, reach_source="平台阅读数，截图存档"),
    "gifttw": piece("tw", "-26 09:30", "positive", "mention", "gift", "吳承翰", "案頭小物：一只漆木托盤的用途", "底部墊有軟木，放錶不怕刮。漆面經過兩次陰乾，邊緣收得細緻。"),
    "giftyicai": piece("yicai", "-27 08:00", "neutral", "mention", "gift", "宋一帆", "品牌礼盒转向“可长期使用”，成本与环保两头算", "受访的九家品牌中，六家减少了一次性包材。澜璟称其礼盒包材重量较上一年下降38%。"),
    # high jewellery
    "yunxilook": piece("lofficiel", "-13 11:00", "positive", "feature", "yunxi", "单宁", "「云汐」预览：把潮水的边缘镶在锁骨上", "尖晶石、月光石与灰色珍珠沿着一条不对称的弧线排开，像退潮后留在沙上的水痕。\n工匠说，难处不在镶嵌，而在让每一颗石头看起来像是自己停在那里的。"),
    "yunxiwwd": piece("wwd", "-11 09:00", "positive", "feature", "yunxi", "林知白", "28件作品，4件借展：澜璟为何先做展览再谈销售", "品牌总监苏晴表示，展览期间不设订购台，只登记鉴赏预约。\n在高级珠宝市场趋于谨慎的当下，先建立认知，再谈成交，是一种有耐心的做法。"),
    "yunxirevue": piece("revue", "-6 11:00 Europe/Paris", "positive", "feature", "yunxi", "Hélène Aubry", "Four pieces travel east", "Four pieces of the Yunxi collection leave Paris next month for an exhibition of twenty-eight in Shanghai. Seen in the workshop last week, the grey pearls of the largest necklace had been matched by daylight over eleven weeks.\nIt shows."),
    "yunxifigaro": piece("figaro", "-5 15:00 Europe/Paris", "positive", "mention", "yunxi", "Camille Perrin", "La marée, en pierres grises", "Avant son départ pour Shanghai, la collection Yunxi s’est laissé voir quelques heures rue de la Paix. On retient un collier de perles grises, accordées une à une à la lumière du jour."),
    "yunxigems": piece("gems", "-2 21:40", "unrated", "mention", "yunxi", "珠宝手记", "等一个「云汐」的鉴赏预约", "登记页面开放了，选了周四下午。有去过预览的朋友说灰珍珠那条要走近看。"),
    # the Paris workshop
    "parismarie": piece("marie", "-10 15:00", "positive", "feature", "paris", "许沐", "北窗下的三个人：澜璟巴黎工坊小记", "工坊只有三张桌子，都朝北。首席工匠每天上午不接电话，因为上午的光不会再来一次。"),
    "parislof": piece("lofficiel", "-8 11:00", "positive", "quote", "paris", "单宁", "一封从上海寄往巴黎的表盘", "每一枚石面在装机前要先寄到巴黎看一次光，再寄回上海。信封里除了表盘，还有一张写着意见的纸条。"),
    "parisluxe": piece("luxe", "-7 12:00", "neutral", "mention", "paris", "何溯", "奢侈品牌的媒体行，正在变小变慢", "受访品牌的媒体行人数普遍从二十人降到十人以下。澜璟计划中的巴黎行程只邀请八位编辑，停留两天。"),
    # the house itself
    "weblaunch": piece("luxe", "-16 12:00", "positive", "mention", "web", "何溯", "澜璟媒体中心上线：图片、授权与更正记录放在一处", "媒体可自助下载带拍摄日期与版权说明的图片，任何更正都会留下记录。对常年追着品牌要图的编辑来说，这是一件实在的好事。"),
    "housepod": piece("podcast", "-20 07:00", "positive", "feature", "", "唐予", "第39期：修一只1998年的澜璟", "听众寄来一只停走多年的旧表。工坊的报价单写得很细：哪些零件要换，哪些可以留，留下的为什么留。"),
    "sales": piece("yicai", "-6 08:10", "neutral", "mention", "", "宋一帆", "高端腕表消费趋于理性，售后与保值成关注重点", "多位零售商表示，顾客在决定前更愿意询问保养周期与备件供应。澜璟、另两家国产品牌均在本季延长了保修年限。"),
}  # fmt: skip

ORIGINALS: Table = LAUNCH | CLASP | OTHERS


def _pickup(of: str, outlet: str, at: str) -> dict[str, Any]:
    first = ORIGINALS[of]
    return first | {
        "outlet": outlet, "published_at": at, "original": "pickup", "parent": f"{{={of}}}", "depth": "mention", "author": "",
        "body": f"（转载）{first['body']}", "reach": None, "reach_source": "",
    }  # fmt: skip


PICKUPS: Table = {
    "stone-1": _pickup("stone", "huashang", "-27 14:00"),
    "stone-2": _pickup("stone", "shangpin", "-26 08:30"),
    "business-1": _pickup("business", "dongfang", "-17 13:20"),
    "bund-1": _pickup("bund", "huashang", "-2 17:05"),
    "bund-2": _pickup("bund", "shangpin", "-2 17:40"),
    "probe-1": _pickup("probe", "dongfang", "-3 10:55"),
    "probe-2": _pickup("probe", "shangpin", "-3 11:30"),
    "notice-1": _pickup("notice", "pujiang", "-4 06:40"),
    "notice-2": _pickup("notice", "dongfang", "-4 07:15"),
    "popelle-1": _pickup("popelle", "huashang", "-24 15:10"),
    "giftvogue-1": _pickup("giftvogue", "shangpin", "-29 16:00"),
}

# The same piece, clipped twice: the desk counts outlet and title once.
DOUBLES: Table = {
    "bailu-again": ORIGINALS["bailu"] | {"summary": "同一篇，由第二位同事再次剪入。"},
    "ftglobal-again": ORIGINALS["ftglobal"] | {"summary": "同一篇，由第二位同事再次剪入。"},
    "poproad-again": ORIGINALS["poproad"] | {"summary": "同一篇，由第二位同事再次剪入。"},
}
