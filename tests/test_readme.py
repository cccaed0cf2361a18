"""The README cannot drift from the program."""

from __future__ import annotations

import re

from tests import readme


def test_the_tables_are_those_of_the_registers() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert readme.filled(text) == text, "run: python -m tests.readme"
    assert all(table in text for table in readme.tables().values())


def test_there_are_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)\n```", readme.README.read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 2
    assert blocks[0].endswith("prtui demo")
    assert blocks[1].endswith("pytest")
