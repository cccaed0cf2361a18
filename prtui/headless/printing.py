"""How headless commands print: text for people, JSON for scripts."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from prtui.text import cells, fit, plain


def say(line: str = "") -> None:
    """One line on stdout, fit to be drawn."""
    print(plain(line))


def emit(value: Any) -> None:
    """JSON on stdout."""
    # Where the output cannot say 中 it is escaped: a question mark would be another value.
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not utf8, indent=2))


def table(heads: Sequence[str], lines: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Columns that line up, the widest cut so that the table fits the terminal (80 cells where there is none)."""
    body = [[plain(cell) for cell in line] for line in lines]
    widths = [max([cells(head), *(cells(line[at]) for line in body)]) for at, head in enumerate(heads)]
    room = shutil.get_terminal_size((80, 24)).columns - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    for line in [list(heads), *body]:
        print(
            "  ".join(
                fit(cell, width, right=at in right) for at, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
        )


def warn(line: str) -> None:
    """One line on stderr."""
    print(f"prtui: {plain(line)}", file=sys.stderr)
