"""Answers of interfaces that say they failed, whatever their HTTP status. Pure.

Asked only of an answer without rows: such a one is no empty list. A code alone is an error only when its
name and its number leave no doubt (0, 1, 200, "0000", 10000 are successes somewhere).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Any

_SUCCESS = frozenset({"success", "issuccess", "is_success", "succeed", "succeeded", "ok"})
_CODES = frozenset(
    {
        "code", "status", "state", "ret", "retcode", "returncode", "resultcode", "respcode", "statuscode",
        "errno", "errcode", "errorcode", "err_code", "error_code", "status_code", "result_code", "ret_code",
    }
)  # fmt: skip
_MESSAGES = frozenset(
    {
        "msg", "message", "errmsg", "errormsg", "errormessage", "err_msg", "error_msg", "retmsg",
        "resultmsg",
    }
)  # fmt: skip
_ERRORS = frozenset({"error", "errors", "exception"})

_CODE = re.compile(r"-\d{1,6}|[45]\d{2,5}")
_CODE_WORD = re.compile(r"err(?:or)?|fail(?:ed|ure)?|exception", re.I)
_FAULT = re.compile(
    r"失败|异常|出错|错误|繁忙|频繁|超时|过期|失效|维护中|请登[录陆]|未登[录陆]|无权|没有权限|拒绝访问|不成功|未成功"
    r"|非法|\berror\b|exception|\bfail(?:ed|ure)?\b|denied|forbidden|unauthori[sz]ed|timed? ?out"
    r"|too many requests",
    re.I,
)
_NO_FAULT = re.compile(r"(?:无|没有|未发现|未发生)(?:任何)?(?:错误|异常)|\bno error|(?<![不未])成功", re.I)
_NOTHING = re.compile(
    r"(?:暂无|没有|无|查无|未查[询到]+|未找到)(?:相关|任何|符合条件的|匹配的|此)?(?:数据|记录|内容|信息|结果)"
)


def says_failed(document: Json) -> bool:
    """Whether an answer without rows says that it is an error: by its flag, its code or its message.

    An answer that only says in words that there is nothing ("暂无数据") is an empty list, whatever its code.
    """
    told = list(_told(document))
    messages = [said for name, value in told if name in _MESSAGES and (said := _words(value))]
    if any(_FAULT.search(said) and not _NO_FAULT.search(said) for said in messages):
        return True
    if any(_NOTHING.search(said) for said in messages):
        return False
    return any(_is_error(name, value) for name, value in told)


def _told(document: Json) -> Iterator[tuple[str, Json]]:
    """What the answer says of itself: its own entries, and those of a head inside it."""
    if not isinstance(document, Mapping):
        return
    for name, value in document.items():
        yield str(name).lower(), value
        if isinstance(value, Mapping):
            yield from ((str(inner).lower(), one) for inner, one in value.items())


def _is_error(name: str, value: Json) -> bool:
    said = _words(value)
    if name in _SUCCESS:
        return value is False or said.lower() == "false"
    if name in _CODES:
        return _CODE.fullmatch(said) is not None or _CODE_WORD.fullmatch(said) is not None
    if name in _ERRORS:
        return _FAULT.search(said) is not None and not _NO_FAULT.search(said)
    return False


def _words(value: Json) -> str:
    """A text or a number as text; "" for what is neither."""
    if isinstance(value, str):
        return value[:200].strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
