"""The clock of a crisis on another screen: how long it has run and what is left, in one line that ticks."""

from __future__ import annotations

from prtui import clock
from prtui.config import Settings
from prtui.desk import crisis_statements
from prtui.desk.crisis_picture import moment, remaining
from prtui.desk.crisis_status import Facts, Status, gather, status_at
from prtui.i18n import _
from prtui.screens.chrome import Piece
from prtui.screens.crisis_canvas import Canvas
from prtui.screens.crisis_face import LEAST, urgency
from prtui.store import Row
from prtui.store.crisis import RUNNING


def facts_of(document: Row) -> Facts | None:
    """What the clock of the crisis is computed from that the text speaks in; None where none runs."""
    crisis = crisis_statements.crisis_of(document)
    return gather(crisis) if crisis is not None and crisis.state in RUNNING else None


def beat(status: Status, width: int) -> list[Piece]:
    """Which crisis, how long, and what is left to the nearest deadline; the lengths alone where there is little room."""
    sign = "-" if status.elapsed < 0 else ""
    elapsed: list[Piece] = [(_("Elapsed"), "muted"), (f"  {sign}{clock.span(status.elapsed)}", "bold")]
    big = status.big
    left: list[Piece] = []
    if big is not None and big.due is not None:
        due = moment(big.due, status, day_end=big.days is not None)
        left = [(f"   {_(big.name)} {due}", "muted"), (f"  {remaining(big.due, status)}", urgency(status.left))]
    if width < LEAST:
        return [(" ", ""), *elapsed[1:], *left[1:]]
    drill: list[Piece] = [("【演练】 ", "warn")] if status.crisis.drill else []
    return [(f" {status.crisis.code}  ", "muted"), *drill, *elapsed, *left]


class ClockLine(Canvas):
    """Only the digits that changed are painted; it takes no room where there is no crisis."""

    DEFAULT_CSS = "ClockLine { height: 1; display: none; } ClockLine.-runs { display: block; }"

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._facts: Facts | None = None

    def follow(self, facts: Facts | None) -> None:
        """Of this crisis, or of none."""
        self._facts = facts
        self.set_class(facts is not None, "-runs")
        self.draw()

    def draw(self) -> None:
        """The time as it is at this instant."""
        if self._facts is not None and self.size.width:
            self.show([beat(status_at(self._settings, self._facts, clock.now()), self.size.width)])

    def on_mount(self) -> None:
        """Starts to tick."""
        self._tick()

    def on_resize(self) -> None:
        """Other words fit now."""
        self.draw()

    def _tick(self) -> None:
        # From the clock itself, as on the screen of the crisis.
        if self.screen.is_current:
            self.draw()
        self.set_timer(1 - clock.now().microsecond / 1e6 + 0.01, self._tick)
