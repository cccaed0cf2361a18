"""Where prtui cannot be drawn it says why, in one line, before anything heavy is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from prtui.errors import Trouble
from prtui.terminal.preflight import folder_check, plain_locale
from tests.pty_desk import PtyDesk

CHECK = """
import sys
from prtui.errors import Trouble
from prtui.terminal import preflight
try:
    preflight.check()
except Trouble as trouble:
    print(str(trouble).encode("ascii", "replace").decode())
    sys.exit(trouble.exit_code)
print("GO", "heavy" if {"textual", "peewee", "rich", "pendulum"} & set(sys.modules) else "light")
"""


def on_terminal(**env: str | None) -> tuple[int, str]:
    with PtyDesk.python(CHECK, columns=200, env=env) as desk:
        code = desk.wait_gone()
        desk.wait_until_read(b"\n")
        return code, desk.received.decode("utf-8", "replace").strip()


def test_a_usual_terminal_passes_and_nothing_heavy_was_imported() -> None:
    assert on_terminal() == (0, "GO light")


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LANG": None}, {"LC_ALL": "POSIX"}], ids=str)
def test_the_c_locale_is_no_reason_to_refuse(env: dict[str, str | None]) -> None:
    assert on_terminal(**env) == (0, "GO light")


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"TERM": "dumb"}, "TERM=xterm-256color"),
        ({"TERM": None}, "TERM=xterm-256color"),
        ({"PYTHONIOENCODING": "gbk"}, "LC_ALL=C.UTF-8"),
        ({"PYTHONIOENCODING": "latin-1"}, "LC_ALL=C.UTF-8"),
        ({"LANG": "zh_CN.GBK"}, "LC_ALL=C.UTF-8"),
        ({"LC_ALL": "de_DE.ISO-8859-1@euro"}, "LC_ALL=C.UTF-8"),
    ],
    ids=str,
)
def test_a_terminal_that_would_hang_or_garble_is_refused_in_one_line(env: dict[str, str | None], said: str) -> None:
    code, line = on_terminal(**env)
    assert code == 2
    assert said in line and "\n" not in line


@pytest.mark.parametrize("redirected", ["</dev/null", ">/dev/null", "2>/dev/null"])
def test_without_a_terminal_there_is_nowhere_to_draw(tmp_path: Path, redirected: str) -> None:
    said = tmp_path / "said"
    source = CHECK.replace("print(", f"open({str(said)!r}, 'w').write(")
    with PtyDesk(["/bin/sh", "-c", f'"$0" -c "$1" {redirected}', sys.executable, source]) as desk:
        assert desk.wait_gone() == 2
    assert "is not a terminal" in said.read_text() and "prtui --help" in said.read_text()


def test_a_command_may_print_to_a_gbk_pipe() -> None:
    source = "from prtui.terminal import preflight; preflight.check(need_screen=False); print('李文清 \\U0001f600')"
    run = subprocess.run(
        [sys.executable, "-c", source], env=os.environ | {"PYTHONIOENCODING": "gbk"}, capture_output=True, check=True
    )
    assert run.stdout.decode("gbk").strip() == "李文清 ?"


@pytest.mark.parametrize(
    ("environ", "plain"),
    [
        ({}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "POSIX"}, True),
        ({"LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
    ],
    ids=str,
)
def test_the_plain_locale_is_recognised(environ: dict[str, str], plain: bool) -> None:
    assert plain_locale(environ) is plain


def test_a_missing_data_folder_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "share" / "prtui"
    folder_check(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(Trouble, match="in the way") as trouble:
            folder_check(path)
        assert "--data" in str(trouble.value) and "\n" not in str(trouble.value)


def test_a_folder_that_takes_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Nothing can be written"):
        folder_check(Path("/proc/self/prtui"))
    folder = tmp_path / "locked"
    folder.mkdir(0o500)
    if os.geteuid() != 0:  # root may write anywhere
        with pytest.raises(Trouble, match="Nothing can be written"):
            folder_check(folder)


def test_the_start_module_can_be_read_by_an_old_python() -> None:
    import ast

    source = (Path(__file__).parent.parent / "prtui" / "__main__.py").read_text()
    tree = ast.parse(source, feature_version=(3, 6))
    assert not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in ast.walk(tree))
    old = source.replace(
        'if __name__ == "__main__":\n    sys.exit(main())', "sys.version_info = (3, 6, 9)\nsys.exit(main())"
    )
    run = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1 and "3.11" in run.stderr and "3.6.9" in run.stderr
