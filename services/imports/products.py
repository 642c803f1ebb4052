"""A file of products: what is new is created, what is known is changed."""

from services.imports.prices import GIVEN_PRICE, plan_missing, price_columns, refuse_bad_prices
from services.imports.run import Run, find_products, json_of, lock_products, refuse_repeats, refuse_unknown_products

# Column of the shop → field, and what a cleared cell leaves there (nothing: it can't be cleared).
_PLAIN = {
    "gamme_id": ("gamme", ""),
    "reference": ("reference", ""),
    "reference_key": ("reference_key", ""),
    "name": ("name", ""),
    "side": ("side", "''"),
    "description": ("description", "''"),
    "safety_note": ("safety_note", "''"),
    "sale_quantity": ("sale_quantity", "1"),
    "ean": ("ean", "NULL"),
    "is_displayed": ("is_displayed", ""),
    "is_universal": ("is_universal", ""),
}


def plan_products(run: Run) -> None:
    """Check a file of products and plan what it creates and changes."""
    find_products(run)
    if run.batch.unknown == "reject":
        refuse_unknown_products(run)
    refuse_repeats(run, "coalesce(product_id::text, asked_id::text, brand || ':' || reference_key)")
    lock_products(run)
    refuse_bad_prices(run, "staged s LEFT JOIN product p ON p.id = s.product_id")
    _refuse_impossible_changes(run)
    _plan_changes(run)
    if run.batch.unknown == "create":
        _refuse_incomplete(run)
        _plan_new(run)
    plan_missing(run)


def _plan_changes(run: Run) -> None:
    columns = price_columns(run)
    for column, (field, cleared) in _PLAIN.items():
        source = field.removesuffix("_key")
        if source in run.mapped:
            current = f"p.{column}"
            columns[column] = (
                f"coalesce(s.{field}, {current})" if source != field else run.merged(field, current, cleared=cleared)
            )
    if weight := _weight(run):
        columns["weight_grams"] = f"coalesce({weight}, {'NULL' if run.batch.blank == 'clear' else 'p.weight_grams'})"
    old = json_of({name: f"p.{name}" for name in columns})
    run.plan(
        "product",
        "update",
        f"""(SELECT s.line, p.id, {old} AS old, {json_of(columns)} AS new
             FROM staged s JOIN product p ON p.id = s.product_id WHERE s.ok) c WHERE c.old <> c.new""",
        line="c.line",
        key="jsonb_build_object('id', c.id)",
        old="c.old",
        new="c.new",
        product="c.id",
    )


def _plan_new(run: Run) -> None:
    price = GIVEN_PRICE.format(vat="2000")
    columns = {
        "id": "c.id",
        "brand_id": "c.brand",
        "gamme_id": "c.gamme",
        "reference": "c.reference",
        "reference_key": "c.reference_key",
        "name": "c.name",
        "side": "coalesce(c.side, '')",
        "description": "coalesce(c.description, '')",
        "safety_note": "coalesce(c.safety_note, '')",
        "sale_quantity": "coalesce(c.sale_quantity, 1)",
        "weight_grams": "coalesce(c.weight, c.weight_kg)",
        "ean": "c.ean",
        "price_cents": "c.final_price",
        "prior_price_cents": "c.prior_price",
        "deposit_cents": "coalesce(c.deposit, 0)",
        "vat_basis_points": "coalesce(c.vat, 2000)",
        "is_displayed": "coalesce(c.is_displayed, true)",
        "is_universal": "coalesce(c.is_universal, false)",
    }
    run.plan(
        "product",
        "insert",
        f"""(SELECT s.*, coalesce(s.asked_id, {run.new_id("product")}) AS id, {price} AS final_price
             FROM staged s WHERE s.ok AND s.product_id IS NULL) c""",
        line="c.line",
        key="jsonb_build_object('id', c.id)",
        new=json_of(columns),
        product="c.id",
    )


def _refuse_incomplete(run: Run) -> None:
    """Refuse new products that lack what a product cannot do without."""
    for field in ("brand", "reference", "gamme", "name"):
        run.refuse(
            f"staged s WHERE s.ok AND s.product_id IS NULL AND s.{field} IS NULL",
            column=run.header(field),
            typed="''",
            sentence="'Cet article est nouveau : remplissez cette cellule pour le créer.'",
        )
    run.refuse(
        "staged s JOIN product p ON p.brand_id = s.brand AND p.reference_key = s.reference_key "
        "WHERE s.ok AND s.product_id IS NULL",
        column=run.header("reference"),
        typed="s.reference",
        sentence="'Cette marque a déjà cette référence : c''est l''article ' || p.id || '.'",
    )


def _refuse_impossible_changes(run: Run) -> None:
    known = "staged s JOIN product p ON p.id = s.product_id"
    run.refuse(
        f"{known} WHERE s.ok AND s.gamme <> p.gamme_id AND p.fitment_group_id IS NOT NULL",
        column=run.header("gamme"),
        typed="s.gamme::text",
        sentence="'Cet article a des véhicules : retirez-les avant de le changer de gamme.'",
    )
    run.refuse(
        f"{known} WHERE s.ok AND s.is_universal AND p.fitment_group_id IS NOT NULL",
        column=run.header("is_universal"),
        typed="'oui'",
        sentence="'Cet article a des véhicules : il ne peut pas aussi convenir à tous.'",
    )
    run.refuse(
        f"""{known} JOIN product o ON o.brand_id = p.brand_id AND o.reference_key = s.reference_key AND o.id <> p.id
            WHERE s.ok""",
        column=run.header("reference"),
        typed="s.reference",
        sentence="'Cette marque a déjà cette référence : c''est l''article ' || o.id || '.'",
    )


def _weight(run: Run) -> str:
    names = [name for name in ("weight", "weight_kg") if name in run.mapped]
    return f"coalesce({', '.join(f's.{name}' for name in names)})" if names else ""
