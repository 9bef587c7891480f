"""Words of the forms in every language of the catalogue."""

from __future__ import annotations

from functools import cache

from ctimaturity.language.catalogue import LANGUAGES, translate


@cache
def words(message: str) -> dict[str, str]:
    """A message of the catalogue by language, like a text of a definition."""
    return {language: translate(message, language) for language in LANGUAGES}


SEGMENT_QUESTION = words("Which of these groups do you belong to?")
ENTITY_QUESTION = words("Which city or territory do you answer about?")
"""What the forms ask first, and what their exports have for headers."""
CODE_HINT = words("The code of the entity, such as 05001.")
CONSENT = words(
    "Answering is voluntary and anonymous. Your answers are published only as counts. "
    "Do you agree to take part?"
)
CLOSING = words("Thank you. Without your consent there is nothing more to answer.")
YES, NO = words("Yes"), words("No")
CHOOSE_ONE = words("Mark one answer in each row.")
