"""Fuzz the readers with atheris for some time, or run one kept case again.

    make fuzz SECONDS=60            # from tests/fixtures; exit code 0 when nothing failed
    make fuzz CASE=build/fuzz-cases/crash-…

An exception, a case slower than readers.MOST_CPU_S or a hang ends the run; its input stays in
build/fuzz-cases. What was found interesting is kept in build/fuzz-corpus and continued from.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
CORPUS, CASES = ROOT / "build" / "fuzz-corpus", ROOT / "build" / "fuzz-cases"
LONGEST = 16_384
"""Bytes of a case: larger pages are slower, not different."""
HANG_S, MOST_MB = 120, 2048

with atheris.instrument_imports(include=["crawler.extract", "domain"]):
    from benchmarks.fuzz import readers

WORDS = """\
<a href=" </a> <ul> <li> </li> </ul> <tr> <td> </table> <div> <p> <dt> <span> <br> <script> </script> <!-- -->
<![CDATA[ ]]> <record> <iframe src=" <meta http-equiv="refresh" content="0;url= <base href=" charset=gb2312
2024-01-05 01-05 2024年1月5日 二〇二四年 [2024] 今天 发布日期： 来源： 文号： 索引号 当前位置： 更多 通知公告
{"title":" "url":" "date": :[{ }] createPageHTML( \\ud800 &#xd800; &#0; 404 name="PubDate" ColumnType"""
"""Pieces that pages are made of; libFuzzer puts them in."""


def seeds() -> Iterator[bytes]:
    """Every saved page for each reader that could meet it."""
    kinds = {"lists": ("list", "json"), "documents": ("document",), "portals": ("portal",)}
    for folder, chosen in kinds.items():
        for file in sorted((FIXTURES / folder).glob("*/page.*")):
            page = file.read_bytes()[: LONGEST - 1]
            yield from (readers.case(reader, page) for reader in (*chosen, "list", "document", "portal"))
    for name in ("utf-8-sig", "gb18030", "utf-16", "big5"):
        yield from (readers.case("charset", "政府工作年度".encode(name), at) for at in range(4))


def main() -> None:
    wish = _arguments()
    if wish.case:
        readers.run(wish.case.read_bytes())
        print(f"{wish.case}: nothing wrong")
        return
    CORPUS.mkdir(parents=True, exist_ok=True)
    CASES.mkdir(parents=True, exist_ok=True)
    for one in seeds():
        (CORPUS / hashlib.sha256(one).hexdigest()[:32]).write_bytes(one)
    words = CORPUS.with_suffix(".dict")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS.split()), encoding="ascii")
    options = [
        f"-max_total_time={wish.seconds}", f"-max_len={LONGEST}", f"-timeout={HANG_S}",
        f"-rss_limit_mb={MOST_MB}", f"-dict={words}", f"-artifact_prefix={CASES}/", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(CORPUS)], readers.run)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Fuzz the page readers")
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--case", type=Path, help="run this kept input once instead")
    return asked.parse_args()


if __name__ == "__main__":
    main()
