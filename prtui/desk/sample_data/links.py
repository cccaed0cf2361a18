"""What belongs together on the sample desk beyond what the records themselves say."""

from __future__ import annotations

# (one, other, role)
LINKS: list[tuple[str, str, str]] = [
    ("clasp", "onyx", "同期事件，口径须一致"),
    ("onyx", "strategy", "支撑目标：知名度"),
    ("dinner", "yunxi", "预展"),
    ("airport", "yunxi", "同一系列"),
    ("salon", "onyx", "藏家意见的来源"),
    ("launch", "bund", "预告"),
    ("launch", "lines", "配套口径"),
    ("launch", "countdown", "解禁安排"),
    ("launch", "embargo", "发送"),
    ("first", "notice", "据本声明报道"),
    ("first", "probe", "待答复的求证"),
    ("first", "balance", "后续报道"),
    ("first", "crisis", "依据会议决定"),
    ("update", "first", "接续第1号"),
    ("update", "second", "发布任务"),
    ("update", "lab", "等待的事实"),
    ("enquiry", "probe", "问询的来源"),
    ("lines", "weeklyclasp", "回应读者提问"),
    ("countdown", "lights", "行动项"),
    ("countdown", "confirm", "行动项"),
    ("countdown", "backup", "行动项"),
    ("strategyreview", "sign", "行动项"),
    ("parismeeting", "rules", "行动项"),
    ("dinnersite", "site", "行动项"),
    ("popupreview", "popreport", "行动项"),
    ("exhibition", "text", "法务审定"),
    ("popuprelease", "popelle", "带来的报道"),
    ("giftrelease", "giftvogue", "带来的报道"),
    ("callback", "eve", "近期报道"),
    ("outline", "callback", "采访"),
]
