"""Names that a call gives (readings, options, checks, verbs, matters), held against those there are."""

from __future__ import annotations

from collections.abc import Iterable

from govmodel.errors import InputError, Mark, Problem
from govmodel.model.rules import Reading, Rulebook
from govmodel.reading import complete

CALL = Mark("command line")
"""Where a name that the call gives stands."""


def wrong(message: str, help: str = "") -> InputError:
    """One thing that is wrong with the call."""
    return InputError((Problem(CALL, "unknown-name", message, help),))


def unknown(says: str, name: str, names: Iterable[str]) -> Problem:
    """A name that is none of these, with the nearest one, or all of them where none is near."""
    import difflib

    listed = tuple(names)
    near = difflib.get_close_matches(name, listed, n=1, cutoff=0.5)
    if near:
        return Problem(CALL, "unknown-name", f"{says} {name!r}; did you mean {near[0]!r}?")
    return Problem(CALL, "unknown-name", f"{says} {name!r}", f"There are {', '.join(listed) or 'none'}.")


def known_reading(rulebook: Rulebook, reading: Reading) -> dict[str, str]:
    """The same partial reading with every name and option known, and all of them sensible together.

    Raises:
        InputError: with everything that is wrong with it.
    """
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for raw, given in reading.items():
        name, option = raw.strip().replace("_", "-"), given.strip().replace("_", "-")
        ambiguity = rulebook.ambiguities.get(name)
        if ambiguity is None:
            problems.append(unknown(f"{rulebook.id} has no reading", name, rulebook.ambiguities))
            continue
        options = [o for o, _ in ambiguity.options]
        if option not in options:
            problems.append(unknown(f"the reading {name} has no option", option, options))
        found[name] = option
    if problems:
        raise InputError(problems)
    whole = complete(rulebook, found)
    for name, option in whole.items():
        for other, allowed in rulebook.ambiguities[name].only_with.get(option, {}).items():
            if whole[other] not in allowed:
                needs = f"{other} as {' or '.join(allowed)}, not {whole[other]}"
                raise wrong(f"{name}={option} makes sense only with {needs}")
    return found
