"""A bad line to a program: `python tests/slow_line.py DELAY_S BYTES_PER_S COMMAND…` on a terminal, as ssh -t would be.

Both ways take the delay; what comes back takes the rate as well, and the program is held up while 4 kB are on their way.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import sys
import termios
import time
import tty
from collections import deque

WINDOW = 4096


def main() -> int:
    """The exit code of the program."""
    delay, rate, argv = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
    pid, far = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.execvp(argv[0], argv)
    tty.setraw(0)
    there: deque[tuple[float, bytes]] = deque()
    back: deque[tuple[float, bytes]] = deque()
    free = 0.0
    while True:
        now = time.monotonic()
        for queue, file in ((there, far), (back, 1)):
            while queue and queue[0][0] <= now:
                os.write(file, queue.popleft()[1])
        wait = min([queue[0][0] - now for queue in (there, back) if queue], default=None)
        listen = [0] if sum(len(data) for _due, data in back) > WINDOW else [0, far]
        for file in select.select(listen, [], [], wait)[0]:
            try:
                data = os.read(file, 512)
            except OSError:
                data = b""
            if not data and file == far:
                for due, rest in back:
                    time.sleep(max(0.0, due - time.monotonic()))
                    os.write(1, rest)
                return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            now = time.monotonic()
            if file == far:
                free = max(free, now) + len(data) / rate
                back.append((free + delay, data))
            else:
                there.append((now + delay, data))


if __name__ == "__main__":
    raise SystemExit(main())
