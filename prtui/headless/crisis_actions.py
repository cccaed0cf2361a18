"""`prtui crisis`: which action does what."""

from __future__ import annotations

import argparse

from prtui.config import Settings
from prtui.headless import crisis, crisis_after, crisis_words

ACTIONS = crisis.COMMANDS | crisis_words.COMMANDS | crisis_after.COMMANDS


def act(options: argparse.Namespace, settings: Settings) -> int | None:
    """The exit code of an action; without one, the status."""
    return ACTIONS[options.action or "status"](options, settings)
