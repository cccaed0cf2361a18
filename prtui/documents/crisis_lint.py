"""What an editor circles in a statement of a crisis before counsel reads it, in every language it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prtui.desk import documents
from prtui.documents import lint
from prtui.documents.context import Finding
from prtui.i18n import _


def findings(document: Any, facts: tuple[str, ...], *, full: bool = False) -> list[Finding]:
    """What to circle in every language version of the statement. `facts` are the verified lines of the log."""
    return [
        one
        for language in documents.languages(document)
        for one in version(document, language, facts, lint.STATEMENT if full else lint.HOLDING)
    ]


def version(document: Any, language: str, facts: tuple[str, ...] | None, limit: dict[str, int]) -> Iterator[Finding]:
    """What to circle in one language version; numbers only where there is a log to hold them against. An admission of
    liability is not circled once counsel has cleared these exact words."""
    suffix = "_en" if language == "en" else ""
    title, body = document[f"title{suffix}"], document[f"body{suffix}"]
    cleared = language in {one.language for one in documents.standing(document, "legal")}
    for where, text in ((f"title{suffix}", title), (f"body{suffix}", body)):
        yield from lint.superlatives(where, text)
        yield from lint.cliches(where, text)
        yield from (one for one in lint.statement(where, text) if not (cleared and one.rule == "liability"))
    for mark in dict.fromkeys(documents.UNFILLED.findall(body)):
        yield Finding("unfilled", f"body{suffix}", mark, _("Not filled in yet."))
    if facts is not None:
        yield from lint.unverified(f"body{suffix}", body, facts)
    yield from lint.too_long(f"body{suffix}", body, limit[language])
