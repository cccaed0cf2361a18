"""A folder of mixed files to try the import with: what a director's downloads look like."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .sample import dated, moment


def folder(path: Path, on: date) -> list[Path]:
    """Write the files into `path`, made if need be, as they would be on the day `on`, and return them in order of name."""
    from prtui.desk.sample_data import files

    path.mkdir(parents=True, exist_ok=True)
    written = []
    for name, encoding, text in (*files.TEXTS, *files.PAGES):
        file = path / dated(name, on)
        file.write_bytes(dated(text, on).encode(encoding))
        written.append(file)
    for name, charset, sender, to, subject, when, text, is_page in files.MAILS:
        file = path / dated(name, on)
        file.write_bytes(_mail(on, charset, sender, to, subject, when, dated(text, on), is_page))
        written.append(file)
    return sorted(written)


def _mail(on: date, charset: str, sender: str, to: str, subject: str, when: str, text: str, is_page: bool) -> bytes:
    from email.header import Header
    from email.mime.text import MIMEText
    from email.utils import format_datetime, formataddr, parseaddr

    message = MIMEText(text, "html" if is_page else "plain", charset)
    for name, value in (("From", sender), ("To", to)):
        shown, address = parseaddr(value)
        message[name] = formataddr((shown, address), charset)
    message["Subject"] = Header(subject, charset).encode()
    message["Date"] = format_datetime(moment(when, on).local())
    return message.as_bytes()
