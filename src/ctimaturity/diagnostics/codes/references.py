"""R2: files of reference ranges, and what scoring makes of them."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

REFERENCE_UNREADABLE = Code(
    id="R201",
    name="reference-unreadable",
    severity=Severity.ERROR,
    message="this is not a file of reference ranges",
    hint="begin with the file that cti reference new writes",
    explanation=(
        "A reference file is YAML with an id, a version, the questionnaire it is for and a list of "
        "ranges, or a table (CSV, xlsx) with a row for each range."
    ),
)
REFERENCE_KEY_UNKNOWN = Code(
    id="R202",
    name="reference-key-unknown",
    severity=Severity.ERROR,
    message="{key} is nothing that a reference file says{offer}",
    hint="correct the name, or take it out",
    explanation=(
        "A name that is not known may be a slip of one that matters, so nothing is passed over in silence."
    ),
)
REFERENCE_KEY_MISSING = Code(
    id="R203",
    name="reference-key-missing",
    severity=Severity.ERROR,
    message="{key} is missing",
    hint="add it; the page on reference files says what it holds",
    explanation=(
        "A reference file says its id, its version and its questionnaire, and every range its indicator. "
        "Outputs cite them."
    ),
)
REFERENCE_VALUE_INVALID = Code(
    id="R204",
    name="reference-value-invalid",
    severity=Severity.ERROR,
    message="{key} does not have the form that it must have",
    hint=(
        "version 1.0.0; cuts numbers with a decimal point; direction higher_is_better, lower_is_better or"
        " ambiguous; side better or worse; year four digits; example true or false"
    ),
    explanation=(
        "Each thing that a reference file says has one form, so that it is read in one way everywhere."
    ),
)
REFERENCE_ITEM_UNKNOWN = Code(
    id="R205",
    name="reference-item-unknown",
    severity=Severity.ERROR,
    message="the questionnaire has no indicator {item}{offer}",
    hint="correct the id",
    explanation=(
        "Ranges are given by the id of the indicator, as it stands in the questionnaire and its workbooks."
    ),
)
REFERENCE_CUTS_COUNT = Code(
    id="R206",
    name="reference-cuts-count",
    severity=Severity.ERROR,
    message="{item} has {count} cut points, where {marks} marks need {wanted}",
    hint="give one cut point between each mark and the next; an indicator of yes or no has none",
    explanation="A cut point divides two neighbouring marks, so there is one fewer than there are marks.",
)
REFERENCE_CUTS_ORDER = Code(
    id="R207",
    name="reference-cuts-order",
    severity=Severity.ERROR,
    message="the cut points of {item} do not increase: {second} follows {first}",
    hint="write them from the smallest to the largest, also where lower is better",
    explanation=(
        "Cut points are written in increasing order; the direction says which end is the better one."
    ),
)
REFERENCE_CUTS_EQUAL = Code(
    id="R208",
    name="reference-cuts-equal",
    severity=Severity.WARNING,
    message="{item} has the cut point {cut} twice, so the mark between them is never given",
    hint="check the cut points",
    explanation="Two equal cut points leave nothing between them. A value on both has reached both.",
)
REFERENCE_UNIT_DIFFERS = Code(
    id="R209",
    name="reference-unit-differs",
    severity=Severity.ERROR,
    message="the cut points of {item} are in {stated}, and its values in {unit}",
    hint="convert the cut points, or correct the unit",
    explanation=(
        "A value is compared with the cut points as both stand. In two units every mark would be wrong."
    ),
)
REFERENCE_DIRECTION_DIFFERS = Code(
    id="R210",
    name="reference-direction-differs",
    severity=Severity.WARNING,
    message="{item} improves by the reference as {stated}, by the questionnaire as {direction}",
    hint="make sure that the reference is right; its direction counts",
    explanation="The direction decides which end of the values gets the highest mark.",
)
REFERENCE_DIRECTION_OPEN = Code(
    id="R211",
    name="reference-direction-open",
    severity=Severity.WARNING,
    message="nothing says which way {item} improves, so no value of it is marked",
    hint="give its direction in the reference file",
    explanation=(
        "The questionnaire leaves the direction open. Until the reference file says it, the indicator is "
        "read as one without ranges; that is no reason for missing coverage."
    ),
)
REFERENCE_RANGE_TWICE = Code(
    id="R212",
    name="reference-range-twice",
    severity=Severity.ERROR,
    message="{item} has two ranges for the same entities; the other is in line {line}",
    hint="keep one of the two",
    explanation=(
        "For each indicator there is one range for the country and one for each group, else nobody could "
        "tell which counts."
    ),
)
REFERENCE_CUT_IMPLAUSIBLE = Code(
    id="R213",
    name="reference-cut-implausible",
    severity=Severity.WARNING,
    message="the cut point {cut} of {item} is outside what is plausible for its values",
    hint="check the cut point and the unit",
    explanation=(
        "No plausible value lies beyond it, so a mark would never be given. The cut point was taken as it is."
    ),
)
REFERENCE_SOURCE_MISSING = Code(
    id="R214",
    name="reference-source-missing",
    severity=Severity.WARNING,
    message="ranges without a source or a year: {count} ({items})",
    hint="say where the cut points come from and which year they describe",
    explanation="Cut points decide marks. Whoever is marked by them may ask where they come from.",
)
REFERENCE_UNFILLED = Code(
    id="R215",
    name="reference-unfilled",
    severity=Severity.NOTE,
    message="ranges that have no cut points yet: {count} ({items})",
    hint="fill them in, or leave these indicators to their other marks",
    explanation="An indicator without cut points is read as one that the reference does not cover.",
)
REFERENCE_OF_ANOTHER = Code(
    id="R216",
    name="reference-of-another",
    severity=Severity.ERROR,
    message="the reference ranges are for {stated}, not for {questionnaire}",
    hint="give those of this questionnaire, or the questionnaire that they are for",
    explanation=(
        "Indicators and marks differ from one edition to the next, so ranges hold for the edition that "
        "they name."
    ),
)
REFERENCE_EXAMPLE = Code(
    id="R217",
    name="reference-example",
    severity=Severity.WARNING,
    message="the reference ranges {name} are an example: their marks mean nothing",
    hint="give ranges of your own before you publish anything",
    explanation=(
        "The cut points are invented, to show what a reference file looks like. Every document that is "
        "made with them says so."
    ),
)
REFERENCE_NOT_COVERING = Code(
    id="R218",
    name="reference-not-covering",
    severity=Severity.NOTE,
    message="indicators that the reference ranges do not cover: {count} of {total} ({items})",
    hint=(
        "on the basis auto they keep their criterion mark, or the entity's own where the questionnaire "
        "has no criteria"
    ),
    explanation=(
        "Each indicator is marked in one way for everyone: by its range where there is one, else as the "
        "basis says."
    ),
)
REFERENCE_COVERS_SOME = Code(
    id="R219",
    name="reference-covers-some",
    severity=Severity.WARNING,
    message="{item} has a range for {count} of {total} entities only",
    hint="add a range for the country, or one for every group",
    explanation=(
        "Where some entities are marked by their value and others by a criterion, their marks cannot be "
        "compared in a ranking."
    ),
)
REFERENCE_GROUP_MISSING = Code(
    id="R220",
    name="reference-group-missing",
    severity=Severity.ERROR,
    message="ranges depend on {grouping}, which is no column of the list of entities",
    hint="give the list with --entities, with a column of this name",
    explanation="Ranges of a group hold for the entities whose list has that group in its column.",
)
REFERENCE_EMPTY = Code(
    id="R221",
    name="reference-empty",
    severity=Severity.ERROR,
    message="the reference file has no range",
    hint="add a range for each indicator that is to be marked by its value",
    explanation="Without a range nothing can be marked.",
)
RANGE_WITHOUT_REFERENCE = Code(
    id="R222",
    name="range-without-reference",
    severity=Severity.ERROR,
    message="the basis range was asked for, and no reference ranges were given",
    hint="give them with --reference FILE, or choose the basis auto",
    explanation=(
        "On the basis range only reference ranges give marks; without them no indicator would have any."
    ),
)
REFERENCE_SAMPLE_SMALL = Code(
    id="R223",
    name="reference-sample-small",
    severity=Severity.WARNING,
    message="ranges calibrated on fewer than {wanted} entities: {count} ({items})",
    hint="calibrate them again when more entities have sent values",
    explanation="Cut points from a small sample move much with each entity that joins it.",
)
REFERENCE_TEXTS_DIFFER = Code(
    id="R224",
    name="reference-texts-differ",
    severity=Severity.ERROR,
    message="the rows of the table say different things about {key}",
    hint="write the same in every row",
    explanation="In a table the id, the version and the questionnaire of the whole stand in every row.",
)
REFERENCE_UNUSED = Code(
    id="R225",
    name="reference-unused",
    severity=Severity.WARNING,
    message="reference ranges were given, and the basis {basis} does not read values",
    hint="choose the basis auto or range, or leave the reference ranges out",
    explanation=(
        "Under criterion and self the marks that the entity gave itself count, whatever the values are."
    ),
)
REFERENCE_GROUPS_OVERLAP = Code(
    id="R226",
    name="reference-groups-overlap",
    severity=Severity.WARNING,
    message="more than one group has a range of {item} that holds for {entity}: {groups}; the first counts",
    hint="give the ranges of an indicator by groups of one column",
    explanation=(
        "A range for a group comes before that for everybody. Between groups of several columns nothing "
        "decides but the names of the columns, in alphabetical order, which hardly anybody means."
    ),
)
