"""What an editor would circle. The lint finds; the director decides: nothing here blocks or changes a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from prtui.documents.context import Finding
from prtui.i18n import _
from prtui.text import has_chinese

# 广告法 Art. 9 and the practice around it. Ordinals that claim nothing (第一时间, 第一季度) are left alone.
_SUPERLATIVE = re.compile(
    r"国家级|世界级|宇宙级|最高级|最佳|最好|最大(?!程度|限度)|最小(?!化)|最优(?!惠期)|最强|最先进|最高端|最顶级|最顶尖|最奢华|最具影响力|最受欢迎|最领先|"
    r"第一(?!时间|次|季|届|步|章|条|款|代|排|天|日|期|批|阶段|手|轮|场|站|人称|部分|节|页|行|号|位[嘉来客读])|全[国球网]首|全球唯一|唯一|独一无二|绝无仅有|"
    r"史无前例|前所未有|前无古人|空前绝后|顶级|顶尖|极致|极品|极佳|绝佳|至尊|王牌|领袖品牌|领导品牌|遥遥领先|世界领先|国际领先|国内领先|"
    r"行业领先|销量冠军|填补国内空白|万能|百分之百|100\s*[%％]|永久|无与伦比|首屈一指"
)
_ENGLISH_SUPERLATIVE = re.compile(
    r"\b(?:world[’'-]s (?:best|first|finest|leading|largest)|the (?:best|finest|greatest|most (?:advanced|luxurious|exclusive))|"
    r"number one|no\. ?1\b|unrivall?ed|unparalleled|unprecedented|second to none|world-class|revolutionary|groundbreaking)",
    re.IGNORECASE,
)
_CLICHES = re.compile(r"高度重视|深表遗憾|严正声明|一贯秉承|众所周知|别有用心|不明真相|个别现象")
_FIRST_MOMENT = re.compile(r"第一时间")
_ENGLISH_CLICHES = re.compile(
    r"\b(?:take this matter (?:very )?seriously|at the earliest opportunity|isolated incident|no comment)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}|\d{1,2}\s*[时点](?!间)|\d+\s*(?:分钟|小时)内?")
_SPECULATION = re.compile(
    r"可能是由于|疑似|据推测|我们猜测|初步怀疑|系[^。]{0,8}(?:所致|造成)|probably caused|we suspect|may have been caused",
    re.IGNORECASE,
)
_LIABILITY = re.compile(
    r"承担(?:全部|一切|相应)?(?:法律)?责任|我们?的过错|全责|accept (?:full )?(?:liability|responsibility)|our fault",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"使用不当|误用|人为(?:损坏|破坏|因素)|(?<![联关体维])系(?:顾客|消费者|客户|供应商|经销商)|(?:顾客|消费者|供应商|经销商|竞争对手|媒体)[^。]{0,6}(?:责任|过失|过错|炒作|抹黑|造谣)"
    r"|恶意(?:炒作|抹黑|中伤)|\bmisuse\b|improper use|(?:customer|supplier|retailer|competitor|media)[’']?s? (?:fault|error|negligence)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"保证|承诺|一定(?:会|将)|绝不|必将|确保|尽快|\b(?:guarantee|promise|will ensure|make sure|as soon as possible)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"由[^。，]{1,16}(?:负责|牵头|办理|跟进|联系)|(?:部|团队|中心|专员|小组|热线|总监|经理)|\b(?:team|department|officer|manager|line|desk)\b", re.IGNORECASE
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[。！？!?\n])")
_PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
_NOT_A_CLAIM = re.compile(
    r"\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{4}-\d{2}-\d{2}|\d{1,2}[:：]\d{2}|\d{1,2}\s*[时点](?!间)(?:\d{1,2}分)?|"
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?|UTC[+−-]\d{1,2}|"
    r"第\s*\d+\s*[号条款章]|\+?\d[\d\s-]{6,}\d|[A-Z]{2,4}-\d{4}-\d+|^\s*\d{1,2}[.、．)]"
)  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s*[%％]?")
_CHINESE_WORDS = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]|[A-Za-z0-9]+(?:[.,’'-][A-Za-z0-9]+)*")

HOLDING = {"zh": 200, "en": 150}  # characters, words of a holding statement (DOMAIN §4.5)
STATEMENT = {"zh": 300, "en": 250}  # of any other statement (DOMAIN §6 row 16)


def length(text: str) -> int:
    """Characters of a Chinese text (punctuation aside; a Latin word or a number is one), words of an English one."""
    if has_chinese(text):
        return len(_CHINESE_WORDS.findall(text))
    return len(re.findall(r"[\w’'-]+", text))


def _each(pattern: re.Pattern[str], rule: str, where: str, text: str, message: str) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        yield Finding(rule, where, _excerpt(text, match), message)


def _excerpt(text: str, match: re.Match[str]) -> str:
    before, after = text[max(match.start() - 8, 0) : match.start()], text[match.end() : match.end() + 8]
    return f"{before}[{match[0].strip()}]{after}".replace("\n", " ")


def superlatives(where: str, text: str) -> Iterator[Finding]:
    """极限词: 广告法 Art. 9 forbids 国家级, 最高级, 最佳 and their like in anything that sells."""
    message = _("A superlative: Art. 9 of the Advertising Law. Prove it or leave it out.")
    yield from _each(_SUPERLATIVE, "superlative", where, text, message)
    yield from _each(_ENGLISH_SUPERLATIVE, "superlative", where, text, message)


def cliches(where: str, text: str) -> Iterator[Finding]:
    """高度重视 and kin; 第一时间 unless its sentence names a time."""
    yield from _each(_CLICHES, "cliche", where, text, _("A cliché. Say what was done, by whom and when."))
    yield from _each(_ENGLISH_CLICHES, "cliche", where, text, _("A cliché. Say what was done, by whom and when."))
    for sentence in re.split(r"(?<=[。！？!?\n])", text):
        if not _CLOCK.search(sentence):
            yield from _each(_FIRST_MOMENT, "cliche", where, sentence, _("“At once” without a time. Give the time."))


def lexicon(where: str, text: str, words: Mapping[str, str]) -> Iterator[Finding]:
    """Words the house writes otherwise: `words` maps the wrong to the right. An exact match; what is part of the right word,
    or of a longer one in Latin letters, is left alone."""
    for wrong, right in words.items():
        if not wrong or wrong == right:
            continue
        edge = r"(?<![A-Za-z0-9])" if wrong[0].isascii() and wrong[0].isalnum() else ""
        close = r"(?![A-Za-z0-9])" if wrong[-1].isascii() and wrong[-1].isalnum() else ""
        masked = text.replace(right, "\0" * len(right)) if right else text
        message = _("The house writes “{word}”.").format(word=right) if right else _("A word the house does not use.")
        for match in re.finditer(f"{edge}{re.escape(wrong)}{close}", masked):
            yield Finding("lexicon", where, _excerpt(text, match), message)


def statement(where: str, text: str) -> Iterator[Finding]:
    """What a statement in a crisis must not do: guess at causes, lay blame, admit liability unread by counsel, promise
    without an owner, name people's data."""
    yield from _each(_SPECULATION, "speculation", where, text, _("A guess at the cause. State only what is verified."))
    yield from _each(_LIABILITY, "liability", where, text, _("Admits liability. Only with legal clearance."))
    yield from _each(
        _PERSONAL, "personal-data", where, text, _("Looks like a private number. Leave personal data out.")
    )
    yield from blame(where, text)
    yield from loose_promises(where, text)


