"""A: answers."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

ANSWER_OUT_OF_SCALE = Code(
    id="A203",
    name="answer-out-of-scale",
    severity=Severity.ERROR,
    message="the answer to {item} is not one of the options of its scale",
    hint="choose one of: {options}",
    explanation=(
        "Every closed answer is checked against the options of its scale, whatever was pasted over the "
        "drop-down. An answer that cannot be read for certain refuses the workbook: it is never treated as blank."
    ),
)
