"""Minutes of a meeting (DOMAIN §6 row 11): what was discussed, what was resolved, who does what by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import normalize

from prtui import clock
from prtui.documents import prose, wording
from prtui.documents.blocks import Align, Area, Block, Facts, Heading, Items, Para, Rows, Table
from prtui.documents.context import Context, Filled
from prtui.documents.masthead import blank, dress, missing, pick, values
from prtui.documents.wording import called, in_language, name_of, said
from prtui.errors import PrtuiError

_ACTION = re.compile(r"^[@＠]\s*(\S+)(?:\s+(.*))?$")
_COLUMNS = ("number", "what", "owner", "department", "due", "status")


@dataclass(frozen=True)
class Action:
    """An action item as it was typed: `@王敏 3/20 确认灯光`. `due` is None when no date was given."""

    owner: str
    due: date | None
    what: str


@dataclass
class Notes:
    """A meeting's notes taken apart: agenda items with their discussion, resolutions, actions."""

    items: list[tuple[str, list[str]]] = field(default_factory=list)
    resolutions: list[str] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def notes(body: str, held_on: date) -> Notes:
    """`# ` begins an agenda item, `!` is a resolution, `@owner date what` an action; everything else is discussion. Dates
    are read as on the day of the meeting."""
    found = Notes()
    for raw in body.split("\n"):
        line = raw.strip()
        if line.startswith(("!", "！")) and not line.startswith("!["):
            found.resolutions.append(line[1:].strip())
        elif match := _ACTION.match(line):
            found.actions.append(_action(match[1], match[2] or "", held_on))
        elif re.match(r"#+\s", line):
            found.items.append((line.lstrip("#").strip(), []))
        elif line or found.items:
            if not found.items:
                found.items.append(("", []))
            found.items[-1][1].append(line)
    return found


def _action(owner: str, rest: str, held_on: date) -> Action:
    head, _space, tail = rest.partition(" ")
    try:
        return Action(owner, clock.parse_day(normalize("NFKC", head), held_on), tail.strip())
    except PrtuiError:
        return Action(owner, None, rest.strip())


def minutes(row: Any, context: Context, lang: str) -> Filled:
    """The minutes, in the house's official style."""
    label = pick(lang, "会议纪要", "Minutes")
    held = wording.moment(row, "held_at", context.settings.zone)
    held_on = held.local().date() if held else getattr(row, "dated_on", None) or clock.today(context.settings.zone)
    body = in_language(row, "body", lang)
    taken = notes(body, held_on)
    number = getattr(row, "number", None)
    following = context.next_meeting or wording.moment(row, "next_update_at", context.settings.zone)
    filled = values(row, context, lang, label)
    filled |= {
        "number": wording.number(number, lang) if number else "",
        "held": wording.when(held, lang, zone=False) if held else blank(lang, "会议时间", "time of the meeting"),
        "date": clock.long_day(held_on, lang),
        "place": _people(row, "place", context, lang) or blank(lang, "地点", "place"),
        "chair": _people(row, "chair", context, lang) or blank(lang, "主持人", "chair"),
        "recorder": _people(row, "recorder", context, lang) or blank(lang, "记录人", "recorder"),
        "present": _people(row, "present", context, lang) or blank(lang, "出席", "present"),
        "in_attendance": _people(row, "in_attendance", context, lang),
        "absent": _people(row, "absent", context, lang),
        "meeting": Area([Facts(_meeting(row, held, context, lang), bare=True)]),
        "body": Area(_body(taken, context, following, lang), leads=True),
        "action": Rows(_COLUMNS, _rows(taken.actions, context, lang)),
        # Nobody approved a text that is not there: the other language's chair did not sign this one.
        "approved_by": (_approved(row, context, lang) if body else "") or blank(lang, "签发", "approval by the chair"),
        "copied_to": ("、" if lang == "zh" else ", ").join(context.copied_to),
    }
    texts = {name: in_language(row, name, lang) for name in ("title", "body")}
    return dress(row, context, lang, "minutes", label, filled, dated=held_on, texts=texts)


