"""E: entities, their codes and lists."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

ENTITY_CODE_MISSING = Code(
    id="E101",
    name="entity-code-missing",
    severity=Severity.ERROR,
    message="the workbook does not say which entity it is from",
    hint="write the entity's code on the cover{offer}",
    explanation=(
        "Names of municipalities are not unique, so only the code decides who has answered. A workbook "
        "without a readable code has no row in the index and appears in the findings only."
    ),
)
ENTITY_CODE_UNREADABLE = Code(
    id="E102",
    name="entity-code-unreadable",
    severity=Severity.ERROR,
    message=(
        "the entity's code is not one of a department (one or two digits) nor of a municipality (four or "
        "five)"
    ),
    hint=(
        "write the DIVIPOLA code, such as 05 for a gobernación or 05001 for an alcaldía, or the code of "
        "your list"
    ),
    explanation=(
        "Spreadsheets drop the zero in front of 05001, which can be put back. Three digits could be "
        "several codes, and anything but digits is no code of DIVIPOLA, so nothing is guessed."
    ),
)
ENTITY_CODE_UNKNOWN = Code(
    id="E103",
    name="entity-code-unknown",
    severity=Severity.ERROR,
    message="there is no entity with the code {entity}",
    hint="check the code{offer}, or give a list of entities that has it",
    explanation=(
        "The code is neither in the list of entities that was given nor one of those that the questionnaire "
        "says its entities have, such as DIVIPOLA's, as far as the package carries them. A list of your own "
        "may add any code."
    ),
)
ENTITY_NOT_GOVERNED = Code(
    id="E104",
    name="entity-not-governed",
    severity=Severity.ERROR,
    message="{entity} ({name}) has no alcaldía",
    hint="use the code of its gobernación, {department}",
    explanation=(
        "San Andrés island and the areas that are no municipality are governed by their department, so "
        "they cannot answer as an alcaldía."
    ),
)
ENTITY_CODE_COMPLETED = Code(
    id="E105",
    name="entity-code-completed",
    severity=Severity.NOTE,
    message="the entity's code was read as {entity}",
    hint="write codes as text, with the zero in front",
    explanation=(
        "Spreadsheets take a code for a number: the zero in front is lost, or a thousands mark appears. "
        "The code was completed to the two digits of a department or the five of a municipality; 11 is "
        "Bogotá, D.C., 11001."
    ),
)
ENTITY_NAME_DIFFERS = Code(
    id="E106",
    name="entity-name-differs",
    severity=Severity.WARNING,
    message="the name beside the code {entity} is not that of {name}",
    hint="check the code{offer}",
    explanation=(
        "The code decides and the name was passed over; but a name that does not belong to the code may "
        "mean that the code is that of another entity."
    ),
)
ENTITY_TYPE_DIFFERS = Code(
    id="E107",
    name="entity-type-differs",
    severity=Severity.WARNING,
    message="the type of entity on the cover is not that of {entity}, which is {type}",
    hint="correct the cover or the list of entities",
    explanation=(
        "The type decides which items can exist for an entity. It comes from the list of entities, else "
        "from the code, and from the cover only where neither says it."
    ),
)
ENTITY_NOT_LISTED = Code(
    id="E108",
    name="entity-not-listed",
    severity=Severity.WARNING,
    message="{entity} ({name}) is not in the list of entities",
    hint="add it to the list, or take its workbook out",
    explanation=(
        "A workbook came back from an entity that the list does not name. It is scored like the others; it "
        "has no groups."
    ),
)
ENTITY_CODES_DISAGREE = Code(
    id="E109",
    name="entity-codes-disagree",
    severity=Severity.WARNING,
    message="the cover says {entity}, but the workbook was made for {issued}",
    hint="check that the answers are those of {entity}",
    explanation=(
        "The workbook was issued for one entity and its cover names another. --keep named the file, so its "
        "answers count for the entity of the cover; without it the workbook is held apart (E110)."
    ),
)
ENTITY_OF_ANOTHER_TEMPLATE = Code(
    id="E110",
    name="entity-of-another-template",
    severity=Severity.ERROR,
    message="the cover says {entity}, and the workbook was made for {issued}; it is held apart",
    hint=(
        "send the answers in the workbook that was made for the entity that gives them, with its own code "
        "and name"
    ),
    explanation=(
        "The code that a workbook was made for and the code on its cover are of two entities: one has used "
        "the workbook of the other, or the code was mistyped. Nobody can tell from the file which, so it "
        "counts for neither; nothing of it is united with, or held against, what these entities have sent. "
        "With --keep the file counts as its cover says."
    ),
)
ENTITY_NAME_OF_ANOTHER = Code(
    id="E111",
    name="entity-name-of-another",
    severity=Severity.ERROR,
    message="the code {entity} is that of {name}, and the name beside it that of {other}; it is held apart",
    hint="write the code and the name of the entity that answers",
    explanation=(
        "The name on the cover is exactly that of another entity than its code's. A code is easily mistyped "
        "and a name is not, so neither is taken: the workbook counts for no entity until somebody says "
        "whose it is. With --keep it counts as its code says. A name that is only spelt otherwise is a "
        "warning (E106)."
    ),
)
ENTITY_CODE_NOT_ISO = Code(
    id="E112",
    name="entity-code-not-iso",
    severity=Severity.ERROR,
    message="the entity's code is not one of a country",
    hint="write the country's code of ISO 3166 that the cover asks for, such as CO or COL{offer}",
    explanation="The questionnaire says that its entities are countries, by their codes of ISO 3166.",
)
ENTITY_CODE_UNUSABLE = Code(
    id="E113",
    name="entity-code-unusable",
    severity=Severity.ERROR,
    message="the entity's code holds characters that a code cannot have",
    hint="use letters, digits, and - . _ between them, 32 at most",
    explanation="Codes become names of files and keys of tables, so they are kept plain.",
)
SURVEY_OF_ANOTHER = Code(
    id="E114",
    name="survey-of-another",
    severity=Severity.ERROR,
    message="rows of the survey are of {entity}, and the file was given for {issued}; they count for neither",
    hint="give the file without a code in front, or with the code that its rows have",
    explanation=(
        "--survey CODE=FILE says whose the file is, and its column of entities says something else. One of "
        "the two is wrong, so the rows are not counted."
    ),
)
LIST_WITHOUT_CODES = Code(
    id="E201",
    name="list-without-codes",
    severity=Severity.ERROR,
    message="the list of entities has no column of codes",
    hint="give it a header row with code, name and type (codigo, nombre, tipo)",
    explanation=(
        "The first row of a list names its columns. One of them must be the code; a name and a type are "
        "wanted too; every other column is a group."
    ),
)
LIST_COLUMN_TWICE = Code(
    id="E202",
    name="list-column-twice",
    severity=Severity.ERROR,
    message="the list of entities has two columns for {column}",
    hint="keep one of them",
    explanation="Two columns of one name cannot both be the group that ranks are given in.",
)
LIST_EMPTY = Code(
    id="E203",
    name="list-empty",
    severity=Severity.ERROR,
    message="the list of entities has no entity",
    hint="give each entity a row below the header",
    explanation="A list that names nobody can neither add groups nor say who has not answered.",
)
LIST_CODE_MISSING = Code(
    id="E204",
    name="list-code-missing",
    severity=Severity.ERROR,
    message="a row of the list of entities has no code",
    hint="write the code, or delete the row",
    explanation="A row without a code belongs to nobody.",
)
LIST_CODE_TWICE = Code(
    id="E205",
    name="list-code-twice",
    severity=Severity.ERROR,
    message="{entity} stands twice in the list of entities, first in line {first}",
    hint="keep one of the rows",
    explanation="Two rows may differ in name, type or group, and nothing says which one holds.",
)
LIST_TYPE_UNKNOWN = Code(
    id="E206",
    name="list-type-unknown",
    severity=Severity.ERROR,
    message="the type of {entity} is not one that is known",
    hint="write one of: {types}",
    explanation=(
        "The type decides which items can exist for an entity. For `other` everything applies. Where the "
        "list has no type, the code says it."
    ),
)
LIST_POPULATION_UNREADABLE = Code(
    id="E207",
    name="list-population-unreadable",
    severity=Severity.ERROR,
    message="the population of {entity} in the column {column} is not a whole number",
    hint="write digits only, without marks for thousands",
    explanation=(
        "Populations by segment become design weights of the perception survey. People are counted whole; "
        "12.000 may be twelve or twelve thousand, and is not guessed."
    ),
)
LIST_SEGMENT_UNKNOWN = Code(
    id="E208",
    name="list-segment-unknown",
    severity=Severity.ERROR,
    message="the column {column} names no segment of the questionnaire",
    hint="use one of: {segments}",
    explanation="Populations are given by segment of respondents, with the segment's id after `population:`.",
)
LIST_ROW_TOO_LONG = Code(
    id="E209",
    name="list-row-too-long",
    severity=Severity.ERROR,
    message="a row of the list of entities has more cells than the header",
    hint="give the column a name, or delete the cell; names with a comma need quotation marks",
    explanation="A cell without a column's name most often means that a comma has moved everything after it.",
)
LIST_CODE_UNUSABLE = Code(
    id="E210",
    name="list-code-unusable",
    severity=Severity.ERROR,
    message="a code of the list of entities holds characters that a code cannot have",
    hint="use letters, digits, and - . _ between them, 32 at most",
    explanation="Codes become names of files and keys of tables, so they are kept plain.",
)
LIST_POPULATION_DRESSED = Code(
    id="E313",
    name="list-population-dressed",
    severity=Severity.WARNING,
    message=(
        "the population of {entity} in the column {column} is written with more than its digits; {number} "
        "was read"
    ),
    hint="write digits only, without marks for thousands",
    explanation="People are counted whole, so 12.500 and 1,234,567 have one reading only.",
)
LIST_CODE_NOT_ISO = Code(
    id="E211",
    name="list-code-not-iso",
    severity=Severity.ERROR,
    message="a code of the list of entities is not one of a country",
    hint="write the country's code of ISO 3166, such as CO or COL, as the questionnaire says it",
    explanation="The questionnaire says that its entities are countries, by their codes of ISO 3166.",
)
