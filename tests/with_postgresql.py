"""Run a command beside a throw-away PostgreSQL: `python tests/with_postgresql.py CMD…`.

Sets ZWGK_TEST_POSTGRESQL for CMD to the URL of a new cluster on a unix socket in a temporary folder, stops
the cluster afterwards and returns CMD's exit code. Where there is no PostgreSQL, CMD runs without it.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "ZWGK_TEST_POSTGRESQL"
USUAL_PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")


def main(command: list[str]) -> int:
    if not command:
        sys.stderr.write(f"usage: {sys.argv[0]} CMD…\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped, too
    programs = find_programs()
    if programs is None:
        sys.stderr.write("no PostgreSQL programs found (apt-get install postgresql): running without it\n")
        return subprocess.run(command, check=False).returncode
    with cluster(programs) as url:
        return subprocess.run(command, check=False, env={**os.environ, VARIABLE: url}).returncode


def find_programs() -> Path | None:
    """The folder with initdb and pg_ctl: on the PATH, else the newest installed version."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [
        bin_ for place in USUAL_PLACES for bin_ in Path(place).glob("**/bin") if (bin_ / "initdb").exists()
    ]
    return max(
        found, key=lambda folder: [int(n) for n in folder.parent.name.split(".") if n.isdigit()], default=None
    )


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A running cluster's URL. PostgreSQL refuses to run as root: another user's name is borrowed then."""
    user = borrowed_user()
    folder = Path(tempfile.mkdtemp(prefix="zwgk-pg-", dir="/tmp"))
    data, log = folder / "data", folder / "log"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [programs / program, "-D", data, *arguments], user=user, cwd=folder, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            said = done.stdout.decode(errors="replace") + (log.read_text() if log.exists() else "")
            raise SystemExit(f"{program} failed:\n{said}")

    try:
        if user is not None:
            shutil.chown(folder, user)
        run("initdb", "--auth=trust", "--username=zwgk", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200"
        # the server would keep a pipe open: its words go to the log file
        run("pg_ctl", "start", "--wait", "--silent", f"--log={log}", f"--options={options}")
        try:
            yield f"postgresql://zwgk@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--mode=immediate", "--silent")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def borrowed_user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
