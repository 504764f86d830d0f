"""The landscape of 2016: what the report joins, what it leaves open, and what must not be found in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govmodel.errors import InputError
from govmodel.graph.sketch import sketch
from govmodel.loading import load
from govmodel.model.checked import Checked
from govmodel.model.constitution import Constitution
from govmodel.model.rules import Rulebook, Rules
from govmodel.reading import read, under
from govmodel.study import check
from govmodel.study.naming import known_reading

MODELS = Path(__file__).parents[2] / "models"
MODEL = MODELS / "oxfordshire-2016.yaml"
GROUP = MODELS / "sop-coordination-group-2016.yaml"


@pytest.fixture(scope="module")
def model() -> Constitution:
    return load(MODEL)


@pytest.fixture(scope="module")
def rulebook(model: Constitution) -> Rulebook:
    return read(model)


@pytest.fixture(scope="module")
def rules(rulebook: Rulebook) -> Rules:
    return under(rulebook)


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(MODEL)


def verbs(rules: Rules, who: str, whom: str) -> set[str]:
    return {r.verb for r in rules.routes if who in r.who and whom in r.whom}


# the report


def test_the_models_load_without_a_remark(model: Constitution, rulebook: Rulebook) -> None:
    assert model.notes == ()
    assert rulebook.notes == (), "where the texts speak of one thing they do not differ"


def test_every_clause_has_a_fingerprint_of_its_own_words(model: Constitution) -> None:
    assert len(model.clauses_index) == 32
    for entry in model.clauses_index.values():
        assert entry.text is not None
        assert re.fullmatch("[0-9a-f]{16}", entry.text.value), entry.ref


def test_nothing_that_can_be_broken_is_set_aside(model: Constitution) -> None:
    aside = {ref: entry.is_.value for ref, entry in model.clauses_index.items() if entry.is_ is not None}
    assert aside == {
        "2s1": "description",  # one of the themed partnerships
        "2s2": "description",  # the framework around it, which is for councils to have
        "3s1": "description",  # when it was last reviewed
        "3s3": "description",  # that much has changed
        "3s4": "description",  # announces the list
        "3(i)": "description",  # the unit that is gone
        "3(ii)": "description",  # new issues
        "3(iii)": "description",  # safeguarding
        "3(iv)": "description",  # new duties, which other texts lay down
        "4s1": "description",  # the names are the least of it
        "4s2": "aspiration",  # from below, and together
        "4s3": "aspiration",  # that the constitution fit who answers for what
        "5s2": "description",  # who the experts are
        "5s3": "aspiration",  # that the changes work
    }


# what is one thing


def test_what_is_one_thing_in_both_texts(rules: Rules) -> None:
    """Ten things that both texts name are there once."""
    assert "group" not in rules.bodies
    assert rules.bodies["y2016.group"].title == "Co-ordination Group"
    assert rules.bodies["y2016.group"].names == (), "a hyphen makes no other name"
    assert not {b for b in rules.bodies if b.startswith("y2016.")} - {"y2016.group", "y2016.sub-group"}
    assert {"protocol", "y2016.agreement", "y2016.partnership-plan"} <= set(rules.instruments)
    assert not {"y2016.working-protocol", "agreement", "area-plan"} & set(rules.instruments)
    assert "y2016.pcc" not in rules.parties


@pytest.mark.parametrize(
    ("reading", "apart"),
    [
        ({"one-protocol": "two"}, {"instruments": "y2016.working-protocol"}),
        ({"commissioners-office": "two"}, {"parties": "y2016.pcc"}),
        ({"partnership-of-2010": "whole"}, {"bodies": "board"}),
    ],
)
def test_what_is_one_thing_in_one_reading(
    rulebook: Rulebook, rules: Rules, reading: dict[str, str], apart: dict[str, str]
) -> None:
    ((heading, name),) = apart.items()
    assert name in getattr(under(rulebook, reading), heading)
    assert name not in getattr(rules, heading)


def test_the_officers_of_2010(rulebook: Rulebook, rules: Rules) -> None:
    (before,) = rules.bodies["business-group"].names
    assert before == "Oxfordshire Safer Communities Partnership Officer Group"
    assert under(rulebook, {"officers-of-2010": "another"}).bodies["business-group"].names == ()


def test_the_members_of_the_committee_of_both_texts(rulebook: Rulebook, rules: Rules) -> None:
    """Elected members lead it and senior officers attend (1.3 of the Group's terms); the Commissioner is
    there too (6 of the report)."""
    seats = {s.name: s.role for s in rules.bodies["oversight"].seats}
    assert seats == {"elected-members": "voting", "senior-officers": "attending", "commissioner": "attending"}
    as_member = under(rulebook, {"commissioner-there": "member"}).bodies["oversight"].seats
    assert {s.name: s.role for s in as_member}["commissioner"] == "voting"
    linked = under(rulebook, {"panel-link": "member"}).bodies["oversight"].seats
    assert "panel-member" in {s.name for s in linked}


def test_the_commissioners_office_sits_on_the_group(rules: Rules) -> None:
    (seat,) = [s for s in rules.bodies["y2016.group"].seats if s.party == "commissioner"]
    assert seat.clauses == ("y2016:3.1(v)",)


# what took the place of what


def test_the_draft_of_2010_stands_no_more(rulebook: Rulebook, rules: Rules) -> None:
    """Its Board has met for the last time. None of its rules is joined, and none of its questions asked."""
    assert {b for b in rules.bodies if b.startswith("y2010.")} == {"y2010.oscp"}
    assert not rules.bodies["y2010.oscp"].seats
    assert all(not c.startswith("y2010:") for r in (*rules.routes, *rules.norms) for c in r.clauses)
    assert not [name for name in rulebook.ambiguities if name.startswith("y2010.")]


@pytest.mark.parametrize(
    ("reading", "followed"),
    [
        ({}, {("oversight", "y2010.oscp"), ("y2016.group", "business-group")}),
        (
            {"partnership-of-2010": "whole"},
            {("oversight", "board"), ("y2016.group", "business-group"), ("partnership", "y2010.oscp")},
        ),
    ],
)
def test_which_body_follows_which(
    rulebook: Rulebook, reading: dict[str, str], followed: set[tuple[str, str]]
) -> None:
    found = under(rulebook, reading).successions
    assert {(s.who, s.follows) for s in found} == followed
    assert {s.since for s in found} == {"2016-03"}


# what the report leaves open


@pytest.mark.parametrize(
    ("option", "found"),
    [
        ("advice", {"advises", "scrutinises"}),  # the Group's own terms speak of challenge too
        ("scrutiny", {"advises", "scrutinises"}),
        ("direction", {"advises", "scrutinises", "binds"}),
    ],
)
def test_what_support_and_challenge_can_be(rulebook: Rulebook, option: str, found: set[str]) -> None:
    rules = under(rulebook, {"support-and-challenge": option})
    assert verbs(rules, "oversight", "y2016.group") == found
    own = {
        r.verb for r in rules.routes if r.clauses == ("6s1",)
    }  # what the report says, without the Group's terms
    assert own == found - ({"scrutinises"} if option == "advice" else set())


def test_who_may_direct_the_group_can_settle_its_disputes(rulebook: Rulebook) -> None:
    """A reading of the report makes sense only with one of the Group's own terms."""
    told = {"support-and-challenge": "direction", "y2016.oversight-and-disputes": "challenge"}
    with pytest.raises(InputError, match="makes sense only with"):
        known_reading(rulebook, told)
    rules = under(rulebook, {"support-and-challenge": "direction"})
    assert rules.reading["y2016.oversight-and-disputes"] == "settles"


def test_whether_the_trust_is_one_of_the_boards(rulebook: Rulebook, rules: Rules) -> None:
    assert "consults" in verbs(rules, "partnership", "trust")
    apart = under(rulebook, {"trust-bound": "apart"})
    assert verbs(apart, "partnership", "trust") == set()
    assert "trust" in rules.instruments["protocol"].binds
    assert "trust" not in apart.instruments["protocol"].binds
    assert "y2016.group" in rules.instruments["protocol"].binds, "the Group's own terms bind it (2.1(e), 2.6)"


def test_nobody_is_said_to_approve_the_agreement(rules: Rules) -> None:
    """The Group drafts it (2.1(a), 12); who approves it is not said, in either text."""
    steps = {(s.verb, s.whom) for s in rules.steps if s.instrument == "y2016.agreement"}
    assert ("prepared_by", ("y2016.group",)) in steps
    assert {whom for verb, whom in steps if verb == "approved_by"} == {("nobody",)}


def test_whether_the_council_scrutinises_the_partnership(rulebook: Rulebook, rules: Rules) -> None:
    assert verbs(rules, "scrutiny", "partnership") == set()
    standing = under(rulebook, {"scrutiny-by-council": "standing"})
    assert verbs(standing, "scrutiny", "partnership") == {"scrutinises"}


def test_the_picture_has_a_frame_for_each_text(rules: Rules) -> None:
    drawn = sketch(rules, "Oxfordshire")
    assert [name for name, _ in drawn.texts] == ["y2010", "y2016"]
    titles = {box.title: box.text for box in drawn.boxes}
    assert titles["Co-ordination Group"] == "y2016"
    assert titles["Oversight Committee"] == titles["Thames Valley Police and Crime Panel"] == ""
    assert titles["Oxfordshire Safer Communities Partnership"] == "y2010"


# what must be found, and what must not


def test_everything_was_decided(checked: Checked) -> None:
    assert checked.undecided == ()


def test_what_the_groups_own_terms_say_is_in_their_own_report(checked: Checked) -> None:
    """Disputes that end with a committee which cannot settle them, meetings at 48 hours, no quorum: all
    there, and not told again."""
    alone = check(GROUP)
    assert {"GM104", "GM205", "GM401"} <= {f.check for f in alone.findings}
    assert "models/sop-coordination-group-2016.yaml" in checked.bounds["texts"]


SILENT = {
    "GM101": "the report lays down no duty about a meeting",
    "GM102": "what it asks for can be done",
    "GM104": "it narrows no permission of the Group's terms",
    "GM205": "it gives no decision to a body whose members it names",
    "GM401": "it escalates nothing; the dispute that ends with the Committee is in the Group's terms",
    "GM402": "Committee and Panel tell one another, which is no escalation",
    "GM404": "all its boards are constituted elsewhere, and it says so of the two that changed",
    "GM405": "the Commissioner speaks in the Committee, which challenges the Group, where the Commissioner's "
    "Office sits; but neither judges a complaint",
    "GM407": "the Group reports to the Committee alone; the Head reports on another matter",
    "GM409": "the report gives the Chairman nothing more to do, and the Head no power",
    "GM601": "it refers to terms and a protocol that are elsewhere, and says where",
    "GM602": "no number is printed twice; numbers of several texts are not compared",
    "GM605": "the boards of 8 are listed once; the lists of the Group's terms are of another relation",
    "GM607": "every clause is encoded, or the index says why not",
}


@pytest.mark.parametrize("name", SILENT)
def test_silent(checked: Checked, name: str) -> None:
    assert name in checked.asked
    assert [f.id for f in checked.findings if f.check == name] == [], SILENT[name]


def test_one_strategy_group_for_the_county(checked: Checked, rulebook: Rulebook, rules: Rules) -> None:
    """The Group is the county's strategy group (1.3 of its terms), and the Partnership provides it (2 of the
    report). Were it the Partnership as a whole, the one would be a part of the other: no defect either."""

    def acting(rules: Rules) -> set[str]:
        return {r.who[0] for r in rules.routes if r.verb == "acts_as" and "county-strategy-group" in r.whom}

    assert acting(rules) == {"y2016.group"}
    assert acting(under(rulebook, {"strategy-group": "partnership"})) == {"y2016.group", "partnership"}
    assert not [f for f in checked.findings if "2s3" in f.clauses]


def test_nothing_is_found(checked: Checked) -> None:
    assert [f.id for f in checked.findings] == []
