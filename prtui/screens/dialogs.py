"""Questions. They rise from the foot of the screen, under one thin rule, and Esc always answers no."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar, Generic, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prtui.commands import DIALOG, Command, of
from prtui.errors import Conflict, Refused
from prtui.i18n import _
from prtui.screens.base import LOWEST
from prtui.screens.chrome import Keys, Piece, Row, Typed, drawn, filled, pieces
from prtui.screens.options import Option, Options
from prtui.screens.working import Working
from prtui.store.records import Row as Record
from prtui.store.records import specs
from prtui.terminal.width import glyphs

T = TypeVar("T")


class Rule(Row):
    """A thin line across."""

    def render(self) -> Content:
        """The line."""
        return pieces((glyphs().rule * self.size.width, "muted"))


class Words(Static):
    """User text of several lines, wrapped."""

    DEFAULT_CSS = "Words { width: 100%; height: auto; padding: 0 1; }"

    def say(self, lines: Sequence[str], tone: str = "") -> None:
        """Say these lines."""
        self.update(pieces(("\n".join(drawn(line) for line in lines), tone)))


class Dialog(Working[T], ModalScreen[T], Generic[T]):
    """A question at the foot of the screen."""

    DEFAULT_CSS = """
    Dialog { align: left bottom; background: transparent; }
    Dialog > #panel { width: 100%; height: auto; max-height: 100%; background: $background; }
    Dialog > #panel > .gap { height: 1; }
    Dialog.-low > #panel > .gap { display: none; }
    Dialog > #panel > Keys { dock: bottom; }
    """
    scopes = (DIALOG,)

    def compose(self) -> ComposeResult:
        """Rule, question, whatever is asked, keys."""
        with Vertical(id="panel"):
            yield Rule()
            yield from self.body()
            yield Keys(id="keys")

    def body(self) -> ComposeResult:
        """What is between the rule and the keys."""
        yield from ()

    def keys_now(self) -> list[Command]:
        """The keys the last line shows."""
        return of(DIALOG)

    def on_mount(self) -> None:
        """Says the keys."""
        self._say_keys()

    def on_screen_resume(self) -> None:
        """The screen beneath shows what it missed while another place was in sight."""
        for screen in self.desk.in_sight():
            screen.catch_up()

    def on_resize(self, event: events.Resize) -> None:
        """Fits the keys to the room there is."""
        self.set_class(self.size.height < LOWEST, "-low")
        self._say_keys()

    def _say_keys(self) -> None:
        self.query_one(Keys).update(self.keys_now())

    def action_no(self) -> None:
        """Esc: nothing is done."""
        self.dismiss(None)


class Choose(Dialog[Hashable]):
    """One of several, or None. With `narrow` a line is typed to find it; `narrowed` says what is left."""

    DEFAULT_CSS = """
    Choose Options { max-height: 12; }
    Choose.-low Options { max-height: 5; }
    Choose.-low Words { max-height: 2; }
    Choose Typed { margin: 0 1; }
    """

    def __init__(
        self, title: str, options: Sequence[Option], *, narrow: bool = False, says: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._title = title
        self._options = list(options)
        self._narrow = narrow
        self._says = says

    def body(self) -> ComposeResult:
        """The question and the options."""
        question = Row(id="question")
        question.show((" ", ""), (drawn(self._title), "bold"))
        yield question
        if self._says:
            words = Words()
            words.say(self._says)
            yield words
        yield Static(classes="gap")
        if self._narrow:
            yield Typed(id="narrow")
        yield Options(self.narrowed(""), always=True)
        yield Static(classes="gap")

    def narrowed(self, typed: str) -> list[Option]:
        """The options that what was typed may mean."""
        from prtui import text

        return [one for one in self._options if text.sounds_like(typed, "".join(value for value, _tone in one.parts))]

    def on_mount(self) -> None:
        """Puts the focus where choosing begins."""
        super().on_mount()
        options = self.query_one(Options)
        if self._narrow:
            self.query_one(Typed).moves = options
        self.query_one(Typed if self._narrow else Options).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrows."""
        self.query_one(Options).show(self.narrowed(event.value), keep=False)

    def on_input_submitted(self) -> None:
        """Enter while typing chooses the option at the mark."""
        self.query_one(Options).action_pick()

    def on_options_picked(self, message: Options.Picked) -> None:
        """Chosen."""
        self.dismiss(message.option.id)


