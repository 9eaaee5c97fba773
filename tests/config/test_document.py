from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.document import MAX_BYTES, parse, read_document

HERE = Path("a.yaml")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a:\n\tb: 1\n", 2, "制表符"),
        ("a: b: c\n", 1, "冒号"),
        ("a: 1\n b: 2\n", 2, "缩进"),
        ("x: 1\na: [1,\nb: 2\n", 2, "括号"),
        ("x: 1\na: 'x\nb: 2\n", 2, "引号"),
        ("a: 1\nb\nc: 1\n", 2, "冒号"),
        ("- a\nb: 1\n", 2, "缩进"),
        ("a:\n  - b: 1\n   c: 2\n", 3, "缩进"),
        ("x: 1\na: \x01\n", 2, "控制字符（U+0001）"),
        ("a: 1\n---\nb: 2\n", 2, "两份内容"),
        ("a: @x\n", 1, "特殊符号"),
        ("a: *zz\n", 1, "引用"),
        ('a: "\\q"\n', 1, "转义"),
        ("a: 1\r\nb: ]\r\n", 2, "括号"),
        ("%YAML 3.0\n---\na: 1", 1, "YAML 写法有误"),
    ],
)
def test_a_syntax_error_names_its_line_in_chinese(text: str, line: int, said: str) -> None:
    document, [problem] = parse(HERE, text)
    assert document is None
    assert problem.line == line
    assert said in problem.what
    assert problem.way_out


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "键“a”重复，第 1 行"),
        ("a: &x [1]\nb: *x\n", 1, "引用"),
        ("a: &x [*x]\n", 1, "引用"),
        ("<<: {a: 1}\n", 1, "普通文字"),
        ("? [a, b]\n: 1\n", 1, "普通文字"),
        ("a: !!python/object:os.system x\n", 1, "标签"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_by_name(text: str, line: int, said: str) -> None:
    _, [problem] = parse(HERE, text)
    assert problem.line == line
    assert said in problem.what


def test_deep_nesting_is_a_problem_not_a_crash() -> None:
    _, [problem] = parse(HERE, "[" * 5000)
    assert "太深" in problem.what


def test_values_are_plain_and_dates_stay_text() -> None:
    document, problems = parse(HERE, "a: 2026-09-01\nb: 010\nc: 0x1F\nd: 1.5\ne: true\nf:\ng: '3'\n")
    assert not problems
    assert document is not None
    assert document.data == {"a": "2026-09-01", "b": 10, "c": 31, "d": 1.5, "e": True, "f": None, "g": "3"}


def test_a_place_is_told_by_line_and_ids() -> None:
    document, _ = parse(HERE, "units:\n  - id: czj\n    columns:\n      - name: x\n")
    assert document is not None
    missing = ("units", 0, "columns", 0, "url")
    assert document.line(missing) == 4
    assert document.key(missing) == "units[czj].columns[1].url"


@pytest.mark.parametrize("content", ["财政局: 1\n".encode("gb18030"), "a: 1".encode("utf-16")])
def test_another_encoding_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    document, [problem] = read_document(path)
    assert document is None
    assert "UTF-8" in problem.what


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("甲: 1\n".encode("utf-8-sig"))
    document, _ = read_document(path)
    assert document is not None
    assert document.data == {"甲": 1}


def test_a_file_that_cannot_be_read_or_is_huge_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    _, [problem] = read_document(tmp_path / "a.yaml")
    assert "读不了" in problem.what
    (tmp_path / "b.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    _, [problem] = read_document(tmp_path / "b.yaml")
    assert "字节" in problem.what


@given(st.text(max_size=60) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@?, \t\r\n01.~<=", max_size=60))
def test_any_text_gives_a_document_or_problems(text: str) -> None:
    document, problems = parse(HERE, text)
    assert document is not None or problems
    assert all(problem.way_out for problem in problems)
