"""Meilisearch through its own client library (1.21; https://www.meilisearch.com/docs/reference/api)."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from meilisearch import Client
from meilisearch._httprequests import HttpRequests
from meilisearch.config import Config
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo
from requests import Session
from requests.exceptions import RequestException

from config import settings
from integrations.search.interface import (
    Document,
    IndexDefinition,
    SearchAnswer,
    SearchRequest,
    SearchUnavailable,
    Waiting,
    nobody,
)

# A task is polled, not awaited: writing is done by jobs, which have time.
TASK_SECONDS = 30.0
REBUILD_SECONDS = 3600.0
WRITE_TIMEOUT_SECONDS = 30
# The engine's own rules in its recommended order.
RANKING = ("words", "typo", "proximity", "attribute", "sort", "exactness")
PARCEL_BYTES = 8 * 1024 * 1024
MAX_FACET_VALUES = 60


class MeilisearchEngine:
    """One server; a client per thread, because the library keeps the headers of a request on the client."""

    def __init__(self, url: str, key: str, *, timeout: float) -> None:
        self._url, self._key, self._timeout = url, key, timeout
        self._local = threading.local()

    def search(self, requests: Sequence[SearchRequest]) -> list[SearchAnswer]:
        """Answer every request in one multi-search; SearchUnavailable after `timeout` seconds."""
        found = _asking(lambda: self._reader().multi_search([_query(request) for request in requests]))
        return [
            SearchAnswer(
                documents=result["hits"],
                total=result.get("estimatedTotalHits", len(result["hits"])),
                facets=result.get("facetDistribution", {}),
            )
            for result in found["results"]
        ]

    def put(self, index: str, documents: Sequence[Document]) -> None:
        """Add or replace documents and wait until they can be found."""
        if documents and self._exists(index):
            self._wait(_asking(lambda: self._writer().index(index).add_documents(list(documents), primary_key="id")))

    def delete(self, index: str, ids: Sequence[int | str]) -> None:
        """Remove documents and wait until they are gone."""
        if ids and self._exists(index):
            named = f"id IN [{', '.join(map(_literal, ids))}]"
            self._wait(_asking(lambda: self._writer().index(index).delete_documents(filter=named)))

    def rebuild(
        self, definition: IndexDefinition, batches: Iterable[Sequence[Document]], *, waiting: Waiting = nobody
    ) -> None:
        """Fill « name-new » and swap it with « name »; a rebuild that was cut short leaves the live index alone."""
        client, fresh = self._writer(), f"{definition.name}-new"
        # The server does its tasks in order, so only those whose failure matters are waited for: an index that is
        # there already, or that was not there to delete, is as good as made or deleted.
        _asking(lambda: client.create_index(definition.name, {"primaryKey": "id"}))
        _asking(lambda: client.delete_index(fresh))
        _asking(lambda: client.create_index(fresh, {"primaryKey": "id"}))
        # Settings first: documents that are there already would be read a second time.
        self._wait(_asking(lambda: client.index(fresh).update_settings(_settings(definition))))
        done = 0
        for task, count in [(self._send(fresh, lines), count) for lines, count in _parcels(batches)]:
            self._wait(task, seconds=REBUILD_SECONDS)
            done += count
            waiting(done)
        self._wait(_asking(lambda: client.swap_indexes([{"indexes": [definition.name, fresh]}])))
        _asking(lambda: client.delete_index(fresh))

    def configure(self, definition: IndexDefinition) -> bool:
        """Change what differs, and wait until the server has done it; an index never built is left to its rebuild."""
        if not self._exists(definition.name):
            return False
        index = self._writer().index(definition.name)
        present = _asking(index.get_settings)
        wanted = {
            name: value for name, value in _settings(definition).items() if _differs(name, present.get(name), value)
        }
        if not wanted:
            return False
        self._wait(_asking(lambda: index.update_settings(wanted)), seconds=REBUILD_SECONDS)
        return True

    def count(self, index: str) -> int:
        """Return how many documents the index holds; zero when it does not exist."""
        try:
            return int(_asking(lambda: self._reader().index(index).get_stats()).number_of_documents)
        except _Refused as error:
            if error.code == "index_not_found":
                return 0
            raise

    def ping(self) -> None:
        """Return when the server says that it is available."""
        _asking(lambda: self._reader().health())

    def _send(self, index: str, lines: bytes) -> TaskInfo:
        task: TaskInfo = _asking(lambda: self._writer().index(index).add_documents_ndjson(lines, primary_key="id"))
        return task

    def _exists(self, index: str) -> bool:
        """Writing to an index that was never built would make one without its settings."""
        try:
            _asking(lambda: self._writer().get_raw_index(index))
        except _Refused as error:
            if error.code == "index_not_found":
                return False
            raise
        return True

    def _wait(self, task: TaskInfo, *, seconds: float = TASK_SECONDS) -> None:
        """Wait until the server has done `task`; raises SearchUnavailable when it fails or takes too long."""
        give_up, pause = time.monotonic() + seconds, 0.01
        while True:
            done = _asking(lambda: self._writer().get_task(task.task_uid))
            if done.status == "succeeded":
                return
            if done.status in ("failed", "canceled"):
                error = done.error or {}
                raise SearchUnavailable(f"{task.type}: {error.get('message', done.status)}")
            if time.monotonic() > give_up:
                raise SearchUnavailable(f"{task.type}: not done after {seconds:.0f} s")
            time.sleep(pause)
            pause = min(pause * 1.5, 1.0)

    def _reader(self) -> Client:
        return self._client("reader", self._timeout)

    def _writer(self) -> Client:
        return self._client("writer", WRITE_TIMEOUT_SECONDS)

    def _client(self, name: str, timeout: float) -> Client:
        client: Client | None = getattr(self._local, name, None)
        if client is None:
            # The library says int, `requests` takes fractions of a second too.
            client = Client(self._url, self._key or None, timeout=timeout)  # type: ignore[arg-type]
            client.http = _KeptConnection(client.config)
            setattr(self._local, name, client)
        return client


class _KeptConnection(HttpRequests):
    """The library's requests over one connection that stays open: theirs make a new one each time, proxies looked up.

    For the thread of its client alone. One that the server closed meanwhile is seen to be closed and made anew.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._session = Session()
        # The engine stands beside the shop: no proxy, no .netrc.
        self._session.trust_env = False
        # Compressed, an answer leaves in pieces, and the last waits 40 ms for word that the others have arrived.
        self._session.headers["Accept-Encoding"] = "identity"

    def send_request(self, http_method: Callable[..., Any], *args: Any, **named: Any) -> Any:
        return super().send_request(getattr(self._session, http_method.__name__), *args, **named)


