"""Questions about routes. Each has one sentence that defines its answer, and answers in plain values.

Every question is asked of one reading and returns one `Asked` for each subject that it bears on, in
the order of the text; nothing to ask about returns nothing. What is uncertain is left alone: a text
that says nothing about the powers of an outside body has not denied them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from govmodel.model.rules import BodyRules, OfficeRule, RouteRule, Rules, SeatRule
from govmodel.model.verdict import Answer, Path, Verdict
from govmodel.semantics.actors import NOBODY, Actor, Ends, body_of, chair_of, ends, principal, resolve, words
from govmodel.semantics.holders import from_the_members
from govmodel.semantics.items import covers, must_settle, settles

OFFICE_OF = "office_of"
"""The verb of a step from an office to its body or back, which is no route."""

POWERS: tuple[str, ...] = (
    "decides", "approves", "determines", "appoints", "removes", "suspends", "admits", "delegates_to",
    "creates", "ends", "acts_as", "binds", "hears",
)  # fmt: skip
"""Verbs by which the sender holds a power that others wait for."""

SETTLING: tuple[str, ...] = ("escalates_to", "determines", "decides", "approves")
"""Verbs on which it depends how an escalation ends."""

JUDGING: tuple[str, ...] = ("determines", "decides", "hears", "approves")
"""Verbs whose sender is the judge; of an escalation the receiver is."""


NO_PATH = Path(())


@dataclass(frozen=True, slots=True)
class Power:
    """Something that waits for an office: what it is, in the words of the model, and who says so."""

    what: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one subject.

    `reason` is one word out of those that the question lists (empty when it HOLDS); `path` and
    `clauses` back the verdict; `powers` are those of an office (`single_points` only).
    """

    subject: str
    answer: Answer
    reason: str = ""
    path: Path = NO_PATH
    clauses: tuple[str, ...] = ()
    powers: tuple[Power, ...] = ()


def _holds(subject: str, why: str = "", clauses: tuple[str, ...] = (), path: Path = NO_PATH) -> Asked:
    return Asked(subject, Answer(Verdict.HOLDS, why=why), path=path, clauses=clauses)


def _fails(
    subject: str, reason: str, why: str, path: Path, clauses: tuple[str, ...], powers: tuple[Power, ...] = ()
) -> Asked:
    return Asked(subject, Answer(Verdict.FAILS, why=why), reason, path, clauses, powers)


def _escalated(rules: Rules) -> tuple[tuple[Ends, ...], tuple[str, ...]]:
    """Every route with its ends, and the matters that are escalated, in the order of the text."""
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    matters = [m for e in all_ends if e.route.verb == "escalates_to" for m in e.route.matters or ("any",)]
    return all_ends, tuple(dict.fromkeys(matters))


def _ladder(rules: Rules, all_ends: tuple[Ends, ...], matter: str, *, sure: bool = False) -> nx.DiGraph:
    """The escalations of one matter; an edge holds the first route that makes it. Nobody is no node.
    `sure`: only those on no condition (`when`)."""
    graph = nx.DiGraph()
    for both in all_ends:
        if both.route.verb != "escalates_to" or not covers(rules, both.route, matter):
            continue
        if sure and both.route.when is not None:
            continue
        for who in both.who:
            graph.add_node(who)
            for whom in both.whom:
                if whom != NOBODY and who != whom and not graph.has_edge(who, whom):
                    graph.add_edge(who, whom, verb="escalates_to", clauses=both.route.clauses)
    return graph


def _with_kin(rules: Rules, graph: nx.DiGraph) -> nx.DiGraph:
    """The ladder, and a step between an office and its body: what reaches the one reaches the other."""
    wider = graph.copy()
    bodies = {body_of(rules, a): a for a in graph if a.kind == "body"}
    for actor in list(graph):
        if actor.kind != "office" or (of := body_of(rules, actor)) is None:
            continue
        body = bodies.get(of, Actor("body", of))
        declared = rules.offices.get(actor.name)
        clauses = declared.clauses if declared else ()
        for tail, head in ((actor, body), (body, actor)):
            if not wider.has_edge(tail, head):
                wider.add_edge(tail, head, verb=OFFICE_OF, clauses=clauses)
    return wider


