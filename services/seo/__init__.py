"""What pages say of themselves and of what they sell."""

from services.seo.aggregate import GammeAggregate, GammeUnreadable, Source, read_gamme_aggregate
from services.seo.fit import list_fitted_models
from services.seo.gammes import Advice, BrandText, EngineCard, GammePage, GammeTexts, get_gamme_page, list_engine_cards
from services.seo.vehicle_pages import VehiclePage, get_vehicle_page, preview_vehicle_page

__all__ = [
    "Advice",
    "BrandText",
    "EngineCard",
    "GammeAggregate",
    "GammePage",
    "GammeTexts",
    "GammeUnreadable",
    "Source",
    "VehiclePage",
    "get_gamme_page",
    "get_vehicle_page",
    "list_engine_cards",
    "list_fitted_models",
    "preview_vehicle_page",
    "read_gamme_aggregate",
]
