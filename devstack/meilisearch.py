"""Meilisearch from an npm package that carries its binary: Linux x86-64 only, and the shop does without."""

import os
import platform
import stat
import sys
from pathlib import Path

from devstack.datadir import DataDir
from devstack.http import answers_200
from devstack.process import ROOT, Process
from devstack.service import Service

BINARY = ROOT / "node_modules" / "@gaubee" / "meilisearch-linux-amd64" / "meilisearch"
INDEXING_MEMORY = "512MiB"


class Meilisearch(Service):
    """One server on a loopback port with a master key of its own."""

    name = "Meilisearch"

    def __init__(self, data: DataDir, *, binary: Path = BINARY) -> None:
        self.binary = binary
        self.port = data.port("meilisearch")
        self.key = data.secret("meilisearch_key")
        home = data.path / "meilisearch"
        self.process = Process(
            name=self.name,
            command=[
                *(binary, "--http-addr", f"127.0.0.1:{self.port}"),
                *("--db-path", home / "data", "--dump-dir", home / "dumps", "--snapshot-dir", home / "snapshots"),
                *("--env", "development", "--no-analytics"),
                # By default it sets two thirds of the machine's memory aside for each change: one changed document then
                # took up to 2.6 s instead of 0.02 s at 400,000.
                *("--max-indexing-memory", INDEXING_MEMORY),
                # A newer pinned binary takes over the older one's files.
                "--experimental-dumpless-upgrade",
            ],
            log=data.logs / "meilisearch.log",
            environment={"MEILI_MASTER_KEY": self.key},
            directory=data.path,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {"MEILISEARCH_URL": self.url, "MEILISEARCH_KEY": self.key}

    def launch(self) -> None:
        """Start it."""
        # npm unpacks it without the execute bit.
        if not os.access(self.binary, os.X_OK):
            self.binary.chmod(self.binary.stat().st_mode | stat.S_IXUSR)
        super().launch()

    def answers(self) -> bool:
        return answers_200(f"{self.url}/health")


def why_missing(binary: Path = BINARY) -> str | None:
    """Say why there is no Meilisearch here, with the remedy, or None when there is one."""
    remedy = "search runs on PostgreSQL; set MEILISEARCH_URL and MEILISEARCH_KEY to use a server of your own"
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        return f"no Meilisearch binary for {sys.platform} {platform.machine()}: {remedy}"
    if not binary.exists():
        return f"no Meilisearch binary in node_modules (`npm ci` installs it): {remedy}"
    return None
