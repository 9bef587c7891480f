"""JSON Schema of the format, made from its models, so that editors complete and check while typing.

An editor reads YAML 1.2, where `0.65`, `1` and `true` are no strings as they are to `files.yaml`, so a
text may be a number there. What holds between keys (references, weights, bands) only the check knows.
"""

from __future__ import annotations

import json
import re
from inspect import cleandoc
from typing import TYPE_CHECKING

from pydantic.json_schema import GenerateJsonSchema

from ctimaturity.definitions.crosswalk import CrosswalkDocument
from ctimaturity.definitions.document import MeasurementDocument, QuestionnaireDocument
from ctimaturity.definitions.roadmap_files import ChecklistDocument, EffortFileDocument, FrameDocument
from ctimaturity.definitions.targets import TargetsDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "questionnaire": QuestionnaireDocument,
    "measurement": MeasurementDocument,
    "crosswalk": CrosswalkDocument,
    "roadmap": FrameDocument,
    "checklist": ChecklistDocument,
    "targets": TargetsDocument,
    "effort": EffortFileDocument,
}
"""Each kind of file there is, with the model of what people write in it."""
DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest that all editors know; the schemas use nothing newer."""

_CHOICE = re.compile(r"\^\((\w+(?:\|\w+)*)\)\$")
_DIGITS = "^[A-Za-z0-9]"
"""How a pattern begins whose texts may be read as a number or as a yes."""
_ATTRIBUTE = re.compile(r"^ {4}(\w[\w, ]*): (.*(?:\n {8}.*)*)", re.MULTILINE)
_FILE = {"type": "string", "description": "A file beside this one, such as capacities.yaml."}
_SAME_ID = {"type": "string", "description": "An id that both editions have."}


def schema_file(name: str) -> str:
    """What the schema of a kind of file is called."""
    return f"{name}.schema.json"


def schema_bytes(name: str) -> bytes:
    """The schema of a kind of file, as it is committed.

    Args:
        name: One of `SCHEMAS`.
    """
    model = SCHEMAS[name]
    schema = model.model_json_schema(schema_generator=_Generator)
    properties = schema["properties"]
    if model is QuestionnaireDocument:
        _or_text(properties["measurements"], _FILE)
    if model is CrosswalkDocument:
        for key in ("same", "near"):
            _or_text(properties[key], _SAME_ID)
    written = {"$schema": DIALECT, "title": f"ctimaturity {name}", **schema}
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


def _or_text(array: JsonSchemaValue, text: JsonSchemaValue) -> None:
    """Let the entries of a list be a text too, as the reader does."""
    array["items"] = {"anyOf": [text, array["items"]]}


class _Generator(GenerateJsonSchema):
    """Schemas without titles, with descriptions from docstrings, strict about keys."""

    def get_title_from_name(self, name: str) -> str:  # noqa: ARG002  (the library calls it so)
        """None is wanted; empty ones are removed."""
        return ""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """Keys say what they are by their name."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A mapping, described by the docstring of its model."""
        made = super().model_schema(schema)
        made.pop("title", None)
        doc = cleandoc(schema["cls"].__doc__ or "")
        made["description"] = " ".join(doc.split("\n\nAttributes:")[0].split())
        for key, description in _attributes(schema["cls"]).items():
            if key in made["properties"]:
                # Beside a reference the dialect ignores it, but editors show it.
                made["properties"][key] = {"description": description, **made["properties"][key]}
        return made

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """One of some words."""
        made = super().enum_schema(schema)
        made.pop("title", None)
        return made

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text; of a pattern of words those words."""
        made = super().str_schema(schema)
        words = _CHOICE.fullmatch(made.get("pattern", ""))
        if words:
            return {"enum": words[1].split("|")}
        numeric = made.get("pattern", _DIGITS).startswith(_DIGITS)
        return {**made, "type": ["string", "number", "boolean"]} if numeric else made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping whose keys are as they must be."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What a key may be; that it may be missing is said by the mapping."""
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if key != "default"}


def _attributes(model: type[BaseModel]) -> dict[str, str]:
    """Descriptions of keys from the docstrings of a model and of what it is made from."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        _, _, listed = cleandoc(each.__doc__ or "").partition("\n\nAttributes:\n")
        if not each.__module__.startswith("ctimaturity."):
            continue
        for names, text in _ATTRIBUTE.findall(listed):
            found |= dict.fromkeys(names.split(", "), " ".join(text.split()))
    return found
