"""`make run` said to a person: one clear sentence for what keeps it from running, never a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devstack.checks import require_libraries
from devstack.errors import StackError
from devstack.ports import free_port
from devstack.process import ROOT


def run(data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    own = ("DATABASE_URL", "REDIS_URL", "CACHE_REDIS_URL", "MEILISEARCH_URL", "APP_ENV")
    inherited = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        [sys.executable, "-m", "devstack.run"],
        cwd=ROOT,
        env={**inherited, "DATA_DIR": str(data_dir), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr.strip()


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = sentence(run(tmp_path, PORT=str(port)))
    assert said == (
        f"Atelier cannot run: Port {port} is already in use: "
        f"stop the program that holds it, or choose another with PORT={port + 1}."
    )


def test_a_setting_that_is_wrong(tmp_path: Path) -> None:
    said = sentence(run(tmp_path, PORT="eight thousand"))
    assert said.startswith("Atelier cannot run: a setting in the environment or in .env is wrong (PORT: ")


def test_production_is_not_for_it(tmp_path: Path) -> None:
    production = {
        "APP_ENV": "production",
        "SECRET_KEY": "x" * 40,
        "PAYBOX_ACCEPT_TEST_AUTHORISATIONS": "false",
        "PAYBOX_HMAC_KEY": "00" * 64,
        "PAYBOX_PUBLIC_KEYS": '["paybox.pem"]',
        "APP_URL": "https://atelier.example",
        "PAYBOX_PAGE_URLS": '["https://tpeweb.paybox.com/cgi/MYchoix_pagepaiement.cgi"]',
        "PAYBOX_SERVER_URLS": '["https://ppps.paybox.com/PPPS.php"]',
    }
    assert "make run` is for development" in sentence(run(tmp_path, **production))


def test_a_place_it_cannot_write_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = sentence(run(tmp_path / "file", PORT=str(free_port())))
    assert "set DATA_DIR to a directory you may write" in said


def test_a_missing_system_library() -> None:
    with pytest.raises(StackError, match=r"^The PDF invoices need Pango, missing on this machine: \S+"):
        require_libraries({"Pango": ("libpango-that-nobody-has.so.0",), "C": ("libc.so.6", "libc.dylib")})
