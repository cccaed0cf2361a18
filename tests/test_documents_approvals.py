"""Approvals in print: bound to the exact words of one language, gone with the next edit, and never in the public's copy."""

from __future__ import annotations

from typing import Any

import pytest

from prtui import clock, documents, store
from prtui.config import Settings
from prtui.desk import documents as texts
from prtui.desk import records
from prtui.documents.gathering import gather
from prtui.store import Row, query
from prtui.store.documents import text_sha
from tests.test_documents_golden import NOW


@pytest.fixture(autouse=True)
def _now() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def told(local_desk: Settings) -> Row:
    """A statement in both languages that counsel has cleared in both, management only in Chinese."""
    with store.write("林岚") as work:
        counsel = work.add("person", name="周衡", name_en="Zhou Heng", department="legal")
        row = work.add(
            "document", type="statement", title="声明", title_en="Statement", body="事实。", body_en="Facts."
        )
        texts.clear(work, row, "legal", by=counsel.name, channel="电话")
        texts.clear(work, row, "management", by="Dubois", language="zh")
    return row


def printed(row: Row, settings: Settings, lang: str, *, internal: bool) -> str:
    row = query.get("document", row.id)
    return "\n".join(documents.preview("statement", row, gather(row, settings, lang, internal=internal), lang))


def test_the_internal_copy_shows_who_cleared_these_words_in_this_language(told: Row, local_desk: Settings) -> None:
    chinese, english = (printed(told, local_desk, lang, internal=True) for lang in ("zh", "en"))
    assert "周衡" in chinese and "Dubois" in chinese and text_sha(told, "zh")[:16] in chinese
    assert "Zhou Heng" in english and "Dubois" not in english and text_sha(told, "en")[:16] in english
    assert text_sha(told, "zh")[:16] not in english


def test_the_public_copy_never_does(told: Row, local_desk: Settings) -> None:
    for lang in ("zh", "en"):
        shown = printed(told, local_desk, lang, internal=False)
        assert not any(
            word in shown for word in ("周衡", "Zhou", "Dubois", text_sha(told, lang)[:12], "审批", "Approvals")
        )


def test_an_edit_of_the_words_takes_them_out_of_print(told: Row, local_desk: Settings) -> None:
    store.perform("林岚", records.change, told, {"body": "另一些事实。"})
    shown = printed(told, local_desk, "zh", internal=True)
    assert "周衡" not in shown and "Dubois" not in shown and "尚无审批记录。" in shown


def test_a_clearance_of_other_words_is_not_printed(told: Row, local_desk: Settings) -> None:
    with store.write("林岚") as work:  # around the rules, as a repair or an import might
        work.edit(query.get("document", told.id), body="另一些事实。")
    shown = printed(told, local_desk, "zh", internal=True)
    assert "周衡" not in shown and "Dubois" not in shown
    assert "Zhou Heng" in printed(told, local_desk, "en", internal=True)
