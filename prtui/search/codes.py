"""Codes of records, in full (DOC-2026-001) and as they are typed in a hurry (DOC-1, doc 001)."""

from __future__ import annotations

import re

_FULL = re.compile(r"([a-z]{2,8})-(?:(\d{4})-)?(\d{1,9})")
_TYPED = re.compile(r"([a-z]{2,8})[ -]?(?:(\d{4})[ -])?(\d{1,9})")


def forms(code: str) -> list[str]:
    """What a record's code is found by: itself, and without its year."""
    found = _FULL.fullmatch(code.strip().lower())
    if not found:
        return []
    letters, year, number = found[1], found[2], int(found[3])
    return [f"{letters}-{number}"] + ([f"{letters}-{year}-{number}"] if year else [])


def typed(folded: str) -> str:
    """The form of a folded text that is a code and nothing else, or a blank string."""
    found = _TYPED.fullmatch(folded.strip())
    if not found:
        return ""
    year = f"{found[2]}-" if found[2] else ""
    return f"{found[1]}-{year}{int(found[3])}"
