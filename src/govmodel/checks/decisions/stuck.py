"""Where an item of a matter that must be settled comes to lie, and what has to be so for that."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations

from govmodel.checks.bodies import electorate_of
from govmodel.checks.context import Context, ends_of
from govmodel.checks.decisions.ballots import say_of, voters
from govmodel.dataclass import dataclass, replace
from govmodel.exact.coalitions import no_side_carries as closed_form
from govmodel.exact.quorums import applies, compiled
from govmodel.exact.votes import carries, voices
from govmodel.graph.ladders import Way, ways_from
from govmodel.model.rules import (
    DecisionRule,
    Rules,
)
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.actors import Actor, Ends
from govmodel.semantics.cells import Electorate, casting_places, subjects
from govmodel.semantics.counting import places
from govmodel.semantics.items import (
    Rigid,
    arises,
    away,
    holds_office,
    only_tries,
    refilled,
    rule_on,
    rules_on,
    settles,
)
from govmodel.semantics.meeting import interest_rules
from govmodel.semantics.presiding import chain, presiding, says
from govmodel.smt.questions.meetings import no_side_carries

MOST_FACTS = 2
"""Abnormal facts of one story at most; a deadlock that takes more is silent (semantics, section 8)."""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One thing that is not as usual: an office is `vacant`, the members of a body are `divided`, outsiders
    do not agree (`split`), a party is `interested`."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A deadlock: where the item arose, those who must be away for it to arise, the facts, those whom it
    reaches."""

    matter: str
    start: Actor
    forced: frozenset[str]
    facts: tuple[Fact, ...]
    ways: dict[Actor, Way]

    @property
    def rank(self) -> int:
        return len(self.facts) + len(self.forced)


class Unsure(Exception):
    pass


class Map:
    """Routes of one reading, with what is asked of them again and again."""

    def __init__(self, context: Context, rules: Rules, matter: str) -> None:
        self.context, self.rules, self.matter = context, rules, matter
        self.all_ends = ends_of(context, rules)
        self._settles: dict[Actor, bool] = {}

    def ways(self, start: Actor, silent: frozenset[str]) -> dict[Actor, Way]:
        key = ("ways", id(self.all_ends), self.matter, start, silent)
        ask = partial(ways_from, self.rules, self.all_ends, self.matter, start, silent)
        return self.context.shared(key, ask)

    def settles(self, at: Actor) -> bool:
        if at not in self._settles:
            self._settles[at] = settles(self.rules, self.all_ends, at, self.matter)
        return self._settles[at]


def states(context: Context, rules: Rules, matter: str) -> tuple[Stuck, ...]:
    """Every deadlock of so few facts that without any one of them there is none, those of the fewest first.
    What is settled by nobody even when all is as usual is a dead end, and none of them."""
    chart = Map(context, rules, matter)
    found: list[Stuck] = []
    for start in arises(rules, chart.all_ends, matter):
        forced = _forced(rules, chart.all_ends, start, matter)
        if _look(context, chart, start, forced, ()) is not None:
            continue
        facts = _facts(context, chart, start)
        own: list[frozenset[Fact]] = []
        for size in range(1, MOST_FACTS - len(forced) + 1):
            for chosen in combinations(facts, size):
                if any(less <= set(chosen) for less in own):
                    continue
                ways = _look(context, chart, start, forced, chosen)
                if ways is not None:
                    own.append(frozenset(chosen))
                    found.append(Stuck(matter, start, forced, chosen, ways))
    return tuple(sorted(found, key=lambda stuck: stuck.rank))


def _forced(rules: Rules, all_ends: tuple[Ends, ...], start: Actor, matter: str) -> frozenset[str]:
    """Who must be away for the matter to arise at all: where the clause that has it decided is the one by
    which somebody else presides, in the cases of which that speaks."""
    own = rules.bodies.get(start.name) if start.kind == "body" else None
    if own is None:
        return frozenset()
    cited = {
        c
        for e in all_ends
        if start in e.who and matter in (*e.route.whom, *e.route.matters)
        for c in e.route.clauses
    }
    chair, deputy = chain(own)
    for link in own.presiding:
        if link.when is None or not set(link.clauses) & cited:
            continue
        for pair in (("vacant", "present"), ("present", "vacant"), ("vacant", "vacant")):
            if says(link.when, *pair):
                return frozenset(o for o, s in zip((chair, deputy), pair, strict=True) if o and s == "vacant")
    return frozenset()


def _facts(context: Context, chart: Map, start: Actor) -> tuple[Fact, ...]:
    """What could be otherwise with those whom the item can reach, in declared order."""
    rules, all_ends, matter = chart.rules, chart.all_ends, chart.matter
    found: dict[Fact, None] = {}
    for at in chart.ways(start, frozenset()):
        if at.kind == "office" and at.name in rules.offices:
            found[Fact("vacant", at.name)] = None
        if not chart.settles(at):
            continue
        own = rules.bodies.get(at.name) if at.kind == "body" else None
        if own is not None and not own.external and rules_on(rules, own.name, matter)[1]:
            found[Fact("divided", own.name)] = None
            offices = (office for office in chain(own) if office is not None)
            found.update((Fact("vacant", office), None) for office in offices if office in rules.offices)
            for party in _interested(context, rules, own.name, matter):
                found[Fact("interested", party)] = None
        elif only_tries(all_ends, at, rules, matter):
            found[Fact("split", at.name)] = None
    for both in all_ends:
        via = both.route.via or ""
        if both.route.verb == "escalates_to" and via in rules.offices:
            found[Fact("vacant", via)] = None
    order = ("split", "divided", "vacant", "interested")
    lasting = [f for f in found if f.kind != "vacant" or not refilled(rules, all_ends, f.name)]
    return tuple(sorted(lasting, key=lambda f: order.index(f.kind)))


def _interested(context: Context, rules: Rules, body: str, matter: str) -> Iterator[str]:
    """Parties with an interest in the matter whom it would keep from voting here; one of those that no rule
    of the body can tell apart stands for all."""
    own = rules.bodies[body]
    if not interest_rules(own):
        return
    named = set(rules.matters[matter].interested)
    seats: dict[str, list[int]] = {}
    voting = places(own)
    for i, cell in enumerate(electorate_of(context, rules, own).cells):
        for place in cell.places:
            party = voting[place].party if place in voting else None
            if party is not None:
                seats.setdefault(party, []).append(i)
    told: set[tuple[int, ...]] = set()
    for party, cells in seats.items():
        classes = rules.parties[party].classes if party in rules.parties else ()
        if named & {party, *classes, "parties", "subject"} and tuple(cells) not in told:
            told.add(tuple(cells))
            yield party


def _look(
    context: Context, chart: Map, start: Actor, vacant: frozenset[str], facts: tuple[Fact, ...]
) -> dict[Actor, Way] | None:
    """Those whom the item reaches when these facts are so and none of them settles it; None: one does."""
    rules, all_ends, matter = chart.rules, chart.all_ends, chart.matter
    empty = vacant | {f.name for f in facts if f.kind == "vacant"}
    rigid = Rigid(vacant=empty)
    silent = frozenset(o for o in empty if not holds_office(rules, o, rigid))
    ways = chart.ways(start, silent)
    for at in ways:
        if not chart.settles(at):
            continue
        own = rules.bodies.get(at.name) if at.kind == "body" else None
        if at.kind == "office":
            fails = at.name in silent
        elif own is not None and not own.external:
            fails = _undecided_by(context, rules, own.name, matter, empty, facts) is not None
        else:
            fails = Fact("split", at.name) in facts and only_tries(all_ends, at, rules, matter)
        if not fails:
            return None
    return ways


def _undecided_by(
    context: Context,
    rules: Rules,
    body: str,
    matter: str,
    vacant: frozenset[str],
    facts: tuple[Fact, ...],
) -> _Why | None:
    """Why a body does not decide, whoever it is that the matter is about. None: it does."""
    own = rules.bodies[body]
    by = rules_on(rules, body, matter)[1]
    if not by or not places(own):
        return None
    seats = electorate_of(context, rules, own)
    about = tuple(dict.fromkeys(place for rule in by for place in subjects(seats, rule)))
    for place in about or (None,):
        who = seats.about(place) if place is not None else seats
        found = _undecided_about(context, rules, by, who, vacant, facts)
        if found is not None:
            return _Why(*found, place)
    return None


@dataclass(frozen=True, slots=True)
class _Why:
    """Why a body does not decide: the words, how many are on the smaller side, whom it is about."""

    words: str
    number: int
    subject: str | None


