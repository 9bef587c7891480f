"""R: values of result indicators."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

YEAR_MISSING = Code(
    id="R101",
    name="year-missing",
    severity=Severity.WARNING,
    message="the value of {item} has no year",
    hint="write the year that the value describes",
    explanation=(
        "Without its year nobody can tell whether a value is recent enough, or compare it with that of "
        "another entity. The value was taken as it is."
    ),
)
YEAR_AHEAD = Code(
    id="R102",
    name="year-ahead",
    severity=Severity.WARNING,
    message="the value of {item} is from {year}, after {reference}",
    hint="check the year",
    explanation=(
        "A value cannot describe a year after the round that it was sent for. The value was taken as it is."
    ),
)
BASE_TINY = Code(
    id="R103",
    name="base-tiny",
    severity=Severity.WARNING,
    message="the base value of {item} is so small that the change it gives, {change} %, says little",
    hint="check the base value and its unit",
    explanation=(
        "A change is divided by the base value: where the later value is ten times the base or more, or "
        "the base is smaller than 1, the result depends on the last digits of the base. The values were "
        "taken as they are."
    ),
)
