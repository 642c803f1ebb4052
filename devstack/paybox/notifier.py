"""Telling the shop's server: up to three tries, no redirect followed, the signed bytes sent as they are."""

import http.client
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

log = logging.getLogger("paybox.notification")

PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Notification:
    """One message to the shop: where, how and which bytes."""

    address: str
    method: str
    query: str


class Notifier:
    """Delivers notifications; the pauses before the second and third try are in seconds."""

    def __init__(self, pauses: tuple[float, ...] = (2, 5)) -> None:
        self.pauses = pauses

    def deliver(self, notification: Notification) -> None:
        """Try once now; if the shop does not take it, go on trying in the background."""
        if not send(notification):
            self._try_later(notification, self.pauses)

    def deliver_after(self, seconds: float, notification: Notification) -> None:
        """Deliver in the background, `seconds` from now."""
        in_background(seconds, lambda: self.deliver(notification))

    def _try_later(self, notification: Notification, pauses: tuple[float, ...]) -> None:
        if not pauses:
            log.warning("given up: %s", notification.address)
            return

        def again() -> None:
            if not send(notification):
                self._try_later(notification, pauses[1:])

        in_background(pauses[0], again)


def in_background(seconds: float, act: Callable[[], None]) -> None:
    """Do something once, later, without holding up the process's end."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def send(notification: Notification) -> bool:
    """Send it once and say whether the shop answered 2xx. Not `requests`, which re-encodes what we signed."""
    parts = urlsplit(notification.address)
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    target = parts.path or "/"
    headers = {"User-Agent": "Paybox stand-in", "Accept": "*/*"}
    try:
        if notification.method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            whole = f"{target}?{parts.query}" if parts.query else target
            connection.request("POST", whole, body=notification.query.encode(), headers=headers)
        else:
            query = f"{parts.query}&{notification.query}" if parts.query else notification.query
            connection.request("GET", f"{target}?{query}", headers=headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        log.warning("%s %s: %s", notification.method, notification.address, error)
        return False
    finally:
        connection.close()
    log.info("%s %s: %d", notification.method, notification.address, status)
    return 200 <= status < 300
