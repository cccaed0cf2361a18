"""Files made to hurt: refused or read in seconds and within the memory of a small machine, and always by name."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prtui.exchange import files, office, pdf
from prtui.exchange.found import TEXT_LIMIT, Unreadable
from prtui.exchange.reading import READERS, read
from prtui.text import clean
from tests.files import make
from tests.files.make import paragraph as p

ZONE = "Asia/Shanghai"


def refusal(folder: Path, name: str, data: bytes) -> Unreadable:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read(path, zone=ZONE)
    assert caught.value.name == name
    return caught.value


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def bomb(size: int) -> bytes:
    """A small file that unpacks to `size` bytes of paragraphs: one packed megabyte again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(make.document("").removesuffix(b"</w:body></w:document>")) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b"<w:p/>" * 174_762 + b"    ") + packer.flush(zlib.Z_FULL_FLUSH)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", head + piece * (size >> 20))
    data = bytearray(out.getvalue())
    entry = data.rfind(b"PK\1\2")
    data[8:10] = data[entry + 10 : entry + 12] = zipfile.ZIP_DEFLATED.to_bytes(2, "little")
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(data)


def test_a_zip_bomb_is_refused_within_small_memory(tmp_path: Path) -> None:
    data = bomb(3 << 30)
    assert len(data) < 8 << 20
    (tmp_path / "bomb.docx").write_bytes(data)
    own, _children, why = measured(tmp_path / "bomb.docx")
    assert own < 300 and "unpacks to too much" in why


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(bomb(40 << 20))
    entry = data.rfind(b"PK\1\2")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    refusal(tmp_path, "a.docx", bytes(data))


def test_a_zip_of_countless_parts_is_refused_before_it_is_listed(tmp_path: Path) -> None:
    many = zipped(*((f"word/{number}", b"") for number in range(office.MEMBER_LIMIT + 1)))
    assert "parts" in refusal(tmp_path, "a.docx", many).why
    data = bytearray(zipped(("word/document.xml", make.document(p("x")))))
    last = data.rfind(b"PK\5\6")
    data[last + 12 : last + 16] = (office.DIRECTORY_LIMIT + 1).to_bytes(4, "little")
    assert "parts" in refusal(tmp_path, "b.docx", bytes(data)).why


# A process of its own: a child's count starts with what its parent had when it was started.
_MEASURE = """
import resource, sys
from pathlib import Path
from prtui.exchange.found import Unreadable
from prtui.exchange.reading import read
try:
    why = read(Path(sys.argv[1]), zone="UTC").title
except Unreadable as error:
    why = error.why
own = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(int(own) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, why)
"""


def measured(path: Path) -> tuple[int, int, str]:
    """Peak MB of reading the file, of the PDF reader's process, and what came of it."""
    done = subprocess.run([sys.executable, "-c", _MEASURE, path], capture_output=True, text=True, check=True)
    own, children, why = done.stdout.split(" ", 2)
    return int(own), int(children), why


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_dtd_is_refused_in_word_and_in_a_page(tmp_path: Path) -> None:
    laughing = make.document(p("x")).replace(b"?>", b"?>" + LAUGHS.encode(), 1)
    assert "DTD" in refusal(tmp_path, "a.docx", zipped(("word/document.xml", laughing))).why
    outside = make.document(p("x")).replace(b"?>", b'?><!DOCTYPE x SYSTEM "file:///etc/passwd">', 1)
    assert "DTD" in refusal(tmp_path, "b.docx", zipped(("word/document.xml", outside))).why
    assert "entities" in refusal(tmp_path, "a.html", f"{LAUGHS}<html>&b;</html>".encode()).why


def test_a_public_doctype_of_a_page_is_no_offence(tmp_path: Path) -> None:
    page = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html>正文</html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read(tmp_path / "a.html", zone=ZONE).text == "正文"


def test_word_nested_without_end_or_damaged_is_refused(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 1000 + "</w:tc></w:tr></w:tbl>" * 1000
    assert "damaged" in refusal(tmp_path, "a.docx", make.docx(deep)).why
    assert "damaged" in refusal(tmp_path, "b.docx", make.docx("<w:p>")).why
    assert "damaged" in refusal(tmp_path, "c.docx", make.docx(p("x" * 5000))[:400] + b"word/").why


def test_a_word_document_without_end_is_cut_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    # Not one character repeated: that would be a bomb.
    path.write_bytes(make.docx(p("".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(TEXT_LIMIT + 10)))))
    found = read(path, zone=ZONE)
    assert found.notes and len(found.text) <= TEXT_LIMIT


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_word_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(make.docx(p("正文" * 20), docProps__core_xml=make.core("x", "2026-01-01")))
    for _change in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "a.docx"
    path.write_bytes(bytes(whole[: data.draw(st.integers(1, len(whole)))]))
    try:
        read(path, zone=ZONE)
    except Unreadable as refused:
        assert refused.name == "a.docx"


