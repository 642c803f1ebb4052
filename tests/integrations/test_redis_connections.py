"""How long a Redis that is not itself may hold whoever asks it."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from redis.exceptions import ConnectionError as HungUp
from redis.exceptions import TimeoutError as Silent

from integrations.redis_connections import open_redis


class Impostor:
    """Listens where Redis should and answers nothing; `hangs_up`: it ends each conversation at once."""

    def __init__(self, *, hangs_up: bool) -> None:
        self.hangs_up = hangs_up
        self.visits: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self.door.getsockname()[1]}/0"
        Thread(target=self._receive, daemon=True).start()

    def _receive(self) -> None:
        try:
            while True:
                visit, _address = self.door.accept()
                self.visits.append(visit)
                if self.hangs_up:
                    visit.close()
        except OSError:
            return

    def close(self) -> None:
        self.door.close()
        for visit in self.visits:
            visit.close()


@pytest.fixture
def impostor(request: pytest.FixtureRequest) -> Iterator[Impostor]:
    standing = Impostor(hangs_up=request.param)
    yield standing
    standing.close()


@pytest.mark.parametrize("impostor", [False], indirect=True)
def test_a_silent_server_is_not_waited_for_twice(impostor: Impostor) -> None:
    with pytest.raises(Silent):
        open_redis(impostor.url, decode=True).ping()
    assert len(impostor.visits) == 1


@pytest.mark.parametrize("impostor", [True], indirect=True)
def test_a_server_that_hung_up_is_asked_once_more(impostor: Impostor) -> None:
    with pytest.raises(HungUp):
        open_redis(impostor.url, decode=True).ping()
    assert len(impostor.visits) > 1
