"""The summary at the end of scoring."""

from __future__ import annotations

from pathlib import Path

from ctimaturity.cli.job import Job
from ctimaturity.cli.show import tally_line
from ctimaturity.cli.words import _, counted, terminal_language
from ctimaturity.language.numbers import number, percent
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.node_scale import level_bounds
from ctimaturity.model.score import INDEX, IndexRow, Status
from ctimaturity.model.text import in_language

LONGEST = 40
"""Rows of the ranking that a terminal gets; the rest is in the files."""


def print_summary(assessment: Assessment, out: Path, formats: tuple[str, ...], job: Job) -> None:
    """The ranking, what was left out and why, who has not answered, and where the files are."""
    language = terminal_language()
    rows = assessment.index.rows
    ranked = [row for row in rows if row.status is Status.RANKED]
    others = [row for row in rows if row.status is not Status.RANKED]
    if ranked:
        _print_ranking(assessment, ranked, language, job)
    if others:
        _print_left_out(others, assessment, language, job)
    if assessment.awaited:
        awaited = ", ".join(assessment.awaited)
        text = counted(
            "{count} entity has not answered", "{count} entities have not answered", len(assessment.awaited)
        )
        job.say(f"{text}: {awaited}")
    job.say(tally_line(assessment.diagnostics))
    for form in formats:
        name = out / f"index.{form}"
        job.written(name)


def _print_ranking(assessment: Assessment, ranked: list[IndexRow], language: str, job: Job) -> None:
    levels = assessment.questionnaire.index.levels
    place = assessment.index.node(ranked[0], INDEX, INDEX).place
    bounds = level_bounds(levels, (place.scale_min, place.scale_max)) if levels else ()
    lines = [
        (
            f"{row.rank}{'=' if row.tied else ''}",
            row.entity.code,
            row.entity.name,
            number(row.index, language, bounds=bounds),
            in_language(levels.names[row.level - 1].name, language) if levels and row.level else "",
            f"{number(row.index_low, language)} – {number(row.index_high, language)}",
            percent(row.coverage, language),
        )
        for row in ranked[:LONGEST]
    ]
    headers = (
        ("#", "right"),
        (_("Code"), "left"),
        (_("Entity"), "left"),
        (_("Index"), "right"),
        (_("Level"), "left"),
        (_("Bounds"), "right"),
        (_("Coverage"), "right"),
    )
    job.table(_("Ranking"), headers, lines)
    if len(ranked) > LONGEST:
        job.say(counted("… and {count} more", "… and {count} more", len(ranked) - LONGEST))


def _print_left_out(others: list[IndexRow], assessment: Assessment, language: str, job: Job) -> None:
    from ctimaturity.reporting.reasons import sentences
    from ctimaturity.reporting.words import Words

    words = Words(language)
    status = {
        Status.PROVISIONAL: _("provisional"),
        Status.INCOMPLETE: _("incomplete"),
        Status.REFUSED: _("refused"),
    }
    lines = [
        (
            row.entity.code,
            row.entity.name,
            status[row.status],
            "\n".join(sentences(row, assessment.questionnaire, words)),
        )
        for row in others
    ]
    headers = ((_("Code"), "left"), (_("Entity"), "left"), (_("Status"), "left"), (_("Why"), "left"))
    job.table(_("Not ranked"), headers, lines)
