"""The stand-in bank as one of the stack's services."""

import json
import secrets
import sys

from devstack.datadir import DataDir
from devstack.http import answers_200
from devstack.paybox.keys import public_key
from devstack.process import ROOT, Process
from devstack.service import Service

# The contract that Paybox publishes for tests.
TEST_CONTRACT = {"PAYBOX_SITE": "1999888", "PAYBOX_RANG": "32", "PAYBOX_IDENTIFIANT": "107904482"}


class Paybox(Service):
    """A bank in a process of its own; keys, shared secret and books are kept below DATA_DIR."""

    name = "Paybox stand-in"

    def __init__(self, data: DataDir) -> None:
        self.directory = data.path / "paybox"
        self.port = data.port("paybox")
        self.contract = {
            **TEST_CONTRACT,
            "PAYBOX_HMAC_KEY": data.secret("paybox_hmac_key", lambda: secrets.token_hex(64).upper()),
        }
        self.process = Process(
            name=self.name,
            command=[sys.executable, "-m", "devstack.paybox", self.directory, "--port", str(self.port)],
            log=data.logs / "paybox.log",
            environment=self.contract,
            directory=ROOT,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **self.contract,
            "PAYBOX_PAGE_URLS": json.dumps([f"{self.url}/cgi/MYchoix_pagepaiement.cgi"]),
            "PAYBOX_SERVER_URLS": json.dumps([f"{self.url}/PPPS.php"]),
            "PAYBOX_PUBLIC_KEYS": json.dumps([str(public_key(self.directory))]),
            "PAYBOX_ACCEPT_TEST_AUTHORISATIONS": "true",
        }

    def launch(self) -> None:
        """Start it, its key pair made beforehand."""
        public_key(self.directory)
        super().launch()

    def answers(self) -> bool:
        return answers_200(f"{self.url}/load.html")
