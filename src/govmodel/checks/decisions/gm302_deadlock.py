"""GM302: a matter that must be settled can come to lie where nobody settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import combinations, product

from govmodel.checks.bodies import electorate_of
from govmodel.checks.context import Check, Context, ends_of
from govmodel.checks.decisions.ballots import say_of, voters
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import all_may_stay_empty, seen_by_heads
from govmodel.checks.stories import next_meeting, on, plural, some
from govmodel.exact.coalitions import applies, carries, compiled, voices
from govmodel.exact.coalitions import no_side_carries as closed_form
from govmodel.graph.ladders import Way, goes_round, ways_from
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import (
    BodyRule,
    CapRule,
    DecisionRule,
    InterestRule,
    MatterRule,
    OfficeRule,
    PresidingRule,
    QuorumRule,
    Reading,
    RouteRule,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.model.verdict import Gathering, Verdict
from govmodel.model.walk import counts_in, names_in
from govmodel.semantics.actors import Actor, Ends, resolve, title
from govmodel.semantics.cells import Electorate, casting_places, subjects
from govmodel.semantics.counting import NotCountable, of_parties, places
from govmodel.semantics.items import (
    Rigid,
    arises,
    away,
    deadlocked,
    holds_office,
    must_settle,
    only_tries,
    refilled,
    rule_on,
    rules_on,
    settles,
)
from govmodel.semantics.meeting import chain, interest_rules, presiding, says
from govmodel.smt.questions.meetings import no_side_carries
from govmodel.words.text import capital

ID, NAME = "GM302", "deadlock"

MOST_FACTS = 2
"""Abnormal facts of one story at most; a deadlock that takes more is silent (semantics, section 8)."""


@dataclass(frozen=True, slots=True, order=True)
class _Fact:
    """One thing that is not as usual: an office is `vacant`, the members of a body are `divided`, outsiders
    do not agree (`split`), a party is `interested`."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class _Stuck:
    """A deadlock: where the item arose, those who must be away for it to arise, the facts, those whom it
    reaches."""

    matter: str
    start: Actor
    forced: frozenset[str]
    facts: tuple[_Fact, ...]
    ways: dict[Actor, Way]

    @property
    def rank(self) -> int:
        return len(self.facts) + len(self.forced)


class _Unsure(Exception):
    pass


class _Map:
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


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    names = [r.name for r in context.rulebook.rules if isinstance(r, MatterRule)]
    seen = partial(_seen, organisations=_counts_organisations(context))
    for matter in dict.fromkeys(names):
        if not _may_have_to_be_settled(context, matter):
            continue
        about = _bears(context, matter)
        space = context.space(about, seen=seen)
        failing: list[tuple[Reading, _Stuck]] = []
        for reading in space.all:
            rules = context.rules(reading)
            if matter not in rules.matters or not must_settle(rules, matter):
                continue
            asked += 1
            try:
                found = context.shared(
                    ("deadlock", matter, *_same(context, rules, about)),
                    partial(_first, context, rules, matter),
                )
            except (_Unsure, NotCountable) as error:
                undecided.append(Undecided(check=ID, subject=matter, why=str(error)))
                break
            if isinstance(found, _Stuck):
                failing.append((reading, found))
        if failing:
            made = _finding(context, failing, [r for r, _ in failing])
            if isinstance(made, Undecided):
                undecided.append(made)
            elif made is not None:
                findings.append(_with_readings(made, holding(space, [r for r, _ in failing])))
    return result(ID, findings, dict.fromkeys(undecided), asked)


def _with_readings(finding: Finding, readings: tuple[Reading, ...]) -> Finding:
    return replace(finding, readings=readings)


def _wider(context: Context, matter: str) -> dict[str, None]:
    """The matter and all that it is a kind of in some reading."""
    found: dict[str, None] = {matter: None}
    while more := [
        r.kind_of
        for r in context.rulebook.rules
        if isinstance(r, MatterRule) and r.name in found and r.kind_of not in found
        if r.kind_of is not None
    ]:
        found.update(dict.fromkeys(more))
    return found


