"""Which items of two definitions mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.route import Links, within_edition

if TYPE_CHECKING:
    from ctimaturity.definitions.library import Library
    from ctimaturity.model.questionnaire import Questionnaire


def links_between(library: Library, old: Questionnaire, new: Questionnaire) -> Links | None:
    """By their ids within one edition, else by a crosswalk; None where nothing says it.

    Args:
        library: Where crosswalks are.
        old: What was answered.
        new: What the answers are taken over to.
    """
    if (old.id, old.edition) == (new.id, new.edition):
        return within_edition(old, new)
    return None
