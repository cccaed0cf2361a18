"""The seed's second case, played from the first key to the closed review without a screen, and the picture it draws."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from prtui import cli, clock, i18n, store
from prtui.config import Settings
from prtui.desk import crisis, crisis_course, crisis_picture, crisis_review, crisis_statements, crisis_status, drills
from prtui.documents import crisis_lint, lint
from prtui.errors import Refused
from prtui.store import engine, journal, query
from prtui.text import cells
from tests.crises import at, do, drafted, moment, published, started, team

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line at an instant; what it printed. `fails` is the exit code that is wanted."""
    monkeypatch.setenv("COLUMNS", "100")

    def command(when: datetime, *words: str, actor: str = "林岚", fails: int = 0) -> str:
        with clock.frozen(when):
            code = cli.main(["--data", str(tmp_path / "desk"), "--as", actor, "--lang", "en", *words])
        printed = capsys.readouterr()
        assert code == fails, printed.err
        return printed.err if fails else printed.out

    return command


def staffed(run: Run) -> None:
    for name, phone in (
        ("林岚", "13900000009"),
        ("周衡", "13800000001"),
        ("高远", "13900000002"),
        ("Dubois", "+33600000004"),
    ):
        run(
            at(0),
            "add",
            "person",
            f"name={name}",
            f"phone={phone}",
            *(["zone=Europe/Paris"] if name == "Dubois" else []),
        )
    for role, name in (("pr", "林岚"), ("legal", "周衡"), ("product", "高远"), ("executive", "Dubois")):
        run(at(0), "add", "teammember", f"role={role}", f"person={name}", "verified_on=2026-03-01")


