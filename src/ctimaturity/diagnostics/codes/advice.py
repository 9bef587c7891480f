"""Q: what a careful reviewer of a definition would ask about; each can be accepted with a reason."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

LEVEL_OUT_OF_REACH = Code(
    id="Q601",
    name="level-out-of-reach",
    severity=Severity.WARNING,
    message="{id}: no answers lead to level {level}",
    hint="change the bands, the rule or the gates, so that every level can occur",
    explanation=(
        "The best or the worst possible answers give a score on this side of the band. A level that nobody "
        "can reach discourages, and makes the scale look longer than it is."
    ),
)
SINGLE_PART = Code(
    id="Q602",
    name="single-part",
    severity=Severity.WARNING,
    message="{id} has a single part, {part}",
    hint="give it more parts, or join the two",
    explanation=(
        "The score of the whole is that of its only part: the level between says nothing of its own, and "
        "one answer decides it."
    ),
)
WEIGHT_WITHOUT_EFFECT = Code(
    id="Q603",
    name="weight-without-effect",
    severity=Severity.WARNING,
    message="{id}: its weight never matters",
    hint="delete the weight, or change the rule of the whole it belongs to",
    explanation=(
        "A weight counts only against those of other parts, under a rule that weighs them. An only part, a "
        "part under min, max, median or staged, and a node that is skipped by over: items weigh nothing; "
        "nor does a weight of 0, with which the answer is collected and ignored."
    ),
)
TEXT_LONG_FOR_CELL = Code(
    id="Q604",
    name="text-long-for-cell",
    severity=Severity.WARNING,
    message="{id}: {key} has {length} characters in {language}, more than the {limit} a cell can show",
    hint="shorten the text",
    explanation=(
        "A row of a spreadsheet has a greatest height, behind which a long text is cut off on the screen "
        "and on paper; the statements of a survey are shown as prompts too, which end at 255 characters."
    ),
)
OPTION_LONG_FOR_LIST = Code(
    id="Q605",
    name="option-long-for-list",
    severity=Severity.WARNING,
    message=(
        "the option {code} of {id} has {length} characters in {language}, more than the {limit} of a "
        "drop-down"
    ),
    hint="shorten the label, and put the rest into its description",
    explanation=(
        "A drop-down is as wide as its column. Labels that are longer are cut off, and those that begin "
        "alike cannot be told apart."
    ),
)
SIMILAR_WORDING = Code(
    id="Q606",
    name="similar-wording",
    severity=Severity.WARNING,
    message="{id} and {other} read the same or almost the same in {language}",
    hint="word the difference so that nobody can miss it, or delete one",
    explanation=(
        "Whoever answers gives two near-duplicates the same answer, so what they ask counts twice, or "
        "takes the second for a mistake. The nine tenths or more of their words are the same."
    ),
)
NO_GUIDANCE = Code(
    id="Q607",
    name="no-guidance",
    severity=Severity.WARNING,
    message="{id} has neither evidence nor help",
    hint="say what would prove the answer (evidence), or how to find it (help)",
    explanation=(
        "Without them every office answers by its own measure, and no reviewer can check. An indicator "
        "needs a definition, evidence or help; a statement of a survey needs none."
    ),
)
NOT_APPLICABLE_WITHOUT_POLICY = Code(
    id="Q608",
    name="not-applicable-without-policy",
    severity=Severity.WARNING,
    message="{id}: the scale {scale} offers not applicable, but not_applicable says nothing about it",
    hint="write not_applicable with its policy: exclude, credit or forbid",
    explanation=(
        "Whether an item that is not applicable is left out, credited or refused changes scores, so it "
        "should be a decision that can be read. Without it, exclude counts."
    ),
)
NOT_APPLICABLE_FORBIDDEN = Code(
    id="Q609",
    name="not-applicable-offered-but-forbidden",
    severity=Severity.WARNING,
    message="{id}: the scale {scale} offers not applicable, which the policy forbids",
    hint="take not_applicable out of the scale, or change the policy",
    explanation="Whoever chooses what the list offers would have the workbook refused.",
)
SPELLING_VARIES = Code(
    id="Q610",
    name="spelling-varies",
    severity=Severity.WARNING,
    message="“{one}” and “{other}” look like one term spelled in two ways ({language})",
    hint="choose one spelling",
    explanation=(
        "Two spellings of one term look like two things to a careful reader, and are two things to whoever "
        "searches. Compared are accents, hyphens, spaces, capitals of titles, and the endings -ise and "
        "-ize, -our and -or."
    ),
)
AMBIGUOUS_DIRECTION = Code(
    id="Q611",
    name="ambiguous-direction",
    severity=Severity.WARNING,
    message="{id}: nobody can say from the definition which way it improves",
    hint="write higher_is_better or lower_is_better, or choose another indicator",
    explanation=(
        "The value of such an indicator can be marked only where a reference file gives the direction; "
        "elsewhere the mark that the entity gives itself counts."
    ),
)
UNUSED_ENTRY = Code(
    id="Q612",
    name="unused-entry",
    severity=Severity.WARNING,
    message="{id} in {table} is used by nothing",
    hint="delete it, or use it",
    explanation=(
        "What nothing uses is often the trace of a change that was not carried through, or of a misspelt id."
    ),
)
ACCEPTANCE_WITHOUT_USE = Code(
    id="Q613",
    name="acceptance-without-use",
    severity=Severity.WARNING,
    message="accepted: nothing is warned of under {code} for {of}",
    hint="delete it; errors cannot be accepted",
    explanation=(
        "A warning that is accepted with a reason is not counted. When what caused it is gone, the "
        "acceptance would hide the next one of its kind."
    ),
)
MEANING_DIFFERS = Code(
    id="Q207",
    name="meaning-differs",
    severity=Severity.ERROR,
    message="{id} stands for something else in {first}",
    hint="give one of the two an id of its own; an id never changes its meaning",
    explanation=(
        "Nodes of one id are put side by side as one thing, and items of one id are compared from one "
        "version or edition to the next. So an id has one title and kind in all measurements, and one text "
        "in all editions unless the crosswalk calls the two near."
    ),
)
