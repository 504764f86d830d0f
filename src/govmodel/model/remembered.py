"""What was found of a thing, kept for those who ask again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def remembered(most: int) -> Callable[[Function], Function]:
    """For a function of a frozen thing (and of what can be hashed, given by place): asked again of the very
    same thing, it gives the same answer, and nobody hashes all that is in it. `most`: answers that are kept.
    """

    def of(function: Function) -> Function:
        if function.__code__.co_argcount == 1:
            return _of_one(function, most)
        kept: dict[tuple[Hashable, ...], tuple[object, Any]] = {}

        @wraps(function)
        def asked(thing: object, *more: Hashable) -> Any:
            key = (id(thing), *more)
            known = kept.get(key)
            if known is None or known[0] is not thing:
                if len(kept) >= most:
                    kept.clear()
                known = kept[key] = thing, function(thing, *more)
            return known[1]

        return asked  # type: ignore[return-value]

    return of


def _of_one(function: Function, most: int) -> Function:
    """The same of a function of the thing alone, which most are."""
    kept: dict[int, tuple[object, Any]] = {}

    @wraps(function)
    def asked(thing: object) -> Any:
        known = kept.get(id(thing))
        if known is None or known[0] is not thing:
            if len(kept) >= most:
                kept.clear()
            known = kept[id(thing)] = thing, function(thing)
        return known[1]

    return asked  # type: ignore[return-value]
