"""What was searched for and whether the engine is away, until a job writes it down: interface, Redis provider, fake."""

from integrations.provided import Provided
from integrations.searches.fake import FakeSearchNotes
from integrations.searches.interface import Note, SearchNotes
from integrations.searches.redis_provider import RedisSearchNotes

search_notes: Provided[SearchNotes] = Provided(RedisSearchNotes)

__all__ = ["FakeSearchNotes", "Note", "RedisSearchNotes", "SearchNotes", "search_notes"]
