"""What every answer of this door has in common."""

import pytest

from config import settings


@pytest.fixture
def front_end(monkeypatch):
    """A front end on another origin that the settings allow."""
    allowed = settings().model_copy(update={"api_allowed_origins": ["https://boutique.example"]})
    monkeypatch.setattr("api.settings", lambda: allowed)
    return "https://boutique.example"


def test_an_unknown_address_answers_with_the_envelope(client):
    answer = client.get("/api/nothing", headers={"X-Request-ID": "abcdef123456"})
    assert answer.status_code == 404
    assert answer.json["success"] is False
    assert answer.json["error"]["code"] == "NOT_FOUND"
    assert answer.json["meta"]["requestId"] == answer.headers["X-Request-ID"] == "abcdef123456"


def test_a_wrong_method_too(client):
    assert client.delete("/api/products").json["error"]["code"] == "METHOD_NOT_ALLOWED"


def test_addresses_outside_api_answer_json_as_well(client):
    answer = client.get("/profile")
    assert (answer.status_code, answer.mimetype) == (401, "application/json")


def test_an_allowed_front_end_may_read_with_its_visitors_cookie(client, front_end):
    answer = client.get("/api/cart", headers={"Origin": front_end})
    assert answer.headers["Access-Control-Allow-Origin"] == front_end
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "Origin" in answer.headers["Vary"]


def test_its_browser_is_told_what_it_may_send(client, front_end):
    answer = client.options("/api/cart/items", headers={"Origin": front_end, "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_it_may_write(client, front_end):
    answer = client.post("/api/cart/items", json={"product_id": 1}, headers={"Origin": front_end})
    assert answer.status_code == 404


@pytest.mark.parametrize("origin", ["https://evil.example", "https://boutique.example.evil.example", "null"])
def test_others_may_not(client, front_end, origin):
    answer = client.get("/api/cart", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert client.post("/api/cart/items", json={"product_id": 1}, headers={"Origin": origin}).status_code == 403


def test_a_token_needs_no_origin(app, client, customer):
    from tests.api.conftest import sign_in

    headers = {"Authorization": f"Bearer {sign_in(client, customer.email)}", "Origin": "https://app.example"}
    assert app.test_client().post("/api/cart/items", json={"product_id": 1}, headers=headers).status_code == 404
