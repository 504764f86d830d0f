"""What others have to say to decisions: consent, opting out, bars that are lifted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import comb, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import (
    BOUND,
    at_least,
    board,
    constitution,
    decision,
    interest,
    matter,
    office,
    presides,
    quorum,
    route,
    scenario,
    seat,
    within,
)

from govmodel.exact.chains import slowest
from govmodel.model.chances import Chances
from govmodel.model.expressions import Threshold
from govmodel.model.rules import Rules
from govmodel.model.scenario import ByMatter, Clock, Escalation, Receiver, Scenario
from govmodel.model.uses import Consents, OptingOut, Uses
from govmodel.report.simulation import story
from govmodel.semantics import meeting as judge
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import simulate

F = Fraction
HALF_OF_VOTES = Threshold(kind="share", share=F(1, 2), strict=True, base="voting")


def with_uses(world: Scenario, **more: Any) -> Scenario:
    return replace(world, uses=Uses(**more))


def grants(number: int = 3, **more: Any) -> Rules:
    """A board whose decisions on grants need the consent of a panel and of its own members."""
    seats = [seat(f"s{i}", ["red"] if i < 2 else []) for i in range(number)]
    decisions = (decision(), decision(None, ("grant",), **more))
    return constitution(board(seats, decisions=decisions), matters=(matter("grant"),))


GRANTS = {"grant": F(1)}


def test_what_is_carried_waits_for_consent() -> None:
    rules = grants(consent_of=("panel",))
    world = scenario(consensus=F(1), attendance=F(1), matters=GRANTS, per_meeting=4)
    asked = with_uses(world, consents=Consents(default=F(3, 4), first=10, last=30))
    t = simulate_all(plan(rules, asked, years=5, seed=1), 2000)
    raised = t.of(0, "raised").mean()
    assert within(t.of(0, "refused"), raised / 4)
    assert np.array_equal(t.of(0, "refused"), t.of(0, "lost"))
    assert np.array_equal(t.of(0, "carried") + t.of(0, "lost"), t.of(0, "raised"))
    assert within(t.of(0, "days") - 20 * t.of(0, "raised"), 0.0)
    before = simulate_all(plan(rules, world, years=5, seed=1), 100)
    assert before.of(0, "refused").sum() == 0
    assert np.array_equal(before.of(0, "raised"), t.of(0, "raised")[:100])


def test_the_exact_figures_of_consent() -> None:
    """Of the members one by one, with a class that is asked itself, and up to the end of the run."""
    rules = grants(consent_of=("panel", "red"))
    world = with_uses(
        scenario(matters={"grant": F(1, 2), "other": F(1, 2)}, attendance=F(9, 10)),
        consents=Consents(default=F(8, 10), first=0, last=200, by_giver={"s0": F(1, 2)}),
    )
    assert [g.name for g in plan(rules, world, years=1, seed=1).bodies[0].matters[0].givers] == [
        "panel", "s0", "s1",
    ]  # fmt: skip
    result = simulate(rules, world, years=3, replications=3000)
    own = {beside.figure: beside for beside in result.bodies[0].beside}
    assert {"consent refused", "carried", "time to decision", "still open at the end"} <= set(own)
    assert all(one.chance > 0.001 for one in own.values()), own
    assert own["still open at the end"].exact > 0.01


def test_the_last_of_several_answers() -> None:
    assert slowest([(1, 2), (1, 2)]) == (F(0), F(1, 4), F(3, 4))
    assert slowest([]) == (F(1),)
    assert slowest([(3, 3)]) == (F(0), F(0), F(0), F(1))


def test_refused_it_comes_back_if_it_must_be_settled() -> None:
    rules = grants(consent_of=("panel",))
    rules = replace(rules, matters={"grant": matter("grant", settle=True)})
    world = with_uses(
        scenario(consensus=F(1), attendance=F(1), matters=GRANTS, per_meeting=1, spread="fixed"),
        consents=Consents(default=F(1, 2), first=10, last=20),
    )
    whole = plan(rules, world, years=20, seed=1)
    t = simulate_all(whole, 500)
    assert t.of(0, "lost").sum() == 0
    assert t.of(0, "refused").sum() / t.of(0, "carried").sum() == pytest.approx(1, abs=0.05)
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))


def test_members_opt_out() -> None:
    """Of those against one in two, of the rest (absent, or abstaining) one in ten."""
    rules = grants(4, may_opt_out="member")
    world = scenario(
        attendance=F(3, 4), in_favour=F(1, 2), abstain=F(1, 4), matters=GRANTS, per_meeting=5, spread="fixed"
    )
    chances = OptingOut(against=F(1, 2), others=F(1, 10))
    whole = plan(rules, with_uses(world, opting_out=chances), years=5, seed=2)
    t = simulate_all(whole, 2000)
    # Of one place: for 3/8, against 3/16, otherwise 7/16; a majority of those who vote carries.
    wanted = 0.0
    for yes in range(5):
        for no in range(5 - yes):
            rest = 4 - yes - no
            ways = comb(4, yes) * comb(4 - yes, no)
            chance = ways * (3 / 8) ** yes * (3 / 16) ** no * (7 / 16) ** rest
            wanted += (yes > no) * chance * (no / 2 + rest / 10)
    assert within(t.of(0, "opted_out"), 100 * wanted)
    same = simulate_all(plan(rules, world, years=5, seed=2), 100)
    assert np.array_equal(same.of(0, "carried"), t.of(0, "carried")[:100])
    for tie in (None, "carried", "lot"):
        thin = replace(rules.bodies["board"], quorum=(quorum(at_least(3)),))
        rule = replace(thin.decisions[0], equal_votes=tie)
        thin = replace(thin, decisions=(rule, *thin.decisions[1:]))
        given = with_uses(replace(world, consensus=ByMatter(default=F(1, 5))), opting_out=chances)
        result = simulate(replace(rules, bodies={"board": thin}), given, years=4, replications=2000)
        own = {beside.figure: beside for beside in result.bodies[0].beside}
        assert own["opted out"].exact > 1
        assert own["opted out"].chance > 0.001
    only_red = grants(4, may_opt_out="red")
    free = plan(only_red, with_uses(world, opting_out=chances), years=1, seed=2).bodies[0].matters[0].opts_out
    assert free == (True, True, False, False)


def interested(**more: Any) -> Rules:
    body = board([seat(f"s{i}") for i in range(3)], interests=(interest(**more),))
    return constitution(replace(body, quorum=(quorum(at_least(2)),)))


@pytest.mark.parametrize(("who", "wanted"), [("panel", 1 / 4), ("board", 1 / 16)])
def test_a_bar_is_lifted(who: str, wanted: float) -> None:
    """All come, one in two has an interest in each item, and one in two bars is lifted: by a panel always,
    by the body where at least two members are free."""
    world = scenario(attendance=F(1), consensus=F(1), interests=F(1, 2), per_meeting=5, spread="fixed")
    whole = plan(interested(waived_by=who), with_uses(world, lifting=F(1, 2)), years=10, seed=1)
    lifted, seen = 0, 0
    for number in range(1, 41):
        for record in replay(whole, number):
            if record.what == "item" and record.gathering is not None:
                lifted += len(record.facts.get("lifted", ()))
                seen += 3
    # One of three members who has an interest is free of it at 1/2; alone with it, at (1/2)^3 * 1/2.
    assert lifted / seen == pytest.approx(wanted, abs=BOUND * sqrt(wanted / seen) * 2)


def test_a_lifted_bar_is_as_none_to_the_judge() -> None:
    rules = interested(waived_by="board", withdraws="no")
    world = scenario(attendance=F(9, 10), interests=F(1, 3), per_meeting=4)
    whole = plan(rules, with_uses(world, lifting=F(2, 3)), years=6, seed=3)
    judged = 0
    for record in replay(whole, 1) + replay(whole, 2):
        if record.gathering is None or record.facts.get("outcome") not in ("carried", "lost"):
            continue
        assert judge.tally(rules, record.gathering).outcome == record.facts["outcome"]
        judged += bool(record.facts.get("lifted"))
    assert judged > 10


def test_a_bar_that_another_makes_too_is_not_lifted() -> None:
    rules = interested(waived_by="board")
    body = rules.bodies["board"]
    both = replace(rules, bodies={"board": replace(body, interests=(*body.interests, interest()))})
    world = with_uses(scenario(interests=F(1, 2)), lifting=F(1))
    whole = plan(both, world, years=1, seed=1)
    assert whole.bodies[0].lifting is None
    assert not whole.left_out
    partly = replace(body, interests=(*body.interests, interest(withdraws="may")))
    said = plan(replace(rules, bodies={"board": partly}), world, years=1, seed=1).left_out
    assert said == ("board: no bar is lifted where another stays that does less (1)",)


def test_what_is_not_in_the_scenario_is_told() -> None:
    rules = grants(consent_of=("panel",), may_opt_out="member")
    rules = replace(
        rules, bodies={"board": replace(rules.bodies["board"], interests=(interest(waived_by="board"),))}
    )
    assert plan(rules, scenario(), years=1, seed=1).left_out == (
        "board: the consent of others is not awaited (1)",
        "board: nobody opts out (1)",
        "board: nobody lifts a bar for an interest (1)",
    )
    every = with_uses(
        scenario(), lifting=F(1, 2), opting_out=OptingOut(against=F(1), others=F(0)),
        consents=Consents(default=F(1), first=0, last=0),
    )  # fmt: skip
    assert plan(rules, every, years=1, seed=1).left_out == ()


def test_an_added_seat_leaves_the_answers_alone() -> None:
    """The panel answers the same whoever sits here, and the members opt out as before."""
    world = with_uses(
        scenario(consensus=F(1), attendance=F(1), matters=GRANTS, per_meeting=3, spread="fixed"),
        consents=Consents(default=F(1, 2), first=1, last=40), opting_out=OptingOut(against=F(1), others=F(0)),
    )  # fmt: skip
    more: dict[str, Any] = {"consent_of": ("panel",), "may_opt_out": "member"}
    answers = [
        [
            r.facts["consents"]
            for r in replay(plan(grants(n, **more), world, years=5, seed=7), 3)
            if r.what == "item"
        ]
        for n in (3, 4)
    ]
    assert answers[0] == answers[1]


def test_the_story_of_consent() -> None:
    world = with_uses(
        scenario(matters=GRANTS, in_favour=F(6, 10)), lifting=F(1),
        consents=Consents(default=F(1, 2), first=5, last=9), opting_out=OptingOut(against=F(1), others=F(0)),
    )  # fmt: skip
    rules = grants(consent_of=("panel",), may_opt_out="member")
    told = "\n".join(story(simulate(rules, world, years=4, replications=2, trace=1)))
    assert "    consent is asked of panel: given on " in told
    assert "    consent is asked of panel: refused on " in told
    assert " out of it." in told


def test_on_a_clock_of_months() -> None:
    rules = grants(consent_of=("panel",))
    world = with_uses(
        scenario(consensus=F(1), attendance=F(1), matters=GRANTS, clock=Clock(unit="month")),
        consents=Consents(default=F(1), first=30, last=60),
    )
    result = simulate(rules, world, years=4, replications=1500)
    own = {beside.figure: beside for beside in result.bodies[0].beside}
    assert own["time to decision"].exact == pytest.approx(1.5, abs=0.05)
    assert result.agrees


def test_proxies_vote_and_do_not_make_a_quorum() -> None:
    """Of four members one in two comes, and two in three of the others vote by proxy, on grants only."""
    rules = grants(4, proxies="should")
    body = replace(rules.bodies["board"], quorum=(quorum(at_least(2)),))
    rules = replace(rules, bodies={"board": body})
    world = scenario(attendance=F(1, 2), in_favour=F(1, 2), matters=GRANTS, per_meeting=4, spread="fixed")
    with_proxies = with_uses(world, proxies=Chances(default=F(2, 3)))
    t = simulate_all(plan(rules, with_proxies, years=5, seed=1), 2000)
    quorate = sum(comb(4, k) for k in (2, 3, 4)) / 16
    assert within(20 - t.of(0, "inquorate"), 20 * quorate)
    result = simulate(rules, with_proxies, years=5, replications=2000)
    own = {beside.figure: beside for beside in result.bodies[0].beside}
    assert {"carried", "ties"} <= set(own)
    assert all(one.chance > 0.001 for one in own.values()), own
    # One of four votes with 1/2 + 1/2 * 2/3 = 5/6 where both of two come; the closed form has the rest.
    carried = 0.0
    for here in (2, 3, 4):
        for more in range(5 - here):
            votes = here + more
            ways = comb(4, here) / 16 * comb(4 - here, more) * (2 / 3) ** more * (1 / 3) ** (4 - here - more)
            carried += ways * sum(comb(votes, k) for k in range(votes // 2 + 1, votes + 1)) / 2**votes
    heard = own["items raised"].exact * (1 - own["still open at the end"].exact)
    assert own["carried"].exact / heard == pytest.approx(carried / quorate)
    other = simulate_all(plan(rules, world, years=5, seed=1), 300)
    assert np.array_equal(other.of(0, "inquorate"), t.of(0, "inquorate")[:300])
    assert not np.array_equal(other.of(0, "carried"), t.of(0, "carried")[:300])


def test_a_proxy_is_told() -> None:
    rules = grants(4, proxies="yes")
    world = with_uses(scenario(attendance=F(1, 2), matters=GRANTS), proxies=Chances(default=F(1)))
    result = simulate(rules, world, years=3, replications=2, trace=1)
    told = "\n".join(story(result))
    assert " by proxy." in told
    voted = [r.gathering for r in result.records if r.what == "item" and r.gathering]
    assert all(set(g.by_proxy) | set(g.present) == {"s0", "s1", "s2", "s3"} for g in voted if g.present)
    assert plan(rules, scenario(), years=1, seed=1).left_out == ("board: proxies do not vote (1)",)


def test_any_of_several_receivers() -> None:
    """What is deferred once goes to one of two, of whom one passes on what it does not settle."""
    any_of = replace(route("board", "left", ["grant"]), whom=("left", "right"), any_of=True)
    rules = replace(grants(), routes=(any_of, route("left", "top", ["grant"])))
    world = scenario(matters=GRANTS, attendance=F(1, 2), consensus=F(1))
    body = replace(rules.bodies["board"], quorum=(quorum(at_least(2)),))
    rules = replace(rules, bodies={"board": body})

    def receiver(settles: Fraction, days: int) -> Receiver:
        return Receiver(settles=settles, first=days, last=days)

    by = {"left": receiver(F(1, 2), 10), "right": receiver(F(1, 4), 20), "top": receiver(F(1), 100)}
    first = Escalation(after=1, default=receiver(F(0), 0), by_receiver=by)
    evenly = replace(world, escalation=replace(first, several="evenly"))
    whole = plan(rules, evenly, years=1, seed=1)
    assert [(share, [s.name for s in steps]) for share, steps in whole.bodies[0].matters[0].ways] == [
        (F(1, 2), ["left", "top"]), (F(1, 2), ["right"]),
    ]  # fmt: skip
    assert not whole.left_out
    t = simulate_all(plan(rules, evenly, years=5, seed=1), 3000)
    assert within(t.of(0, "stuck") - t.of(0, "escalated") * 3 / 8, 0.0)
    result = simulate(rules, evenly, years=5, replications=3000)
    own = {beside.figure: beside for beside in result.bodies[0].beside}
    assert {"passed on", "settled elsewhere", "settled by nobody", "time to decision"} <= set(own)
    assert all(one.chance > 0.001 for one in own.values()), own
    before = plan(rules, replace(world, escalation=first), years=1, seed=1)
    assert before.left_out == ("of several receivers only left is asked (1)",)
    assert before.bodies[0].matters[0].ways == ()


def rounds(*more: Threshold) -> Rules:
    """An election with a majority of the members in the first round, and other rules in later ones."""
    first = Threshold(kind="share", share=F(1, 2), strict=True, base="members")
    decisions = [decision(first, ("grant",))]
    decisions += [decision(one, ("grant",), round=number) for number, one in enumerate(more, start=2)]
    members = [seat(f"s{i}") for i in range(4)]
    chair = office("chair", [["s0"]])
    body = board(members, decisions=tuple(decisions), presiding=(presides(0, "chair", "casting"),))
    return constitution(body, matters=(matter("grant"),), offices=(chair,))


def test_an_election_in_two_rounds() -> None:
    """Three of four must vote for it; in a second round more for than against is enough."""
    rules = rounds(Threshold(kind="plurality"))
    rules = replace(rules, bodies={"board": replace(rules.bodies["board"], presiding=())})
    world = scenario(
        attendance=F(1), in_favour=F(1, 2), abstain=F(1, 4), matters=GRANTS, per_meeting=5, spread="fixed"
    )
    whole = plan(rules, world, years=5, seed=4)
    assert whole.left_out == ()
    t = simulate_all(whole, 2000)
    first = sum(comb(4, k) for k in (3, 4)) / 16
    second = sum(
        comb(4, yes) * comb(4 - yes, no) / 2**yes / 4 ** (4 - yes)
        for yes in range(5) for no in range(5 - yes) if yes > no
    )  # fmt: skip
    assert within(t.of(0, "carried"), 100 * (first + (1 - first) * second))
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))
    one = simulate(rules, world, years=1, replications=20)
    assert one.bodies[0].not_compared == "of what becomes of items, since an election has several rounds"


def test_the_judge_says_the_same_of_every_round() -> None:
    """With members who abstain, casting votes and interests, in three rounds."""
    rules = rounds(HALF_OF_VOTES, Threshold(kind="plurality"))
    body = replace(rules.bodies["board"], interests=(interest(),))
    rules = replace(rules, bodies={"board": body})
    world = scenario(
        attendance=F(3, 4),
        in_favour=F(2, 5),
        abstain=F(1, 5),
        matters=GRANTS,
        interests=F(1, 10),
        per_meeting=5,
    )
    whole = plan(rules, world, years=8, seed=1)
    seen: set[int] = set()
    for record in replay(whole, 1) + replay(whole, 2):
        if record.gathering is None or record.what != "item":
            continue
        tally = judge.tally(rules, record.gathering)
        assert tally.outcome == record.facts["outcome"]
        assert tally.in_favour == record.facts["votes_for"] + (record.facts["casting"] > 0)
        seen.add(record.gathering.election_round)
    assert seen == {1, 2, 3}
    told = "\n".join(story(simulate(rules, world, years=8, replications=1, trace=1)))
    assert ": in the third round " in told


USES = """\
consents: {default: 0.9, by_giver: {top: 0.5}, days: 10..30}
opting_out: {against: 0.3, others: 5%}
lifting: 0.25
"""


def test_they_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD.replace("escalation:", USES.replace("top", "council") + "escalation:")).uses
    assert found.consents == Consents(default=F(9, 10), first=10, last=30, by_giver={"council": F(1, 2)})
    assert found.opting_out == OptingOut(against=F(3, 10), others=F(1, 20))
    assert found.lifting == F(1, 4)
    assert load(tmp_path, GOOD + "consents: none\nlifting: none\n").uses == Uses()
    for old, new, said in (
        ("default: 0.9", "default: 9", "not-a-probability"),
        ("top", "tpo", 'unknown-name: the model has no body, office, party or class "tpo"'),
        ("10..30", "30..10", "not-days"),
        ("others: 5%", "other: 5%", "missing-key: opting_out says nothing of others"),
        ("lifting: 0.25", "lifting: 2", "not-a-probability"),
    ):
        text = GOOD + USES.replace("by_giver: {top:", "by_giver: {council:").replace(old, new) \
            if old != "top" else GOOD + USES.replace("top", "tpo")  # fmt: skip
        assert any(said in problem for problem in problems(tmp_path, text)), said
