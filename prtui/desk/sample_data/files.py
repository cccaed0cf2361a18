"""A director's folder as it really is: names in every style, Chinese in every encoding, pages and mails beside plain text.

Nothing of it is on the sample desk, so that importing the folder shows what is new.
"""

from __future__ import annotations

# (name, encoding, text)
TEXTS: list[tuple[str, str, str]] = [
    ("{-16i}_时尚周刊_一枚领针的第二次生命.txt", "utf-8", """一枚领针的第二次生命

时尚周刊记者 乔安

领针断成两截，主人本想把它收进抽屉。澜璟工坊的师傅看了看断口，说可以接，但会留下一道细线。主人说，那就留着吧。
三周后领针回来了，细线被做成一枝麦穗的茎。修复费用写在一张手写单上：接焊一处，抛光一次，共四百二十元。
"""),
    ("【浦江新闻】南京西路门店推出周末修表课 {-12c}.txt", "gb18030", """【浦江新闻】南京西路门店推出周末修表课

记者 顾小满

每周六上午，澜璟南京西路门店开放六个座位，由制表师带着学员拆装一只教学机芯。课程不收费，需自带耐心。
首期学员中有一位退休钳工，装好机芯后又把它拆开，说要再听一次声音。
"""),
    ("香江時報_{-20i}_中環小店裡的一張長凳.txt", "big5", """中環小店裡的一張長凳

香江時報記者 梁詠詩

瀾璟中環店翻新後，把櫃檯縮短了一半，騰出位置放一張長凳。店員說，客人坐下來，才會說真正想要甚麼。
長凳以回收船木製成，上面留有舊釘孔。
"""),
    ("会议纪要_媒体日筹备会_{-8c}.txt", "gb18030", """会议纪要：媒体日筹备会

会议时间：{-8Y}14:00
会议地点：上海办公室小会议室
主持人：陈立
记录人：顾念
出席：高远、苏晴、王敏

一、场地
现场看了三处。旧纺织厂自然光好，卸货只有一部货梯；美术馆二楼安静，但不允许带水。
! 优先旧纺织厂，由王敏确认货梯承重。

二、新品讲解
每件新品一张桌子，一位讲解人，讲解不超过四分钟。
@高远 {+6s} 提交讲解人名单
@王敏 {+3s} 货梯承重与时段
"""),
    ("minutes-paris-call.md", "utf-8", """---
title: Minutes of the call with the Paris workshop
date: {-5i}
---
# Minutes of the call with the Paris workshop

Chair: Claire Moreau
Present: Lin Lan, Chen Li
Apologies: Gao Yuan

## Photography
The north window is free on both mornings. Tripods only.
! Pictures are shown to the workshop before they leave the building.

## Translation
@陈立 {+5s} Send the bilingual glossary
"""),
    ("新闻稿_门店修复角（第3稿）.txt", "utf-8-sig", """新闻稿

澜璟在成都门店开设修复角

（成都，{+9Y}）——澜璟将在成都门店开设修复角，每周三天由制表师驻店，为顾客提供表带更换、清洁与走时检测，并当场给出书面说明。
修复角面积不到八平方米，只有一张工作台、一盏灯和两把椅子。顾客可以坐在师傅对面，看完每一道工序。
“看得见的修理，比看得见的橱窗更让人放心。”成都门店店长唐蓉说。
修复角接受各年份的澜璟腕表，不接受其他品牌的机芯维修。预约电话：021-5555 0100。
###
"""),
    ("press-release-repair-corner.md", "utf-8", """FOR IMMEDIATE RELEASE

# LANJING opens a repair corner in its Chengdu boutique

CHENGDU, {+9E} — LANJING will open a repair corner in its Chengdu boutique. Three days a week a watchmaker changes straps, cleans cases and checks rates at a bench that faces the customer.

Every repair comes with a written account of what was done and what was left alone, and why.

Media contact: press@lanjing.example

###
"""),
    ("关于官网短时无法访问的说明.txt", "gb18030", """关于官网短时无法访问的说明

{-10Y}10时12分至10时47分，澜璟官网因服务商机房断电无法访问，共35分钟。
给正在预约的顾客带来不便，我们深感抱歉。受影响的27个预约已由门店逐一致电确认，均按原时段保留。
服务商已更换供电模块，并将于下周完成备用线路测试。
澜璟（上海）精品有限公司
{-10Y}
"""),
    ("statement-counterfeit-straps.md", "utf-8", """# Statement on counterfeit straps sold online

{-13E}

We have verified two online shops that sell straps marked LANJING. They are not ours. Their leather has not been tested and their spring bars may open in use.

Customers who are unsure may bring a strap to any boutique, where it is checked while they wait.

Press: press@lanjing.example
"""),
    ("随手记 {-3c}.txt", "utf-16", """随手记

白露说石面的照片不要修掉那道灰，那是石头的年纪。
电话里 Dubois 问：为什么中文稿总比英文稿长？想了想，因为我们舍不得。
下次采访前把样表上满弦。
"""),
    ("同业观察-售后.md", "utf-8", """# 同业观察：售后写进合同之后

- 甲品牌把保养周期写进保卡，门店不再口头承诺。
- 乙品牌公开备件年限，只有十年，但写得清楚。
- 可借鉴：一张看得懂的报价单，胜过一屋子的香薰。
"""),
]  # fmt: skip

