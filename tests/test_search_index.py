"""The index follows the journal: applied once or twice, after a kill, beside another process, damaged, of another desk."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from prtui.errors import DiskTrouble, Trouble
from prtui.search.codec import Segment
from prtui.search.engine import Engine
from prtui.search.index import Index, Unusable, open_index
from prtui.search.merging import chosen_to_merge
from prtui.search.query import Results, search
from prtui.search.segment import Damaged, Leaf
from prtui.store.feed import Entry, Fed


class Desk:
    """A source in a SQLite file, so that several processes can share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = sqlite3.connect(path, check_same_thread=False, timeout=30)
        self.base.executescript(
            """CREATE TABLE IF NOT EXISTS record (kind, id, entry, PRIMARY KEY (kind, id));
            CREATE TABLE IF NOT EXISTS change (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind, id);"""
        )
        self.lock = threading.Lock()
        self.name = "desk"

    def put(self, *entries: Entry) -> None:
        with self.lock, self.base:
            for entry in entries:
                self.base.execute(
                    "INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (entry.kind, entry.id, json.dumps(entry.__dict__))
                )
                self.base.execute("INSERT INTO change (kind, id) VALUES (?, ?)", (entry.kind, entry.id))

    def drop(self, kind: str, number: int) -> None:
        with self.lock, self.base:
            self.base.execute("DELETE FROM record WHERE kind = ? AND id = ?", (kind, number))
            self.base.execute("INSERT INTO change (kind, id) VALUES (?, ?)", (kind, number))

    def _rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self.lock:
            return self.base.execute(sql, values).fetchall()

    def desk(self) -> str:
        return self.name

    def head_seq(self) -> int:
        return int(str(self._rows("SELECT coalesce(max(seq), 0) FROM change")[0][0]))

    def feed(self, after: int, limit: int = 500) -> list[Fed]:
        rows = self._rows("SELECT seq, kind, id FROM change WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
        return [Fed(*row) for row in rows]  # type: ignore[arg-type]

    def entries(self, kind: str, ids: Sequence[int]) -> list[Entry]:
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT entry FROM record WHERE kind = ? AND id IN ({marks})", kind, *ids)
        return [Entry(**json.loads(str(row[0]))) for row in rows]

    def every_entry(self, batch: int = 500, newest: bool = False) -> Iterator[list[Entry]]:
        # By kind and id, as the store does it: a record that is saved anew meanwhile comes once.
        last: tuple[object, object] = ("￿", 1 << 60) if newest else ("", 0)
        sign, order = ("<", "DESC") if newest else (">", "ASC")
        sql = f"SELECT kind, id, entry FROM record WHERE (kind, id) {sign} (?, ?) ORDER BY kind {order}, id {order} LIMIT ?"
        while rows := self._rows(sql, *last, batch):
            yield [Entry(**json.loads(str(row[2]))) for row in rows]
            last = rows[-1][0], rows[-1][1]

    def named(self, typed: str) -> Entry | None:
        return None

    def kinds(self) -> dict[str, str]:
        return {"document": "Document", "coverage": "Coverage", "person": "Person"}

    def facet_words(self) -> dict[str, dict[str, str]]:
        return {"type": {"release": "Press release", "statement": "Statement"}, "sentiment": {"negative": "Negative"}}


def entry(number: int, title: str, body: str = "", *, kind: str = "document", on: str = "", **facets: str) -> Entry:
    return Entry(kind, number, f"{kind[:3].upper()}-2026-{number:03}", title, body, on, facets)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk.db")


@pytest.fixture
def index(tmp_path: Path, desk: Desk) -> Index:
    return Index(tmp_path / "index", desk)


def ids(results: Results) -> set[int]:
    return {hit.id for hit in results.hits}


def indexed(index: Index) -> dict[str, tuple[str, str]]:
    """Everything the index holds of live records: key → folded page."""
    view, _stamp = index.view()
    held: dict[str, tuple[str, str]] = {}
    for leaf, gone in zip(view.leaves, view.gone, strict=True):
        for place in set(range(leaf.size)) - gone:
            kind, number = leaf.key(place)
            key = f"{kind}:{number}"
            assert key not in held, f"{key} twice"
            assert leaf.place_of(kind, number) == place
            held[key] = leaf.page(place)
    return held


def expected(desk: Desk) -> dict[str, tuple[str, str]]:
    from prtui.search.matching import Page

    pages = [Page.of(entry) for batch in desk.every_entry() for entry in batch]
    return {f"{page.entry.kind}:{page.entry.id}": (page.title, page.rest) for page in pages}


def test_it_catches_up_and_what_changed_is_found_at_once(desk: Desk, index: Index) -> None:
    desk.put(entry(1, "腕表表扣质量问题调查"), entry(2, "秋季快闪"))
    assert index.catch_up() == 2
    desk.put(entry(2, "秋季快闪延期"), entry(3, "VIP 晚宴"))
    desk.drop("document", 1)
    # Not applied yet, and already true.
    assert ids(search("延期", index=index)) == {2}
    assert ids(search("晚宴", index=index)) == {3}
    assert not search("表扣", index=index).hits
    assert index.catch_up() == 3
    assert index.catch_up() == 0
    assert indexed(index) == expected(desk)
    assert ids(search("延期", index=index)) == {2}


def test_changes_applied_twice_change_nothing(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"记录 {number}") for number in range(1, 30)))
    index.catch_up()
    desk.drop("document", 7)
    changes = desk.feed(0)
    index.view()
    assert index._engine is not None
    for _again in range(3):
        index._apply(index._engine, changes)
    assert indexed(index) == expected(desk)
    assert index.view()[1].seq == desk.head_seq()


