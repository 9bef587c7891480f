from __future__ import annotations

import pytest

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.diagnostics.codes import files, returned


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FailureKind.RAISED, returned.READING_BROKE),
        (FailureKind.OUT_OF_MEMORY, files.FILE_OUT_OF_MEMORY),
        (FailureKind.TIMED_OUT, returned.READING_FAILED),
        (FailureKind.DIED, files.FILE_CRASHED),
    ],
)
def test_a_failure_is_a_finding_about_its_file(kind: FailureKind, code: object) -> None:
    finding = Failure(kind, "KeyError in read, line 7").finding("entrega/05001.xlsx")
    assert finding.code is code
    assert finding.location.file == "entrega/05001.xlsx"
    assert finding.parameters.get("where", "") in {"", "KeyError in read, line 7"}
