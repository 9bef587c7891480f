"""A questionnaire from its YAML files, with every mistake found at once."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.format import report_problem, texts
from ctimaturity.definitions.references import check_references
from ctimaturity.definitions.resolve import resolve
from ctimaturity.definitions.review import Review
from ctimaturity.definitions.rules import check_rules
from ctimaturity.definitions.source import YamlSource, child
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import bounded_bytes, read_yaml

if TYPE_CHECKING:
    from ctimaturity.files.yaml import Path as YamlPath
    from ctimaturity.files.yaml import Value
    from ctimaturity.model.questionnaire import Questionnaire

MAIN_FILE = "questionnaire.yaml"
_PROBLEMS = 1000
"""Findings of single keys and values; what follows is more of the same."""


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a definition.

    Args:
        path: A folder with `questionnaire.yaml` and the files it names, or a single YAML file.

    Raises:
        JobError: It has mistakes; all of them are in `diagnostics`.
    """
    main = path / MAIN_FILE if path.is_dir() else path
    source = read_source(main)
    review = check_source(source)
    if review is None or has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return review.questionnaire


def read_source(main: Path) -> YamlSource:
    """Read `questionnaire.yaml` and put the measurements' files into it."""
    source = YamlSource(None, main.as_posix())
    source.value = _read(main, source, ())
    measurements = source.value.get("measurements") if isinstance(source.value, dict) else None
    if isinstance(measurements, list):
        for position, entry in enumerate(measurements):
            if isinstance(entry, str):
                measurements[position] = _read_beside(main, entry, source, ("measurements", position))
    return source


def _read_beside(main: Path, name: str, source: YamlSource, path: YamlPath) -> Value:
    if Path(name).name != name or "\\" in name or "\0" in name:
        source.unread.add(path)
        source.report(codes.DEFINITION_FILE_OUTSIDE, path, {"name": quoted(name)})
        return None
    if not (main.parent / name).exists():
        source.unread.add(path)
        source.report(codes.DEFINITION_FILE_MISSING, path, {"name": quoted(name)})
        return None
    return _read(main.parent / name, source, path)


def _read(file: Path, source: YamlSource, path: YamlPath) -> Value:
    name = file.as_posix()
    data = bounded_bytes(file)
    if data is None:
        source.unread.add(path)
        source.report(codes.DEFINITION_FILE_MISSING, Location(name), {"name": quoted(file.name)})
        return None
    document = read_yaml(data, name)
    source.add(document, path)
    if document.value is None:
        source.unread.add(path)
        if not document.diagnostics:
            source.report(codes.DEFINITION_EMPTY, Location(name))
    return document.value


def check_source(source: YamlSource) -> Review | None:
    """Validate what was read; every finding goes to the source.

    Returns:
        The questionnaire as far as it can be made out, perhaps with findings; None where it cannot.
    """
    if not isinstance(source.value, dict):
        if () not in source.unread:
            source.report(codes.NOT_A_MAPPING, (), {"key": Path(source.file).name})
        return None
    sound = check_references(source)
    check_texts(source)
    document = _validated(source, source.value)
    review = resolve(document, source) if document is not None and sound else None
    if review is not None:
        check_rules(review)
    return review


def _validated(source: YamlSource, value: dict[str, Value]) -> QuestionnaireDocument | None:
    """The document, without those of its keys that are wrong, when it can do without them."""
    try:
        return QuestionnaireDocument.model_validate(value)
    except ValidationError as error:
        blamed = [report_problem(source, problem) for problem in islice(error.errors(), _PROBLEMS)]
    for path in blamed:
        drop(value, path)
    source.incomplete.update(blamed)
    try:
        return QuestionnaireDocument.model_validate(value)
    except ValidationError:
        return None


def drop(value: Value, path: YamlPath) -> None:
    """Take away the innermost key on a path, so that positions in lists stay what they are."""
    while path and not isinstance(path[-1], str):
        path = path[:-1]
    try:
        for step in path[:-1]:
            value = child(value, step)
    except KeyError:
        return
    if isinstance(value, dict) and path:
        value.pop(str(path[-1]), None)


def check_texts(source: YamlSource) -> None:
    """Report texts that lack a language, are blank in one, or speak one that is not declared."""
    languages = source.value.get("languages") if isinstance(source.value, dict) else None
    if not isinstance(languages, list):
        return
    if not languages:
        source.report(codes.NO_LANGUAGE, ("languages",))
        return
    declared = [language for language in languages if isinstance(language, str)]
    for path, text in texts(source.value, QuestionnaireDocument):
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        for language in declared:
            if language not in text:
                source.report(codes.LANGUAGE_MISSING, path, {"key": key, "language": language})
        for language, words in text.items():
            where = (*path, language)
            if language not in declared:
                source.report(codes.LANGUAGE_UNKNOWN, where, {"key": key, "language": language[:60]})
            elif isinstance(words, str) and words and not words.strip():
                source.report(codes.TEXT_BLANK, where, {"key": key, "language": language})
