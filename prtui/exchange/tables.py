"""CSV in and out, as Excel, WPS and the payment apps write it and need it."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

from prtui.errors import Refused
from prtui.exchange import files
from prtui.exchange.encodings import decode
from prtui.exchange.found import Unreadable, shown
from prtui.i18n import _
from prtui.text import clean, key

# 100,000 rows of a full media list; also what a person can still check.
SIZE_LIMIT = 32 << 20
ROW_LIMIT = 200_000
# Alipay's preamble is 24 lines, WeChat's 16, ICBC's 6.
PREAMBLE_LIMIT = 60
# The longest field of a real list is the text of an article.
CELL_LIMIT = 1_000_000

_DELIMITERS = ",;\t"
_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.S)
_SHORTENED = re.compile(r"^\d(?:\.(\d+))?E\+(\d{1,2})$", re.I)
_SERIAL = re.compile(r"^\d{5}(?:\.0+)?$")
_NUMBER = re.compile(r"^[+-]?\d[\d.,]*%?$")


@dataclass
class Table:
    """Rows as name → value, all text, none missing; `lines` has the line each row began on; `problems` says what was
    wrong with which line; `preamble` the lines above the header."""

    header: list[str]
    rows: list[dict[str, str]]
    encoding: str
    delimiter: str
    lines: list[int] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read(path: Path, known: Collection[str] = ()) -> Table:
    """The table in a CSV file. `known` header names help to find the header below a preamble. Raises Unreadable."""
    name = shown(path)
    with files.opened(path) as file:
        size = file.seek(0, 2)
        if size > SIZE_LIMIT:
            raise files.too_large(name, size, SIZE_LIMIT)
        file.seek(0)
        data = file.read()
    if data.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(
            name, _("it is a workbook, not a text."), hint=_("Save the sheet as CSV and import it as a list.")
        )
    text, encoding = decode(data)
    if text.count("\0") > len(text) // 1000:
        raise Unreadable(name, _("it is not a text."))
    table = parse(text, known)
    table.encoding = encoding
    if not table.header:
        raise Unreadable(name, _("there is no header row in it."), hint=_("The first row must name the columns."))
    return table


def parse(text: str, known: Collection[str] = ()) -> Table:
    """The table in a text; `header` is empty when there is none."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    said = re.match(r"sep=(.)\r?\n", text, re.I)
    if said:
        text = text[said.end() :]
    delimiter = said[1] if said else _delimiter(text)
    problems: list[str] = []
    rows = _rows(text, delimiter, problems)
    top = _header_row(rows, {key(name) for name in known})
    if top is None:
        return Table([], [], "", delimiter, problems=problems)
    header = _names(rows[top][1])
    table = Table(
        header, [], "", delimiter, preamble=["".join(cells).strip() for _line, cells in rows[:top]], problems=problems
    )
    for line, cells in rows[top + 1 :]:
        values = [_value(cell) for cell in cells]
        if not any(values):
            continue
        if len(table.rows) == ROW_LIMIT:
            problems.append(
                _("line {line}: only the first {count:,} rows were read").format(line=line, count=ROW_LIMIT)
            )
            break
        if any(values[len(header) :]):
            problems.append(_("line {line}: it has more cells than the header").format(line=line))
        values += [""] * (len(header) - len(values))
        row = dict(zip(header, values, strict=False))
        for column, value in row.items():
            if (match := _SHORTENED.match(value)) and len(match[1] or "") < int(match[2]):
                problems.append(
                    _("line {line}, {column}: Excel shortened a number to {value}; its last digits are lost").format(
                        line=line, column=column, value=value
                    )
                )
        table.rows.append(row)
        table.lines.append(line)
    return table


def _delimiter(text: str) -> str:
    """The delimiter that cuts the most lines into the same number of cells."""
    sample = text[:50_000].splitlines()[: PREAMBLE_LIMIT + 20]

    def score(delimiter: str) -> int:
        widths = Counter(line.count(delimiter) for line in sample if delimiter in line)
        return max((lines * min(width, 30) for width, lines in widths.items()), default=0)

    return max(_DELIMITERS, key=score)


def _rows(text: str, delimiter: str, problems: list[str]) -> list[tuple[int, list[str]]]:
    """Line number and cells. A quote that is never closed would swallow the rest of the file: then quotes are letters."""
    before = csv.field_size_limit(CELL_LIMIT)
    try:
        try:
            return _parsed(text, delimiter, strict=True)
        except csv.Error as error:
            if "unexpected end" not in str(error) and "field larger" not in str(error):
                return _parsed(text, delimiter, strict=False)
        problems.append(_("a quotation mark is never closed; every line was taken for a row"))
        try:
            return _parsed(text, delimiter, quoting=csv.QUOTE_NONE)
        except csv.Error:
            return []
    finally:
        csv.field_size_limit(before)


