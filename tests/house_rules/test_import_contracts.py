"""Each import contract is broken once on purpose, in a copy of the house, and must be seen to fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("storefront", "backoffice", "api", "jobs", "web", "services", "models", "integrations", "domain")

BREACHES = {
    "layers": ("domain/money.py", "import services.orders\n"),
    "services-know-no-http": ("services/orders.py", "import flask\n"),
    "doors-know-no-sql": ("storefront/home.py", "import sqlalchemy\n"),
    "domain-is-pure": ("domain/money.py", "import socket\n"),
    "no-cycles": ("services/stock.py", "import services.checkout\n"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_seen(copy: Path, contract: str) -> None:
    path, line = BREACHES[contract]
    module = copy / path
    module.write_text(module.read_text() + line)
    result = lint(copy)
    assert result.returncode == 1
    assert "BROKEN" in result.stdout


def test_every_contract_has_a_breach() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} == set(BREACHES)
