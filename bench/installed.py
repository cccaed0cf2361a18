"""What is measured starts as it does where it is installed: from bytecode, also in a checkout that never wrote any."""

from __future__ import annotations

import compileall
from pathlib import Path

import prtui


def ready() -> None:
    """Compile whatever of prtui has no bytecode of today."""
    compileall.compile_dir(Path(prtui.__file__).parent, quiet=1)
