"""What was published about the coming launch of 「曜石」: twenty-six originals."""

from __future__ import annotations

from typing import Any

from prtui.desk.sample_data.people import Table


def piece(
    outlet: str, at: str, tone: str, depth: str, project: str, author: str, title: str, body: str, **more: Any
) -> dict[str, Any]:  # fmt: skip
    """An original. The tones are positive, neutral, negative, mixed or unrated; nobody has coded the last."""
    return {
        "outlet": outlet, "published_at": at, "sentiment": tone, "depth": depth, "project": project or None, "author": author,
        "title": title, "body": body, "original": "original", "media_class": "earned", "confidentiality": "public",
        "coder": None if tone == "unrated" else "chen",
    } | more  # fmt: skip


LAUNCH: Table = {
    "stone": piece(
        "vogue", "-27 10:00", "positive", "feature", "onyx", "程夏", "把一块火山玻璃磨到0.6毫米",
        "上海郊外的一间工坊里，天然黑曜石要先在水中静置三天，等应力慢慢释放，才能上切盘。\n"
        "澜璟的做法是只取石心，磨到0.6毫米，再用手指的温度找出那道若有若无的金色光纹。十块石料里，能走到最后一道工序的往往只有三四块。\n"
        "设计师白露说，她不想让表盘看起来昂贵，而想让它看起来安静。",
    ),
    "colour": piece(
        "elle", "-25 09:30", "positive", "feature", "onyx", "方知遥", "黑色不是一种颜色：「曜石」的二十四次试色",
        "黑曜石的黑里有灰、有绿，也有雨后天空的蓝。ELLE在澜璟工坊看到二十四枚试色片，每一枚都写着日期和当天的天气。\n"
        "最终入选的一枚并不是更黑的那一枚，而是在烛光下会微微发暖的那一枚。",
    ),
    "bailu": piece(
        "lofficiel", "-22 11:00", "positive", "cover", "onyx", "单宁", "专访白露：我为等一道光，多做了四个月",
        "“石头不肯配合的时候，要先怀疑图纸。”白露谈起「曜石」的第二版设计，语气平静。\n"
        "她把原定的夜光刻度全部去掉，只留一圈极细的钛环，让光从石头边缘进来。为此，整个项目推迟了四个月。\n"
        "问她是否后悔，她摇头：“表会走几十年，四个月不长。”",
    ),
    "wrist": piece(
        "marie", "-21 15:00", "positive", "feature", "onyx", "许沐", "39毫米，刚好：一枚黑色腕表的性别观",
        "澜璟没有把「曜石」分成男款和女款。39毫米的表径、9.4毫米的厚度，是在二十六只手腕上逐一试出来的。\n"
        "试戴名单里有外科医生、大提琴手和一位六十八岁的裁缝。裁缝的意见被采纳了：表冠要再小半圈，袖口才不会被勾住。",
    ),
    "night": piece(
        "bazaar", "-19 10:20", "positive", "feature", "onyx", "陆青禾", "入夜之后，再看「曜石」",
        "白天的「曜石」近乎沉默，入夜后才显出边缘的光。编辑部把样表放在同一张桌上，从黄昏拍到午夜，一共三十七张。\n"
        "它不抢话，却让人想多看一眼。",
    ),
    "suit": piece(
        "gq", "-18 20:00", "positive", "feature", "onyx", "周既明", "一身深灰西装，配一枚没有数字的表",
        "没有数字，没有日期，只有两根指针。澜璟把读时这件事交还给佩戴者。\n"
        "我们用一周时间戴它上班、开会、打羽毛球。结论是：它更适合前两件事，而表带的快拆设计让第三件事也不至于尴尬。",
    ),
    "business": piece(
        "wwd", "-17 08:45", "positive", "feature", "onyx", "林知白", "澜璟押注天然石面：小批量如何做成一门可持续的生意",
        "「曜石」首批300枚，定价168,000元。产品总监高远向WWD解释，天然石面的良品率决定了产量，而不是反过来。\n"
        "与同价位品牌相比，澜璟把更多预算留给了售后：每一枚表盘都留有同一块石料的备片，保存期三十年。\n"
        "分析人士认为，这一做法抬高了库存成本，却也让老客户愿意等。",
    ),
    "schedule": piece(
        "wwd", "-16 18:00", "neutral", "mention", "onyx", "", "一周日程：三场腕表发布，两场珠宝预展",
        "未来四周，上海将有三场腕表发布与两场珠宝预展。澜璟「曜石」发布会定于{+1}晚，地点外滩1号，仅限受邀嘉宾。",
    ),
    "aftercare": piece(
        "luxe", "-15 12:10", "positive", "feature", "onyx", "何溯", "三十年的备片：一家中国珠宝表厂的售后账本",
        "为每一枚售出的「曜石」保存同一块石料的备片，意味着恒温柜、编号系统和一位专职管理员。\n"
        "澜璟给出的数字是：每枚表三十年的保管成本约2,100元，已计入售价。把售后写进成本，而不是写进口号，在行业里并不多见。",
    ),
    "calibre": piece(
        "shiji", "-14 21:00", "positive", "feature", "onyx", "阿砚", "拆解LJ-03：72小时动力之外，还有两处少见的细节",
        "LJ-03的摆轮夹板做成双臂，避震更稳；自动陀换成了钨合金的外缘，上链效率在实测中提高约两成。\n"
        "我们连续测了九天，平均日差+2.1秒，换位差4.6秒。夹板倒角由手工完成，放大二十倍仍看得到推刀的方向。\n"
        "小小的遗憾是底盖不透明，这份细致只有制表师和读者知道。",
    ),
    "handson": piece(
        "dial", "-13 16:00 Europe/London", "positive", "feature", "onyx", "Oliver Hart", "Hands-on: the LANJING Yaoshi, a dial that waits for you",
        "Volcanic glass is a difficult thing to put on a wrist. It chips, it hides its colour, and it punishes a hurried polisher. LANJING’s answer is to go slowly: a 0.6 mm slice, a thin titanium ring, and no printing at all.\n"
        "On the wrist the Yaoshi is quieter than the press photographs suggest, and better for it. We measured an average of plus two seconds a day over a week.\n"
        "The price, CNY 168,000, is serious money. So is the finishing.",
    ),
    "revuestone": piece(
        "revue", "-12 11:00 Europe/Paris", "positive", "feature", "onyx", "Hélène Aubry", "Obsidian, patience and a second opinion from Paris",
        "The first dials crossed two continents before anybody was satisfied with them. LANJING’s small Paris workshop sent back eleven of the first fourteen, each with a handwritten note.\n"
        "What has come out of that correspondence is a watch with an unusual calm. It will not shout across a room, and its owners will be glad of it.",
    ),
    "market": piece(
        "yicai", "-11 07:20", "neutral", "quote", "onyx", "宋一帆", "石面腕表升温，产能成为共同难题",
        "多家品牌在本季推出天然石面腕表。业内人士指出，石料开采与切割的良品率普遍低于四成，交付周期因此拉长到八个月以上。\n"
        "澜璟产品总监高远表示，「曜石」首批300枚将分四批交付，不接受加价插队。",
    ),
    "ftglobal": piece(
        "ft", "-10 09:00 Europe/London", "positive", "quote", "onyx", "Eleanor Webb", "Chinese watchmakers look past the tourbillon",
        "A younger generation of Chinese houses is spending less on complications and more on materials and service. LANJING, based in Shanghai with a workshop in Paris, keeps a spare slice of the same stone for every watch that it sells.\n"
        "“We promise thirty years because we have counted what thirty years cost,” says Antoine Dubois, its chief executive.",
    ),
    "figarostone": piece(
        "figaro", "-9 15:30 Europe/Paris", "positive", "feature", "onyx", "Camille Perrin", "À Shanghai, une montre noire qui prend son temps",
        "Dans l’atelier parisien de LANJING, on reçoit les cadrans de Shanghai comme des lettres : on les lit à la lumière du nord, puis on répond.\n"
        "La Yaoshi, bientôt présentée sur le Bund à quelques invités, est le fruit de cette correspondance. Une pièce sobre, d’une finition remarquable.",
    ),
    "traffic": piece(
        "pujiang", "-9 17:00", "neutral", "mention", "onyx", "", "外滩一带近期活动较多，市民可留意周边交通提示",
        "据活动主办方提供的日程，{+1}晚外滩1号将有一场腕表发布会，规模约180人，不占用公共道路。周边停车位紧张，建议公共交通出行。",
    ),
    "hkstone": piece(
        "hk", "-8 14:00", "positive", "feature", "onyx", "梁詠詩", "不加夜光，不加日曆：滬上品牌「曜石」的減法",
        "天然黑曜石錶盤薄至0.6毫米，邊緣以鈦環承托，是今季少見的素面之作。\n"
        "品牌行政總裁Dubois接受本報訪問時表示，首批300枚當中有40枚預留予香港藏家，取錶前可先到店中以自然光挑選石紋。",
    ),
    "twstone": piece(
        "tw", "-7 10:00", "positive", "feature", "onyx", "吳承翰", "火山的靜默：澜璟「曜石」機芯與面盤實測",
        "我們將樣錶置於恆溫箱五日，平均日差+2.4秒，表現穩定。打磨方面，夾板倒角的稜線清楚，指針背面亦有處理。\n"
        "若要挑剔，錶帶出廠時略硬，配戴約一週後方才服貼。整體而言，這是一枚值得細看的作品。",
    ),
    "dialsnote": piece(
        "dials", "-6 19:40", "positive", "feature", "onyx", "表盘背后", "在柜台前站了四十分钟，只为看它换一次颜色",
        "预约到了「曜石」的预览，店员把灯关掉一半，说：等一下。大概过了两分钟，石头边上浮起一圈暖光，像炉子刚熄。\n"
        "没有推销，临走送了一小片边角料，装在写了编号的纸袋里。",
        reach=12_400, reach_source="平台阅读数，截图存档",
    ),
    "gearsvideo": piece(
        "gears", "-5 20:30", "positive", "feature", "onyx", "齿轮研究所", "【实拍】LJ-03机芯全程组装，一镜到底十一分钟",
        "获准在工坊固定机位拍摄，不剪辑、不配乐。第六分钟可以看到制表师把一颗螺丝拧下来重来，因为螺丝槽没有对齐。\n"
        "弹幕里问得多的是价格和排队时间，评论区置顶已逐条回答。",
        reach=86_000, reach_source="平台播放数，截图存档",
    ),
    "sound": piece(
        "podcast", "-4 07:00", "positive", "feature", "onyx", "唐予", "第41期：听一枚石头被切开的声音",
        "本期录音棚搬进了澜璟的切割间。你会听到水、砂，以及一声很轻的裂响，那块石头因此被放弃。\n"
        "白露在节目里说，放弃是工坊里发生得比较多的事，也是她认为值得被听见的事。",
    ),
    "weeklylook": piece(
        "weekly", "-4 10:00", "positive", "feature", "onyx", "乔安", "外滩见：本周值得期待的一枚新表",
        "少有品牌愿意在发布前把失败的样品拿给记者看。澜璟拿出了一整盘。\n"
        "「曜石」的吸引力正来自这种坦率：你知道它为什么贵，也知道它为什么少。",
    ),
    "bund": piece(
        "agency", "-2 16:00", "neutral", "mention", "onyx", "", "澜璟将于{+1}在上海发布「曜石」腕表",
        "通联社上海{-2}电 珠宝腕表品牌澜璟将于{+1}晚在上海外滩1号发布「曜石」腕表。品牌方介绍，约180位嘉宾受邀，相关资料将于当晚20时对外公布。",
    ),
    "citynotes": piece(
        "tv", "-1 18:30", "neutral", "mention", "onyx", "记者 胡晓", "《城市记》：一枚腕表上台之前",
        "节目跟拍了发布会搭建的最后三天。灯光师在舞台上反复调一束光，只为让后排也看得见石面的纹理。制作总监罗一凡说，这束光已经调了十七遍。",
    ),
    "eve": piece(
        "vogue", "0 07:30", "positive", "quote", "onyx", "程夏", "发布前一天，我们在后台看到了什么",
        "后台的长桌上摆着120张手写姓名卡，字迹来自工坊里的制表师。\n"
        "今天的彩排从下午一点开始。白露昨晚把样表戴回了家，说要让石头先习惯人的温度。",
    ),
    "rumour": piece(
        "gems", "0 08:05", "unrated", "mention", "onyx", "珠宝手记", "听说明晚有一枚黑色的表，坐标外滩",
        "收到邀请的朋友举个手。据说全场不设直播机位以外的手机拍摄，等解禁之后再来聊。",
        reach=5_300, reach_source="平台阅读数，截图存档",
    ),
}  # fmt: skip
