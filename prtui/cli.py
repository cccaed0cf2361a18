"""The command line: its grammar, its exit codes, and nothing heavy until a command needs it.

Exit codes: 0 done, 1 the user's mistake, 2 the environment's. Errors go to stderr in one line each.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from prtui import __version__, i18n
from prtui.errors import PrtuiError
from prtui.i18n import _

MOST = 1_000_000  # records or changes printed at once


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are the user's: exit code 1, one line, and the nearest command."""

    def error(self, message: str) -> NoReturn:
        from prtui.text import plain  # its patterns take 7 ms: not for --help

        stop = "" if message.endswith(("?", ".")) else "."
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


def grammar() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(prog="prtui", description=_("The desk of a public-relations director, in a terminal."))
    top.add_argument("--version", action="version", version=f"prtui {__version__}")
    top.add_argument("--data", metavar="DIR", help=_("the folder with the desk's files"))
    top.add_argument("--as", dest="actor", metavar="NAME", help=_("who is working"))
    top.add_argument("--lang", choices=i18n.LANGUAGES, help=_("language of the screens and messages"))
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, help: str, *, json: bool = True) -> argparse.ArgumentParser:
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

    export = command("export", _("write a Word document"))
    export.add_argument("kind", metavar="DOCUMENT", help=_("statement, release, minutes …"))
    export.add_argument("code", metavar="CODE")
    export.add_argument("--lang", dest="text_lang", choices=i18n.LANGUAGES, help=_("language of the document"))
    export.add_argument("--out", metavar="FILE", help=_("file or folder to write to"))
    export.add_argument("--final", action="store_true", help=_("refuse while anything is unfilled"))
    export.add_argument("--internal", action="store_true", help=_("the copy that shows who approved it"))
    export.add_argument("--preview", action="store_true", help=_("print the text, write nothing"))

    search = command("search", _("find any phrase in every record"))
    search.add_argument("query", nargs="+", metavar="QUERY")
    search.add_argument("--limit", type=_amount(MOST), default=20, metavar="N")
    search.add_argument("--newest", action="store_true", help=_("newest first instead of best first"))

    listing = command("list", _("list records of a kind"))
    listing.add_argument("kind", metavar="KIND", help=_("project, task, statement, coverage …"))
    listing.add_argument("where", nargs="*", metavar="FIELD=VALUE")
    listing.add_argument("--typed", default="", metavar="TEXT", help=_("part of the title, its pinyin or initials"))
    listing.add_argument("--limit", type=_amount(MOST), default=100, metavar="N", help=_("at most N, 0 for all"))

    show = command("show", _("show one record with what is linked to it"))
    show.add_argument("code", metavar="CODE")

    add = command("add", _("store a new record"))
    add.add_argument("kind", metavar="KIND", help=_("a kind, or a whole line as in quick-add"))
    add.add_argument("values", nargs="*", metavar="FIELD=VALUE")

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
    approve.add_argument("--step", default="", help=_("review, legal, management; project, report"))
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
    history.add_argument("--limit", type=_amount(MOST), default=50, metavar="N")

    due = command("due", _("what is overdue and due"))
    due.add_argument(
        "--days", type=_amount(3660), default=1, metavar="N", help=_("how many days ahead (7 is the week)")
    )

    templates = command("templates", _("your Word templates: list, copy out, check, restore"))
    templates.add_argument("action", choices=("list", "copy", "check", "restore"), nargs="?", default="list")
    templates.add_argument("name", nargs="?", metavar="DOCUMENT.LANG")

    backup = command("backup", _("the desk as one file, readable without the program"))
    backup.add_argument("path", nargs="?", metavar="FILE")
    command("reindex", _("build the search index anew"))
    command("doctor", _("is everything well?"))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    _speakable()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    i18n.use(_language_of(typed))
    options = grammar().parse_args(typed)
    try:
        code = _run(options)
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where a full disk or a reader that left can still be answered
        return code
    except BrokenPipeError:  # the reader of our output left: `prtui list task | head`
        _say_no_more()
        return 0
    except OSError as error:
        _complain(_("This cannot be done: {error}.").format(error=error.strerror or error))
        _say_no_more()
        return 2
    except KeyboardInterrupt:
        _complain(_("Stopped."))
        return 130
    except PrtuiError as error:
        _complain(*error.lines())
        return error.exit_code


def _complain(first: str, *rest: str) -> None:
    """Say on stderr what went wrong, in one line; what a refusal lists stands below it."""
    from prtui.text import plain

    print("\n".join([f"prtui: {plain(first)}", *map(plain, rest)]), file=sys.stderr)


def _say_no_more() -> None:
    """Nothing more can be written: let Python close stdout without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    from prtui import config

    settings = config.load(data=options.data, actor=options.actor, language=options.lang)
    i18n.use(settings.language)
    if not settings.database:
        # Peewee imports every driver it finds: psycopg's 106 ms are a fifth of a start, and SQLite never needs it.
        sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]
    if options.command in (None, "run"):
        return face(settings)
    if options.command == "demo":
        from prtui import demo

        return demo.run(options, settings)
    from prtui import headless, store

    try:
        store.open_desk(settings)
        with store.explained():
            return headless.COMMANDS[options.command](options, settings) or 0
    finally:
        store.close()


def face(settings: Any) -> int:
    """Open the screens; the exit code of the app. Raises Trouble when this terminal cannot show them."""
    from prtui.terminal import preflight, width

    preflight.check()
    preflight.folder_check(settings.data)
    answer = width.ask()
    preflight.check_answer(answer)
    width.use(answer.glyphs(plain_locale=preflight.plain_locale()))
    from prtui import app

    return app.run(settings, typed=answer.typed)


def _language_of(typed: Sequence[str]) -> str:
    """The language that help and parse errors are printed in, before the arguments are understood."""
    for at, word in enumerate(typed):
        if word == "--lang" and at + 1 < len(typed) and typed[at + 1] in i18n.LANGUAGES:
            return typed[at + 1]
        if word.startswith("--lang=") and word[7:] in i18n.LANGUAGES:
            return word[7:]
        if not word.startswith("-") and (at == 0 or typed[at - 1] not in ("--data", "--as")):
            break
    named = os.environ.get("PRTUI_LANG", "")
    return named if named in i18n.LANGUAGES else i18n.preferred()


def _speakable() -> None:
    """What the encoding of the terminal cannot say becomes a question mark instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
