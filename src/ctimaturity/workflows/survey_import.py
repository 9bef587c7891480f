"""Import exports of surveys: counts, statistics and findings, and never a respondent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.response import EntityAnswers, Source
from ctimaturity.results.findings_table import findings_table
from ctimaturity.results.folder import definition_record, new_folder
from ctimaturity.results.manifest import DEFINITION
from ctimaturity.results.package import write_tables
from ctimaturity.results.survey_statistics import contrasts_table, products_table, statistics_table
from ctimaturity.results.survey_tables import covariances_table, tallies_table
from ctimaturity.scoring.estimates import contrasts, estimates
from ctimaturity.scoring.findings import findings_of_weights
from ctimaturity.scoring.tallies import tallies_of
from ctimaturity.survey.folder import KIND
from ctimaturity.survey.reading import SurveyRequest
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import entity_register
from ctimaturity.workflows.survey_reading import ORIGIN, Surveys, read_survey_files, survey_inputs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.results.table import Table
    from ctimaturity.scoring.estimates import Estimate, SegmentContrast
    from ctimaturity.scoring.moments import Moments

Place = tuple[str, str]
"""Codes of an entity and of a measurement."""


@dataclass(frozen=True)
class SurveyOptions(ReadingOptions):
    """What may be said about surveys: of how workbooks are read that which concerns surveys, and this.

    Attributes:
        entity: The entity that all files are about.
        products: Whether the sums of products are written too.
        csv_dialect: `standard` or `excel-es`.
        force: Write into a folder that holds someone else's files.
    """

    entity: str = ""
    products: bool = False
    csv_dialect: str = "standard"
    force: bool = False


@dataclass(frozen=True)
class SurveyImport:
    """Exports that were read.

    Attributes:
        surveys: What they say.
        options: How they were read.
    """

    surveys: Surveys
    options: SurveyOptions

    @property
    def questionnaire(self) -> Questionnaire:
        """The definition."""
        return self.surveys.questionnaire

    @cached_property
    def sums(self) -> Mapping[Place, Mapping[str, Moments]]:
        """All files of each entity together, by segment."""
        return {
            (code, measurement): by_segment
            for code, survey in self.surveys.entities.items()
            for measurement, by_segment in survey.joined().items()
        }

    @cached_property
    def answers(self) -> Mapping[str, EntityAnswers]:
        """The tallies of each entity, by its code."""
        by_code = {}
        for code, survey in self.surveys.entities.items():
            files = tuple(survey.by_file)
            source = Source(file=", ".join(files), origin=ORIGIN)
            tallies = {
                measurement: tallies_of(
                    self.surveys.frames[measurement], self.sums[code, measurement], source
                )
                for entity, measurement in self.sums
                if entity == code
            }
            if len(files) == 1:
                stored = survey.covariances.get(files[0], {})
                tallies |= {name: replace(tallies[name], covariances=stored[name]) for name in stored}
            by_code[code] = EntityAnswers(survey.entity, tallies=MappingProxyType(tallies), files=files)
        return MappingProxyType(by_code)

    @cached_property
    def estimates(self) -> Mapping[Place, tuple[Estimate, ...]]:
        """Means and their errors."""
        return {
            (code, measurement): estimates(
                self.surveys.frames[measurement], by_segment, self.surveys.entities[code].entity.population
            )
            for (code, measurement), by_segment in self.sums.items()
        }

    def contrasts(self, place: Place) -> tuple[SegmentContrast, ...]:
        """Differences between segments: made when they are asked for, as there are very many of them."""
        return contrasts(self.estimates[place])

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding, in order."""
        joined = []
        for code, survey in self.surveys.entities.items():
            if len(survey.by_file) > 1:
                about = {"entity": code, "files": ", ".join(survey.by_file)}
                place = Location(file=next(iter(survey.by_file)), item=code)
                joined.append(Diagnostic(codes.SURVEY_FILES_JOINED, place, about))
        weighted = [
            finding
            for code, survey in self.surveys.entities.items()
            if survey.entity.population
            for measurement in self.questionnaire.surveys.values()
            for finding in findings_of_weights(measurement, self.answers[code])
        ]
        return in_order([*self.surveys.diagnostics, *joined, *weighted])

    def tables(self) -> tuple[Table, ...]:
        """The tables of the folder."""
        language = self.options.language
        tables = [
            tallies_table(self),
            covariances_table(self),
            statistics_table(self.estimates),
            contrasts_table(self.estimates, self.contrasts),
            findings_table(self, language),
        ]
        if self.options.products:
            tables.append(products_table(self.surveys.frames, self.sums))
        return tuple(replace(table, references=()) for table in tables)

    def write(self, out: Path) -> None:
        """Write the folder as a whole.

        Raises:
            JobError: The folder cannot be written to; nothing was changed.
        """
        chosen, rules = self.options, self.options.survey_rules
        record = {
            "definition": definition_record(self.questionnaire),
            "options": {
                "entity": chosen.entity,
                "exclude": sorted(rules.exclude),
                "seconds": rules.seconds,
                "language": chosen.language,
            },
            "csv_dialect": chosen.csv_dialect,
            "inputs": dict(self.surveys.inputs),
        }
        with new_folder(out, KIND, record, can_be_read=True, force=chosen.force) as aside:
            (aside / DEFINITION).write_bytes(canonical_json(self.questionnaire))
            write_tables(aside, self.questionnaire, self.tables(), chosen.language, chosen.csv_dialect)


def import_surveys(
    files: Sequence[str], options: SurveyOptions, progress: Progress | None = None
) -> SurveyImport:
    """Read exports of surveys.

    Args:
        files: The files, each `FILE` or `CODE=FILE`.
        options: How.
        progress: Called with how many parts are read and how many there are.

    Raises:
        JobError: A file is missing, the list of entities has mistakes, or there is no such questionnaire.
    """
    questionnaire = chosen_questionnaire(options.questionnaire)
    register = entity_register(options.entities)
    request = SurveyRequest(questionnaire, options.survey_rules, options.jobs)
    inputs = survey_inputs(files, options.entity)
    return SurveyImport(read_survey_files(inputs, request, register, progress), options)
