"""The guard: looks at a file before any parser does."""

from __future__ import annotations

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.archive import open_archive
from ctimaturity.files.encryption import decrypted, is_encrypted
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.package import Package
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.signature import COMPOUND, require_archive


def let_in(data: bytes, limits: Limits = LIMITS) -> Package:
    """A workbook's package, once its size, kind and directory have been looked over.

    Raises:
        Refusal: It is too large, not an archive, or an archive that breaks a limit.
    """
    plain = unlocked(data, limits)
    require_archive(plain)
    opened = () if plain is data else (Diagnostic(codes.DEFAULT_PASSWORD),)
    return Package(open_archive(plain, limits), limits, opened)


def unlocked(data: bytes, limits: Limits = LIMITS) -> bytes:
    """The same bytes, or the workbook that Excel would open from them without asking for a password.

    Raises:
        Refusal: It is too large, or encrypted with a password.
    """
    if len(data) > limits.file_size:
        raise Refusal(codes.FILE_TOO_LARGE, size=len(data), limit=limits.file_size)
    return decrypted(data) if data.startswith(COMPOUND) and is_encrypted(data) else data
