"""A block that says only what equal votes mean is heard with the rules of which it speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from random import Random

import pytest

from govmodel.loading import load_text
from govmodel.model.rules import DecisionRule, Reading
from govmodel.reading import read, under

HEAD = """govmodel: "1"
document: {title: A Board}
readings:
  which: {clause: "1", question: "Which?", options: {one: this, two: that, three: other}, base: one}
  whose: {clause: "1", question: "Whose?", options: {ours: our, theirs: their}, base: ours}
matters: {grant: {name: a grant}, election: {name: an election}}
bodies:
  board:
    name: the board
    clause: "1"
    seats: {members: {seats: 6}}
    decisions:
"""
CLAUSES = '\nclauses: {"1": a, "2": b, "3": c, "4": d, "5": e, "6": f, "7": g}\n'
GATES: Mapping[str, Callable[[Reading], bool]] = {
    "": lambda reading: True,
    "reading: {which: one}": lambda r: r["which"] == "one",
    "reading: {which: [one, two], whose: theirs}": lambda r: r["which"] != "three" and r["whose"] == "theirs",
}


def decisions(blocks: list[str], reading: Reading) -> tuple[DecisionRule, ...]:
    lines = "\n".join(f"      - {{{block}}}" for block in blocks)
    return under(read(load_text(HEAD + lines + CLAUSES, "board.yaml")), reading).bodies["board"].decisions


def carrying(blocks: list[str], reading: Reading | None = None) -> list[tuple[str | None, tuple[str, ...]]]:
    """Of each rule on what carries, what equal votes mean, its clauses, and those that say that."""
    found = decisions(blocks, reading or {"which": "one", "whose": "ours"})
    return [(d.equal_votes, tuple(dict.fromkeys(d.clauses + d.ties))) for d in found if d.carried is not None]


MAJORITY = 'matter: any, carried_by: majority of voting, clause: "1"'
GRANTS = 'matter: grant, carried_by: two thirds of members, clause: "2"'
FALLS = 'matter: any, equal_votes: not-carried, clause: "3"'
LOTS = 'matter: grant, equal_votes: lot, clause: "4"'


def test_it_speaks_of_every_rule_that_is_silent() -> None:
    assert carrying([MAJORITY, GRANTS, FALLS]) == [("not-carried", ("1", "3")), ("not-carried", ("2", "3"))]
    assert carrying([MAJORITY.replace(", c", ", equal_votes: carried, c", 1), FALLS]) == [("carried", ("1",))]


def test_one_that_names_the_matter_comes_first() -> None:
    for alone in ([FALLS, LOTS], [LOTS, FALLS]):
        assert carrying([MAJORITY, GRANTS, *alone]) == [("not-carried", ("1", "3")), ("lot", ("2", "4"))]


def test_a_matter_without_a_rule_of_its_own_has_the_one_on_any() -> None:
    assert carrying([MAJORITY, LOTS]) == [(None, ("1",)), ("lot", ("1", "4"))]
    assert carrying([LOTS, FALLS, MAJORITY]) == [("not-carried", ("1", "3")), ("lot", ("1", "4"))]
    (general, own) = (d for d in decisions([MAJORITY, LOTS], {"which": "one"}) if d.carried is not None)
    assert (own.matters, own.carried) == (("grant",), general.carried)
    later = LOTS.replace("lot", "deferred").replace("4", "5")
    assert carrying([MAJORITY, LOTS, later])[-1] == ("deferred", ("1", "5"))


def test_a_clause_on_equal_votes_is_cited_where_it_bears_on_the_question() -> None:
    """A proposal that falls with equal votes is not carried anyway."""
    rule, _ = decisions([MAJORITY, FALLS], {"which": "one"})
    assert (rule.clauses, rule.ties) == (("1",), ("3",))
    rule, _ = decisions([MAJORITY, FALLS.replace("not-carried", "carried")], {"which": "one"})
    assert (rule.clauses, rule.ties) == (("1", "3"), ("3",))


def test_a_later_one_comes_before_an_earlier_one() -> None:
    later = FALLS.replace("not-carried", "carried").replace("3", "5")
    assert carrying([MAJORITY, FALLS, later]) == [("carried", ("1", "5"))]


@pytest.mark.parametrize("by", ["consensus", "all of members", "5 of seats"])
def test_what_knows_no_equal_votes_is_left_alone(by: str) -> None:
    assert carrying([f'matter: any, carried_by: {by}, clause: "1"', FALLS]) == [(None, ("1",))]


def test_a_round_after_which_there_is_another_is_left_alone() -> None:
    first = 'matter: election, carried_by: majority of voting, clause: "5"'
    second = 'matter: election, round: 2, carried_by: most votes, clause: "6"'
    assert carrying([first, second, FALLS]) == [(None, ("5",)), (None, ("6",))]
    named = 'matter: election, equal_votes: deferred, clause: "7"'
    assert carrying([first, second, named]) == [("deferred", ("5", "7")), (None, ("6",))]


def test_under_each_reading_it_is_as_if_the_others_were_not_written() -> None:
    """Rules and blocks are drawn, each with a gate: what a reading leaves is what a text has that says so."""
    dice, asked = Random(31), 0
    for _ in range(60):
        drawn = [(block, dice.choice([*GATES])) for block in (MAJORITY, GRANTS, FALLS, LOTS)]
        dice.shuffle(drawn)
        gated = [f"{block}{', ' if gate else ''}{gate}" for block, gate in drawn]
        for which, whose in product(("one", "two", "three"), ("ours", "theirs")):
            reading = {"which": which, "whose": whose}
            left = [block for block, gate in drawn if GATES[gate](reading)]
            assert carrying(gated, reading) == (carrying(left, reading) if left else []), (drawn, reading)
            asked += 1
    assert asked == 360
