"""What a person at a terminal sees of a long command: a bar that grows, or lines in a log."""

import sys
import time
from typing import TextIO

WIDTH = 32
# A terminal is written to at most so often; a log gets a line at each tenth.
SECONDS_BETWEEN = 0.1
LINES_PER_STEP = 10


class Bar:
    """Shows one step after another; a step is over when it is done `of` out of `of`."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._step = ""
        self._began = self._shown_at = 0.0
        self._shown_tenth = -1

    def show(self, step: str, done: int, of: int) -> None:
        """Show how far `step` is; more than `of`, when it was only an estimate, is as good as done."""
        if step != self._step:
            self._step, self._began, self._shown_tenth, self._shown_at = step, time.monotonic(), -1, 0.0
        share = min(1.0, done / of) if of else 1.0
        if self._out.isatty():
            self._draw(share, done)
        elif int(share * LINES_PER_STEP) > self._shown_tenth:
            self._shown_tenth = int(share * LINES_PER_STEP)
            self._out.write(f"{step}: {share:.0%} ({done})\n")
            self._out.flush()

    def say(self, line: str) -> None:
        """Show a line of its own."""
        self._out.write(f"{line}\n")
        self._out.flush()

    def _draw(self, share: float, done: int) -> None:
        now = time.monotonic()
        if share < 1 and now - self._shown_at < SECONDS_BETWEEN:
            return
        self._shown_at = now
        filled = round(share * WIDTH)
        bar = "█" * filled + "░" * (WIDTH - filled)
        end = "\n" if share == 1 else ""
        self._out.write(f"\r\033[K{self._step:<24} {bar} {share:4.0%} {done:>10} {now - self._began:5.0f} s{end}")
        self._out.flush()
