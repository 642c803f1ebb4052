"""`.env.example` names every setting, with its real default and a comment, and nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from config import DEVELOPMENT_SECRET, Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"
COMPOSE = ROOT / "docker-compose.yml"
COMPOSE_ALONE = "# --- docker-compose.yml alone -"
LINE = re.compile(r"^#([A-Z][A-Z0-9_]+)=(.*)$", re.MULTILINE)


def example() -> dict[str, str]:
    """The settings of the shop, without those that only docker-compose.yml reads."""
    return dict(LINE.findall(EXAMPLE.read_text().split(COMPOSE_ALONE)[0]))


def as_written(default: Any) -> str:
    """The text that an operator would write for this default."""
    match default:
        case SecretStr():
            value = default.get_secret_value()
            return "" if value == DEVELOPMENT_SECRET else value
        case bool():
            return str(default).lower()
        case list():
            return json.dumps(default)
        case _:
            return str(default)


def test_it_names_every_setting_and_no_other() -> None:
    assert {name.lower() for name in example()} == set(Settings.model_fields)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_it_shows_the_default(name: str) -> None:
    assert example()[name.upper()] == as_written(Settings.model_fields[name].default)


def test_it_sets_nothing_until_somebody_uncomments_it() -> None:
    assert [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")] == []


def test_what_compose_reads_is_named_too() -> None:
    read = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))
    only_there = dict(LINE.findall(EXAMPLE.read_text().split(COMPOSE_ALONE)[1]))
    assert read - set(example()) == set(only_there)
