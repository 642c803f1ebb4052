"""`python -m devstack.paybox DIRECTORY --port N`; the contract comes from the same PAYBOX_* variables as the shop's."""

import argparse
import logging
import os
from pathlib import Path

from devstack.http import serve_until_told
from devstack.paybox.forms import Contract
from devstack.paybox.pages import create_bank

parser = argparse.ArgumentParser(prog="devstack.paybox")
parser.add_argument("directory", type=Path)
parser.add_argument("--port", type=int, required=True)
options = parser.parse_args()

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
contract = Contract(
    site=os.environ["PAYBOX_SITE"],
    rang=os.environ["PAYBOX_RANG"],
    identifiant=os.environ["PAYBOX_IDENTIFIANT"],
    hmac_key=os.environ["PAYBOX_HMAC_KEY"],
)
serve_until_told(create_bank(options.directory, contract), options.port)
