"""The queue of jobs: interface, RQ provider, fake."""

from integrations.provided import Provided
from integrations.queue.fake import FakeQueue
from integrations.queue.interface import JobQueue
from integrations.queue.rq_provider import RqQueue

queue: Provided[JobQueue] = Provided(RqQueue)

__all__ = ["FakeQueue", "JobQueue", "RqQueue", "queue"]
