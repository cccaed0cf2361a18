"""Two things done to a task from several screens: ticking it off is told, and it is put off to another day."""

from __future__ import annotations

from typing import Any

from prtui import clock
from prtui.desk import projects
from prtui.i18n import _
from prtui.screens.base import DeskScreen
from prtui.store import Row


def finished(task: Row, warnings: list[str]) -> tuple[str, str]:
    """What is told when a task was ticked off, and its tone."""
    told = _("Done: {title}. Ctrl+Z takes it back.").format(title=task.heading)
    return " ".join([told, *warnings]), "warn" if warnings else "good"


async def postpone(screen: DeskScreen[Any], row: Row) -> None:
    """Ask for a day and put the task or project off to it."""
    typed = await screen.ask(_("Postpone {code} to (+3d, 3/20, fri)").format(code=row.code))
    if typed and typed.strip():
        day = clock.parse_day(typed, clock.today(screen.desk.settings.zone))
        await screen.write(projects.postpone, row, day)
        told = _("{code} is due on {day}. Ctrl+Z takes it back.")
        screen.tell(told.format(code=row.code, day=day.isoformat()), "good")
