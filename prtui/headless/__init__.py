"""What every screen's main job is without a screen: the commands of the CLI, as text for people or JSON for scripts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module

from prtui.config import Settings

Command = Callable[[argparse.Namespace, Settings], int | None]

# Command → its module here and its function. A search need not wait 30 ms for the rules of a crisis.
COMMANDS = {
    "list": "records.listing",
    "show": "records.show",
    "add": "records.add",
    "set": "records.change",
    "remove": "records.remove",
    "link": "records.link",
    "approve": "records.approve",
    "board": "records.board",
    "undo": "records.undo",
    "history": "records.history",
    "due": "records.due",
    "search": "finding.search",
    "import": "files.bring_in",
    "export": "documents.export",
    "copy": "documents.copy",
    "templates": "documents.templates",
    "backup": "upkeep.back_up",
    "reindex": "upkeep.reindex",
    "doctor": "upkeep.examine",
    "crisis": "crisis_actions.act",
}


def command(name: str) -> Command:
    """What a command does: takes the options and the settings, returns an exit code or None for 0."""
    module, _dot, function = COMMANDS[name].partition(".")
    found: Command = getattr(import_module(f"{__name__}.{module}"), function)
    return found
