"""Records like one, and the pickups of a clip."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prtui import store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import pickups, records
from prtui.errors import Refused
from prtui.screens.similar import Similar
from prtui.search import index as indexes
from prtui.search.index import Index
from prtui.search.similar import like, overlap, shingles
from prtui.store import Row, query
from tests.desk_app import NASTY, running
from tests.test_screens_search import SIZES, answered, searched
from tests.test_search_index import Desk, entry

WIRE = (
    "通联社上海电 珠宝腕表品牌将于二十七日晚在外滩发布新表，表盘取自一整块天然黑曜石，厚度只有零点六毫米。"
    "工坊用四个月试切了十四块石料，只有三块合格。首批三十枚，每枚附一片同源石料，作为三十年保修的承诺。"
    "品牌首席执行官说，把石头留在手边，才敢把年限写在纸上。发布会当晚还将公布售后网络的调整。"
)


@pytest.fixture
def small(tmp_path: Path) -> Index:
    desk = Desk(tmp_path / "desk.db")
    desk.put(
        entry(1, "黑曜石腕表发布", WIRE, kind="coverage", outlet="通联社"),
        entry(2, "黑曜石腕表亮相外滩", "（转载）" + WIRE[:-40], kind="coverage", outlet="浦江新闻"),
        entry(3, "石料试切记录", "工坊用四个月试切石料，合格的三块已入库。"),
        entry(4, "年度预算", "场地与搭建的预算按季度拨付。"),
        entry(5, "The launch of the Obsidian", "A watch with a dial of obsidian, launched in Shanghai."),
        entry(6, "Launching obsidian", "Obsidian watches were launched."),
        *[entry(number, f"周报第{number}期", f"本周场地与搭建进度正常，第{number}项。") for number in range(10, 80)],
    )
    index = Index(tmp_path / "index", desk)
    index.catch_up()
    return index


def test_the_most_like_come_first_and_itself_is_left_out(small: Index) -> None:
    found = like(("coverage", 1), index=small)
    assert [hit.id for hit in found.hits[:2]] == [2, 3]
    assert 1 not in {hit.id for hit in found.hits} and found.hits[0].score > 2 * found.hits[1].score
    assert any(marked and len(said) > 2 for said, marked in found.hits[0].snippet)
    assert [hit.id for hit in like(("document", 5), index=small).hits] == [6]
    assert [hit.id for hit in like(("coverage", 1), kinds=("document",), index=small).hits] == [3]
    assert len(like(("document", 10), limit=3, index=small).hits) <= 3


def test_what_was_removed_or_has_no_text_is_like_nothing(small: Index) -> None:
    desk = small.source
    assert isinstance(desk, Desk)
    desk.drop("coverage", 2)
    assert [hit.id for hit in like(("coverage", 1), index=small).hits] == [3]  # though the index still has it
    assert like(("coverage", 2), index=small).hint
    desk.put(entry(99, "。", "！？"))
    assert not like(("document", 99), index=small).hits


def test_a_record_newer_than_the_index_finds_what_is_like_it(small: Index) -> None:
    assert isinstance(small.source, Desk)
    small.source.put(entry(100, "转载", WIRE, kind="coverage"))
    found = like(("coverage", 100), index=small).hits
    assert found[0].id == 1 and {hit.id for hit in found} == {1, 2, 3}


def test_without_an_index_a_hint_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.db")
    desk.put(entry(1, "题", WIRE))
    found = like(("document", 1), index=Index(tmp_path / "index", desk))
    assert not found.hits and "index is not there" in found.hint


def test_a_pickup_cut_and_changed_is_found_among_many(tmp_path: Path) -> None:
    chance = random.Random(5)
    letters = [chr(0x4E00 + number) for number in range(600)]
    texts = ["".join(chance.choices(letters, k=12)) for _ in range(4000)]
    desk = Desk(tmp_path / "desk.db")
    bodies = {number: [chance.choice(texts) for _ in range(20)] for number in range(1, 1001)}
    desk.put(*[entry(number, f"题{number}", "，".join(body), kind="coverage") for number, body in bodies.items()])
    index = Index(tmp_path / "index", desk)
    index.rebuild()
    for number in range(2000, 2050):
        origin = chance.randint(1, 1000)
        kept = [line for line in bodies[origin] if chance.random() < 0.7] or bodies[origin][:2]
        desk.put(entry(number, "转载", "，".join(kept), kind="coverage"))
        assert like(("coverage", number), index=index).hits[0].id == origin


def test_overlap_is_of_what_is_said_not_of_how_it_is_written() -> None:
    assert overlap(shingles("該款腕錶，存在質量問題。"), shingles("该款腕表 存在质量问题")) == 1
    assert overlap(shingles(WIRE), shingles("（转载）" + WIRE)) > 0.95
    assert 0.4 < overlap(shingles(WIRE), shingles(WIRE[: len(WIRE) // 2])) < 0.6
    assert overlap(shingles(WIRE), shingles("年度预算按季度拨付")) == 0
    assert overlap(shingles(""), shingles("…")) in (0.0, 1.0) and overlap(shingles("甲"), shingles("乙")) == 0


# -- pickups -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def clips(tmp_path: Path) -> Iterator[tuple[Settings, dict[str, str]]]:
    """A wire story, its pickup by another outlet and once more by the same, and a story of its own."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone="Asia/Shanghai")
    store.open_desk(settings)
    made = {}
    with store.write("林岚") as work:
        wire, paper = (work.add("outlet", name=name) for name in ("通联社", "浦江新闻"))
        for name, outlet, day, body in (
            ("original", wire, 16, WIRE),
            ("pickup", paper, 18, "（转载）" + WIRE),
            ("double", wire, 17, WIRE + "完。"),
            ("other", paper, 18, "与此无关的一篇长文，说的是年度预算与场地。"),
        ):
            at = Moment(datetime(2026, 3, day, 1, tzinfo=UTC), "Asia/Shanghai")
            title = "黑曜石腕表发布" if name != "other" else "预算"
            made[name] = work.add("coverage", title=title, outlet=outlet, published_at=at, body=body).code
    indexes.open_index(settings.data / "index").catch_up()
    store.close()
    yield settings, made


