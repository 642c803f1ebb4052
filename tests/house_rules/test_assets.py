"""Names that templates and data give to built things are names of things that are built."""

import json
import re
from pathlib import Path

from devstack.demo.catalog.writing import FAMILIES

ROOT = Path(__file__).parent.parent.parent
MARKUP = "\n".join(path.read_text() for path in sorted((ROOT / "templates").rglob("*.html")))


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    listed = set(json.loads((ROOT / "assets/icons.json").read_text()))
    named = set(re.findall(r"""(?:\bicon\(|icon_name=|icon_button\()["']([a-z0-9-]+)["']""", MARKUP))
    assert named
    assert named <= listed


def test_every_drawing_that_the_demo_names_exists() -> None:
    keys = json.loads((ROOT / "assets/drawings/keys.json").read_text())
    assert {family.drawing for family in FAMILIES} <= set(keys["families"])
    assert {gamme.drawing for family in FAMILIES for gamme in family.gammes} <= set(keys["parts"])


def test_every_file_that_templates_ask_for_is_built() -> None:
    build = (ROOT / "assets/build.mjs").read_text()
    asked = set(re.findall(r"""\basset\(["']([^"']+)["']\)""", MARKUP))
    assert asked
    assert {name for name in asked if f'"{name}"' not in build} == set()