def test_many_small_commits_stay_few_segments(desk: Desk, index: Index) -> None:
    chance = random.Random(5)
    desk.put(entry(1, "开始"))
    index.catch_up()
    for _round in range(120):
        number = chance.randrange(1, 40)
        if chance.random() < 0.2:
            desk.drop("document", number)
        else:
            desk.put(entry(number, f"第 {chance.randrange(1000)} 版"))
        index.catch_up()
    assert indexed(index) == expected(desk)
    assert index.status().segments < 24


def test_progress_and_stop(desk: Desk, index: Index) -> None:
    desk.put(entry(1, "开始"))
    index.catch_up()
    desk.put(*(entry(number, f"记录 {number}") for number in range(1, 1101)))
    seen: list[tuple[int, int]] = []
    applied = index.catch_up(lambda done, of: seen.append((done, of)), lambda: len(seen) == 2)
    assert applied == 1000 and seen == [(500, 1100), (1000, 1100)]
    assert index.status().applied == 1001
    assert index.catch_up() == 100


def test_far_behind_it_is_built_anew(desk: Desk, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prtui.search.index._FAR", 5)
    desk.put(entry(1, "开始"))
    index.catch_up()
    before = (index.folder / "current").read_text()
    desk.put(*(entry(number, f"记录 {number}") for number in range(1, 30)))
    assert index.catch_up() == 29
    assert (index.folder / "current").read_text() != before
    assert indexed(index) == expected(desk)


def test_a_stopped_rebuild_leaves_the_old_index_in_force(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"记录 {number}") for number in range(1, 50)))
    index.catch_up()
    before = index.status()
    assert index.rebuild(stop=lambda: True) == 0
    assert index.status() == before
    assert index.rebuild() == 49
    assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1


