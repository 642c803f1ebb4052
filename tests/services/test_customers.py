"""Accounts, the addresses they keep, and orders that guests bring into them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from domain.errors import Conflict, NotFound
from models.customers import Customer, CustomerAddress
from models.database import session
from services import passwords
from services.addresses import (
    MAX_ADDRESSES,
    AddressInput,
    AddressNeeded,
    TooManyAddresses,
    add_address,
    choose_default_address,
    get_address,
    list_addresses,
    remove_address,
    update_address,
    values_of,
)
from services.customers import (
    EmailTaken,
    NotYours,
    Profile,
    SignUp,
    claim_order,
    find_active_customer,
    register_customer,
    update_profile,
)
from services.orders import hand_over_orders
from services.passwords import is_password
from tests.factories import make_address, make_customer, make_order, make_staff_member
from web.forms import sentences

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
FILLED = {
    "first_name": "Camille",
    "last_name": "Durand",
    "email": "Camille.Durand@Example.org",
    "phone": "06 12 34 56 78",
    "password": "Motdepasse1",
    "confirm_password": "Motdepasse1",
    "accept_terms": "on",
}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def errors_of(model: Any, **values: object) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(values)
    return sentences(caught.value)


def count_customers() -> int:
    return session.scalar(select(func.count()).select_from(Customer)) or 0


class TestSigningUp:
    def test_it_opens_an_account(self, db: None) -> None:
        customer = register_customer(SignUp.model_validate(FILLED), at=NOW)
        assert (customer.email, customer.phone, customer.level) == ("camille.durand@example.org", "+33612345678", 1)
        assert (customer.is_pro, customer.is_active, customer.accepted_terms_at) == (False, True, NOW)
        assert is_password(customer.password_hash, "Motdepasse1")
        assert find_active_customer(customer.id) is customer

    def test_the_remix_front_end_may_spell_it_its_way(self) -> None:
        spelled = {
            {"first_name": "firstName", "last_name": "lastName", "confirm_password": "confirmPassword"}.get(
                name, "acceptTerms" if name == "accept_terms" else name
            ): value
            for name, value in FILLED.items()
        }
        assert SignUp.model_validate(spelled) == SignUp.model_validate(FILLED)

    @pytest.mark.parametrize("taken", ["camille.durand@example.org", "CAMILLE.DURAND@example.org"])
    def test_an_address_opens_one_account(self, db: None, taken: str) -> None:
        make_customer(email=taken)
        with pytest.raises(EmailTaken) as caught:
            register_customer(SignUp.model_validate(FILLED), at=NOW)
        assert caught.value.field == "email"
        assert count_customers() == 1

    def test_nor_does_one_of_the_staff(self, db: None) -> None:
        make_staff_member(email="Camille.Durand@example.org")
        with pytest.raises(EmailTaken):
            register_customer(SignUp.model_validate(FILLED), at=NOW)
        assert count_customers() == 0

    def test_a_race_for_one_address_is_refused_by_the_database(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        make_customer(email="camille.durand@example.org")
        monkeypatch.setattr("services.customers._is_taken", lambda email: False)
        with pytest.raises(EmailTaken):
            register_customer(SignUp.model_validate(FILLED), at=NOW)
        assert count_customers() == 1

    @pytest.mark.parametrize(
        ("wrong", "field", "says"),
        [
            ({"first_name": ""}, "first_name", "Renseignez ce champ."),
            ({"last_name": "D"}, "last_name", "Saisissez au moins 2 caractères."),
            ({"email": "camille"}, "email", "Saisissez une adresse e-mail valide, par exemple nom@exemple.fr."),
            ({"phone": "12"}, "phone", "Saisissez un numéro de téléphone valide, par exemple 06 12 34 56 78."),
            ({"password": "court"}, "password", "Choisissez au moins 8 caractères, dont une minuscule"),
            ({"confirm_password": "Autre1234"}, "confirm_password", "Les deux mots de passe ne sont pas identiques."),
            ({"accept_terms": "off"}, "accept_terms", "Acceptez les conditions générales pour créer votre compte."),
        ],
    )
    def test_each_mistake_is_told_beside_its_field(self, wrong: dict[str, str], field: str, says: str) -> None:
        found = errors_of(SignUp, **(FILLED | wrong))
        assert list(found) == [field]
        assert found[field].startswith(says)

    def test_terms_that_were_not_ticked_are_not_accepted(self) -> None:
        assert "accept_terms" in errors_of(SignUp, **{k: v for k, v in FILLED.items() if k != "accept_terms"})


class TestProfile:
    def test_a_customer_changes_what_is_his(self, db: None) -> None:
        customer = make_customer()
        update_profile(
            customer,
            Profile(
                first_name="Dominique", last_name="Petit", phone="0611223344", company="Garage Petit",
                siret="732 829 320 00074", vat_number="fr 40 303265045",
            ),
        )  # fmt: skip
        session.refresh(customer)
        assert customer.full_name == "Dominique Petit"
        assert (customer.siret, customer.vat_number) == ("73282932000074", "FR40303265045")

    def test_level_and_pro_status_cannot_be_typed(self, db: None) -> None:
        customer = make_customer()
        profile = Profile.model_validate(
            {"first_name": "Do", "last_name": "Petit", "level": 6, "is_pro": "1", "email": "x@example.org"}
        )
        update_profile(customer, profile)
        assert (customer.level, customer.is_pro) == (1, False)
        assert customer.email != "x@example.org"

    @pytest.mark.parametrize("wrong", [{"siret": "12345678901234"}, {"vat_number": "FR00123456789"}])
    def test_a_number_that_cannot_be_is_refused(self, wrong: dict[str, str]) -> None:
        assert list(errors_of(Profile, first_name="Do", last_name="Petit", **wrong)) == list(wrong)


def keep(customer: Customer, **values: Any) -> CustomerAddress:
    return add_address(customer.id, AddressInput(**(make_address().model_dump() | values)))


class TestAddresses:
    def test_the_first_of_a_kind_is_the_default(self, db: None) -> None:
        customer = make_customer()
        first, second, billing = keep(customer), keep(customer), keep(customer, kind="billing")
        assert [address.is_default for address in (first, second, billing)] == [True, False, True]
        assert list(list_addresses(customer.id)) == [first, second, billing]
        assert values_of(first) == make_address().model_dump()

    def test_choosing_a_default_unsets_the_other_of_its_kind(self, db: None) -> None:
        customer = make_customer()
        first, billing = keep(customer), keep(customer, kind="billing")
        second = keep(customer, is_default=True)
        assert [first.is_default, second.is_default, billing.is_default] == [False, True, True]
        choose_default_address(first.id, customer.id)
        assert [first.is_default, second.is_default, billing.is_default] == [True, False, True]

    def test_ten_are_kept_at_most(self, db: None) -> None:
        customer = make_customer()
        for _n in range(MAX_ADDRESSES):
            keep(customer)
        with pytest.raises(TooManyAddresses):
            keep(customer, kind="billing")
        assert len(list_addresses(customer.id)) == MAX_ADDRESSES

    def test_changing_one_keeps_its_kind(self, db: None) -> None:
        customer = make_customer()
        address = keep(customer)
        changed = AddressInput(**(make_address(city="Villeurbanne").model_dump() | {"kind": "billing"}))
        update_address(address.id, customer.id, changed)
        assert (address.city, address.kind, address.is_default) == ("Villeurbanne", "shipping", True)

    def test_the_last_delivery_address_stays(self, db: None) -> None:
        customer = make_customer()
        address = keep(customer)
        with pytest.raises(AddressNeeded):
            remove_address(address.id, customer.id)
        assert list(list_addresses(customer.id)) == [address]

    def test_a_default_with_others_stays_until_another_is_chosen(self, db: None) -> None:
        customer = make_customer()
        first, second = keep(customer), keep(customer)
        with pytest.raises(AddressNeeded):
            remove_address(first.id, customer.id)
        remove_address(second.id, customer.id)
        assert list(list_addresses(customer.id)) == [first]

    def test_the_last_billing_address_may_go(self, db: None) -> None:
        customer = make_customer()
        remove_address(keep(customer, kind="billing").id, customer.id)
        assert not list_addresses(customer.id)

    def test_somebody_elses_is_not_found(self, db: None) -> None:
        owner, stranger = make_customer(), make_customer()
        address = keep(owner)
        keep(owner)
        other = AddressInput(**make_address(city="Ailleurs").model_dump())
        for attempt in (
            lambda: get_address(address.id, stranger.id),
            lambda: update_address(address.id, stranger.id, other),
            lambda: choose_default_address(address.id, stranger.id),
            lambda: remove_address(address.id, stranger.id),
        ):
            with pytest.raises(NotFound):
                attempt()
        session.refresh(address)
        assert (address.city, address.is_default) == ("Lyon", True)


class TestClaiming:
    def test_a_guests_order_comes_into_the_account_of_the_same_address(self, db: None) -> None:
        customer = make_customer(email="Acheteur@example.org")
        order = make_order(email="acheteur@example.org")
        assert claim_order(order.id, customer).customer_id == customer.id
        assert claim_order(order.id, customer).customer_id == customer.id

    def test_another_address_claims_nothing(self, db: None) -> None:
        order = make_order(email="acheteur@example.org")
        with pytest.raises(NotYours):
            claim_order(order.id, make_customer(email="autre@example.org"))
        assert order.customer_id is None

    def test_an_order_of_an_account_stays_there(self, db: None) -> None:
        owner = make_customer()
        order = make_order(customer_id=owner.id, email="acheteur@example.org")
        with pytest.raises(Conflict):
            claim_order(order.id, make_customer(email="acheteur@example.org"))
        assert order.customer_id == owner.id


def test_unpaid_orders_follow_the_cart_into_the_account(db: None) -> None:
    order = make_order()
    other = make_order()
    hand_over_orders(order.cart_owner, "user:7")
    session.refresh(order, ["cart_owner"])
    session.refresh(other, ["cart_owner"])
    assert order.cart_owner == "user:7"
    assert other.cart_owner != "user:7"
