"""The command line: `flask --app app:create_app --help`."""

from flask import Flask


def install(app: Flask) -> None:
    """Register every command on `app`."""
