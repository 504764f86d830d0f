"""The draft of 2010, counted by hand.

Seats are the voting seats of the organisations that 4.1 lists; votes are what these seats cast when
all of them attend, with the chairman's further vote where it is given in every ballot. A casting
vote is used on a tie only and is not counted.

Chairs of CDRPs come on top, and the text says neither how many there are nor where they come from.
Under both readings of "already represented" the figures stay: a chair from an authority that sits
brings a seat under `person` and none under `organisation`, and a vote under neither.

    local government   fire and county   police and authority   seats   votes
    one-member         apart             apart                  10      10
    one-member         apart             together               10       9
    each-council       apart             apart                  15      15
    each-council       apart             together               15      14
    each-council       together          apart                  15      14
    each-council       together          together               15      13
    one-authority      apart             apart                  15      10
    one-authority      apart             together               15       9
    one-authority      together          apart                  15       9
    one-authority      together          together               15       8

The county council can be one with its fire service only where it is a member itself, or a part of
one authority with the others; so one-member with together does not arise. With one-authority the
seven seats of the councils and the fire service have one vote between them.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from model_help import has_fingerprints, norm, numbers_by_clause

from govmodel.loading import load
from govmodel.model.constitution import Constitution, Gate, Plain
from govmodel.reading import read

MODEL = Path(__file__).parents[2] / "models" / "oscp-2010.yaml"

AUTHORITIES = ("local-government", "fire-and-county", "police-and-authority")
BY_HAND: dict[tuple[str, str, str], tuple[int, int]] = {
    ("one-member", "apart", "apart"): (10, 10),
    ("one-member", "apart", "together"): (10, 9),
    ("each-council", "apart", "apart"): (15, 15),
    ("each-council", "apart", "together"): (15, 14),
    ("each-council", "together", "apart"): (15, 14),
    ("each-council", "together", "together"): (15, 13),
    ("one-authority", "apart", "apart"): (15, 10),
    ("one-authority", "apart", "together"): (15, 9),
    ("one-authority", "together", "apart"): (15, 9),
    ("one-authority", "together", "together"): (15, 8),
}
FURTHER = {"casting": 0, "additional": 1, "capped": 0}
OPTIONS = (*AUTHORITIES, "cdrp-chairs", "chairs-vote")
COUNTS: dict[tuple[str, ...], tuple[int, int]] = {
    (*authorities, chairs, further): (seats, votes + FURTHER[further])
    for (authorities, (seats, votes)), chairs, further in product(
        BY_HAND.items(), ("organisation", "person"), FURTHER
    )
}
"""From the options of `OPTIONS`, in that order, to (seats, votes)."""


@pytest.fixture(scope="module")
def model() -> Constitution:
    return load(MODEL)


def stands(gate: Gate, options: dict[str, str]) -> bool:
    return all(options[name] in allowed for name, allowed in gate)


def test_the_model_loads_without_a_remark(model: Constitution) -> None:
    assert model.notes == ()


@pytest.mark.parametrize("options", sorted(BY_HAND))
def test_seats_and_caps_of_the_file_come_to_the_hand_counts(
    model: Constitution, options: tuple[str, str, str]
) -> None:
    reading = dict(zip(AUTHORITIES, options, strict=True))
    oscp = model.bodies["oscp"]
    councils = {n for n, p in model.parties.items() if isinstance(p.is_, Plain) and "council" in p.is_.value}
    assert len(councils) == 6
    seats: list[str] = []
    for seat in oscp.seats.values():
        if seat.role is None and stands(seat.gate, reading):
            if isinstance(seat.party, Plain):
                seats.append(seat.party.value)
            elif isinstance(seat.for_each, Plain) and seat.for_each.value == "council":
                seats += sorted(councils)
    votes = len(seats)
    for cap in oscp.caps:
        if isinstance(cap.together, Plain) and stands(cap.gate, reading):
            members = {p for n in cap.together.value for p in (councils if n == "council" else {n})}
            votes -= len(members & set(seats)) - 1
    assert (len(seats), votes) == BY_HAND[options]


def test_the_only_pair_that_does_not_arise(model: Constitution) -> None:
    pairs = set(product(*(model.readings[name].options for name in AUTHORITIES[:2])))
    assert pairs - {(councils, fire) for councils, fire, _ in BY_HAND} == {("one-member", "together")}
    assert model.readings["fire-and-county"].only_with == {
        "together": {"local-government": ("each-council", "one-authority")}
    }


def test_every_clause_has_a_fingerprint_of_its_own_words(model: Constitution) -> None:
    has_fingerprints(model, 106)


def test_the_clause_that_is_printed_twice(model: Constitution) -> None:
    printed = {ref: entry.printed.value for ref, entry in model.clauses_index.items() if entry.printed}
    assert printed == {"9.1a": "9.1", "9.1b": "9.1"}


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("agenda-sent", ("6.3",)),
        ("item-papers-sent", ("6.3",)),
        ("papers-sent", ("6.3",)),
        ("urgent-item", ("6.4",)),
        ("short-notice", ("6.6",)),
        ("walk-in", ("1.6",)),
        ("come-on-request", ("4.10",)),
        ("delegate", ("7.1s1",)),
        ("delegation-minuted", ("7.1s2",)),
        ("policy-kept", ("3.1(v)",)),
    ],
)
def test_norms_cite_what_says_them(model: Constitution, name: str, clauses: tuple[str, ...]) -> None:
    assert norm(model, name).clauses == clauses


NUMBERS = {
    "3.1(viii)": {"1 per year"},
    "3.1(ix)": {"regularly"},
    "4.1+4.1(iv)+Annex": {"15"},
    "4.5": {"8"},
    "4.10": {"24 hours", "5"},  # hours of notice, minutes of speech
    "4.10+4.11": {"24 hours"},
    "4.12": {"6 months"},
    "5.1s1": {"1 per year", "1 year"},
    "5.2": {"6 months"},
    "5.5": {"10 minutes"},
    "6.1": {"1 per quarter"},
    "6.2s1": {"each-meeting of oscp"},
    "6.2s2": {"1 month"},
    "6.2s3": {"10 working days"},
    "6.3": {"5 working days"},
    "6.4": {"3 working days"},
    "6.6": {"4", "48 hours"},
    "7.2": {"as asked"},
    "10.3": {"1 per 2 year", "2 per year"},  # bi-annually
    "13.1": {"1 per year"},
    "14.1(ii)": {"as-needed"},
    "14.1(iii)+15.2": {"1 per quarter"},
    "15.2": {"1 per quarter"},
    "15.3": {"1 per quarter"},
}
"""Every number of the text but those of seats, by hand; 10.3 alone depends on a reading."""


def test_numbers_under_every_reading(model: Constitution) -> None:
    assert numbers_by_clause(read(model)) == NUMBERS


SUPPORTING = {"chief-executive": 1, "district-chief-executives": 5, "supporting-officers": 3}


def test_supporting_officers_of_the_annex(model: Constitution) -> None:
    """Nine posts, and the chairs of the officer group and of each Tactical Business Group."""
    seats = model.bodies["oscp"].seats
    for name, number in SUPPORTING.items():
        span = seats[name].seats
        assert (span.value.low if isinstance(span, Plain) else 1) == number
    aside = {n for n, s in seats.items() if isinstance(s.role, Plain) and s.role.value == "advising"}
    assert aside == {*SUPPORTING, "officer-group-chair", "tbg-chairs"}


def test_the_rotation_has_nine_places(model: Constitution) -> None:
    chosen = model.offices["oscp-chair"].chosen
    assert chosen is not None
    assert [len(place) for place in chosen.over] == [1, 1, 1, 2, 1, 2, 1, 1, 1]


def test_what_is_set_aside(model: Constitution) -> None:
    """Aims, working together, good services; and what a clause only tells."""
    aside = {ref: entry.is_.value for ref, entry in model.clauses_index.items() if entry.is_ is not None}
    assert aside == {
        "1.1p2": "description",  # which partnerships government requires
        "2(i)": "aspiration",
        "3.1": "aspiration",
        "3.1(iv)": "aspiration",
    }
