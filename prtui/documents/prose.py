"""A record's long text as blocks: paragraphs, and the few marks a director types without thinking."""

from __future__ import annotations

import re

from prtui.documents.blocks import Block, Callout, Heading, Items, Para

_HEADING = re.compile(r"^(#{1,3})\s+(.+)$")
_BULLET = re.compile(r"^[-–•·▪]\s+(.+)$")
_ORDERED = re.compile(r"^(?:\d{1,3}[.、．)]|（\d{1,3}）)\s*(?=\D)(.+)$")
_QUOTE = re.compile(r"^>\s*(.+)$")
# Who said it stands under what was said.
_ATTRIBUTION = re.compile(r"([”\"」])\s*(——|—|–)")


def blocks(text: str, lang: str, *, style: str = "Body Text", top: int = 1) -> list[Block]:
    """Blocks of the text: `# ` headings (from level `top`), `- ` and `1. ` lists, `> ` callouts, paragraphs parted by blank
    lines. A single newline begins a paragraph in Chinese, where it is what Enter means, and a line in English."""
    out: list[Block] = []
    for chunk in re.split(r"\n[^\S\n]*\n", text):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        plain: list[str] = []
        for line in lines:
            block = _marked(line, top)
            if block is None:
                plain.append(line)
                continue
            _flush(out, plain, lang, style)
            last = out[-1] if out else None
            if isinstance(block, Items) and isinstance(last, Items) and last.ordered == block.ordered:
                out[-1] = Items([*last.items, *block.items], block.ordered)
            else:
                out.append(block)
        _flush(out, plain, lang, style)
    return out


def _marked(line: str, top: int) -> Block | None:
    if match := _HEADING.match(line):
        return Heading(match[2], min(len(match[1]) + top - 1, 3))
    if match := _BULLET.match(line):
        return Items([match[1]])
    if match := _ORDERED.match(line):
        return Items([match[1]], ordered=True)
    if match := _QUOTE.match(line):
        return Callout(_ATTRIBUTION.sub(r"\1\n\2", match[1]))
    return None


def _flush(out: list[Block], plain: list[str], lang: str, style: str) -> None:
    if not plain:
        return
    out.extend(Para(line, style) for line in plain) if lang == "zh" else out.append(Para("\n".join(plain), style))
    plain.clear()
