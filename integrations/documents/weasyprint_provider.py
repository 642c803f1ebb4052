"""Documents by WeasyPrint."""

import gc
from pathlib import Path

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from integrations.documents.interface import Unprintable

FONTS = Path(__file__).parent.parent.parent / "static" / "build"
# « font:inter » in a style sheet stands for a file that is built with the shop; nothing else can be asked for.
BUNDLED = {"font:inter": "inter.*.woff2"}
TYPES = {".woff2": "font/woff2"}


class WeasyPrinter:
    """WeasyPrint without network and without files: a document consists of its HTML and our fonts."""

    def make_pdf(self, html: str) -> bytes:
        """Return the PDF of a whole HTML page; raises Unprintable when it refers to anything outside itself."""
        try:
            pdf = weasyprint.HTML(string=html, url_fetcher=_BundledOnly()).write_pdf(presentational_hints=False)
        except FatalURLFetchingError as error:
            raise Unprintable(str(error)) from error
        finally:
            # The fonts' folder goes away with what was laid out. That refers to itself, and a worker's forked process
            # ends without collecting: a folder of every invoice would stay on the disk.
            gc.collect()
        assert isinstance(pdf, bytes)
        return pdf


class _BundledOnly(URLFetcher):  # type: ignore[misc]  # the library ships no types
    """Fetches the fonts that come with the shop and stops the printing at everything else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a bundled file."""
        found = next(iter(sorted(FONTS.glob(BUNDLED[url]))), None) if url in BUNDLED else None
        if found is None and url in BUNDLED:
            # Assets are not built (a test, a fresh checkout): the system's sans stands in.
            raise OSError(f"{url} is not built")
        if found is None:
            raise FatalURLFetchingError(f"a document may not fetch {url[:200]}")
        return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": TYPES[found.suffix]})
