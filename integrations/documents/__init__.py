"""Documents on paper: interface, WeasyPrint provider, fake."""

from integrations.documents.fake import FakePrinter
from integrations.documents.interface import DocumentPrinter, Unprintable
from integrations.documents.weasyprint_provider import WeasyPrinter
from integrations.provided import Provided

printer: Provided[DocumentPrinter] = Provided(WeasyPrinter)

__all__ = ["DocumentPrinter", "FakePrinter", "Unprintable", "WeasyPrinter", "printer"]
