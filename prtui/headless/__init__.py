"""What every screen's main job is without a screen: the commands of the CLI, as text for people or JSON for scripts."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from prtui.config import Settings
from prtui.headless import crisis, crisis_after, crisis_words, documents, files, finding, records, upkeep

CRISIS = crisis.COMMANDS | crisis_words.COMMANDS | crisis_after.COMMANDS


def _crisis(options: argparse.Namespace, settings: Settings) -> int | None:
    return CRISIS[options.action or "status"](options, settings)


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int | None]] = {
    "list": records.listing,
    "show": records.show,
    "add": records.add,
    "set": records.change,
    "remove": records.remove,
    "link": records.link,
    "approve": records.approve,
    "board": records.board,
    "undo": records.undo,
    "history": records.history,
    "due": records.due,
    "search": finding.search,
    "import": files.bring_in,
    "export": documents.export,
    "copy": documents.copy,
    "templates": documents.templates,
    "backup": upkeep.back_up,
    "reindex": upkeep.reindex,
    "doctor": upkeep.examine,
    "crisis": _crisis,
}
