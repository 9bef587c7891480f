"""What changed in a definition, in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.numbers import MISSING
from ctimaturity.model.difference import ChangeClass, ChangeKind, Subject
from ctimaturity.reporting.words import Words, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from ctimaturity.model.difference import Change
    from ctimaturity.model.questionnaire import Questionnaire

CLASSES = {
    ChangeClass.BREAKING: "Score-breaking: what was there before is scored otherwise, or is gone",
    ChangeClass.ADDITIVE: "Additive: more is asked or offered; what was there before stays as it was",
    ChangeClass.COSMETIC: "Cosmetic: words only; scores and ranks stay as they are",
}
KINDS = {
    ChangeKind.EDITION: "Another edition",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.ADDED: "Added",
    ChangeKind.MOVED: "Moved",
    ChangeKind.ORDER: "Order",
    ChangeKind.SCALE: "Answer scale",
    ChangeKind.WEIGHT: "Weight",
    ChangeKind.RULE: "Rule",
    ChangeKind.BANDS: "Bands of levels",
    ChangeKind.THRESHOLD: "Threshold",
    ChangeKind.SCOPE: "Who it applies to",
    ChangeKind.WORDING: "Wording",
}
SUBJECTS = {
    Subject.QUESTIONNAIRE: ("questionnaire", "questionnaires"),
    Subject.MEASUREMENT: ("measurement", "measurements"),
    Subject.NODE: ("node", "nodes"),
    Subject.ITEM: ("item", "items"),
    Subject.SCALE: ("scale", "scales"),
    Subject.OPTION: ("option", "options"),
    Subject.SEGMENT: ("segment", "segments"),
    Subject.REASON: ("reason for no data", "reasons for no data"),
    Subject.ENTITY_TYPE: ("type of entity", "types of entity"),
    Subject.UNIT: ("unit", "units"),
    Subject.PROFILE: ("profile", "profiles"),
    Subject.INDEX: ("index", "indices"),
}
KEYS = {
    "over": "what its score is made of",
    "staged": "staged level beside the score",
    "out_of": "score of full points",
    "exponent": "exponent",
    "met_at": "score from which an item is met",
    "met_below": "score asked of the levels below",
    "met_share": "share of a level that suffices",
    "kinds": "what nodes are called",
    "normalise": "how different scales are brought together",
    "gates": "gates",
    "rule": "rule",
    "blanks": "what a blank counts as",
    "not_applicable": "what not applicable counts as",
    "confirm_blank": "confirmation of blanks",
    "min_coverage": "least coverage",
    "max_excluded": "largest excluded share",
    "respondents": "what a survey needs",
    "plausible": "plausible values",
    "max_age": "age of values",
    "range_scale": "scale of range marks",
    "criterion_scale": "scale of criterion marks",
    "results_basis": "which mark counts",
    "harmonised": "scale of the harmonised index",
    "reverse": "turned round",
    "level": "level",
    "direction": "direction",
    "unit": "unit",
    "points": "points",
    "kind": "kind",
    "weight in the index": "weight in the index",
}
"""What a key of the format is about; a text's key is shown as it is."""
_UNSAID = frozenset({"weight", "levels", "text", "scale", "applies_to", "edition"})
"""Keys that the kind of the change has said already."""
MOST_NAMED = 8
"""Ids that a line names; the JSON has all."""
_FEW = 3
_WHOLE = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED})
"""Kinds for which the titles are what there is to say."""
_LONGEST = 240
_ALONE = frozenset({Subject.INDEX, Subject.PROFILE})
"""What there is one of, so that its id says nothing."""


