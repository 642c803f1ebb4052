"""Tables of the old shop that nothing here takes: why, so that no row is left behind unsaid."""

# What the shop has no noun for yet; the rows wait in the old database.
NO_NOUN = "the shop has no noun for it yet"
NEVER = "never taken over: derived, temporary or secret"

REASONS = {
    "pieces_list": "kits: the shop knows no parts made of parts yet",
    "pieces_details": "says again what pieces says, for accessories",
    "pieces_status": "no status of parts beyond shown or hidden",
    "auto_modele_group": "models are not grouped",
    "auto_modele_robot": "a copy of models for crawlers",
    "cars_engine": "engines beyond the codes of types",
    "__cross_gamme_car": "reckoned anew from what fits (vehicle_gamme)",
    "__cross_gamme_car_new": "reckoned anew from what fits (vehicle_gamme)",
    "__cross_gamme_car_new2": "reckoned anew from what fits (vehicle_gamme)",
    "am_2022_suppliers": "a list of files, not of suppliers",
    "___xtr_supplier": NO_NOUN,
    "___xtr_supplier_link_pm": NO_NOUN,
    "___xtr_order_status": "read for the labels below",
    "___xtr_order_line_status": "lines have no state of their own yet",
    "___xtr_order_line_equiv_ticket": NO_NOUN,
    "ic_postback": "attempts at another bank; that an order was paid comes from the order",
    "___xtr_delivery_ape_france": "shipping grids are part of the shop (domain/shipping.py)",
    "___xtr_delivery_ape_corse": "shipping grids are part of the shop (domain/shipping.py)",
    "___xtr_delivery_ape_domtom1": "shipping grids are part of the shop (domain/shipping.py)",
    "___xtr_delivery_ape_domtom2": "shipping grids are part of the shop (domain/shipping.py)",
    "___config": "the shop's identity is set by its staff",
    "___config_old": NEVER,
    "___config_ip": NO_NOUN,
    "password_resets": NEVER,
    "sessions": NEVER,
    "users": NEVER,
    "shipping_rates_cache": NEVER,
    "v_index_usage": NEVER,
    "v_table_health": NEVER,
}


def reason_for(table: str) -> str:
    """Return why a table is not imported."""
    if table.startswith("__sitemap_"):
        return "sitemaps are made anew from what is shown"
    return REASONS.get(table, NO_NOUN)
