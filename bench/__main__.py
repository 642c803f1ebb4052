"""Measure a running shop: weight, queries and server time of its pages, beside a page that does nothing.

    make run            # in one terminal
    make bench          # in another

Figures of one run on one machine: compare them with each other, not with another day's.
"""

import argparse
import gzip
import json
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import requests

TIMINGS = re.compile(r'total;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+) queries"')


@dataclass(frozen=True)
class Measure:
    """What one page costs."""

    name: str
    bytes_compressed: int
    queries: int
    p50_ms: float
    p95_ms: float


def measure(session: requests.Session, name: str, url: str, rounds: int) -> Measure:
    """Ask for a page `rounds` times, one after the other, and read the server's own clock."""
    times, queries, size = [], 0, 0
    for _round in range(rounds):
        answer = session.get(url, timeout=30)
        answer.raise_for_status()
        match = TIMINGS.match(answer.headers.get("Server-Timing", ""))
        if match:
            times.append(float(match[1]))
            queries = int(match[3])
        size = len(gzip.compress(answer.content, 6))
    ordered = sorted(times)
    return Measure(name, size, queries, statistics.median(ordered), ordered[max(0, int(len(ordered) * 0.95) - 1)])


def find_pages(session: requests.Session, web: str) -> dict[str, str]:
    """Walk from the home page to one page of each kind, as a shopper would."""

    def links(page: str, pattern: str) -> list[str]:
        found = re.findall(rf'href="({pattern})"', session.get(web + page, timeout=30).text)
        return list(dict.fromkeys(found))

    family = links("/pieces", r"/familles/freinage-\d+\.html")[0]
    gamme = next(link for link in links(family, r"/pieces/[a-z0-9-]+-\d+\.html") if "plaquette" in link)
    vehicle = session.get(f"{web}/recherche", params={"q": "clio iii 1.5 dci"}, timeout=30).text
    types = re.findall(r'href="(/constructeurs/renault-\d+/[^"/]+/[^"/]+)"', vehicle)
    pages = {
        "home": "/",
        "families": "/pieces",
        "family": family,
        "gamme": gamme,
        "product": links(gamme, r"/piece/[^\"?]+\.html")[0],
        "makes": "/constructeurs",
        "search by words": "/recherche?q=plaquettes+de+frein",
        "cart (empty)": "/panier",
        "sign in": "/connexion",
    }
    if types:
        pages["type"] = types[0]
        of_vehicle = links(types[0], r"/pieces/[^\"?/]+/[^\"?]+\.html")
        pages["gamme × vehicle"] = next((link for link in of_vehicle if "plaquette" in link), of_vehicle[0])
    return pages


def main() -> None:
    """Print the table and write bench/results.json."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--data-dir", default=".data", type=Path)
    parser.add_argument("--rounds", default=40, type=int)
    options = parser.parse_args()
    described = options.data_dir / "devstack.json"
    if not described.exists():
        raise SystemExit(f"No shop is running on {options.data_dir}: start one with `make run`, then measure it.")
    web = json.loads(described.read_text())["web"].rstrip("/")
    session = requests.Session()
    session.headers["Accept"] = "text/html"
    pages = find_pages(session, web)
    results = []
    print(f"{'page':24}{'gzip bytes':>12}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}")
    for name, path in pages.items():
        found = measure(session, name, web + path, options.rounds)
        results.append(found)
        print(f"{name:24}{found.bytes_compressed:>12}{found.queries:>9}{found.p50_ms:>9.1f}{found.p95_ms:>9.1f}")
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    written = {"measured_at": at, "pages": [vars(one) for one in results]}
    Path("bench/results.json").write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
