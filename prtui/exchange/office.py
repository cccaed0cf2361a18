"""The text of a Word document, streamed from its zip: nothing is unpacked that is not text, nothing is fetched."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from typing import BinaryIO
from xml.parsers import expat

from prtui.exchange.found import TEXT_LIMIT, Found, Unreadable
from prtui.i18n import _

# A Word file has some dozen parts; a book with a thousand pictures has a thousand.
MEMBER_LIMIT = 4_096
# What zipfile would load before anything can be checked: 4,096 entries of 250 bytes.
DIRECTORY_LIMIT = 1 << 20
# 32 MB of XML are some 2,000 pages. Counted as it comes out: a bomb lies about its size.
PART_LIMIT = 32 << 20
# Word's XML packs 10 to 40 times; a bomb of zeros a thousand times.
RATIO_LIMIT = 200
# Nested tables and text boxes go some 60 deep.
DEPTH_LIMIT = 500
_CHUNK = 1 << 18

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math t"
# Deleted text, the old place of moved text, the fallback copy of a text box, the pinyin above a word, field codes.
_LEFT_OUT = {"del", "moveFrom", "rt", "instrText", "delText", "sdtPr"}
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class _Enough(Exception):
    """More text than is taken."""


class _Archive:
    """The parts of a zip that claims to be a Word document, each read once under the caps."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        if _directory_size(file) > DIRECTORY_LIMIT:
            raise self.refused(_("it holds too many parts"))
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError, UnicodeError):
            raise self.damaged() from None
        self._parts = {info.filename: info for info in self._zip.infolist()}
        if len(self._parts) > MEMBER_LIMIT:
            raise self.refused(_("it holds too many parts"))

    def refused(self, why: str) -> Unreadable:
        return Unreadable(
            self.name,
            _("it was refused: {why}.").format(why=why),
            hint=_("If you trust it, open it in Word or WPS and save it again as .docx."),
        )

    def damaged(self) -> Unreadable:
        return Unreadable(
            self.name,
            _("the document is damaged."),
            hint=_("Open it in Word or WPS, let it be repaired, and save it as .docx."),
        )

    def names(self, prefix: str) -> list[str]:
        return sorted(name for name in self._parts if name.startswith(prefix) and name.endswith(".xml"))

    def parse(self, part: str, start: Start, end: End | None = None, text: Callable[[str], None] | None = None) -> None:
        """Stream the part through expat; no part of that name is no event. Raises Unreadable."""
        info = self._parts.get(part)
        if info is None:
            return
        if info.flag_bits & 1:
            raise Unreadable(
                self.name,
                _("it is protected by a password."),
                hint=_("Open it, save it without a password, and try again."),
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.refused(_("it is packed in an unusual way"))
        if info.file_size > PART_LIMIT:
            raise self.refused(_("it unpacks to too much"))
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = start
        if end:
            parser.EndElementHandler = end
        if text:
            parser.CharacterDataHandler = text
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > PART_LIMIT or (size > 1 << 20 and size > RATIO_LIMIT * max(info.compress_size, 1)):
                        raise self.refused(_("it unpacks to too much"))
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, struct.error, ValueError, expat.ExpatError):  # fmt: skip
            raise self.damaged() from None

    def _doctype(self, *_declaration: object) -> None:
        raise self.refused(_("it declares a DTD, which Word never does"))


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the zip's table of contents as its last record tells, 0 when there is none."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - (1 << 16) - 98))
    tail = file.read()
    file.seek(0)
    last = tail.rfind(b"PK\5\6")
    if last < 0 or len(tail) < last + 16:
        return 0
    size = int.from_bytes(tail[last + 12 : last + 16], "little")
    if last >= 76 and tail[last - 20 : last - 16] == b"PK\6\7" and tail[last - 76 : last - 72] == b"PK\6\6":
        size = max(size if size != 0xFFFFFFFF else 0, int.from_bytes(tail[last - 36 : last - 28], "little"))
    return size


