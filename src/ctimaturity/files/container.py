"""Workbooks forwarded together: packed in one .zip, or attached to one mail message (.eml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.archive import Archive, open_archive
from ctimaturity.files.kind import (
    CONTAINERS,
    MAIL,
    MANIFEST,
    OTHER_CONTAINERS,
    SAMPLE,
    ZIP,
    is_hidden,
    is_lock,
    is_manifest,
    may_be_workbook,
)
from ctimaturity.files.limits import Refusal
from ctimaturity.files.mail import attachments

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.limits import Limits

_DOCUMENT_PARTS = ("[Content_Types].xml", "mimetype", "Index/Document.iwa")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container.

    Attributes:
        name: Its path in it, with `/` between its parts and control characters made visible.
        begin: Reads its first bytes.
        read: Reads it whole.
        link: Whether it is a link, which is not followed.
    """

    name: str
    begin: Callable[[], bytes]
    read: Callable[[], bytes]
    link: bool = False


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What lies in a container.

    Attributes:
        names: The members that may be workbooks.
        diagnostics: What was passed over, at its place below the container; the caller names it.
    """

    names: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def unpack(data: bytes, name: str, limits: Limits) -> Unpacked | Diagnostic | None:
    """What lies in an archive or message, by the rules by which folders are searched.

    Args:
        data: The file.
        name: What it is called, whose ending tells a message.
        limits: The bounds.

    Returns:
        None for a file that is a document of its own, such as a workbook called .zip; a finding where it
        cannot be opened.
    """
    try:
        members = _members(data, name, limits)
        return None if members is None else _searched(members, name, limits)
    except Refusal as refusal:
        return refusal.diagnostic


def read_member(data: bytes, name: str, member: str, limits: Limits) -> bytes | Diagnostic | None:
    """One file of a container; None where there is none of that name, a finding where it does not unpack."""
    try:
        for found in _members(data, name, limits) or ():
            if found.name == member:
                return found.read()
    except Refusal as refusal:
        return refusal.diagnostic
    return None


def _members(data: bytes, name: str, limits: Limits) -> list[Member] | None:
    if PurePosixPath(name).suffix.lower() == MAIL:
        found = [
            Member(visible(attached.name), attached.read, attached.read) for attached in attachments(data)
        ]
    elif data.startswith(ZIP):
        archive = open_archive(data, limits)
        if any(part in archive for part in _DOCUMENT_PARTS):
            return None
        found = [_packed(archive, packed) for packed in archive.names]
    else:
        return None
    seen: set[str] = set()
    for member in found:
        if member.name.lower() in seen:
            raise Refusal(codes.ARCHIVE_DOUBLE_NAME, part=quoted(member.name))
        seen.add(member.name.lower())
    return found


def _packed(archive: Archive, name: str) -> Member:
    parts = [part for part in _decoded(name).split("/") if part not in {"", "."}]
    return Member(
        visible("/".join(parts)),
        lambda: archive.begin(name, SAMPLE),
        lambda: archive.read(name),
        archive.is_link(name),
    )


def _decoded(name: str) -> str:
    """A member's name, which programs write in UTF-8 or in the letters of old systems without saying so."""
    try:
        raw = name.encode("cp437")  # as which it was read where nothing was said
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _searched(members: list[Member], name: str, limits: Limits) -> Unpacked:
    names: list[str] = []
    notes: dict[str, Code] = {}
    results = _result_folders(members)
    for member in members:
        place, code = _passed_over(member, results)
        if code is None:
            names.append(member.name)
        else:
            notes.setdefault(place, code)
    if len(names) > limits.contained:
        raise Refusal(codes.CONTAINER_TOO_MANY_WORKBOOKS, limit=limits.contained)
    if not names and not {codes.CONTAINER_INSIDE_A_CONTAINER, codes.ARCHIVE_NOT_OPENED} & set(notes.values()):
        if PurePosixPath(name).suffix.lower() == MAIL:
            return Unpacked((), (Diagnostic(codes.MAIL_WITHOUT_WORKBOOK),))
        raise Refusal(codes.OTHER_ARCHIVE)
    return Unpacked(
        tuple(names), tuple(Diagnostic(code, Location(file=place)) for place, code in notes.items())
    )


def _passed_over(member: Member, results: set[str]) -> tuple[str, Code | None]:
    """Where and why a member is passed over; no code where it is read."""
    parts = member.name.split("/")
    for count, part in enumerate(parts, 1):
        above = "/".join(parts[:count])
        if is_hidden(part) and not is_lock(part):
            return above, codes.HIDDEN_FILE_PASSED_OVER
        if above in results:
            return above, codes.RESULT_FOLDER_PASSED_OVER
    suffix = PurePosixPath(parts[-1]).suffix.lower()
    code: Code | None = None
    if is_lock(parts[-1]):
        code = codes.LOCK_FILE_PASSED_OVER
    elif member.link:
        code = codes.LINK_PASSED_OVER
    elif suffix in CONTAINERS:
        code = codes.CONTAINER_INSIDE_A_CONTAINER
    elif suffix in OTHER_CONTAINERS:
        code = codes.ARCHIVE_NOT_OPENED
    elif not may_be_workbook(parts[-1], member.begin):
        code = codes.OTHER_FILE_PASSED_OVER
    return member.name, code


def _result_folders(members: list[Member]) -> set[str]:
    return {
        member.name.removesuffix(MANIFEST).removesuffix("/")
        for member in members
        if member.name.endswith(f"/{MANIFEST}") and is_manifest(member.read())
    }
