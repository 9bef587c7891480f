"""Options that mean the same in every command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ctimaturity.cli.words import _

Findings = Literal["text", "json", "sarif", "github"]
Language = Literal["es", "en"]
Dialect = Literal["standard", "excel-es"]
TextOrJson = Literal["text", "json"]

WorkbookPaths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help=_("Returned workbooks, or folders of them."))
]
MaybeWorkbookPaths = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH...", help=_("Returned workbooks, or folders of them."))
]
ResultsOrWorkbooks = Annotated[
    Path, typer.Argument(metavar="PATH", help=_("A result folder, a returned workbook, or a folder of them."))
]
SurveyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--survey",
        metavar="[CODE=]FILE",
        help=_("An export of the survey, or the folder of an import; repeatable."),
    ),
]
QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        "-q",
        metavar="ID@EDITION|PATH",
        help=_("The questionnaire; without it, what each workbook says it is."),
    ),
]
EntitiesOption = Annotated[
    Path | None,
    typer.Option(
        "--entities", metavar="FILE", help=_("List of entities (CSV or xlsx): code, name, type, any columns.")
    ),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", help=_("Language of documents and files; Spanish unless said otherwise.")),
]
KeepOption = Annotated[
    str | None,
    typer.Option(
        "--keep",
        metavar="FILE|none",
        help=_("The file that wins where copies of one entity contradict each other; none leaves blanks."),
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help=_("Another limit on what a workbook may ask for (SECURITY.md); repeatable."),
    ),
]
RoundOption = Annotated[str | None, typer.Option("--round", metavar="LABEL", help=_("Name of the round."))]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, help=_("Files read at once; as many as there are cores.")),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help=_("Treat warnings as errors in the exit status."))
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", help=_("No progress and no summary; findings are still shown."))
]
NoColorOption = Annotated[bool, typer.Option("--no-color", help=_("No colours (NO_COLOR does the same)."))]
FindingsOption = Annotated[
    Findings, typer.Option("--findings-format", help=_("How findings are written to standard error."))
]
FindingsShownOption = Annotated[
    Findings, typer.Option("--format", "-f", help=_("How the findings are written to standard output."))
]
ReplaceOption = Annotated[bool, typer.Option("--force", help=_("Replace a file that exists."))]
ForceOption = Annotated[
    bool, typer.Option("--force", help=_("Use a folder that holds someone else's files too; they stay."))
]
DialectOption = Annotated[
    Dialect,
    typer.Option(
        "--csv-dialect", help=_("excel-es: CSV files that open in a Spanish Excel with a double click.")
    ),
]
BriefDialectOption = Annotated[
    Dialect, typer.Option("--csv-dialect", help=_("excel-es: for double-clicking in a Spanish Excel."))
]
MeasurementsOption = Annotated[
    str | None,
    typer.Option(
        "--measurements", metavar="LIST", help=_("Score everyone on these measurements only (a,b).")
    ),
]
BasisOption = Annotated[
    Literal["auto", "range", "criterion", "self"] | None,
    typer.Option("--results-basis", help=_("Where the marks of result indicators come from.")),
]
ReferenceOption = Annotated[
    Path | None,
    typer.Option(
        "--reference", metavar="FILE", help=_("Reference ranges (YAML or CSV) that mark indicators by value.")
    ),
]
StatisticsOption = Annotated[
    Path | None,
    typer.Option(
        "--statistics",
        metavar="FILE",
        help=_("Official statistics (CSV or xlsx) that fill blank indicators."),
    ),
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--group", metavar="COLUMN", help=_("Also rank within this column of the entity list; repeatable.")
    ),
]
ThemeOption = Annotated[
    Path | None,
    typer.Option("--theme", metavar="DIR", help=_("Folder of a theme: logo, colours, contact, templates.")),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option("--previous", metavar="OUT", help=_("Result folder of the round before: says who is new.")),
]
RulingsOption = Annotated[
    Path | None,
    typer.Option(
        "--rulings", metavar="FILE", help=_("A reviewer's rulings (CSV or xlsx): their answers count.")
    ),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact", metavar="TEXT", help=_("In letters: how to reach you, if not as the theme says.")
    ),
]
ReplyByOption = Annotated[
    str | None,
    typer.Option("--reply-by", metavar="TEXT", help=_("In letters: the day before which to answer.")),
]
SECONDS = 2.0
ExcludeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="KIND",
        help=_(
            "Whom of a survey to leave out beside repeated submissions: same-person, duplicates, "
            "straight-lining, too-fast; none leaves nobody out; repeatable."
        ),
    ),
]
SecondsOption = Annotated[
    float,
    typer.Option(
        "--seconds", min=0, metavar="N", help=_("Less than this for each answer of a survey is too fast.")
    ),
]
