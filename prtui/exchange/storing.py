"""Storing what was read from files: in batches, so that nobody waits; as one operation, so that one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from prtui import store
from prtui.config import Settings
from prtui.desk import records
from prtui.errors import PrtuiError
from prtui.exchange.importing import NEW, Planned, values
from prtui.store import Work, query
from prtui.store.fields import sort_text

BATCH = 100  # a save beside an import of 500 rows a batch waited 5.8 s at worst; texts are heavier than rows


@dataclass
class Stored:
    """What an import left: codes of the new records, files that could not be stored with the reason, and the operation."""

    op: str
    codes: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    stopped: bool = False


def bring_in(
    settings: Settings,
    planned: Sequence[Planned],
    *,
    project: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Stored:
    """Store every planned file that is new. `progress` gets (done, in all) after each batch; when `stop` says so, what is
    stored stays and the rest is left, and one undo takes back what was stored."""
    new = [one for one in planned if one.action == NEW and one.reading is not None]
    done = Stored(store.new_op())
    for start in range(0, len(new), BATCH):
        if stop is not None and stop():
            done.stopped = True
            break
        with store.write(settings.actor, op=done.op, continues=bool(done.codes)) as work:
            for one in new[start : start + BATCH]:
                try:
                    done.codes.append(_store(work, one, project))
                except PrtuiError as error:
                    done.failed.append((str(one.path), str(error)))
        if progress is not None:
            progress(len(done.codes) + len(done.failed), len(new))
    return done


def _store(work: Work, planned: Planned, project: int | None) -> str:
    assert planned.reading is not None
    kind, fields = values(planned.reading)
    if project is not None:
        fields["project"] = project
    if kind == "coverage":
        fields["outlet"] = _outlet(work, str(fields["outlet"]))
        return str(records.add(work, kind, fields).code)
    # What was left out of a text is a guarded field, so that nobody types into it: the import alone writes it.
    return str(work.add(kind, **(records.started(kind, fields, work) | fields)).code)


def _outlet(work: Work, name: str) -> int:
    known = query.rows("outlet", {"sort_key": sort_text(name)}, limit=1)
    return int(known[0].id if known else work.add("outlet", name=name).id)
