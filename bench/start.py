"""What `prtui --help` costs beside Python doing nothing: CPU seconds of both, turn and turn about: `python bench/start.py`."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

import installed

ROUNDS = 15
MOST = 5.0  # argparse and the help itself are most of it; one heavy library more is seen at once
LIBRARIES = ("textual.app", "peewee", "whoosh.index", "docx")


def cpu(*arguments: str) -> float:
    """CPU seconds, user and system, of one run of Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> int:
    """Exit code 1 when --help costs more than it may."""
    installed.ready()
    runs = {
        "python -c pass": ("-c", "pass"),
        "prtui --help": ("-m", "prtui", "--help"),
        **{f"import {name}": ("-c", f"import {name}") for name in LIBRARIES},
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, arguments in runs.items():
            taken[name].append(cpu(*arguments))
    base = statistics.median(taken["python -c pass"])
    for name in runs:
        cost = statistics.median(taken[name])
        print(f"{name:<20} {cost * 1000:6.0f} ms CPU   {cost / base:5.2f} ×")
    return 0 if statistics.median(taken["prtui --help"]) <= MOST * base else 1


if __name__ == "__main__":
    sys.exit(main())