# (name, encoding, page)
PAGES: list[tuple[str, str, str]] = [
    ("bazaar-workshop.html", "utf-8", """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>工坊里的旧唱机_时尚芭莎</title>
<meta property="og:title" content="工坊里的旧唱机"><meta property="og:site_name" content="时尚芭莎">
<meta property="article:published_time" content="{-18i}T10:20:00+08:00"><meta name="author" content="陆青禾">
<link rel="canonical" href="https://bazaar.example/feature/old-turntable"></head>
<body><nav><a href="/">首页</a> <a href="/watch">腕表</a></nav><article><h1>工坊里的旧唱机</h1>
<p>抛光间有一台旧唱机，只在下午三点以后开。师傅们说，音乐会让手变快，上午的活儿不能快。</p>
<p>唱片是轮流带来的，这个月轮到一位学徒，他带来了一整箱评弹。</p></article><footer>版权所有</footer></body></html>
"""),
    ("caijing_{-22c}.htm", "gb18030", """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>珠宝腕表行业用工观察：学徒为何留不住 - 财经日报</title></head>
<body><div class="nav"><a href="#">财经日报</a></div><h1>珠宝腕表行业用工观察：学徒为何留不住</h1>
<p>来源：财经日报　作者：魏然　{-22Y} 08:15</p>
<div id="article"><p>多家企业反映，制表学徒在第二年离职的比例接近四成。薪酬并不是主要原因，看不到作品署名才是。</p>
<p>澜璟自上一年起在保卡上印制制表师姓名。该公司介绍，学徒留任率因此有所回升，但样本尚小。</p></div></body></html>
"""),
    ("The Dial Room - letter.html", "utf-8", """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A letter from a strap maker | The Dial Room</title>
<meta property="og:title" content="A letter from a strap maker"><meta property="og:site_name" content="The Dial Room">
<meta name="author" content="Oliver Hart"><meta property="article:published_time" content="{-19i}T15:00:00+00:00"></head>
<body><main><h1>A letter from a strap maker</h1>
<p>Most readers write to us about movements. Mrs Gu of Haining writes about thread. She has sewn straps for LANJING for eleven years and can tell, she says, which of her two daughters cut the leather.</p>
<p>We went to see her. The workshop has one window, four awls and a very old radio.</p></main></body></html>
"""),
    ("微信文章_一张报价单.html", "utf-8", """<!doctype html>
<html><head><meta charset="utf-8"><meta property="og:title" content="一张报价单，写了七种“不必修”"><meta property="og:site_name" content="时计志">
<meta name="author" content="阿砚"></head><body><div id="page-content"><h1 id="activity-name">一张报价单，写了七种“不必修”</h1>
<p>{-24Y} 21:00</p><div id="js_content" class="rich_media_content"><p>送修一只停走的旧表，报价单上列了十二项，其中七项写着“不必修”，并逐项说明理由。</p>
<p>剩下的五项合计一千八百六十元。我们把单子拍了下来，因为它比那只表更少见。</p></div></div></body></html>
"""),
]  # fmt: skip

# (name, charset, from, to, subject, when, text, whether it is a page)
MAILS: list[tuple[str, str, str, str, str, str, str, bool]] = [
    ("媒体问询-消费观察网.eml", "utf-8", "岳明 <yueming@consumer.example>", "陈立 <li.chen@lanjing.example>", "问询：修复角的收费标准", "-2 15:40", """陈老师好：

我们在做一组关于腕表售后收费的选题，想请教三个问题：
1. 修复角的检测是否收费？
2. 书面报价的有效期多长？
3. 非本品牌表带能否更换？

截稿时间为明天 18:00，谢谢。

消费观察网 岳明
""", False),
    ("Fwd 样片授权.eml", "gb18030", "单宁 <shanning@lofficiel.example>", "陈立 <li.chen@lanjing.example>", "转发：封面样片与授权范围", "-6 11:05", """陈立，

样片三张见网盘。授权范围请按纸刊一期、官方公众号一次来写，视频另议。
白露老师那张侧光的，能否再给一张没有裁切的？

单宁
""", False),
    ("re-hospitality.eml", "utf-8", "Claire Moreau <claire.moreau@lanjing.example>", "周衡 <heng.zhou@lanjing.example>", "Re: 接待标准 / Hospitality standard", "-1 10:15 Europe/Paris", """Dear Heng,

Both titles that pay their own way have confirmed in writing. For the other six I shall book the small hotel near the workshop; breakfast is included, dinner is not.

Could you look at paragraph 3 before noon in Shanghai tomorrow?

Claire
""", False),
    ("供应商报价.eml", "gb18030", "罗一凡 <yifan.luo@xingmu.example>", "王敏 <min.wang@lanjing.example>", "媒体日搭建报价（第二版）", "-4 17:20", """<html><body><p>王敏你好：</p><p>第二版报价如下：讲解桌十二张，合计 38,400 元；临时照明 16,200 元；货梯看护两天 3,000 元。</p>
<p>报价有效期十五天，含税。货梯承重 1.5 吨，单件不超过 400 公斤即可。</p><p>罗一凡</p></body></html>
""", True),
    ("readers-letter.eml", "utf-8", "许沐 <xumu@marie.example>", "林岚 <lan.lin@lanjing.example>", "读者来信：那张没有收费的单子", "-9 09:30", """林老师：

转一封读者来信。她说在快闪店调了别家的表带，师傅没有收钱，只请她下次带孩子来看磨石头。她想知道能不能写信感谢那位师傅。

许沐
""", False),
]  # fmt: skip
