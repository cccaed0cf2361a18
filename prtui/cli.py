"""The command line: what is run, its exit codes, and nothing heavy until a command needs it.

Exit codes: 0 done, 1 the user's mistake, 2 the environment's. Errors go to stderr in one line each.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

from prtui import i18n
from prtui.errors import PrtuiError
from prtui.grammar import grammar
from prtui.i18n import _


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    _speakable()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    i18n.use(_language_of(typed))
    options = grammar(commanding=_commands(typed)).parse_args(typed)
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


def _commands(typed: Sequence[str]) -> bool:
    """Whether the arguments are more than the options of a plain start."""
    values = ("--data", "--as", "--lang")
    words = [word for at, word in enumerate(typed) if at == 0 or typed[at - 1] not in values]
    return any(word.split("=")[0] not in values for word in words)


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
    gc.disable()  # as in `face`
    try:
        from prtui import headless, store

        store.open_desk(settings)
        run = headless.command(options.command)
        gc.freeze()  # all of it is kept until the end; to look through it once would take 10 ms
    finally:
        gc.enable()
    try:
        with store.explained():
            return run(options, settings) or 0
    finally:
        store.close()


def face(settings: Any) -> int:
    """Open the screens; the exit code of the app. Raises Trouble when this terminal cannot show them."""
    from prtui.terminal import preflight, width
    from prtui.terminal.curtain import Curtain

    # A start makes objects and frees next to none: looking among them for garbage takes 60 ms, a seventh of its CPU. The
    # app turns it on again when the first screen stands.
    gc.disable()
    try:
        preflight.check()
        preflight.folder_check(settings.data)
        with Curtain(settings.data / "frames") as curtain:
            answer = width.ask()
            preflight.check_answer(answer)
            width.use(answer.glyphs(plain_locale=preflight.plain_locale()))
            if settings.painter:
                curtain.rise(settings.language, settings.theme, "ascii" if width.glyphs().ascii else "")
            from prtui import app

            return app.run(settings, typed=answer.typed, curtain=curtain)
    finally:
        gc.enable()


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
