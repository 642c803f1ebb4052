"""Which addresses stand for each kind of page: many different ones, drawn from the whole catalogue."""

from dataclasses import dataclass

import psycopg
import requests

PAGES = ("home", "family", "gamme", "gamme_vehicle", "product")


@dataclass(frozen=True)
class Samples:
    """Paths by kind of page, and what to search for and to buy."""

    pages: dict[str, list[str]]
    references: list[str]
    words: list[str]
    typed: list[str]
    products: list[int]


# The same rows each time: an order by a digest is as good as chance.
FAMILIES = "SELECT id FROM family WHERE is_displayed ORDER BY id"
GAMMES = """
    SELECT gamme.id FROM gamme JOIN family ON family.id = family_id
    WHERE gamme.is_displayed AND family.is_displayed AND level = 1
      AND EXISTS (SELECT FROM product WHERE gamme_id = gamme.id AND product.is_displayed AND price_cents IS NOT NULL)
    ORDER BY md5(gamme.id::text) LIMIT %(limit)s"""
PRODUCTS = """
    SELECT product.id, reference FROM product
    JOIN gamme ON gamme.id = gamme_id JOIN brand ON brand.id = brand_id JOIN family ON family.id = family_id
    JOIN stock_item ON product_id = product.id
    WHERE product.is_displayed AND gamme.is_displayed AND brand.is_displayed AND family.is_displayed
      AND price_cents IS NOT NULL AND on_hand - reserved > 3
    ORDER BY md5(product.id::text) LIMIT %(limit)s"""
PAIRS = """
    SELECT gamme_id, make, model, vehicle_type FROM (
      SELECT fitment.gamme_id, fitment.group_id, vehicle_type.id AS vehicle_type,
             vehicle_model.id AS model, make.id AS make
      FROM fitment TABLESAMPLE BERNOULLI (%(percent)s) REPEATABLE (2026)
      JOIN gamme ON gamme.id = fitment.gamme_id JOIN family ON family.id = family_id
      JOIN vehicle_type ON vehicle_type.id = vehicle_type_id
      JOIN vehicle_model ON vehicle_model.id = model_id JOIN make ON make.id = make_id
      WHERE gamme.is_displayed AND family.is_displayed AND vehicle_type.is_displayed AND vehicle_model.is_displayed
        AND make.is_displayed
      ORDER BY md5(group_id::text || vehicle_type_id::text) LIMIT 4000) AS pair
    WHERE EXISTS (SELECT FROM product WHERE fitment_group_id = group_id AND is_displayed AND price_cents IS NOT NULL)
    LIMIT %(limit)s"""
ESTIMATE = "SELECT greatest(reltuples, 1) FROM pg_class WHERE relname = 'fitment'"
BRANDS = "SELECT name FROM brand WHERE is_displayed ORDER BY is_top DESC, md5(id::text) LIMIT 12"
NAMES = "SELECT plural_name FROM gamme WHERE is_displayed AND level = 1 ORDER BY is_top DESC, md5(id::text) LIMIT 40"


def draw(database_url: str, web: str, *, count: int) -> Samples:
    """Draw `count` addresses of each kind, as the shop itself writes them."""
    with psycopg.connect(database_url) as database:
        families = [row[0] for row in database.execute(FAMILIES).fetchall()]
        gammes = [row[0] for row in database.execute(GAMMES, {"limit": count}).fetchall()]
        products = database.execute(PRODUCTS, {"limit": count}).fetchall()
        rows = (database.execute(ESTIMATE).fetchone() or (1,))[0]
        percent = min(100.0, 100.0 * 20_000 / rows)
        pairs = database.execute(PAIRS, {"limit": count, "percent": percent}).fetchall()
        brands = [row[0] for row in database.execute(BRANDS).fetchall()]
        names = [row[0] for row in database.execute(NAMES).fetchall()]
    pages = {
        "home": ["/"],
        "family": [f"/familles/x-{number}.html" for number in families],
        "gamme": [f"/pieces/x-{number}.html" for number in gammes],
        "gamme_vehicle": [f"/pieces/x-{gamme}/x-{make}/x-{model}/x-{kind}.html" for gamme, make, model, kind in pairs],
        "product": [f"/piece/x-{number}.html" for number, _reference in products],
    }
    session = requests.Session()
    words = [f"{name} {brand}" if turn % 2 else name for turn, name in enumerate(names) for brand in brands[:5]]
    return Samples(
        pages={kind: [_canonical(session, web, path) for path in paths] for kind, paths in pages.items()},
        references=[reference for _number, reference in products],
        words=words[:count],
        typed=[name[:length].lower() for name in names for length in (2, 4, 6, 9, 12)][:count],
        products=[number for number, _reference in products],
    )


def _canonical(session: requests.Session, web: str, path: str) -> str:
    """Return the address that the shop sends us on to: pages are found by their ids."""
    answer = session.get(web + path, timeout=30, allow_redirects=False)
    if answer.status_code == 301:
        location: str = answer.headers["Location"]
        return location.removeprefix(web)
    if answer.status_code != 200:
        raise SystemExit(f"{answer.status_code} from {path}")
    return path
