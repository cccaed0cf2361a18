"""What a form is filled in with: one line, a choice, another record, several lines. Each holds what is typed as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from prtui import text
from prtui.clock import Moment
from prtui.i18n import N_, _
from prtui.screens.chrome import Piece, drawn, filled, pieces
from prtui.screens.options import Option, Options
from prtui.store.fields import Choice, Flag, Pointer, Prose, Ref, Spec
from prtui.terminal.width import glyphs
from prtui.text import clean


def typed_of(spec: Spec, value: Any, zone: str) -> str:
    """The text that means this value in a form: a reference by its code, an instant on the clock of `zone`."""
    if isinstance(value, Pointer):
        return value.code
    if isinstance(value, Moment):
        return f"{value.local(zone):%Y-%m-%d %H:%M}"
    if isinstance(spec, Flag):
        return "1" if value else ""
    return str(value or "") if isinstance(spec, Choice) else spec.show(value)


class Edited(Message):
    """A field of the form was changed by its writer."""


class Left(Message):
    """The field above or below is wanted."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps


class Entry(Input):
    """One line. Several pasted lines become one; nothing pasted is lost."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False

    @property
    def typed(self) -> str:
        """What is typed."""
        return self.value

    def fill(self, typed: str) -> None:
        """Put this in."""
        with self.prevent(Input.Changed):
            self.value = clean(typed, lines=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(clean(event.text, lines=False), *self.selection)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tells the form."""
        event.stop()
        self.post_message(Edited())

    async def on_key(self, event: events.Key) -> None:
        """Up, Down and Enter go on to other fields."""
        steps = {"up": -1, "down": 1, "enter": 1}.get(event.key)
        if steps:
            _taken(event)
            self.post_message(Left(steps))


class Finder(Entry):
    """Another record: what is typed is looked for by name, pinyin, initials or code, and chosen below."""

    class Wanted(Message):
        """Candidates for what is typed are wanted."""

        def __init__(self, finder: Finder) -> None:
            super().__init__()
            self.finder = finder

    def __init__(self, spec: Ref) -> None:
        super().__init__()
        self.kind: str = spec.rel_model.kind
        self.chosen: Pointer | None = None

    @property
    def typed(self) -> str:
        """The code of what was chosen, else what is typed."""
        chosen = self.chosen
        return chosen.code if chosen is not None and self.value == clean(chosen.title, lines=False) else self.value

    def choose(self, pointer: Pointer) -> None:
        """This one is meant."""
        self.chosen = pointer
        self.fill(pointer.title)
        self.cursor_position = len(self.value)

    @property
    def below(self) -> Options:
        """The candidates."""
        return cast(FieldLine, self.parent).candidates

    def on_input_changed(self, event: Input.Changed) -> None:
        """Looks for it."""
        super().on_input_changed(event)
        self.post_message(self.Wanted(self))

    def on_blur(self) -> None:
        """The candidates go away."""
        cast(FieldLine, self.parent).offer([])

    async def on_key(self, event: events.Key) -> None:
        """Down opens the candidates, arrows move among them, Enter takes one, Esc closes them."""
        offered = bool(self.below.options)
        if offered and event.key in ("up", "down"):
            self.below.action_move(1 if event.key == "down" else -1)
        elif offered and event.key == "enter":
            self.below.action_pick()
        elif len(self.below.options) == 1 and event.key == "tab":
            self.below.action_pick()
            return
        elif offered and event.key == "escape":
            cast(FieldLine, self.parent).offer([])
        elif event.key == "down" and not self.value:
            self.post_message(self.Wanted(self))
        else:
            await super().on_key(event)
            return
        _taken(event)


