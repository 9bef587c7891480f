"""Which step of the version a change asks for."""

from __future__ import annotations

import pytest

from builders import mini
from ctimaturity.definitions.diff import version_step
from ctimaturity.model.difference import Bump, ChangeClass


@pytest.mark.parametrize(
    ("before", "after", "grade", "asked", "made", "enough"),
    [
        ("1.0.0", "1.0.0", None, Bump.NONE, Bump.NONE, True),
        ("1.0.0", "1.0.1", ChangeClass.COSMETIC, Bump.PATCH, Bump.PATCH, True),
        ("1.0.0", "1.0.0", ChangeClass.COSMETIC, Bump.PATCH, Bump.NONE, False),
        ("1.0.1", "1.1.0", ChangeClass.COSMETIC, Bump.PATCH, Bump.MINOR, True),
        ("1.0.9", "1.0.10", ChangeClass.ADDITIVE, Bump.MINOR, Bump.PATCH, False),
        ("1.9.0", "1.10.0", ChangeClass.ADDITIVE, Bump.MINOR, Bump.MINOR, True),
        ("1.4.2", "1.5.0", ChangeClass.BREAKING, Bump.MAJOR, Bump.MINOR, False),
        ("1.4.2", "2.0.0", ChangeClass.BREAKING, Bump.MAJOR, Bump.MAJOR, True),
        ("2.0.0", "1.9.0", ChangeClass.COSMETIC, Bump.PATCH, Bump.NONE, False),
        ("0.3.0", "0.4.0", ChangeClass.BREAKING, Bump.MINOR, Bump.MINOR, True),
        ("0.3.0", "0.3.1", ChangeClass.BREAKING, Bump.MINOR, Bump.PATCH, False),
    ],
)
def test_the_step_that_is_asked_for_and_the_one_that_was_made(
    before: str, after: str, grade: ChangeClass | None, asked: Bump, made: Bump, *, enough: bool
) -> None:
    old, new = (mini().model_copy(update={"version": version}) for version in (before, after))
    step = version_step(old, new, grade)
    assert (step.asked, step.made, step.enough) == (asked, made, enough)


def test_a_version_that_goes_backwards_is_never_enough() -> None:
    old, new = (mini().model_copy(update={"version": version}) for version in ("1.1.0", "1.0.9"))
    step = version_step(old, new, None)
    assert step.backwards
    assert not step.enough
