"""W26: returned workbooks that say two things of themselves, and are held apart."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TWO_ENTITIES = Code(
    id="W260",
    name="two-entities",
    severity=Severity.ERROR,
    message="the workbook holds what belongs to two entities, here and in {other}; it is held apart",
    hint="send a workbook of each entity, with its own cover and its own answers",
    explanation=(
        "Two covers, or two hidden sheets, have the codes of different entities: sheets of two workbooks "
        "were put together. Nobody can tell whose answers stand on which sheet, so the workbook counts for "
        "no entity, and nothing of it is united with, or held against, what these entities have sent."
    ),
)

IDENTITY_CONTRADICTS = Code(
    id="W261",
    name="identity-contradicts",
    severity=Severity.ERROR,
    message="the cover says {said}, and the workbook was made as {made} ({other}); it is held apart",
    hint="copy the answers into the workbook that was sent for this round, with its own cover",
    explanation=(
        "Edition, version, language or round on the cover are not those of the workbook: a cover was pasted "
        "from another one, or written over. Nobody can tell which of the two was answered, so the workbook "
        "counts for no entity until that is settled. With --keep it counts as what it was made as."
    ),
)

OTHER_ROUND = Code(
    id="W262",
    name="other-round",
    severity=Severity.ERROR,
    message="the workbook was made for the round {said}, not for {wanted}; it is held apart",
    hint="send the workbook of this round",
    explanation=(
        "--round says which round is scored, and the workbook was made for another one: most often an "
        "earlier workbook was sent again. Its answers are not counted, and nothing of it is united with "
        "what the entity has sent in this round. With --keep it counts."
    ),
)

ROUND_DIFFERS = Code(
    id="W263",
    name="round-differs",
    severity=Severity.WARNING,
    message="the workbook says the round {said}, and --round says {wanted}",
    hint="check that the answers are of this round",
    explanation="The name on the cover was typed by hand, so the answers were counted.",
)

ROUNDS_MIXED = Code(
    id="W264",
    name="rounds-mixed",
    severity=Severity.WARNING,
    message="the workbooks were made for different rounds: {rounds}",
    hint="say with --round which of them is meant, or take the others out",
    explanation=(
        "Entities are ranked within one round. Without --round nothing says which one it is, so all "
        "workbooks were counted."
    ),
)

COPIES_OF_TWO_ROUNDS = Code(
    id="W265",
    name="copies-of-two-rounds",
    severity=Severity.ERROR,
    message="{file} is of the same entity, made for another round: {said} there, {made} here",
    hint="say which of them counts, and take the other out",
    explanation=(
        "Copies of one entity's workbook are united, but answers of different rounds are not one set of "
        "answers. Neither time nor order decides which is meant; --round or --keep does."
    ),
)

IDENTITY_KEPT = Code(
    id="W266",
    name="identity-kept",
    severity=Severity.WARNING,
    message="the cover says {said}, and the workbook counts as what it was made as, {made} ({other})",
    hint="check that the answers are those to {made}",
    explanation="--keep named the workbook, so it is not held apart (W261).",
)

ROUND_KEPT = Code(
    id="W267",
    name="round-kept",
    severity=Severity.WARNING,
    message="the workbook was made for the round {said}, and counts for {wanted}",
    hint="check that the answers are of this round",
    explanation="--keep named the workbook, so it is not held apart (W262).",
)

COPY_LEFT_OUT = Code(
    id="W268",
    name="copy-left-out",
    severity=Severity.WARNING,
    message="the workbook was left out: it was made for the round {made}, and that of {file} was kept",
    hint="take it out of the folder",
    explanation=(
        "--keep named a copy of the same entity that was made for another round (W265); answers of different "
        "rounds are never united."
    ),
)
