"""All codes there are."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code


@cache
def all_codes() -> dict[str, Code]:
    """Every code by its id, sorted; two codes with one id are a programming error."""
    found: dict[str, Code] = {}
    for module in pkgutil.iter_modules(codes.__path__):
        for value in vars(importlib.import_module(f"{codes.__name__}.{module.name}")).values():
            if isinstance(value, Code):
                if value.id in found:
                    raise ValueError(f"the code {value.id} is given twice")
                found[value.id] = value
    return dict(sorted(found.items()))
