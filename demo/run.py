"""The whole demo: a banner with planted faults, three nights, a month closed, found against planted.

    python -m demo.run --seed 7 --out demo-out

Progress on stderr, the account on stdout; the last line is JSON. Exit 1 when a planted fault was missed
or anyone was accused wrongly, 3 when a step could not be run.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.compare import Comparison, compare, found
from demo.nights import ISSUED_AT, NIGHTS
from demo.office import CommandFailedError, DemoOffice
from demo.person import OFFICE_HOURS, decisions, seen_by_hand
from demo.plant import EVERY_HOST, plant
from demo.portal import free_port, served
from demo.registry import write_registry
from demo.show import how_to_open, show
from demo.site import Portal
from demo.truth import planted
from demo.world import World

NOTICE_NUMBER = 3
MARK = ".zwgk-demo"
"""A folder with this file was made by the demo, and may be made anew by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    world: World
    comparison: Comparison
    sheets: list[dict[str, Any]]
    notice: Mapping[str, Any]
    trespasses: int


def main() -> int:
    arguments = _arguments()
    try:
        outcome = run(arguments.seed, arguments.out)
    except (CommandFailedError, OSError) as error:
        _say(f"the demo could not run: {error}")
        return 3
    show(outcome.world, outcome.comparison, outcome.sheets, outcome.notice)
    how_to_open(arguments.out / "deployment")
    right, missed = len(outcome.comparison.right), len(outcome.comparison.missed)
    line = {
        "seed": arguments.seed, "planted": right + missed, "found": right,
        "accused_wrongly": len(outcome.comparison.wrongly), "units": len(outcome.world.units),
        "notice": next((path for path in outcome.notice["files"] if path.endswith(".docx")), None),
    }  # fmt: skip
    print(json.dumps(line, ensure_ascii=False))
    return 0 if outcome.comparison.good and not outcome.trespasses else 1


def run(seed: int, out: Path) -> Outcome:
    """Make the folder, serve, crawl three nights, decide, score, close, issue. Raises CommandFailedError."""
    out = _fresh(out)
    world = plant(seed, free_port(seed, EVERY_HOST))
    office = DemoOffice(folder=out / "deployment", documents=out / "documents")
    with served(Portal(world)) as portal:
        _say(f"{world.banner}: {len(world.units)} units, http://{world.hosts[0]}:{world.port}/")
        office.init()
        write_registry(office.folder, world)
        office.check_config()
        for night in NIGHTS:
            portal.now = night
            report = office.crawl(night)
            for subject, newest in seen_by_hand(world, night):
                office.attest(subject, newest, night + OFFICE_HOURS)
            _say(f"night of {night:%Y-%m-%d}: {report['done']} looks, {report['failed']} without an answer")
        trespasses = sum(path.startswith("/closed/") for _, path in portal.asked)
    to_confirm = decisions(office.events())
    for event_id, reason in to_confirm:
        office.confirm(event_id, reason)
    _say(f"{len(to_confirm)} events confirmed by a person")
    events, sheets = office.events(), office.scores()
    _say(f"month drafted: {office.draft()['items']} items; closing, issuing")
    office.close()
    notice = office.issue(NOTICE_NUMBER, ISSUED_AT.date())
    _say(f"log verified: {office.verify()}")
    comparison = compare(planted(world), found(events, sheets), sheets, notice)
    return Outcome(world=world, comparison=comparison, sheets=sheets, notice=notice, trespasses=trespasses)


def _fresh(out: Path) -> Path:
    """An empty folder; an earlier demo's is cleared, anything else is left alone."""
    if (out / MARK).exists():
        shutil.rmtree(out)
    if out.exists() and any(out.iterdir()):
        raise CommandFailedError(f"{out} holds other things; give an empty folder with --out")
    (out / "documents").mkdir(parents=True)
    (out / MARK).touch()
    return out


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m demo.run", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--seed", type=int, default=1, help="everything follows from it (default 1)")
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="where everything is written")
    return parser.parse_args()


STARTED = time.monotonic()


def _say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
