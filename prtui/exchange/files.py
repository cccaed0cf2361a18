"""Which files there are to read, opened so that nothing can block or surprise; and what makes two texts the same."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize

from prtui.exchange.found import Unreadable, shown
from prtui.i18n import _

# A press kit with pictures has 40 MB; what is larger is a film or a disk image.
FILE_LIMIT = 128 << 20
# Folders inside folders; a mistake like importing / stops here, not after the whole disk.
FILES_LIMIT = 50_000
_NOT_ENTERED = {"__MACOSX", "node_modules", "$RECYCLE.BIN", "System Volume Information"}


def opened(path: Path) -> BinaryIO:
    """The regular file, open for reading. Never waits for a pipe or a device. Raises Unreadable."""
    name = shown(path)
    try:
        # O_NONBLOCK: opening a FIFO nobody writes to would wait forever.
        number = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        raise Unreadable(name, _("there is no such file."), hint=_("Check the path.")) from None
    except PermissionError:
        raise Unreadable(name, _("it may not be read."), hint=_("Give yourself the right to read it.")) from None
    except (OSError, ValueError) as error:
        raise Unreadable(name, getattr(error, "strerror", None) or str(error)) from None
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(name, _("it is not a file but a folder, a pipe or a device."))
        if status.st_size > FILE_LIMIT:
            raise too_large(name, status.st_size, FILE_LIMIT)
        if not status.st_size:
            raise Unreadable(name, _("it is empty."))
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def too_large(name: str, size: int, limit: int) -> Unreadable:
    """What is said of a file of `size` bytes when at most `limit` are read."""
    return Unreadable(
        name,
        _("it has {size:,} MB; at most {limit:,} MB are read.").format(size=-(-size >> 20), limit=limit >> 20),
        hint=_("Save the text you need in a smaller file."),
    )


def walk(
    paths: Iterable[Path],
    suffixes: Collection[str],
    *,
    problems: list[Unreadable] | None = None,
    others: list[Path] | None = None,
) -> Iterator[Path]:
    """The files to read, each once: those named as they are, those of the known `suffixes` in folders, in order of name.

    Hidden files, lock files (`~$…`) and links to folders are left out. Files of another kind are added to `others`,
    folders that cannot be opened and links that lead out of the folder to `problems`.
    """
    seen: set[tuple[int, int]] = set()
    count = 0
    for path in paths:
        for file in _below(path, suffixes, seen, problems, others) if path.is_dir() else _once(path, seen):
            count += 1
            if count > FILES_LIMIT:
                if problems is not None:
                    problems.append(
                        Unreadable(
                            shown(path),
                            _("there are more than {count:,} files in it.").format(count=FILES_LIMIT),
                            hint=_("Import its folders one after the other."),
                        )
                    )
                return
            yield file


def _once(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        status = path.stat()
    except (OSError, ValueError):
        yield path  # reading it will say why
        return
    if (status.st_dev, status.st_ino) not in seen:
        seen.add((status.st_dev, status.st_ino))
        yield path


def _below(
    folder: Path,
    suffixes: Collection[str],
    seen: set[tuple[int, int]],
    problems: list[Unreadable] | None,
    others: list[Path] | None,
) -> Iterator[Path]:
    waiting = [folder]
    root = os.path.realpath(folder)
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            if problems is not None:
                problems.append(
                    Unreadable(shown(here), error.strerror or str(error), hint=_("Give yourself the right to read it."))
                )
            continue
        folders: list[Path] = []
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name in _NOT_ENTERED:
                continue
            path = here / entry.name
            if entry.is_symlink() and _leads_out(path, root):
                if problems is not None:
                    problems.append(_linked_away(path))
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif entry.is_file():
                    if path.suffix.lower() in suffixes:
                        yield from _once(path, seen)
                    elif others is not None:
                        others.append(path)
            except OSError:
                yield path
        waiting.extend(reversed(folders))


def _leads_out(link: Path, root: str) -> bool:
    target = os.path.realpath(link)
    return target != root and not target.startswith(root.rstrip("/") + "/")


def _linked_away(link: Path) -> Unreadable:
    return Unreadable(
        shown(link),
        _("it is a link that leads out of the folder."),
        hint=_("If you want it, name the file it leads to."),
    )


def sha256(file: BinaryIO) -> str:
    """The file's digest in hexadecimal; the file is at its start again."""
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def fingerprint(text: str, title: str = "") -> str:
    """Equal for the same text in two files or formats: SHA-256 of its letters, folded, without blanks, line ends and
    punctuation; `title` at its start does not count, as a web page and a document differ in it."""
    letters = folded(text)
    start = folded(title)
    if start and len(letters) > len(start):
        letters = letters.removeprefix(start)
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()


def folded(text: str) -> str:
    """The letters and digits of the text alone, folded: what two writings of one line have in common."""
    text = normalize("NFKC", text).casefold()
    return "".join(character for character in text if character.isalnum()) or "".join(text.split())
