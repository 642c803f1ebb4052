"""The dashboard: each figure has an address of its own."""

import pytest

WIDGETS = ("orders", "revenue", "waiting", "takings", "low-stock")


def test_it_names_its_figures_and_where_they_are(staff):
    answer = staff.get("/backoffice")
    assert answer.status_code == 200
    for widget in WIDGETS:
        assert f'hx-get="/backoffice/figures/{widget}"' in answer.text
        assert f' href="/backoffice/figures/{widget}"' in answer.text


@pytest.mark.parametrize("widget", WIDGETS)
def test_each_figure_is_a_page_and_a_fragment(staff, widget):
    whole = staff.get(f"/backoffice/figures/{widget}")
    part = staff.get(f"/backoffice/figures/{widget}", headers={"HX-Request": "true"})
    assert whole.status_code == part.status_code == 200
    assert "<html" in whole.text
    assert "<html" not in part.text
