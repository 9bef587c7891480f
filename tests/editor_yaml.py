"""YAML as editors read it: the core schema of version 1.2, with numbers, booleans and null."""

from __future__ import annotations

import re

import yaml


class _Core(yaml.SafeLoader):
    yaml_implicit_resolvers = {}  # noqa: RUF012  (the library's own way)


_Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9]\d*)\.\d+$"), list("-0123456789")
)


def as_editors_read(text: str) -> object:
    """The document."""
    return yaml.load(text, Loader=_Core)  # noqa: S506  (a safe loader with other scalars)
