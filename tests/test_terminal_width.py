"""The terminal is asked how wide it draws, never waited for, and no key typed meanwhile is lost."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path

import pytest

from prtui.errors import Trouble
from prtui.terminal import width
from prtui.terminal.preflight import check_answer
from prtui.text import cells
from tests.pty_desk import PtyDesk

ASK = """
import json, os, sys, termios
before = termios.tcgetattr(0)
from prtui.terminal import width
answer = width.ask(seconds=float(sys.argv[1]))
same = termios.tcgetattr(0) == before
print(json.dumps([answer.ambiguous, answer.wide, answer.typed.decode("utf-8", "replace"), same]), flush=True)
"""


def asked(seconds: float, **options: object) -> list[object]:
    with PtyDesk.python(ASK, str(seconds), columns=120, **options) as desk:
        assert desk.wait_gone() == 0
        desk.wait_until_read(b"]")
        return json.loads(desk.rows()[desk.screen.cursor.y - 1])  # type: ignore[no-any-return]


def test_a_terminal_that_answers_is_believed() -> None:
    assert asked(30) == [1, 2, "", True]


def test_a_terminal_that_draws_lines_two_cells_wide_gets_ascii() -> None:
    ambiguous, wide, typed, same = asked(30, ambiguous=2)
    assert (ambiguous, wide, typed, same) == (2, 2, "", True)
    assert width.Answer(2, 2).glyphs(plain_locale=False) is width.ASCII


def test_a_silent_terminal_is_not_waited_for() -> None:
    assert asked(0.05, answers=False) == [None, None, "", True]


@pytest.mark.parametrize("answers", [True, False])
def test_keys_typed_ahead_are_kept(answers: bool) -> None:
    typed = asked(30 if answers else 0.2, answers=answers, typed_ahead="今天\n/lwq")[2]
    assert typed == "今天\n/lwq"


def test_without_a_terminal_nothing_is_asked() -> None:
    reading, writing = os.pipe()
    try:
        assert width.ask(reading, writing) == width.Answer()
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        (b"a\x1b[1;2Rb\x1b[1;3Rc", width.Answer(1, 2, b"abc")),
        (b"\x1b[24;3R", width.Answer(2, None, b"")),
        (b"x\x1b[24;3R\x1b[24;", width.Answer(2, None, b"x")),
        (b"\x1b[A\x1b", width.Answer(None, None, b"\x1b[A\x1b")),
    ],
)
def test_half_an_answer_is_told_from_keys(received: bytes, answer: width.Answer) -> None:
    assert width._understood(received) == answer


@pytest.mark.parametrize("key", ["é", "今", "🎬", "\x1b[A", "\x1b[1;5C", "\x1bOP"])
def test_no_key_is_cut_in_two(key: str) -> None:
    whole = key.encode()
    for cut in range(1, len(whole)):
        received = b"\x1b[1;2R\x1b[1;3R".ljust(1024 - cut, b"x") + whole  # 1024 bytes are read at once
        reading, writing = os.pipe()
        os.write(writing, received)
        os.close(writing)
        assert width._listen(reading, 30) == received
        os.close(reading)


def test_what_may_be_drawn() -> None:
    assert width.Answer().glyphs(plain_locale=False) is width.UNICODE
    assert width.Answer().glyphs(plain_locale=True) is width.ASCII
    assert width.Answer(1, 2).glyphs(plain_locale=True) is width.UNICODE
    assert width.Answer(3, 3).glyphs(plain_locale=False) is width.ASCII


def test_a_terminal_that_counts_bytes_is_refused() -> None:
    with pytest.raises(Trouble, match="UTF-8"):
        check_answer(width.Answer(3, 3))
    check_answer(width.Answer(2, 2))
    check_answer(width.Answer())


def test_every_glyph_is_one_cell_and_ascii_is_ascii() -> None:
    for glyphs in (width.UNICODE, width.ASCII):
        for name in (
            field.name for field in fields(glyphs) if field.type == "str" and field.name not in ("ellipsis", "spark")
        ):
            assert cells(getattr(glyphs, name)) == 1, name
        assert len(glyphs.spark) == cells(glyphs.spark) == 8
    assert all(getattr(width.ASCII, field.name).isascii() for field in fields(width.ASCII) if field.type == "str")
    assert width.ASCII.drawn("“曜石”…—ok") == '"曜石"...-ok'
    assert width.UNICODE.drawn("“曜石”…") == "“曜石”…"


TYPED = """
import sys
from textual.app import App
from textual.widgets import Input
from prtui.terminal import session, width
from prtui.terminal.crash import CrashReports
from prtui.terminal.drafts import DraftKeeper, Drafts
from pathlib import Path

class Desk(CrashReports, App):
    def compose(self):
        yield Input()
    def on_input_submitted(self, event):
        self.exit(return_code=3 if event.value == "今天 lwq" else 4)

answer = width.ask(seconds=30)
sys.exit(session.run(Desk(), DraftKeeper(Drafts(Path(sys.argv[1]))), typed=answer.typed))
"""


def test_what_was_typed_ahead_arrives_in_the_app(tmp_path: Path) -> None:
    with PtyDesk.python(TYPED, tmp_path, typed_ahead="今天 lwq\n") as desk:
        assert desk.wait_gone() == 3
