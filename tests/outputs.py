"""Everything that a command has written or said, as texts that can be searched."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file below a folder; members of archives one by one, Parquet as CSV."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        if path.suffix == ".parquet":
            yield name, parquet_text(path)
        elif path.suffix == ".pdf":
            yield name, pdf_text(data)
        elif data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.infolist():
                    yield f"{name}!{member.filename}", archive.read(member).decode("utf-8", "replace")
        else:
            yield name, data.decode("utf-8", "replace")


def parquet_text(path: Path) -> str:
    """A table of Parquet as CSV."""
    import duckdb

    return str(duckdb.read_parquet(str(path)).df().to_csv(index=False))


def pdf_text(data: bytes) -> str:
    """The words of a PDF, and what it says of itself."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    said = [str(value) for value in (reader.metadata or {}).values()]
    return "\n".join([*said, *(page.extract_text() for page in reader.pages)])
