"""Saved web pages: the article without its surroundings, and who published it when."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import BinaryIO

from prtui.exchange.encodings import decode
from prtui.exchange.found import Found, Unreadable
from prtui.exchange.guesses import find_day
from prtui.exchange.markup import Page
from prtui.i18n import _

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})|<\?xml[^>]{0,100}?encoding=[\"']([\w-]{2,20})", re.I
)
_ENTITY = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[|<!ENTITY\s", re.I)
_TITLE_END = re.compile(
    r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*——?\s*(?=[^—]{2,12}$)|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff]{2,8}$)"
)
_DATED = ("article:published_time", "og:published_time", "og:release_date", "datepublished", "publishdate", "pubdate", "publish_date",
          "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.created", "sailthru.date", "weibo: article:create_at", "_pubtime")  # fmt: skip
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
_AUTHORS = ("author", "article:author", "og:article:author", "dc.creator", "byl", "parsely-author")
_JSON_DATE = re.compile(r"\"(?:datePublished|pubDate|publishDate)\"\s*:\s*\"([^\"]{8,40})\"")
_HTTP = re.compile(r"https?://[^\s<>\"'\x00-\x20]{4,2000}")
_NOT_A_NAME = re.compile(r"https?:|[<>{}@]|\d{4}")
_PUBLISHED = re.compile(r"(?:发布|发表|刊发|更新)?(?:时间|日期|于)[:：]")


def read(file: BinaryIO, name: str) -> Found:
    """The article of a saved page. Raises Unreadable for a page that declares entities or has too many parts."""
    data = file.read()
    declared = _DECLARED.search(data[:8192])
    # A page that says utf-16 in ASCII letters is not.
    said = (declared[1] or declared[2]).decode() if declared else ""
    text, encoding = decode(data, None if said.lower().startswith("utf-16") else said)
    found = article(text, name)
    found.encoding = encoding
    return found


def article(source: str, name: str) -> Found:
    """The article of a page: its text, title, day, outlet, author, address, and the lines around it."""
    page = _parsed(source, name)
    start, end = page.article()
    blocks = page.blocks
    text = "\n".join(text for node, text, _linked in blocks[start:end] if not page.chrome(node))
    everything = page.visible()
    if len(text) * 5 < sum(len(text) for _node, text in everything) and len(text) < 200:
        text = "\n".join(text for _node, text in everything)
    before = [text for _node, text, _linked in blocks[max(0, start - 12) : start]]
    after = [text for _node, text, _linked in blocks[end : end + 3]]
    title, site = _headline(page)
    outlet = next((value for key in _SITE if (value := page.metas.get(key, "").lstrip("@"))), "")
    around = "\n".join([*before, text[:1200], *after])
    return Found(
        text=text,
        title=title,
        stamp=_stamp(page, before, text),
        outlet=outlet or page.metas.get("source", "") or ("" if "来源" in around else site),
        author=next(
            (value for key in _AUTHORS if (value := page.metas.get(key, "")) and not _NOT_A_NAME.search(value)), ""
        ),
        url=_address(page),
        around=around,
        web=True,
    )


def plain_text(source: str, name: str) -> str:
    """All visible text of a piece of HTML, such as the body of a mail."""
    return "\n".join(text for _node, text in _parsed(source, name).visible())


def _parsed(source: str, name: str) -> Page:
    if _ENTITY.search(source[:100_000]):
        raise Unreadable(
            name,
            _("it was refused: {why}.").format(why=_("the page declares entities of its own")),
            hint=_("Copy the article into a text file."),
        )
    return Page(source, name)


def _headline(page: Page) -> tuple[str, str]:
    """The title without the site's name, and the site's name as the title's end gives it."""
    pieces = [piece for piece in _TITLE_END.split(page.title) if piece]
    site = pieces[-1] if len(pieces) > 1 and len(pieces[-1]) <= 20 else ""
    bare = page.title[: page.title.rfind(pieces[-1])].rstrip(" _|｜-–—") if site else page.title
    return page.metas.get("og:title") or page.heading() or bare, site


def _stamp(page: Page, before: list[str], text: str) -> date | datetime | None:
    said = [page.metas[key] for key in _DATED if key in page.metas]
    said += [match[1] for data in page.data if (match := _JSON_DATE.search(data))]
    for value in [*said, *page.times]:
        if day := instant(value):
            return day
    near = "\n".join(before[-6:])
    labelled = _PUBLISHED.search(near)
    return (find_day(near[labelled.start() :]) if labelled else None) or find_day(near) or find_day(text[:300])


def instant(value: str) -> date | datetime | None:
    """A machine's date: ISO with or without a time and an offset, or a written day."""
    value = value.strip()
    try:
        if len(value) > 10:
            return datetime.fromisoformat(value[:40])
        return date.fromisoformat(value)
    except ValueError:
        return find_day(value[:60])


def _address(page: Page) -> str:
    for value in (page.links.get("canonical", ""), page.metas.get("og:url", "")):
        if _HTTP.fullmatch(value):
            return value
    return ""
