"""How a crisis speaks: the guards of draft, approvals, first statement and remedy, and the emergency path.

No way leads to a publication but two approvals of exactly these words, or a pre-approved template with counsel's logged word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from prtui.clock import Moment
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.crisis import LogKind, Purpose, of_crisis
from prtui.store.documents import Status
from prtui.store.records import Row

from . import crisis, crisis_clocks, documents, records
from .crisis import Asked, Passed
from .crisis_library import approved, only_blanks_filled
from .crisis_log import label, log, writable
from .crisis_statements import (
    EXERCISE,
    FIELDS,
    OUT,
    WORDS,
    Statement,
    as_seen,
    blanks,
    bring,
    clear_document,
    cleared,
    cleared_in,
    newest_entry,
    newest_open,
    shas,
    statements,
    subject,
    unready,
    unstamped,
    working,
)
from .crisis_team import seat, who

# -- the guards of 5 to 8 and 10 ---------------------------------------------------------------------------------------


def _drafted(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    document = working(row).document
    written = [documents.UNFILLED.sub("", document[FIELDS[one][1]]).strip() for one in documents.languages(document)]
    if not all(written) or not written:
        if not blanks(document):
            raise Refused(_("{code} has no text yet.").format(code=document.code))
        raise Refused(
            _("{code} has no words but its blanks yet. Missing:").format(code=document.code),
            unready(document),
            hint=_("Fill them: prtui crisis fill BLANK=TEXT"),
        )
    return Passed(row, {"statement": document, "sha": shas(document)}, said=f"{document.code} {document.title}")


def _legal(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    return _step(work, row, asked, "legal", Status.LEGAL)


def _management(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    return _step(work, row, asked, "management", Status.APPROVED)


def to_approve(row: Row, n: int) -> Row:
    """The text that the approval 6 or 7 is about. Refused while it has blanks, and for management before counsel."""
    document = subject(row, stamping=True)
    newest = newest_entry(row, 6, document)
    if n == 7 and (not cleared_in(document, "legal") or newest is None or newest.sha != shas(document)):
        raise Refused(
            _("Milestone 7 cannot be stamped yet. Missing:"),
            [_("{n} {label} on these exact words").format(n=6, label=label(6))],
        )
    missing = unready(document)
    if missing:
        raise Refused(_("Milestone {n} cannot be stamped yet. Missing:").format(n=n), missing)
    return document


def _step(work: Work, row: Row, asked: Asked, step: str, status: Status) -> Passed:
    as_seen(subject(row, stamping=True), asked.seen)
    document = to_approve(row, asked.n)
    given = [one.by for one in documents.standing(document, step)]
    if not cleared_in(document, step):
        clear_document(work, row, document, step, asked.by, asked.channel, asked.note)
    elif asked.by and asked.by not in given:
        raise Refused(
            _("These words were cleared already, by {names}.").format(names=", ".join(given)),
            hint=_("Stamp it without another name."),
        )
    if document.status not in OUT:
        document = bring(work, document, status)
    by = "、".join(dict.fromkeys(one.by for one in documents.standing(document, step)))
    channel = f" ({asked.channel})" if asked.channel else ""
    return Passed(
        row,
        {"statement": document, "sha": shas(document), "by": by},
        said=f"{_(WORDS[step])}: {by}{channel} {document.code}",
    )


def _once_more(row: Row, there: Mapping[int, Row], n: int) -> bool:
    if not statements(row):
        return False
    try:
        document = working(row).document if n == 5 else subject(row, stamping=True)
    except Refused:
        return False  # all of them are out
    newest = newest_entry(row, n, document)
    if newest is None:
        return True
    if n == 5:
        return False
    legal = newest_entry(row, 6, document)
    return newest.sha != shas(document) or (n == 7 and legal is not None and legal.id > newest.id)


def void_approvals(row: Row, there: Mapping[int, Row], found: Sequence[Statement]) -> list[int]:
    """Which of the approvals 6 and 7 were given for other words than those the unpublished statement has now."""
    newest = newest_open(found)
    if 8 in there or newest is None:
        return []
    words = shas(newest.document)
    return [n for n in (6, 7) if n in there and (there[n].sha != words or not cleared_in(newest.document, _STEPS[n]))]


_STEPS = {6: "legal", 7: "management"}


def _published(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    if row.reply_only:
        if not asked.note:
            raise Refused(_("Say what the customer was told."))
        return Passed(row, {"reply": True})
    found = statements(row)
    statement = next((one for one in reversed(found) if one.link.purpose != Purpose.FULL), None) or working(row)
    as_seen(statement.document, asked.seen)
    if asked.emergency:
        missing = emergency_faults(row, statement, work.actor, asked.at)
        if missing:
            raise Refused(_("The emergency path is not open. Missing:"), missing)
    else:
        _demand_cleared(row, statement.document, asked.n)
    document = _release(work, row, statement, asked.at, emergency=asked.emergency)
    warnings = _warnings(row, document, asked)
    said = f"{document.code} {document.title}"
    if asked.emergency:
        said = _("EMERGENCY PATH, counsel {who} by word: {what}").format(who=statement.link.counsel, what=said)
    values = {"statement": document, "sha": shas(document), "emergency": asked.emergency}
    return Passed(row, values, said=said, warnings=tuple(warnings))


def _remedied(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    found = [one for one in statements(row) if one.link.purpose == Purpose.FULL]
    if not found:
        raise Refused(_("There is no full statement yet."), hint=_("Draft one: prtui crisis draft --purpose full"))
    _demand_cleared(row, found[-1].document, asked.n)
    as_seen(found[-1].document, asked.seen)
    document = _release(work, row, found[-1], asked.at)
    return Passed(row, {"statement": document, "sha": shas(document)}, said=f"{document.code} {document.title}")


def _demand_cleared(row: Row, document: Row, n: int) -> None:
    missing = documents.lacking(document, Status.RELEASED) + unstamped(row, document)
    if missing:
        raise Refused(_("Milestone {n} cannot be stamped yet. Missing:").format(n=n), missing)


def _release(work: Work, row: Row, statement: Statement, at: Moment, *, emergency: bool = False) -> Row:
    work.edit(statement.link, published_at=at)
    if statement.out:
        return statement.document
    known: dict[str, Any] = {"released_at": at.at}
    if statement.document.next_update_at is None and row.level in crisis_clocks.RHYTHM:
        following = at.at + timedelta(minutes=crisis_clocks.RHYTHM[row.level])
        known["next_update_at"] = Moment(following, at.zone)
    if emergency:  # not along its own way: these words have counsel's word instead of the approvals
        reason = _("emergency path of {code}").format(code=row.code)
        return work.edit(statement.document, action="emergency", reason=reason, status=Status.RELEASED, **known)
    return work.edit(bring(work, statement.document, Status.RELEASED), **known)


def _warnings(row: Row, document: Row, asked: Asked) -> Iterator[str]:
    staff = [one for one in of_crisis("stakeholder", row, group="staff") if one.contacted_at is None]
    if staff:
        yield _("Stores and staff were not told yet: before or together with the public.")
    level_one = row.level == "I" and seat(of_crisis("muster", row), "hq") is not None
    if level_one and not cleared_in(document, "hq"):
        yield _("Level I: headquarters has not approved these words.")
    if asked.emergency:
        due = asked.at.at + timedelta(minutes=crisis_clocks.RATIFY)
        yield _("To be ratified by counsel and management until {at}.").format(at=Moment(due, asked.at.zone))


def publish_update(work: Work, row: Row, *, at: Moment | None = None, session: str = "") -> Row:
    """A further statement out, under the same approvals as the first; it is logged and is no milestone."""
    row = writable(work, row, session)
    statement = working(row)
    if statement.link.purpose != Purpose.UPDATE:
        raise Refused(_("The first statement is milestone 8, the full one is milestone 10."))
    _demand_cleared(row, statement.document, 8)
    document = _release(work, row, statement, at or Moment(work.at, work.settings.zone))
    log(work, row, f"{document.code} {document.title}", LogKind.STATEMENT, session=session)
    return document


# -- the emergency path --------------------------------------------------------------------------------------------------


def agree(
    work: Work, row: Row, counsel: str, channel: str, *, at: Moment | None = None, reason: str = "", session: str = ""
) -> Row:
    """Log that duty counsel agreed by word to exactly the words the current statement has now."""
    row = writable(work, row, session)
    statement = working(row)
    member = seat(of_crisis("muster", row), "legal")
    duty = [one.title for one in (member.person, member.substitute) if one is not None] if member is not None else []
    if counsel.strip() not in duty:
        raise Refused(
            _("{name} is not counsel of this team.").format(name=counsel.strip() or "—"),
            hint=_("Counsel: {names}.").format(names=", ".join(duty) or "—"),
        )
    if not channel.strip():
        raise Refused(_("Say over what channel counsel agreed."))
    said = _("{who} agreed by word ({channel}) to {code}").format(
        who=counsel, channel=channel, code=statement.document.code
    )
    entry = log(work, row, said, LogKind.DECISION, at=at, reason=reason, session=session)
    return work.edit(
        statement.link, counsel=counsel, agreed_at=entry.happened_at, agreed_by_channel=channel,
        agreed_sha=shas(statement.document), agreed_log=entry,
    )  # fmt: skip


def emergency_faults(row: Row, statement: Statement, actor: str, at: Moment | None = None) -> list[str]:
    """What keeps this person from publishing the statement by the emergency path, at that instant if one is given."""
    link, document = statement
    faults = [] if statement.out is False else [_("a statement that is not out yet")]
    if who(row, "pr") != actor:
        faults.append(_("the PR director ({name}) at the keys").format(name=who(row, "pr") or "—"))
    faults += unready(document) + _beyond_template(row, link, document)
    if not link.agreed_sha or link.agreed_sha != shas(document) or link.agreed_log is None:
        faults.append(_("counsel's logged word on these exact words: prtui crisis agree"))
    elif at is not None and link.agreed_at.at > at.at:
        faults.append(_("counsel's word before the publication; it was given at {at}").format(at=link.agreed_at))
    return faults


def _beyond_template(row: Row, link: Row, document: Row) -> list[str]:
    found = [query.by_code(code.strip()) for code in link.template.split(",") if code.strip()]
    library = {one.language or "zh": one for one in found if one is not None and one.kind == "holdingtemplate"}
    faults = []
    for language in documents.languages(document):
        template = library.get(language)
        title, body = (document[name] for name in FIELDS[language])
        title = title.removeprefix(EXERCISE[FIELDS[language][0]]) if row.drill else title
        if template is None or not approved(template):
            faults.append(_("a pre-approved template behind the text"))
        elif title != template.title or not only_blanks_filled(template.body, body):
            faults.append(_("the words of {code} with only its blanks filled").format(code=template.code))
    return faults


def ratification(statement: Statement, published: Row) -> datetime | None:
    """Until when an emergency publication has to be ratified; None when it was, or needs none."""
    if not published.emergency or cleared(statement.document):
        return None
    return published.happened_at.at + timedelta(minutes=crisis_clocks.RATIFY)  # type: ignore[no-any-return]


# -- what must hold whatever is undone -------------------------------------------------------------------------------------


def publication_faults(row: Row) -> list[str]:
    """What the publications of a crisis rest on and no longer have. Empty in every reachable state."""
    faults = []
    for entry in of_crisis("milestone", row, n=(8, 10)):
        if entry.void or entry.reply:
            continue
        document = query.get("document", entry.statement.id, deleted=True)
        if entry.sha != shas(document):
            faults.append(_("{code}: other words than those published").format(code=document.code))
        elif entry.emergency:
            link = of_crisis("crisisstatement", row, document=document.id)[-1]
            if link.agreed_sha != entry.sha or link.agreed_log is None:
                faults.append(_("{code}: counsel's logged word").format(code=document.code))
        elif not cleared(document) or unstamped(row, document):
            faults.append(_("{code}: both approvals of these exact words").format(code=document.code))
    return faults


def still_sound(record: Row) -> None:
    """Refuses an undo that would leave a publication without what it rests on."""
    row = record if record.kind == "crisis" else query.get("crisis", record.crisis.id, deleted=True)
    faults = publication_faults(row) if row.deleted_at is None else []
    if faults:
        raise Refused(_("This cannot be undone: a publication rests on it."), faults)


def _once(n: int) -> Callable[[Row, Mapping[int, Row]], bool]:
    return lambda row, there: _once_more(row, there, n)


crisis.GUARDS |= {5: _drafted, 6: _legal, 7: _management, 8: _published, 10: _remedied}
crisis.AGAIN |= {n: _once(n) for n in (5, 6, 7)}
for _kind in ("milestone", "crisisstatement", "logentry", "crisis"):
    records.UNDONE[_kind] = still_sound
