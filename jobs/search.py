"""The search index follows the catalogue, its settings follow the code and the staff, its journal the shoppers."""

from integrations.search import SearchUnavailable
from jobs.unit_of_work import checkpoint
from models.database import utc_now
from services.search import apply_search_settings, rebuild_index
from services.search.indexing import index_batches, index_soon
from services.search.journal import purge_searches, watch_engine, write_searches


def index_product(product_id: int) -> None:
    """Bring the index in step with one product, and a few others that wait; raises SearchUnavailable: tried again."""
    index_soon(product_id)


def index_changed_products() -> None:
    """Bring the index in step with every product that is marked; a product's own job may have been lost."""
    for _indexed in index_batches():
        checkpoint()


def rebuild_search() -> None:
    """Build the index anew beside the one that answers, then swap; raises SearchUnavailable, and is tried again."""
    rebuild_index()


def apply_synonym(_synonym_id: int) -> None:
    """Tell the engine of synonyms that changed; raises SearchUnavailable, and is tried again."""
    apply_search_settings()


def keep_search_settings() -> None:
    """Give the engine the settings of this release where they differ; an engine that is away gets them later."""
    try:
        apply_search_settings()
    except SearchUnavailable:
        return


def keep_searches() -> None:
    """Write down what was searched for."""
    write_searches()


def watch_search_engine() -> None:
    """Notice that the engine went away or came back, for staff."""
    watch_engine(at=utc_now())


def purge_old_searches() -> None:
    """Forget searches of more than 90 days ago."""
    while purge_searches(at=utc_now()):
        checkpoint()
