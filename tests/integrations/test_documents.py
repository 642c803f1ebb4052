"""Documents are what their HTML says and nothing from elsewhere."""

import gc
import shutil
import tempfile
from pathlib import Path

import pytest

from integrations.documents import Unprintable, WeasyPrinter, weasyprint_provider


def page(body: str, style: str = "") -> str:
    return f"<!doctype html><html lang=fr><title>Essai</title><style>{style}</style><body>{body}</body></html>"


def test_it_makes_a_pdf() -> None:
    pdf = WeasyPrinter().make_pdf(page("<p>Facture</p>"))
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")


def test_nothing_of_it_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", fonts / "inter.test.woff2")
    monkeypatch.setattr(weasyprint_provider, "FONTS", fonts)
    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(left))
    face = '@font-face { font-family: Inter; src: url("font:inter") } p { font-family: Inter }'
    # A worker process ends without collecting what refers to itself: here the collector must not help either.
    gc.disable()
    try:
        WeasyPrinter().make_pdf(page("<p>Facture</p>", face))
        assert list(left.iterdir()) == []
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/secret.png",
        "https://example.org/picture.png",
        "file:///etc/passwd",
        Path(__file__).as_uri(),
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
        "font:other",
    ],
)
def test_it_fetches_nothing_from_elsewhere(url: str) -> None:
    with pytest.raises(Unprintable):
        WeasyPrinter().make_pdf(page(f'<img src="{url}">'))


def test_nor_does_its_style() -> None:
    with pytest.raises(Unprintable):
        WeasyPrinter().make_pdf(page("<p>x</p>", '@import url("file:///etc/passwd");'))
    with pytest.raises(Unprintable):
        WeasyPrinter().make_pdf(page("<p>x</p>", 'p { background: url("http://127.0.0.1:1/x.png") }'))


def test_without_built_fonts_the_systems_stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("integrations.documents.weasyprint_provider.FONTS", tmp_path)
    style = '@font-face { font-family: Inter; src: url("font:inter") } p { font-family: Inter, sans-serif }'
    assert WeasyPrinter().make_pdf(page("<p>Facture</p>", style)).startswith(b"%PDF-")
