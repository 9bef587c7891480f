"""Whether every text is there in every language."""

from __future__ import annotations

from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.format import texts
from ctimaturity.definitions.source import Source
from ctimaturity.diagnostics import codes


def check_texts(source: Source) -> None:
    """Report texts that lack a language, are blank in one, or speak one that is not declared."""
    languages = source.value.get("languages") if isinstance(source.value, dict) else None
    if not isinstance(languages, list):
        return
    if not languages:
        source.report(codes.NO_LANGUAGE, ("languages",))
        return
    declared = [language for language in languages if isinstance(language, str)]
    for path, text in texts(source.value, QuestionnaireDocument):
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        for language in declared:
            if language not in text:
                source.report(codes.LANGUAGE_MISSING, path, {"key": key, "language": language})
        for language, words in text.items():
            where = (*path, language)
            if language not in declared:
                source.report(codes.LANGUAGE_UNKNOWN, where, {"key": key, "language": language[:60]})
            elif isinstance(words, str) and words and not words.strip():
                source.report(codes.TEXT_BLANK, where, {"key": key, "language": language})
