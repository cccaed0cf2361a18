"""What an export costs beside python-docx doing nothing but opening and saving the same template.

python bench/documents.py            the figures
python bench/documents.py --small    fewer rounds, to see that nothing has become much slower
"""

from __future__ import annotations

import io
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from docx import Document

from prtui import clock, documents
from prtui.documents import slots, templates
from prtui.documents.blocks import Area, Chart, Heading, Para, Table
from prtui.documents.readback import lines
from tests.test_documents_golden import NOW, STATEMENT, context


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median of the rounds, in milliseconds."""
    work()
    spent = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def beside(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The medians of both, run in turns so that a busy machine is unfair to neither, in milliseconds."""
    turns = [(timed(one, 1), timed(other, 1)) for _round in range(rounds)]
    return statistics.median(first for first, _second in turns), statistics.median(second for _first, second in turns)


def plain() -> None:
    document = Document(str(templates.find("statement", "zh", Path("/nowhere"))))
    document.save(io.BytesIO())


def report(rows: int) -> bytes:
    """A report with a table of that many rows and eight columns, and a chart."""
    document = Document(str(templates.find("minutes", "zh", Path("/nowhere"))))
    values = documents.deliverables()["minutes"].blank("zh").values
    header = ["序号", "项目", "科目", "供应商", "预算", "实际", "差异", "执行率"]
    table = [
        [n, f"秋季新品发布会第{n}场", "搭建", "星幕科技", 100_000 + n, 90_000 + n, -n, "97.5%"] for n in range(rows)
    ]
    chart = Chart("column", "预算与实际", ["搭建", "餐饮"], [("预算", [10, 20]), ("实际", [9, 21])])
    body = Area(
        [
            Heading("明细"),
            Para("截至本月末的执行情况如下。"),
            Table(header, table, total=["", "合计", "", "", 1, 2, 3, ""]),
            chart,
        ]
    )
    slots.fill(document, {**values, "body": body}, "zh")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def main(small: bool = False) -> int:
    few, many = (3, 15) if small else (10, 60)
    folder = Path(tempfile.mkdtemp(prefix="prtui-bench-"))
    given = context(folder)
    try:
        with clock.frozen(NOW):
            floor, memory = beside(plain, lambda: statement_in_memory(given), many)
            export = timed(lambda: documents.export("statement", STATEMENT, given, "zh"), many)
            preview = timed(lambda: documents.preview("statement", STATEMENT, given, "zh"), many)
            forty, five_hundred, two_thousand = (
                timed(lambda: report(40), few),
                timed(lambda: report(500), 2 if small else 3),
                timed(lambda: report(2000), 1 if small else 2),
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    words = len(lines(Document(io.BytesIO(report(40)))))
    slope = ((two_thousand - forty) / 1960) / ((five_hundred - forty) / 460)
    rows = [
        ("python-docx: open and save the template", floor, ""),
        ("statement, filled and saved in memory", memory, f"{memory / floor:.2f} × (target 2)"),
        ("statement, exported to disk (checked, fsync)", export, "target 60 ms"),
        ("statement, previewed as text", preview, ""),
        (f"report, 40 rows × 8 and a chart ({words} lines)", forty, "target 80 ms"),
        ("report, 2,000 rows × 8 and a chart", two_thousand, f"a row costs {slope:.2f} × what it costs at 500"),
    ]
    for label, spent, note in rows:
        print(f"{label:<50}{spent:9.1f} ms  {note}")
    return 0 if memory <= 2 * floor and export <= 60 and forty <= 80 and slope <= 1.5 else 1


def statement_in_memory(given: documents.Context) -> None:
    from prtui.documents import writer

    filled = documents.deliverables()["statement"].build(STATEMENT, given, "zh")
    document, _missing = writer.compose(filled, given.settings.data)
    document.save(io.BytesIO())


if __name__ == "__main__":
    sys.exit(main("--small" in sys.argv))
