"""Search everything while typing. It answers beside the database thread, so that it never waits for a save, nor a save for it."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from prtui.commands import SEARCH
from prtui.errors import NotFound, Trouble
from prtui.i18n import _
from prtui.screens import copying
from prtui.screens.aside import Aside
from prtui.screens.base import Changed
from prtui.screens.chrome import Piece, Row
from prtui.screens.counts import Counts
from prtui.screens.detail import RESTED
from prtui.screens.hits import Hits
from prtui.screens.kept import KeptSearches
from prtui.screens.options import Options
from prtui.screens.prompt import Prompt, PromptLine
from prtui.screens.sheet import Line, Sheet, sheet
from prtui.screens.similar import Similar
from prtui.screens.working import job
from prtui.search import facets
from prtui.search import index as indexes
from prtui.search import query as finding
from prtui.search.query import Hit, Order, Results
from prtui.store import Row as Record
from prtui.store import query
from prtui.store.fields import Choice, Prose, Text
from prtui.store.records import specs
from prtui.terminal.width import glyphs
from prtui.text import cells, fit, wrap

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

PAGE = 50
MOST_AT_ONCE = 400  # hits fetched at once, far down: so End reaches the last of some thousands in a few presses
AFTER_TYPING = 0.04  # seconds of rest before what was typed is searched
AROUND = 3000  # characters of a long text shown before and after the first find


class Rule(Row):
    """A thin line across."""

    def on_resize(self) -> None:
        """As long as there is room."""
        self.show((glyphs().rule * self.size.width, "muted"))


def syntax() -> list[list[Piece]]:
    """What may be typed, said while nothing is."""
    examples = (
        (_("quality -recall"), _("both near or far apart; - before what must not occur")),
        (_('"at once"'), _("these very words, in this order")),
        (_("kind:coverage outlet:Vogue"), _("only of that kind, from that outlet")),
        (_("from:2026-01 to:2026-03"), _("only of those days, months or years")),
    )
    room = max(cells(example) for example, _what in examples)
    return [[(fit(example, room), "accent"), ("  ", ""), (what, "muted")] for example, what in examples]


def text_around(row: Record, found: tuple[str, ...], width: int, zone: str) -> tuple[list[Line], int]:
    """The record's text with what was found as 〔…〕, or its sheet where that is in a field, and the line of the first find.
    Long texts are cut around it."""
    words = sorted({word for word in found if word.strip()}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)) or r"(?!)", re.IGNORECASE)
    values = {name: row[name] for name in row}
    for name, spec in specs(row.model).items():
        if isinstance(spec, Text | Prose) and not isinstance(spec, Choice) and name != row.model.titled_by:
            values[name] = _marked(values[name] or "", pattern)
    prose = "\n\n".join(values[name] for name in _prose(row) if values[name])
    told: list[Line] = [((line, ""),) for line in wrap(prose, width)]
    if not prose or ("〔" not in prose and words):
        told = sheet(Record(row.kind, values), width, zone)
    lines = [_bold(line) for line in told]
    first = next((number for number, line in enumerate(lines) if any("〔" in said for said, _tone in line)), 0)
    return [*(((line, "bold"),) for line in wrap(row.heading, width)), ((row.code, "muted"),), (), *lines], first + 3


def _prose(row: Record) -> list[str]:
    return [name for name, spec in specs(row.model).items() if isinstance(spec, Prose)]


def _marked(said: str, pattern: re.Pattern[str]) -> str:
    if len(said) > 2 * AROUND:
        match = pattern.search(said)
        start = max(0, match.start() - AROUND) if match else 0
        front, end = "…" if start else "", "…" if start + 2 * AROUND < len(said) else ""
        said = front + said[start : start + 2 * AROUND] + end
    return pattern.sub(lambda match: f"〔{match[0]}〕", said)


def _bold(line: Line) -> Line:
    parts: list[Piece] = []
    for said, tone in line:
        for number, part in enumerate(re.split(r"(〔[^〕]*〕?)", said)):
            if part:
                parts.append((part, "bold" if number % 2 else tone))
    return tuple(parts)


class SearchScreen(KeptSearches):
    """The line to type in, what was found, and the text around it, or how the hits are spread."""

    scopes = (SEARCH,)
    DEFAULT_CSS = """
    SearchScreen #found { height: 1fr; layout: vertical; }
    SearchScreen #preview { display: none; height: 1fr; padding: 0 1; }
    SearchScreen #between, SearchScreen #counts { display: none; }
    SearchScreen.-preview #preview, SearchScreen.-preview #between { display: block; }
    SearchScreen.-wide #found { layout: horizontal; }
    SearchScreen.-wide #found Hits { width: 79; }
    SearchScreen.-wide #preview { display: block; width: 1fr; padding: 0 1 0 2; }
    SearchScreen.-counts #counts, SearchScreen.-counts #between { display: block; }
    SearchScreen.-counts #preview { display: none; }
    SearchScreen.-wide #counts { width: 1fr; padding: 0 1 0 2; }
    SearchScreen.-wide #between { display: none; }
    """
    TABS: ClassVar[tuple[str, ...]] = ("down", "tab")

    def __init__(self) -> None:
        super().__init__()
        self.order: Order = "relevance"
        self.results: Results | None = None
        self.typed = ""
        self._finder = Aside("search")
        self._indexer = Aside("index")
        self._over = threading.Event()
        self._catching_up = self._again = False
        self._progress = ""
        self._asked = object()  # the newest search; an earlier one gives up when it is not that any more

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The line, a rule, the hits and the preview."""
        yield PromptLine()
        yield Rule()
        yield Options(always=True, id="saved")
        with Container(id="found"):
            yield Hits()
            yield Rule(id="between")
            yield Sheet(id="preview")
            yield Counts(id="counts")

    def on_mount(self) -> None:
        """Opens the index and puts the focus where one types."""
        indexes.open_index(self.desk.settings.data / "index")
        self.hits.show([], instead=[[], *syntax()])
        super().on_mount()
        self._say_head()
        self.focus_first()

    def focus_first(self) -> None:
        """The line."""
        self.prompt.focus()

    def begin_typing(self) -> None:
        """The line, what was typed before selected: typing replaces it, an arrow keeps it."""
        self.prompt.focus()
        self.prompt.select_all()

    async def on_unmount(self) -> None:
        """Ends both threads; an index that is being built is left for the next time."""
        self._over.set()
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(None, one.close) for one in (self._finder, self._indexer)))

    def _say_head(self) -> None:
        left: list[Piece] = [(_("Search"), "bold"), ("   ", "")]
        state = [self._progress] if self._progress else []
        if self.results is not None and self.typed.strip():
            count = f"{self.results.total:,}" if self.results.exact else f"≥ {self.results.total:,}"
            state.append(_("{count} found").format(count=count))
            state.append(_("{count} ms").format(count=max(1, round(self.results.seconds * 1000))))
            state.append(_("the newest first") if self.results.order == "newest" else _("the most fitting first"))
        if self.is_wide or not state:
            left.append((_('kind: outlet: from: to: -word "a phrase"'), "muted"))
        self.head(left, "  ".join(state))

    # -- searching ------------------------------------------------------------------------------------------------------

    async def refresh_data(self) -> None:
        """Search again: what is stored has changed."""
        self._catch_up()
        if self.typed.strip():
            await self._find(self.typed, keep=True)
        else:
            self.show_saved()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches what is typed, after a moment of rest; an earlier search is dropped."""
        event.stop()
        self.typed = event.value
        self._asked = object()
        self.start(self._find, "find", True, event.value, False, AFTER_TYPING)

    async def find(self, typed: str) -> None:
        """Show what is found for this."""
        await self._find(typed, False)

    async def _find(self, typed: str, keep: bool, rest: float = 0.0) -> None:
        if rest:
            await asyncio.sleep(rest)
        self.show_saved()
        if not typed.strip():
            self.results = None
            self.hits.show([], instead=[[], *syntax()])
            self.note("")
            self._say_head()
            return
        order = self.order
        limit = max(PAGE, len(self.hits.hits)) if keep else PAGE
        asked = self._asked = object()
        going = True
        while going:
            found = await self._finder.do(
                finding.search, typed, limit=limit, order=order, stop=lambda: asked is not self._asked
            )
            if typed != self.typed or order != self.order or asked is not self._asked:
                return  # a later one has been asked for
            self.results, going = found, found.going
            self.hits.show(found.hits, keep=keep, instead=[[], [(_("Nothing found."), "muted")]] if not going else [])
            self.note(found.hint)
            self._say_head()
            if not going:
                self._count()
            if found.unusable and not keep:
                self._catch_up()
            keep = True

    def _count(self) -> None:
        if self.has_class("-counts"):
            self.start(self._say_counts, "count", True, self.typed)

    async def _say_counts(self, typed: str) -> None:
        found = await self._finder.do(
            finding.search, typed, limit=0, counts=True, patience=finding.THOROUGH, stop=lambda: typed != self.typed
        )
        if typed == self.typed:
            self.query_one(Counts).say(await self._finder.do(facets.counted, found))

    def on_hits_wanted(self) -> None:
        """More hits, when the mark comes near the last one read."""
        if self.results is not None and (len(self.hits.hits) < self.results.total or not self.results.exact):
            self.start(self._more, "more", True, self.typed, self.order, len(self.hits.hits))

    async def _more(self, typed: str, order: Order, offset: int) -> None:
        limit, asked = min(max(PAGE, offset), MOST_AT_ONCE), self._asked
        going = True
        while going:
            found = await self._finder.do(
                finding.search, typed, limit=limit, offset=offset, order=order, stop=lambda: asked is not self._asked
            )
            if (typed, order, offset) != (self.typed, self.order, len(self.hits.hits)) or asked is not self._asked:
                return
            self.results, going = found, found.going and not found.hits
            known = {(hit.kind, hit.id) for hit in self.hits.hits}
            self.hits.add([hit for hit in found.hits if (hit.kind, hit.id) not in known])
            self._say_head()

    # -- the index ------------------------------------------------------------------------------------------------------

    def on_changed(self, changed: Changed) -> None:
        """The index follows, whether the search is in sight or not."""
        self._catch_up()
        super().on_changed(changed)

    def _catch_up(self) -> None:
        if self._catching_up:
            self._again = True
            return
        self._catching_up = True
        self._bring_index_up()

    @job
    async def _bring_index_up(self) -> None:
        loop = asyncio.get_running_loop()

        def progress(done: int, whole: int) -> None:
            if not self._over.is_set():
                loop.call_soon_threadsafe(self._say_progress, done, whole)

        try:
            self._again = True
            while self._again and not self._over.is_set():
                self._again = False
                await self._indexer.do(indexes.current().catch_up, progress, self._over.is_set)
        except Trouble as error:
            self.not_read(error)
        finally:
            self._catching_up = False
            self._progress = ""
        if self.is_attached:
            self._say_head()
            if self.results is not None and self.results.hint and self.typed.strip():
                self.start(self._find, "find", True, self.typed, True)

    def _say_progress(self, done: int, whole: int) -> None:
        if self._catching_up and self.is_attached and (not whole or whole > PAGE):
            self._progress = (
                _("index {done} of {whole}").format(done=f"{done:,}", whole=f"{whole:,}")
                if whole
                else _("index {done}").format(done=f"{done:,}")
            )
            self._say_head()

    # -- the preview ----------------------------------------------------------------------------------------------------

    def on_hits_moved(self, message: Hits.Moved) -> None:
        """Shows the text around the hit, where there is room for it."""
        if self.query_one("#preview").display:
            self.start(self._rested, "preview", True, message.hit)

    async def _rested(self, hit: Hit | None) -> None:
        await asyncio.sleep(RESTED)
        await self._preview(hit)

    async def _preview(self, hit: Hit | None) -> None:
        view = self.query_one("#preview", Sheet)
        if hit is None:
            view.show([])
            return
        words = tuple(said for said, found in hit.snippet if found)
        width = view.content_size.width or view.room
        try:
            lines, first = await self._finder.do(self._around, hit, words, width, self.desk.settings.zone)
        except NotFound as error:
            lines, first = [((str(error), "muted"),)], 0
        if hit == self.hits.current:
            view.show(lines)
            view.scroll_to(y=max(0, first - 3), animate=False, force=True)

    @staticmethod
    def _around(hit: Hit, words: tuple[str, ...], width: int, zone: str) -> tuple[list[Line], int]:
        return text_around(query.get(hit.kind, hit.id), words, max(20, width), zone)

    def on_resize(self, event: events.Resize) -> None:
        """Fits the preview to the room there is."""
        super().on_resize(event)
        self.call_after_refresh(self._preview_again)

    def _preview_again(self) -> None:
        if self.is_attached and self.query_one("#preview").display:
            self.start(self._preview, "preview", True, self.hits.current)

    # -- keys -----------------------------------------------------------------------------------------------------------

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_open()

    async def on_prompt_pressed(self, message: Prompt.Pressed) -> None:
        """Down goes to the hits, page keys scroll them, Esc leaves."""
        message.stop()
        if message.key == "escape":
            await self.action_back()
        elif self.saved.display and message.key in self.TABS:
            self.saved.focus()
        elif not self.hits.hits:
            return
        elif message.key in self.TABS:
            self.hits.focus()
            if message.key == "down":
                self.hits.action_move(1)
        elif message.key in ("pageup", "pagedown"):
            self.hits.action_page(1 if message.key == "pagedown" else -1)

    def on_hits_above(self) -> None:
        """Up from the first hit goes back to the line."""
        self.prompt.focus()

    def action_query(self) -> None:
        """Back to the line, to type something else."""
        self.begin_typing()

    @job
    async def action_open(self) -> None:
        """The record at the mark, or the saved search. Enter pressed before the answer opens the first of the answer."""
        if self.saved.display and not self.prompt.value.strip():
            await self.run_saved()
            return
        if self.results is None or self.prompt.value != self.typed or self._waiting:
            await self._find(self.typed, False)
        if self.hits.current is not None:
            self.desk.open_record(self.hits.current.code, self.around)

    @property
    def _waiting(self) -> bool:
        return any(worker.group == "find" and not worker.is_finished for worker in self.workers)

    async def around(self, direction: int) -> Record | None:
        """The record of the hit after or before; the mark goes with it."""
        hit = self.hits.step(direction)
        return await self.read(query.get, hit.kind, hit.id) if hit is not None else None

    def action_preview(self) -> None:
        """Show or hide the text around the hit."""
        self.remove_class("-counts")
        self.toggle_class("-preview")
        self.call_after_refresh(self._preview_again)

    async def copies(self) -> Sequence[Copy]:
        """The passage, title or line of the hit at the mark; the query of a saved search."""
        if self.saved.display and not self.prompt.value.strip():
            return self.saved_copies()
        return await copying.passages(self, self.hits.current)

    def action_order(self) -> None:
        """By day or by how well it fits."""
        self.order = "newest" if self.order == "relevance" else "relevance"
        self._say_head()
        if self.typed.strip():
            self.start(self._find, "find", True, self.typed, False)

    @job
    async def action_like(self) -> None:
        """Records like the one at the mark."""
        hit = self.hits.current
        if hit is not None:
            self.app.push_screen(Similar(await self.read(query.get, hit.kind, hit.id)))

    def action_counts(self) -> None:
        """Show or hide how the hits are spread over kinds, outlets, tones and years."""
        if self.line.typing:
            return
        self.toggle_class("-counts")
        if not self.has_class("-counts"):
            self.prompt.focus()
            self.call_after_refresh(self._preview_again)
        else:
            self.query_one(Counts).focus()
            self._count()

    @job
    async def on_options_picked(self, message: Options.Picked) -> None:
        """Enter on a count narrows the search to it, once more widens it; on a saved search it runs."""
        message.stop()
        if message.options is self.saved:
            await self.run_saved()
        else:
            self.prompt.value = facets.toggled(self.prompt.value, str(message.option.id))

    async def action_back(self) -> None:
        """Back to the hits from their counts, else to where she was; what was typed stays for the next time."""
        if self.has_class("-counts"):
            self.action_counts()
            return
        await self.desk.action_place(self.desk.came_from)
