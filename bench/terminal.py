"""What the screens cost on a slow line: `python bench/terminal.py [--small]`.

Runs prtui, vim, htop, visidata and a plain Textual table of the same rows on terminals of 120×40 and 80×24 that answer like a
current one, presses the same keys, and counts every byte each writes:

    start        until the first screen stands
    arrow        a key of a run of ten, as a held key repeats them: all bytes of the run and of the rest after it, by ten
    arrow, one   a key alone, with all that follows it; prtui's detail beside the list, of records with real contents, is in it
    arrow, F8    as arrow, in prtui's list of documents, whose texts are long
    scroll       as arrow, with the cursor at the bottom, so that the rows move up
    page         a page, when all of it stands
    switch       to another screen, the dearest of four that have been seen once
    idle         a second with nobody typing, between two minutes of the clock

Then CPU from the start to the first key and out again beside a minimal Textual app (bench/interactive.py), and a second of a
running crisis with nobody typing (bench/crisis.py). Ratios are prtui's to the peer's. A peer that is not installed is left out,
and it is said so. vim, with its own defaults, shows the same texts: prtui's first screen for the start, the same rows for the
keys. A limit stands beside its figure; exits 1 when one is not kept.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import installed

DOWN, PAGE = "\x1b[B", "\x1b[6~"
PLACES = {"f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f8": "\x1b[19~"}
ROWS, RUN = 400, 10
REPEAT = 0.033  # seconds between two keys of a key that is held
TARGETS = {"start": ("vim", 0.8), "arrow": ("vim", 1.0), "scroll": ("vim", 2.0), "page": ("vim", 1.1)}
MOST = {"switch": 4000, "idle": 0}
_QUERY = re.compile(rb"(.{0,4})(?:\x1b\[(?:(6n)|(>?)0?c|\?(\d+)\$p)|\x1b\]1([01]);\?)", re.S)

Costs = dict[str, float]


class Terminal:
    """A program on a pseudo-terminal whose bytes are counted."""

    def __init__(self, argv: Sequence[str], columns: int, lines: int) -> None:
        self._name = " ".join(argv)
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environ = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PRTUI_LANG": "zh"}
        for name in ("LC_ALL", "COLORTERM", "NO_COLOR", "PRTUI_DATA"):
            environ.pop(name, None)
        self._pid = os.fork()
        if self._pid == 0:
            os.login_tty(slave)
            os.execvpe(argv[0], list(argv), environ)
        os.close(slave)

    def until_quiet(self, gap: float = 0.4, limit: float = 20.0, first: float = 1.0) -> bytes:
        """What is written until nothing has come for a while; its questions are answered."""
        data, wait, end = b"", first, time.monotonic() + limit
        while time.monotonic() < end and select.select([self._master], [], [], wait)[0]:
            chunk = self._read()
            data += chunk
            for match in _QUERY.finditer(chunk):
                os.write(self._master, self._answer(*match.groups()))
            wait = gap
        return data

    def _read(self) -> bytes:
        try:
            return os.read(self._master, 65536)
        except OSError:
            raise SystemExit(f"{self._name} ended by itself; nothing was measured") from None

    def cost(self, key: str) -> int:
        """Bytes written for a key."""
        os.write(self._master, key.encode())
        return len(self.until_quiet())

    def run(self, key: str) -> float:
        """Bytes written for a key that is held, until all stands; the part of one."""
        count = 0
        for _press in range(RUN):
            os.write(self._master, key.encode())
            end = time.monotonic() + REPEAT
            while (left := end - time.monotonic()) > 0 and select.select([self._master], [], [], left)[0]:
                count += len(self._read())
        return (count + len(self.until_quiet())) / RUN

    def idle(self, seconds: float) -> float:
        """Bytes a second written with nobody typing."""
        left = 60 - time.time() % 60
        if left < seconds + 1:  # the clock would change in between, once a minute
            time.sleep(left + 0.5)
            self.until_quiet()
        end, count = time.monotonic() + seconds, 0
        while (left := end - time.monotonic()) > 0 and select.select([self._master], [], [], left)[0]:
            count += len(self._read())
        return count / seconds

    def close(self) -> None:
        """Ends the program."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._master)

    @staticmethod
    def _answer(before: bytes, position: bytes, secondary: bytes, mode: bytes, colour: bytes) -> bytes:
        if position:  # asked after one character at the left edge: how wide was it?
            char = before.decode(errors="ignore")[-1:]
            return b"\x1b[1;%dR" % (3 if char and unicodedata.east_asian_width(char) == "W" else 2)
        if colour:
            return b"\x1b]1%s;rgb:%s\x1b\\" % (colour, b"/".join([b"dddd" if colour == b"0" else b"0000"] * 3))
        if mode:
            return b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0)
        return b"\x1b[>41;380;0c" if secondary else b"\x1b[?64;1;2;22c"


