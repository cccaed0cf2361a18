"""Money as whole minor units and an ISO 4217 code. Never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from unicodedata import normalize

from prtui.errors import PrtuiError
from prtui.i18n import _

# Minor units of the currencies whose number is not two.
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
_SIGNS = {"¥": "CNY", "￥": "CNY", "RMB": "CNY", "元": "CNY", "€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "HK$": "HKD", "港元": "HKD", "欧元": "EUR", "美元": "USD", "日元": "JPY", "CHF": "CHF"}  # fmt: skip
_SHOWN = {"CNY": "¥", "EUR": "€", "USD": "$", "GBP": "£", "HKD": "HK$"}
_AMOUNT = re.compile(
    r"^([-+−]?)\s*([A-Z]{3}|US\$|HK\$|[¥€$£])?\s*([-+−]?)\s*([\d,]+(?:\.\d+)?)\s*(万|亿)?\s*([A-Z]{3}|元|港元|欧元|美元|日元)?$"
)
MINUS = "−"


@dataclass(frozen=True, order=True)
class Money:
    """`minor` units (分, cents) of `currency` (ISO 4217)."""

    minor: int
    currency: str = "CNY"

    def __str__(self) -> str:
        return show(self.minor, self.currency)


def exponent(currency: str) -> int:
    """Decimal digits of the minor unit: 2 for CNY, 0 for JPY."""
    return _EXPONENTS.get(currency, 2)


def parse(text: str, currency: str = "CNY") -> Money:
    """`¥86,000`, `8.6万`, `EUR 10,000.00`, full-width digits. Raises PrtuiError on anything else or on too many decimals."""
    folded = normalize("NFKC", text).strip().upper()
    match = _AMOUNT.match(folded)
    if not match or (match[1] and match[3]):
        raise PrtuiError(
            _("“{text}” is not an amount.").format(text=text[:40]), hint=_("Type it like 86,000.00 or EUR 10,000.")
        )
    before, sign_before, between, digits, scale, sign_after = match.groups()
    mark = sign_before or sign_after
    if mark:
        currency = _SIGNS.get(mark, mark)
    try:
        amount = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        raise PrtuiError(_("“{text}” is not an amount.").format(text=text[:40])) from None
    amount *= {"万": 10_000, "亿": 100_000_000}.get(scale or "", 1)
    minor = amount.scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise PrtuiError(
            _("“{text}” has more decimals than {currency} has.").format(text=text[:40], currency=currency),
            hint=_("Round it first."),
        )
    if minor >= 2**63:
        raise PrtuiError(_("“{text}” is too large an amount.").format(text=text[:40]))
    return Money(-int(minor) if (before or between) in ("-", "−") else int(minor), currency)


def show(minor: int, currency: str = "CNY", *, sign: bool = True, decimals: bool = True) -> str:
    """`¥86,000.00`; negative amounts get a true minus. `decimals=False` rounds half up to whole units."""
    places = exponent(currency)
    amount = Decimal(abs(minor)).scaleb(-places)
    if not decimals:
        amount, places = amount.quantize(Decimal(1), ROUND_HALF_UP), 0
    head = (_SHOWN.get(currency) or f"{currency} ") if sign else ""
    return f"{MINUS if minor < 0 else ''}{head}{amount:,.{places}f}"


def convert(amount: Money, rate: str, to: str) -> Money:
    """`amount × rate`, half up to the minor unit of `to` (DOMAIN S14: €10,000 × 7.8500 = ¥78,500.00)."""
    units = Decimal(amount.minor).scaleb(-exponent(amount.currency)) * Decimal(rate)
    return Money(int(units.scaleb(exponent(to)).quantize(Decimal(1), ROUND_HALF_UP)), to)
