"""The steps of a round with the commands that do them, for the folder of the round."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def round_guide(label: str, places: Mapping[str, str], language: str, *, with_survey: bool) -> str:
    """What to do from the first mail to the last page, as Markdown.

    Args:
        label: Name of the round.
        places: Paths by what they are: `round`, `entities`, `templates`, `returned`, `surveys`,
            `letters`, `results`, `report`, `progress`, `roadmap`, and `previous`, the results of the
            round before, empty without one.
        language: Of the text.
        with_survey: The survey comes as a file.
    """
    words = Words(language)
    lines = [f"# {words.say('Round {round}', round=visible(label))}", ""]
    lines += [words.say("Each step is a command of its own, and any of them can be run again."), ""]
    for number, (text, command) in enumerate(_steps(label, places, words, with_survey=with_survey), 1):
        lines += [f"{number}. {text}", ""]
        if command:
            shown = " ".join(shlex.quote(visible(word)) for word in command)
            lines += [f"       cti {shown}", ""]
    return "\n".join(lines)


def _steps(
    label: str, places: Mapping[str, str], words: Words, *, with_survey: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    returned, entities = places["returned"], places["entities"]
    results, before = places["results"], places["previous"]
    survey = ("--survey", f"{places['surveys']}/encuesta.csv") if with_survey else ()
    lang = () if words.language == "es" else ("--lang", words.language)
    yield words.say("Send each entity its workbook: {folder}.", folder=places["templates"]), ()
    yield words.say("Put what comes back, as it is, into {folder}.", folder=returned), ()
    if with_survey:
        yield words.say("Put the export of the survey into {folder}.", folder=places["surveys"]), ()
    yield (
        words.say("See who has answered and whose workbook was refused."),
        ("round", "status", places["round"]),
    )
    letters = ("--letters", places["letters"], *lang)
    yield (
        words.say("Look at every problem, and write letters to those who have to correct something."),
        ("validate", returned, "--entities", entities, *survey, *letters),
    )
    new = ("--previous", before) if before else ()
    scored = ("--entities", entities, *survey, "--round", label, *new, *lang, "-o", results)
    yield words.say("Score, and read the ranked index."), ("score", returned, *scored)
    yield (
        words.say("Make the report and the dossier of each entity."),
        ("report", results, *new, *lang, "-o", places["report"]),
    )
    if before:
        yield (
            words.say("Compare with the round before: who advanced, and what the change comes from."),
            ("compare", before, results, *lang, "-o", places["progress"]),
        )
    yield words.say("Make the roadmap of each entity."), ("roadmap", results, *lang, "-o", places["roadmap"])
    yield words.say("Prove that the results are what they say, and publish."), ("verify", results)