def test_the_second_case_from_the_first_key_to_the_review(run: Run) -> None:
    staffed(run)
    run(at(0), "add", "outlet", "name=财经日报", "tier=A")
    run(
        at(2, 47),
        "crisis",
        "start",
        "曜石腕表表扣断裂致伤",
        "--scenario",
        "product",
        "--source",
        "小红书帖子; 店长来电",
    )
    run(at(2, 58), "crisis", "stamp", "2", "--level", "I")
    run(at(2, 59), "crisis", "log", "门店证实1人手腕划伤, 已就医", "--verified")
    run(at(3), "crisis", "enquiry", "表扣供应商是谁", "--deadline", "04:00", "--outlet", "财经日报")
    run(at(3, 2), "crisis", "complaint", "退款并道歉", "--customer", "王女士 13800138000")
    picture = run(at(3, 5, second=24), "crisis")
    assert "Elapsed  00:18:24" in picture and "left 00:41:36" in picture
    assert "[3] Convene the team: 林岚 (you)  by 03:17  left 00:11:36" in picture
    assert "ENQ-2026-001 财经日报 04:00 left 00:54" in picture
    assert "Defect report 2 working days -> 03-17 24:00" in picture
    error = run(at(3, 10), "crisis", "stamp", "3", fails=1)
    assert "Counsel present" in error
    run(at(3, 20), "crisis", "stamp", "3", "--present", "legal,product,executive")
    run(at(3, 30), "crisis", "stamp", "4")
    run(at(3, 31), "crisis", "draft")
    run(
        at(3, 40),
        "crisis",
        "fill",
        "已核实=一位顾客手腕划伤",
        "对当事人=已登门致歉",
        "已采取=同批次停售",
        "下次=今日12时",
        "消费者=400",
    )
    run(at(3, 41), "crisis", "stamp", "5")
    run(at(4, 10), "crisis", "stamp", "6", "--channel", "电话")
    run(at(4, 12), "set", "DOC-1", "body=同批次停售。")
    assert "6 Legal on these exact words" in run(at(4, 13), "crisis", "stamp", "7", fails=1)
    run(at(4, 14), "crisis", "stamp", "6", "--channel", "电话")
    run(at(4, 20), "crisis", "stamp", "7", "--channel", "微信")
    run(at(4, 31), "crisis", "stamp", "M8")
    run(at(4, 50), "set", "ENQ-1", "spokesperson=林岚", "answer=检测中，中午前再答", "status=answered")
    run(at(5), "crisis", "stamp", "9")
    run(at(6), "crisis", "draft", "--purpose", "full", "--title", "关于补救措施的声明")
    labels = crisis_statements.OUTLINE["zh"] + crisis_statements.MORE["zh"]
    run(at(6), "crisis", "fill", *(f"{label}=已办" for label in labels))
    for n, minute in (("6", 10), ("7", 20), ("0", 30)):
        run(at(6, minute), "crisis", "stamp", "10" if n == "0" else n)
    run(
        at(7),
        "add",
        "coverage",
        "title=表扣断裂调查",
        "outlet=财经日报",
        "published_at=2026-03-15 06:50",
        "sentiment=negative",
    )
    run(at(7), "link", "COV-1", "CRS-1")
    assert "48 h without 财经日报" in run(at(9, 0, 16), "crisis", "stamp", "-", fails=1)
    run(at(9, 0, 16), "set", "CPL-1", "settled_how=换货", "satisfaction=5")
    run(at(9, 0, 16), "set", "CPL-1", "status=closed")
    run(at(17, 5, 18), "crisis", "stamp", "11", "--on", "CRS-1")
    run(
        at(9, 0, 20),
        "add",
        "crisisreview",
        "crisis=CRS-1",
        "title=复盘",
        "helped=门店快",
        "hurt=法务晚",
        "whys=一",
        "lessons=二",
    )
    assert "approved review" in run(at(9, 0, 20), "crisis", "stamp", "12", fails=1)
    run(
        at(9, 0, 20),
        "crisis",
        "review",
        "--approve",
        "--by",
        "Dubois",
        "--action",
        "表扣来料全检",
        "--owner",
        "高远",
        "--due",
        "2026-04-01",
        "--plan",
        "法务夜间值班表",
    )
    run(at(10, 0, 20), "crisis", "stamp", "=")
    run(at(10, 0, 20), "crisis", "state", "closed")
    times = json.loads(run(at(11, 0, 20), "crisis", "times", "--json"))
    assert (times["convened"], times["first"], times["resolved"], times["late"], times["attainment"]) == (
        33,
        104,
        5178,
        44,
        "57.7",
    )
    assert times["decay"] == "100.0"
    period = run(at(11, 0, 20), "crisis", "times", "--from", "2026-01-01", "--to", "2027-01-01")
    assert period.splitlines() == ["K14  n=1  median 104  P90 104", "K15  n=1/1  100.0 %  100.0 %"]
    review = json.loads(run(at(11, 0, 20), "crisis", "review", "--json"))
    assert [one["title"] for one in review["actions"]] == ["表扣来料全检"]
    assert review["approved_by"] == ["Dubois"]
    assert len(review["timeline"]) == len(run(at(12, 0, 20), "crisis", "log").splitlines()) >= 20
    assert "closed" in run(at(12, 0, 20), "crisis").lower()
    assert run(at(12, 0, 20), "doctor")


