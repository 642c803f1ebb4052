"""The stand-in bank: who is let in, what each story tells the shop, what can be given back."""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from devstack.http import listen
from devstack.paybox.forms import Contract, seal
from devstack.paybox.keys import public_key
from devstack.paybox.notifier import Notifier
from devstack.paybox.pages import create_bank
from tests.devstack.banking import (
    BILLING,
    CART,
    KEY,
    Heard,
    Shop,
    ask_server,
    is_signed,
    open_shop,
    payment_fields,
    post,
    sealed,
)

CONTRACT = Contract(site="1999888", rang="32", identifiant="107904482", hmac_key=KEY)
references = (f"CMD-2026-{number:06d}-1" for number in itertools.count(1))
questions = itertools.count(1)


@dataclass
class Bank:
    url: str
    public_pem: bytes

    def signed(self, raw: str) -> bool:
        return is_signed(raw, self.public_pem)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    directory: Path = tmp_path_factory.mktemp("bank")
    pem = public_key(directory).read_bytes()
    with listen(create_bank(directory, CONTRACT, notifier=Notifier(pauses=(0.05, 0.05))), 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield Bank(f"http://127.0.0.1:{server.server_port}", pem)
        server.shutdown()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as opened:
        yield opened


@pytest.fixture
def reference() -> str:
    return next(references)


def play(bank: Bank, shop: Shop, reference: str, outcome: str, **standin: str) -> tuple[str, str]:
    """Play a story; return the path and query the browser is sent back to."""
    answer = post(bank.url, sealed(payment_fields(shop, reference)), outcome=outcome, **standin)
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["Location"])
    return address.path, address.query


def paid(bank: Bank, shop: Shop, reference: str) -> dict[str, str]:
    """Pay 126,40 € and return what a server-to-server request names the payment by."""
    play(bank, shop, reference, "accept")
    values = shop.heard[-1].values
    return {"REFERENCE": reference, "NUMAPPEL": values["Appel"], "NUMTRANS": values["Trans"]}


def query_heard(query: str) -> dict[str, str]:
    return Heard("GET", "", query, b"").values


