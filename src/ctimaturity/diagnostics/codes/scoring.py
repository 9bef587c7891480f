"""S: scoring."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

NOTHING_TO_WEIGH = Code(
    id="S101",
    name="nothing-to-weigh",
    severity=Severity.ERROR,
    message="the measurements to score have no weight in the index: {names}",
    hint="name a measurement that has a weight in the questionnaire",
    explanation=(
        "The index is a weighted mean of the measurements. Where all those that are scored weigh 0 there "
        "is no index and nobody can be ranked."
    ),
)
MEASUREMENT_MISSING = Code(
    id="S201",
    name="measurement-missing",
    severity=Severity.WARNING,
    message="{entity} has no score in {measurement}, so it has no index",
    hint="send the sheet or the survey that is missing, or score everyone without it with --measurements",
    explanation=(
        "The index needs every measurement. Where nothing was answered, or everything was left without "
        "data, there is no score; the bounds still say what the index may become. Nothing is renormalised "
        "for one entity alone."
    ),
)
COVERAGE_TOO_LOW = Code(
    id="S202",
    name="coverage-too-low",
    severity=Severity.WARNING,
    message=(
        "{entity} has answered {value} % of {node} in {measurement}, less than the {threshold} % asked for"
    ),
    hint="answer what is blank or without data there",
    explanation=(
        "Coverage is the weighted share of what applies that was answered. Below the thresholds of the "
        "questionnaire an entity is not ranked, or has no index at all: leaving out must never pay."
    ),
)
EXCLUDED_TOO_MUCH = Code(
    id="S203",
    name="excluded-too-much",
    severity=Severity.WARNING,
    message="{entity} leaves {value} % of {node} in {measurement} out of its mean, more than {threshold} %",
    hint="find the figures that are said to be without data; ask for answers instead of don't know",
    explanation=(
        "No data, a chosen not applicable and don't know are left out of the mean. Where much is left out "
        "the mean speaks of something else than that of the other entities."
    ),
)
RESPONDENTS_TOO_FEW = Code(
    id="S204",
    name="respondents-too-few",
    severity=Severity.WARNING,
    message="{entity} has {value} respondents in {measurement}, fewer than {threshold}",
    hint="ask more people",
    explanation=(
        "A mean of few respondents has a large sampling error, so the entity is not ranked; documents "
        "show the interval of its index and not its point."
    ),
)
SEGMENT_TOO_SMALL = Code(
    id="S205",
    name="segment-too-small",
    severity=Severity.WARNING,
    message="{entity} has {value} respondents of {node} in {measurement}, fewer than {threshold}",
    hint="ask more people of this segment",
    explanation=(
        "Each segment of the inhabitants needs a voice of its own; any segment that falls short is enough."
    ),
)
SEGMENT_TOO_LARGE = Code(
    id="S206",
    name="segment-too-large",
    severity=Severity.WARNING,
    message=(
        "{value} % of the respondents of {entity} in {measurement} are of {node}, more than {threshold} %"
    ),
    hint="ask more people of the other segments",
    explanation=(
        "Respondents count equally, so a survey of mostly one segment tells what that segment thinks."
    ),
)
ANSWERS_TOO_FEW = Code(
    id="S207",
    name="answers-too-few",
    severity=Severity.WARNING,
    message=(
        "{entity} has too few answers to {count} statements of {measurement}: "
        "{value} to {node}, fewer than {threshold}"
    ),
    hint="ask more people, or find out why these statements were left blank",
    explanation=(
        "The mean of a statement rests on the respondents who answered it; any statement is enough."
    ),
)
ALL_ANSWERS_TOO_FEW = Code(
    id="S208",
    name="all-answers-too-few",
    severity=Severity.WARNING,
    message=(
        "{entity} has at most {value} answers to any statement of {measurement}, fewer than {threshold}"
    ),
    hint="ask more people",
    explanation=(
        "Every statement has fewer answers than the questionnaire asks for: the survey is too small."
    ),
)
REFERENCE_WINS = Code(
    id="S301",
    name="reference-wins",
    severity=Severity.WARNING,
    message="{item} is marked {mark} by its value, where the entity stated {stated}",
    hint="check the value, its unit and the stated mark",
    explanation=(
        "Where the value of an indicator falls in its reference ranges decides its mark, the same way for "
        "everyone; the entity's own range mark is kept beside it."
    ),
)
BLANK_BESIDE_ENTRIES = Code(
    id="S302",
    name="blank-beside-entries",
    severity=Severity.WARNING,
    message="{item} is blank where the scoring reads it ({basis}), though other cells of it are filled",
    hint="fill the cell that counts: the value under range, the mark under criterion and self",
    explanation=(
        "The state of an indicator is that of the cell which the basis of the scoring reads. Empty is "
        "blank and counts as the questionnaire says, whatever stands in the other cells."
    ),
)
VALUE_NOT_MARKED = Code(
    id="S303",
    name="value-not-marked",
    severity=Severity.WARNING,
    message="the value of {item} cannot be marked by its reference range",
    hint="check the value; a reference file may have to give the direction or the cut points",
    explanation=(
        "The direction is ambiguous, a base year of 0 gives no growth, or a yes or no is neither. The "
        "indicator is read like one that the reference does not cover."
    ),
)
NOT_IN_REFERENCE = Code(
    id="S304",
    name="not-in-reference",
    severity=Severity.WARNING,
    message="no reference range covers {item}, so on the basis range it has no mark",
    hint="add it to the reference file, or score on the basis auto",
    explanation=(
        "On the basis range only reference ranges give marks. An indicator without one is left out of the "
        "mean, and its coverage is 0, for every entity that the range does not cover."
    ),
)
UNKNOWN_SEGMENT_UNWEIGHTED = Code(
    id="S305",
    name="unknown-segment-unweighted",
    severity=Severity.WARNING,
    message="{count} respondents of {entity} in {measurement} have no known segment and no design weight",
    hint="say the segment of each respondent, or leave the populations out of the entity list",
    explanation=(
        "With the population of each segment the means of the segments are weighted by it. Respondents "
        "whose segment is not known have no weight: they count in the coverage, not in the mean."
    ),
)
SEGMENT_WITHOUT_ANSWERS = Code(
    id="S306",
    name="segment-without-answers",
    severity=Severity.WARNING,
    message="no respondent of {segment} of {entity} answered {item}, so its population has no weight there",
    hint="ask this segment, or read the mean as one of the other segments",
    explanation=(
        "With design weights a segment without answers to a statement drops out of the weights of its mean."
    ),
)
