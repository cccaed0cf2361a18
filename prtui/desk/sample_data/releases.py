"""The press releases of the sample desk, one in each place of a text's life."""

from __future__ import annotations

from prtui.desk.sample_data.people import Table

RELEASES: Table = {
    "launch": {
        "type": "release", "status": "approved", "owner": "chen", "contact": "chen", "project": "onyx", "dated_on": 1, "confidentiality": "embargoed",
        "embargo_at": "+1 20:00", "city": "上海", "city_en": "Shanghai", "tags": "曜石, 通稿",
        "title": "澜璟发布「曜石」腕表：以天然黑曜石为面",
        "subtitle": "0.6毫米石面、自制LJ-03机芯，首批300枚，为每一枚保留三十年备片",
        "title_en": "LANJING presents Yaoshi, a watch with a dial of natural obsidian",
        "subtitle_en": "A 0.6 mm slice of volcanic glass, the in-house LJ-03 calibre, and a spare dial kept for thirty years",
        "body": """
珠宝腕表品牌澜璟今晚在外滩1号发布「曜石」腕表。新作以0.6毫米天然黑曜石为表盘，搭载自制LJ-03自动机芯，首批300枚，定价168,000元，{+8}起在指定门店接受预约鉴赏。

## 一块安静的石头

黑曜石是火山熔岩急速冷却后形成的天然玻璃，质地坚硬，也容易崩裂。澜璟的工匠将石料在水中静置三天，释放应力之后才开始切割，再以手工研磨至0.6毫米。平均每十块石料，有三至四块能够成为表盘。

表盘上没有数字，也没有印刷。一圈极细的钛环托住石面边缘，让光从侧面进入：在日光下，它近于纯黑；在烛光下，边缘会浮出一道暖色的光纹。

“我不想让它看起来昂贵，而想让它看起来安静。”「曜石」的设计者、澜璟腕表设计师白露说，“石头不肯配合的时候，要先怀疑图纸。我们因此推迟了四个月，把夜光刻度全部去掉。”

## 机芯与佩戴

LJ-03机芯由澜璟上海工坊设计与组装，动力储存72小时，摆轮采用双臂夹板，自动陀外缘为钨合金。夹板倒角由手工完成。每一枚机芯在五个方位、三种温度下校准，整表测试十五天。

表径39毫米，厚9.4毫米，表壳为深灰色五级钛，防水50米。表耳的弧度参考了23位藏家的试戴意见，表冠比原型小半圈，以免勾住袖口。表带可不借助工具更换。

## 三十年的备片

每售出一枚「曜石」，澜璟都会留存一片取自同一块石料的备片，编号入库，恒温保存三十年。表盘如有损伤，可用同一块石头修复。

“我们承诺三十年，是因为已经算过三十年要花多少钱。”澜璟首席执行官Antoine Dubois表示，“成本已经写进售价，而不是写进口号。”

## 鉴赏与购买

首批300枚分四批交付，首批交付时间为{+90Y}前后。顾客可在上海、北京、成都、香港与巴黎的指定门店预约鉴赏，在自然光下挑选石纹。每位顾客限购一枚，不接受转让预约。

高清图片、机芯参数表与采访预约，请见澜璟媒体中心。图片版权归澜璟所有，可用于与「曜石」相关的新闻报道，使用时请保留摄影师署名。
""",
        "body_en": """
LANJING this evening presented Yaoshi at Bund One in Shanghai. The watch has a dial of natural obsidian, 0.6 mm thick, and runs on the in-house LJ-03 automatic calibre. The first series is of 300 pieces at CNY 168,000; viewings by appointment begin on {+8E}.

## A quiet stone

Obsidian is volcanic glass: hard, and quick to chip. LANJING’s workshop rests each block in water for three days before it is cut, then grinds the slice by hand. Of ten blocks, three or four become dials.

There are no numerals and nothing is printed. A thin titanium ring holds the edge of the stone and lets light in from the side. By day the dial is close to black; by candlelight a warm line appears at its rim.

“I did not want it to look expensive. I wanted it to look quiet,” said Bai Lu, who designed the watch. “When the stone refuses, doubt the drawing first. We took four more months and removed every luminous marker.”

## Movement and wear

The LJ-03 is designed and assembled in Shanghai. It runs for 72 hours, with a double-armed balance bridge and a rotor edged in tungsten alloy. Bevels are finished by hand, and every watch is tested for fifteen days.

The case is of grade 5 titanium, 39 mm across and 9.4 mm high, and resists water to 50 metres. Twenty-three collectors tried the prototype; the curve of the lugs follows what they said.

## A spare kept for thirty years

For every Yaoshi sold, LANJING keeps a slice of the same block, numbered, at constant temperature, for thirty years, so that a damaged dial can be replaced with the same stone.

“We promise thirty years because we have counted what thirty years cost,” said Antoine Dubois, chief executive of LANJING.

## Viewings

The series will be delivered in four parts, the first around {+90E}. Viewings are held in Shanghai, Beijing, Chengdu, Hong Kong and Paris. One watch per client; appointments are personal.

High-resolution pictures, the calibre sheet and interview requests: LANJING newsroom.
""",
    },
    "exhibition": {
        "type": "release", "status": "legal", "owner": "chen", "contact": "chen", "project": "yunxi", "dated_on": -1, "confidentiality": "internal",
        "embargo_at": "+27 10:00", "city": "上海", "city_en": "Shanghai", "tags": "云汐, 高级珠宝",
        "title": "澜璟「云汐」高级珠宝展将于{+55}在上海开幕",
        "subtitle": "二十八件作品，四件由巴黎工坊借展，预约参观",
        "title_en": "LANJING to open its Yunxi high jewellery exhibition in Shanghai on {+55e}",
        "subtitle_en": "Twenty-eight pieces, four on loan from the Paris workshop, by appointment",
        "body": """
澜璟将于{+55}在上海举办「云汐」高级珠宝展，展出28件作品，其中4件由巴黎工坊借展。展览为期三周，参观免费，需预约。展览期间不设订购台，只登记鉴赏预约。

## 潮水的边缘

「云汐」取意于潮水退去时留在沙上的水痕。设计团队在浙江沿海记录了十一个月的潮线，将其中二十八道弧线转译为项链、手镯与胸针的轮廓。作品以灰色珍珠、尖晶石与月光石为主，少用对称，石头之间留出呼吸的距离。

展览的中心是一条灰珍珠项链。九十三颗珍珠在日光下逐一配色，历时十一周。镶工采用隐藏式爪镶，从正面看不到金属。

“难处不在镶嵌，而在让每一颗石头看起来像是自己停在那里的。”澜璟品牌总监苏晴说。

## 先看，再谈

展览以工序为线索，分为潮、线、石、光四个单元。观众可以看到手绘稿、蜡模、试色板，以及三件最终没有采用的方案。每天下午有一位工匠在现场操作并回答问题。

四件借展作品来自巴黎工坊的收藏，此前没有公开展出。为此，展厅设置恒湿展柜，照度控制在50勒克斯以内。

“我们希望观众先认识一件作品，再决定要不要靠近它。”苏晴表示，“所以展厅里没有价签，也没有催促。”

## 参观信息

策展团队还把十一个月的潮线记录整理成一本小册，印数500册，在展厅入口取阅，不出售。册中附有每一道弧线的日期、时刻与天气，也记下了三次因台风中断的采集。小册的电子版将在官网全文公开，并附英文与法文译本，供研究者引用。

参观时间为每日10时至18时，周一闭馆。每个时段限40人。轮椅使用者与视障观众可预约专场导览，导览提供触摸模型。预约通道将于{+34}开放。

媒体预展安排在开幕前一天下午，请通过澜璟媒体中心登记。图片版权归澜璟所有，可用于与展览相关的新闻报道。
""",
        "body_en": """
LANJING will open Yunxi, an exhibition of high jewellery, in Shanghai on {+55E}. It shows twenty-eight pieces, four of them on loan from the Paris workshop, for three weeks. Admission is free and by appointment. Nothing is sold in the rooms; visitors may register for a private viewing.

Yunxi follows the line that a tide leaves on sand. The designers recorded the tide lines of the Zhejiang coast for eleven months and drew twenty-eight curves from them. Grey pearls, spinels and moonstones are set with little symmetry and with room between them.

At the centre is a necklace of ninety-three grey pearls that were matched by daylight over eleven weeks. “The difficulty is to make each stone look as if it had stopped there by itself,” said Su Qing, brand director.

The exhibition shows drawings, wax models and three designs that were not used. A craftsman works in the room every afternoon and answers questions. Guided tours with models to touch can be booked by blind and partially sighted visitors.

Open daily from 10:00 to 18:00, closed on Mondays; forty visitors at a time. Booking opens on {+34E}. A preview for the press will be held on the afternoon before the opening.
""",
    },
    "popuprelease": {
        "type": "release", "status": "released", "owner": "chen", "contact": "chen", "project": "popup", "dated_on": -30, "confidentiality": "public",
        "released_at": "-30 10:00", "city": "上海", "tags": "早秋",
        "title": "澜璟早秋系列快闪店今起在安福路开放",
        "subtitle": "为期三周，一面可以触摸的面料墙，三位工匠轮流驻店",
        "body": """
澜璟早秋系列快闪店今日在上海安福路开放，为期三周。空间面积约120平方米，一楼自由参观，二楼试戴需预约。三位工匠轮流驻店，为到访者演示刺绣、打磨与表带更换。

## 可以触摸的入口

入口是一面由六十块面料组成的墙，鼓励到访者用手辨认丝绒、麻与羊绒的差别。每块面料背后都写着产地与织造时间，扫码可以听到织机的声音。

“我们把请勿触摸的牌子留在了工坊。”澜璟品牌总监苏晴说，“一件东西好不好，手比眼睛先知道。”

## 慢下来的二楼

二楼每半小时接待四位预约顾客。店员会记录当天试戴的作品与现场灯光，写成一张卡片送给顾客。再次到店时，可以从上一次停下的地方继续。

快闪店不设销售指标。现场可为任何品牌的腕表免费调整表带，需要更换零件的，由工匠说明原因并给出书面报价。

## 开放信息

开放时间为每日11时至20时，最后一天为{-9}。工作日的14时至16时为安静时段，不播放音乐，适合带孩子的家庭与需要安静环境的到访者。店内设有无障碍坡道，轮椅使用者可由侧门进入，请提前一天致电预约。

周末人流较大，请按现场指引排队。店员会在队伍中分发热茶与预约二维码。预约后如不能前来，请提前两小时取消，把时段留给其他人。

## 工匠驻店时间

- 周二、周四：刺绣
- 周三、周六：打磨与表带
- 周五、周日：问答，任何关于材料与保养的问题

早秋系列共三十六件作品，包括腕表、耳饰与手镯，均可在澜璟各门店预订。快闪店结束后，面料墙将拆分为六十个样本，赠予本市三所设计院校的材料图书馆。

每位工匠驻店期间都会完成一件小作，署名后留在展示柜中，展期结束时赠予当天到店的一位观众，由观众自愿登记、现场抽取。

采访与图片需求，请联系澜璟公关部。
""",
    },
    "giftrelease": {
        "type": "release", "status": "corrected", "owner": "chen", "contact": "chen", "project": "gift", "dated_on": -44, "confidentiality": "public",
        "released_at": "-44 10:00", "city": "上海",
        "title": "澜璟新春礼盒：一只可以留下来的托盘",
        "subtitle": "桑皮纸与漆木，420份，包材减重38%",
        "body": """
澜璟今日公布新春礼盒。礼盒以桑皮纸为外壳，内为一只可用作首饰盘的漆木托盘，共制作420份，赠予长期客户与媒体伙伴，不对外销售。

礼盒的出发点是减法。与上一年相比，包材重量下降38%，不使用一次性塑料。桑皮纸可作书写用纸，托盘底部以软木衬垫，放置腕表不易刮伤。

漆木托盘由福建一间家庭工坊完成，经两次阴干。其中一批漆面出现细小橘纹，品牌决定返工，因此部分礼盒送达时间比原定晚三天，收礼人已逐一收到说明。

“礼物被留下来用，才算送到了。”澜璟公关总监林岚说。

更正：本稿首次发布时将托盘的阴干次数写为三次，应为两次，特此更正。
""",
    },
    "creators": {
        "type": "release", "status": "draft", "owner": "gu", "contact": "chen", "project": "kol", "dated_on": 0, "confidentiality": "internal",
        "city": "上海", "tags": "待改, 极限词示例",
        "title": "澜璟携手六位顶级创作者，讲述最佳时间故事",
        "subtitle": "行业首个旧物修复共创计划",
        "body": """
澜璟今日宣布启动创作者共创计划。六位顶级创作者将各以一件旧物讲述时间，并由澜璟工坊为其中适合的物件提供修复。这是业内独一无二的合作。

【待填：六位创作者的姓名与账号，按拼音排序】

计划为期八周，所有内容均按平台规则标注商业合作。脚本只核对年份、材质与价格等事实，不审观点。

批注（林岚）：标题与第一段有四处极限词，请改为可证明的事实；“首个”须有出处，否则删去。
""",
    },
    "airportnews": {
        "type": "release", "status": "withdrawn", "owner": "bai", "contact": "chen", "project": "airport", "dated_on": -27, "confidentiality": "public",
        "released_at": "-27 15:00", "city": "上海",
        "title": "澜璟机场艺术装置媒体预告",
        "subtitle": "在旅途中遇见「云汐」",
        "body": """
澜璟将与机场方合作，在国际出发层呈现以「云汐」为主题的艺术装置，预计停留观看者可在步行九十秒内经过二十八道光带。

因航站楼翻修延期，本预告已于{-18}撤回。新的时间确定后将另行发布，已刊发的媒体伙伴我们已逐一致电说明。
""",
    },
}  # fmt: skip
