"""Reads one PDF from standard input and writes one JSON object; run by `pdf` as a program of its own.

A PDF can ask any reader for any amount of memory and time, so the limits are the system's: they bind this process before
pypdf is loaded, and whatever happens to it happens to nobody else. It imports nothing of prtui.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any


def bind(seconds: int, memory: int) -> None:
    """Let the system end this process after so much processor time, and refuse it more than `memory` bytes of its own."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still ends it
        return
    wanted = {
        "RLIMIT_CPU": seconds,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_DATA": memory,
        "RLIMIT_AS": memory * 3,
    }
    for name, value in wanted.items():
        try:
            number = getattr(resource, name)
            hard = resource.getrlimit(number)[1]
            resource.setrlimit(number, (value if hard < 0 else min(value, hard), hard))
        except (AttributeError, ValueError, OSError):
            continue  # macOS has no such limit on memory


def extract(pages: int, characters: int) -> dict[str, Any]:
    """`text` (a list, one a page), `title`, `made` (D:2026…), `pages`, `bad`; or `problem`."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(sys.stdin.buffer)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"problem": "encrypted"}
    count = len(reader.pages)
    if count > pages:
        return {"problem": "pages", "pages": count}
    texts: list[str] = []
    size = bad = large = 0
    for page in reader.pages:
        try:
            text = page.extract_text()
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # pypdf raises whatever a broken page makes it raise
            bad += 1
            large += unpacks_to_too_much(error)
            continue
        texts.append(text)
        size += len(text)
        if size > characters:
            break
    if bad and bad == count:
        return {"problem": "large" if large else "damaged"}
    try:
        info = {key: str(value) for key, value in (reader.metadata or {}).items()}
    except Exception:  # metadata is a bonus
        info = {}
    return {
        "text": texts,
        "title": info.get("/Title", "")[:500],
        "made": info.get("/CreationDate", "")[:40],
        "pages": count,
        "bad": bad,
    }


def unpacks_to_too_much(error: Exception) -> bool:
    """Whether pypdf stopped at what a part of the file unpacks to; it says the same of parts that go in a circle."""
    return type(error).__name__ == "LimitReachedError" and "cycle" not in str(error).lower()


def main(arguments: list[str]) -> None:
    """`pdf_child SECONDS MEMORY PAGES CHARACTERS`."""
    seconds, memory, pages, characters = map(int, arguments)
    bind(seconds, memory)
    try:
        answer = extract(pages, characters)
    except MemoryError:
        answer = {"problem": "memory"}
    except RecursionError:
        answer = {"problem": "damaged"}
    except Exception as error:  # pypdf's own, and any other a hostile file provokes
        said = f"{type(error).__name__} {error}".lower()
        answer = {"problem": "encrypted" if "crypt" in said else "large" if unpacks_to_too_much(error) else "damaged"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
