"""Orders in the hands of staff: found, read, moved on, each change written down."""

import pytest

from domain.orders import Actor
from models.database import session
from models.orders import Order
from models.outbox import OutboxEvent
from models.staff import AuditEntry
from services.invoices import issue_invoice, store_document
from services.orders import get_order, start_processing
from tests.factories import make_address, make_customer, make_order, make_product, pay
from tests.factories.keeping import keep
from tests.factories.selling import NOW

pytestmark = pytest.mark.usefixtures("bank")


def _order(status: str = "paid", **values) -> Order:
    order = make_order(**values)
    if status != "pending":
        pay(order)
    if status == "processing":
        start_processing(get_order(order.id), by=Actor.staff(1, 7), at=NOW)
    keep()
    return order


def _now(order: Order) -> Order:
    session.expire_all()
    return get_order(order.id)


def _version(order: Order) -> int:
    version = _now(order).version
    session.rollback()
    return version


class TestList:
    def test_it_shows_what_staff_need(self, staff):
        order = _order(email="nour@example.org", shipping=make_address(first_name="Nour", last_name="Benali"))
        answer = staff.get("/backoffice/orders")
        assert answer.status_code == 200
        for text in (order.number, "Nour Benali", "nour@example.org", "Payée", "54,90"):
            assert text in answer.text

    @pytest.mark.parametrize("search", ["number", "tail", "NOUR@example.org", "benali", "REF 777", "8R123456"])
    def test_it_finds(self, staff, search):
        product = make_product(reference="REF 777")
        order = make_order((product, 1), email="nour@example.org", shipping=make_address(last_name="Benali"), at=NOW)
        get_order(order.id).tracking_number = "8R123456"
        other = make_order()
        keep()
        text = {"number": order.number, "tail": order.number[-6:].lstrip("0")}.get(search, search)
        answer = staff.get("/backoffice/orders", query_string={"q": text})
        assert order.number in answer.text
        assert other.number not in answer.text

    def test_it_narrows_by_state_day_and_review(self, staff):
        paid, pending = _order("paid"), _order("pending")
        get_order(pending.id).needs_review = "montant notifié 1"
        keep()

        def shown(**query: str) -> set[str]:
            text = staff.get("/backoffice/orders", query_string=query).text
            return {order.number for order in (paid, pending) if order.number in text}

        assert shown(status="paid") == {paid.number}
        assert shown(review="on") == {pending.number}
        assert shown(placed_from="2026-03-10", placed_to="2026-03-10") == {paid.number, pending.number}
        assert shown(placed_from="2026-03-11") == set()
        assert shown(placed_to="2026-03-09", status="", q="") == set()

    @pytest.mark.parametrize("query", ["placed_from=hier", "placed_to=9999-12-31", "status=perdue", "before=-1"])
    def test_a_wrong_filter_is_said_and_keeps_what_was_typed(self, staff, query):
        order = _order()
        answer = staff.get(f"/backoffice/orders?{query}&q=garnier")
        assert answer.status_code == 422
        assert 'value="garnier"' in answer.text
        assert order.number not in answer.text

    def test_it_pages_by_key_there_and_back(self, staff, monkeypatch):
        monkeypatch.setattr("backoffice.orders.PAGE_SIZE", 2)
        numbers = [make_order().number for _order in range(5)]
        ids = {order.number: order.id for order in session.query(Order)}
        keep()

        def shown(query: str) -> list[str]:
            text = staff.get(f"/backoffice/orders?{query}").text
            return [number for number in reversed(numbers) if number in text]

        assert shown("") == [numbers[4], numbers[3]]
        assert shown(f"before={ids[numbers[3]]}") == [numbers[2], numbers[1]]
        assert shown(f"before={ids[numbers[1]]}") == [numbers[0]]
        assert shown(f"after={ids[numbers[2]]}") == [numbers[4], numbers[3]]
        last = staff.get(f"/backoffice/orders?before={ids[numbers[1]]}").text
        assert f"after={ids[numbers[0]]}" in last
        assert f"before={ids[numbers[0]]}" not in last

    def test_its_queries_do_not_grow_with_it(self, staff):
        for _number in range(4):
            make_order(customer_id=make_customer().id)
        keep()
        answer = staff.get("/backoffice/orders")
        count = int(answer.headers["Server-Timing"].split('desc="')[1].split()[0])
        assert count <= 6

    def test_htmx_gets_the_list_alone(self, staff):
        answer = staff.get("/backoffice/orders", headers={"HX-Request": "true"})
        assert 'id="orders_list"' in answer.text
        assert "<html" not in answer.text


