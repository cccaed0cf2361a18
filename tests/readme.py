"""The tables of the README, made from the registers they describe. `python -m tests.readme` brings them up to date."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def tables() -> dict[str, str]:
    """Marker → Markdown."""
    from prtui import commands, i18n
    from prtui.grammar import grammar

    i18n.use("en")
    subcommands = next(one for one in grammar()._actions if isinstance(one, argparse._SubParsersAction))
    rows = [f"| `prtui {one.dest}` | {one.help} |" for one in subcommands._choices_actions]
    return {
        "keys": commands.table("en").strip(),
        "commands": "\n".join(["| command | what it does |", "|---|---|", *rows]),
    }


def filled(text: str) -> str:
    """The README with its tables as they should be."""
    for marker, table in tables().items():
        text = re.sub(
            rf"<!-- {marker} -->.*?<!-- /{marker} -->",
            lambda _match, marker=marker, table=table: f"<!-- {marker} -->\n{table}\n<!-- /{marker} -->",
            text,
            flags=re.S,
        )
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
