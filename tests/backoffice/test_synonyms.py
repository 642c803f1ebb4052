"""Staff keep the synonyms of the search."""

import pytest
from sqlalchemy import select

from models.database import session
from models.outbox import OutboxEvent
from models.search import Synonym
from models.staff import AuditEntry
from tests.factories.keeping import keep

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def keeper(browser_of):
    return browser_of(8)


def synonym(word: str) -> Synonym | None:
    return session.scalar(select(Synonym).where(Synonym.word == word).execution_options(populate_existing=True))


def events() -> list[str]:
    return [event.name for event in session.scalars(select(OutboxEvent)) if event.name == "SynonymsChanged"]


def test_a_synonym_is_added_and_audited(keeper):
    answer = keeper.post(
        "/backoffice/synonyms", data={"word": "Étrillé", "others": "Étrier de frein\n disque, étrier de frein"}
    )
    assert answer.status_code == 303
    made = synonym("etrille")
    assert made.others == ["etrier de frein", "disque"]
    assert not made.both_ways
    assert events() == ["SynonymsChanged"]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "synonym")).one()
    assert (entry.action, entry.after["word"]) == ("synonym.added", "etrille")


def test_it_is_changed_and_removed(keeper):
    keeper.post("/backoffice/synonyms", data={"word": "gicleur", "others": "injecteur"})
    number = synonym("gicleur").id
    keeper.post(f"/backoffice/synonyms/{number}", data={"word": "gicleur", "others": "buse", "both_ways": "on"})
    assert (synonym("gicleur").others, synonym("gicleur").both_ways) == (["buse"], True)
    assert "buse" in keeper.get(f"/backoffice/synonyms/{number}").text
    assert "gicleur" in keeper.get("/backoffice/synonyms?q=buse").text
    assert keeper.post(f"/backoffice/synonyms/{number}/removal").status_code == 303
    assert synonym("gicleur") is None
    actions = [entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert actions[-3:] == ["synonym.added", "synonym.changed", "synonym.removed"]
    assert len(events()) == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"word": "", "others": "frein"}, "Renseignez ce champ."),
        ({"word": "!!!", "others": "frein"}, "Renseignez ce champ."),
        ({"word": "gicleur", "others": " , "}, "others"),
        ({"word": "gicleur", "others": "Gicleur"}, "Donnez au moins un autre mot que celui-ci."),
        ({"word": "pris", "others": "frein"}, "« pris » a déjà ses synonymes"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(keeper, data, said):
    session.add(Synonym(word="pris", others=["tenu"]))
    keep()
    answer = keeper.post("/backoffice/synonyms", data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert data["others"].strip() in answer.text
    assert synonym("gicleur") is None
    assert synonym("pris").others == ["tenu"]
    assert events() == []


def test_a_word_that_found_nothing_comes_along(keeper):
    assert 'value="boulon de roue"' in keeper.get("/backoffice/synonyms/new?word=boulon+de+roue").text


@pytest.mark.parametrize("path", ["/backoffice/synonyms", "/backoffice/synonyms/new"])
def test_level_seven_is_not_enough(staff, path):
    assert staff.get(path).status_code == 403
    assert staff.post("/backoffice/synonyms", data={"word": "gicleur", "others": "buse"}).status_code == 403
    assert synonym("gicleur") is None


def test_an_unknown_synonym_is_not_found(keeper):
    for path in ("/backoffice/synonyms/999999",):
        assert keeper.get(path).status_code == 404
        assert keeper.post(path, data={"word": "a", "others": "b"}).status_code == 404
        assert keeper.post(f"{path}/removal").status_code == 404
