"""What may be typed on the command line: commands, arguments and options, and what is said of a mistake. Loads nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from prtui import __version__, i18n
from prtui.i18n import N_, _

MOST = 1_000_000  # records or changes printed at once

# argparse asks gettext for its words: these are in our catalogue, and come in the language in force.
argparse._ = i18n._  # type: ignore[attr-defined]
ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("not allowed with argument %s"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are the user's: exit code 1, one line, and the nearest command."""

    free = False  # its arguments are free words: `-word` is one, and options are options wherever they stand

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        if self.free and args is not None:
            args = self._parted(list(args))
        return super().parse_known_args(args, namespace)

    def _parted(self, typed: list[str]) -> list[str]:
        """The options, then `--`, then the words. What begins with two dashes is an option, though it may be a wrong one."""
        options: list[str] = []
        words: list[str] = []
        while typed:
            word = typed.pop(0)
            if word == "--":
                words += typed
                break
            known = self._option_string_actions.get(word)
            if not known and not word.startswith("--"):
                words.append(word)
                continue
            options.append(word)
            if known and known.nargs is None and typed:
                options.append(typed.pop(0))
        return [*options, "--", *words] if words else options

    def error(self, message: str) -> NoReturn:
        from prtui.text import plain  # its patterns take 7 ms: not for --help

        full = "。" if i18n.language() == "zh" else "."
        stop = "" if message.endswith(("?", ".", "？", "。")) else full
        self.exit(1, plain(f"prtui: {message[:400]}{stop} " + _("`prtui --help` lists the commands.")) + "\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = list(action.choices or ())
        if not choices or value in choices:
            return
        import difflib

        near = difflib.get_close_matches(str(value), choices, 1)
        if near:
            said = _("“{word}” is not known; did you mean “{near}”?").format(word=str(value)[:40], near=near[0])
        else:
            said = _("“{word}” is not one of: {choices}").format(word=str(value)[:40], choices=", ".join(choices))
        self.error(said)


def _amount(most: int) -> Callable[[str], int]:
    def number(typed: str) -> int:
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed) <= most):
            raise argparse.ArgumentTypeError(_("must be from {least} to {most}").format(least=0, most=most))
        return int(typed)

    return number


