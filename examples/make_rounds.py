"""Make two invented rounds, to follow the guide through a whole round with.

    python examples/make_rounds.py

2024: ten entities. 2026: nine of them again, three new ones, one that does not answer; one workbook
that is refused, and its correction. Perception comes as one file of a survey. Every answer comes from
a seeded generator, so that the same code makes the same answers.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # the maker of the other example stands beside this one

from make import DEFINITION, ENTITIES, Answers, Invented  # noqa: E402  (found by the line above)

from ctimaturity.definitions.library import Library  # noqa: E402
from ctimaturity.model.canonical import definition_hash  # noqa: E402
from ctimaturity.model.response import EntityAnswers, Response  # noqa: E402
from ctimaturity.model.rule import Collects  # noqa: E402
from ctimaturity.workbook.previous import previous_answers  # noqa: E402
from ctimaturity.workbook.template import Content, Perception, TemplateOptions  # noqa: E402
from ctimaturity.workbook.writer import workbook_bytes  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.model.questionnaire import Questionnaire

FIRST, SECOND = "2024", "2026"
BETWEEN = 2
"""Years from one round to the next; the figures are as much newer."""
CONTACT = "territorios@ejemplo.gov.co"
RETURNING = ("EJ-01", "EJ-02", "EJ-03", "EJ-04", "EJ-05", "EJ-06", "EJ-07", "EJ-08", "EJ-09")
NEW = ("EJ-10", "EJ-11", "EJ-12")
GONE = "EJ-13"
"""Took part in the first round, is asked again, and does not answer."""
REFUSED = "EJ-12"
SEPARATE = "EJ-07"
"""Sends a workbook for each part."""
HALF = "EJ-10"
"""Leaves so much open that it stays provisional."""
PEOPLE = (13, 13, 13, 13)
GAINS = {
    "EJ-01": 0.10,
    "EJ-02": 0.16,
    "EJ-03": 0.05,
    "EJ-04": 0.30,
    "EJ-05": 0.22,
    "EJ-06": 0.12,
    "EJ-07": 0.35,
    "EJ-08": 0.0,
    "EJ-09": 0.08,
}
"""Chance that what was not met is met two years later."""
LOSS = 0.03
"""Chance that what was met is met no longer."""


def main() -> None:
    """Write both rounds."""
    folder = HERE / "rounds"
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def files() -> dict[str, bytes]:
    """All files of both rounds by their paths."""
    questionnaire = Library().find(DEFINITION)
    before = {code: Taken(questionnaire, code, FIRST) for code in (*RETURNING, GONE)}
    after = {code: Taken(questionnaire, code, SECOND, before.get(code)) for code in (*RETURNING, *NEW)}
    found = {
        f"{FIRST}/entidades.csv": _list(before),
        f"{SECOND}/entidades.csv": _list([*after, GONE]),
        f"{FIRST}/encuestas/encuesta.csv": _survey(questionnaire, before),
        f"{SECOND}/encuestas/encuesta.csv": _survey(questionnaire, after),
    }
    for label, taken in ((FIRST, before), (SECOND, after)):
        for one in taken.values():
            found |= {f"{label}/devueltos/{name}": data for name, data in one.workbooks()}
    corrected = Taken(questionnaire, REFUSED, SECOND, correct=True)
    found |= {f"{SECOND}/corregidos/{name}": data for name, data in corrected.workbooks()}
    return found


class Taken:
    """One entity in one round."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        code: str,
        label: str,
        before: Taken | None = None,
        *,
        correct: bool = False,
    ) -> None:
        self.questionnaire = questionnaire
        self.label = label
        self.before = before
        base = next(one for one in ENTITIES if one.code == code)
        self.one = replace(
            base,
            strength=0.42 if code == GONE else base.strength,
            respondents=PEOPLE,
            twin_of="",
            parts=(),
            separate=False,
            confirm=False,
            unmarked=0.26 if code == HALF else 0.0,
            spoilt=code == REFUSED and not correct,
        )
        self.random = random.Random(f"ctimaturity {code} {label}")  # noqa: S311  (an example, not a secret)
        self.answers = Answers(questionnaire, self.one)
        if label == FIRST:
            self.answers.responses = {
                item: replace(response, year=response.year - BETWEEN if response.year else None)
                for item, response in self.answers.responses.items()
            }
        if before is not None:
            self.answers.responses = dict(self._later(before.answers.responses))
            self.answers.random = self.random
            model = replace(self.one, strength=self.one.strength + GAINS[code] / 4)
            self.answers.marks = {
                part: tuple(self.answers._respondents(questionnaire.measurement_by_id[part], model))  # noqa: SLF001
                for part in before.answers.marks
            }

    def _later(self, earlier: Mapping[str, Response]) -> Iterator[tuple[str, Response]]:
        """What was answered two years later: much as before, a little better, some of it worse."""
        gain = GAINS[self.one.code]
        for item, response in earlier.items():
            draw = self.random.random()
            if response.value is not None:
                yield item, self._moved(response, draw, gain)
            elif response.option == "0" and draw < gain:
                yield item, replace(response, option="1", evidence=f"Acta {1 + int(draw * 400)} de 2026")
            elif response.option == "1" and draw < LOSS:
                yield item, replace(response, option="0", evidence="")
            else:
                yield item, response

    def _moved(self, response: Response, draw: float, gain: float) -> Response:
        step = 1 if draw < gain else -1 if draw > 1 - LOSS else 0
        mark = str(min(max(int(response.criterion) + step, 1), 6))
        value = Decimal(str(round(float(response.value or 0) * (1 + (draw - 0.4) / 20), 1)))
        return replace(response, criterion=mark, value=value, year=(response.year or 0) + BETWEEN)

    def workbooks(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of what it sends back, without the survey."""
        asked = tuple(
            measurement.id
            for measurement in self.questionnaire.measurements
            if measurement.collects is not Collects.RESPONDENTS
        )
        digest = definition_hash(self.questionnaire)
        apart = self.one.code == SEPARATE
        for parts in [(part,) for part in asked] if apart else [()]:
            options = TemplateOptions(
                parts=parts,
                perception=Perception.NONE,
                entity=self.answers.entity,
                round=self.label,
                contact=CONTACT,
                previous=FIRST if self.before else None,
            )
            filled = self.answers.content(parts or asked)
            content = Content(filled.answers, cover=filled.cover, previous=self._shown_before())
            name = f"{self.one.code}-{parts[0]}.xlsx" if apart else f"{self.one.code}.xlsx"
            yield name, workbook_bytes(self.questionnaire, options, digest, content)

    def _shown_before(self) -> dict[str, dict[str, str]]:
        if self.before is None:
            return {}
        answers = EntityAnswers(self.before.answers.entity, self.before.answers.responses)
        return previous_answers(self.questionnaire, answers, "es")

    def rows(self, items: list[str]) -> Iterator[list[str]]:
        """Its respondents, as a row each."""
        for people in self.answers.marks.values():
            for one in people:
                yield [self.one.code, one.segment, *(one.marks.get(item, "") for item in items)]


def _list(codes: object) -> bytes:
    """The list of entities as a ministry would keep it."""
    by_code: dict[str, Invented] = {one.code: one for one in ENTITIES}
    lines = [
        [one.code, one.name, one.type, one.category, one.region]
        for one in map(by_code.__getitem__, codes)  # type: ignore[call-overload]
    ]
    return _csv([["codigo", "nombre", "tipo", "categoria", "region"], *lines])


def _survey(questionnaire: Questionnaire, taken: Mapping[str, Taken]) -> bytes:
    """One file with all respondents, as the firm that asked them delivers it."""
    items = [
        item.id
        for measurement in questionnaire.measurements
        if measurement.collects is Collects.RESPONDENTS
        for item in measurement.items
    ]
    rows = (row for one in taken.values() for row in one.rows(items))
    return _csv([["entity_code", "segment", *items], *rows])


def _csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


if __name__ == "__main__":
    main()
