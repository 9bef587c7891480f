"""Calibrate reference ranges on a baseline sample: an earlier step, whose result is frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.atomic import write_file
from ctimaturity.files.kind import is_result_folder
from ctimaturity.indicators.goals import Goals, read_goals
from ctimaturity.indicators.reference_record import CalibrationRecord, RangeRecord, ReferenceRecord
from ctimaturity.indicators.reference_review import FEW, named
from ctimaturity.language.catalogue import translate
from ctimaturity.model.number import parse_decimal
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.reference import group_of
from ctimaturity.model.response import State
from ctimaturity.model.rule import Direction
from ctimaturity.results.reader import read_results
from ctimaturity.scoring.calibration import (
    CutMethod,
    Sample,
    SampleSummary,
    cuts_by_deviation,
    cuts_by_goal,
    cuts_by_quantile,
    distribution,
)
from ctimaturity.scoring.marks import Marks
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.documents import in_the_way
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import ReadRound, read_all
from ctimaturity.workflows.reference import write_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.questionnaire import Item

LEAST = 10
"""Samples of fewer entities are refused [choice]."""
_MOST_SKEW = 1.0
"""From here on the deviations divide a sample unevenly [choice]."""
FIRST_VERSION = "1.0.0"


@dataclass(frozen=True)
class CalibrationOptions:
    """What is wanted.

    Attributes:
        method: Where the cuts come from.
        reading: How workbooks are read.
        goals: File of floors and goals, for the method goal.
        by: Column of the list of entities to calibrate within as well; empty without.
        name, version: What outputs call the reference.
        language: Of the report and the comments.
        force: Replace files that exist.
    """

    method: CutMethod
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    goals: Path | None = None
    by: str = ""
    name: str = "ranges"
    version: str = FIRST_VERSION
    language: str = "es"
    force: bool = False


@dataclass(frozen=True, slots=True)
class CalibratedRange:
    """One range that was made.

    Attributes:
        record: What the file says of it.
        sample: The values it was made from, or is shown with.
        shape: What they look like; None without values.
    """

    record: RangeRecord
    sample: Sample
    shape: SampleSummary | None


@dataclass(frozen=True)
class Calibration:
    """What came of a calibration.

    Attributes:
        record: The reference file.
        ranges: Each with its sample.
        diagnostics: Every finding, in order.
        report: Where the report was written.
    """

    record: ReferenceRecord
    ranges: tuple[CalibratedRange, ...]
    diagnostics: tuple[Diagnostic, ...]
    report: Path


def calibrate(
    paths: Sequence[Path], out: Path, options: CalibrationOptions, progress: Progress | None = None
) -> Calibration:
    """Calibrate ranges, write them and a report beside them.

    Args:
        paths: Workbooks, folders of them, or one result folder; may be missing for the method goal.
        out: The reference file; the report has the same name and ends in `.html`.
        options: What is wanted.
        progress: Told how many workbooks are read.

    Raises:
        JobError: Nothing could be calibrated, or a file is in the way.
    """
    report = out.with_suffix(".html")
    taken = in_the_way(out, report, force=options.force)
    if taken:
        raise JobError(taken)
    if options.method is CutMethod.GOAL and options.goals is None:
        raise JobError([Diagnostic(codes.GOALS_NEEDED)])
    baseline = _baseline(paths, options, progress)
    work = _Calibrating(baseline, options)
    ranges = tuple(work.ranges())
    diagnostics = in_order([*baseline.diagnostics, *work.goals.diagnostics, *work.diagnostics])
    if not ranges:
        raise JobError([*diagnostics, Diagnostic(codes.NOTHING_CALIBRATED)])
    goals = {work.goals.file: work.goals.digest} if work.goals.digest else {}
    record = ReferenceRecord(
        id=options.name,
        version=options.version,
        questionnaire=baseline.questionnaire.key,
        calibration=CalibrationRecord(
            method=options.method.value,
            entities=len(work.answers),
            inputs={**baseline.inputs, **goals},
        ),
        ranges=tuple(calibrated.record for calibrated in ranges),
    )
    made = Calibration(record, ranges, diagnostics, report)
    write_reference(out, record, baseline.questionnaire, options.language, force=True)
    from ctimaturity.reporting.calibration_report import render_calibration

    lines = [(calibrated.sample, calibrated.shape, calibrated.record.cuts) for calibrated in ranges]
    title = f"{record.id} {record.version}"
    write_file(
        report,
        render_calibration(
            baseline.questionnaire, title, options.method.value, lines, diagnostics, options.language
        ).encode(),
    )
    return made


def _baseline(paths: Sequence[Path], options: CalibrationOptions, progress: Progress | None) -> ReadRound:
    """Whose values are the sample; nobody's where no paths are given."""
    if not paths:
        return ReadRound(chosen_questionnaire(options.reading.questionnaire))
    if len(paths) == 1 and is_result_folder(paths[0]):
        stored = read_results(paths[0])
        return ReadRound(stored.questionnaire, stored.answers, inputs=stored.manifest.inputs)
    return read_all(paths, options.reading, progress)


