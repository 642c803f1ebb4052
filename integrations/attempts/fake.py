"""Attempts in memory, for tests."""

from collections import Counter

from integrations.attempts.interface import Attempts


class FakeAttemptCounter:
    """Counts without a clock: `forget_all()` is the end of every window."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.away = False

    def count(self, key: str, *, seconds: int) -> Attempts:
        """Count one more attempt."""
        self._answer()
        self.counts[key] += 1
        return Attempts(self.counts[key], seconds)

    def forget(self, key: str) -> None:
        """Start again from zero."""
        self._answer()
        self.counts.pop(key, None)

    def forget_all(self) -> None:
        """Let every window end."""
        self.counts.clear()

    def _answer(self) -> None:
        if self.away:
            raise ConnectionError("the counter is away")
