"""Visitors who keep their connection open, as browsers do, keep nobody out."""

from contextlib import ExitStack

import requests

from tests.journeys.conftest import Stack

IDLE = 150


def test_a_newcomer_is_served_beside_many_idle_visitors(stack: Stack) -> None:
    with ExitStack() as idle:
        for _visitor in range(IDLE):
            session = idle.enter_context(requests.Session())
            assert session.get(stack.web, timeout=8).status_code == 200
        assert requests.get(stack.web + "/panier", timeout=8).status_code == 200
