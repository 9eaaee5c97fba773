"""DIR/words.yaml: the office's sensitive words, all mistakes told with their lines."""

from pathlib import Path

import pytest

from config.check import check
from config.init import init_folder
from config.words import load_words, shipped_words
from domain.clues import Word
from domain.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    return folder


def test_an_old_deployment_uses_the_shipped_list(tmp_path: Path) -> None:
    assert load_words(tmp_path) == shipped_words()
    assert {"绝密★", "机密★", "秘密★"} <= {one.word for one in shipped_words()}
    init_folder(tmp_path / "office", simulation=True)
    assert load_words(tmp_path / "office") == shipped_words()


def test_the_offices_own_list_goes_before_it(tmp_path: Path) -> None:
    text = "words:\n  - {word: 某某事件, category: 舆情, reason: 上级要求关注}\n"
    assert load_words(written(tmp_path, text)) == (
        Word(word="某某事件", category="舆情", reason="上级要求关注"),
    )
    assert load_words(written(tmp_path, "words: []\n")) == ()
    assert load_words(written(tmp_path, "# 只有注释\n")) == ()


GOOD = "{word: 绝密★, category: 涉密, reason: 标志}"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("words:\n  - {word: 密, category: 涉密, reason: 标志}", 2, "太短"),
        ("words:\n  - {word: '，，，密', category: 涉密, reason: 标志}", 2, "太短"),
        ("words:\n  - {word: 绝密★, category: 涉密}", 2, "reason"),
        (f"words:\n  - {GOOD}\n  - {GOOD.replace('绝密', '绝 密')}", 3, "已经写在第1条"),
        ("word: []", 1, "word"),
        ("words: 绝密", 1, ""),
        ("- 绝密", None, ""),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    folder = tmp_path / "office"
    init_folder(folder, simulation=True)
    written(folder, text)
    [problem] = [p for p in check(folder) if p.file.endswith("words.yaml")]
    assert line in {None, problem.line}
    assert what in str(problem)
    with pytest.raises(ConfigError):
        load_words(folder)
