"""How people write closed answers, and what a person reads in each: one table for tests and docs.

`1` is that answer, `1!` that answer with a warning of how it was taken; `-` is blank, `no` is refused.
Texts are texts of cells, numbers are numbers, True and False are logical values.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.model.scale import Choice, Option, Scale
from ctimaturity.workbook.answer import ChoiceReader
from ctimaturity.workbook.choice import REASONS, SEGMENTS, choice_lists, scale_choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.model.questionnaire import Questionnaire

Written = str | float | bool

TABLE: dict[str, dict[str, list[Written]]] = {
    # 1 Cumple, 0 No cumple
    "complies": {
        "1": [
            "1", 1, "1.0", "1,0", "１", "1 - Cumple", "1 – CUMPLE", "1: cumple", "1) Cumple", "1. Cumple",
            "1 Cumple", "Cumple", "cumple ", "Complies", "1 - Complies",
        ],
        "0": ["0", 0, "0 - No cumple", "no cumple", "NO CUMPLE", "Does not comply", "0 - Does not comply"],
        "1!": [
            "01", "+1", "(1)", "[1]", "1.", "1)", "'1", '"1"', '"1 - Cumple"', "“1 – Cumple”", "(Cumple)",
            "1 (Cumple)", "1 = Cumple", "1, Cumple", "1/Cumple", "1.- Cumple", "Cumple (1)", "Cumple - 1",
            "Cumple.", "1 - Cumple.", "1 - Cumple (ver anexo)", "1 - Cumple, se adjunta el decreto",
            "1 - Cumple: hay política pública", "Sí", "si", "SÍ", "Sí.", "(Sí)", "Yes", "X", "x", "(x)",
            "[X]", "✓", "✔", "☑", "√", "TRUE", "VERDADERO", "verdadero", True, "1 - Sí", "1 (sí)",
            "Sí - Cumple", "Sí, cumple", "Sí cumple", "1 - X", "1 (uno)", "1 - Sí, cumple", "1 - Cumple (1)",
        ],
        "0!": [
            "00", "(0)", '"0 - No cumple"', "0 (No cumple)", "No cumple (0)",
            "0 - No cumple, se adjunta el acta", "No", "NO", "no.", "FALSE", "FALSO", False, "0 - No",
            "0 (no)", "No, no cumple", "0 (cero)", "0 - No, no cumple",
        ],
        "no": [
            "1 - No", "1 - no aplica", "1 - N/A", "1 - NA", "1 - NS/NR", "1 - Incumple", "1 - parcial",
            "1 - Parcialmente", "1 - Cumple parcialmente", "1 - cumple a medias", "1 - Casi cumple",
            "0 - No, cumple", "0 - No. Cumple con el decreto", "1 - Cumple próximamente",
            "1 - Cumple: N/A", "1 - Cumple en construcción", "1 - Cumple muy poco", "1 - Cumple en parte",
            "1 - Cumple a veces", "1 - Cumple con reservas", "0 - Sí, cumple", "1 - No, no cumple", "1*",
            "1-ene", "1 mar", "1-mayo-2024", "1 - 0 según planeación", "0 - Sí", "0 - Cumple",
            "1 - No cumple", "0 - X", "0 - si cumple", "1 - nunca", "1 - tampoco", "1 - not yet",
            "1 - Cumple, según acta 12", "1 - Cumple ?", "¿1 - Cumple?", "1?", "1 o 0", "1/0", "1 - 0",
            "0-1", "1 y 0", "1 - Cumple, pero falta el decreto", "1 - Cumple (pendiente)",
            "1 - Cumple desde enero", "1 - Cumple (cinco veces)", "1 - Cumple II",
            "1 - Cumple si se aprueba", "1 - Cumple de acuerdo con el plan", "1 - pendiente",
            "1 - ver nota", "1 ver nota", "1 (ver anexo)", "1 - así lo entiende la oficina",
            "1 - de acuerdo", "1 - cero", "1%", "1°", "-1", "2", 2, 0.5, "0,5", "10", "N/A", "NA",
            "no aplica", "No sabe", "NS/NR", "?", "-", "Sí, pero no", "Si no cumple", "Cumple (0)",
            "Cumple y no cumple", "Cumple parcialmente", "Incumple", "uno", "✗", "si?", "Cumple?", "1 1",
            "1-1",
        ],
        "-": ["", "  ", "\u00a0"],
    },
    # 1 Totalmente en desacuerdo, 2 En desacuerdo, 3 Más bien en desacuerdo, 4 Más bien de acuerdo,
    # 5 De acuerdo, 6 Totalmente de acuerdo, NS No sabe / no responde
    "agreement-of-6": {
        "5": [5, "5", "5.0", "5 - De acuerdo", "5. de acuerdo", "Agree", "de acuerdo"],
        "6": ["6 - Totalmente de acuerdo", "TOTALMENTE DE ACUERDO", "6: Strongly agree"],
        "4": ["4 - Mas bien de acuerdo"],
        "NS": ["NS", "ns", "NS - No sabe / no responde", "No sabe / no responde", "Don't know / no answer"],
        "NS!": ["No sabe", "NS/NR", "NSNR", "NS - NS/NR", "no responde"],
        "5!": [
            "05", "+5", "(5)", "5 (cinco)", "5 - De acuerdo (ver anexo)", "De acuerdo (5)",
            "5 - De acuerdo.",
        ],
        "no": [
            "5-6", "5-6 (ver nota)", "5/6", "2) ó 3)", "2 o 3", "3 - entre 3 y 5",
            "5 - Totalmente de acuerdo", "6 - De acuerdo", "5 - desacuerdo", "5 - En desacuerdo",
            "3 - Más bien", "6 - Totalmente", "5 - No", "5 - ni de acuerdo", "5 - NS", "5 - no sabe",
            "5 - cuatro", "5 - De acuerdo, casi 6", "5 - De acuerdo en parte 2", "X", "Sí", "No", True,
            "TRUE", "VERDADERO", 5.5, "5,5", "7", "V", "cinco", "5 - v", "5-may", "5 mayo", "3 ver nota",
            "5 - Cumple", "5+", ">5", "~5", "4.5 - De acuerdo", "acuerdo",
        ],
    },
    # 1 Totalmente en desacuerdo, 2 En desacuerdo, 3 Ni de acuerdo ni en desacuerdo, 4 De acuerdo,
    # 5 Totalmente de acuerdo, NS No sabe / no responde
    "agreement-of-5": {
        "3": ["3 - Ni de acuerdo ni en desacuerdo", "3 - Ni de acuerdo", "3 - Neither agree nor disagree"],
        "4": ["4 - De acuerdo"],
        "NS": ["NS - No sabe / No responde"],
        "3!": ["3 - Ni de acuerdo ni en desacuerdo (ver nota)"],
        "no": [
            "5 - De acuerdo", "3 - De acuerdo", "4 - Ni de acuerdo", "6", "3 - Ni", "5 - Totalmente",
            "4 - si",
        ],
    },
    # 1 Sin avance, 2 Necesidad reconocida, 3 Capacidad básica, 4 Capacidad intermedia, con brechas,
    # 5 Capacidad madura y actualizada
    "rubric": {
        "4": [
            "4 - Capacidad intermedia", "4 - Capacidad intermedia con brechas",
            "4 - Intermediate capacity, with gaps",
        ],
        "5": ["5 - Capacidad madura", "Capacidad madura y actualizada"],
        "1": ["1 - sin avance", "1 - No progress"],
        "3!": ["3 - La capacidad es básica: la entidad ya dio los pasos iniciales."],
        "5!": ["5 - Capacidad madura y actualizada, con ajustes anuales"],
        "no": [
            "1 - Sin", "1 - No", "3 - Capacidad", "3 - básica", "5 - Capacidad básica",
            "4 - Capacidad intermedia, sin brechas", "3 - De acuerdo", "3 - Cumple", "X", "Sí", False,
        ],
        "2": ["2 - Necesidad"],
    },
    # 2 Cumple, 1 Cumple parcialmente, 0 No cumple, NA No aplica
    "complies-in-part": {
        "2": ["2 - Cumple", "Cumple"],
        "1": ["1 - Cumple parcialmente", "cumple parcialmente"],
        "NA": ["NA", "No aplica", "NA - no aplica"],
        "0": ["0 - No cumple"],
        "no": [
            "2 - Cumple parcialmente", "1 - Cumple", "2 - No aplica", "2 - NA", "0 - no aplica", "Sí", "X",
            True,
        ],
    },
    # S Sí (1 point), N No (0 points): the labels decide
    "yes-or-no": {
        "S": ["S", "Sí", "si", "S - Sí"],
        "N": ["No", "N", "N - No"],
        "S!": ["X", "✓", True, "VERDADERO"],
        "N!": ["FALSO", False],
        "no": ["S - No", "N - Sí", "Sí y no", "tal vez"],
    },
    # 0 Con barreras (0 points), 1 Sin barreras (1 point): yes to what?
    "denied-is-better": {
        "1": ["1 - Sin barreras", "sin barreras"],
        "no": ["Sí", "No", "X", True, False, "1 - Sí", "0 - No", "1 - Con barreras"],
    },
    # 1 Cumple, 2 No cumple, both without points
    "equal-points": {"1": ["1 - Cumple"], "2": ["No cumple"], "no": ["Sí", "No", "X", True]},
    # 0 Opción A, 1 Opción B
    "nothing-denied": {"0": ["0 - Opción A"], "no": ["Sí", "No", "X", "✓", True, False, "0 - Sí"]},
    # 1 No cumple (0 points), 2 Cumple (1 point): the codes say nothing
    "no-comes-first": {"2!": ["Sí", "X", True], "1!": ["No", False], "no": ["1 - Sí", "2 - No", "0"]},
    # El dato no existe para mi tipo de entidad, ..., Otro motivo
    "reasons": {
        "otro": ["Otro motivo", "otro", "OTHER REASON"],
        "no-publicado": ["El dato no se ha publicado", "no-publicado"],
        "otro!": [
            "Otro: la oficina cerró", "Otro motivo: no hay quien lo mida", "Otro motivo (ver acta 12)",
        ],
        "no-publicado!": [
            "El dato no se ha publicado; el DANE no lo publica", "El dato no se ha publicado.",
        ],
        "no": ["x", "1", "porque no", "Otro motivo: el dato no se ha publicado", "No", "N/A"],
    },
    "segments": {
        "academia": ["Academia", "academia"],
        "sector-publico": ["Sector público", "SECTOR PUBLICO", "sector-publico", "Public sector"],
        "sector-publico!": ["(Sector público)", "Sector público."],
        "no": ["Sector", "Sector público / sector privado", "Sector público y privado", "1", "Sí", "X"],
    },
}  # fmt: skip

NAMES = {
    "complies": {
        "en": "complies (edition 2020-04): 1 Cumple, 0 No cumple",
        "es": "cumplimiento (edición 2020-04): 1 Cumple, 0 No cumple",
    },
    "agreement-of-6": {
        "en": "agreement from 1 to 6 (edition 2020-04)",
        "es": "acuerdo de 1 a 6 (edición 2020-04)",
    },
    "agreement-of-5": {
        "en": "agreement from 1 to 5 (edition 2021-11)",
        "es": "acuerdo de 1 a 5 (edición 2021-11)",
    },
    "rubric": {"en": "rubric from 1 to 5 (edition 2021-11)", "es": "rúbrica de 1 a 5 (edición 2021-11)"},
    "complies-in-part": {
        "en": "2 Cumple, 1 Cumple parcialmente, 0 No cumple, NA No aplica",
        "es": "2 Cumple, 1 Cumple parcialmente, 0 No cumple, NA No aplica",
    },
    "yes-or-no": {"en": "S Sí, N No: the labels decide", "es": "S Sí, N No: deciden las etiquetas"},
    "denied-is-better": {
        "en": "0 Con barreras, 1 Sin barreras: yes to what?",
        "es": "0 Con barreras, 1 Sin barreras: ¿sí a qué?",
    },
    "equal-points": {
        "en": "1 Cumple, 2 No cumple, both with the same points",
        "es": "1 Cumple, 2 No cumple, con los mismos puntos",
    },
    "nothing-denied": {
        "en": "0 Opción A, 1 Opción B: neither denies the other",
        "es": "0 Opción A, 1 Opción B: ninguna niega la otra",
    },
    "no-comes-first": {
        "en": "1 No cumple, 2 Cumple: the order says nothing",
        "es": "1 No cumple, 2 Cumple: el orden no dice nada",
    },
    "reasons": {"en": "reasons for no data", "es": "motivos de que no haya dato"},
    "segments": {"en": "segments", "es": "segmentos"},
}


def _small(*options: tuple[str, str, int], not_applicable: bool = False) -> Scale:
    return Scale(
        options=tuple(Option(code=c, points=Decimal(p), label={"es": label}) for c, label, p in options),
        not_applicable=Choice(code="NA", label={"es": "No aplica"}) if not_applicable else None,
    )


SMALL = {
    "complies-in-part": _small(
        ("2", "Cumple", 2), ("1", "Cumple parcialmente", 1), ("0", "No cumple", 0), not_applicable=True
    ),
    "yes-or-no": _small(("S", "Sí", 1), ("N", "No", 0)),
    "denied-is-better": _small(("0", "Con barreras", 0), ("1", "Sin barreras", 1)),
    "equal-points": _small(("1", "Cumple", 0), ("2", "No cumple", 0)),
    "nothing-denied": _small(("0", "Opción A", 0), ("1", "Opción B", 1)),
    "no-comes-first": _small(("1", "No cumple", 0), ("2", "Cumple", 1)),
}
REAL = {
    "complies": ("2020-04", "complies"),
    "agreement-of-6": ("2020-04", "agreement"),
    "agreement-of-5": ("2021-11", "agreement"),
    "rubric": ("2021-11", "rubric"),
}


@cache
def model(edition: str) -> Questionnaire:
    return Library().find(f"mmmctic@{edition}")


def reader(kind: str) -> ChoiceReader:
    """The reader of a list of the table."""
    lists = choice_lists(model("2020-04"))
    if kind == "reasons":
        return ChoiceReader(lists[REASONS], "es", codes.REASON_UNKNOWN)
    if kind == "segments":
        return ChoiceReader(lists[SEGMENTS], "es", codes.SEGMENT_UNREADABLE)
    if kind in SMALL:
        return ChoiceReader(scale_choices(SMALL[kind]), "es")
    edition, name = REAL[kind]
    scales = model(edition).scales
    others = [label for scale in scales.values() for label in scale.labels]
    return ChoiceReader(scale_choices(scales[name]), "es", others=others)


def cell(written: Written) -> Cell:
    """The cell in which something is written."""
    if isinstance(written, bool):
        return Cell(CellKind.BOOLEAN, written, str(int(written)))
    if isinstance(written, str):
        return Cell(CellKind.TEXT, written, written)
    return Cell(CellKind.NUMBER, float(written), str(written))


def outcome(reader: ChoiceReader, written: Written) -> str:
    """What the reader makes of it, in the words of the table."""
    reading = reader.read(cell(written))
    if reading.value is None:
        return "-" if reading.problem is None else "no"
    return reading.value.code + "!" * (reading.problem is not None)


def documented(language: str) -> str:
    """The rows of the table as the pages of what comes back have them."""
    return "\n".join(_row(kind, outcomes, language) for kind, outcomes in TABLE.items())


def _row(kind: str, outcomes: Mapping[str, list[Written]], language: str) -> str:
    read = {code: written for code, written in outcomes.items() if code not in {"no", "-"}}
    plain = [_said(code, written) for code, written in read.items() if not code.endswith("!")]
    warned = [_said(code[:-1], written) for code, written in read.items() if code.endswith("!")]
    cells = (NAMES[kind][language], "; ".join(plain), "; ".join(warned) or "–", _listed(outcomes["no"]))
    return f"| {' | '.join(cells)} |"


def _said(code: str, written: Iterable[Written]) -> str:
    return f"**{code}**: {_listed(written)}"


def _listed(written: Iterable[Written]) -> str:
    shown = (str(each).upper() if isinstance(each, bool) else str(each).strip() for each in written)
    return " ".join(f"`{each}`" for each in dict.fromkeys(shown))
