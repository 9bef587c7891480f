"""E4: the folder of a round."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

ROUND_WITHOUT_LIST = Code(
    id="E401",
    name="round-without-list",
    severity=Severity.ERROR,
    message="there is no list of entities in this folder",
    hint="give the folder of the round, with entidades.csv in it; cti round new makes one",
    explanation=(
        "Who has answered can only be told from who was asked. The folder of a round holds the list of its "
        "entities as entidades.csv or entities.csv (or xlsx), beside the workbooks that went out and those "
        "that came back."
    ),
)