def _parsed(
    text: str, delimiter: str, *, strict: bool = False, quoting: int = csv.QUOTE_MINIMAL
) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict, quoting=quoting)  # type: ignore[arg-type]
    rows: list[tuple[int, list[str]]] = []
    line = 1
    for cells in reader:
        rows.append((line, cells))
        line = reader.line_num + 1
        if len(rows) > ROW_LIMIT + PREAMBLE_LIMIT:
            break
    return rows


def _header_row(rows: Sequence[tuple[int, list[str]]], known: set[str]) -> int | None:
    """The row with the most known names; else the first with two names or more and as wide as the rows below it."""
    top = rows[:PREAMBLE_LIMIT]
    hits = [sum(key(_value(cell)) in known for cell in cells) for _line, cells in top]
    if hits and max(hits) >= (1 if max(len(cells) for _line, cells in top) == 1 else 2):
        return hits.index(max(hits))
    widths = Counter(_width(cells) for _line, cells in rows[: PREAMBLE_LIMIT * 2] if _width(cells) > 1)
    usual = max(widths, key=lambda width: (widths[width], width), default=1)
    for index, (_line, cells) in enumerate(top):
        filled = [value for cell in cells if (value := _value(cell))]
        if filled and len(filled) >= usual * 0.6 and not any(_NUMBER.match(value) for value in filled):
            return index
    return None


def _width(cells: Sequence[str]) -> int:
    return next((len(cells) - index for index, cell in enumerate(reversed(cells)) if cell.strip()), 0)


def _names(cells: Sequence[str]) -> list[str]:
    names: list[str] = []
    for number, cell in enumerate(cells[: _width(cells)], 1):
        name = clean(_value(cell), lines=False) or _("column {number}").format(number=number)
        count = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({count + 1})" if count else name)
    return names


def _value(cell: str) -> str:
    """The cell as it was meant: no blanks and tabs around it, `="0138"` unwrapped, the guard before a formula removed."""
    value = clean(cell).strip().strip("\u3000").strip()
    if match := _FORMULA_TEXT.match(value):
        value = match[1].replace('""', '"')
    if value.startswith("'") and _guarded(value[1:]) == value:
        value = value[1:]
    if (match := _SHORTENED.match(value)) and len(match[1] or "") >= int(match[2]):
        value = format(Decimal(value), "f").partition(".")[0]
    return value


def day(value: str) -> date | None:
    """The day a cell means: a written date, `2026/3/5 10:00`, or Excel's serial number (46086 is 2026-03-05); else None."""
    from prtui.exchange.guesses import find_compact, find_day

    folded = normalize("NFKC", value).strip()
    if _SERIAL.match(folded):
        return date(1899, 12, 30) + timedelta(days=int(folded[:5]))
    found = find_day(folded) or find_compact(folded)
    return date(found.year, found.month, found.day) if found else None


def write(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    *,
    encoding: str = "utf-8",
    overwrite: bool = False,
) -> None:
    """A CSV that Excel and WPS open as it is: UTF-8 with a BOM (or `gb18030`), CRLF, no cell that runs as a formula.

    The file is complete or not there. Raises Refused when it exists and `overwrite` is not said.
    """
    if path.exists() and not overwrite:
        raise Refused(_("{path} exists already.").format(path=path), hint=_("Choose another name, or say --force."))
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(
            number, "w", encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline=""
        ) as file:
            file.write(text(header, rows))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def text(header: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The table as CSV text with CRLF, guarded."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([cell(name) for name in header])
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in header])
    return out.getvalue()


def cell(value: object) -> str:
    """The value as a CSV cell. Numbers stay numbers; text that would run as a formula gets a `'`, and digits that Excel
    would round or strip of their zeros a tab behind them, as the payment apps do. `read` takes both away again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        return str(value)
    written = clean(str(value))
    if re.fullmatch(r"\+?\d+", written) and (len(written) > 11 or written[0] in "+0") and len(written) > 1:
        return written + "\t"
    return _guarded(written)


def _guarded(written: str) -> str:
    start = normalize("NFKC", written[:8]).lstrip()
    if start[:1] in tuple("=+-@") and not _NUMBER.match(written):
        return "'" + written
    return written
