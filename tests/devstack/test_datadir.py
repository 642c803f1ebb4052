import json
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from devstack.datadir import DataDir
from devstack.errors import StackError

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_two_runs_cannot_hold_it_at_once(data: DataDir) -> None:
    data.lock()
    with pytest.raises(StackError, match=r"Another run \(process \d+\) already uses .*DATA_DIR"):
        DataDir(data.path).lock()
    data.unlock()
    DataDir(data.path).lock()


def test_secrets_are_made_once_and_only_we_may_read_them(data: DataDir) -> None:
    assert data.secret("secret_key") == DataDir(data.path).secret("secret_key")
    assert len(data.secret("secret_key")) == 64
    assert (data.path / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_full_disk_is_one_sentence_with_the_remedy(data: DataDir, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9 - 5 * 1024**2, 5 * 1024**2))
    with pytest.raises(StackError, match=r"^Only 5 MB are free .* free some space, or set DATA_DIR"):
        data.require_space()
    with pytest.raises(StackError, match=r"^Only 5 MB are free .* and 10240 MB are needed"):
        data.require_space_for_demo("full")


def test_a_place_that_cannot_hold_it_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StackError, match="set DATA_DIR to a directory you may write"):
        DataDir(tmp_path / "file" / "data").create()


def test_what_a_killed_run_left_running_is_ended(data: DataDir) -> None:
    left = subprocess.Popen(SLEEPER, start_new_session=True)
    data.remember_pid("Web", left.pid)
    assert DataDir(data.path).end_leftovers() == ["Web"]
    left.wait(5)
    assert not psutil.pid_exists(left.pid)


def test_a_number_that_now_belongs_to_somebody_else_is_left_alone(data: DataDir) -> None:
    stranger = subprocess.Popen(SLEEPER, start_new_session=True)
    try:
        since = psutil.Process(stranger.pid).create_time()
        (data.path / "pids.json").write_text(json.dumps({"Web": [stranger.pid, since - 3600]}))
        assert data.end_leftovers() == []
        time.sleep(0.1)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_running_stack_is_only_known_while_it_runs(data: DataDir) -> None:
    assert data.running_environment() == {}
    data.lock()
    data.publish({"web": "http://127.0.0.1:1"}, {"DATABASE_URL": "postgresql://x"})
    assert DataDir(data.path).running_environment() == {"DATABASE_URL": "postgresql://x"}
    data.unlock()
    assert DataDir(data.path).running_environment() == {}
