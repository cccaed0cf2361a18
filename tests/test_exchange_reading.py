"""Each kind of file gives its text, and title, day, outlet, author and kind as a person would guess them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from prtui.exchange import guesses
from prtui.exchange.found import Unreadable
from prtui.exchange.reading import FOREIGN, READERS, Reading, read
from tests.files import make
from tests.files.make import paragraph as p

ZONE = "Asia/Shanghai"


def reading(folder: Path, name: str, data: bytes | str) -> Reading:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, zone=ZONE)


def refusal(folder: Path, name: str, data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        reading(folder, name, data)
    assert caught.value.hint
    return caught.value


# Word


def test_a_word_release_gives_text_title_day_and_kind(tmp_path: Path) -> None:
    body = p("新闻稿") + p("澜璟发布曜石腕表") + p("【上海，2026年3月16日】——澜璟今日发布曜石。") + p("###")
    found = reading(tmp_path, "稿.docx", make.docx(body, docProps__core_xml=make.core("模板", "2026-01-01T00:00:00Z")))
    assert (found.title, found.on, found.kind_guess) == ("澜璟发布曜石腕表", date(2026, 3, 16), "release")
    assert found.text.endswith("【上海，2026年3月16日】——澜璟今日发布曜石。\n###")
    assert found.at is not None and found.at.at == datetime(2026, 3, 15, 16, tzinfo=UTC)


def test_word_tables_boxes_notes_and_headers_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    body = (
        p("标题一行")
        + "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{p('型号')}{p('颜色')}</w:tc><w:tc>{p('价格')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:ins><w:r><w:t>加入</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText><w:t>也删</w:t></w:r></w:del>"
        + "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
        + f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>{p('文本框')}</w:txbxContent></mc:Choice>"
        + f"<mc:Fallback><w:txbxContent>{p('文本框')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:instrText>PAGE</w:instrText><w:t>末行</w:t></w:r></w:p>"
    )
    found = reading(
        tmp_path,
        "a.docx",
        make.docx(body, word__footnotes_xml=make.document(p("脚注")), word__header1_xml=make.document(p("内部资料"))),
    )
    assert [line for line in found.text.split("\n") if line] == [
        "标题一行", "甲\t乙", "丙", "型号 颜色\t价格", "加入新处", "文本框", "末行", "脚注", "内部资料",
    ]  # fmt: skip


def test_the_style_title_and_the_properties_name_a_word_document(tmp_path: Path) -> None:
    styles = (
        f'<w:styles xmlns:w="{make.W}"><w:style w:styleId="a3"><w:name w:val="Title"/></w:style></w:styles>'
    ).encode()
    body = p("澜璟") + p("年度公关战略", "a3")
    assert reading(tmp_path, "a.docx", make.docx(body, word__styles_xml=styles)).title == "年度公关战略"
    named = make.docx(p("抬头") + p("真正的题目"), docProps__core_xml=make.core("真正的题目", "2026-02-03T01:00:00Z"))
    found = reading(tmp_path, "b.docx", named)
    assert (found.title, found.on) == ("真正的题目", date(2026, 2, 3))


def test_word_from_the_web_calls_its_text_otherwise(tmp_path: Path) -> None:
    assert reading(tmp_path, "a.docx", make.docx(p("正文"), main="word/document2.xml")).text == "正文"


# Web pages

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>曜石亮相上海_财经日报网</title></head><body>
<div class="nav"><a href=/>首页</a> <a href=/>财经，要闻，滚动，专题</a></div>
<div class=wrap><h1>曜石亮相上海</h1><div class=info>2026年3月16日 10:20 来源：财经日报 记者：李文清</div>
<div class="content"><p>澜璟在上海发布曜石腕表，
售价两万元。</p><script>var a="<p>脚本，不是正文。</p>"</script><p>现场来了一百八十位嘉宾，&ldquo;气氛热烈&rdquo;。</p></div>
<div class="related-news"><p>相关新闻，一二三四五六七八九十，不是正文。</p></div></div>
<footer>版权所有，未经许可不得转载，违者必究。</footer></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("utf-16", "utf-8")])
def test_a_saved_page_gives_the_article_and_who_wrote_it_when(tmp_path: Path, charset: str, encoding: str) -> None:
    found = reading(tmp_path, "a.html", PAGE.format(charset=charset).encode(encoding))
    assert found.text == "澜璟在上海发布曜石腕表，售价两万元。\n现场来了一百八十位嘉宾，“气氛热烈”。"
    assert (found.title, found.outlet, found.author) == ("曜石亮相上海", "财经日报", "李文清")
    assert found.at is not None and str(found.at) == "2026-03-16 10:20"
    assert (found.kind_guess, found.encoding) == ("coverage", encoding)


def test_a_page_that_says_what_it_is_is_believed(tmp_path: Path) -> None:
    page = """<html><head><title>x</title><meta property="og:title" content="Obsidian &amp; light">
    <meta property="og:site_name" content="Vogue Business"><meta name="author" content="Jane Doe">
    <meta property="article:published_time" content="2026-03-15T23:30:00Z">
    <link rel="canonical" href="https://example.com/obsidian"></head><body><header>Menu, news, shop, more things.</header>
    <article><p>LANJING has shown a watch, made of black steel.</p></article></body></html>"""
    found = reading(tmp_path, "a.html", page)
    assert (found.title, found.outlet, found.author) == ("Obsidian & light", "Vogue Business", "Jane Doe")
    assert (found.on, found.url) == (date(2026, 3, 16), "https://example.com/obsidian")
    assert found.text == "LANJING has shown a watch, made of black steel."


def test_a_wechat_article_in_nested_sections_is_whole(tmp_path: Path) -> None:
    inner = "".join(f"<section><section><p>第{n}段，写了腕表的故事，很长。</p></section></section>" for n in range(9))
    page = f"""<html><head><meta property="og:title" content="故事"></head><body><div id="js_content"
    style="visibility:hidden">{inner}</div><script>var x = 1</script><em id="publish_time">2026-03-16 09:00</em></body></html>"""
    assert reading(tmp_path, "a.htm", page).text.count("段，写了腕表的故事，很长。") == 9


def test_a_page_without_an_article_gives_what_is_visible(tmp_path: Path) -> None:
    assert reading(tmp_path, "a.html", "<html><body>短讯<p>无标点</p></body></html>").text == "短讯\n无标点"


# Mails


def mail(charset: str = "gb2312", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = headers.get("subject", "关于曜石发布会的采访问询，希望三月二十日之前得到答复，谢谢各位同事")
    message["From"] = "李文清 <li@example.com>"
    message["Date"] = "Thu, 12 Mar 2026 23:30:00 +0000"
    message.set_content("您好，我们希望在发布会后采访品牌负责人，谈谈曜石腕表的设计与工艺，谢谢。", charset=charset)
    return message


def test_a_mail_gives_subject_sender_day_and_plain_text(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative("<p>网页版</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="提纲.docx")
    found = reading(tmp_path, "a.eml", message.as_bytes())
    assert found.title == message["Subject"] and found.author == "李文清"
    assert found.text == "您好，我们希望在发布会后采访品牌负责人，谈谈曜石腕表的设计与工艺，谢谢。"
    assert found.on == date(2026, 3, 13) and found.kind_guess == "note"
    assert found.notes == ["Attachments not read (1): 提纲.docx"]


def test_a_mail_of_html_alone_gives_its_visible_text(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "x", "a@b.example"
    message.set_content("<style>p{}</style><p>第一段</p><p>第二段</p>", subtype="html")
    assert reading(tmp_path, "a.eml", message.as_bytes()).text == "第一段\n第二段"


def test_raw_gbk_headers_and_characters_cut_between_words_are_read(tmp_path: Path) -> None:
    raw = (
        b"From: a@b.example\r\nTo: c@d.example\r\nSubject: \xea\xd7\xca\xaf\xb7\xa2\xb2\xbc\xbb\xe1\r\n\r\n"
        + "正文一段，足够长。".encode("gbk")
    )
    found = reading(tmp_path, "a.eml", raw)
    assert (found.title, found.text) == ("曜石发布会", "正文一段，足够长。")
    import base64

    whole = "曜石".encode("gb18030")
    cut = " ".join(f"=?gb2312?B?{base64.b64encode(piece).decode()}?=" for piece in (whole[:3], whole[3:]))
    from prtui.exchange.mail import words

    assert words(f"Re: {cut} ok") == "Re: 曜石 ok"


def test_a_page_saved_as_one_file_is_an_article(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "x"
    message["Date"] = "Thu, 12 Mar 2026 23:30:00 +0000"
    message.set_content(PAGE.format(charset="utf-8"), subtype="html")
    message.make_related()
    found = reading(tmp_path, "a.mht", message.as_bytes())
    assert (found.title, found.outlet, found.kind_guess) == ("曜石亮相上海", "财经日报", "coverage")


# PDF


def test_a_pdf_gives_text_with_its_lines_joined(tmp_path: Path) -> None:
    page = "关于曜石腕表表冠问题的声明\n我们注意到有顾客反映曜石腕表的表冠在低温下出现松动这一情况我们\n非常重视并且已经开始调查。\n二〇二六年三月十四日"
    found = reading(tmp_path, "a.pdf", make.pdf(page, title="Microsoft Word - a.docx", created="20260101"))
    assert "这一情况我们非常重视" in found.text
    assert (found.title, found.on, found.kind_guess) == ("关于曜石腕表表冠问题的声明", date(2026, 3, 14), "statement")
    dated = reading(tmp_path, "b.pdf", make.pdf("无日期的一页", title="品牌手册", created="20260105120000"))
    assert (dated.title, dated.on) == ("品牌手册", date(2026, 1, 5))


def test_a_scanned_pdf_says_so(tmp_path: Path) -> None:
    assert "pictures" in refusal(tmp_path, "a.pdf", make.pdf("", content=b"")).why


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert "password" in refusal(tmp_path, "a.pdf", (tmp_path / "a.pdf").read_bytes()).why


# Plain text


def test_a_text_clipping_is_known_by_its_name_or_its_lines(tmp_path: Path) -> None:
    named = reading(tmp_path, "2026-03-12_财经日报_曜石能否打动新一代.txt", "记者 李文清\n正文。".encode("gb18030"))
    assert (named.on, named.outlet, named.kind_guess) == (date(2026, 3, 12), "财经日报", "coverage")
    lines = "【財經日報】曜石亮相香港\n2026-03-16 10:20  來源：財經日報  作者：李文清\n連結：https://example.com/a/1\n瀾璟在香港發佈腕錶。"
    found = reading(tmp_path, "c.txt", lines.encode("big5hkscs"))
    assert (found.title, found.outlet, found.author) == ("曜石亮相香港", "財經日報", "李文清")
    assert (found.kind_guess, found.encoding) == ("coverage", "big5")


def test_markdown_front_matter_is_read_and_left_out(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.md", '---\ntitle: "口径"\ndate: 2026-03-02\n---\n# 曜石口径\n正文')
    assert (found.title, found.on, found.text) == ("口径", date(2026, 3, 2), "# 曜石口径\n正文")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("曜石项目第三次例会会议纪要\n时间：2026年3月5日 14:00\n主持人：王敏", "minutes"),
        ("周会\n会议时间：3月5日\n主持：王敏\n出席：李伟\n决议：同意", "minutes"),
        ("Minutes of the launch meeting\nPresent: A, B", "minutes"),
        ("FOR IMMEDIATE RELEASE\n\nLANJING unveils Obsidian\nParis, March 16, 2026 – Café\n###", "release"),
        ("澜璟发布曜石\n（上海，2026年3月16日）—澜璟今日……\n媒体联络：王敏", "release"),
        ("关于曜石腕表表冠问题的情况说明\n我们注意到……", "statement"),
        ("Statement on the Obsidian crown", "statement"),
        ("【演练 DRILL】\n关于表扣断裂事件的声明\n2026年3月15日", "statement"),
        ("【财经日报】品牌就表扣发布声明\n2026年3月15日", "coverage"),
        ("随手记\n下周去看场地", "note"),
    ],
)
def test_the_kind_is_guessed_from_the_words(tmp_path: Path, text: str, kind: str) -> None:
    assert reading(tmp_path, "a.txt", text).kind_guess == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月16日", date(2026, 3, 16)),
        ("２０２６ 年 ３ 月 ６ 日", date(2026, 3, 6)),
        ("二〇二六年十一月二十三日", date(2026, 11, 23)),
        ("二零二六年十月三十日", date(2026, 10, 30)),
        ("16 March 2026", date(2026, 3, 16)),
        ("Sept. 3rd, 2026", date(2026, 9, 3)),
        ("2026/3/6 09:05", datetime(2026, 3, 6, 9, 5)),
        ("2026-02-30 then 2026-03-01", date(2026, 3, 1)),
        ("version 1.2026.3.4", None),
        ("13800138000", None),
    ],
)
def test_days_are_found_as_people_write_them(text: str, day: date | None) -> None:
    assert guesses.find_day(text) == day


@pytest.mark.parametrize(
    ("stem", "parts"),
    [
        ("2026-03-12_财经日报_标题", (date(2026, 3, 12), "财经日报", "标题")),
        ("【财经日报】曜石亮相 20260312", (date(2026, 3, 12), "财经日报", "曜石亮相")),
        ("20260312 - Nature - Black steel", (date(2026, 3, 12), "Nature", "Black steel")),
        ("2026-03-16_曜石_会议纪要", (date(2026, 3, 16), "", "曜石 会议纪要")),
        ("2026-03-16_财经日报_品牌声明引发讨论", (date(2026, 3, 16), "财经日报", "品牌声明引发讨论")),
        ("2026-03-16_新闻稿_曜石发布", (date(2026, 3, 16), "", "新闻稿 曜石发布")),
        ("会议纪要0305", (None, "", "会议纪要0305")),
    ],
)
def test_names_of_files_are_understood(stem: str, parts: tuple[date | None, str, str]) -> None:
    assert guesses.named(stem) == parts


# A lying suffix


def test_content_beats_the_suffix(tmp_path: Path) -> None:
    word = make.docx(p("正文"))
    assert reading(tmp_path, "a.txt", word).text == "正文"
    assert reading(tmp_path, "b.doc", word).notes == ["It is called .doc and is docx."]
    assert reading(tmp_path, "c.doc", PAGE.format(charset="utf-8")).title == "曜石亮相上海"
    assert reading(tmp_path, "d.docx", "只是文字").text == "只是文字"
    assert reading(tmp_path, "无后缀", make.pdf("一页文字")).text == "一页文字"


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", ole("WordDocument"), "doc"),
        ("a.docx", ole("WordDocument"), "doc"),
        ("b.docx", ole("EncryptedPackage"), "locked"),
        ("a.msg", ole("__substg1.0_"), "msg"),
        ("a.doc", rb"{\rtf1\ansi x}", "rtf"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("a.zip", b"PK\3\4" + bytes(100), "archive"),
        ("a.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "wordxml"),
    ],
)
def test_what_is_not_read_is_named_with_a_way_out(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    refused = refusal(tmp_path, name, data)
    assert (refused.name, refused.why) == (name, FOREIGN[kind].what)


def test_an_old_word_document_is_told_how_to_become_a_new_one(tmp_path: Path) -> None:
    assert "libreoffice --headless --convert-to docx" in str(refusal(tmp_path, "a.doc", ole("WordDocument")))


def test_every_reader_has_suffixes_of_its_own() -> None:
    suffixes = [suffix for reader in READERS.values() for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert {".docx", ".pdf", ".html", ".eml", ".txt", ".md"} <= set(suffixes)


# What is no text


@pytest.mark.parametrize("name", ["pyproject.toml", "photo.jpg", "log.json", "video.mp4", "setup.py", "a.7zip"])
def test_a_file_of_an_unknown_kind_is_refused_by_name_with_what_is_read(tmp_path: Path, name: str) -> None:
    refused = refusal(tmp_path, name, "只是文字".encode())
    assert refused.name == name and Path(name).suffix in refused.why and ".docx" in refused.hint


def test_bytes_that_are_no_text_are_refused_whatever_they_are_called(tmp_path: Path) -> None:
    for number in range(40):
        data = random.Random(number).randbytes(100)
        for name in ("photo.jpg", "photo.txt", "photo"):
            refused = refusal(tmp_path, name, data)
            assert "text" in refused.why or ".jpg" in refused.why


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("联系人.csv", "姓名,手机\n李文清,13800000000"),
        ("名单.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:李文清\nEND:VCARD"),
        ("名单.txt", "BEGIN:VCARD\nVERSION:3.0\nFN:李文清\nEND:VCARD"),
        ("名单.xlsx", "姓名\t手机"),
        ("a.tsv", "a\tb"),
    ],
)
def test_contacts_and_tables_are_refused_without_a_promise(tmp_path: Path, name: str, text: str) -> None:
    refused = refusal(tmp_path, name, text.encode())
    assert (refused.why, "no part of it" in refused.hint) == (FOREIGN["list"].what, True)


@pytest.mark.parametrize("name", ["声明", "通稿2026.3.20", "第1.5版", "曜石 v2. 终稿"])
def test_a_name_with_points_or_without_a_suffix_is_a_text(tmp_path: Path, name: str) -> None:
    assert reading(tmp_path, name, "只是文字").text == "只是文字"


def test_attachments_are_counted_and_named(tmp_path: Path) -> None:
    message = mail()
    for number in range(25):
        message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"{number}.docx")
    (note,) = reading(tmp_path, "a.eml", message.as_bytes()).notes
    assert note.startswith("Attachments not read (25): 0.docx, 1.docx") and note.endswith("19.docx …")
