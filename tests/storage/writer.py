"""A process of its own that writes to the archive: `python writer.py URL NAME [kill]`.

Records 60 batches in a run of its own, claims every check it can, appends to the log; prints what it got.
With `kill` it dies by SIGKILL inside a transaction, after 5 batches.
"""

import json
import os
import signal
import sys

from domain.looks import RunKind
from storage.archive import Archive
from tests.storage.seen import event, night, row, seen, start

BATCHES = 60


def main(url: str, name: str, dying: bool) -> None:
    claimed = []
    with Archive.open(url) as archive:
        run = start(archive, kind=RunKind.NIGHTLY if dying else RunKind.ON_DEMAND)
        for number in range(BATCHES):
            if dying and number == 5:
                with archive.together(run):
                    archive.record(run, [seen(night(number), [row("half", None)], "column:half")])
                    os.kill(os.getpid(), signal.SIGKILL)
            rows = [row("shared", None), row(f"{name}-{number}", None)]
            archive.record(run, [seen(night(number), rows, f"column:{number}", body=b"the same body")])
            archive.append_log("note", name, {"n": number}, actor=name, at=night(number))
            archive.save_events(
                [event((night(0), number), subject_id=f"column:{number}")], [], run=run, at=night(0)
            )
            while (check := archive.claim_check(run, night(0))) is not None:
                claimed.append(check[0])
    sys.stdout.write(json.dumps(claimed))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "kill" in sys.argv)
