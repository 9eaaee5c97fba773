"""YAML's syntax errors in the words of the people who write the files."""

from dataclasses import dataclass

from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

SENTENCES = (
    (r"'\t' that cannot start", "用了制表符（Tab）", "请把 Tab 改成空格，每层缩进两个空格"),
    (
        "mapping values are not allowed",
        "缩进不齐，或一行里有两个冒号",
        "请对齐上下行；值里有冒号时给它加上引号",
    ),
    ("could not find expected ':'", "键后面缺少冒号", "请写成“键: 值”，英文冒号，后面空一格"),
    ("while scanning a quoted scalar", "引号没有成对", "请补上另一个引号"),
    ("while scanning a double-quoted scalar", "双引号里有不认识的转义", "请改用单引号"),
    ("expected ',' or ", "括号没有成对，或项目之间缺少逗号", "请检查 [ ] 和 { } 是否成对"),
    ("expected <block end>", "缩进不齐", "请让同一层的各行左边对齐"),
    ("expected the node content", "括号多了或位置不对", "请检查 [ ] 和 { } 是否成对"),
    ("found another document", "一个文件里有两份内容（---）", "请拆成两个文件"),
    ("undefined alias", "引用（*）不支持", "请把内容重写一遍；值以 * 开头时加上引号"),
    ("that cannot start any token", "值以特殊符号开头", "请给这个值加上引号"),
)
OPENED_AT = ("quoted scalar", "flow sequence", "flow mapping", "simple key")
"""Errors noticed only further on: the place to look at is where it was opened."""


@dataclass(frozen=True, slots=True)
class Syntax:
    line: int | None
    what: str
    way_out: str


def explain_syntax(error: MarkedYAMLError) -> Syntax:
    """Where a YAML error is (1-based line), what it is and what to do, in Chinese."""
    told = f"{error.context or ''} {error.problem or ''}"
    opened = any(word in told for word in OPENED_AT)
    mark = (opened and error.context_mark) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else None
    for sign, what, way_out in SENTENCES:
        if sign in told:
            return Syntax(line, f"YAML 写法有误：{what}", way_out)
    return Syntax(line, f"YAML 写法有误（{told.strip()}）", "请对照示例文件改正这一行")


def explain_character(error: ReaderError) -> tuple[str, str]:
    """What to say of a control character."""
    return f"含有不可见的控制字符（U+{_code(error.character):04X}）", "请删去这个字符，重新输入这一行"


def _code(character: object) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")
