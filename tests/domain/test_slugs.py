"""Names in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.slugs import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Disque de frein", "disque-de-frein"),
        ("Témoin d'usure", "temoin-d-usure"),
        ("1.5 dCi 86 ch", "1-5-dci-86-ch"),
        ("  Cœur — ÇA  ", "coeur-ca"),
        ("Ø 280 mm", "280-mm"),
        ("日本", "x"),
        ("", "x"),
    ],
)
def test_it_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_never_empty_and_needs_no_escaping(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert slugify(slug) == slug
