"""The mailbox as one of the stack's services."""

import sys

from devstack.datadir import DataDir
from devstack.http import answers_200
from devstack.process import ROOT, Process
from devstack.service import Service


class Mailbox(Service):
    """An SMTP server and its pages in a process of their own; mails are kept below DATA_DIR."""

    name = "Mailbox"

    def __init__(self, data: DataDir) -> None:
        self.smtp_port = data.port("mailbox_smtp")
        self.port = data.port("mailbox")
        self.process = Process(
            name=self.name,
            command=[
                *(sys.executable, "-m", "devstack.mailbox", data.path / "mailbox"),
                *("--smtp-port", str(self.smtp_port), "--http-port", str(self.port)),
            ],
            log=data.logs / "mailbox.log",
            directory=ROOT,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.smtp_port),
            "SMTP_USERNAME": "",
            "SMTP_STARTTLS": "false",
        }

    def answers(self) -> bool:
        return answers_200(f"{self.url}/messages.json?limit=1")
