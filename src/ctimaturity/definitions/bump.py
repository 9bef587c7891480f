"""Which step of its version a change of a definition asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.difference import Bump, ChangeClass, VersionStep

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire

_ASKED = {
    ChangeClass.COSMETIC: Bump.PATCH,
    ChangeClass.ADDITIVE: Bump.MINOR,
    ChangeClass.BREAKING: Bump.MAJOR,
}


def version_step(old: Questionnaire, new: Questionnaire, grade: ChangeClass | None) -> VersionStep:
    """The step between two versions of one edition, and the least that semantic versioning asks for.

    Before 1.0.0 nothing is promised yet: a new minor version is enough for whatever changes.

    Args:
        old: The earlier definition.
        new: The later one, of the same edition.
        grade: The gravest class of the changes between them; None without changes.
    """
    before, after = _numbers(old.version), _numbers(new.version)
    asked = Bump.NONE if grade is None else _ASKED[grade]
    if before[0] == 0 and asked is Bump.MAJOR:
        asked = Bump.MINOR
    made = next(
        (bump for bump, one, other in zip(_STEPS, before, after, strict=True) if one != other), Bump.NONE
    )
    return VersionStep(asked=asked, made=Bump.NONE if after < before else made, backwards=after < before)


_STEPS = (Bump.MAJOR, Bump.MINOR, Bump.PATCH)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
