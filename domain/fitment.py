"""Does this part fit this car? Three answers, each with its reason (LESSONS: fitment)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fit(StrEnum):
    """The three answers."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    TO_CHECK = "to_check"


@dataclass(frozen=True)
class Verdict:
    """An answer and why, in French; the reason is empty when there is nothing to add."""

    fit: Fit
    reason: str = ""


@dataclass(frozen=True)
class FitmentRow:
    """One row of a fitment group for one vehicle: months are first days, None = no bound of its own."""

    fitted_from: date | None = None
    fitted_to: date | None = None
    restriction: str = ""


@dataclass(frozen=True)
class Production:
    """When a vehicle type was built (first days of months), and the year the visitor gave for his own car."""

    built_from: date
    built_to: date | None = None
    year: int | None = None


UNKNOWN = Verdict(Fit.TO_CHECK, "compatibilité non renseignée par le fabricant")
NOT_LISTED = Verdict(Fit.DOES_NOT_FIT, "ce véhicule n'est pas dans la liste du fabricant")
UNIVERSAL = Verdict(Fit.FITS, "pièce universelle")


def judge(rows: Sequence[FitmentRow], vehicle: Production) -> Verdict:
    """Return the best answer that the group's rows for this vehicle give; no row at all means it does not fit."""
    if not rows:
        return NOT_LISTED
    verdicts = [_judge_row(row, vehicle) for row in rows]
    for fit in (Fit.FITS, Fit.TO_CHECK, Fit.DOES_NOT_FIT):
        reasons = [verdict.reason for verdict in verdicts if verdict.fit == fit]
        if reasons:
            # A row without condition beats one with a condition; otherwise every condition is named.
            plain = fit == Fit.FITS and "" in reasons
            return Verdict(fit, "" if plain else " ; ".join(dict.fromkeys(filter(None, reasons))))
    raise AssertionError("every row has a verdict")


def _judge_row(row: FitmentRow, vehicle: Production) -> Verdict:
    covered = _coverage(row, vehicle)
    period = _period(row)
    if covered == "none":
        return Verdict(Fit.DOES_NOT_FIT, period)
    if row.restriction:
        reason = row.restriction if covered == "all" else f"{row.restriction}, {period}"
        return Verdict(Fit.TO_CHECK, reason)
    if covered == "part":
        return Verdict(Fit.TO_CHECK, period)
    return Verdict(Fit.FITS)


def _coverage(row: FitmentRow, vehicle: Production) -> str:
    """Say whether the row's months hold all, part or none of the months the car may have been built in."""
    first, last = vehicle.built_from, vehicle.built_to or date.max
    if vehicle.year is not None:
        # A registration year may follow production by some months, so it only narrows what it can.
        first, last = max(first, date(vehicle.year, 1, 1)), min(last, date(vehicle.year, 12, 1))
        if first > last:
            first, last = vehicle.built_from, vehicle.built_to or date.max
    start, end = row.fitted_from or date.min, row.fitted_to or date.max
    if end < first or start > last:
        return "none"
    return "all" if start <= first and last <= end else "part"


def _period(row: FitmentRow) -> str:
    if row.fitted_from and row.fitted_to:
        return f"monté de {row.fitted_from:%m/%Y} à {row.fitted_to:%m/%Y}"
    if row.fitted_to:
        return f"monté jusqu'au {row.fitted_to:%m/%Y}"
    if row.fitted_from:
        return f"monté à partir du {row.fitted_from:%m/%Y}"
    return ""
