"""The guard: looks at a file before any parser does."""

from __future__ import annotations

from ctimaturity.diagnostics.codes.files import FILE_TOO_LARGE
from ctimaturity.files.archive import open_archive
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.package import Package
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.signature import require_archive


def let_in(data: bytes, limits: Limits = LIMITS) -> Package:
    """A workbook's package, once its size, kind and directory have been looked over.

    Raises:
        Refusal: It is too large, not an archive, or an archive that breaks a limit.
    """
    if len(data) > limits.file_size:
        raise Refusal(FILE_TOO_LARGE, size=len(data), limit=limits.file_size)
    require_archive(data)
    return Package(open_archive(data, limits), limits)
