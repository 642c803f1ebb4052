"""Names of vehicles as people say them."""

import pytest

from domain.vehicle_names import short_model_name, spoken_model_name


@pytest.mark.parametrize(
    ("name", "short", "spoken"),
    [
        ("Clio III (BR0/1, CR0/1)", "Clio III", "Clio 3"),
        ("Golf V (1K1)", "Golf V", "Golf 5"),
        ("207 (WA, WC)", "207", "207"),
        ("Model X", "Model X", "Model X"),
        ("Mégane III Coupé (DZ0/1)", "Mégane III Coupé", "Mégane 3 Coupé"),
    ],
)
def test_codes_are_left_out_and_numerals_are_digits(name: str, short: str, spoken: str) -> None:
    assert (short_model_name(name), spoken_model_name(name)) == (short, spoken)