class _Lines:
    """Collects lines from WordprocessingML: a paragraph a line, a table row a line with tabs between its cells."""

    def __init__(self, headings: dict[str, str]) -> None:
        self.title = ""
        self._headings = headings
        self._stack: list[str] = []
        self._skipped_from = 0
        self._paragraphs: list[list[str]] = []
        self._styles: list[str] = []
        self._lines: list[list[str]] = [[]]
        self._rows: list[list[str]] = []
        self._size = 0

    @property
    def lines(self) -> list[str]:
        """Everything collected so far, also when the limit came in the middle of a table."""
        return [line for lines in self._lines for line in lines] + ["".join(pieces) for pieces in self._paragraphs]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2] if tag.startswith(_WORD) else tag
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(local)
        if len(self._stack) > DEPTH_LIMIT:
            raise ValueError("nested too deeply")
        if self._skipped_from:
            return
        if local in _LEFT_OUT or tag == _FALLBACK:
            self._skipped_from = len(self._stack)
        elif local == "p":
            self._paragraphs.append([])
            self._styles.append("")
        elif local == "pStyle" and self._styles:
            self._styles[-1] = next((value for name, value in attributes.items() if name.endswith(" val")), "")
        elif parent == "r" and local in ("tab", "br", "cr", "noBreakHyphen"):
            self._put({"tab": "\t", "noBreakHyphen": "-"}.get(local, "\n"))
        elif local == "tr":
            self._rows.append([])
        elif local == "tc":
            self._lines.append([])

    def end(self, _tag: str) -> None:
        local = self._stack.pop()
        if self._skipped_from:
            if len(self._stack) < self._skipped_from:
                self._skipped_from = 0
            return
        if local == "p":
            line, style = "".join(self._paragraphs.pop()), self._styles.pop()
            self._lines[-1].append(line)
            if not self.title and self._headings.get(style) and line.strip():
                self.title = line.strip()
        elif local == "tc":
            cell = " ".join(" ".join(self._lines.pop()).split())
            (self._rows or self._lines)[-1].append(cell)
        elif local == "tr":
            self._lines[-1].append("\t".join(self._rows.pop()).rstrip())

    def text(self, data: str) -> None:
        if not self._skipped_from and self._stack and self._stack[-1] in ("t", _MATH):
            self._put(data)

    def _put(self, data: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(data)
            self._size += len(data)
            if self._size > TEXT_LIMIT:
                raise _Enough


def read(file: BinaryIO, name: str) -> Found:
    """Paragraphs, tables, text boxes and notes of a .docx, insertions in, deletions out. Raises Unreadable."""
    archive = _Archive(file, name)
    main = _main_part(archive)
    folder = posixpath.dirname(main) + "/" if "/" in main else ""
    lines = _Lines(_headings(archive, f"{folder}styles.xml"))
    headline, made = _core(archive)
    found = Found(text="", headline=headline, made=made)
    try:
        for part in [main, f"{folder}footnotes.xml", f"{folder}endnotes.xml"]:
            archive.parse(part, lines.start, lines.end, lines.text)
        body = lines.lines
        headers = _Lines({})
        for part in archive.names(f"{folder}header"):
            archive.parse(part, headers.start, headers.end, headers.text)
        above = [line for line in dict.fromkeys(headers.lines) if line.strip() and line not in body]
    except _Enough:
        body, above = lines.lines, []
        found.notes.append(_("Only the first {count:,} characters were taken.").format(count=TEXT_LIMIT))
    found.text = "\n".join([*body, *above])
    found.title = lines.title
    if not found.title and found.headline and found.headline in (line.strip() for line in body[:20]):
        found.title = found.headline
    return found


def _main_part(archive: _Archive) -> str:
    """Word names its text in `_rels/.rels`: word/document.xml, or document2.xml from the web."""
    targets: list[str] = []

    def start(_tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            targets.append(attributes.get("Target", "").lstrip("/"))

    archive.parse("_rels/.rels", start)
    return targets[0] if targets else "word/document.xml"


def _headings(archive: _Archive, part: str) -> dict[str, str]:
    """The ids of the styles Title and Heading 1, which Chinese programs number (`a3`, `1`)."""
    found: dict[str, str] = {}
    current = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal current
        values = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        if tag.endswith(" style"):
            current = values.get("styleId", "")
        elif tag.endswith(" name") and values.get("val", "").casefold() in ("title", "heading 1"):
            found[current] = values["val"]

    archive.parse(part, start)
    return found


def _core(archive: _Archive) -> tuple[str, date | None]:
    """Title and day of making as the program that saved it wrote them."""
    values = {"title": "", "created": ""}
    current = ""

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal current
        current = tag.rpartition(" ")[2]

    def end(_tag: str) -> None:
        nonlocal current
        current = ""

    def text(data: str) -> None:
        if current in values and len(values[current]) < 1000:
            values[current] += data

    archive.parse("docProps/core.xml", start, end, text)
    try:
        made = date.fromisoformat(values["created"][:10])
    except ValueError:
        made = None
    return " ".join(values["title"].split()), made
