"""Ours beside gne, trafilatura and htmldate on the same pages in one run: CPU time, interleaved, medians.

    python -m benchmarks.extract [FOLDER] [--rounds 7] [--peers build/bench-extract/bin/python]

Every extractor lives in a process of its own; rounds take turns, so what disturbs the machine disturbs all.
The last line is JSON: medians in milliseconds a page and the ratios to the peers.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.extract import pages

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
PEERS = ("gne", "trafilatura_metadata", "trafilatura_full", "htmldate")


class Extractor:
    """A worker process over some pages. `took`: one list of milliseconds a page per round."""

    def __init__(self, python: str, name: str, files: Sequence[Path]) -> None:
        self.name, self.files, self.failed = name, files, 0
        self.took: list[list[float]] = []
        worker = Path(__file__).with_name("worker.py")
        env = {**os.environ, "PYTHONPATH": str(ROOT)} if name.startswith("ours") else None
        self._process = subprocess.Popen(
            [python, "-W", "ignore", str(worker), name.partition("@")[0]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env,
        )  # fmt: skip
        self._ask(json.dumps([str(file) for file in files]))
        self._ask("")  # what is compiled and imported on first use is not a page's time

    def round(self) -> None:
        said = self._ask("")
        self.took.append(said["ms"])
        self.failed = said["failed"]

    def per_page(self) -> list[float]:
        """Each page's median over the rounds."""
        return [median(rounds) for rounds in zip(*self.took, strict=True)]

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        if not said:
            raise SystemExit(
                f"{self.name} did not start: is it installed? (make bench-extract installs the peers)"
            )
        answer: dict[str, Any] = json.loads(said)
        return answer


def main() -> None:
    wish = _arguments()
    articles = pages.documents(wish.folder)
    if not articles:
        raise SystemExit(f"{wish.folder}: no pages there; name a folder with saved pages (*.html)")
    with tempfile.TemporaryDirectory() as made:
        extractors = [
            Extractor(sys.executable, "ours_document", articles),
            Extractor(sys.executable, "ours_list", pages.generated_lists(Path(made))),
        ]
        if found := pages.lists(wish.folder):
            extractors.append(Extractor(sys.executable, "ours_list@saved", found))
        if wish.peers:
            extractors += [Extractor(wish.peers, name, articles) for name in PEERS]
        for _ in range(wish.rounds):
            for one in extractors:
                one.round()
        for one in extractors:
            one.close()
    _report({one.name: one for one in extractors}, wish)


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Ours beside gne, trafilatura and htmldate: CPU ms a page")
    asked.add_argument(
        "folder", nargs="?", type=Path, default=CORPUS, help="saved pages (default: the corpus)"
    )
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--peers", default="", help="Python of the peers' environment; without it ours alone")
    return asked.parse_args()


def _report(by_name: dict[str, Extractor], wish: argparse.Namespace) -> None:
    print(f"{wish.folder}: {wish.rounds} rounds, CPU ms a page")
    print(f"{'':24}{'pages':>6}{'median':>9}{'p90':>9}{'mean':>9}{'failed':>8}")
    medians: dict[str, float] = {}
    for name, one in by_name.items():
        took = sorted(one.per_page())
        medians[name] = median(took)
        p90, mean = took[int(len(took) * 0.9)], sum(took) / len(took)
        print(f"{name:24}{len(took):6}{medians[name]:9.3f}{p90:9.3f}{mean:9.3f}{one.failed:8}")
    line: dict[str, Any] = {
        "pages": len(by_name["ours_document"].files),
        "rounds": wish.rounds,
        "document_ms": round(medians["ours_document"], 3),
        "list_ms": round(medians["ours_list"], 3),
    }
    if "ours_list@saved" in medians:
        line["list_saved_ms"] = round(medians["ours_list@saved"], 3)
    for name in PEERS:
        if name in medians:
            line[f"{name}_ms"] = round(medians[name], 3)
    if wish.peers:
        line["ratio_gne"] = round(medians["gne"] / medians["ours_document"], 2)
        line["ratio_trafilatura"] = round(medians["trafilatura_metadata"] / medians["ours_document"], 2)
        line["ratio_trafilatura_full"] = round(medians["trafilatura_full"] / medians["ours_document"], 2)
        line["ratio_htmldate"] = round(medians["htmldate"] / medians["ours_document"], 2)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
