"""The director's mixed files: Word, PDF, web pages, mails and plain text in whatever Chinese encoding, read into text with
title, day, outlet, author and kind guessed. What a file is, its content says; its suffix may lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from prtui import clock
from prtui.exchange import files
from prtui.exchange.encodings import decode
from prtui.exchange.found import Found, Unreadable, shown, tidy
from prtui.exchange.guesses import guess
from prtui.i18n import N_, _
from prtui.text import clean


@dataclass
class Reading:
    """One file, read. `at` is the instant of `on` (midnight in `zone` when no time is known); `kind_guess` is release,
    minutes, statement, coverage or note; `fingerprint` is equal for equal texts; `notes` say what was left out."""

    path: Path
    title: str
    text: str
    on: date | None
    outlet: str
    author: str
    url: str
    kind_guess: str
    sha256: str
    encoding: str
    notes: list[str]
    at: clock.Moment | None = None
    fingerprint: str = ""
    source: str = ""
    zone: str = "UTC"


@dataclass(frozen=True)
class Reader:
    """A kind of file: its suffixes, how many bytes of it are read into memory at most, and what reads it."""

    name: str
    suffixes: tuple[str, ...]
    limit: int
    read: Callable[[BinaryIO, str], Found]


@dataclass(frozen=True)
class Foreign:
    """A kind of file that is recognised and not read: what it is, and what to do (msgids)."""

    what: str
    hint: str
    suffixes: tuple[str, ...] = ()


def _docx(file: BinaryIO, name: str) -> Found:
    from prtui.exchange import office

    return office.read(file, name)


def _pdf(file: BinaryIO, name: str) -> Found:
    from prtui.exchange import pdf

    return pdf.read(file, name)


def _html(file: BinaryIO, name: str) -> Found:
    from prtui.exchange import web

    return web.read(file, name)


def _mail(file: BinaryIO, name: str) -> Found:
    from prtui.exchange import mail

    return mail.read(file, name)


_FRONT_MATTER = re.compile(r"\A---\n(.{1,4000}?)\n---\n", re.S)


def _text(file: BinaryIO, name: str) -> Found:
    data = file.read()
    text, encoding = decode(data)
    if _unwritten(text):
        raise Unreadable(name, _("it is not a text."), hint=_read_kinds())
    text = text.replace("\r\n", "\n")
    found = Found(text=text, encoding=encoding)
    if match := _FRONT_MATTER.match(text):
        found.text = text[match.end() :]
        found.around = f"{match[1]}\n\n{found.text[:2000]}".replace('"', "")
    return found


# Controls but for those that end and part lines: no text has them, and one byte in ten of anything else is one.
_UNTYPED = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _unwritten(text: str) -> bool:
    """Whether the text is some other kind of data that was read as one."""
    return text.count("\0") > len(text) // 1000 or len(_UNTYPED.findall(text)) > max(2, len(text) // 100)


_MB = 1 << 20
# Text of 8 MB is four million Chinese characters; saved pages carry their pictures, mails their attachments.
READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("docx", (".docx", ".docm", ".dotx"), 128 * _MB, _docx),
        Reader("pdf", (".pdf",), 128 * _MB, _pdf),
        Reader("html", (".html", ".htm", ".xhtml"), 16 * _MB, _html),
        Reader("mail", (".eml", ".mht", ".mhtml"), 24 * _MB, _mail),
        Reader("text", (".txt", ".md", ".markdown", ".text"), 8 * _MB, _text),
    )
}

_TO_DOCX = N_("Open it in Word or WPS and save it as .docx, or run: libreoffice --headless --convert-to docx FILE")
_TO_TEXT = N_("Open it in the program it was made with and save its text as .docx, .pdf or .txt.")
_NO_LISTS = N_("`prtui import` takes in texts; contacts and tables are no part of it.")
FOREIGN: dict[str, Foreign] = {
    "doc": Foreign(N_("it is an old Word document (.doc)."), _TO_DOCX, (".doc", ".dot", ".wps")),
    "locked": Foreign(N_("it is protected by a password."), N_("Open it, save it without a password, and try again.")),
    "msg": Foreign(
        N_("it is an Outlook message (.msg)."), N_("In Outlook, save it as .eml, .html or .txt."), (".msg",)
    ),
    "rtf": Foreign(N_("it is a rich text document (.rtf)."), _TO_DOCX, (".rtf",)),
    "odt": Foreign(N_("it is an OpenDocument text (.odt)."), _TO_DOCX, (".odt",)),
    "wordxml": Foreign(N_("it is Word 2003 XML."), _TO_DOCX),
    "sheet": Foreign(N_("it is a workbook, not a text."), _NO_LISTS),
    "list": Foreign(N_("it is a list of contacts or a table, not a text."), _NO_LISTS),
    "slides": Foreign(N_("it is a presentation."), N_("Save it as a PDF and import that."), (".ppt", ".pptx")),
    "picture": Foreign(
        N_("it is a picture."), N_("Run text recognition (OCR) on it, or type the text into a .txt file.")
    ),
    "archive": Foreign(N_("it is a packed archive."), N_("Unpack it and import the folder.")),
    "binary": Foreign(N_("it is not a text."), _TO_TEXT),
}

# What a folder is searched for: everything that is read, and the documents of which the director should hear why not.
SUFFIXES = frozenset(
    [suffix for reader in READERS.values() for suffix in reader.suffixes]
    + [suffix for foreign in FOREIGN.values() for suffix in foreign.suffixes]
)

_MAGIC = (
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\0", "picture"), (b"MM\0*", "picture"),
    (b"BM", ""), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"), (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"), (b"\x7fELF", "binary"), (b"{\\rtf", "rtf"),
)  # fmt: skip
_LISTS = {".csv", ".tsv", ".vcf", ".vcard", ".ics", ".xls", ".xlsx", ".xlsm", ".ods", ".et", ".numbers"}
_CARD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:V(?:CARD|CALENDAR)\r?\n", re.I)
# .toml, .jpg, .mp4; not the end of a name like 通稿2026.3.20 or 第1.5版.
_SUFFIX = re.compile(r"\.(?=\d{0,2}[a-z])[a-z0-9]{1,10}")
_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script|div|article)[\s>]", re.I | re.S)  # fmt: skip
_WORD_XML = re.compile(rb"<\?mso-application progid=\"Word|<w:wordDocument|<pkg:package")
_HEADER = re.compile(rb"\A(?:From [^\n]{1,200}\n)?[A-Za-z][A-Za-z-]{1,40}:[ \t][^\n]*\r?\n")
_MAIL_HEADER = re.compile(rb"^(?:received|message-id|mime-version|return-path|delivered-to|content-type|from|date|subject|to):", re.I | re.M)  # fmt: skip


def _read_kinds() -> str:
    return _("These are read: {suffixes}.").format(
        suffixes=" ".join(sorted(suffix for reader in READERS.values() for suffix in reader.suffixes))
    )


def sniff(file: BinaryIO, path: Path) -> str:
    """What the file is: a key of READERS or of FOREIGN. Its content counts first; a text is what its suffix says."""
    head = file.read(8192)
    file.seek(0)
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _zipped(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(file)
    for magic, kind in _MAGIC:
        if kind and head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "picture"
    if _WORD_XML.search(head):
        return "wordxml"
    if _HTML.match(head):
        return "html"
    if _HEADER.match(head) and len({name.lower() for name in _MAIL_HEADER.findall(head)}) >= 3:
        return "mail"
    if suffix in READERS["html"].suffixes:
        return "html"
    if suffix == ".eml":
        return "mail"
    return "list" if suffix in _LISTS or _CARD.match(head) else "text"


def _zipped(file: BinaryIO) -> str:
    """Which Office made the zip, from the names of its first parts as they stand in the file, without unpacking."""
    head = file.read(1 << 16)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - (1 << 16)))
    names = head + file.read()
    file.seek(0)
    if b"application/vnd.oasis.opendocument.text" in head:
        return "odt"
    for folder, kind in ((b"word/", "docx"), (b"xl/", "sheet"), (b"ppt/", "slides")):
        if folder in names:
            return kind
    return "sheet" if b"opendocument.spreadsheet" in head else "archive"


def _compound(file: BinaryIO) -> str:
    """Which program made the OLE file: its directory has the names of its streams in UTF-16."""
    names = file.read(4 << 20)
    file.seek(0)
    for stream, kind in (("EncryptedPackage", "locked"), ("__substg1.0_", "msg"), ("WordDocument", "doc"), ("Workbook", "sheet"), ("PowerPoint Document", "slides")):  # fmt: skip
        if stream.encode("utf-16-le") in names:
            return kind
    return "doc"


def read(path: Path, *, zone: str) -> Reading:
    """The file's text and what can be guessed of it; days are days in `zone`. Raises Unreadable, naming the file."""
    name = shown(path)
    with files.opened(path) as file:
        kind = sniff(file, path)
        if kind in FOREIGN:
            raise Unreadable(name, _(FOREIGN[kind].what), hint=_(FOREIGN[kind].hint))
        suffix = path.suffix.lower()
        if kind == "text" and suffix not in SUFFIXES and _SUFFIX.fullmatch(suffix):
            raise Unreadable(
                name, _("files of the kind {suffix} are not read.").format(suffix=suffix), hint=_read_kinds()
            )
        reader = READERS[kind]
        size = file.seek(0, 2)
        file.seek(0)
        if size > reader.limit:
            raise files.too_large(name, size, reader.limit)
        digest = files.sha256(file)
        found = reader.read(file, name)
    notes = list(found.notes)
    if suffix in SUFFIXES - set(reader.suffixes):
        notes.append(_("It is called {suffix} and is {kind}.").format(suffix=suffix, kind=reader.name))
    text = tidy(found.text, notes)
    if not text:
        raise Unreadable(name, _("there is no text in it."))
    found.around = tidy(found.around, [])
    stem = clean(Path(name).stem, lines=False)
    known = guess(found, text, stem)
    at = moment(known.stamp, zone)
    return Reading(
        path=path,
        title=known.title or stem,
        text=text,
        on=at.local().date() if at else None,
        outlet=known.outlet,
        author=known.author,
        url=clean(known.url, lines=False),
        kind_guess=known.kind,
        sha256=digest,
        encoding=found.encoding,
        notes=notes,
        at=at,
        fingerprint=files.fingerprint(text, known.title),
        source=name,
        zone=zone,
    )


def moment(stamp: date | datetime | None, zone: str) -> clock.Moment | None:
    """The instant of a day or of a time on the zone's wall clock; None without one, or when there is no such instant."""
    if stamp is None:
        return None
    if not isinstance(stamp, datetime):
        stamp = datetime(stamp.year, stamp.month, stamp.day)
    if stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=clock.zone(zone))
    try:
        return clock.Moment(stamp, zone)
    except (OverflowError, ValueError):
        return None
