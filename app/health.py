"""Is everything here that a deployment needs? Each point with what was found and the way out."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from app.office import database_url
from config.check import check
from config.load import load_settings
from crawler.browser import BrowserError, start
from domain.errors import ZwgkError
from storage.archive import Archive

MIN_FREE_BYTES = 1_000_000_000
FONTS = ("FangSong", "仿宋", "FZFangSong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing looked at. `needed` False: the product works without it."""

    name: str
    ok: bool
    found: str
    way_out: str = ""
    needed: bool = True


def examine(folder: Path) -> list[Point]:
    """All points; never raises for what it looks at."""
    return [
        _python(),
        _stated("设置、单位表和细则", "没有问题", lambda: _files(folder)),
        _stated("数据文件夹", "可以写入", lambda: _writable(folder)),
        _stated("数据库", "可以打开，日志完好", lambda: _database(folder)),
        _space(folder),
        _browser(folder),
        *_optional(),
    ]


def ready(points: Iterable[Point]) -> bool:
    """Whether nothing that is needed is missing."""
    return all(point.ok for point in points if point.needed)


def _python() -> Point:
    found = ".".join(map(str, sys.version_info[:3]))
    return Point(name="Python", ok=sys.version_info >= (3, 11), found=found, way_out="需要 3.11 或更新的版本")


def _stated(name: str, well: str, look: Callable[[], None]) -> Point:
    try:
        look()
    except (ZwgkError, OSError) as error:
        return Point(name=name, ok=False, found=str(error))
    return Point(name=name, ok=True, found=well)


def _files(folder: Path) -> None:
    problems = check(folder)
    if problems:
        raise ZwgkError(f"有 {len(problems)} 处问题，第一处：{problems[0]}用 zwgk config check 查看全部。")


def _writable(folder: Path) -> None:
    data = folder / "data"
    with TemporaryFile(dir=data if data.is_dir() else folder) as file:
        file.write(b"zwgk")
        file.flush()


def _database(folder: Path) -> None:
    with Archive.open(database_url(load_settings(folder))) as archive:
        result = archive.verify()
    if not result.ok:
        raise ZwgkError(f"日志在第 {result.broken_at} 条处断开：{result.why}")


def _space(folder: Path) -> Point:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Point(name="磁盘空间", ok=False, found=str(error.strerror))
    found, way_out = f"剩余 {free / 1e9:.1f} GB", "请清理磁盘或换一个更大的盘"
    return Point(name="磁盘空间", ok=free >= MIN_FREE_BYTES, found=found, way_out=way_out)


def _browser(folder: Path) -> Point:
    """Is there one that starts? Tried, not only looked for: a missing library shows here, not at night."""
    way_out = "只影响内容由脚本生成的网页：它们读不出来，按“无法判断”处理，不会扣分"
    try:
        settings = load_settings(folder)
    except ZwgkError:
        return Point(name="浏览器", ok=False, found="设置读不出来，没有试", needed=False)
    if settings.browser == "off":
        return Point(name="浏览器", ok=True, found="设置为不用（browser: off）", needed=False)
    try:
        found = asyncio.run(_tried(settings.browser_path))
    except BrowserError as error:
        return Point(name="浏览器", ok=False, found=str(error), way_out=way_out, needed=False)
    return Point(name="浏览器", ok=True, found=found, needed=False)


async def _tried(path: str) -> str:
    engine = await start(path)
    version = engine.version
    await engine.stop()
    return f"Chromium {version}，可以启动"


def _optional() -> Iterator[Point]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Point(
        name="LibreOffice", ok=office is not None, found=office or "没有安装", needed=False,
        way_out="只在要把通报转成 PDF 时需要",
    )  # fmt: skip
    fonts = _fonts()
    yield Point(
        name="仿宋字体", ok=bool(fonts), found=fonts or "没有安装", needed=False,
        way_out="打开通报的电脑上装有即可，本机不是必需",
    )  # fmt: skip


def _fonts() -> str:
    lister = shutil.which("fc-list")
    if lister is None:
        return ""
    listed = subprocess.run([lister, ":", "family"], capture_output=True, text=True, check=False, timeout=20)
    return "、".join(name for name in FONTS if name in listed.stdout)
