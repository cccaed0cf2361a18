"""What is said in a crisis: drafts from the library, approvals bound to the exact words, publication, the emergency path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from prtui.errors import Refused
from prtui.i18n import N_, _
from prtui.store import Work, query
from prtui.store.crisis import RUNNING, Level, LogKind, Purpose, of_crisis
from prtui.store.documents import DocumentKind, Status, text_sha
from prtui.store.records import Row

from . import documents, records
from .crisis_log import label, line, writable
from .crisis_team import holder, role_label, seat, who

OUT = (Status.RELEASED, Status.CORRECTED, Status.WITHDRAWN)
EXERCISE = {"title": "【演练】", "title_en": "[EXERCISE] "}
FIELDS = {"zh": ("title", "body"), "en": ("title_en", "body_en")}
# What a holding statement says, in this order (DOMAIN §4.5): people, action, perspective.
OUTLINE = {
    "zh": ("已核实的事实", "对当事人的关切", "已采取的行动", "下次通报时间", "消费者与媒体联系渠道"),
    "en": ("verified facts", "concern for those affected", "actions taken", "time of the next update", "customer and media contact"),
}  # fmt: skip
MORE = {
    "zh": ("致歉与责任", "补救措施", "第三方检测", "监督渠道"),
    "en": ("apology and responsibility", "remedy", "independent test", "how to follow it up"),
}
APPROVERS = {"facts": "product", "review": "pr", "legal": "legal", "management": "executive", "hq": "hq"}  # step → role
WORDS = {
    "facts": N_("facts checked"), "review": N_("PR review"), "legal": N_("legal clearance"),
    "management": N_("management approval"), "hq": N_("headquarters' approval"),
}  # fmt: skip


class Statement(NamedTuple):
    """A statement of a crisis: its place there, and the text."""

    link: Row
    document: Row

    @property
    def out(self) -> bool:
        """Whether it was published."""
        return self.document.status in OUT


def statements(row: Row) -> list[Statement]:
    """The statements of a crisis in the order they were begun."""
    links = of_crisis("crisisstatement", row)
    texts = {one.id: one for one in query.by_ids("document", [link.document.id for link in links])}
    return [Statement(link, texts[link.document.id]) for link in links if link.document.id in texts]


def current(row: Row) -> Statement | None:
    """The statement that is being worked on: the newest that is not out yet, or None."""
    return newest_open(statements(row))


def newest_open(found: Sequence[Statement]) -> Statement | None:
    """The newest of these that is not out yet, or None."""
    return next((one for one in reversed(found) if not one.out), None)


def place_of(document: Row) -> Row | None:
    """The place of a text among the statements of a crisis (a `crisisstatement`), or None."""
    found = query.rows("crisisstatement", {"document": document.id}, order=("-id",), limit=1)
    return found[0] if found else None


def crisis_of(document: Row) -> Row | None:
    """The crisis (or drill) that a document belongs to, or None."""
    place = place_of(document)
    return query.get("crisis", place.crisis.id, deleted=True) if place is not None else None


def is_holding(document: Row) -> bool:
    """Whether the text is the first statement of a crisis, which is kept shorter than others (DOMAIN §4.5)."""
    place = place_of(document)
    return place is not None and place.purpose == Purpose.HOLDING


def is_drill(record: Row) -> bool:
    """Whether the record is a drill or belongs to one: then every page of it says 演练 EXERCISE."""
    if record.kind == "crisis":
        return bool(record.drill)
    owner = crisis_of(record) if record.kind == "document" else None
    if owner is None and "crisis" in record and record.crisis is not None:
        owner = query.get("crisis", record.crisis.id, deleted=True)
    return owner is not None and bool(owner.drill)


def distributable(document: Row) -> None:
    """Refused for a text of a drill: nothing of an exercise is ever sent to anybody."""
    if is_drill(document):
        raise Refused(_("{code} belongs to a drill and is not distributed.").format(code=document.code))


def shas(document: Row) -> str:
    """The fingerprints of all language versions as one text: what milestones are bound to."""
    return ";".join(f"{one}:{text_sha(document, one)}" for one in documents.languages(document))


# -- writing them ------------------------------------------------------------------------------------------------------


def draft(
    work: Work,
    row: Row,
    *,
    purpose: str = Purpose.HOLDING,
    templates: Sequence[Row] = (),
    title: str = "",
    body: str = "",
    body_en: str = "",
    session: str = "",
) -> Row:
    """A new statement of the crisis, a document: from templates of the library (one a language), from the text given, or
    with every part it needs as a blank to fill. Its status is draft."""
    row = writable(work, row, session)
    values: dict[str, object] = {"title": title, "body": body, "body_en": body_en}
    for template in templates:
        name, text = FIELDS["en" if template.language == "en" else "zh"]
        values |= {name: template.title, text: template.body}
    if not templates and not body and not body_en:
        values["body"] = _outline(purpose, "zh")
    values["title"] = values["title"] or title or f"关于“{row.title}”的声明"
    if values["body_en"] and not values.get("title_en"):
        values["title_en"] = f"Statement on “{row.title_en or row.title}”"
    if row.drill:
        values |= {name: mark + str(values[name]) for name, mark in EXERCISE.items() if values.get(name)}
    member = seat(of_crisis("muster", row), "pr")
    values |= {
        "type": DocumentKind.STATEMENT,
        "number": len(of_crisis("crisisstatement", row)) + 1,
        "owner": holder(member) if member is not None else None,
        "project": row.project,
    }
    document = records.add(work, "document", values)
    work.add(
        "crisisstatement", crisis=row, document=document, purpose=purpose,
        template=", ".join(template.code for template in templates),
    )  # fmt: skip
    return document


def _outline(purpose: str, language: str) -> str:
    parts = OUTLINE[language] + (MORE[language] if purpose == Purpose.FULL else ())
    mark = "【待填:{}】" if language == "zh" else "【To fill:{}】"
    return "\n\n".join(mark.format(part) for part in parts)


def blanks(document: Row) -> list[str]:
    """The blanks that are still in the text, each once, without their brackets."""
    found = [mark for name in ("body", "body_en") for mark in documents.UNFILLED.findall(document[name])]
    return list(dict.fromkeys(re.split("[:：]", mark, maxsplit=1)[1].rstrip("】").strip() for mark in found))


def fill(work: Work, document: Row, values: Mapping[str, str]) -> Row:
    """The document with blanks filled, by their words (the beginning of them is enough). Refused for one that is not there."""
    texts = {name: document[name] for name in ("body", "body_en")}
    for wanted, value in values.items():
        hits = 0
        for name in texts:
            pattern = re.compile(rf"【(?:待填|To fill)[:：]\s*{re.escape(wanted.strip())}[^】]*】")
            texts[name], count = pattern.subn(_constant(value.strip()), texts[name])
            hits += count
        if not hits:
            raise Refused(
                _("There is no blank “{name}”.").format(name=wanted[:40]),
                hint=_("Still blank: {names}.").format(names=", ".join(blanks(document)) or "—"),
            )
    return records.change(work, document, texts)


def _constant(value: str) -> Callable[[object], str]:
    return lambda _match: value


def facts(row: Row) -> tuple[str, ...]:
    """The verified facts of the log: what a statement may say in numbers."""
    entries = of_crisis("logentry", row)
    wrong = {entry.corrects for entry in entries if entry.corrects}
    return tuple(
        entry.text for entry in entries if entry.type == LogKind.FACT and entry.verified and entry.code not in wrong
    )


def outdated(statement: Statement, log: Sequence[Row]) -> bool:
    """Whether a fact of these log lines was verified after the unpublished statement was cleared by counsel."""
    given = [] if statement.out else documents.standing(statement.document, "legal")
    if not given:
        return False
    cleared_at = max(one.decided_at for one in given)
    return any(row.type == LogKind.FACT and row.verified and row.recorded_at > cleared_at for row in log)


# -- approvals ---------------------------------------------------------------------------------------------------------


def clear(
    work: Work,
    row: Row,
    step: str,
    *,
    by: str = "",
    channel: str = "",
    remark: str = "",
    language: str = "",
    session: str = "",
) -> list[Row]:
    """Record who approved the exact words of the current statement in one step of the chain (facts, review, legal,
    management, hq), in one language or all. Without `by` it is whoever has that seat in the team."""
    row = writable(work, row, session)
    if step not in APPROVERS:
        raise Refused(_("There is no step “{step}”.").format(step=step[:40]), hint=", ".join(APPROVERS))
    return clear_document(work, row, subject(row), step, by, channel, remark, language)


def subject(row: Row, *, stamping: bool = False) -> Row:
    """What approvals are about: a text that went out by the emergency path and is not ratified yet (when stamping: with both
    milestones), else the statement that is being worked on. Refused when there is none."""
    found = statements(row)
    for entry in of_crisis("milestone", row, n=8):
        if entry.emergency and not entry.void and entry.statement is not None:
            document = query.get("document", entry.statement.id)
            if not cleared(document) or (stamping and unstamped(row, document)):
                return document
    newest = newest_open(found)
    if newest is None:
        raise Refused(_("There is no statement yet."), hint=_("Draft one: prtui crisis draft"))
    return newest.document


def clear_document(
    work: Work, row: Row, document: Row, step: str, by: str, channel: str, remark: str = "", language: str = ""
) -> list[Row]:
    name = by or who(row, APPROVERS[step])
    if not name:
        raise Refused(
            _("The team has nobody for that; say who approved it."), hint=_("For example: --by NAME --channel phone")
        )
    missing = unready(document)
    if missing:
        raise Refused(_("{code} cannot be cleared yet. Missing:").format(code=document.code), missing)
    done = {one.language for one in documents.standing(document, step)}
    wanted = [language] if language else [one for one in documents.languages(document) if one not in done]
    return [
        given
        for one in wanted or [""]
        for given in documents.clear(work, document, step, by=name, channel=channel, remark=remark, language=one)
    ]


def _seated(work: Work, document: Row, step: str, by: str) -> None:
    """Refused for whoever does not have the seat of that step in the team of the crisis, as A or as B."""
    row = crisis_of(document)
    member = seat(of_crisis("muster", row), APPROVERS[step]) if row is not None else None
    if member is None:
        return
    seats = [member]
    if (
        step == "management" and row is not None and row.level == Level.IV
    ):  # there the PR director approves (DOMAIN §4.1)
        seats += of_crisis("muster", row, role="pr")
    names = [one.title for sits in seats for one in (sits.person, sits.substitute) if one is not None]
    if by not in names:
        raise Refused(
            _("{name} does not have the seat “{role}” of this team.").format(name=by, role=role_label(member.role)),
            hint=_("It is: {names}. Another one: prtui crisis team ROLE=NAME").format(names=", ".join(names)),
        )


def _voided(work: Work, document: Row, count: int) -> None:
    row = crisis_of(document)
    if row is not None:
        said = _("the text of {code} was changed: {count} approvals are void").format(code=document.code, count=count)
        line(work, row, LogKind.STATEMENT, said)


def working(row: Row) -> Statement:
    """The statement that is being worked on. Refused when there is none."""
    statement = current(row)
    if statement is None:
        raise Refused(_("There is no statement yet."), hint=_("Draft one: prtui crisis draft"))
    return statement


def as_seen(document: Row, seen: str) -> None:
    """Refused when the text is no longer the one that was read. `seen` is what `shas` said then, or the beginning of one
    language's fingerprint; blank asks nothing."""
    words = shas(document)
    if seen and seen != words and not any(one.partition(":")[2].startswith(seen) for one in words.split(";")):
        raise Refused(
            _("The words of {code} were changed by {who} in the meantime.").format(
                code=document.code, who=document.updated_by
            ),
            hint=_("Read them again, then decide."),
        )


