"""The blocks inside a body: what they may name, and what is refused in them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from loading_help import CLAUSES, HEAD, problems

from govmodel.loading import load_text
from govmodel.model.constitution import Body, ByReading, Plain
from govmodel.model.expressions import Comparison, Count, Flag, Number

SEATS = "    seats: {police: {party: police}, others: {for_each: cooperating}}\n"


def board(*lines: str) -> str:
    """The model with these lines added to its body."""
    return HEAD.replace(SEATS, SEATS + "".join(f"    {line}\n" for line in lines)) + CLAUSES


def loaded(*lines: str) -> Body:
    return load_text(board(*lines), "m.yaml").bodies["scp"]


def one(*lines: str) -> str:
    (found,) = problems(board(*lines))
    return found


def seat(rest: str) -> str:
    return board().replace("others: {for_each: cooperating}", f"others: {{{rest}}}")


@pytest.mark.parametrize("key", ["chosen_by", "by_invitation_of", "agreed_by", "nominated_by"])
@pytest.mark.parametrize("who", ["road-safety", "scp-chair", "responsible-authority", "police", "members"])
def test_anybody_may_choose_invite_agree_or_nominate(key: str, who: str) -> None:
    made = load_text(seat(f"{key}: {who}"), "m.yaml").bodies["scp"].seats["others"]
    found = getattr(made, key)
    assert isinstance(found, Plain)
    assert found.value == who


def test_what_a_holder_is_must_be_declared() -> None:
    (found,) = problems(seat("is: councillor"))
    assert found == (
        'unknown-name: is: nothing is called "councillor" / '
        "Expected is a class; declare it under its heading."
    )


def test_a_seat_of_a_party_has_no_other_nominator() -> None:
    (found,) = problems(seat("party: police, nominated_by: council"))
    assert found == (
        "two-fillers: this seat says both party and nominated_by / "
        "A party that fills a seat nominates who sits; nominated_by is for seats without one."
    )


@pytest.mark.parametrize(
    "value", ["cooperating", "member", "members", "scp-chair", "chair", "road-safety.chair"]
)
def test_what_a_rule_may_ask_of_a_holder(value: str) -> None:
    assert loaded(f"rules: [{{rule: holder is {value}}}]").rules


def test_a_rule_on_holders_names_what_is_declared() -> None:
    assert one("rules: [{rule: holder is co-operating}]") == (
        'unknown-name: no class or office is called "co-operating"; did you mean "cooperating"?'
    )
    assert one("rules: [{rule: holder is elected-member}]") == (
        'unknown-name: no class or office is called "elected-member" / '
        "Declare it under classes, and say of seats whose holder it is: is."
    )


def test_silence_is_about_writing() -> None:
    rest = "silence and within are about decisions in writing, and how does not name writing"
    help = "Add writing to how, or leave them out."
    assert one("decisions: [{matter: any, how: meeting, silence: assent}]") == f"half-rule: {rest} / {help}"
    assert one("decisions: [{matter: any, silence: assent}]") == (
        "half-rule: silence says nothing without how / Add how, or leave it out."
    )
    assert loaded("decisions: [{matter: any, how: [meeting, writing], silence: refusal}]").decisions


def test_rounds_count_from_one() -> None:
    assert one("decisions: [{matter: any, round: 0}]") == (
        "number: round: there is no round 0 / The first round is 1."
    )


def test_a_rule_may_be_for_amending_clauses_that_there_are() -> None:
    (rule,) = loaded("decisions: [{matter: any, touching: ['4.1', '4.2']}]").decisions
    assert isinstance(rule.touching, Plain)
    assert rule.touching.value == ("4.1", "4.2")
    assert one("decisions: [{matter: any, touching: '4.3'}]").startswith(
        'unknown-clause: clause "4.3" is not in the clause index'
    )


@pytest.mark.parametrize("key", ["requesters: 4", "then: must"])
def test_a_request_is_somebodys(key: str) -> None:
    name = key.partition(":")[0]
    (found,) = problems(board().replace("{kind: extraordinary}", f"{{kind: extraordinary, {key}}}"))
    assert found == (
        f"half-rule: {name} says nothing without on_request_of / Add on_request_of, or leave it out."
    )


def test_a_meeting_that_continues_has_no_second_one() -> None:
    assert one("inquorate: [{then: continue, second_quorum: present >= 2}]") == (
        "half-rule: the meeting continues, so second_quorum is about no other / Leave it out."
    )


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("notice: 6 months", "neither who joins nor who leaves"),
        ("joins: anyone, leaves: members", "both who joins and who leaves"),
    ],
)
def test_membership_is_of_those_who_join_or_leave(rest: str, said: str) -> None:
    assert one(f"membership: [{{{rest}}}]") == (
        f"membership: this rule on membership says {said} / Write one block for each."
    )


def test_the_kind_of_an_interest_may_depend_on_a_reading() -> None:
    (rule,) = loaded(
        "interests: [{kind: {by_reading: minutes-clock, meeting: any, approval: prejudicial}, votes: no}]"
    ).interests
    assert isinstance(rule.kind, ByReading)


def test_counting_organisations() -> None:
    (rule,) = loaded("quorum: [{needs: parties present(cooperating or police) >= 3}]").quorum
    assert isinstance(rule.needs, Plain)
    assert rule.needs.value == Comparison(
        Count("present", ("cooperating", "police"), parties=True), ">=", Number(Fraction(3))
    )
    assert one("quorum: [{needs: present seats >= 3}]") == (
        'two-bases: "present" and "seats" are two numbers, and one is expected here / '
        "To count organisations and not people, write parties present."
    )
    assert one("decisions: [{matter: any, carried_by: majority of parties}]") == (
        "votes-of-parties: a decision is carried by votes, and parties have none beside "
        "those of their members / "
        "Give each organisation one vote by a cap, and write members."
    )


PRESIDING = """govmodel: "1"
document: {title: A Board}
bodies:
  panel:
    name: the panel
    clause: "1"
    seats: {members: {seats: 3}}
    presiding:
      - {who: %s, clause: "1"}
      - {who: agreed, when: %s is absent, clause: "1"}
offices:
  deputy-chair: {name: the vice-chair, clause: "1"}
  convener: {name: the convener, clause: "1"}
clauses: {"1": one}
"""


@pytest.mark.parametrize("who", ["deputy-chair", "convener"])
def test_the_first_office_that_presides_is_the_chair_by_either_name(who: str) -> None:
    for name in (who, "chair"):
        link = load_text(PRESIDING % (who, name), "m.yaml").bodies["panel"].presiding[1]
        assert isinstance(link.when, Plain)
        assert link.when.value == Flag("chair.absent")


def test_a_second_office_that_no_rule_lets_preside_is_told() -> None:
    assert problems(PRESIDING % ("convener", "deputy-chair")) == [
        "office-word: no second office presides here that could be called deputy-chair / "
        "The first is convener; write chair, or name the second under who: in a rule of its own."
    ]
