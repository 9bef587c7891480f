"""The guard: looks at a file before any parser does."""

from __future__ import annotations

import io
import re

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.archive import open_archive
from ctimaturity.files.kind import COMPOUND, has_stream, require_archive
from ctimaturity.files.limits import LIMITS, Limits, Refusal
from ctimaturity.files.package import Package

_DEFAULT = "VelvetSweatshop"
"""What Excel encrypts with where a workbook is only to be read or its structure protected (MS-OFFCRYPTO)."""
_INFO, _CONTENT = "EncryptionInfo", "EncryptedPackage"
_LARGEST_INFO = 65_536
_SPINS = re.compile(rb"spinCount\s*=\s*[\"']\s*([0-9]+)")
_MOST_SPINS = 1_000_000  # Excel asks for 100,000; ten million, as the format allows, take ten seconds


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


def is_encrypted(data: bytes) -> bool:
    """Whether a compound file holds a workbook encrypted by a password, and not for certain people."""
    return has_stream(data, _CONTENT) and not (
        has_stream(data, "DRMEncryptedTransform") or has_stream(data, "DRMEncryptedDataSpace")
    )


def decrypted(data: bytes) -> bytes:
    """The workbook inside, where Excel opens it without asking for a password.

    Raises:
        Refusal: It has a password of its own, or is not encrypted as Excel does.
    """
    from msoffcrypto.format.ooxml import OOXMLFile
    from olefile import OleFileIO

    plain = io.BytesIO()
    try:
        with OleFileIO(data) as container:
            _require_cheap(container.openstream(_INFO).read(_LARGEST_INFO + 1))
        file = OOXMLFile(io.BytesIO(data))
        file.load_key(password=_DEFAULT, verify_password=True)
        file.decrypt(plain)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (whatever the library says: no program reads it without a password)
        raise Refusal(codes.PASSWORD_PROTECTED) from None
    return plain.getvalue()


def _require_cheap(info: bytes) -> None:
    """Look at what is said of the encryption before the library believes it."""
    spins = [int(found[:12]) for found in _SPINS.findall(info)]
    if len(info) > _LARGEST_INFO or b"<!" in info or any(spin > _MOST_SPINS for spin in spins):
        raise Refusal(codes.PASSWORD_PROTECTED)
