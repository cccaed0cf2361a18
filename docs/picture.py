"""The picture of the README: `python docs/picture.py` draws the sample desk's board on a launch's eve."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from prtui import clock, i18n, store
from prtui.app import Desk
from prtui.config import Settings
from prtui.desk import sample

EVE = datetime(2026, 3, 19, 1, 12, tzinfo=UTC)


async def draw(settings: Settings) -> str:
    """The board as SVG."""
    app = Desk(settings)
    async with app.run_test(size=(100, 28)) as pilot:
        await pilot.pause()
        await app.action_place("projects")
        await pilot.pause(0.5)
        await pilot.press("right", "right", "right")
        await pilot.pause(0.3)
        picture = app.export_screenshot(title="prtui")
    app.drafts.close()
    return picture


def main() -> None:
    """Write docs/board.svg."""
    i18n.use("zh")
    with tempfile.TemporaryDirectory() as folder, clock.frozen(EVE):
        settings = Settings(data=Path(folder), actor="林岚", language="zh", theme="dark", zones=("Europe/Paris",))
        store.open_desk(settings)
        with store.write(settings.actor) as work:
            sample.fill(work, clock.today(settings.zone))
        store.close()
        picture = asyncio.run(draw(settings))
    # No font from elsewhere: a picture of an offline desk fetches nothing.
    picture = re.sub(r"@font-face\s*\{.*?\}", "", picture, flags=re.S).replace(
        "Fira Code", "DejaVu Sans Mono, Menlo, Noto Sans CJK SC"
    )
    picture = re.sub(r"<!--.*?-->", "", picture)
    Path(__file__).with_name("board.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
