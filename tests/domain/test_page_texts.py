"""The text engine: every rule of the switches, and nothing unresolved whatever the template says."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.page_heads import cut, fit_description, fit_title
from domain.page_subjects import (
    CHEAP_PHRASES,
    OFFER_PHRASES,
    GammeWords,
    Offered,
    Subject,
    Switch,
    Switches,
    SwitchKind,
    Template,
    VehicleWords,
)
from domain.page_texts import MARKER_NAMES, clean_html, named_gammes, plain_text, unknown_markers, write_page

GAMME = GammeWords(82, "disque-de-frein", "Disque de frein", "Disques de frein", family_id=2, family_name="Freinage")
CLIO = VehicleWords(
    9045, "Renault", "Clio III", "1.5 dCi", "2005–2012", 86, "3/5 portes", "Diesel", ("K9K 764", "K9K 766")
)
SUBJECT = Subject(GAMME, CLIO, Offered(12, "38,90 €"))


def gamme_switch(gamme_id: int, slot: int, *contents: str) -> list[Switch]:
    return [Switch(SwitchKind.GAMME, slot, content, gamme_id=gamme_id) for content in contents]


def generic(*contents: str) -> list[Switch]:
    return [Switch(SwitchKind.ITEM, 3, content) for content in contents]


def family_switch(slot: int, *contents: str, gamme_id: int | None = None) -> list[Switch]:
    return [Switch(SwitchKind.FAMILY, slot, content, gamme_id=gamme_id, family_id=2) for content in contents]


def body(content: str, *switches: Switch, subject: Subject = SUBJECT) -> str:
    return write_page(Template(content=content), replace(subject, switches=Switches(switches))).content


def description(text: str, subject: Subject = SUBJECT) -> str:
    return write_page(Template(description=text), subject).description


class TestVariables:
    def test_a_body_shows_them_in_bold(self) -> None:
        shown = body("#Gamme# #VMarque# #VModele# #VType# #VAnnee# #VNbCh# #VCarosserie# #VMotorisation# #VCodeMoteur#")
        assert shown == (
            "<b>Disque de frein</b> <b>Renault</b> <b>Clio III</b> <b>1.5 dCi</b> <b>2005–2012</b> <b>86 ch</b> "
            "<b>3/5 portes</b> <b>Diesel</b> <b>K9K 764, K9K 766</b>"
        )

    def test_a_head_shows_them_plain(self) -> None:
        texts = write_page(Template(title="#Gamme# #VMarque# #VModele# #VNbCh# ch", h1="#Gammes# #VNbCh#"), SUBJECT)
        assert texts.title == "Disque de frein Renault Clio III 86 ch"
        assert texts.h1 == "Disques de frein 86 ch"

    def test_what_a_value_holds_is_escaped(self) -> None:
        odd = replace(SUBJECT, gamme=replace(GAMME, name="<script>Disque & Cie"))
        assert body("#Gamme#", subject=odd) == "<b>&lt;script&gt;Disque &amp; Cie</b>"

    def test_prices_are_said_as_their_place_wants(self) -> None:
        texts = write_page(
            Template(title="Disque #MinPrice#", description="x #MinPrice#", content="#MinPriceFormatted#"), SUBJECT
        )
        assert texts.title == "Disque dès 38,90 €"
        assert texts.description.startswith("x à partir de 38,90 €")
        assert texts.content == "38,90 €"

    def test_an_unknown_price_leaves_no_trace(self) -> None:
        unpriced = replace(SUBJECT, offered=Offered(0))
        assert body("Disques #MinPrice#, #ArticlesCountFormatted# en stock.", subject=unpriced) == "Disques, en stock."

    @pytest.mark.parametrize(
        ("count", "words"), [(0, ""), (1, "1 référence"), (9, "9 références"), (10, "plus de 9 références")]
    )
    def test_counted_in_words(self, count: int, words: str) -> None:
        assert body("#ArticlesCountFormatted#", subject=replace(SUBJECT, offered=Offered(count))) == words

    def test_the_vehicle_in_one_go(self) -> None:
        assert body("#LinkCar# / #LinkCarAll#") == (
            "Renault Clio III 1.5 dCi Diesel 86 ch / Renault Clio III 1.5 dCi Diesel 3/5 portes 86 ch"
        )

    def test_phrases_turn_by_their_own_counts(self) -> None:
        texts = write_page(
            Template(title="x #PrixPasCher#", description="#PrixPasCher#", content="#PrixPasCher#"), SUBJECT
        )
        assert texts.title == f"x {CHEAP_PHRASES[(82 + 1 + 9045) % 16]}"
        assert texts.description.startswith(CHEAP_PHRASES[(82 + 9045) % 16])
        assert texts.content == CHEAP_PHRASES[9045 % 16]
        assert body("#VousPropose#") == OFFER_PHRASES[9045 % 12]


class TestSwitches:
    def test_the_generic_one_turns_by_type_and_gamme(self) -> None:
        assert body("#CompSwitch#", *generic("a", "b", "c")) == "abc"[(9045 + 82) % 3]

    def test_a_slot_of_the_gamme_turns_by_type_and_slot(self) -> None:
        assert body("#CompSwitch_2#", *gamme_switch(82, 2, "a", "b", "c")) == "abc"[(9045 + 2) % 3]

    def test_a_slot_named_as_the_gamme_itself_falls_back_to_the_generic_ones(self) -> None:
        assert body("#CompSwitch_82#", *generic("a", "b", "c")) == "abc"[(9045 + 82) % 3]
        assert body("#CompSwitch_2#", *generic("a", "b", "c")) == ""

    def test_the_number_of_another_gamme_draws_from_all_its_texts(self) -> None:
        switches = [*gamme_switch(402, 1, "a", "b"), *gamme_switch(402, 2, "c")]
        assert body("#CompSwitch_402#", *switches) == "abc"[(9045 + 402) % 3]

    def test_another_gammes_slot_turns_by_all_three(self) -> None:
        assert body("#CompSwitch_1_402#", *gamme_switch(402, 1, "a", "b", "c")) == "abc"[(9045 + 402 + 1) % 3]

    def test_only_slot_three_of_another_gamme_falls_back(self) -> None:
        switches = generic("a", "b", "c")
        assert body("#CompSwitch_3_402#", *switches) == "abc"[(9045 + 402 + 3) % 3]
        assert body("#CompSwitch_2_402#", *switches) == ""

    def test_slots_eleven_to_sixteen_are_the_familys(self) -> None:
        switches = [*family_switch(12, "a", "b"), *family_switch(12, "c", gamme_id=402), *gamme_switch(402, 12, "x")]
        assert body("#CompSwitch_12_402#", *switches) == "abc"[(9045 + 402 + 12) % 3]

    def test_a_link_to_another_gamme(self) -> None:
        subject = replace(
            SUBJECT,
            other_gammes={402: "Plaquettes de frein"},
            switches=Switches([*gamme_switch(402, 1, "changer", "poser"), *gamme_switch(402, 2, "roder", "contrôler")]),
        )
        first, second = ("changer", "poser")[(9045 + 402 + 2) % 2], ("roder", "contrôler")[(9045 + 402 + 3) % 2]
        assert write_page(Template(content="#LinkGammeCar_402#"), subject).content == (
            f"{first} les plaquettes de frein Renault Clio III 1.5 dCi 86 ch et {second}"
        )
        assert write_page(Template(content="x #LinkGammeCar_7#."), subject).content == "x."

    def test_a_chosen_text_may_hold_variables_but_no_more_switches(self) -> None:
        switches = [*gamme_switch(82, 1, "pour #VModele# #MinPrice# #CompSwitch_2#"), *gamme_switch(82, 2, "x")]
        assert body("#CompSwitch_1#.", *switches) == "pour <b>Clio III</b> à partir de 38,90 €."

    def test_the_same_page_always_reads_the_same(self) -> None:
        switches = gamme_switch(82, 1, *"abcdefg")
        assert {body("#CompSwitch_1#", *switches) for _again in range(20)} == {"abcdefg"[(9045 + 1) % 7]}


class TestWithoutTemplate:
    def test_what_is_known_is_said(self) -> None:
        texts = write_page(Template(), SUBJECT)
        assert texts.title == "Disques de frein Renault Clio III 1.5 dCi 86 ch"
        assert texts.h1 == "Disques de frein pour Renault Clio III 1.5 dCi 86 ch"
        assert "12 références dès 38,90 €" in texts.description
        assert (texts.preview, texts.content) == ("", "")

    def test_a_template_that_says_nothing_in_the_end_is_none(self) -> None:
        texts = write_page(Template("#Rien#", "#Rien#", "<b>#Rien#</b>", "<p> </p>", "#X#"), SUBJECT)
        assert texts == write_page(Template(), SUBJECT)


class TestLengths:
    def test_a_long_title_ends_at_a_word(self) -> None:
        title = fit_title("Disques de frein ventilés pour Renault Grand Scénic III 1.5 dCi 110 ch")
        assert title == "Disques de frein ventilés pour Renault Grand Scénic III..."

    def test_a_title_without_spaces_is_cut_anyway(self) -> None:
        assert fit_title("x" * 80) == "x" * 57 + "..."

    def test_the_first_title_that_fits(self) -> None:
        assert fit_title("x" * 61, "court", "plus court") == "court"

    def test_sentences_until_enough_is_said(self) -> None:
        assert fit_description("a" * 60, "b" * 60, "c" * 10) == "a" * 60 + " " + "b" * 60
        assert fit_description("a" * 60, "b" * 120, "c" * 60) == "a" * 60 + " " + "c" * 60
        assert fit_description("a b " * 100).endswith("...")

    def test_what_is_short_is_left_alone(self) -> None:
        assert cut("court", 60) == "court"


class TestMarkers:
    def test_unknown_ones_are_named_once(self) -> None:
        assert unknown_markers("#Gamme# #Gamm# #CompSwitch_1_402# #LinkGammeCar_7# #Gamm# #LinkGammeCar_x#") == [
            "#Gamm#",
            "#LinkGammeCar_x#",
        ]

    def test_the_gammes_that_are_named(self) -> None:
        assert named_gammes("#CompSwitch# #CompSwitch_3_402#", "#LinkGammeCar_7#") == {402, 7}


class _Balance(HTMLParser):
    """Fails on a tag that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert all(name == "href" for name, _value in attrs)
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PIECES = st.sampled_from(
    [
        *(f"#{name}#" for name in MARKER_NAMES),
        *(
            "#CompSwitch#",
            "#CompSwitch_1#",
            "#CompSwitch_82#",
            "#CompSwitch_11_402#",
            "#LinkGammeCar_402#",
            "#Inconnu#",
        ),
        *(
            "#",
            "##",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<script>",
            "</p>",
            "<a href='#x#'>",
            "</a>",
            "<b></b>",
            "<!--",
            "-->",
        ),
        *("&lt;", "&#35;", "&amp;", " .", " ,", "  ", "\n", "\xa0", "a", "Nom_2", "é", ".", "-", "<", ">", '"', "'"),
    ]
)
WILD = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@given(WILD, WILD, st.lists(WILD, max_size=3))
def test_nothing_unresolved_ever_leaves(text: str, other: str, switched: list[str]) -> None:
    switches = Switches(
        [
            *gamme_switch(82, 1, *switched),
            *gamme_switch(402, 1, *switched),
            *generic(*switched),
            *family_switch(11, *switched),
        ]
    )
    subject = replace(SUBJECT, switches=switches, other_gammes={402: "Plaquettes"})
    texts = write_page(Template(text, other, text, other, text), subject)
    for words in (texts.title, texts.description, texts.h1, plain_text(texts.preview), plain_text(texts.content)):
        assert not re.search(r"#[\w.-]+#", words)
        assert "  " not in words
    assert 0 < len(texts.title) <= 60
    assert len(texts.description) <= 170
    for html in (texts.preview, texts.content):
        balance = _Balance()
        balance.feed(html)
        balance.close()
        assert balance.open == []
        assert balance.seen <= {"a", "b", "i", "p"}
        assert clean_html(html) == html
