"""One request after the other, timed by the server and by the client."""

import gzip
import re
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import requests

TIMINGS = re.compile(r'total;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+) queries"')


@dataclass(frozen=True)
class Answer:
    """What one request cost; bytes as compressed by gzip."""

    server_ms: float
    client_ms: float
    db_ms: float
    queries: int
    bytes_compressed: int


@dataclass(frozen=True)
class Times:
    """What a kind of request costs: milliseconds of server and of client, the most queries, the most bytes."""

    count: int
    server_p50_ms: float
    server_p95_ms: float
    server_p99_ms: float
    p50_ms: float
    p95_ms: float
    db_p95_ms: float
    queries: int
    bytes_compressed: int


def browser() -> requests.Session:
    """Return a client that keeps its connection and its cookies."""
    session = requests.Session()
    session.headers.update({"Accept": "text/html", "Accept-Encoding": "gzip"})
    return session


def ask(session: requests.Session, url: str, data: dict[str, str] | None = None, *, htmx: bool = False) -> Answer:
    """Ask once; an answer that is no success ends the bench."""
    headers = {"HX-Request": "true"} if htmx else {}
    began = time.perf_counter()
    if data is None:
        answer = session.get(url, headers=headers, timeout=30)
    else:
        answer = session.post(url, data=data, headers=headers, timeout=30, allow_redirects=False)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code >= 400:
        raise SystemExit(f"{answer.status_code} from {answer.request.method} {url}")
    server = answer.headers.get("X-Response-Time", "0ms").removesuffix("ms")
    timing = TIMINGS.match(answer.headers.get("Server-Timing", ""))
    return Answer(
        server_ms=float(server),
        client_ms=took,
        db_ms=float(timing[2]) if timing else 0.0,
        queries=int(timing[3]) if timing else 0,
        bytes_compressed=len(gzip.compress(answer.content, 6)),
    )


def time_pages(urls: Sequence[str], *, warm: int = 40, htmx: bool = False) -> Times:
    """Time each address once, after `warm` requests that are not counted."""
    session = browser()
    for url in urls[:warm]:
        ask(session, url, htmx=htmx)
    return sum_up(ask(session, url, htmx=htmx) for url in urls)


def sum_up(answers: Iterable[Answer]) -> Times:
    """Return the percentiles of many answers."""
    every = list(answers)
    server = [one.server_ms for one in every]
    client = [one.client_ms for one in every]
    return Times(
        count=len(every),
        server_p50_ms=percentile(server, 50),
        server_p95_ms=percentile(server, 95),
        server_p99_ms=percentile(server, 99),
        p50_ms=percentile(client, 50),
        p95_ms=percentile(client, 95),
        db_p95_ms=percentile([one.db_ms for one in every], 95),
        queries=max(one.queries for one in every),
        bytes_compressed=max(one.bytes_compressed for one in every),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value under which so many percent of `values` lie."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
