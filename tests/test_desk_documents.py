"""A text goes out only when counsel and management have cleared exactly these words, in every language it has."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import approvals, documents, records
from prtui.errors import PrtuiError, Refused
from prtui.store import Row, query
from prtui.store.approvals import approvals as decisions
from prtui.store.documents import Status, text_sha

NOON = datetime(2026, 3, 14, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(local_desk: Settings) -> Iterator[None]:
    with clock.frozen(NOON):
        yield


def do(act, *arguments, actor: str = "林岚", **named):
    return store.perform(actor, act, *arguments, **named)


def at(row: Row) -> Row:
    return query.get(row.kind, row.id)


def made(kind: str = "release", **values: object) -> Row:
    return do(records.add, "document", {"type": kind, "title": "曜石", "body": "今日发布。", **values})


def cleared(row: Row, *, language: str = "") -> None:
    for step, by in (("legal", "法务 沈律师"), ("management", "周总")):
        do(documents.clear, row, step, by=by, channel="邮件", language=language)


def in_status(status: str, **values: object) -> Row:
    row = made(**values)
    while row.status != status:
        if row.status == Status.LEGAL:
            cleared(row)
        row = do(documents.advance, row)
    return row


def test_a_release_goes_through_counsel_and_management() -> None:
    row = made()
    with pytest.raises(Refused) as caught:
        do(documents.send, row, "approved")
    assert "Draft" in str(caught.value) and "Next is: Review" in caught.value.hint
    row = do(documents.advance, do(documents.advance, row))
    assert row.status == "legal"
    with pytest.raises(Refused) as caught:
        do(documents.advance, row)
    assert [line.split(" of ")[0] for line in caught.value.missing] == ["legal clearance", "management approval"]
    do(documents.clear, row, "legal", by="沈律师")
    assert len(documents.lacking(row, "approved")) == 1
    do(documents.clear, row, "management", by="周总")
    row = do(documents.advance, do(documents.advance, row))
    assert (row.status, row.released_at) == ("released", NOON)
    with pytest.raises(Refused):
        do(documents.advance, row)


def test_a_note_needs_nobody() -> None:
    assert do(documents.advance, do(documents.advance, made("note"))).status == "approved"


def test_minutes_need_no_counsel_but_the_chair() -> None:
    row = do(documents.advance, made("minutes", chair="王敏, 林岚"))
    with pytest.raises(Refused) as caught:
        do(documents.advance, row)
    assert caught.value.missing == ["the chair's confirmation of the Chinese text as it is now"]
    with pytest.raises(Refused, match="did not chair it"):
        do(documents.clear, row, "chair", by="沈律师")
    do(documents.clear, row, "chair", by="王敏")
    row = do(documents.advance, row)
    assert row.status == "approved"
    assert do(records.change, row, {"body": "另议。"}).status == "review"


def test_what_went_out_is_not_removed_and_says_where_it_goes() -> None:
    row = do(documents.advance, do(documents.advance, do(documents.advance, made("note"))))
    with pytest.raises(Refused, match="stays on record"):
        do(records.remove, row)
    with pytest.raises(Refused) as caught:
        do(documents.send, row, "draft")
    assert "Correction issued" in caught.value.hint and "Withdrawn" in caught.value.hint


def test_every_language_it_has_is_cleared() -> None:
    row = do(documents.advance, do(documents.advance, made(body_en="Launched today.")))
    cleared(row, language="zh")
    assert all("English" in line for line in documents.lacking(row, "approved"))
    cleared(row, language="en")
    assert documents.lacking(row, "approved") == []
    with pytest.raises(Refused):
        do(documents.clear, made(), "legal", by="沈律师", language="en")


def test_a_text_without_words_or_with_gaps_goes_nowhere() -> None:
    empty = made(body="  ")
    assert documents.lacking(empty, "review") == ["a text"]
    with pytest.raises(Refused):
        do(documents.advance, empty)
    gap = made(body="发布于【待填：城市】与【To fill: city】。")
    row = do(documents.advance, do(documents.advance, gap))
    cleared(row)
    assert len(documents.lacking(row, "approved")) == 2


@pytest.mark.parametrize("field", ["title", "title_en", "subtitle", "body", "body_en", "type"])
@pytest.mark.parametrize("status", ["legal", "approved"])
def test_any_edit_of_the_words_voids_and_returns_to_review(field: str, status: str) -> None:
    row = in_status(status)
    if status == "legal":
        cleared(row)
    after = do(records.change, row, {field: "statement" if field == "type" else "明日发布。"})
    assert after.status == "review"
    kept = 2 if field.endswith("_en") else 0  # counsel and management cleared the Chinese text, which is as it was
    assert len(approvals.standing(after)) == kept
    assert len(decisions(after, void=True)) == 2
    do(records.undo)
    assert at(row).status == status
    assert len(approvals.standing(at(row))) == 2


def test_an_edit_of_anything_else_voids_nothing() -> None:
    row = in_status("approved")
    after = do(records.change, row, {"city": "上海", "tags": "腕表"})
    assert after.status == "approved" and len(approvals.standing(after)) == 2


def test_words_that_come_back_are_cleared_anew() -> None:
    row = do(documents.advance, do(documents.advance, made()))
    cleared(row)
    row = do(records.change, do(records.change, row, {"body": "明日发布。"}), {"body": "今日发布。"})
    row = do(documents.advance, row)
    assert len(documents.lacking(row, "approved")) == 2


def test_what_was_released_stays_as_it_went_out() -> None:
    row = in_status("released")
    with pytest.raises(Refused) as caught:
        do(records.change, row, {"body": "明日发布。"})
    assert "stay" in str(caught.value)
    assert at(row).body == "今日发布。"
    with pytest.raises(Refused):
        do(documents.send, row, "corrected")
    assert do(documents.send, row, "corrected", "日期有误").status == "corrected"


def test_going_back_to_draft_says_why() -> None:
    row = in_status("approved")
    with pytest.raises(Refused):
        do(records.change, row, {"status": "draft"})
    assert do(records.change, row, {"status": "draft"}, reason="改稿").status == "draft"


def test_a_release_under_embargo_waits_for_its_minute() -> None:
    row = in_status("approved", embargo_at=Moment(NOON.replace(hour=11), "Asia/Shanghai"))
    with pytest.raises(Refused) as caught:
        do(documents.advance, row)
    assert "2026-03-14 19:00 (Asia/Shanghai)" in caught.value.missing[0]
    with clock.frozen(NOON.replace(hour=10, minute=59)), pytest.raises(Refused):
        do(documents.advance, row)
    with clock.frozen(NOON.replace(hour=11)):
        assert do(documents.advance, row).status == "released"


def test_who_wrote_it_does_not_clear_it() -> None:
    author = do(lambda work: work.add("person", name="王敏"))
    row = made(owner=author)
    with pytest.raises(Refused):
        do(documents.clear, row, "legal", by=" 王敏 ")
    assert do(documents.clear, row, "review", by="王敏")
    for by, step in (("", "legal"), ("周总", "boss")):
        with pytest.raises(Refused):
            do(documents.clear, row, step, by=by)


def test_nobody_clears_words_that_are_no_longer_there() -> None:
    read = made()
    do(records.change, read, {"body": "明日发布。"}, actor="王敏")
    with pytest.raises(Refused) as caught:
        do(documents.clear, read, "legal", by="沈律师")
    assert "王敏" in str(caught.value)


def test_an_approval_that_carries_a_released_text_is_not_taken_back() -> None:
    row = do(documents.advance, do(documents.advance, made()))
    cleared(row)
    do(documents.advance, row, actor="王敏")
    with pytest.raises(Refused) as caught:
        do(records.undo)  # her last operation is the management approval
    assert row.code in str(caught.value) and len(caught.value.missing) == 1
    assert at(row).status == "approved" and len(approvals.standing(at(row))) == 2


def test_approvals_are_neither_typed_nor_changed_nor_removed_by_hand() -> None:
    row = in_status("approved")
    one = approvals.standing(row)[0]
    forged = {"subject_kind": "document", "subject_row": row.id, "step": "legal", "decision": "approve", "by": "x"}
    for act in (
        lambda: do(records.add, "approval", forged),
        lambda: do(records.change, one, {"void": True}),
        lambda: do(records.remove, one),
    ):
        with pytest.raises(Refused):
            act()


def test_the_hash_is_of_the_words_of_that_language() -> None:
    row = made(title_en="Obsidian", subtitle="副题", body_en="Launched.")
    assert text_sha(row, "zh") == hashlib.sha256("曜石\x1f副题\x1f今日发布。".encode()).hexdigest()
    assert text_sha(row, "en") == hashlib.sha256(b"Obsidian\x1f\x1fLaunched.").hexdigest()


def test_statements_are_numbered_within_their_project() -> None:
    owner = do(lambda work: work.add("person", name="王敏"))
    one, other = (do(records.add, "project", {"name": name, "owner": owner}) for name in ("甲", "乙"))
    numbers = [made("statement", project=project).number for project in (one, one, other, None, None, one)]
    assert numbers == [1, 2, 1, 1, 2, 3]
    assert made("statement", project=one, number=9).number == 9
    assert made("release").number is None and made().dated_on.isoformat() == "2026-03-14"


# -- no road leads round the clearances ---------------------------------------------------------------------------------


class Roads(RuleBasedStateMachine):
    """Two people do anything the desk lets them do to three texts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        store.open_desk(Settings(data=Path(self.folder.name), actor="林岚"))
        self.rows: list[Row] = []

    def teardown(self) -> None:
        store.close()
        self.folder.cleanup()

    @initialize()
    def three_texts(self) -> None:
        self.rows = [made(), made("statement", body_en="Launched."), made("note")]

    def attempt(self, actor: str, act, *arguments, **named) -> None:
        try:
            do(act, *arguments, actor=actor, **named)
        except PrtuiError:
            pass

    which = st.integers(0, 2)
    who = st.sampled_from(["林岚", "王敏"])
    step = st.sampled_from(documents.STEPS)

    @rule(
        which=which,
        who=who,
        field=st.sampled_from(["body", "body_en", "title"]),
        words=st.sampled_from(["甲", "乙", ""]),
    )
    def edit(self, which: int, who: str, field: str, words: str) -> None:
        before = at(self.rows[which])
        self.attempt(who, records.change, before, {field: words})
        after = at(before)
        if after[field] != before[field]:
            assert after.status in ("draft", "review")
            language = "en" if field == "body_en" else "zh"
            assert not [
                one for one in approvals.standing(after) if one.decision == "approve" and one.language == language
            ]

    @rule(which=which, who=who, kind=st.sampled_from(["release", "statement", "minutes"]))
    def retype(self, which: int, who: str, kind: str) -> None:
        self.attempt(who, records.change, at(self.rows[which]), {"type": kind})

    @rule(which=which, who=who, step=step, stale=st.booleans())
    def clear(self, which: int, who: str, step: str, stale: bool) -> None:
        row = self.rows[which] if stale else at(self.rows[which])
        self.attempt(who, documents.clear, row, step, by="周总")

    @rule(which=which, who=who)
    def clear_all_and_advance(self, which: int, who: str) -> None:
        row = at(self.rows[which])
        for step in ("legal", "management"):
            self.attempt(who, documents.clear, row, step, by="周总")
        self.attempt(who, documents.advance, row)

    @rule(which=which, who=who)
    def advance(self, which: int, who: str) -> None:
        self.attempt(who, documents.advance, at(self.rows[which]))

    @rule(which=which, who=who, to=st.sampled_from([one.value for one in Status]))
    def send(self, which: int, who: str, to: str) -> None:
        self.attempt(who, records.change, at(self.rows[which]), {"status": to}, reason="x")

    @rule(which=which, who=who)
    def tamper(self, which: int, who: str) -> None:
        for one in approvals.standing(at(self.rows[which])):
            self.attempt(who, records.remove, one)
            self.attempt(who, records.change, one, {"void": True, "sha": "0"})

    @rule(who=who)
    def undo(self, who: str) -> None:
        if query.count("document") == 3:
            self.attempt(who, records.undo)
        if query.count("document") < 3:  # the texts themselves were taken back: put them there again
            with store.write("林岚") as work:
                for row in self.rows:
                    gone = query.get("document", row.id, deleted=True)
                    if gone.deleted_at:
                        work.restore(gone)

    @invariant()
    def what_is_approved_was_cleared_word_by_word(self) -> None:
        for row in query.rows("document", {"type": ("release", "statement"), "status": ("approved", "released")}):
            for language, suffix in (("zh", ""), ("en", "_en")):
                if row[f"body{suffix}"].strip():
                    words = "\x1f".join(row[f"{name}{suffix}"] for name in ("title", "subtitle", "body"))
                    sha = hashlib.sha256(words.encode()).hexdigest()
                    steps = {one.step for one in decisions(row) if (one.sha, one.language) == (sha, language)}
                    assert {"legal", "management"} <= steps


TestRoads = Roads.TestCase
TestRoads.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