def newest_entry(row: Row, n: int, document: Row) -> Row | None:
    """The newest stamp of an approval of that text, or None where there is none or it was taken back."""
    entries = of_crisis("milestone", row, n=n, statement=document.id)
    return entries[-1] if entries and not entries[-1].void else None


def unstamped(row: Row, document: Row) -> list[str]:
    """Which of the approvals 6 and 7 are not stamped on these exact words."""
    return [
        _("{n} {label} on these exact words").format(n=n, label=label(n))
        for n in (6, 7)
        if (newest := newest_entry(row, n, document)) is None or newest.sha != shas(document)
    ]


def cleared_in(document: Row, step: str) -> bool:
    """Whether that step was approved on these exact words, in every language they are in."""
    return {one.language for one in documents.standing(document, step)} >= set(documents.languages(document))


def cleared(document: Row) -> bool:
    """Whether counsel and management both approved these exact words, in every language they are in."""
    return bool(documents.languages(document)) and all(cleared_in(document, step) for step in ("legal", "management"))


def unready(document: Row) -> list[str]:
    """What a text still needs before anybody can approve it: words in it, and no blanks."""
    if not documents.languages(document):
        return [_("a text")]
    return [_("{mark} filled in").format(mark=f"【{one}】") for one in blanks(document)]


def bring(work: Work, document: Row, to: Status) -> Row:
    """The document moved along its own way until it has that status; not back."""
    way = [Status.DRAFT, Status.REVIEW, Status.LEGAL, Status.APPROVED, Status.RELEASED]
    document = query.get("document", document.id)
    while document.status in way and way.index(document.status) < way.index(to):
        document = documents.advance(work, document)
    return document


def _goes_out_there(document: Row) -> None:
    """Refuses to release a text past the crisis that it speaks in while that runs: its clock would go on, and its log say
    nothing. What stamps the publication says so in the place of the text first."""
    place = place_of(document)
    crisis = crisis_of(document)
    if place is not None and crisis is not None and crisis.state in RUNNING and place.published_at is None:
        raise Refused(
            _("{code} speaks in {crisis}, which is running: it goes out there.").format(
                code=document.code, crisis=crisis.code
            ),
            hint=_("F12, then 8; a further statement with Ctrl+O and 6."),
        )


documents.MAY_CLEAR.append(_seated)
documents.MAY_RELEASE.append(_goes_out_there)
documents.VOIDED.append(_voided)
