"""Made-up records of a public-relations desk, half Chinese, half English or mixed, the same ones every time, and pieces of
them as somebody might type them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from prtui.store.feed import Entry, Fed


def _words(text: str) -> list[str]:
    return text.split()


_WHO = _words(
    """消费者 多家媒体 品牌方 市场部 法务部 产品部 主编 代言人 经销商 设计师 策展人 客户服务中心 高层管理 编辑部
    记者 嘉宾 监管部门 供应商 会员 工坊匠人"""
)
_WHAT = _words(
    """腕表 表扣 珠宝 高级珠宝 香氛 皮具 成衣 礼盒 样品 新闻稿 通稿 声明 媒体手册 快闪店 旗舰店 发布会 晚宴 预展
    走秀 专访 群访 问卷 预算 报道 舆情 投诉 召回方案 补救措施 流程表 座位表"""
)
_DID = _words(
    """反映 启动核查 表示遗憾 予以澄清 提前曝光 推迟 确认 发布 邀请 试戴 退回 赞赏 质疑 追问 整理 批准 转载 引用
    更换 检测 致歉 回访 归还 借用 登记 复盘"""
)
_HOW = _words(
    """质量问题 工艺细节 限量编号 可持续材料 百年传承 东方美学 机芯精度 灯光方案 保密期 独家首发 核心信息 声量份额
    正面比例 满意度 现场动线 直播链路 应急预案 三方比价 专票 尾款 首付 交付时间"""
)
_WHERE = _words("上海外滩 北京三里屯 巴黎芳登广场 成都太古里 香港中环 深圳湾 杭州西湖 日内瓦 米兰 東京銀座 臺北信義")
_TRADITIONAL = _words(
    """品牌方對腕錶質量問題深表遺憾 媒體關係維護與輿情監測報告 發佈會現場嘉賓簽到順利 設計師談東方美學與傳承
    預算執行進度說明"""
)
_ENGLISH = _words(
    """launch launches launching watch watches clasp supplier brand brands media coverage journalist editor
    statement holding embargo lifted exclusive interview sample returned loan quality complaint recall review
    legal clearance approved budget variance forecast invoice committed actual available attendance guest
    seating rehearsal cue lighting venue boutique heritage craftsmanship sustainability campaign ambassador
    influencer sentiment positive negative neutral awareness survey satisfaction questionnaire response
    spokesperson strategy objective audience message pickup original newsletter atelier haute horlogerie Genève
    Hermès-like façade première soirée résumé naïve Zürich mañana crème brûlée"""
)
_OUTLETS = _words(
    """财经日报 时尚周刊 第一财经 VOGUE服饰与美容 ELLE世界时装 芭莎 嘉人 WWD Hodinkee 腕表之家 新华社 澎湃新闻
    Le-Monde Vogue-Business"""
)
_NAMES = _words("李文清 单宁 曾一诺 区颖 李伟 陈立 王敏 周衡 林岚 高远 沈一 顾明远 Dubois Camille Rossi")


class Desk:
    """A source of made-up records in a SQLite file."""

    def __init__(self, path: Path, count: int) -> None:
        there = path.exists()
        self.base = sqlite3.connect(path)
        self.count = count
        if there:
            return
        self.base.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, kind, code, title, body, day, outlet)")
        chance = random.Random(20260319)
        self.base.executemany(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
            (_record(chance, number) for number in range(1, count + 1)),
        )
        self.base.commit()

    def desk(self) -> str:
        return "bench"

    def head_seq(self) -> int:
        return self.count

    def add(self) -> Entry:
        """One more record."""
        self.count += 1
        row = _record(random.Random(self.count), self.count)
        self.base.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self.base.commit()
        return _entry(row)

    def feed(self, after: int, limit: int = 500) -> list[Fed]:
        return [Fed(seq, _kind(seq), seq) for seq in range(after + 1, min(after + limit, self.count) + 1)]

    def sample(self, chance: random.Random, count: int) -> list[Entry]:
        """Some of the records."""
        numbers = [chance.randint(1, self.count) for _ in range(count)]
        return [entry for number in numbers for entry in self.entries(_kind(number), [number])]

    def entries(self, kind: str, ids: Sequence[int]) -> list[Entry]:
        marks = ",".join("?" * len(ids))
        rows = self.base.execute(f"SELECT * FROM record WHERE kind = ? AND id IN ({marks})", (kind, *ids))
        return [_entry(row) for row in rows]

    def every_entry(self, batch: int = 500, newest: bool = False) -> Iterator[list[Entry]]:
        firsts = range(1, self.count + 1, batch)
        for first in reversed(firsts) if newest else firsts:
            rows = self.base.execute("SELECT * FROM record WHERE id >= ? AND id < ?", (first, first + batch))
            yield [_entry(row) for row in rows]

    def named(self, typed: str) -> Entry | None:
        return None

    def kinds(self) -> dict[str, str]:
        return {"document": "Document", "coverage": "Coverage", "minutes": "Minutes"}

    def facet_words(self) -> dict[str, dict[str, str]]:
        return {}


def _kind(number: int) -> str:
    return ("coverage", "coverage", "document", "minutes")[number % 4]


def _entry(row: tuple[int, str, str, str, str, str, str]) -> Entry:
    number, kind, code, title, body, day, outlet = row
    return Entry(kind, number, code, title, body, day, {"outlet": outlet} if kind == "coverage" else {})


def _record(chance: random.Random, number: int) -> tuple[int, str, str, str, str, str, str]:
    day = date(2022, 1, 1) + timedelta(days=chance.randrange(1550))
    chinese = [_sentence(chance, day) for _ in range(chance.randint(4, 22))]
    english = [_english(chance, day) for _ in range(chance.randint(2, 12))]
    lines = (chinese, chinese, english, chinese[:6] + english[:4])[number % 4 if number % 3 else 0]
    title = _title(chance, lines[0])
    kind = _kind(number)
    code = f"{kind[:3].upper()}-{day.year}-{number:03}"
    return number, kind, code, title, "\n".join(lines), day.isoformat(), chance.choice(_OUTLETS)


def _title(chance: random.Random, line: str) -> str:
    return line[: chance.randint(9, 28)].rstrip("，。 ,.")


def _sentence(chance: random.Random, day: date) -> str:
    if chance.random() < 0.06:
        return chance.choice(_TRADITIONAL) + "。"
    extra = chance.choice(
        (
            f"，涉及{chance.choice(_WHAT)}{chance.randint(2, 900)}件",
            f"，{day.year}年{day.month}月{day.day}日起生效",
            f"，编号No.{chance.randint(1, 99)}-{chance.choice('ABCDEF')}{chance.randint(100, 999)}",
            f"，详见PRJ-{day.year}-{chance.randint(1, 400):03}",
            f"，由{chance.choice(_NAMES)}负责，金额¥{chance.randint(1, 900)},{chance.randint(0, 999):03}.00",
            f"，{chance.choice(_ENGLISH)}团队随后跟进",
            "",
        )
    )
    who, how, what, did, where = map(chance.choice, (_WHO, _HOW, _WHAT, _DID, _WHERE))
    order = (
        f"{where}的{who}就{what}的{how}{did}",
        f"{who}{did}{what}，{how}成为{where}的话题",
        f"关于{how}，{who}在{where}{did}了{what}",
    )
    filler = "".join(chance.choices(_COMMON, _OFTEN, k=chance.randint(3, 14)))
    return chance.choice(order) + "，" + filler + extra + "。"


# The frequent characters, as often as they are frequent, stand for all the words a generator does not know.
_COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
_OFTEN = [1 / (place + 12) for place in range(len(_COMMON))]


def _english(chance: random.Random, day: date) -> str:
    words = [chance.choice(_ENGLISH) for _ in range(chance.randint(6, 16))]
    words[0] = words[0].capitalize()
    if chance.random() < 0.5:
        words.insert(2, f"{chance.choice(_WHAT)}")
    if chance.random() < 0.4:
        words.append(f"on {day.strftime('%d %b %Y')}")
    if chance.random() < 0.3:
        words.append(
            "".join(chance.choices("bcdfglmnprst", k=2))
            + "".join(chance.choices("aeiou", k=2))
            + str(chance.randint(1, 9999))
        )
    return " ".join(words) + "."


def typed(chance: random.Random, entry: Entry) -> str:
    """Two to six characters in a row from the record, as somebody might type them: no blanks, none of the signs of the
    search line in front."""
    while True:
        text = entry.title if chance.random() < 0.15 else entry.body
        length = chance.randint(2, 6)
        start = chance.randrange(max(1, len(text) - length))
        piece = text[start : start + length]
        if (
            len(piece) >= 2
            and not any(c.isspace() for c in piece)
            and any(c.isalnum() for c in piece)
            and piece[0] not in "-*"
        ):
            return piece