def test_a_level_that_is_refused_stops_no_clock(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(at(3), "crisis", "start", "--level", "I", "--json")
    assert json.loads(out)[0]["state"] == "monitoring"
    status = json.loads(run(at(3, 1), "crisis", "status", "--json"))
    assert (status["elapsed"], status["next"]["n"], status["nearest"]["key"]) == (60, 2, "first")


def test_a_mark_before_the_words_verifies_them_without_a_screen_too(run: Run) -> None:
    staffed(run)
    run(at(2, 47), "crisis", "start", "表扣断裂", "--level", "II")
    run(at(2, 48), "crisis", "log", "店长来电")
    refused = run(at(2, 49), "crisis", "stamp", "4", fails=1)
    assert "at least one verified fact" in refused and "Begin it with !, or: prtui crisis log --verified" in refused
    for minute, words in enumerate(
        (["!门店证实", "1人手腕划伤"], ["！ 已就医"], ["--kind", "contact", "!周衡接听"]), 50
    ):
        run(at(2, minute), "crisis", "log", *words)
    found = json.loads(run(at(2, 55), "crisis", "log", "--json"))
    assert [(line["text"], line["verified"]) for line in found[2:]] == [
        ("店长来电", False), ("门店证实 1人手腕划伤", True), ("已就医", True), ("周衡接听", True),
    ]  # fmt: skip
    run(at(2, 56), "crisis", "stamp", "4")


def test_a_corrected_line_says_so_and_its_correction_says_once_which(run: Run) -> None:
    staffed(run)
    run(at(2, 47), "crisis", "start", "表扣断裂", "--level", "II")
    run(at(2, 48), "crisis", "log", "店长来电" + "3起" * 60)
    wrong = json.loads(run(at(2, 48), "crisis", "log", "--json"))[-1]["code"]
    run(at(2, 49), "crisis", "log", "店长来电2起", "--corrects", wrong)
    old, new = run(at(2, 50), "crisis", "log").splitlines()[-2:]
    assert old.endswith(f"(corrected)  林岚  {wrong}") and "corrected" not in new and new.count(wrong) == 1
    status = run(at(2, 50), "crisis", "status")
    assert sum(line.endswith("…  (corrected)") for line in status.splitlines()) == 1
    assert sum(line.endswith("  (corrected)") for line in run(at(2, 50), "crisis", "review").splitlines()) == 1


@pytest.mark.parametrize(("language", "role", "tongue"), [("zh", "法务", "中文"), ("en", "Counsel", "Chinese")])
def test_a_seat_and_a_text_of_the_library_are_called_by_words(run: Run, language: str, role: str, tongue: str) -> None:
    staffed(run)
    said = ("--lang", language)
    assert run(at(0), *said, "list", "teammember").count("legal") == 0
    assert f"TEA-2026-002 {role} 周衡" in run(at(0), *said, "show", "PER-2026-002")
    (hit,) = [line for line in run(at(0), *said, "search", "周衡").splitlines() if "TEA-2026-002" in line]
    assert f"{role} 周衡" in hit and "legal" not in hit
    assert tongue in run(at(0), *said, "crisis", "library", "--install")
    assert "zh" not in run(at(0), *said, "crisis", "library") + run(at(0), *said, "list", "holdingtemplate")
    run(at(2, 47), "crisis", "start", "表扣断裂", "--level", "II")
    refused = run(at(2, 48), *said, "crisis", "contact", "xyz", "answered", fails=1)
    assert "“xyz”" in refused and ("legal 法务" if language == "zh" else "legal Counsel") in refused
    assert f"{role} 周衡" in run(at(2, 48), *said, "crisis", "contact", role, "answered")


def test_an_exercise_without_a_screen(run: Run) -> None:
    staffed(run)
    assert "演练" in run(at(9), "crisis", "drill", "--start", "data")
    out = run(at(9, 13), "crisis", "drill")
    assert out.count("Delivered") == 2
    run(at(9, 14), "crisis", "drill", "--answer", "INJ-1", "--note", "已定级", "--met")
    assert "accuracy=0…25" in run(at(9, 20), "crisis", "drill", "--score", "record=5", fails=1)
    assert run(at(9, 20), "crisis", "drill", "--score", "accuracy=20").splitlines()[-1].endswith("/100")
    assert "【演练】 EXERCISE" in run(at(9, 21), "crisis")


def test_mistakes_are_answered_with_what_to_do(run: Run) -> None:
    assert "crisis start" in run(at(3), "crisis", fails=1)
    run(at(3), "crisis", "start")
    for words, said in {
        ("stamp", "13"): "no milestone",
        ("stamp", "3", "--at", "04:00"): "future",
        ("stamp", "4", "--at", "02:00"): "why",
        ("fill", "x=y"): "no statement yet",
        ("clock", "nonsense", "off"): "no clock",
        ("level", "I"): "needs a team",
        ("drill",): "No drill is running",
        ("correct", "3", "03:00", "--reason", "x"): "not stamped",
        ("log", "x", "--corrects", "CRS-1"): "not a line",
        ("state", "closed"): "cannot go",
        ("wait", "--end"): "Nobody is waited for",
        ("review", "--approve"): "Nothing is written",
    }.items():
        assert said in run(at(3, 1), "crisis", *words, fails=1), words
    assert "read only" in run(at(3, 2), "crisis", "log", "x", actor="周衡", fails=1)
    run(at(3, 3), "crisis", "takeover", actor="周衡")
    run(at(3, 4), "crisis", "log", "x", actor="周衡")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_picture_fits_eighty_by_twenty_four(desk: Settings, language: str) -> None:
    i18n.use(language)
    people = team()
    rows = [started(), do(at(2, 47), crisis.start, "长" * 200), do(at(2, 47), drills.start, "data")]
    published(rows[0])
    for n in range(6):
        values = {
            "question": "问" * 90,
            "reporter": "记者" * 20,
            "received_at": moment(3),
            "deadline_at": moment(9, n),
            "crisis": rows[1],
        }
        do(at(3), store.Work.add, "enquiry", **values)
    do(at(3), crisis.log, rows[1], "[/] " + "字" * 200, "fact", True)
    for row in rows:
        for when in (at(2, 48), at(3, 5), at(9), at(3, 5, 19)):
            with clock.frozen(when):
                status = crisis_status.status(desk, row)
                lines = crisis_picture.status_lines(status, actor="林岚")
            assert len(lines) == 21
            assert max(map(cells, lines)) <= 80
            whole = "\n".join(lines)
            assert row.code in whole and clock.span(status.elapsed) in whole
            assert all(seat.phone in whole for seat in status.team[:2])
        wide = crisis_picture.status_lines(status, 120, log=10, ascii=True)
        assert max(map(cells, wide)) <= 120 and len(wide) == 28 and "…" not in "".join(wide)
    assert people


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [72, 80, 100])
def test_what_is_left_and_the_bar_are_never_cut(desk: Settings, language: str, width: int) -> None:
    i18n.use(language)
    team()
    row = published(started())
    do(at(5), crisis_course.move, row, "stabilising")
    for when in (at(3), at(4, 5), at(4, 25), at(5, 1), at(9, day=16)):
        with clock.frozen(when):
            status = crisis_status.status(desk, row)
            _head, _rule, elapsed, following, *_more = crisis_picture.status_lines(status, width, actor="周衡")
        assert status.big is not None and status.next is not None and status.next.due is not None
        assert crisis_picture.remaining(status.big.due, status) in elapsed and elapsed.endswith("]")
        assert following.endswith(crisis_picture.remaining(status.next.due, status))
        assert status.next.phone in following and f"[{status.strip[status.next.n - 1].key}]" in following


