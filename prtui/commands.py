"""Every command once: its keys, its words and where it holds. Bindings, footer, F1 help, palette and README read this.

The first key of a command is the one that is shown. A letter has a twin (function key, digit, Ctrl key, arrow, Enter, Space,
Insert, Delete): with a Chinese input method on, letters never arrive. Full-width forms are added to every key by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.binding import Binding

from prtui import i18n, text
from prtui.i18n import N_

# Where a command holds. A screen names its scopes; EVERYWHERE is the app's own.
EVERYWHERE, LIST, RECORD, FORM, TYPING, DIALOG = "everywhere", "list", "record", "form", "typing", "dialog"
TODAY, PROJECT, BOARD, WORK = "today", "project", "board", "work"
TEXTS, TEXT, WRITING, SEARCH, IMPORT = "texts", "text", "writing", "search", "import"
CRISIS, BEHIND, WORD, SIMILAR = "crisis", "behind", "word", "similar"
SCOPES = {
    EVERYWHERE: N_("Everywhere"),
    TODAY: N_("Today"),
    PROJECT: N_("On a project"),
    BOARD: N_("On the board"),
    WORK: N_("On a project's page"),
    LIST: N_("In a list"),
    RECORD: N_("On a record"),
    WORD: N_("On a record with a Word form"),
    TEXTS: N_("In a list of texts"),
    TEXT: N_("On a text"),
    WRITING: N_("While writing a text"),
    SEARCH: N_("In a search"),
    SIMILAR: N_("Among similar records"),
    IMPORT: N_("While importing"),
    CRISIS: N_("In a crisis"),
    BEHIND: N_("In the lists behind a crisis"),
    FORM: N_("In a form"),
    TYPING: N_("While typing"),
    DIALOG: N_("In a question"),
}


@dataclass(frozen=True)
class Command:
    """`id` is `scope.verb`; the screen (or the app) answers with its method `action_verb`. `keys` are Textual key names
    separated by blanks. `foot` tells whether the footer shows it, in the order of declaration; a `priority` command holds
    also while something else takes the keys."""

    id: str
    keys: str
    label: str
    scope: str
    help: str = ""
    foot: bool = True
    priority: bool = False
    shown: str = ""

    @property
    def action(self) -> str:
        """The Textual action that carries it out."""
        return self.id.partition(".")[2]

    @property
    def key(self) -> str:
        """The key to show a person."""
        return self.shown or key_name(self.keys.split()[0])

    @property
    def safe_key(self) -> str:
        """The key to show where letters are typed as text: the first that is no character, or nothing."""
        for key in self.keys.split():
            if len(key) > 1 and key != "space":
                return key_name(key)
        return ""


COMMANDS: tuple[Command, ...] = (
    Command("app.help", "f1 ?", N_("Help"), EVERYWHERE, N_("What every key does here"), priority=True),
    Command("app.palette", "ctrl+p", N_("Commands"), EVERYWHERE, N_("Any command, place or list, and a new record of any kind, by name or pinyin"), foot=False, priority=True),
    Command("app.goto", "ctrl+g", N_("Go to"), EVERYWHERE, N_("Then a digit: where the terminal keeps the function keys"), foot=False, priority=True),
    Command("app.find", "/ f9", N_("Search"), EVERYWHERE, N_("Search everything"), foot=False),
    Command("app.quick", "ctrl+n", N_("Quick note"), EVERYWHERE, N_("One line becomes a record: task Check the lights @Wang 3/20"), foot=False),
    Command("app.undo", "ctrl+z", N_("Undo"), EVERYWHERE, N_("Take back the last change"), foot=False),
    Command("app.copy", "y ; ctrl+insert", N_("Copy"), EVERYWHERE, N_("What the mark is on, or a part of it, to the terminal's clipboard and into a file of the exports"), foot=False),
    Command("app.drafts", "ctrl+r", N_("Drafts"), EVERYWHERE, N_("What was typed and not saved"), foot=False),
    Command("app.repaint", "ctrl+l", N_("Repaint"), EVERYWHERE, N_("Draw the whole screen again"), foot=False, priority=True),
    Command("app.leave", "ctrl+q", N_("Quit"), EVERYWHERE, N_("Leave prtui; what is half typed is kept"), foot=False, priority=True),
    Command("today.open", "enter", N_("Open"), TODAY),
    Command("today.tick", "x ctrl+x", N_("Done"), TODAY, N_("The task at the mark is done")),
    Command("today.postpone", "z +", N_("Postpone"), TODAY, N_("The task or project at the mark, to another day")),
    Command("today.week", "w 7", N_("Week"), TODAY, N_("Today and tomorrow, or the next seven days")),
    Command("project.advance", "shift+right ctrl+right", N_("Advance"), PROJECT, N_("To the next stage; what is missing for it is listed")),
    Command("project.retreat", "shift+left ctrl+left", N_("Step back"), PROJECT, N_("To the stage before, with the reason"), foot=False),
    Command("project.tick", "x ctrl+x", N_("Task done"), PROJECT, N_("The next task, or the one at the mark")),
    Command("project.move", "m ctrl+u", N_("Move to"), PROJECT, N_("To any stage it may go to, on hold and cancelled among them"), foot=False),
    Command("project.approve", "p ctrl+b", N_("Approval"), PROJECT, N_("Record who approved it, or its report while it is reviewed"), foot=False),
    Command("project.export", "ctrl+e", N_("Export"), PROJECT, N_("A Word document of the project, such as its clip book"), foot=False),
    Command("project.task", "t ctrl+t", N_("Quick task"), PROJECT, N_("A task of the project in one line: title @owner 3/20"), foot=False),
    Command("board.open", "enter", N_("Open"), BOARD),
    Command("board.add", "a insert ctrl+a", N_("Add"), BOARD, N_("A new project, in a form")),
    Command("board.edit", "e ctrl+o", N_("Edit"), BOARD, foot=False),
    Command("board.filter", "f ctrl+f", N_("Filter"), BOARD, N_("By part of a name, its pinyin or initials, a code, or @owner")),
    Command("board.hold", "h 8", N_("Hold"), BOARD, N_("On hold, with the reason"), foot=False),
    Command("board.cancel", "c 9", N_("Cancel"), BOARD, N_("Cancelled, with the reason"), foot=False),
    Command("board.all", "escape", N_("All"), BOARD, N_("No filter"), foot=False),
    Command("board.list", "l ctrl+k", N_("List"), BOARD, N_("All projects in a list, on hold and cancelled among them")),
    Command("work.open", "enter", N_("Open"), WORK, N_("What the mark is on; the project opens as a form")),
    Command("work.add", "a insert ctrl+a", N_("Add task"), WORK, N_("A new task of the project, in a form")),
    Command("work.waive", "w ctrl+w", N_("Waive"), WORK, N_("Somebody answers for leaving undone what must be done")),
    Command("work.postpone", "z +", N_("Postpone"), WORK, N_("The task at the mark, or the project, to another day")),
    Command("work.remove", "delete d ctrl+d", N_("Delete"), WORK, N_("The task, the link at the mark, or the project; Ctrl+Z brings it back"), foot=False),
    Command("list.open", "enter", N_("Open"), LIST),
    Command("list.add", "a insert ctrl+a", N_("Add"), LIST, N_("A new record, in a form")),
    Command("list.edit", "e ctrl+o", N_("Edit"), LIST),
    Command("list.filter", "f ctrl+f", N_("Filter"), LIST, N_("Narrow the list by part of a name, its pinyin or initials")),
    Command("list.mark", "space", N_("Mark"), LIST, N_("Mark the record, for what is done to several")),
    Command("list.remove", "delete d ctrl+d", N_("Delete"), LIST, N_("Out of sight; Ctrl+Z brings it back")),
    Command("list.sort", "1 2 3 4 5 6 7 8 9", N_("Sort"), LIST, N_("Sort by the column of that number; once more turns it round"), foot=False, shown="1–9"),
    Command("list.next", "right", N_("Other list"), LIST, N_("The next list of this place"), foot=False),
    Command("list.previous", "left", N_("List before"), LIST, N_("The list before of this place"), foot=False),
    Command("list.all", "escape", N_("All"), LIST, N_("No filter and no marks"), foot=False),
    Command("record.edit", "e ctrl+o enter", N_("Edit"), RECORD),
    Command("record.related", "tab", N_("Related"), RECORD, N_("To what is linked with it; Enter opens it")),
    Command("record.link", "l ctrl+k", N_("Link"), RECORD, N_("Link it to another record by its code or name")),
    Command("record.like", "=", N_("Similar"), RECORD, N_("Records like it, and the pickups of a clip"), foot=False),
    Command("record.history", "h ctrl+y", N_("History"), RECORD, N_("Who changed what, and when")),
    Command("record.previous", "[ ctrl+pageup left", N_("Before"), RECORD, N_("The record before in the list"), foot=False),
    Command("record.next", "] ctrl+pagedown right", N_("Next"), RECORD, N_("The next record in the list"), shown="[ ]"),
    Command("record.remove", "delete d ctrl+d", N_("Delete"), RECORD, N_("Out of sight; Ctrl+Z brings it back"), foot=False),
    Command("record.back", "escape", N_("Back"), RECORD, foot=False),
    Command("word.export", "ctrl+e", N_("Export"), WORD, N_("As a Word document: a crisis plan, the review of a crisis")),
    Command("texts.bring_in", "m ctrl+u", N_("Import"), TEXTS, N_("Texts out of files: Word, PDF, web pages, mails, plain text")),
    Command("text.advance", "n shift+right", N_("Next step"), TEXT, N_("Draft, review, legal clearance, approved, released")),
    Command("text.approve", "p ctrl+a", N_("Approve"), TEXT, N_("Record who approved these exact words, and how")),
    Command("text.export", "ctrl+e", N_("Export"), TEXT, N_("As a Word document")),
    Command("text.preview", "v ctrl+w", N_("Preview"), TEXT, N_("What the Word document will say")),
    Command("text.language", "t ctrl+t", N_("Chinese/English"), TEXT, N_("The other language version")),
    Command("text.fields", "f ctrl+f", N_("Fields"), TEXT, N_("Everything but the text, in a form")),
    Command("text.redraft", "b shift+left", N_("Back to draft"), TEXT, N_("With a reason"), foot=False),
    Command("writing.save", "ctrl+s", N_("Save"), WRITING, priority=True),
    Command("writing.language", "ctrl+t", N_("Chinese/English"), WRITING, N_("The other language version"), priority=True),
    Command("writing.leave", "escape", N_("Leave"), WRITING, N_("Back without saving; what was typed is kept as a draft")),
    Command("search.open", "enter", N_("Open"), SEARCH),
    Command("search.preview", "space right ctrl+w", N_("Preview"), SEARCH, N_("The text around what was found")),
    Command("search.counts", "f ctrl+f", N_("Counts"), SEARCH, N_("By kind, outlet, tone and year; Enter on one narrows the search to it"), priority=True),
    Command("search.save", "ctrl+s", N_("Save"), SEARCH, N_("Keep the query under a name; an empty line lists what is new in each")),
    Command("search.like", "= ctrl+t", N_("Similar"), SEARCH, N_("Records like the one at the mark, and the pickups of a clip")),
    Command("search.export", "ctrl+e", N_("Export"), SEARCH, N_("The hits as a list for Excel and WPS"), priority=True),
    Command("search.order", "s ctrl+o", N_("Order"), SEARCH, N_("The newest first, or the most fitting"), foot=False),
    Command("search.remove", "delete d ctrl+d", N_("Delete"), SEARCH, N_("The saved search at the mark; Ctrl+Z brings it back"), foot=False),
    Command("search.query", "/ tab", N_("Query"), SEARCH, N_("Back to what was typed"), foot=False),
    Command("search.back", "escape", N_("Back"), SEARCH, N_("To where you were")),
    Command("similar.open", "enter", N_("Open"), SIMILAR),
    Command("similar.pickup", "p ctrl+b", N_("Pickup"), SIMILAR, N_("Of the two clips the later becomes a pickup of the earlier; Ctrl+Z takes it back")),
    Command("similar.back", "escape", N_("Back"), SIMILAR),
    Command("import.take", "enter", N_("Take it"), IMPORT),
    Command("import.complete", "tab", N_("Complete"), IMPORT, N_("The rest of the name of a file or folder")),
    Command("import.leave", "escape", N_("Leave"), IMPORT, N_("Stop what is under way; what is stored stays")),
    Command("crisis.stamp", "1 2 3 4 5 6 7 8 9 0 - =", N_("Milestone"), CRISIS, N_("On an empty line: that milestone was reached, now"), shown="1–9 0 - ="),
    Command("crisis.log", "enter", N_("Log"), CRISIS, N_("What was typed goes into the log; nothing there is overwritten")),
    Command("crisis.phones", "f4", N_("Phones"), CRISIS, N_("Who is called, and whether they answered")),
    Command("crisis.statement", "f8", N_("Statement"), CRISIS, N_("The statement, drafted from the library where there is none; Esc comes back")),
    Command("crisis.export", "ctrl+e", N_("Export"), CRISIS, N_("A statement, for the public or with its approvals, or the review, as a Word document"), foot=False),
    Command("crisis.more", "ctrl+o", N_("More"), CRISIS, N_("Level, state, title, enquiry, wait, clocks, another crisis or a drill, the bell")),
    Command("crisis.take_back", "ctrl+z", N_("Take back"), CRISIS, N_("The newest milestone or line, with the reason; both stay in the log")),
    Command("crisis.begin", "insert ctrl+a", N_("New crisis"), CRISIS, N_("A real one: its clock runs at once where only drills run, and with Enter beside another")),
    Command("crisis.kind", "tab", N_("Kind"), CRISIS, N_("Fact, decision, contact or media; before the clock runs, the level"), foot=False),
    Command("crisis.take_over", "ctrl+t", N_("Take over"), CRISIS, N_("Write here from now on; the other session reads"), foot=False),
    Command("crisis.scroll", "pageup pagedown", N_("Whole log"), CRISIS, N_("The log instead of the deadlines"), foot=False),
    Command("crisis.lists", "ctrl+y", N_("Lists"), CRISIS, N_("Enquiries, complaints, stakeholders, the plan, the team, the library")),
    Command("crisis.next", "shift+down ctrl+pagedown", N_("Next crisis"), CRISIS, N_("Where several run"), foot=False),
    Command("crisis.previous", "shift+up ctrl+pageup", N_("Crisis before"), CRISIS, N_("Where several run"), foot=False),
    Command("crisis.bell", "ctrl+b", N_("Bell"), CRISIS, N_("At 15, 5 and 0 minutes, or silence"), foot=False),
    Command("crisis.back", "escape", N_("Back"), CRISIS, foot=False),
    Command("behind.every", "c 0", N_("All crises"), BEHIND, N_("Of the crisis in sight, or of all crises and drills")),
    Command("typing.take", "enter", N_("Take it"), TYPING),
    Command("typing.give_up", "escape", N_("Leave"), TYPING),
    Command("dialog.take", "enter", N_("Take it"), DIALOG),
    Command("dialog.no", "escape", N_("Leave"), DIALOG),
    Command("form.save", "ctrl+s", N_("Save"), FORM, priority=True),
    Command("form.undo", "ctrl+z", N_("Put back"), FORM, N_("The field as it was")),
    Command("form.leave", "escape", N_("Leave"), FORM, N_("Back without saving; what was typed is kept as a draft")),
)  # fmt: skip


# -- keys -----------------------------------------------------------------------------------------------------------------

_NAMES = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "insert": "Insert", "delete": "Delete", "up": "↑",
    "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "backspace": "⌫", "ctrl": "Ctrl", "shift": "Shift", "alt": "Alt",
}  # fmt: skip
# What a Chinese input method sends for the punctuation keys, beside the full-width form of the character itself.
_CHINESE = {"/": "、", "[": "【", "]": "】", "<": "《", ">": "》", ".": "。", "\\": "、"}


def key_name(key: str) -> str:
    """How a key is written for a person: `shift+right` → `Shift+→`."""
    parts = key.split("+") if len(key) > 1 else [key]
    *held, last = parts
    named = _NAMES.get(last) or (last.upper() if len(last) > 1 or held else last)
    return "+".join([_NAMES.get(one, one) for one in held] + [named])


def aliases(key: str) -> Iterator[str]:
    """The key itself, then what arrives for it when a Chinese input method is on."""
    yield key
    if len(key) == 1 and "!" <= key <= "~":
        yield chr(ord(key) + 0xFEE0)
        if key in _CHINESE:
            yield _CHINESE[key]


def bindings(*scopes: str) -> list[Binding]:
    """The bindings of everything that holds in these scopes; a key of several keys hands its number to the action."""
    found = []
    for command in COMMANDS:
        if command.scope in scopes:
            for key in command.keys.split():
                action = command.action
                if command.shown.startswith("1–9"):
                    action += f"({key if key.isdigit() else repr(key)})"
                for alias in aliases(key):
                    found.append(Binding(alias, action, command.label, show=False, priority=command.priority))
    return found


# -- who reads the register -------------------------------------------------------------------------------------------------


def of(*scopes: str) -> list[Command]:
    """The commands of these scopes, in the order of the scopes given, then of declaration."""
    return [command for scope in scopes for command in COMMANDS if command.scope == scope]


def rank(typed: str, *messages: str) -> int | None:
    """How well what was typed names one of these messages in either language, in pinyin or initials: 0 it begins so, 1 it
    has it in it, None not at all."""
    return rank_of(typed, names(*messages))


def names(*messages: str) -> set[str]:
    """These messages in every language."""
    return {i18n.translate(message, language) for message in messages for language in i18n.LANGUAGES if message}


def rank_of(typed: str, named: Iterable[str]) -> int | None:
    """The same for names that are translated already."""
    wanted = text.key(typed)
    if not wanted:
        return 0  # before the 0.2 s that the pinyin of all names takes the first time
    best: int | None = None
    for name in named:
        spoken = (text.key(name), "".join(text.pinyin(name)), text.initials(name))
        if any(one.startswith(wanted) for one in spoken):
            return 0
        if text.sounds_like(typed, name):
            best = 1
    return best


def matching(typed: str, commands: Iterable[Command]) -> list[tuple[int, Command]]:
    """(rank, command) of the commands that may be meant, in the order given; a key or an id counts as a name."""
    found = []
    for command in commands:
        best = rank(typed, command.label, command.help, command.id, command.key)
        if best is not None:
            found.append((best, command))
    return found


def table(language: str) -> str:
    """The key table of the README: markdown rows by scope."""
    lines = []
    for scope, label in SCOPES.items():
        commands = of(scope)
        if commands:
            lines += ["", f"**{i18n.translate(label, language)}**", "", "| | | |", "|---|---|---|"]
            for command in commands:
                keys = " ".join(f"`{key_name(key)}`" for key in command.keys.split())
                label, more = i18n.translate(command.label, language), i18n.translate(command.help, language)
                lines.append(f"| {keys} | {label} | {more} |")
    return "\n".join(lines[1:])
