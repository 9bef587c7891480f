"""Prove that a folder of results is what it says: unchanged, and made from its inputs."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import as_it_was, visible
from ctimaturity.files.csv import DIALECTS
from ctimaturity.files.discovery import InputFile
from ctimaturity.files.kind import MANIFEST
from ctimaturity.model.canonical import canonical_json
from ctimaturity.results.comparison import edited_outputs, same_bytes, same_content, same_numbers
from ctimaturity.results.manifest import DEFINITION, Manifest, sha256, unknown_field
from ctimaturity.results.reader import findings_of, manifest_of
from ctimaturity.survey.quality import QualityRules, Suspicion
from ctimaturity.workflows.options import FORMATS, ScoreOptions
from ctimaturity.workflows.score import score
from ctimaturity.workflows.verify_inputs import copy_input, digest_of, find_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.code import Code

_MADE_AGAIN = {**{form: f"index.{form}" for form in FORMATS}, "json": "index.json"}
"""The file by which each format is known; other formats need an extra that may be missing."""
_PASSED_OVER = frozenset(
    {
        codes.FOLDER_WITHOUT_WORKBOOKS.id,
        codes.FOLDER_TOO_DEEP.id,
        codes.HIDDEN_FILE_PASSED_OVER.id,
        codes.LINK_PASSED_OVER.id,
        codes.LOCK_FILE_PASSED_OVER.id,
        codes.NOT_A_REGULAR_FILE.id,
        codes.OTHER_FILE_PASSED_OVER.id,
        codes.ARCHIVE_NOT_OPENED.id,
        codes.CONTAINER_INSIDE_A_CONTAINER.id,
        codes.MAIL_WITHOUT_WORKBOOK.id,
        codes.RESULT_FOLDER_PASSED_OVER.id,
    }
)
"""Findings about files that were never read, so that nothing but the finding is recorded."""
_WORKBOOKS, _SURVEYS = "in", "surveys"
_BY_TABLES = frozenset({".csv", ".json"})
"""What holds numbers and is made without themes and extras."""


class Proved(StrEnum):
    """What is proved."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    """Something that it takes to make the results again is not there."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved, and what not.

    Attributes:
        verdict: What is proved.
        diagnostics: Everything that differs or is missing, in order.
        outputs: How many files the manifest lists.
        inputs: How many files the results were made from.
        repeated: Whether the results were made again.
    """

    verdict: Proved
    diagnostics: tuple[Diagnostic, ...]
    outputs: int
    inputs: int
    repeated: bool


def verify(folder: Path, inputs: Path | None = None, progress: Progress | None = None) -> Proof:
    """Check the files of a result folder, then make them again from their inputs and compare.

    Under another version of the tool than the one that made them, tables are compared as numbers.

    Args:
        folder: OUT.
        inputs: The folder that holds the inputs; without it, the one that holds OUT.
        progress: Told how many workbooks of how many are read.

    Raises:
        JobError: It is no folder of results, or its manifest was edited.
    """
    manifest = manifest_of(folder)
    _require_safe_names(folder, manifest)
    problems = list(edited_outputs(folder, manifest))
    sources = find_inputs(manifest, inputs or folder.resolve().parent)
    problems += sources.problems
    definition = _definition(folder, manifest)
    if definition is None:
        about = {"definition": f"{manifest.definition.id}@{manifest.definition.edition}"}
        about["version"] = manifest.definition.version
        problems.append(Diagnostic(codes.DEFINITION_NOT_FOUND, Location(visible(folder.as_posix())), about))
    repeated = definition is not None and not sources.problems
    if repeated and definition is not None:
        problems += _repeat(folder, manifest, sources.places, definition, progress)
    return Proof(
        _verdict(problems), in_order(problems), len(manifest.outputs), len(manifest.inputs), repeated
    )


def _verdict(problems: list[Diagnostic]) -> Proved:
    """Something that differs is worse than something that is missing."""
    errors = {finding.code.id for finding in problems if finding.severity is Severity.ERROR}
    missing = {codes.INPUT_MISSING.id, codes.DEFINITION_NOT_FOUND.id}
    if errors - missing:
        return Proved.DIFFERS
    return Proved.MISSING if errors else Proved.SAME


def _require_safe_names(folder: Path, manifest: Manifest) -> None:
    """Names are below the folder, whoever wrote them: nothing outside is read or written."""
    place = Location((folder / MANIFEST).as_posix())
    bad = [
        unknown_field(place, f"{part}.{name}")
        for part, names in (("inputs", manifest.inputs), ("outputs", manifest.outputs))
        for name in names
        if not name
        or "\\" in as_it_was(name)
        or "\0" in name
        or PurePosixPath(name).is_absolute()
        or {"", ".", ".."} & set(name.split("/"))
    ]
    if bad:
        raise JobError(bad)


def _definition(folder: Path, manifest: Manifest) -> bytes | None:
    """The canonical definition: that of the folder if it is the recorded one, else a bundled release."""
    wanted = manifest.definition.definition_hash
    try:
        data = (folder / DEFINITION).read_bytes()
    except OSError:
        data = b""
    if sha256(data) == wanted:
        return data
    known = Library().by_hash(wanted)
    return None if known is None else canonical_json(known)


def _repeat(
    folder: Path,
    manifest: Manifest,
    places: dict[str, InputFile],
    definition: bytes,
    progress: Progress | None,
) -> list[Diagnostic]:
    """Score the inputs again with the recorded options, aside, and compare."""
    with tempfile.TemporaryDirectory(prefix="cti-verify-") as name:
        aside = Path(name)
        (aside / DEFINITION).write_bytes(definition)
        beside = _named_by_options(manifest)
        for recorded, place in places.items():
            copy_input(place, aside / (beside.get(recorded) or _WORKBOOKS) / as_it_was(recorded))
        workbooks = [aside / _WORKBOOKS] if (aside / _WORKBOOKS).exists() else []
        try:
            outcome = score(workbooks, _options(manifest, aside), progress)
            passed_over = [each for each in findings_of(folder, manifest) if each.code.id in _PASSED_OVER]
            findings = in_order([*outcome.diagnostics, *passed_over])
            again = replace(outcome, assessment=replace(outcome.assessment, diagnostics=findings))
            again.write(aside / "out")
        except JobError as error:
            here = Location(visible(folder.as_posix()))
            return [Diagnostic(codes.RUN_NOT_REPEATED, here), *error.diagnostics]
        return list(_differences(folder, manifest, aside / "out"))


_BESIDE = ("entities", "rulings", "reference", "statistics")
"""Options that name a file; each lies in a folder of that name aside."""


def _named_by_options(manifest: Manifest) -> dict[str, str]:
    """Inputs that are no workbooks, with the folder aside for them."""
    named = {str(manifest.options.get(option) or ""): option for option in _BESIDE}
    return named | dict.fromkeys((name for _, name in _surveys(manifest)), _SURVEYS)


def _surveys(manifest: Manifest) -> list[tuple[str, str]]:
    """Code and name of each survey file; the code is empty where none was given."""
    pairs = []
    for text in _listed(manifest.options.get("surveys")):
        code, _, name = ("", "", text) if text in manifest.inputs else text.partition("=")
        pairs.append((code, name))
    return pairs


def _survey_rules(manifest: Manifest) -> QualityRules:
    """Who was left out; a record from before it was said is of the rules without options."""
    exclude, seconds = manifest.options.get("exclude"), manifest.options.get("seconds")
    known = [kind for kind in Suspicion if isinstance(exclude, list) and kind.value in exclude]
    rules = QualityRules() if exclude is None else QualityRules(exclude=frozenset(known))
    return replace(rules, seconds=float(seconds)) if isinstance(seconds, int | float) else rules


def _options(manifest: Manifest, aside: Path) -> ScoreOptions:
    asked = manifest.options

    def beside(option: str) -> Path | None:
        name = str(asked.get(option) or "")
        return aside / option / as_it_was(name) if name else None

    said = str(asked.get("keep") or "")
    keep = next((name for name in manifest.inputs if PurePosixPath(name).name == said), said)
    surveys = [(code, (aside / _SURVEYS / as_it_was(name)).as_posix()) for code, name in _surveys(manifest)]
    return ScoreOptions(
        questionnaire=str(aside / DEFINITION) if asked.get("questionnaire") else None,
        definitions=(aside / DEFINITION,),
        entities=beside("entities"),
        rulings=beside("rulings"),
        reference=beside("reference"),
        statistics=beside("statistics"),
        surveys=tuple(f"{code}={path}" if code else path for code, path in surveys),
        survey_rules=_survey_rules(manifest),
        groups=_listed(asked.get("groups")),
        measurements=_listed(asked.get("measurements")) or None,
        results_basis=str(asked.get("results_basis") or "") or None,
        round_label=str(asked.get("round") or ""),
        keep=keep or None,
        language=manifest.language,
        formats=tuple(form for form, name in _MADE_AGAIN.items() if name in manifest.outputs),
        csv_dialect=manifest.csv_dialect,
    )


def _listed(recorded: object) -> tuple[str, ...]:
    return tuple(map(str, recorded)) if isinstance(recorded, list) else ()


def _differences(folder: Path, manifest: Manifest, again: Path) -> Iterator[Diagnostic]:
    """Which outputs come out otherwise. What was edited has been said."""
    other_tool = manifest.tool_version != __version__
    remade = manifest_of(again)
    libraries = _other_libraries(manifest, remade)
    if other_tool:
        about = {"made": manifest.tool_version, "own": __version__}
        yield Diagnostic(codes.OTHER_TOOL_VERSION, Location((folder / MANIFEST).as_posix()), about)
    elif not _same_record(manifest, remade):
        yield _about(codes.OUTPUT_NOT_REPRODUCED, folder, MANIFEST)
    otherwise = False
    for name, digest in manifest.outputs.items():
        if digest_of(InputFile(folder / name, name)) != digest:
            continue
        if not _comparable(name, manifest, other_tool=other_tool):
            yield _about(codes.OUTPUT_NOT_COMPARED, folder, name)
        elif not _same_file(folder / name, again / name, manifest, other_tool=other_tool):
            otherwise = True
            same = _same_content(folder / name, again / name, manifest, libraries)
            yield _about(
                codes.SAME_CONTENT_OTHER_BYTES if same else codes.OUTPUT_NOT_REPRODUCED, folder, name
            )
    if otherwise and libraries:
        yield _made_with(folder, libraries)


def _other_libraries(made: Manifest, again: Manifest) -> dict[str, tuple[str, str]]:
    """The libraries of which another version is used now: that of then and that of now, by name."""
    both = made.libraries.keys() & again.libraries.keys()
    pairs = {name: (made.libraries[name], again.libraries[name]) for name in sorted(both, key=str.casefold)}
    return {name: (then, now) for name, (then, now) in pairs.items() if then != now}


def _made_with(folder: Path, libraries: dict[str, tuple[str, str]]) -> Diagnostic:
    about = {
        "made": ", ".join(f"{name} {visible(then)}" for name, (then, _) in libraries.items()),
        "own": ", ".join(f"{name} {now}" for name, (_, now) in libraries.items()),
        "pins": " ".join(shlex.quote(f"{name}=={visible(then)}") for name, (then, _) in libraries.items()),
    }
    return Diagnostic(codes.OTHER_LIBRARY_VERSIONS, Location(visible((folder / MANIFEST).as_posix())), about)


def _comparable(name: str, manifest: Manifest, *, other_tool: bool) -> bool:
    """Whether an output follows from what is recorded; a theme and the round before are not."""
    if PurePosixPath(name).suffix in _BY_TABLES:
        return not (manifest.options.get("previous") and name == "findings.csv")
    surrounded = manifest.options.get("theme") or manifest.options.get("previous")
    return name in _MADE_AGAIN.values() and not (surrounded or other_tool)


def _same_file(made: Path, again: Path, manifest: Manifest, *, other_tool: bool) -> bool:
    if not again.is_file():
        return False
    if other_tool and made.suffix == ".csv":
        return same_numbers(made, again, DIALECTS[manifest.csv_dialect])
    return same_bytes(made, again) or (other_tool and made.name != DEFINITION)


def _same_content(made: Path, again: Path, manifest: Manifest, libraries: dict[str, tuple[str, str]]) -> bool:
    """Whether a file whose bytes are others says the same, for all that a reader sees."""
    if not again.is_file():
        return False
    if made.suffix == ".csv" and "numpy" in libraries:
        return same_numbers(made, again, DIALECTS[manifest.csv_dialect])
    return made.suffix == ".xlsx" and same_content(made.read_bytes(), again.read_bytes())


def _same_record(made: Manifest, again: Manifest) -> bool:
    """Whether two manifests say the same but for the files, the libraries and the name of the definition."""
    silent: dict[str, object] = {"outputs": {}, "options": {}, "libraries": {}}
    return made.model_copy(update=silent) == again.model_copy(update=silent)


def _about(code: Code, folder: Path, name: str) -> Diagnostic:
    return Diagnostic(code, Location(visible((folder / name).as_posix())), {"name": visible(name)})
