"""Numbers in addresses: what no table can hold as an id is not found before anybody asks the database."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """Up to 18 plain digits: always within PostgreSQL's bigint."""

    regex = r"[0-9]{1,18}"


def install(app: Flask) -> None:
    """Make `<int:…>` of every door mean a row's number; to be called before the doors register."""
    app.url_map.converters["int"] = RowNumber
