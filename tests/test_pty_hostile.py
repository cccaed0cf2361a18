"""Hostile text in every kind of record: what reaches the terminal of someone who visits every place is harmless."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.i18n import translate
from prtui.screens import PLACES
from prtui.store import KINDS
from prtui.store.fields import Amount, Choice, Day, Flag, Instant, Number, Prose, Ref, Text
from prtui.store.records import editable
from tests.pty_desk import PtyDesk

# Each ends in a word that shows where it stands on the screen.
NASTY = [
    "[/] markup",
    "[@click=app.quit]x[/] click",
    "\x1b]52;c;cHdu\x07 clipboard",
    "\x1b]0;owned\x07\x1b[2J\x1b[31m escape",
    "\x9b31m\x90q\x9c c1",
    "a\u202egnp.exe\u2066 bidi",
    "z\u200be\u2060r\ufeffo width",
    "\ud800 surrogate",
    "长" * 10_000 + " long",
]
KEYS = {"f11": "\x1b[23~"}
LINE = re.compile(r"[\x80-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _values(model: type[store.Record], nasty: str, made: dict[str, int]) -> dict[str, object] | None:
    values: dict[str, object] = {}
    for name, spec in editable(model).items():
        if spec.guarded:
            continue
        if isinstance(spec, Ref):
            values[name] = made.get(spec.rel_model.kind)
            if spec.required and values[name] is None:
                return None
        elif isinstance(spec, Choice):
            values[name] = spec.default or next(iter(spec.options))
        elif isinstance(spec, Prose):
            values[name] = nasty
        elif isinstance(spec, Text) and name not in ("zone", "depends_on", "parent", "phone", "email"):
            values[name] = nasty[:120]
        elif isinstance(spec, Day):
            values[name] = clock.today("Asia/Shanghai")
        elif isinstance(spec, Instant):
            values[name] = Moment(clock.now() - timedelta(hours=1), "Asia/Shanghai")
        elif isinstance(spec, Number | Amount):
            values[name] = 1
        elif isinstance(spec, Flag):
            values[name] = False
    return values


@pytest.fixture
def nasty_desk(tmp_path: Path) -> Path:
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    listed = [kind for kind in ("person", "outlet", "project", "task", "document", "coverage") if KINDS[kind].listed]
    for nasty in NASTY:
        made: dict[str, int] = {}
        with store.write("林岚") as work:
            for kind in listed:
                values = _values(KINDS[kind], nasty, made)
                assert values is not None, kind
                made[kind] = work.add(kind, **values).id
    store.close()
    return settings.data


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_hostile_reaches_the_terminal_from_any_place_or_page(nasty_desk: Path, lang: str) -> None:
    argv: list[str | Path] = [sys.executable, "-m", "prtui", "--data", nasty_desk, "--as", "林岚", "--lang", lang]
    with PtyDesk(argv) as terminal:
        terminal.wait_for("F1 ")
        for place in PLACES:
            terminal.type(KEYS[place.key]) if place.key in KEYS else terminal.press(place.key)
            terminal.wait_for(f"▌{translate(place.label, lang)}")
            for key in ("down", "enter", "down", "esc"):
                terminal.press(key)
            terminal.press("ctrl+l")
        terminal.press("f1")
        terminal.wait_until(lambda: "Ctrl+" in terminal.text())
        terminal.press("esc", "ctrl+q")
        assert terminal.wait_gone() == 0, terminal.text()
        received = terminal.received
    assert b"owned" in received or b"escape" in received, "the nasty records were never in sight"
    assert b"\x1b]" not in received, "a title, a clipboard or a link was set"
    assert b"\x1b[31m escape" not in received
    text = received.decode("utf-8", "replace")
    assert LINE.findall(text) == []
    assert "\x07" not in text
    assert list(nasty_desk.glob("logs/*")) == [], "a screen crashed"
