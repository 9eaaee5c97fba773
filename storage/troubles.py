"""A driver's error in the words of the office: where, what, and the way out."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.errors import StorageError

SQLITE_TROUBLES = (
    ("readonly", "数据库只读，不能写入。请检查数据文件夹和数据库文件的写权限，然后重试。"),
    ("unable to open", "数据库文件打不开。请确认数据文件夹存在、运行 zwgk 的用户可以读写。"),
    ("is full", "磁盘已满，数据没有写入（此前的数据完好）。请腾出空间后重新运行，采集会接着做。"),
    ("is locked", "数据库被别的进程占用太久。请稍候重试；若一直如此，请查看是否有卡住的 zwgk 进程。"),
    ("not a database", "这个文件不是数据库。请检查 database_url 或 data/zwgk.db，或从备份恢复。"),
    ("malformed", "数据库文件已损坏。请停止 zwgk，用最近的备份恢复。"),
    ("disk i/o", "读写磁盘出错（可能磁盘已满或已损坏）。请检查磁盘空间和磁盘状况后重试。"),
)
POSTGRESQL_TROUBLES = {
    "53100": "数据库服务器磁盘已满，数据没有写入。请腾出空间后重新运行。",
    "53300": "数据库服务器的连接已用完。请稍候重试，或调大 max_connections。",
    "55P03": "数据被别的进程占用太久。请稍候重试；若一直如此，请查看是否有卡住的 zwgk 进程。",
    "40P01": "两个进程互相等待，本次写入已撤回。请重试。",
    "42501": "数据库用户没有足够的权限。请为它授予建表和读写的权限。",
    "25006": "数据库服务器处于只读状态，不能写入。请连接主库。",
    "3D000": "服务器上没有这个数据库。请先用 createdb 建立，或改正 database_url。",
    "28P01": "数据库用户名或口令不对。请改正 database_url。",
    "28000": "数据库服务器拒绝了这个用户。请改正 database_url 或服务器的 pg_hba.conf。",
}
UNREACHABLE = "连不上 PostgreSQL。请确认服务器已启动、database_url 中的主机和端口正确，然后重试。"


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Raise StorageError for what the driver could not do; broken constraints stay bugs."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise StorageError(sentence(url, error.orig or error)) from error


def sentence(url: URL, error: BaseException) -> str:
    """The place (never the password), what went wrong and the way out, then the driver's own words."""
    said = " ".join(str(error).split())
    return f"{place(url)}：{_way_out(url, error, said)}（{said}）"


def place(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite"
    return url.render_as_string(hide_password=True)


def _way_out(url: URL, error: BaseException, said: str) -> str:
    if url.get_backend_name() == "sqlite":
        known = (text for mark, text in SQLITE_TROUBLES if mark in said.lower())
        return next(known, "数据库出错。请检查数据文件夹；仍不行时请把这条信息交给管理员。")
    code = getattr(error, "sqlstate", None)
    if code is None:  # psycopg gives no code when the connection itself failed
        known = (text for code, text in POSTGRESQL_TROUBLES.items() if _named(code, said))
        return next(known, UNREACHABLE)
    return POSTGRESQL_TROUBLES.get(code, "数据库出错。请把这条信息交给管理员。")


def _named(code: str, said: str) -> bool:
    marks = {"3D000": "does not exist", "28P01": "password", "28000": "pg_hba.conf", "53300": "too many"}
    return code in marks and marks[code] in said