@dataclass(frozen=True)
class ChangeWords:
    """Puts changes of one pair of definitions into words.

    Attributes:
        words: The language.
        old, new: The two definitions, for titles.
    """

    words: Words
    old: Questionnaire
    new: Questionnaire

    def part(self, measurement: str) -> str:
        """What a measurement is called; what belongs to none is shared."""
        if not measurement:
            return self.words.say("The whole questionnaire")
        for questionnaire in (self.new, self.old):
            if measurement in questionnaire.measurement_by_id:
                return self.words.text(questionnaire.measurement_by_id[measurement].title)
        return measurement

    def line(self, changes: list[Change]) -> str:
        """One line for changes that are alike: of one kind and subject, from and to the same."""
        first = changes[0]
        kind = self.words.say(KINDS[first.kind])
        whom = self.whom(changes)
        about = f"{kind}: {whom}" if whom else kind
        if first.key and first.key not in _UNSAID:
            about += f", {self.words.say(KEYS.get(first.key, first.key))}"
        if first.kind is ChangeKind.WORDING:
            return f"{about}: {'; '.join(self._wordings(first.before, first.after))}"
        if first.before is None and first.after is None:
            return about
        if first.kind is ChangeKind.ADDED:
            return f"{about}: {self.value(first.after)}"
        shown = self._bands if first.kind is ChangeKind.BANDS else self.value
        return f"{about}: {shown(first.before)} → {shown(first.after)}"

    def whom(self, changes: list[Change]) -> str:
        """The subject with its ids; of a long list the first ones, with titles where there is room."""
        first = changes[0]
        singular, plural = SUBJECTS[first.subject]
        noun = self.words.say(singular if len(changes) == 1 else plural)
        if first.subject in _ALONE or not first.id:
            return noun
        ids = [change.id for change in changes]
        titled = len(ids) <= (MOST_NAMED if first.kind in _WHOLE else _FEW)
        named = [self._named(change) if titled else change.id for change in changes]
        named = named[:MOST_NAMED]
        more = len(ids) - len(named)
        tail = f" … {self.words.count('{count} more', '{count} more', more)}" if more else ""
        count = f" ({len(ids)})" if len(ids) > 1 else ""
        return f"{noun}{count} {', '.join(named)}{tail}"

    def _named(self, change: Change) -> str:
        """An id with the title or the text that people know it by."""
        title = self._title(change)
        return f"{change.id} «{shortened(title, 80)}»" if title else change.id

    def _title(self, change: Change) -> str:
        if change.kind is ChangeKind.WORDING:
            return ""
        for questionnaire in (self.new, self.old):
            if change.subject is Subject.ITEM and change.id in questionnaire.item_by_id:
                return self.words.text(questionnaire.item_by_id[change.id].text)
            measurement = questionnaire.measurement_by_id.get(change.measurement)
            if change.subject is Subject.NODE and measurement is not None:
                for node in measurement.nodes:
                    if node.id == change.id:
                        return self.words.text(node.title)
        return ""

    def value(self, value: JsonValue) -> str:
        """A value of a definition as people would say it."""
        if value is None:
            return MISSING
        if isinstance(value, bool):
            return self.words.say("yes" if value else "no")
        if isinstance(value, list):
            return ", ".join(map(self.value, value)) or MISSING
        if isinstance(value, dict):
            if set(value) <= {*self.old.languages, *self.new.languages}:
                return self._text(value)
            pairs = [
                f"{key} {self.value(part)}"
                for key, part in value.items()
                if part not in (None, [], {}, False)
            ]
            return f"({'; '.join(pairs)})"
        return shortened(visible(str(value)), _LONGEST)

    def _bands(self, value: JsonValue) -> str:
        """How levels divide a scale, and what they are called."""
        if not isinstance(value, dict):
            return self.value(value)
        t, bounds, names = self.words.say, value.get("bounds"), value.get("names")
        if isinstance(bounds, list):
            divided = t("bounds {bounds}", bounds=", ".join(map(str, bounds)))
        else:
            divided = t("{parts} equal parts", parts=value.get("parts"))
        side = "a bound belongs to the lower level" if value.get("side") == "upper" else ""
        side = side or "a bound belongs to the higher level"
        lowest = t("the lowest score is level 0") if value.get("lowest") == "open" else ""
        levels = [level for level in names if isinstance(level, dict)] if isinstance(names, list) else []
        listed = ", ".join(self.value(level.get("name")).strip("«»") for level in levels)
        return f"{'; '.join(filter(None, (divided, t(side), lowest)))} ({listed})"

    def _text(self, value: dict[str, JsonValue]) -> str:
        texts = {key: text for key, text in value.items() if isinstance(text, str)}
        return f"«{shortened(self.words.text(texts), _LONGEST)}»"

    def _wordings(self, before: JsonValue, after: JsonValue) -> Iterator[str]:
        """The texts that differ, old and new: in the language of the report where they do in it."""
        pairs = list(differing_texts(before, after))
        own = [pair for pair in pairs if pair[0] == self.words.language]
        for language, old, new in own or pairs:
            shown = [f"«{shortened(visible(text), _LONGEST)}»" if text else MISSING for text in (old, new)]
            start = f"[{language}] " if language and language != self.words.language else ""
            yield f"{start}{shown[0]} → {shown[1]}"


def differing_texts(before: JsonValue, after: JsonValue, key: str = "") -> Iterator[tuple[str, str, str]]:
    """The texts of two values that differ: language (the last key), old and new; empty where missing."""
    if before == after:
        return
    if isinstance(before, dict) or isinstance(after, dict):
        old, new = (value if isinstance(value, dict) else {} for value in (before, after))
        for name in dict.fromkeys((*old, *new)):
            yield from differing_texts(old.get(name), new.get(name), name)
    elif isinstance(before, list) or isinstance(after, list):
        first, second = (value if isinstance(value, list) else [] for value in (before, after))
        for old_part, new_part in zip_longest(first, second):
            yield from differing_texts(old_part, new_part, key)
    else:
        yield key, "" if before is None else str(before), "" if after is None else str(after)
