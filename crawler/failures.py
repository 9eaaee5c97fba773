"""Why a look has no answer: exceptions and statuses become a state and a sentence for the office."""

from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from domain.readings import PageState

NO_CONNECTION = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    DownloadFailedError,
)
"""What counts against a host in the breaker."""


class LookRefusedError(IgnoreRequest):
    """A request this crawler will not make; `why` says so to the office."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A look that told nothing about its subject."""

    state: PageState
    why: str


def no_answer(error: BaseException) -> NoAnswer:
    """The reason behind an exception of the downloader or of our own middlewares."""
    return NoAnswer(PageState.FAILED, _why(error))


def _why(error: BaseException) -> str:
    if isinstance(error, LookRefusedError):
        return error.why
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):
        return "页面超过大小上限，未读取"
    if isinstance(error, IgnoreRequest):
        return "跳转次数过多，未能打开页面"
    if _tls(error):
        return "HTTPS 证书校验未通过，未读取页面"
    if isinstance(error, ValueError):
        return "网址格式不正确，无法访问"
    return next((why for kind, why in WHY if isinstance(error, kind)), f"连接失败（{type(error).__name__}）")


WHY: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "域名无法解析"),
    (DownloadConnectionRefusedError, "网站拒绝连接"),
    (DownloadTimeoutError, "网站在规定时间内没有响应（超时）"),
    (ResponseDataLossError, "传输中断，页面不完整"),
    (UnsupportedURLSchemeError, "只访问 http 和 https 网址"),
    (DownloadFailedError, "连接中断，没有得到应答"),
)


def _tls(error: BaseException) -> bool:
    """Was it the certificate? Twisted hides the TLS error among the reasons of a failed response."""
    causes: list[object] = [error, error.__cause__]
    causes += [getattr(reason, "value", reason) for reason in getattr(error.__cause__, "reasons", ())]
    return any(type(cause).__module__.startswith(("OpenSSL", "service_identity")) for cause in causes)


def bad_status(status: int) -> NoAnswer:
    """The reason behind an answer that is neither 200 nor 304."""
    match status:
        case 404 | 410:
            return NoAnswer(PageState.FAILED, f"页面不存在（HTTP {status}）")
        case 401 | 407:
            return NoAnswer(PageState.LOGIN, f"需要登录（HTTP {status}）")
        case 403 | 405 | 412 | 521:
            return NoAnswer(PageState.BLOCKED, f"访问被网站防护拦截（HTTP {status}）")
        case 429:
            return NoAnswer(PageState.BLOCKED, "网站要求降低访问频率（HTTP 429）")
        case _ if status >= 500:
            return NoAnswer(PageState.FAILED, f"网站服务器错误（HTTP {status}）")
        case _:
            return NoAnswer(PageState.FAILED, f"网站应答异常（HTTP {status}）")