class TestEntrance:
    def test_the_published_test_vector_has_the_published_seal(self) -> None:
        retour = "Mt:M;Ref:R;Auto:A;Appel:T;Trans:S;Erreur:E;Sign:K"
        fields = [
            ("PBX_SITE", "1999888"),
            ("PBX_RANG", "32"),
            ("PBX_IDENTIFIANT", "107904482"),
            ("PBX_TOTAL", "1234"),
            ("PBX_DEVISE", "978"),
            ("PBX_CMD", "CMD-2026-000001-1"),
            ("PBX_PORTEUR", "test@example.com"),
            ("PBX_RETOUR", retour),
            ("PBX_HASH", "SHA512"),
            ("PBX_TIME", "2026-11-22T12:00:00+01:00"),
            ("PBX_SHOPPINGCART", CART),
            ("PBX_BILLING", BILLING),
        ]
        assert seal(fields, KEY) == (
            "B4B2CD9A2257CEBBECDC79C216C897BD719BB499B40B4AD4AA94BE5BC76652F2"
            "AF792159542A577D0B601509730B27CE656C0916850982B8C2EEBF721E939641"
        )

    def test_a_seal_made_with_another_key_is_refused(self, bank: Bank, shop: Shop, reference: str) -> None:
        answer = post(bank.url, sealed(payment_fields(shop, reference), key="00" * 64), outcome="accept")
        assert answer.status_code == 403
        assert "Accès refusé" in answer.text
        assert shop.heard == []

    def test_a_field_changed_after_sealing_is_refused(self, bank: Bank, shop: Shop, reference: str) -> None:
        fields = [(n, "100" if n == "PBX_TOTAL" else v) for n, v in sealed(payment_fields(shop, reference))]
        assert post(bank.url, fields).status_code == 403

    def test_fields_in_another_order_than_sealed_are_refused(self, bank: Bank, shop: Shop, reference: str) -> None:
        *fields, seal_field = sealed(payment_fields(shop, reference))
        assert post(bank.url, [*reversed(fields), seal_field]).status_code == 403

    def test_another_shops_contract_is_refused(self, bank: Bank, shop: Shop, reference: str) -> None:
        assert post(bank.url, sealed(payment_fields(shop, reference, PBX_SITE="7654321"))).status_code == 403

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("PBX_TOTAL", "12"),
            ("PBX_TOTAL", "126.40"),
            ("PBX_DEVISE", "EUR"),
            ("PBX_CMD", ""),
            ("PBX_PORTEUR", "nobody"),
            ("PBX_RETOUR", "Mt:M;Mt:R"),
            ("PBX_TIME", "22/11/2026"),
            ("PBX_SHOPPINGCART", CART.replace(">2<", ">100<")),
            ("PBX_SHOPPINGCART", None),
            ("PBX_BILLING", BILLING.replace("Jean", "Aimé")),
            ("PBX_BILLING", BILLING.replace("Jean", "J" * 23)),
            ("PBX_BILLING", BILLING.replace(">250<", ">FR<")),
            ("PBX_BILLING", "<Billing><Address>"),
            ("PBX_REPONDRE_A", "javascript:alert(1)"),
        ],
    )
    def test_a_wrong_field_is_named(
        self, bank: Bank, shop: Shop, reference: str, field: str, value: str | None
    ) -> None:
        answer = post(bank.url, sealed(payment_fields(shop, reference, **{field: value})))
        assert answer.status_code == 400
        assert f"{field} : " in answer.text

    def test_an_unknown_story_is_named(self, bank: Bank, shop: Shop, reference: str) -> None:
        answer = post(bank.url, sealed(payment_fields(shop, reference)), outcome="win")
        assert answer.status_code == 400
        assert "refuse-then-accept" in answer.text

    def test_what_is_no_form_is_refused(self, bank: Bank) -> None:
        answer = requests.post(f"{bank.url}/cgi/MYchoix_pagepaiement.cgi", data=b"\xff\xfe=1", timeout=10)
        assert answer.status_code == 400

    def test_its_probe_says_ok(self, bank: Bank) -> None:
        answer = requests.get(f"{bank.url}/load.html", timeout=10)
        assert '<div id="server_status" style="text-align:center;">OK</div>' in answer.text


