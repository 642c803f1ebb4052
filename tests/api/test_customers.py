"""Signing in, up and out by JSON and by form."""

from models.database import session
from models.staff import SignIn
from tests.api.conftest import sign_in
from tests.factories import make_customer, make_product, make_staff_member
from tests.factories.people import PASSWORD


def test_it_answers_with_the_person_and_a_token(client, customer):
    answer = client.post("/authenticate", json={"email": customer.email.upper(), "password": PASSWORD})

    assert answer.status_code == 200
    data = answer.json["data"]
    assert answer.json["success"] is True
    assert data["user"] == {
        "id": customer.id,
        "email": customer.email,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "level": 1,
        "isPro": False,
        "isActive": True,
        "isAdmin": False,
    }
    assert data["session"]["expires_in"] == 7 * 86400
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_token_opens_the_profile_without_a_cookie(app, client, customer):
    token = sign_in(client, customer.email)
    answer = app.test_client().get("/profile", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.json["data"]["email"] == customer.email


def test_signing_out_ends_the_token(app, client, customer):
    token = sign_in(client, customer.email)
    assert client.post("/logout").status_code == 204
    answer = app.test_client().get("/profile", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_signing_out_needs_somebody(client):
    assert client.post("/logout", headers={"Accept": "application/json"}).status_code == 401


def test_the_session_id_changes_at_sign_in(client, customer):
    product = make_product()
    client.post("/api/cart/items", json={"product_id": product.id})
    before = client.get_cookie("connect.sid").value
    sign_in(client, customer.email)
    assert client.get_cookie("connect.sid").value != before


def test_the_guest_cart_follows(client, customer):
    product = make_product()
    client.post("/api/cart/items", json={"product_id": product.id, "quantity": 3})
    sign_in(client, customer.email)
    cart = client.get("/api/cart").json
    assert [(item["productId"], item["quantity"]) for item in cart["items"]] == [(product.id, 3)]
    assert cart["user_id"] == customer.id


def test_a_wrong_password_says_no_more_than_an_unknown_address(client, customer):
    wrong = client.post("/authenticate", json={"email": customer.email, "password": "Motdepasse2"})
    unknown = client.post("/authenticate", json={"email": "personne@example.org", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json["error"] == unknown.json["error"]
    assert wrong.json["error"]["code"] == "AUTH_FAILED"
    assert wrong.json["error"]["details"]["type"] == "invalid_credentials"


def test_a_failed_attempt_stays_in_the_log(client, customer):
    client.post("/authenticate", json={"email": customer.email, "password": "faux"})
    (attempt,) = session.query(SignIn).filter_by(email=customer.email).all()
    assert not attempt.succeeded


def test_a_closed_account_is_told_so(client):
    customer = make_customer(is_active=False)
    answer = client.post("/authenticate", json={"email": customer.email, "password": PASSWORD})
    assert answer.status_code == 401
    assert answer.json["error"]["details"]["type"] == "account_disabled"


def test_the_sixth_guess_waits(client, customer):
    for _attempt in range(5):
        client.post("/authenticate", json={"email": customer.email, "password": "faux"})
    answer = client.post("/authenticate", json={"email": customer.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_missing_fields_are_named(client):
    answer = client.post("/authenticate", json={"email": "x@example.org"})
    assert answer.status_code == 400
    assert answer.json["error"]["details"]["fields"] == {"password": "Renseignez ce champ."}


def test_a_form_is_redirected(client, customer):
    answer = client.post("/authenticate", data={"email": customer.email, "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")


def test_a_form_goes_on_only_within_the_shop(app, client, customer):
    for target, expected in (("/panier", "/panier"), ("//evil.example", "/"), ("https://evil.example", "/")):
        form = {"email": customer.email, "password": PASSWORD, "redirectTo": target}
        assert app.test_client().post("/authenticate", data=form).location == expected


def test_staff_go_to_the_back_office(client):
    member = make_staff_member()
    answer = client.post("/authenticate", data={"email": member.email, "password": PASSWORD})
    assert answer.location.startswith("/backoffice")


def test_a_form_with_a_wrong_password_comes_back(client, customer):
    answer = client.post("/authenticate", data={"email": customer.email, "password": "faux"})
    assert answer.status_code == 302
    assert "error=invalid_credentials" in answer.location
    assert customer.email not in answer.location


def test_another_site_cannot_sign_anybody_in(client, customer):
    answer = client.post(
        "/authenticate",
        data={"email": customer.email, "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert client.get("/profile").status_code == 401


SIGN_UP = {
    "email": "nouvelle@example.org",
    "password": PASSWORD,
    "confirmPassword": PASSWORD,
    "firstName": "Nour",
    "lastName": "Velle",
    "acceptTerms": True,
}


def test_registering_signs_in(client):
    answer = client.post("/register-and-login", json=SIGN_UP)
    assert answer.status_code == 201, answer.text
    assert answer.json["data"]["user"]["email"] == "nouvelle@example.org"
    assert client.get("/profile").status_code == 200


def test_an_address_registers_once(client):
    client.post("/register-and-login", json=SIGN_UP)
    answer = client.post("/register-and-login", json={**SIGN_UP, "email": "NOUVELLE@example.org"})
    assert answer.status_code == 409


def test_the_terms_must_be_accepted(client):
    for terms in ({"acceptTerms": False}, {}):
        values = {key: value for key, value in SIGN_UP.items() if key != "acceptTerms"} | terms
        answer = client.post("/register-and-login", json=values)
        assert answer.status_code == 400
        assert client.get("/profile").status_code == 401