def test_a_long_action_is_cut_before_the_name_and_the_time_is_left(desk: Settings) -> None:
    i18n.use("en")
    team()
    do(at(0), store.Work.edit, query.find("person", "Dubois"), name="Jean-Christophe de Montmorency-Laval")
    row = started()
    do(at(2, 59), crisis.log, row, "x", "fact", True)
    do(at(3), crisis.stamp, row, 4)
    drafted(row, at(3, 1))
    do(at(3, 41), crisis.stamp, row, 5)
    do(at(3, 42), crisis.stamp, row, 6)
    with clock.frozen(at(3, 43)):
        following = crisis_picture.status_lines(crisis_status.status(desk, row), 80, actor="林岚")[3]
    assert following.startswith("  Next: [7] Get managem…: Jean-C") and "+33600000004" in following
    assert following.endswith("left 00:04:00")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_seat_that_fits_is_not_cut_where_others_follow(desk: Settings, language: str) -> None:
    i18n.use(language)
    team()
    row = published(started())
    with clock.frozen(at(5)):
        status = crisis_status.status(desk, row)
        for width in range(64, 100):
            second = crisis_picture.status_lines(status, width)[13]
            assert "…" not in second and cells(second) <= width


def test_the_title_has_room_before_the_word_for_the_level(desk: Settings) -> None:
    i18n.use("en")
    team()
    with clock.frozen(at(3)):
        row = do(at(3), crisis.start, "Clasp of the Obsidian watch", level="I")
        head = crisis_picture.status_lines(crisis_status.status(desk, row), 80)[0]
        wide = crisis_picture.status_lines(crisis_status.status(desk, row), 120)[0]
    assert "[I]  Clasp of the Obsidian watch " in head and "[I Extremely serious]  Clasp of the Obsidian watch " in wide


