"""A desk with a crisis team, and the seed's second case at its own hours: what the crisis tests start from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from prtui import clock, store
from prtui.clock import Moment
from prtui.desk import crisis, crisis_log, crisis_statements
from prtui.store.records import Row

ZONE = "Asia/Shanghai"
SEATS = {
    "pr": ("林岚", "13900000009", ""),
    "legal": ("周衡", "13800000001", ""),
    "product": ("高远", "13900000002", ""),
    "executive": ("Dubois", "+33600000004", "Europe/Paris"),
    "service": ("沈一", "13700000003", ""),
}
PARTS = {
    "已核实": "一位顾客手腕划伤",
    "对当事人": "我们已登门致歉",
    "已采取": "同批次停售",
    "下次": "今日12时",
    "消费者": "400-000-0000",
}


def at(hour: int, minute: int = 0, day: int = 15, second: int = 0, zone: str = ZONE) -> datetime:
    """An instant of March 2026."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=clock.zone(zone))


def moment(hour: int, minute: int = 0, day: int = 15) -> Moment:
    """The same, as it is stored."""
    return Moment(at(hour, minute, day), ZONE)


def do(when: datetime, act: Callable[..., Any], *args: Any, actor: str = "林岚", **kwargs: Any) -> Any:
    """A desk function in a unit of work of its own at that instant."""
    with clock.frozen(when):
        return store.perform(actor, act, *args, **kwargs)


def team(*roles: str, substitutes: bool = False) -> dict[str, Row]:
    """The plan's team stored; the people by their role."""
    people = {}
    with clock.frozen(at(0)), store.write("林岚") as work:
        for role in roles or tuple(SEATS):
            name, phone, zone = SEATS[role]
            people[role] = work.add("person", name=name, phone=phone, zone=zone)
            other = work.add("person", name=f"{name}代", phone="13600000000") if substitutes else None
            work.add("teammember", role=role, person=people[role], verified_on=date(2026, 3, 1), substitute=other)
    return people


def started(level: str = "I", **values: Any) -> Row:
    """CRS-2026-001, detected on 15 March at 02:47 and triaged at 02:58."""
    row = do(
        at(2, 47), crisis.start, "曜石腕表表扣断裂致伤", scenario="product", source="小红书帖子; 店长来电", **values
    )
    return do(at(2, 58), crisis.stamp, row, 2, level=level).crisis


def drafted(row: Row, when: datetime | None = None, **values: Any) -> Row:
    """A holding statement with its blanks filled; the document."""
    document = do(when or at(3, 31), crisis_statements.draft, row, **values)
    return do(when or at(3, 40), crisis_statements.fill, document, PARTS)


def published(row: Row) -> Row:
    """The crisis up to its first statement at 04:31, as in DOMAIN K14."""
    do(at(2, 59), crisis_log.log, row, "门店证实1人手腕划伤, 已就医", "fact", True)
    do(at(3, 20), crisis.stamp, row, 3, present=("legal", "product", "executive"))
    do(at(3, 30), crisis.stamp, row, 4)
    drafted(row)
    do(at(3, 45), crisis.stamp, row, 5)
    do(at(4, 10), crisis.stamp, row, 6, channel="电话")
    do(at(4, 20), crisis.stamp, row, 7, channel="微信")
    return do(at(4, 31), crisis.stamp, row, 8).crisis
