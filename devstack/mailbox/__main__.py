"""`python -m devstack.mailbox DIRECTORY --smtp-port N --http-port N`."""

import argparse
from pathlib import Path

from devstack.http import serve_until_told
from devstack.mailbox.pages import create_pages
from devstack.mailbox.smtp import smtp_server
from devstack.mailbox.store import Store

parser = argparse.ArgumentParser(prog="devstack.mailbox")
parser.add_argument("directory", type=Path)
parser.add_argument("--smtp-port", type=int, required=True)
parser.add_argument("--http-port", type=int, required=True)
options = parser.parse_args()

store = Store(options.directory)
smtp = smtp_server(store, options.smtp_port)
smtp.start()
serve_until_told(create_pages(store), options.http_port)
smtp.stop()
