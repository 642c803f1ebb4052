"""What is counted over the whole catalogue, beside the shop's life."""

from models.database import utc_now
from services.product_views import PARIS, forget_old_views, write_views
from services.recommendations import rebuild_recommendations as count_recommendations
from services.vehicle_gammes import rebuild_vehicle_gammes, recount_offers_of


def rebuild_offers() -> None:
    """Count anew what every gamme offers for every vehicle, of every brand and in all."""
    rebuild_vehicle_gammes()


def recount_offers(product_id: int) -> None:
    """Count anew what a changed product has a part in."""
    recount_offers_of(product_id)


def rebuild_recommendations() -> None:
    """Count anew best sellers, what is bought together and which gammes are asked for."""
    count_recommendations(at=utc_now())


def write_product_views() -> None:
    """Write down the views counted since the last minute; raises ConnectionError, and is tried again."""
    write_views()


def purge_product_views() -> None:
    """Delete the counts that nothing looks at any more."""
    forget_old_views(today=utc_now().astimezone(PARIS).date())
