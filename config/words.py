"""DIR/words.yaml: the words looked for in titles and documents, each with its category and reason.

A deployment made before there was such a file uses the shipped list.
"""

import re
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from config.document import Document, read_document
from config.fields import Strict, Text
from config.mistakes import problems_of, refusal
from domain.clues import Word
from domain.errors import ConfigError, Problem

WORDS_FILE = "words.yaml"
_BLANKS = re.compile(r"[\s，,、。.·]+")


def _long_enough(value: str) -> str:
    if len(_BLANKS.sub("", value)) < 2:
        raise refusal(f"“{value}”太短", "至少写两个字：一个字几乎每个网页都有")
    return value


class WordEntry(Strict):
    word: Annotated[Text, AfterValidator(_long_enough)]
    category: Text
    reason: Text


class WordsFile(Strict):
    """An empty list is allowed: no words are looked for."""

    words: tuple[WordEntry, ...] = ()


def load_words(folder: Path) -> tuple[Word, ...]:
    """The deployment's words. Raises ConfigError with every problem."""
    words, problems = read_words(folder)
    if problems:
        raise ConfigError(problems)
    return words


def shipped_words() -> tuple[Word, ...]:
    """The list that every new deployment gets a copy of."""
    with as_file(files("config") / "data" / "init" / WORDS_FILE) as path:
        return _read(path)[0]


def read_words(folder: Path) -> tuple[tuple[Word, ...], list[Problem]]:
    path = folder / WORDS_FILE
    return _read(path) if path.is_file() else (shipped_words(), [])


def _read(path: Path) -> tuple[tuple[Word, ...], list[Problem]]:
    document, problems = read_document(path)
    if document is None or problems:
        return (), problems
    try:
        read = WordsFile.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        return (), problems_of(document, error, WordsFile)
    words = tuple(Word(word=one.word, category=one.category, reason=one.reason) for one in read.words)
    return words, list(_twice(document, words))


def _twice(document: Document, words: tuple[Word, ...]) -> Iterator[Problem]:
    """A word that stands twice; blanks and commas make no difference."""
    first: dict[str, int] = {}
    for index, one in enumerate(words):
        bare = _BLANKS.sub("", one.word)
        if bare in first:
            what = f"“{one.word}”已经写在第{first[bare] + 1}条"
            yield document.problem(("words", index), what, "一个词只写一次，请删去一处")
        first.setdefault(bare, index)