class _Refused(SearchUnavailable):
    """The server answered, but not with what was asked."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def open_meilisearch() -> MeilisearchEngine:
    """Return the engine that the settings name."""
    config = settings()
    return MeilisearchEngine(
        config.meilisearch_url, config.meilisearch_key.get_secret_value(), timeout=config.search_timeout_seconds
    )


def _asking(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except MeilisearchApiError as error:
        raise _Refused(error.message, error.code or "") from error
    except (MeilisearchError, RequestException) as error:
        raise SearchUnavailable(str(error)) from error


def _query(request: SearchRequest) -> dict[str, Any]:
    query: dict[str, Any] = {
        "indexUid": request.index,
        "q": request.text,
        "limit": request.limit,
        "offset": request.offset,
        "attributesToRetrieve": list(request.fields) or ["*"],
        "matchingStrategy": "all" if request.every_word else "last",
    }
    filters = [f"{name} IN [{', '.join(map(_literal, values))}]" for name, values in request.any_of.items() if values]
    if filters:
        query["filter"] = filters
    if request.within:
        query["attributesToSearchOn"] = list(request.within)
    if request.facets:
        query["facets"] = list(request.facets)
    return query


def _parcels(batches: Iterable[Sequence[Document]]) -> Iterator[tuple[bytes, int]]:
    """Yield documents as JSON lines with their number: a parcel costs the engine much, each document in it little."""
    lines: list[bytes] = []
    size = 0
    for batch in batches:
        for document in batch:
            line = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
            lines.append(line)
            size += len(line)
        if size >= PARCEL_BYTES:
            yield b"\n".join(lines), len(lines)
            lines, size = [], 0
    if lines:
        yield b"\n".join(lines), len(lines)


def _literal(value: int | str) -> str:
    if isinstance(value, int):
        return str(value).lower() if isinstance(value, bool) else str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _settings(definition: IndexDefinition) -> dict[str, Any]:
    return {
        "searchableAttributes": list(definition.searchable),
        "filterableAttributes": ["id", *definition.filterable],
        "sortableAttributes": list(definition.sortable),
        "rankingRules": list(definition.ranking or RANKING),
        "stopWords": list(definition.stop_words),
        "synonyms": {word: list(others) for word, others in definition.synonyms.items()},
        "typoTolerance": {"disableOnNumbers": True, "disableOnAttributes": list(definition.exact_attributes)},
        # Where there are more values than that, those with most documents are kept.
        "faceting": {"maxValuesPerFacet": MAX_FACET_VALUES, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": 1000},
    }


def _differs(name: str, present: Any, wanted: Any) -> bool:
    """Compare a setting with the server's, which keeps sets in an order of its own and adds what we leave out."""
    if name in ("searchableAttributes", "rankingRules"):
        return bool(present != wanted)
    if name == "synonyms":
        return bool(_sorted(present) != _sorted(wanted))
    if isinstance(wanted, dict):
        return any(_sorted(present.get(key)) != _sorted(value) for key, value in wanted.items())
    return bool(_sorted(present) != _sorted(wanted))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in value.items()}
    return sorted(value) if isinstance(value, list) else value
