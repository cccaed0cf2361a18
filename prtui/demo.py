"""A sample desk to try everything on: thrown away at the end, or filled into an empty folder to keep."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from prtui import clock, store
from prtui.config import Settings
from prtui.errors import PrtuiError
from prtui.i18n import _

HOUSE = "prtui"
MARKER = "SAMPLE-DESK.txt"
FILES = "sample-files"
_CONFIG = """# A sample desk. Remove it with: prtui demo --remove {folder}
actor = "林岚"
zone = "Asia/Shanghai"
zones = ["Europe/Paris"]
sample = true

[brand]
name = "澜璟"
name_en = "LANJING"
legal_name = "澜璟（上海）精品有限公司"
legal_name_en = "Lanjing (Shanghai) Fine Goods Co., Ltd."
phone = "021-5555 0100"
email = "press@lanjing.example"
web = "www.lanjing.example"
about = "澜璟创立于一九八六年，专注高级制表与珠宝，在上海与巴黎设有工坊。"
about_en = "Founded in 1986, LANJING makes fine watches and jewellery in its workshops in Shanghai and Paris."
"""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """`prtui demo`: open a throwaway sample desk, or with --into fill a folder, or with --remove take one away."""
    if options.remove:
        _remove(Path(options.remove).expanduser())
        return 0
    if options.into:
        from prtui.desk import sample_files

        folder = Path(options.into).expanduser()
        _fill(folder, settings)
        sample_files.folder(folder / FILES, clock.today(settings.zone))
        for path in [folder / FILES, *(folder / FILES).rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)  # nothing in a desk is for others to read
        print(_("The sample desk is in {folder}. Open it with: prtui --data {folder}").format(folder=folder))
        print(
            _("Try the import with: prtui --data {folder} import {files}").format(folder=folder, files=folder / FILES)
        )
        return 0
    folder = Path(tempfile.mkdtemp(prefix="prtui-demo-"))
    try:
        made = _fill(folder, settings)
        return _show(made)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _show(settings: Settings) -> int:
    from prtui.cli import face

    if sys.stdin.isatty() and sys.stdout.isatty():
        return face(settings)
    # No terminal to draw on: the sample's Today list says as text what the screen would show.
    from prtui.headless import records

    store.open_desk(settings)
    try:
        records.due(argparse.Namespace(json=False, days=1), settings)
    finally:
        store.close()
    print(_("This is the sample desk as text. In a terminal the same command opens its screens."))
    return 0


def _fill(folder: Path, settings: Settings) -> Settings:
    from prtui import config
    from prtui.desk import sample
    from prtui.store import engine

    if folder.exists() and any(folder.iterdir()):
        raise PrtuiError(_("{folder} is not empty.").format(folder=folder), hint=_("Name an empty or a new folder."))
    engine.private_folder(folder)
    _private(folder / MARKER, "prtui demo\n")
    _private(folder / "config.toml", _CONFIG.format(folder=folder))
    made = replace(config.load(data=str(folder), language=settings.language), actor="林岚", database="")
    store.open_desk(made)
    try:
        with store.write(HOUSE) as work:  # not by her: her first undo shall not take the whole desk away
            sample.fill(work, clock.today(made.zone))
    finally:
        store.close()
    return made


def _private(path: Path, content: str) -> None:
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8")


def _remove(folder: Path) -> None:
    if not (folder / MARKER).is_file():
        raise PrtuiError(
            _("{folder} is not a sample desk; nothing was removed.").format(folder=folder),
            hint=_("Only a folder made with `prtui demo --into` can be."),
        )
    shutil.rmtree(folder)
    print(_("{folder} is gone.").format(folder=folder))
