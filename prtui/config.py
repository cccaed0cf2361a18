"""Where her files are and how she likes things: `config.toml`, flags and environment, in rising order of precedence."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from prtui import clock, i18n, text
from prtui.errors import PrtuiError, Trouble
from prtui.i18n import _

THEMES = ("terminal", "light", "dark")


@dataclass(frozen=True)
class Settings:
    """The desk's settings. `data` holds the database, the index, drafts, exports and logs; `database` is empty for SQLite
    in `data`, or a `postgresql://` address; `zone` is the brand's IANA zone, `zones` the other cities she works with; `lexicon` maps words to what the house writes
    instead."""

    data: Path
    actor: str = ""
    language: str = "en"
    database: str = ""
    zone: str = "Asia/Shanghai"
    zones: tuple[str, ...] = ()
    currency: str = "CNY"
    theme: str = "terminal"
    painter: bool = True
    brand: dict[str, str] = field(default_factory=dict)
    lexicon: dict[str, str] = field(default_factory=dict)
    wip: dict[str, int] = field(default_factory=dict)
    holidays: dict[date, bool] = field(default_factory=dict)
    sample: bool = False

    @property
    def exports(self) -> Path:
        """The folder exported documents go to unless a path is given."""
        return self.data / "exports"


@lru_cache(maxsize=1)
def _folders() -> tuple[Path, Path]:
    from platformdirs import user_config_path, user_data_path

    return user_data_path("prtui", appauthor=False), user_config_path("prtui", appauthor=False)


def default_data() -> Path:
    """The data folder when neither `--data` nor PRTUI_DATA names one."""
    return _folders()[0]


def load(*, data: str | None = None, actor: str | None = None, language: str | None = None) -> Settings:
    """Settings from the configuration file, the environment and the flags. Raises Trouble naming file, key and remedy."""
    named = data or os.environ.get("PRTUI_DATA")
    try:
        folder = Path(named).expanduser() if named else default_data()
    except RuntimeError:  # `~nobody`
        raise Trouble(
            _("There is no folder {path}.").format(path=named), hint=_("Name another one with --data.")
        ) from None
    here = folder / "config.toml"
    path = here if here.is_file() else _folders()[1] / "config.toml"
    values = _read(path)
    settings = _checked(Settings(data=folder), values, path)
    named = text.clean(actor or os.environ.get("PRTUI_AS") or settings.actor, lines=False)
    settings = replace(
        settings,
        actor=named or _login(),
        language=language
        or os.environ.get("PRTUI_LANG")
        or (settings.language if "language" in values else i18n.preferred()),
    )
    if settings.language not in i18n.LANGUAGES:
        raise PrtuiError(_("There is no language “{name}”.").format(name=settings.language), hint=_("Use zh or en."))
    return replace(settings, holidays=_holidays(path.parent / "holidays.txt"))


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "director"


def _read(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8-sig")
        import tomllib  # 5 ms that a desk without a configuration has no use for

        return tomllib.loads(written)
    except FileNotFoundError:
        return {}
    except OSError:
        raise Trouble(
            _("{path} may not be read.").format(path=path), hint=_("Give yourself the right to read it.")
        ) from None
    except ValueError as error:  # not UTF-8, or not TOML
        raise Trouble(
            _("{path}: {error}.").format(path=path, error=error), hint=_("Correct that line or move the file away.")
        ) from None


_KINDS: dict[str, type] = {
    "actor": str, "language": str, "database": str, "zone": str, "zones": list, "currency": str, "theme": str,
    "painter": bool, "brand": dict, "lexicon": dict, "wip": dict, "sample": bool,
}  # fmt: skip


def _checked(settings: Settings, values: dict[str, Any], path: Path) -> Settings:
    for name, value in values.items():
        kind = _KINDS.get(name)
        if kind is None:
            import difflib

            close = difflib.get_close_matches(name, _KINDS, 1)
            raise Trouble(
                _("{path}: there is no setting “{name}”.").format(path=path, name=name),
                hint=_("Did you mean “{name}”?").format(name=close[0])
                if close
                else _("Known: {names}.").format(names=", ".join(_KINDS)),
            )
        if not isinstance(value, kind) or not _inside(name, value):
            raise Trouble(_("{path}: “{name}” has the wrong kind of value.").format(path=path, name=name))
    if values.get("theme", "terminal") not in THEMES:
        raise Trouble(
            _("{path}: there is no theme “{name}”.").format(path=path, name=values["theme"]), hint=", ".join(THEMES)
        )
    for name in [values.get("zone", "UTC"), *values.get("zones", ())]:
        clock.zone(name)
    if "zones" in values:
        values = values | {"zones": tuple(values["zones"])}
    return replace(settings, **values)


def _inside(name: str, value: Any) -> bool:
    """Whether what a list or a table holds is of the right kind too."""
    if name == "zones":
        return all(isinstance(one, str) for one in value)
    if name in ("brand", "lexicon", "wip"):
        kind = int if name == "wip" else str
        return all(isinstance(one, kind) for one in value.values())
    return True


def _holidays(path: Path) -> dict[date, bool]:
    """`2026-10-01 off` and `2026-10-10 work`, one a line: 调休 make-up days follow no rule."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    days: dict[date, bool] = {}
    for number, line in enumerate(lines, 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        day, _space, word = line.partition(" ")
        try:
            days[date.fromisoformat(day)] = {"off": False, "work": True}[word.strip()]
        except (ValueError, KeyError):
            raise Trouble(
                _("{path}, line {number}: “{line}” is not a holiday.").format(path=path, number=number, line=line[:40]),
                hint=_("Write 2026-10-01 off, or 2026-10-10 work."),
            ) from None
    return days
