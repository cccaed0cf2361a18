"""Invitation (DOMAIN §6 row 5): one for each guest, by name, with everything needed to say yes."""

from __future__ import annotations

from typing import Any

from prtui import clock
from prtui.documents import lint, prose, wording
from prtui.documents.blocks import Area, Para, Rows
from prtui.documents.context import Context, Filled, Guest, Occasion
from prtui.documents.masthead import blank, box, contact_pair, dress, pick, values
from prtui.documents.wording import in_language, or_blank


def invitation(row: Any, context: Context, lang: str) -> Filled:
    """The invitation to the project's event, made out to `context.guest`; without a guest the name is left to be filled."""
    label = pick(lang, "活动邀请函", "Invitation")
    occasion = context.event or Occasion()
    guest = context.guest
    name = occasion.name or in_language(row, "name", lang)
    starts = occasion.starts_at
    when = wording.when(starts, lang) if starts else ""
    place = ("　" if lang == "zh" else ", ").join(filter(None, (occasion.venue, occasion.address)))
    reply = clock.long_day(occasion.reply_by, lang) if occasion.reply_by else ""
    greeting = occasion.greeting or _greeting(name, lang)
    filled = values(row, context, lang, label)
    filled |= {
        "title": or_blank(name, pick(lang, "活动名称", "name of the event")),
        "subtitle": occasion.subtitle,
        "salutation": _salutation(guest, lang),
        "guest.name": or_blank(guest.name if guest else "", pick(lang, "嘉宾姓名", "guest's name")),
        "greeting": Area(prose.blocks(greeting, lang), leads=True),
        "when": when or blank(lang, "时间", "time"),
        "place": place or blank(lang, "地点", "place"),
        "dress": occasion.dress,
        "reply_by": reply or blank(lang, "回复截止日期", "reply by"),
        "box": box(_facts(occasion, guest, when, place, reply, context, lang)),
        "programme": Rows(("time", "what"), [{"time": time, "what": what} for time, what in occasion.programme]),
        "personal": pick(
            lang, "本邀请函仅限受邀人本人使用，谢绝转让。", "This invitation is personal and not transferable."
        ),
        "notes": Area([Para(line, "Contact") for line in (occasion.embargo, occasion.photos) if line]),
        "organisation": filled["brand.legal_name"],
        "date": clock.long_day(clock.today(context.settings.zone), lang),
    }
    findings = (*lint.superlatives("greeting", greeting), *lint.superlatives("title", name))
    return dress(
        row, context, lang, "invitation", label, filled, title=f"{label} {name}".strip(), public=True,
        addressee=guest.name if guest else "", findings=findings, texts={"title": name, "greeting": greeting},
    )  # fmt: skip


def _salutation(guest: Guest | None, lang: str) -> str:
    """尊敬的李伟先生, Dear Mr Li; a gap where the form of address is not known: guessing it is worse than asking."""
    name = guest.name if guest else wording.gap(pick(lang, "嘉宾姓名", "guest's name"), lang)
    form = (guest.salutation if guest else "") or wording.gap(pick(lang, "称谓", "form of address"), lang)
    return f"尊敬的{name}{form}：" if lang == "zh" else f"Dear {form} {name},"


def _greeting(name: str, lang: str) -> str:
    if not name:
        return wording.gap(pick(lang, "邀请语", "words of invitation"), lang)
    return pick(lang, f"诚邀您莅临{name}，期待与您相聚。", "It would be our pleasure to welcome you on this occasion.")


def _facts(
    occasion: Occasion, guest: Guest | None, when: str, place: str, reply: str, context: Context, lang: str
) -> list[tuple[str, str]]:
    def asked(text: str, zh: str, en: str) -> str:
        return text or wording.gap(pick(lang, zh, en), lang)

    programme = "\n".join(
        f"{time}　{what}" if lang == "zh" else f"{time}   {what}" for time, what in occasion.programme
    )
    pairs = [
        (pick(lang, "时间", "When"), asked(when, "时间", "time")),
        (pick(lang, "地点", "Where"), asked(place, "地点", "place")),
        (pick(lang, "流程", "Programme"), programme),
        (pick(lang, "着装", "Dress"), occasion.dress),
    ]
    if guest and guest.plus_ones:
        count = guest.plus_ones
        company = pick(lang, f"可携{count}位同伴", f"You may bring {count} guest{'s' if count > 1 else ''}")
        pairs.append((pick(lang, "携伴", "Company"), company))
    by = asked(reply, "回复截止日期", "reply by")
    pairs.append((pick(lang, "回复", "Reply"), pick(lang, f"敬请于{by}前回复", f"Kindly reply by {by}")))
    if guest and guest.host:
        label, host = pick(lang, "接待人", "Your host"), guest.host
        pairs.append((label, ("　" if lang == "zh" else ", ").join(filter(None, (host.name, host.title, host.phone)))))
    else:
        pairs.append((pick(lang, "联络", "Contact"), contact_pair(context, lang)[1]))
    return pairs
