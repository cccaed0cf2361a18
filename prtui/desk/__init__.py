"""Rules, transitions, formulas and attention: pure Python, synchronous, with no face."""

from __future__ import annotations

import importlib
import pkgutil

for _module in pkgutil.iter_modules(
    __path__
):  # so that every rule stands in its register before the first record moves
    if not _module.name.startswith("sample"):  # the sample desk is only read when somebody asks for it
        importlib.import_module(f"{__name__}.{_module.name}")