def blame(where: str, text: str) -> Iterator[Finding]:
    """Words that lay the fault on somebody before anything is established."""
    for match in _BLAME.finditer(text):
        yield Finding("blame", where, _excerpt(text, match), _("Lays the blame on somebody. State what is verified."))


def loose_promises(where: str, text: str) -> Iterator[Finding]:
    """Promises in a sentence that names nobody who keeps them."""
    for sentence in _SENTENCE.split(text):
        match = _PROMISE.search(sentence)
        if match and not _OWNER.search(sentence):
            yield Finding(
                "promise", where, _excerpt(sentence, match), _("A promise without an owner. Say who does it.")
            )


def unverified(where: str, text: str, facts: Iterable[str]) -> Iterator[Finding]:
    """Numbers of the text that no verified fact contains; dates, times, telephone and document numbers aside."""
    known = {_figure(match[0]) for fact in facts for match in _NUMBER.finditer(normalize("NFKC", fact))}
    masked = _NOT_A_CLAIM.sub(lambda match: " " * len(match[0]), text)
    for match in _NUMBER.finditer(masked):
        if _figure(match[0]) not in known:
            yield Finding(
                "unverified-number", where, _excerpt(text, match), _("This number is in no verified fact of the log.")
            )


def _figure(text: str) -> str:
    plain = normalize("NFKC", text).replace(",", "").replace(" ", "").rstrip("%")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def too_long(where: str, text: str, limit: int) -> Iterator[Finding]:
    """One finding when the text is longer than `limit` characters (zh) or words (en)."""
    count = length(text)
    if count > limit:
        message = _("{count} characters or words; the limit is {limit}.").format(count=count, limit=limit)
        yield Finding("length", where, text[:24].replace("\n", " "), message)


def too_short(where: str, text: str, least: int) -> Iterator[Finding]:
    """One finding when there is a text but it is shorter than `least`."""
    count = length(text)
    if 0 < count < least:
        message = _("{count} characters or words; at least {least} are usual.").format(count=count, least=least)
        yield Finding("length", where, text[:24].replace("\n", " "), message)
