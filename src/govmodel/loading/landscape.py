"""What must hold of a landscape: what is joined is of one kind, and joined once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from govmodel.errors import Mark
from govmodel.loading.messages import Problems, listed, q
from govmodel.loading.names import KINDS
from govmodel.model.constitution import Block, Body, Constitution, Gate, Office, Plain, Same, Succession
from govmodel.model.joined import JOINABLE, found, text_of, texts


def check(model: Constitution, problems: Problems) -> None:
    """Look at a model together with those that it names."""
    if not model.members:
        _alone(model, problems)
        return
    for ref, entry in model.clauses_index.items():
        if ref.partition(":")[0] in model.members:
            problems.add(
                entry.at,
                "name-twice",
                f"clause {q(ref)} looks like one of the model {q(ref.partition(':')[0])}",
                "Give the model another short name.",
            )
    for same in model.same:
        _same(model, same, problems)
    _once(model, problems)
    for succession in model.succeeds:
        _succession(model, succession, problems)
    _circle(model, problems)


def _alone(model: Constitution, problems: Problems) -> None:
    """Without other models there is nothing to join. (A model that names one cannot be without.)"""
    if model.models:
        return
    for heading, blocks in (("same", model.same), ("succeeds", model.succeeds)):
        if blocks:
            problems.add(
                blocks[0].at,
                "landscape",
                f"{heading} joins this model to others, and it names none",
                "Name their files under models.",
            )
    if model.landscape is not None:
        problems.add(
            model.landscape.mark,
            "landscape",
            "this model has the title of a landscape and names no other model",
            "Name the files of the others under models.",
        )


def _same(model: Constitution, same: Same, problems: Problems) -> None:
    if not isinstance(same.names, Plain):
        return
    names, mark = same.names.value, same.names.mark
    if len(set(names)) < 2:
        problems.add(mark, "same", "one thing alone is joined to nothing", "Name it as each text does.")
        return
    things = _things(model, names)
    if len(things) < len(names):
        return  # a name that is unknown, or a block that could not be read: told already
    for (name, (heading, block)), (other, (other_heading, other_block)) in combinations(things.items(), 2):
        if heading != other_heading:
            problems.add(
                mark,
                "unlike",
                f"{KINDS[heading]} {q(name)}{_at(block, mark)} and {KINDS[other_heading]} {q(other)}"
                f"{_at(other_block, mark)} cannot be one thing",
                "Join bodies with bodies, parties with parties, offices with offices, papers with papers.",
            )
            return
        if text_of(texts(model), name) == text_of(texts(model), other):
            whose = text_of(texts(model), name)
            problems.add(
                mark,
                "same",
                f"{q(name)} and {q(other)} are both of {q(whose) if whose else 'this model'}",
                "One text gives one thing one name; other names of it stand there under called or also.",
            )
            return
        families = [b.family is not None for b in (block, other_block) if isinstance(b, Body)]
        if len(set(families)) > 1:
            one, many = (other, name) if families[0] else (name, other)
            problems.add(mark, "unlike", f"{q(many)} is a family of bodies, and {q(one)} is a single one")
            return
        if isinstance(block, Office) and isinstance(other_block, Office):
            _offices(model, mark, {name: block, other: other_block}, problems)
    for name, (_, block) in things.items():
        missing = [(n, o) for n, o in _far_gate(model, name, block) if not _asks(same.gate, n, o)]
        if missing:
            needed = ", ".join(
                f"{n}: {o[0] if len(o) == 1 else '[' + ', '.join(o) + ']'}" for n, o in missing
            )
            problems.add(
                mark,
                "sometimes",
                f"{q(name)}{_at(block, mark)} is there under some readings only",
                f"Join it under these: reading: {{{needed}}}.",
            )
    _seats(same, things, problems)


def _things(model: Constitution, names: tuple[str, ...]) -> dict[str, tuple[str, Block]]:
    looked = {name: found(model, name, JOINABLE) for name in names}
    return {name: thing for name, thing in looked.items() if thing is not None}


def _seats(same: Same, things: dict[str, tuple[str, Block]], problems: Problems) -> None:
    """Where several texts list the seats of one body, somebody must say whose list counts."""
    assert isinstance(same.names, Plain)
    listing = {name: b for name, (_, b) in things.items() if isinstance(b, Body) and b.seats}
    if isinstance(same.seats_of, Plain):
        for name in same.seats_of.value:
            if name not in same.names.value:
                problems.add(
                    same.seats_of.mark,
                    "seats-of",
                    f"seats_of: {q(name)} is not among what is joined here",
                    f"That is {listed(same.names.value, 'and')}.",
                )
        counted = {name: b for name, b in listing.items() if name in same.seats_of.value}
        for (name, one), (other, two) in combinations(counted.items(), 2):
            for seat in one.seats.keys() & two.seats.keys():
                problems.add(
                    same.seats_of.mark,
                    "seats-of",
                    f"{q(name)} and {q(other)} both have a seat called {q(seat)}, which would count twice",
                )
    elif len(listing) > 1:
        places = [f"{q(name)}{_at(body, same.names.mark)}" for name, body in listing.items()]
        problems.add(
            same.names.mark,
            "seats-of",
            f"{listed(places, 'and')} both list the seats of this body"
            if len(places) == 2
            else f"{listed(places, 'and')} all list the seats of this body",
            "Say whose list counts with seats_of: one of these names, or several whose lists add up.",
        )


def _offices(model: Constitution, mark: Mark, offices: dict[str, Office], problems: Problems) -> None:
    """Offices that are one are offices of one body."""
    bodies = {name: _far(model, name, o.of.value) if o.of else None for name, o in offices.items()}
    one, two = bodies.values()
    joined = [set(s.names.value) for s in model.same if isinstance(s.names, Plain)]
    if one is not None and two is not None and one != two and not any({one, two} <= s for s in joined):
        said = listed([f"{q(name)} is of {q(body or '')}" for name, body in bodies.items()], "and")
        problems.add(mark, "unlike", f"{said}", "Join the bodies too, or leave the offices apart.")


def _once(model: Constitution, problems: Problems) -> None:
    """No name is joined twice under readings that can both hold."""
    for first, second in combinations(model.same, 2):
        if not isinstance(first.names, Plain) or not isinstance(second.names, Plain):
            continue
        if _apart(first.gate, second.gate):
            continue
        for name in second.names.value:
            if name in first.names.value:
                problems.add(
                    second.names.mark,
                    "joined-twice",
                    f"{q(name)} is joined here for the second time; the first is at line "
                    f"{first.names.mark.line}",
                    "Put all that is one thing into one list.",
                )


def _succession(model: Constitution, succession: Succession, problems: Problems) -> None:
    if succession.who is None or succession.follows is None:
        return
    new, old = succession.who.value, succession.follows.value
    if new == old:
        problems.add(succession.follows.mark, "succession", f"{q(new)} cannot follow itself")
    elif (new in model.members) != (old in model.members):
        text, body = (new, old) if new in model.members else (old, new)
        problems.add(
            succession.follows.mark,
            "unlike",
            f"{q(text)} is a text and {q(body)} a body; neither can take the place of the other",
        )


def _circle(model: Constitution, problems: Problems) -> None:
    """Nothing comes, by successions that can all stand, after itself."""
    steps = [(s.who.value, s.follows.value, s) for s in model.succeeds if s.who and s.follows]
    told: set[str] = set()
    for start, _, first in steps:
        way, reached = [start], {start}
        while way:
            here = way.pop()
            for new, old, step in steps:
                if new != here or _apart(first.gate, step.gate) or new == old:
                    continue
                if old == start and start not in told and step.follows is not None:
                    told |= reached
                    message = f"succeeds goes round in a circle: {q(start)} comes after itself"
                    problems.add(step.follows.mark, "circle", message)
                if old not in reached:
                    reached.add(old)
                    way.append(old)


def _far(model: Constitution, name: str, other: str) -> str:
    """What a name in the text of `name` is called in this model."""
    text = text_of(texts(model), name)
    return f"{text}.{other}" if text else other


def _far_gate(model: Constitution, name: str, block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    for ambiguity, options in block.gate:
        yield _far(model, name, ambiguity), options


def _asks(gate: Gate, ambiguity: str, options: tuple[str, ...]) -> bool:
    """Whether a gate lets nothing through but these options."""
    return any(name == ambiguity and set(asked) <= set(options) for name, asked in gate)


def _apart(one: Gate, two: Gate) -> bool:
    """Whether two gates can never both be open."""
    needs = dict(one)
    return any(name in needs and not set(needs[name]) & set(options) for name, options in two)


def _at(block: Block, here: Mark) -> str:
    place = (
        f"line {block.at.line}" if block.at.file == here.file else f"{block.at.file}, line {block.at.line}"
    )
    return f" ({place})"


__all__ = ["check"]
