"""What every document shares: the brand's letterhead, its marks, its version, the media contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from prtui import clock
from prtui.documents import lint, wording
from prtui.documents.blocks import Area, Blank, Block, Facts, Para, Picture, Table, Value
from prtui.documents.context import Context, Filled, Finding
from prtui.documents.wording import in_language, name_of, or_blank, said
from prtui.i18n import _

_DRAFTS = ("draft", "review", "legal")
_STANDING = {
    **dict.fromkeys(_DRAFTS, "Draft"), "approved": "Approved", "released": "Released", "corrected": "Corrected",
    "withdrawn": "Withdrawn",
}  # fmt: skip
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LOGO_HEIGHT_CM = 1.15
_LARGEST_LOGO = 10_000_000


def pick(lang: str, zh: str, en: str) -> str:
    """The wording of that language."""
    return zh if lang == "zh" else en


def brand(context: Context, name: str, lang: str) -> str:
    """A setting of the brand in the language: `name`, `legal_name`, `about` have English twins; the rest are one."""
    values = context.settings.brand
    twin = f"{name}_en"
    if lang == "en" and name in ("name", "legal_name", "about"):
        return values.get(twin, "")
    return values.get(name, "")


def version(row: Any) -> str:
    """v0.3 while it is a draft, v1.3 after that, v2.3 once corrected; the minor number is the record's own version."""
    status = said(row, "status")
    major = 0 if status in _DRAFTS else 2 if status == "corrected" else 1
    return f"v{major}.{said(row, 'version') or 0}"


def under_embargo(row: Any) -> bool:
    """Whether the record's embargo is still to be lifted."""
    until = wording.moment(row, "embargo_at", "UTC")
    return until is not None and until.at > clock.now()


def embargo_line(row: Any, lang: str) -> str:
    """保密期至2026年3月20日20:00（北京时间，UTC+8）, or its English counterpart."""
    return pick(lang, "保密期至", "EMBARGOED UNTIL ") + wording.when(row.embargo_at, lang)


