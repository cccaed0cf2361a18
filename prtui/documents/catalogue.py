"""The register of deliverables: whoever offers, lists, exports or tests documents loops over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from prtui.config import Settings
from prtui.documents import clips, crisis, crisis_plan, crisis_review, events, media, projects
from prtui.documents.context import Context, Filled
from prtui.i18n import N_

Build = Callable[[Any, Context, str], Filled]


@dataclass(frozen=True)
class Deliverable:
    """A document the desk can make. `of` is the record it is made of, `type` that record's type where it matters; `many`
    says that it is made once for each guest (`export_each`). Its template must have a slot of each of `needs`: without it
    the document would go out without what it says."""

    id: str
    label: str
    of: str
    build: Build
    type: str = ""
    many: bool = False
    needs: tuple[tuple[str, ...], ...] = (("body",),)

    def blank(self, lang: str) -> Filled:
        """The deliverable of an empty record: every slot, none filled."""
        return self.build(_Nothing(), Context(Settings(data=Path())), lang)


class _Nothing:
    """A record in which nothing is filled."""

    def __getattr__(self, name: str) -> None:
        return None


REGISTER = (
    Deliverable("statement", N_("Media statement"), of="document", type="statement", build=crisis.statement),
    Deliverable("release", N_("Press release"), of="document", type="release", build=media.release),
    Deliverable("minutes", N_("Minutes"), of="document", type="minutes", build=projects.minutes),
    Deliverable(
        "invitation",
        N_("Invitation"),
        of="project",
        build=events.invitation,
        many=True,
        needs=(("salutation", "guest.name"), ("box", "when")),
    ),
    Deliverable("clip-book", N_("Clip book"), of="project", build=clips.clip_book),
    Deliverable("crisis-review", N_("Crisis review"), of="crisis", build=crisis_review.crisis_review),
    Deliverable("crisis-plan", N_("Crisis plan"), of="crisisplan", build=crisis_plan.crisis_plan),
)


@lru_cache(maxsize=1)
def deliverables() -> dict[str, Deliverable]:
    """Every deliverable by its id, in the order in which they are offered."""
    return {one.id: one for one in REGISTER}
