"""Every question against a second implementation in plain Python, on small networks."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path as File

import pytest
from graph_worlds import (
    body,
    cap,
    decision,
    matter,
    meeting,
    networks,
    norm,
    office,
    party,
    presiding,
    route,
    rules,
    seat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.graph.asked import OFFICE_OF, Asked
from govmodel.graph.escalations import cycles, dead_ends
from govmodel.graph.judging import judges_in_own_cause, overseen_overseers
from govmodel.graph.lines import double_lines, never_constituted
from govmodel.graph.powers import single_points
from govmodel.model.expressions import Span
from govmodel.model.rules import RouteRule, Rules
from govmodel.model.verdict import Verdict

MODELS = File(__file__).parents[2] / "models"


def fails(answers: tuple[Asked, ...]) -> list[Asked]:
    return [a for a in answers if a.answer.verdict is Verdict.FAILS]


# ------------------------------------------------------------------ plain Python, by definition


def wider(r: Rules, m: str) -> list[str]:
    line = [m]
    while line[-1] in r.matters and r.matters[line[-1]].kind_of:
        line.append(r.matters[line[-1]].kind_of or "")
    return line


def speaks_of(r: Rules, it: RouteRule, m: str) -> bool:
    return it.matters == () or any(w in it.matters for w in wider(r, m))


def steps(r: Rules, m: str) -> set[tuple[str, str]]:
    return {
        (who, whom)
        for it in r.routes
        if it.verb == "escalates_to" and speaks_of(r, it, m)
        for who in it.who
        for whom in it.whom
        if whom not in ("nobody", who)
    }


def may_settle(r: Rules, who: str, m: str) -> bool:
    limited = False
    for it in r.routes:
        if it.verb == "escalates_to" and who in it.whom and speaks_of(r, it, m):
            if it.effect in ("resolves", "final"):
                return True
            limited = limited or it.effect is not None
        if it.verb == "escalates_to" and who in it.who and speaks_of(r, it, m):
            limited = True
        if it.verb in ("determines", "decides") and who in it.who and it.whom[0] in wider(r, m):
            return True
    if limited or who not in r.bodies or r.bodies[who].external:
        return False
    return any(n in ("any", *wider(r, m)) for d in r.bodies[who].decisions for n in d.matters)


def kin(r: Rules, involved: set[str]) -> set[tuple[str, str]]:
    pairs = {(o.name, o.of or "") for o in r.offices.values() if o.name in involved}
    return pairs | {(b, a) for a, b in pairs}


def involved(r: Rules, m: str) -> set[str]:
    return {
        n
        for it in r.routes
        if it.verb == "escalates_to" and speaks_of(r, it, m)
        for n in (*it.who, *it.whom)
        if n != "nobody"
    }


def closure(start: str, pairs: set[tuple[str, str]]) -> set[str]:
    found = {start}
    while True:
        more = {b for a, b in pairs if a in found} - found
        if not more:
            return found
        found |= more


def escalated(r: Rules) -> list[str]:
    return [m for m in (*r.matters, "any") if any(m in named(it) for it in r.routes)]


def named(it: RouteRule) -> tuple[str, ...]:
    return (it.matters or ("any",)) if it.verb == "escalates_to" else ()


def plain_dead_ends(r: Rules) -> set[tuple[str, str, str]]:
    found = set()
    for m in escalated(r):
        edges = steps(r, m)
        both = edges | kin(r, involved(r, m))
        for it in r.routes:
            if m not in named(it):
                continue
            (who,) = it.who
            if "nobody" in it.whom and not any(a == who for a, _ in edges):
                found.add((m, "nobody", who))
            if not any(w in r.matters and r.matters[w].settle for w in wider(r, m)):
                continue
            reached = closure(who, both)
            if any(may_settle(r, n, m) for n in reached):
                continue
            for end in reached - {who}:
                family = closure(end, kin(r, involved(r, m)))
                received = any(b == end for _, b in edges)
                passed = any(a == end for a, _ in edges)
                leaves = any(a in family and b not in family for a, b in edges)
                if received and not passed and not leaves:
                    found.add((m, end, ""))
    return found


@settings(max_examples=200, deadline=None)
@given(networks())
def test_dead_ends_are_those_found_by_trying_everything(r: Rules) -> None:
    answers = dead_ends(r)
    told = set()
    for a in fails(answers):
        last = a.path.steps[-1]
        told.add((a.subject, last[2], last[0] if last[2] == "nobody" else ""))
    assert told == plain_dead_ends(r)
    assert {a.subject for a in answers} == set(escalated(r))
    assert all(a.clauses for a in answers)


@settings(max_examples=200, deadline=None)
@given(networks())
def test_cycles_are_those_found_by_trying_everything(r: Rules) -> None:
    answers = cycles(r)
    bad = set()
    for m in escalated(r):
        edges = steps(r, m)
        both = edges | kin(r, involved(r, m))
        for tail, head in edges:
            if tail in closure(head, edges) and not any(may_settle(r, n, m) for n in closure(tail, both)):
                bad.add(m)
    assert {a.subject for a in fails(answers)} == bad
    for a in fails(answers):
        walk = a.path.steps
        assert walk[0][0] == walk[-1][2]
        assert all(one[2] == two[0] for one, two in pairwise(walk))
        assert {(s[0], s[2]) for s in walk} <= steps(r, a.subject)
        assert len({s[0] for s in walk}) == len(walk)


@settings(max_examples=200, deadline=None)
@given(networks())
def test_every_path_is_made_of_routes_that_are_there(r: Rules) -> None:
    real = {(w, it.verb, t, it.clauses) for it in r.routes for w in it.who for t in it.whom}
    every = (
        *dead_ends(r),
        *cycles(r),
        *judges_in_own_cause(r),
        *double_lines(r),
        *never_constituted(r),
    )
    for a in fails(every):
        assert a.path.steps
        for step in a.path.steps:
            assert step in real or step[1] == OFFICE_OF
        cited = {c for s in a.path.steps for c in s[3] if s[1] != OFFICE_OF}
        assert cited <= set(a.clauses)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_double_lines(r: Rules) -> None:
    bad = set()
    lines: dict[tuple[str, str], list[str]] = {}
    for it in r.routes:
        if it.verb != "reports_to":
            continue
        whom = [w for w in it.whom if w not in ("nobody", "complainant")]
        for m in it.matters:
            lines.setdefault((it.who[0], m), []).extend(whom[:1] if it.any_of else whom)
    home = {"oa": "a", "ob": "x"}
    for (who, m), receivers in lines.items():
        if any(home.get(p, p) != home.get(q, q) for p, q in product(receivers, receivers)):
            bad.add(f"{who} on {m}")
    assert {a.subject for a in fails(double_lines(r))} == bad


@settings(max_examples=150, deadline=None)
@given(networks())
def test_never_constituted(r: Rules) -> None:
    home = {"oa": "a", "ob": "x"}
    spoken = {home.get(n, n) for it in r.routes for n in (*it.who, *it.whom)} & {"a", "b"}
    made = {home.get(n, n) for it in r.routes if it.verb == "creates" for n in it.whom}
    assert {a.subject for a in fails(never_constituted(r))} == {
        n for n in spoken if not r.bodies[n].seats and n not in made
    }


@settings(max_examples=200, deadline=None)
@given(networks())
def test_judges_in_their_own_cause(r: Rules) -> None:
    home = {"oa": "a", "ob": "x"}
    bad = []
    for it in r.routes:
        if it.about is None or it.whom == ("nobody",):
            continue
        judges = it.whom
        own = [j == it.about or home.get(j) == it.about for j in judges]
        if it.about_receiver is not None:
            away = it.about_receiver not in judges
        else:
            away = any(
                other is not it
                and other.about in judges
                and (not it.matters or any(speaks_of(r, other, m) for m in it.matters))
                and any(j not in judges and j != "nobody" for j in other.whom)
                for other in r.routes
            )
        if all(own) and not away:
            bad.append(it.clauses)
    assert [a.clauses for a in fails(judges_in_own_cause(r))] == bad


@st.composite
def overseers(draw: st.DrawFn) -> Rules:
    def seats(of: str) -> tuple[object, ...]:
        made = []
        for number in range(draw(st.integers(0, 4))):
            who = draw(st.sampled_from(("p", "q", "over.chair", "under.chair", None)))
            low = draw(st.integers(0, 2))
            made.append(
                seat(
                    of,
                    f"s{number}",
                    low,
                    draw(st.sampled_from((low, low + 1, None))),
                    party=who if who in ("p", "q") else None,
                    ex_officio=who if who and "." in who else None,
                    optional=draw(st.booleans()) or low == 0,
                    votes=draw(st.integers(1, 2)),
                    role=draw(st.sampled_from(("voting", "voting", "advising"))),
                )
            )
        return tuple(made)

    caps = (cap("over", draw(st.sampled_from((("p",), ("p", "q")))), 1),) if draw(st.booleans()) else ()
    return rules(
        party("p"),
        party("q"),
        body("over", seats=seats("over"), caps=caps),
        body("under", seats=seats("under")),
        route("over", "scrutinises", "under", "9"),
    )


def sure(r: Rules, of: str, mine: str) -> bool:
    """Whether these seats have most votes however the others are filled (open: up to three)."""
    voting = [s for s in r.bodies[of].seats if s.role == "voting"]

    def belongs(s: object) -> bool:
        return mine in (getattr(s, "party", None), getattr(s, "ex_officio", None))

    choices = [range(0 if s.optional else s.low, (3 if s.high is None else s.high) + 1) for s in voting]
    for filled in product(*choices):
        votes = {True: 0, False: 0}
        capped = 0
        for n, s in zip(filled, voting, strict=True):
            votes[belongs(s)] += n * s.votes
            capped += n * s.votes if r.bodies[of].caps and s.party in r.bodies[of].caps[0].parties else 0
        if r.bodies[of].caps and capped > 1 and mine in r.bodies[of].caps[0].parties:
            others = sum(
                n * s.votes
                for n, s in zip(filled, voting, strict=True)
                if s.party in r.bodies[of].caps[0].parties and not belongs(s)
            )
            votes[True] = 0 if others else votes[True] - capped + 1
        if votes[True] <= votes[False]:
            return False
    return bool(voting)


@settings(max_examples=200, deadline=None)
@given(overseers())
def test_overseers_who_are_the_overseen_are_certainly_so(r: Rules) -> None:
    (answer,) = overseen_overseers(r)
    ex_officio = sure(r, "over", "under.chair")
    one_party = any(sure(r, "over", p) and sure(r, "under", p) for p in ("p", "q"))
    told = answer.answer.verdict is Verdict.FAILS
    assert not told or ex_officio or one_party
    open_ended = any(s.high is None for b in r.bodies.values() for s in b.seats)
    if not open_ended and not r.bodies["over"].caps:
        assert told == (ex_officio or one_party)


@st.composite
def offices(draw: st.DrawFn) -> Rules:
    used = draw(
        st.sets(
            st.sampled_from(
                ("agrees", "waives", "may", "must", "calls", "decides", "receives", "two", "reports")
            )
        )
    )
    return rules(
        party("staff"),
        body(
            "b",
            seats=(seat("b", "s"),),
            presiding=(
                presiding("b", 0, "o"),
                presiding("b", 1, "d", powers=draw(st.sampled_from((None, True)))),
            )
            if draw(st.booleans())
            else (),
            meetings=(meeting("b", "o" if "calls" in used else "d"),),
        ),
        office(
            "o",
            "b",
            acting=draw(st.sampled_from((None, None, "d", "nobody"))),
            appointer=draw(st.sampled_from((None, None, "staff"))),
            chosen_by=draw(st.sampled_from((None, "election", "appointment", "provision"))),
        ),
        office("d", "b"),
        matter("m"),
        *([norm("1", agreed_by="o")] if "agrees" in used else []),
        *([norm("2", waived_by="o", force="must")] if "waives" in used else []),
        *([norm("3", who="o")] if "may" in used else []),
        *([norm("4", who="o", force="must")] if "must" in used else []),
        *([route("o", "decides", "m", "5")] if "decides" in used else []),
        *([route("public", "escalates_to", "o", "6")] if "receives" in used else []),
        *([route("public", "escalates_to", ("o", "d"), "7")] if "two" in used else []),
        *([route("o", "reports_to", "b", "8")] if "reports" in used else []),
    )


@settings(max_examples=150, deadline=None)
@given(offices())
def test_single_points(r: Rules) -> None:
    (answer,) = [a for a in single_points(r) if a.subject == "o"]
    mine = set()
    for n in r.norms:
        if n.agreed_by == "o" or n.waived_by == "o" or (n.who == "o" and n.force == "may"):
            mine |= set(n.clauses)
    for it in r.routes:
        if (it.verb == "decides" and it.who == ("o",)) or (it.verb == "escalates_to" and it.whom == ("o",)):
            mine |= set(it.clauses)
    if r.bodies["b"].meetings[0].called_by == "o":
        mine.add("6.6")
    o = r.offices["o"]
    chain = r.bodies["b"].presiding
    acted = o.acting == "d" or o.chosen_by == "provision" or any(p.powers for p in chain)
    filled = bool(chain) or o.chosen_by is not None
    assert (answer.answer.verdict is Verdict.FAILS) == bool(mine and filled and not acted)
    if answer.answer.verdict is Verdict.FAILS:
        assert set(answer.clauses) == mine == {c for p in answer.powers for c in p.clauses}


# ------------------------------------------------------------------ plain examples, and restraint


def test_why_a_ladder_ends() -> None:
    def end(*things: object) -> list[tuple[str, str]]:
        r = rules(matter("m", settle=True), *things)
        return [(a.reason, a.path.steps[-1][2]) for a in fails(dead_ends(r))]

    go = route("public", "escalates_to", "b", matters=("m",))
    heard = route("public", "escalates_to", "b", matters=("m",), effect="hears")
    assert end(body("b"), go) == [("no-power", "b")]
    assert end(body("b", external=True), go) == [("silent", "b")]
    assert end(body("b", external=True), heard) == [("hears-only", "b")]
    assert end(body("b", decisions=(decision("b"),)), go) == []
    assert end(body("b", decisions=(decision("b"),)), heard) == [("hears-only", "b")]
    assert end(body("b"), go, route("b", "determines", "m")) == []
    assert end(body("b"), body("x", external=True), go, route("b", "escalates_to", "x", effect="final")) == []
    assert end(body("b"), route("b", "escalates_to", "nobody", matters=("m",))) == [("no-receiver", "nobody")]


def test_an_outside_body_is_left_alone_unless_the_matter_must_be_settled() -> None:
    go = route("public", "escalates_to", "x", matters=("m",))
    assert fails(dead_ends(rules(matter("m"), body("x", external=True), go))) == []


def test_what_reaches_an_office_may_be_passed_on_by_its_body() -> None:
    r = rules(
        matter("m", settle=True),
        body("b"),
        body("x", external=True),
        office("c", "b"),
        route("public", "escalates_to", "c", matters=("m",)),
        route("b", "escalates_to", "x", matters=("m",), effect="final"),
    )
    assert fails(dead_ends(r)) == []


def test_a_chair_who_may_ask_the_board_is_not_where_it_ends() -> None:
    r = rules(
        matter("m", settle=True),
        body("b"),
        office("c", "b"),
        route("public", "escalates_to", "c", "1", matters=("m",)),
        route("c", "escalates_to", "b", "2", matters=("m",), force="may"),
    )
    (found,) = fails(dead_ends(r))
    assert (found.path.steps[-1][2], found.clauses, found.reason) == ("b", ("1", "2"), "no-power")


def test_a_cycle_with_a_way_out_is_none() -> None:
    to_and_fro = (route("a", "escalates_to", "b", "1", matters=("m",)), route("b", "escalates_to", "a", "2"))
    world = (matter("m", settle=True), body("a"), body("b"), body("x", external=True))
    (found,) = fails(cycles(rules(*world, *to_and_fro)))
    assert [s[:3] for s in found.path.steps] == [("a", "escalates_to", "b"), ("b", "escalates_to", "a")]
    assert found.clauses == ("1", "2")
    out = route("b", "escalates_to", "x", "3", effect="final")
    assert fails(cycles(rules(*world, *to_and_fro, out))) == []


def test_own_performance_and_a_board_that_judges_a_member_are_silent() -> None:
    r = rules(
        body("b", seats=(seat("b", "s"),)),
        matter("complaint"),
        route("b", "scrutinises", "b"),
        route("public", "escalates_to", "b", matters=("complaint",), about="member"),
    )
    assert fails(judges_in_own_cause(r)) == []


@pytest.mark.parametrize(
    ("receiver", "reason"), [("c", "its-office"), ("b", "itself"), ("member", "a-member")]
)
def test_a_complaint_about_a_body(receiver: str, reason: str) -> None:
    things = (
        body("b", seats=(seat("b", "s"),)),
        office("c", "b"),
        body("x", external=True),
        matter("complaint"),
    )
    complaint = route("complainant", "escalates_to", receiver, "11", matters=("complaint",), about="b")
    (found,) = fails(judges_in_own_cause(rules(*things, complaint)))
    assert (found.reason, found.clauses, found.subject) == (reason, ("11",), "complaint")
    again = route("complainant", "escalates_to", "x", "12", matters=("complaint",), about=receiver)
    if receiver == "c":
        assert fails(judges_in_own_cause(rules(*things, complaint, again))) == []


def test_a_rotating_chair_who_must_be_a_member_judges_members() -> None:
    world = (party("p"), party("q"), body("b", seats=(seat("b", "s", party="p"), seat("b", "t", party="q"))))
    about = route("complainant", "escalates_to", "c", matters=("m",), about="member")
    certain = office("c", "b", chosen_by="rotation", rotation=(("p",), ("q",)))
    outside = office("c", "b", chosen_by="rotation", rotation=(("p",), ("elsewhere",)))
    assert fails(judges_in_own_cause(rules(*world, certain, matter("m"), about)))[0].reason == "a-member"
    assert fails(judges_in_own_cause(rules(*world, outside, matter("m"), about))) == []


def test_a_group_that_is_created_is_constituted() -> None:
    family = body("t", family=Span(0, None))
    reports = route("t", "reports_to", "b")
    seated = body("b", seats=(seat("b", "s"),))
    assert [a.subject for a in fails(never_constituted(rules(seated, family, reports)))] == ["t"]
    assert fails(never_constituted(rules(seated, family, reports, route("b", "creates", "t")))) == []


def test_reporting_home_and_to_the_board_is_no_double_line() -> None:
    r = rules(
        body("b", seats=(seat("b", "s"),)),
        office("c", "b"),
        matter("m"),
        route("member", "reports_to", "b"),
        route("member", "reports_to", "its-party"),
        route("member", "reports_to", "c", matters=("m",)),
        route("member", "reports_to", "b", matters=("m",)),
    )
    assert fails(double_lines(r)) == []


def test_oxfordshire() -> None:
    from govmodel.loading import load
    from govmodel.reading import read, under

    r = under(read(load(str(MODELS / "oscp-2010.yaml"))), {})
    ends = {(a.reason, c) for a in fails(dead_ends(r)) for c in a.clauses}
    assert ends == {("no-receiver", "14.1(iii)")}
    assert [(a.reason, a.clauses) for a in fails(judges_in_own_cause(r))] == [("its-office", ("11.1",))]
    assert [a.subject for a in fails(single_points(r))] == ["oscp-chair"]
    for question in (cycles, double_lines, never_constituted, overseen_overseers):
        assert fails(question(r)) == []
