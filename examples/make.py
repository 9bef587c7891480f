"""Make the bundled example: workbooks of invented entities, with the troubles of real ones.

    python examples/make.py            workbooks, entity list and expected results
    python examples/make.py --results  only the expected results, from the workbooks there are

Every answer comes from a seeded generator, so that the same code makes the same answers. Two
workbooks are saved again by LibreOffice (needs `soffice`), as offices do.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.definitions.library import Library
from ctimaturity.indicators.reference_record import RangeRecord, ReferenceRecord, yaml_bytes
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.rule import Collects, Direction
from ctimaturity.scoring.tallies import tally
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes
from ctimaturity.workflows.score import EXAMPLE_ENTITIES, EXAMPLE_RESULTS, EXAMPLE_WORKBOOKS, demo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire

HERE = Path(__file__).resolve().parent
DEFINITION = "mmmctic@2020-04"
ROUND = "Ejemplo"
HOSTILE_MARK = "9"
"""An answer that is on no scale: the workbook that has it is refused."""


@dataclass(frozen=True)
class Invented:
    """An entity that does not exist.

    Attributes:
        code, name, type, category, region: As the entity list has them.
        strength: In [0, 1]: how much it has achieved.
        perception: Form of the survey; none when nothing of the kind came back.
        respondents: By segment, in the order of the definition.
        parts: Which measurements came back.
        separate: A workbook per part, as three people send them.
        unmarked: Share of capacities and results that nobody marked.
        confirm: Capacities not marked are confirmed as not complied with.
        office: Saved again by LibreOffice.
        spoilt: One answer is on no scale.
    """

    code: str
    name: str
    strength: float = 0.5
    type: str = "alcaldia"
    category: str = "intermedia"
    region: str = "Andina"
    perception: Perception = Perception.GRID
    respondents: tuple[int, ...] = (15, 15, 15, 15)
    parts: tuple[str, ...] = ()
    separate: bool = False
    unmarked: float = 0.0
    confirm: bool = False
    office: bool = False
    spoilt: bool = False
    awaited: bool = False
    twin_of: str = ""
    seed: int = field(default=0)


ENTITIES = (
    Invented(
        "EJ-01",
        "Villa Almendro",
        0.86,
        category="grande",
        perception=Perception.COUNTS,
        respondents=(34, 30, 31, 45),
    ),
    Invented(
        "EJ-02", "Puerto Lucerna", 0.72, category="grande", region="Caribe", respondents=(30, 28, 27, 35)
    ),
    Invented(
        "EJ-03",
        "Gobernación de Sierra Bermeja",
        0.66,
        "gobernacion",
        "departamento",
        perception=Perception.COUNTS,
        respondents=(25, 40, 32, 50),
    ),
    Invented("EJ-04", "San Telmo del Páramo", 0.55, respondents=(16, 15, 14, 17)),
    Invented(
        "EJ-05",
        "Altos del Guayacán",
        region="Caribe",
        perception=Perception.COUNTS,
        respondents=(16, 15, 14, 17),
        twin_of="EJ-04",
    ),
    Invented("EJ-06", "Riofrondoso", 0.48, region="Caribe", respondents=(16, 16, 16, 16), office=True),
    Invented(
        "EJ-07",
        "Mesa de los Yarumos",
        0.38,
        category="pequeña",
        perception=Perception.COUNTS,
        respondents=(12, 20, 14, 18),
        separate=True,
        unmarked=0.03,
    ),
    Invented(
        "EJ-08",
        "Gobernación de Valle Encantado",
        0.44,
        "gobernacion",
        "departamento",
        respondents=(20, 22, 18, 20),
        confirm=True,
    ),
    Invented(
        "EJ-09",
        "Bahía Serena",
        0.62,
        region="Caribe",
        perception=Perception.LIST,
        respondents=(3, 3, 2, 2),
        office=True,
    ),
    Invented("EJ-10", "Loma Clara", 0.58, category="pequeña", respondents=(13, 14, 15, 13), unmarked=0.26),
    Invented("EJ-11", "Campo Turpial", 0.52, category="pequeña", parts=("capacities",)),
    Invented("EJ-12", "Cerro de las Garzas", 0.5, region="Caribe", perception=Perception.COUNTS, spoilt=True),
    Invented("EJ-13", "Cañada Honda del Sur", category="pequeña", awaited=True),
)


def main(arguments: Sequence[str]) -> None:
    """Write what was asked for."""
    if "--results" not in arguments:
        write_entities(HERE / EXAMPLE_ENTITIES)
        write_workbooks(HERE / EXAMPLE_WORKBOOKS)
        write_reference(HERE / "reference.yaml")
        write_statistics(HERE / "statistics.csv")
    demo(HERE / EXAMPLE_RESULTS, force=True)


def write_entities(target: Path) -> None:
    """The list of entities as a ministry would keep it."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["code", "name", "type", "categoria", "region"])
        writer.writerows([one.code, one.name, one.type, one.category, one.region] for one in ENTITIES)


