"""What may be typed into the search line, and what it means. Nothing that is typed is an error: it has a meaning, or a hint.

Words apart from each other must all occur. `"a phrase"` occurs as it is, `-word` does not occur; `kind:`, `outlet:`,
`from:`, `to:`, `on:`, `year:` and the facets of records narrow, by their Chinese names 类: 媒体: 自: 至: 年: too, half- or
full-width; `outlet:"Vogue"` is that outlet alone, `outlet:vogue` also Vogue Business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from prtui.i18n import _, translate
from prtui.search import codes
from prtui.search.analysis import Run, fold, runs, stem

LONGEST = 400  # characters of a query that are read
_MOST_TERMS = 16
_LONGEST_SOUND = 64  # letters of pinyin in a row; to look for more in titles takes 30 µs each
_NO_DAY = 99999999
_EVER = (0, _NO_DAY)

# Folded names of what narrows a search.
_NAMES = {
    **dict.fromkeys(("kind", "type", "类", "类型", "类别", "种类"), "kind"),
    **dict.fromkeys(("from", "since", "自", "从"), "from"),
    **dict.fromkeys(("to", "until", "至", "到"), "to"),
    **dict.fromkeys(("on", "date", "year", "日期", "在", "年"), "on"),
    **dict.fromkeys(("outlet", "media", "媒体"), "outlet"),
    **dict.fromkeys(("sentiment", "tone", "倾向", "情感"), "sentiment"),
    **dict.fromkeys(("project", "项目"), "project"),
    **dict.fromkeys(("owner", "负责", "责任人", "负责人"), "owner"),
    **dict.fromkeys(("status", "状态"), "status"),
    **dict.fromkeys(("stage", "阶段"), "stage"),
    **dict.fromkeys(("tier", "级", "级别"), "tier"),
}  # fmt: skip
_TOKEN = re.compile(r'(-*)(?:([^\W\d_]{1,9}):(\s*))?(?:"([^"]*)("?)|([^\s"]+))')
_DATE = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})日?|月)?|年|(\d{2})(\d{2})?)?")


@dataclass(frozen=True)
class Term:
    """One thing that must (or must not) occur: `needle` is folded, `runs` are its searchable parts, `stem` and `letters`
    are set if the whole of it is a Latin word, which may then occur in another form or as pinyin of a title."""

    needle: str
    runs: tuple[Run, ...]
    stem: str = ""
    letters: str = ""


@dataclass(frozen=True)
class Facet:
    """A record's facet must be (or contain) one of these folded words; `values` are the stored values they stand for, folded;
    `called` is the name that was typed."""

    name: str
    words: tuple[str, ...]
    values: frozenset[str]
    called: str = ""


@dataclass(frozen=True)
class Query:
    """A search line understood. Days are numbers like 20260312; `hints` are sentences for whoever typed it. `doubtful` says
    that something looked like a condition and is none: a day that is no day, a kind that there is not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    kinds: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()
    not_types: frozenset[str] = frozenset()
    facets: tuple[Facet, ...] = ()
    not_facets: tuple[Facet, ...] = ()
    since: int = 0
    until: int = _NO_DAY
    code: str = ""
    hints: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def dated(self) -> bool:
        """Whether only records with a day in a range are wanted."""
        return self.since > 0 or self.until < _NO_DAY

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        narrowed = self.kinds or self.types or self.not_kinds or self.not_types or self.facets or self.not_facets
        return not (self.wanted or self.unwanted or narrowed or self.dated)

    def loosened(self) -> Query:
        """The same, but the parts of words that punctuation divides may stand anywhere."""
        wanted: list[Term] = []
        for wish in self.wanted:
            wanted += [_term(run.text) for run in wish.runs] if len(wish.runs) > 1 else [wish]
        return replace(self, wanted=tuple(wanted[:_MOST_TERMS]))


