"""What is imported, in which order: one line per legacy table (spec/legacy-schema.md, import order)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from services.legacy.fitment import forget_unused_groups
from services.legacy.holding import holding
from services.legacy.invoices import take_invoices
from services.legacy.ledger import Handler
from services.legacy.orders import take_orders
from services.legacy.part_rows import (
    sort_part_rows,
    take_eans,
    take_oem_references,
    take_part_criteria,
    take_pictures,
    take_prices,
    take_relations,
    take_restrictions,
    take_search_references,
)
from services.legacy.part_walk import KINDS_OF, walk_parts
from services.legacy.parts import take_parts
from services.legacy.people import (
    choose_defaults,
    take_billing_addresses,
    take_customers,
    take_delivery_addresses,
    take_staff,
)
from services.legacy.seo import (
    take_advice,
    take_brand_texts,
    take_gamme_links,
    take_gamme_texts,
    take_information,
    take_templates,
    taking_switches,
)
from services.legacy.shelves import take_brands, take_criteria, take_criteria_links, take_families, take_gammes
from services.legacy.vehicles import take_engine_codes, take_makes, take_models, take_registration_codes, take_types


@dataclass(frozen=True)
class TableStep:
    """A legacy table and what takes its rows; None for columns reads all of them."""

    name: str
    handle: Handler
    columns: tuple[str, ...] | None = None
    batch: int = 5_000
    # Tables that are read anew before it, because their rows are held only for the run.
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reckoning:
    """What is made of several tables at once.

    `advance` does a piece after a position and returns the next position and how much that was, None at the end; it
    runs when one of the tables `of` was read.
    """

    name: str
    advance: Callable[[str, Collection[str]], tuple[str, int] | None]
    of: tuple[str, ...]


Step = TableStep | Reckoning

_PART_TABLES = tuple(KINDS_OF)
_NUMBERS = ("pieces_ref_brand", "pieces_ref_oem", "pieces_ref_ean", "pieces_ref_search", "pieces_price")

_OF_ORDERS = (
    *("___xtr_customer", "___xtr_customer_billing_address", "___xtr_customer_delivery_address"),
    *("___xtr_delivery_agent", "___xtr_order_line"),
)

STEPS: tuple[Step, ...] = (
    # Families, gammes, links
    TableStep("catalog_family", take_families),
    TableStep("catalog_gamme", holding("catalog_gamme", "mc_pg_id")),
    TableStep("pieces_gamme", take_gammes, needs=("catalog_gamme",)),
    # Brands, criteria, sides
    TableStep("pieces_marque", take_brands),
    TableStep("pieces_ref_brand", holding("pieces_ref_brand", "prb_id")),
    TableStep("pieces_criteria_group", take_criteria),
    TableStep("pieces_criteria_link", take_criteria_links),
    TableStep("pieces_side_filtre", holding("pieces_side_filtre", "psf_id")),
    # Parts
    TableStep("pieces", take_parts, needs=("pieces_side_filtre",)),
    TableStep("pieces_price", take_prices, needs=("pieces_ref_ean",)),
    TableStep("pieces_media_img", take_pictures),
    TableStep("pieces_criteria", take_part_criteria, needs=("pieces_criteria_link",)),
    TableStep("pieces_ref_oem", take_oem_references, needs=_NUMBERS),
    TableStep("pieces_ref_ean", take_eans, needs=_NUMBERS),
    TableStep("pieces_ref_search", take_search_references, needs=_NUMBERS),
    # Vehicles
    TableStep("auto_marque", take_makes),
    TableStep("auto_modele", take_models),
    TableStep("auto_type_motor_fuel", holding("auto_type_motor_fuel", "tmf_id")),
    TableStep("auto_type", take_types, needs=("auto_type_motor_fuel",)),
    TableStep("auto_type_motor_code", take_engine_codes),
    TableStep("auto_type_number_code", take_registration_codes),
    # What fits what
    TableStep(
        "pieces_relation_type",
        take_relations,
        columns=("rtp_type_id", "rtp_piece_id", "rtp_psf_id"),
        batch=10_000,
        needs=("pieces_relation_criteria", "pieces_side_filtre"),
    ),
    TableStep(
        "pieces_relation_criteria",
        take_restrictions,
        columns=(
            *("rcp_type_id", "rcp_piece_id", "rcp_cri_id", "rcp_cri_value"),
            *("rcp_display", "rcp_sort"),
        ),
        batch=10_000,
        needs=("pieces_relation_type",),
    ),
    Reckoning("parts: sort", lambda position, tables: sort_part_rows(position), _PART_TABLES),
    Reckoning("parts: write", walk_parts, ("pieces", *_PART_TABLES)),
    # People
    TableStep("___config_admin", take_staff),
    TableStep("___xtr_customer", take_customers),
    TableStep("___xtr_customer_billing_address", take_billing_addresses),
    TableStep("___xtr_customer_delivery_address", take_delivery_addresses),
    # Orders and invoices
    TableStep("___xtr_delivery_agent", holding("___xtr_delivery_agent", "da_id")),
    TableStep("___xtr_order_line", holding("___xtr_order_line", "orl_ord_id")),
    TableStep("___xtr_order", take_orders, batch=1_000, needs=_OF_ORDERS),
    TableStep("___xtr_invoice_line", holding("___xtr_invoice_line", "invl_inv_id")),
    TableStep("___xtr_invoice", take_invoices, batch=1_000, needs=("___xtr_invoice_line",)),
    # Texts
    TableStep("pieces_gamme_cross", take_gamme_links),
    TableStep("__seo_gamme", take_gamme_texts),
    TableStep("__seo_gamme_car", take_templates),
    TableStep("__seo_gamme_conseil", take_advice),
    TableStep("__seo_gamme_info", take_information),
    TableStep("__seo_equip_gamme", take_brand_texts),
    TableStep("__seo_item_switch", taking_switches("item", "sis_")),
    TableStep("__seo_gamme_car_switch", taking_switches("gamme", "sgcs_")),
    TableStep("__seo_family_gamme_car_switch", taking_switches("family", "sfgcs_")),
    TableStep("__seo_type_switch", taking_switches("type", "sts_")),
    Reckoning("people: defaults", lambda position, tables: choose_defaults(position), ("___xtr_customer",)),
    Reckoning("fitment: forget", lambda position, tables: forget_unused_groups(position), ("pieces_relation_type",)),
)


def chosen_tables(only: Collection[str]) -> frozenset[str]:
    """Return the tables to read for those asked for, all of them for none; raises LookupError for unknown names."""
    steps = {step.name: step for step in STEPS if isinstance(step, TableStep)}
    unknown = sorted(set(only) - steps.keys())
    if unknown:
        raise LookupError(f"not imported, or no table of the old shop: {', '.join(unknown)}")
    chosen = set(only or steps)
    while True:
        needed = {need for name in chosen for need in steps[name].needs} - chosen
        if not needed:
            return frozenset(chosen)
        chosen |= needed


def plan(only: Collection[str]) -> list[Step]:
    """Return the steps to take for the tables asked for, in order."""
    chosen = chosen_tables(only)
    return [
        step
        for step in STEPS
        if (step.name in chosen if isinstance(step, TableStep) else not chosen.isdisjoint(step.of))
    ]
