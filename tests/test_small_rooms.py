"""Text, time, money, settings and languages: the rooms everything else stands on."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prtui import clock, config, errors, i18n, money, text
from prtui.clock import Moment
from prtui.errors import PrtuiError, Trouble
from prtui.money import Money

# -- text ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("a\x1b[31mred\x1b]0;title\x07", "a[31mred]0;title"),
        ("left\u202eright\u2066x\u200f", "leftrightx"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("lone\ud800surrogate", "lone\ufffdsurrogate"),
        ("nul\x00 c1\x9b2J del\x7f", "nul c12J del"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e\u0301", "é"),
        ("👩\u200d💻 a\u200db", "👩\u200d💻 ab"),
        ("a" + "\u0301" * 50, "á" + "\u0301" * 3),
        ("\U000e0041tag\uffff", "tag"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
    ],
)
def test_hostile_text_is_cleaned_on_its_way_in(hostile: str, kept: str) -> None:
    assert text.clean(hostile) == kept


@given(st.text(st.characters(), max_size=60))
def test_what_was_cleaned_stays_as_it_is_and_can_be_drawn(value: str) -> None:
    once = text.clean(value)
    assert text.clean(once) == once
    once.encode()
    assert all(c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in once)
    drawn = text.plain(value)
    assert not set(drawn) & set("\t\n\r\x1b")
    assert text.clean(value, lines=False) == " ".join(text.clean(value, lines=False).split())


@given(st.text(max_size=40), st.integers(0, 30))
def test_a_fitted_text_has_exactly_its_width(value: str, width: int) -> None:
    drawn = text.plain(value)
    assert text.cells(text.fit(drawn, width)) == width
    assert text.cells(text.fit(drawn, width, right=True)) == width


def test_chinese_takes_two_cells() -> None:
    assert (text.cells("曜石 A"), text.cells("é"), text.cells("ｆｕｌｌ"), text.cells("“…”")) == (6, 1, 8, 3)
    assert text.fit("曜石腕表", 5) == "曜石…" and text.fit("曜石腕表", 6) == "曜石… "
    assert text.fit("曜石", 6, right=True) == "  曜石"


def test_lines_break_where_a_reader_expects_it() -> None:
    lines = text.wrap("今日，澜璟发布“曜石”腕表。The new watch is here.", 12)
    assert all(text.cells(line) <= 12 for line in lines)
    assert not any(line[:1] in "，。”、）" for line in lines)
    assert "".join(lines).replace(" ", "") == "今日，澜璟发布“曜石”腕表。Thenewwatchishere."
    assert text.wrap("a\n\nb", 10) == ["a", "", "b"]
    assert text.wrap("unbreakable" * 3, 10)[0] == "unbreakabl"


@pytest.mark.parametrize(
    ("name", "syllables", "initials"),
    [("李文清", "liwenqing", "lwq"), ("单宁", "shanning", "sn"), ("曾一诺", "zengyinuo", "zyn"),
     ("区小姐", "ouxiaojie", "oxj"), ("仇先生", "qiuxiansheng", "qxs")],
)  # fmt: skip
def test_names_are_read_as_surnames_are(name: str, syllables: str, initials: str) -> None:
    assert "".join(text.pinyin(name, name=True)) == syllables
    assert text.initials(name, name=True) == initials
    for typed in (name, syllables[:4], initials, initials.upper(), " ".join(text.pinyin(name, name=True))):
        assert text.sounds_like(typed, name, name=True), typed
    assert not text.sounds_like("xyz", name, name=True)


def test_one_form_for_comparing() -> None:
    assert text.key(" ＶＯＧＵＥ  China\t") == text.key("vogue china") == "vogue china"
    assert text.has_chinese("a曜") and not text.has_chinese("カタカナ")


# -- time ---------------------------------------------------------------------------------------------------------------

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-20", (2026, 3, 20)), ("2026/3/20", (2026, 3, 20)), ("2026.3.20", (2026, 3, 20)),
        ("3/20", (2026, 3, 20)), ("3-20", (2026, 3, 20)), ("３／２０", (2026, 3, 20)),
        ("3月20日", (2026, 3, 20)), ("3月20号", (2026, 3, 20)), ("2027年1月5日", (2027, 1, 5)),
        ("12/30", (2025, 12, 30)),  # the nearest one
        ("today", (2026, 3, 4)), ("今天", (2026, 3, 4)), ("明天", (2026, 3, 5)), ("后天", (2026, 3, 6)),
        ("yesterday", (2026, 3, 3)), ("+3d", (2026, 3, 7)), ("+2w", (2026, 3, 18)), ("-1m", (2026, 2, 4)),
        ("周五", (2026, 3, 6)), ("星期三", (2026, 3, 4)), ("周二", (2026, 3, 10)), ("Friday", (2026, 3, 6)),
        ("wed", (2026, 3, 4)), ("tues", (2026, 3, 10)), ("20260320", (2026, 3, 20)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_type_them(typed: str, day: tuple[int, int, int]) -> None:
    assert clock.parse_day(typed, WEDNESDAY) == date(*day)


def test_months_keep_to_their_ends() -> None:
    assert clock.parse_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert clock.parse_day("2/29", date(2027, 9, 4)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed", ["", "31/31", "2026-02-30", "2026-13-01", "13月1日", "soon", "wedding", "monkey", "周八", "+99999999d", "2026-03",
              "12:30", "2026", "P1Y", "now", "\x00", "9" * 10_000, "[/]"]
)  # fmt: skip
def test_what_is_no_day_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(PrtuiError) as caught:
        clock.parse_day(typed, WEDNESDAY)
    assert "2026-03-20" in caught.value.hint and len(str(caught.value)) < 200


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_days_and_instants(typed: str) -> None:
    for read in (lambda: clock.parse_day(typed, WEDNESDAY), lambda: clock.parse_moment(typed, "Asia/Shanghai")):
        try:
            read()
        except PrtuiError as error:
            assert str(error)


def test_an_hour_across_the_change_of_clocks_is_an_hour() -> None:
    before = clock.parse_moment("2026-03-29 00:40", "Europe/London")
    after = clock.parse_moment("2026-03-29 02:40", "Europe/London")
    assert after.at - before.at == timedelta(hours=1)


def test_a_time_that_the_clocks_skipped_is_refused_and_of_two_the_first_is_meant() -> None:
    with pytest.raises(PrtuiError) as caught:
        clock.parse_moment("2026-03-29 01:30", "Europe/London")
    assert "did not exist" in str(caught.value)
    twice = clock.parse_moment("2026-10-25 01:30", "Europe/London")
    assert twice.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    later = Moment(twice.at + timedelta(hours=1), "Europe/London")
    assert (str(twice), str(later)) == ("2026-10-25 01:30+01:00", "2026-10-25 01:30+00:00")
    assert [clock.parse_moment(str(one), "Europe/London") for one in (twice, later)] == [twice, later]
    assert str(Moment(later.at + timedelta(minutes=30), "Europe/London")) == "2026-10-25 02:00"


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-03-14 19:00", "2026-03-14T11:00:00"), ("3/14 19：00", "2026-03-14T11:00:00"),
        ("19:00", "2026-03-04T11:00:00"), ("3月14日", "2026-03-13T16:00:00"), ("2026-03-14T18:47Z", "2026-03-14T18:47:00"),
        ("2026-03-14T18:47+01:00", "2026-03-14T17:47:00"), ("2026-03-14 24:00", "2026-03-14T16:00:00"),
        ("2026-03-14 07:05:09", "2026-03-13T23:05:09"),
    ],
)  # fmt: skip
def test_instants_are_those_of_the_zone_that_was_meant(typed: str, utc: str) -> None:
    with clock.frozen(datetime(2026, 3, 4, 1, tzinfo=UTC)):
        moment = clock.parse_moment(typed, "Asia/Shanghai")
    assert moment == Moment(datetime.fromisoformat(f"{utc}+00:00"), "Asia/Shanghai")
    assert Moment.read(moment.stored()) == moment


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)), st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))  # fmt: skip
def test_stored_instants_sort_by_time_and_come_back(one: datetime, other: datetime) -> None:
    one, other = one.replace(tzinfo=UTC), other.replace(tzinfo=UTC)
    assert clock.read(clock.stored(one)) == one
    assert (clock.stored(one) < clock.stored(other)) == (one < other)


def test_working_days_follow_the_holiday_file() -> None:
    golden_week = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}
    assert clock.working_days(date(2026, 9, 30), date(2026, 10, 12), golden_week) == 4  # 8, 9, make-up 10, 12
    assert clock.working_days(date(2026, 9, 30), date(2026, 10, 12)) == 8
    assert clock.working_days(date(2026, 3, 4), date(2026, 3, 4)) == 0


def test_a_zone_that_is_none_is_refused() -> None:
    for name in ("Mars/Olympus", "../etc/passwd", "", "x" * 5000):
        with pytest.raises(PrtuiError) as caught:
            clock.zone(name)
        assert "Asia/Shanghai" in caught.value.hint


def test_lengths_and_days_as_they_are_written() -> None:
    assert (clock.span(1104), clock.span(-1104), clock.span(3 * 86400)) == ("00:18:24", "00:18:24", "72:00:00")
    assert clock.long_day(date(2026, 3, 5), "zh") == "2026年3月5日"
    assert clock.long_day(date(2026, 3, 5), "en") == "5 March 2026"
    assert (clock.weekday(date(2026, 3, 5), "zh"), clock.weekday(date(2026, 3, 5), "en")) == ("周四", "Thu")
    assert clock.city("America/New_York") == "New York"


# -- money --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        ("86,000", 8_600_000, "CNY"), ("¥86,000.5", 8_600_050, "CNY"), ("8.6万", 8_600_000, "CNY"),
        ("1.2亿", 12_000_000_000, "CNY"), ("-0.01", -1, "CNY"), ("−12", -1200, "CNY"), ("EUR 10,000.00", 1_000_000, "EUR"),
        ("€10000", 1_000_000, "EUR"), ("100元", 10_000, "CNY"), ("１２．５０", 1250, "CNY"), ("JPY 120", 120, "JPY"),
        ("KWD 1.234", 1234, "KWD"), ("HK$5", 500, "HKD"), ("0", 0, "CNY"),
    ],
)  # fmt: skip
def test_amounts_are_read_to_the_minor_unit(typed: str, minor: int, currency: str) -> None:
    assert money.parse(typed) == Money(minor, currency)


@pytest.mark.parametrize(
    "typed", ["", "ten", "0.001", "JPY 1.5", "1.2.3", "1e5", "9" * 40, "9" * 10_000, "NaN", "[/]", "--1"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(PrtuiError) as caught:
        money.parse(typed)
    assert len(str(caught.value)) < 200


def test_foreign_money_is_rounded_half_up_to_the_minor_unit() -> None:
    assert money.convert(Money(1_000_000, "EUR"), "7.8500", "CNY") == Money(7_850_000, "CNY")  # S14: ¥78,500.00
    assert money.parse("−¥0.01") == money.parse("¥-0.01") == Money(-1)
    assert str(money.convert(Money(1_000_000, "EUR"), "7.8500", "CNY")) == "¥78,500.00"
    assert money.convert(Money(1, "EUR"), "0.5", "USD") == Money(1, "USD")
    assert money.convert(Money(12_345, "JPY"), "0.0481", "CNY") == Money(59_379, "CNY")
    assert money.convert(Money(59_379, "CNY"), "20.79", "JPY") == Money(12_345, "JPY")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["CNY", "EUR", "JPY", "KWD", "CHF"]))
def test_amounts_shown_are_read_back(minor: int, currency: str) -> None:
    assert money.parse(money.show(minor, currency), currency) == Money(minor, currency)


def test_amounts_as_they_are_shown() -> None:
    assert money.show(8_600_000) == "¥86,000.00" and money.show(-1) == "−¥0.01"
    assert money.show(150, decimals=False) == "¥2" and money.show(1234, "KWD") == "KWD 1.234"
    assert money.show(8_600_000, sign=False) == "86,000.00"


# -- settings --------------------------------------------------------------------------------------------------------------


def load(tmp_path: Path, content: str, **named: str) -> config.Settings:
    (tmp_path / "config.toml").write_text(content, encoding="utf-8")
    return config.load(data=str(tmp_path), **named)


def test_flags_come_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (
        'actor = "file"\nlanguage = "zh"\nzone = "Europe/Paris"\nzones = ["Asia/Shanghai"]\nwip = {executing = 4}\n'
    )
    found = load(tmp_path, "\ufeff" + content)
    assert (found.actor, found.language, found.zone, found.zones) == ("file", "zh", "Europe/Paris", ("Asia/Shanghai",))
    assert found.wip == {"executing": 4} and found.exports == tmp_path / "exports"
    monkeypatch.setenv("PRTUI_AS", "environment")
    monkeypatch.setenv("PRTUI_LANG", "en")
    assert (load(tmp_path, content).actor, load(tmp_path, content).language) == ("environment", "en")
    found = load(tmp_path, content, actor="fl\x1bag\udcff", language="zh")
    assert (found.actor, found.language) == ("flag\ufffd", "zh")


def test_the_folder_comes_from_the_flag_the_environment_or_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRTUI_DATA", str(tmp_path / "named"))
    assert config.load().data == tmp_path / "named"
    assert config.load(data=str(tmp_path / "flag")).data == tmp_path / "flag"
    with pytest.raises(Trouble):
        config.load(data="~no-such-user/desk")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('colour = "red"', "colour"),
        ('langauge = "zh"', "language"),
        ("actor = 5", "actor"),
        ("zones = [1]", "zones"),
        ('wip = {executing = "three"}', "wip"),
        ("brand = {name = 1}", "brand"),
        ('theme = "neon"', "neon"),
        ('zone = "Mars/Olympus"', "Mars"),
        ('language = "fr"', "fr"),
        ('actor = "林岚"\nzone = = 3', "line 2"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(PrtuiError) as caught:
        load(tmp_path, content)
    assert said in str(caught.value)


def test_holidays_are_read_and_faults_are_named_by_their_line(tmp_path: Path) -> None:
    file = tmp_path / "holidays.txt"
    file.write_text("\ufeff# 2026\n2026-10-01 off\n\n2026-10-10 work # 调休\n", encoding="utf-8")
    assert load(tmp_path, "").holidays == {date(2026, 10, 1): False, date(2026, 10, 10): True}
    file.write_text("2026-10-01 off\n2026-10-02 free\n", encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load(tmp_path, "")
    assert "line 2" in str(caught.value)


# -- languages, errors, start ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", "zh"), ("zh_TW.Big5", "zh"), ("en_GB.UTF-8", "en"), ("fr_FR.UTF-8", "en"), ("C", "en")],
)
def test_the_language_follows_the_locale(monkeypatch: pytest.MonkeyPatch, locale: str, language: str) -> None:
    monkeypatch.setenv("LANG", locale)
    assert i18n.preferred() == language


def test_a_message_without_translation_stays_english() -> None:
    assert i18n.translate("Approved", "zh") != "Approved"
    assert i18n.translate("Approved", "en") == "Approved"
    assert i18n.translate("no such message in any catalogue", "zh") == "no such message in any catalogue"
    assert i18n._("") == ""


def test_an_error_says_what_and_then_what_to_do() -> None:
    assert str(PrtuiError("It broke.", hint="Mend it.")) == "It broke. Mend it."
    refused = errors.Refused("Missing:", ["an owner", "a kind"], hint="Add them.")
    assert str(refused) == "Missing:\n  - an owner\n  - a kind\nAdd them."
    assert (refused.summary, refused.missing, refused.exit_code) == ("Missing:", ["an owner", "a kind"], 1)
    assert errors.Invalid({"title": "is required"}).fields == {"title": "is required"}
    assert Trouble("x").exit_code == errors.DiskTrouble("x").exit_code == 2


def test_an_old_python_is_told_so_in_one_line() -> None:
    script = (
        "import sys\nsys.version_info = (3, 6, 8)\nfrom prtui.__main__ import main\n"
        "code = main()\nassert 'prtui.cli' not in sys.modules\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "3.11" in done.stderr and "3.6.8" in done.stderr
