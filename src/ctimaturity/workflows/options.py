"""What may be said about a reading and a scoring."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.batch.pool import Allowance
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.survey.quality import QualityRules
from ctimaturity.workflows.survey_reading import survey_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.workflows.letters import Correspondence

FORMATS = ("csv", "md", "html", "xlsx")
"""What is written unless something else is asked for."""
MORE_FORMATS = ("json", "parquet", "pdf")
"""What is written only when it is asked for; the last two need extras."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What may be said about how workbooks are read.

    Attributes:
        questionnaire: `id@edition` or a path; None takes what the workbooks say.
        entities: A list of entities, or None.
        keep: The file whose values win, `none`, or None.
        round_label: Name of the round.
        jobs: Files read at once; as many as there are cores.
        language: Of names of measurements in findings.
        definitions: Folders or files of definitions that workbooks may be made from, beside the bundled ones.
        with_marks: Keep what each respondent answered, to make a workbook of it again.
        previous: Result folder of the round before, to compare answers with.
        rulings: File with a reviewer's rulings.
        surveys: Survey files, each `FILE` or `CODE=FILE`.
        survey_rules: Who of them stands out, and who is left out.
        reference: File with the reference ranges of indicators, which is no workbook.
        statistics: Table of official statistics that fill what was left blank.
        limits: What a workbook may ask for, where not the usual: each `NAME=NUMBER` (`bounds`).
    """

    questionnaire: str | None = None
    entities: Path | None = None
    keep: str | None = None
    round_label: str = ""
    jobs: int | None = None
    language: str = "es"
    definitions: tuple[Path, ...] = ()
    with_marks: bool = False
    previous: Path | None = None
    rulings: Path | None = None
    surveys: tuple[str, ...] = ()
    survey_rules: QualityRules = field(default_factory=QualityRules)
    reference: Path | None = None
    statistics: Path | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreOptions(ReadingOptions):
    """What may be said about a scoring, beside how workbooks are read.

    Attributes:
        groups: Columns of the list of entities to rank within.
        measurements: Score everyone on these only; None for all.
        results_basis: Which mark of an indicator counts; None for the definition's own.
        formats: What is written.
        csv_dialect: `standard` or `excel-es`.
        force: Write into a folder that holds someone else's files.
        theme: Folder of a theme for documents.
        letters: How to write letters to those who were refused or are incomplete; None writes none.
    """

    groups: tuple[str, ...] = ()
    measurements: tuple[str, ...] | None = None
    results_basis: str | None = None
    formats: tuple[str, ...] = FORMATS
    csv_dialect: str = "standard"
    force: bool = False
    theme: Path | None = None
    letters: Correspondence | None = None

    @property
    def recorded(self) -> dict[str, object]:
        """What the manifest says was asked for: whatever can change a number, a label or a document.

        Files are named without their folders; how many are read at once changes nothing.
        """
        rules = self.survey_rules
        left_out = {"exclude": sorted(rules.exclude), "seconds": rules.seconds} if self.surveys else {}
        return left_out | {
            "entities": _named(self.entities),
            "groups": list(self.groups),
            "keep": Path(self.keep).name if self.keep else "",
            "language": self.language,
            **({"limits": sorted(self.limits)} if self.limits else {}),
            "measurements": list(self.measurements or ()),
            "previous": _named(self.previous),
            "questionnaire": Path(self.questionnaire).name if self.questionnaire else "",
            "reference": _named(self.reference),
            "results_basis": self.results_basis or "",
            "round": self.round_label,
            "rulings": _named(self.rulings),
            "statistics": _named(self.statistics),
            "surveys": _named_surveys(self.surveys),
            "theme": _named(self.theme),
        }


def _named(path: Path | None) -> str:
    """A file or folder without where it is."""
    return visible(path.name) if path is not None else ""


def _named_surveys(given: tuple[str, ...]) -> list[str]:
    """Survey files as outputs name them, each behind the code that was given with it."""
    inputs = survey_inputs(given)
    return [f"{one.entity}={one.name}" if one.entity else one.name for one in inputs]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may hold, and what reading it may cost.

    Attributes:
        limits: Of the file.
        allowance: Of the worker that reads it.
    """

    limits: Limits = LIMITS
    allowance: Allowance = field(default_factory=Allowance)


def bounds(given: Iterable[str]) -> Bounds:
    """The bounds with what the user gave for some of them.

    Args:
        given: Each `NAME=NUMBER`: a field of `Limits` or `Allowance`, and a whole number from 1.

    Raises:
        JobError: There is no such limit, or that is no such number.
    """
    usual = Bounds()
    of_file, of_worker = asdict(usual.limits), asdict(usual.allowance)
    problems = []
    for text in given:
        name, _, number = (part.strip() for part in text.partition("="))
        table = next((table for table in (of_file, of_worker) if name in table), None)
        if table is None or not (number.isascii() and number.isdigit() and int(number[:20])):
            known = ", ".join(sorted({*of_file, *of_worker}))
            problems.append(
                Diagnostic(codes.LIMIT_UNREADABLE, parameters={"limit": quoted(text), "known": known})
            )
        else:
            table[name] = int(number)
    if problems:
        raise JobError(problems)
    return Bounds(replace(usual.limits, **of_file), replace(usual.allowance, **of_worker))
