"""Load from many connections at once, by wrk."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 16


@dataclass(frozen=True)
class Load:
    """What a server did under load: requests a second, and how long each took as the client saw it."""

    rps: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def require_wrk() -> None:
    """End with a sentence when the load cannot be made."""
    if shutil.which("wrk") is None:
        raise SystemExit("`make bench` needs wrk: apt-get install wrk")


def press(address: str, paths: Sequence[str], *, seconds: int) -> Load:
    """Ask for `paths` in turn over 16 connections; a single answer that is no page ends the bench."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT)]
        done = subprocess.run(
            [*command, "-H", "Accept-Encoding: gzip", "-H", "Accept: text/html", address, "--", file.name],
            capture_output=True,
            text=True,
            timeout=seconds + 30,
            check=True,
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    found = json.loads(line.removeprefix("RESULT "))
    if found["refused"] or found["broken"]:
        raise SystemExit(f"{found['refused']} refused and {found['broken']} broken answers from {paths[0]} …")
    return Load(found["requests"] / found["seconds"], found["p50_ms"], found["p95_ms"], found["p99_ms"])
