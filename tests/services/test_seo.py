"""Texts of pages: what they draw from is read in one query, and what is not written is made from what is known."""

from collections.abc import Callable

import pytest

from domain.errors import NotFound
from domain.page_subjects import Offered, Template
from models.catalog import Gamme
from models.database import session
from models.settings import ShopSetting
from models.vehicles import EngineCode, VehicleType
from services.catalog import get_gamme
from services.seo import get_gamme_page, get_vehicle_page, list_engine_cards, preview_vehicle_page
from services.seo.phrases import PHRASES_KEY
from services.vehicles import get_vehicle_type
from tests.factories import (
    make_brand,
    make_family,
    make_gamme,
    make_make,
    make_model,
    make_vehicle_type,
)
from tests.factories.texts import (
    give_advice,
    give_information,
    make_switch,
    offer_for,
    write_brand_text,
    write_gamme_text,
    write_template,
)
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")
OFFERED = Offered(3, "19,90 €")


@pytest.fixture
def gamme(db: None) -> Gamme:
    family = make_family(name="Freinage")
    return make_gamme(name="Disque de frein", plural_name="Disques de frein", family_id=family.id)


@pytest.fixture
def clio(db: None) -> VehicleType:
    model = make_model(make_id=make_make(name="Renault").id, name="Clio III (BR0/1)")
    return get_vehicle_type(make_vehicle_type(model_id=model.id, name="1.5 dCi").id)


class TestForAVehicle:
    def test_without_template_it_says_what_is_known(self, gamme: Gamme, clio: VehicleType) -> None:
        texts = get_vehicle_page(gamme.id, clio.id).write(clio, OFFERED)
        assert texts.h1 == "Disques de frein pour Renault Clio III 1.5 dCi 86 ch"
        assert "3 références dès 19,90 €" in texts.description

    def test_the_template_draws_from_all_it_names_in_one_query(self, gamme: Gamme, clio: VehicleType) -> None:
        pads = make_gamme(plural_name="Plaquettes de frein")
        session.add(EngineCode(type_id=clio.id, code="K9K 766"))
        session.add(ShopSetting(key=PHRASES_KEY, value={"offers": ["tient pour vous"]}))
        make_switch("par paire", gamme_id=gamme.id, slot=2)
        make_switch("changer", gamme_id=pads.id, slot=1)
        make_switch("roder", gamme_id=pads.id, slot=2)
        make_switch("générique", kind="item", slot=3)
        make_switch("de la famille", kind="family", family_id=gamme.family_id, slot=12)
        make_switch("d'une autre famille", kind="family", family_id=pads.family_id, slot=12)
        write_template(
            gamme,
            content="#VCodeMoteur#|#CompSwitch_2#|#CompSwitch#|"
            f"#LinkGammeCar_{pads.id}#|#CompSwitch_12_{gamme.id}#|#VousPropose#",
        )
        with count_queries() as queries:
            page = get_vehicle_page(gamme.id, clio.id)
        assert len(queries) == 1
        assert page.write(clio, OFFERED).content == (
            "<b>K9K 766</b>|par paire|générique|"
            "changer les plaquettes de frein Renault Clio III 1.5 dCi 86 ch et roder|de la famille|tient pour vous"
        )

    def test_switches_turn_in_the_order_of_their_ids(self, gamme: Gamme, clio: VehicleType) -> None:
        for content in "abc":
            make_switch(content, gamme_id=gamme.id)
        write_template(gamme, content="#CompSwitch_1#")
        assert get_vehicle_page(gamme.id, clio.id).write(clio, OFFERED).content == "abc"[(clio.id + 1) % 3]

    def test_a_preview_shows_a_template_that_is_not_kept(self, gamme: Gamme, clio: VehicleType) -> None:
        make_switch("par paire", gamme_id=gamme.id)
        write_template(gamme, h1="Gardé")
        texts = preview_vehicle_page(Template(h1="Essai #CompSwitch_1#"), get_gamme(gamme.id), clio, OFFERED)
        assert texts.h1 == "Essai par paire"
        assert get_vehicle_page(gamme.id, clio.id).write(clio, OFFERED).h1 == "Gardé"

    def test_a_hidden_gamme_is_not_found(self, clio: VehicleType) -> None:
        with pytest.raises(NotFound):
            get_vehicle_page(make_gamme(is_displayed=False).id, clio.id)


