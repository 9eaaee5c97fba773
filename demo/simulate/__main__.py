"""Simulated years against their truth: `make simulate SEEDS=20`.

    python -m demo.simulate [--seeds 20] [--first 1] [--processes 2]
    python -m demo.simulate --first 3 --keep FOLDER

Each seed plants a year, crawls it night after night through the real readers into a real archive, lets the
office decide every month, and compares what every unit lost with what was planted. Differences go to
stderr; the last line is JSON. Exit 1 when a deduction was false or missed, or a sheet differs. `--keep`
lives one year in an empty folder and leaves the deployment there.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from demo.simulate.compare import Result, run
from demo.simulate.keep import keep


def main() -> int:
    wish = _arguments()
    if wish.keep is not None:
        print(json.dumps({"seed": wish.first, "looks": keep(wish.first, wish.keep)}))
        return 0
    started = time.monotonic()
    seeds = range(wish.first, wish.first + wish.seeds)
    with ProcessPoolExecutor(wish.processes) as pool:
        results = []
        for result in pool.map(run, seeds):
            results.append(result)
            _say(result)
    line = {
        "seeds": len(results),
        "false_deductions": sum(len(one.false) for one in results),
        "missed_deductions": sum(len(one.missed) for one in results),
        "sheets_equal": all(not one.differing for one in results),
        "sheets": sum(one.sheets for one in results),
        "deductions": sum(one.deductions for one in results),
        "looks": sum(one.looks for one in results),
        "seconds": round(time.monotonic() - started),
        "peak_mb": max(one.peak_mb for one in results),
    }
    print(json.dumps(line))
    wrong = line["false_deductions"] or line["missed_deductions"] or not line["sheets_equal"]
    return 1 if wrong else 0


def _say(result: Result) -> None:
    for name, differences in (
        ("false", result.false),
        ("missed", result.missed),
        ("sheet", result.differing),
    ):
        for one in differences[:20]:
            print(f"seed {result.seed}: {name}: {one}", file=sys.stderr)
    print(
        f"seed {result.seed}: {result.looks} looks, {result.deductions} deductions planted, "
        f"{len(result.false)} false, {len(result.missed)} missed, {result.seconds} s",
        file=sys.stderr, flush=True,
    )  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m demo.simulate", description="Simulated years against their truth"
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="live the year of --first in this empty folder, keep it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
