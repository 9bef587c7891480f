"""What every part of a definition has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """Says nothing that nobody has written: no key too many, no type bent, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
