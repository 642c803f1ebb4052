"""Reading an answer as a visitor does: its words, and the fields of its forms."""

import html
import re
from typing import Any


def text_of(answer: Any) -> str:
    """Return the words of an answer, every kind of space made plain."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
    return " ".join(words.split())


def hidden_fields(answer: Any) -> dict[str, str]:
    """Return the hidden fields of a page by name."""
    page = answer.get_data(as_text=True)
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in pairs}


def value_of(answer: Any, name: str) -> str:
    """Return what stands in the text field `name`."""
    field = re.search(rf'<input[^>]* name="{re.escape(name)}"[^>]*>', answer.get_data(as_text=True))
    assert field is not None, f"no field {name}"
    found = re.search(r' value="([^"]*)"', field[0])
    return html.unescape(found[1]) if found else ""


def query_count(answer: Any) -> int:
    """Return how many queries an answer took."""
    found = re.search(r'desc="(\d+) quer', answer.headers["Server-Timing"])
    assert found is not None
    return int(found[1])
