"""Texts in the back office: tried before they are kept, refused in a sentence, and written down who changed them."""

import html
import re

import pytest
from sqlalchemy import select

from models.database import session
from models.seo import GammeText, TextSwitch, VehicleGammeTemplate
from models.staff import AuditEntry
from tests.factories import make_gamme, make_make, make_model, make_vehicle_type
from tests.factories.keeping import keep
from tests.factories.texts import make_switch, offer_for, write_template


@pytest.fixture
def editor(browser_of):
    return browser_of(8)


@pytest.fixture
def gamme(db):
    gamme = make_gamme(name="Disque de frein", plural_name="Disques de frein", alias="disque-de-frein")
    model = make_model(make_id=make_make(name="Renault").id, name="Clio III")
    offer_for(gamme, make_vehicle_type(model_id=model.id, name="1.5 dCi"), products=3, from_cents=38_90)
    keep()
    return gamme


def seen_on(answer):
    return html.unescape(re.search(r'name="seen" value="([^"]*)"', answer.text)[1])


def test_only_level_eight_writes(staff, gamme):
    for path in ("/backoffice/texts", f"/backoffice/texts/{gamme.id}"):
        assert staff.get(path).status_code == 403
    assert staff.post(f"/backoffice/texts/{gamme.id}", data={"template.h1": "x"}).status_code == 403
    assert session.get(VehicleGammeTemplate, gamme.id) is None


def test_gammes_are_found_by_their_name(editor, gamme):
    make_gamme(name="Alternateur", alias="alternateur")
    keep()
    assert "Alternateur" in editor.get("/backoffice/texts").text
    page = editor.get("/backoffice/texts?q=disque").text
    assert "Disque de frein" in page
    assert "Alternateur" not in page


def test_what_is_written_is_kept_clean_and_noted(editor, gamme):
    path = f"/backoffice/texts/{gamme.id}"
    make_switch("ancien", gamme_id=gamme.id, slot=2)
    keep()
    answer = editor.post(
        path,
        data={
            "template.title": "#Gammes# #VMarque#",
            "template.content": "<p>Un <script>x</script>texte</p>",
            "switches.1": "premier\n\n deuxième ",
            "switches.2": "ancien",
            "page.h1": "Les disques",
            "seen": seen_on(editor.get(path)),
        },
    )
    assert answer.status_code == 303
    template = session.get(VehicleGammeTemplate, gamme.id)
    assert (template.title, template.content) == ("#Gammes# #VMarque#", "<p>Un texte</p>")
    assert session.get(GammeText, gamme.id).h1 == "Les disques"
    kept = session.execute(select(TextSwitch.slot, TextSwitch.content).order_by(TextSwitch.slot, TextSwitch.id)).all()
    assert [tuple(one) for one in kept] == [(1, "premier"), (1, "deuxième"), (2, "ancien")]
    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "texts.change"))
    assert entry.subject_id == gamme.id
    assert entry.after["template"]["title"] == "#Gammes# #VMarque#"


def test_an_unknown_marker_is_named_and_nothing_is_kept(editor, gamme):
    answer = editor.post(f"/backoffice/texts/{gamme.id}", data={"template.title": "#Gamm# pour #VMarque#", "seen": "/"})
    assert answer.status_code == 422
    assert "Marqueur inconnu : #Gamm#." in html.unescape(answer.text)
    assert "#Gamm# pour #VMarque#" in html.unescape(answer.text)
    assert session.get(VehicleGammeTemplate, gamme.id) is None


def test_who_comes_second_is_told_and_overwrites_nothing(editor, gamme):
    path = f"/backoffice/texts/{gamme.id}"
    seen = seen_on(editor.get(path))
    write_template(gamme, h1="De l'autre")
    keep()
    answer = editor.post(path, data={"template.h1": "Le mien", "seen": seen})
    assert answer.status_code == 422
    assert "pendant que vous écriviez" in answer.text
    assert "Le mien" in answer.text
    assert session.get(VehicleGammeTemplate, gamme.id).h1 == "De l'autre"


def test_a_preview_shows_it_on_a_vehicle_and_keeps_nothing(editor, gamme):
    path = f"/backoffice/texts/{gamme.id}/preview"
    data = {"template.title": "#Gammes# #VModele# #MinPrice#", "template.content": "<p>#VMarque#</p>"}
    answer = editor.post(path, data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    words = html.unescape(answer.text)
    assert "Disques de frein Clio III dès 38,90\xa0€" in words
    assert "<p><b>Renault</b></p>" in words
    assert "<html" not in words
    assert "<html" in editor.post(path, data=data).text
    assert session.get(VehicleGammeTemplate, gamme.id) is None
