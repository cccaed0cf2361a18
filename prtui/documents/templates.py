"""Word templates: hers in `<data>/templates`, then the shipped ones. A file from outside is checked before it is opened."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from prtui.errors import NotFound, PrtuiError, Refused
from prtui.i18n import LANGUAGES, _
from prtui.text import plain

_PACKAGE = Path(__file__).parent.parent
_LARGEST = 60_000_000  # unpacked bytes; a letterhead with pictures stays far below
_MOST_PARTS = 2_000
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an encrypted .docx is an OLE file
_MACRO = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_DTD = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_HYPERLINK = re.compile(rb"/hyperlink[\"']")
_COMPUTED = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|MACROBUTTON)\b")
_CODE = re.compile(rb"<w:instrText[^>]*>([^<]*)|w:instr\s*=\s*\"([^\"]*)\"")
_PROTECTED = re.compile(rb"<w:documentProtection\b[^>]*w:enforcement=\"(?:1|true|on)\"")


class TemplateRefused(PrtuiError):
    """A template that is not safe, not whole, or does not fit its document. `path` is the file and `reason` why."""

    def __init__(self, path: Path, reason: str, *, hint: str = "") -> None:
        restore = _("Put the shipped one back with: prtui templates restore {name}. Yours is kept beside it.").format(
            name=path.name.removesuffix(".docx")
        )
        super().__init__(
            _("The template {name} is refused: {reason}").format(name=path.name, reason=reason),
            hint=f"{hint} {restore}".strip(),
        )
        self.path, self.reason = path, reason


@dataclass(frozen=True)
class Template:
    """A template as it was found. `own` tells hers from the shipped one; `problem` says why it cannot be used."""

    kind: str
    lang: str
    path: Path
    own: bool
    problem: str = ""


def shipped() -> Path:
    """The folder of the shipped templates: in an installed package, else in the checkout."""
    installed = _PACKAGE / "templates" / "docx"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates" / "docx"


def folder(data: Path) -> Path:
    """Where her own templates are."""
    return data / "templates"


def find(kind: str, lang: str, data: Path, *, only_shipped: bool = False) -> Path:
    """The template's path, hers first. Raises NotFound when there is none for that language."""
    name = f"{kind}.{lang}.docx"
    for place in ([] if only_shipped else [folder(data)]) + [shipped()]:
        if (place / name).is_file():
            return place / name
    raise NotFound(
        _("There is no template {name}.").format(name=name),
        hint=_("Put one into {folder}.").format(folder=folder(data)),
    )


def named(name: str) -> tuple[str, str]:
    """(kind, language) for `statement.zh`. Raises NotFound naming the nearest."""
    from prtui.documents import catalogue

    kind, dot, lang = name.removesuffix(".docx").rpartition(".")
    if dot and kind in catalogue.deliverables() and lang in LANGUAGES:
        return kind, lang
    raise NotFound(
        _("There is no template {name}.").format(name=plain(name)[:60]),
        hint=_("Did you mean “{name}”?").format(name=near)
        if (near := _nearest(name))
        else _("Known: {names}.").format(names=", ".join(_names())),
    )


def strays(data: Path) -> Iterator[tuple[str, str]]:
    """The Word files in her folder that no document uses, each with the name it may have been meant to have."""
    known = {f"{name}.docx" for name in _names()}
    for path in sorted(folder(data).glob("*.docx")):
        if path.name not in known and not re.search(r"\.old-\d+\.docx$|^[~.]", path.name):
            near = _nearest(path.name)
            yield path.name, f"{near}.docx" if near else ""


def _names() -> list[str]:
    from prtui.documents import catalogue

    return [f"{kind}.{lang}" for kind in catalogue.deliverables() for lang in LANGUAGES]


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name.removesuffix(".docx").lower(), _names(), 1, 0.5)
    return near[0] if near else ""


