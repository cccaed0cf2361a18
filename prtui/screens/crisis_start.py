"""Before the clock runs: one line for the name, one digit for the level, Enter and it runs."""

from __future__ import annotations

from collections.abc import Sequence

from prtui import i18n
from prtui.desk import crisis, crisis_clocks, drills
from prtui.desk.drill_scenarios import SCENARIOS
from prtui.i18n import N_, _
from prtui.screens.chrome import Piece
from prtui.screens.crisis_face import LEVELS as TONES
from prtui.screens.crisis_stamps import LEVELS
from prtui.store import Row, Work
from prtui.store.crisis import Level
from prtui.terminal.width import glyphs
from prtui.text import cells, fit

SIGNS = {
    Level.I: N_("injury, recall, a regulator or national media name the brand"),
    Level.II: N_("A-tier media in numbers, product safety, a boycott"),
    Level.III: N_("one A-tier piece, a complaint that spreads"),
    Level.IV: N_("a single complaint, a local post, a rumour"),
}
DRILLS = {str(5 + number): scenario for number, scenario in enumerate(SCENARIOS)}


def start(work: Work, title: str, session: str) -> Row:
    """The clock runs. The level comes after it, so that a refusal stops no clock."""
    return crisis.start(work, title, session=session)


def drill(work: Work, scenario: str, session: str) -> Row:
    """A drill of a shipped scenario, its first news on the table."""
    row = drills.start(work, scenario, session=session)
    drills.deliver(work, row, session=session)
    return row


def panel(past: Sequence[Row], mark: int, level: str, height: int) -> list[list[Piece]]:
    """What each key begins; below, the crises that do not run, the marked one to be opened. `mark` is -1 at none."""
    room = max(cells(_(one.label)) for one in Level)
    lines: list[list[Piece]] = [
        [("  Enter", "key"), (f"  {_('the clock runs; the level can wait')}", "bold" if mark < 0 else "")],
        [],
    ]
    for digit, one in LEVELS.items():
        minutes = crisis_clocks.length(one.value, 8) or 0
        lines.append(
            [
                (f"      {digit}", "key"),
                (f"  {glyphs().mark if level == one.value else ' '}", "accent"),
                (fit(_(one.label), room), TONES[one]),
                (f"  {_('{hours} h').format(hours=minutes // 60):>5}  ", ""),
                (_(SIGNS[one]), "muted"),
            ]
        )
    lines += [[], [(f"  {_('Drill')}", "muted")]]
    for digit, script in DRILLS.items():
        lines.append([(f"      {digit}", "key"), (f"   {script.title[i18n.language()]}", "")])
    if past:
        lines += [[], [(f"  {_('Not running')}", "muted")]]
        for number, row in enumerate(past):
            here = number == mark
            lines.append(
                [
                    (f"  {glyphs().mark if here else ' '}", "accent"),
                    (f"{row.code}  ", "muted"),
                    (row.title, "bold" if here else ""),
                    (f"  {row.shown('state')}", "muted"),
                ]
            )
    return lines[:height] if mark < 0 else lines[max(0, len(lines) - height) :]
