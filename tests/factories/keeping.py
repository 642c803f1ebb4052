"""Making what a test has made survive the requests that follow: a GET or a refusal rolls the session back."""

from models.database import session


def keep() -> None:
    """Commit to the test's own transaction and let go of the objects, which stay readable as they are."""
    session.commit()
    session.expunge_all()
