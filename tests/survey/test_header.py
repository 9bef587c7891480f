"""What the columns of an export are."""

from __future__ import annotations

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.survey.columns import Role
from ctimaturity.survey.header import HeaderReader, Shape

MODEL = Library().find("mmmctic@2020-04")
READER = HeaderReader(MODEL)
FIRST = MODEL.item_by_id["P-PER-01"]


def only(name: str) -> tuple[Role, str]:
    (column,) = READER.read([name]).columns
    return column.role, column.item


@pytest.mark.parametrize(
    "name",
    [
        "P-PER-01",
        "p_per_01",
        "perception_educacion/P-PER-01",
        "perception_educacion-P-PER-01",
        "perception_educacion.P-PER-01",
        FIRST.text["es"],
        FIRST.text["en"],
        FIRST.text["es"].upper().rstrip("."),
        f"1. {FIRST.text['es']}",
        f"Personas: Educación/{FIRST.text['es']}",
        f"Personas [{FIRST.text['es']}]",
        f"P-PER-01. {FIRST.text['es']}",
        "G1Q00001[PPER01]",
        f"{FIRST.text['es']}\N{NO-BREAK SPACE}",
        FIRST.text["es"].replace(" ", "\r\n", 1) + " \n",
    ],
)
def test_statement_by_id_then_by_exact_text(name: str) -> None:
    assert only(name) == (Role.STATEMENT, "P-PER-01")


def test_similar_text_is_no_statement() -> None:
    assert only(FIRST.text["es"].replace("niños", "jóvenes"))[0] is Role.UNKNOWN


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("opening/segment", Role.SEGMENT),
        ("Segmento", Role.SEGMENT),
        ("Which of these groups do you belong to?", Role.SEGMENT),
        ("¿A cuál de estos grupos pertenece usted?", Role.SEGMENT),
        ("entity_code", Role.ENTITY),
        ("Código DANE", Role.ENTITY),
        ("_uuid", Role.SUBMISSION),
        ("meta/instanceID", Role.SUBMISSION),
        ("ID", Role.RESPONDENT),
        ("Correo electrónico", Role.PERSON),
        ("Email", Role.PERSON),
        ("Nombre", Role.PERSONAL),
        ("_geolocation", Role.PERSONAL),
        ("_gps_latitude", Role.PERSONAL),
        ("Hora de inicio", Role.START),
        ("Completion time", Role.END),
        ("__version__", Role.TECHNICAL),
        ("formhub/uuid", Role.TECHNICAL),
        ("reserved_name_for_field_list_labels_12", Role.TECHNICAL),
        ("opening-segment", Role.SEGMENT),
        ("¿A qué segmento pertenece?", Role.SEGMENT),
        ("meta-instanceID", Role.SUBMISSION),
        ("opening-entity_code", Role.ENTITY),
        ("Dirección de correo electrónico", Role.PERSON),
        ("Su número de celular (opcional)", Role.PERSON),
        ("datos/nombre_completo_del_encuestado", Role.PERSONAL),
        ("comuna_id", Role.UNKNOWN),
        ("sexo_encuestado", Role.UNKNOWN),
        ("otro_uuid", Role.UNKNOWN),
        ("datos/id", Role.RESPONDENT),
        ("sector_economico", Role.UNKNOWN),
        ("numero_celular_2", Role.PERSON),
        ("Marca temporal", Role.TECHNICAL),
        ("startdate", Role.START),
        ("Comentarios", Role.UNKNOWN),
        ("n", Role.UNKNOWN),
    ],
)
def test_other_columns(name: str, role: Role) -> None:
    assert only(name)[0] is role


def test_words_tell_the_segment_only_where_no_name_does() -> None:
    columns = READER.read(["Sector económico", "segment", "P-PER-01"]).columns
    assert [column.role for column in columns] == [Role.UNKNOWN, Role.SEGMENT, Role.STATEMENT]


@pytest.mark.parametrize(
    ("names", "shape"),
    [
        (["P-PER-01", "entity"], Shape.WIDE),
        (["respondent", "item", "answer"], Shape.LONG),
        (["segment", "item", "option", "count"], Shape.COUNTS),
        (["segment", "item", "1", "2", "NS", "blank"], Shape.COUNT_TABLE),
        (
            ["segmento", "afirmación", "De acuerdo", "6 - Totalmente de acuerdo"],
            Shape.COUNT_TABLE,
        ),
        (["nombre", "ciudad"], Shape.NONE),
        (["item", "answer"], Shape.NONE),
    ],
)
def test_shape_follows_from_the_columns(names: list[str], shape: Shape) -> None:
    assert READER.read(names).shape is shape
