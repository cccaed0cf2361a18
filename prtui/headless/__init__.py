"""What every screen's main job is without a screen: the commands of the CLI, as text for people or JSON for scripts."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from prtui.config import Settings
from prtui.headless import files, records, upkeep

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
    "search": files.search,
    "import": files.bring_in,
    "export": files.export,
    "templates": files.templates,
    "backup": upkeep.back_up,
    "reindex": upkeep.reindex,
    "doctor": upkeep.examine,
}
