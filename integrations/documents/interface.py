"""What the shop needs of a printer of documents."""

from typing import Protocol


class Unprintable(Exception):
    """The HTML asks for something that a document may not have, such as a picture from elsewhere."""


class DocumentPrinter(Protocol):
    """Turns HTML into PDF."""

    def make_pdf(self, html: str) -> bytes:
        """Return the PDF of a whole HTML page; raises Unprintable."""
