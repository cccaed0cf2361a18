"""English message ids, gettext catalogues, and the language in force.

`_` translates now; `N_` only marks a message that a declaration carries and that is translated when it is shown.
"""

from __future__ import annotations

import gettext
import locale
import os
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_CATALOGUES = Path(__file__).parent / "locale"
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def _(message: str) -> str:
    """The message in the language in force."""
    return _current.gettext(message) if message else ""


def N_(message: str) -> str:
    """Marks a message for the catalogue and returns it as it is."""
    return message


def translate(message: str, language: str) -> str:
    """The message in a language other than the one in force, as documents need."""
    return _load(language).gettext(message) if message else ""


@cache
def _load(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("prtui", _CATALOGUES, languages=[language], fallback=True)


def use(language: str) -> None:
    """Put `zh` or `en` in force for this process."""
    global _current, _language
    _current, _language = _load(language), language


def language() -> str:
    """`zh` or `en`: the language in force."""
    return _language


def preferred() -> str:
    """What the locale asks for: `zh` for any Chinese locale, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
