"""How somebody is reached: telephone numbers and e-mail addresses that can be used when they are needed (DOMAIN §2.2)."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from prtui.errors import PrtuiError
from prtui.i18n import _
from prtui.store.fields import Text

_ADDRESS = re.compile(r"[^\s@,;<>()\"]+@[^\s@.,;<>()\"]+(?:\.[^\s@.,;<>()\"]+)+")
_SEVERAL = re.compile(r"\s*[/,;、]\s*")
_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|x|#)\s*(?P<extension>\d{1,6})$", re.I)
_WRITTEN = re.compile(r"(?:\+|00)?[\d\s().\-–—]+")
_MOBILE = re.compile(r"1[3-9]\d*")
_HOTLINE = 6  # digits: 110, 12345, 95588 are numbers too


class Email(Text):
    """An e-mail address."""

    def accept(self, value: Any) -> str:
        line = normalize("NFKC", super().accept(value))
        if line and not _ADDRESS.fullmatch(line):
            raise PrtuiError(_("“{text}” is not an e-mail address like name@example.com").format(text=line[:40]))
        return line


class Phone(Text):
    """A telephone number, or several parted by `/`: a mainland mobile of 11 digits, an international number with +, or an
    office line with its extension. Kept as it is written, so that it is read as its owner says it."""

    def accept(self, value: Any) -> str:
        line = normalize("NFKC", super().accept(value))
        for number in filter(None, _SEVERAL.split(line)):
            _check(number)
        return line


def _check(number: str) -> None:
    bare = _EXTENSION.sub("", number)
    digits = re.sub(r"\D", "", bare)
    if not _WRITTEN.fullmatch(bare) or not 3 <= len(digits) <= 17:
        raise PrtuiError(_("“{text}” is not a telephone number").format(text=number[:40]))
    if bare.startswith(("+", "00")):
        digits = digits.removeprefix("00")
        if not 7 <= len(digits) <= 15:
            raise PrtuiError(_("“{text}” has {count} digits; an international number has 7 to 15").format(text=number[:40], count=len(digits)))  # fmt: skip
        digits = digits.removeprefix("86") if digits.startswith("86") else ""
        mobile = bool(_MOBILE.fullmatch(digits))
    else:
        # Without a blank or a dash nothing but a mobile begins with 1; 10-5555 0100 is an office in Beijing.
        mobile = len(digits) >= _HOTLINE and (bool(_MOBILE.fullmatch(digits)) or (bare == digits and bare[0] == "1"))
    if mobile and len(digits) != 11:
        raise PrtuiError(_("“{text}” has {count} digits; a mobile number has 11").format(text=number[:40], count=len(digits)))  # fmt: skip
