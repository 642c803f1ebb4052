"""What shoppers searched for, and what they did not find."""

from typing import Literal

from flask import Blueprint, Response, request
from pydantic import BaseModel, Field

from models.database import utc_now
from services.search.journal import list_most_searched, list_searched_in_vain
from web.auth import find_staff_member
from web.forms import read_form
from web.pages import page

bp = Blueprint("searches", __name__, url_prefix="/searches")
PAGE_SIZE = 50
# Whoever may keep synonyms (backoffice/synonyms.py).
SYNONYMS_LEVEL = 8


class SearchesQuery(BaseModel):
    """Which list, and which page of it."""

    view: Literal["nothing", "all"] = "nothing"
    page: int = Field(default=1, ge=1, le=100)


@bp.get("")
def index() -> Response:
    query = read_form(SearchesQuery, request.args).value or SearchesQuery()
    read = list_searched_in_vain if query.view == "nothing" else list_most_searched
    found = read(at=utc_now(), limit=PAGE_SIZE + 1, offset=(query.page - 1) * PAGE_SIZE)
    member = find_staff_member()
    return page(
        "backoffice/searches/index.html",
        query=query,
        searched=found[:PAGE_SIZE],
        has_more=len(found) > PAGE_SIZE,
        may_keep_synonyms=member is not None and member.level >= SYNONYMS_LEVEL,
    )
