"""Usage errors of the command line, said in Chinese."""

import re

from typer.exceptions import TyperException

SENTENCES = {
    "NoSuchOption": "没有选项 {name}",
    "NoSuchCommand": "没有命令 {name}",
    "MissingParameter": "缺少{name}",
    "BadParameter": "{name} 的值不对：{message}",
    "BadOptionUsage": "选项 {name} 用得不对：{message}",
}
KNOWN_TEXTS = {
    "requires an argument": "选项后面要写值",
    "does not take a value": "这个选项后面不写值",
    "unexpected extra argument": "多了参数",
    "valid integer": "要写整数",
    "does not exist": "文件或文件夹不存在",
    "is a directory": "这是文件夹，请写其中的文件",
    "is not readable": "没有读取权限",
    "is not one of": "不在可选的值之中",
    "Missing command": "没有写要做什么",
}
BOUND = re.compile(r"(greater|less) than or equal to (\S+)")
BOUNDS = {"greater": "不能小于", "less": "不能大于"}
PATH = re.compile(r"'(.+)' (?:does not exist|is a directory|is not readable)")


def in_chinese(error: TyperException) -> str:
    """The error as one Chinese sentence, with where to find help."""
    original = error.format_message()
    kind = type(error).__name__
    no_command = getattr(error, "message", "").startswith("No such command")
    message = next((text for piece, text in KNOWN_TEXTS.items() if piece in original), error.message)
    if bound := BOUND.search(original):
        message = f"{BOUNDS[bound[1]]} {bound[2]}"
    if path := PATH.search(error.message):
        message += f"（{path[1]}）"
    if no_command:
        sentence = f"没有命令{error.message.removeprefix('No such command').partition('.')[0]}"
    elif kind == "BadParameter" and getattr(error, "param", None) is None:
        sentence = message
    elif kind in SENTENCES:
        sentence = SENTENCES[kind].format(name=_named(error), message=message)
    else:
        sentence = message
    return f"{sentence}。{_possible(error)}用 {_path(error)} --help 查看用法。"


def _named(error: TyperException) -> str:
    option = getattr(error, "option_name", None)
    if option:
        return str(option)
    param = getattr(error, "param", None)
    if param is None:
        return "参数"
    if param.param_type_name == "option":
        return f"选项 {param.opts[0]}"
    return f"参数 {param.metavar or param.human_readable_name}"


def _possible(error: TyperException) -> str:
    words = getattr(error, "possibilities", None)
    return f"是不是：{'、'.join(sorted(words))}？" if words else ""


def _path(error: TyperException) -> str:
    ctx = getattr(error, "ctx", None)
    return ctx.command_path if ctx is not None else "zwgk"
