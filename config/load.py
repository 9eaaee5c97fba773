"""Opens a deployment folder's files. Each loader raises ConfigError with every problem of its files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError

from config.document import WHOLE_FILE, Document, parse, read_document, read_text
from config.mistakes import explain, near, problems_of
from config.registry import build_registry, check_registry
from config.rubric import check_rubrics, information
from config.rubric_schema import RubricFile
from config.settings import PREFIX, Settings, from_environment
from config.veto_schema import VetoFile
from domain.errors import ConfigError, Problem
from domain.rubric import Rubric
from domain.units import Registry
from domain.vetoes import Vetoes

SETTINGS_FILE = "zwgk.yaml"
ENVIRONMENT = "环境变量"
UNITS, RUBRIC = "单位表", "评估细则"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """YAML files as read, with what went wrong in reading. Equal when they say the same, wherever."""

    folder: Path = field(compare=False)
    texts: tuple[tuple[str, str], ...] = ()  # name, text
    problems: tuple[Problem, ...] = ()

    def documents(self) -> tuple[list[Document], list[Problem]]:
        documents, problems = [], [*self.problems]
        for name, text in self.texts:
            document, found = parse(self.folder / name, text)
            problems += found
            if document is not None:
                documents.append(document)
        return documents, problems


def load_settings(folder: Path) -> Settings:
    """DIR/zwgk.yaml overlaid by ZWGK_* variables."""
    settings, problems = read_settings(folder)
    if settings is None or problems:
        raise ConfigError(in_order(problems))
    return settings


def load_registry(folder: Path) -> Registry:
    """All of DIR/units/*.yaml, merged."""
    return build_registry(checked_documents(folder))


def checked_documents(folder: Path) -> list[Document]:
    """The files of the register, read once. Raises ConfigError with every mistake in them."""
    documents, problems = registry_documents(folder)
    problems += check_registry(documents)
    if problems:
        raise ConfigError(in_order(problems))
    return documents


def load_rubrics(folder: Path) -> Mapping[int, Rubric]:
    """DIR/rubric/*.yaml by annex."""
    return _rubrics(_files(folder / "rubric", RUBRIC))


@lru_cache(maxsize=4)
def _rubrics(files: _Files) -> Mapping[int, Rubric]:
    """Kept: they are long, seldom change, and every edit of the register opens the folder anew."""
    documents, problems = files.documents()
    problems += check_rubrics(documents)
    if problems:
        raise ConfigError(in_order(problems))
    return _by_annex(document for document in documents if not information(document))


def read_rubrics(path: Path) -> Mapping[int, Rubric]:
    """The scored rubrics of one file, or of a folder (a deployment's `rubric/` too), by annex.

    Raises ConfigError with every mistake, file and line; also where nothing there is scored.
    """
    documents, problems = _file_or_folder(path)
    problems += check_rubrics(documents)
    scored = [document for document in documents if not information(document)]
    if not scored and not problems:
        way_out = "请写一份计分的细则文件（参照 rubric/annex1.yaml）"
        problems.append(Problem(str(path), None, WHOLE_FILE, "没有计分的细则，只有供参考的指标", way_out))
    if problems:
        raise ConfigError(in_order(problems))
    return _by_annex(scored)


def _by_annex(documents: Iterable[Document]) -> Mapping[int, Rubric]:
    rubrics = (RubricFile.model_validate(document.data).to_domain() for document in documents)
    return {rubric.annex: rubric for rubric in rubrics}


def _file_or_folder(path: Path) -> tuple[list[Document], list[Problem]]:
    if (path / "rubric").is_dir():
        return rubric_documents(path)
    if path.is_dir():
        return _documents(path, RUBRIC)
    document, problems = read_document(path)
    return [document] if document is not None else [], problems


def load_vetoes(folder: Path) -> tuple[Vetoes, ...]:
    """The files of DIR/rubric that only inform (`scope: information`), by name; load_rubrics first."""
    documents, _ = rubric_documents(folder)
    informing = (document for document in documents if information(document))
    return tuple(VetoFile.model_validate(document.data).to_domain() for document in informing)


def registry_documents(folder: Path) -> tuple[list[Document], list[Problem]]:
    return _documents(folder / "units", UNITS)


def rubric_documents(folder: Path) -> tuple[list[Document], list[Problem]]:
    return _documents(folder / "rubric", RUBRIC)


def read_settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    """The settings, or None and why; some problems (a key written twice) leave settings to look at."""
    document, problems = _settings_document(folder)
    if document is None:
        return None, problems
    try:
        return Settings(dir=folder, **_known(document)), problems
    except SettingsError as error:
        name = f"{PREFIX}{str(error).split('field ')[-1].split(' ')[0].strip(chr(34)).upper()}"
        way_out = "请改成 JSON 写法，或去掉这个变量，写在 zwgk.yaml 里"
        return None, [*problems, Problem(ENVIRONMENT, None, name, "不是正确的 JSON", way_out)]
    except ValidationError as error:
        return None, [*problems, *_settings_problems(document, error)]


def environment_notices() -> list[Problem]:
    """ZWGK_* variables that set nothing: most likely misspelt."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields if name != "dir"]
    return [
        Problem(ENVIRONMENT, None, name, "没有这个设置，不起作用", f"{near(name, known)}请改名或去掉")
        for name in from_environment()
        if name not in known
    ]


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By file and line, each once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line or 0))


def _settings_document(folder: Path) -> tuple[Document | None, list[Problem]]:
    path = folder / SETTINGS_FILE
    if not path.is_file():
        what = (
            "没有这个文件夹" if not folder.is_dir() else f"文件夹里没有 {SETTINGS_FILE}，不是 zwgk 的数据目录"
        )
        way_out = f"请用 --dir 指定数据目录，或先运行 zwgk init {folder}"
        return None, [Problem(str(path), None, WHOLE_FILE, what, way_out)]
    document, problems = read_document(path)
    if document is None:
        return None, problems
    if document.data is not None and not isinstance(document.data, dict):
        problems.append(document.problem((), "最外层应是一组“键: 值”", "请对照 zwgk init 生成的示例改正"))
        return None, problems
    if "dir" in (document.data or {}):
        way_out = "请删去这一项，用 --dir 或环境变量 ZWGK_DIR 指定"
        problems.append(document.problem(("dir",), "数据目录不能写在文件里", way_out))
    return document, problems


def _known(document: Document) -> dict[str, Any]:
    given: dict[str, Any] = document.data or {}
    written = {key: value for key, value in given.items() if key != "dir"}
    return {
        key: value for key, value in written.items() if value is not None or key not in Settings.model_fields
    }


def _settings_problems(document: Document, error: ValidationError) -> list[Problem]:
    """Mistakes of the environment name the variable, those of the file its line."""
    set_there = from_environment()
    there = [d for d in error.errors(include_url=False) if _variable(d["loc"]) in set_there]
    found = [Problem(ENVIRONMENT, None, _variable(d["loc"]), *explain(d, Settings)) for d in there]
    written = problems_of(document, error, Settings, skip={d["loc"] for d in there})
    return found + written


def _variable(loc: tuple[int | str, ...]) -> str:
    return f"{PREFIX}{loc[0]}".upper() if loc else ""


def _documents(folder: Path, what: str) -> tuple[list[Document], list[Problem]]:
    """Every YAML file of a folder, by name."""
    return _files(folder, what).documents()


def _files(folder: Path, what: str) -> _Files:
    if not folder.is_dir():
        way_out = "请从备份恢复，或用 zwgk init 在新文件夹生成一份，再拷贝过来"
        return _unread(folder, f"没有{what}文件夹", way_out)
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".yaml", ".yml"})
    except OSError as error:
        return _unread(folder, f"打不开：{error.strerror}", "请检查当前用户是否有读取权限")
    if not paths:
        way_out = "请放入 .yaml 文件（zwgk init 会在新文件夹生成全套）"
        return _unread(folder, f"{what}文件夹里没有 .yaml 文件", way_out)
    read = {path.name: read_text(path) for path in paths}
    return _Files(
        folder=folder,
        texts=tuple((name, text) for name, (text, wrong) in read.items() if not wrong),
        problems=tuple(problem for _, wrong in read.values() for problem in wrong),
    )


def _unread(folder: Path, what: str, way_out: str) -> _Files:
    return _Files(folder=folder, problems=(Problem(str(folder), None, WHOLE_FILE, what, way_out),))