def _people(row: Any, name: str, context: Context, lang: str) -> str:
    value = getattr(row, name, None)
    if isinstance(value, list | tuple):
        names = [name_of(one, lang) for one in value]
    else:
        names = re.split(r"[、\n]", name_of(value, lang))
    return ("、" if lang == "zh" else ", ").join(
        called(stripped, context.names) for one in names if (stripped := one.strip())
    )


def _meeting(row: Any, held: Any, context: Context, lang: str) -> list[tuple[str, str]]:
    labels = {
        "place": ("地点", "Place"), "chair": ("主持", "Chair"), "present": ("出席", "Present"),
        "in_attendance": ("列席", "In attendance"), "absent": ("缺席", "Apologies"), "recorder": ("记录", "Recorder"),
    }  # fmt: skip
    first = (
        pick(lang, "时间", "Time"),
        wording.when(held, lang) if held else wording.gap(pick(lang, "会议时间", "time of the meeting"), lang),
    )
    pairs = [first]
    for name, words in labels.items():
        label, text = pick(lang, *words), _people(row, name, context, lang)
        if text or name not in ("in_attendance", "absent"):
            pairs.append((label, text or wording.gap(label if lang == "zh" else label.lower(), lang)))
    return pairs


def _body(taken: Notes, context: Context, following: Any, lang: str) -> list[Block]:
    made: list[Block] = [Heading(pick(lang, "议题与讨论", "Items discussed"))]
    if not taken.items:
        made += missing(pick(lang, "议题与讨论要点", "items and gist of the discussion"), lang=lang)
    for title, lines in taken.items:
        if title:
            made.append(Heading(title, 2))
        made += prose.blocks("\n".join(lines), lang)
    if taken.resolutions:
        made += [Heading(pick(lang, "决议", "Resolutions")), Para(pick(lang, "会议议定：", "The meeting resolved:"))]
        made.append(Items(taken.resolutions, ordered=True))
    if taken.actions:
        header = (
            ("序号", "事项", "责任人", "部门", "期限", "状态")
            if lang == "zh"
            else ("No.", "Action", "Owner", "Department", "Due", "Status")
        )
        rows = [tuple(action.values()) for action in _rows(taken.actions, context, lang)]
        heading = pick(lang, "行动项", "Actions")
        aligned: tuple[Align, ...] = ("center", "left", "left", "left", "left", "left")
        lead = Para(pick(lang, "会议要求，下列事项按期完成：", "The meeting asked for the following:"))
        made += [Heading(heading), lead, Table(header, rows, align=aligned, alt=heading)]
    if following:
        made += [
            Heading(pick(lang, "下次会议", "Next meeting")),
            Para(wording.when(following, lang) + pick(lang, "。", ".")),
        ]
    return made


def _rows(actions: list[Action], context: Context, lang: str) -> list[dict[str, str]]:
    due, what = wording.gap(pick(lang, "期限", "due date"), lang), wording.gap(pick(lang, "事项", "action"), lang)
    return [
        dict(
            zip(
                _COLUMNS,
                (
                    str(number),
                    action.what or what,
                    called(action.owner, context.names),
                    context.departments.get(action.owner, "—"),
                    wording.short_day(action.due, lang) if action.due else due,
                    pick(lang, "待办", "Open"),
                ),
                strict=True,
            )
        )
        for number, action in enumerate(actions, 1)
    ]


def _approved(row: Any, context: Context, lang: str) -> str:
    """The chair, once the minutes are confirmed; nobody before that."""
    for one in context.approvals:
        if one.step in ("chair", "management"):
            return f"{one.by}{pick(lang, '，', ', ')}{wording.day(one.at, lang)}"
    return _people(row, "chair", context, lang) if said(row, "status") in ("approved", "released", "corrected") else ""
