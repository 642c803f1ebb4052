"""The search index follows the catalogue."""

from services.search import index_products


def index_product(product_id: int) -> None:
    """Bring the index in step with a product; raises SearchUnavailable, and is tried again."""
    index_products([product_id])
