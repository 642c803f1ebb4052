"""Every product of the demo shop, group by group."""

from collections.abc import Iterator
from itertools import count, islice

from devstack.demo.catalog.brands import Brand, brands
from devstack.demo.catalog.cells import Cell, cells
from devstack.demo.catalog.fitments import Plan, plans
from devstack.demo.catalog.gammes import FAMILIES
from devstack.demo.catalog.kind import Family, Gamme
from devstack.demo.catalog.numbers import Numbers, ean13, of_maker
from devstack.demo.catalog.prices import (
    DEPOSIT_PER_CENT,
    LINES,
    REDUCED_PER_CENT,
    UNPRICED_PER_CENT,
    Line,
    deposit_cents,
    price_cents,
    prior_price_cents,
    weight_grams,
)
from devstack.demo.catalog.rows import Assortment, Group, Product, Reference
from devstack.demo.catalog.sizes import Size
from devstack.demo.catalog.stock import shelf_of
from devstack.demo.catalog.traits import disc_diameter, group_values, ordered, own_values
from devstack.demo.dice import Dice

HIDDEN_PER_CENT = 1
FIRST_PRODUCT_ID = 10_001
# Vehicle makes under whose numbers a part is known, at most.
MAKERS_NAMED = 3


class Catalogue:
    """Yields the assortments of one size and seed; each run of `assortments` is to be made on a new catalogue."""

    def __init__(self, size: Size, seed: int) -> None:
        self.size = size
        self._seed = seed
        self._numbers = Numbers(size.number_patience)
        self._product_ids = count(FIRST_PRODUCT_ID)
        self._group_ids = count(1)

    def assortments(self) -> Iterator[Assortment]:
        """Yield every group with its products, gamme by gamme; nothing is kept."""
        for family in FAMILIES:
            for gamme in family.gammes:
                if gamme.is_universal:
                    yield from self._universal(family, gamme)
                else:
                    yield from self._fitted(family, gamme)

    def _fitted(self, family: Family, gamme: Gamme) -> Iterator[Assortment]:
        for cell in self._served(gamme):
            for side in gamme.sides:
                disc_mm = disc_diameter(cell, side)
                makers = self._makers(gamme, cell, side)
                for plan in plans(gamme, cell, disc_mm, Dice(self._seed, "plan", gamme.id, side, *cell.key)):
                    if makers[plan.brands]:
                        yield self._assortment(family, gamme, cell, side, plan, makers[plan.brands])

    def _served(self, gamme: Gamme) -> list[Cell]:
        """Return the cells that have parts of this gamme; no gamme stays empty."""
        found = list(cells(gamme, self.size.version_kinds))
        return [
            cell
            for cell in found
            if Dice(self._seed, "cell", gamme.id, *cell.key).chance(self.size.coverage_of(gamme, cell))
        ] or found[:1]

    def _makers(self, gamme: Gamme, cell: Cell, side: str) -> list[Brand]:
        dice = Dice(self._seed, "makers", gamme.id, side, *cell.key)
        keys = dice.sample(gamme.brand_keys, self.size.rivals_of(gamme, cell))
        return [brands()[key] for key in keys]

    def _assortment(
        self, family: Family, gamme: Gamme, cell: Cell, side: str, plan: Plan, makers: list[Brand]
    ) -> Assortment:
        group = Group(next(self._group_ids), gamme.id, plan.fitments)
        dice = Dice(self._seed, "group", gamme.id, side, plan.name, *cell.key)
        condition = plan.name if plan.name in gamme.options else ""
        shared = group_values(gamme, cell, side, condition, dice)
        deposit = deposit_cents(gamme, cell.rank)
        numbers = _maker_numbers(cell, dice)
        products = tuple(
            self._product(family, gamme, brand, line, side, cell.rank, shared, deposit, group.id, numbers)
            for brand in makers
            for line in LINES[: self.size.lines_of(cell)]
        )
        _cross_refer(products, self.size.rivals_named)
        return Assortment(group, products)

    def _universal(self, family: Family, gamme: Gamme) -> Iterator[Assortment]:
        for key in gamme.brand_keys:
            steps = self.size.universal_range
            products = tuple(
                self._product(family, gamme, brands()[key], LINES[0], "", step / steps, {}, 0, None, [])
                for step in range(steps)
            )
            yield Assortment(None, products)

    def _product(
        self,
        family: Family,
        gamme: Gamme,
        brand: Brand,
        line: Line,
        side: str,
        rank: float,
        shared: dict[str, str],
        deposit: int,
        group_id: int | None,
        numbers: list[Reference],
    ) -> Product:
        number = next(self._product_ids)
        dice = Dice(self._seed, "product", number)
        pattern = brand.patterns.get(gamme.alias) or brand.patterns.get(family.alias) or brand.patterns[""]
        has_deposit = bool(deposit) and dice.chance(DEPOSIT_PER_CENT)
        price = None if dice.chance(UNPRICED_PER_CENT) else price_cents(gamme, rank, brand.stars, dice, line.per_cent)
        prior = prior_price_cents(price, dice) if price and dice.chance(REDUCED_PER_CENT) else None
        ean = ean13(number)
        title = (gamme.title or gamme.name) + line.words
        return Product(
            id=number,
            gamme=gamme,
            brand_id=brand.id,
            brand_name=brand.name,
            group_id=group_id,
            reference=self._numbers.of_brand(brand.id, pattern, dice),
            name=f"{title} (échange standard)" if has_deposit else title,
            side=side,
            safety=gamme.safety,
            pack=gamme.pack,
            grams=weight_grams(gamme, rank, dice),
            ean=ean,
            price_cents=price,
            prior_price_cents=prior,
            deposit_cents=deposit if has_deposit else 0,
            is_displayed=not dice.chance(HIDDEN_PER_CENT),
            age_days=dice.between(20, 900),
            shelf=shelf_of(dice),
            criteria=ordered(gamme, {**shared, **own_values(gamme, dice)}),
            references=[*numbers, Reference("ean", "", ean)],
        )


def _maker_numbers(cell: Cell, dice: Dice) -> list[Reference]:
    """Return one to four numbers under which the makers of these vehicles sell the part."""
    makes = cell.makers
    names = list(makes)[:MAKERS_NAMED]
    numbers = [Reference("oem", name, of_maker(makes[name], dice)) for name in names]
    if dice.chance(40):
        numbers.append(Reference("oem", names[0], of_maker(makes[names[0]], dice)))
    return numbers


def _cross_refer(products: tuple[Product, ...], named: int) -> None:
    """Let each product be known under the numbers of the rivals that come after it, the first after the last."""
    for place, product in enumerate(products):
        rivals = (*products[place + 1 :], *products[:place]) if named < len(products) - 1 else products
        product.references.extend(
            Reference("cross", rival.brand_name, rival.reference)
            for rival in islice((rival for rival in rivals if rival is not product), named)
        )