class TestFile:
    def test_it_shows_payments_notifications_and_history(self, staff):
        order = _order("paid")
        text = staff.get(f"/backoffice/orders/{order.id}").text
        for expected in (f"{order.number}-1", "Encaissé", "Accepté", "commande payée", "Lyon", "la boutique"):
            assert expected in text

    def test_a_missing_one_is_not_found(self, staff):
        assert staff.get("/backoffice/orders/999999").status_code == 404

    def test_its_invoice_is_a_pdf(self, staff):
        order = _order("paid")
        store_document(issue_invoice(order.id, at=NOW).id, b"%PDF-1.7")
        keep()
        answer = staff.get(f"/backoffice/orders/{order.id}/invoice")
        assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF-1.7")


class TestMoves:
    def test_from_paid_to_delivered(self, staff):
        order = _order("paid")
        path = f"/backoffice/orders/{order.id}"
        answer = staff.post(f"{path}/processing", data={"version": _version(order)})
        assert (answer.status_code, answer.location) == (303, path)
        assert "Préparation commencée." in staff.get(path).text
        shipment = {"version": _version(order), "carrier": "Colissimo", "tracking_number": "8R123456789"}
        assert staff.post(f"{path}/shipment", data=shipment).status_code == 303
        assert staff.post(f"{path}/delivery", data={"version": _version(order)}).status_code == 303

        moved = _now(order)
        assert (moved.status, moved.carrier, moved.tracking_number) == ("delivered", "Colissimo", "8R123456789")
        assert [change.to_status for change in moved.history][2:] == ["processing", "shipped", "delivered"]
        events = {event.name for event in session.query(OutboxEvent)}
        assert {"OrderShipped", "OrderDelivered"} <= events
        entries = session.query(AuditEntry).order_by(AuditEntry.id).all()
        assert [entry.action for entry in entries] == ["order.prepare", "order.ship", "order.deliver"]
        assert entries[1].before == {"status": "processing", "carrier": "", "tracking_number": ""}
        assert entries[1].after["tracking_number"] == "8R123456789"
        assert all(entry.by.startswith("staff:") for entry in entries)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"carrier": "", "tracking_number": "8R123456789"}, "carrier"),
            ({"carrier": "Colissimo", "tracking_number": ""}, "tracking_number"),
            ({"carrier": "Colissimo", "tracking_number": "8R 12"}, "tracking_number"),
        ],
    )
    def test_a_parcel_needs_carrier_and_number(self, staff, values, field):
        order = _order("processing")
        form = {"version": _version(order), **values}
        answer = staff.post(f"/backoffice/orders/{order.id}/shipment", data=form)
        assert answer.status_code == 422
        assert f'id="f-{field}-error"' in answer.text
        if values["tracking_number"]:
            assert f'value="{values["tracking_number"]}"' in answer.text
        assert _now(order).status == "processing"
        assert _now(order).carrier == ""
        assert session.query(AuditEntry).count() == 0

    def test_every_mistake_is_said_at_once(self, staff):
        order = _order("processing")
        answer = staff.post(f"/backoffice/orders/{order.id}/shipment", data={"version": _version(order)})
        assert 'id="f-carrier-error"' in answer.text
        assert 'id="f-tracking_number-error"' in answer.text

    def test_a_corrected_form_goes_through(self, staff):
        order = _order("processing")
        path = f"/backoffice/orders/{order.id}/shipment"
        refused = staff.post(path, data={"version": _version(order), "carrier": "", "tracking_number": "8R123456789"})
        version = refused.text.split('name="version" value="')[1].split('"')[0]
        form = {"version": version, "carrier": "UPS", "tracking_number": "8R123456789"}
        assert staff.post(path, data=form).status_code == 303

    def test_cancelling_says_why(self, staff):
        order = _order("paid")
        path = f"/backoffice/orders/{order.id}/cancellation"
        refused = staff.post(path, data={"version": _version(order), "reason": "trop"})
        assert refused.status_code == 422
        assert "10 à 500 caractères" in refused.text
        assert ">trop</textarea>" in refused.text
        assert _now(order).status == "paid"
        session.rollback()
        reason = "Article abîmé à la préparation"
        assert staff.post(path, data={"version": _version(order), "reason": reason}).status_code == 303
        assert (_now(order).status, _now(order).cancel_reason) == ("cancelled", reason)

    def test_what_changed_meanwhile_is_not_overwritten(self, staff):
        order = _order("processing")
        stale = _version(order)
        staff.post(f"/backoffice/orders/{order.id}/note", data={"version": stale, "note": "Rappeler lundi"})
        form = {"version": stale, "carrier": "Colissimo", "tracking_number": "8R123456789"}
        answer = staff.post(f"/backoffice/orders/{order.id}/shipment", data=form)
        assert answer.status_code == 409
        assert "a changé depuis" in answer.text
        assert 'value="8R123456789"' in answer.text
        assert "Rappeler lundi" in answer.text
        assert _now(order).status == "processing"

    def test_a_move_the_table_has_not_is_refused(self, staff):
        order = _order("pending")
        answer = staff.post(f"/backoffice/orders/{order.id}/delivery", data={"version": _version(order)})
        assert answer.status_code == 409
        assert _now(order).status == "pending"

    def test_cancelling_in_preparation_takes_level_nine(self, browser_of):
        order = _order("processing")
        form = {"version": _version(order), "reason": "Rupture chez le fournisseur"}
        path = f"/backoffice/orders/{order.id}/cancellation"
        seven = browser_of(7)
        assert "demande le niveau 9" in seven.get(f"/backoffice/orders/{order.id}").text
        assert seven.post(path, data=form).status_code == 403
        assert _now(order).status == "processing"
        session.rollback()
        assert browser_of(9).post(path, data=form).status_code == 303
        assert _now(order).status == "cancelled"

    @pytest.mark.parametrize("version", ["", "x", "-1"])
    def test_a_form_without_version_changes_nothing(self, staff, version):
        order = _order("paid")
        answer = staff.post(f"/backoffice/orders/{order.id}/processing", data={"version": version})
        assert answer.status_code == 422
        assert _now(order).status == "paid"

    def test_a_review_is_settled(self, staff):
        order = _order("paid")
        get_order(order.id).needs_review = "deuxième transaction 7001"
        keep()
        assert "deuxième transaction 7001" in staff.get(f"/backoffice/orders/{order.id}").text
        staff.post(f"/backoffice/orders/{order.id}/review", data={"version": _version(order)})
        assert _now(order).needs_review == ""

    @pytest.mark.parametrize("move", ["processing", "shipment", "delivery", "cancellation", "note", "review"])
    def test_a_form_without_its_token_is_refused(self, app, staff, move):
        order = _order("paid")
        app.config["WTF_CSRF_ENABLED"] = True
        try:
            answer = staff.post(f"/backoffice/orders/{order.id}/{move}", data={"version": _version(order)})
        finally:
            app.config["WTF_CSRF_ENABLED"] = False
        assert answer.status_code == 403
        assert _now(order).status == "paid"
