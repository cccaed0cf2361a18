"""What is worth taking out of a record as plain text: its words, a number, a line. It bears the marks its Word file would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from prtui import clock
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import documents
from prtui.desk.crisis_statements import is_drill
from prtui.documents.context import Context
from prtui.documents.masthead import marks
from prtui.documents.placing import place, safe_name
from prtui.documents.wording import COLON, DRILL_WATERMARK, in_language
from prtui.i18n import N_, _
from prtui.store import query
from prtui.store.documents import DocumentKind
from prtui.store.fields import Prose
from prtui.store.reach import Email, Phone
from prtui.store.records import Row, applies, specs
from prtui.text import clean, masked

if TYPE_CHECKING:
    from prtui.search.query import Hit

_PUBLIC = (DocumentKind.RELEASE, DocumentKind.STATEMENT)
_TEXT = {"zh": N_("Text (Chinese)"), "en": N_("Text (English)")}
_LINKS = ("https://", "http://")


class Copy(NamedTuple):
    """`name` is what it is called on the command line, `label` on a screen; `of` is the code of what it was taken from."""

    name: str
    label: str
    text: str
    of: str


def of_record(row: Row, settings: Settings, first: str = "") -> list[Copy]:
    """What may be taken out of a record, the likeliest first: the texts of a document (`first` names a language), numbers,
    addresses and links, other prose, all fields, and its line. Must run where a database connection is."""
    context = Context(settings, drill=is_drill(row))
    found = [
        *_texts(row, context, first or settings.language),
        *_values(row, context),
        Copy("all", _("All fields"), _headed(row, context, settings.language, _sheet(row, settings)), row.code),
        of_rows([row]),
    ]
    return [one._replace(text=clean(one.text).strip()) for one in found]


def of_rows(rows: Sequence[Row]) -> Copy:
    """The lines of these records. Must run where a database connection is."""
    return Copy("line", _("Line"), "\n".join(map(_line, rows)), rows[0].code)


def of_hit(hit: Hit, settings: Settings) -> list[Copy]:
    """The passage, title and line of what a search found. Must run where a database connection is."""
    row = query.get(hit.kind, hit.id)
    context = Context(settings, drill=is_drill(row))
    passage = clean("".join(said for said, _found in hit.snippet)).strip()
    public = row.kind != "document" or row.type in _PUBLIC
    found = [
        Copy("title", _("Title"), _drilled(clean(hit.title, lines=False), context.drill, " "), hit.code),
        of_rows([row]),
    ]
    if passage:
        passage = _headed(row, context, settings.language, passage, public=public)
        found.insert(0, Copy("passage", _("Passage"), passage, hit.code))
    return found


def keep(copy: Copy, settings: Settings) -> Path:
    """The file among the exports that has it (UTF-8, 0600): a new one, or the one that a copy before it made. Raises Trouble
    when the disk refuses."""
    name = "_".join(map(safe_name, filter(None, (clock.today(settings.zone).isoformat(), copy.of, copy.name)))) + ".txt"
    content = f"{copy.text}\n".encode("utf-8", "replace")
    before = settings.exports / name
    if before.is_file() and before.stat().st_size == len(content) and before.read_bytes() == content:
        return before
    return place(content, settings.exports, name)


def _texts(row: Row, context: Context, first: str) -> Iterator[Copy]:
    if row.kind != "document":
        return
    for lang in sorted(documents.languages(row), key=lambda one: one != first):
        head = "\n".join(filter(None, (in_language(row, "title", lang), in_language(row, "subtitle", lang))))
        text = "\n\n".join(filter(None, (head, in_language(row, "body", lang))))
        public = row.type in _PUBLIC
        yield Copy(f"text-{lang}", _(_TEXT[lang]), _headed(row, context, lang, text, public=public), row.code)


def _values(row: Row, context: Context) -> Iterator[Copy]:
    """How somebody is reached and links, as they are; then prose. A document's prose is its texts."""
    prose = []
    for name, spec in specs(row.model).items():
        value = str(row[name] or "")
        if not value or spec.hidden or spec.guarded or not applies(spec, row):
            continue
        if isinstance(spec, Phone | Email) or spec.sensitive or value.startswith(_LINKS):
            yield Copy(name, _(spec.label), _drilled(value, context.drill, "\n"), row.code)
        elif isinstance(spec, Prose) and row.kind != "document":
            text = _headed(row, context, context.settings.language, value, public=True)
            prose.append(Copy(name, _(spec.label), text, row.code))
    yield from prose


def _headed(row: Row, context: Context, lang: str, text: str, *, public: bool = False) -> str:
    """The text under what its Word document would say on every page: drill, embargo, confidential, draft."""
    return "\n\n".join(filter(None, ("\n".join(marks(row, context, lang, public=public)), text)))


def _sheet(row: Row, settings: Settings) -> str:
    lines = [f"{row.code}  {row.heading}"]
    for name, spec in specs(row.model).items():
        value = row[name]
        shown = str(Moment(value, settings.zone)) if isinstance(value, datetime) else row.shown(name)
        if shown and not spec.hidden and name not in ("code", row.model.titled_by) and applies(spec, row):
            lines.append(
                f"{_(spec.label)}{COLON[settings.language]}{shown} {_(spec.unit) if spec.unit else ''}".rstrip()
            )
    return "\n".join(lines)


def _line(row: Row) -> str:
    declared = specs(row.model)
    shown = [masked(row.shown(name)) if declared[name].sensitive else row.shown(name) for name in row.model.shown]
    return _drilled(
        "  ".join(filter(None, (row.code, *(clean(one, lines=False) for one in shown)))), is_drill(row), " "
    )


def _drilled(text: str, drill: bool, gap: str) -> str:
    return f"【{DRILL_WATERMARK}】{gap}{text}" if drill else text