class Confirm(Choose):
    """True if she says so. For what cannot be undone: the mark stands at Cancel, and Esc is no."""

    def __init__(self, title: str, yes: str, *, says: Sequence[str] = ()) -> None:
        super().__init__(title, [Option.of(False, _("Cancel")), Option.of(True, yes)], says=says)

    def action_no(self) -> None:
        """Esc is no."""
        self.dismiss(False)


class Missing(Dialog[None]):
    """What a rule wants first."""

    def __init__(self, error: Refused) -> None:
        super().__init__()
        self._error = error

    def body(self) -> ComposeResult:
        """The refusal, then one line for each thing."""
        summary = Words(id="question")
        summary.say([self._error.summary], "bold")
        yield summary
        yield Static(classes="gap")
        words = Words()
        words.say([f"{glyphs().prompt} {line}" for line in self._error.missing])
        yield words
        if self._error.hint:
            hint = Words()
            hint.say(["", self._error.hint], "muted")
            yield hint
        yield Static(classes="gap")

    def action_take(self) -> None:
        """Enter closes it like Esc."""
        self.dismiss(None)


class ConflictDialog(Dialog[dict[str, Any]]):
    """Somebody saved first: what to keep of each field. The values to save on top of theirs, or None after Esc."""

    DEFAULT_CSS = """
    ConflictDialog Options { max-height: 8; }
    ConflictDialog #whole { max-height: 6; }
    ConflictDialog.-low Options, ConflictDialog.-low #whole { max-height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,left,right", "other", show=False),
        Binding("ctrl+s", "take", show=False, priority=True),
    ]

    def __init__(self, error: Conflict) -> None:
        super().__init__()
        self._error = error
        theirs = cast(Record, error.theirs)
        self._specs = specs(theirs.model)
        self._mine = {
            name: value
            for name, value in error.mine.items()
            if name in self._specs and self._specs[name].accept(value) != self._specs[name].accept(theirs[name])
        }
        self._theirs = theirs
        self._kept = dict.fromkeys(self._mine, True)

    def body(self) -> ComposeResult:
        """Who was first, the fields, and the two texts of the one at the mark."""
        question = Words(id="question")
        question.say([self._error.message], "bold")
        yield question
        yield Static(classes="gap")
        yield Options(self._lines())
        yield Static(classes="gap")
        yield Words(id="whole")
        yield Static(classes="gap")

    def keys_now(self) -> list[Command]:
        """Its own keys."""
        return [
            Command("x.other", "space", _("Mine or theirs"), DIALOG),
            Command("x.take", "ctrl+s", _("Save"), DIALOG),
            Command("x.no", "escape", _("Back to the form"), DIALOG),
        ]

    def on_mount(self) -> None:
        """Marks the first field."""
        super().on_mount()
        self.query_one(Options).focus()
        self._show_whole()

    def _lines(self) -> list[Option]:
        return [Option(name, self._line(name)) for name in self._mine]

    def _line(self, name: str) -> list[Piece]:
        mine = self._kept[name]
        return [
            (filled(_(self._specs[name].label), 16), ""),
            ("  ", ""),
            (filled(_("mine") if mine else _("theirs"), 8), "accent"),
            ("  ", ""),
            (self._value(name, mine)[:400], ""),
        ]

    def _value(self, name: str, mine: bool) -> str:
        return self._specs[name].show(self._mine[name] if mine else self._theirs[name])

    def action_other(self) -> None:
        """The other version of the field at the mark."""
        current = self.query_one(Options).current
        if current is not None:
            self._kept[str(current.id)] ^= True
            self.query_one(Options).show(self._lines())
            self._show_whole()

    def on_options_moved(self) -> None:
        """Shows both texts of the field."""
        self._show_whole()

    def _show_whole(self) -> None:
        current = self.query_one(Options).current
        if current is not None:
            name = str(current.id)
            who = self._theirs.updated_by
            self.query_one("#whole", Words).say(
                [f"{_('mine')}: {self._value(name, True)}", f"{_('theirs')} ({who}): {self._value(name, False)}"],
                "muted",
            )

    def on_options_picked(self) -> None:
        """Enter turns a field round like Space."""
        self.action_other()

    def action_take(self) -> None:
        """Save what was chosen."""
        self.dismiss({name: value for name, value in self._mine.items() if self._kept[name]})


__all__ = ["Choose", "Confirm", "ConflictDialog", "Dialog", "Missing", "Words"]
