"""Imports from the command line."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import settings
from integrations.queue import FakeQueue, queue
from models.catalog import Product
from models.database import session
from models.imports import ImportBatch, ImportMapping
from models.outbox import OutboxEvent
from tests.factories import make_brand, make_product
from tests.factories.keeping import keep


@pytest.fixture
def run(app: Flask, db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run `flask import …`; file contents stand for their file."""
    own = settings().model_copy(update={"data_dir": tmp_path})
    monkeypatch.setattr("services.imports.batches.settings", lambda: own)
    make_product(brand_id=make_brand(name="Bosch").id, reference="A1", price_cents=1000)
    keep()

    def invoke(*words: str, content: str | None = None):
        path = tmp_path / "tarif.csv"
        if content is not None:
            path.write_text(content)
        with queue.replaced_by(FakeQueue()):
            return app.test_cli_runner().invoke(args=["import", *(str(path) if w == "FILE" else w for w in words)])

    return invoke


def price() -> int | None:
    session.expire_all()
    return session.scalars(select(Product.price_cents)).one()


ROWS = "Code;Montant\nA1;12,50\nZZ;3\n"


def test_a_dry_run_tells_all_and_writes_nothing(run):
    words = ("prices", "FILE", "--map", "Code=reference,Montant=price", "--supplier", "Grossiste", "--dry-run")
    told = run(*words, content=ROWS)
    assert told.exit_code == 0, told.output
    assert "2 rows: 0 to create, 1 to change, 0 as they are, 1 refused" in told.output
    assert "10,00 € → 12,50 €" in told.output
    assert "line 3, Code « ZZ »: Aucun article de la boutique n'a ce numéro." in told.output
    errors = Path(told.output.split("reasons: ")[1].split("\n")[0])
    assert errors.read_text(encoding="utf-8-sig").splitlines()[1].startswith("ZZ;3;3;")
    assert price() == 1000
    number = session.scalars(select(ImportBatch.id)).one()
    assert run("apply", str(number)).exit_code == 0
    assert price() == 1250
    assert session.scalars(select(ImportMapping.fields)).one() == {"Code": "reference", "Montant": "price"}
    # Nobody else was asked to do what the command did itself.
    assert session.scalars(select(OutboxEvent.name)).all() == ["ImportApplied"]


def test_it_applies_lists_and_undoes(run):
    done = run("prices", "FILE", "--yes", content="Ref;Prix\nA1;12,50\n")
    assert done.exit_code == 0, done.output
    assert price() == 1250
    assert "applied" in run("list").output
    undone = run("undo")
    assert (undone.exit_code, "is undone" in undone.output) == (0, True)
    assert price() == 1000
    again = run("undo")
    assert (again.exit_code, "No import is applied" in again.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "content", "sentence"),
    [
        (("--yes",), "Ref;Prix\nZZ;3\n", "Nothing to apply"),
        (("--yes",), "Ref;Prix\nA1;10\n", "Nothing to apply"),
        (("--yes",), "Ref;Prix\n", "que ses en-têtes"),
        (("--yes", "--map", "Truc=price"), "Ref;Prix\nA1;3\n", "pas de colonne « Truc »"),
        (("--yes", "--map", "Prix=truc"), "Ref;Prix\nA1;3\n", "« truc » n'est pas un champ"),
        (("--yes", "--brand", "Bosh"), "Ref;Prix\nA1;3\n", "n'existe pas dans la boutique"),
        (("--yes", "--missing", "hide"), "Ref;Prix\nA1;3\n", "Dites de quelles marques"),
    ],
)
def test_it_ends_badly_when_nothing_is_done(run, words, content, sentence):
    ended = run("prices", "FILE", *words, content=content)
    assert ended.exit_code == 1
    assert sentence in ended.output
    assert price() == 1000


def test_saying_no_leaves_it_ready(run, app):
    told = run("prices", "FILE", content="Ref;Prix\nA1;12,50\n")
    assert told.exit_code == 1
    assert price() == 1000
    assert session.scalar(select(func.count()).where(ImportBatch.state == "checked")) == 1
