"""What a person watching the terminal sees: one line per step, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Writes steps to a terminal or a log."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out = out
        self._line_open = False

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show `title` now and the seconds it took afterwards."""
        began = time.monotonic()
        self._write(f"{title:<44}")
        self._line_open = True
        try:
            yield
        except BaseException:
            self._close("failed")
            raise
        self._close(f"{time.monotonic() - began:5.1f} s")

    def detail(self, line: str) -> None:
        """Show a line of what a long step is doing."""
        if self._line_open:
            self._write("\n")
            self._line_open = False
        self._write(f"    {line}\n")

    def say(self, line: str = "") -> None:
        """Show a line of its own, between steps."""
        self._write(f"{line}\n")

    def _close(self, word: str) -> None:
        self._write(f"{word}\n" if self._line_open else f"{'':<44}{word}\n")
        self._line_open = False

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()
