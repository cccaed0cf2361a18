"""The message catalogue: what the sources say, what the catalogue has. `python -m tests.messages` brings it up to date.

New messages come in untranslated, messages that no source says any more go, and the compiled catalogue is written.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).parent.parent / "prtui"
FOLDER = SOURCES / "locale" / "zh" / "LC_MESSAGES"


def said() -> dict[str, list[str]]:
    """Every message of the sources and the files that say it. Read from the syntax, because a token stream shows the inside of
    an f-string only from Python 3.12 on."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_" | "N_" | "translate"), args=[ast.Constant(value=str(message)), *_]):
                    if message:
                        found.setdefault(message, []).append(path.relative_to(SOURCES).as_posix())
    return found


def catalogue() -> Catalog:
    """The catalogue as it is checked in."""
    with (FOLDER / "prtui.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def compiled(po: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, po)
    return out.getvalue()


def written(po: Catalog) -> bytes:
    """The catalogue as text, sorted, without line numbers that would change with every edit."""
    out = io.BytesIO()
    write_po(out, po, sort_output=True, no_location=True, omit_header=False, width=120)
    return out.getvalue()


def update() -> int:
    """Write both files; returns how many messages are untranslated."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    old = catalogue() if (FOLDER / "prtui.po").exists() else Catalog(locale="zh_Hans")
    day = datetime(2026, 1, 1, tzinfo=UTC)  # fixed: the files change only when a message does
    new = Catalog(
        locale="zh_Hans",
        header_comment="# Chinese (simplified) messages of prtui. Terms: one translation each, as in the field.",
        project="prtui",
        version="1",
        msgid_bugs_address="-",
        last_translator="prtui",
        language_team="zh",
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )
    for message in said():
        known = old.get(message)
        new.add(message, string=known.string if known else "")
    (FOLDER / "prtui.po").write_bytes(written(new))
    (FOLDER / "prtui.mo").write_bytes(compiled(new))
    return sum(1 for message in new if message.id and not message.string)


if __name__ == "__main__":
    missing = update()
    print(f"{missing} messages without a translation")
    sys.exit(0)