# Each would take hours if anything were looked at twice.
@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        '<a "',
        "<![CDATA[",
        "<script>",
        "<title>",
        "</p",
        "&#99999999999;",
        "<p>x",
        "<b>",
        "&amp",
        "<div></p>",
    ],
)
def test_a_page_left_open_everywhere_is_read_once(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><p>正文。</p>" + piece * (2_000_000 // len(piece)), encoding="utf-8")
    try:
        assert "正文。" in read(path, zone=ZONE).text
    except Unreadable as refused:
        assert "parts" in refused.why


def test_a_number_too_long_for_a_reference_is_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>a&#" + "9" * 5000 + ";b</p>", encoding="utf-8")
    assert read(path, zone=ZONE).text == "a\ufffdb"


def test_a_mail_of_mails_of_mails_is_refused(tmp_path: Path) -> None:
    head = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    nest = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000))
    assert "parts" in refusal(tmp_path, "a.eml", head + nest).why
    assert "lines" in refusal(tmp_path, "b.eml", head + b"\n" * 1_000_000).why


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [b"From: a\n", b"Subject: =?gb2312?B?xOO6w?=\n", b"Subject: \xc4\xe3\n", b"Date: 99 Foo 0000\n", b"MIME-Version: 1.0\n",
             b'Content-Type: multipart/mixed; boundary="x"\n', b"Content-Type: text/html; charset=nonsense\n", b"\n", b"--x\n", b"--x--\n",
             b"Content-Transfer-Encoding: base64\n", b"Content-Disposition: attachment; filename*=gbk''%C4%E3\n", b"\xff\x00text\n",
             b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: x-uuencode\n"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_any_mail_is_read_or_refused(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"".join(lines) + b"x")
    try:
        read(path, zone=ZONE)
    except Unreadable as refused:
        assert refused.name == "a.eml"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"1 0 obj\n<< /A " * 2000, b"%PDF-1.4\ntrailer << /Root 1 0 R >>"]
)
def test_a_pdf_that_is_none_is_damaged(tmp_path: Path, data: bytes) -> None:
    assert "damaged" in refusal(tmp_path, "a.pdf", data).why


def test_a_pdf_of_endless_pages_is_refused_with_their_number(tmp_path: Path) -> None:
    assert "100,000 pages" in refusal(tmp_path, "a.pdf", make.pdf("页", count=100_000)).why


def test_a_pdf_that_wants_all_memory_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make.pdf("页", content=b"BT /F1 12 Tf " + b"<0001> Tj " * 1_000_000 + b"ET"))
    own, child, why = measured(tmp_path / "a.pdf")
    assert own < 100 and child < 300 and "too much time or memory" in why


def test_a_pdf_that_wants_all_time_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    slow = make.pdf(*["页"] * 1_900, content=b"BT /F1 12 Tf " + b"<0001> Tj " * 5_000 + b"ET")
    assert "too much time or memory" in refusal(tmp_path, "a.pdf", slow).why


def test_a_file_larger_than_its_reader_takes_is_refused_unread(tmp_path: Path) -> None:
    for name, size in (("a.txt", READERS["text"].limit + 1), ("b.pdf", files.FILE_LIMIT + 1)):
        with (tmp_path / name).open("wb") as file:
            file.write(b"text ")
            file.truncate(size)
        with pytest.raises(Unreadable, match="MB"):
            read(tmp_path / name, zone=ZONE)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    assert "not a text" in refusal(tmp_path, "a.txt", bytes(range(256)) * 20).why
    assert "no text" in refusal(tmp_path, "b.txt", " \n\u3000\u200b\n".encode()).why


MARKUP = ["<", ">", "</", "<p>", "<div class='nav'>", "</div>", "<a href=", '"', "&#x", ";", "<!--", "-->", "<table><td>", "正文，", "\ud7ff", "{", "<title>", "</title>", "<meta charset=gbk>", "来源：", "2026年13月40日", "【", "】", "\n"]  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from(MARKUP), max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.sampled_from([".txt", ".html", ".eml", ".md", ".docx", ""]),
)
def test_whatever_is_in_a_file_it_is_read_clean_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    try:
        found = read(path, zone=ZONE)
    except Unreadable as refused:
        assert refused.name == path.name
    else:
        for field in (found.title, found.text, found.outlet, found.author, found.url):
            assert clean(field) == field


def test_controls_and_lone_surrogates_do_not_enter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfe" + "曜\x1b[31m石\u202e".encode("utf-16-le") + b"\x00\xd8")
    assert read(path, zone=ZONE).text == "曜[31m石\ufffd"


def test_a_pdf_that_unpacks_to_too_much_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make.pdf("页", content=b" " * (200 << 20)))
    assert (tmp_path / "a.pdf").stat().st_size < 1 << 20
    assert "unpacks to too much" in refusal(tmp_path, "a.pdf", (tmp_path / "a.pdf").read_bytes()).why
