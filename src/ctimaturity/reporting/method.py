"""The method in half a page, told from the definition itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.rule import Blanks, Collects, Effect, Over, Rule
from ctimaturity.reporting.columns import PLAIN_RULES, RULES, ScoreColumn, ScoreColumns
from ctimaturity.reporting.document import Bullets, DocumentTable, Part, Section, section
from ctimaturity.reporting.rule_details import with_details
from ctimaturity.reporting.words import BETWEEN, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctimaturity.model.questionnaire import Measurement, Node, Questionnaire
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.document import Block


@dataclass(frozen=True, slots=True)
class MethodText:
    """How the numbers are made.

    Attributes:
        paragraphs: In reading order.
        tables: Measurements, thresholds, levels.
        decisions: What the definition says of its own choices.
        caveats: What must be known before a number is used.
    """

    paragraphs: tuple[str, ...]
    tables: tuple[DocumentTable, ...]
    decisions: tuple[str, ...]
    caveats: tuple[str, ...]

    def sections(self, words: Words) -> Iterator[Section]:
        """What a document of all entities says of it."""
        blocks: list[Block] = [*self.tables]
        if self.decisions:
            decided = Bullets(self.decisions, "prose")
            blocks.append(Part(words.say("What the definition decides"), (decided,)))
        yield section("method", words.say("Method"), self.paragraphs, *blocks)
        yield Section("caveats", words.say("How to read it with care"), (Bullets(self.caveats, "prose"),))


def method(
    questionnaire: Questionnaire, index: Index, columns: ScoreColumns, words: Words, *, ruled: bool = False
) -> MethodText:
    """The method of one index; `ruled` says that reviewers have ruled on answers."""
    measurements = tuple(m for m in questionnaire.measurements if m.id in index.measurements)
    tables = [_measurements(measurements, columns, words), _thresholds(measurements, words)]
    if columns.index.level_names:
        tables.append(_levels(columns, words))
    return MethodText(
        paragraphs=tuple(_paragraphs(questionnaire, measurements, index, columns, words)),
        tables=tuple(table for table in tables if table.rows),
        decisions=tuple(words.text(note) for note in questionnaire.notes),
        caveats=tuple(_caveats(measurements, words, ruled=ruled)),
    )


def _paragraphs(
    questionnaire: Questionnaire,
    measurements: tuple[Measurement, ...],
    index: Index,
    columns: ScoreColumns,
    words: Words,
) -> Iterable[str]:
    rule = questionnaire.index
    total = sum(Fraction(rule.weights[m.id]) for m in measurements)
    shares = [Fraction(rule.weights[m.id]) / total for m in measurements]
    weights = [
        f"{words.text(m.title)} {words.percent(float(share))}"
        for m, share in zip(measurements, shares, strict=True)
    ]
    yield words.say(
        "The index is the {rule} of its measurements ({weights}), on a scale from {low} to {high}.",
        rule=words.say(RULES[rule.rule] if len(set(shares)) > 1 else PLAIN_RULES[rule.rule]),
        weights=words.listed(weights),
        low=words.number(float(columns.index.scale[0])),
        high=words.number(float(columns.index.scale[1])),
    )
    if any(m.collects is Collects.INDICATORS for m in measurements):
        yield words.say(_BASES[index.results_basis or "auto"])
    if any(column.staged for column in columns.measurements):
        yield words.say(
            "The staged level is the highest level of which everything is met, and everything of the levels"
            " below it; that of a whole is the lowest of its parts. It stands beside the score and does not"
            " enter it."
        )
    yield words.say(
        "What was not answered is not guessed. Beside each score stands the interval between the score with"
        " every blank and every missing figure at its worst and the one with all of them at their best; the"
        " narrower it is, the more is known."
    )
    yield words.say(
        "Only entities with enough answers are ranked; the thresholds are in the table. Ranks compare "
        "unrounded scores; entities with exactly the same score share the rank (2=) and the next one is "
        "skipped. Levels are taken from unrounded scores too. Numbers are rounded once, half up, when they "
        "are shown."
    )


_BASES = {
    "auto": "Each indicator takes the mark that its reference ranges give its value, or where there are none "
    "the criterion mark the entity gave itself; the same way for everyone.",
    "range": "Each indicator takes the mark that its reference ranges give its value.",
    "criterion": "Each indicator takes the criterion mark the entity gave itself.",
    "self": "Each indicator takes the range mark the entity gave itself.",
}
_COLLECTS = {
    Collects.ANSWERS: "the entity, one agreed answer",
    Collects.RESPONDENTS: "inhabitants, in a survey",
    Collects.INDICATORS: "the entity, from data",
}
_BLANKS = {
    Blanks.WORST: "counts as the worst answer",
    Blanks.EXCLUDE: "is left out",
    Blanks.ZERO: "counts as 0",
}
_EFFECTS = {
    Effect.INCOMPLETE: "incomplete: no index",
    Effect.PROVISIONAL: "provisional: not ranked",
    Effect.ABSENT: "counts as absent",
    Effect.DISPLAY: "shown without a score of its own",
}


def _measurements(
    measurements: tuple[Measurement, ...], columns: ScoreColumns, words: Words
) -> DocumentTable:
    scales = {column.measurement: column for column in columns.measurements}
    rows = [
        (
            words.text(m.title),
            words.say(_COLLECTS[m.collects]),
            str(len(m.items)),
            "; ".join(_rules(m, words)),
            _band(scales[m.id].scale, words),
            words.say(_BLANKS[m.blanks]),
        )
        for m in measurements
    ]
    headers = ("Measurement", "Who answers", "Items", "How scores are made", "Scale", "What was left blank")
    return DocumentTable(words.say("The measurements"), tuple(words.say(h) for h in headers), tuple(rows))


def _rules(measurement: Measurement, words: Words) -> Iterable[str]:
    """`axis: mean of its parts`, once for each kind of node, from the top."""
    said: dict[str, None] = {}
    for node in measurement.nodes:
        kind = words.kind(node.kind, measurement.kinds)
        said[words.say("{kind}: {rule}", kind=kind, rule=_rule(node, words))] = None
    return said


def _rule(node: Node, words: Words) -> str:
    if node.rule in {Rule.POINTS_SHARE, Rule.STAGED}:
        return with_details(words.say(RULES[node.rule]), node, words)
    alike = len({part.weight for part in parts_of(node)}) == 1
    name = PLAIN_RULES[node.rule] if alike else RULES[node.rule]
    template = (
        "{rule} of all its items" if node.over is Over.ITEMS or not node.children else "{rule} of its parts"
    )
    return with_details(words.say(template, rule=words.say(name)), node, words)


def _thresholds(measurements: tuple[Measurement, ...], words: Words) -> DocumentTable:
    """Each threshold once, with the kinds of node it holds for."""
    where: dict[tuple[str, str, str], dict[str, None]] = {}
    for m in measurements:
        for node in m.nodes:
            for threshold in node.min_coverage:
                value = words.percent(float(threshold.value))
                key = (
                    words.say("coverage"),
                    words.say("below {value}", value=value),
                    words.say(_EFFECTS[threshold.below]),
                )
                where.setdefault(key, {})[words.kind(node.kind, m.kinds)] = None
            if node.max_excluded is not None:
                value = words.percent(float(node.max_excluded.value))
                key = (
                    words.say("share without data or not applicable"),
                    words.say("above {value}", value=value),
                    words.say(_EFFECTS[node.max_excluded.above]),
                )
                where.setdefault(key, {})[words.kind(node.kind, m.kinds)] = None
        for key in _survey_thresholds(m, words):
            where.setdefault(key, {})[words.text(m.title)] = None
    rows = tuple(
        (measure, ", ".join(places), limit, effect) for (measure, limit, effect), places in where.items()
    )
    headers = tuple(words.say(h) for h in ("What is looked at", "Where", "Threshold", "What follows"))
    return DocumentTable(words.say("What an entity needs in order to be ranked"), headers, rows)


def _survey_thresholds(measurement: Measurement, words: Words) -> Iterable[tuple[str, str, str]]:
    survey = measurement.respondents
    if survey is None:
        return
    lower = {
        "respondents": survey.min_respondents,
        "respondents of each segment": survey.min_per_segment,
        "answers to each statement": survey.min_answers,
    }
    for name, threshold in lower.items():
        if threshold is not None:
            limit = words.say("below {value}", value=format(threshold.value, "f"))
            yield words.say(name), limit, words.say(_EFFECTS[threshold.below])
    if survey.max_segment_share is not None:
        limit = words.say("above {value}", value=words.percent(float(survey.max_segment_share.value)))
        yield (
            words.say("share of the largest segment"),
            limit,
            words.say(_EFFECTS[survey.max_segment_share.above]),
        )


def _levels(columns: ScoreColumns, words: Words) -> DocumentTable:
    compared = [columns.index, *columns.measurements]
    rows = []
    lowest = next((column.level_names[0] for column in compared if column.has_zero), "")
    if lowest:
        zero = [words.number(float(c.bounds[0])) if c.has_zero else BETWEEN for c in compared]
        rows.append(("0", lowest, *zero))
    for level, name in enumerate(columns.index.level_names[1:], 1):
        bands = [_level_band(column, level, words) for column in compared]
        rows.append((str(level), name, *bands))
    headers = (words.say("Level"), words.say("Name"), *(column.title for column in compared))
    return DocumentTable(words.say("The levels and their bands"), headers, tuple(rows))


def _level_band(column: ScoreColumn, level: int, words: Words) -> str:
    if level >= len(column.bounds):
        return BETWEEN
    return _band((column.bounds[level - 1], column.bounds[level]), words)


def _band(ends: tuple[Fraction, Fraction], words: Words) -> str:
    return words.interval(float(ends[0]), float(ends[1]))


def _caveats(measurements: tuple[Measurement, ...], words: Words, *, ruled: bool) -> Iterable[str]:
    """What method.md asks every report to say."""
    collected = {m.collects for m in measurements}
    if collected & {Collects.ANSWERS, Collects.INDICATORS}:
        yield words.say(
            "The answers are the entities' own; only those that the rulings name have been verified."
            if ruled
            else "The answers are the entities' own; nobody has verified them."
        )
    yield words.say(
        "A mean lets strong parts hide weak ones: read the weakest part and the staged level beside the "
        "index."
    )
    yield words.say(
        "Small differences are not differences: where the intervals of two entities overlap, their order "
        "may be other than it seems."
    )
    if Collects.RESPONDENTS in collected:
        yield words.say(
            "A survey speaks for those who were asked: it has sampling error, and the smaller or the less "
            "balanced the sample, the larger the error."
        )
    yield words.say(
        "With a few dozen entities no statistic of the group is firm; none enters the scores, so nobody's "
        "score depends on who else takes part."
    )
    yield words.say(
        "Editions of the questionnaire differ in items and scales: their numbers cannot be compared."
    )
    yield words.say(
        "The weights of the measurements, the treatment of blanks and the thresholds are choices of the "
        "definition used here; another choice would give other numbers."
    )
    if Collects.INDICATORS in collected:
        yield words.say("So are the reference ranges and the marks of the indicators.")
