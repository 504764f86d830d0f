"""Who may hold an office: yes, no, or the text does not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govmodel.model.expressions import All, AnyOf, Condition, Is, Not
from govmodel.model.rules import CompositionRule, Rules
from govmodel.reading import under
from govmodel.semantics.cells import electorate
from govmodel.semantics.holders import by_office, fits, from_the_members, so_of
from govmodel.semantics.presiding import presiding
from strategies.books import HEAD, book
from strategies.meetings import board, office, presides, seat

ELECTED = seat("councillor", "council", ("authority",), holder_is=("elected",))
ANYBODY = seat("officer", "police", ("authority",))
GUEST = seat("guest", role="attending")
HOLDER, MEMBER = Is("holder", ("elected",)), Is("holder", ("member",))


def asked(needs: Condition, of: str | None = "the-chair") -> CompositionRule:
    return CompositionRule(**HEAD, body="board", office=of, needs=needs)


def rules(*needs: Condition) -> Rules:
    seats = (ELECTED, ANYBODY, GUEST)
    asks = [asked(n) for n in needs]
    return under(book((board(), *seats, presides(0, "the-chair"), office("the-chair"), *asks)))


@pytest.mark.parametrize(
    ("needs", "elected", "anybody", "guest"),
    [
        (HOLDER, True, None, None),
        (MEMBER, True, True, False),
        (Not(HOLDER), False, None, None),
        (Is("party", ("council",)), True, False, None),
        (Is("party", ("authority",)), True, True, None),
        (Is("party(the-chair)", ("council",)), True, False, None),
        (Is("party(the-deputy)", ("council",)), None, None, None),
        (Is("party(the-chair)", ("party(the-deputy)",)), None, None, None),
        (AnyOf((HOLDER, Not(Is("party", ("council",))))), True, True, None),
        (All((MEMBER, HOLDER)), True, None, False),
    ],
)
def test_what_is_so_of_who_sits_here(
    needs: Condition, elected: bool | None, anybody: bool | None, guest: bool | None
) -> None:
    assert [so_of(needs, "the-chair", s) for s in (ELECTED, ANYBODY, GUEST)] == [elected, anybody, guest]
    made = rules(needs)
    assert [fits(made, "the-chair", s) for s in (ELECTED, ANYBODY, GUEST)] == [elected, anybody, guest]
    assert fits(made, "another-office", ELECTED) is True


def test_who_cannot_hold_the_chair_cannot_be_chair() -> None:
    made = rules(Is("party", ("council",)))
    cells = electorate(made, made.bodies["board"]).cells
    assert {cell.places: cell.may_chair for cell in cells} == {("councillor",): True, ("officer",): False}
    made = rules(HOLDER)  # not known of the officer, who may be one too
    assert all(cell.may_chair for cell in electorate(made, made.bodies["board"]).cells)


def test_somebody_of_no_stated_party_may_come_from_any() -> None:
    """As those whom a task group invites: whoever chairs it must come from an authority, and so may they."""
    made = rules(Is("party", ("authority",)))
    body = made.bodies["board"]
    body = replace(body, seats=(*body.seats, seat("invited")))
    cells = electorate(replace(made, bodies={"board": body}), body).cells
    assert {p for cell in cells if cell.may_chair for p in cell.places} == {
        "councillor",
        "officer",
        "invited",
    }


def test_who_is_agreed_on_may_be_one_who_cannot_be_chair() -> None:
    """The members agree on somebody to preside, whoever is chair; and only a council may be chair."""
    made = rules(Is("party", ("council",)))
    body = made.bodies["board"]
    body = replace(body, presiding=(presides(0, "agreed", "casting"), presides(1, "the-chair")))
    made = replace(made, bodies={"board": body})
    cells = electorate(made, body).cells
    assert all(cell.may_chair for cell in cells)
    assert {cell.places: cell.may_preside("the-chair") for cell in cells} == {
        ("councillor",): True, ("officer",): False,
    }  # fmt: skip
    of_chair = electorate(made, body).presided("the-chair").cells
    assert [cell.may_chair for cell in of_chair] == [cell.places == ("councillor",) for cell in cells]


def test_who_has_a_seat_by_an_office_presides_from_there() -> None:
    theirs = seat("convener", ex_officio="the-chair")
    spare = replace(theirs, name="spare", optional=True)
    made = under(book((board(), ELECTED, ANYBODY, theirs, presides(0, "the-chair"), office("the-chair"))))
    cells = electorate(made, made.bodies["board"]).cells
    assert [cell.places for cell in cells if cell.may_chair] == [("convener",)]
    made = under(book((board(), ELECTED, ANYBODY, spare, presides(0, "the-chair"), office("the-chair"))))
    assert by_office(made.bodies["board"], "the-chair") == ()


@pytest.mark.parametrize(
    ("needs", "certain"),
    [
        (MEMBER, True),
        (All((HOLDER, MEMBER)), True),
        (AnyOf((HOLDER, MEMBER)), False),
        (HOLDER, False),
        (Not(MEMBER), False),
        (Is("holder", ("member", "elected")), False),
        (Is("party(the-chair)", ("member",)), False),
    ],
)
def test_an_office_is_a_members_where_a_rule_says_so(needs: Condition, certain: bool) -> None:
    assert bool(from_the_members(rules(needs), "the-chair")) is certain


def test_an_interest_keeps_from_presiding_unless_the_text_says_that_it_does_not() -> None:
    made = rules()
    body = made.bodies["board"]
    assert presiding(body, "interested-stays", "present") is None
    (rule,) = body.presiding
    body = replace(body, presiding=(replace(rule, even_if="conflicted"),))
    assert presiding(body, "interested-stays", "present") is not None
    assert presiding(body, "interested-leaves", "present") is None