def test_files_are_hers_alone(desk: Desk, index: Index) -> None:
    os.umask(0o022)
    desk.put(entry(1, "密"))
    index.catch_up()
    desk.put(entry(2, "密"))
    index.catch_up()
    for path in [index.folder, *index.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("how", ["truncated", "garbage", "no segments", "no pointer", "no table of contents"])
def test_damage_is_noticed_answered_from_the_rows_and_repaired(desk: Desk, index: Index, how: str) -> None:
    desk.put(*(entry(number, f"表扣质量问题 {number}") for number in range(1, 40)))
    index.catch_up()
    folder = index.folder / (index.folder / "current").read_text()
    files = [path for path in folder.iterdir() if path.is_file()]
    for path in files:
        if how == "truncated" and path.suffix != ".toc":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif how == "garbage":
            path.write_bytes(os.urandom(path.stat().st_size))
        elif (how == "no segments" and path.suffix != ".toc") or (
            how == "no table of contents" and path.suffix == ".toc"
        ):
            path.unlink()
    if how == "no pointer":
        (index.folder / "current").unlink()
    again = Index(index.folder, desk)
    found = search("质量问题", index=again)
    assert found.total == 39 and found.hint
    assert again.status().state in ("damaged", "missing")
    again.catch_up()
    found = search("质量问题", index=again)
    assert found.total == 39 and not found.hint
    assert again.status().state == "ready"
    assert indexed(again) == expected(desk)


_ASKED = (
    "质量",
    "表扣 质量",
    "记录 12",
    "launch",
    "biaokou",
    "表",
    "类:报道",
    "kind:document 自:2026-02",
    "outlet:财经",
    "DOC-7",
    "不会有",
)


def _said(found: Results) -> tuple[object, ...]:
    return found.total, ids(found), found.counts, {name: dict(few) for name, few in found.spread.items()}


def _damaged_again_and_again(desk: Desk, index: Index, times: int) -> None:
    chance = random.Random(times)
    desk.put(
        *(
            entry(
                number, f"{chance.choice(('表扣', '腕表', '晚宴'))} 记录 {number}",
                "".join(chance.choices("质量问题召回启动核查的一是在不了有和人这", k=60)) + f" launches {chance.random()}",
                kind=chance.choice(("document", "coverage")), on=f"2026-0{chance.randint(1, 6)}-11",
                outlet=chance.choice(("财经日报", "时尚周刊", "")),
            )
            for number in range(1, 260)
        )
    )  # fmt: skip
    index.catch_up()
    desk.put(*(entry(number, f"质量 {number}", kind="document") for number in range(5)))
    desk.drop("document", 7)
    index.catch_up()
    truth = {text: search(text, index=index, limit=300, counts=True, patience=5.0) for text in _ASKED}
    assert all(not found.unusable for found in truth.values())
    whole = {path: path.read_bytes() for path in index.folder.rglob("*") if path.is_file()}
    noticed = 0
    for number in range(times):
        for path in {path.parent for path in whole}:
            path.mkdir(exist_ok=True)
        for path in index.folder.rglob("*"):
            if path.is_file() and path not in whole:
                path.unlink()
        for path, data in whole.items():
            path.write_bytes(data)
        path = chance.choice([one for one in whole if one.name != "lock"])
        data = bytearray(whole[path])
        at = chance.randrange(len(data))
        if number % 2:
            data[at] ^= 1 << chance.randrange(8)
        else:
            at = at // 4096 * 4096
            data[at : at + 4096] = bytes(len(data[at : at + 4096]))
        path.write_bytes(data)
        again = Index(index.folder, desk)
        found = {text: search(text, index=again, limit=300, counts=True, patience=5.0) for text in _ASKED}
        for text in _ASKED:
            assert _said(found[text]) == _said(truth[text]), (text, path.name, at)
            if not found[text].unusable:
                assert found[text].hits == truth[text].hits, (text, path.name, at)
        noticed += any(one.unusable for one in found.values())
        if number % 20 == 0 and any(one.unusable for one in found.values()):
            again.catch_up()
            assert again.status().state == "ready" and indexed(again) == expected(desk)
    assert noticed > times // 2


def test_every_flipped_bit_is_noticed_by_who_reads_all(desk: Desk, index: Index, tmp_path: Path) -> None:
    chance = random.Random(4)
    desk.put(
        *(
            entry(number, f"表扣 {number} launch", "".join(chance.choices("质量问题召回", k=40)))
            for number in range(300)
        )
    )
    index.catch_up()
    desk.put(entry(7, "改"))
    index.catch_up()
    folder = index.folder / (index.folder / "current").read_text()
    for path in folder.iterdir():
        whole = path.read_bytes()
        for at in chance.sample(range(len(whole)), 150):
            data = bytearray(whole)
            data[at] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
            if path.suffix == ".toc":
                with pytest.raises(Unusable):
                    Index(index.folder, desk).view()
                (index.folder / "distrusted").unlink(missing_ok=True)
            else:
                with pytest.raises((Damaged, zlib.error, ValueError)):
                    _read_all(Leaf(path))
        path.write_bytes(whole)
    assert indexed(Index(index.folder, desk)) == expected(desk)


def _read_all(leaf: Leaf) -> None:
    for place in range(leaf.size):
        leaf.page(place)
        leaf.place_of(*leaf.key(place))
    for name in leaf.facets:
        leaf.facet(name)
    assert leaf.day and leaf.length and list(leaf.everything())


def test_no_damaged_block_or_bit_is_believed(desk: Desk, index: Index) -> None:
    _damaged_again_and_again(desk, index, 60)


@pytest.mark.slow
def test_no_damaged_block_or_bit_is_believed_many_times(desk: Desk, index: Index) -> None:
    _damaged_again_and_again(desk, index, 2000)


def _written(index: Index) -> str:
    """Everything in the index's files that can be read, deflated texts too."""
    raw = b"".join(path.read_bytes() for path in index.folder.rglob("*") if path.is_file())
    view, _stamp = index.view()
    terms = [term for leaf in view.leaves for term, _posting in leaf.everything()]
    values = [value for leaf in view.leaves for few in leaf.facets.values() for value in few]
    return raw.decode(errors="replace") + " ".join(terms + values)


def test_removed_text_is_out_of_the_files_when_the_removal_is_applied(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"记录 {number}", "正文" * 20) for number in range(2, 900)))
    desk.put(entry(1, "绝密收购案", "zanzibar 并购对象为曜石", outlet="暗号周刊"))
    index.catch_up()
    assert all(secret in _written(index) for secret in ("绝密收购案", "=zanzibar", "暗号周刊", "juemishougou"))
    desk.drop("document", 1)
    index.catch_up()
    assert not any(secret in _written(index) for secret in ("绝密", "zanzibar", "zan", "暗号周刊", "juemi", "并购"))
    assert indexed(index) == expected(desk)
    assert not index.view()[0].removed


