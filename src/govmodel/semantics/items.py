"""An item of a matter that must be settled: where it arises, who may settle it there, where it goes next.

Facts that nobody changes while it lies there are `Rigid`; everybody is as helpful as the text allows
within them. The item is deadlocked where none of those whom it can reach settles it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govmodel.dataclass import dataclass, replace
from govmodel.model.rules import DecisionRule, RouteRule, Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics.actors import Actor, Ends, body_of, chair_of, ends
from govmodel.semantics.cells import casting_places
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import rules_for
from govmodel.semantics.meeting import counted_roles, governing, interest_rules, left_out, quorate, tally
from govmodel.semantics.presiding import chain, presiding

# who may settle a matter


def lineage(rules: Rules, matter: str) -> tuple[str, ...]:
    """The matter and the wider ones that it is a kind of, nearest first."""
    found = [matter]
    while (wider := rules.matters[found[-1]].kind_of if found[-1] in rules.matters else None) is not None:
        if wider in found:
            break
        found.append(wider)
    return tuple(found)


def must_settle(rules: Rules, matter: str) -> bool:
    """Whether the matter, or one that it is a kind of, must be settled."""
    return any(m in rules.matters and rules.matters[m].settle for m in lineage(rules, matter))


def covers(rules: Rules, route: RouteRule, matter: str) -> bool:
    """Whether the route speaks of the matter: by name, of a wider one, or of anything."""
    return not route.matters or any(m in route.matters for m in ("any", *lineage(rules, matter)))


def settles(rules: Rules, all_ends: tuple[Ends, ...], actor: Actor, matter: str) -> bool:
    """Whether the text lets the actor settle the matter: an escalation of it is final or is resolved
    there; or the actor determines, decides or approves it; or is a body of the text's own that
    decides it by a rule, unless an escalation says that it only hears or advises, or that it passes
    the matter on: what it could settle it would not pass on."""
    only_heard = False
    for both in all_ends:
        route = both.route
        if route.verb == "escalates_to" and actor in both.whom and covers(rules, route, matter):
            if route.effect in ("final", "resolves"):
                return True
            only_heard = only_heard or route.effect in ("hears", "advises")
        if route.verb == "escalates_to" and actor in both.who and covers(rules, route, matter):
            only_heard = True
        if route.verb in ("determines", "decides", "approves") and actor in both.who:
            judged = {a.name for a in both.whom if a.kind == "matter"}
            if judged & set(lineage(rules, matter)):
                return True
            if not judged and route.matters and covers(rules, route, matter):
                return True
    if only_heard or actor.kind != "body" or actor.name not in rules.bodies:
        return False
    body = rules.bodies[actor.name]
    wanted = {"any", *lineage(rules, matter)}
    return not body.external and any(wanted & set(rule.matters) for rule in body.decisions)


# rigid facts


@dataclass(frozen=True, slots=True)
class Rigid:
    """What is so while an item waits. `vacant`: offices that nobody holds. `interested`: parties with an
    interest in it. `favour`: of a body, the places in favour of what is proposed; the others are against;
    of a body that is not named all are of one mind. `split`: outsiders to whom it was passed and who do
    not agree among themselves. `subject`: of a body, whom the matter is about; of one that is not named
    it may be anybody."""

    vacant: frozenset[str] = frozenset()
    interested: frozenset[str] = frozenset()
    favour: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: frozenset[str] = frozenset()
    subject: Mapping[str, str] = field(default_factory=dict)


def rules_on(rules: Rules, body: str, matter: str) -> tuple[str, tuple[DecisionRule, ...]]:
    """The rules by which a body decides a matter, of which the first applies whose case is there, and the
    matter that they are for: its own rules, or those of the nearest wider one."""
    own = rules.bodies[body]
    for name in lineage(rules, matter):
        if any(name in d.matters for d in own.decisions) and (found := rules_for(own, name)):
            return name, found
    return matter, rules_for(own, matter)


def rule_on(rules: Rules, room: Gathering, matter: str) -> DecisionRule | None:
    """The rule by which those in a room decide a matter."""
    return governing(rules, replace(room, matter=rules_on(rules, room.body, matter)[0]))


def away(rules: Rules, body: str, rigid: Rigid) -> tuple[str, ...]:
    """The places of a body that an interest keeps from voting."""
    if not interest_rules(rules.bodies[body]):
        return ()
    return tuple(p for p, seat in places(rules.bodies[body]).items() if seat.party in rigid.interested)


def decides(rules: Rules, body: str, matter: str, rigid: Rigid) -> bool:
    """Whether a meeting of the body at which everybody is who can be settles the matter one way or the
    other: what is proposed is carried, or else the contrary is. Where the rule speaks of the one whom it is
    about, it does so whoever that is."""
    named = {
        name
        for rule in rules_on(rules, body, matter)[1]
        for name in (rule.without, rule.carried.without if rule.carried else None)
    }
    if "subject" in named and body not in rigid.subject and places(rules.bodies[body]):
        return all(
            decides(rules, body, matter, replace(rigid, subject={**rigid.subject, body: place}))
            for place in places(rules.bodies[body])
        )
    return _decides(rules, body, matter, rigid)


def _decides(rules: Rules, body: str, matter: str, rigid: Rigid) -> bool:
    own = rules.bodies[body]
    name, found = rules_on(rules, body, matter)
    if not found or not places(own):
        return True  # how it decides is not said, so that nothing keeps it from deciding
    chair, deputy = chain(own)
    first, second = ("vacant" if office in rigid.vacant else "present" for office in (chair, deputy))
    link = presiding(own, first, second)
    if link is None and own.presiding:
        return False
    barred = away(rules, body, rigid)
    leave = any(i.withdraws == "must" for i in interest_rules(own))
    present = tuple(p for p in places(own, counted_roles(own)) if not (leave and p in barred))
    room = Gathering(
        body=body, present=present, barred=barred, matter=name, chair=first, deputy=second,
        subject=rigid.subject.get(body),
    )  # fmt: skip
    if not quorate(rules, room):
        return False
    rule = governing(rules, room)
    if rule is None:
        return True
    carried = rule.carried.without if rule.carried else None
    mute = left_out(rules, room, rule.without) | left_out(rules, room, carried)
    voting = tuple(p for p in present if p in places(own) and p not in barred and p not in mute)
    presiders: tuple[str | None, ...] = voting if link is not None else (None,)
    return any(_either_way(rules, room, voting, who, rigid, rule) for who in presiders or (None,))


def _either_way(
    rules: Rules,
    room: Gathering,
    voting: tuple[str, ...],
    presider: str | None,
    rigid: Rigid,
    rule: DecisionRule,
) -> bool:
    """Whether one side carries, or lots are drawn between equal sides."""
    own = rules.bodies[room.body]
    casting = casting_places(own, voting, (presider,) if presider else ())
    favour = set(rigid.favour.get(room.body, casting))
    sides = tuple(p for p in casting if p in favour), tuple(p for p in casting if p not in favour)
    silent = tuple(p for p in voting if p not in casting)
    ends_well = ("carried", "tied") if rule.equal_votes == "lot" else ("carried",)
    return any(
        tally(
            rules, replace(room, presider=presider, in_favour=one, against=other, abstaining=silent)
        ).outcome
        in ends_well
        for one, other in (sides, sides[::-1])
    )


def settled_at(rules: Rules, all_ends: tuple[Ends, ...], at: Actor, matter: str, rigid: Rigid) -> bool:
    """Whether the matter is settled once it lies with somebody."""
    if not settles(rules, all_ends, at, matter):
        return False
    if at.kind == "office":
        return holds_office(rules, at.name, rigid)
    if at.kind == "body" and at.name in rules.bodies and not rules.bodies[at.name].external:
        return decides(rules, at.name, matter, rigid)
    return not (at.name in rigid.split and only_tries(all_ends, at, rules, matter))


def holds_office(rules: Rules, office: str, rigid: Rigid) -> bool:
    """Whether somebody has the powers of an office: its holder, or who acts for it."""
    if office not in rigid.vacant:
        return True
    acting = rules.offices[office].acting if office in rules.offices else None
    if acting is None or acting == office:
        return False
    return acting not in rules.offices or acting not in rigid.vacant


def refilled(rules: Rules, all_ends: tuple[Ends, ...], office: str) -> bool:
    """Whether the text says how an office gets a new holder: then it is not vacant for good."""
    own = rules.offices.get(office)
    chosen = own is not None and (own.chosen_by is not None or own.appointer is not None)
    return chosen or any(
        e.route.verb == "appoints" and any(a.name == office for a in e.whom) for e in all_ends
    )


def only_tries(all_ends: tuple[Ends, ...], at: Actor, rules: Rules, matter: str) -> bool:
    """Whether what reaches somebody is for them to resolve, and nothing says that their word is final."""
    effects = {
        e.route.effect
        for e in all_ends
        if e.route.verb == "escalates_to" and at in e.whom and covers(rules, e.route, matter)
    }
    judges = any(e.route.verb in ("determines", "decides", "approves") and at in e.who for e in all_ends)
    return "resolves" in effects and "final" not in effects and not judges


def onward(
    rules: Rules, all_ends: tuple[Ends, ...], at: Actor, matter: str, rigid: Rigid
) -> tuple[tuple[Actor, tuple[str, ...]], ...]:
    """Those to whom it can be passed from here, with the clauses that say so. A vacant office passes
    nothing on, and nothing is passed through one; a body and its offices stand in for each other."""
    if at.kind == "office" and not holds_office(rules, at.name, rigid):
        return ()
    found: list[tuple[Actor, tuple[str, ...]]] = []
    for both in all_ends:
        route = both.route
        if route.verb != "escalates_to" or at not in both.who or not covers(rules, route, matter):
            continue
        if route.via is None or holds_office(rules, route.via, rigid):
            found.extend((whom, route.clauses) for whom in both.whom if whom.kind != "nobody")
    of = body_of(rules, at)
    if at.kind == "office" and of is not None:
        found.append((Actor("body", of), ()))
    if at.kind == "body":
        own = {Actor("office", o.name) for o in rules.offices.values() if o.of == at.name}
        received = {a for e in all_ends for a in (*e.who, *e.whom) if a.kind == "office"}
        found.extend((a, ()) for a in sorted((own | {chair_of(rules, at.name)}) & received))
    return tuple(found)


def arises(rules: Rules, all_ends: tuple[Ends, ...], matter: str) -> tuple[Actor, ...]:
    """Where an item of the matter first lies: with those who escalate it and receive none of it; where
    nobody does, with whom the text has decide it; else with the bodies that have a rule on it."""
    senders = [
        who for e in all_ends if e.route.verb == "escalates_to" and _names(e.route, matter) for who in e.who
    ]
    receivers = {
        a
        for e in all_ends
        if e.route.verb == "escalates_to"
        for a in e.whom
        if covers(rules, e.route, matter)
    }
    first = [a for a in senders if a not in receivers] or senders
    if not first:
        first = [
            who
            for e in all_ends
            if e.route.verb in ("decides", "determines", "approves") and _names(e.route, matter)
            for who in e.who
        ]
    if not first:
        first = [
            Actor("body", body.name)
            for body in rules.bodies.values()
            if not body.external and any(matter in d.matters for d in body.decisions)
        ]
    return tuple(dict.fromkeys(first))


def _names(route: RouteRule, matter: str) -> bool:
    """Whether the route names the matter, or decides or determines it as its object."""
    return matter in route.matters or matter in route.whom


def reach(
    rules: Rules, all_ends: tuple[Ends, ...], start: Actor, matter: str, rigid: Rigid
) -> dict[Actor, tuple[tuple[Actor, Actor, tuple[str, ...]], ...]]:
    """Everybody whom the item can reach, each with a shortest way there: (from, to, clauses)."""
    ways: dict[Actor, tuple[tuple[Actor, Actor, tuple[str, ...]], ...]] = {start: ()}
    new = [start]
    while new:
        at = new.pop(0)
        for whom, clauses in onward(rules, all_ends, at, matter, rigid):
            if whom not in ways:
                ways[whom] = (*ways[at], (at, whom, clauses))
                new.append(whom)
    return ways


def deadlocked(rules: Rules, start: Actor, matter: str, rigid: Rigid) -> bool:
    """Whether none of those whom an item of the matter can reach from here settles it."""
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    ways = reach(rules, all_ends, start, matter, rigid)
    return not any(settled_at(rules, all_ends, at, matter, rigid) for at in ways)
