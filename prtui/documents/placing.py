"""A new file, whole or not at all, readable by her alone, and never over one that is there."""

from __future__ import annotations

import errno
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from prtui.errors import DiskTrouble, PrtuiError, Trouble
from prtui.i18n import _
from prtui.text import clean

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')


def safe_name(text: str) -> str:
    """The text as part of a file's name on any system, at most 60 characters."""
    return _FORBIDDEN.sub("-", clean(text, lines=False)).strip("-.")[:60]


def place(content: bytes, folder: Path, name: str) -> Path:
    """Write beside, then link to a name that is free: `-2`, `-3` … rather than over a file that is there."""
    stem, suffix = Path(name).stem, Path(name).suffix
    part = folder / f".{secrets.token_hex(6)}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            for number in range(1, 10_000):
                target = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
                if _claim(part, target):
                    return target
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise DiskTrouble(
                _("The disk refused the document: {error}.").format(error=error.strerror),
                hint=_("Make room, or export to another folder."),
            ) from error
        raise Trouble(
            _("{folder} cannot be written to: {error}.").format(folder=folder, error=error.strerror),
            hint=_("Export to another folder."),
        ) from error
    raise PrtuiError(_("Too many files are called {name}.").format(name=name), hint=_("Clear the folder first."))


def _claim(part: Path, target: Path) -> bool:
    """Give the finished file that name unless it is taken; a disk without links gets an empty file first."""
    try:
        os.link(part, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS):
            raise
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return False
        part.replace(target)
    return True
