"""Official statistics put beside what entities answered: they fill gaps, and contradictions are told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.indicators.statistics import TableRules, read_statistics
from ctimaturity.model.number import decimal_text
from ctimaturity.model.response import Response, Source, State
from ctimaturity.scoring.doubts import doubt_of_value, doubt_of_year
from ctimaturity.scoring.marks import Marks
from ctimaturity.workbook.copies import NOBODY
from ctimaturity.workbook.reader import year_said

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from fractions import Fraction

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.indicators.statistics import Statistic
    from ctimaturity.model.questionnaire import Item, Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.workflows.options import ReadingOptions

ORIGIN = "statistics"


@dataclass(frozen=True)
class Completed:
    """What statistics make of the answers.

    Attributes:
        answers: By entity code.
        inputs: SHA-256 of the table, by its name.
        diagnostics: Every finding, in order.
    """

    answers: dict[str, EntityAnswers]
    inputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def complete_by_statistics(
    questionnaire: Questionnaire,
    answers: Mapping[str, EntityAnswers],
    listed: Collection[str],
    options: ReadingOptions,
) -> Completed:
    """Fill what entities left blank with official values.

    Args:
        questionnaire: The definition.
        answers: By entity code.
        listed: Codes of the list of entities; empty without one.
        options: The table, raw or as `cti results import` wrote it; the file whose values win where they
            contradict each other; the round, by whose year values are old; the language of findings.

    Raises:
        JobError: The table cannot be read, lacks a column or holds nothing that can be read.
    """
    if options.statistics is None:
        return Completed(dict(answers), {}, ())
    rules = TableRules(listed={*listed, *answers} if listed else ())
    file = read_statistics(options.statistics, questionnaire, rules)
    if has_errors(file.diagnostics) and not file.values:
        raise JobError(file.diagnostics)
    completion = _Completion(questionnaire, dict(answers), options, file.file)
    completion.take(file.values)
    diagnostics = in_order([*file.diagnostics, *completion.diagnostics])
    return Completed(completion.answers, MappingProxyType({file.file: file.digest}), diagnostics)


class _Completion:
    """Answers completed by the values of one table."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: dict[str, EntityAnswers],
        options: ReadingOptions,
        file: str,
    ) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.file = file
        self.keep = Path(options.keep).name if options.keep else ""
        self.language = options.language
        self.now = year_said(options.round_label)
        self.diagnostics: list[Diagnostic] = []

    def take(self, statistics: Sequence[Statistic]) -> None:
        """Take what the table has to say."""
        by_entity: dict[str, list[Statistic]] = {}
        for statistic in statistics:
            by_entity.setdefault(statistic.entity, []).append(statistic)
        absent = [code for code in by_entity if code not in self.answers]
        filled, entities, impossible = 0, 0, 0
        for code, values in by_entity.items():
            if code not in self.answers:
                continue
            mine = self.answers[code]
            responses = dict(mine.responses)
            before = len(self.diagnostics)
            taken = 0
            for statistic in values:
                item = self.questionnaire.item_by_id[statistic.item]
                if not self.questionnaire.applies(item, mine.entity.type, code):
                    impossible += 1
                    continue
                settled = self.settled(item, statistic, responses.get(statistic.item))
                if settled is not None:
                    responses[statistic.item] = settled
                    taken += settled.source.origin == ORIGIN
            contradicted = has_errors(self.diagnostics[before:])
            self.answers[code] = replace(
                mine,
                responses=MappingProxyType(responses),
                refused=mine.refused or contradicted,
                files=(*mine.files, self.file) if taken or contradicted else mine.files,
            )
            filled += taken
            entities += bool(taken)
        for note, count in (
            (codes.STATISTICS_FILLED, filled),
            (codes.STATISTICS_NOT_APPLICABLE, impossible),
            (codes.STATISTICS_ABSENT, len(absent)),
        ):
            if count:
                about: dict[str, Parameter] = {"count": count, "entities": entities}
                self.diagnostics.append(Diagnostic(note, Location(self.file), about))

    def settled(self, item: Item, statistic: Statistic, own: Response | None) -> Response | None:
        """What counts for an indicator; None for what the workbook says."""
        given = own or Response(State.BLANK)
        official = replace(
            given,
            state=State.ANSWERED,
            value=statistic.value,
            value_before=None,
            reason="",
            year=statistic.year,
            reference=statistic.source,
            source=Source(file=self.file, cell=statistic.cell, origin=ORIGIN),
        )
        if given.state is State.NO_DATA:
            if self.keep and self.keep == Path(given.source.file).name:
                return None
            self.report(codes.STATISTICS_OVER_NO_DATA, item, given, statistic)
            return self.doubted(item, statistic, official)
        if given.value is None:
            return self.doubted(item, statistic, official)
        value = self.value(item, given)
        if value == statistic.value and given.year in {None, statistic.year}:
            return None
        if given.year not in {None, statistic.year}:
            years: dict[str, Parameter] = {"year": given.year or 0, "official_year": statistic.year}
            self.report(codes.STATISTICS_OTHER_YEAR, item, given, statistic, **years)
            return None
        return self.contested(item, statistic, given, official)

    def contested(
        self, item: Item, statistic: Statistic, given: Response, official: Response
    ) -> Response | None:
        """Two values of one year: an error, unless `--keep` settles it."""
        if self.keep == NOBODY:
            self.report(codes.STATISTICS_BLANKED, item, given, statistic)
            return replace(given, state=State.BLANK, value=None, value_before=None)
        kept = {Path(self.file).name: official, Path(given.source.file).name: given}.get(self.keep)
        if kept is None:
            self.report(codes.STATISTICS_CONTRADICT, item, given, statistic)
            return None
        self.report(codes.STATISTICS_SETTLED, item, given, statistic, kept=self.keep)
        return kept

    def doubted(self, item: Item, statistic: Statistic, official: Response) -> Response:
        """An official value that is taken, after what is doubtful about it has been said."""
        measurement = self.questionnaire.measurement_of_item[item.id]
        for doubt in (
            doubt_of_value(self.questionnaire, item, statistic.value, self.language),
            doubt_of_year(measurement, statistic.year, self.now),
        ):
            if doubt is not None:
                where = Location(self.file, line=statistic.line, item=item.id)
                self.diagnostics.append(Diagnostic(doubt.code, where, {"item": item.id, **doubt.parameters}))
        return official

    def value(self, item: Item, given: Response) -> Fraction | None:
        """What an indicator has of a workbook, as scoring takes it."""
        return Marks(self.questionnaire, self.questionnaire.measurement_of_item[item.id]).value(item, given)

    def own(self, item: Item, given: Response) -> str:
        """The value of the workbook, as it is compared: of two years' values the change."""
        if given.value is None or given.value_before is None:
            return "" if given.value is None else decimal_text(given.value)
        value = self.value(item, given)
        return "" if value is None else decimal_text(Decimal(repr(float(value))))

    def report(
        self, code: Code, item: Item, given: Response, statistic: Statistic, **more: Parameter
    ) -> None:
        source = given.source
        about: dict[str, Parameter] = {
            "item": item.id,
            "own": self.own(item, given),
            "official": decimal_text(statistic.value),
            "other": str(Location(self.file, line=statistic.line)),
        }
        where = Location(file=source.file, sheet=source.sheet, cell=source.cell, item=item.id)
        self.diagnostics.append(Diagnostic(code, where, {**about, **more}))
