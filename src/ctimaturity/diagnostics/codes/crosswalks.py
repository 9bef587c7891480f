"""Q: crosswalks between the editions of an instrument."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

LINK_UNKNOWN = Code(
    id="Q801",
    name="link-unknown",
    severity=Severity.ERROR,
    message="{id} is nothing that the edition {edition} asks",
    hint="name an item; of the earlier edition a node may be named as near",
    explanation="A crosswalk links what is there. Items on record that are not asked are in no crosswalk.",
)
LINKED_TWICE = Code(
    id="Q802",
    name="linked-twice",
    severity=Severity.ERROR,
    message="{id} is linked twice as the same, or as the same and as near",
    hint="keep one of the links",
    explanation=(
        "An item is the same as one item at most. It can be near several, but not near what it is the same "
        "as."
    ),
)
SAME_WITH_OTHER_TEXT = Code(
    id="Q803",
    name="same-with-other-text",
    severity=Severity.ERROR,
    message="{id} is called the same, but its text is not that of the edition {edition}",
    hint="give both the same text, or call them near",
    explanation=(
        "An id names a construct and has one text. Where an edition words it differently in substance, "
        "answers of the one are not compared with those of the other."
    ),
)
SHARED_ID_NOT_LINKED = Code(
    id="Q804",
    name="shared-id-not-linked",
    severity=Severity.ERROR,
    message="{id} stands in both editions, but the crosswalk says nothing about it",
    hint="call it the same or near",
    explanation=(
        "Whoever sees one id in two editions takes it for one thing. The crosswalk says whether it is."
    ),
)
RESCALING_UNKNOWN = Code(
    id="Q805",
    name="rescaling-unknown",
    severity=Severity.ERROR,
    message="{id} is no scale or option of the edition {edition}",
    hint="name scales of the two editions and codes of their options",
    explanation="Answers are rescaled only as the crosswalk says, option by option.",
)
CROSSWALK_NAME = Code(
    id="Q806",
    name="crosswalk-name",
    severity=Severity.ERROR,
    message="the file should be called {name}",
    hint="rename it, or correct id, from and to",
    explanation=(
        "A crosswalk is found by its name: the two editions, in the folder crosswalks of the instrument."
    ),
)
NO_CROSSWALK = Code(
    id="Q807",
    name="reworded-without-crosswalk",
    severity=Severity.ERROR,
    message="{id} has another text in the edition {edition}, and no crosswalk calls the two near",
    hint="give it an id of its own, or write a crosswalk between the two editions",
    explanation=(
        "An id never changes its meaning. The same id with another text is either the same construct, "
        "worded alike, or one that is near, which a crosswalk says."
    ),
)
