"""The three answers, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fitment import NOT_LISTED, Fit, FitmentRow, Production, judge

BUILT = Production(date(2005, 6, 1), date(2012, 12, 1))
IN_2008 = Production(date(2005, 6, 1), date(2012, 12, 1), year=2008)
IN_2009 = Production(date(2005, 6, 1), date(2012, 12, 1), year=2009)
STILL_BUILT = Production(date(2019, 9, 1))
UNTIL_MARCH_2009 = FitmentRow(fitted_to=date(2009, 3, 1))
SINCE_APRIL_2009 = FitmentRow(fitted_from=date(2009, 4, 1))
ATE = FitmentRow(restriction="système de freinage ATE")


@pytest.mark.parametrize(
    ("rows", "vehicle", "fit", "reason"),
    [
        pytest.param([FitmentRow()], BUILT, Fit.FITS, "", id="no condition"),
        pytest.param([], BUILT, Fit.DOES_NOT_FIT, NOT_LISTED.reason, id="not listed"),
        pytest.param([ATE], BUILT, Fit.TO_CHECK, "système de freinage ATE", id="depends on an option"),
        pytest.param([UNTIL_MARCH_2009], BUILT, Fit.TO_CHECK, "monté jusqu'au 03/2009", id="changed in production"),
        pytest.param([UNTIL_MARCH_2009], IN_2008, Fit.FITS, "", id="the year settles it"),
        pytest.param([SINCE_APRIL_2009], IN_2008, Fit.DOES_NOT_FIT, "monté à partir du 04/2009", id="too early"),
        pytest.param([UNTIL_MARCH_2009], IN_2009, Fit.TO_CHECK, "monté jusqu'au 03/2009", id="changed that very year"),
        pytest.param([UNTIL_MARCH_2009, SINCE_APRIL_2009], IN_2008, Fit.FITS, "", id="best row wins"),
        pytest.param([ATE, FitmentRow()], BUILT, Fit.FITS, "", id="a row without condition beats one with"),
        pytest.param(
            [ATE, FitmentRow(restriction="système de freinage BOSCH")],
            BUILT,
            Fit.TO_CHECK,
            "système de freinage ATE ; système de freinage BOSCH",
            id="every condition is named",
        ),
        pytest.param(
            [FitmentRow(date(2007, 1, 1), date(2009, 3, 1), "disque 266 mm")],
            BUILT,
            Fit.TO_CHECK,
            "disque 266 mm, monté de 01/2007 à 03/2009",
            id="condition and dates",
        ),
        pytest.param([SINCE_APRIL_2009], STILL_BUILT, Fit.FITS, "", id="still built"),
        pytest.param([UNTIL_MARCH_2009], STILL_BUILT, Fit.DOES_NOT_FIT, "monté jusqu'au 03/2009", id="before its time"),
    ],
)
def test_it_judges(rows: list[FitmentRow], vehicle: Production, fit: Fit, reason: str) -> None:
    verdict = judge(rows, vehicle)
    assert (verdict.fit, verdict.reason) == (fit, reason)


def test_a_year_outside_production_narrows_nothing() -> None:
    registered_late = Production(BUILT.built_from, BUILT.built_to, year=2014)
    assert judge([UNTIL_MARCH_2009], registered_late) == judge([UNTIL_MARCH_2009], BUILT)


months = st.dates(date(1990, 1, 1), date(2030, 12, 1)).map(lambda day: day.replace(day=1))
rows = st.builds(
    lambda span, restriction: FitmentRow(*sorted(span), restriction=restriction),
    st.tuples(months, months),
    st.sampled_from(["", "avec ABS"]),
)


@given(st.lists(rows, min_size=1, max_size=4), st.permutations(range(4)))
def test_the_order_of_rows_changes_no_answer(found: list[FitmentRow], order: list[int]) -> None:
    shuffled = [found[index] for index in order if index < len(found)]
    assert judge(found, BUILT).fit == judge(shuffled, BUILT).fit


@given(st.lists(rows, min_size=1, max_size=4), rows)
def test_another_row_never_makes_a_part_fit_less(found: list[FitmentRow], other: FitmentRow) -> None:
    ranks = [Fit.FITS, Fit.TO_CHECK, Fit.DOES_NOT_FIT]
    assert ranks.index(judge([*found, other], BUILT).fit) <= ranks.index(judge(found, BUILT).fit)


@given(rows)
def test_whatever_does_not_plainly_fit_says_why(row: FitmentRow) -> None:
    verdict = judge([row], BUILT)
    assert verdict.fit == Fit.FITS or verdict.reason
