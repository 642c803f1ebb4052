"""The table event → jobs: complete, and every job can be found by its path."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import fields

import pytest

import services
from jobs.outbox import path_of
from jobs.reactions import REACTIONS
from jobs.schedule import SCHEDULE
from models.outbox import Event

for module in pkgutil.walk_packages(services.__path__, "services."):
    importlib.import_module(module.name)

JOBS = sorted({job for jobs in REACTIONS.values() for job in jobs} | {line.job for line in SCHEDULE}, key=path_of)


def test_every_event_has_its_line() -> None:
    recorded = {event for event in Event.__subclasses__() if event.__module__.startswith("services.")}
    assert recorded == set(REACTIONS)


@pytest.mark.parametrize("job", JOBS, ids=path_of)
def test_every_job_is_found_by_its_path(job: object) -> None:
    module, _dot, name = path_of(job).rpartition(".")  # type: ignore[arg-type]
    assert getattr(importlib.import_module(module), name) is job
    # RQ takes only these characters in the key of a job.
    assert re.fullmatch(r"[A-Za-z0-9_-]+", f"1-{name}")


@pytest.mark.parametrize("event", REACTIONS, ids=lambda event: event.__name__)
def test_jobs_take_the_ids_that_their_event_carries(event: type[Event]) -> None:
    for job in REACTIONS[event]:
        assert len(inspect.signature(job).parameters) == len(fields(event))