def _undecided_about(
    context: Context,
    rules: Rules,
    by: tuple[DecisionRule, ...],
    seats: Electorate,
    vacant: frozenset[str],
    facts: tuple[Fact, ...],
) -> tuple[str, int] | None:
    """Nobody presides, too few are left, or so many against so many. None: it decides. By closed form,
    confirmed by the solver."""
    own, body = seats.body, seats.body.name
    link = presiding(own, *("vacant" if o in vacant else "present" for o in chain(own)))
    if link is None and own.presiding:
        return "nobody presides", 0
    out = away(rules, body, Rigid(interested=frozenset(f.name for f in facts if f.kind == "interested")))
    leave = any(i.withdraws == "must" for i in interest_rules(own))
    voting = tuple(sum(p not in out for p in cell.places) for cell in seats.cells)
    uncounted = leave or any(i.counts_to_quorum is False for i in own.interests)
    there = voting if uncounted else seats.full
    if not compiled(rules, seats)(there):
        return "too few are left", 0
    extra = link.extra_vote if link else None
    inside = voting if leave else seats.full
    rule = next((r for r in by if applies(rules, seats, r.when)(inside)), None)
    if rule is None:
        return None
    if out and rule.carried is not None and rule.carried.base == "entitled":
        rule, inside = replace(rule, carried=replace(rule.carried, base="present")), voting
    if not _all_together(rules, seats, rule, inside, voting, extra):
        return "not even all together carry it", 0
    if Fact("divided", body) not in facts or plain_majority(rule):
        return None  # equal votes without a meaning are GM301
    found = _split(context, rules, seats, rule, inside, voting, extra, presided=link is not None)
    return None if found is None else ("the votes are divided", found)


def _all_together(
    rules: Rules,
    seats: Electorate,
    rule: DecisionRule,
    inside: tuple[int, ...],
    voting: tuple[int, ...],
    extra: str | None,
) -> bool:
    """Whether a matter is carried where all vote for it."""
    votes = seats.votes(seats.less(voting, voices(rules, seats, rule).mute))
    passes = carries(rules, seats, rule, inside)
    return bool(votes) and (passes(votes, 0) or (extra == "additional" and passes(votes + 1, 0)))


def _split(
    context: Context,
    rules: Rules,
    seats: Electorate,
    rule: DecisionRule,
    inside: tuple[int, ...],
    voting: tuple[int, ...],
    extra: str | None,
    *,
    presided: bool,
) -> int | None:
    found = closed_form(rules, seats, rule, inside, extra, presided=presided, voting=voting)
    ask = partial(
        no_side_carries, rules, seats, rule, inside, extra,
        presided=presided, voting=voting, effort=context.effort, beside=context.numbers, guess=found,
    )  # fmt: skip
    same = (
        rule.carried,
        rule.equal_votes,
        inside,
        voting,
        extra,
        presided,
        rules.reading["base-of-a-majority"],
        *say_of(rules, seats, rule),
    )
    answer = context.once("no side carries", rules, seats, ask, *same)
    if answer.verdict is Verdict.UNKNOWN:
        raise Unsure(answer.why)
    if answer.number != found:
        raise Unsure("the solver and the closed form disagree on divided votes")
    return found


def plain_majority(rule: DecisionRule) -> bool:
    """Whether only equal votes keep a rule from carrying either side, and the text gives them no meaning."""
    carried = rule.carried
    if carried is None:
        return True
    half = carried.kind == "share" and carried.share == Fraction(1, 2) and carried.base in (None, "voting")
    return half and rule.equal_votes is None


def rigid_of(context: Context, rules: Rules, found: Stuck) -> Rigid:
    """The facts as the judge takes them, with positions for those who are divided."""
    facts, matter = found.facts, found.matter
    empty = found.forced | {f.name for f in facts if f.kind == "vacant"}
    interested = frozenset(f.name for f in facts if f.kind == "interested")
    favour: dict[str, tuple[str, ...]] = {}
    subject: dict[str, str] = {}
    for fact in facts:
        if fact.kind == "divided":
            why = _undecided_by(context, rules, fact.name, matter, empty, facts)
            if why is not None and why.subject is not None:
                subject[fact.name] = why.subject
            so_far = Rigid(interested=interested, subject=subject)
            favour[fact.name] = casting_on(rules, fact.name, matter, so_far)[: why.number if why else 0]
    split = frozenset(f.name for f in facts if f.kind == "split")
    return Rigid(vacant=empty, interested=interested, favour=favour, split=split, subject=subject)


def casting_on(rules: Rules, body: str, matter: str, rigid: Rigid) -> tuple[str, ...]:
    """The places of a body that cast votes on a matter when everybody is there."""
    out = away(rules, body, rigid)
    room = Gathering(body=body, present=tuple(places(rules.bodies[body])), subject=rigid.subject.get(body))
    rule = rule_on(rules, room, matter)
    may = voters(rules, room, rule) if rule is not None else room.present
    return casting_places(rules.bodies[body], tuple(p for p in may if p not in out))
