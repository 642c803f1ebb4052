from hypothesis import given
from hypothesis import strategies as st

from domain.money import contained_vat
from domain.pricing import PricedArticle, price_lines, shipping_line, total_of

articles = st.builds(
    PricedArticle,
    product_id=st.integers(1, 10**6),
    quantity=st.integers(1, 99),
    unit_cents=st.integers(1, 5_000_00),
    deposit_cents=st.sampled_from([0, 0, 45_00, 120_01]),
    vat_basis_points=st.sampled_from([2000, 1000, 550, 210]),
)


@given(st.lists(articles, min_size=1, max_size=15), st.integers(0, 59_90), st.data())
def test_totals_are_nothing_but_sums_of_lines(bought: list[PricedArticle], shipping: int, data: st.DataObject) -> None:
    goods = sum(article.unit_cents * article.quantity for article in bought)
    discount = data.draw(st.integers(0, goods))
    lines = [*price_lines(bought, discount_cents=discount), shipping_line(shipping)]
    totals = total_of(lines)
    assert totals.total_cents == sum(line.total_cents for line in lines)
    assert totals.vat_cents == sum(line.vat_cents for line in lines)
    assert totals.net_cents + totals.vat_cents == totals.total_cents
    assert sum(rate.total_cents for rate in totals.vat) == totals.total_cents
    assert totals.discount_cents == discount
    assert all(line.total_cents >= 0 for line in lines)
    assert all(line.discount_cents == 0 for line in lines if line.kind != "goods")


def test_a_deposit_is_a_line_of_its_own_after_its_article() -> None:
    lines = price_lines([PricedArticle(7, 2, 100_00, deposit_cents=45_00), PricedArticle(8, 1, 10_00)])
    assert [(line.kind, line.product_id, line.total_cents) for line in lines] == [
        ("goods", 7, 200_00),
        ("deposit", 7, 90_00),
        ("goods", 8, 10_00),
    ]


def test_a_full_discount_leaves_deposit_and_shipping_to_pay() -> None:
    lines = [
        *price_lines([PricedArticle(7, 1, 100_00, deposit_cents=45_00)], discount_cents=100_00),
        shipping_line(4_90),
    ]
    totals = total_of(lines)
    assert totals.total_cents == 49_90
    assert totals.vat_cents == contained_vat(45_00, 2000) + contained_vat(4_90, 2000)


def test_vat_is_shown_by_rate_highest_first() -> None:
    lines = price_lines([PricedArticle(1, 1, 105_50, vat_basis_points=550), PricedArticle(2, 1, 120_00)])
    assert [(rate.basis_points, rate.net_cents, rate.vat_cents) for rate in total_of(lines).vat] == [
        (2000, 100_00, 20_00),
        (550, 100_00, 5_50),
    ]