class TestStories:
    def test_accept(self, bank: Bank, shop: Shop, reference: str) -> None:
        path, query = play(bank, shop, reference, "accept")
        (told,) = shop.heard
        assert (told.method, told.path, told.query) == ("POST", "/ipn", "")
        assert bank.signed(told.raw)
        values = told.values
        assert (values["Mt"], values["Ref"], values["Erreur"]) == ("12640", reference, "00000")
        assert values["Auto"] == "XXXXXX"
        assert len(values["Trans"]) == len(values["Appel"]) == 10
        assert list(values)[-1] == "Sign"
        assert path == "/done"
        assert bank.signed(query)
        assert query_heard(query)["Trans"] == values["Trans"]

    def test_the_signature_covers_the_bytes_as_sent(self, bank: Bank, shop: Shop, reference: str) -> None:
        play(bank, shop, reference, "accept")
        raw = shop.heard[0].raw
        assert "Heure=" in raw
        assert "%3A" in raw
        assert bank.signed(raw)
        assert not bank.signed(raw.replace("%3A", ":"))
        assert not bank.signed(raw.replace("Mt=12640", "Mt=1"))

    def test_a_notification_by_get_carries_the_same(self, bank: Bank, shop: Shop, reference: str) -> None:
        fields = payment_fields(shop, reference, PBX_RUF1=None)
        post(bank.url, sealed(fields), outcome="accept")
        (told,) = shop.heard
        assert (told.method, told.body) == ("GET", b"")
        assert bank.signed(told.query)

    def test_an_authorisation_of_digits_can_be_asked_for(self, bank: Bank, shop: Shop, reference: str) -> None:
        play(bank, shop, reference, "accept", authorisation="123456")
        assert shop.heard[0].values["Auto"] == "123456"

    def test_refuse(self, bank: Bank, shop: Shop, reference: str) -> None:
        path, query = play(bank, shop, reference, "refuse", code="00159")
        (told,) = shop.heard
        assert told.values["Erreur"] == "00159"
        assert "Auto" not in told.values
        assert bank.signed(told.raw)
        assert path == "/refused"
        assert bank.signed(query)

    def test_cancel_only_brings_the_browser_back(self, bank: Bank, shop: Shop, reference: str) -> None:
        path, query = play(bank, shop, reference, "cancel")
        assert path == "/cancelled"
        assert bank.signed(query)
        assert query_heard(query)["Erreur"] != "00000"
        assert shop.heard == []

    def test_refuse_then_accept(self, bank: Bank, shop: Shop, reference: str) -> None:
        path, _ = play(bank, shop, reference, "refuse-then-accept")
        refused, accepted = shop.heard
        assert (refused.values["Erreur"], accepted.values["Erreur"]) == ("00151", "00000")
        assert refused.values["Trans"] != accepted.values["Trans"]
        assert path == "/done"

    def test_late_brings_the_browser_back_first(self, bank: Bank, shop: Shop, reference: str) -> None:
        path, query = play(bank, shop, reference, "late", delay="0.3")
        assert path == "/done"
        assert bank.signed(query)
        assert shop.heard == []
        (told,) = shop.wait_for(1)
        assert told.values["Erreur"] == "00000"
        assert bank.signed(told.raw)

    def test_duplicate_says_the_same_bytes_twice(self, bank: Bank, shop: Shop, reference: str) -> None:
        play(bank, shop, reference, "duplicate")
        first, second = shop.heard
        assert first.body == second.body

    def test_forged_claims_a_payment_that_never_was(self, bank: Bank, shop: Shop, reference: str) -> None:
        shop.answers = [401]
        path, query = play(bank, shop, reference, "forged")
        assert shop.heard[0].values["Erreur"] == "00000"
        assert not bank.signed(shop.heard[0].raw)
        assert path == "/done"
        assert not bank.signed(query)
        answer = ask_server(bank.url, "00017", next(questions), REFERENCE=reference)
        assert answer["CODEREPONSE"] == "00018"

    def test_wrong_amount_is_well_signed(self, bank: Bank, shop: Shop, reference: str) -> None:
        play(bank, shop, reference, "wrong-amount")
        (told,) = shop.heard
        assert told.values["Erreur"] == "00000"
        assert told.values["Mt"] == "12540"
        assert bank.signed(told.raw)

    def test_a_reference_that_is_paid_answers_00015(self, bank: Bank, shop: Shop, reference: str) -> None:
        play(bank, shop, reference, "accept")
        path, query = play(bank, shop, reference, "accept")
        assert path == "/refused"
        assert query_heard(query)["Erreur"] == "00015"
        assert shop.heard[-1].values["Erreur"] == "00015"

    def test_a_return_address_with_a_query_is_signed_with_it(self, bank: Bank, shop: Shop, reference: str) -> None:
        fields = payment_fields(shop, reference, PBX_EFFECTUE=f"{shop.url}/done?lang=fr")
        query = urlsplit(post(bank.url, sealed(fields), outcome="accept").headers["Location"]).query
        assert query.startswith("lang=fr&Mt=")
        assert bank.signed(query)


class TestDelivery:
    @pytest.mark.parametrize("failure", [500, 302, 401])
    def test_a_notification_not_taken_is_tried_again(
        self, bank: Bank, shop: Shop, reference: str, failure: int
    ) -> None:
        shop.answers = [failure]
        play(bank, shop, reference, "accept")
        first, second = shop.wait_for(2)
        assert first.body == second.body
        assert {heard.path for heard in shop.heard} == {"/ipn"}

    def test_three_tries_and_no_more(self, bank: Bank, shop: Shop, reference: str) -> None:
        shop.answers = [500] * 10
        play(bank, shop, reference, "accept")
        assert len(shop.wait_for(4, seconds=0.6)) == 3


