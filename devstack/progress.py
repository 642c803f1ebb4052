"""What a person watching the terminal sees: one line per step, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

TITLE_WIDTH = 44
START_OF_LINE = "\r\033[K"


class Progress:
    """Writes steps to a terminal, where a line may be written over, or to a log, where it stays."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out = out
        self._title = ""
        self._line_open = False

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show `title` now and the seconds it took afterwards."""
        began = time.monotonic()
        self._title = f"{title:<{TITLE_WIDTH}}"
        self._write(self._title)
        self._line_open = True
        try:
            yield
        except BaseException:
            self._close("failed")
            raise
        self._close(f"{time.monotonic() - began:5.1f} s")

    def detail(self, line: str) -> None:
        """Show what a long step is doing: beside its title on a terminal, as a line of its own in a log."""
        if self.out.isatty():
            self._write(f"{START_OF_LINE}{self._title}{line[:36]}")
            return
        if self._line_open:
            self._write("\n")
            self._line_open = False
        self._write(f"    {line}\n")

    def say(self, line: str = "") -> None:
        """Show a line of its own, between steps."""
        self._write(f"{line}\n")

    def _close(self, word: str) -> None:
        if self.out.isatty():
            self._write(START_OF_LINE)
            self._line_open = False
        self._write(f"{word}\n" if self._line_open else f"{self._title}{word}\n")
        self._line_open = False

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()
