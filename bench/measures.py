"""What is measured of one size, and how."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from bench.clock import Answer, Times, ask, browser, sum_up, time_pages
from bench.load import Load, press
from bench.samples import PAGES, Samples, draw
from bench.shop import Server, Shop
from devstack.progress import Progress
from devstack.shop import STAFF

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# Few addresses under load, so that every one of them is in the cache; many for the pages that are rendered.
CACHED_ADDRESSES = 20
RENDERED_ADDRESSES = 200
LINES_PER_CART = 20


@dataclass(frozen=True)
class CachedPage:
    """A page from the cache under load, beside the limit of the same run."""

    load: Load
    ratio: float
    hits: bool


@dataclass(frozen=True)
class Measured:
    """Everything measured of one size."""

    size: str
    load_seconds: float
    index_seconds: float
    limit: Load
    cached: dict[str, CachedPage]
    rendered: dict[str, Times]
    search: dict[str, Times]
    cart_add: Times
    staff_list: Times
    memory_mb: float

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def measure(shop: Shop, progress: Progress, *, seconds: int) -> Measured:
    """Measure a loaded shop: under load from the cache, then page by page without it, then what people do."""
    with shop.served(PAGE_CACHE="off") as server:
        samples = draw(shop.database_url, server.address, count=RENDERED_ADDRESSES)
        rendered = _rendered(server, samples, progress)
        search = _search(server, samples, progress)
        with progress.step("Adding to the cart"):
            cart_add = _cart_add(server, samples)
        with progress.step("Back office, list of products"):
            staff_list = _staff_list(server)
    # The limit before and after, the better of the two: a busy moment must not flatter the ratios.
    limits = [_limit(shop, progress, seconds)]
    with shop.served() as server:
        loads = _cached(server, samples, progress, seconds)
        memory = server.memory_mb_per_worker
    limits.append(_limit(shop, progress, seconds))
    limit = max(limits, key=lambda one: one.rps)
    cached = {kind: CachedPage(load, load.rps / limit.rps, hits) for kind, (load, hits) in loads.items()}
    return Measured(
        shop.size, shop.load_seconds, shop.index_seconds, limit, cached, rendered, search, cart_add, staff_list, memory
    )


def _limit(shop: Shop, progress: Progress, seconds: int) -> Load:
    with progress.step("The limit: a bare ok"), shop.served("bench.ok:create_app") as server:
        return press(server.address, ["/ok"], seconds=seconds)


def _cached(server: Server, samples: Samples, progress: Progress, seconds: int) -> dict[str, tuple[Load, bool]]:
    found = {}
    for kind in PAGES:
        paths = samples.pages[kind][:CACHED_ADDRESSES]
        with progress.step(f"From the cache: {kind}"):
            server.warm_up(paths)
            answers = [browser().get(server.address + path, timeout=30) for path in paths]
            hits = all(answer.headers.get("X-Cache-Hit") == "true" for answer in answers)
            found[kind] = (press(server.address, paths, seconds=seconds), hits)
    return found


def _rendered(server: Server, samples: Samples, progress: Progress) -> dict[str, Times]:
    found = {}
    for kind in PAGES:
        paths = samples.pages[kind]
        # The home page is one: it is asked for as often as others are many.
        urls = [server.address + path for path in paths * (RENDERED_ADDRESSES // len(paths) or 1)]
        with progress.step(f"Rendered: {kind}, {len(set(paths))} addresses"):
            found[kind] = time_pages(urls[:RENDERED_ADDRESSES])
    return found


def _search(server: Server, samples: Samples, progress: Progress) -> dict[str, Times]:
    def urls(path: str, texts: list[str]) -> list[str]:
        return [f"{server.address}{path}?q={text.replace(' ', '+')}" for text in texts]

    found = {}
    with progress.step("Search by reference"):
        found["reference"] = time_pages(urls("/recherche", samples.references))
    with progress.step("Search by words, with facets"):
        found["words_facets"] = time_pages(urls("/recherche", samples.words))
    with progress.step("Suggestions"):
        found["suggest"] = time_pages(urls("/recherche/suggestions", samples.typed), htmx=True)
    return found


def _cart_add(server: Server, samples: Samples) -> Times:
    """Fill cart after cart, as guests do; the first carts only warm the server up."""
    carts = [
        samples.products[start : start + LINES_PER_CART] for start in range(0, len(samples.products), LINES_PER_CART)
    ]
    answers = [one for products in carts for one in _fill_cart(server, products)]
    return sum_up(islice(answers, 2 * LINES_PER_CART, None))


def _fill_cart(server: Server, products: Sequence[int]) -> list[Answer]:
    session = browser()
    session.headers["Origin"] = server.address
    first, *others = products
    # A guest without a session yet has no token, and where pages are shared he needs none.
    answers = [_add(session, server, first, _token(session, f"{server.address}/piece/x-{first}.html"))]
    token = _token(session, server.address + "/panier")
    return answers + [_add(session, server, product, token) for product in others]


def _add(session: Any, server: Server, product: int, token: str) -> Answer:
    typed = {"csrf_token": token, "product_id": str(product), "quantity": "1"}
    return ask(session, server.address + "/panier/lignes", typed, htmx=True)


def _token(session: Any, url: str) -> str:
    found = TOKEN.search(session.get(url, timeout=30).text)
    return found[1] if found else ""


def _staff_list(server: Server) -> Times:
    session = browser()
    session.headers["Origin"] = server.address
    door = server.address + "/backoffice/connexion"
    ask(session, door, {"csrf_token": _token(session, door), **STAFF})
    urls = [f"{server.address}/backoffice/products?{query}" for query in ("", "view=out", "q=filtre", "view=hidden")]
    answers = [ask(session, url) for url in urls * 30]
    return sum_up(answers[20:])
