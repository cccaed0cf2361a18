"""`export` and `templates` from the command line, as text and as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from prtui import cli, clock, documents, store
from prtui.config import Settings
from prtui.documents import readback
from prtui.documents.gathering import gather
from prtui.store import query
from tests.test_documents_golden import NOW

GUESTS = (
    "名单\n姓名,英文名,称谓,媒体,携伴,语言,接待人\n李伟,Li Wei,先生,第一财经,1,中文,陈立\n"
    "曾敏,Zeng Min,女士,VOGUE,,,\n,Claire Martin,女士,Le Figaro,2,英文,外请主持\n"
)  # fmt: skip
EVENT = (
    "--at", "2026-03-20 19:00", "--place", "西岸 | West Bund", "--reply-by", "2026-03-18", "--programme", "18:00 签到 | Arrival",
    "--programme", "19:00 开场", "--note", "解禁前勿发布 | Under embargo",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def project(local_desk: Settings) -> str:
    """The code of a project, with its owner and a statement in both languages."""
    (local_desk.data / "config.toml").write_text(
        'language = "zh"\nactor = "林岚"\n[brand]\nname = "澜璟"\nlegal_name = "澜璟有限公司"\nname_en = "LANJING"\nlegal_name_en = "Lanjing Ltd"\n'
        'about = "制表"\nabout_en = "Watches"\n[lexicon]\n"曜石表" = "「曜石」腕表"\n',
        encoding="utf-8",
    )
    with store.write("林岚") as work:
        chen = work.add(
            "person", name="陈立", name_en="Chen Li", position="媒体关系经理 Media Relations Manager", phone="138"
        )
        made = work.add("project", name="发布会", name_en="The launch", owner=chen.id)
        work.add(
            "document",
            type="statement",
            title="曜石表的声明",
            body="我们会第一时间说明。",
            body_en="We shall say so.",
            owner=chen.id,
        )
    return str(made.code)


def run(desk: Settings, capsys: pytest.CaptureFixture[str], *typed: str) -> tuple[int, str, str]:
    code = cli.main(["--data", str(desk.data), *typed])
    store.open_desk(desk)
    said = capsys.readouterr()
    return code, said.out, said.err


def listed(folder: Path, text: str = GUESTS) -> str:
    path = folder / "guests.csv"
    path.write_text(text, encoding="gb18030")
    return str(path)


def text(path: Path) -> str:
    return "\n".join(readback.lines(Document(str(path))))


def test_every_guest_of_the_list_is_invited_in_the_guests_language(
    local_desk: Settings, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    typed = (
        "export",
        "invitation",
        project,
        "--guests",
        listed(tmp_path),
        *EVENT,
        "--out",
        str(out),
        "--final",
        "--json",
    )
    code, said, wrong = run(local_desk, capsys, *typed)
    assert (code, wrong) == (0, "")
    paths = [Path(one["path"]) for one in json.loads(said)]
    assert [path.suffix for path in paths] == [".docx"] * 3 + [".ics"] * 2 and len({path.parent for path in paths}) == 1
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in paths)
    chinese, second, english = map(text, paths[:3])
    assert (
        "尊敬的李伟先生：" in chinese
        and "西岸" in chinese
        and "18:00　签到" in chinese
        and "接待人  陈立　媒体关系经理　138" in chinese
    )
    assert "尊敬的曾敏女士：" in second and "可携" not in second and "陈立" in second
    assert (
        "Dear Ms Claire Martin," in english
        and "West Bund" in english
        and "18:00   Arrival" in english
        and "外请主持" in english
    )
    assert "Under embargo" in english and "解禁" not in english
    ics = paths[3].read_text(encoding="utf-8")
    assert "SUMMARY:The launch" in ics and f"UID:{project}@" in ics and "DTSTART:20260320T110000Z" in ics


def test_a_bare_end_is_of_the_evening_that_the_event_begins(
    local_desk: Settings, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ("export", "invitation", project, "--guests", listed(tmp_path, "姓名\n李伟\n"), "--at", "2026-11-27 19:00")
    for until, ends in (
        ("22:00", "20261127T140000Z"),
        ("01:30", "20261127T173000Z"),
        ("2026-11-28 23:00", "20261128T150000Z"),
        ("19：30", "20261127T113000Z"),
    ):
        code, said, wrong = run(local_desk, capsys, *typed, "--until", until, "--json")
        assert code == 0, wrong
        ics = next(Path(one["path"]) for one in json.loads(said) if one["path"].endswith(".ics"))
        assert f"DTEND:{ends}" in ics.read_text(encoding="utf-8"), until


def test_an_event_that_ends_before_it_begins_is_refused(
    local_desk: Settings, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ("export", "invitation", project, "--guests", listed(tmp_path))
    for given, told in (
        (("--at", "2026-11-27 19:00", "--until", "2026-11-27 18:00"), "2026-11-27 18:00"),
        (("--at", "2026-11-27 19:00", "--until", "19:00"), "2026-11-27 19:00"),
        (("--until", "22:00"), "--at"),
        (("--at", "2026-11-27 19:00", "--reply-by", "2026-11-28"), "2026-11-28"),
    ):
        code, said, wrong = run(local_desk, capsys, *typed, *given)
        assert code == 1 and said == "" and told in wrong, given
    assert not (local_desk.data / "exports").exists()
    assert run(local_desk, capsys, *typed, "--at", "2026-11-27 19:00", "--reply-by", "2026-11-27")[0] == 0


def test_a_list_that_cannot_be_used_is_refused_as_a_whole(
    local_desk: Settings, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content, told in (
        ("姓名,语言\n李伟,德语\n", "德语"),
        ("姓名,携伴\n李伟,许多\n", "许多"),
        ("姓名,媒体\n,VOGUE\n", "2"),
        ("媒体,电话\nVOGUE,138\n", "姓名"),
        ("姓名,媒体\n", "guests.csv"),
    ):
        code, said, wrong = run(
            local_desk, capsys, "export", "invitation", project, "--guests", listed(tmp_path, content)
        )
        assert code == 1 and said == "" and told in wrong, content
    assert not (local_desk.data / "exports").exists()


def test_facts_of_an_event_are_for_invitations_only(
    local_desk: Settings, project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _said, wrong = run(local_desk, capsys, "export", "clip-book", project, "--at", "2026-03-20 19:00")
    assert code == 1 and "--at" in wrong
    code, _said, wrong = run(local_desk, capsys, "export", "statement", project)
    assert code == 1 and project in wrong
    code, _said, wrong = run(local_desk, capsys, "export", "statment", project)
    assert code == 1 and "statement" in wrong


def test_an_export_says_what_is_open_and_what_to_look_at(
    local_desk: Settings, project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, wrong = run(local_desk, capsys, "export", "statement", "DOC-2026-001", "--drill")
    assert code == 0 and "第一时间" in wrong and "[曜石表]" in wrong and "「曜石」腕表" in wrong
    path = Path(said.strip())
    heads = Document(str(path)).sections[0]
    assert all("演练" in head._element.xml for head in (heads.first_page_header, heads.header))
    code, said, _wrong = run(local_desk, capsys, "export", "statement", "DOC-2026-001", "--json", "--lang", "en")
    [one] = json.loads(said)
    assert code == 0 and one["code"] == "DOC-2026-001" and "title" in one["unfilled"] and one["findings"] == []
    code, said, wrong = run(local_desk, capsys, "export", "statement", "DOC-2026-001", "--final")
    assert code == 1 and said == "" and "待填" in wrong
    before = sorted((local_desk.data / "exports").iterdir())
    code, said, _wrong = run(local_desk, capsys, "export", "statement", "DOC-2026-001", "--preview")
    assert code == 0 and "我们会第一时间说明。" in said and sorted((local_desk.data / "exports").iterdir()) == before


def test_templates_are_copied_checked_and_put_back(
    local_desk: Settings, project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, _wrong = run(local_desk, capsys, "templates", "--json")
    assert code == 0 and {(one["own"], one["problem"]) for one in json.loads(said)} == {(False, None)}
    code, said, _wrong = run(local_desk, capsys, "templates", "copy", "statement.zh")
    own = Path(said.strip())
    assert code == 0 and own.parent == local_desk.data / "templates"
    assert run(local_desk, capsys, "templates", "copy", "statement.zh")[0] == 1
    own.write_bytes(b"not a document")
    code, said, _wrong = run(local_desk, capsys, "templates", "check")
    assert code == 1 and [line for line in said.splitlines() if "statement.zh.docx" in line]
    assert run(local_desk, capsys, "templates", "check", "statement.en")[0] == 0
    code, said, wrong = run(local_desk, capsys, "export", "statement", "DOC-2026-001")
    assert code == 1 and "statement.zh.docx" in wrong and "templates restore statement.zh" in wrong
    code, _said, _wrong = run(local_desk, capsys, "export", "statement", "DOC-2026-001", "--only-shipped")
    assert code == 0
    code, said, _wrong = run(local_desk, capsys, "templates", "restore", "statement.zh")
    assert code == 0 and "old-1" in said and not own.exists()
    code, said, _wrong = run(local_desk, capsys, "templates", "restore", "statement.zh", "--json")
    assert json.loads(said) == [{"template": "statement.zh", "path": None}]


def test_a_template_of_no_name_or_an_unknown_one_names_the_nearest(
    local_desk: Settings, project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _said, wrong = run(local_desk, capsys, "templates", "copy", "statment.zh")
    assert code == 1 and "statement.zh" in wrong
    assert run(local_desk, capsys, "templates", "restore")[0] == 1
    folder = local_desk.data / "templates"
    folder.mkdir()
    (folder / "minuts.zh.docx").write_bytes(b"")
    (folder / "minutes.zh.old-1.docx").write_bytes(b"")
    code, _said, wrong = run(local_desk, capsys, "templates")
    assert code == 0 and "minuts.zh.docx" in wrong and "minutes.zh.docx" in wrong and "old-1" not in wrong


def test_the_texts_of_a_drill_are_marked_and_numbers_are_checked_against_its_log(
    local_desk: Settings, project: str
) -> None:
    from prtui.documents.gathering import gather

    with store.write("林岚") as work:
        drill = work.add("crisis", title="演练：表扣", drill=True, level="II", state="responding")
        told = query.rows("document", {"type": "statement"})[0]
        work.add("crisisstatement", crisis=drill.id, document=told.id, purpose="holding")
        happened = clock.Moment(NOW, "Asia/Shanghai")
        for words, verified, corrects in (("停售240枚", True, ""), ("停售24枚", True, ""), ("伤者3人", False, "")):
            work.add(
                "logentry",
                crisis=drill.id,
                type="fact",
                text=words,
                verified=verified,
                happened_at=happened,
                corrects=corrects,
            )
        wrong = query.rows("logentry", {"text": "停售24枚"})[0]
        work.add("logentry", crisis=drill.id, type="decision", text="改正", happened_at=happened, corrects=wrong.code)
    given = gather(told, local_desk, "zh")
    assert given.drill and given.facts == ("停售240枚",)
    other = query.rows("project")[0]
    assert not gather(other, local_desk, "zh").drill and gather(other, local_desk, "zh").facts is None


def test_a_text_bears_the_day_of_its_record(local_desk: Settings) -> None:
    for kind in ("release", "minutes"):
        with store.write("林岚") as work:
            row = work.add("document", type=kind, title="甲", body="乙。", dated_on=date(2026, 2, 5))
        made = documents.export(kind, row, gather(row, local_desk, "zh"), "zh")
        assert made.path.name.startswith("2026-02-05_")
        assert "2026年2月5日" in "\n".join(readback.lines(Document(str(made.path))))
