"""Run one command with the stack's services: those of the running stack, else started for its time.

python -m devstack.command flask demo --size small
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from devstack.assets import make_assets
from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.process import ROOT, leash
from devstack.progress import Progress
from devstack.run import read_settings
from devstack.stack import Stack
from devstack.supervisor import Stopped, stop_signals_raise


def main() -> int:
    """Run the command given as arguments and return its exit code."""
    words = sys.argv[1:]
    if not words:
        sys.exit("usage: python -m devstack.command program argument…")
    try:
        settings = read_settings()
        running = DataDir(settings.data_dir).running_environment()
        if running:
            return run_in_foreground(words, running)
        progress = Progress(sys.stderr)
        with stop_signals_raise():
            stack = Stack(settings, progress)
            try:
                make_assets(progress)
                stack.start_services()
                stack.migrate()
                return run_in_foreground(words, stack.environment)
            finally:
                stack.stop()
    except Stopped:
        return 130
    except StackError as error:
        print(f"\nAtelier cannot run: {error}", file=sys.stderr)
        return 1


def run_in_foreground(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command on this terminal; Ctrl-C is the command's to handle."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    # A handler, not SIG_IGN, which the command would inherit.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    child = subprocess.Popen(
        [*leash(signal.SIGTERM, None), *words],
        cwd=ROOT,
        env={**os.environ, **environment, "PATH": path, "FLASK_APP": "app:create_app"},
    )
    try:
        return child.wait()
    finally:
        child.terminate()
        child.wait()
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
