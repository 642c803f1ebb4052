"""`make run`: everything the shop needs, on this machine, from nothing. Stops on Ctrl-C or SIGTERM.

python -m devstack.run [--reload] [--size small]
"""

import argparse
import sys

from pydantic import ValidationError

from config import Settings
from devstack.assets import make_assets
from devstack.datadir import DEMO_BYTES, reason
from devstack.errors import StackError
from devstack.progress import Progress
from devstack.stack import Stack
from devstack.supervisor import Stopped, stop_signals_raise


def main() -> int:
    """Run the stack until told to stop; the exit code is 1 when something kept it from running."""
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--reload", action="store_true", help="restart the web server when a file changes (make dev)")
    parser.add_argument("--size", choices=tuple(DEMO_BYTES), default="small", help="of the demo shop, the first time")
    options = parser.parse_args()
    progress = Progress()
    try:
        with stop_signals_raise():
            run(read_settings(), progress, reload=options.reload, size=options.size)
    except Stopped:
        progress.say("Stopped; the data stay where they are.")
    except StackError as error:
        print(f"\nAtelier cannot run: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nAtelier cannot run: {error.filename or 'the system'}: {reason(error)}", file=sys.stderr)
        return 1
    return 0


def run(settings: Settings, progress: Progress, *, reload: bool, size: str = "small") -> None:
    """Bring everything up, watch over it, put it away whatever happens."""
    stack = Stack(settings, progress)
    try:
        stack.require_machine()
        make_assets(progress)
        stack.start_services()
        stack.migrate()
        stack.load_demo(size)
        stack.fill_index()
        stack.open_doors(reload=reload)
        stack.watch()
    finally:
        stack.stop()


def read_settings() -> Settings:
    """Return the settings; StackError says which one is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        mistakes = (f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())
        raise StackError(f"a setting in the environment or in .env is wrong ({'; '.join(mistakes)}).") from error
    if settings.is_production:
        raise StackError("APP_ENV=production: `make run` is for development; production runs docker-compose.yml.")
    return settings


if __name__ == "__main__":
    sys.exit(main())
