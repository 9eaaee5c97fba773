"""Two readers stand behind the files: what one takes, the other must take for the same."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.nodes import _Exact, _Fast, compose

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "data").rglob("*.yaml"))
PIECES = (
    *(": ", "- ", "\n", "  ", '"', "'", "[", "]", "{", "}", ", ", " #", "? ", "!!int ", "x", "财政局"),
    *("1_000", "0o17", "010", "0x1F", "1e3", ".5", "-.inf", "yes", "~", "=", "<<", "2026-01-01", "12:30"),
    "\r\n",
)  # fmt: skip


def said(node: Node | None) -> object:
    """Tags, values and places of all nodes."""
    if isinstance(node, MappingNode):
        return [(said(key), said(value)) for key, value in node.value]
    if isinstance(node, SequenceNode):
        return [said(item) for item in node.value]
    if isinstance(node, ScalarNode):
        return node.tag, node.value, *((node.start_mark.index, node.end_mark.index) if node.value else ())
    return None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_files_say_the_same_by_both_readers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert said(yaml.compose(text, Loader=_Fast)) == said(yaml.compose(text, Loader=_Exact))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_text_that_both_read_says_the_same(text: str) -> None:
    try:
        by_both = [said(yaml.compose(text, Loader=loader)) for loader in (_Fast, _Exact)]
    except yaml.YAMLError:
        return
    assert by_both[0] == by_both[1]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("yes", "str"), ("off", "str"), ("12:30:45", "str"), ("2026-01-01", "str"), ("=", "str"),
        ("True", "bool"), ("0o17", "int"), ("1_000", "int"), ("1e3", "float"), ("1.", "float"),
        (".5", "float"), ("-.inf", "float"), ("~", "null"), ("'1'", "str"),
    ],
)  # fmt: skip
def test_words_without_quotes_are_those_of_yaml_1_2(text: str, tag: str) -> None:
    node = compose(text)
    assert isinstance(node, ScalarNode)
    assert node.tag.endswith(f":{tag}")