def _may_have_to_be_settled(context: Context, matter: str) -> bool:
    """Whether the matter must be settled in some reading."""
    wider = _wider(context, matter)
    return any(isinstance(r, MatterRule) and r.name in wider and r.settle for r in context.rulebook.rules)


def _bears(context: Context, matter: str) -> Callable[[Rule], bool]:
    """The rules on which an answer depends: the routes of the matter, and what is said of the offices and
    bodies at their ends, or of the bodies that have a rule on it."""
    every = context.rulebook.rules
    wider = _wider(context, matter)
    routes = [r for r in every if isinstance(r, RouteRule) and _on(r, set(wider))]
    named = {n for r in routes for n in (*r.who, *r.whom, *([r.via] if r.via else []))}
    heads = {n.partition(".")[0] for n in named}
    of = {r.of for r in every if isinstance(r, OfficeRule) and r.name in named and r.of}
    deciding = {r.body for r in every if isinstance(r, DecisionRule) and set(r.matters) & set(wider)}
    bodies = (heads | of | deciding) & {r.name for r in every if isinstance(r, BodyRule)}
    own = {"body", "member", "members", "chair", "deputy-chair"}
    if named & own:
        bodies |= {r.name for r in every if isinstance(r, BodyRule) and not r.external}
    chairs = {r.who for r in every if isinstance(r, PresidingRule) and r.body in bodies}

    interested = any(isinstance(r, MatterRule) and r.name in wider and r.interested for r in every)

    rules_on = [r for r in every if isinstance(r, DecisionRule) and {"any", *wider} & set(r.matters)]
    heads_matter = interested or any(not _plain_majority(r) for r in rules_on if r.body in bodies)

    def about(rule: Rule) -> bool:
        match rule:
            case RouteRule():
                return rule in routes
            case MatterRule():
                return rule.name in wider
            case OfficeRule():
                return rule.name in named | chairs
            case BodyRule():
                return rule.name in bodies
            case SeatRule():
                counts = not rule.optional or all_may_stay_empty(context, rule.body)
                return heads_matter and rule.body in bodies and rule.role == "voting" and counts
            case DecisionRule():
                return rule.body in bodies and bool({"any", *wider} & set(rule.matters))
            case InterestRule():
                return rule.body in bodies and rule.votes is False and interested
            case QuorumRule() | CapRule():
                return heads_matter and rule.body in bodies
            case PresidingRule():
                return rule.body in bodies
            case _:
                return False

    return about


def _counts_organisations(context: Context) -> bool:
    """Whether some rule counts organisations and not people."""
    needs = [r.needs for r in context.rulebook.rules if isinstance(r, QuorumRule)]
    needs += [r.when for r in context.rulebook.rules if isinstance(r, DecisionRule) and r.when is not None]
    return any(of_parties(count) for condition in needs for count in counts_in(condition))


def _seen(rule: Rule, *, organisations: bool) -> object:
    """What is looked at in a rule: who presides when an office is vacant, not when somebody is late; who
    sits for whom, not for how long."""
    match rule:
        case PresidingRule():
            pairs = product(("present", "vacant"), repeat=2)
            when = None if rule.when is None else tuple(says(rule.when, *pair) for pair in pairs)
            return rule.body, rule.order, rule.who, when, rule.extra_vote, rule.clauses
        case SeatRule():
            plain = seen_by_heads(rule)
            return plain if organisations else replace(plain, nominated_by=None)
        case InterestRule():
            return rule.body, rule.withdraws == "must", rule.counts_to_quorum is False, rule.clauses
        case OfficeRule():
            lasting = rule.chosen_by is None and rule.appointer is None
            return rule.name, rule.title, rule.of, rule.rotation, lasting, rule.acting, rule.clauses
        case _:
            return replace(rule, gate=())


def _plain_majority(rule: DecisionRule) -> bool:
    """Whether only equal votes keep a rule from carrying either side, and the text gives them no meaning."""
    carried = rule.carried
    if carried is None:
        return True
    half = carried.kind == "share" and carried.share == Fraction(1, 2) and carried.base in (None, "voting")
    return half and rule.equal_votes is None


def _on(route: RouteRule, matters: set[str]) -> bool:
    if route.verb == "escalates_to":
        return not route.matters or bool({"any", *matters} & set(route.matters))
    if route.verb in ("determines", "decides", "approves"):
        return bool({"any", *matters} & {*route.matters, *route.whom})
    return False