def load(path: Path) -> bytes:
    """The file's bytes, checked. Raises TemplateRefused with the reason."""
    try:
        stat = path.stat()
        return _load(path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise TemplateRefused(path, _("it cannot be read ({error}).").format(error=error.strerror)) from None


@lru_cache(maxsize=16)
def _load(path: Path, _changed: int, size: int) -> bytes:
    if size > _LARGEST:
        raise TemplateRefused(path, _("it is too large."))
    content = path.read_bytes()
    if reason := _unsafe(content):
        raise TemplateRefused(path, reason)
    return content


def opened(path: Path) -> Any:
    """The template as a new python-docx document. Raises TemplateRefused with the reason."""
    content = load(path)
    try:
        return _document(content)
    except Exception as error:  # python-docx and lxml raise whatever they meet in a damaged file
        raise TemplateRefused(path, _("it is not a whole Word file.")) from error


def filled(path: Path, values: Mapping[str, Any], lang: str, needs: Sequence[Sequence[str]]) -> Any:
    """The template's document with its slots filled. Raises TemplateRefused when it asks for what there is not, or has no
    place for what it `needs` to say."""
    from prtui.documents import slots

    document = opened(path)
    try:
        slots.fill(document, values, lang, needs)
    except slots.TemplateError as error:
        raise TemplateRefused(path, error.message, hint=error.hint) from error
    return document


def _document(content: bytes) -> Any:
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.package import PartFactory, Unmarshaller
    from docx.package import Package

    package = Package()
    Unmarshaller.unmarshal(_unpacked(content), package, PartFactory)
    main = package.main_document_part
    if main.content_type != CONTENT_TYPE.WML_DOCUMENT_MAIN:
        raise ValueError(main.content_type)
    return main.document


@lru_cache(maxsize=16)
def _unpacked(content: bytes) -> Any:
    """The parts as bytes. Unpacking is two thirds of what python-docx does to open a file; a batch of invitations needs it
    once."""
    from docx.opc.pkgreader import PackageReader

    return PackageReader.from_file(io.BytesIO(content))


def _unsafe(content: bytes) -> str:
    """Why the bytes may not be opened as a template; empty when they may."""
    if content.startswith(_LOCKED):
        return _("it is locked with a password, or in the old .doc format.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unsafe_archive(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return _("it is not a whole Word file.")


def _unsafe_archive(archive: zipfile.ZipFile) -> str:
    members = archive.infolist()
    if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > _LARGEST:
        return _("it unpacks to far more than a document needs.")
    names = {member.filename for member in members}
    if not {"[Content_Types].xml", "word/document.xml"} <= names or len(names) < len(members):
        return _("it is not a whole Word file.")
    if _MACRO.search(archive.read("[Content_Types].xml")) or any(
        re.search(r"vbaProject|vbaData|activeX|oleObject|\.bin$", name, re.IGNORECASE) for name in names
    ):
        return _("it carries macros or embedded programs.")
    for name in names:
        if not name.endswith((".xml", ".rels")):
            continue
        part = archive.read(name)
        if any(mark in part[:4096] for mark in _DTD):
            return _("it declares a document type, which Word never does.")
        if name.endswith(".rels") and any(not _HYPERLINK.search(link) for link in _OUTSIDE.findall(part)):
            return _("it loads something from outside the file.")
        codes = b"".join(code or other for code, other in _CODE.findall(part))
        if _COMPUTED.search(codes):
            return _("it has a field that loads something from outside the file.")
        if name == "word/settings.xml" and _PROTECTED.search(part):
            return _("it is locked against editing.")
    return ""


def check(kind: str, lang: str, data: Path) -> list[str]:
    """What is wrong with the template that would be used: why an export would refuse it. Empty when it is fit."""
    from prtui.documents import catalogue

    deliverable = catalogue.deliverables()[kind]
    try:
        filled(find(kind, lang, data), deliverable.blank(lang).values, lang, deliverable.needs)
    except TemplateRefused as error:
        return [str(error)]
    return []


def listing(data: Path) -> list[Template]:
    """Every template of every deliverable and language, hers marked, with what is wrong with it."""
    return list(_each(data))


def _each(data: Path) -> Iterator[Template]:
    from prtui.documents import catalogue

    for kind in catalogue.deliverables():
        for lang in LANGUAGES:
            path = find(kind, lang, data)
            problems = check(kind, lang, data)
            yield Template(kind, lang, path, path.parent == folder(data), problems[0] if problems else "")


def copy_out(kind: str, lang: str, data: Path) -> Path:
    """A copy of the shipped template in her folder, to be changed in Word. Refuses to overwrite one that is there."""
    source, target = find(kind, lang, data, only_shipped=True), folder(data) / f"{kind}.{lang}.docx"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with target.open("xb") as out:
            out.write(source.read_bytes())
    except FileExistsError:
        raise Refused(
            _("{path} is there already.").format(path=target), hint=_("Edit that one, or restore it first.")
        ) from None
    target.chmod(0o600)
    return target


def restore(kind: str, lang: str, data: Path) -> Path | None:
    """Back to the shipped template: hers is renamed, not deleted. The path it is kept under, None when she had none."""
    own = folder(data) / f"{kind}.{lang}.docx"
    if not own.exists():
        return None
    number = 1
    while (kept := own.with_name(f"{kind}.{lang}.old-{number}.docx")).exists():
        number += 1
    own.rename(kept)
    return kept
