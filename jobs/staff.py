"""What is kept of people's sign-ins, and for how long."""

from datetime import timedelta

from jobs.unit_of_work import checkpoint
from models.database import utc_now
from services.sign_in import purge_sign_ins

KEPT = timedelta(days=90)


def purge_old_sign_ins() -> None:
    """Forget attempts to sign in after 90 days (spec/auth.md)."""
    while purge_sign_ins(before=utc_now() - KEPT):
        checkpoint()