class Area(TextArea):
    """Several lines. Tab leaves it."""

    DEFAULT_CSS = "Area { scrollbar-size: 0 0; }"

    def __init__(self) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True, theme="css")
        self.cursor_blink = False
        self.highlight_cursor_line = False

    @property
    def typed(self) -> str:
        """What is typed."""
        return self.text

    def fill(self, typed: str) -> None:
        """Put this in."""
        with self.prevent(TextArea.Changed):
            self.load_text(clean(typed))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if result := self._replace_via_keyboard(clean(event.text), *self.selection):
            self.move_cursor(result.end_location)

    def on_key(self, event: events.Key) -> None:
        """Up from the first line and Down from the last go on to other fields."""
        if event.key == "up" and self.get_cursor_up_location() == self.cursor_location:
            _taken(event)
            self.post_message(Left(-1))
        elif event.key == "down" and self.get_cursor_down_location() == self.cursor_location:
            _taken(event)
            self.post_message(Left(1))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tells the form."""
        event.stop()
        self.post_message(Edited())


class Pick(Widget, can_focus=True):
    """One of a few: ← and → go round, letters jump to what begins or sounds so."""

    DEFAULT_CSS = "Pick { height: 1; width: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("home", "turn(-1000)", show=False),
        Binding("end", "turn(1000)", show=False),
    ]

    def __init__(self, options: Mapping[str, str]) -> None:
        super().__init__()
        self.options = dict(options)
        self.typed = ""
        self._letters = ""

    def fill(self, typed: str) -> None:
        """Put this in."""
        self.typed = typed
        if typed not in self.options:
            self.options[typed] = typed
        self.refresh()

    def action_turn(self, steps: int) -> None:
        """Some further; the ends meet."""
        values = list(self.options)
        at = values.index(self.typed) + steps
        self._take(values[at % len(values) if abs(steps) == 1 else max(0, min(at, len(values) - 1))])

    def _take(self, value: str) -> None:
        if value != self.typed:
            self.typed = value
            self.refresh()
            self.post_message(Edited())

    def on_key(self, event: events.Key) -> None:
        """Letters jump; Up, Down and Enter go on to other fields."""
        steps = {"up": -1, "down": 1, "enter": 1}.get(event.key)
        if steps:
            _taken(event)
            self.post_message(Left(steps))
        elif event.key in ("backspace", "delete") and "" in self.options:
            _taken(event)
            self._letters = ""
            self._take("")
        elif event.character and event.is_printable and event.character != " ":
            _taken(event)
            for letters in (self._letters + event.character, event.character):
                found = [value for value, label in self.options.items() if value and _begins(letters, value, label)]
                if found:
                    self._letters = letters
                    self._take(found[0])
                    return

    def on_focus(self) -> None:
        """Shows that it can be turned."""
        self._letters = ""
        self.refresh()

    def on_blur(self) -> None:
        """Shows only the choice."""
        self.refresh()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Letters are taken as typed."""
        return character is not None and character.isprintable()

    def render(self) -> Content:
        """The choice; with the focus, all of them, as far as there is room."""
        here = drawn(_(self.options.get(self.typed, ""))) or glyphs().none
        if not self.has_focus:
            return pieces((here if self.typed else "", ""))
        others = [drawn(_(label)) or glyphs().none for label in self.options.values()]
        parts: list[Piece] = []
        at = list(self.options).index(self.typed)
        for number, label in enumerate(others):
            parts += [(label, "accent" if number == at else "muted"), ("  ", "")]
        if text.cells("  ".join(others)) > self.size.width:
            around = drawn("← "), drawn(" →")
            return pieces(
                (around[0], "muted"), (here, "accent"), (around[1], "muted"), (f"  {at + 1}/{len(others)}", "muted")
            )
        return pieces(*parts)


def _begins(letters: str, value: str, label: str) -> bool:
    wanted = text.key(letters)
    names = [text.key(value), text.key(_(label)), text.key(label)]
    return any(
        name.startswith(wanted)
        or "".join(text.pinyin(name)).startswith(wanted)
        or text.initials(name).startswith(wanted)
        for name in names
    )


def _taken(event: events.Key) -> None:
    event.stop()
    event.prevent_default()


class Wrong(Static):
    """What is wrong with the field above."""


class FieldLine(Widget):
    """Label, editor, and under it what is wrong or what may be meant."""

    DEFAULT_CSS = """
    FieldLine { height: auto; width: 100%; padding: 0 1 0 0; layout: vertical; }
    FieldLine > Entry, FieldLine > Pick, FieldLine > Area, FieldLine > Options, FieldLine > Wrong { width: 1fr; }
    FieldLine > Area { height: 4; }
    FieldLine > Wrong { height: auto; }
    FieldLine > Options { display: none; max-height: 6; }
    """

    def __init__(self, name: str, spec: Spec, label_width: int) -> None:
        super().__init__()
        self.field = name
        self.spec = spec
        self.error = ""
        self._label_width = label_width
        self._margin = (0, 0, 0, label_width + 3)
        self.candidates = Options(always=True)
        self.editor: Any = self._editor()
        self.editor.styles.margin = self.candidates.styles.margin = self._margin

    def _editor(self) -> Entry | Pick | Area:
        spec = self.spec
        if isinstance(spec, Ref):
            return Finder(spec)
        if isinstance(spec, Prose):
            return Area()
        if isinstance(spec, Flag):
            return Pick({"": N_("no"), "1": N_("yes")})
        if isinstance(spec, Choice):
            blank = {} if spec.default or spec.required else {"": ""}
            return Pick(blank | dict(spec.options))
        return Entry()

    def compose(self) -> ComposeResult:
        """The editor, and the candidates of a reference."""
        yield self.editor
        if isinstance(self.editor, Finder):
            yield self.candidates

    @property
    def typed(self) -> str:
        """What is typed."""
        return str(self.editor.typed)

    def fault(self, why: str) -> None:
        """Say under the field what is wrong; nothing when it is right."""
        if why == self.error:
            return
        self.error = why
        for wrong in self.query(Wrong):
            wrong.remove()
        if why:
            wrong = Wrong(pieces((drawn(why), "bad")))
            wrong.styles.margin = self._margin
            self.mount(wrong)

    def offer(self, options: list[Option]) -> None:
        """Candidates, or none."""
        if options != self.candidates.options:
            self.candidates.show(options, keep=False)
            self.candidates.display = bool(options)

    def on_options_picked(self, message: Options.Picked) -> None:
        """This one was meant."""
        message.stop()
        if isinstance(self.editor, Finder) and isinstance(message.option.id, Pointer):
            self.editor.choose(message.option.id)
            self.offer([])
            self.post_message(Edited())

    def render(self) -> Content:
        """The label, with the mark when the focus is here."""
        here = self.has_pseudo_class("focus-within")
        label = filled(_(self.spec.label) + (" *" if self.spec.required else ""), self._label_width)
        mark: Piece = (glyphs().mark if here else " ", "accent")
        return pieces(mark, (label, "bold" if here else "muted"))
