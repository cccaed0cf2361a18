"""The desk without a screen: every command, as text and as JSON, with hostile words and closed doors."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prtui import cli, headless, i18n, store
from prtui.config import Settings
from prtui.desk import records
from prtui.grammar import grammar
from prtui.store import query

Told = tuple[int, str, str]
Run = Callable[..., Told]
YEAR = re.compile(r"\b20\d\d-")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("list", "task")` → (exit code, stdout, stderr) on a desk of its own."""

    def act(*arguments: str, data: Path = tmp_path / "desk", actor: str = "林岚") -> Told:
        capsys.readouterr()
        try:
            code = cli.main(["--data", str(data), "--as", actor, *arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            i18n.use("en")
        out, err = capsys.readouterr()
        return code, out, err

    return act


@pytest.fixture
def json_of(run: Run) -> Callable[..., list[dict[str, Any]]]:
    def act(*arguments: str) -> list[dict[str, Any]]:
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        found = json.loads(out)
        assert isinstance(found, list)
        return found

    return act


@pytest.fixture
def codes(run: Run) -> dict[str, str]:
    """A small desk: kind → code of its one record."""
    made = {}
    for kind, *fields in (
        ("person", "name=王敏", "department=pr"),
        ("project", "name=曜石腕表发布会", "owner=王敏", "type=launch", "due_on=+18d"),
        ("task", "title=确认灯光", "owner=王敏", "project=曜石", "due_on=today", "must=是"),
        ("outlet", "name=财经日报", "tier=A"),
        ("coverage", "title=腕表特写", "outlet=财经", "published_at=yesterday 09:00"),
        ("statement", "title=关于表扣", "body=我们已获悉。"),
    ):
        code, out, err = run("add", kind, *fields)
        assert (code, err) == (0, "")
        made[kind] = out.strip()
    return made


# -- what each command prints ----------------------------------------------------------------------------------------------


def test_lists_are_tables_and_json_is_the_declared_fields(run: Run, codes: dict[str, str], json_of: Any) -> None:
    (task,) = json_of("list", "task")
    assert {
        "title": "确认灯光",
        "owner": codes["person"],
        "project": codes["project"],
        "must": True,
    }.items() <= task.items()
    assert (task["kind"], task["version"], task["code"]) == ("task", 1, codes["task"])
    code, out, _err = run("list", "task")
    head, line = out.splitlines()
    assert (code, head.split()[:3]) == (0, ["Code", "Title", "Owner"])
    assert line.startswith(codes["task"]) and "王敏" in line
    assert json_of("list", "statement")[0]["type"] == "statement"
    assert json_of("list", "release") == []


def test_lists_are_narrowed(run: Run, codes: dict[str, str], json_of: Any) -> None:
    run("add", "task", "title=舞台", "owner=王敏", "status=doing", "due_on=+9d")
    assert [row["title"] for row in json_of("list", "task", "status=待办")] == ["确认灯光"]
    assert [row["title"] for row in json_of("list", "task", "due_on__gt=today", "owner=wangmin")] == ["舞台"]
    assert [row["title"] for row in json_of("list", "task", f"project={codes['project']}")] == ["确认灯光"]
    assert [row["title"] for row in json_of("list", "task", "project=")] == ["舞台"]
    assert [row["title"] for row in json_of("list", "task", "--typed", "wt")] == ["舞台"]
    assert len(json_of("list", "task", "--limit", "1")) == 1
    assert "--limit 0" in run("list", "task", "--limit", "1")[1]
    assert "prtui add release" in run("list", "release")[1]


def test_show_has_everything_one_key_away(run: Run, codes: dict[str, str], json_of: Any) -> None:
    run("link", codes["project"], codes["outlet"], "--role", "首发")
    (shown,) = json_of("show", codes["project"])
    assert {(one["code"], one["kind"]) for one in shown["related"]} == {
        (codes["person"], "person"), (codes["task"], "task"), (codes["outlet"], "outlet"),
    }  # fmt: skip
    _code, out, _err = run("show", codes["project"].lower())
    assert "首发" in out and codes["outlet"] in out and codes["task"] in out
    run("link", codes["outlet"], codes["project"], "--remove")
    assert codes["outlet"] not in run("show", codes["project"])[1]


def test_set_moves_under_the_rules(run: Run, codes: dict[str, str], json_of: Any) -> None:
    assert json_of("set", codes["project"], "stage=策划")[0]["stage"] == "planning"
    code, out, err = run("set", codes["project"], "stage=approval")
    assert (code, out) == (1, "")
    assert "  - an objective" in err.splitlines() and err.startswith("prtui: ")
    assert json_of("set", codes["project"], "stage=on_hold", "--reason", "等待")[0]["stage"] == "on_hold"
    assert json_of("set", codes["task"], "status=完成")[0]["status"] == "done"


def test_warnings_go_to_stderr_and_stop_nothing(run: Run, codes: dict[str, str]) -> None:
    run("add", "task", "title=搭建", "owner=王敏")
    run("set", codes["task"], f"depends_on={codes['task'].replace('001', '002')}")
    code, out, err = run("set", codes["task"], "status=done")
    assert (code, out.split()[0]) == (0, codes["task"])
    assert err.startswith("prtui: warning: ") and "搭建" in err


def test_approvals_are_bound_to_the_words(run: Run, codes: dict[str, str], json_of: Any) -> None:
    for _ in range(2):
        run("set", codes["statement"], "status=review")
        run("set", codes["statement"], "status=legal")
    assert run("set", codes["statement"], "status=approved")[0] == 1
    for step, who in (("legal", "周衡"), ("management", "周总")):
        (given,) = json_of("approve", codes["statement"], "--step", step, "--by", who, "--channel", "电话")
        assert len(given["sha"]) == 64
    assert json_of("set", codes["statement"], "status=approved")[0]["status"] == "approved"
    code, out, err = run("set", codes["statement"], "body=我们深表歉意。", "--json")
    assert (code, json.loads(out)[0]["status"]) == (0, "review") and "2 approvals are void" in err
    assert "stage Approval" in run("approve", codes["project"], "--by", "周总")[2]
    assert json_of("approve", codes["project"], "--step", "report", "--by", "周总")[0]["step"] == "report"
    assert run("approve", codes["task"], "--by", "周总")[0] == 1


def test_undo_and_history(run: Run, codes: dict[str, str], json_of: Any) -> None:
    run("set", codes["task"], "title=确认音响")
    run("set", codes["task"], "title=确认舞台", "--reason", "换场地")
    assert json_of("undo")[0]["title"] == "确认音响"
    assert run("undo", actor="王敏")[0] == 1  # nothing of his
    assert run("undo")[1].strip() == f"Undone: {codes['task']}"
    changes = json_of("history", codes["task"])
    assert [one["action"] for one in changes] == ["undo", "undo", "edit", "edit", "create"]
    assert changes[2]["was"] == {"title": "确认音响"} and changes[2]["reason"] == "换场地"
    assert all(one["actor"] == "林岚" and one["at"].endswith("Z") for one in changes)
    assert len(json_of("history", "--limit", "3")) == 3
    line = run("history", codes["task"])[1].splitlines()[2]
    assert "title" in line and "“换场地”" in line


def test_a_removed_record_keeps_its_history(run: Run, codes: dict[str, str], json_of: Any) -> None:
    code, _out, err = run("remove", codes["person"])
    assert code == 1 and codes["task"] in err
    json_of("remove", codes["task"], "--reason", "doppelt")
    assert json_of("list", "task") == []
    assert json_of("history", codes["task"])[0]["action"] == "remove"
    assert run("show", codes["task"])[0] == 1
    run("undo")
    assert len(json_of("list", "task")) == 1


def test_a_released_text_is_withdrawn_and_not_removed(run: Run, codes: dict[str, str], json_of: Any) -> None:
    for step, who in (("legal", "周衡"), ("management", "周总")):
        run("approve", codes["statement"], "--step", step, "--by", who)
    for status in ("review", "legal", "approved", "released"):
        assert run("set", codes["statement"], f"status={status}")[0] == 0
    code, _out, err = run("remove", codes["statement"])
    assert code == 1 and "stays" in err and "withdrawn" in err
    json_of("set", codes["statement"], "status=corrected", "--reason", "数字有误")
    assert run("remove", codes["statement"])[0] == 1
    json_of("set", codes["statement"], "status=withdrawn", "--reason", "事实有误")
    draft = run("add", "statement", "title=草稿")[1].strip()
    assert run("remove", draft)[0] == 0


def test_quick_add_board_and_due(run: Run, codes: dict[str, str], json_of: Any) -> None:
    code, out, _err = run("add", "任务 彩排 @王敏 明天 PRJ-1")
    assert code == 0 and out.startswith("TSK-")
    (card,) = json_of("board")
    assert (card["tasks"], card["tasks_done"], card["days_left"], card["next_task"]) == (2, 0, 18, codes["task"])
    _code, out, _err = run("board")
    assert "Idea 1" in out and "D-18" in out and "Executing 0/3" in out
    assert json_of("board", "--owner", "王敏") == [card]
    found = {one["title"]: one["section"] for one in json_of("due")}
    assert found == {"确认灯光": "today", "彩排": "tomorrow"}
    assert run("due")[1].splitlines()[0] == "Today"


def test_search_finds_and_reindex_counts(run: Run, codes: dict[str, str], json_of: Any) -> None:
    assert [hit["code"] for hit in json_of("search", "表扣")] == [codes["statement"]]
    assert codes["coverage"] in run("search", "特写")[1]
    assert json_of("reindex")[0]["records"] == len(codes)


def test_a_backup_is_hers_and_readable(run: Run, codes: dict[str, str], json_of: Any, tmp_path: Path) -> None:
    (made,) = json_of("backup")
    path = Path(made["path"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and path.stat().st_size == made["bytes"]
    with zipfile.ZipFile(path) as archive:
        rows = [json.loads(line) for line in archive.read("task.jsonl").decode().splitlines()]
        assert {"prtui.db", "journal.jsonl"} <= set(archive.namelist())
    assert [row["title"] for row in rows] == ["确认灯光"]
    target = tmp_path / "desk.zip"
    assert run("backup", str(target))[:2] == (0, f"{target}\n")
    code, _out, err = run("backup", str(target))
    assert code == 1 and "there already" in err


def test_doctor_says_well_and_fails_on_a_fault(run: Run, codes: dict[str, str], json_of: Any, tmp_path: Path) -> None:
    assert {one["state"] for one in json_of("doctor")} <= {"ok", "warning"}
    store.open_desk(Settings(data=tmp_path / "desk", actor="林岚"))
    store.journal.Change.update(actor="Mallory").where(store.journal.Change.seq == 2).execute()
    store.close()
    code, out, _err = run("doctor")
    assert code == 2 and "the chain breaks at change 2" in out


# -- mistakes and hostile words ----------------------------------------------------------------------------------------------

HOSTILE = [
    "[/]",
    "[@click=app.quit]x[/]",
    "\x1b[2J\x1b]0;x\x07",
    "a\udcff\udc80b",
    "\u202eevil",
    "x\r\ny",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_values_are_stored_clean_and_shown_safe(
    run: Run, codes: dict[str, str], hostile: str, json_of: Any
) -> None:
    code, out, err = run("add", "task", f"title={hostile}!", "owner=王敏", f"note={hostile}", actor=f"lan{hostile}")
    assert (code, err) == (0, "")
    for shown in (run("list", "task"), run("show", out.strip()), run("history", out.strip()), run("due"), run("board")):
        assert shown[0] == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", shown[1] + shown[2])
    (row,) = [one for one in json_of("list", "task") if one["code"] == out.strip()]
    assert row["title"].endswith("!")


COMMANDS = [
    ("list", "{}"),
    ("list", "task", "{}"),
    ("list", "task", "{}=1"),
    ("list", "task", "due_on={}"),
    ("list", "task", "owner={}"),
    ("list", "task", "due_on__{}=today"),
    ("show", "{}"),
    ("add", "{}"),
    ("add", "task", "{}=x"),
    ("add", "task", "title=x", "owner={}"),
    ("set", "TSK-1", "must={}"),
    ("approve", "{}", "--by", "x"),
    ("history", "{}"),
    ("link", "{}", "{}"),
    ("list", "task", "--limit", "{}"),
    ("due", "--days", "{}"),
    ("{}",),
    ("--lang", "{}", "list", "task"),
]


@pytest.mark.parametrize("hostile", [*HOSTILE, "x" * 10_000])
def test_hostile_arguments_are_answered_in_a_short_line(run: Run, codes: dict[str, str], hostile: str) -> None:
    for command in COMMANDS:
        code, out, err = run(*(word.format(hostile) for word in command))
        assert (code, out) == (1, ""), command
        assert err.startswith("prtui: ") and err.count("\n") == 1 and len(err) < 900, command
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", err), command


@pytest.mark.parametrize("hostile", [*HOSTILE, "x" * 10_000])
def test_hostile_searches_find_nothing_and_break_nothing(run: Run, codes: dict[str, str], hostile: str) -> None:
    for command in (("list", "task", f"title={hostile}"), ("list", "task", "--typed", hostile)):
        code, out, err = run(*command)
        assert (code, err) == (0, "") or (code, out) == (1, "")


MISTAKES = [
    (("lst",), "did you mean “list”"),
    (("list", "tsk"), "task"),
    (("list", "task", "ownr=x"), "did you mean owner"),
    (("set", "TSK-1", "ownr=王敏"), "did you mean owner"),
    (("set", "TSK-1", "due_on=31/31"), "2026-03-20"),
    (("set", "TSK-1", "status=gone"), "todo, doing"),
    (("set", "TSK-1", "title"), "FIELD=VALUE"),
    (("set", "TSK-1", "title="), "title: is required"),
    (("set", "TSK-1", "code=TSK-9"), "code"),
    (("set", "TSK-1", "done_at=today"), "done_at"),
    (("add", "task"), "title: is required"),
    (("show", "TSK-1999-001"), "PRJ-2026-003"),
    (("import", "/no/such/file"), "/no/such/file"),
    (("backup", "/no/such/folder/x.zip"), "/no/such/folder"),
    (("undo", "more"), "unrecognized"),
    (("approve", "TSK-1"), "--by"),
    (("list", "task", "--limit", "-1"), "from 0 to"),
    (("due", "--days", "99999999999999999999"), "from 0 to"),
]


def test_mistakes_say_what_to_do_on_stderr_with_exit_1(run: Run, codes: dict[str, str]) -> None:
    for command, said in MISTAKES:
        code, out, err = run(*command)
        assert (code, out) == (1, ""), command
        assert said in err and err.count("\n") == 1, command


def test_errors_speak_her_language(run: Run, tmp_path: Path) -> None:
    assert "发布会" not in run("--lang", "zh", "list", "tsk")[2]
    assert re.search("[\u4e00-\u9fff]", run("--lang", "zh", "list", "tsk")[2])


def test_the_folder_that_cannot_be_is_exit_2(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for data in (file, file / "below", Path("~no-such-user/desk")):
        code, out, err = run("list", "task", data=data)
        assert (code, out) == (2, "") and err.startswith("prtui: ") and err.count("\n") == 1
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "config.toml").write_text("colour = 1", encoding="utf-8")
    code, _out, err = run("list", "task", data=tmp_path / "wrong")
    assert code == 2 and "colour" in err


def test_the_password_of_the_database_is_never_printed(
    run: Run, tmp_path: Path, postgres_address: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg")
    data = tmp_path / "desk"
    data.mkdir()
    addresses = [
        "postgresql://lan:geheim@127.0.0.1:1/desk",
        "mysql://lan:geheim@host/x",
        "postgresql://lan:geheim@host:x/y",
    ]
    if postgres_address:
        addresses.append(postgres_address.replace("prtui@", "prtui:geheim@"))
    for address in addresses:
        (data / "config.toml").write_text(f'database = "{address}"\n', encoding="utf-8")
        for command in (("doctor",), ("list", "task"), ("backup",), ("history",)):
            code, out, err = run(*command)
            assert "geheim" not in out + err
            assert code == (0 if address == addresses[3:] else code) and code in (0, 2)
    assert "geheim" not in caplog.text
    kept = [path.read_bytes() for path in data.rglob("*") if path.is_file() and path.name != "config.toml"]
    assert not any(b"geheim" in one for one in kept)


# -- as a program ------------------------------------------------------------------------------------------------------------


def program(tmp_path: Path, *arguments: str | bytes, **changes: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PRTUI_DATA": str(tmp_path / "desk"), "PRTUI_AS": "林岚", **changes}
    return subprocess.run(
        [sys.executable, "-m", "prtui", *arguments],
        capture_output=True, env=environment, stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [(), ("run",)])
def test_screens_without_a_terminal_are_exit_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = program(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"prtui: ") and done.stderr.count(b"\n") == 1


def test_any_locale_and_any_bytes(tmp_path: Path) -> None:
    poor = {"LANG": "C", "LC_ALL": "C"}
    done = program(tmp_path, "add", "person", b"name=\xe7\x8e\x8b\xff\xfe", **poor)
    assert (done.returncode, done.stderr) == (0, b"")
    done = program(tmp_path, "list", "person", "--json", **poor, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    (row,) = json.loads(done.stdout)
    assert row["name"].startswith("王") and "\ufffd" in row["name"]
    done = program(tmp_path, "list", "person", **poor, PYTHONIOENCODING="gbk:strict")
    assert done.returncode == 0 and "王".encode("gbk") in done.stdout


def test_a_reader_that_leaves_and_a_full_disk_behind_the_pipe(tmp_path: Path) -> None:
    program(tmp_path, "add", "person", "name=王敏")
    command = f"{sys.executable} -m prtui list person"
    environment = {**os.environ, "PRTUI_DATA": str(tmp_path / "desk")}
    for shell, code in ((f"({command}; echo $? >&2) | true", b"0"), (f"{command} > /dev/full; echo $? >&2", b"2")):
        done = subprocess.run(["sh", "-c", shell], capture_output=True, env=environment, timeout=60, check=False)
        *said, last = done.stderr.splitlines()
        assert last == code
        assert all(line.startswith(b"prtui: ") for line in said) and len(said) == (code == b"2")


def test_a_sample_desk_to_keep_is_private_and_removed_by_its_name_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    assert run("demo", "--into", str(folder))[0] == 0
    others = stat.S_IRWXG | stat.S_IRWXO
    made = list(folder.rglob("*"))
    assert any(path.suffix == ".txt" for path in made) and not [path for path in made if path.stat().st_mode & others]
    assert run("demo", "--into", str(folder))[0] == 1
    assert run("demo", "--remove", str(tmp_path))[0] == 1
    assert run("demo", "--remove", str(folder))[0] == 0 and not folder.exists()


def test_what_may_be_left_out_is_not_asked_for(run: Run) -> None:
    code, _out, err = run("list")
    assert code == 1 and "KIND" in err and "FIELD" not in err


# -- what people type --------------------------------------------------------------------------------------------------------


def test_a_field_may_be_named_without_its_ending(run: Run, codes: dict[str, str], json_of: Any) -> None:
    fields = ("title=灯光", "due=2026-12-20", "owner=王敏", f"project={codes['project']}")
    (made,) = json_of("add", "task", *fields)
    assert (made["due_on"], made["owner"]) == ("2026-12-20", codes["person"])
    assert json_of("set", made["code"], "due=2026-12-21")[0]["due_on"] == "2026-12-21"
    assert [row["title"] for row in json_of("list", "task", "due__gt=2026-12-20")] == ["灯光"]
    assert json_of("list", "task", "due=2026-12-21")[0]["code"] == made["code"]
    assert json_of("set", codes["coverage"], "published=2026-03-01 10:00")[0]["published_at"].startswith("2026-03-01")
    for wrong, said in (("owne=x", "did you mean owner"), ("held=x", "there is no such field"), ("done=x", "no such")):
        assert said in run("set", made["code"], wrong)[2]
    assert "twice" in run("set", made["code"], "due=today", "due_on=tomorrow")[2]


@pytest.mark.parametrize("minus", ["-", "－"])
def test_a_search_is_typed_as_on_screen(run: Run, codes: dict[str, str], json_of: Any, minus: str) -> None:
    run("add", "coverage", "title=质量问题 召回", "outlet=财经", "published_at=yesterday 09:00")
    run("add", "coverage", "title=质量问题 追踪", "outlet=财经", "published_at=yesterday 10:00")
    wanted = ("质量问题", f"{minus}召回", "类:报道")
    assert [hit["title"] for hit in json_of("search", *wanted)] == ["质量问题 追踪"]
    assert [hit["title"] for hit in json_of("search", wanted[0], "--limit", "1", *wanted[1:])] == ["质量问题 追踪"]
    assert len(json.loads(run("search", "--json", "--limit=5", "质量问题")[1])) == 2
    assert len(json.loads(run("search", "质量问题", "--newest", "--json", "追踪")[1])) == 1
    assert [hit["title"] for hit in json_of("search", f"{minus}召回", "质量问题")] == ["质量问题 追踪"]
    code, _out, err = run("search", "质量问题", "--jsn")
    assert code == 1 and "--jsn" in err
    assert run("search")[0] == 1 and run("search", "质量", "--limit")[0] == 1
    assert "--limit" in run("search", "-h")[1]


def test_two_commands_at_once_both_count(
    run: Run, codes: dict[str, str], json_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform, coming = store.perform, [{"title": "先到"}, {"must": False}, {"status": "doing"}]

    def overtaken(actor: str, act: Any, row: Any, *rest: Any, **more: Any) -> Any:
        if coming:
            perform("王敏", records.change, query.get(row.kind, row.id), coming.pop(0))
        return perform(actor, act, row, *rest, **more)

    monkeypatch.setattr(store, "perform", overtaken)
    (task,) = json_of("set", codes["task"], "title=后到", "note=补充", "--reason", "改名")
    assert (task["title"], task["note"], task["must"], task["status"]) == ("后到", "补充", False, "doing")
    assert [one["actor"] for one in json_of("history", codes["task"])] == ["林岚", "王敏", "王敏", "王敏", "林岚"]
    coming += [{"stage": "planning"}]
    code, _out, err = run("set", codes["project"], "stage=planning")
    assert (code, err) == (0, "")  # it is there already: the rule is asked of the project as it has become
    coming += [{"note": str(number)} for number in range(20)]
    code, _out, err = run("set", codes["task"], "title=x")
    assert code == 1 and "in the meantime" in err


def test_many_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    program(tmp_path, "add", "person", "name=王敏")
    program(tmp_path, "add", "task", "title=灯光", "owner=王敏")
    environment = {**os.environ, "PRTUI_DATA": str(tmp_path / "desk")}
    fields = ("title=a", "note=b", "must=1", "due=2026-12-20", "status=doing", "tags=c")
    running = [
        subprocess.Popen([sys.executable, "-m", "prtui", "--as", f"p{at}", "set", "TSK-1", field], env=environment)
        for at, field in enumerate(fields)
    ]
    assert [one.wait(60) for one in running] == [0] * len(fields)
    (task,) = json.loads(program(tmp_path, "list", "task", "--json").stdout)
    told = {name: task[name] for name in ("title", "note", "must", "due_on", "status", "tags")}
    assert list(told.values()) == ["a", "b", True, "2026-12-20", "doing", "c"]


def test_a_limit_of_zero_is_no_limit(run: Run, codes: dict[str, str], json_of: Any) -> None:
    for number in range(25):
        run("set", codes["task"], f"note=灯光 {number}")
        run("add", "task", f"title=灯光 {number}", "owner=王敏")
    assert len(json_of("search", "灯光")) == 20 and len(json_of("search", "灯光", "--limit", "0")) == 26
    assert len(json_of("search", "灯光", "--newest", "--limit", "0")) == 26
    assert len(json_of("history")) == 50 and len(json_of("history", "--limit", "0")) == 56
    assert len(json_of("history", codes["task"], "--limit", "0")) == 26


def test_the_grammar_speaks_her_language(run: Run, codes: dict[str, str]) -> None:
    for command in (("list",), ("undo", "more"), ("approve", "TSK-1"), ("search", "x", "--limit"), ("due", "--days=x")):
        code, _out, err = run("--lang", "zh", *command)
        assert code == 1 and not re.search("argument|required|expected|invalid", err), err
        assert re.search("[\u4e00-\u9fff]", err)
    code, out, _err = run("--lang", "zh", "search", "-h")
    assert code == 0 and out.startswith("用法：") and "选项" in out and "show this" not in out
    assert (
        "task 任务" in run("--lang", "zh", "list", "foo")[2] and "Known: complaint, coverage" in run("list", "foo")[2]
    )
    assert "todo 待办" in run("--lang", "zh", "set", "TSK-1", "status=gone")[2]
    assert "required" in run("list")[2] and run("list", "-h")[1].startswith("usage: ")


# -- saved searches and counts ----------------------------------------------------------------------------------------------


def test_a_saved_search_counts_what_is_new_until_it_is_run(run: Run, codes: dict[str, str], json_of: Any) -> None:
    (kept,) = json_of("search", "表扣", "--save", "clasp", "-召回")
    assert (kept["name"], kept["query"], kept["owner"]) == ("clasp", "表扣 -召回", "林岚")
    assert [one["new"] for one in json_of("search", "--saved")] == [0]
    made = run("add", "note", "title=表扣又来了")[1].strip()
    assert run("search", "--saved") == (0, "clasp  1 new  表扣 -召回\n", "")
    assert {hit["code"]: hit["new"] for hit in json_of("search", "--run", "CLASP")} == {
        made: True,
        codes["statement"]: False,
    }
    assert [one["new"] for one in json_of("search", "--saved")] == [0]
    run("add", "note", "title=表扣第三回")
    assert "表扣第三回  new\n" in run("search", "--run", "clasp")[1]
    assert run("search", "--forget", "clasp")[0] == 0 and json_of("search", "--saved") == []
    assert run("undo")[0] == 0 and len(json_of("search", "--saved")) == 1
    assert run("search", "--run", "nothing")[:2] == (1, "") and run("search", actor="王敏")[0] == 1


def test_counts_name_what_narrows_to_them(run: Run, codes: dict[str, str], json_of: Any) -> None:
    counts = json_of("search", "--counts", "腕表")
    assert {
        "by": "outlet",
        "value": "财经日报",
        "label": "财经日报",
        "count": 1,
        "narrows": 'outlet:"财经日报"',
    } in counts
    for one in counts:
        assert len(json_of("search", "腕表", one["narrows"])) == one["count"]
    assert "kind:Coverage" in run("search", "--counts", "腕表")[1]


def test_like_and_duplicates_say_how_much_is_the_same(run: Run, codes: dict[str, str], json_of: Any) -> None:
    story = "body=珠宝腕表品牌将于二十七日晚在外滩发布新表，表盘取自一整块天然黑曜石，厚度只有零点六毫米。"
    run("add", "outlet", "name=浦江新闻")
    one, other = (
        run("add", "coverage", "title=黑曜石", f"outlet={outlet}", "published_at=yesterday 10:00", story)[1].strip()
        for outlet in ("财经", "浦江")
    )
    (hit, *_more) = json_of("search", "--like", one)
    assert (hit["code"], hit["share"], hit["mark"]) == (other, 100, "pickup? 100%")
    (twin,) = json_of("search", "--duplicates", one)
    assert (twin["code"], twin["share"], twin["linked"]) == (other, 100, False)
    assert run("set", other, "original=pickup", f"parent={one}")[0] == 0
    assert f"{other}  pickup 100%" in run("search", "--duplicates", one)[1]
    assert run("search", "--duplicates", codes["task"])[0] == 1 and run("search", "--like", "XYZ-1")[0] == 1
    assert run("search", "--duplicates", codes["coverage"])[1] == "No other clip says the same.\n"


def test_hits_are_written_as_a_list_and_over_nothing(
    run: Run, codes: dict[str, str], json_of: Any, tmp_path: Path
) -> None:
    run("add", "note", "title==1+1 表扣", "body=表扣")
    path = tmp_path / "hits.csv"
    assert json_of("search", "表扣", "--out", str(path)) == [{"path": str(path), "hits": 2, "total": 2}]
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeffCode,Kind,Title,") and "\r\n" in text and ",'=1+1 表扣," in text
    assert f"{codes['statement']},Statement,关于表扣," in text
    before = path.read_bytes()
    code, _out, err = run("search", "表扣", "--out", str(path))
    assert code == 1 and "exists already. Choose another name." in err and path.read_bytes() == before
    assert run("search", "zzzz", "--out", str(tmp_path / "none.csv"))[0] == 1 and not (tmp_path / "none.csv").exists()
    assert run("search", "表扣", "--limit", "1", "--out", str(tmp_path / "one.csv"))[1].startswith("The first 1 of 2 ")


def test_a_part_of_a_record_is_copied_or_printed(run: Run, codes: dict[str, str], json_of: Any, tmp_path: Path) -> None:
    code, out, _err = run("copy", codes["person"], "--print")
    assert code == 0 and "王敏" in out
    assert not (tmp_path / "desk" / "exports").exists()
    (said,) = json_of("copy", codes["person"], "--what", "line")
    assert said["code"] == codes["person"] and said["clipboard"] == "none" and "王敏" in said["text"]
    assert Path(said["path"]).read_text("utf-8") == said["text"] + "\n"
    assert "; this terminal takes no clipboard." in run("copy", codes["person"], "--what", "line")[1]
    code, _out, err = run("copy", codes["person"], "--what", "shoe")
    assert code == 1 and "Known: " in err and "line" in err


def test_every_command_of_the_grammar_is_done_somewhere() -> None:
    typed = {name for action in grammar()._actions if isinstance(action.choices, dict) for name in action.choices}
    assert typed - {"run", "demo"} == headless.COMMANDS.keys()
    assert all(callable(headless.command(name)) for name in headless.COMMANDS)
