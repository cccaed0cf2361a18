"""Tracked changes and comments of a template, accepted before it is filled: what was struck out never goes out."""

from __future__ import annotations

import re
from typing import Any

from prtui.documents.ooxml import Element, w

# What a change that was not yet accepted leaves in the properties of a paragraph, run, table or section.
_FORMER = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange",
    "numberingChange",
)  # fmt: skip
_LEFT = ("commentRangeStart", "commentRangeEnd", "annotationRef", "cellIns", "cellMerge")
_RANGE = re.compile(r"\}(?:move(?:From|To)|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)$")
_ADDED, _GONE = ("ins", "moveTo"), ("del", "moveFrom")
_REMARKS = re.compile(r"/(?:comments(?:Extended|Ids|Extensible)?|people)$")


def accept(root: Element) -> bool:
    """Accept every change in the tree and drop its comments; whether there was anything to accept."""
    marks = {
        name: list(root.iter(w(name))) for name in (*_FORMER, *_LEFT, *_ADDED, *_GONE, "cellDel", "commentReference")
    }
    ranges = [node for node in root.iter() if isinstance(node.tag, str) and _RANGE.search(node.tag)]
    if not ranges and not any(marks.values()):
        return False
    for node in [*ranges, *(node for name in (*_FORMER, *_LEFT) for node in marks[name])]:
        node.getparent().remove(node)
    for node in marks["commentReference"]:
        run = node.getparent()
        if run.getparent() is not None:
            run.getparent().remove(run)
    for node in marks["cellDel"]:
        _remove(node, "tc")
    for name in _GONE:
        for node in marks[name]:
            _drop(node)
    for name in _ADDED:
        for node in marks[name]:
            _keep(node)
    return True


def forget(document: Any) -> None:
    """Part with the comments and their authors, and stop recording changes: the export is a document of its own."""
    rels = document.part.rels
    for name in [name for name, relation in rels.items() if _REMARKS.search(relation.reltype)]:
        del rels[name]
    settings = document.settings.element
    for node in settings.findall(w("trackRevisions")):
        settings.remove(node)


def _drop(node: Element) -> None:
    """What was deleted: a passage, a whole row, or the end of a paragraph, which joins it with the next."""
    holder = node.getparent()
    if holder is None:
        return
    if holder.tag == w("trPr"):
        _remove(node, "tr")
    elif holder.tag == w("rPr") and holder.getparent().tag == w("pPr"):
        holder.remove(node)
        _join(holder.getparent().getparent())
    else:
        holder.remove(node)


def _remove(node: Element, tag: str) -> None:
    """Take the row or cell away that a mark in its properties says was deleted, and a table that has nothing left."""
    gone = next(node.iterancestors(w(tag)))
    parent = gone.getparent()
    if parent is None:
        return
    parent.remove(gone)
    if tag == "tc" and parent.find(w("tc")) is None and parent.getparent() is not None:
        parent, gone = parent.getparent(), parent
        parent.remove(gone)
    if parent.tag == w("tbl") and parent.find(w("tr")) is None and parent.getparent() is not None:
        parent.getparent().remove(parent)


def _join(paragraph: Element) -> None:
    """The paragraph's end was deleted: its text begins the next one, which keeps its own look."""
    parent, following = paragraph.getparent(), paragraph.getnext()
    if parent is None or paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return
    if following is None or following.tag != w("p"):
        if following is not None and not paragraph.findall(f".//{w('r')}"):
            parent.remove(paragraph)
        return
    look = following.find(w("pPr"))
    at = 0 if look is None else 1
    for piece in reversed([child for child in paragraph if child.tag != w("pPr")]):
        following.insert(at, piece)
    parent.remove(paragraph)


def _keep(node: Element) -> None:
    """What was inserted stays, without the mark around it."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for piece in reversed(list(node)):
        parent.insert(at, piece)
    parent.remove(node)
