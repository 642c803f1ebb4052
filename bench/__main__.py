"""Measure the shop at a size, and at the smaller ones for the curve of growth.

    make bench              # small
    make bench SIZE=full    # small, medium and full; what is missing is loaded first

Figures of one run on one machine: compare them with each other, not with another day's.
"""

import argparse
import sys
import time
from pathlib import Path

from bench import report, results
from bench.load import require_wrk
from bench.measures import Measured, measure
from bench.shop import opened, python
from bench.targets import judge
from devstack.assets import make_assets
from devstack.errors import StackError
from devstack.progress import Progress

SIZES = ("small", "medium", "full")


def main() -> int:
    """Print a table per size and the targets; write bench/results.json and docs/performance.md."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", action="store_true", help="measure this size alone, without the smaller ones")
    parser.add_argument("--seconds", type=int, default=8, help="of load on each page")
    parser.add_argument("--data-dir", type=Path, default=Path(".data/bench"))
    options = parser.parse_args()
    require_wrk()
    sizes = (options.size,) if options.only else SIZES[: SIZES.index(options.size) + 1]
    progress = Progress()
    every: dict[str, Measured] = {}
    try:
        make_assets(progress)
        for size in sizes:
            progress.say(f"\nSize {size}")
            with opened(size, options.data_dir, progress) as shop:
                every[size] = measure(shop, progress, seconds=options.seconds)
            progress.say("\n" + report.as_text(report.lines_of(every[size])))
    except StackError as error:
        print(f"\nThe bench cannot run: {error}", file=sys.stderr)
        return 1
    growth = results.growth_of(every.get("medium"), every.get("full"))
    targets = judge(every[options.size], growth)
    progress.say("\n" + report.as_text([[t.name, t.asked, t.found, "met" if t.is_met else "NOT MET"] for t in targets]))
    results.write(every[options.size], growth)
    report.write(every, targets, f"{time.strftime('%Y-%m-%d', time.gmtime())}, Python {python()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
