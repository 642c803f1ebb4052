"""The door for machines: JSON for the Remix front end, webhooks."""

from flask import Blueprint

door = Blueprint("api", __name__)