class TestOfAGamme:
    def test_siblings_are_the_other_gammes_of_the_family(self) -> None:
        gamme = make_gamme(level=2)
        sibling = make_gamme(family_id=gamme.family_id)
        make_gamme(family_id=gamme.family_id, is_displayed=False)
        make_gamme(family_id=gamme.family_id, level=2)
        make_gamme()
        page = get_gamme_page(gamme.id)
        assert (page.gamme, page.siblings) == (gamme, [sibling])
        for hidden in (make_gamme(is_displayed=False), make_gamme(family_id=make_family(is_displayed=False).id)):
            with pytest.raises(NotFound):
                get_gamme_page(hidden.id)

    def test_what_was_written_is_read_in_one_query(self, gamme: Gamme) -> None:
        make_gamme(family_id=gamme.family_id)
        write_gamme_text(gamme, title="Disques #Reste#", h1="Les disques", content="<p>Un <script>x</script>texte</p>")
        give_advice(gamme, "<p>Par deux</p>", title="Monter")
        give_information(gamme, "Sert pour freiner.")
        write_brand_text(gamme, make_brand(name="ATE"), "<p>Dit</p>")
        write_brand_text(gamme, make_brand(is_displayed=False), "<p>Caché</p>")
        with count_queries() as queries:
            texts = get_gamme_page(gamme.id).write()
        assert len(queries) == 1
        assert (texts.title, texts.h1, texts.content) == ("Disques", "Les disques", "<p>Un texte</p>")
        assert [(one.title, one.content) for one in texts.advice] == [("Monter", "<p>Par deux</p>")]
        assert texts.informations == ("Sert pour freiner.",)
        assert [one.name for one in texts.brands] == ["ATE"]

    def test_at_most_four_makers_are_spoken_of(self, gamme: Gamme) -> None:
        for _ in range(6):
            write_brand_text(gamme, make_brand(), "<p>Dit</p>")
        assert len(get_gamme_page(gamme.id).write().brands) == 4

    def test_what_was_not_written_is_made_from_what_is_offered(self, gamme: Gamme) -> None:
        texts = get_gamme_page(gamme.id).write("Disques de frein : 3 références dès 19,90 €.")
        assert texts.title == "Disques de frein : prix, stock et montage"
        assert texts.h1 == "Disques de frein"
        assert texts.description.startswith("Disques de frein : 3 références dès 19,90 €.")
        assert 100 <= len(texts.description) <= 170
        assert (texts.content, texts.advice, texts.informations, texts.brands) == ("", (), (), ())


class TestEngineCards:
    @pytest.fixture
    def vehicles(self) -> Callable[[int], list[VehicleType]]:
        def make(count: int) -> list[VehicleType]:
            model = make_model()
            return [make_vehicle_type(model_id=model.id) for _ in range(count)]

        return make

    def test_the_best_served_vehicle_of_each_model(
        self, gamme: Gamme, vehicles: Callable[[int], list[VehicleType]]
    ) -> None:
        (few, many), (other,) = vehicles(2), vehicles(1)
        for vehicle, products in ((few, 2), (many, 5), (other, 1)):
            offer_for(gamme, vehicle, products=products, from_cents=12_90)
        offer_for(make_gamme(), vehicles(1)[0], products=99)
        with count_queries() as queries:
            cards = list_engine_cards(gamme, get_gamme_page(gamme.id).write())
        assert len(queries) == 2
        assert [(card.vehicle.id, card.references, card.from_cents) for card in cards] == [
            (many.id, 5, 12_90),
            (other.id, 1, 12_90),
        ]

    def test_hidden_vehicles_are_left_out_and_there_are_twelve_at_most(self, gamme: Gamme) -> None:
        offer_for(gamme, make_vehicle_type(is_displayed=False))
        for _ in range(14):
            offer_for(gamme, make_vehicle_type())
        assert len(list_engine_cards(gamme, get_gamme_page(gamme.id).write())) == 12
