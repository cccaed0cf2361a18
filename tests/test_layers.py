"""The floors of the house: imports point down, heavy libraries stay in their room, nothing heavy loads before it is needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import prtui

ROOT = Path(prtui.__file__).parent
SEVEN = {"strategy", "media", "events", "kpi", "projects", "budget", "crisis"}
# Lower numbers are lower floors. What stands on one floor may import its own room and every lower floor.
FLOORS = {
    **dict.fromkeys(["errors", "i18n", "text", "clock", "money", "config"], 0),
    "store": 1,
    "search": 2,
    "desk": 3,
    "documents": 4,
    "exchange": 4,
    "doctor": 5,
    "terminal": 5,
    "commands": 5,
    "grammar": 5,
    "headless": 6,
    "screens": 6,
    "app": 7,
    "cli": 7,
    "demo": 7,
    "__main__": 8,
}
# The faces open one another: `run` the screens, `demo` either.
FACES = {("cli", "app"), ("cli", "demo"), ("demo", "cli"), ("demo", "app")}
ROOMS_OF = {
    "textual": {"app", "commands", "screens", "terminal"},
    "rich": {"app", "commands", "screens", "terminal"},
    "peewee": {"store"},
    "playhouse": {"store"},
    "whoosh": {"search"},
    "docx": {"documents", "exchange"},
    "lxml": {"documents", "exchange"},
    "pypdf": {"exchange"},
    "pendulum": {"clock"},
    "psycopg": {"store"},
}


def sources() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


class Running(ast.NodeTransformer):
    """Leaves out what only a type checker reads."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if getattr(node.test, "id", "") == "TYPE_CHECKING" else self.generic_visit(node)


def imported(path: Path) -> Iterator[str]:
    """Every module the file imports, anywhere in it, by its full name."""
    package = ["prtui", *path.relative_to(ROOT).parent.parts]
    for node in ast.walk(Running().visit(tree(path))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


def rooms_imported(path: Path) -> set[str]:
    found = {name.split(".")[1] for name in imported(path) if name.startswith("prtui.")}
    return found & set(FLOORS)


def may(mine: str, other: str) -> bool:
    beside = mine == other or FLOORS[mine] == FLOORS[other] == 0 or (mine, other) in FACES
    return beside or FLOORS[other] < FLOORS[mine]


def test_every_room_has_its_floor() -> None:
    assert {room(path) for path in sources()} - {"__init__"} <= set(FLOORS)
    assert not rooms_imported(ROOT / "__init__.py")


def test_imports_point_down() -> None:
    assert [
        f"{named(path)} imports {other}"
        for path in sources()
        if room(path) != "__init__"
        for other in sorted(rooms_imported(path))
        if not may(room(path), other)
    ] == []


def test_heavy_libraries_stay_in_their_rooms() -> None:
    assert [
        f"{named(path)} imports {name}"
        for path in sources()
        for name in imported(path)
        if room(path) not in ROOMS_OF.get(name.split(".")[0], {room(path)})
    ] == []


def test_the_seven_meet_only_on_the_floor_below() -> None:
    # Among the tables, references between the seven are foreign keys: they are that floor.
    assert [
        f"{named(path)} imports {name}"
        for path in sources()
        if path.stem in SEVEN and room(path) != "store"
        for name in imported(path)
        if name in {f"prtui.{room(path)}.{other}" for other in SEVEN - {path.stem}}
    ] == []


def test_the_floors_are_read_as_they_are_written() -> None:
    assert "store" in rooms_imported(ROOT / "desk" / "projects.py")
    assert "prtui.desk.records" in set(imported(ROOT / "desk" / "projects.py"))
    assert "peewee" in set(imported(ROOT / "store" / "engine.py"))


_ENGINE_WORDS = re.compile(
    r"PRAGMA|\bpg_\w+|ON CONFLICT|sqlite_master|information_schema|FOR UPDATE|application_id|VACUUM|busy_timeout"
    r"|import sqlite3|import psycopg|\.pragma\("
)


def test_one_file_knows_the_engines() -> None:
    knowing = [named(path) for path in sources() if _ENGINE_WORDS.search(path.read_text(encoding="utf-8"))]
    assert knowing == ["store/engine.py"]


def test_text_files_are_opened_in_a_named_encoding() -> None:
    assert [
        f"{named(path)}:{call.lineno}" for path in sources() for call in ast.walk(tree(path)) if _guesses(call)
    ] == []


def _guesses(call: ast.AST) -> bool:
    """Whether the call opens a text file in whatever encoding the machine prefers."""
    if not isinstance(call, ast.Call) or any(word.arg == "encoding" for word in call.keywords):
        return False
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("read_text", "write_text"):
        return True
    if ast.unparse(call.func) not in ("open", "os.fdopen"):
        return False
    mode = call.args[1] if len(call.args) > 1 else ast.Constant("r")
    return isinstance(mode, ast.Constant) and str(mode.value) in ("r", "w", "a", "x", "r+", "w+")


HEAVY = (
    "textual",
    "rich",
    "peewee",
    "playhouse",
    "whoosh",
    "docx",
    "lxml",
    "pendulum",
    "pypinyin",
    "pypdf",
    "platformdirs",
)


@pytest.mark.parametrize("argument", ["--help", "--version", "lst"])
def test_help_loads_nothing_heavy(argument: str) -> None:
    script = (
        "import sys\nfrom prtui import cli\n"
        f"try: cli.main([{argument!r}])\nexcept SystemExit: pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.endswith("LOADED []\n")


def test_the_desk_and_the_store_load_without_a_face() -> None:
    script = (
        "import sys\nimport prtui.desk, prtui.store.backup\n"
        "print([name for name in ('textual', 'whoosh', 'docx', 'lxml', 'pendulum', 'prtui.search') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_the_crisis_screen_brings_no_writer_of_documents() -> None:
    """40 ms of CPU between F12 and the clock that belong to the first export."""
    script = "import sys\nimport prtui.screens.crisis\nprint([name for name in sys.modules if name.startswith('prtui.documents')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
