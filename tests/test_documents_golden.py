"""Every document in every language, re-opened and compared word for word with tests/golden/.

After a change that is meant:  python tests/test_documents_golden.py   rewrites them; read the diff.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document

from prtui import clock, documents
from prtui.clock import Moment
from prtui.config import Settings
from prtui.documents import Context, Guest, Occasion, Person, readback
from tests import crisis_story

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
BRAND = {
    "name": "澜璟", "name_en": "LANJING", "legal_name": "澜璟（上海）腕表有限公司",
    "legal_name_en": "Lanjing (Shanghai) Watches Co., Ltd.", "phone": "400-820-1234", "web": "www.lanjing.example",
    "about": "澜璟1987年创立于上海，专注高级制表与珠宝工艺。",
    "about_en": "Founded in Shanghai in 1987, Lanjing makes fine watches and jewellery.",
}  # fmt: skip
CONTACTS = {
    "zh": Person("陈思远", "媒体关系总监", "+86 138 0000 1234", "siyuan.chen@lanjing.example"),
    "en": Person("Siyuan Chen", "Media Relations Director", "+86 138 0000 1234", "siyuan.chen@lanjing.example"),
}
EMPTY: dict[str, Any] = {
    "code": "DOC-2026-016", "type": "note", "title": "", "title_en": "", "subtitle": "", "subtitle_en": "", "body": "",
    "body_en": "", "status": "approved", "owner": SimpleNamespace(id=1, code="PSN-1", title="林岚"), "project": None,
    "city": "", "city_en": "", "embargo_at": None, "released_at": None, "number": None, "contact": None,
    "next_update_at": None, "held_at": None, "place": "", "chair": "", "recorder": "", "present": "", "in_attendance": "",
    "absent": "", "confidentiality": "public", "version": 2,
}  # fmt: skip


def at(text: str, zone: str = "Asia/Shanghai") -> Moment:
    return clock.parse_moment(text, zone)


def document(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**(EMPTY | values))


def context(data: Path, lang: str = "zh", **values: Any) -> Context:
    settings = Settings(data=data, actor="林岚", brand=BRAND)
    given: dict[str, Any] = {"contact": CONTACTS[lang], "departments": {"王敏": "活动", "高远": "产品管理"}}
    if not values:
        given |= {
            "guest": GUESTS[lang],
            "event": OCCASIONS[lang],
            "rows": COVERAGE,
            "tiers": {"OUT-0": "A", "OUT-1": "A"},
        }
        given |= {"aftermath": crisis_story.aftermath(), "readiness": crisis_story.readiness()}
    return Context(settings, **(given | values))


STATEMENT = document(
    type="statement", title="关于一枚「曜石」腕表表扣断裂事件的声明", title_en="Statement on the clasp of one Obsidian watch",
    number=1, city="上海", city_en="Shanghai", released_at=at("2026-03-15 04:31"), next_update_at=at("2026-03-15 06:30"),
    body="2026年3月15日凌晨2时47分，我们获悉一位顾客佩戴“曜石”腕表时表扣断裂，手腕划伤，已就医离院。\n\n目前已采取以下措施：\n\n"
    "1. 全国12家精品店暂停销售同批次腕表，共240枚；\n2. 涉事腕表已封存，交由独立机构查验。\n\n原因仍在核查，我们不作推断。",
    body_en="At 02:47 on 15 March 2026 we learned that the clasp of a watch had broken, cutting its owner’s wrist.\n\n"
    "1. All 12 boutiques have stopped selling the batch, 240 watches.\n2. The watch is with a laboratory.",
)  # fmt: skip
RELEASE = document(
    code="DOC-2026-012", type="release", title="澜璟于上海发布「曜石」系列腕表", title_en="Lanjing presents the Obsidian watch",
    subtitle="以一块火山岩，重写东方时间", subtitle_en="An Eastern hour, cut from stone", city="上海", city_en="Shanghai",
    embargo_at=at("2026-03-20 20:00"),
    body="澜璟今晚于上海西岸发布「曜石」系列腕表，共三款。\n\n# 一块石头的时间\n\n石作工坊用了**四年**时间。\n\n"
    "> “我们没有打磨掉石头的脾气。”——澜璟创意总监　沈知白\n\n更多资料见[新闻中心](https://www.lanjing.example/newsroom)。",
    body_en="Lanjing tonight presented the Obsidian watch.\n\n# The time in a stone\n\nThe workshop took *four years*.",
)  # fmt: skip
MINUTES = document(
    code="DOC-2026-009", type="minutes", title="「曜石」发布会第三次筹备会会议纪要", title_en="Obsidian launch: third meeting",
    number=3, held_at=at("2026-03-12 14:00"), place="上海总部18层", chair="林岚", recorder="周一诺", present="林岚、王敏、高远",
    absent="陈思远（出差）", confidentiality="internal",
    body="# 场地与搭建\n消防报批预计14日批复。\n会议认为，动线交叉，须在彩排前调整。\n# 媒体邀请\n已确认媒体62家。\n"
    "!主舞台入口东移4米。\n！通稿保密期定为3月20日20:00。\n@王敏 3/15 确认灯光\n＠高远 提交产品Q&A终稿",
    body_en="# Venue\nThe build takes 36 hours.\n!The stage entrance moves four metres east.\n@Wang 3/15 Confirm the lighting",
)  # fmt: skip
PROJECT = SimpleNamespace(
    code="PRJ-2026-003", name="「曜石」腕表发布会", name_en="Obsidian launch", owner=EMPTY["owner"], confidentiality="internal",
    version=7,
)  # fmt: skip
CRISIS = SimpleNamespace(
    code="CRS-2026-001", title="曜石腕表表扣断裂致伤", title_en="Broken clasp of the Obsidian watch", level="I", state="resolved",
    scenario="product", source="小红书帖子; 店长来电", summary="一位顾客佩戴「曜石」腕表时表扣断裂，手腕划伤。", confidentiality="internal",
)  # fmt: skip
PLAN = SimpleNamespace(
    code="CPN-2026-001", version_no=1, change="增设法务夜间值班表", approved_by="Dubois", in_force_on=date(2026, 3, 20), version=2,
    principles="为快速、准确、有担当地应对危机，维护客户安全与品牌声誉，制定本预案。", confidentiality="internal",
)  # fmt: skip
OCCASIONS = {
    "zh": Occasion(
        "「曜石」腕表发布会", "以一块火山岩，重写东方时间", at("2026-03-20 19:00"), "西岸艺术中心B馆", "龙腾大道2555号", "晚装",
        date(2026, 3, 12), programme=(("18:00", "签到"), ("19:00", "开场")), embargo="解禁前敬请勿发布。",
    ),
    "en": Occasion(
        "the Obsidian launch", "", at("2026-03-20 19:00"), "West Bund Art Center", "", "Black tie", date(2026, 3, 12),
        programme=(("18:00", "Arrival"), ("19:00", "Film")), photos="No flash photography.",
    ),
}  # fmt: skip
GUESTS = {"zh": Guest("李伟", "先生", 1), "en": Guest("Li", "Mr", 2)}


def piece(number: int, title: str, outlet: int, day: int, **values: Any) -> SimpleNamespace:
    name = ("VOGUE服饰与美容", "第一财经", "腕表之家")[outlet]
    given = {
        "url": f"https://example.com/{number}",
        "original": "original",
        "media_class": "earned",
        "sentiment": "positive",
        "summary": "",
    }
    return SimpleNamespace(
        code=f"COV-{number}", title=title, outlet=SimpleNamespace(code=f"OUT-{outlet}", title=name),
        published_at=at(f"2026-03-{day} 10:00"), **(given | values),
    )  # fmt: skip


COVERAGE = (
    piece(1, "澜璟以火山岩入表", 0, 21, summary="聚焦表盘工艺"),
    piece(2, "石头的脾气", 1, 21, sentiment="neutral"),
    piece(3, "澜璟以火山岩入表", 2, 22, original="pickup"),
    piece(4, "价格引发讨论 [评论]", 2, 23, sentiment="negative"),
    piece(5, "石头的脾气", 1, 22),
    piece(6, "合作专题", 0, 23, media_class="paid"),
    piece(7, "冰裂纹", 2, 23, sentiment="unrated"),
)
ROWS = {
    "statement": STATEMENT,
    "release": RELEASE,
    "minutes": MINUTES,
    "invitation": PROJECT,
    "clip-book": PROJECT,
    "crisis-review": CRISIS,
    "crisis-plan": PLAN,
}
CASES = [(kind, lang) for kind in documents.deliverables() for lang in ("zh", "en")]


def exported(kind: str, lang: str, folder: Path) -> str:
    with clock.frozen(NOW):
        made = documents.export(kind, ROWS[kind], context(folder, lang), lang)
    return "\n".join(readback.lines(Document(str(made.path)))) + "\n"


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_the_file_says_what_the_golden_text_says(kind: str, lang: str, tmp_path: Path) -> None:
    golden = (GOLDEN / f"{kind}.{lang}.txt").read_text(encoding="utf-8")
    assert exported(kind, lang, tmp_path) == golden


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_the_preview_is_the_text_of_the_file(kind: str, lang: str, tmp_path: Path) -> None:
    with clock.frozen(NOW):
        lines = documents.preview(kind, ROWS[kind], context(tmp_path, lang), lang)
    assert "\n".join(lines) + "\n" == exported(kind, lang, tmp_path)


def test_the_shipped_templates_are_what_their_script_builds() -> None:
    script = Path(__file__).parent.parent / "templates" / "docx" / "build.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


if __name__ == "__main__":
    import tempfile

    GOLDEN.mkdir(exist_ok=True)
    for kind, lang in CASES:
        with tempfile.TemporaryDirectory() as folder:
            (GOLDEN / f"{kind}.{lang}.txt").write_text(exported(kind, lang, Path(folder)), encoding="utf-8")