def write_reference(target: Path) -> None:
    """Invented reference ranges: five equal steps about the middle of what is plausible.

    Indicators without bounds or with an open direction are left out, so that some are not covered.
    """
    questionnaire = Library().find(DEFINITION)
    ranges = []
    for item in map(questionnaire.item_by_id.__getitem__, questionnaire.indicators):
        bounds = questionnaire.plausible(item)
        if bounds is None or bounds.minimum is None or item.direction in {None, Direction.AMBIGUOUS}:
            continue
        width = (bounds.maximum if bounds.maximum is not None else bounds.minimum + 100) - bounds.minimum
        cuts = tuple(bounds.minimum + width * Decimal(step) / 10 for step in ("3", "4", "5", "6", "7"))
        ranges.append(
            RangeRecord(
                item=item.id,
                direction=item.direction,
                cuts=cuts,
                unit=item.unit or "",
                source="Rango inventado",
                year=2025,
            )
        )
    record = ReferenceRecord(
        id="ejemplo",
        version="1.0.0",
        questionnaire=DEFINITION,
        title={"es": "Rangos de ejemplo, inventados", "en": "Example ranges, invented"},
        note={
            "es": "Muestran cómo es un archivo de referencia. Las marcas que dan no significan nada.",
            "en": "They show what a reference file looks like. The marks they give mean nothing.",
        },
        example=True,
        ranges=tuple(ranges),
    )
    target.write_bytes(yaml_bytes(record, questionnaire, "es"))


def write_statistics(target: Path) -> None:
    """Invented official statistics, as open data has them: what two entities left blank, and more."""
    questionnaire = Library().find(DEFINITION)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["codigo", "indicador", "vigencia", "valor", "unidad", "fuente"])
        for one in ENTITIES:
            if one.code not in {"EJ-07", "EJ-10"}:
                continue
            given = Answers(questionnaire, one)
            for item in map(questionnaire.item_by_id.__getitem__, questionnaire.indicators):
                if item.id not in given.responses and questionnaire.applies(item, one.type, one.code):
                    unit = questionnaire.unit_by_id[item.unit or ""].label["es"]
                    for year in (2024, 2025):
                        value = given.value(item)
                        writer.writerow([one.code, item.id, year, value, unit, "Estadística inventada"])


def write_workbooks(folder: Path) -> None:
    """All that came back, in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data, office in workbooks():
        target = folder / name
        target.write_bytes(data)
        if office:
            save_with_office(target)


def workbooks() -> Iterator[tuple[str, bytes, bool]]:
    """Name, bytes and whether an office suite saved it again, of every workbook of the example."""
    questionnaire = Library().find(DEFINITION)
    digest = definition_hash(questionnaire)
    for one in ENTITIES:
        if one.awaited:
            continue
        answers = Answers(questionnaire, one)
        whole = one.parts or tuple(questionnaire.measurement_by_id)
        for parts in [(part,) for part in whole] if one.separate else [whole]:
            options = TemplateOptions(
                parts=parts,
                perception=one.perception,
                respondents=max(sum(one.respondents), 60),
                entity=answers.entity,
                round=ROUND,
            )
            name = f"{one.code}-{parts[0]}.xlsx" if one.separate else f"{one.code}.xlsx"
            yield name, workbook_bytes(questionnaire, options, digest, answers.content(parts)), one.office


def save_with_office(workbook: Path) -> None:
    """Open and save a workbook with LibreOffice, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                folder,
                str(workbook),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        shutil.move(Path(folder) / workbook.name, workbook)


