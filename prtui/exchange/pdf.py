"""PDF in a process of its own, with a limit on pages, time and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from prtui.exchange.found import TEXT_LIMIT, Found, Unreadable
from prtui.i18n import _
from prtui.text import cells

# A brand book has 300 pages; what has more than 2,000 is no text for the desk.
PAGE_LIMIT = 2_000
# 200 pages of Chinese text take 4 s on a small machine.
SECONDS = 10
# Python and pypdf take 30 MB, a press kit 80 MB.
MEMORY = 256 << 20

_JUNK_TITLE = re.compile(r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|无标题.*|未命名.*|文档\s*\d*|document\s*\d*|.*\.(?:docx?|pptx?|xlsx?|indd|wps|pdf))$", re.I)  # fmt: skip
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_ENDS = "。！？!?；;：:…”』」》.)）"


def read(file: BinaryIO, name: str) -> Found:
    """The text of a PDF, lines of a paragraph joined again. Raises Unreadable, within SECONDS and some."""
    answer = _run(file, name)
    problem = answer.get("problem")
    if problem == "encrypted":
        raise Unreadable(
            name, _("it is protected by a password."), hint=_("Open it, print it to a new PDF, and import that one.")
        )
    if problem == "pages":
        raise Unreadable(
            name,
            _("it has {count:,} pages; at most {limit:,} are read.").format(count=answer["pages"], limit=PAGE_LIMIT),
            hint=_("Print the pages you need to a new PDF."),
        )
    if problem == "large":
        raise Unreadable(
            name,
            _("it was refused: {why}.").format(why=_("it unpacks to too much")),
            hint=_("Print the pages you need to a new PDF."),
        )
    if problem == "memory":
        raise _too_much(name)
    if problem or not isinstance(answer.get("text"), list):
        raise Unreadable(
            name,
            _("the PDF is damaged."),
            hint=_("Open it in a PDF reader and print it to a new PDF, or ask for it again."),
        )
    text = "\n\n".join(unwrapped(page) for page in answer["text"])
    if not text.strip():
        raise Unreadable(
            name,
            _("its pages are pictures without text, as a scanner makes them."),
            hint=_("Run text recognition (OCR) on it, or type the text into a .txt file."),
        )
    title = " ".join(str(answer.get("title", "")).split())
    notes = [_("{count} pages could not be read.").format(count=answer["bad"])] if answer.get("bad") else []
    return Found(
        text=text, title="" if _JUNK_TITLE.match(title) else title, made=_made(str(answer.get("made", ""))), notes=notes
    )


def _run(file: BinaryIO, name: str) -> dict[str, Any]:
    # -P: the folder of the program, where `calendar.py` lives beside it, must not shadow the standard library.
    program = Path(__file__).with_name("pdf_child.py")
    limits = map(str, (SECONDS, MEMORY, PAGE_LIMIT, TEXT_LIMIT))
    file.seek(0)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(program), *limits],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS + 2,
            check=False,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise _too_much(name) from None
    return answer if isinstance(answer, dict) else {}


def _too_much(name: str) -> Unreadable:
    return Unreadable(
        name,
        _("reading it took too much time or memory, and was stopped after {seconds} seconds.").format(seconds=SECONDS),
        hint=_("Print the pages you need to a new PDF."),
    )


def _made(stamp: str) -> date | None:
    match = _MADE.match(stamp)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def unwrapped(page: str) -> str:
    """The page with the lines of a paragraph joined: a full line goes on in the next one, a short one or one that ends a
    sentence does not. Chinese joins without a blank, a hyphen at the end of an English line is taken away."""
    lines = [line.strip() for line in page.split("\n")]
    widths = sorted(cells(line) for line in lines if line)
    if not widths:
        return ""
    full = widths[len(widths) * 9 // 10] * 0.8
    out: list[list[str]] = []
    going_on = False
    for line in lines:
        if going_on and line:
            last = out[-1][-1]
            if last.endswith("-") and line[0].islower():
                out[-1][-1] = last[:-1]
            elif last[-1] <= "\u2e7f" and line[0] <= "\u2e7f":
                out[-1].append(" ")
            out[-1].append(line)
        else:
            out.append([line])
        going_on = bool(line) and cells(line) >= full and line[-1] not in _ENDS
    return "\n".join("".join(pieces) for pieces in out)
