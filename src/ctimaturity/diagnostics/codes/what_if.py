"""S4: what is set otherwise in a what-if."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

SETTING_UNREADABLE = Code(
    id="S401",
    name="setting-unreadable",
    severity=Severity.ERROR,
    message="{setting} is not an item with an answer",
    hint="write the item, an equals sign and the answer: C-07-b=1, R-HAB-03=4 or P-HAB-02=4.5",
    explanation=(
        "A what-if says for each item which answer it would have. Before the equals sign stands the id of "
        "the item, for an indicator also the part that is meant, after a point; behind it stands the "
        "answer. Nothing behind it is a blank."
    ),
)
SETTING_WITHOUT_ITEM = Code(
    id="S402",
    name="setting-without-item",
    severity=Severity.ERROR,
    message="nothing of {entity} is scored by an item {item}{offer}",
    hint="write the id as it stands in the workbook",
    explanation=(
        "The item is not in the definition, or it cannot exist for an entity of this type, or it belongs "
        "to a measurement that was not scored. Whatever it is set to, no score would change."
    ),
)
SETTING_WITHOUT_SURVEY = Code(
    id="S403",
    name="setting-without-survey",
    severity=Severity.ERROR,
    message="{item} is answered by inhabitants, and nobody of {entity} answered it",
    hint="score with the survey of the entity, or set what the entity answers itself",
    explanation=(
        "Setting a statement moves the answers of those who were asked to another mean. Without any answer "
        "there is nothing to move: how many would answer, and from which segments, is not known."
    ),
)
SETTING_PART_UNKNOWN = Code(
    id="S404",
    name="setting-part-unknown",
    severity=Severity.ERROR,
    message="{item} has no part {part}",
    hint="leave it out, or write one of: {parts}",
    explanation=(
        "Of an indicator the value, the value of the base year, the criterion mark and the own range mark "
        "can be set one by one, of a statement the mean in each segment that answered it; any other item has "
        "its answer only. Without a part the mark that counts is set, or the mean over all segments."
    ),
)
SETTING_OUT_OF_SCALE = Code(
    id="S405",
    name="setting-out-of-scale",
    severity=Severity.ERROR,
    message="{item} has no answer {answer}",
    hint="write it as it would stand in the workbook: {options}",
    explanation=(
        "An item is set to an answer that a workbook could hold: the code of an option or its exact "
        "words, or a number where numbers are asked, with a point or a comma for decimals and nothing for "
        "thousands. Of an indicator also na: no data. A statement is set to a mean on its scale."
    ),
)
SETTING_TWICE = Code(
    id="S406",
    name="setting-twice",
    severity=Severity.ERROR,
    message="{item} is set twice",
    hint="set each item once",
    explanation=(
        "Two settings of one answer contradict each other or say the same; their order decides nothing."
    ),
)
SETTING_OF_REFUSED = Code(
    id="S407",
    name="setting-of-refused",
    severity=Severity.ERROR,
    message="the workbook of {entity} was refused, so it has no score that could change",
    hint="mend the cells that cti validate names, then ask again",
    explanation=(
        "A refused workbook has answers that cannot be read for certain. As long as they stand it has no "
        "score, whatever else is set otherwise."
    ),
)
SETTING_UNREAD = Code(
    id="S408",
    name="setting-unread",
    severity=Severity.WARNING,
    message="{part} of {item} is set, but its score comes from {basis}",
    hint="set the item without a part, and what counts is set",
    explanation=(
        "The mark of an indicator comes from its value where a reference file has ranges for it, else "
        "from its criterion mark or the entity's own mark, as the basis of results says. What was set is "
        "not what counts for this indicator, so it moves no score."
    ),
)
SETTING_UNREACHABLE = Code(
    id="S409",
    name="setting-unreachable",
    severity=Severity.ERROR,
    message="no value of {item} is worth the mark {mark}",
    hint="set its value, as in R-HAB-03.value=3.2",
    explanation=(
        "The mark of this indicator comes from its value. Setting a mark sets the nearest value that is "
        "worth it; but two cut points of its reference range are the same, or the range marks only yes "
        "and no, so that no value has this mark."
    ),
)
