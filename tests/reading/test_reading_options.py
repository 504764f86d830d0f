"""Readings: enumerated, completed, and said in the fewest words, against trying all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.model import rules as r
from govmodel.model.rules import AmbiguityRule, Reading, Rulebook, stands
from govmodel.reading import Reader, Readings, complete, minimal, readings, under
from govmodel.reading.options import mentioned, possible
from strategies.books import ambiguities, ambiguity, book
from strategies.dice import Dice, drawn, one_in
from strategies.meetings import rulebook


def sensible(known: dict[str, AmbiguityRule]) -> list[dict[str, str]]:
    """Every total reading that `only_with` allows, by trying all."""
    every = product(*([(n, o) for o, _ in a.options] for n, a in known.items()))
    return [
        reading
        for reading in map(dict, every)
        if all(
            reading[other] in allowed
            for name, option in reading.items()
            for other, allowed in known[name].only_with.get(option, {}).items()
        )
    ]


def partials(names: tuple[str, ...], space: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every partial reading that some reading agrees with."""
    found = []
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            for row in dict.fromkeys(tuple(reading[n] for n in chosen) for reading in space):
                found.append(dict(zip(chosen, row, strict=True)))
    return found


def agrees(reading: Reading, partial: Reading) -> bool:
    return all(reading[n] == o for n, o in partial.items())


@settings(max_examples=300)
@given(drawn(lambda dice: ambiguities(dice, 4)), st.data())
def test_minimal_readings_are_prime_cover_and_none_is_spare(
    known: dict[str, AmbiguityRule], data: st.DataObject
) -> None:
    space = readings(book((), known), known)
    holding = [dict(x) for x in space.all if data.draw(st.booleans())]
    found = minimal(space, holding)
    every = [dict(x) for x in space.all]
    for partial in found:
        inside = [x for x in every if agrees(x, partial)]
        assert inside
        assert all(x in holding for x in inside), "it suffices"
        for name in partial:
            fewer = {n: o for n, o in partial.items() if n != name}
            assert any(x not in holding for x in every if agrees(x, fewer)), "it says no more than it must"
    assert all(any(agrees(x, p) for p in found) for x in holding), "together they are all"
    for spare in found:
        rest = [p for p in found if p is not spare]
        assert not all(any(agrees(x, p) for p in rest) for x in holding), "none can be left out"


@settings(max_examples=60)
@given(drawn(lambda dice: ambiguities(dice, 3)))
def test_all_is_nothing_to_say_and_none_is_none(known: dict[str, AmbiguityRule]) -> None:
    space = readings(book((), known), known)
    assert minimal(space, space.all) == ({},)
    assert minimal(space, ()) == ()


@settings(max_examples=200)
@given(drawn(lambda dice: ambiguities(dice, 4)), st.data())
def test_readings_are_those_that_make_sense(known: dict[str, AmbiguityRule], data: st.DataObject) -> None:
    every = sensible(known)
    names = tuple(n for n in known if data.draw(st.booleans()))
    found = readings(book((), known), names)
    expected = {tuple(x[n] for n in names) for x in every}
    assert found.complete
    assert [tuple(x) for x in found.all] == [names] * len(found.all)
    assert {tuple(x[n] for n in names) for x in found.all} == expected
    assert len(found.all) == len(expected)
    base = {n: known[n].base for n in names}
    assert base not in found.all or found.all[0] == base
    fixed = data.draw(st.sampled_from(every))
    pinned = {n: fixed[n] for n in known if data.draw(st.booleans())}
    found = readings(book((), known), names, pinned)
    assert {tuple(x[n] for n in names) for x in found.all} == {
        tuple(x[n] for n in names) for x in every if agrees(x, pinned)
    }


def test_a_cap_cuts_the_list_and_says_so() -> None:
    known = {f"q{i}": ambiguity(f"q{i}", ("a", "b")) for i in range(4)}
    found = readings(book((), known), known, cap=10)
    assert (len(found.all), found.complete) == (10, False)
    assert readings(book((), known), known, cap=16).complete


@settings(max_examples=200)
@given(drawn(lambda dice: ambiguities(dice, 4)), st.data())
def test_a_partial_reading_is_completed_sensibly(
    known: dict[str, AmbiguityRule], data: st.DataObject
) -> None:
    there = book((), known)
    every = sensible(known)
    total = data.draw(st.sampled_from(every))
    partial = {n: total[n] for n in known if data.draw(st.booleans())}
    found = complete(there, partial)
    assert list(found) == list(there.ambiguities)
    assert agrees(found, partial)
    assert possible(there.ambiguities, found)
    plain = {**there.base, **partial}
    assert found == plain or not possible(there.ambiguities, plain)


def test_a_completion_may_have_to_go_back() -> None:
    """`first` at its base rules out what `second` must be beside `third`."""
    known = {
        "first": ambiguity("first", ("a", "b")),
        "second": ambiguity("second", ("a", "b"), only_with={"b": {"first": ("b",)}}),
        "third": ambiguity("third", ("a", "b"), only_with={"b": {"second": ("b",)}}),
    }
    there = book((), known)
    assert {n: o for n, o in complete(there, {"third": "b"}).items() if n in known} == dict.fromkeys(
        known, "b"
    )
    assert [dict(x) for x in readings(there, ["first", "third"]).all if x["third"] == "b"] == [
        {"first": "b", "third": "b"}
    ]


# under


@st.composite
def chosen(draw: st.DrawFn) -> tuple[Rulebook, Reading]:
    there = draw(drawn(rulebook))
    space = readings(there, there.ambiguities, cap=400)
    return there, draw(st.sampled_from(space.all))


