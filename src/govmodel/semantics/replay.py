"""Whether a witness is what it claims to be. Every witness that is printed was replayed here."""

from __future__ import annotations

from collections.abc import Collection

from govmodel.dataclass import replace
from govmodel.model.rules import BodyRules, NormRule, Rules
from govmodel.model.verdict import Case, Gathering, Path
from govmodel.model.vocabulary import MEMBERS
from govmodel.semantics.cases import (
    act_of,
    agreement,
    binding,
    broken,
    in_force,
    mentioned,
    possible,
    set_aside,
    true,
)
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import counted_roles, quorate, tally


def _binding(rules: Rules, case: Case) -> tuple[NormRule, ...]:
    """The norms that bind and speak of nothing but what the case has: those that a question left out, and
    said so, are left out here too. The same for all cases of one kind, so it is found once."""
    key = (id(rules), case.situation, case.body, *case.facts)
    known = _BOUND.get(key)
    if known is None or known[0] is not rules:
        if len(_BOUND) >= MOST_KINDS:
            _BOUND.clear()
        bound = binding(_of_body(rules, case.body), rules.situations, case.situation, case.body)
        known = rules, tuple(n for n in bound if mentioned(n) <= case.facts.keys())
        _BOUND[key] = known
    return known[1]


def _of_body(rules: Rules, body: str | None) -> tuple[NormRule, ...]:
    """The norms of a body and of any, sorted out once for the last rules that were asked about."""
    if body is None:
        return rules.norms
    known = _SORTED.get(id(rules))
    if known is None or known[0] is not rules:
        places: dict[str | None, list[int]] = {}
        for place, norm in enumerate(rules.norms):
            places.setdefault(norm.body, []).append(place)
        _SORTED.clear()
        known = _SORTED[id(rules)] = rules, places
    wanted = sorted((*known[1].get(None, ()), *known[1].get(body, ())))
    return tuple(rules.norms[place] for place in wanted)


_SORTED: dict[int, tuple[Rules, dict[str | None, list[int]]]] = {}
MOST_KINDS = 1_000
_BOUND: dict[tuple[object, ...], tuple[Rules, tuple[NormRule, ...]]] = {}


def lawful(rules: Rules, case: Case, without: tuple[str, ...] = ()) -> bool:
    """The case can be, and keeps every hard norm but those of the clauses left out."""
    return possible(rules.situations, case) and all(
        set(norm.clauses) & set(without)
        for norm in broken(_binding(rules, case), case, rules.nation, rules.reading)
    )


def blocks(
    rules: Rules,
    case: Case,
    clause: str,
    clauses: tuple[str, ...],
    own: tuple[str, ...] = (),
    grant: NormRule | None = None,
) -> bool:
    """The case can be, breaks a norm of `clause`, and keeps those of the other `clauses`. A norm that
    several clauses say together stands only with all of them. With a permission, the norms that are
    set aside for it do not count (without: those of the clauses `own`)."""
    if not possible(rules.situations, case):
        return False
    bad = broken_of(rules, case, clauses)
    if grant is not None:
        counted = [n for n in bad if not set_aside(n, grant, rules.reading)]
    else:
        counted = [n for n in bad if not set(n.clauses) & set(own)]
    return bool(counted) and all(clause in n.clauses for n in counted)


def broken_of(rules: Rules, case: Case, clauses: tuple[str, ...]) -> list[NormRule]:
    """The norms that rest on these clauses alone and are broken in a case."""
    everything = broken(_binding(rules, case), case, rules.nation, rules.reading)
    return [norm for norm in everything if set(norm.clauses) <= set(clauses)]


def promised(rules: Rules, case: Case, grant: NormRule) -> bool:
    """The case can be, and in it the permission applies and is exercised."""
    norms = _binding(rules, case)
    return (
        possible(rules.situations, case)
        and in_force(grant, norms, case, rules.nation, rules.reading)
        and true(act_of(grant), case, rules.nation, rules.reading)
    )


