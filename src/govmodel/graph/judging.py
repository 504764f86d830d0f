"""Whether somebody judges their own cause, or is overseen by whom they oversee."""

from __future__ import annotations

from govmodel.graph.asked import Asked, fails, holds
from govmodel.model.rules import BodyRules, OfficeRule, RouteRule, Rules, SeatRule
from govmodel.model.verdict import Path
from govmodel.semantics.actors import NOBODY, Actor, Ends, body_of, ends, principal, resolve
from govmodel.semantics.holders import by_office, from_the_members
from govmodel.semantics.items import covers

JUDGING: tuple[str, ...] = ("determines", "decides", "hears", "approves")
"""Verbs whose sender is the judge; of an escalation the receiver is."""


def judges_in_own_cause(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff a route says whom a matter concerns (`about`), each of those who hear or settle it may
    be that very one (the body itself, an office or the members of it, or, of a matter about members,
    a member or an office that members hold), and no `about_receiver` and no other escalation of the
    matter says where it goes then.

    One answer for each route with `about`. `reason`: `itself` (the receiver is what it is about),
    `its-office` (an office of the body that it is about), `a-member`, `sits-on-it` (a body on which an
    office of that body, or the office that it is about, has a vote: see `sitting_on`). A body that
    reviews its own performance is not asked about. An office is held by a member where every place of
    its rotation has a seat, where a rule says that the holder is one, or where the office comes with a
    seat that votes.
    """
    found: list[Asked] = []
    asked = [r for r in rules.routes if r.about is not None and r.verb in ("escalates_to", *JUDGING)]
    all_ends = tuple(ends(rules, route) for route in asked)
    for both in all_ends:
        route = both.route
        judging = both.whom if route.verb == "escalates_to" else both.who
        if route.about is None or judging == (NOBODY,):
            continue
        about = resolve(rules, route.about, both.home)
        reasons = [_own_cause(rules, judge, about) for judge in judging]
        subject = "+".join(route.matters) or "any"
        if not all(reasons):
            found.append(holds(subject, "somebody else hears it", route.clauses))
        elif (elsewhere := _elsewhere(rules, both, judging, all_ends)) is not None:
            found.append(holds(subject, "the text says where it goes then", elsewhere))
        else:
            path = Path(
                tuple((w.name, route.verb, t.name, route.clauses) for w in both.who for t in both.whom)
            )
            names = " and ".join(judge.name for judge in judging)
            why = f"{subject} about {about.name} goes to {names}, who may be what it is about"
            held = [c for j in judging if j.kind == "office" for c in _of_the_members(rules, j, about)]
            held += [c for j in judging for seat in sitting_on(rules, j, about) for c in seat.clauses]
            clauses = tuple(dict.fromkeys((*route.clauses, *held)))
            found.append(fails(subject, reasons[0], why, path, clauses))
    return tuple(found)


def _own_cause(rules: Rules, judge: Actor, about: Actor) -> str:
    """Why the judge may be whom it is about; empty where they certainly are apart."""
    if judge == about:
        return "itself"
    body = body_of(rules, about)
    if about.kind == "body" and body_of(rules, judge) == about.name:
        return "its-office" if judge.kind == "office" else "a-member"
    if sitting_on(rules, judge, about):
        return "sits-on-it"
    if about.kind == "members" and judge.kind == "office" and judge.name in rules.offices:
        office = rules.offices[judge.name]
        home = rules.bodies.get(body or principal(rules) or "")
        if home is not None and office.of == home.name and _held_by_member(rules, office, home):
            return "a-member"
    return ""


def sitting_on(rules: Rules, judge: Actor, about: Actor) -> tuple[SeatRule, ...]:
    """The seats of a judging body that the holder of an office of the body that it judges, or of the office
    that it judges, has with a vote, ex officio. None where it is that body itself, or where the text keeps
    from voting, or from the room, whoever has an interest or is who it is about."""
    body = rules.bodies.get(judge.name)
    if judge.kind != "body" or body is None or about.kind not in ("body", "office") or judge == about:
        return ()
    kept_out = any(i.votes is False or i.takes_part is False or i.withdraws == "must" for i in body.interests)
    if kept_out or any(decision.without == "subject" for decision in body.decisions):
        return ()

    def concerned(seat: SeatRule) -> bool:
        if seat.ex_officio is None or seat.role != "voting":
            return False
        holder = resolve(rules, seat.ex_officio, body.name)
        return holder == about or (about.kind == "body" and body_of(rules, holder) == about.name)

    return tuple(seat for seat in body.seats if concerned(seat))


def _of_the_members(rules: Rules, judge: Actor, about: Actor) -> tuple[str, ...]:
    """The clauses by which the holder of an office is one of the members whom it is about."""
    if about.kind != "members":
        return ()
    home = rules.bodies.get(body_of(rules, about) or principal(rules) or "")
    seats = by_office(home, judge.name) if home is not None else ()
    said = from_the_members(rules, judge.name) or seats
    return tuple(c for rule in said for c in rule.clauses)


def _held_by_member(rules: Rules, office: OfficeRule, body: BodyRules) -> bool:
    """Whether certainly a member holds the office: every place of its rotation has a seat, a rule says that
    the holder is a member, or the holder has a vote because of it."""
    if from_the_members(rules, office.name) or by_office(body, office.name):
        return True
    followed = rules.offices.get(office.follows or "")
    places = office.rotation or (followed.rotation if followed else ())
    seated = {seat.party for seat in body.seats}
    return bool(places) and all(party in seated for place in places for party in place)


def _elsewhere(
    rules: Rules, both: Ends, judging: tuple[Actor, ...], all_ends: tuple[Ends, ...]
) -> tuple[str, ...] | None:
    """The clauses that send the matter elsewhere when it is about the judge; None where none does."""
    route = both.route
    if route.about_receiver is not None:
        other = resolve(rules, route.about_receiver, both.home)
        return route.clauses if other not in judging and other != NOBODY else None
    for further in all_ends:
        again = further.route
        if again is route or again.about is None:
            continue
        if resolve(rules, again.about, further.home) not in judging:
            continue
        if route.matters and not any(covers(rules, again, matter) for matter in route.matters):
            continue
        others = further.whom if again.verb == "escalates_to" else further.who
        if any(other not in judging and other != NOBODY for other in others):
            return again.clauses
    return None


def overseen_overseers(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff a body scrutinises another, or determines matters about it, and certainly more than half
    of the overseer's votes are held ex officio from the one overseen, or one party certainly has more
    than half of the votes of both.

    One answer for each pair. `reason`: `ex-officio`, `one-party`. Certain means: counting every
    optional and open seat of the overseer as filled by others, and caps at their lowest.
    """
    found: list[Asked] = []
    asked: set[tuple[str, str]] = set()
    for route in rules.routes:
        both = ends(rules, route)
        if route.verb == "scrutinises":
            overseen = both.whom
        elif route.verb in ("determines", "decides", "hears") and route.about is not None:
            overseen = (resolve(rules, route.about, both.home),)
        else:
            continue
        for who in both.who:
            for whom in overseen:
                pair = (who.name, whom.name)
                if (who.kind, whom.kind) != ("body", "body") or who == whom or pair in asked:
                    continue
                asked.add(pair)
                found.append(_overseen(rules, route, rules.bodies[who.name], rules.bodies[whom.name]))
    return tuple(found)


def _overseen(rules: Rules, route: RouteRule, over: BodyRules, under: BodyRules) -> Asked:
    subject = over.name
    step = Path(((over.name, route.verb, under.name, route.clauses),))

    def from_under(seat: SeatRule) -> bool:
        if seat.ex_officio is None:
            return False
        holder = resolve(rules, seat.ex_officio, over.name)
        return body_of(rules, holder) == under.name

    held = tuple(seat for seat in over.seats if from_under(seat))
    if _majority(over, held):
        clauses = tuple(dict.fromkeys((*route.clauses, *(c for s in held for c in s.clauses))))
        why = f"most votes of {over.name} belong to {under.name}, which it oversees"
        return fails(subject, "ex-officio", why, step, clauses)
    for party in rules.parties:
        there = tuple(s for s in over.seats if s.party == party)
        here = tuple(s for s in under.seats if s.party == party)
        if _majority(over, there) and _majority(under, here):
            clauses = tuple(dict.fromkeys((*route.clauses, *(c for s in (*there, *here) for c in s.clauses))))
            why = f"{party} has most votes of {over.name} and of {under.name}"
            return fails(subject, "one-party", why, step, clauses)
    return holds(subject, f"{over.name} and {under.name} are not certainly the same", route.clauses, step)


def _majority(body: BodyRules, seats: tuple[SeatRule, ...]) -> bool:
    """Whether these seats certainly have more than half of the body's votes."""
    voting = [s for s in body.seats if s.role == "voting"]
    mine = [s for s in voting if s in seats]
    sure = [s for s in mine if not s.optional]
    if any(s.high is None for s in voting if s not in mine):
        return False
    theirs = sum((s.high or 0) * s.votes for s in voting if s not in mine)
    left, votes = list(sure), 0
    for cap in sorted(body.caps, key=lambda c: c.at_most):
        capped = [s for s in left if s.party in cap.parties]
        shared = any(s.party in cap.parties for s in voting if s not in mine)
        votes += 0 if shared else min(cap.at_most, sum(s.low * s.votes for s in capped))
        left = [s for s in left if s not in capped]
    votes += sum(s.low * s.votes for s in left)
    return votes > theirs