class TestPage:
    """What a shopper without JavaScript goes through."""

    CARD = {"number": "1111 2222 3333 4444", "expiry": "12/40", "cvv": "123", "STANDIN_OUTCOME": "accept"}

    def enter(self, bank: Bank, shop: Shop, reference: str) -> str:
        answer = post(bank.url, sealed(payment_fields(shop, reference)))
        assert answer.status_code == 303
        return f"{bank.url}{answer.headers['Location']}"

    def test_card_then_authentication_then_back(self, bank: Bank, shop: Shop, reference: str) -> None:
        page = self.enter(bank, shop, reference)
        form = requests.get(page, timeout=10).text
        assert "126,40\u00a0EUR" in form
        assert reference in form
        answer = requests.post(page, data=self.CARD, allow_redirects=False, timeout=10)
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith("/3ds")
        assert "Confirmer le paiement" in requests.get(f"{page}/3ds", timeout=10).text
        assert shop.heard == []
        back = requests.post(f"{page}/3ds", data={"result": "ok"}, allow_redirects=False, timeout=10)
        assert back.headers["Location"].startswith(f"{shop.url}/done?Mt=12640&")
        assert [told.values["Erreur"] for told in shop.heard] == ["00000"]

    def test_a_failed_authentication_is_refused(self, bank: Bank, shop: Shop, reference: str) -> None:
        page = self.enter(bank, shop, reference)
        requests.post(page, data=self.CARD, allow_redirects=False, timeout=10)
        requests.post(f"{page}/3ds", data={"result": "failed"}, allow_redirects=False, timeout=10)
        assert [told.values["Erreur"] for told in shop.heard] == ["00040"]

    def test_the_chosen_refusal_is_played(self, bank: Bank, shop: Shop, reference: str) -> None:
        page = self.enter(bank, shop, reference)
        choice = {**self.CARD, "STANDIN_OUTCOME": "refuse", "STANDIN_CODE": "00114"}
        requests.post(page, data=choice, allow_redirects=False, timeout=10)
        requests.post(f"{page}/3ds", data={"result": "ok"}, allow_redirects=False, timeout=10)
        assert [told.values["Erreur"] for told in shop.heard] == ["00114"]

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("number", "4970 1000 0000 0000", "1111 2222 3333 4444"),
            ("expiry", "13/30", "le mois et l&#39;année"),
            ("expiry", "01/20", "a expiré"),
            ("cvv", "12", "trois chiffres"),
        ],
    )
    def test_a_mistyped_card_is_said_beside_the_field_and_kept(
        self, bank: Bank, shop: Shop, reference: str, field: str, value: str, message: str
    ) -> None:
        page = self.enter(bank, shop, reference)
        answer = requests.post(page, data={**self.CARD, field: value}, allow_redirects=False, timeout=10)
        assert answer.status_code == 422
        assert message in answer.text
        assert f'value="{value}"' in answer.text
        assert shop.heard == []

    def test_a_second_click_pays_nothing_more(self, bank: Bank, shop: Shop, reference: str) -> None:
        page = self.enter(bank, shop, reference)
        requests.post(page, data=self.CARD, allow_redirects=False, timeout=10)
        requests.post(f"{page}/3ds", data={"result": "ok"}, allow_redirects=False, timeout=10)
        again = requests.post(f"{page}/3ds", data={"result": "ok"}, allow_redirects=False, timeout=10)
        assert again.status_code == 410
        assert len(shop.heard) == 1

    def test_giving_up_goes_back_to_the_shop(self, bank: Bank, shop: Shop, reference: str) -> None:
        page = self.enter(bank, shop, reference)
        answer = requests.post(f"{page}/abandon", allow_redirects=False, timeout=10)
        assert answer.headers["Location"].startswith(f"{shop.url}/cancelled?")

    def test_its_books_can_be_read(self, bank: Bank, shop: Shop, reference: str) -> None:
        paid(bank, shop, reference)
        assert reference in requests.get(bank.url, timeout=10).text

    def test_a_made_up_visit_is_404(self, bank: Bank) -> None:
        assert requests.get(f"{bank.url}/cgi/paiement/x", timeout=10).status_code == 404


