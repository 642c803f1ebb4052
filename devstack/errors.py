"""What keeps the stack from running, said so that a person can mend it."""


class StackError(Exception):
    """One clear sentence with its remedy; shown without a traceback."""
