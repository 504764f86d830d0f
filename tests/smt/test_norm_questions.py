"""Questions about norms: against brute force, and case by case where something once went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import z3
from hypothesis import given, settings

from govmodel.exact.times import Difference, least_distance
from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Flag,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.rules import NormRule, Rulebook
from govmodel.model.verdict import Verdict
from govmodel.reading import under
from govmodel.semantics.cases import NotDecidable, offset_after, offset_before
from govmodel.semantics.replay import blocks, exercised_lawfully, promised
from govmodel.smt.ask import Result, Session
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions.norms import Blocked, NormAnswer, bounds, conflicts, narrowed
from strategies.agreement import compare_norms
from strategies.books import ambiguity
from strategies.dice import Rolled, drawn
from strategies.situations import World, attribute, drawn_world, norm, world
from strategies.stopping import NEVER, stop
from strategies.trying import Tried

A, B, GIVEN = Flag("event.a"), Flag("event.b"), Flag("event.given")
FLAGS = {
    "a": attribute("yes-no", "body"),
    "b": attribute("yes-no", "body"),
    "given": attribute("yes-no"),
    "other": attribute("yes-no"),
}


def flags(*norms: NormRule, known: Any = None, **more: Any) -> World:
    return world(norms, {**FLAGS, **more}, known)


def at_least(days: int, event: str, unit: Any = "day", counting: Any = "calendar") -> Timed:
    return Timed(event, ">=", Length(days, unit, counting), "before", "meeting")


def asked(there: World, grant: NormRule | None = None, **more: Any) -> NormAnswer:
    theory = CaseTheory(there.rulebook, there.situation, there.body, window=there.window, starts=there.starts)
    if grant is None:
        return conflicts(there.rulebook, there.situation, there.body, theory=theory, **more)
    return narrowed(there.rulebook, grant, there.situation, there.body, theory=theory, **more)


def only(answer: NormAnswer) -> Blocked:
    assert answer.verdict is Verdict.FAILS
    (blocked,) = answer.blocked
    return blocked


@settings(max_examples=80)
@given(drawn(drawn_world))
def test_as_brute_force_finds_them(drawn: World) -> None:
    compare_norms(drawn)


@settings(max_examples=12)
@given(drawn(lambda dice: drawn_world(dice, timed=True)))
def test_as_brute_force_finds_them_among_days(drawn: World) -> None:
    compare_norms(drawn)


# conflicts


def test_two_duties_that_cannot_both_be_kept() -> None:
    there = flags(norm("1", "must", A), norm("2", "must-not", A))
    blocked = only(asked(there))
    assert set(blocked.clauses) == {"1", "2"}
    assert (dict(blocked.facts), blocked.readings, blocked.in_base) == ({}, ({},), True)
    assert not blocked.day_matters


def test_circumstances_are_only_what_is_needed() -> None:
    there = flags(norm("1", "must", A, when=GIVEN), norm("2", "must-not", A), norm("3", "must", B))
    assert dict(only(asked(there)).facts) == {"event.given": True}


def test_a_clause_against_itself_is_unkeepable_alone() -> None:
    there = flags(
        norm("a", "must", A, clauses=("1",), when=GIVEN),
        norm("b", "must-not", A, clauses=("1",), when=Flag("event.other")),
    )
    blocked = only(asked(there))
    assert blocked.clauses == ("1",)
    assert dict(blocked.facts) == {"event.given": True, "event.other": True}


def test_what_some_norm_commands_is_a_choice() -> None:
    there = flags(norm("1", "must", AnyOf((A, GIVEN))), norm("2", "must-not", A, when=Not(GIVEN)))
    assert asked(there).verdict is Verdict.HOLDS


def test_a_clause_set_is_described_where_all_of_it_is_needed() -> None:
    """Where `other` holds too, clause 1 is unkeepable alone, elsewhere only beside clause 2: the story of
    the two must not be set where one would do."""
    there = flags(
        norm("a", "must", A, clauses=("1",), when=GIVEN),
        norm("b", "must-not", A, clauses=("1",), when=All((GIVEN, Flag("event.other")))),
        norm("c", "must-not", A, clauses=("2",)),
    )
    answer = asked(there)
    assert answer.verdict is Verdict.FAILS
    for blocked in answer.blocked:
        other = (
            {case.facts["event.other"] for case in blocked.cases.values()}
            if len(blocked.clauses) == 2
            else set()
        )
        assert other <= {False}
        assert blocked.facts["event.given"] is True


def test_a_permission_that_overrides_is_no_contradiction() -> None:
    there = flags(norm("1", "must", A), norm("2", "may", Not(A), overrides=("1",)), norm("3", "must-not", A))
    assert asked(there).verdict is Verdict.HOLDS


def test_what_a_power_changes_contradicts_nothing_unless_it_says_always() -> None:
    power = norm("2", "may", Not(A), changes=("1",))
    assert asked(flags(norm("1", "must", A), power, norm("3", "must-not", A))).verdict is Verdict.HOLDS
    always = norm("1", "must", A, always=True)
    assert set(only(asked(flags(always, power, norm("3", "must-not", A)))).clauses) == {"1", "3"}


def test_what_may_be_lifted_contradicts_nothing() -> None:
    there = flags(norm("1", "must", A, waived_by="body"), norm("2", "must-not", A))
    assert asked(there).verdict is Verdict.HOLDS


def test_a_norm_about_a_breach_never_contradicts_the_norm_breached() -> None:
    there = flags(norm("1", "must", A), norm("2", "must-not", A, breach_of=("1",)))
    assert asked(there).verdict is Verdict.HOLDS
    soft = flags(norm("1", "should", A), norm("2", "must", B, breach_of=("1",)), norm("3", "must-not", B))
    assert asked(soft).verdict is Verdict.HOLDS, "choose to do what one should"


def test_the_breach_of_a_soft_norm_that_must_happen_brings_its_norm_into_force() -> None:
    there = flags(
        norm("1", "should", A), norm("2", "must", B, breach_of=("1",)), norm("3", "must-not", B),
        norm("4", "must-not", A),
    )  # fmt: skip
    assert set(only(asked(there)).clauses) == {"2", "3", "4"}


def test_norms_that_no_reading_has_together_make_no_circle() -> None:
    known = {"q": ambiguity("q", ("a", "b"))}
    there = flags(
        norm("1", "must", A, overrides=("2",), gate=(("q", ("a",)),)),
        norm("1", "must", A, gate=(("q", ("b",)),)),
        norm("2", "must-not", A, overrides=("1",), gate=(("q", ("b",)),)),
        norm("2", "must-not", A, gate=(("q", ("a",)),)),
        known=known,
    )
    assert asked(there).verdict is Verdict.HOLDS


def test_soft_norms_contradict_nothing() -> None:
    there = flags(norm("1", "must", A), norm("2", "should-not", A, when=Flag("event.other")))
    assert asked(there).verdict is Verdict.HOLDS


def test_a_soft_norm_overrides_nothing_that_binds() -> None:
    soft = norm("3", "should", B, when=GIVEN, overrides=("1",))
    there = flags(norm("1", "must", A), norm("2", "must-not", A), soft)
    assert dict(only(asked(there)).facts) == {}


def test_a_norm_of_two_clauses_goes_with_either() -> None:
    there = flags(norm("1", "must", A, clauses=("1", "1a")), norm("2", "must-not", A))
    blocked = only(asked(there))
    assert set(blocked.clauses) == {"1", "1a", "2"}
    rules = under(there.rulebook)
    assert all(blocks(rules, case, clause, blocked.clauses) for clause, case in blocked.cases.items())


# readings


def test_readings_are_all_that_suffice() -> None:
    known = {n: ambiguity(n, ("x", "y")) for n in ("p", "q", "idle")}
    there = flags(
        norm("1", "must", A, gate=(("p", ("y",)),)),
        norm("2", "must-not", A, gate=(("q", ("y",)),)),
        known=known,
    )
    blocked = only(asked(there))
    assert (blocked.readings, blocked.in_base) == (({"p": "y", "q": "y"},), False)


def test_readings_that_together_are_all_are_said_as_all() -> None:
    """The conflict holds under each option, at different circumstances."""
    known = {"p": ambiguity("p", ("x", "y"))}
    there = flags(
        norm("1", "must", A, when=GIVEN, gate=(("p", ("x",)),)),
        norm("1", "must", A, when=Not(GIVEN), gate=(("p", ("y",)),)),
        norm("2", "must-not", A),
        known=known,
    )
    assert only(asked(there)).readings == ({},)


def test_a_permission_is_narrowed_only_where_it_stands() -> None:
    known = {"p": ambiguity("p", ("x", "y"))}
    grant = norm("1", "may", A, gate=(("p", ("y",)),))
    blocked = only(asked(flags(grant, norm("2", "must-not", A), known=known), grant))
    assert (blocked.readings, blocked.in_base) == (({"p": "y"},), False)


def test_hollow_is_of_a_reading_in_which_the_permission_stands() -> None:
    known = {"p": ambiguity("p", ("x", "y"))}
    grant = norm("1", "may", Flag("event.a"), gate=(("p", ("y",)),))
    part = flags(grant, norm("2", "must-not", A, when=GIVEN), known=known)
    grant_over = replace(grant, over=("given",))
    part = flags(grant_over, norm("2", "must-not", A, when=GIVEN), known=known)
    answer = asked(part, grant_over)
    assert (answer.verdict, answer.hollow) == (Verdict.FAILS, False)
    answer = asked(flags(grant, norm("2", "must-not", A), known=known), grant)
    assert (answer.verdict, answer.hollow) == (Verdict.FAILS, True)


def test_options_that_make_no_sense_together_hold_nothing_up() -> None:
    """Neither `p` nor `q` speaks of the other; a third ambiguity keeps the two options apart."""
    known = {
        "third": ambiguity("third", ("x", "y")),
        "p": ambiguity("p", ("x", "y"), only_with={"y": {"third": ("x",)}}),
        "q": ambiguity("q", ("x", "y"), only_with={"y": {"third": ("y",)}}),
    }
    there = flags(
        norm("1", "must", A, gate=(("p", ("y",)),)),
        norm("2", "must-not", A, gate=(("q", ("y",)),)),
        known=known,
    )
    assert asked(there).verdict is Verdict.HOLDS


def test_a_fixed_option_leaves_the_others_out() -> None:
    known = {"p": ambiguity("p", ("x", "y"))}
    there = flags(norm("1", "must", A, gate=(("p", ("y",)),)), norm("2", "must-not", A), known=known)
    assert asked(there, fixed={"p": "x"}).verdict is Verdict.HOLDS
    blocked = only(asked(there, fixed={"p": "y"}))
    assert (blocked.readings, blocked.in_base, blocked.reading["p"]) == (({},), True, "y")


@pytest.mark.parametrize("seed", range(25))
def test_an_ambiguity_that_guards_nothing_changes_no_answer(seed: int) -> None:
    there = drawn_world(Rolled(seed))
    more = {"a-first": ambiguity("a-first", ("x", "y")), **there.rulebook.ambiguities}
    idle = norm("idle", "must", Flag("year.none"), situation="year", gate=(("a-first", ("y",)),))
    rules = (*there.rulebook.rules, idle)
    other = replace(there, rulebook=replace(there.rulebook, ambiguities=more, rules=rules))
    assert asked(there) == asked(other)
    for grant in dict.fromkeys(there.grants):
        assert asked(there, grant) == asked(other, grant)


# permissions


def test_the_permission_is_shown_used_and_in_vain() -> None:
    grant = norm("1", "may", A, when=GIVEN)
    there = flags(grant, norm("2", "must-not", A, always=True))
    answer = asked(there, grant)
    blocked = only(answer)
    assert answer.hollow
    assert blocked.clauses == ("2",)
    rules = under(there.rulebook)
    case = blocked.cases["2"]
    assert promised(rules, case, grant)
    assert not exercised_lawfully(rules, case, grant)


def test_a_special_case_prevails_under_that_reading_for_the_judge_too() -> None:
    grant = norm("1", "may", A, when=GIVEN)
    there = flags(grant, norm("2", "must-not", A))
    blocked = only(asked(there, grant))
    assert blocked.readings == ({"lex-specialis": "no"},)
    case = blocked.cases["2"]
    assert not exercised_lawfully(under(there.rulebook, {"lex-specialis": "no"}), case, grant)
    special = under(there.rulebook, {"lex-specialis": "yes"})
    assert exercised_lawfully(special, case, grant)
    assert not blocks(special, case, "2", ("2",), grant=grant)
    insists = replace(there.norms[1], always=True)
    assert only(asked(flags(grant, insists), grant)).readings == ({},)


def test_one_agreement_of_a_permission_that_is_read_in_two_ways() -> None:
    known = {"p": ambiguity("p", ("x", "y"))}
    grant = norm("1", "may", A, agreed_by="body", limit=True, gate=(("p", ("x",)),))
    other = norm("1", "may", B, agreed_by="body", limit=True, gate=(("p", ("y",)),))
    there = flags(grant, other, norm("2", "must", A), known=known)
    assert asked(there).verdict is Verdict.HOLDS
    assert asked(there, grant).verdict is Verdict.HOLDS


def test_a_value_other_that_is_listed_is_no_second_one() -> None:
    sort = attribute("one-of", None, ("plain", "other"))
    there = flags(
        norm("1", "must", A, when=Is("event.sort", ("other",))),
        norm("2", "must-not", A, when=Not(Is("event.sort", ("plain",)))),
        sort=sort,
    )
    blocked = only(asked(there))
    assert dict(blocked.facts) == {"event.sort": "other"}
    there = flags(
        norm(
            "1", "must", A, when=All((Not(Is("event.sort", ("other",))), Not(Is("event.sort", ("plain",)))))
        ),
        norm("2", "must-not", A),
        sort=sort,
    )
    assert asked(there).verdict is Verdict.HOLDS


def test_an_amount_is_found_at_a_number_of_the_text() -> None:
    members = Comparison(Attribute("event.members"), ">=", Number(Fraction(3)))
    there = flags(norm("1", "must", A, when=members), norm("2", "must-not", A), members=attribute("amount"))
    assert dict(only(asked(there)).facts) == {"event.members": 3}


# not decided


@pytest.mark.parametrize("seed", range(12))
def test_without_effort_nothing_is_known(seed: int) -> None:
    """What is plain without any search may stand: a way to keep every norm, a permission never used."""
    there = drawn_world(Rolled(seed), timed=seed % 3 == 0)
    for grant in (None, *there.grants):
        answer = asked(there, grant, effort=1)
        assert (answer.blocked, answer.hollow) == ((), False)
        if answer.verdict is Verdict.UNKNOWN:
            assert answer.why
        else:
            assert answer == asked(there, grant)
            assert answer.verdict is Verdict.HOLDS


@pytest.mark.parametrize("seed", range(8))
def test_the_same_question_has_the_same_answer_whatever_was_asked_before(seed: int) -> None:
    there = drawn_world(Rolled(seed))
    first = [asked(there, grant) for grant in (None, *there.grants)]
    asked(drawn_world(Rolled(seed + 100)))
    again = [asked(there, grant) for grant in (*reversed(there.grants), None)]
    assert first == again[::-1]


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_does_not_depend_on_what_the_solver_happens_to_guess(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = drawn_world(Rolled(seed), timed=seed % 4 == 0)
    expected = [asked(there, grant) for grant in (None, *there.grants)]
    made = Session.__init__
    for luck, phase in ((7, 1), (23, 5)):

        def guessing(self: Session, *args: Any, luck: int = luck, phase: int = phase, **more: Any) -> None:
            made(self, *args, **more)
            self._solver.set("random_seed", luck)
            self._solver.set("phase_selection", phase)

        monkeypatch.setattr(Session, "__init__", guessing)
        assert [asked(there, grant) for grant in (None, *there.grants)] == expected


def test_norms_that_share_nothing_are_asked_about_apart() -> None:
    there = flags(
        norm("1", "must", A), norm("2", "must-not", A), norm("3", "must", B), norm("4", "must-not", B)
    )
    theory = CaseTheory(there.rulebook, there.situation, there.body)
    assert [part.clauses for part in theory.parts] == [("1", "2"), ("3", "4")]
    assert [b.clauses for b in asked(there).blocked] == [("1", "2"), ("3", "4")]
    assert all(set(case.facts) == {"event.a"} for case in asked(there).blocked[0].cases.values())


class Memory:
    """Answers by key, as a check keeps them."""

    def __init__(self) -> None:
        self.known: dict[object, Any] = {}

    def __call__(self, key: object, make: Any, /) -> Any:
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_known_of_like_norms_is_told_in_the_clauses_of_these(seed: int) -> None:
    there = drawn_world(Rolled(seed), timed=seed % 4 == 0)

    def other(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"x{name}" for name in names)

    like = [
        replace(
            n, name=f"x{n.name}", clauses=other(n.clauses), overrides=other(n.overrides),
            subject_to=other(n.subject_to), changes=other(n.changes), breach_of=other(n.breach_of),
        )
        for n in there.norms
    ]  # fmt: skip
    elsewhere = replace(there, rulebook=replace(there.rulebook, rules=tuple(like)))
    once = Memory()
    for grant in (None, *there.grants):
        asked(there, grant, once=once)
    known = len(once.known)
    for grant in (None, *elsewhere.grants):
        assert asked(elsewhere, grant, once=once) == asked(elsewhere, grant)
    if not any(n.agreed_by or n.waived_by for n in like):
        assert len(once.known) == known


def test_a_clause_that_blocks_by_itself_in_one_part_hides_what_it_does_in_another() -> None:
    """Clause 1 cannot be kept whatever is so of B; that it also clashes with clause 2 is then not minimal."""
    there = flags(
        norm("1a", "must", All((B, Not(B))), clauses=("1",)),
        norm("1b", "must", A, clauses=("1",)),
        norm("2", "must-not", A),
    )
    assert [b.clauses for b in asked(there).blocked] == [("1",)]


def test_how_many_are_looked_for_is_said() -> None:
    there = flags(*(norm(str(n), "must" if n % 2 else "must-not", A) for n in range(6)))
    answer = asked(there, most=4)
    assert (len(answer.blocked), answer.why) == (4, "stopped at 4 minimal clause sets")
    assert (len(asked(there).blocked), asked(there).why) == (9, "")


def test_without_effort_no_bound_is_known() -> None:
    there, grant = called()
    verdict, found, why = bounds(there.rulebook, grant, "event", None, reading={}, effort=1)
    assert (verdict, found) == (Verdict.UNKNOWN, ())
    assert why


def vain() -> tuple[World, NormRule]:
    known = {"p": ambiguity("p", ("x", "y"))}
    grant = norm("1", "may", A, when=GIVEN)
    return flags(
        grant, norm("2", "must-not", A, gate=(("p", ("y",)),)), norm("3", "must", B), known=known
    ), grant


@pytest.mark.parametrize("error", [None, z3.Z3Exception(b"out of memory")], ids=["unknown", "raises"])
def test_a_solver_that_stops_midway_decides_nothing(error: BaseException | None) -> None:
    there, grant = vain()
    expected = asked(there, grant)
    assert expected.verdict is Verdict.FAILS
    with pytest.MonkeyPatch.context() as patch:
        total = stop(patch, NEVER)
        assert asked(there, grant) == expected
    assert len(total) > 10
    for when in range(len(total)):
        with pytest.MonkeyPatch.context() as patch:
            stop(patch, when, error)
            answer = asked(there, grant)
        assert (answer.verdict, answer.blocked, answer.hollow) == (Verdict.UNKNOWN, (), False), when
        assert answer.why


def test_a_session_that_answers_unknown_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    there, grant = vain()
    monkeypatch.setattr(Session, "ask", lambda self, assumptions=(): Result("unknown", why="tired"))
    clash = flags(norm("1", "must", A), norm("2", "must-not", A))
    for answer in (asked(clash), asked(there, grant)):
        assert answer == NormAnswer(Verdict.UNKNOWN, why="tired")
    verdict, found, why = bounds(*_bound_of(called()), reading={})
    assert (verdict, found, why) == (Verdict.UNKNOWN, (), "tired")


def _bound_of(pair: tuple[World, NormRule]) -> tuple[Rulebook, NormRule, str, None]:
    return pair[0].rulebook, pair[1], "meeting", None


def test_norms_that_override_each_other_in_a_circle_are_refused() -> None:
    there = flags(norm("1", "must", A, overrides=("2",)), norm("2", "must-not", A, overrides=("1",)))
    with pytest.raises(NotDecidable, match="circle"):
        asked(there)


def test_what_cannot_be_placed_on_the_calendar_is_left_out_and_said() -> None:
    far: Condition = Timed("event.t", ">=", Length(61, "day", "working"), "before", "event.u")
    late = Timed("event.t", ">=", Length(3, "year"), "before", "meeting")
    for content in (far, late):
        there = flags(norm("1", "must", content), t=attribute("time", "body"), u=attribute("time", "body"))
        theory = CaseTheory(there.rulebook, there.situation, there.body)
        assert list(theory.left_out) == [n.name for n in there.norms]
        assert theory.hard == ()


TAKEN = Ordered("event.decided", "before", "event.decided")


def from_decision(op: Any, days: int, counting: Any = "working") -> Timed:
    return Timed("event.sent", op, Length(days, "day", counting), "after", "event.decided")


def decided(*contents: Condition, chosen_by: str | None = None) -> World:
    """What must be so where a decision is taken; by somebody who must take it, if that is said."""
    times = {"sent": attribute("time", "body"), "decided": attribute("time", chosen_by)}
    duties = [norm(str(i), "must", c, when=TAKEN) for i, c in enumerate(contents, 1)]
    if chosen_by is not None:
        duties.append(norm("9", "must", TAKEN))
    return replace(flags(*duties, **times), window=731)


@pytest.mark.parametrize("chosen_by", [None, "body"])
def test_working_days_run_from_any_event(chosen_by: str | None) -> None:
    sound = decided(from_decision("<=", 10), from_decision(">=", 10), chosen_by=chosen_by)
    assert asked(sound).verdict is Verdict.HOLDS
    clash = only(asked(decided(from_decision("<=", 10), from_decision(">=", 11), chosen_by=chosen_by)))
    assert {"1", "2"} <= set(clash.clauses)
    assert clash.in_base


def test_working_days_and_calendar_days_from_one_event_clash_on_the_days_where_they_do() -> None:
    """Within 3 days, and after 2 working days or more: not over a weekend."""
    duties = (from_decision("<=", 3, "calendar"), from_decision(">=", 2))
    blocked = only(asked(decided(*duties)))
    assert set(blocked.clauses) == {"1", "2"}
    case = next(iter(blocked.cases.values()))
    on = case.day + timedelta(days=int(blocked.facts["event.decided"] or 0))
    assert offset_after(on, Length(2, "day", "working"), "ENG", {}) > 3
    assert asked(decided(*duties, chosen_by="body")).verdict is Verdict.HOLDS, "one chooses another day"


def test_a_month_from_one_event_is_longer_than_thirty_days_in_some_months() -> None:
    month = Timed("event.sent", ">=", Length(1, "month"), "after", "event.decided")
    blocked = only(asked(decided(from_decision("<=", 30, "calendar"), month)))
    case = next(iter(blocked.cases.values()))
    assert (case.day + timedelta(days=int(blocked.facts["event.decided"] or 0))).month in (
        1,
        3,
        5,
        7,
        8,
        10,
        12,
    )


def test_no_event_is_out_of_reach_because_the_window_ends() -> None:
    """What follows an event of the circumstances may lie beyond it, wherever that is."""
    assert asked(decided(from_decision(">=", 10))).verdict is Verdict.HOLDS


def test_dates_are_placed() -> None:
    early, late = OnDate("event.t", "by", 5, 31), OnDate("event.t", "in", 6)
    there = flags(norm("1", "must", early), norm("2", "must", late), t=attribute("time", "body"))
    assert set(only(asked(replace(there, window=731))).clauses) == {"1", "2"}
    duties = norm("1", "must", early), norm("2", "must", OnDate("event.t", "in", 5))
    other = flags(*duties, t=attribute("time", "body"))
    assert asked(replace(other, window=366)).verdict is Verdict.HOLDS


# bounds


def called(days: int = 2, papers: int = 3, counting: Any = "working") -> tuple[World, NormRule]:
    """A meeting may be called at so short a notice, and its papers go out so long before it."""
    grant = norm("6.6", "may", at_least(days, "meeting.notice"), situation="meeting", limit=True)
    duty = norm(
        "6.3", "must", at_least(papers, "meeting.papers", "day", counting), situation="meeting", always=True
    )
    there = world((grant, duty), FLAGS)
    return replace(there, situation="meeting"), grant


@pytest.mark.parametrize("option", ["one-end", "clear"])
@pytest.mark.parametrize(
    ("days", "papers", "counting"), [(2, 3, "working"), (1, 2, "calendar"), (4, 1, "clear")]
)
def test_the_effective_bound_is_the_difference_graphs(
    days: int, papers: int, counting: Any, option: str
) -> None:
    there, grant = called(days, papers, counting)
    reading = {"day-count": option}
    verdict, found, why = bounds(there.rulebook, grant, "meeting", None, reading=reading)
    assert not why
    assert sum(bound.share for bound in found) == 365
    nation = there.rulebook.nation
    for bound in found:
        stated = offset_before(bound.first, Length(days, "day"), nation, reading)
        own = offset_before(bound.first, Length(papers, "day", counting), nation, reading)
        graph = [
            Difference("meeting.notice", "meeting", stated),
            Difference("meeting.papers", "meeting", own),
            Difference("meeting.notice", "meeting.papers", 0),
        ]
        assert bound.stated == stated
        assert bound.lawful == least_distance(graph, "meeting.notice")
        assert bound.case is not None
        assert bound.lawful is not None
        assert bound.case.facts["meeting.notice"] == -bound.lawful
        assert exercised_lawfully(under(there.rulebook, reading), bound.case, grant)
    assert verdict is (Verdict.HOLDS if all(b.lawful == b.stated for b in found) else Verdict.FAILS)


def test_the_shares_of_days_are_counted_by_the_calendar() -> None:
    there, grant = called()
    _, found, _ = bounds(there.rulebook, grant, "meeting", None, reading={})
    book = there.rulebook
    days = [book.first_day + timedelta(days=i) for i in range(365)]
    for length in {b.lawful for b in found}:
        counted = sum(
            max(offset_before(d, Length(3, "day", "working"), book.nation, {}), 2) == length for d in days
        )
        assert sum(b.share for b in found if b.lawful == length) == counted


def test_no_lawful_notice_at_all() -> None:
    grant = norm("6.6", "may", at_least(1, "meeting.notice"), situation="meeting")
    never = norm("6.7", "must-not", at_least(0, "meeting.notice"), situation="meeting")
    there = world((grant, never), FLAGS)
    verdict, found, _ = bounds(there.rulebook, grant, "meeting", None, reading={})
    assert verdict is Verdict.FAILS
    assert [(b.lawful, b.case) for b in found] == [(None, None)]
    hollow = narrowed(there.rulebook, grant, "meeting", None)
    assert (hollow.verdict, hollow.hollow) == (Verdict.FAILS, True)


def test_a_day_that_matters_is_one_of_those_days() -> None:
    """Two working days' notice is promised; three calendar days are too few before some meetings."""
    grant = norm(
        "1", "may", Timed("meeting.notice", "<=", Length(3, "day"), "before", "meeting"), situation="meeting"
    )
    duty = norm(
        "2", "must", at_least(2, "meeting.notice", "day", "working"), situation="meeting", always=True
    )
    there = replace(world((grant, duty), FLAGS, window=6), situation="meeting")
    tried = Tried(there)
    assert tried.narrowed(grant)
    blocked = only(asked(there, grant))
    rules = under(there.rulebook, blocked.reading)
    assert blocks(rules, blocked.cases["2"], "2", ("2",), grant=grant)