class TestServerToServer:
    def test_refunds_never_exceed_what_was_paid(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = paid(bank, shop, reference)
        codes = [
            ask_server(bank.url, "00014", next(questions), MONTANT=f"{cents:010d}", **payment)["CODEREPONSE"]
            for cents in (10000, 2641, 2640, 1, 0)
        ]
        assert codes == ["00000", "00011", "00000", "00011", "00011"]

    def test_an_answer_echoes_the_question_and_names_the_refund(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = paid(bank, shop, reference)
        number = next(questions)
        answer = ask_server(bank.url, "00014", number, MONTANT="0000000100", **payment)
        assert (answer["SITE"], answer["RANG"], answer["NUMQUESTION"]) == ("1999888", "32", f"{number:010d}")
        assert answer["COMMENTAIRE"] == "Demande traitée avec succès"
        assert answer["NUMTRANS"] != payment["NUMTRANS"]

    def test_a_bad_seal_is_refused_and_changes_nothing(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = paid(bank, shop, reference)
        refused = ask_server(bank.url, "00014", next(questions), MONTANT="0000000100", KEY="00" * 64, **payment)
        assert refused["CODEREPONSE"] == "00006"
        asked = ask_server(bank.url, "00017", next(questions), REFERENCE=reference)
        assert asked["STATUS"] == "Capturé"

    def test_a_question_number_serves_once_a_day(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = paid(bank, shop, reference)
        number = next(questions)
        assert ask_server(bank.url, "00014", number, MONTANT="0000000100", **payment)["CODEREPONSE"] == "00000"
        assert ask_server(bank.url, "00014", number, MONTANT="0000000100", **payment)["CODEREPONSE"] == "00005"

    def test_a_transaction_that_is_not_this_payment_is_not_found(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = {**paid(bank, shop, reference), "NUMAPPEL": "0000000001"}
        answer = ask_server(bank.url, "00014", next(questions), MONTANT="0000000100", **payment)
        assert answer["CODEREPONSE"] == "00018"

    def test_a_cancelled_payment_cannot_be_refunded(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = paid(bank, shop, reference)
        assert ask_server(bank.url, "00005", next(questions), **payment)["CODEREPONSE"] == "00000"
        assert ask_server(bank.url, "00017", next(questions), REFERENCE=reference)["STATUS"] == "Annulé"
        answer = ask_server(bank.url, "00014", next(questions), MONTANT="0000000100", **payment)
        assert answer["CODEREPONSE"] == "00011"

    def test_a_refunded_payment_cannot_be_cancelled(self, bank: Bank, shop: Shop, reference: str) -> None:
        payment = paid(bank, shop, reference)
        ask_server(bank.url, "00014", next(questions), MONTANT="0000000100", **payment)
        assert ask_server(bank.url, "00005", next(questions), **payment)["CODEREPONSE"] == "00002"
        assert ask_server(bank.url, "00017", next(questions), REFERENCE=reference)["STATUS"] == "Remboursé"

    def test_an_inquiry_finds_the_success_among_the_attempts(self, bank: Bank, shop: Shop, reference: str) -> None:
        play(bank, shop, reference, "refuse")
        assert ask_server(bank.url, "00017", next(questions), REFERENCE=reference)["STATUS"] == "Refusé"
        payment = paid(bank, shop, reference)
        play(bank, shop, reference, "refuse")
        asked = ask_server(bank.url, "00017", next(questions), REFERENCE=reference)
        assert (asked["STATUS"], asked["NUMTRANS"]) == ("Capturé", payment["NUMTRANS"])

    def test_an_authorisation_alone_is_captured_later(self, bank: Bank, shop: Shop, reference: str) -> None:
        fields = payment_fields(shop, reference, PBX_AUTOSEULE="O")
        post(bank.url, sealed(fields), outcome="accept")
        values = shop.heard[0].values
        payment = {"REFERENCE": reference, "NUMAPPEL": values["Appel"], "NUMTRANS": values["Trans"]}
        early = ask_server(bank.url, "00014", next(questions), MONTANT="0000000100", **payment)
        captured = ask_server(bank.url, "00002", next(questions), MONTANT="0000012640", **payment)
        assert (early["CODEREPONSE"], captured["CODEREPONSE"]) == ("00011", "00000")

    def test_a_malformed_request_is_named(self, bank: Bank, reference: str) -> None:
        answer = ask_server(bank.url, "00014", next(questions), MONTANT="1.00", REFERENCE=reference)
        assert answer["CODEREPONSE"] == "00014"
        assert "MONTANT" in answer["COMMENTAIRE"]