def _steps(graph: nx.DiGraph, actors: list[Actor]) -> Path:
    return Path(
        tuple(
            (tail.name, graph.edges[tail, head]["verb"], head.name, graph.edges[tail, head]["clauses"])
            for tail, head in pairwise(actors)
        )
    )


def _cited(path: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for _, verb, _, clauses in path.steps if verb != OFFICE_OF for c in clauses))


def dead_ends(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff an escalation of the matter names no receiver, and its sender has no other one of it; or
    the matter must be settled, nobody whom an escalation of it can reach may settle it, and it comes to
    an end with a receiver who passes it on no further.

    One answer for each matter and end. `reason`: `no-receiver`; `hears-only` where the text says that
    the last receiver hears or advises; `no-power` where the last receiver is of this text and is given
    none; `silent` where it is an outsider of whose power this text says nothing. What is referred to
    an office may be passed on by its body, and the other way round.
    """
    all_ends, matters = _escalated(rules)
    found: list[Asked] = []
    for matter in matters:
        graph = _ladder(rules, all_ends, matter)
        wide = _with_kin(rules, graph)
        settling = [a for a in wide if settles(rules, all_ends, a, matter)]
        saved = {a for s in settling for a in (s, *nx.ancestors(wide, s))}
        lost: list[Asked] = []
        for both in all_ends:
            if both.route.verb != "escalates_to" or NOBODY not in both.whom:
                continue
            if not _names(both.route, matter):
                continue
            for who in both.who:
                if not graph.out_degree(who):
                    path = Path(((who.name, "escalates_to", "nobody", both.route.clauses),))
                    why = f"{who.name} escalates {matter}, and the text names no receiver"
                    lost.append(_fails(matter, "no-receiver", why, path, both.route.clauses))
        if must_settle(rules, matter):
            lost.extend(_ends_of(rules, all_ends, matter, graph, wide, saved))
        if lost:
            found.extend(lost)
        else:
            first = next(
                e for e in all_ends if e.route.verb == "escalates_to" and _names(e.route, matter)
            ).route.clauses
            found.append(_holds(matter, "settled, or the text need not say who settles it", first))
    return tuple(found)


def _names(route: RouteRule, matter: str) -> bool:
    return matter in (route.matters or ("any",))


def _ends_of(
    rules: Rules,
    all_ends: tuple[Ends, ...],
    matter: str,
    graph: nx.DiGraph,
    wide: nx.DiGraph,
    saved: set[Actor],
) -> Iterator[Asked]:
    """The receivers with whom an escalation that nobody settles ends, each by a shortest path."""
    starts = list(
        dict.fromkeys(
            who
            for e in all_ends
            if e.route.verb == "escalates_to" and _names(e.route, matter)
            for who in e.who
            if who not in saved
        )
    )
    entries = [s for s in starts if not graph.in_degree(s)] or starts
    order = list(wide)
    told: list[Actor] = []
    for start in (*entries, *starts):
        reached = nx.descendants(wide, start)
        for end in order:
            if end not in reached or end in told or not _terminal(wide, graph, end):
                continue
            told.append(end)
            path = _steps(wide, nx.shortest_path(wide, start, end))
            arriving = [
                e.route
                for e in all_ends
                if e.route.verb == "escalates_to" and end in e.whom and covers(rules, e.route, matter)
            ]
            effects = [route.effect for route in arriving]
            if any(effect in ("hears", "advises") for effect in effects):
                reason, why = "hears-only", f"{end.name} only hears or advises on {matter}"
            elif _ours(rules, end):
                reason, why = "no-power", f"the text gives {end.name} no power to settle {matter}"
            else:
                reason, why = "silent", f"the text does not say that {end.name} may settle {matter}"
            # A path from an office to its body cites nothing; then the routes that lead there do.
            cited = _cited(path) or tuple(dict.fromkeys(c for route in arriving for c in route.clauses))
            yield _fails(matter, reason, why, path, cited)


def _terminal(wide: nx.DiGraph, graph: nx.DiGraph, end: Actor) -> bool:
    """Whether the actor received the matter by an escalation and it goes no further: neither does the
    actor pass it on, nor its body, nor an office of that to anybody outside the body."""
    if end not in graph or not graph.in_degree(end) or graph.out_degree(end):
        return False
    kin, new = {end}, [end]
    while new:
        near = [b for _, b, verb in wide.out_edges(new.pop(), data="verb") if verb == OFFICE_OF]
        new.extend(b for b in near if b not in kin)
        kin.update(near)
    return all(head in kin for actor in kin if actor in graph for head in graph.successors(actor))


def _ours(rules: Rules, actor: Actor) -> bool:
    """Whether the actor is constituted by this text: a body of its own, or an office or member of one."""
    body = rules.bodies.get(body_of(rules, actor) or "")
    return body is not None and not body.external


def cycles(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff escalations of one matter lead round to where they began, and nobody on the way round,
    nor anybody to whom it may be passed on from there, may settle it. An escalation on a condition is
    no part of a circle: the conditions of two may exclude each other.

    One answer for each matter that is escalated. `reason`: `cycle`. The path is a shortest one that
    starts with the earliest route of the text.
    """
    all_ends, matters = _escalated(rules)
    found: list[Asked] = []
    for matter in matters:
        graph = _ladder(rules, all_ends, matter)
        wide = _with_kin(rules, graph)
        settling = [a for a in wide if settles(rules, all_ends, a, matter)]
        saved = {a for s in settling for a in (s, *nx.ancestors(wide, s))}
        sure = _ladder(rules, all_ends, matter, sure=True)
        order = list(graph)
        closed = [
            part for part in nx.strongly_connected_components(sure) if len(part) > 1 and not part & saved
        ]
        closed.sort(key=lambda part: min(order.index(a) for a in part))
        for part in closed:
            start = min(part, key=order.index)
            inner = sure.subgraph(part)
            heads = [head for head in sure.successors(start) if head in part]
            rounds = [[start, *nx.shortest_path(inner, head, start)] for head in heads]
            path = _steps(sure, min(rounds, key=len))
            why = f"{matter} goes round and nobody on the way may settle it"
            found.append(_fails(matter, "cycle", why, path, _cited(path)))
        if not closed:
            found.append(_holds(matter, "no escalation of it goes round unsettled"))
    return tuple(found)


# ------------------------------------------------------------------ judges and overseers


def judges_in_own_cause(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff a route says whom a matter concerns (`about`), each of those who hear or settle it may
    be that very one (the body itself, an office or the members of it, or, of a matter about members,
    a member or an office that members hold), and no `about_receiver` and no other escalation of the
    matter says where it goes then.

    One answer for each route with `about`. `reason`: `itself` (the receiver is what it is about),
    `its-office` (an office of the body that it is about), `a-member`. A body that reviews its own
    performance is not asked about. An office is held by a member where every place of its rotation has
    a seat, or where a rule says that the holder is one.
    """
    found: list[Asked] = []
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    for both in all_ends:
        route = both.route
        judging = both.whom if route.verb == "escalates_to" else both.who
        if route.about is None or route.verb not in ("escalates_to", *JUDGING) or judging == (NOBODY,):
            continue
        about = resolve(rules, route.about, both.home)
        reasons = [_own_cause(rules, judge, about) for judge in judging]
        subject = "+".join(route.matters) or "any"
        if not all(reasons):
            found.append(_holds(subject, "somebody else hears it", route.clauses))
        elif (elsewhere := _elsewhere(rules, both, judging, all_ends)) is not None:
            found.append(_holds(subject, "the text says where it goes then", elsewhere))
        else:
            path = Path(
                tuple((w.name, route.verb, t.name, route.clauses) for w in both.who for t in both.whom)
            )
            names = " and ".join(judge.name for judge in judging)
            why = f"{subject} about {about.name} goes to {names}, who may be what it is about"
            held = (c for j in judging if j.kind == "office" for c in _from_the_members(rules, j, about))
            clauses = tuple(dict.fromkeys((*route.clauses, *held)))
            found.append(_fails(subject, reasons[0], why, path, clauses))
    return tuple(found)


def _own_cause(rules: Rules, judge: Actor, about: Actor) -> str:
    """Why the judge may be whom it is about; empty where they certainly are apart."""
    if judge == about:
        return "itself"
    body = body_of(rules, about)
    if about.kind == "body" and body_of(rules, judge) == about.name:
        return "its-office" if judge.kind == "office" else "a-member"
    if about.kind == "members" and judge.kind == "office" and judge.name in rules.offices:
        office = rules.offices[judge.name]
        home = rules.bodies.get(body or principal(rules) or "")
        if home is not None and office.of == home.name and _held_by_member(rules, office, home):
            return "a-member"
    return ""


def _from_the_members(rules: Rules, judge: Actor, about: Actor) -> tuple[str, ...]:
    """The clauses by which the holder of an office is one of the members whom it is about."""
    if about.kind != "members":
        return ()
    return tuple(c for rule in from_the_members(rules, judge.name) for c in rule.clauses)


def _held_by_member(rules: Rules, office: OfficeRule, body: BodyRules) -> bool:
    """Whether certainly a member holds the office: every place of its rotation has a seat, or a rule
    says that the holder is a member."""
    if from_the_members(rules, office.name):
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
        if again is route or again.verb not in ("escalates_to", *JUDGING) or again.about is None:
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
        return _fails(subject, "ex-officio", why, step, clauses)
    for party in rules.parties:
        there = tuple(s for s in over.seats if s.party == party)
        here = tuple(s for s in under.seats if s.party == party)
        if _majority(over, there) and _majority(under, here):
            clauses = tuple(dict.fromkeys((*route.clauses, *(c for s in (*there, *here) for c in s.clauses))))
            why = f"{party} has most votes of {over.name} and of {under.name}"
            return _fails(subject, "one-party", why, step, clauses)
    return _holds(subject, f"{over.name} and {under.name} are not certainly the same", route.clauses, step)


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


# ------------------------------------------------------------------ offices, lines, bodies


def single_points(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff an office that somebody is chosen for, or that presides, alone holds a power that is used
    outside the meeting room, and the text names nobody who acts in its place when it is vacant or its
    holder away: neither an acting office, nor a stand-in in the chair who has the powers too, nor an
    organisation that staffs it.

    One answer for each office that is not an external body's. `reason`: `nobody-acts`. `powers` lists
    them with their clauses. Duties alone (to report, to circulate papers) are no powers. Names that the
    text does not say how to fill ("target leads") may stand for many people, and are left alone.
    """
    found: list[Asked] = []
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    known = _Powers(rules, all_ends)
    for office in rules.offices.values():
        home = rules.bodies.get(office.of or "")
        if home is not None and home.external:
            continue
        powers = known.of(office)
        acting = _acting(rules, office, all_ends)
        clauses = tuple(dict.fromkeys((*(c for p in powers for c in p.clauses),)))
        if not powers:
            found.append(_holds(office.name, "no power outside the meeting room rests on it"))
        elif acting is not None:
            found.append(_holds(office.name, acting, clauses))
        elif not _filled(rules, office):
            found.append(_holds(office.name, "the text does not say that one person holds it", clauses))
        else:
            why = f"nobody acts for {office.name} when it is vacant or its holder away"
            found.append(_fails(office.name, "nobody-acts", why, NO_PATH, clauses, powers))
    return tuple(found)


def _filled(rules: Rules, office: OfficeRule) -> bool:
    """Whether the text speaks of one holder at a time: chosen, for a term, or in the chair."""
    me = Actor("office", office.name)
    return (
        office.chosen_by is not None
        or office.term is not None
        or any(resolve(rules, p.who, b.name) == me for b in rules.bodies.values() for p in b.presiding)
    )


@dataclass(frozen=True, slots=True)
class _Mention:
    """Somebody to whom a rule gives a power, by name (of which body) or known already. Of several mentions at
    one place the one of the lower `rank` counts."""

    place: int
    rank: int
    power: Power
    name: str = ""
    body: str | None = None
    actor: Actor | None = None


def _mentions(rules: Rules, all_ends: tuple[Ends, ...]) -> Iterator[_Mention]:
    """Everybody who is given a power that is used outside the meeting room, in the order of the text."""
    place = 0

    def given(
        what: str, clauses: tuple[str, ...], body: str | None, *names: str | None
    ) -> Iterator[_Mention]:
        power, rank = Power(what, clauses), int(what.startswith("consents"))
        for name in names:
            if name is not None:
                yield _Mention(place, rank, power, name, body)

    for norm in rules.norms:
        acts = norm.who if norm.force == "may" else None
        for what, name in (
            ("agrees to what a norm permits", norm.agreed_by),
            ("grants an exception", norm.by),
            ("lifts a norm", norm.waived_by),
            (f"may act ({words(norm.situation)})", acts),
        ):
            place += 1
            yield from given(what, norm.clauses, norm.body, name)
    for body in rules.bodies.values():
        for meeting in body.meetings:
            place += 1
            yield from given(f"calls {meeting.kind} meetings", meeting.clauses, body.name, meeting.called_by)
            place += 1
            cancels = f"cancels {meeting.kind} meetings"
            yield from given(cancels, meeting.clauses, body.name, meeting.cancelled_by)
        for seat in body.seats:
            for what, name in (
                ("invites to a seat", seat.invited_by),
                ("chooses who sits", seat.chosen_by),
                ("agrees to who sits", seat.agreed_by),
            ):
                place += 1
                yield from given(what, seat.clauses, body.name, name)
        for membership in body.membership:
            place += 1
            agreeing = (membership.agreed_by, *membership.consent_of)
            what = "agrees to members joining or leaving"
            yield from given(what, membership.clauses, body.name, *agreeing)
        for decision in body.decisions:
            place += 1
            yield from given("consents to decisions", decision.clauses, body.name, *decision.consent_of)
        for interest in body.interests:
            place += 1
            what = "lets a member with an interest take part"
            yield from given(what, interest.clauses, body.name, interest.waived_by)
    for other in rules.offices.values():
        place += 1
        yield from given(f"appoints {other.name}", other.clauses, None, other.appointer)
    for removal in rules.removals:
        place += 1
        yield from given(f"removes {removal.office}", removal.clauses, None, removal.agreed_by)
    for step in rules.steps:
        place += 1
        if step.verb in ("agreed_by", "approved_by") and len(step.whom) == 1:
            yield from given(f"{step.verb[:-4]} {step.instrument}", step.clauses, None, step.whom[0])
        yield from given(f"consents to {step.instrument}", step.clauses, None, *step.consent_of)
    for both in all_ends:
        place += 1
        route = both.route
        about = f" {' '.join(route.matters)}" if route.matters else ""
        if route.verb in POWERS and len(both.who) == 1:
            power = Power(f"{route.verb} {' '.join(a.name for a in both.whom)}", route.clauses)
            yield _Mention(place, 0, power, actor=both.who[0])
        elif route.verb == "escalates_to" and len(both.whom) == 1:
            power = Power(f"receives{about} from {' '.join(a.name for a in both.who)}", route.clauses)
            yield _Mention(place, 0, power, actor=both.whom[0])
        yield from given(f"consents to {route.verb}{about}", route.clauses, None, *route.consent_of)


class _Powers:
    """The powers of every office under one reading."""

    def __init__(self, rules: Rules, all_ends: tuple[Ends, ...]) -> None:
        self.rules, self.home = rules, principal(rules)
        self.named: dict[tuple[str, str | None], list[_Mention]] = {}
        self.known: dict[Actor, list[_Mention]] = {}
        self._meant: dict[tuple[str, str | None], Actor] = {}
        for mention in _mentions(rules, all_ends):
            if mention.actor is not None:
                self.known.setdefault(mention.actor, []).append(mention)
            else:
                self.named.setdefault((mention.name, mention.body), []).append(mention)

    def of(self, office: OfficeRule) -> tuple[Power, ...]:
        me = Actor("office", office.name)
        home = office.of or self.home
        found = [*self.known.get(me, ())]
        for (name, body), own in self.named.items():
            if self._means(name, body or home) == me:
                found += own
        first: dict[int, Power] = {}
        for mention in sorted(found, key=lambda m: (m.place, m.rank)):
            first.setdefault(mention.place, mention.power)
        return tuple(dict.fromkeys(first.values()))

    def _means(self, name: str, home: str | None) -> Actor:
        if (name, home) not in self._meant:
            self._meant[name, home] = resolve(self.rules, name, home)
        return self._meant[name, home]


def _acting(rules: Rules, office: OfficeRule, all_ends: tuple[Ends, ...]) -> str | None:
    """Who acts for the office, in words; None where nobody does."""
    me = Actor("office", office.name)
    if office.acting not in (None, "nobody"):
        return f"{office.acting} acts for it"
    if office.appointer in rules.parties:
        return f"{office.appointer} staffs it"
    home = rules.bodies.get(office.of or "")
    if home is not None and chair_of(rules, home.name) == me:
        for presiding in home.presiding:
            if presiding.powers and resolve(rules, presiding.who, home.name) != me:
                return f"{presiding.who} presides with its powers"
    for both in all_ends:
        if both.route.verb == "acts_as" and me in both.whom and both.who != (me,):
            return f"{both.who[0].name} acts as it"
    return None


def double_lines(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff one sender reports on one matter, which the text names, to two receivers who are
    neither an office and its body nor alternatives to one another, and on no condition.

    One answer for each sender and matter. `reason`: `two-clauses`, or `one-clause` where one provision
    names both receivers.
    """
    lines: dict[tuple[Actor, str], list[tuple[Actor, RouteRule]]] = {}
    for route in rules.routes:
        if route.verb != "reports_to" or route.when is not None:
            continue
        both = ends(rules, route)
        receivers = [a for a in both.whom if a.kind not in ("nobody", "outsider")]
        for who in both.who:
            for matter in route.matters:
                if matter == "any":
                    continue
                for whom in receivers[:1] if route.any_of else receivers:
                    lines.setdefault((who, matter), []).append((whom, route))
    found: list[Asked] = []
    for (who, matter), reported in lines.items():
        subject = f"{who.name} on {matter}"
        pair = next(
            (
                (a, b)
                for i, a in enumerate(reported)
                for b in reported[i + 1 :]
                if a[0] != b[0] and not _kin(rules, a[0], b[0])
            ),
            None,
        )
        clauses = tuple(dict.fromkeys(c for _, route in reported for c in route.clauses))
        if pair is None:
            found.append(_holds(subject, "one line", clauses))
            continue
        path = Path(tuple((who.name, "reports_to", whom.name, route.clauses) for whom, route in pair))
        reason = "one-clause" if pair[0][1].clauses == pair[1][1].clauses else "two-clauses"
        why = f"{who.name} reports on {matter} to {pair[0][0].name} and to {pair[1][0].name}"
        found.append(_fails(subject, reason, why, path, _cited(path)))
    return tuple(found)


def _kin(rules: Rules, a: Actor, b: Actor) -> bool:
    return body_of(rules, a) is not None and body_of(rules, a) == body_of(rules, b)


def never_constituted(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff a route names a body that is not external, the text gives it no seats and no way to
    become a member, and nobody creates it, appoints it or admits anybody to it.

    One answer for each body of the text's own that a route names. `reason`: `no-seats`.
    """
    named: dict[str, list[RouteRule]] = {}
    made: set[str] = set()
    for route in rules.routes:
        both = ends(rules, route)
        also = [resolve(rules, name, both.home) for name in _also(route)]
        for actor in (*both.who, *both.whom, *also):
            home = rules.bodies.get(body_of(rules, actor) or "")
            if home is not None and not home.external and route not in named.setdefault(home.name, []):
                named[home.name].append(route)
        if route.verb in ("creates", "appoints", "admits"):
            made.update(b for a in both.whom if (b := body_of(rules, a)) is not None)
    found: list[Asked] = []
    for name, routes in named.items():
        body = rules.bodies[name]
        clauses = tuple(dict.fromkeys((*body.clauses, *(c for r in routes for c in r.clauses))))
        if body.seats or name in made or any(m.joins for m in body.membership):
            found.append(_holds(name, "constituted", body.clauses))
        else:
            route = routes[0]
            both = ends(rules, route)
            path = Path(((both.who[0].name, route.verb, both.whom[0].name, route.clauses),))
            why = f"nothing says who sits on {name}, nor who creates it"
            found.append(_fails(name, "no-seats", why, path, clauses))
    return tuple(found)


def _also(route: RouteRule) -> Iterable[str]:
    return (*((route.via,) if route.via else ()), *route.consent_of)
