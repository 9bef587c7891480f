from __future__ import annotations

import pytest

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.diagnostics import codes


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FailureKind.RAISED, codes.READING_BROKE),
        (FailureKind.OUT_OF_MEMORY, codes.FILE_NEEDS_TOO_MUCH_MEMORY),
        (FailureKind.TIMED_OUT, codes.READING_FAILED),
        (FailureKind.DIED, codes.FILE_STOPPED_ITS_WORKER),
    ],
)
def test_a_failure_is_a_finding_about_its_file(kind: FailureKind, code: object) -> None:
    finding = Failure(kind, "KeyError in read, line 7").finding("entrega/05001.xlsx")
    assert finding.code is code
    assert finding.location.file == "entrega/05001.xlsx"
    assert finding.parameters.get("where", "") in {"", "KeyError in read, line 7"}
