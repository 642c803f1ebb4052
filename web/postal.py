"""Addresses as they stand on an envelope."""

from collections.abc import Mapping
from typing import Any

from web.templating import country


def address_lines(address: Mapping[str, Any], *, home: str = "FR") -> list[str]:
    """Return the lines of a stored postal address; the country stands last unless it is `home`."""
    code = str(address.get("country") or home)
    name = f"{address.get('first_name', '')} {address.get('last_name', '')}".strip()
    town = f"{address.get('postal_code', '')} {address.get('city', '')}".strip()
    abroad = country(code) if code != home else ""
    lines = (name, address.get("company"), address.get("line1"), address.get("line2"), town, abroad)
    return [str(line) for line in lines if line]
