"""What every embedded server can do: be launched, be waited for, stop, be killed, and say where it is."""

from devstack.process import Process


class Service:
    """A server that the stack runs beside the shop."""

    name: str
    process: Process
    patience_seconds: float = 30

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point the shop at it."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Say whether it is ready for the shop."""
        raise NotImplementedError

    def launch(self) -> None:
        """Start it without waiting."""
        self.process.start()

    def wait(self) -> None:
        """Return when it answers; StackError when it ends or stays silent."""
        self.process.wait_until(self.answers, timeout=self.patience_seconds)

    def start(self) -> None:
        """Start it and return when it answers."""
        self.launch()
        self.wait()

    def stop(self) -> None:
        """End it cleanly."""
        self.process.stop(timeout=self.patience_seconds)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
