"""Directories and servers for the stack's own tests, apart from the servers that the shop's tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devstack.datadir import DataDir


@pytest.fixture
def data(tmp_path: Path) -> Iterator[DataDir]:
    """A DATA_DIR of the test's own."""
    directory = DataDir(tmp_path / "data")
    directory.create()
    yield directory
    directory.unlock()


@pytest.fixture(scope="module")
def module_data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """A DATA_DIR that the tests of a module share."""
    directory = DataDir(tmp_path_factory.mktemp("devstack") / "data")
    directory.create()
    return directory
