"""Which segments are written anew at a commit: because they hold text that is not to be found any more, or because small ones
have become several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from prtui.search.codec import Segment

Purge = Literal["due", "removed", "any"]

_MERGED_AT_ONCE = 8192  # documents, and
_MERGED_POSTINGS = 4_000_000  # at most, so that no commit takes longer than a second or two
_GREAT = 2048  # documents of a segment that is copied rather than made anew, to take documents out of it, if these are
_SPARSE = 500  # at most one in so many: each costs as much as making anew that many
_FEW = 4  # segments of about one size that become one
# Postings: for each that many of a segment, what was edited away may stay in it one commit longer.
_PER_COMMIT = 1_000_000


def _due(segment: Segment) -> bool:
    return len(segment.gone) * 2 > segment.size or segment.worn > 1 + segment.postings // _PER_COMMIT


def erasable(segment: Segment) -> bool:
    """Whether to take what is gone out of a copy costs less than to make the segment anew."""
    return segment.size >= _GREAT and len(segment.gone - segment.erased) * _SPARSE <= segment.size


def purged(segment: Segment, purge: Purge) -> bool:
    """Whether text that is not to be found leaves the segment's file at a commit: where it is "due", or records were
    "removed", or if there is "any"."""
    if not segment.gone > segment.erased:
        return False
    return purge == "any" or (segment.removed if purge == "removed" else _due(segment))


def chosen_to_merge(segments: list[Segment], worn: list[Segment], only: bool = False) -> list[Segment]:
    """Which segments become one: those that are worn, and some of about one size as soon as they are several, unless the
    worn are the `only` ones. So commits stay short, and segments few."""
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment not in worn and segment.doc_count() and not only:
            tiers.setdefault(segment.doc_count().bit_length() // 2, []).append(segment)
    wanted = worn[:]
    for _tier, few in sorted(tiers.items()):
        if len(few) < _FEW:
            break
        wanted += few
    chosen: list[Segment] = []
    documents = listed = 0
    for segment in wanted:
        documents += segment.doc_count()
        listed += segment.postings
        if chosen and (documents > _MERGED_AT_ONCE or listed > _MERGED_POSTINGS):
            break
        if segment in worn or documents <= _MERGED_AT_ONCE:
            chosen.append(segment)
    return chosen