def grammar(*, commanding: bool = True) -> argparse.ArgumentParser:
    """The whole command line; without `commanding` only what stands before a command (a start need not build the rest)."""
    top = _Parser(prog="prtui", description=_("The desk of a public-relations director, in a terminal."))
    top.add_argument("--version", action="version", version=f"prtui {__version__}")
    top.add_argument("--data", metavar="DIR", help=_("the folder with the desk's files"))
    top.add_argument("--as", dest="actor", metavar="NAME", help=_("who is working"))
    top.add_argument("--lang", choices=i18n.LANGUAGES, help=_("language of the screens and messages"))
    if not commanding:
        top.set_defaults(command=None)
        return top
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, help: str, *, json: bool = True) -> _Parser:
        parser = commands.add_parser(name, help=help, description=help)
        if json:
            parser.add_argument("--json", action="store_true", help=_("print JSON"))
        return parser

    command("run", _("open the desk (the default)"), json=False)

    demo = command("demo", _("try a sample desk; nothing of yours is touched"), json=False)
    demo.add_argument("--into", metavar="DIR", help=_("fill this empty folder and keep it"))
    demo.add_argument("--remove", metavar="DIR", help=_("remove a sample desk made with --into"))

    bring = command("import", _("take in releases, minutes and clippings from files and folders"))
    bring.add_argument("paths", nargs="+", metavar="PATH")
    bring.add_argument("--dry-run", action="store_true", help=_("only show what would be taken in"))
    bring.add_argument("--project", metavar="CODE", help=_("the project they belong to"))
    bring.add_argument("--date", metavar="DAY", help=_("the day of whatever does not say its own"))

    export = command("export", _("write a Word document"))
    export.add_argument("kind", metavar="DOCUMENT", help=_("statement, release, minutes …"))
    export.add_argument("code", metavar="CODE")
    export.add_argument("--lang", dest="text_lang", choices=i18n.LANGUAGES, help=_("language of the document"))
    export.add_argument("--out", metavar="FILE", help=_("file or folder to write to"))
    export.add_argument("--final", action="store_true", help=_("refuse while anything is unfilled"))
    export.add_argument("--internal", action="store_true", help=_("the copy that shows who approved it"))
    export.add_argument("--drill", action="store_true", help=_("mark every page as material of a drill"))
    export.add_argument("--preview", action="store_true", help=_("print the text, write nothing"))
    export.add_argument("--only-shipped", action="store_true", help=_("use the shipped template, not yours"))
    event = export.add_argument_group(_("invitations"), _("A text may be in both languages: “中文 | English”."))
    event.add_argument(
        "--guests", metavar="CSV", help=_("one invitation for each row; columns 姓名/name, 称谓, 携伴, 语言")
    )
    event.add_argument("--at", metavar="TIME", help=_("when it begins: 2026-03-20 19:00"))
    event.add_argument("--until", metavar="TIME", help=_("when it ends"))
    event.add_argument("--place", metavar="TEXT")
    event.add_argument("--dress", metavar="TEXT")
    event.add_argument("--reply-by", metavar="DAY")
    event.add_argument("--greeting", metavar="TEXT")
    event.add_argument("--programme", metavar="STEP", action="append", help=_("“18:00 Arrival”; may be repeated"))
    event.add_argument("--note", metavar="TEXT", help=_("about embargo and photographs"))

    copy = command("copy", _("a text, number or line of a record to the terminal's clipboard and a file"))
    copy.add_argument("code", metavar="CODE")
    copy.add_argument(
        "--what",
        default="",
        metavar="PART",
        help=_("text-zh, phone, email, line, all …; the likeliest if you do not say"),
    )
    copy.add_argument("--print", action="store_true", help=_("print it, write nothing"))

    search = command("search", _("find any phrase in every record"))
    search.free = True
    search.add_argument("query", nargs="*", default=[], metavar="QUERY")
    search.add_argument(
        "--limit", type=_amount(MOST), metavar="N", help=_("at most N hits, 0 for all; 20 if you do not say")
    )
    search.add_argument("--newest", action="store_true", help=_("newest first instead of best first"))
    search.add_argument("--out", metavar="FILE", help=_("write all hits to a CSV that Excel and WPS open"))
    search.add_argument("--counts", action="store_true", help=_("count the hits by kind, outlet, tone and year"))
    search.add_argument("--like", metavar="CODE", help=_("the records most like this one"))
    search.add_argument(
        "--duplicates", metavar="CODE", help=_("the clips with nearly the text of this one: its pickups")
    )
    search.add_argument("--save", metavar="NAME", help=_("keep the query under a name; it counts what is new"))
    search.add_argument("--saved", action="store_true", help=_("your saved searches and how much is new in each"))
    search.add_argument("--run", metavar="NAME", help=_("a saved search; what it finds counts as seen"))
    search.add_argument("--forget", metavar="NAME", help=_("take a saved search away"))

    listing = command("list", _("list records of a kind"))
    listing.add_argument("kind", metavar="KIND", help=_("project, task, statement, coverage …"))
    listing.add_argument("where", nargs="*", default=[], metavar="FIELD=VALUE")
    listing.add_argument("--typed", default="", metavar="TEXT", help=_("part of the title, its pinyin or initials"))
    listing.add_argument("--limit", type=_amount(MOST), default=100, metavar="N", help=_("at most N, 0 for all"))

    show = command("show", _("show one record with what is linked to it"))
    show.add_argument("code", metavar="CODE")

    add = command("add", _("store a new record"))
    add.add_argument("kind", metavar="KIND", help=_("a kind, or a whole line as in quick-add"))
    add.add_argument("values", nargs="*", default=[], metavar="FIELD=VALUE")

    change = command("set", _("change fields of a record; stages and statuses move under their rules"))
    change.add_argument("code", metavar="CODE")
    change.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    change.add_argument("--reason", default="", metavar="TEXT")

    remove = command("remove", _("take a record out of sight; undo brings it back"))
    remove.add_argument("code", metavar="CODE")
    remove.add_argument("--reason", default="", metavar="TEXT")

    link = command("link", _("link two records"))
    link.add_argument("one", metavar="CODE")
    link.add_argument("other", metavar="CODE")
    link.add_argument("--role", default="", metavar="TEXT")
    link.add_argument("--remove", action="store_true", help=_("take the link away"))

    approve = command("approve", _("record who approved a text, a project or its report"))
    approve.add_argument("code", metavar="CODE")
    approve.add_argument("--step", default="", help=_("facts, review, legal, management, hq, chair; project, report"))
    approve.add_argument("--by", required=True, metavar="NAME")
    approve.add_argument("--channel", default="", metavar="TEXT", help=_("phone, WeChat, in person …"))
    approve.add_argument("--remark", default="", metavar="TEXT")
    approve.add_argument(
        "--lang", dest="text_lang", choices=i18n.LANGUAGES, default="", help=_("only this language version")
    )

    board = command("board", _("the kanban as text"))
    board.add_argument("--owner", metavar="NAME")

    command("undo", _("take back your last change"))
    history = command("history", _("who changed what"))
    history.add_argument("code", nargs="?", metavar="CODE")
    history.add_argument("--limit", type=_amount(MOST), default=50, metavar="N", help=_("at most N, 0 for all"))

    due = command("due", _("what is overdue and due"))
    due.add_argument(
        "--days", type=_amount(3660), default=1, metavar="N", help=_("how many days ahead (7 is the week)")
    )

    _crisis(command)

    templates = command("templates", _("your Word templates: list, copy out, check, restore"))
    templates.add_argument("action", choices=("list", "copy", "check", "restore"), nargs="?", default="list")
    templates.add_argument("name", nargs="?", metavar="DOCUMENT.LANG")

    backup = command("backup", _("the desk as one file, readable without the program"))
    backup.add_argument("path", nargs="?", metavar="FILE")
    command("reindex", _("build the search index anew"))
    command("doctor", _("is everything well?"))
    return top


