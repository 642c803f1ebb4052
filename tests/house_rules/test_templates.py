"""Templates compile, escape, and carry nothing inline that the content policy would refuse."""

import re
from pathlib import Path

import pytest
from flask import Flask

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
PATHS = sorted(TEMPLATES.rglob("*.html"))
PAGES = [path for path in PATHS if path.relative_to(TEMPLATES).parts[0] not in ("mail", "documents")]


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", [*PATHS, *sorted(TEMPLATES.rglob("*.txt"))], ids=name_of)
def test_it_compiles(app: Flask, path: Path) -> None:
    app.jinja_env.get_template(name_of(path))


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_nothing_is_marked_safe(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape false", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|javascript:""", text)
    for opening in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in opening or 'type="application/ld+json"' in opening


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_posting_form_carries_its_token(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.S):
        if re.search(r"""method\s*=\s*["']post""", form, re.I) and "payment_form.url" not in form:
            assert "csrf" in form, form[:200]
