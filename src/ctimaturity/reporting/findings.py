"""Findings as text, JSON, SARIF and GitHub annotations: one value, many renderings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from ctimaturity._version import __version__
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.language.findings import texts, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.diagnostics.location import Location

FORMATS = ("text", "json", "sarif", "github")
# SARIF calls severities as we do; GitHub has another word for a note.
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_findings(
    diagnostics: Sequence[Diagnostic],
    form: str,
    language: str,
    accepted: Sequence[tuple[Diagnostic, str]] = (),
) -> str:
    """All findings in one of `FORMATS`; ends with a line end unless it is empty.

    Args:
        diagnostics: Those that stand.
        form: One of `FORMATS`.
        language: Of the words.
        accepted: Those that were accepted where they are, each with the reason; only SARIF can say so.

    Raises:
        ValueError: There is no such format.
    """
    if form == "text":
        return "".join(f"{line}\n" for finding in diagnostics for line in text_lines(finding, language))
    if form == "json":
        records = [record(finding, language) for finding in diagnostics]
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    if form == "sarif":
        return json.dumps(_sarif(diagnostics, language, accepted), ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_annotation(finding, language)}\n" for finding in diagnostics)
    raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")


def text_lines(finding: Diagnostic, language: str) -> Iterator[str]:
    """`place: A203 answer-out-of-scale: message [value] (error)` and, below it, the help."""
    words = wording(finding, language)
    place = visible(str(finding.location))
    value = f" [{finding.value}]" if finding.value else ""
    start = f"{place}: " if place else ""
    severity = translate(finding.severity.value, language)
    yield f"{start}{finding.code.id} {finding.code.name}: {visible(words.message)}{value} ({severity})"
    if words.hint:
        yield f"  {translate('help', language)}: {visible(words.hint)}"


def record(finding: Diagnostic, language: str) -> dict[str, str | int | None]:
    """One finding as a flat record, with the columns of findings.csv and the column of a text file."""
    words = wording(finding, language)
    where = finding.location
    return {
        "file": visible(where.file),
        "sheet": visible(where.sheet),
        "cell": where.cell,
        "line": where.line,
        "column": where.column,
        "item": visible(where.item),
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.value,
        "message": visible(words.message),
        "hint": visible(words.hint),
        "value": finding.value,
    }


def _sarif(
    diagnostics: Sequence[Diagnostic], language: str, accepted: Sequence[tuple[Diagnostic, str]]
) -> dict[str, object]:
    codes = {finding.code.id: finding.code for finding in (*diagnostics, *(passed for passed, _ in accepted))}
    position = {code: number for number, code in enumerate(sorted(codes))}
    results = [_sarif_result(finding, position, language) for finding in diagnostics]
    if accepted:
        # Where one result says whether it is suppressed, all must say so (section 3.27.23).
        for result in results:
            result["suppressions"] = []
        for finding, reason in accepted:
            suppression = {"kind": "inSource", "status": "accepted", "justification": reason}
            results.append({**_sarif_result(finding, position, language), "suppressions": [suppression]})
    driver = {
        "name": "cti",
        "version": __version__,
        "rules": [_sarif_rule(codes[code], language) for code in sorted(codes)],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_rule(code: Code, language: str) -> dict[str, object]:
    said = texts(code, language)
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": said.message},
        "fullDescription": {"text": said.explanation},
        "help": {"text": said.hint or said.explanation},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _sarif_result(finding: Diagnostic, position: dict[str, int], language: str) -> dict[str, object]:
    words = wording(finding, language)
    where = finding.location
    result: dict[str, object] = {
        "ruleId": finding.code.id,
        "ruleIndex": position[finding.code.id],
        "level": finding.severity.value,
        "message": {"text": "\n".join(map(visible, filter(None, (words.message, words.hint))))},
    }
    location: dict[str, object] = {}
    if where.file:
        physical: dict[str, object] = {"artifactLocation": {"uri": quote(where.file)}}
        if where.line is not None:
            region = {"startLine": where.line}
            if where.column is not None:
                region["startColumn"] = where.column
            physical["region"] = region
        location["physicalLocation"] = physical
    inside = visible(_inside(where))
    item = visible(where.item)
    if inside or item:
        location["logicalLocations"] = [{"name": item or inside, "fullyQualifiedName": inside or item}]
    if location:
        result["locations"] = [location]
    return result


def _annotation(finding: Diagnostic, language: str) -> str:
    words = wording(finding, language)
    where = finding.location
    properties = {
        "file": where.file,
        "line": where.line,
        "col": where.column,
        "title": f"{finding.code.id} {finding.code.name}",
    }
    listed = ",".join(
        f"{name}={_escaped(visible(str(value)), ':,')}"
        for name, value in properties.items()
        if value not in {None, ""}
    )
    inside = _inside(where)
    message = f"{inside}: {words.message}" if inside else words.message
    text = "\n".join(map(visible, filter(None, (message, words.hint))))
    return f"::{_GITHUB_LEVEL[finding.severity]} {listed}::{_escaped(text, '')}"


def _inside(where: Location) -> str:
    """The place in a workbook: `Sheet!D7`."""
    return "!".join(filter(None, (where.sheet, where.cell)))


def _escaped(text: str, also: str) -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