def _crisis(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`prtui crisis`: what F12 does, without a screen."""
    top = command("crisis", _("the clock of a crisis: start, stamp, log, status and the rest of F12"))
    top.set_defaults(on="")
    actions = top.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)

    def action(name: str, help: str, *, late: bool = False, by: bool = False) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=help, description=help)
        parser.add_argument("--on", default="", metavar="CODE", help=_("which crisis; the running one if not named"))
        parser.add_argument("--json", action="store_true", help=_("print JSON"))
        parser.add_argument("--reason", default="", metavar="TEXT")
        if late:
            parser.add_argument("--at", metavar="TIME", help=_("when it happened: 03:20, or a day and a time"))
        if by:
            parser.add_argument("--by", default="", metavar="NAME")
        return parser

    action("status", _("how long, what is next, who holds it, which deadline is nearest"))

    start = action("start", _("start the clock"), late=True)
    start.add_argument("title", nargs="*", default=[], metavar="TITLE")
    start.add_argument("--level", default="", choices=("I", "II", "III", "IV"))
    start.add_argument(
        "--scenario", default="", metavar="NAME", help=_("product, ambassador, data, service, staff, rumour")
    )
    start.add_argument("--source", default="", metavar="TEXT", help=_("how it became known"))

    stamp = action("stamp", _("stamp a milestone, 0 to 12"), late=True, by=True)
    stamp.add_argument("n", metavar="N")
    stamp.add_argument("--note", default="", metavar="TEXT")
    stamp.add_argument("--channel", default="", metavar="TEXT", help=_("phone, WeChat, in person …"))
    stamp.add_argument("--level", default="", choices=("I", "II", "III", "IV"), help=_("with 2"))
    stamp.add_argument("--present", default="", metavar="ROLES", help=_("with 3: who is here, like legal,product"))
    stamp.add_argument("--emergency", action="store_true", help=_("with 8: a pre-approved text with counsel's word"))

    stamp.add_argument("--seen", default="", metavar="HASH", help=_("with 6, 7, 8, 10: the text as it was read"))

    correct = action("correct", _("another time for a milestone; both stay"))
    correct.add_argument("n", metavar="N")
    correct.add_argument("time", nargs="?", metavar="TIME")
    correct.add_argument("--none", action="store_true", help=_("it was not reached after all"))

    log = action("log", _("write a line; without words, print the log"), late=True)
    log.add_argument("text", nargs="*", default=[], metavar="TEXT")
    log.add_argument("--kind", default="fact", choices=("fact", "decision", "contact", "media", "statement"))
    log.add_argument("--verified", action="store_true", help=_("it is verified, as ! before the words says too"))
    log.add_argument("--outlet", default="", metavar="NAME", help=_("whom of the media it was"))
    log.add_argument("--corrects", default="", metavar="CODE", help=_("the line that was wrong"))

    action("takeover", _("hold the crisis; whoever held it reads"))
    level = action("level", _("raise or lower the level"), by=True)
    level.add_argument("level", choices=("I", "II", "III", "IV"))
    state = action("state", _("stabilising, a relapse, a false alarm, closed, or no public statement"))
    state.add_argument("state", choices=("stabilising", "responding", "false_alarm", "closed", "reply_only"))

    wait = action("wait", _("somebody is waited for; no clock stops"), late=True)
    wait.add_argument("what", nargs="*", default=[], metavar="WHAT")
    wait.add_argument("--owner", default="", metavar="NAME")
    wait.add_argument("--end", action="store_true", help=_("the newest wait is over"))

    team = action("team", _("who sits in the team"))
    team.add_argument("seats", nargs="*", default=[], metavar="ROLE=NAME")
    contact = action("contact", _("somebody of the team was called"))
    contact.add_argument("role", metavar="ROLE")
    contact.add_argument("state", choices=("no_answer", "answered", "present"))
    contact.add_argument("--substitute", action="store_true", help=_("it was the substitute"))
    contact.add_argument("--note", default="", metavar="TEXT")

    draft = action("draft", _("begin a statement"))
    draft.add_argument(
        "--template", action="append", default=[], metavar="CODE", help=_("from the library; once a language")
    )
    draft.add_argument("--purpose", default="holding", choices=("holding", "full", "update"))
    draft.add_argument("--title", default="", metavar="TEXT")
    fill = action("fill", _("fill blanks of the statement"))
    fill.add_argument("values", nargs="+", metavar="BLANK=TEXT")
    clear = action("clear", _("who approved the exact words"), by=True)
    clear.add_argument("step", choices=("facts", "review", "legal", "management", "hq"))
    clear.add_argument("--channel", default="", metavar="TEXT", help=_("phone, WeChat, in person …"))
    clear.add_argument("--note", default="", metavar="TEXT")
    clear.add_argument(
        "--lang", dest="text_lang", choices=i18n.LANGUAGES, default="", help=_("only this language version")
    )
    agree = action("agree", _("counsel agreed by word: opens the emergency path"), late=True, by=True)
    agree.add_argument("--channel", default="", metavar="TEXT", help=_("phone, WeChat, in person …"))
    action("publish", _("publish an update statement"), late=True)
    action("lint", _("what an editor would circle in the statement"))

    clocks = action("clock", _("the clocks of a crisis; switch, confirm, meet or add one"), late=True, by=True)
    clocks.add_argument("key", nargs="?", metavar="CLOCK")
    clocks.add_argument("act", nargs="?", choices=("on", "off", "confirm", "met", "add"), default="on")
    clocks.add_argument("--note", default="", metavar="TEXT", help=_("what shows it, or where it comes from"))
    clocks.add_argument("--minutes", type=_amount(MOST), default=0, metavar="N")
    clocks.add_argument("--days", type=_amount(366), default=0, metavar="N", help=_("working days"))

    enquiry = action("enquiry", _("a question of the media"))
    enquiry.add_argument("question", nargs="+", metavar="QUESTION")
    enquiry.add_argument("--deadline", required=True, metavar="TIME")
    enquiry.add_argument("--outlet", default="", metavar="NAME")
    enquiry.add_argument("--reporter", default="", metavar="NAME")
    complaint = action("complaint", _("a customer's complaint"))
    complaint.add_argument("demand", nargs="+", metavar="DEMAND")
    complaint.add_argument("--customer", default="", metavar="TEXT")
    complaint.add_argument("--channel", default="", metavar="NAME")

    library = action("library", _("the statement library"), by=True)
    library.add_argument("--install", action="store_true", help=_("add the texts that come with the desk"))
    library.add_argument("--approve", default="", metavar="CODE", help=_("pre-approve one, as it stands"))

    drill = action("drill", _("an exercise: start it, push the news, answer, mark"))
    drill.add_argument("title", nargs="*", default=[], metavar="TITLE")
    drill.add_argument("--start", default="", metavar="SCENARIO", help=_("product, ambassador or data"))
    drill.add_argument("--answer", default="", metavar="CODE", help=_("what the team did about a push: with --note"))
    drill.add_argument("--met", action="store_true", help=_("it was what was expected"))
    drill.add_argument(
        "--score", nargs="+", default=[], metavar="PART=POINTS", help=_("accuracy=20 and what is not computed")
    )
    drill.add_argument("--note", default="", metavar="TEXT")

    times = action("times", _("how long it took; of a period with --from and --to"))
    times.add_argument("--from", dest="start", default="", metavar="DAY")
    times.add_argument("--to", dest="end", default="", metavar="DAY", help=_("the first day that no longer counts"))
    review = action("review", _("the facts for the review; approve it, name actions, bump the plan"), by=True)
    review.add_argument("--approve", action="store_true")
    review.add_argument("--action", dest="action_title", default="", metavar="TITLE")
    review.add_argument("--owner", default="", metavar="NAME")
    review.add_argument("--due", default="", metavar="DAY")
    review.add_argument("--plan", default="", metavar="TEXT", help=_("what changes in the plan"))
