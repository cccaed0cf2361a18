"""How long a text is, and how long it may be."""

from __future__ import annotations

from typing import NamedTuple

from prtui.i18n import _
from prtui.screens.chrome import Piece
from prtui.store.documents import DocumentKind
from prtui.text import has_chinese


class Length(NamedTuple):
    """Characters of a Chinese text, words of another; `most` is 0 where there is no limit."""

    size: int
    most: int
    chinese: bool


def length_of(kind: str, language: str, body: str, *, holding: bool = False) -> Length:
    """The length of a text of that kind of document in that language; a holding statement has less room than another."""
    from prtui.documents import media  # with the first text, not with the first crisis
    from prtui.documents.lint import HOLDING, STATEMENT, length

    most = 0
    if kind == DocumentKind.STATEMENT:
        most = (HOLDING if holding else STATEMENT)[language]
    elif kind == DocumentKind.RELEASE and language == "zh":
        most = media.MOST
    return Length(length(body), most, has_chinese(body) if body.strip() else language == "zh")


def counted(length: Length) -> list[Piece]:
    """`312/300 characters  12 too many`."""
    shown = f"{length.size:,}/{length.most}" if length.most else f"{length.size:,}"
    said = (_("{count} characters") if length.chinese else _("{count} words")).format(count=shown)
    over = length.size - length.most
    if not length.most or over <= 0:
        return [(said, "muted")]
    return [(said, "warn"), ("  ", ""), (_("{count} too many").format(count=over), "warn")]
