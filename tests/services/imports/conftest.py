"""Imports are tested on files of their own."""

from pathlib import Path

import pytest

from config import settings


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> Path:
    """A directory of imports that goes with the test."""
    own = settings().model_copy(update={"data_dir": tmp_path})
    monkeypatch.setattr("services.imports.batches.settings", lambda: own)
    return tmp_path / "imports"


TABLES = (
    "make vehicle_model vehicle_type engine_code registration_code criterion fitment_group fitment product "
    "product_reference product_criterion stock_item"
).split()


@pytest.fixture
def digest():
    """Return what every table that imports write holds; counters of edits and their moments aside."""
    from sqlalchemy import text

    from models.database import session

    def read() -> dict[str, str]:
        session.flush()
        return {
            table: session.execute(
                text(
                    f"""SELECT md5(coalesce(string_agg(row, chr(10) ORDER BY row COLLATE "C"), '')) FROM (
                        SELECT (to_jsonb(t) - 'version' - 'updated_at')::text AS row FROM {table} t) rows"""
                )
            ).scalar_one()
            for table in TABLES
        }

    return read