def measure(
    argv: Sequence[str],
    size: tuple[int, int],
    *,
    to_list: str = "",
    screens: Sequence[str] = (),
    texts: str = "",
    times: int,
    idle: float,
) -> Costs:
    """What the program writes; `to_list` and `texts` go to its lists, `screens` from one of its screens to another."""
    columns, lines = size
    terminal = Terminal(argv, columns, lines)
    try:
        costs: Costs = {"start": len(terminal.until_quiet(1.0, first=20.0))}
        if to_list:
            terminal.cost(to_list)
        costs["arrow"] = statistics.median(terminal.run(DOWN) for _ in range(max(2, times // 3)))
        costs["arrow, one"] = statistics.median(terminal.cost(DOWN) for _ in range(times))
        terminal.cost(DOWN * lines)
        costs["scroll"] = statistics.median(terminal.run(DOWN) for _ in range(max(2, times // 3)))
        costs["page"] = statistics.median(terminal.cost(PAGE) for _ in range(max(2, times // 2)))
        if screens:
            for key in screens:  # each has been seen once
                terminal.cost(key)
            costs["switch"] = max(terminal.cost(key) for key in screens)
        if texts:
            terminal.cost(texts)
            costs["arrow, F8"] = terminal.run(DOWN)
        terminal.until_quiet(1.0)
        costs["idle"] = terminal.idle(idle)
        return costs
    finally:
        terminal.close()


def rows() -> list[tuple[str, str, str, str, str]]:
    """Name, tier, kind, platform and city of made-up outlets."""
    names = ("时装", "财经", "腕表", "都市", "Revue", "The Dial", "珠宝", "生活")
    cities = ("上海", "北京", "广州", "Paris", "London", "成都")
    return [
        (f"{names[n % 8]}观察 {n * 7919 % 1000:03}", "ABC"[n % 3], ("lifestyle", "finance", "trade")[n * 5 % 3],
         ("print", "web", "wechat", "weibo")[n % 4], cities[n * 11 % 6])
        for n in range(ROWS)
    ]  # fmt: skip


def fill(folder: Path) -> None:
    """A sample desk with so many outlets more, and the same outlets as a text."""
    from prtui import clock, store
    from prtui.config import Settings
    from prtui.desk import records, sample

    settings = Settings(data=folder / "desk", actor="林岚", language="zh", sample=True)
    store.open_desk(settings)
    names = ("name", "tier", "type", "platform", "city")
    with store.write(settings.actor) as work:
        sample.fill(work, clock.today(settings.zone))
        for number, row in enumerate(rows()):
            more = {
                "name_en": f"The Observer {number * 31 % 400:03}",
                "language": ("中文", "English", "Français")[number % 3],
                "lead_days": number % 60,
                "audience": number * 7919 % 900_000,
                "audience_source": f"刊例 20{20 + number % 6}",
                "note": f"第 {number} 号：{row[4]}编辑部周{'一二三四五'[number % 5]}截稿，专题提前{number % 9 + 2}天约访，照片要无水印原图。",
            }
            records.add(work, "outlet", dict(zip(names, row, strict=True)) | more)
    store.close()
    (folder / "desk" / "config.toml").write_text('actor = "林岚"\n', encoding="utf-8")
    (folder / "outlets.txt").write_text(
        "".join("  {:<24} {:<4} {:<16} {:<14} {}\n".format(*row) for row in rows()), encoding="utf-8"
    )
    lines = [("name", "tier", "type", "platform", "city"), *rows()]
    (folder / "outlets.tsv").write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def first_screen(folder: Path, size: tuple[int, int]) -> str:
    """A file with the text of prtui's first screen."""
    import asyncio

    from prtui import config, i18n
    from prtui.app import Desk

    async def shown() -> str:
        app = Desk(config.load(data=str(folder / "desk"), language="zh"))
        async with app.run_test(size=size) as pilot:
            await pilot.pause(1.0)
            return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())

    i18n.use("zh")
    path = folder / f"first-{size[1]}.txt"
    path.write_text(asyncio.run(shown()), encoding="utf-8")
    return str(path)


def plain() -> None:
    """The plain Textual app: the rows in a DataTable, and a second screen."""
    from textual.app import App, ComposeResult
    from textual.screen import Screen
    from textual.widgets import DataTable, Footer, Header, Static

    class Listed(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Header()
            yield DataTable[str](cursor_type="row")
            yield Footer()

        def on_mount(self) -> None:
            table = self.query_one(DataTable)
            table.add_columns("名称", "级别", "类型", "平台", "城市")
            table.add_rows(rows())

    class Other(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Header()
            yield Static("\n".join("  ".join(row) for row in rows()[:60]))
            yield Footer()

    class Plain(App[None]):
        MODES = {"list": Listed, "other": Other}
        DEFAULT_MODE = "list"
        BINDINGS = [("f2", "switch_mode('list')", "List"), ("f3", "switch_mode('other')", "Other")]

    Plain().run(mouse=False)


def run(size: tuple[int, int], folder: Path, times: int, idle: float) -> dict[str, Costs]:
    """What each program that is installed costs on a terminal of this size."""
    keys = list(PLACES.values())
    desk = [sys.executable, "-m", "prtui", "--data", str(folder / "desk")]
    found = {
        "prtui": measure(desk, size, to_list=PLACES["f4"], screens=keys, texts=PLACES["f8"], times=times, idle=idle)
    }
    text = str(folder / "outlets.txt")
    if shutil.which("vim"):
        vim = ["vim", "--clean", "-n", "-i", "NONE"]
        found["vim"] = measure([*vim, text], size, times=times, idle=idle)
        found["vim"]["start"] = measure([*vim, first_screen(folder, size)], size, times=1, idle=0.1)["start"]
    if shutil.which("htop"):
        found["htop"] = measure(["htop"], size, times=times, idle=idle)
    if shutil.which("vd"):
        table = [str(folder / "outlets.tsv"), "--config", os.devnull, "--visidata-dir", str(folder)]
        found["visidata"] = measure(["vd", *table], size, times=times, idle=idle)
    found["Textual"] = measure(
        [sys.executable, __file__, "--plain"], size, screens=keys[:2] * 2, times=times, idle=idle
    )
    return found


def table(found: dict[str, Costs]) -> str:
    """The costs side by side, with ratios and limits."""
    own, peers = found["prtui"], [name for name in found if name != "prtui"]
    lines = ["  ".join([f"{'bytes':<10}", f"{'prtui':>8}", *(f"{name:>10} {'×':>6}" for name in peers), "limit"])]
    for what, cost in own.items():
        cells = [f"{what:<10}", f"{cost:>8,.0f}"]
        for name in peers:
            theirs = found[name].get(what)
            ratio = f"{cost / theirs:.2f}" if theirs else "-"
            cells.append(f"{'-' if theirs is None else format(theirs, ',.0f'):>10} {ratio:>6}")
        lines.append("  ".join([*cells, _judged(what, cost, found)]).rstrip())
    return "\n".join(lines)


def _judged(what: str, cost: float, found: dict[str, Costs]) -> str:
    if what in MOST:
        return f"≤ {MOST[what]:,} {_kept(cost <= MOST[what])}"
    if what not in TARGETS:
        return ""
    peer, most = TARGETS[what]
    if peer not in found:
        return f"≤ {most} × {peer}, which is not here"
    return f"≤ {most} × {peer} {_kept(cost <= most * found[peer][what])}"


def _kept(kept: bool) -> str:
    if not kept:
        missed.append(True)
    return "met" if kept else "MISSED"


missed: list[bool] = []


def others(folder: Path, small: bool) -> None:
    """What is weighed by other scripts: CPU of the start, and the clock of a crisis."""
    import crisis
    import interactive

    ours, theirs, ratio = interactive.weigh(3 if small else 11)
    most = interactive.LIMIT
    print(f"\nstart to interactive, CPU: {ours:.3f} s, a minimal Textual app {theirs:.3f} s")
    print(f"ratio {ratio:.2f}  ≤ {most} {_kept(ratio <= most)}")
    written, _cpu = crisis.idle(crisis.fill(folder / "crisis"), crisis.F12, 10.0 if small else 20.0)
    print(
        f"the ticking crisis clock: {written:.1f} bytes a second  ≤ {crisis.MOST:.0f} {_kept(written <= crisis.MOST)}"
    )


def main() -> int:
    """Measures and prints; the exit code."""
    if "--plain" in sys.argv:
        plain()
        return 0
    installed.ready()
    small = "--small" in sys.argv
    for program, name in (("vim", "vim"), ("htop", "htop"), ("vd", "visidata")):
        if not shutil.which(program):
            print(f"{name} is not installed: left out")
    with tempfile.TemporaryDirectory(prefix="prtui-bench-") as name:
        folder = Path(name)
        fill(folder)
        for size in [(120, 40)] if small else [(120, 40), (80, 24)]:
            print(f"\n{size[0]}×{size[1]}")
            print(table(run(size, folder, times=3 if small else 9, idle=2.0 if small else 5.0)))
        others(folder, small)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