def test_writing_removed_text_out_can_be_stopped_and_is_done_the_next_time(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"记录 {number}", "正文" * 20) for number in range(2, 900)))
    desk.put(entry(1, "绝密收购案", "zanzibar"))
    index.catch_up()
    desk.drop("document", 1)
    asked = iter([False, False, False])  # it is told to stop when the change is applied and the writing has begun
    assert index.catch_up(stop=lambda: next(asked, True)) == 1
    assert "zanzibar" in _written(index) and not search("zanzibar", index=index).hits
    assert indexed(index) == expected(desk)
    index.catch_up()
    assert "zanzibar" not in _written(index) and indexed(index) == expected(desk)


def test_text_edited_away_is_out_of_the_files_a_few_commits_later(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"记录 {number}", "正文" * 20) for number in range(2, 900)))
    desk.put(entry(1, "记录 1", "zanzibar 绝密"))
    index.catch_up()
    desk.put(entry(1, "记录 1", "已更正"))
    index.catch_up()
    for number in range(3):
        desk.put(entry(1000 + number, "别的"))
        index.catch_up()
    assert "zanzibar" not in _written(index) and "绝密" not in _written(index)
    assert indexed(index) == expected(desk)


def test_purging_leaves_nothing_of_any_segment(desk: Desk, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prtui.search.merging._PER_COMMIT", 10)  # nothing is due
    monkeypatch.setattr("prtui.search.merging._MERGED_AT_ONCE", 200)
    for first in range(0, 1200, 300):
        desk.put(*(entry(first + number, f"记录 {number}", "zanzibar 正文") for number in range(1, 301)))
        index.catch_up()
    desk.put(*(entry(first + 1, "记录 1", "更正") for first in range(0, 1200, 300)))
    desk.put(entry(1, "甲", "qwertz"))
    index.catch_up()
    desk.put(entry(1, "甲", "乙"))
    index.catch_up()
    assert "qwertz" in _written(index)
    index.purge()
    assert "qwertz" not in _written(index) and not any(index.view()[0].gone)
    assert indexed(index) == expected(desk)


def test_no_commit_merges_more_than_is_bounded() -> None:
    def segment(size: int, gone: int = 0) -> Segment:
        made = Segment("MAIN")
        made.size, made.postings, made.gone = size, 500 * size, set(range(gone))
        return made

    many = [segment(chance) for chance in (6000, 6100, 6200, 6300, 7000, 900, 950, 960, 990, 30_000, 31_000)]
    chosen = chosen_to_merge(many, [])
    assert chosen and sum(one.size for one in chosen) <= 8192 and sum(one.postings for one in chosen) <= 4_000_000
    assert all(one.size < 30_000 for one in chosen)
    thick = [segment(1000) for _ in range(4)]
    for one in thick:
        one.postings = 1_500_000
    assert len(chosen_to_merge(thick, [])) == 2
    great = [segment(30_000, 1), segment(31_000, 1), segment(50, 1)]
    assert chosen_to_merge(great, great) == great[:1]  # one great one at a commit
    assert chosen_to_merge(great, [], only=True) == []
    assert chosen_to_merge([segment(10) for _ in range(3)], []) == []
    assert len(chosen_to_merge([segment(10) for _ in range(4)], [])) == 4


def test_an_index_of_another_desk_version_or_future_is_not_believed(
    tmp_path: Path, desk: Desk, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(entry(1, "甲"), entry(2, "乙"), entry(3, "丙"))
    index.catch_up()
    other = Desk(tmp_path / "other.db")
    other.name = "other"
    other.put(entry(9, "甲天下"))
    moved = Index(index.folder, other)
    assert moved.status().state == "foreign"
    assert ids(search("甲", index=moved)) == {9}
    moved.catch_up()
    assert indexed(moved) == expected(other)

    index.catch_up()  # and back
    assert indexed(index) == expected(desk)
    restored = Desk(tmp_path / "restored.db")  # a backup: the same desk, fewer changes
    restored.put(entry(1, "甲"))
    old = Index(index.folder, restored)
    assert ids(search("乙", index=old)) == set()
    old.catch_up()
    assert indexed(old) == expected(restored)
    index.catch_up()
    restored.put(entry(5, "戊"), entry(6, "己"))  # as many changes as the index has, but others
    assert old.status().state == "foreign"
    old.catch_up()
    assert indexed(old) == expected(restored)

    monkeypatch.setattr("prtui.search.index.FORMAT", "next")
    assert old.status().state == "foreign"
    assert ids(search("戊", index=old)) == {5}
    old.catch_up()
    assert old.status().state == "ready"


def test_searches_go_on_while_the_index_is_rebuilt(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"表扣质量问题 {number}", "正文" * 40) for number in range(1, 1500)))
    building = threading.Thread(target=index.rebuild)
    building.start()
    totals, hints = set(), set()
    while building.is_alive():
        found = search("质量问题", index=index, limit=5, patience=60.0)  # all of it, on a busy machine, too
        totals.add(found.total)
        hints.add(bool(found.hint))
    building.join()
    found = search("质量问题", index=index)
    assert totals == {1499} and True in hints and found.total == 1499 and not found.hint
    again = threading.Thread(target=index.rebuild)
    again.start()
    while again.is_alive():
        found = search("质量问题", index=index, limit=5)
        assert found.total == 1499 and not found.hint  # the old index answers
    again.join()


