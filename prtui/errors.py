"""What may go wrong that the director can do something about.

A `PrtuiError` carries a sentence for her: what happened, and in `hint` what to do next. Everything else that is raised is
a defect and goes to the crash report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class PrtuiError(Exception):
    """An expected failure. `exit_code` is 1 for the user's mistake, 2 for the environment's."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """What to print, line by line; a line may hold what somebody typed."""
        return [f"{self.message} {self.hint}".strip()]


class Invalid(PrtuiError):
    """Values that may not be stored. `fields` maps each field's name to what is wrong with it."""

    def __init__(self, fields: Mapping[str, str], *, hint: str = "") -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in fields.items()), hint=hint)
        self.fields = dict(fields)


class Refused(PrtuiError):
    """A rule says no. `missing` lists what has to be there first, one line each."""

    def __init__(self, message: str, missing: Sequence[str] = (), *, hint: str = "") -> None:
        super().__init__(message + "".join(f"\n  - {line}" for line in missing), hint=hint)
        self.summary = message
        self.missing = list(missing)

    def lines(self) -> list[str]:
        """The refusal, what is missing one below the other, and then what to do."""
        if not self.missing:
            return super().lines()
        return [self.summary, *(f"  - {line}" for line in self.missing), *([self.hint] if self.hint else [])]


class NotFound(PrtuiError):
    """No such record, or it was deleted."""


class Conflict(PrtuiError):
    """Somebody else saved first. `theirs` is the row as it is stored now, `mine` the values that were not saved."""

    def __init__(self, message: str, *, mine: Mapping[str, object], theirs: object, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.mine = dict(mine)
        self.theirs = theirs


class Trouble(PrtuiError):
    """The machine, not the user: a folder, a terminal, a database, a disk."""

    exit_code = 2


class DiskTrouble(Trouble):
    """The disk refused a write; nothing of the unit of work was stored."""


class Upgraded(Trouble):
    """The database was upgraded by another prtui while this one was open; it may read but no longer write."""
