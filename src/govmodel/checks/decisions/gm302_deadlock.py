"""GM302: a matter that must be settled can come to lie where nobody settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from govmodel.checks.context import Check, Context, ends_of
from govmodel.checks.decisions.disputes import (
    bears_on,
    counts_organisations,
    may_have_to_be_settled,
    same_rules,
    seen,
)
from govmodel.checks.decisions.stuck import Fact, Stuck, Unsure, casting_on, rigid_of, states
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.stories import next_meeting, on, plural, some
from govmodel.graph.ladders import goes_round
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import (
    BodyRules,
    MatterRule,
    Reading,
    Rule,
    Rules,
)
from govmodel.model.verdict import Gathering
from govmodel.model.walk import names_in
from govmodel.semantics.actors import resolve, title
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.items import (
    Rigid,
    away,
    deadlocked,
    holds_office,
    must_settle,
    rule_on,
)
from govmodel.semantics.meeting import counted_roles, interest_rules, quorate
from govmodel.semantics.presiding import chain
from govmodel.words.text import capital

ID, NAME = "GM302", "deadlock"

MOST_STATES = 8
"""Deadlocks of one matter that are told at most, each by other clauses."""
ALIKE = 3
"""Further facts that are told with a deadlock, by the same clauses."""


class Told(NamedTuple):
    """Deadlocks by the same clauses in one reading, the one of the fewest facts first."""

    reading: Reading
    states: tuple[Stuck, ...]


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    names = [r.name for r in context.rulebook.of(MatterRule)]
    see = partial(seen, organisations=counts_organisations(context))
    for matter in dict.fromkeys(names):
        if not may_have_to_be_settled(context, matter):
            continue
        about = bears_on(context, matter)
        space = context.space(about, seen=see)
        of_interest = {id(rule) for rule in context.rulebook.rules if about(rule)}
        failing: dict[tuple[str, ...], list[Told]] = {}
        for reading in space.all:
            rules = context.rules(reading)
            if matter not in rules.matters or not must_settle(rules, matter):
                continue
            asked += 1
            try:
                found = context.shared(
                    ("deadlock", matter, *same_rules(context, rules, of_interest)),
                    partial(_by_clauses, context, rules, matter),
                )
            except (Unsure, NotCountable) as error:
                undecided.append(Undecided(check=ID, subject=matter, why=str(error)))
                break
            for cited, states_there in found.items():
                failing.setdefault(cited, []).append(Told(reading, states_there))
        rows = sorted(failing.values(), key=lambda rows: _first_told(context, rows).states[0].rank)
        for place, told in enumerate(rows[:MOST_STATES], 1):
            untold = len(rows) - MOST_STATES if place == MOST_STATES else 0
            made = _finding(context, told, holding(space, [r for r, _ in told]), untold)
            if isinstance(made, Undecided):
                undecided.append(made)
            elif made is not None:
                findings.append(made)
    return result(ID, findings, dict.fromkeys(undecided), asked)


def _by_clauses(context: Context, rules: Rules, matter: str) -> dict[tuple[str, ...], tuple[Stuck, ...]]:
    """The deadlocks of a matter, by the clauses that lead to them."""
    found: dict[tuple[str, ...], tuple[Stuck, ...]] = {}
    for stuck in states(context, rules, matter):
        cited = _cited(rules, stuck)
        if cited:
            found[cited] = (*found.get(cited, ()), stuck)
    return found


def _first_told(context: Context, rows: Sequence[Told]) -> Told:
    """In the base reading, where it is so there."""
    return next((told for told in rows if in_base(context, [told.reading])), rows[0])


def _round(context: Context, rules: Rules, found: Stuck, rigid: Rigid) -> bool:
    silent = {o for o in rigid.vacant if not holds_office(rules, o, rigid)}
    return goes_round(rules, ends_of(context, rules), found.matter, found.start, silent)


def _finding(
    context: Context, rows: Sequence[Told], readings: tuple[Reading, ...], untold: int
) -> Finding | Undecided | None:
    base = in_base(context, [told.reading for told in rows])
    reading, own = _first_told(context, rows)
    rules, found = context.rules(reading), own[0]
    level = lowered("error" if found.rank <= 1 else "warning", base)
    if level is None:
        return None
    facts = [rigid_of(context, rules, stuck) for stuck in own]
    pairs = zip(own, facts, strict=True)
    if not all(deadlocked(rules, stuck.start, stuck.matter, rigid) for stuck, rigid in pairs):
        return Undecided(check=ID, subject=found.matter, why="the judge does not confirm the deadlock")
    rigid, name, cited = facts[0], rules.matters[found.matter].title, _cited(rules, found)
    rule = next(r for r in (*rules.routes, *_rules(rules, found)) if set(r.clauses) & set(cited))
    round = _round(context, rules, found, rigid)
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=found.matter,
        message=f"{name} can be left without anybody who settles it" + (", and goes round" if round else ""),
        mark=rule.mark,
        story=(
            *_story(context, rules, found, rigid),
            *_alike(rules, own[1:], facts[1:]),
            *([f"By other clauses there are {plural(untold, 'further deadlock')}."] if untold > 0 else []),
        ),
        told_in=reading,
        help="Say who has the last word when those named are divided, away or not appointed.",
        readings=readings,
        in_base=base,
        evidence={
            "rank": found.rank,
            "facts": [f"{f.kind}: {f.name}" for f in found.facts],
            "also": [[f"{f.kind}: {f.name}" for f in stuck.facts] for stuck in own[1:]],
            "reaches": [a.key for a in found.ways],
            "goes_round": round,
        },
    )


def _alike(rules: Rules, others: Sequence[Stuck], facts: Sequence[Rigid]) -> Iterator[str]:
    """Other facts with which it lies there by the same clauses."""
    for stuck, rigid in list(zip(others, facts, strict=True))[:ALIKE]:
        said = " ".join(_fact(rules, stuck, fact, rigid) for fact in stuck.facts)
        yield f"It is no better so: {said[:1].lower() + said[1:]}"
    if len(others) > ALIKE:
        yield f"And so it is with {plural(len(others) - ALIKE, 'further set', 'further sets')} of such facts."


def _rules(rules: Rules, found: Stuck) -> Iterator[Rule]:
    """The rules of the bodies reached by which they do not decide."""
    for at in found.ways:
        own = rules.bodies.get(at.name) if at.kind == "body" else None
        if own is None or own.external:
            continue
        rule = rule_on(rules, Gathering(body=own.name, present=tuple(places(own))), found.matter)
        if rule is None:
            continue
        room = _without_interested(rules, own, found)
        if room.barred:
            yield from interest_rules(own)
            yield from (rule,) if quorate(rules, room) else own.quorum
        if not any(f.name == own.name or f.name in chain(own) for f in found.facts):
            continue
        yield rule
        words = {n.rpartition(".")[2] for p in own.presiding if p.when for n in names_in(p.when)}
        gone = {f.name for f in found.facts if f.kind == "vacant"}
        for link in own.presiding:
            if link.extra_vote is not None or (gone and words):
                yield link


def _without_interested(rules: Rules, body: BodyRules, found: Stuck) -> Gathering:
    """All who come to a meeting of the body where those with an interest may not vote, or leave."""
    interested = frozenset(f.name for f in found.facts if f.kind == "interested")
    barred = away(rules, body.name, Rigid(interested=interested))
    leave = any(i.withdraws == "must" for i in interest_rules(body))
    present = (p for p in places(body, counted_roles(body)) if not (leave and p in barred))
    return Gathering(body=body.name, present=tuple(present), barred=barred)


def _cited(rules: Rules, found: Stuck) -> tuple[str, ...]:
    steps = [c for way in found.ways.values() for _, _, clauses in way for c in clauses]
    deciding = [
        c
        for route in rules.routes
        if route.verb in ("decides", "determines") and found.matter in (*route.whom, *route.matters)
        for c in route.clauses
    ]
    return tuple(dict.fromkeys((*steps, *deciding, *clauses_of(*_rules(rules, found)))))


def _story(context: Context, rules: Rules, found: Stuck, rigid: Rigid) -> Iterator[str]:
    yield f"On {on(next_meeting(context))} there is {rules.matters[found.matter].title}."
    for office in (o for o in rules.offices if o in found.forced - {f.name for f in found.facts}):
        yield f"The {rules.offices[office].title} is away."
    for fact in found.facts:
        yield _fact(rules, found, fact, rigid)
    longest = max(found.ways.values(), key=len)
    for a, b, clauses in longest:
        if clauses:
            verb = "pass" if a.name.rpartition(".")[2] == "members" else "passes"
            yield f"{capital(title(rules, a))} {verb} it to {title(rules, b)} ({', '.join(clauses)})."
    index = context.rulebook.clauses
    for clause in clauses_of(*_rules(rules, found)):
        if clause in index:
            yield f"Clause {clause}: {index[clause].says}."
    yield "Nobody whom it can reach settles it, however helpful everybody is."


def _fact(rules: Rules, found: Stuck, fact: Fact, rigid: Rigid) -> str:
    match fact.kind:
        case "vacant":
            return f"The office of {rules.offices[fact.name].title} is vacant."
        case "divided":
            own = rules.bodies[fact.name]
            for_it = rigid.favour.get(fact.name, ())
            casting = casting_on(rules, fact.name, found.matter, rigid)
            against = [p for p in casting if p not in for_it]
            return (
                f"The {own.title} is divided: {plural(len(for_it), 'vote')} for it "
                f"({some(rules, own, for_it)}) and {plural(len(against), 'vote')} against."
                if for_it
                else f"The {own.title} is divided: {plural(len(against), 'vote')} against it and none for it."
            )
        case "split":
            who = title(rules, resolve(rules, fact.name))
            return f"{capital(who)} cannot agree among themselves."
        case _:
            party = rules.parties[fact.name].title if fact.name in rules.parties else fact.name
            return f"{party} has an interest in it and may not vote."


CHECK = Check(ID, NAME, run)
