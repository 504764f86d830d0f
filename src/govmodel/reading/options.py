"""Readings as data: enumerate those a question depends on, and say in the fewest words which matter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import combinations, product
from operator import itemgetter

from govmodel.dataclass import dataclass
from govmodel.model.constitution import Gate
from govmodel.model.rules import AmbiguityRule, Reading, Rule, Rulebook

CAP = 4096
"""Readings enumerated at most; beyond, findings are stated as holding 'at least under these'."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of some ambiguities: every possible combination of their options, base first.

    `complete` is False when the cap cut the list. `options`: those of each ambiguity in their order, the
    base first; where it is left out, they come as in the list.
    """

    names: tuple[str, ...]
    all: tuple[Reading, ...]
    complete: bool
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def choosing(names: Iterable[str]) -> Callable[[Reading], Hashable]:
    """What a reading chooses for these ambiguities, as a key."""
    those = tuple(names)
    return itemgetter(*those) if those else lambda _: ()


def possible(ambiguities: Mapping[str, AmbiguityRule], reading: Reading) -> bool:
    """Whether the options chosen so far make sense together (`only_with`)."""
    for name, option in reading.items():
        needs = ambiguities[name].only_with
        wanted = needs.get(option, {}) if needs else {}
        if any(reading.get(other, allowed[0]) not in allowed for other, allowed in wanted.items()):
            return False
    return True


def entangled(ambiguities: Mapping[str, AmbiguityRule], names: Iterable[str]) -> tuple[str, ...]:
    """These ambiguities, then all others that `only_with` joins to them, whichever way and however far."""
    found = dict.fromkeys(names)
    pairs = [
        (a.name, other) for a in ambiguities.values() for needs in a.only_with.values() for other in needs
    ]
    while joined := [y for x, y in (*pairs, *((b, a) for a, b in pairs)) if x in found and y not in found]:
        found.update(dict.fromkeys(joined))
    return tuple(found)


def completion(
    ambiguities: Mapping[str, AmbiguityRule], chosen: Reading, names: Sequence[str]
) -> Reading | None:
    """What is chosen with the first options for `names` that make sense beside it, the base before the
    others; None: there are none."""
    if not possible(ambiguities, chosen):
        return None
    if not names:
        return chosen
    ambiguity = ambiguities[names[0]]
    for option in (ambiguity.base, *(o for o, _ in ambiguity.options if o != ambiguity.base)):
        found = completion(ambiguities, {**chosen, names[0]: option}, names[1:])
        if found is not None:
            return found
    return None


def mentioned(
    rulebook: Rulebook,
    about: Callable[[Rule], bool],
    seen: Callable[[Rule], object] | None = None,
    among: Iterable[Rule] | None = None,
) -> tuple[str, ...]:
    """The ambiguities that guard a rule of interest (`among` these, where not all), in the order in which
    the model declares them.

    `seen`: all that matters of a rule besides its gate. An ambiguity whose options leave the same to be
    seen, whatever is chosen of the others, is left out then.
    """
    own = [rule for rule in (rulebook.rules if among is None else among) if about(rule)]
    guards = {name for rule in own for name, _ in rule.gate}
    if not guards:
        return ()
    views = None if seen is None else [(seen(rule), rule.gate) for rule in own]
    return tuple(
        name
        for name, ambiguity in rulebook.ambiguities.items()
        if name in guards and (views is None or _tells_apart(ambiguity, views))
    )


def _tells_apart(ambiguity: AmbiguityRule, views: Sequence[tuple[object, Gate]]) -> bool:
    """Whether two options leave different things to be seen."""
    rows: list[tuple[tuple[str, ...] | None, object]] = []
    """By which options each is seen (None: by all), and what is then, with what else it depends on."""
    for place, (view, gate) in enumerate(views):
        needs = dict(gate)
        by = needs.pop(ambiguity.name, None)
        rows.append((by, place if by is None else (view, needs)))
    left = [[seen for by, seen in rows if by is None or option in by] for option, _ in ambiguity.options]
    return any(seen != left[0] for seen in left)


def readings(
    rulebook: Rulebook, names: Iterable[str], fixed: Reading | None = None, cap: int = CAP
) -> Readings:
    """Every possible reading of the ambiguities `names`, the base first, then in declared order: one that
    makes sense beside some reading of all others.

    `fixed` (from `--reading`) leaves one option of an ambiguity.
    """
    wanted = set(names)
    fixed = fixed or {}
    ordered = tuple(name for name in rulebook.ambiguities if name in wanted)
    choices: dict[str, tuple[str, ...]] = {}
    for name in ordered:
        ambiguity = rulebook.ambiguities[name]
        options = [option for option, _ in ambiguity.options]
        options.sort(key=lambda option, base=ambiguity.base: option != base)  # type: ignore[misc]
        choices[name] = (fixed[name],) if name in fixed else tuple(options)
    others = [n for n in entangled(rulebook.ambiguities, ordered) if n not in wanted and n not in fixed]
    choosy = {a.name: a.only_with for a in rulebook.ambiguities.values() if a.only_with}
    bound = {
        *choosy,
        *(other for needs in choosy.values() for allowed in needs.values() for other in allowed),
    }
    chosen = choosing(name for name in ordered if name in bound)
    sound: dict[Hashable, bool] = {}
    """Whether there is a completion, by the options of the ambiguities that `only_with` speaks of."""
    found: list[Reading] = []
    for picked in product(*choices.values()):
        reading = dict(zip(ordered, picked, strict=True))
        key = chosen(reading)
        if key not in sound:
            completed = completion(rulebook.ambiguities, {**fixed, **reading}, others)
            sound[key] = completed is not None
        if sound[key]:
            if len(found) == cap:
                return Readings(ordered, tuple(found), False, choices)
            found.append(reading)
    return Readings(ordered, tuple(found), True, choices)


def minimal(space: Readings, holds: Iterable[Reading]) -> tuple[Reading, ...]:
    """The minimal partial readings, any one of which suffices for something to hold.

    Every possible reading that agrees with one of them is among `holds`, and each of `holds` agrees
    with one. `({},)` means under all readings, `()` under none. Fewest words first, then as the model
    declares ambiguities and options, whatever else the readings of the space tell apart.
    """
    chosen = set(map(_row(space.names), holds))
    if not chosen:
        return ()
    if len(chosen) == len(space.all):
        return ({},)
    space, chosen = _relevant(space, chosen)
    yes = sum(1 << i for i, row in enumerate(map(_row(space.names), space.all)) if row in chosen)
    masks = {
        (name, option): sum(1 << i for i, reading in enumerate(space.all) if reading[name] == option)
        for name in space.names
        for option in _in_order(space, name)
    }
    everything = (1 << len(space.all)) - 1
    found: list[tuple[tuple[str, str], ...]] = []
    covered = 0
    for size in range(len(space.names) + 1):
        for subset in combinations(space.names, size):
            for picked in product(*[[k for k in masks if k[0] == name] for name in subset]):
                if any(set(smaller) <= set(picked) for smaller in found):
                    continue
                mask = everything
                for item in picked:
                    mask &= masks[item]
                if mask and not mask & ~yes:
                    found.append(picked)
                    covered |= mask
        if covered == yes:
            break
    return tuple(dict(items) for items in _irredundant(found, masks, everything, yes))


def _row(names: Sequence[str]) -> Callable[[Reading], tuple[str, ...]]:
    """What a reading chooses for these ambiguities, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda reading: tuple([reading[name] for name in names])


