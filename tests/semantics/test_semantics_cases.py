"""The judge of norms, case by case."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from govmodel.model.expressions import (
    All,
    Attribute,
    Comparison,
    Flag,
    Is,
    Length,
    Not,
    Number,
    Ordered,
    Pick,
    Sum,
    Timed,
    Times,
)
from govmodel.model.rules import NormRule, Rules
from govmodel.model.verdict import Case, Fact
from govmodel.model.vocabulary import SITUATIONS
from govmodel.reading import under
from govmodel.semantics.cases import (
    WINDOW,
    NotDecidable,
    act_of,
    agreement,
    attributes,
    binding,
    broken,
    in_force,
    limit_of,
    narrower,
    possible,
    set_aside,
    true,
    value,
    waiver,
)
from govmodel.semantics.replay import blocks, exercised_lawfully, lawful, promised
from strategies.situations import attribute, norm, world

A, B, C = Flag("event.a"), Flag("event.b"), Flag("event.c")
THURSDAY = date(2010, 5, 6)
KINDS = {n: attribute("yes-no", "body") for n in "abc"} | {
    "t": attribute("time", "body"), "sort": attribute("one-of", None, ("x",)), "size": attribute("amount"),
}  # fmt: skip


def rules_for(*norms: NormRule) -> Rules:
    return under(world(norms, KINDS).rulebook)


def case(day: date = THURSDAY, **facts: Fact) -> Case:
    known: dict[str, Fact] = {"a": False, "b": False, "c": False, "t": None, "sort": "other", "size": 0}
    given = {f"event.{k}": v for k, v in {**known, **facts}.items()}
    return Case("event", None, day, {**given, "meeting.notice": None, "meeting.papers": None})


def holds(condition: object, there: Case, day_count: str = "one-end") -> bool:
    return true(condition, there, "ENG", {"day-count": day_count})  # type: ignore[arg-type]


def names(rules: Rules, there: Case) -> list[str]:
    return [n.name for n in broken(rules.norms, there, rules.nation, rules.reading)]


# conditions


@pytest.mark.parametrize(
    ("length", "way", "at", "day_count", "expected"),
    [
        (Length(48, "hour"), "before", -2, "one-end", True),
        (Length(48, "hour"), "before", -2, "clear", True),
        (Length(49, "hour"), "before", -2, "one-end", False),
        (Length(2, "day"), "before", -2, "one-end", True),
        (Length(2, "day"), "before", -2, "clear", False),
        (Length(2, "day", "clear"), "before", -2, "one-end", False),
        (Length(2, "day", "clear"), "before", -3, "one-end", True),
        (Length(2, "day"), "before", 2, "one-end", False),
        (Length(2, "day"), "after", 2, "one-end", True),
        (Length(2, "day"), "after", -2, "one-end", False),
        # the Monday before Thursday 6 May was a bank holiday
        (Length(3, "day", "working"), "before", -5, "one-end", False),
        (Length(3, "day", "working"), "before", -6, "one-end", True),
        (Length(1, "month"), "before", -30, "one-end", True),
        (Length(1, "month"), "before", -29, "one-end", False),
    ],
)
def test_distances(length: Length, way: str, at: int, day_count: str, expected: bool) -> None:
    condition = Timed("event.t", ">=", length, way, "meeting")  # type: ignore[arg-type]
    assert holds(condition, case(t=at), day_count) is expected
    assert not holds(condition, case(t=None), day_count)


def test_the_order_of_events() -> None:
    there = case(t=-2)
    assert holds(Ordered("event.t", "before", "meeting"), there)
    assert not holds(Ordered("event.t", "after", "meeting"), there)
    assert holds(Ordered("event.t", "before", "event.t"), there)
    assert not holds(Ordered("event.t", "before", "meeting"), case())


def test_amounts_and_values() -> None:
    there = case(size=3, sort="x")
    size = Attribute("event.size")
    assert value(Sum((size, Number(Fraction(2))), (Number(Fraction(1)),)), there) == 4
    assert value(Times(Fraction(2, 3), size), there) == 2
    assert value(Pick("greater", size, Number(Fraction(1))), there) == 3
    assert value(Pick("lesser", size, Number(Fraction(1))), there) == 1
    assert holds(Comparison(size, "=", Number(Fraction(3))), there)
    assert holds(Is("event.sort", ("x", "y")), there)
    assert not holds(Is("event.sort", ("other",)), there)
    with pytest.raises(NotDecidable):
        value(Attribute("event.a"), there)


# norms


def test_overriding() -> None:
    rules = rules_for(
        norm("1", "must", A),
        norm("2", "must-not", B, when=C, overrides=("1",)),
        norm("3", "should", C, overrides=("2",)),
    )
    assert names(rules, case()) == ["1"]
    assert names(rules, case(c=True)) == []
    assert names(rules, case(b=True, c=True)) == ["2"]


def test_a_norm_gives_way_to_those_it_is_subject_to() -> None:
    norms = (norm("1", "must", A, subject_to=("2",)), norm("2", "must-not", B, when=C))
    assert in_force(norms[0], norms, case(c=False), "ENG", {})
    assert not in_force(norms[0], norms, case(c=True), "ENG", {})


def test_a_power_lifts_what_is_said_in_general_when_it_is_used() -> None:
    general, always = norm("1", "must", A), norm("2", "must", A, always=True)
    norms = (general, always, norm("3", "may", B, changes=("1", "2")))
    assert in_force(general, norms, case(b=False), "ENG", {})
    assert not in_force(general, norms, case(b=True), "ENG", {})
    assert in_force(always, norms, case(b=True), "ENG", {})


def test_a_norm_may_be_lifted_by_whoever_may_lift_it() -> None:
    lifted = norm("1", "must", A, waived_by="chair")
    for said in (False, True):
        there = case()
        there = Case("event", None, there.day, {**there.facts, waiver(lifted): said})
        assert in_force(lifted, (lifted,), there, "ENG", {}) is not said


NOT_A = norm("1", "must-not", Not(A), when=C)


def test_a_norm_about_a_breach_is_in_force_only_where_there_is_one() -> None:
    after = norm("2", "must", B, breach_of=("1",))
    for breached in (norm("1", "must", A, when=C), norm("1", "should", A, when=C), NOT_A):
        norms = (breached, after)
        assert not in_force(after, norms, case(a=True, c=True), "ENG", {})
        assert in_force(after, norms, case(a=False, c=True), "ENG", {})
        assert not in_force(after, norms, case(a=False, c=False), "ENG", {})
    assert not in_force(after, (after,), case(), "ENG", {}), "the norm of whose breach it speaks is not there"


def test_a_permission_overrides_when_it_is_used() -> None:
    grant = norm("2", "may", B, when=C, agreed_by="body", overrides=("1",))
    rules = rules_for(norm("1", "must", A), grant)
    agreed = agreement(grant)
    for b, c, said in ((True, True, True), (False, True, True), (True, False, True), (True, True, False)):
        there = case(b=b, c=c)
        there = Case("event", None, there.day, {**there.facts, agreed: said})
        assert names(rules, there) == ([] if b and c and said else ["1"])
    assert act_of(grant) == All((B, Flag(agreed)))


def test_what_a_permission_forbids_outside_itself() -> None:
    plain = norm("1", "may", A, when=B, limit=True)
    rules = rules_for(plain)
    assert names(rules, case(a=True)) == ["1"]
    assert names(rules, case(a=True, b=True)) == []
    assert names(rules, case()) == []
    bound = norm(
        "2", "may", Timed("event.t", ">=", Length(2, "day"), "before", "meeting"), when=B, limit=True
    )
    rules = rules_for(bound)
    assert names(rules, case(t=-1, b=True)) == ["2"]
    assert names(rules, case(t=-1)) == []
    assert names(rules, case(t=-2, b=True)) == []
    assert names(rules, case(b=True)) == []
    assert limit_of(norm("3", "may", A, limit=True)) is None
    assert limit_of(norm("4", "may", A, when=B)) is None


def test_soft_norms_are_never_broken() -> None:
    assert names(rules_for(norm("1", "should", A), norm("2", "should-not", Not(A))), case()) == []


def test_unless() -> None:
    rules = rules_for(norm("1", "must", A, unless=B))
    assert names(rules, case()) == ["1"]
    assert names(rules, case(b=True)) == []
    assert not in_force(rules.norms[0], rules.norms, case(b=True), "ENG", rules.reading)


def test_norms_bind_the_parts_of_their_event_and_no_other_body() -> None:
    every = (
        norm("1", "must", A, situation="meeting"), norm("2", "must", A, body="board"),
        norm("3", "must", A, body="else"), norm("4", "must", A, situation="year"),
        norm("5", "must", A, situation="item"),
    )  # fmt: skip
    situations = world(every, KINDS).rulebook.situations
    assert [n.name for n in binding(every, situations, "event", "board")] == ["1", "2"]
    assert [n.name for n in binding(every, situations, "event", None)] == ["1", "2", "3"]
    assert [n.name for n in binding(every, situations, "meeting", "board")] == ["1"]


# what can be at all


def test_what_is_possible() -> None:
    rules = rules_for()
    good = case(size=2, sort="x", t=-5)
    assert possible(rules.situations, good)
    for name, fact in (
        ("event.size", -1), ("event.size", True), ("event.a", 1), ("event.a", None),
        ("event.sort", "unheard"), ("event.t", 2 * WINDOW + 1), ("event.t", True), ("meeting.notice", 1),
    ):  # fmt: skip
        assert not possible(rules.situations, Case("event", None, THURSDAY, {**good.facts, name: fact})), name
    order = {**good.facts, "meeting.notice": -2, "meeting.papers": -3}
    assert not possible(rules.situations, Case("event", None, THURSDAY, order))
    assert possible(rules.situations, Case("event", None, THURSDAY, {**order, "meeting.papers": -2}))
    assert set(attributes(SITUATIONS, "vote")) >= {"meeting.notice", "item.papers", "vote.for"}


# permissions


def test_what_is_set_aside_for_a_permission() -> None:
    grant = norm("g", "may", A, clauses=("1",), when=All((B, C)), overrides=("o",))
    no, yes = {"lex-specialis": "no"}, {"lex-specialis": "yes"}
    own, overridden = norm("m", "must", B, clauses=("1",)), norm("o", "must", B, clauses=("1", "2"))
    assert set_aside(own, grant, no)
    assert not set_aside(overridden, grant, no)
    general, insists = norm("n", "must", B), norm("n", "must", B, always=True)
    assert [set_aside(general, grant, r) for r in (no, yes)] == [False, True]
    assert [set_aside(insists, grant, r) for r in (no, yes)] == [False, False]


@pytest.mark.parametrize(
    ("when", "expected"),
    [(None, True), (B, True), (All((B,)), True), (All((B, C)), False), (A, False), (All((A, B, C)), False)],
)
def test_narrower_is_strict(when: Flag | All | None, expected: bool) -> None:
    assert narrower(norm("g", "may", A, when=All((B, C))), norm("n", "must", A, when=when)) is expected


def test_a_permission_without_a_condition_is_narrower_than_nothing() -> None:
    assert not narrower(norm("g", "may", A), norm("n", "must", A))


def test_replaying_a_permission() -> None:
    grant = norm("g", "may", A, clauses=("1",), when=B)
    rules = rules_for(grant, norm("x", "must-not", A, clauses=("2",)), norm("y", "must", C, clauses=("3",)))
    used = case(a=True, b=True, c=True)
    assert promised(rules, used, grant)
    assert not promised(rules, case(a=True), grant)
    assert not exercised_lawfully(rules, used, grant)
    assert blocks(rules, used, "2", ("2",), grant=grant)
    assert blocks(rules, used, "2", ("2", "3"), grant=grant)
    assert not blocks(rules, case(a=True, b=True), "2", ("2", "3"), grant=grant)
    assert not blocks(rules, case(b=True, c=True), "2", ("2",), grant=grant)
    assert lawful(rules, case(c=True))
    assert not lawful(rules, case())
    assert lawful(rules, case(), ("3",))


def test_a_norm_of_several_clauses_counts_with_all_of_them_only() -> None:
    rules = rules_for(norm("x", "must", A, clauses=("1", "2")), norm("y", "must", B, clauses=("3",)))
    assert blocks(rules, case(), "3", ("1", "3"))
    assert blocks(rules, case(b=True), "1", ("1", "2"))
    assert not blocks(rules, case(b=True), "1", ("1", "3"))
