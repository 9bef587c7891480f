"""Make the bundled survey exports: invented respondents, as KoboToolbox and Microsoft Forms export them.

    python examples/surveys/make.py
    python examples/surveys/make.py --trial DIR

With `--trial` it writes into DIR what docs/surveys.md walks through: a list of 20 entities and an export
of 150 respondents of each.

Every answer comes from a seeded generator. Nobody in these files exists.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from ctimaturity.definitions.library import Library
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.text import in_language
from ctimaturity.survey.form import entity_question, form_identity, form_pages, segment_question

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Questionnaire

HERE = Path(__file__).resolve().parent
DEFINITION = "mmmctic@2020-04"
BEGIN = datetime(2026, 5, 4, 8, 0, 0)  # noqa: DTZ001  (invented)


def answers(chance: random.Random, count: int, strength: float) -> list[str]:
    """Codes of the options that one respondent chose; `NS` for don't know, empty for nothing."""
    own = chance.gauss(strength, 0.6)
    found = []
    for _ in range(count):
        draw = chance.random()
        if draw < 0.03:  # noqa: PLR2004  (three in a hundred skip a statement)
            found.append("")
        elif draw < 0.07:  # noqa: PLR2004  (four say that they do not know)
            found.append("NS")
        else:
            found.append(str(min(6, max(1, round(chance.gauss(own, 1.0))))))
    return found


def kobo(questionnaire: Questionnaire, entities: dict[str, float], people: int, seed: str = "kobo") -> str:
    """An export as CSV with names: semicolons, everything quoted, `group/name` columns."""
    chance = random.Random(seed)  # noqa: S311  (invented answers, not secrets)
    pages = form_pages(questionnaire)
    statements = [f"{page.id}/{item.id}" for page in pages for item in page.items]
    header = ["start", "end", "cti_definition", "consent", "opening/segment", "opening/entity_code"]
    header += [*statements, "_id", "_uuid", "_submission_time", "_submitted_by", "__version__", "_index"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    identity = form_identity(questionnaire, definition_hash(questionnaire))
    segments = [segment.id for segment in questionnaire.segments]
    row = 0
    for code, strength in entities.items():
        for number in range(people):
            row += 1
            start = BEGIN + timedelta(minutes=7 * row)
            end = start + timedelta(seconds=chance.randint(400, 1500))
            before = [f"{start.isoformat()}.000-05:00", f"{end.isoformat()}.000-05:00", identity, "yes"]
            after = [str(9000 + row), f"{chance.getrandbits(128):032x}", end.isoformat(), "", "v1", str(row)]
            marks = answers(chance, len(statements), strength)
            writer.writerow([*before, segments[number % len(segments)], code, *marks, *after])
    return stream.getvalue()


def forms(questionnaire: Questionnaire, people: int) -> bytes:
    """An export as a workbook: statements as headers, labels as answers, times, mail and name."""
    chance = random.Random("forms")  # noqa: S311  (invented answers, not secrets)
    items: list[Item] = [item for page in form_pages(questionnaire) for item in page.items]
    scale = questionnaire.scales[items[0].scale]
    labels = {option.code: in_language(option.label, "es") for option in scale.options}
    if scale.dont_know is not None:
        labels[scale.dont_know.code] = in_language(scale.dont_know.label, "es")
    header = ["ID", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"]
    header += [segment_question()["es"], entity_question()["es"], *(item.text["es"] for item in items)]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": BEGIN})
        sheet = book.add_worksheet("Form1")
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        sheet.write_row(0, 0, header)
        for row in range(1, people + 1):
            start = BEGIN + timedelta(minutes=5 * row)
            segment = questionnaire.segments[row % len(questionnaire.segments)]
            sheet.write_number(row, 0, row)
            sheet.write_datetime(row, 1, start, moment)
            sheet.write_datetime(row, 2, start + timedelta(seconds=chance.randint(400, 1500)), moment)
            sheet.write_string(row, 3, f"persona{row}@example.org")
            sheet.write_string(row, 4, f"Persona Inventada {row}")
            marks = [labels.get(mark, "") for mark in answers(chance, len(items), 3.4)]
            for column, text in enumerate([in_language(segment.label, "es"), "EJ-04", *marks], 5):
                if text:
                    sheet.write_string(row, column, text)
    return stream.getvalue()


def trial(questionnaire: Questionnaire, folder: Path) -> None:
    """A list of 20 invented entities with the people of their segments, and an export."""
    codes = [f"INV-{number:02d}" for number in range(1, 21)]
    people = {"academia": 1_000, "sector-publico": 3_000, "sector-privado": 2_500, "sociedad-civil": 9_000}
    lines = [["code", "name", "type", *(f"population:{segment}" for segment in people)]]
    lines += [[code, f"Entidad inventada {code}", "alcaldia", *map(str, people.values())] for code in codes]
    listed = "".join(",".join(line) + "\n" for line in lines)
    exported = kobo(questionnaire, {code: 2 + n / 8 for n, code in enumerate(codes)}, 150)
    (folder / "entities.csv").write_text(listed, encoding="utf-8", newline="\n")
    (folder / "export.csv").write_text(exported, encoding="utf-8", newline="\n")
    print("entities.csv and export.csv")


def main() -> None:
    """Write both files of the example, or those of the trial."""
    parser = argparse.ArgumentParser(description="Invented exports of a survey.")
    parser.add_argument(
        "--trial", type=Path, metavar="DIR", help="20 entities, 150 respondents each, into DIR"
    )
    questionnaire = Library().find(DEFINITION)
    folder = parser.parse_args().trial
    if folder is not None:
        trial(questionnaire, folder)
        return
    exported = kobo(questionnaire, {"EJ-01": 3.2, "EJ-02": 3.9, "EJ-03": 4.3}, 60)
    (HERE / "kobo.csv").write_text(exported, encoding="utf-8", newline="\n")
    (HERE / "forms.xlsx").write_bytes(forms(questionnaire, 60))
    print("kobo.csv and forms.xlsx in examples/surveys")


if __name__ == "__main__":
    main()
