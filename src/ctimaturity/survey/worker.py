"""What a worker does with a part of an export: tell who answered, or count what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from ctimaturity.files.refusal import Refusal
from ctimaturity.survey.columns import Role
from ctimaturity.survey.counts import read_counts
from ctimaturity.survey.header import Shape
from ctimaturity.survey.long import read_long
from ctimaturity.survey.part import Identities, PartResult
from ctimaturity.survey.quality import identity_hashes, person_hashes
from ctimaturity.survey.source import Source
from ctimaturity.survey.wide import read_wide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.survey.part import PartTask


def read_part(task: PartTask) -> PartResult | Diagnostic:
    """Count what a part says; a finding where it cannot be read."""
    try:
        source = Source(task)
        shape = source.header.shape
        if shape is Shape.WIDE:
            # Several processes share the cores; threads of the matrix library would only get in their way.
            with threadpool_limits(limits=1, user_api="blas"):
                return read_wide(task, source)
        if shape is Shape.LONG:
            return read_long(task, source)
        if shape is Shape.NONE:
            return PartResult(source.names, source.sheet)
        return read_counts(task, source)
    except Refusal as refusal:
        return refusal.diagnostic


def scan_part(task: PartTask) -> Identities:
    """Tell who answered, without telling anybody: only keyed hashes leave the worker.

    What cannot be read is found when the part is counted.
    """
    submissions: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)]
    people: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)]
    try:
        source = Source(task)
        header = source.header
        submission, local = header.first(Role.SUBMISSION), header.first(Role.RESPONDENT)
        entity = header.first(Role.ENTITY)
        for block in source.blocks() if header.shape is Shape.WIDE else ():
            entities = block.texts(entity) if entity is not None else [""] * block.rows
            nobody = np.zeros(block.rows, dtype=np.uint64)
            found = nobody
            if submission is not None:
                found = identity_hashes(block.texts(submission), [""] * block.rows, task.key)
            elif local is not None:
                inside = [f"{task.path}\0{each}" for each in entities]
                found = identity_hashes(block.texts(local), inside, task.key)
            submissions.append(found)
            persons = nobody
            for column in header.all(Role.PERSON):
                hashes = person_hashes(block.texts(column), entities, task.key)
                persons = np.where(persons == 0, hashes, persons)
            people.append(persons)
    except Refusal:
        return Identities(np.zeros(0, np.uint64), np.zeros(0, np.uint64))
    return Identities(np.concatenate(submissions), np.concatenate(people))
