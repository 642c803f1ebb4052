"""Writes docs/queries.md: the plan of the heaviest question of each kind of page, asked for the largest case there is.

Run by `make explain`, on the database that the settings name; the document says how large it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text

from app import create_app
from config import Settings
from models.database import session
from services.catalog import get_gamme
from services.vehicles import get_vehicle_type
from web.addresses import gamme_for_vehicle_url, type_url

DOCUMENT = Path(__file__).parent.parent / "docs" / "queries.md"
LONGEST_LINE = 160
Statement = tuple[str, Any]


@dataclass(frozen=True)
class Case:
    """A page in its largest case: `find` gives what its address needs, as one row of the database."""

    title: str
    find: str
    address: Callable[..., str]
    why: str


def main() -> None:
    """Ask every page's questions with EXPLAIN and write the document."""
    app = create_app(Settings(page_cache=False, log_level="ERROR"))
    client = app.test_client()
    with app.app_context():
        parts = [_head(), *(_section(client, case) for case in CASES)]
    DOCUMENT.write_text("\n".join(parts))
    print(f"{DOCUMENT}: {len(CASES)} plans")


def _head() -> str:
    counts = session.execute(
        text(
            "SELECT (SELECT count(*) FROM product), (SELECT count(*) FROM vehicle_type), (SELECT count(*) FROM fitment)"
        )
    ).one()
    products, types, fitments = (f"{count:,}" for count in counts)
    return f"""# The heaviest questions

The slowest statement of each page in its largest case, on {products} products, {types} vehicle types and
{fitments} rows of fitment, warm. Written by `make explain`; what a page may ask stands in
`tests/storefront/test_bounds.py`.

What keeps lists from growing with the catalogue:

- A gamme's facets are kept (`services/gamme_facets.py`). Triggers mark the gamme in the transaction that changes a
  price, a brand, a side, a criterion, or whether something is in stock; a marked gamme is counted live until a job,
  each minute, has counted it anew. So a count on a page is always true.
- What fits a car in a gamme is some thirty products: read whole, counted and sorted in the process.
- Rows are picked first, by an index, then joined to what they show: `services/products_rows.py`.
- Offers per vehicle, brand and family are counted beforehand (`services/vehicle_gammes.py`).
- A statement has 5 s (`STATEMENT_TIMEOUT_MS`); after that the page answers 503 and says so.
"""


def _section(client: FlaskClient, case: Case) -> str:
    row = session.execute(text(case.find)).one()
    address = case.address(*row)
    status, statements = _statements(client, address)
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")
    plans = [_explain(statement) for statement in statements]
    slowest = max(plans, key=_milliseconds)
    whole = sum(_milliseconds(plan) for plan in plans)
    lines = "\n".join(line[:LONGEST_LINE] for line in slowest)
    return f"""## {case.title}

{case.why} {len(plans)} statements, {whole:.1f} ms in all; this one is {_milliseconds(slowest):.1f} ms.

```
{lines}
```
"""


def _of_gamme(query: str) -> Callable[..., str]:
    return lambda gamme_id, *others: f"/pieces/x-{gamme_id}.html{query.format(*others)}"


def _of_car(type_id: int, _gamme_id: int) -> str:
    return type_url(get_vehicle_type(type_id))


def _of_car_and_gamme(type_id: int, gamme_id: int) -> str:
    return gamme_for_vehicle_url(get_gamme(gamme_id), get_vehicle_type(type_id))


def _statements(client: FlaskClient, address: str) -> tuple[int, list[Statement]]:
    """Return what a page asks once it is warm, and its answer's status."""
    client.get(address, follow_redirects=True)
    final = client.get(address, follow_redirects=True).request.full_path
    with _noted() as statements:
        status = client.get(final).status_code
    return status, statements


@contextmanager
def _noted() -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        statements.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _explain(statement: Statement) -> list[str]:
    sql, values = statement
    connection = session.connection()
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", values)]


def _milliseconds(plan: list[str]) -> float:
    return next(float(line.split()[2]) for line in plan if line.startswith("Execution Time"))


GAMME = "SELECT gamme_id FROM product WHERE is_displayed GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
GAMME_AND_BRAND = f"SELECT gamme_id, min(brand_id) FROM product WHERE gamme_id = ({GAMME}) GROUP BY 1"
CAR = """SELECT vehicle_type_id, gamme_id FROM vehicle_gamme JOIN vehicle_type ON id = vehicle_type_id
    WHERE is_displayed ORDER BY product_count DESC LIMIT 1"""
PART = """SELECT p.id FROM product p JOIN brand b ON b.id = brand_id JOIN gamme g ON g.id = p.gamme_id
    WHERE p.is_displayed AND b.is_displayed AND g.is_displayed AND fitment_group_id = (
        SELECT group_id FROM fitment GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) LIMIT 1"""

CASES = (
    Case(
        "A gamme, its counts kept",
        GAMME,
        _of_gamme(""),
        "24 rows from the head of (gamme, price); the facets are one row, read by its key.",
    ),
    Case(
        "A gamme with a filter",
        GAMME_AND_BRAND,
        _of_gamme("?marque={}&stock=1"),
        "One gamme is read once, never the shop: its own size is the bound. Filtered pages are not indexed.",
    ),
    Case(
        "Page 200 of a gamme",
        GAMME,
        _of_gamme("?page=200"),
        "No list goes further than 5,000 products; earlier ones are passed in the index, their pictures not read.",
    ),
    Case(
        "A gamme by name",
        GAMME,
        _of_gamme("?tri=nom"),
        "One gamme is sorted, the first 24 kept.",
    ),
    Case(
        "A gamme for a vehicle",
        CAR,
        _of_car_and_gamme,
        "The groups of one car in one gamme are one index range; at most 500 of their products are read whole.",
    ),
    Case("A vehicle", CAR, _of_car, "The gammes of a car are counted beforehand: a row for each."),
    Case("A product", PART, "/piece/x-{}.html".format, "Twelve equivalents, found by its group and by its OE numbers."),
    Case(
        "The vehicles of a product",
        PART,
        "/piece/x-{}/vehicules".format,
        "One fitment group; its makes are counted, and one make at a time is listed, 400 types at most.",
    ),
    Case(
        "The largest brand, dearest first",
        "SELECT brand_id FROM product GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        "/api/products?brand={}&sort=price&order=desc".format,
        "One brand is sorted, its best 50 kept; the count stops at 10,000.",
    ),
    Case(
        "All products, page 50",
        "SELECT 1",
        "/api/products?limit=100&page=50".format,
        "By id, at most 5,000 are passed. In any other order the whole shop answers 400: an index by name or price "
        "tempts the planner to walk all of it in search of one gamme (560 ms were measured).",
    ),
)


if __name__ == "__main__":
    main()
