"""Does the wheel hold all that the program needs at run time? `python tests/built.py WHEEL`."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def wanted() -> set[str]:
    """Every file of the package and every template, by its name inside the wheel."""
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "prtui").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return package | {f"prtui/templates/docx/{path.name}" for path in (ROOT / "templates/docx").glob("*.docx")}


def main(wheel: str) -> int:
    """0 when nothing is missing and nothing foreign is inside."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    missing = sorted(wanted() - inside)
    foreign = sorted(name for name in inside if not name.startswith("prtui/"))
    for name in missing:
        print(f"missing in the wheel: {name}")
    for name in foreign:
        print(f"foreign in the wheel: {name}")
    print(f"{len(inside)} files in the wheel")
    return 1 if missing or foreign else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
