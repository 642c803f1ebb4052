"""Rules about lines and names that no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("storefront", "backoffice", "api", "jobs", "web", "services", "models", "integrations", "domain")
CODE = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PROMISING = [path for path in CODE if path.parts[len(ROOT.parts)] in ("services", "domain", "integrations")]
MEANINGLESS = {"utils", "helpers", "common", "misc", "manager", "handler2"}
# Spelled in pieces, so that this file passes its own rule.
REGISTRY_HOSTS = ("registry." + "npmjs", "pypi." + "org", "files." + "pythonhosted", "deb." + "debian")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked_files() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return (ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_stays_within_reach_of_one_reading(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 330, "look for the missing noun"
    assert path.stem not in MEANINGLESS


@pytest.mark.parametrize("path", PROMISING, ids=name_of)
def test_public_functions_say_what_they_promise(path: Path) -> None:
    tree = ast.parse(path.read_text())
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


@pytest.mark.parametrize(
    "path", [path for path in CODE if "web" not in path.parts and "jobs" not in path.parts], ids=name_of
)
def test_only_the_plumbing_commits(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    assert not any(isinstance(call.func, ast.Attribute) and call.func.attr == "commit" for call in calls)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_imports_the_app(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        # The worker's process makes the shop itself: it is the only door that has no server to do it.
        assert "app" not in imported
        assert not any(name.split(".")[0] == "devstack" for name in imported)


def test_no_file_names_a_registry() -> None:
    found = [
        name_of(path)
        for path in tracked_files()
        if path.suffix not in {".png", ".woff2"}
        and any(host in path.read_text(errors="ignore") for host in REGISTRY_HOSTS)
    ]
    assert not found


def test_the_lock_of_npm_has_no_download_addresses() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


def test_documents_point_at_files_that_exist() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{name_of(page)} → {target}"