class _Calibrating:
    """One calibration."""

    def __init__(self, baseline: ReadRound, options: CalibrationOptions) -> None:
        self.questionnaire = baseline.questionnaire
        self.options = options
        self.answers = [answers for answers in baseline.answers.values() if not answers.refused]
        self.goals = (
            read_goals(options.goals, self.questionnaire.indicators)
            if options.goals and options.method is CutMethod.GOAL
            else Goals()
        )
        self.diagnostics: list[Diagnostic] = []
        if options.by and not any(group_of(answers.entity, options.by) for answers in self.answers):
            about: dict[str, Parameter] = {"grouping": visible(options.by)}
            raise JobError([Diagnostic(codes.REFERENCE_GROUP_MISSING, parameters=about)])
        if has_errors(self.goals.diagnostics) and not self.goals.by_item:
            raise JobError(self.goals.diagnostics)

    def ranges(self) -> Iterator[CalibratedRange]:
        for item in map(self.questionnaire.item_by_id.__getitem__, self.questionnaire.indicators):
            everybody = self.sample(item, "")
            made = self.range(item, everybody)
            if made is not None:
                yield made
            if self.options.by and self.options.method is not CutMethod.GOAL:
                groups = sorted({group_of(each.entity, self.options.by) for each in self.answers} - {""})
                of_groups = (self.range(item, self.sample(item, group)) for group in groups)
                yield from (of_group for of_group in of_groups if of_group is not None)

    def sample(self, item: Item, group: str) -> Sample:
        """The values of an indicator, of everybody or of a group."""
        marks = Marks(self.questionnaire, self.questionnaire.measurement_of_item[item.id])
        values, years = [], []
        for answers in self.answers:
            entity, response = answers.entity, answers.responses.get(item.id)
            if group and group_of(entity, self.options.by) != group:
                continue
            if response is None or response.state is not State.ANSWERED:
                continue
            value = marks.value(item, response)
            if value is not None and self.questionnaire.applies(item, entity.type, entity.code):
                values.append((entity.code, value))
                years.append(response.year)
        known = tuple(year for year in years if year is not None)
        return Sample(item.id, tuple(values), self.options.by if group else "", group, known)

    def range(self, item: Item, sample: Sample) -> CalibratedRange | None:
        shape = distribution(sample) if sample.values else None
        direction = item.direction or Direction.AMBIGUOUS
        if item.unit == YES_NO:
            record = self.record(item, sample, direction, ())
            return None if sample.group else CalibratedRange(record, sample, shape)
        marks = self.marks(item)
        if self.options.method is CutMethod.GOAL:
            return self.by_goal(item, sample, shape, direction, marks)
        if shape is None:
            self.report(codes.SAMPLE_TOO_SMALL, sample, n=0, least=LEAST)
            return None
        if not self.usable(sample, shape):
            return None
        if self.options.method is CutMethod.SD:
            cuts = cuts_by_deviation(shape, marks, direction)
        else:
            cuts = cuts_by_quantile(sample, marks, direction)
        cuts = tuple(parse_decimal(cut) for cut in cuts)
        if len(set(cuts)) < len(cuts):
            self.report(codes.CALIBRATED_CUTS_EQUAL, sample)
        return CalibratedRange(self.record(item, sample, direction, cuts), sample, shape)

    def by_goal(
        self, item: Item, sample: Sample, shape: SampleSummary | None, direction: Direction, marks: int
    ) -> CalibratedRange | None:
        goal = self.goals.by_item.get(item.id)
        if goal is None:
            return None
        turned = Direction.LOWER if goal.goal < goal.floor else Direction.HIGHER
        if goal.goal == goal.floor or direction not in {turned, Direction.AMBIGUOUS}:
            where = Location(self.goals.file, line=goal.line, item=item.id)
            self.diagnostics.append(Diagnostic(codes.GOAL_TURNED, where, {"item": item.id}))
            return None
        cuts = tuple(map(parse_decimal, cuts_by_goal(goal.floor, goal.goal, marks, turned)))
        return CalibratedRange(self.record(item, sample, turned, cuts), sample, shape)

    def usable(self, sample: Sample, shape: SampleSummary) -> bool:
        """Whether cuts can come from a sample, and what is doubtful about it."""
        if shape.n < LEAST:
            self.report(codes.SAMPLE_TOO_SMALL, sample, n=shape.n, least=LEAST)
            return False
        if not shape.deviation:
            self.report(codes.SAMPLE_WITHOUT_SPREAD, sample)
            return False
        if shape.n < FEW:
            self.report(codes.SAMPLE_SMALL, sample, n=shape.n, wanted=FEW)
        if self.options.method is CutMethod.SD and shape.skew is not None and abs(shape.skew) > _MOST_SKEW:
            self.report(codes.SAMPLE_SKEWED, sample, skew=f"{shape.skew:.2f}")
        if shape.outliers:
            self.report(codes.SAMPLE_OUTLIERS, sample, entities=named(shape.outliers))
        return True

    def marks(self, item: Item) -> int:
        measurement = self.questionnaire.measurement_of_item[item.id]
        return len(self.questionnaire.scales[measurement.range_scale or item.scale].options)

    def record(
        self, item: Item, sample: Sample, direction: Direction, cuts: Sequence[Decimal]
    ) -> RangeRecord:
        goal = self.options.method is CutMethod.GOAL
        text = "Goals of {file}" if goal else "Baseline sample, method {method}"
        said = translate(text, self.options.language)
        return RangeRecord(
            item=item.id,
            direction=None if direction is Direction.AMBIGUOUS else direction,
            cuts=tuple(cuts),
            unit=item.unit or "",
            source=said.format(file=self.goals.file, method=self.options.method.value),
            year=max(sample.years, default=None),
            grouping=sample.grouping,
            group=sample.group,
            sample=None if goal else len(sample.values) or None,
        )

    def report(self, code: Code, sample: Sample, **parameters: Parameter) -> None:
        group = f" ({sample.grouping} = {sample.group})" if sample.group else ""
        about: dict[str, Parameter] = {"item": sample.item, "group": visible(group), **parameters}
        self.diagnostics.append(Diagnostic(code, Location(item=sample.item), about))
