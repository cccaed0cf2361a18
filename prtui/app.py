"""The screen face of the desk: its places, the one database thread behind them, and the live refresh."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from rich.text import Text as RichText
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.theme import BUILTIN_THEMES, Theme

from prtui import clock, commands, i18n, store
from prtui.config import Settings
from prtui.errors import PrtuiError
from prtui.i18n import _
from prtui.screens import PLACES, copying, everywhere, exists, page_of
from prtui.screens.base import Changed, DeskScreen
from prtui.screens.chrome import Navigation
from prtui.screens.pacing import Paced
from prtui.screens.stack import Stacked
from prtui.screens.working import Working
from prtui.store import Row, engine, journal, query
from prtui.terminal import crash, session
from prtui.terminal.curtain import Curtain
from prtui.terminal.drafts import DraftKeeper, Drafts
from prtui.terminal.painter import Painted
from prtui.text import plain

if TYPE_CHECKING:
    from prtui.screens.palette import Errand

P = ParamSpec("P")
R = TypeVar("R")

POLL = 1.0
SETTLED = 1.5  # seconds from the start

# One accent. `terminal` is the palette the director chose for her terminal; cyan is legible on dark and on light ones.
THEMES = {
    "terminal": Theme(
        "terminal", ansi=True, primary="ansi_cyan", secondary="ansi_cyan", accent="ansi_cyan", warning="ansi_yellow",
        error="ansi_red", success="ansi_green", foreground="ansi_default", background="ansi_default",
        surface="ansi_default", panel="ansi_default", boost="ansi_default",
        variables=BUILTIN_THEMES["ansi-dark"].variables
        | {"text-muted": "ansi_bright_black", "text-disabled": "ansi_bright_black"},
    ),
    "dark": Theme(
        "dark", primary="#c9a86a", accent="#c9a86a", warning="#d9a441", error="#e0685f", success="#7fae83",
        foreground="#d8d4cc", background="#161616", surface="#161616", panel="#1f1f1f", dark=True,
        variables={"text-muted": "#8d877c", "text-disabled": "#4a4741"},
    ),
    "light": Theme(
        "light", primary="#8a6a2b", accent="#8a6a2b", warning="#9a5b00", error="#b3261e", success="#2f6b3a",
        foreground="#23211d", background="#faf8f4", surface="#faf8f4", panel="#efece5", dark=False,
        variables={"text-muted": "#7b756a", "text-disabled": "#cfc9bd"},
    ),
}  # fmt: skip


class Door:
    """The one thread that talks to the database."""

    def __init__(self, settings: Settings) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prtui-database")
        # At work while the screen starts; whoever waits for it hears what went wrong.
        self.opened = self._thread.submit(store.open_desk, settings)

    async def read(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a function run on the database thread; one not yet begun is dropped when its caller gives up."""
        if not self.opened.done():
            await asyncio.shield(asyncio.wrap_future(self.opened))
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, functools.partial(_told, act, *args, **kwargs)
        )

    def close(self) -> None:
        """Close the database; what is under way is finished."""
        self._thread.submit(store.close)
        self._thread.shutdown(wait=True)


