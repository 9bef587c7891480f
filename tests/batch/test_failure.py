from __future__ import annotations

import pytest

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.diagnostics.codes import files as codes


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FailureKind.RAISED, codes.FILE_FAILED),
        (FailureKind.OUT_OF_MEMORY, codes.FILE_OUT_OF_MEMORY),
        (FailureKind.TIMED_OUT, codes.FILE_TIMED_OUT),
        (FailureKind.DIED, codes.FILE_CRASHED),
    ],
)
def test_a_failure_is_a_finding_about_its_file(kind: FailureKind, code: object) -> None:
    finding = Failure(kind, "KeyError in read, line 7").finding("entrega/05001.xlsx")
    assert finding.code is code
    assert finding.location.file == "entrega/05001.xlsx"
    assert finding.parameters.get("reason", "") in {"", "KeyError in read, line 7"}
