"""The pages as LibreOffice lays them out, and templates that went through it: run with -m slow, where soffice is installed.
PRTUI_PROOF=small does each kind in one language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document

from prtui import clock, documents
from prtui.documents import readback, templates
from prtui.documents.ooxml import w
from tests.test_documents_golden import CASES, GOLDEN, NOW, ROWS, context, exported

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SMALL = os.environ.get("PRTUI_PROOF") == "small"
SHOWN = [case for number, case in enumerate(CASES) if number % 2 == number // 2 % 2] if SMALL else CASES
PAGES = {
    "statement": (1, 1),
    "release": (1, 1),
    "minutes": (2, 1),
    "invitation": (1, 1),
    "clip-book": (3, 3),
    "crisis-review": (8, 9),
    "crisis-plan": (10, 9),
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]  # fmt: skip


def converted(folder: Path, to: str, files: list[Path], out: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip


def words(text: str) -> str:
    """The text without blanks and capitals: a PDF parts lines and words where it likes, and a style may set capitals."""
    return re.sub(r"\s+", "", text).casefold()


def test_every_document_has_its_pages_and_its_text(tmp_path: Path) -> None:
    from pypdf import PdfReader

    made = []
    for kind, lang in SHOWN:
        with clock.frozen(NOW):
            given = context(tmp_path, lang)
            made.append(documents.export(kind, ROWS[kind], given, lang, tmp_path / f"{kind}.{lang}.docx").path)
    converted(tmp_path, "pdf", made, tmp_path)
    for (kind, lang), path in zip(SHOWN, made, strict=True):
        pages = [page.extract_text() for page in PdfReader(path.with_suffix(".pdf")).pages]
        wanted = PAGES[kind][lang == "en"]
        # Where the fonts of the house are missing others stand in, and a long report may end a page sooner or later.
        assert abs(len(pages) - wanted) <= (wanted > 4), (kind, lang, len(pages))
        assert all(words(page) for page in pages), (kind, lang)
        shown = words("".join(pages))
        # What wraps in a cell is parted by the cell beside it; eight letters of each word are together.
        for paragraph in Document(str(path)).element.body.iter(w("p")):
            if paragraph.find(f".//{w('drawing')}") is None:
                for piece in readback.paragraph_text(paragraph).split():
                    assert words(piece)[:8] in shown, (kind, lang, piece)


def test_a_template_saved_by_libreoffice_is_filled_like_the_shipped_one(tmp_path: Path) -> None:
    own = templates.folder(tmp_path)
    shipped = [templates.find(kind, lang, tmp_path) for kind, lang in SHOWN]
    converted(tmp_path, "docx:MS Word 2007 XML", shipped, own)
    for kind, lang in SHOWN:
        assert templates.find(kind, lang, tmp_path).parent == own and templates.check(kind, lang, tmp_path) == []
        assert exported(kind, lang, tmp_path) == (GOLDEN / f"{kind}.{lang}.txt").read_text(encoding="utf-8"), (
            kind,
            lang,
        )
