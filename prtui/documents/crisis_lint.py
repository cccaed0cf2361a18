"""What an editor circles in a statement of a crisis, before counsel reads it: the general lint, blame, and loose promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from prtui.desk import documents
from prtui.documents import lint
from prtui.documents.context import Finding
from prtui.i18n import _

LIMIT = {"zh": 200, "en": 150}  # characters, words of a holding statement; a full one has twice that
_BLAME = re.compile(
    r"使用不当|误用|人为(?:损坏|破坏|因素)|(?<![联关体维])系(?:顾客|消费者|客户|供应商|经销商)|(?:顾客|消费者|供应商|经销商|竞争对手|媒体)[^。]{0,6}(?:责任|过失|过错|炒作|抹黑|造谣)"
    r"|恶意(?:炒作|抹黑|中伤)|\bmisuse\b|improper use|(?:customer|supplier|retailer|competitor|media)[’']?s? (?:fault|error|negligence)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"保证|承诺|一定(?:会|将)|绝不|必将|确保|尽快|\b(?:guarantee|promise|will ensure|make sure|as soon as possible)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"由[^。，]{1,16}(?:负责|牵头|办理|跟进|联系)|(?:部|团队|中心|专员|小组|热线|总监|经理)|\b(?:team|department|officer|manager|line|desk)\b", re.IGNORECASE
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[。！？!?\n])")


def findings(document: Any, facts: tuple[str, ...], *, full: bool = False) -> list[Finding]:
    """What to circle in every language version of the statement. `facts` are the verified lines of the log; an admission of
    liability is not circled once counsel has cleared these exact words."""
    found: list[Finding] = []
    cleared = {one.language for one in documents.standing(document, "legal")}
    for language in documents.languages(document):
        suffix = "_en" if language == "en" else ""
        for where in (f"title{suffix}", f"body{suffix}"):
            found += _general(where, document[where], language in cleared)
        body = document[f"body{suffix}"]
        found += lint.unverified(f"body{suffix}", body, facts)
        found += lint.too_long(f"body{suffix}", body, LIMIT[language] * (2 if full else 1))
    return found


def _general(where: str, text: str, cleared: bool) -> Iterator[Finding]:
    yield from lint.superlatives(where, text)
    yield from lint.cliches(where, text)
    yield from (one for one in lint.statement(where, text) if not (cleared and one.rule == "liability"))
    yield from blame(where, text)
    yield from loose_promises(where, text)


def blame(where: str, text: str) -> Iterator[Finding]:
    """Words that lay the fault on somebody before anything is established."""
    for match in _BLAME.finditer(text):
        yield Finding("blame", where, _excerpt(text, match), _("Lays the blame on somebody. State what is verified."))


def loose_promises(where: str, text: str) -> Iterator[Finding]:
    """Promises in a sentence that names nobody who keeps them."""
    for sentence in _SENTENCE.split(text):
        match = _PROMISE.search(sentence)
        if match and not _OWNER.search(sentence):
            yield Finding(
                "promise", where, _excerpt(sentence, match), _("A promise without an owner. Say who does it.")
            )


def _excerpt(text: str, match: re.Match[str]) -> str:
    before, after = text[max(match.start() - 8, 0) : match.start()], text[match.end() : match.end() + 8]
    return f"{before}[{match[0]}]{after}".replace("\n", " ")