def marks(
    row: Any, context: Context, lang: str, *, public: bool = False, more: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What must be seen on every page, most important first; `more` is what the kind of document adds. A text made to be
    published is no longer internal once it is approved: releasing it is what makes it public."""
    found: list[str] = []
    if context.drill:
        found.append(wording.DRILL[lang])
    line = []
    if under_embargo(row):
        line.append(embargo_line(row, lang))
    elif said(row, "confidentiality") == "embargoed":
        line.append(wording.CONFIDENTIALITY["embargoed"][lang])
    level = said(row, "confidentiality")
    if level == "confidential" or (level == "internal" and (not public or said(row, "status") in _DRAFTS)):
        line.append(wording.CONFIDENTIALITY[level][lang])
    if context.internal:
        line.append(wording.INTERNAL_COPY[lang])
    if said(row, "status") == "withdrawn":
        line.append(wording.WITHDRAWN[lang])
    elif said(row, "status") in _DRAFTS:
        line.append(wording.DRAFT[lang])
    line += more
    if line:
        found.append(("　｜　" if lang == "zh" else "  |  ").join(line))
    return tuple(found)


def values(row: Any, context: Context, lang: str, label: str) -> dict[str, Value]:
    """The slots every template may use."""
    person = context.contact
    filled: dict[str, Value] = {
        "letterhead": Area([_letterhead(context, lang)]),
        "doc.label": label,
        "doc.code": said(row, "code"),
        "doc.version": version(row),
        "doc.confidentiality": wording.CONFIDENTIALITY.get(said(row, "confidentiality"), {}).get(lang, ""),
        "title": or_blank(in_language(row, "title", lang), pick(lang, "标题", "title")),
        "subtitle": in_language(row, "subtitle", lang),
        "city": or_blank(in_language(row, "city", lang), pick(lang, "城市", "city")),
        "owner": name_of(getattr(row, "owner", None), lang),
        "project": name_of(getattr(row, "project", None), lang),
        "brand.name": or_blank(brand(context, "name", lang), pick(lang, "品牌名称", "brand name")),
        "brand.other_name": brand(context, "name", "en" if lang == "zh" else "zh"),
        "brand.legal_name": or_blank(brand(context, "legal_name", lang), pick(lang, "公司全称", "company name")),
        "brand.about": or_blank(brand(context, "about", lang), pick(lang, "品牌简介", "about the brand")),
        "contact.name": or_blank(person.name if person else "", pick(lang, "媒体联络人", "media contact")),
        "contact.title": person.title if person else "",
        "contact.phone": or_blank(person.phone if person else "", pick(lang, "联络电话", "contact phone")),
        "contact.email": or_blank(person.email if person else "", pick(lang, "联络邮箱", "contact e-mail")),
    }
    for name in ("phone", "email", "web"):
        filled[f"brand.{name}"] = brand(context, name, lang)
    return filled


def contact_pair(context: Context, lang: str) -> tuple[str, str]:
    """The media contact as a row of a fact box: name and title, then how to reach them."""
    label = pick(lang, "媒体联络", "Media contact")
    person = context.contact
    if person is None or not person.name:
        return label, wording.gap(pick(lang, "媒体联络人及联系方式", "media contact with phone and e-mail"), lang)
    name = (
        "　".join(filter(None, (person.name, person.title)))
        if lang == "zh"
        else ", ".join(filter(None, (person.name, person.title)))
    )
    reach = ("　" if lang == "zh" else "   ").join(filter(None, (person.phone, person.email)))
    return label, f"{name}\n{reach or wording.gap(pick(lang, '联络电话', 'contact phone'), lang)}"


def approvals(context: Context, lang: str) -> Area:
    """The recorded approvals in the order of the chain; nothing at all unless the internal copy is asked for."""
    if not context.internal:
        return Area()
    heading = Para(pick(lang, "审批记录", "Approvals"), "Label")
    if not context.approvals:
        return Area([heading, Para(pick(lang, "尚无审批记录。", "No approval is recorded yet."), "Contact")])
    chain = list(wording.STEPS)
    rows = [
        (
            wording.STEPS.get(one.step, {}).get(lang, one.step),
            one.by,
            wording.when(one.at, lang, zone=False),
            one.sha[:16],
        )
        for one in sorted(
            context.approvals, key=lambda one: (chain.index(one.step) if one.step in chain else len(chain), one.at)
        )
    ]
    header = pick(lang, "步骤|确认人|时间|指纹（SHA-256前16位）", "Step|By|Time|Fingerprint (SHA-256, first 16)").split(
        "|"
    )
    table = Table(header, rows, align=["left"] * 4, alt=pick(lang, "审批记录", "Approvals"))
    zones = list(dict.fromkeys(wording.zone_name(one.at, lang) for one in context.approvals))
    note = pick(lang, f"时间为{'、'.join(zones)}。", f"Times are {', '.join(zones)}.")
    return Area([heading, table, Para(note, "Table Note")])


def _letterhead(context: Context, lang: str) -> Block:
    name = brand(context, "name", lang)
    if _picture(context.settings.brand.get("logo", "")):
        return Picture(
            str(Path(context.settings.brand["logo"]).expanduser()),
            name or "logo",
            height_cm=_LOGO_HEIGHT_CM,
            style="Letterhead",
        )
    return Para(name or wording.gap(pick(lang, "品牌名称", "brand name"), lang), "Letterhead")


def _picture(path: str) -> bool:
    if not path:
        return False
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(8).startswith(_PICTURES) and file.seek(0, 2) < _LARGEST_LOGO
    except OSError:
        return False


def dress(
    row: Any, context: Context, lang: str, kind: str, label: str, filled: Mapping[str, Value], *,
    title: str = "", addressee: str = "", public: bool = False, dated: date | None = None, findings: tuple[Finding, ...] = (),
    texts: Mapping[str, str] | None = None, more_marks: tuple[str, ...] = (), standing: str = "",
) -> Filled:  # fmt: skip
    """The document, with the marks, colours and file facts that all share. `texts` are read for breaches of the house's
    lexicon; `standing` is given where the record's status does not tell it."""
    for where, text in (texts or {}).items():
        findings = (*findings, *lint.lexicon(where, text, context.settings.lexicon))
    logo = context.settings.brand.get("logo", "")
    if logo and not _picture(logo):
        message = _("The logo is not a readable PNG or JPEG file under 10 MB; the brand's name stands in its place.")
        findings = (*findings, Finding("logo", "letterhead", logo, message))
    title = title or in_language(row, "title", lang) or label
    return Filled(
        kind=kind, lang=lang, values=filled, title=title, label=label, code=said(row, "code"), version=version(row),
        confidentiality=said(row, "confidentiality") or "public", standing=standing or _STANDING.get(said(row, "status"), ""), dated=dated or getattr(row, "dated_on", None) or clock.today(context.settings.zone),
        author=context.author or name_of(getattr(row, "owner", None), lang) or context.settings.actor,
        marks=marks(row, context, lang, public=public, more=more_marks), watermark=wording.DRILL_WATERMARK if context.drill else "",
        color=context.settings.brand.get("color", ""), addressee=addressee, findings=findings,
    )  # fmt: skip


def box(pairs: list[tuple[str, str]]) -> Area:
    """A fact box of the pairs that have a value."""
    kept = [(label, value) for label, value in pairs if value.strip()]
    return Area([Facts(kept)]) if kept else Area()


def missing(*labels: str, lang: str) -> list[Block]:
    """Paragraphs that ask for the passages the author has still to write."""
    return [Para(wording.gap(label, lang)) for label in labels]


def blank(lang: str, zh: str, en: str) -> Blank:
    """A gap with that label."""
    return Blank(pick(lang, zh, en))
