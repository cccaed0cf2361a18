"""Saved mails (.eml) and pages saved as one file (.mht): headers as people meant them, the text, names of attachments."""

from __future__ import annotations

import base64
import binascii
import email
import quopri
import re
from datetime import datetime
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from prtui.exchange import web
from prtui.exchange.encodings import decode
from prtui.exchange.found import Found, Unreadable
from prtui.i18n import _
from prtui.text import plain

# A mail forwarded a few times has ten; each open boundary is tried on each line.
BOUNDARY_LIMIT = 64
PART_LIMIT = 500
# 24 MB of attachments have 320,000 lines; the parser takes 90 bytes for each.
LINE_LIMIT = 500_000
_SHOWN_ATTACHMENTS = 20

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]*)\?=")
_FOLD = re.compile(r"\r?\n[ \t]*")


def read(file: BinaryIO, name: str) -> Found:
    """Subject, sender, day and text of a mail; plain text is preferred to HTML. Raises Unreadable."""
    data = file.read()
    if data.lower().count(b"boundary=") > BOUNDARY_LIMIT or data.count(b"\n") > LINE_LIMIT:
        raise Unreadable(
            name,
            _("it was refused: {why}.").format(why=_("the mail has too many parts or lines")),
            hint=_("Copy its text into a text file."),
        )
    try:
        message = email.message_from_bytes(data)
        del data
        return _found(message, name)
    except (RecursionError, ValueError, LookupError, TypeError):
        raise Unreadable(
            name, _("the mail is damaged."), hint=_("Open it in your mail program and save its text as a .txt file.")
        ) from None


def _found(message: Message, name: str) -> Found:
    plain_parts: list[str] = []
    pages: list[str] = []
    attached: list[str] = []
    encoding = ""
    waiting = [message]
    seen = 0
    while waiting and seen < PART_LIMIT:
        part = waiting.pop()
        seen += 1
        kind = part.get_content_type()
        children = part.get_payload()
        if isinstance(children, list) and kind.startswith("multipart/"):
            waiting.extend(child for child in reversed(children) if isinstance(child, Message))
        elif part.get_content_disposition() == "attachment" or not kind.startswith("text/") or kind == "text/calendar":
            if label := _attachment(part):
                attached.append(label)
        else:
            payload = part.get_payload(decode=True)
            text, encoding = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
            (pages if kind == "text/html" else plain_parts).append(text)
    sender, address = parseaddr(header(message, "From"))
    saved_page = message.get_content_type() == "multipart/related" and "Message-ID" not in message and bool(pages)
    if saved_page:
        found = web.article(pages[0], name)
        found.stamp = found.stamp or _date(message)
    else:
        text = "\n\n".join(part for part in plain_parts if part.strip())
        if len(text.strip()) < 40 and pages:
            text = max(text, "\n\n".join(web.plain_text(page, name) for page in pages), key=len)
        found = Found(
            text=text, title=header(message, "Subject"), stamp=_date(message), author=sender or address, mail=True
        )
    found.encoding = encoding
    if attached:
        names = ", ".join(attached[:_SHOWN_ATTACHMENTS]) + (" …" if len(attached) > _SHOWN_ATTACHMENTS else "")
        found.notes.append(_("Attachments not read ({count}): {names}").format(count=len(attached), names=names))
    return found


def _attachment(part: Message) -> str:
    """The name of a part that is a file, or "" for a picture of the layout."""
    if part.get_content_maintype() == "image" and part.get("Content-ID"):
        return ""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        forwarded = inner[0] if isinstance(inner, list) and inner else None
        return plain((header(forwarded, "Subject") if isinstance(forwarded, Message) else "") or "message")
    return plain(words(str(part.get_filename() or part.get_content_type())))


def header(message: Message, name: str) -> str:
    """One header as it was meant: encoded words joined before they are decoded, raw 8-bit bytes read as Chinese."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return words(value)


def words(value: str) -> str:
    """RFC 2047 words decoded. A character that was cut in two between words of one charset is whole again."""
    value = _FOLD.sub(" ", value)[:10_000]
    if any("\udc80" <= character <= "\udcff" for character in value):
        value = decode(value.encode("utf-8", "surrogateescape"))[0]
    out: list[str] = []
    pending, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between, named = value[at : match.start()], match[1].partition("*")[0].lower()
        if pending and (between.strip() or named != charset):
            out.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or not at:
            out.append(between)
        pending += _bytes(match[2].lower(), match[3])
        charset, at = named, match.end()
    if pending:
        out.append(decode(pending, charset)[0])
    return " ".join("".join([*out, value[at:]]).split())


def _bytes(coding: str, payload: str) -> bytes:
    raw = payload.encode("ascii", "replace")
    if coding == "q":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def _date(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
