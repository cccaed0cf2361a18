"""Every message has one Chinese translation, none is left over, and placeholders survive."""

from __future__ import annotations

import gettext
import re

from prtui import i18n
from tests import messages

PLACEHOLDER = re.compile(r"\{[a-z_]*[^}]*\}")


def test_every_message_is_translated_and_none_is_left_over() -> None:
    said = set(messages.said())
    known = {message.id: message.string for message in messages.catalogue() if message.id}
    assert sorted(said - set(known)) == [], "run: python -m tests.messages, then translate"
    assert sorted(set(known) - said) == [], "run: python -m tests.messages"
    assert [text for text, translation in known.items() if not translation] == []


def test_placeholders_survive_translation() -> None:
    wrong = [
        message.id
        for message in messages.catalogue()
        if message.id and sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(str(message.string)))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_the_one_that_is_checked_in() -> None:
    with (messages.FOLDER / "prtui.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [m.id for m in messages.catalogue() if m.id and compiled.gettext(m.id) != m.string] == []


def test_the_language_in_force_is_used() -> None:
    i18n.use("zh")
    assert i18n._("Project") == "项目"
    i18n.use("en")
    assert i18n._("Project") == "Project"
    assert i18n.translate("Project", "zh") == "项目"