def _in_order(space: Readings, name: str) -> tuple[str, ...]:
    """The options of an ambiguity that some reading of the space takes."""
    taken = dict.fromkeys(reading[name] for reading in space.all)
    return tuple(option for option in space.options.get(name, taken) if option in taken)


def _relevant(space: Readings, chosen: set[tuple[str, ...]]) -> tuple[Readings, set[tuple[str, ...]]]:
    """The same question over those ambiguities only on which the answer depends."""
    others = set(map(_row(space.names), space.all)) - chosen
    names = list(space.names)
    for name in space.names:
        at = names.index(name)
        yes, no = ({row[:at] + row[at + 1 :] for row in rows} for rows in (chosen, others))
        if yes.isdisjoint(no):
            chosen, others = yes, no
            names.pop(at)
    order = dict.fromkeys(map(_row(names), space.all))
    kept = tuple(dict(zip(names, row, strict=True)) for row in order)
    return Readings(tuple(names), kept, space.complete, space.options), chosen


def _irredundant(
    found: list[tuple[tuple[str, str], ...]],
    masks: Mapping[tuple[str, str], int],
    everything: int,
    yes: int,
) -> list[tuple[tuple[str, str], ...]]:
    """Leave out the partial readings that the others cover, the wordiest first."""

    def mask_of(items: tuple[tuple[str, str], ...]) -> int:
        mask = everything
        for item in items:
            mask &= masks[item]
        return mask

    kept = list(found)
    for items in sorted(found, key=len, reverse=True):
        others = 0
        for other in kept:
            if other != items:
                others |= mask_of(other)
        if others & yes == yes:
            kept.remove(items)
    return kept