def _told(act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    # What the database itself complains of becomes a sentence for the director.
    with store.explained():
        return act(*args, **kwargs)


class Desk(Painted, Paced, Stacked, crash.CrashReports, App[None]):
    """The app. `place` is the id of the place in sight, `came_from` of the one before it."""

    CSS_PATH = "screens/prtui.tcss"
    DEFAULT_MODE = PLACES[0].id  # the first place at once: a blank default screen before it costs a tenth of the start
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings(commands.EVERYWHERE),
        *(Binding(place.key, f"place('{place.id}')", place.label, show=False, priority=True) for place in PLACES),
    ]

    def __init__(self, settings: Settings, keeper: DraftKeeper | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.painting = settings.painter
        self.logs = settings.data / "logs"
        self.drafts = keeper or draft_keeper(settings)
        self.door = Door(settings)
        self.place, self.came_from = PLACES[0].id, ""
        self._seq = 0
        self._version = -1
        self._trouble = ""
        self._after_goto = False
        self._to_tell = ("", "")
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = settings.theme
        self.animation_level = "none"
        for place in PLACES:
            self.add_mode(place.id, place.make)

    # -- start and end --------------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Opens the desk and shows its first place."""
        try:
            await asyncio.wrap_future(self.door.opened)
            self._seq = await self.door.read(journal.head_seq)
            self._version = await self.door.read(engine.data_version)
        except PrtuiError as error:
            self.exit(return_code=error.exit_code, message=RichText(plain(error)))
            return
        self.set_interval(POLL, self._begin_poll)
        if isinstance(self.screen, DeskScreen):
            everywhere.remember_drafts(self.screen)
        self._tick()
        if self.curtain is not None:
            self.set_timer(SETTLED, self._keep_frame)

    def _keep_frame(self) -> None:
        """The places and the keys of the first screen are there at once when prtui starts the next time."""
        if self.place == PLACES[0].id and len(self.screen_stack) == 1 and isinstance(self.screen, DeskScreen):
            self.keep_frame({0: self.screen.query_one(Navigation).used, self.size.height - 1: self.size.width})

    async def on_unmount(self) -> None:
        """Closes the database thread."""
        await asyncio.get_running_loop().run_in_executor(None, self.door.close)

    def _tick(self) -> None:
        # From the clock, never by counting: a stalled link holds the loop up.
        for screen in self.in_sight():
            screen.show_navigation()
        now = clock.now()
        self.set_timer(60 - now.second - now.microsecond / 1e6 + 0.05, self._tick)

    # -- the data ---------------------------------------------------------------------------------------------------------

    async def write(self, act: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """The result of a desk function run in a unit of work of its own; every screen in use then hears what changed."""
        result = await self.door.read(store.perform, self.settings.actor, act, *args, **kwargs)
        try:
            await self._catch_up()
        except PrtuiError:
            self._version = -1  # it is stored; that the screens follow is left to the next poll
        return result

    def _begin_poll(self) -> None:
        self.heed_strangers()
        # In a worker: the app must go on taking keys while the database thread is busy with an import.
        if not any(worker.group == "poll" and not worker.is_finished for worker in self.workers):
            self.run_worker(self._poll(), group="poll")

    async def _poll(self) -> None:
        try:
            version = await self.door.read(engine.data_version)
            if version != self._version:
                await self._catch_up()
                self._version = version
            self._answered()
        except PrtuiError as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                self.tell(self._trouble, "bad")
            if isinstance(error, engine.LostConnection):
                await self._reconnect()

    def _answered(self) -> None:
        """The database answers: what was said of it goes, and what could not be read is read."""
        for screen in self.all_screens():
            screen.untell(self._trouble)
        self._trouble = ""
        for screen in self.in_sight():
            if screen.is_behind:
                screen.catch_up()

    async def _reconnect(self) -> None:
        with contextlib.suppress(PrtuiError):  # told already; tried again at the next poll
            await self.door.read(engine.close)
            await self.door.read(engine.connect)

    async def _catch_up(self) -> None:
        ids: set[tuple[str, int]] = set()
        while changes := await self.door.read(journal.since, self._seq):
            self._seq = max(self._seq, changes[-1][0])
            ids |= {(kind, row) for _seq, kind, row in changes}
        if ids:
            for screen in self.all_screens():
                screen.post_message(Changed(frozenset(ids)))

    def all_screens(self) -> list[DeskScreen[Any]]:
        """Every screen in use, in sight or not."""
        return [one for stack in self._screen_stacks.values() for one in stack if isinstance(one, DeskScreen)]

    def in_sight(self) -> list[DeskScreen[Any]]:
        """The screen on top, and those under a question."""
        shown = []
        for screen in reversed(self._screen_stack):
            if isinstance(screen, DeskScreen):
                shown.append(screen)
            if not isinstance(screen, ModalScreen):
                break
        return shown

    # -- places and pages -------------------------------------------------------------------------------------------------

    async def action_place(self, place: str) -> None:
        """Go to a place; what was open there is still open, unless she is there already and wants it closed. The clock of a
        crisis and the line to search in come before anything that was open on top of them."""
        again = self.place == place
        if exists(place) and not again:
            self.came_from, self.place = self.place, place
            await self.switch_mode(place)
            if isinstance(self.screen, Working) and not self.screen.is_ready:
                self.awaits(self.screen)
        if again or place in ("crisis", "search"):
            await self._uncover()
        if place == "search" and isinstance(self.screen, DeskScreen):
            self.screen.begin_typing()

    async def _uncover(self) -> None:
        """Only the place itself stays in sight; what is half typed on top of it is kept as a draft."""
        half_typed = False
        while len(self.screen_stack) > 1:
            half_typed |= isinstance(self.screen, DeskScreen) and bool(self.screen.unsaved)
            if half_typed and len(self.screen_stack) == 2:
                self.tell_kept()
            await self.screen.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A screen may answer the function key of a place itself."""
        here = self._screen_stack[-1] if self._screen_stack else None
        return not (action == "place" and isinstance(here, DeskScreen) and here.keeps & set(parameters))

    def open_record(self, record: Row | str, around: Any = None) -> None:
        """Open the page of a record (a row, or a code). `around(±1)` gives the row after or before it in its list. Raises
        Behind in the work of a screen that is no longer in sight."""
        self.check_in_sight()
        self._opening(record, around)

    def _opening(self, record: Row | str, around: Any) -> None:
        async def open_it() -> None:
            row = record if isinstance(record, Row) else await self.door.read(query.any_record, record)
            await self.push_screen(page_of(row.kind)(row, around))

        screen = self.screen
        if isinstance(screen, Working):
            screen.start(open_it, "open", False)

    def tell(self, message: str, tone: str = "") -> None:
        """Say something on the screen in sight."""
        if isinstance(self.screen, Working):
            self.screen.tell(message, tone)

    def tell_after(self, message: str, tone: str = "") -> None:
        """Say something on the screen that comes into sight next."""
        self._to_tell = (message, tone)

    def tell_kept(self) -> None:
        """Say on the next screen that what was typed is kept."""
        if self.drafts.refused:
            self.tell_after(_("Kept only until prtui is left: the disk refuses drafts. Ctrl+R goes on with it."), "bad")
        else:
            self.tell_after(_("Kept as a draft. Ctrl+R goes on with it."))

    def take_message(self) -> tuple[str, str]:
        """What was left to be told, once."""
        message, self._to_tell = self._to_tell, ("", "")
        return message

    def draft_trouble(self, trouble: PrtuiError) -> None:
        """The disk refuses drafts; called on the keeper's thread, which must not wait."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.tell, str(trouble), "bad")

    async def defect(self, error: Exception) -> None:
        """A defect was caught: a report is written, and the director told where."""
        path = self.report(error)
        self.tell(_("A defect ({name}). Report: {path}").format(name=type(error).__name__, path=path or "—"), "bad")

    # -- commands that hold everywhere --------------------------------------------------------------------------------------

    def action_goto(self) -> None:
        """The next key names a place."""
        self._after_goto = True
        self.tell(_("Go to") + "  " + "  ".join(f"{place.after_goto} {_(place.label)}" for place in PLACES), "accent")

    async def deal(self, event: events.Event) -> None:
        """Takes the key after Ctrl+G before anything else can."""
        if self._after_goto and isinstance(event, events.Key) and not event.is_forwarded:
            self._after_goto = False
            self.tell("")
            await self._go(event.character or event.key)
            if event.is_printable or event.key == "escape":
                return  # a place, or nothing: no letter becomes a command by a slip
        await super().deal(event)

    async def _go(self, character: str) -> None:
        if character in ("1", "１"):
            self.action_help()
        for place in PLACES:
            if character in commands.aliases(place.after_goto):
                await self.action_place(place.id)

    def action_help(self) -> None:
        """What every key does here."""
        from prtui.screens.help import Help

        if isinstance(self.screen, Working) and not isinstance(self.screen, Help):
            self.screen.show_help()

    def action_palette(self) -> None:
        """A command by its name."""
        from prtui.screens.palette import Errand, Palette

        here = self.screen
        if not isinstance(here, DeskScreen):
            return
        always = [one for one in commands.of(commands.EVERYWHERE) if one.action not in ("palette", "goto")]

        async def done(chosen: object) -> None:
            if isinstance(chosen, commands.Command):
                await self.run_action(chosen.action, self if chosen in always else here)
            elif isinstance(chosen, Errand):
                await self._run_errand(chosen)

        offered = [one for one in commands.of(*here.scopes) if one.id != "list.sort"]
        self.push_screen(Palette([*offered, *always]), done)

    async def _run_errand(self, errand: Errand) -> None:
        """What was chosen in the palette to be done elsewhere."""
        from prtui.screens.form import FormScreen  # with the list 20 ms, which no start should wait for
        from prtui.screens.listing import ListPage, ListScreen

        if errand.place:
            await self.action_place(errand.place)
        else:
            self.push_screen(FormScreen(errand.kind) if errand.action else ListPage((errand.kind,)))
            return
        if errand.kind or errand.action:
            await self._uncover()
        if errand.kind and isinstance(self.screen, ListScreen):
            self.screen.turn_to(errand.kind)
        if hasattr(self.screen, f"action_{errand.action}"):
            await self.run_action(errand.action, self.screen)
        elif errand.action:
            self.tell(_("Open the one you mean with Enter, then press {key}.").format(key=errand.key))

    async def action_find(self) -> None:
        """Search everything, from anywhere."""
        await self.action_place("search")

    def action_quick(self) -> None:
        """One line becomes a record."""
        if isinstance(self.screen, DeskScreen):
            everywhere.quick(self.screen)

    def action_undo(self) -> None:
        """Take back her last change."""
        if isinstance(self.screen, DeskScreen):
            everywhere.undo(self.screen)

    def action_copy(self) -> None:
        """What the mark is on, to the terminal's clipboard and into a file."""
        if isinstance(self.screen, DeskScreen) and not self.screen.line.typing:
            copying.copy(self.screen)

    def action_drafts(self) -> None:
        """Go on with what was typed and not saved."""
        if isinstance(self.screen, DeskScreen):
            everywhere.drafts(self.screen)

    def action_repaint(self) -> None:
        """Draw the whole screen again, after something else wrote on it, and read again what it shows."""
        for screen in self.in_sight():
            screen.reload()
        self.repaint()

    async def action_leave(self) -> None:
        """Leave prtui. Asks first where the disk refuses what is half typed."""
        if await asyncio.to_thread(self.drafts.flush):
            self.exit()
            return
        from prtui.screens.dialogs import Confirm

        if not isinstance(self.screen, Confirm):
            question = Confirm(_("The disk refuses what is half typed; leaving loses it."), _("Leave"))
            self.push_screen(question, lambda yes: self.exit() if yes else None)

    def action_help_quit(self) -> None:
        """Ctrl+C quits other programs; here it says how."""
        self.tell(_("Ctrl+Q leaves prtui."))


def draft_keeper(settings: Settings) -> DraftKeeper:
    """The keeper of this person's drafts: several may work in one data folder."""
    person = hashlib.sha256(settings.actor.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return DraftKeeper(Drafts(settings.data / "drafts" / person))


def _started() -> None:
    """The first screen stands: garbage is collected from now on, but not looked for in modules and classes, which stay."""
    gc.freeze()  # a full collection is 30 ms, in the middle of somebody's typing
    gc.enable()


def run(settings: Settings, *, typed: bytes = b"", curtain: Curtain | None = None) -> int:
    """The exit code of one session on this terminal. The caller has checked the terminal and chosen the glyphs, and may have
    put the frame there."""
    i18n.use(settings.language)
    keeper = draft_keeper(settings)
    app = Desk(settings, keeper)
    app.curtain = curtain
    keeper.on_trouble = app.draft_trouble
    app.call_later(app.call_after_refresh, _started)
    return session.run(app, keeper, typed=typed)


__all__ = ["Desk", "Door", "run"]
