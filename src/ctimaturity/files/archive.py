"""A zip archive from outside, looked over before anything is unpacked."""

from __future__ import annotations

import io
import itertools
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.limits import LIMITS, Limits, Refusal

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_END_RECORD = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 0xFFFF
_ZIP64 = 0xFFFFFFFF
_ENCRYPTED = 0x1 | 0x40 | 0x2000


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a member's packed bytes lie, and what the directory says of them."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool
    link: bool


class Archive:
    """The members of an archive by name, whatever its upper and lower case."""

    def __init__(self, data: bytes, members: dict[str, _Member]) -> None:
        self._data = data
        self._members = members

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the order of the archive, without folders."""
        return tuple(member.name for member in self._members.values())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def is_link(self, name: str) -> bool:
        """Whether a member is a link to another file."""
        return self._members[name.lower()].link

    def begin(self, name: str, count: int) -> bytes:
        """The first bytes of a member, as far as they unpack; nothing of them is checked."""
        member = self._members[name.lower()]
        packed = self._data[member.start : member.start + member.packed]
        if not member.deflated:
            return packed[:count]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, count)
        except zlib.error:
            return b""

    def read(self, name: str) -> bytes:
        """Unpack one member; never more bytes than the directory promised.

        Raises:
            KeyError: There is no such member.
            Refusal: It does not unpack, or to other bytes than the directory says.
        """
        member = self._members[name.lower()]
        packed = self._data[member.start : member.start + member.packed]
        if member.deflated:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = inflater.decompress(packed, member.size + 1)
            except zlib.error:
                raise Refusal(codes.DAMAGED_ARCHIVE, part=quoted(member.name)) from None
            if len(content) != member.size or not inflater.eof or inflater.unused_data:
                raise Refusal(codes.ARCHIVE_SIZE_DIFFERS, part=quoted(member.name))
        else:
            content = packed
            if len(content) != member.size:
                raise Refusal(codes.ARCHIVE_SIZE_DIFFERS, part=quoted(member.name))
        if zlib.crc32(content) != member.crc:
            raise Refusal(codes.DAMAGED_ARCHIVE, part=quoted(member.name))
        return content


def open_archive(data: bytes, limits: Limits = LIMITS) -> Archive:
    """Look an archive over; nothing is unpacked.

    Raises:
        Refusal: It is cut off or damaged, or its directory breaks a limit.
    """
    directory = _directory_start(data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        OverflowError,
        struct.error,
        EOFError,
        OSError,
    ):
        raise Refusal(codes.DAMAGED_ARCHIVE, part="zip") from None
    if len(infos) > limits.members:
        raise Refusal(codes.ARCHIVE_TOO_MANY_MEMBERS, limit=limits.members)
    files = [info for info in infos if not info.filename.endswith("/")]
    _check_sizes(files, limits)
    members: dict[str, _Member] = {}
    for info in files:
        _check_entry(info)
        key = info.filename.lower()
        if key in members:
            raise Refusal(codes.ARCHIVE_DOUBLE_NAME, part=quoted(info.filename))
        members[key] = _place(info, data)
    _check_overlap(infos, members, directory)
    return Archive(data, members)


def _directory_start(data: bytes, limits: Limits) -> int:
    """Where the directory begins; bounded before zipfile makes an object of each of its entries."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END_RECORD.size - _LONGEST_COMMENT))
    if at < 0 or at + _END_RECORD.size > len(data):
        raise Refusal(codes.CUT_OFF_ARCHIVE)
    record = _END_RECORD.unpack_from(data, at)
    size, start = int(record[5]), int(record[6])
    # a zip64 archive says the size elsewhere; nothing as small as a questionnaire needs one
    if size > limits.directory_size:
        raise Refusal(codes.ARCHIVE_TOO_MANY_MEMBERS, limit=limits.members)
    if start not in {at - size, _ZIP64}:  # another archive, or anything else, stands before this one
        raise Refusal(codes.DAMAGED_ARCHIVE, part="zip")
    return at - size


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    for info in infos:
        large = info.file_size >= limits.ratio_from
        if info.file_size > limits.member_size or (
            large and info.file_size > limits.ratio * info.compress_size
        ):
            raise Refusal(codes.ARCHIVE_INFLATES_TOO_MUCH, part=quoted(info.filename), size=info.file_size)
    total = sum(info.file_size for info in infos)
    if total > limits.inflated_size:
        raise Refusal(codes.ARCHIVE_INFLATES_TOO_MUCH, part="zip", size=total)


def _check_entry(info: zipfile.ZipInfo) -> None:
    # zipfile mends some names (a backslash, a NUL); the name as the archive has it counts
    for name in (info.filename, info.orig_filename):
        parts = name.split("/")
        if "\\" in name or ".." in parts or not parts[0] or ":" in parts[0] or not name.isprintable():
            raise Refusal(codes.ARCHIVE_UNSAFE_NAME, part=quoted(name))
    if info.flag_bits & _ENCRYPTED:
        raise Refusal(codes.ARCHIVE_ENCRYPTED)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refusal(codes.ARCHIVE_UNKNOWN_METHOD, part=quoted(info.filename))


def _place(info: zipfile.ZipInfo, data: bytes) -> _Member:
    """Find the packed bytes behind the member's own header."""
    if info.header_offset < 0 or info.header_offset + _LOCAL_HEADER.size > len(data):
        raise Refusal(codes.DAMAGED_ARCHIVE, part=quoted(info.filename))
    header = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    name_length, extra_length = header[9], header[10]
    name_at = info.header_offset + _LOCAL_HEADER.size
    name = data[name_at : name_at + name_length]
    expected = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
    start = name_at + name_length + extra_length
    if header[0] != b"PK\x03\x04" or name != expected or start + info.compress_size > len(data):
        raise Refusal(codes.DAMAGED_ARCHIVE, part=quoted(info.filename))
    return _Member(
        name=info.filename,
        start=start,
        packed=info.compress_size,
        size=info.file_size,
        crc=info.CRC,
        deflated=info.compress_type == zipfile.ZIP_DEFLATED,
        link=stat.S_ISLNK(info.external_attr >> 16),  # where POSIX systems keep a file's mode
    )


def _check_overlap(infos: list[zipfile.ZipInfo], members: dict[str, _Member], directory: int) -> None:
    """Hold each member to the bytes between its own header and the next, or the directory."""
    ends = {info.header_offset: info for info in infos}
    if len(ends) != len(infos):
        raise Refusal(codes.ARCHIVE_OVERLAP, part="zip")
    for offset, following in itertools.pairwise([*sorted(ends), directory]):
        member = members.get(ends[offset].filename.lower())
        if member is not None and member.start + member.packed > following:
            raise Refusal(codes.ARCHIVE_OVERLAP, part=quoted(member.name))