@settings(max_examples=100)
@given(chosen())
def test_a_reading_leaves_the_rules_whose_gates_are_open(pair: tuple[Rulebook, Reading]) -> None:
    there, reading = pair
    left = [
        rule
        for rule in there.rules
        if all(reading[name] in options for name, options in rule.gate) and stands(rule.gate, reading)
    ]
    rules = under(there, reading)
    body = rules.bodies["board"]
    assert rules.reading == dict(reading)

    def kept(kind: type[r.Rule]) -> list[r.Rule]:
        return [rule for rule in left if type(rule) is kind]

    assert list(body.seats) == kept(r.SeatRule)
    assert list(body.caps) == kept(r.CapRule)
    assert list(body.quorum) == kept(r.QuorumRule)
    assert list(body.decisions) == kept(r.DecisionRule)
    assert list(body.presiding) == kept(r.PresidingRule)
    assert list(body.interests) == kept(r.InterestRule)
    assert list(rules.offices.values()) == kept(r.OfficeRule)
    assert list(rules.matters.values()) == kept(r.MatterRule)
    assert list(rules.parties.values()) == kept(r.PartyRule)
    assert list(rules.norms) == kept(r.NormRule)
    filled = [s for s in body.seats if s.role == "voting" and not s.optional and s.low]
    assert list(body.voting) == filled


@settings(max_examples=40)
@given(drawn(rulebook))
def test_one_reader_for_all_readings_says_what_each_alone_says(there: Rulebook) -> None:
    reader = Reader(there)
    own = [name for name, a in there.ambiguities.items() if not a.built_in]
    for reading in (*readings(there, own).all, *readings(there, own).all):
        assert reader.under(reading) == under(there, reading)
    for fixed in ({}, {name: there.ambiguities[name].options[-1][0] for name in own[:1]}):
        space = readings(there, own, fixed)
        found = tuple(reader.each(space, fixed))
        assert found == tuple(under(there, {**fixed, **reading}) for reading in space.all)


def _idle(dice: Dice) -> tuple[Rulebook, tuple[str, ...]]:
    there = rulebook(dice)
    guards = {name for rule in there.rules for name, _ in rule.gate}
    return there, tuple(n for n in there.ambiguities if n not in guards and not one_in(dice, 9))


@settings(max_examples=60)
@given(drawn(_idle))
def test_an_ambiguity_that_guards_nothing_changes_no_rule(pair: tuple[Rulebook, tuple[str, ...]]) -> None:
    there, idle = pair
    plain = under(there)
    for name in idle:
        for option, _ in there.ambiguities[name].options:
            reading = complete(there, {name: option})
            if any(reading[n] != o for n, o in plain.reading.items() if n != name):
                continue
            other = under(there, {name: option})
            assert (other.bodies, other.offices, other.norms) == (plain.bodies, plain.offices, plain.norms)


@settings(max_examples=60)
@given(drawn(rulebook))
def test_mentioned_are_the_guards_in_declared_order(there: Rulebook) -> None:
    guards = {name for rule in there.rules if isinstance(rule, r.SeatRule) for name, _ in rule.gate}
    found = mentioned(there, lambda rule: isinstance(rule, r.SeatRule))
    assert set(found) == guards
    assert list(found) == [n for n in there.ambiguities if n in guards]


def test_a_space_that_was_cut_is_still_said_in_words() -> None:
    space = Readings(("p",), ({"p": "a"}, {"p": "b"}, {"p": "c"}), False)
    assert minimal(space, [{"p": "b"}]) == ({"p": "b"},)
    assert minimal(space, [{"p": "b"}, {"p": "c"}]) == ({"p": "b"}, {"p": "c"})


def test_the_order_of_options_is_the_model_s_own() -> None:
    """Beside an ambiguity that one option of another needs, that option comes later in the list."""
    known = {
        "p": ambiguity("p", ("a", "b")),
        "q": ambiguity("q", ("a", "b", "c"), only_with={"b": {"p": ("b",)}}),
    }
    both, alone = readings(book((), known), known), readings(book((), known), ["q"])
    assert [reading["q"] for reading in both.all] == ["a", "c", "a", "b", "c"]
    for space in (both, alone):
        holding = [reading for reading in space.all if reading["q"] != "a"]
        assert minimal(space, holding) == ({"q": "b"}, {"q": "c"})


@settings(max_examples=60)
@given(drawn(rulebook))
def test_an_ambiguity_is_told_apart_by_what_is_seen_of_its_rules(there: Rulebook) -> None:
    """All of it: every option that is left out leaves the same rules standing. Nothing of it: only whether
    a rule is there at all."""

    def about(rule: r.Rule) -> bool:
        return isinstance(rule, r.SeatRule)

    def seen(rule: r.Rule) -> r.Rule:
        return replace(rule, gate=())

    told = mentioned(there, about, seen)
    assert set(told) <= set(mentioned(there, about))
    assert set(mentioned(there, about, lambda rule: None)) <= set(told)
    rules = [rule for rule in there.rules if about(rule)]
    for name in set(mentioned(there, about)) - set(told):
        for reading in readings(
            there, [n for n in there.ambiguities if not there.ambiguities[n].built_in]
        ).all:
            stand = [
                [seen(rule) for rule in rules if r.stands(rule.gate, {**there.base, **reading, name: option})]
                for option, _ in there.ambiguities[name].options
            ]
            assert all(one == stand[0] for one in stand)