def test_every_session_sees_the_stamp_at_once(desk: Settings) -> None:
    team()
    row = started()
    before = engine.data_version()
    seen: list[int] = []

    def elsewhere() -> None:
        engine.connect()
        try:
            do(at(3, 20), crisis.stamp, row, 3, present=("legal", "product", "executive"))
        finally:
            engine.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert engine.data_version() != before  # what a screen asks once a second
    with clock.frozen(at(3, 21)):
        seen = [cell.n for cell in crisis_status.status(desk, row).strip if cell.at is not None]
    assert seen == [1, 2, 3]


def test_a_status_ticks_without_asking_the_store(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    team()
    facts = crisis_status.gather(published(started()))
    monkeypatch.setattr(query, "rows", lambda *args, **kwargs: pytest.fail("asked"))
    first, second = (crisis_status.status_at(desk, facts, at(5, 0, second=second)) for second in (0, 1))
    assert (second.elapsed - first.elapsed, first.left - second.left) == (1, 1)  # type: ignore[operator]


def test_the_review_gathers_what_happened(desk: Settings) -> None:
    team()
    row = published(started())
    row = do(at(17, 5, 18), crisis.stamp, row, 11).crisis
    notes = do(at(9, 0, 19), store.Work.add, "crisisreview", title="复盘", crisis=row)
    with pytest.raises(Refused) as caught:
        do(at(9, 0, 19), crisis_review.approve, notes, "Dubois")
    assert caught.value.missing == ["What helped", "What hurt", "Root cause (five whys)", "Lessons"]
    task = do(at(9, 0, 19), crisis_review.action, row, "来料全检", query.find("person", "高远"), date(2026, 4, 1))
    with clock.frozen(at(10, 0, 19)):
        found = crisis_review.review(desk, row)
    assert [one.id for one in found.actions] == [task.id]
    assert [entry.happened_at for entry in found.timeline] == sorted(entry.happened_at for entry in found.timeline)
    assert (found.times.first, len(found.statements), len(found.stakeholders)) == (104, 1, 10)
    versions = [do(at(9, 0, 19), crisis_review.bump_plan, change, crisis=row).version_no for change in ("一", "二")]
    assert versions == [1, 2]
    assert do(at(9, 0, 21), crisis.start).plan_version == 2
    assert journal.verify()[1] == ""


def test_the_answer_follows_the_attribution() -> None:
    assert crisis_review.strategies("victim", False) == ["inform", "adjust", "deny"]
    assert crisis_review.strategies("victim", True) == ["inform", "adjust", "diminish"]
    assert crisis_review.strategies("accidental", True) == crisis_review.strategies("preventable", True)
    assert crisis_review.strategies("", True) == ["inform", "adjust"]


def test_the_lens_finds_what_a_statement_must_not_say(desk: Settings) -> None:
    team()
    row = started()
    document = drafted(
        row,
        body="系顾客使用不当所致。我们承诺尽快解决。我们承担全部责任。涉及 1860 只。【待填:已核实的事实】【待填:对当事人的关切】【待填:已采取的行动】【待填:下次通报】【待填:消费者】",
    )
    rules = {one.rule for one in crisis_lint.findings(document, crisis_statements.facts(row))}
    assert {"speculation", "blame", "promise", "liability", "unverified-number"} <= rules
    do(at(3, 41), crisis.log, row, "涉及1860只", "fact", True)
    do(at(3, 50), crisis.stamp, row, 6)
    document = crisis_statements.working(row).document
    rules = {one.rule for one in crisis_lint.findings(document, crisis_statements.facts(row))}
    assert "liability" not in rules  # counsel has cleared these words
    assert list(lint.loose_promises("body", "我们承诺由客服中心在 24 小时内联系。")) == []
    assert list(lint.blame("body", "我们已联系供应商核查。")) == []
    assert any(one.rule == "length" for one in crisis_lint.findings(_long(document), ()))


def _long(document: Any) -> Any:
    return type(document)("document", {**{name: document[name] for name in document}, "body": "字" * 201})
