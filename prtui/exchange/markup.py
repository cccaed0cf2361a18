"""HTML into blocks of text in one pass that stays linear on any input.

The standard library's parser searches to the end of the page again and again when tags or comments are left open, which
takes hours on a few megabytes made for it; and an article needs blocks, not events.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from prtui.exchange.found import Unreadable
from prtui.i18n import _

# A long article with all its chrome has some 10,000 elements.
NODE_LIMIT = 200_000
_ATTRIBUTES_LIMIT = 8_192

_RAW = {name: re.compile(rf"</{name}[\s/>]", re.I) for name in ("script", "style", "textarea", "title", "xmp")}
_NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
_QUOTE_OR_END = re.compile(r"[\"'>]")
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
# A line that ends in the source between two Chinese characters is no blank.
_CHINESE_BREAK = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*\r?\n\s*(?=[\u2e80-\uffef])")
_BREAK = "\x0b"

_INLINE_BREAKS = {"br", "hr", "option", "caption"}
_AUTO_CLOSED = {"p", "li", "td", "th", "tr", "dt", "dd"}
_STRUCTURE = {
    "html", "body", "div", "section", "article", "main", "p", "ul", "ol", "li", "table", "tbody", "tr", "td", "th", "h1", "h2", "h3",
    "h4", "h5", "h6", "blockquote", "pre", "nav", "header", "footer", "aside", "form", "figure", "figcaption", "dl", "dt", "dd",
    "button", "select", "noscript", "template", "svg", "iframe", "object", "video", "audio", "center", "fieldset", "details", "head",
}  # fmt: skip
_CHROME = {"nav", "footer", "aside", "button", "select", "noscript", "template", "svg", "iframe", "object", "video", "audio"}  # fmt: skip
_CHROME_NAMES = {
    "nav", "navbar", "menu", "footer", "foot", "comment", "comments", "related", "recommend", "recommended", "share", "social",
    "sidebar", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "copyright", "ad", "ads", "advert", "advertisement", "banner",
    "popup", "modal", "cookie", "cookies", "subscribe", "newsletter", "pagination", "pager", "toolbar", "rank", "login", "qrcode",
}  # fmt: skip
_ARTICLE_NAMES = re.compile(
    r"js_content|article[-_]?(?:content|body|text)|post[-_]?(?:text|content|body)|TRS_Editor|rich_media_content|entry-content|main-content|^(?:zoom|article|content|endText)$",
    re.I,
)
_NAME_SPLIT = re.compile(r"[\s_-]+")
_PUNCTUATED = re.compile(r"[，。,.;；！？!?、：:]")


def _tokens(page: str) -> Iterator[tuple[str, str, str]]:
    """("text", text, ""), ("open", name, attributes), ("close", name, "") and, after its opening, ("raw", name, content).

    What is left open at the end is dropped with all after it, as browsers do: nothing is looked at twice.
    """
    at = 0
    while True:
        start = page.find("<", at)
        if start < 0:
            yield "text", page[at:], ""
            return
        if start > at:
            yield "text", page[at:start], ""
        if page.startswith("<!--", start):
            end = page.find("-->", start + 4)
            if end < 0:
                return
            at = end + 3
            continue
        if page[start + 1 : start + 2] in ("!", "?"):
            end = page.find(">", start)
            if end < 0:
                return
            at = end + 1
            continue
        match = _NAME.match(page, start + 1)
        if not match:
            yield "text", "<", ""
            at = start + 1
            continue
        end = _tag_end(page, match.end())
        if end < 0:
            return
        name, at = match[1].lower(), end + 1
        if page[start + 1] == "/":
            yield "close", name, ""
            continue
        yield "open", name, page[match.end() : min(end, match.end() + _ATTRIBUTES_LIMIT)]
        if name in _RAW:
            closing = _RAW[name].search(page, at)
            if not closing:
                return
            yield "raw", name, page[at : closing.start()]
            at = closing.start()


def _tag_end(page: str, at: int) -> int:
    while match := _QUOTE_OR_END.search(page, at):
        if match[0] == ">":
            return match.start()
        closing = page.find(match[0], match.end())
        if closing < 0:
            return -1
        at = closing + 1
    return -1


def attributes(source: str) -> dict[str, str]:
    """Attribute names in lower case and their values, references resolved."""
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(source)}


def unescape(text: str) -> str:
    """Character references resolved; a number no character can have becomes U+FFFD."""
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


class Page:
    """A parsed page: `blocks` of text in reading order, `title`, `metas`, `links` (rel → href), `times`, `data` (JSON-LD)."""

    def __init__(self, source: str, name: str) -> None:
        self.title = ""
        self.metas: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.times: list[str] = []
        self.data: list[str] = []
        self.blocks: list[tuple[int, str, int]] = []
        self._file = name
        self._parent = [-1]
        self._tags = [""]
        self._chrome = [0]
        self._marked = [False]
        self._open = [0]
        self._counts: dict[str, int] = {}
        self._text: list[str] = []
        self._linked = 0
        self._in_link = False
        self._read(source)
        self._good = self._weigh()

    def _read(self, source: str) -> None:
        keep_data = False
        for kind, name, rest in _tokens(source):
            if kind == "text":
                self._text.append(name)
                if self._in_link:
                    self._linked += len(name.strip())
            elif kind == "raw":
                if name == "title" and not self.title:
                    self.title = " ".join(unescape(rest).split())[:500]
                elif name == "script" and keep_data and len(self.data) < 10:
                    self.data.append(rest[:100_000])
            elif kind == "close":
                self._close(name)
            else:
                keep_data = name == "script" and "ld+json" in rest
                self._start(name, rest)
        self._flush()

    def _start(self, name: str, rest: str) -> None:
        if name in _STRUCTURE:
            self._push(name, rest)
        elif name in _INLINE_BREAKS:
            self._text.append(_BREAK)
        elif name == "a":
            self._in_link = True
        elif name == "meta":
            found = attributes(rest)
            key = found.get("property") or found.get("name") or found.get("itemprop") or ""
            if key and found.get("content"):
                self.metas.setdefault(key.lower(), found["content"].strip())
        elif name == "link":
            found = attributes(rest)
            self.links.setdefault(found.get("rel", "").lower(), found.get("href", "").strip())
        elif name == "time" and len(self.times) < 20 and (when := attributes(rest).get("datetime")):
            self.times.append(when)

    def _push(self, name: str, rest: str) -> None:
        self._flush()
        if name in _AUTO_CLOSED and self._tags[self._open[-1]] == name:
            self._pop()
        if len(self._tags) >= NODE_LIMIT:
            raise Unreadable(
                self._file, _("the page has too many parts."), hint=_("Copy the article into a text file.")
            )
        parent = self._open[-1]
        found = attributes(rest) if rest and not rest.isspace() else {}
        names = f"{found.get('class', '')} {found.get('id', '')}"
        chrome = self._chrome[parent]
        if name in _CHROME or (name == "header" and not any(self._counts.get(tag) for tag in ("article", "main"))):
            chrome = 2
        elif (
            not chrome
            and name not in ("html", "body", "article", "main")
            and not _CHROME_NAMES.isdisjoint(_NAME_SPLIT.split(names.lower()))
        ):
            chrome = 1
        self._open.append(len(self._tags))
        self._parent.append(parent)
        self._tags.append(name)
        self._chrome.append(chrome)
        self._marked.append(
            name in ("article", "main")
            or found.get("itemprop") == "articleBody"
            or any(_ARTICLE_NAMES.search(word) for word in names.split())
        )
        self._counts[name] = self._counts.get(name, 0) + 1

    def _close(self, name: str) -> None:
        if name == "a":
            self._in_link = False
        elif name in _STRUCTURE and self._counts.get(name):
            self._flush()
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._tags[self._open.pop()]
        self._counts[name] -= 1
        return name

    def _flush(self) -> None:
        if self._text:
            text = unescape("".join(self._text))
            if not self._counts.get("pre"):
                text = _SPACES.sub(" ", _CHINESE_BREAK.sub("", text))
            text = "\n".join(line.strip() for line in text.split(_BREAK) if line.strip())
            if text:
                self.blocks.append((self._open[-1], text, self._linked))
        self._text, self._linked = [], 0

    def _weigh(self) -> list[int]:
        """Characters of running text below each node: long enough, punctuated, and not mostly links."""
        good = [0] * len(self._tags)
        for node, text, linked in self.blocks:
            if not self._chrome[node] and len(text) >= 12 and _PUNCTUATED.search(text):
                good[node] += max(0, len(text) - 3 * linked)
        for node in range(len(good) - 1, 0, -1):
            good[self._parent[node]] += good[node]
        return good

    def visible(self) -> list[tuple[int, str]]:
        """The blocks that are not navigation by their tag, as (node, text)."""
        return [(node, text) for node, text, _linked in self.blocks if self._chrome[node] < 2]

    def heading(self) -> str:
        """The first h1 that is not part of the chrome."""
        return next((" ".join(text.split()) for node, text in self.visible() if self._tags[node] == "h1"), "")

    def article(self) -> tuple[int, int]:
        """The span of `blocks` that is the article: from the marked or the densest element; all when there is none."""
        good = self._good
        if not good[0]:
            return 0, len(self.blocks)
        marked = [node for node in range(1, len(good)) if self._marked[node] and good[node] >= 0.4 * good[0]]
        node = (
            max((node for node in marked if good[node] >= 0.8 * max(map(good.__getitem__, marked))), default=0)
            or self._densest()
        )
        last = node
        inside = {node}
        for child in range(node + 1, len(good)):
            if self._parent[child] not in inside:
                break
            inside.add(child)
            last = child
        span = [index for index, block in enumerate(self.blocks) if node <= block[0] <= last]
        return (span[0], span[-1] + 1) if span else (0, len(self.blocks))

    def _densest(self) -> int:
        """The innermost element that still holds nearly all the running text, but not a paragraph alone."""
        good, node = self._good, 0
        heaviest = [0] * len(good)
        for child in range(1, len(good)):
            parent = self._parent[child]
            if not heaviest[parent] or good[child] > good[heaviest[parent]]:
                heaviest[parent] = child
        while heaviest[node] and good[heaviest[node]] >= 0.8 * good[node]:
            node = heaviest[node]
        return self._parent[node] if self._tags[node] == "p" else node

    def chrome(self, node: int) -> bool:
        """Whether the node is navigation, advertising or the like, by its tag or by its class."""
        return self._chrome[node] > 0
