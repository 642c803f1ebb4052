"""A file of prices: what a product costs, before and now, its deposit and its VAT."""

from services.imports.run import Run, find_products, json_of, lock_products, refuse_repeats, refuse_unknown_products

# The price of a line: given with VAT, else reckoned from the one before VAT, half-up once.
GIVEN_PRICE = "coalesce(s.price, round(s.price_ht * (10000 + coalesce(s.vat, {vat})) / 100)::bigint)"


def plan_prices(run: Run) -> None:
    """Check a file of prices and plan what it changes."""
    find_products(run)
    refuse_unknown_products(run)
    refuse_repeats(run, "product_id")
    lock_products(run)
    refuse_bad_prices(run, "staged s LEFT JOIN product p ON p.id = s.product_id")
    columns = price_columns(run)
    run.plan(
        "product",
        "update",
        f"""(SELECT s.line, p.id, {json_of({name: f"p.{name}" for name in columns})} AS old, {json_of(columns)} AS new
             FROM staged s JOIN product p ON p.id = s.product_id WHERE s.ok) c WHERE c.old <> c.new""",
        line="c.line",
        key="jsonb_build_object('id', c.id)",
        old="c.old",
        new="c.new",
        product="c.id",
    )
    plan_missing(run)


def new_price(run: Run) -> str:
    """Return the SQL of the price in cents that a line leads to."""
    if not run.mapped & {"price", "price_ht"}:
        return "p.price_cents"
    cleared = "NULL" if run.batch.blank == "clear" else "p.price_cents"
    return f"coalesce({GIVEN_PRICE.format(vat='p.vat_basis_points')}, {cleared})"


def price_columns(run: Run) -> dict[str, str]:
    """Return the SQL of every price column that the file speaks of; a prior price that is no higher ends."""
    columns = {}
    if run.mapped & {"price", "price_ht", "prior_price"}:
        price, prior = new_price(run), run.merged("prior_price", "p.prior_price_cents", cleared="NULL")
        columns["price_cents"] = price
        columns["prior_price_cents"] = f"CASE WHEN {prior} <= {price} THEN NULL ELSE {prior} END"
    if "deposit" in run.mapped:
        columns["deposit_cents"] = run.merged("deposit", "p.deposit_cents", cleared="0")
    if "vat" in run.mapped:
        columns["vat_basis_points"] = run.merged("vat", "p.vat_basis_points")
    return columns


def refuse_bad_prices(run: Run, rows: str) -> None:
    """Refuse prior prices that are no reduction, and prices before VAT that become nothing or too much."""
    reckoned = GIVEN_PRICE.format(vat="coalesce(p.vat_basis_points, 2000)")
    given = f"coalesce({reckoned}, p.price_cents)"
    run.refuse(
        f"{rows} WHERE s.ok AND {reckoned} NOT BETWEEN 1 AND 99999999",
        column=run.header("price_ht", "price"),
        typed="s.price_ht::text",
        sentence="'Avec la TVA, ce prix sort de 0,01 € à 999 999,99 €.'",
    )
    run.refuse(
        f"{rows} WHERE s.ok AND s.prior_price <= {given}",
        column=run.header("prior_price"),
        typed="replace(round(s.prior_price / 100.0, 2)::text, '.', ',')",
        sentence=f"""'Le prix barré doit dépasser le prix de vente ('
            || replace(round({given} / 100.0, 2)::text, '.', ',') || ' €).'""",
    )


def plan_missing(run: Run) -> None:
    """Plan to hide the displayed products of the file's brands that the file does not name, if that was decided."""
    if run.batch.missing != "hide" or not run.can_judge_missing():
        return
    run.plan(
        "product",
        "update",
        """product p WHERE p.brand_id = ANY(:brands) AND p.is_displayed
           AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.product_id = p.id)""",
        key="jsonb_build_object('id', p.id)",
        old="jsonb_build_object('is_displayed', true)",
        new="jsonb_build_object('is_displayed', false)",
        product="p.id",
        missing="true",
    )
