import os
import signal
import sys
import threading

import pytest

from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.shop import Part
from devstack.supervisor import Stopped, Supervisor, stop_signals_raise

SLEEP = "import time; time.sleep(60)"


def part(data: DataDir, name: str, code: str = SLEEP) -> Part:
    return Part(name, [sys.executable, "-c", code], data, {})


def test_when_one_part_dies_it_is_named_with_its_last_words_and_the_rest_is_stopped(data: DataDir) -> None:
    supervisor = Supervisor(data)
    worker = part(data, "Worker")
    supervisor.start(worker)
    supervisor.start(part(data, "Scheduler", "import sys, time; time.sleep(0.3); sys.exit('no more time')"))
    with pytest.raises(StackError, match=r"Scheduler ended by itself with code 1[\s\S]*no more time"):
        supervisor.watch()
    pid = worker.process.pid
    assert pid
    assert worker.process.is_running
    supervisor.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_part_that_was_killed_is_told_by_its_signal(data: DataDir) -> None:
    supervisor = Supervisor(data)
    worker = part(data, "Worker")
    supervisor.start(worker)
    assert worker.process.pid
    os.kill(worker.process.pid, signal.SIGKILL)
    with pytest.raises(StackError, match="Worker was ended by SIGKILL"):
        supervisor.watch()
    supervisor.stop()


def test_parts_stop_in_the_reverse_order_of_their_start(data: DataDir) -> None:
    order = data.path / "order"
    code = (
        "import signal, sys, time\n"
        "def bye(*_):\n    open({path!r}, 'a').write({name!r} + '\\n'); sys.exit()\n"
        "signal.signal(signal.SIGTERM, bye); print('ready', flush=True); time.sleep(60)"
    )
    supervisor = Supervisor(data)
    for name in ("Database", "Worker", "Web"):
        started = part(data, name, code.format(path=str(order), name=name))
        supervisor.start(started)
        started.process.wait_until(lambda started=started: started.process.tail(1) == "ready")
    supervisor.stop()
    assert order.read_text().split() == ["Web", "Worker", "Database"]


def test_its_pids_are_noted_for_the_next_run(data: DataDir) -> None:
    supervisor = Supervisor(data)
    supervisor.start(part(data, "Worker"))
    assert '"Worker"' in (data.path / "pids.json").read_text()
    supervisor.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_stops_the_watch(data: DataDir, number: signal.Signals) -> None:
    supervisor = Supervisor(data)
    threading.Timer(0.2, lambda: os.kill(os.getpid(), number)).start()
    with stop_signals_raise(), pytest.raises(Stopped):
        supervisor.watch()
