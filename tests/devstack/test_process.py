import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from devstack.errors import StackError
from devstack.process import ROOT, Process

SLEEP = "import time; time.sleep(60)"


def python(code: str, log: Path, *, name: str = "Probe") -> Process:
    return Process(name=name, command=[sys.executable, "-c", code], log=log)


def wait_for(condition: Callable[[], object], *, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_stop_ends_what_it_started_too(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', '{SLEEP}']); print(child.pid, flush=True); child.wait()"
    )
    process = python(code, tmp_path / "log")
    process.start()
    wait_for(lambda: process.tail(1))
    grandchild = int(process.tail(1))
    process.stop()
    wait_for(lambda: not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == "zombie")
    assert not process.is_running


def test_one_that_does_not_heed_is_killed(tmp_path: Path) -> None:
    process = python(
        f"import signal; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); {SLEEP}", tmp_path / "l"
    )
    process.start()
    wait_for(lambda: process.tail(1))
    process.stop(timeout=0.2)
    assert not process.is_running


def test_dying_while_starting_is_told_with_its_last_words(tmp_path: Path) -> None:
    process = python("import sys; sys.exit('the sky fell')", tmp_path / "log")
    process.start()
    with pytest.raises(StackError, match=r"Probe stopped while starting \(code 1\)[\s\S]*the sky fell"):
        process.wait_until(lambda: False)


def test_a_full_disk_in_its_last_words_becomes_the_remedy(tmp_path: Path) -> None:
    process = python("import sys; sys.exit('could not write: No space left on device')", tmp_path / "log")
    process.start()
    with pytest.raises(StackError, match=r"the disk is full: free some space, or set DATA_DIR"):
        process.wait_until(lambda: False)


def test_silence_has_an_end(tmp_path: Path) -> None:
    process = python(SLEEP, tmp_path / "log")
    process.start()
    with pytest.raises(StackError, match="did not answer within 0 s"):
        process.wait_until(lambda: False, timeout=0.1)
    process.kill()


def test_a_program_that_is_not_there_says_so(tmp_path: Path) -> None:
    process = Process(name="Ghost", command=[tmp_path / "ghost"], log=tmp_path / "log")
    process.start()
    with pytest.raises(StackError, match="ghost cannot be started: No such file or directory"):
        process.wait_until(lambda: False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their starter")
def test_children_do_not_outlive_a_killed_starter(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from devstack.process import Process\n"
        f"p = Process(name='p', command=[sys.executable, '-c', '{SLEEP}'], log=Path(sys.argv[1]))\n"
        "p.start(); print(p.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "l"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout
    child = int(starter.stdout.readline())
    wait_for(lambda: "launcher" not in " ".join(psutil.Process(child).cmdline()))
    os.kill(starter.pid, signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    wait_for(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie")


def test_an_overgrown_log_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "log" / "probe.log"
    log.parent.mkdir()
    with log.open("wb") as out:
        out.truncate(11 * 1024 * 1024)
    process = python("print('new')", log)
    process.start()
    wait_for(lambda: not process.is_running)
    assert process.tail() == "new"
    assert log.with_suffix(".log.1").stat().st_size == 11 * 1024 * 1024
