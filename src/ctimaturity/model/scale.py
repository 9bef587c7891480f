"""Answer scales."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from ctimaturity.model.number import Expected, Flag, Number
from ctimaturity.model.strict import StrictModel
from ctimaturity.model.text import Text

OptionCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]{0,15}$")]


class Option(StrictModel):
    """One answer that may be chosen, and the points it is worth."""

    code: OptionCode
    points: Number
    label: Text
    description: Text | None = None


class Choice(StrictModel):
    """An answer without points: don't know, or not applicable."""

    code: OptionCode
    label: Text


class Range(StrictModel):
    """Numbers that may be written as they are."""

    minimum: Number
    maximum: Number
    whole: Flag = False

    @property
    def expected(self) -> Expected:
        """What an answer may be; one that ends at 100 counts per cent."""
        percentage = self.maximum == 100  # noqa: PLR2004  (of a hundred)
        return Expected(self.minimum, self.maximum, whole=self.whole, percentage=percentage)


class Scale(StrictModel):
    """What an item may be answered with: options with points, or a range of numbers.

    Exactly one of `options` and `range` is given.
    """

    options: tuple[Option, ...] = Field(default=(), strict=False)
    range: Range | None = None
    dont_know: Choice | None = None
    not_applicable: Choice | None = None

    @cached_property
    def by_code(self) -> dict[str, Option]:
        """The options by their code."""
        return {option.code: option for option in self.options}

    @property
    def offered(self) -> tuple[Option | Choice, ...]:
        """What a form offers: the options, then don't know."""
        return (*self.options, *((self.dont_know,) if self.dont_know else ()))

    @property
    def labels(self) -> tuple[str, ...]:
        """What people read on it, in every language."""
        labels = [option.label for option in self.options]
        labels += [choice.label for choice in (self.dont_know, self.not_applicable) if choice is not None]
        return tuple(text for label in labels for text in label.values())

    @property
    def minimum(self) -> Fraction:
        """The lowest score an answer can give."""
        return Fraction(min(self._points))

    @property
    def maximum(self) -> Fraction:
        """The highest score an answer can give."""
        return Fraction(max(self._points))

    @property
    def _points(self) -> list[Decimal]:
        if self.range is not None:
            return [self.range.minimum, self.range.maximum]
        return [option.points for option in self.options]