@dataclass
class Vocabulary:
    """What kinds and facet values are called: folded name → key, for names in every language; and the labels that names of
    kinds are shown by."""

    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, kinds: Mapping[str, str], facet_words: Mapping[str, Mapping[str, str]]) -> Vocabulary:
        """From the store's labels."""
        shown = (*kinds.values(), *facet_words.get("type", {}).values())
        words = cls(_called(kinds), labels=tuple(dict.fromkeys(shown)))
        for name, labels in facet_words.items():
            words.values[name] = _called(labels)
        return words


def _called(labels: Mapping[str, str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for key, label in labels.items():
        for name in (label, translate(label, "zh"), key):
            names.setdefault(fold(name), key)
    return names


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of the names that is written most like a folded name, or a blank string."""
    from difflib import get_close_matches  # 5 ms, and only for what was mistyped

    shown = {fold(called): called for called in names}
    found = get_close_matches(name, shown, 1, 0.5)
    return shown[found[0]] if found else ""


@dataclass(frozen=True)
class Reading:
    """What may have been meant. `note` says how it was read if that is not how it looks; a `certain` one is what it looks
    like."""

    query: Query
    note: str = ""
    certain: bool = False


def readings(text: str, vocabulary: Vocabulary) -> Iterator[Reading]:
    """What was typed, and then what else it may mean if nothing is found: with its punctuation left out, and as plain text
    where it looks like a condition or an exclusion. Plain text is first if the condition cannot be one."""
    query = parse(text, vocabulary)
    certain = Reading(query, certain=True)
    plain = _literal(text)
    shaped = plain.wanted != query.wanted and not query.code
    note = _("Read as plain text, not as a condition.")
    loose, plain_loose = query.loosened(), plain.loosened()
    if not (shaped and query.doubtful):
        yield certain
    if shaped and plain.wanted:
        yield Reading(plain, note)
    if loose != query and not query.code:
        yield Reading(loose, _("Found with the punctuation left out."))
    if shaped and plain_loose != plain and plain_loose.wanted != loose.wanted:
        yield Reading(plain_loose, note)
    if shaped and query.doubtful:
        yield certain


def _literal(text: str) -> Query:
    terms = dict.fromkeys(map(_term, fold(text[:LONGEST]).split()))
    return Query(tuple(term for term in terms if term.runs)[:_MOST_TERMS])


def parse(text: str, vocabulary: Vocabulary) -> Query:
    """What was typed, understood. Never raises."""
    hints: list[str] = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        hints.append(_("Only the first {count} characters are searched.").format(count=LONGEST))
    folded = fold(text)
    reading = _Reading(vocabulary, hints)
    for dashes, name, blank, phrase, closed, word in _TOKEN.findall(folded):
        reading.take(bool(dashes), name, blank, phrase or word, bool(closed))
    query = reading.done()
    if len(query.unwanted) == 1 and replace(query, unwanted=()).empty:
        # Nothing but -word: a piece of a code, a minus sign. All records without a word help nobody.
        return replace(query, wanted=(_term(folded.strip()),), unwanted=())
    return replace(query, code=codes.typed(folded))


class _Reading:
    def __init__(self, vocabulary: Vocabulary, hints: list[str]) -> None:
        self.words = vocabulary
        self.hints = hints
        self.wanted: list[Term] = []
        self.unwanted: list[Term] = []
        self.kinds: tuple[set[str], set[str]] = set(), set()  # of what is wanted, of what is not
        self.types: tuple[set[str], set[str]] = set(), set()
        self.facets: tuple[list[Facet], list[Facet]] = [], []
        self.first, self.last = _EVER, _EVER
        self.doubtful = False

    def take(self, negated: bool, name: str, blank: str, value: str, whole: bool) -> None:
        narrowing = _NAMES.get(name, "")
        if name and not narrowing:
            if blank:
                self._term(f"{name}:", negated)
            else:
                value = f"{name}:{value}"
        if not name and value.endswith(":") and value[:-1] in _NAMES:
            return  # still being typed
        if narrowing == "kind":
            self._kind(value, negated)
        elif narrowing in ("from", "to", "on"):
            self._day(narrowing, value)
        elif narrowing:
            self._facet(narrowing, name, value, negated, whole)
        else:
            self._term(value, negated)

    def _term(self, value: str, negated: bool) -> None:
        value = " ".join(value.strip("*").split())
        wish = _term(value)
        if not wish.runs:
            if value:
                self.hints.append(_("“{text}” has no letters or digits to search for.").format(text=value[:20]))
            return
        terms = self.unwanted if negated else self.wanted
        if len(self.wanted) + len(self.unwanted) >= _MOST_TERMS:
            hint = _("Only the first {count} words are searched.").format(count=_MOST_TERMS)
            if hint not in self.hints:
                self.hints.append(hint)
        elif wish not in terms:
            terms.append(wish)

    def _kind(self, value: str, negated: bool) -> None:
        types = self.words.values.get("type", {})
        for name in filter(None, re.split(r"[,|/]", value)):
            found = False
            for names, chosen in ((self.words.kinds, self.kinds), (types, self.types)):
                key = names.get(name)
                if key is not None:
                    chosen[negated].add(key)
                    found = True
            if not found and not self._kind_like(name, types, negated):
                self.doubtful = True
                self.hints.append(self._no_kind(name))

    def _no_kind(self, name: str) -> str:
        names = [_(label) for label in self.words.labels]
        near = nearest(name, names)
        if near:
            hint = _("There is no kind “{name}”, which was left out; the nearest is “{near}”.")
            return hint.format(name=name[:20], near=near)
        hint = _("There is no kind “{name}”, which was left out; kinds are {names}.")
        return hint.format(name=name[:20], names=", ".join(names))

    def _kind_like(self, name: str, types: dict[str, str], negated: bool) -> bool:
        kinds = {key for called, key in self.words.kinds.items() if _alike(name, called)}
        subtypes = {key for called, key in types.items() if _alike(name, called)}
        self.kinds[negated].update(kinds)
        self.types[negated].update(subtypes)
        return bool(kinds or subtypes)

    def _facet(self, name: str, called: str, value: str, negated: bool, whole: bool) -> None:
        known = self.words.values.get(name, {})
        if whole and value.strip():  # outlet:"Vogue" is not Vogue Business
            self.facets[negated].append(Facet(name, (), frozenset({fold(known.get(value, value))}), called))
            return
        words = tuple(filter(None, re.split(r"[,|]", value.strip())))
        if not words:
            return
        values = frozenset(fold(known[word]) for word in words if word in known)
        self.facets[negated].append(Facet(name, words, values, called))

    def _day(self, bound: str, value: str) -> None:
        days = _days(value.strip(".,;"))
        if days is None:
            self.doubtful = True
            self.hints.append(_("“{text}” is not a date; write 2026, 2026-03 or 2026-03-15.").format(text=value[:20]))
            return
        if bound in ("from", "on"):
            self.first = days
        if bound in ("to", "on"):
            self.last = days

    def done(self) -> Query:
        first, last = self.first, self.last
        if first[0] > last[1]:
            first, last = last, first
        return Query(
            tuple(self.wanted), tuple(self.unwanted),
            frozenset(self.kinds[0]), frozenset(self.types[0]), frozenset(self.kinds[1]), frozenset(self.types[1]),
            tuple(self.facets[0]), tuple(self.facets[1]), first[0], last[1], "", tuple(self.hints),
            self.doubtful,
        )  # fmt: skip


def _alike(name: str, called: str) -> bool:
    return name in called or (len(called) > 1 and called in name)


def _term(needle: str) -> Term:
    parts = tuple(runs(needle))
    whole = len(parts) == 1 and parts[0].text == needle and needle.isascii()
    heard = whole and needle.isalpha() and 1 < len(needle) <= _LONGEST_SOUND
    word = whole and len(needle) > 2 and needle.isalpha()
    return Term(needle, parts, stem(needle) if word else "", needle if heard else "")


def _days(value: str) -> tuple[int, int] | None:
    found = _DATE.fullmatch(value)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or found[4] or 0), int(found[3] or found[5] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    first = year * 10000 + month * 100 + day
    return first, first + (0 if day else 99 if month else 9999)
