"""`python -m prtui`, and the console script: says in one line that Python is too old, before any newer syntax is read."""
# Read by Python 3.6 too: no `from __future__ import annotations`, no f-string, nothing of prtui imported at the top.

import sys


def main() -> int:
    """The exit code of the command line; 2 when this Python cannot run it."""
    if sys.version_info < (3, 11):  # noqa: UP036
        version = ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write("prtui needs Python 3.11 or newer, this is " + version + ".")
        sys.stderr.write(" Install python3.11 and start prtui with that.\n")
        return 2
    if _opens_the_screens(sys.argv[1:]):
        import signal

        # Ctrl+C and Ctrl+\ pressed while it starts would end it with a traceback; on the screens they are keys.
        for number in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
    from prtui.cli import main as run

    return run()


def _opens_the_screens(arguments: "list[str]") -> bool:
    values = ("--data", "--as", "--lang")
    words = [word for at, word in enumerate(arguments) if at == 0 or arguments[at - 1] not in values]
    return all(word.split("=")[0] in (*values, "run") for word in words)


if __name__ == "__main__":
    sys.exit(main())
