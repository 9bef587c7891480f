"""Small questionnaires and answers built in code; only what matters to a test is said in it.

Every function returns objects of the model with nothing left to default. `mini()` is a whole
instrument in miniature: three measurements, two dimensions, every kind of item.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.entity import Entity
from ctimaturity.model.questionnaire import (
    IndexRule,
    Item,
    Measurement,
    Named,
    Node,
    Profile,
    Questionnaire,
    Unit,
)
from ctimaturity.model.response import EntityAnswers, Response, State, Tallies
from ctimaturity.model.rule import (
    Blanks,
    Collects,
    ConfirmBlank,
    CoverageThreshold,
    Direction,
    Effect,
    Gate,
    Goalposts,
    LevelName,
    Levels,
    LowerThreshold,
    Normalise,
    NotApplicable,
    Over,
    RespondentThresholds,
    ResultsBasis,
    Rule,
    UpperThreshold,
)
from ctimaturity.model.scale import Choice, Option, Range, Scale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

TYPES = ("alcaldia", "gobernacion")
SEGMENTS = ("academia", "sector-publico", "sector-privado", "sociedad-civil")
NumberLike = int | str | Decimal


def number(value: NumberLike) -> Decimal:
    return Decimal(str(value))


def text(words: str) -> dict[str, str]:
    return {"es": words, "en": words}


def scale(*points: NumberLike, dont_know: bool = False, not_applicable: bool = False) -> Scale:
    """Options whose codes are their points as written: `scale(1, 2, 3)` has the codes 1, 2, 3."""
    return Scale(
        options=tuple(Option(code=str(p), points=number(p), label=text(f"opción {p}")) for p in points),
        dont_know=Choice(code="NS", label=text("No sabe")) if dont_know else None,
        not_applicable=Choice(code="NA", label=text("No aplica")) if not_applicable else None,
    )


def number_scale(minimum: NumberLike, maximum: NumberLike, *, whole: bool = False) -> Scale:
    return Scale(range=Range(minimum=number(minimum), maximum=number(maximum), whole=whole))


def levels(
    parts: int = 6,
    side: str = "upper",
    lowest: str = "closed",
    bounds: Sequence[NumberLike] = (),
    points: Sequence[NumberLike] = (),
) -> Levels:
    count = len(bounds) - 1 if bounds else parts
    return Levels(
        parts=None if bounds else parts,
        bounds=tuple(number(b) for b in bounds) or None,
        side=side,
        lowest=lowest,
        below=text("por debajo del primero") if lowest == "open" else None,
        names=tuple(
            LevelName(name=text(f"Nivel {n}"), points=number(points[n - 1]) if points else None)
            for n in range(1, count + 1)
        ),
    )


def item(
    id: str,  # noqa: A002  (named as in the model)
    scale: str = "s",
    *,
    weight: NumberLike = 1,
    level: int | None = None,
    reverse: bool = False,
    applies_to: Iterable[str] = TYPES,
    unit: str | None = None,
    direction: str | None = None,
) -> Item:
    return Item(
        id=id,
        text=text(f"texto de {id}"),
        scale=scale,
        weight=number(weight),
        level=level,
        reverse=reverse,
        applies_to=tuple(applies_to),
        definition=None,
        help=None,
        evidence=None,
        note=None,
        unit=unit,
        direction=Direction(direction) if direction else None,
        plausible=None,
    )


def items(prefix: str, count: int, scale: str = "s") -> list[Item]:
    """`items("P", 3)`: P-1, P-2, P-3."""
    return [item(f"{prefix}-{n}", scale) for n in range(1, count + 1)]


def node(
    id: str,  # noqa: A002  (named as in the model)
    *parts: Node | Item,
    rule: str = "mean",
    over: str = "children",
    kind: str = "node",
    weight: NumberLike = 1,
    out_of: NumberLike | None = None,
    exponent: NumberLike | None = None,
    met_at: NumberLike | None = None,
    met_below: NumberLike | None = None,
    met_share: NumberLike | None = None,
    level: int | None = None,
    staged: bool = False,
    normalise: Normalise | None = None,
    gates: Sequence[Gate] = (),
    min_coverage: Sequence[CoverageThreshold] = (),
    max_excluded: UpperThreshold | None = None,
    levels: Levels | None = None,
) -> Node:
    return Node(
        id=id,
        kind=kind,
        title=text(f"título de {id}"),
        definition=None,
        question=None,
        note=None,
        weight=number(weight),
        rule=Rule(rule),
        over=Over(over),
        out_of=None if out_of is None else number(out_of),
        exponent=None if exponent is None else number(exponent),
        met_at=None if met_at is None else number(met_at),
        met_below=None if met_below is None else number(met_below),
        met_share=None if met_share is None else number(met_share),
        level=level,
        staged=staged,
        normalise=normalise,
        gates=tuple(gates),
        min_coverage=tuple(min_coverage),
        max_excluded=max_excluded,
        levels=levels,
        children=tuple(part for part in parts if isinstance(part, Node)),
        items=tuple(part for part in parts if isinstance(part, Item)),
    )


def coverage(value: NumberLike, below: str, of: str = "weight") -> CoverageThreshold:
    return CoverageThreshold(value=number(value), of=of, below=Effect(below))


def excluded(value: NumberLike, above: str = "provisional") -> UpperThreshold:
    return UpperThreshold(value=number(value), above=Effect(above))


def gate(
    node: str,
    *,
    below: NumberLike | None = None,
    equals: NumberLike | None = None,
    cap_level: int | None = None,
    cap_score: NumberLike | None = None,
    set_zero: bool = False,
) -> Gate:
    return Gate(
        node=node,
        below=None if below is None else number(below),
        equals=None if equals is None else number(equals),
        cap_level=cap_level,
        cap_score=None if cap_score is None else number(cap_score),
        set_zero=set_zero,
    )


def goalposts(
    minimum: NumberLike,
    maximum: NumberLike,
    ends: Mapping[str, tuple[NumberLike, NumberLike]] | None = None,
    logarithm: Collection[str] = (),
) -> Normalise:
    return Normalise(
        method="goalposts",
        minimum=number(minimum),
        maximum=number(maximum),
        goalposts={
            key: Goalposts(minimum=number(low), maximum=number(high), logarithm=key in logarithm)
            for key, (low, high) in (ends or {}).items()
        },
    )


AS_THEY_ARE = Normalise(method="none")
BY_LEVEL = Normalise(method="levels")


def respondents(
    total: NumberLike = 50, per_segment: NumberLike = 10, share: NumberLike = "0.6", answers: NumberLike = 10
) -> RespondentThresholds:
    return RespondentThresholds(
        min_respondents=LowerThreshold(value=number(total), below=Effect.PROVISIONAL),
        min_per_segment=LowerThreshold(value=number(per_segment), below=Effect.PROVISIONAL),
        max_segment_share=UpperThreshold(value=number(share), above=Effect.PROVISIONAL),
        min_answers=LowerThreshold(value=number(answers), below=Effect.PROVISIONAL),
    )


def measurement(
    root: Node,
    *,
    collects: str = "answers",
    blanks: str = "worst",
    not_applicable: str = "exclude",
    credit: NumberLike | None = None,
    confirm_blank: ConfirmBlank | None = None,
    respondents: RespondentThresholds | None = None,
    max_age: int | None = None,
    range_scale: str | None = None,
    criterion_scale: str | None = None,
    results_basis: str | None = None,
) -> Measurement:
    return Measurement(
        id=root.id,
        collects=Collects(collects),
        description=None,
        root=root,
        blanks=Blanks(blanks),
        not_applicable=NotApplicable(
            policy=not_applicable, credit=None if credit is None else number(credit)
        ),
        confirm_blank=confirm_blank,
        respondents=respondents,
        max_age=max_age,
        range_scale=range_scale,
        criterion_scale=criterion_scale,
        results_basis=ResultsBasis(results_basis) if results_basis else None,
    )


def questionnaire(
    *measurements: Measurement,
    scales: Mapping[str, Scale] | None = None,
    weights: Mapping[str, NumberLike] | None = None,
    rule: str = "mean",
    exponent: NumberLike | None = None,
    normalise: Normalise | None = AS_THEY_ARE,
    harmonised: tuple[NumberLike, NumberLike] = (0, 100),
    gates: Sequence[Gate] = (),
    levels: Levels | None = None,
    profile: Profile | None = None,
    segments: Sequence[str] = SEGMENTS,
    every_type: Sequence[str] = (),
    units: Sequence[Unit] = (),
) -> Questionnaire:
    """A definition; without `scales` there is one, `s`, with the options 1 to 6."""
    return Questionnaire(  # type: ignore[call-arg]  # mypy does not see the alias inside Annotated
        schema=1,
        id="mini",
        edition="1",
        version="1.0.0",
        title=text("Instrumento en miniatura"),
        description=None,
        source=None,
        notes=(),
        languages=("es", "en"),
        scales=dict(scales or {"s": scale(1, 2, 3, 4, 5, 6)}),
        segments=tuple(Named(id=segment, label=text(segment)) for segment in segments),
        no_data_reasons=tuple(Named(id=reason, label=text(reason)) for reason in ("not-measured", "other")),
        entity_types=tuple(Named(id=type_, label=text(type_)) for type_ in TYPES),
        every_type=tuple(every_type),
        units=tuple(units),
        measurements=tuple(measurements),
        profile=profile,
        index=IndexRule(
            title=text("Índice"),
            rule=Rule(rule),
            weights={m.id: number((weights or {}).get(m.id, 1)) for m in measurements},
            exponent=None if exponent is None else number(exponent),
            normalise=normalise,
            harmonised=Goalposts(minimum=number(harmonised[0]), maximum=number(harmonised[1])),
            gates=tuple(gates),
            levels=levels,
        ),
    )


def tree(*parts: Node | Item, scales: Mapping[str, Scale] | None = None, **root: object) -> Questionnaire:
    """A definition of one measurement `m` whose root has these parts and settings."""
    of_measurement = {
        key: root.pop(key)
        for key in ("blanks", "not_applicable", "credit", "collects", "respondents")
        if key in root
    }
    return questionnaire(
        measurement(node("m", *parts, kind="measurement", **root), **of_measurement),  # type: ignore[arg-type]
        scales=scales,
        normalise=None,
    )


def mini() -> Questionnaire:
    """Capacities 0..6 by points, perception 1..6 by respondents, results 1..6 by two marks.

    Two axes of one capacity each (levels 1 to 3, so 6 points); dimensions `personas` (two
    subdimensions) and `habitat`; R-4 is only for a gobernación. Thresholds as in the
    ministry's model.
    """
    closed = levels(6)
    thresholds = (coverage("0.5", "incomplete"), coverage("0.65", "provisional"))
    whole = (coverage("0.65", "incomplete"), coverage("0.8", "provisional"))

    def capacity(name: str) -> Node:
        return node(
            name,
            *(item(f"{name}-{letter}", "met", weight=n, level=n) for n, letter in enumerate("abc", 1)),
            rule="points_share",
            kind="capacity",
            out_of=6,
            met_at=1,
            staged=True,
            min_coverage=[coverage("0.5", "display")],
            levels=levels(6, lowest="open"),
        )

    def axis(name: str, *parts: Node) -> Node:
        return node(
            name,
            *parts,
            kind="axis",
            staged=True,
            min_coverage=thresholds,
            max_excluded=excluded("0.35"),
            levels=levels(6, lowest="open"),
        )

    def dimension(name: str, *parts: Node) -> Node:
        return node(
            name,
            *parts,
            kind="dimension",
            over="items",
            min_coverage=thresholds,
            max_excluded=excluded("0.35"),
            levels=closed,
        )

    def sub(name: str, *parts: Item) -> Node:
        return node(
            name, *parts, kind="subdimension", min_coverage=[coverage("0.5", "display")], levels=closed
        )

    capacities = node(
        "capacities",
        axis("liderazgo", capacity("C-1")),
        axis("tecnologia", capacity("C-2")),
        kind="measurement",
        staged=True,
        min_coverage=whole,
        levels=levels(6, lowest="open"),
    )
    perception = node(
        "perception",
        dimension("personas", sub("educacion", *items("P", 2, "agree")), sub("empleo", item("P-3", "agree"))),
        dimension("habitat", sub("vivienda", item("P-4", "agree"))),
        kind="measurement",
        min_coverage=whole,
        levels=closed,
    )
    results = node(
        "results",
        dimension(
            "personas",
            sub("educacion", item("R-1", "range", unit="percent", direction="higher_is_better")),
            sub("empleo", item("R-2", "range", unit="percent", direction="lower_is_better")),
        ),
        dimension(
            "habitat",
            sub(
                "vivienda",
                item("R-3", "range", unit="count", direction="ambiguous"),
                item("R-4", "range", unit="count", direction="higher_is_better", applies_to=["gobernacion"]),
            ),
        ),
        kind="measurement",
        min_coverage=whole,
        levels=closed,
    )
    return questionnaire(
        measurement(
            capacities,
            confirm_blank=ConfirmBlank(option="0", statement=text("Lo que no está marcado no se cumple")),
        ),
        measurement(perception, collects="respondents", blanks="exclude", respondents=respondents()),
        measurement(
            results,
            collects="indicators",
            range_scale="range",
            criterion_scale="criterion",
            results_basis="auto",
            max_age=3,
        ),
        scales={
            "met": scale(0, 1),
            "agree": scale(1, 2, 3, 4, 5, 6, dont_know=True),
            "range": scale(1, 2, 3, 4, 5, 6),
            "criterion": scale(1, 2, 3, 4, 5, 6),
        },
        levels=closed,
        profile=Profile(
            kind="dimension", measurements=("perception", "results"), rule=Rule.MEAN, levels=closed
        ),
        units=[Unit(id="percent", label=text("%")), Unit(id="count", label=text("número"))],
    )


def entity(code: str = "05001", type: str = "alcaldia", **groups: str) -> Entity:  # noqa: A002  (named as in the model)
    return Entity(code=code, name=f"Entidad {code}", type=type, groups=groups)


def answered(option: object) -> Response:
    return Response(state=State.ANSWERED, option=str(option))


def written(value: NumberLike) -> Response:
    """An answer on a scale that is a range."""
    return Response(state=State.ANSWERED, number=number(value))


def indicator(criterion: object = "", own_mark: object = "", value: NumberLike | None = None) -> Response:
    return Response(
        state=State.ANSWERED,
        criterion=str(criterion),
        own_mark=str(own_mark),
        value=None if value is None else number(value),
    )


def no_data(reason: str = "not-measured") -> Response:
    return Response(state=State.NO_DATA, reason=reason)


NOT_APPLICABLE = Response(state=State.NOT_APPLICABLE, reason="other")
BLANK = Response(state=State.BLANK)


def marked(answers: Mapping[str, object]) -> dict[str, Response]:
    """Responses from option codes; a Response stays what it is, None is left out."""
    return {
        key: value if isinstance(value, Response) else answered(value)
        for key, value in answers.items()
        if value is not None
    }


def tallies(
    definition: Questionnaire,
    counts: Mapping[str, Mapping[str, Mapping[str, int]]],
    respondents: Mapping[str, int] | None = None,
    measurement: str = "perception",
) -> Tallies:
    """Tallies from `{segment: {item: {option, blank or dont_know: count}}}`.

    What is not said is 0; the respondents of a segment are its largest row total unless given.
    """
    measured = definition.measurement_by_id[measurement]
    first = definition.scales[measured.items[0].scale]
    options = (*(option.code for option in first.options), "blank", "dont_know")
    segments = tuple(counts)
    table = np.zeros((len(segments), len(measured.items), len(options)), dtype=np.int64)
    for s, segment in enumerate(segments):
        for i, statement in enumerate(measured.items):
            for option, count in counts[segment].get(statement.id, {}).items():
                table[s, i, options.index(option)] = count
    largest = table.sum(axis=2).max(axis=1)
    number_of = [(respondents or {}).get(segment, int(largest[s])) for s, segment in enumerate(segments)]
    return Tallies(
        measurement=measurement,
        segments=segments,
        items=tuple(statement.id for statement in measured.items),
        options=options,
        counts=table,
        respondents=np.array(number_of, dtype=np.int64),
    )


def everyone(
    definition: Questionnaire, marks: Mapping[str, object], each: int = 15, measurement: str = "perception"
) -> Tallies:
    """Every respondent of every segment (`each` of them) gives the same mark to a statement."""
    row = {statement: {str(mark): each} for statement, mark in marks.items()}
    return tallies(definition, {segment.id: row for segment in definition.segments}, measurement=measurement)


def answers(
    who: Entity | str,
    responses: Mapping[str, object] | None = None,
    surveys: Iterable[Tallies] = (),
    *,
    refused: bool = False,
) -> EntityAnswers:
    return EntityAnswers(
        entity=entity(who) if isinstance(who, str) else who,
        responses=marked(responses or {}),
        tallies={survey.measurement: survey for survey in surveys},
        refused=refused,
    )


def mini_answers(who: Entity | str = "05001", mark: int = 4, *, met: str = "ab") -> EntityAnswers:
    """A complete entity of `mini()`: all marks equal, of each capacity these letters met."""
    definition = mini()
    capacities = {f"{c}-{letter}": int(letter in met) for c in ("C-1", "C-2") for letter in "abc"}
    results = {f"R-{n}": indicator(mark, mark) for n in (1, 2, 3, 4)}
    return answers(
        who,
        {**capacities, **results},
        [everyone(definition, {f"P-{n}": mark for n in range(1, 5)})],
    )
