"""Whatever is pasted into whatever takes text: it stays text, nothing falls down, and no report of a defect is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from prtui import store
from prtui.config import Settings
from prtui.screens.fields import Pick
from prtui.screens.form import FormScreen
from prtui.store import KINDS
from tests.desk_app import NASTY, Face, running

PASTED = (" ".join(NASTY[:5]), "[/]" * 3000, "\x1b]0;t\x07\x1b[2J" + "y" * 10_000, "a\nb " * 2000)
LINES = {
    "quick note": ("ctrl+n",),
    "search": ("f9",),
    "filter": ("f4", "f"),
    "board": ("f3", "f"),
    "projects": ("f3", "l", "f"),
    "link": ("f4", "enter", "l"),
    "palette": ("ctrl+p",),
}
FORMS = [kind for kind, model in KINDS.items() if model.listed and not model.guarded]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A desk with a person, an outlet and a project."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    with store.write("林岚") as work:
        owner = work.add("person", name="林岚")
        work.add("outlet", name="第一财经")
        work.add("project", name="曜石", owner=owner)
    store.close()
    yield settings


async def pasted(face: Face, words: str) -> None:
    """Paste this where the focus is, and look at what is drawn."""
    (face.app.focused or face.app.screen).post_message(events.Paste(words))
    await face.settle()
    well(face)


def well(face: Face) -> None:
    """Nothing that a terminal obeys is drawn, no line is too wide, and nothing was reported."""
    width = face.app.size.width
    assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(face.text)
    assert all(cell_len(line) <= width for line in face.text.splitlines())
    assert face.app.is_running and face.app.logs is not None and not list(face.app.logs.glob("*"))


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
@pytest.mark.parametrize("line", LINES)
async def test_every_line_to_type_in_takes_everything(settings: Settings, line: str, size: tuple[int, int]) -> None:
    async with running(settings, size) as face:
        for words in PASTED if size[0] >= 80 else PASTED[-1:]:
            await face.press(*LINES[line])
            await pasted(face, words)
            await face.press("z", "enter")
            well(face)
            await face.pilot.press(*["escape"] * 3)
            await face.press("f2")


@pytest.mark.parametrize("kind", FORMS)
async def test_every_field_of_every_form_takes_everything(settings: Settings, kind: str) -> None:
    async with running(settings) as face:
        for words in PASTED if kind == "task" else PASTED[-1:]:
            form = FormScreen(kind)
            face.app.push_screen(form)
            await face.settle()
            for line in form.lines:
                if line.display and not isinstance(line.editor, Pick):
                    line.editor.focus()
                    line.editor.post_message(events.Paste(words))
                    await face.pilot.pause()
            await face.settle()
            well(face)
            await face.press("ctrl+s")
            well(face)
            await face.press("escape")
            if face.app.screen is form:  # the first Esc closed what a reference may have meant
                await face.press("escape")
            face.app.drafts.drop(form.key)
