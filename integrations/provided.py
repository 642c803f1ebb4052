"""How a need finds its provider: built once from the settings, replaceable for a while in tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Provided(Generic[T]):
    """A provider built at its first use; calling this returns it."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._lock = Lock()
        self._current: T | None = None

    def __call__(self) -> T:
        """Return the provider, building it at the first call."""
        if self._current is None:
            with self._lock:
                if self._current is None:
                    self._current = self._build()
        return self._current

    def reset(self) -> None:
        """Forget the provider: the next call builds it from the settings again."""
        self._current = None

    @contextmanager
    def replaced_by(self, other: T) -> Iterator[T]:
        """Use `other` inside the block."""
        before, self._current = self._current, other
        try:
            yield other
        finally:
            self._current = before
