"""How long a search may go on. Measured in the processor's time of its own thread, so that a busy machine shortens no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import thread_time

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a search may go on: until this thread has had so many seconds of the processor, or is told to stop."""

    until: float
    stop: Stop | None = None

    @classmethod
    def of(cls, seconds: float, stop: Stop | None = None) -> Patience:
        """So many seconds from now on."""
        return cls(thread_time() + seconds, stop)

    @property
    def over(self) -> bool:
        """Whether it is time to answer."""
        return thread_time() > self.until or (self.stop is not None and self.stop())

    def at_most(self, seconds: float) -> Patience:
        """The same, or so many seconds if that is less."""
        return replace(self, until=min(self.until, thread_time() + seconds))
