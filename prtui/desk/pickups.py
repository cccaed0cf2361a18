"""Clips that say the same: the pickups of an original, found by their texts and linked to it."""

from __future__ import annotations

from dataclasses import dataclass

from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.media import CoverageKind
from prtui.store.records import Row

from . import records

LEAST = 0.4  # of all five letters in a row: a pickup cut down to half its original still has as much
_READ = 100  # of the clips most like it
_PICKUP = CoverageKind.PICKUP.value


@dataclass(frozen=True)
class Duplicate:
    """A clip and how much of its text and another's is the same, in percent."""

    row: Row
    share: int


def duplicates(clip: Row) -> list[Duplicate]:
    """The clips whose text, as it is stored now, is nearly that of this one, the nearest first. Raises Refused for a record
    of another kind."""
    from prtui.search import similar  # nobody who only keeps records waits for the search to load

    if clip.kind != "coverage":
        raise Refused(_("Only coverage has pickups."))
    found = similar.like((clip.kind, clip.id), kinds=("coverage",), limit=_READ)
    own = similar.shingles(_text(clip))
    shares = [
        Duplicate(row, round(100 * similar.overlap(own, similar.shingles(_text(row)))))
        for row in query.by_ids("coverage", [hit.id for hit in found.hits])
    ]
    return sorted(
        (one for one in shares if one.share >= 100 * LEAST), key=lambda one: (-one.share, one.row.published_at.at)
    )


def _text(clip: Row) -> str:
    return "\n".join(part for part in (clip.title, clip.summary, clip.body) if part)


def original_of(clip: Row) -> Row | None:
    """The original that a pickup is linked to, if it is there."""
    return query.by_code(clip.parent) if clip.original == _PICKUP and clip.parent else None


def linked(one: Row, other: Row) -> bool:
    """Whether one is the pickup of the other, or both are of the same original."""
    first, second = (original_of(clip) or clip for clip in (one, other))
    return (first.kind, first.id) == (second.kind, second.id)


def doubled(one: Row, other: Row) -> bool:
    """Whether both are from the same outlet: then one of them is the clip once more, not a pickup."""
    return bool(one.outlet and other.outlet and one.outlet.id == other.outlet.id)


def mark(clip: Row, other: Duplicate) -> str:
    """What the other clip is to this one, with the share: a pickup, perhaps a pickup, or perhaps the same clip twice."""
    if linked(clip, other.row):
        return _("pickup {share}%").format(share=other.share)
    if doubled(clip, other.row):
        return _("double? {share}%").format(share=other.share)
    return _("pickup? {share}%").format(share=other.share)


def link(work: Work, one: Row, other: Row) -> Row:
    """Of two clips the later becomes a pickup of the earlier, or of the original that this one was taken from; the pickup.
    Raises Refused when they are linked already, or from the same outlet."""
    if not one.kind == other.kind == "coverage":
        raise Refused(_("Only coverage has pickups."))
    if linked(one, other):
        raise Refused(_("{one} and {other} are linked already.").format(one=one.code, other=other.code))
    if doubled(one, other):
        raise Refused(
            _("{one} and {other} are both from {outlet}: one clip twice, not a pickup.").format(
                one=one.code, other=other.code, outlet=one.outlet.title
            ),
            hint=_("Delete one of them."),
        )
    first, later = sorted((one, other), key=lambda clip: (clip.published_at.at, clip.id))
    original = original_of(first) or first
    return records.change(work, later, {"original": _PICKUP, "parent": original.code})
