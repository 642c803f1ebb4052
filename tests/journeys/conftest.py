"""A whole shop as `make run` starts it, and a real browser."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from devstack.ports import free_port

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), "")
# The machine's network is closed: without these the browser keeps knocking at its maker's doors.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 300
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Stack:
    """Where a running shop is."""

    web: str
    mailbox: str
    backoffice: str
    staff: dict[str, str]
    customer: dict[str, str]

    def messages(self, to: str) -> list[dict[str, Any]]:
        """Return the mails to an address, newest first."""
        answer = requests.get(f"{self.mailbox.rstrip('/')}/messages.json", params={"to": to}, timeout=10)
        found: list[dict[str, Any]] = answer.json()
        return found if isinstance(found, list) else found["messages"]


def wait_for(what: Callable[[], Any], *, seconds: float = 30, said: str = "") -> Any:
    """Return what `what` gives as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(f"nothing within {seconds} s: {said}")


def _described(path: Path) -> Stack:
    facts = json.loads(path.read_text())
    return Stack(**{name: facts[name] for name in ("web", "mailbox", "backoffice", "staff", "customer")})


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The shop with demo data, worker, scheduler and every embedded service, on free ports."""
    if running := os.environ.get("ATELIER_STACK"):
        # While writing journeys: a shop that runs already, by its DATA_DIR.
        yield _described(Path(running) / "devstack.json")
        return
    data = tmp_path_factory.mktemp("journey")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("APP_ENV", "LOG_LEVEL"))}
    for name in ("DATABASE_URL", "REDIS_URL", "CACHE_REDIS_URL", "MEILISEARCH_URL", "MEILISEARCH_KEY", "SECRET_KEY"):
        inherited.pop(name, None)
    for name in list(inherited):
        if name.startswith(("PAYBOX_", "SMTP_")):
            inherited.pop(name)
    environment = {**inherited, "PORT": str(free_port()), "DATA_DIR": str(data), "LIMIT_PAYMENT": "1000/minute"}
    with (data / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "devstack.run"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            described = data / "devstack.json"

            def is_up() -> bool:
                assert process.poll() is None, (data / "run.log").read_text()[-3000:]
                return described.exists()

            wait_for(is_up, seconds=START_SECONDS, said=(data / "run.log").read_text()[-2000:])
            yield _described(described)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the system's packages; its absence is an error in CI and a skip at home."""
    if not CHROMIUM:
        message = "Chromium is missing: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def open_context(browser: Browser, stack: Stack, **options: Any) -> BrowserContext:
    """A fresh visitor: French, at a desk unless told otherwise."""
    context = browser.new_context(
        base_url=stack.web, locale="fr-FR", accept_downloads=True, **{"viewport": DESK, **options}
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def visitor(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A fresh visitor with JavaScript whose pages must not complain in the console."""
    context = open_context(browser, stack)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints
