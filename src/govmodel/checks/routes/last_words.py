"""Two who both have the last word on one matter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from govmodel.checks.context import Context, ends_of
from govmodel.checks.findings import holding, in_base, lowered
from govmodel.checks.routes.asking import matter_title, says, who
from govmodel.model.finding import Finding, Undecided
from govmodel.model.rules import BodyRule, MatterRule, OfficeRule, Reading, RouteRule, Rule, Rules
from govmodel.model.verdict import Path
from govmodel.semantics.actors import NOBODY, Actor, Ends, body_of
from govmodel.semantics.items import must_settle
from govmodel.semantics.replay import follows
from govmodel.words.text import capital, clause, listed

LINKING = ("escalates_to", "delegates_to")
"""By such a route between the two the one acts for the other, or is heard before."""

JUDGES = ("body", "office", "party")
"""Who can be told from others that determine the same matter: of a class it may be one or the other."""


class _Word(NamedTuple):
    """Somebody's word on a matter is final, by a route."""

    actor: Actor
    route: Ends

    @property
    def determines(self) -> bool:
        return self.route.route.verb == "determines"


class _Pair(NamedTuple):
    """`onward`: the one passes the matter on to the other all the same."""

    matter: str
    one: _Word
    other: _Word
    onward: bool

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.one.route.route.clauses, *self.other.route.route.clauses)))

    @property
    def path(self) -> Path:
        steps = []
        for word in (self.one, self.other):
            route = word.route.route
            at = word.actor if word.determines else word.route.who[0]
            to = (
                word.actor.name
                if not word.determines
                else self.matter
                if self.matter in route.whom
                else "nobody"
            )
            steps.append((at.name, route.verb, to, route.clauses))
        return Path(tuple(steps))


def two_last_words(context: Context, check: str, name: str) -> tuple[list[Finding], list[Undecided], int]:
    """The findings, what was left undecided, and about how many matters it was asked. Two who get a matter
    from one sender by two clauses, each with the last word; one who gets it and one who determines it, or two
    who do; one whose word is final and who has to pass it on to another whose word is final."""
    routes = [r for r in context.rulebook.of(RouteRule) if _final(r)]
    said: dict[str, list[set[str]]] = {}
    for route in routes:
        for matter in _matters(route):
            said.setdefault(matter, []).append({*route.clauses})
    matters = [m for m, each in said.items() if any(not a & b for a, b in combinations(each, 2))]
    if not matters:
        return [], [], 0

    def about(rule: Rule) -> bool:
        if isinstance(rule, RouteRule):
            return rule.verb in ("determines", *LINKING)
        return isinstance(rule, (OfficeRule, BodyRule, MatterRule))

    space = context.space(about)
    failing: dict[tuple[str, tuple[str, ...]], list[tuple[Reading, _Pair]]] = {}
    for reading in space.all:
        rules = context.rules(reading)
        for pair in _pairs(rules, ends_of(context, rules), matters):
            failing.setdefault((pair.matter, pair.clauses), []).append((reading, pair))
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    for rows in failing.values():
        holds = [reading for reading, _ in rows]
        base = in_base(context, holds)
        level = lowered("warning", base)
        reading, pair = next((row for row in rows if in_base(context, [row[0]])), rows[0])
        rules = context.rules(reading)
        if not follows(rules, pair.path):
            why = "the judge does not confirm the routes"
            undecided.append(Undecided(check=check, subject=pair.matter, why=why))
        elif level is not None:
            message, story, remedy = _told(rules, pair)
            found = Finding(
                check=check,
                name=name,
                level=level,
                clauses=pair.clauses,
                subject=_subject(pair),
                message=message,
                mark=pair.other.route.route.mark,
                story=(*says(context, pair.clauses), story),
                told_in=reading,
                help=remedy,
                readings=holding(space, holds),
                in_base=base,
            )
            findings.append(found)
    return findings, undecided, len(matters)


def _final(route: RouteRule) -> bool:
    """Whether somebody has the last word by a route, in any case: what has to be passed on to them is theirs
    to end, or they determine it."""
    plain = route.when is None and not route.any_of and route.force != "may"
    return plain and (
        route.verb == "determines" or (route.verb == "escalates_to" and route.effect == "final")
    )


def _matters(route: RouteRule) -> tuple[str, ...]:
    """What a route names: of what is determined, it may be the object."""
    named = (*route.matters, *(route.whom if route.verb == "determines" else ()))
    return tuple(matter for matter in dict.fromkeys(named) if matter != "any")


def _pairs(rules: Rules, all_ends: tuple[Ends, ...], matters: list[str]) -> Iterator[_Pair]:
    for matter in matters:
        words = [
            _Word(actor, each)
            for each in all_ends
            if _final(each.route) and matter in _matters(each.route)
            for actor in (each.who if each.route.verb == "determines" else each.whom)
            if actor != NOBODY and (each.route.verb != "determines" or actor.kind in JUDGES)
        ]
        told: set[tuple[str, ...]] = set()
        for one, other in combinations(words, 2):
            pair = _pair(rules, all_ends, matter, one, other)
            if pair is not None and pair.clauses not in told:
                told.add(pair.clauses)
                yield pair


def _pair(rules: Rules, all_ends: tuple[Ends, ...], matter: str, one: _Word, other: _Word) -> _Pair | None:
    first, second = one.route, other.route
    apart = (
        first.route.about == second.route.about
        and not {*first.route.clauses} & {*second.route.clauses}
        and _apart(rules, one.actor, other.actor)
    )
    if not apart:
        return None
    if not one.determines and not other.determines:
        if {*first.route.who} & {*second.route.who}:
            return _Pair(matter, one, other, False) if not {*first.whom} & {*second.whom} else None
        for up, down in ((one, other), (other, one)):
            # what a body of the text's own passes on may have begun there, and not be what it got
            if up.actor in down.route.who and not _own(rules, up.actor):
                return _Pair(matter, up, down, True)
        return None
    beside = _own(rules, one.actor) + _own(rules, other.actor) < 2 and must_settle(rules, matter)
    return _Pair(matter, one, other, False) if beside and not _linked(all_ends, one, other) else None


def _own(rules: Rules, actor: Actor) -> bool:
    """Whether it is a body that the text constitutes: what each such body determines may be its own."""
    body = rules.bodies.get(actor.name) if actor.kind == "body" else None
    return body is not None and not body.external


def _apart(rules: Rules, one: Actor, other: Actor) -> bool:
    """Whether they are two: not a body and its chair, nor two offices of one body."""
    bodies = body_of(rules, one), body_of(rules, other)
    return one != other and (None in bodies or bodies[0] != bodies[1])


def _linked(all_ends: tuple[Ends, ...], one: _Word, other: _Word) -> bool:
    """Whether the text says how the two go together: the one agrees to what the other does, acts for the
    other, or hears it first."""
    actors = one.actor, other.actor
    agree = {*one.route.route.consent_of, *other.route.route.consent_of}
    return bool(agree & {actor.name for actor in actors}) or any(
        e.route.verb in LINKING and a in e.who and b in e.whom
        for e in all_ends
        for a, b in (actors, actors[::-1])
    )


def _subject(pair: _Pair) -> str:
    if pair.one.determines or pair.other.determines or pair.onward:
        return f"{pair.one.actor.name}/{pair.matter}"
    sender = next(a for a in pair.one.route.who if a in pair.other.route.who)
    return f"{sender.name}/{pair.matter}"


def _told(rules: Rules, pair: _Pair) -> tuple[str, str, str]:
    """The message, the last sentence of the story, and the help."""
    title = matter_title(rules, pair.matter)
    first, second = _names(rules, pair.one), _names(rules, pair.other)
    by, then = (clause(word.route.route.clauses) for word in (pair.one, pair.other))
    if pair.onward:
        return (
            f"the word of {first} on {title} is final by {by}, and by {then} it goes on to {second}, whose "
            "word is final, too",
            f"{capital(first)} says no, and has the last word. By {then} it goes to {second} all the same, "
            "who may say yes and has the last word, too.",
            f"Say whose word is final: that {first} decides in the first place, or that {second} does not "
            "hear it.",
        )
    end = (
        f"{capital(first)} says yes and {second} says no. Each has the last word, and nothing says "
        "which prevails, or when it goes to the one and when to the other."
    )
    remedy = f"Say whose word is final, or in what case it goes to {second}."
    if pair.one.determines or pair.other.determines:
        return f"{first} has the last word on {title} by {by}, and {second} by {then}", end, remedy
    sender = next(a for a in pair.one.route.who if a in pair.other.route.who)
    sent = f"{title} goes from {who(rules, sender.name)} to {first} and to {second}"
    return f"{sent}, and the word of each is final", end, remedy


def _names(rules: Rules, word: _Word) -> str:
    actors = word.route.who if word.determines else word.route.whom
    return listed(who(rules, actor.name) for actor in actors)
