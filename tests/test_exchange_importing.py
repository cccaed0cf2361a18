"""A folder of mixed files: what is new, what is there already, what cannot be read; nothing hangs and nothing is lost."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from prtui import clock
from prtui.config import Settings
from prtui.exchange import files, storing
from prtui.exchange.found import Unreadable, shown
from prtui.exchange.importing import Planned, plan, values
from prtui.exchange.reading import SUFFIXES, read
from prtui.store import query
from tests.files import make
from tests.files.make import paragraph as p

ZONE = "Asia/Shanghai"
BODY = ["澜璟发布曜石腕表", "澜璟今日在上海发布曜石，售价两万元。", "2026年3月16日"]


def nothing(_fingerprint: str) -> str | None:
    return None


def actions(planned: list[Planned]) -> dict[str, str]:
    return {item.path.name: item.action for item in planned}


def test_the_same_text_in_four_formats_and_encodings_is_imported_once(tmp_path: Path) -> None:
    (tmp_path / "1.docx").write_bytes(make.docx("".join(map(p, BODY))))
    (tmp_path / "2.txt").write_bytes("\r\n".join(BODY).encode("gb18030"))
    (tmp_path / "3.md").write_text("# " + "\n\n".join(BODY), encoding="utf-8")
    (tmp_path / "4.pdf").write_bytes(make.pdf("\n".join(BODY)))
    (tmp_path / "5.txt").write_text("另一篇", encoding="utf-16")
    planned = plan([tmp_path], nothing, ZONE)
    assert [item.action for item in planned] == ["new", "duplicate", "duplicate", "duplicate", "new"]
    assert {item.of for item in planned[1:4]} == {str(tmp_path / "1.docx")}


def test_what_is_stored_already_is_recognised_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(BODY), encoding="utf-8")
    mark = read(tmp_path / "a.txt", zone=ZONE).fingerprint
    (item,) = plan([tmp_path], {mark: "DOC-2026-001"}.get, ZONE)
    assert (item.action, item.of) == ("duplicate", "DOC-2026-001")


def test_bad_files_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("好的", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    others: list[Path] = []
    planned = plan([tmp_path, tmp_path / "gone.txt"], nothing, ZONE, others=others)
    assert actions(planned) == {
        "a.txt": "new",
        "empty.txt": "unreadable",
        "old.doc": "unreadable",
        "gone.txt": "unreadable",
    }
    assert all(item.problem.startswith(item.path.name) for item in planned if item.action == "unreadable")
    assert [path.name for path in others] == ["picture.jpg"]


def test_progress_is_told_before_each_file_and_may_stop_it(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, path: Path) -> None:
        told.append((done, total, path.name))
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan([tmp_path], nothing, ZONE, progress)
    assert told == [(0, 3, "a.txt"), (1, 3, "b.txt")]


def test_a_clipping_becomes_coverage_and_the_rest_documents(tmp_path: Path) -> None:
    (tmp_path / "2026-03-12_财经日报_标题.txt").write_text("记者 李文清\n正文。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("新闻稿\n澜璟发布曜石\n2026年3月16日", encoding="utf-8")
    clipping, release = (item.reading for item in plan([tmp_path], nothing, ZONE))
    assert clipping is not None and release is not None
    kind, fields = values(clipping)
    assert kind == "coverage"
    assert fields["outlet"] == "财经日报" and fields["author"] == "李文清"
    moment = fields["published_at"]
    assert isinstance(moment, clock.Moment) and (str(moment), moment.zone) == ("2026-03-12 00:00", ZONE)
    kind, fields = values(release)
    assert kind == "document"
    assert (fields["type"], fields["dated_on"], fields["confidentiality"]) == ("release", date(2026, 3, 16), "internal")
    assert fields["source"] == "b.txt" and fields["fingerprint"] == release.fingerprint


# Folders


def walked(*paths: Path) -> list[str]:
    return [path.name for path in files.walk(paths, SUFFIXES)]


def test_folders_are_walked_in_order_without_hidden_lock_and_linked_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "~$a.docx", "sub/c.pdf", "x.txt/d.html", "__MACOSX/e.txt", "data.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert walked(tmp_path, tmp_path / "b.txt") == ["a.md", "again.txt", "c.pdf", "d.html"]
    assert walked(tmp_path / "data.csv") == ["data.csv"]


def test_a_folder_that_cannot_be_opened_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "z.txt").write_text("z", encoding="utf-8")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    planned = plan([tmp_path], nothing, ZONE)
    assert actions(planned) == {"z.txt": "new", "shut": "unreadable"}


def test_only_regular_files_are_opened_and_nothing_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), tmp_path / "folder.txt"):
        with pytest.raises(Unreadable):
            read(path, zone=ZONE)
    assert walked(tmp_path) == []


def test_a_file_that_vanishes_or_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    (item,) = plan([path], nothing, ZONE, lambda *_told: path.unlink())
    assert item.action == "unreadable" and "no such file" in item.problem
    path.write_text("x", encoding="utf-8")

    def refuse(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    (item,) = plan([path], nothing, ZONE)
    assert "may not be read" in item.problem


def test_hostile_and_chinese_names_are_drawn_safely(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31m\u202eb.txt"
    path.write_text("正文", encoding="utf-8")
    assert read(path, zone=ZONE).source == "a [31mb.txt"
    assert shown(Path(os.fsdecode("曜石通稿终版.txt".encode("gbk")))) == "曜石通稿终版.txt"


def test_a_fingerprint_knows_the_text_and_not_its_dress() -> None:
    same = {files.fingerprint(text) for text in ("曜石 ＡＢ，c\n", "曜石\nab, C", "# 曜石　AB C")}
    assert len(same) == 1
    assert files.fingerprint("题目\n正文", "题目") == files.fingerprint("正文", "题目")
    assert files.fingerprint("题目", "题目") != files.fingerprint("正文", "题目")
    assert files.fingerprint("✓") != files.fingerprint("✗")


# Without a day

PAGE = '<html><head><meta property="og:site_name" content="时计志"><title>旧唱机</title></head><body><p>一台旧唱机，只在下午开。</p></body></html>'


def test_a_clipping_without_a_day_stays_coverage_and_asks_for_one(tmp_path: Path) -> None:
    (tmp_path / "【浦江新闻】旧门店往事.txt").write_text("旧门店往事\n正文。", encoding="utf-8")
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "c.txt").write_text("来源：浦江新闻\n读后感。", encoding="utf-8")
    planned = plan([tmp_path], nothing, ZONE)
    assert [item.action for item in planned] == ["unreadable"] * 3
    outlets = {
        item.path.name: outlet for item in planned for outlet in ("浦江新闻", "时计志") if outlet in item.problem
    }
    assert outlets == {"【浦江新闻】旧门店往事.txt": "浦江新闻", "b.html": "时计志", "c.txt": "浦江新闻"}
    assert all("--date" in item.problem for item in planned)
    dated = plan([tmp_path], nothing, ZONE, on=date(2026, 3, 12))
    assert [item.action for item in dated] == ["new"] * 3
    for item in dated:
        assert item.reading is not None
        kind, fields = values(item.reading)
        assert (kind, str(fields["published_at"])) == ("coverage", "2026-03-12 00:00")


def test_a_note_without_a_day_gets_none(local_desk: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("随手记\n下周去看场地", encoding="utf-8")
    (tmp_path / "b.txt").write_text("来源：王敏\n听说的事", encoding="utf-8")
    done = storing.bring_in(local_desk, plan([tmp_path], nothing, ZONE))
    rows = [query.by_code(code) for code in done.codes]
    assert [(row.type, row.dated_on) for row in rows if row] == [("note", None), ("note", None)]
    done = storing.bring_in(local_desk, plan([tmp_path], nothing, ZONE, on=date(2026, 3, 12)))
    assert {row.dated_on for row in map(query.by_code, done.codes) if row} == {date(2026, 3, 12)}


def test_a_link_out_of_the_folder_is_left_out_and_told(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text("机密", encoding="utf-8")
    (folder / "a.txt").write_text("正文", encoding="utf-8")
    (folder / "b.txt").symlink_to(outside / "secret.txt")
    (folder / "c").symlink_to(outside)
    (folder / "d.txt").symlink_to("../folder/a.txt")
    planned = plan([folder], nothing, ZONE)
    assert actions(planned) == {"a.txt": "new", "b.txt": "unreadable", "c": "unreadable"}
    assert all("leads out" in item.problem for item in planned if item.action == "unreadable")
    assert actions(plan([folder / "b.txt"], nothing, ZONE)) == {"b.txt": "new"}  # named by her, it is meant
