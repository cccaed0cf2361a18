"""The pages as LibreOffice lays them out: run with -m slow, where soffice is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from prtui import clock, documents
from tests.test_documents_golden import CASES, NOW, ROWS, context

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_every_document_opens_and_a_statement_is_one_page(tmp_path: Path) -> None:
    from pypdf import PdfReader

    for kind, lang in CASES:
        with clock.frozen(NOW):
            documents.export(kind, ROWS[kind], context(tmp_path, lang), lang, tmp_path / f"{kind}.{lang}.docx")
    made = sorted(tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, made)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    pages = {path.stem: PdfReader(path.with_suffix(".pdf")).pages for path in made}
    assert len(pages) == len(CASES)
    for name in ("statement.zh", "statement.en", "release.zh", "release.en"):
        assert len(pages[name]) == 1, name
    assert "Page 1 of 1" in pages["statement.en"][0].extract_text()
    assert len(pages["minutes.zh"]) == 2
    assert "internal" in pages["minutes.en"][0].extract_text().lower()