def exercised_lawfully(
    rules: Rules, case: Case, grant: NormRule, only: Collection[str] | None = None
) -> bool:
    """The permission is exercised, and every hard norm is kept but those that are set aside for it. `only`:
    every norm that rests on these clauses alone."""
    return promised(rules, case, grant) and all(
        set_aside(norm, grant, rules.reading) or (only is not None and not set(norm.clauses) <= set(only))
        for norm in broken(_binding(rules, case), case, rules.nation, rules.reading)
    )


def unbroken_tie(rules: Rules, gathering: Gathering) -> bool:
    """The meeting is quorate, its vote is allowed, and it ends in equal votes that nobody breaks."""
    return quorate(rules, gathering) and tally(rules, gathering).outcome == "tied"


def inquorate_without(rules: Rules, body: BodyRules, gone: Collection[str]) -> bool:
    """Everybody comes to a meeting of the body but those in these places, and it is not quorate."""
    away = frozenset(gone)
    present = tuple(place for place in places(body, counted_roles(body)) if place not in away)
    whole = replace(rules, bodies={**rules.bodies, body.name: body})
    return not quorate(whole, Gathering(body=body.name, present=present))


def carries(rules: Rules, gathering: Gathering) -> bool:
    """The meeting is quorate, and the votes as given carry the matter."""
    return quorate(rules, gathering) and tally(rules, gathering).outcome == "carried"


def follows(rules: Rules, path: Path) -> bool:
    """Every step of a path is a route of the text, with its verb, its ends and its clauses. A receiver
    that the text does not name is `nobody`; what an office gets, its body has, and the other way round."""
    return all(_step(rules, *step) for step in path.steps)


def _step(rules: Rules, sender: str, verb: str, receiver: str, clauses: tuple[str, ...]) -> bool:
    if verb == "office_of":
        return any({sender, receiver} == {o.name, o.of} for o in rules.offices.values()) or (
            f"{receiver}.chair" == sender or f"{sender}.chair" == receiver
        )
    return any(
        route.verb == verb
        and route.clauses == clauses
        and _among(rules, sender, route.who)
        and (_among(rules, receiver, route.whom) or receiver == "nobody")
        for route in rules.routes
    )


def _among(rules: Rules, name: str, names: tuple[str, ...]) -> bool:
    """Whether a name is one of these: also the chair, or the members, of a body that these words mean, and
    one of those whom a class stands for."""
    if name in names:
        return True
    if name.startswith("party("):
        inner = tuple(other[len("party(") : -1] for other in names if other.startswith("party("))
        return _among(rules, name[len("party(") : -1], inner)
    body, dot, people = name.rpartition(".")
    if dot and people in MEMBERS and {*MEMBERS, *(f"{body}.{word}" for word in MEMBERS)} & set(names):
        return True
    office = rules.offices.get(name)
    home = rules.bodies.get(office.of or "") if office is not None else None
    if home is not None and home.presiding:
        first = min(home.presiding, key=lambda rule: rule.order)
        if first.who == name and {"chair", f"{home.name}.chair"} & set(names):
            return True
    party = rules.parties.get(name)
    return party is not None and bool(set(party.classes) & set(names))


def ground_of(norm: NormRule, case: Case, rules: Rules) -> bool:
    """Whether what a norm names as the ground of its act is so: its `when` and the agreement that it
    needs, and not its `unless`."""
    return (
        (norm.when is None or true(norm.when, case, rules.nation, rules.reading))
        and (norm.unless is None or not true(norm.unless, case, rules.nation, rules.reading))
        and (norm.agreed_by is None or case.facts[agreement(norm)] is True)
    )


def grounds_apart(rules: Rules, case: Case, first: NormRule, second: NormRule) -> bool:
    """The case can be; the first norm applies in it, and the ground of the second is not there."""
    return (
        possible(rules.situations, case)
        and in_force(first, _binding(rules, case), case, rules.nation, rules.reading)
        and not ground_of(second, case, rules)
    )
