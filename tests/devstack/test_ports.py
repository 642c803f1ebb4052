import socket
from collections.abc import Iterator

import pytest

from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.ports import free_port, is_free, require_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_one_sentence_with_the_remedy(taken: int) -> None:
    with pytest.raises(StackError, match=rf"^Port {taken} is already in use: .* PORT={taken + 1}\.$"):
        require_free(taken, setting="PORT")


def test_an_address_this_machine_lacks_is_one_sentence() -> None:
    with pytest.raises(StackError, match=r"cannot listen on 192\.0\.2\.1:8000 .* check HOST and PORT"):
        require_free(8000, setting="PORT", host="192.0.2.1")


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    assert is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port)


def test_the_preferred_port_is_kept_while_it_is_free(taken: int) -> None:
    port = free_port()
    assert free_port(port) == port
    assert free_port(taken) != taken


def test_a_stack_comes_back_on_the_ports_of_its_last_run(data: DataDir) -> None:
    assert data.port("mailbox") == data.port("mailbox")


def test_a_port_set_by_the_operator_is_used_or_refused(
    data: DataDir, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = free_port()
    monkeypatch.setenv("MAILBOX_PORT", str(wanted))
    assert data.port("mailbox") == wanted
    monkeypatch.setenv("MAILBOX_PORT", str(taken))
    with pytest.raises(StackError, match="MAILBOX_PORT="):
        data.port("mailbox")
    monkeypatch.setenv("MAILBOX_PORT", "eighty")
    with pytest.raises(StackError, match="not a port"):
        data.port("mailbox")