def _same(context: Context, rules: Rules, about: Callable[[Rule], bool]) -> tuple[object, ...]:
    """What an answer depends on: two readings with the same rules of interest have one answer."""
    own: list[object] = [id(r) for r in rules.routes if about(r)]
    own += [id(o) for o in rules.offices.values() if about(o)]
    for body in rules.bodies.values():
        if any(about(d) for d in (*body.decisions, *body.presiding, *body.seats)):
            own.append(id(electorate_of(context, rules, body)) if not body.external else 0)
            own += [id(r) for r in (*body.decisions, *body.presiding, *body.interests)]
    return (*own, rules.reading["base-of-a-majority"], rules.reading["rounding"])


def _first(context: Context, rules: Rules, matter: str) -> _Stuck | None:
    """The deadlock of the fewest facts; None: there is none of so few, or the matter is settled by nobody
    even when all is as usual, which is a dead end."""
    chart = _Map(context, rules, matter)
    best: _Stuck | None = None
    for start in arises(rules, chart.all_ends, matter):
        forced = _forced(rules, chart.all_ends, start, matter)
        if _look(context, chart, start, forced, ()) is not None:
            continue
        facts = _facts(context, chart, start)
        for size in range(1, MOST_FACTS - len(forced) + 1):
            if best is not None and best.rank <= size + len(forced):
                break
            for chosen in combinations(facts, size):
                ways = _look(context, chart, start, forced, chosen)
                if ways is not None:
                    best = _Stuck(matter, start, forced, chosen, ways)
                    break
    return best


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


def _facts(context: Context, chart: _Map, start: Actor) -> tuple[_Fact, ...]:
    """What could be otherwise with those whom the item can reach, in declared order."""
    rules, all_ends, matter = chart.rules, chart.all_ends, chart.matter
    found: dict[_Fact, None] = {}
    for at in chart.ways(start, frozenset()):
        if at.kind == "office" and at.name in rules.offices:
            found[_Fact("vacant", at.name)] = None
        if not chart.settles(at):
            continue
        own = rules.bodies.get(at.name) if at.kind == "body" else None
        if own is not None and not own.external and rules_on(rules, own.name, matter)[1]:
            found[_Fact("divided", own.name)] = None
            offices = (office for office in chain(own) if office is not None)
            found.update((_Fact("vacant", office), None) for office in offices if office in rules.offices)
            for party in _interested(context, rules, own.name, matter):
                found[_Fact("interested", party)] = None
        elif only_tries(all_ends, at, rules, matter):
            found[_Fact("split", at.name)] = None
    for both in all_ends:
        via = both.route.via or ""
        if both.route.verb == "escalates_to" and via in rules.offices:
            found[_Fact("vacant", via)] = None
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
    context: Context, chart: _Map, start: Actor, vacant: frozenset[str], facts: tuple[_Fact, ...]
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
            fails = _Fact("split", at.name) in facts and only_tries(all_ends, at, rules, matter)
        if not fails:
            return None
    return ways


def _undecided_by(
    context: Context,
    rules: Rules,
    body: str,
    matter: str,
    vacant: frozenset[str],
    facts: tuple[_Fact, ...],
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
    facts: tuple[_Fact, ...],
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
    if _Fact("divided", body) not in facts or _plain_majority(rule):
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
        presided=presided, voting=voting, effort=context.effort, beside=context.numbers,
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
        raise _Unsure(answer.why)
    if answer.number != found:
        raise _Unsure("the solver and the closed form disagree on divided votes")
    return found


def _rigid(context: Context, rules: Rules, found: _Stuck) -> Rigid:
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
            favour[fact.name] = _casting(rules, fact.name, matter, so_far)[: why.number if why else 0]
    split = frozenset(f.name for f in facts if f.kind == "split")
    return Rigid(vacant=empty, interested=interested, favour=favour, split=split, subject=subject)


def _round(context: Context, rules: Rules, found: _Stuck, rigid: Rigid) -> bool:
    silent = {o for o in rigid.vacant if not holds_office(rules, o, rigid)}
    return goes_round(rules, ends_of(context, rules), found.matter, found.start, silent)


def _casting(rules: Rules, body: str, matter: str, rigid: Rigid) -> tuple[str, ...]:
    """The places of a body that cast votes on a matter when everybody is there."""
    out = away(rules, body, rigid)
    room = Gathering(body=body, present=tuple(places(rules.bodies[body])), subject=rigid.subject.get(body))
    rule = rule_on(rules, room, matter)
    may = voters(rules, room, rule) if rule is not None else room.present
    return casting_places(rules.bodies[body], tuple(p for p in may if p not in out))


def _finding(
    context: Context, failing: list[tuple[Reading, _Stuck]], holds: list[Reading]
) -> Finding | Undecided | None:
    base = in_base(context, holds)
    reading, found = next((f for f in failing if in_base(context, [f[0]])), failing[0])
    rules = context.rules(reading)
    rigid = _rigid(context, rules, found)
    if not deadlocked(rules, found.start, found.matter, rigid):
        return Undecided(check=ID, subject=found.matter, why="the judge does not confirm the deadlock")
    own: Level = "error" if found.rank <= 1 else "warning"
    level = lowered(own, base)
    if level is None:
        return None
    name = rules.matters[found.matter].title
    cited = _cited(rules, found)
    if not cited:
        return None
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
        story=tuple(_story(context, rules, found, rigid)),
        told_in=reading,
        help="Say who has the last word when those named are divided, away or not appointed.",
        in_base=base,
        evidence={
            "rank": found.rank,
            "facts": [f"{f.kind}: {f.name}" for f in found.facts],
            "reaches": [a.key for a in found.ways],
            "goes_round": round,
        },
    )


def _rules(rules: Rules, found: _Stuck) -> Iterator[Rule]:
    """The rules of the bodies reached by which they do not decide."""
    for at in found.ways:
        own = rules.bodies.get(at.name) if at.kind == "body" else None
        if own is None or own.external:
            continue
        rule = rule_on(rules, Gathering(body=own.name, present=tuple(places(own))), found.matter)
        if rule is None or not any(f.name == own.name or f.name in chain(own) for f in found.facts):
            continue
        yield rule
        words = {n.rpartition(".")[2] for p in own.presiding if p.when for n in names_in(p.when)}
        gone = {f.name for f in found.facts if f.kind == "vacant"}
        for link in own.presiding:
            if link.extra_vote is not None or (gone and words):
                yield link


def _cited(rules: Rules, found: _Stuck) -> tuple[str, ...]:
    steps = [c for way in found.ways.values() for _, _, clauses in way for c in clauses]
    deciding = [
        c
        for route in rules.routes
        if route.verb in ("decides", "determines") and found.matter in (*route.whom, *route.matters)
        for c in route.clauses
    ]
    return tuple(dict.fromkeys((*steps, *deciding, *clauses_of(*_rules(rules, found)))))


def _story(context: Context, rules: Rules, found: _Stuck, rigid: Rigid) -> Iterator[str]:
    yield f"On {on(next_meeting(context))} there is {rules.matters[found.matter].title}."
    for office in (o for o in rules.offices if o in found.forced - {f.name for f in found.facts}):
        yield f"The {rules.offices[office].title} is away."
    for fact in found.facts:
        yield _fact(rules, found, fact, rigid)
    longest = max(found.ways.values(), key=len)
    for a, b, clauses in longest:
        if clauses:
            yield f"{capital(title(rules, a))} passes it to {title(rules, b)} ({', '.join(clauses)})."
    index = context.rulebook.clauses
    for clause in clauses_of(*_rules(rules, found)):
        if clause in index:
            yield f"Clause {clause}: {index[clause].says}."
    yield "Nobody whom it can reach settles it, however helpful everybody is."


def _fact(rules: Rules, found: _Stuck, fact: _Fact, rigid: Rigid) -> str:
    match fact.kind:
        case "vacant":
            return f"The office of {rules.offices[fact.name].title} is vacant."
        case "divided":
            own = rules.bodies[fact.name]
            for_it = rigid.favour.get(fact.name, ())
            casting = _casting(rules, fact.name, found.matter, rigid)
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