def test_only_one_writes(desk: Desk, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put(entry(1, "甲"))
    other = Index(index.folder, desk)
    with index._turn(0) as ours:
        assert ours
        assert other.status().busy
        assert other.catch_up() == 0
        monkeypatch.setattr("prtui.search.index._PATIENCE", 0.1)
        with pytest.raises(Trouble, match="Another prtui"):
            other.rebuild()
    assert not other.status().busy
    assert other.catch_up() == 1


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path, desk: Desk) -> None:
    desk.put(entry(1, "甲"))
    (tmp_path / "file").write_text("")
    index = Index(tmp_path / "file" / "index", desk)
    with pytest.raises(DiskTrouble):
        index.catch_up()
    assert search("甲", index=index).total == 1


_WRITER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from test_search_index import Desk, Index
    index = Index(Path({folder!r}), Desk(Path({base!r})))
    print("ready", flush=True)
    while True:
        {act}
"""


def _writer(desk: Desk, index: Index, act: str) -> subprocess.Popen[str]:
    program = textwrap.dedent(_WRITER).format(
        tests=str(Path(__file__).parent), folder=str(index.folder), base=str(desk.path), act=act
    )
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
    return writer


def _killed_again_and_again(desk: Desk, index: Index, times: int) -> None:
    chance = random.Random(times)
    for number in range(times):
        act = "index.rebuild()" if number % 4 == 3 else "index.catch_up()"
        writer = _writer(desk, index, act)
        until = time.monotonic() + chance.uniform(0.01, 0.25)
        while time.monotonic() < until:
            some = [entry(chance.randrange(60), f"第 {chance.randrange(999)} 版", "正文" * 30) for _ in range(5)]
            desk.put(*some)
            desk.drop("document", chance.randrange(60))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert writer.stdout is not None
        writer.stdout.close()
        # Whatever it left is consistent with the sequence it names, and usable.
        fresh = Index(index.folder, desk)
        query = chance.choice(("版", "正文", "第 1"))
        assert search(query, index=fresh, limit=100).total == sum(
            query.split()[0] in page[0] + page[1] and (query != "第 1" or "1" in page[0] + page[1])
            for page in expected(desk).values()
        )
        if number % 3 == 0:
            fresh.catch_up()
            assert indexed(fresh) == expected(desk)
    index.catch_up()
    assert indexed(index) == expected(desk)


def test_killed_while_writing_nothing_is_lost(desk: Desk, index: Index) -> None:
    desk.put(entry(1, "开始"))
    _killed_again_and_again(desk, index, 5)


@pytest.mark.slow
def test_killed_while_writing_many_times(desk: Desk, index: Index) -> None:
    desk.put(entry(1, "开始"))
    _killed_again_and_again(desk, index, 200)


def test_two_processes_write_in_turns_while_a_third_searches(desk: Desk, index: Index) -> None:
    desk.put(*(entry(number, f"表扣 {number}") for number in range(100, 140)))
    writers = [_writer(desk, index, "index.catch_up()"), _writer(desk, index, "index.rebuild()")]
    try:
        for round_ in range(1, 40):
            desk.put(entry(round_, f"质量问题 {round_}"))
            assert ids(search("质量问题", index=index)) == set(range(1, round_ + 1))
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
            assert writer.stdout is not None
            writer.stdout.close()
    index.catch_up()
    assert indexed(index) == expected(desk)


def test_a_commit_that_vanishes_between_two_looks_is_looked_for_anew(desk: Desk, index: Index) -> None:
    desk.put(entry(1, "表扣"))
    index.catch_up()
    engine = Engine(index.folder / (index.folder / "current").read_text())
    stale = engine._generation()
    desk.put(entry(2, "表扣"))
    index.catch_up()  # the table of contents of before is gone
    seen = iter([stale])
    real = engine._generation
    engine._generation = lambda: next(seen, None) or real()  # type: ignore[method-assign]
    assert engine.view().records == 2 and next(seen, "asked") == "asked"


def _read_beside_merges(desk: Desk, index: Index, opens: int) -> None:
    """New readers and one that stays, while another process commits, merges and builds anew."""
    desk.put(*(entry(number, f"表扣 {number}", "正文" * 30) for number in range(1, 120)))
    index.catch_up()
    writers = [_writer(desk, index, "index.catch_up()"), _writer(desk, index, "index.rebuild(); index.purge()")]
    try:
        for number in range(opens):
            desk.put(entry(1000 + number % 50, f"质量问题 {number}"))
            if number % 7 == 0:
                desk.drop("document", 1000 + (number + 9) % 50)
            there = {one.id for batch in desk.every_entry() for one in batch if one.title.startswith("质量")}
            for reader in (Index(index.folder, desk), index):
                found = search("质量问题", index=reader, limit=100, patience=5.0)
                assert ids(found) == there and found.unusable in ("", "missing"), number
                assert search("表扣", index=reader, limit=0, patience=5.0).total == 119
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
            assert writer.stdout is not None
            writer.stdout.close()
    index.catch_up()
    assert indexed(index) == expected(desk)


def test_readers_are_unharmed_beside_merges(desk: Desk, index: Index) -> None:
    _read_beside_merges(desk, index, 25)


@pytest.mark.slow
def test_a_thousand_readers_are_unharmed_beside_merges(desk: Desk, index: Index) -> None:
    _read_beside_merges(desk, index, 1000)


def test_the_process_has_one_index(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prtui.search.index._opened", None)
    desk.put(entry(1, "甲"))
    opened = open_index(tmp_path / "index", desk)
    opened.catch_up()
    assert ids(search("甲")) == {1}
