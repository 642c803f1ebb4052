"""The command palette leads somewhere."""

import pytest

from tests.factories import make_order, make_product
from tests.factories.keeping import keep

pytestmark = pytest.mark.usefixtures("bank")


def test_it_leads_to_orders_and_parts(staff):
    order = make_order(email="nour@example.org")
    product = make_product(reference="0 986 494 777")
    keep()
    by_mail = staff.get("/backoffice/search?q=nour@example.org", headers={"HX-Request": "true"})
    by_reference = staff.get("/backoffice/search?q=0986494777", headers={"HX-Request": "true"})
    assert f"/backoffice/orders/{order.id}" in by_mail.text
    assert f"-{product.id}" in by_reference.text
    assert "<html" not in by_mail.text


def test_it_waits_for_three_characters(staff):
    make_order(email="nour@example.org")
    keep()
    assert "palette-option" not in staff.get("/backoffice/search?q=no", headers={"HX-Request": "true"}).text


def test_it_says_when_there_is_nothing(staff):
    assert "Rien sous ce numéro" in staff.get("/backoffice/search?q=zzzzzz").text
