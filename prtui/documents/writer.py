"""Filled slots into a Word file: opened from its template, marked, described, and put on disk whole or not at all."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

from prtui import clock
from prtui.documents import catalogue, marks, readback, slots, templates
from prtui.documents.context import Filled
from prtui.documents.ooxml import w
from prtui.documents.placing import place, safe_name
from prtui.documents.wording import DRAFT, gap
from prtui.errors import PrtuiError, Refused, Trouble
from prtui.i18n import _
from prtui.text import clean

_INK = 4.5  # the contrast on white that small print needs


def compose(filled: Filled, data: Path, *, only_shipped: bool = False) -> tuple[Any, list[str]]:
    """The Word document in memory, and the labels of what is still to be filled in it."""
    template = templates.find(filled.kind, filled.lang, data, only_shipped=only_shipped)
    needs = catalogue.deliverables()[filled.kind].needs
    document = templates.filled(template, filled.values, filled.lang, needs)
    marks.stamp(document, filled.marks, filled.watermark, filled.lang)
    if filled.color:
        _recolor(document, filled.color)
    missing = readback.unfilled([story.root for story in slots.stories(document)])
    _describe(document, filled)
    return document, missing


def export(
    filled: Filled, out: Path, data: Path, *, final: bool = False, only_shipped: bool = False
) -> tuple[Path, list[str]]:
    """Write the document, readable by her alone, under a name nothing else has; the path and the unfilled labels.

    Raises Refused when `final` is asked for and something is unfilled or not approved, DiskTrouble when the disk refuses.
    """
    document, missing = compose(filled, data, only_shipped=only_shipped)
    if final:
        refuse_unfinished(filled, missing)
    standing = "Draft" if missing else filled.standing or "Draft"
    document.core_properties.content_status = "Final" if final else standing
    held = io.BytesIO()
    document.save(held)
    named = out.suffix.lower() == ".docx" and not out.is_dir()
    if out.suffix and not named and not out.is_dir():
        raise PrtuiError(
            _("{name} is not a name for a Word document.").format(name=out.name),
            hint=_("End it in .docx, or name a folder."),
        )
    folder, name = (out.parent, out.name) if named else (out, file_name(filled))
    return place(held.getvalue(), folder, name), missing


def refuse_unfinished(filled: Filled, missing: list[str]) -> None:
    """Raises Refused, listing the gaps, when there are any; or when every page says that the document is a draft."""
    draft = filled.standing == "Draft"
    if missing:
        raise Refused(
            _("The document is not final: {count} fields are still to be filled.").format(count=len(missing)),
            [*(gap(label, filled.lang) for label in missing), *([DRAFT[filled.lang]] if draft else [])],
            hint=_("Fill them, or export it as a draft."),
        )
    if draft:
        raise Refused(
            _("{title} is not final: it is a draft, its present words are not approved.").format(
                title=filled.code or filled.title
            ),
            hint=_("Have it approved, or export it as a draft."),
        )


def fresh_folder(parent: Path, filled: Filled) -> Path:
    """A new folder for a batch, named as one file of it would be without the guest: `-2` when there is one already."""
    stem = file_name(replace(filled, addressee="")).removesuffix(".docx")
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(1, 10_000):
            folder = parent / (stem if number == 1 else f"{stem}-{number}")
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
                return folder
    except OSError as error:
        raise Trouble(
            _("{folder} cannot be written to: {error}.").format(folder=parent, error=error.strerror),
            hint=_("Export to another folder."),
        ) from error
    raise PrtuiError(_("Too many files are called {name}.").format(name=stem), hint=_("Clear the folder first."))


def file_name(filled: Filled) -> str:
    """`2026-03-20_媒体声明_DOC-2026-016_v1.2.docx`; an addressee's name comes before the version."""
    day = filled.dated or clock.now().date()
    parts = [day.isoformat(), filled.label, filled.code, filled.addressee, filled.version]
    return "_".join(part for part in map(safe_name, parts) if part) + ".docx"


def _describe(document: Any, filled: Filled) -> None:
    about, now = document.core_properties, clock.now().astimezone(UTC).replace(tzinfo=None, microsecond=0)
    # Word stores these in fields of at most 255 characters.
    about.title, about.subject = clean(filled.title, lines=False)[:255], clean(filled.label, lines=False)[:255]
    about.author = about.last_modified_by = clean(filled.author, lines=False)[:255]
    about.keywords = clean(filled.code, lines=False)[:255]
    about.category, about.version = filled.confidentiality, filled.version
    about.language = "zh-CN" if filled.lang == "zh" else "en-GB"
    about.created = about.modified = now
    about.comments = ""


def _recolor(document: Any, color: str) -> None:
    """The brand's colour for the template's accent: as it is in rules and charts, darkened until it can be read in text."""
    color = color.lstrip("#").upper()
    if not re.fullmatch(r"[0-9A-F]{6}", color):
        return
    ink = _readable(color)
    roots = [story.root for story in slots.stories(document)] + [document.styles.element]
    for root in roots:
        for node in root.iter():
            for name, value in (("themeColor", "color"), ("themeFill", "fill")):
                if node.get(w(name)) == "accent1":
                    text = node.tag == w("color")
                    node.set(w("val" if text else value), ink if text else color)
                    if text:
                        # Word prefers the theme's colour to the one given.
                        del node.attrib[w(name)]
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            part = relation.target_part
            part._blob = re.sub(
                rb"(<a:accent1>).*?(</a:accent1>)", rb'\1<a:srgbClr val="%s"/>\2' % color.encode(), part.blob
            )


def _readable(color: str) -> str:
    channels = [int(color[at : at + 2], 16) for at in (0, 2, 4)]
    while _contrast(channels) < _INK:
        channels = [int(channel * 0.92) for channel in channels]
    return "".join(f"{channel:02X}" for channel in channels)


def _contrast(channels: list[int]) -> float:
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