class Answers:
    """What one invented entity answers."""

    def __init__(self, questionnaire: Questionnaire, one: Invented) -> None:
        self.questionnaire = questionnaire
        self.one = one
        self.entity = Entity(one.code, one.name, one.type)
        model = next(other for other in ENTITIES if other.code == one.twin_of) if one.twin_of else one
        self.random = random.Random(f"ctimaturity {model.code}")  # noqa: S311  (an example, not a secret)
        self.responses = dict(self._responses(model))
        self.marks = {
            measurement.id: tuple(self._respondents(measurement, model))
            for measurement in questionnaire.measurements
            if measurement.collects is Collects.RESPONDENTS
        }
        if one.twin_of:
            self._trade_places()

    def content(self, parts: Sequence[str]) -> Content:
        """What fills the workbook of some parts."""
        members = {item.id for part in parts for item in self.questionnaire.measurement_by_id[part].items}
        responses = {item: response for item, response in self.responses.items() if item in members}
        tallies = {part: self._tallies(part) for part in parts if part in self.marks}
        cover = {
            f"confirm_blank:{part}": "yes" for part in parts if self.one.confirm and part == "capacities"
        }
        return Content(
            answers=EntityAnswers(self.entity, responses, tallies),
            marks={part: self.marks[part] for part in parts if part in self.marks},
            cover={"signed_by": "Persona Inventada", "signed_post": "Secretaría de Planeación", **cover},
        )

    def _responses(self, model: Invented) -> Iterator[tuple[str, Response]]:
        for measurement in self.questionnaire.measurements:
            if measurement.collects is Collects.ANSWERS:
                yield from self._capacities(measurement, model)
            elif measurement.collects is Collects.INDICATORS:
                yield from self._indicators(measurement, model)

    def _capacities(self, measurement: Measurement, model: Invented) -> Iterator[tuple[str, Response]]:
        for item in measurement.items:
            met = self.random.random() < model.strength * 1.5 - 0.11 * (item.level or 0)
            if self.random.random() < model.unmarked or (model.confirm and not met):
                continue
            option = "1" if met else "0"
            if model.spoilt and item is measurement.items[6]:
                option = HOSTILE_MARK
            evidence = f"Acta {1 + int(self.random.random() * 40)} de la secretaría" if met else ""
            yield item.id, Response(State.ANSWERED, option=option, evidence=evidence if int(option) else "")

    def _indicators(self, measurement: Measurement, model: Invented) -> Iterator[tuple[str, Response]]:
        for item in measurement.items:
            if not self.questionnaire.applies(item, model.type, model.code):
                continue
            draw = self.random.random()
            if self.random.random() < model.unmarked:
                continue
            if draw < 0.05:  # noqa: PLR2004  (one figure in twenty is not to be had)
                reason = "no-publicado" if draw < 0.03 else "no-disponible-a-tiempo"  # noqa: PLR2004
                yield item.id, Response(State.NO_DATA, reason=reason)
                continue
            yield (
                item.id,
                Response(
                    State.ANSWERED,
                    value=self.value(item),
                    criterion=self._mark(model.strength, 6),
                    year=2025 - int(self.random.random() * 2),
                    reference="Oficina de planeación",
                ),
            )

    def value(self, item: Item) -> Decimal:
        """A value inside the plausible bounds of the indicator or its unit."""
        unit = self.questionnaire.unit_by_id[item.unit or ""]
        bounds = item.plausible or unit.plausible
        low = float(bounds.minimum) if bounds and bounds.minimum is not None else 0.0
        high = float(bounds.maximum) if bounds and bounds.maximum is not None else low + 100
        return Decimal(str(round(low + (high - low) * (0.25 + self.random.random() / 2), 1)))

    def _respondents(self, measurement: Measurement, model: Invented) -> Iterator[RespondentMarks]:
        for segment, count in zip(self.questionnaire.segments, model.respondents, strict=True):
            for _ in range(count):
                mood = model.strength + (self.random.random() - 0.5) / 3
                marks = {item.id: self._opinion(mood) for item in measurement.items}
                yield RespondentMarks(segment.id, {item: mark for item, mark in marks.items() if mark})

    def _opinion(self, mood: float) -> str:
        draw = self.random.random()
        if draw < 0.02:  # noqa: PLR2004  (two statements in a hundred are left blank)
            return ""
        return "NS" if draw < 0.05 else self._mark(mood, 6)  # noqa: PLR2004

    def _mark(self, strength: float, highest: int) -> str:
        drawn = strength + (self.random.random() + self.random.random() - 1) * 0.55
        return str(1 + min(max(int(drawn * highest), 0), highest - 1))

    def _tallies(self, part: str) -> object:
        measurement = self.questionnaire.measurement_by_id[part]
        segments = [segment.id for segment in self.questionnaire.segments]
        options = [option.code for option in self.questionnaire.scales[measurement.items[0].scale].options]
        index = {"": -1, "NS": -2, **{code: number for number, code in enumerate(options)}}
        people = self.marks[part]
        marks = np.array(
            [[index[one.marks.get(item.id, "")] for item in measurement.items] for one in people], np.int8
        )
        return tally(
            self.questionnaire, part, np.array([segments.index(one.segment) for one in people]), marks
        )

    def _trade_places(self) -> None:
        """Other answers with the same scores, so that two entities tie without being copies.

        Within a capacity two items of one level change places; within a dimension of results the marks
        move on by one indicator.
        """
        for measurement in self.questionnaire.measurements:
            if measurement.collects is Collects.ANSWERS:
                for node in measurement.nodes:
                    self._swap_in(node.items)
            elif measurement.collects is Collects.INDICATORS:
                for dimension in measurement.root.children:
                    self._rotate([item.id for item in dimension.all_items()])

    def _swap_in(self, items: Sequence[Item]) -> None:
        met = {level: n for level, n in Counter(item.level for item in items).items() if n > 1}
        for level in met:
            same = [item.id for item in items if item.level == level]
            self._rotate(same)

    def _rotate(self, items: Sequence[str]) -> None:
        present = [item for item in items if item in self.responses]
        before = {item: self.responses[item] for item in present}
        for item, other in zip(present, [*present[1:], *present[:1]], strict=True):
            mine, theirs = before[item], before[other]
            self.responses[item] = replace(theirs, value=mine.value if theirs.criterion else None)


if __name__ == "__main__":
    main(sys.argv[1:])
