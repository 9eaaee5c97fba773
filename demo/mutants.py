"""Break the rules of judgement one by one: each time a test or the demo must fail.

    python -m demo.mutants [--demo-too] [NAME…]

Every mutant is a source patch in a copy of the tree, taken back afterwards. Exit 1 when one survives, 2 when
a patch does not apply, the copy is not what runs, or the unbroken tree already fails: nothing would be proved
then.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from demo.mutation import JUDGES, Mutation
from demo.mutations import MUTATIONS

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "domain",
    "config",
    "storage",
    "monitors",
    "scoring",
    "notices",
    "crawler",
    "app",
    "cli",
    "web",
    "demo",
)
LEFT_OUT = (".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "demo-out", "*.egg-info", "build")
SEED = 100
STARTED = int(time.time())  # noqa: TID251 - a second for files, not a moment that is judged
AT_ONCE = 2
FAILED = 1  # of pytest and of the demo: it ran, and something was wrong


class NothingProvedError(Exception):
    """A patch that no longer applies, a copy that is not the one running, a tree that fails unbroken."""


@dataclass(slots=True)
class Tree:
    """A copy of the product that can be broken, asked and mended. `writes`: how many files were written."""

    folder: Path
    writes: int = 0

    @contextmanager
    def broken(self, mutation: Mutation) -> Iterator[None]:
        whole: dict[Path, str] = {}
        try:
            for edit in mutation.edits:
                path = self.folder / edit.file
                text = path.read_text(encoding="utf-8")
                if text.count(edit.old) != 1:
                    raise NothingProvedError(
                        f"{mutation.name}: {edit.old!r} stands {text.count(edit.old)} times in {edit.file}; "
                        "bring demo/mutations*.py up to date"
                    )
                whole.setdefault(path, text)
                self._write(path, text.replace(edit.old, edit.new))
            yield
        finally:
            for path, text in whole.items():
                self._write(path, text)

    def _write(self, path: Path, text: str) -> None:
        """With a second of its own: Python takes bytecode for fresh by the source's second and size."""
        path.write_text(text, encoding="utf-8")
        self.writes += 1
        second = STARTED + self.writes
        os.utime(path, (second, second))

    def tests_fail(self, tests: tuple[str, ...]) -> bool:
        options = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
        return self._fails("the tests", "-m", "pytest", *options, *tests)

    def demo_fails(self, seed: int) -> bool:
        out = str(self.folder / f"demo-out-{seed}")
        return self._fails("the demo", "-m", "demo", "--seed", str(seed), "--out", out)

    def is_what_runs(self) -> None:
        """Raises NothingProvedError unless every room is imported from this copy."""
        script = (
            f"import {', '.join(ROOMS)}; print(*(m.__path__[0] for m in ({', '.join(ROOMS)})), sep='\\n')"
        )
        said = self._run("-c", script).stdout.split()
        strangers = [path for path in said if not Path(path).resolve().is_relative_to(self.folder.resolve())]
        if len(said) != len(ROOMS) or strangers:
            raise NothingProvedError(f"the copy in {self.folder} does not run; imported were {said}")

    def _fails(self, what: str, *words: str) -> bool:
        done = self._run(*words)
        if done.returncode not in {0, FAILED}:
            raise NothingProvedError(f"{what} could not run ({done.returncode}):\n{done.stdout[-3000:]}")
        return done.returncode == FAILED

    def _run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", check=False,
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": ""},
        )  # fmt: skip


def main() -> int:
    arguments = _arguments()
    chosen = [one for one in MUTATIONS if not arguments.name or any(n in one.name for n in arguments.name)]
    started = time.monotonic()
    try:
        with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as pool:
            trees: Queue[Tree] = Queue()
            copies = [stack.enter_context(_copied()) for _ in range(AT_ONCE)]
            _require_sound(copies[0])
            for tree in copies:
                tree.is_what_runs()
                trees.put(tree)
            asked = [
                pool.submit(_killer, trees, at, one, arguments.demo_too) for at, one in enumerate(chosen)
            ]
            killers = []
            for one, answer in zip(chosen, asked, strict=True):
                killers.append(answer.result())
                print(
                    f"{'killed by ' + killers[-1] if killers[-1] else 'SURVIVED':32} {one.name}", flush=True
                )
    except NothingProvedError as error:
        print(f"nothing proved: {error}", file=sys.stderr)
        return 2
    survivors = killers.count("")
    print(f"{len(killers) - survivors} of {len(killers)} killed in {time.monotonic() - started:.0f} s")
    return 1 if survivors else 0


def _require_sound(tree: Tree) -> None:
    """The unbroken copy passes tests and demo. Raises NothingProvedError."""
    if tree.tests_fail(JUDGES):
        raise NothingProvedError("the tests fail without any mutant")
    if tree.demo_fails(SEED):
        raise NothingProvedError("the demo fails without any mutant")
    print(f"the unbroken copy {tree.folder} passes tests and demo", flush=True)


def _killer(trees: "Queue[Tree]", number: int, mutation: Mutation, demo_too: bool) -> str:
    """Who noticed: "tests", "demo", both joined, or nobody ("")."""
    tree = trees.get()
    try:
        with tree.broken(mutation):
            noticed = ["tests"] if mutation.tests and tree.tests_fail(mutation.tests) else []
            if (demo_too or not noticed) and tree.demo_fails(SEED + 1 + number):
                noticed.append("demo")
            return " and ".join(noticed)
    finally:
        trees.put(tree)


@contextmanager
def _copied() -> Iterator[Tree]:
    with tempfile.TemporaryDirectory(prefix="zwgk-mutant-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        yield Tree(copy)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo.mutants", description="Break the rules one by one.")
    parser.add_argument("name", nargs="*", help="only mutants whose name contains one of these")
    parser.add_argument("--demo-too", action="store_true", help="ask the demo also where a test noticed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
