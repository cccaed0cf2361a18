"""Fields, rows and queries: what is typed, stored, shown and journalled is the same value, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prtui import clock, i18n, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.errors import Invalid, NotFound, PrtuiError
from prtui.store import KINDS, Row, feed, journal, links, query, work
from prtui.store.fields import LONGEST_LINE, Pointer, sort_text
from prtui.store.projects import Project, Stage, Task
from prtui.store.records import applies, checked, editable, no_such, specs

SHANGHAI = "Asia/Shanghai"
EVENING = datetime(2026, 3, 20, 11, 0, tzinfo=UTC)


def spec(kind: str, name: str):
    return specs(KINDS[kind])[name]


# -- every declaration -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_declaration_says_what_its_faces_need(kind: str) -> None:
    model = KINDS[kind]
    declared = specs(model)
    assert model.label and model.plural and model.__doc__
    assert model.titled_by in declared
    assert set(model.shown) <= set(declared)
    assert set(model.faceted_by) <= set(declared)
    assert {name.lstrip("-") for name in model.sorted_by} <= set(model._meta.fields)
    assert not model.dated_by or model.dated_by in declared
    assert all(field.label for field in editable(model).values())
    assert len({other.code.prefix for other in KINDS.values()}) == len(KINDS)
    assert len(model.code.prefix) == 3 and model.code.prefix.isupper()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_field_that_depends_on_another_depends_on_a_choice_it_has(kind: str) -> None:
    for field in specs(KINDS[kind]).values():
        if field.when is not None:
            assert {str(value) for value in field.when[1]} <= set(query.choice(kind, field.when[0]))


# -- fields ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "typed", "value", "shown"),
    [
        ("task", "title", "  确认\t灯光 ", "确认 灯光", "确认 灯光"),
        ("task", "must", "是", True, "yes"),
        ("task", "must", "no", False, ""),
        ("task", "due_on", "2026-03-20", date(2026, 3, 20), "2026-03-20"),
        ("task", "due_on", "", None, ""),
        ("task", "status", "进行", "doing", "Doing"),
        ("task", "status", "DOING", "doing", "Doing"),
        ("task", "tags", "a，b、 c,a,,", "a, b, c", "a, b, c"),
        ("project", "budget", "8.6万", 8_600_000, "¥86,000.00"),
        ("project", "spent", "-12.30", -1230, "−¥12.30"),
        ("project", "budget", " ", None, ""),
        ("project", "budget", "0", 0, "¥0.00"),
        ("person", "email", " Li.Wenqing＠example.com.cn ", "Li.Wenqing@example.com.cn", "Li.Wenqing@example.com.cn"),
        ("person", "phone", "１３８００００００００", "13800000000", "13800000000"),
        ("person", "phone", "138-0013-8000", "138-0013-8000", "138-0013-8000"),
        ("person", "phone", "+86 138 0013 8000", "+86 138 0013 8000", "+86 138 0013 8000"),
        ("person", "phone", "+33 6 00 00 00 04", "+33 6 00 00 00 04", "+33 6 00 00 00 04"),
        ("person", "phone", "0033600000004", "0033600000004", "0033600000004"),
        ("person", "phone", "021-5555 0100转8001", "021-5555 0100转8001", "021-5555 0100转8001"),
        ("person", "phone", "+86 (10) 5555-0100 ext. 12", "+86 (10) 5555-0100 ext. 12", "+86 (10) 5555-0100 ext. 12"),
        ("person", "phone", "10-5555 0100、400-820-8888", "10-5555 0100、400-820-8888", "10-5555 0100、400-820-8888"),
        ("person", "phone", "12345", "12345", "12345"),
        ("person", "phone", "", "", ""),
        ("coverage", "reach", "１２,０００", 12000, "12,000"),
        ("coverage", "published_at", "2026-03-20 19:00", Moment(EVENING, SHANGHAI), "2026-03-20 19:00"),
    ],
)
def test_what_is_typed_is_what_is_stored_and_shown(kind: str, name: str, typed: str, value: object, shown: str) -> None:
    field = spec(kind, name)
    accepted = field.accept(field.parse(typed, SHANGHAI))
    assert accepted == value
    assert field.show(accepted) == shown
    assert field.load(field.dump(accepted)) == accepted


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        ("task", "due_on", "31/31"),
        ("task", "must", "perhaps"),
        ("coverage", "reach", "many"),
        ("coverage", "reach", "-1"),
        ("coverage", "reach", "9" * 30),
        ("coverage", "reach", "9" * 5000),
        ("coverage", "published_at", "2026-03-20 25:00"),
        ("project", "budget", "EUR 10"),
        ("project", "budget", "0.001"),
        ("project", "budget", "-5"),
        ("project", "budget", "−0.01"),
        ("person", "email", "notmail"),
        ("person", "email", "a b@example.com"),
        ("person", "email", "li@localhost"),
        ("person", "phone", "1380013800"),
        ("person", "phone", "138 0013 80000"),
        ("person", "phone", "12345678"),
        ("person", "phone", "+86 1380013800"),
        ("person", "phone", "021-5555 0100 / 1380013800"),
        ("person", "phone", "+1234"),
        ("person", "phone", "in the office"),
        ("project", "type", "party"),
        ("person", "name", "x" * (LONGEST_LINE + 1)),
    ],
)
def test_what_is_of_no_use_is_refused_in_a_short_sentence(kind: str, name: str, typed: str) -> None:
    field = spec(kind, name)
    with pytest.raises(PrtuiError) as caught:
        field.accept(field.parse(typed, SHANGHAI))
    assert 0 < len(str(caught.value)) < 300


@given(st.text(max_size=80))
def test_any_text_is_accepted_once_and_for_all(typed: str) -> None:
    for name in ("title", "note", "tags"):
        field = spec("task", name)
        once = field.accept(typed)
        assert field.accept(once) == once
        once.encode()


def test_a_stamp_is_shown_on_the_clock_of_the_desk(local_desk: Settings) -> None:
    assert spec("task", "done_at").show(EVENING) == "2026-03-20 19:00"


def test_labels_of_choices_follow_the_language() -> None:
    assert spec("project", "stage").show("on_hold") == "On hold"
    i18n.use("zh")
    assert spec("project", "stage").show("on_hold") == "搁置"
    i18n.use("en")


# -- whole records ----------------------------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        checked(Task, {"titel": "x", "due_on": "tomorrow", "status": "gone", "must": True})
    assert set(caught.value.fields) == {"titel", "due_on", "status", "title", "owner"}
    assert "title" in caught.value.fields["titel"]


def test_fields_that_contradict_each_other_are_told() -> None:
    values = {"name": "x", "owner": 1, "start_on": date(2026, 3, 2), "due_on": date(2026, 3, 1)}
    with pytest.raises(Invalid) as caught:
        checked(Project, values)
    assert set(caught.value.fields) == {"due_on"}
    with pytest.raises(Invalid) as caught:
        checked(Project, {"name": "x", "owner": 1, "health": "red"})
    assert set(caught.value.fields) == {"health_reason"}


def test_the_code_and_the_stamps_are_not_for_typing() -> None:
    assert not {"code", "created_at", "updated_at", "moved_at", "fingerprint"} & set(editable(KINDS["document"]))
    with pytest.raises(Invalid):
        checked(Task, {"title": "x", "owner": 1, "code": "TSK-1"})


def test_a_field_that_does_not_apply_is_not_asked_for() -> None:
    declared = specs(KINDS["coverage"])
    assert applies(declared["parent"], {"original": "pickup"})
    assert not applies(declared["parent"], {"original": "original"})
    values = {"title": "x", "outlet": 1, "published_at": Moment(EVENING, SHANGHAI)}
    with clock.frozen(datetime(2026, 4, 1, tzinfo=UTC)):
        checked(KINDS["coverage"], values)
        with pytest.raises(Invalid) as caught:
            checked(KINDS["coverage"], values | {"original": "pickup"})
        assert set(caught.value.fields) == {"parent"}
    with clock.frozen(datetime(2026, 3, 1, tzinfo=UTC)), pytest.raises(Invalid) as caught:
        checked(KINDS["coverage"], values)
    assert set(caught.value.fields) == {"published_at"}


def test_an_unknown_name_names_the_nearest() -> None:
    assert "owner" in no_such("ownr", specs(Task))
    assert no_such("zzz", specs(Task)) == "there is no such field"


def test_a_row_is_read_only_and_knows_what_it_is(desk: Settings) -> None:
    with store.write("林岚") as unit:
        row = unit.add("person", name="李文清")
    with pytest.raises(AttributeError):
        row.name = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="person has no shoe"):
        row.shoe  # noqa: B018
    assert row.pointer == Pointer(row.id, row.code, "李文清", "person")
    assert str(row.pointer) == "李文清"
    assert row == query.get("person", row.id) and hash(row) == hash(query.get("person", row.id))
    assert repr(row) == f"<person {row.code} v1>"
    assert row != Row("person", {**{name: row[name] for name in row}, "version": 2})


# -- what refers to what ------------------------------------------------------------------------------------------------------


def project(unit: store.Work, name: str = "曜石") -> Row:
    return unit.add("project", name=name, owner=unit.add("person", name="王敏"))


def test_nothing_refers_to_what_was_removed(desk: Settings) -> None:
    with store.write("林岚") as unit:
        owner = unit.add("person", name="王敏")
        gone = unit.remove(unit.add("person", name="李伟"))
        row = unit.add("task", title="灯光", owner=owner)
    for act in (
        lambda unit: unit.add("task", title="舞台", owner=gone),
        lambda unit: unit.edit(row, owner=gone),
        lambda unit: unit.add("task", title="舞台", owner=999_999),
    ):
        with pytest.raises(Invalid) as caught, store.write("林岚") as unit:
            act(unit)
        assert set(caught.value.fields) == {"owner"}
    assert query.get("task", row.id) == row


def test_an_undo_leaves_nothing_that_refers_to_nothing(desk: Settings) -> None:
    with store.write("林岚") as unit:
        made = project(unit)
    with store.write("王敏") as unit:
        task = unit.add("task", title="灯光", owner=made.owner, project=made)
    with pytest.raises(PrtuiError) as caught, store.write("林岚") as unit:
        unit.undo()
    assert task.code in str(caught.value)
    assert query.get("task", task.id).project.code == made.code
    with store.write("王敏") as unit:
        unit.remove(task)
    with store.write("林岚") as unit:
        unit.undo()
    assert query.count("project") == 0
    with pytest.raises(Invalid), store.write("王敏") as unit:  # its project is gone, so it does not come back
        unit.undo()


def test_an_operation_undone_in_one_piece_may_refer_to_itself(desk: Settings) -> None:
    with store.write("林岚") as unit:
        made = project(unit)
        unit.add("task", title="灯光", owner=made.owner, project=made)
    with store.write("林岚") as unit:
        assert len(unit.undo()) == 3
    assert [query.count(kind) for kind in ("person", "project", "task")] == [0, 0, 0]


def test_links_are_seen_from_both_ends_and_survive_the_other_end(desk: Settings) -> None:
    with store.write("林岚") as unit:
        one, other = project(unit), unit.add("outlet", name="财经日报")
        unit.add("link", role="首发", a_kind=one.kind, a_row=one.id, b_kind=other.kind, b_row=other.id)
    assert [(row.code, role) for row, role in links.linked(one)] == [(other.code, "首发")]
    assert [(row.code, role) for row, role in links.linked(other)] == [(one.code, "首发")]
    with store.write("林岚") as unit:
        unit.remove(other)
    assert links.linked(one) == []


def test_reasons_and_names_are_cleaned_on_their_way_in(desk: Settings) -> None:
    with store.write("lan\x1b[31m\udcff") as unit:
        row = unit.add("person", name="王敏", reason="because\x1b]0;x\x07\udcff\nso")
    (change,) = journal.history("person", row.id)
    assert (change.actor, change.reason) == ("lan[31m\ufffd", "because]0;x\ufffd so")
    assert journal.verify() == (1, "")


# -- queries --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def listed(desk: Settings) -> list[Row]:
    with store.write("林岚") as unit:
        owner = unit.add("person", name="王敏")
        for number in range(60):
            day = date(2026, 3, 1 + number % 28) if number % 5 else None
            status = ("todo", "doing", "done")[number % 3]
            unit.add("task", title=f"任务 {number:02d}", owner=owner, due_on=day, status=status)
    return query.rows("task")


def test_pages_and_rows_are_one_list(listed: list[Row]) -> None:
    pages = [row for start in range(0, 70, 7) for row in query.page("task", limit=7, offset=start)]
    assert pages == listed
    assert [row.code for row in query.rows("task", limit=7, offset=14)] == [row.code for row in listed[14:21]]
    assert [row.due_on for row in listed if row.due_on] == sorted(row.due_on for row in listed if row.due_on)
    assert [row.due_on for row in listed[-12:]] == [None] * 12
    assert query.by_ids("task", [listed[9].id, 999_999, listed[2].id]) == [listed[9], listed[2]]


def test_filters_mean_what_they_say(listed: list[Row]) -> None:
    day = date(2026, 3, 10)
    assert {row.status for row in query.rows("task", {"status": ("todo", "done")})} == {"todo", "done"}
    assert {row.status for row in query.rows("task", {"status__ne": "todo"})} == {"doing", "done"}
    assert all(row.due_on <= day for row in query.rows("task", {"due_on__lte": day}))
    assert len(query.rows("task", {"due_on__gt": day})) + len(query.rows("task", {"due_on__lte": day})) == 48
    assert len(query.rows("task", {"due_on": None})) == 12
    assert len(query.rows("task", {"owner": listed[0].owner})) == 60
    assert query.count("task", {"status": "done"}) == query.tally("task", "status")["done"] == 20
    assert query.tally("task", "status", {"due_on": None}) == {"todo": 4, "doing": 4, "done": 4}
    assert query.rows("project", {"stage": [Stage.IDEA]}) == []


def test_what_is_typed_narrows_by_characters_pinyin_and_initials(listed: list[Row]) -> None:
    for typed in ("任务 07", "07 任", "renwu07", "ＲＥＮＷＵ０７"):
        assert [row.title for row in query.rows("task", typed=typed)] == ["任务 07"], typed
    assert query.count("task", typed="rw0") == 10
    assert query.rows("task", typed="100%") == query.rows("task", typed="_7") == []
    assert query.count("task", typed="\udcff") == 0
    assert query.count("task", typed="任 " * 5000) == query.count("task", typed="任")
    for pasted in (" ".join(map(str, range(5000))), "页" * 30_000):
        assert query.count("task", typed=pasted) == 0


def test_a_filter_that_means_nothing_is_refused(listed: list[Row]) -> None:
    with pytest.raises(PrtuiError):
        query.rows("task", {"colour": "red"})
    with pytest.raises(PrtuiError):
        query.rows("task", {"due_on__near": date(2026, 3, 1)})
    with pytest.raises(PrtuiError) as caught:
        query.rows("tsk")
    assert "task" in str(caught.value)


def test_records_are_found_by_code_title_and_part(listed: list[Row]) -> None:
    year = clock.today(SHANGHAI).year
    assert query.by_code(f"TSK-{year}-007").code == f"TSK-{year}-007"
    assert query.by_code("tsk 7").code == query.by_code("ＴＳＫ-007").code == f"TSK-{year}-007"
    assert query.by_code("TSK-1999-007") is None and query.by_code("hello") is None
    assert query.find("task", "任务 33").title == "任务 33"
    with pytest.raises(NotFound) as caught:
        query.find("task", "任务")
    assert "several" in str(caught.value)
    with pytest.raises(NotFound):
        query.any_record("TSK-1999-001")
    assert query.subtype("statement") == ("document", {"type": "statement"})


def test_a_removed_record_is_found_only_when_asked_for(desk: Settings) -> None:
    with store.write("林岚") as unit:
        row = unit.remove(unit.add("person", name="王敏"))
    assert query.by_code(row.code) is None
    assert query.by_code(row.code, deleted=True) == row
    assert query.by_ids("person", [row.id]) == [] and query.by_ids("person", [row.id], deleted=True) == [row]
    assert query.rows("person", deleted=True) == [row]


def test_names_sort_by_pinyin_with_the_readings_of_surnames() -> None:
    names = ["曾一诺", "李文清", "单宁", "Anna", "区小姐", "安娜"]
    assert sorted(names, key=lambda name: sort_text(name, name=True)) == [
        "安娜", "Anna", "李文清", "区小姐", "单宁", "曾一诺",
    ]  # fmt: skip


# -- the feed of the search index --------------------------------------------------------------------------------------------


def test_an_entry_carries_what_is_searched_and_nothing_else(desk: Settings) -> None:
    with store.write("林岚") as unit:
        row = unit.add(
            "person", name="李文清", name_en="Wenqing Li", phone="13800000000", zone="Europe/Paris", note="左撇子"
        )
    entry = feed.entry(row)
    assert entry.title == "李文清" and "Wenqing Li" in entry.body and "左撇子" in entry.body
    assert "13800000000" in entry.body and "Paris" not in entry.body
    assert entry.on == str(clock.today(work.settings().zone))
    assert feed.entries("link", [1]) == [] and feed.entries("nothing", [1]) == []
    assert [one.id for batch in feed.every_entry(1) for one in batch] == [row.id]
    assert [(fed.seq, fed.kind, fed.id) for fed in feed.feed(0)] == [(1, "person", row.id)]
    assert feed.head_seq() == 1 and len(feed.desk()) == 32
