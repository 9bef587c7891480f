"""Which items of two definitions mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.route import Links, within_edition

if TYPE_CHECKING:
    from ctimaturity.definitions.library import Library
    from ctimaturity.model.questionnaire import Questionnaire


def links_between(library: Library, old: Questionnaire, new: Questionnaire) -> Links | None:
    """By their ids within one edition, else by a crosswalk, in whichever direction it is written.

    How answers are rescaled holds only in the direction in which it is written.

    Args:
        library: Where crosswalks are.
        old: What was answered.
        new: What the answers are taken over to.

    Returns:
        None where nothing says which items are the same.

    Raises:
        JobError: The crosswalk has mistakes.
    """
    if old.id != new.id:
        return None
    if old.edition == new.edition:
        return within_edition(old, new)
    crosswalk = library.crosswalk(new.id, old.edition, new.edition)
    if crosswalk is not None:
        return Links(
            same={link.new: link.old for link in crosswalk.same},
            near={link.new: link.old for link in crosswalk.near},
            rescale={(each.old, each.new): each.options for each in crosswalk.scales},
        )
    backwards = library.crosswalk(new.id, new.edition, old.edition)
    if backwards is None:
        return None
    return Links(
        same={link.old: link.new for link in backwards.same},
        near={link.old: link.new for link in backwards.near},
    )
