"""The register of commands: keys, twins, and that somebody answers."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

import pytest

from prtui import commands, screens
from prtui.app import Desk
from prtui.commands import COMMANDS, Command, aliases, key_name
from prtui.screens.working import Working

SAFE = (
    "f",
    "ctrl+",
    "enter",
    "space",
    "tab",
    "escape",
    "insert",
    "delete",
    "left",
    "right",
    "up",
    "down",
    "shift+",
    "page",
)


def screen_classes() -> list[type[Working[object]]]:
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"prtui.screens.{module.name}")
    found: list[type[Working[object]]] = []
    waiting = [Working]
    while waiting:
        for one in waiting.pop().__subclasses__():
            found.append(one)
            waiting.append(one)
    return found


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_letter_has_a_twin_that_an_input_method_lets_through(command: Command) -> None:
    keys = command.keys.split()
    assert any(key.isdigit() or (len(key) > 1 and key.startswith(SAFE)) or not key.isalnum() for key in keys)


def test_no_key_means_two_things_in_one_scope() -> None:
    for scope in commands.SCOPES:
        keys = Counter(key for command in commands.of(scope) for key in command.keys.split())
        assert [key for key, count in keys.items() if count > 1] == []
        assert all(command.id.startswith(("app.", f"{scope}.")) for command in commands.of(scope))


def test_somebody_answers_to_every_command() -> None:
    for command in commands.of(commands.EVERYWHERE):
        assert hasattr(Desk, f"action_{command.action}"), command.id
    for scope in commands.SCOPES:
        if scope in (commands.EVERYWHERE, commands.TYPING, commands.DIALOG):
            continue
        classes = [one for one in screen_classes() if scope in one.__dict__.get("scopes", ())]
        assert classes, scope
        for command in commands.of(scope):
            for one in classes:
                # Enter, Space, Tab and the arrows are answered by the table or the options that have the focus.
                taken = set(command.keys.split()) <= {"enter", "space", "tab", "up", "down", "left", "right"}
                assert taken or hasattr(one, f"action_{command.action}"), (one, command.id)


def test_full_width_forms_mean_the_same_keys() -> None:
    assert list(aliases("a")) == ["a", "ａ"]
    assert list(aliases("/")) == ["/", "／", "、"]
    assert list(aliases("[")) == ["[", "［", "【"]
    assert list(aliases("ctrl+n")) == ["ctrl+n"]


def test_keys_are_written_as_on_a_keyboard() -> None:
    assert [key_name(key) for key in ("shift+right", "ctrl+n", "f12", "a", "escape", "[")] == [
        "Shift+→",
        "Ctrl+N",
        "F12",
        "a",
        "Esc",
        "[",
    ]


def test_the_table_of_the_readme_names_every_command() -> None:
    for language in ("en", "zh"):
        table = commands.table(language)
        for command in COMMANDS:
            assert f"`{key_name(command.keys.split()[0])}`" in table
