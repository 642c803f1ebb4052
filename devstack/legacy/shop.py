"""The whole made-up old shop; `python -m devstack.legacy.shop FOLDER` writes its dumps."""

import sys
from pathlib import Path

from devstack.legacy.catalogue import add_parts, add_shelves
from devstack.legacy.dump import Dump
from devstack.legacy.orders import add_orders
from devstack.legacy.people import add_people
from devstack.legacy.texts import add_texts
from devstack.legacy.vehicles import add_relations, add_vehicles

SEED = 1998


def make_old_shop(
    *, parts: int = 1_200, types: int = 240, each: int = 12, sets: int = 80, people: int = 300, seed: int = SEED
) -> Dump:
    """Return the old shop: the same seed and sizes make the same rows."""
    dump = Dump(seed)
    add_shelves(dump)
    sound = add_parts(dump, parts)
    shown = add_vehicles(dump, types)
    add_relations(dump, sound, shown, each=each, sets=sets)
    add_texts(dump)
    add_orders(dump, people * 2, add_people(dump, people))
    return dump


if __name__ == "__main__":
    shop = make_old_shop()
    shop.write(Path(sys.argv[1]))
    print(f"{shop.row_count} rows in {len(shop.tables)} tables, {len(shop.traits)} faults of a kind")