def row(code: str) -> Row:
    return query.any_record(code)


def test_the_later_clip_becomes_a_pickup_of_the_earlier(clips: tuple[Settings, dict[str, str]]) -> None:
    settings, codes = clips
    store.open_desk(settings)
    original, pickup = row(codes["original"]), row(codes["pickup"])
    found = {one.row.code: one for one in pickups.duplicates(original)}
    assert set(found) == {codes["pickup"], codes["double"]} and found[codes["pickup"]].share > 90
    assert pickups.mark(original, found[codes["pickup"]]).startswith("pickup? 9")
    assert pickups.mark(original, found[codes["double"]]).startswith("double? 9")
    after = store.perform("林岚", pickups.link, pickup, original)
    assert (after.code, after.original, after.parent) == (codes["pickup"], "pickup", codes["original"])
    with pytest.raises(Refused):
        store.perform("林岚", pickups.link, row(codes["original"]), row(codes["pickup"]))
    with pytest.raises(Refused):
        store.perform("林岚", pickups.link, row(codes["original"]), row(codes["double"]))
    store.perform("林岚", records.undo)
    assert (row(codes["pickup"]).original, row(codes["pickup"]).parent) == ("original", "")
    with pytest.raises(Refused):
        pickups.duplicates(query.rows("outlet")[0])
    store.close()


def test_a_pickup_of_a_pickup_is_one_of_its_original(clips: tuple[Settings, dict[str, str]]) -> None:
    settings, codes = clips
    store.open_desk(settings)
    store.perform("林岚", pickups.link, row(codes["original"]), row(codes["pickup"]))
    with store.write("林岚") as work:
        third = work.add("outlet", name="华裳网")
        at = Moment(datetime(2026, 3, 20, 1, tzinfo=UTC), "Asia/Shanghai")
        late = work.add("coverage", title="黑曜石", outlet=third, published_at=at, body=WIRE)
    assert store.perform("林岚", pickups.link, row(codes["pickup"]), late).parent == codes["original"]
    assert pickups.linked(row(late.code), row(codes["pickup"]))
    store.close()


@pytest.mark.parametrize("size", SIZES)
async def test_similar_clips_stand_marked_and_p_links_them(
    clips: tuple[Settings, dict[str, str]], size: tuple[int, int]
) -> None:
    settings, codes = clips
    async with running(settings, size) as face:
        screen = await searched(face, codes["original"])
        await face.press("ctrl+t")
        assert isinstance(face.app.screen, Similar)
        text = face.text
        assert "Similar to  黑曜石腕表发布" in text and "2 with the same text" in text and "预算" not in text
        assert "pickup? 9" in text and "double? 9" in text
        hits = face.app.screen.hits
        at = next(number for number, hit in enumerate(hits.hits) if hit.code == codes["pickup"])
        await face.press(*["down"] * at, "p")
        assert f"{codes['pickup']} is a pickup of {codes['original']}" in face.line
        assert "pickup 9" in face.text and "pickup? 9" not in face.text
        (stored,) = await face.rows("coverage", code=codes["pickup"])
        assert (stored.original, stored.parent) == ("pickup", codes["original"])
        await face.press("p")
        assert "linked already" in face.line
        await face.press("ctrl+z")
        assert "pickup? 9" in face.text
        await face.press("home", *["down"] * (1 - at), "ctrl+b")
        assert "one clip twice" in " ".join(face.text.split())
        await face.press("enter")
        assert face.app.screen.row.code == codes["double"]  # type: ignore[attr-defined]
        await face.press("=")
        assert isinstance(face.app.screen, Similar) and face.app.screen.row.code == codes["double"]
        await face.press("escape", "escape", "escape")
        assert face.app.screen is screen


async def test_a_record_that_is_like_nothing_says_so(clips: tuple[Settings, dict[str, str]]) -> None:
    settings, _codes = clips
    async with running(settings) as face:
        await searched(face, "OUT-1")
        await face.press("tab", "=")
        assert isinstance(face.app.screen, Similar)
        await face.press("down", "enter", "p")
        await answered(face)


@pytest.mark.parametrize("nasty", NASTY)
async def test_nothing_similar_can_upset_the_screen(clips: tuple[Settings, dict[str, str]], nasty: str) -> None:
    settings, _codes = clips
    async with running(settings, (120, 40)) as face:
        for _twice in range(2):
            title = f"特别 {nasty}"[:180]
            await face.perform(records.add, "document", {"type": "note", "title": title, "body": f"{nasty} {WIRE}"})
        await face.app._catch_up()
        await searched(face, "特别")
        await face.press("tab", "=")
        assert len(face.app.screen.hits.hits) >= 1  # type: ignore[attr-defined]
        assert not any(character in face.text for character in "\x1b\x9b\x07\u202e\u2066\u200b")
