"""Q: items of a definition, their scales and texts."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

SCALE_UNCLEAR = Code(
    id="Q341",
    name="scale-unclear",
    severity=Severity.ERROR,
    message="the scale {id} needs either options or a range",
    hint="give the options, or the minimum and maximum of a range, not both",
    explanation="An item is answered by choosing an option or by writing a number.",
)
SCALE_WITHOUT_WIDTH = Code(
    id="Q342",
    name="scale-without-width",
    severity=Severity.ERROR,
    message="the scale {id} has a single value",
    hint="give at least two options with different points, or a range with a minimum below its maximum",
    explanation="A scale on which all answers are worth the same measures nothing.",
)
SAME_LABEL = Code(
    id="Q343",
    name="same-label",
    severity=Severity.ERROR,
    message="two answers of the scale {id} read the same: {code} and another",
    hint="change the code or the label",
    explanation=(
        "Case, accents, spaces and typographic characters are lost on the way through spreadsheets, so "
        "answers must differ in more than these, in every language."
    ),
)
ZERO_OUTSIDE_SCALE = Code(
    id="Q344",
    name="zero-outside-scale",
    severity=Severity.ERROR,
    message="{id}: a blank counts as 0, which its scale {scale} does not have",
    hint="choose blanks: worst, or a scale that has 0",
    explanation="A score outside its scale would break the bounds of everything above it.",
)
CREDIT_OUTSIDE_SCALE = Code(
    id="Q345",
    name="credit-outside-scale",
    severity=Severity.ERROR,
    message="{id}: the credit for not applicable lies outside its scale {scale}",
    hint="choose a credit within the scale of every item",
    explanation="A score outside its scale would break the bounds of everything above it.",
)
CREDIT_UNCLEAR = Code(
    id="Q346",
    name="credit-unclear",
    severity=Severity.ERROR,
    message="the policy credit needs a credit, and only it has one",
    hint="write policy: credit with credit, or delete credit",
    explanation="The value that counts for an item that is not applicable must be written down.",
)
CONFIRM_OPTION = Code(
    id="Q347",
    name="confirm-option",
    severity=Severity.ERROR,
    message="{id}: the option {option}, which a confirmed blank counts as, is not one of its scale",
    hint="choose an option that the scales of all items have",
    explanation="The confirmation on the cover turns every blank of the measurement into this answer.",
)
APPLIES_TO_NOBODY = Code(
    id="Q348",
    name="applies-to-nobody",
    severity=Severity.ERROR,
    message="{id} applies to no type of entity",
    hint="name at least one type, or delete the item",
    explanation="An item that can exist for nobody is never asked.",
)
SCALE_WITHOUT_OPTIONS = Code(
    id="Q349",
    name="scale-without-options",
    severity=Severity.ERROR,
    message="{id}: its scale {scale} is a range, but answers here are options",
    hint="give it a scale with options",
    explanation="Surveys are counted by option, and marks of indicators are chosen.",
)
KEY_NOT_HERE = Code(
    id="Q350",
    name="key-without-use",
    severity=Severity.ERROR,
    message="{key} has no use in a measurement of this kind",
    hint="delete it, or change collects",
    explanation=(
        "confirm_blank belongs to agreed answers, respondents to surveys, ranges, criteria and ages to "
        "indicators."
    ),
)
MARKS_DIFFER = Code(
    id="Q351",
    name="marks-differ",
    severity=Severity.ERROR,
    message="the criterion scale and the range scale do not have the same ends",
    hint="give both the same lowest and highest points",
    explanation="Under auto the one mark stands in for the other, so they must mean the same.",
)
MARK_SCALE = Code(
    id="Q352",
    name="mark-scale",
    severity=Severity.ERROR,
    message="{id}: an indicator is scored on the range scale {scale}",
    hint="delete its scale, or name {scale}",
    explanation="The score of an indicator is its mark.",
)
PLAUSIBLE_UPSIDE_DOWN = Code(
    id="Q353",
    name="plausible-upside-down",
    severity=Severity.ERROR,
    message="{id}: the lowest plausible value is above the highest",
    hint="exchange minimum and maximum",
    explanation="Every value would be doubted, so a warning would say nothing.",
)
NO_REASONS = Code(
    id="Q354",
    name="no-reasons",
    severity=Severity.ERROR,
    message="{id}: an answer may be “not applicable”, and there are no reasons to give for it",
    hint="list reasons under no_data_reasons, or delete not_applicable",
    explanation=(
        "Whoever says that an item does not apply says why, from the list no_data_reasons. Without that list "
        "no such answer could be read, and every workbook with one would be refused."
    ),
)
MARKS_NOT_CHOSEN = Code(
    id="Q355",
    name="marks-not-chosen",
    severity=Severity.ERROR,
    message="{id}: {key} is {scale}, a range of numbers, but the marks of indicators are options",
    hint="name a scale with options in {key}; its items need no scale of their own",
    explanation=(
        "The value of an indicator is a number of any size; its mark is where the value falls, and is "
        "chosen from "
        "few options."
    ),
)
SAME_CODE = Code(
    id="Q356",
    name="same-code",
    severity=Severity.ERROR,
    message="two answers of the scale {id} have the code {code}",
    hint="give one of them another code",
    explanation=(
        "An answer is known by its code; upper and lower case make no difference, because spreadsheets and "
        "people "
        "change them."
    ),
)
NO_LANGUAGE = Code(
    id="Q401",
    name="no-language",
    severity=Severity.ERROR,
    message="no language is named",
    hint="name at least one, such as [es, en]",
    explanation="Every text is given in every language of the list.",
)
LANGUAGE_MISSING = Code(
    id="Q402",
    name="language-missing",
    severity=Severity.ERROR,
    message="{key} is not given in the language “{language}”",
    hint="add the line “{language}:” with the text",
    explanation="Whoever fills in or reads the questionnaire in that language would meet a gap.",
)
LANGUAGE_UNKNOWN = Code(
    id="Q403",
    name="language-unknown",
    severity=Severity.ERROR,
    message="{key} is given in “{language}”, which is not one of the languages",
    hint="add “{language}” to languages, or delete the text",
    explanation="Texts in a language that is not named are never shown.",
)
TEXT_BLANK = Code(
    id="Q404",
    name="text-blank",
    severity=Severity.ERROR,
    message="{key} is blank in “{language}”",
    hint="write the text",
    explanation="Spaces are no text.",
)
