"""The jobs of imports: run twice, killed in the middle, followed by the search."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text

from config import settings
from domain.orders import SYSTEM
from integrations.queue import FakeQueue, queue
from integrations.search import FakeSearchEngine, search_engine
from jobs.imports import apply_import, check_import, index_import, purge_imports, undo_import
from models.catalog import Product
from models.database import session, utc_now
from models.imports import ImportBatch, ImportChange, ImportRow
from models.outbox import OutboxEvent
from models.search import ProductToIndex
from models.staff import AuditEntry
from services import imports
from tests.factories import make_brand, make_product
from tests.factories.imports import take_in

ROOT = Path(__file__).parent.parent.parent
# The shop's own job, which stops and waits once every price is written, just before the journal and the commit.
HALF_WAY = """
import sys, time
from app import create_app
from services.imports import applying

def wait(run):
    print("written", flush=True)
    time.sleep(120)

applying._keep_journal = wait
with create_app().app_context():
    from jobs.imports import apply_import
    from jobs.unit_of_work import unit_of_work
    with unit_of_work():
        apply_import(int(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def files(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    own = settings().model_copy(update={"data_dir": tmp_path})
    monkeypatch.setattr("services.imports.batches.settings", lambda: own)
    with app.app_context(), queue.replaced_by(FakeQueue()), search_engine.replaced_by(FakeSearchEngine()):
        yield tmp_path


def mapped(rows: int = 3) -> int:
    """A batch of new prices for that many products, waiting to be read; committed."""
    brand = make_brand(name="Bosch")
    for n in range(rows):
        make_product(brand_id=brand.id, reference=f"A{n}", price_cents=5000)
    batch = take_in("prices", "Marque;Ref;Prix\n" + "".join(f"Bosch;A{n};{n + 1}\n" for n in range(rows)))
    imports.decide(batch.id, batch.mapping, imports.Policies(), at=utc_now())
    session.commit()
    session.remove()
    return batch.id


def confirmed(number: int) -> int:
    imports.confirm(number, by=SYSTEM, at=utc_now())
    session.commit()
    session.remove()
    return number


def prices() -> list[int | None]:
    session.rollback()
    return list(session.scalars(select(Product.price_cents).order_by(Product.reference)))


def state(number: int) -> str:
    session.rollback()
    return session.scalars(select(ImportBatch.state).where(ImportBatch.id == number)).one()


def test_each_job_runs_twice_without_doing_twice(db: None) -> None:
    number = mapped()
    check_import(number)
    check_import(number)
    assert session.scalar(select(func.count()).select_from(ImportRow)) == 3
    confirmed(number)
    apply_import(number)
    version = session.scalars(select(Product.version)).first()
    apply_import(number)
    assert session.scalars(select(Product.version)).first() == version
    assert prices() == [100, 200, 300]
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1
    assert session.scalar(select(func.count()).select_from(ImportChange)) == 3
    imports.ask_undo(number, by=SYSTEM, at=utc_now())
    session.commit()
    undo_import(number)
    undo_import(number)
    assert prices() == [5000, 5000, 5000]
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 2


def test_the_search_follows_what_was_written(db: None) -> None:
    number = mapped(5)
    check_import(number)
    session.execute(text("DELETE FROM product_to_index"))
    confirmed(number)
    apply_import(number)
    assert session.scalar(select(func.count()).select_from(ProductToIndex)) == 5
    assert "ImportApplied" in session.scalars(select(OutboxEvent.name)).all()
    index_import(number)
    assert session.scalar(select(func.count()).select_from(ProductToIndex)) == 0
    assert search_engine().count("products") == 5


def test_rows_lost_in_a_crash_are_read_again(db: None) -> None:
    number = mapped()
    for _line in imports.stage_rows(number, imports.path_of(imports.get_batch(number)), at=utc_now()):
        session.commit()
    session.query(ImportRow).delete()
    session.commit()
    check_import(number)
    batch = imports.get_batch(number)
    assert (batch.state, batch.rows, batch.updates) == ("checked", 3, 3)


def test_a_failure_leaves_the_reason_and_nothing_else(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    number = mapped()
    check_import(number)
    confirmed(number)

    def fail(run: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("services.imports.applying._keep_journal", fail)
    apply_import(number)
    batch = imports.get_batch(number)
    assert batch.state == "failed"
    assert "rien n'en a été écrit" in batch.message
    assert prices() == [5000, 5000, 5000]
    monkeypatch.undo()


def test_an_undo_that_is_refused_leaves_it_applied_with_the_reason(db: None) -> None:
    number = mapped()
    check_import(number)
    confirmed(number)
    apply_import(number)
    session.execute(text("UPDATE product SET price_cents = 1 WHERE reference = 'A1'"))
    imports.ask_undo(number, by=SYSTEM, at=utc_now())
    session.commit()
    undo_import(number)
    batch = imports.get_batch(number)
    assert (batch.state, "autre chose a changé (articles : 1)" in batch.message) == ("applied", True)
    assert prices() == [100, 1, 300]


def test_old_imports_are_forgotten_with_their_files(db: None, files: Path) -> None:
    number = mapped()
    check_import(number)
    purge_imports()
    assert imports.get_batch(number)
    session.execute(text("UPDATE import_batch SET created_at = now() - interval '91 days'"))
    session.commit()
    purge_imports()
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 0
    assert list((files / "imports").iterdir()) == []


def test_what_was_staged_goes_once_it_is_applied_and_the_undo_needs_it_not(db: None) -> None:
    number = mapped()
    check_import(number)
    assert session.scalar(select(func.count()).select_from(ImportRow)) == 3
    confirmed(number)
    apply_import(number)
    assert session.scalar(select(func.count()).select_from(ImportRow)) == 0
    imports.ask_undo(number, by=SYSTEM, at=utc_now())
    session.commit()
    undo_import(number)
    assert prices() == [5000, 5000, 5000]


def test_files_that_no_import_knows_are_removed_after_a_day(db: None, files: Path) -> None:
    kept = imports.path_of(imports.get_batch(mapped()))
    errors = kept.with_suffix(".errors.csv")
    errors.write_text("Ligne;À corriger")
    # The process ended between the file and the commit; the second is still on its way in.
    stray, stray_errors, arriving = (
        imports.new_path(),
        imports.new_path().with_suffix(".errors.part"),
        imports.new_path(),
    )
    for path in (stray, stray_errors, arriving):
        path.write_text("Réf;Prix")
    yesterday = time.time() - 25 * 3600
    for path in (kept, errors, stray, stray_errors):
        os.utime(path, (yesterday, yesterday))
    purge_imports()
    assert set((files / "imports").iterdir()) == {kept, errors, arriving}


def test_killed_while_it_writes_nothing_stays_and_it_can_run_again(
    committed: None, files: Path, engine: Engine
) -> None:
    number = mapped()
    check_import(number)
    confirmed(number)
    process = subprocess.Popen(
        [sys.executable, "-c", HALF_WAY, str(number)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DATA_DIR": str(files)},
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "written\n"
        # While it works, a second worker finds the batch held, and nobody takes it for dead.
        apply_import(number)
        assert prices() == [5000, 5000, 5000]
        later = utc_now() + timedelta(minutes=5)
        assert not imports.is_interrupted(imports.get_batch(number), at=later)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    assert prices() == [5000, 5000, 5000]
    assert state(number) == "applying"
    assert session.scalar(select(func.count()).select_from(ImportChange)) == 0
    # PostgreSQL notices the death of its client in its own time.
    for _try in range(100):
        session.rollback()
        if imports.is_interrupted(imports.get_batch(number), at=later):
            break
        session.execute(text("SELECT pg_sleep(0.1)"))
    assert imports.is_interrupted(imports.get_batch(number), at=later)
    session.rollback()
    imports.resume(number, at=later)
    session.commit()
    apply_import(number)
    assert prices() == [100, 200, 300]
    assert state(number) == "applied"
