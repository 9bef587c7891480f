"""What a wrong call is told, and the words of the help."""

from __future__ import annotations

import pytest

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
