"""The locks hold everything that is asked for, by hash, and name no place to fetch it from."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devstack.process import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def locked(name: str) -> dict[str, str]:
    """Package → its block of the lock."""
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    return {canonicalize_name(block.split("==")[0]): block for block in blocks}


def test_everything_asked_for_is_locked_at_a_version_that_fits() -> None:
    wanted = {
        "requirements.lock": PROJECT["dependencies"],
        "requirements-dev.lock": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
    }
    for lock, requirements in wanted.items():
        packages = locked(lock)
        for requirement in map(Requirement, requirements):
            block = packages.get(canonicalize_name(requirement.name))
            assert block, f"{lock} lacks {requirement.name}: run `make lock`"
            version = block.split("==")[1].split()[0]
            assert requirement.specifier.contains(version, prereleases=True), f"{lock}: {requirement}, run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_checked_by_hash(lock: str) -> None:
    assert [name for name, block in locked(lock).items() if "--hash=sha256:" not in block] == []


def test_development_runs_on_the_versions_of_production() -> None:
    development = locked("requirements-dev.lock")
    for name, block in locked("requirements.lock").items():
        assert development[name].split()[0] == block.split()[0]


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_no_address_is_kept(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert '"resolved"' not in text
    assert re.findall(r"(?:--index-url|--find-links|--trusted-host|file:/)\S*", text) == []
    if lock != "package-lock.json":
        assert "://" not in text


def test_node_packages_are_checked_by_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()
