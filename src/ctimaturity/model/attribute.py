"""Values of things by the names of their attributes: how a column or a record says where they come from."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Source = TypeVar("Source")


def getter(get: str | Callable[[Source], Any]) -> Callable[[Source], Any]:
    """What gets a value: a function as it is, or a path of attributes in which the first may be None."""
    if not isinstance(get, str):
        return get
    first, _, rest = get.partition(".")
    if not rest:
        return attrgetter(first)
    whole, part = attrgetter(first), attrgetter(rest)
    return lambda source: None if (value := whole(source)) is None else part(value)


def attributes(thing: object, *names: str) -> dict[str, Any]:
    """What of a thing stands in a record under its own name, in this order."""
    return {name: getattr(thing, name) for name in names}
