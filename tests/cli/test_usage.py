"""What a wrong call is told, and the words of the help."""

from __future__ import annotations

import inspect
from dataclasses import asdict
from pathlib import Path

import pytest

from ctimaturity.cli import compare, explain, options, report, roadmap, score, validate
from ctimaturity.cli.job import chosen
from ctimaturity.workflows.options import ReadingOptions, ScoreOptions
from terminal import cti_process

SPANISH = {
    ("scor",): ["¿Quiso decir score?", "No existe la orden 'scor'."],
    ("score", "--foo"): ["Error: No existe la opción --foo. ¿Quiso decir"],
    ("score", "x", "-f", "pdx"): ["Error: --format / -f: 'pdx' no es uno de 'csv', 'md'"],
    ("score", "-o"): ["Error: La opción -o necesita un valor."],
    ("score", "--strict=1", "x"): ["Error: La opción --strict no lleva valor."],
    ("score", "--jobs", "x", "x"): ["Error: --jobs: no es un número entero."],
    ("score", "--jobs", "0", "x"): ["Error: --jobs: debe ser 1 o más."],
    ("demo", "a", "b"): ["Error: Sobra aquí: a b."],
    ("explain",): ["Uso: ", "Error: falta PATH."],
}


@pytest.mark.parametrize("call", list(SPANISH), ids=" ".join)
def test_a_wrong_call_is_told_in_spanish_with_status_2(call: tuple[str, ...]) -> None:
    ran = cti_process(*call, LANG="es_CO.UTF-8")
    assert ran.returncode == 2
    assert ran.stdout == ""
    for words in SPANISH[call]:
        assert words in ran.stderr
    for english in ("Usage", "Try ", "Invalid", "Missing", "Value error", "Input should"):
        assert english not in ran.stderr


def test_and_in_english_elsewhere() -> None:
    ran = cti_process("score", "x", "-f", "pdx", LANG="C.UTF-8")
    assert "Error: --format / -f: 'pdx' is not one of 'csv', 'md'" in ran.stderr
    assert ran.stderr.startswith("Usage: ")


@pytest.mark.parametrize(
    "call", [("-h",), ("score", "-h"), ("survey", "-h"), ("questionnaire", "check", "-h")]
)
def test_help_is_of_one_language_and_names_no_type_of_python(call: tuple[str, ...]) -> None:
    ran = cti_process(*call, LANG="es_CO.UTF-8")
    assert ran.returncode == 0
    assert ran.stdout.startswith("Uso: ")
    assert "Muestra esta ayuda." in ran.stdout
    for foreign in (
        "OPTIONS",
        "Show this",
        "Install completion",
        "list[",
        "<Path>",
        "[required]",
        "[default",
    ):
        assert foreign not in ran.stdout


def test_a_group_called_alone_shows_its_help_and_does_nothing() -> None:
    ran = cti_process("questionnaire", LANG="es_CO.UTF-8")
    assert ran.returncode == 2
    assert ran.stderr.count("Uso: ") == 1
    assert "Error" not in ran.stderr
    assert "..." not in ran.stderr.replace("ARGUMENTOS]...", "")


SHARED = {
    "questionnaire": options.QuestionnaireOption,
    "entities": options.EntitiesOption,
    "group": options.GroupOption,
    "measurements": options.MeasurementsOption,
    "results_basis": options.BasisOption,
    "reference": options.ReferenceOption,
    "statistics": options.StatisticsOption,
    "round_label": options.RoundOption,
    "keep": options.KeepOption,
    "survey": options.SurveyOption,
    "exclude": options.ExcludeOption,
    "seconds": options.SecondsOption,
    "rulings": options.RulingsOption,
    "jobs": options.JobsOption,
    "limit": options.LimitOption,
}


def test_what_scoring_commands_share_has_one_name() -> None:
    """`chosen` finds an option by its name alone: under another it would be passed over in silence."""
    commands = (
        score.score,
        explain.explain,
        report.report,
        compare.compare,
        roadmap.plan,
        validate.validate,
    )
    wrong = [
        f"{command.__name__}: {name}"
        for command in commands
        for name, parameter in inspect.signature(command, eval_str=True).parameters.items()
        if (name in SHARED or parameter.annotation in SHARED.values())
        and parameter.annotation != SHARED.get(name)
    ]
    assert wrong == []


def test_what_scoring_commands_share_reaches_the_scoring() -> None:
    given = {
        "questionnaire": "mmmctic@2020-04",
        "entities": Path("e.csv"),
        "group": ["region"],
        "measurements": "capacities, results",
        "results_basis": "self",
        "reference": Path("r.yaml"),
        "statistics": Path("s.csv"),
        "round_label": "2026",
        "keep": "none",
        "survey": ["A=a.csv"],
        "exclude": ["too-fast", "none"],
        "seconds": 3.0,
        "rulings": Path("v.csv"),
        "jobs": 3,
        "limit": ["cells=5"],
    }
    assert set(given) == set(SHARED)
    made = asdict(chosen(ScoreOptions, {**given, "paths": "passed over"}, language="en"))
    rules = made.pop("survey_rules")
    assert {str(kind) for kind in rules["exclude"]} == {"too-fast"}
    assert rules["seconds"] == 3.0
    renamed = {
        "groups": ("region",),
        "measurements": ("capacities", "results"),
        "results_basis": "self",
        "surveys": ("A=a.csv",),
        "limits": ("cells=5",),
        "language": "en",
    }
    plain = {name: given[name] for name in given if name in made}
    changed = {name: value for name, value in made.items() if value != asdict(ScoreOptions())[name]}
    assert changed == plain | renamed
    assert chosen(ReadingOptions, {}) == ReadingOptions()
    assert (
        chosen(ScoreOptions, dict.fromkeys(SHARED, None) | {"seconds": 2.0, "exclude": None})
        == ScoreOptions()
    )
