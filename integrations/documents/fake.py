"""Documents without a printer, for tests."""


class FakePrinter:
    """Keeps the HTML it was given and answers with a PDF that says nothing."""

    def __init__(self) -> None:
        self.printed: list[str] = []

    def make_pdf(self, html: str) -> bytes:
        """Remember the HTML."""
        self.printed.append(html)
        return b"%PDF-1.7\n% nothing\n%%EOF\n"
