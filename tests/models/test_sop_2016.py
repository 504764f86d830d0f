"""The Co-ordination Group of 2016: what must be found, what must not, and its members counted by hand.

Lines of 3.1 that name one person: the Chairman, the police commander, the commissioner's office, the
rehabilitation company, the commissioning group, the probation service and the prison service: seven.
Services of the county council: six, Fire and Rescue among them. The Chairman is its deputy chief
officer, so that the seventh and the thirteenth may be one person. That makes

    chairman-and-fire   persons named
    other               13
    same                12

On top, without a number in the text: one officer for each district and people of the voluntary sector
(one of each at least), other officers of the county council (in one reading), and lead officers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from model_help import has_fingerprints, is_silent, norm, of

from govmodel.loading import load
from govmodel.model.checked import Checked
from govmodel.model.constitution import Constitution, Plain
from govmodel.reading import read, under
from govmodel.study import check

MODEL = Path(__file__).parents[2] / "models" / "sop-coordination-group-2016.yaml"

OPEN = {"districts", "voluntary"}
"""Seats of which there is one or more."""


@pytest.fixture(scope="module")
def model() -> Constitution:
    return load(MODEL)


@pytest.fixture(scope="module")
def checked(check_once: Callable[[str], Checked]) -> Checked:
    return check_once("sop-coordination-group-2016")


# the model


def test_the_model_loads_without_a_remark(model: Constitution) -> None:
    assert model.notes == ()


@pytest.mark.parametrize(("option", "named"), [("other", 13), ("same", 12)])
@pytest.mark.parametrize("services", ["all", "examples"])
@pytest.mark.parametrize("lead_officers", ["person", "organisation"])
def test_members_counted_by_hand(
    model: Constitution, option: str, named: int, services: str, lead_officers: str
) -> None:
    reading = {
        "chairman-and-fire": option,
        "county-services": services,
        "lead-officers": lead_officers,
    }
    seats = under(read(model), reading).bodies["group"].seats
    single = [s for s in seats if (s.low, s.high) == (1, 1) and not s.optional]
    assert len(single) == named
    assert {s.name for s in seats if not s.optional and s.high is None} == OPEN
    optional = {s.name for s in seats if s.optional}
    assert optional == {"lead-officers"} | ({"other-county-officers"} if services == "examples" else set())


def test_every_clause_has_a_fingerprint_of_its_own_words(model: Constitution) -> None:
    has_fingerprints(model, 54)


def test_nothing_that_can_be_broken_is_set_aside(model: Constitution) -> None:
    """What is set aside tells what the Partnership is, or what it hopes for."""
    aside = {ref: entry.is_.value for ref, entry in model.clauses_index.items() if entry.is_ is not None}
    assert aside == {
        "1.1s1": "description",  # what kind of group the Partnership is
        "1.1s2": "description",  # the framework around it
        "1.1s3": "definition",  # its two parts
        "2.1": "description",  # announces the list of functions
        "2.1(c)": "aspiration",  # a structure for countywide work
        "2.1(k)": "aspiration",  # opportunities for the CSPs
        "2.2s2": "description",  # kinds of sub-groups that there may be
        "3.4s2": "aspiration",  # commitment to working together
    }


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("agenda-sent", ("4.3",)),
        ("papers-sent", ("4.3",)),
        ("short-notice", ("4.4",)),
        ("cancel", ("4.1s2", "4.1s3")),
        ("held-on-request", ("4.1s3",)),
        ("closed", ("4.2",)),
        ("commission", ("2.5",)),
    ],
)
def test_norms_cite_what_says_them(model: Constitution, name: str, clauses: tuple[str, ...]) -> None:
    assert norm(model, name).clauses == clauses


def test_the_text_states_neither_votes_nor_a_quorum(model: Constitution) -> None:
    group = model.bodies["group"]
    assert group.quorum == ()
    (consensus,) = [d for d in group.decisions if d.carried_by is not None]
    assert consensus.gate == (("deciding", ("consensus",)),)
    assert isinstance(consensus.matter, Plain)


# what must be found


def test_everything_was_decided(checked: Checked) -> None:
    assert checked.undecided == ()


def test_extraordinary_meetings_at_48_hours(checked: Checked) -> None:
    """The same defect as in the draft of 2010: 4.4 offers 48 hours, and 4.3 wants the papers out five
    working days before each meeting."""
    finding = of(checked, "GM104", "4.4")
    assert (finding.level, finding.clauses, finding.readings) == ("error", ("4.4", "4.3"), ())
    assert (finding.evidence["stated"], finding.evidence["effective"]) == ("48 hours", "5 working days")
    days = {row["lawful_days"] for row in finding.evidence["by_start_day"]}
    assert min(days) == 5  # a meeting at a weekend
    assert finding.evidence["effective_days_usual"] == 7
    assert finding.evidence["effective_days_worst"] == 12  # over Christmas and New Year
    story = " ".join(finding.story)
    assert "Thursday 3 March 2016" in story
    assert "Thursday 25 February 2016" in story


def test_disputes_end_with_a_committee_that_supports_and_challenges(checked: Checked) -> None:
    finding = of(checked, "GM401", "3.5")
    assert (finding.level, finding.clauses) == ("error", ("1.3s2", "3.5"))
    assert finding.readings == ({"oversight-and-disputes": "challenge"},)
    assert finding.evidence["reason"] == "hears-only"


def test_the_group_decides_without_a_quorum(checked: Checked) -> None:
    """It agrees on new members (2.4) and commissions services (2.5)."""
    finding = of(checked, "GM205", "2.5")
    assert (finding.level, finding.readings, finding.subject) == ("error", (), "group")
    assert "2.4s1" in finding.clauses


def test_how_the_group_decides_is_not_said(checked: Checked) -> None:
    """It agrees on new members (2.4) and on services, these in a way said to follow and not there (2.5);
    its members say who sits on sub-groups (2.2)."""
    finding = of(checked, "GM310", "2.5")
    assert (finding.level, finding.subject) == ("note", "group")
    assert finding.clauses == ("2.2s4", "2.4s1", "2.5")
    assert finding.readings == ({"deciding": "not-said"},)


def test_nobody_presides_without_chairman_and_deputy(checked: Checked) -> None:
    """The Chairman may appoint a deputy, and need not (3.2)."""
    finding = of(checked, "GM502", "3.2")
    cases = finding.evidence["cases"]
    assert {"chair": "absent", "deputy": "absent"} in cases
    assert {"chair": "absent", "deputy": "vacant"} in cases
    assert {"chair": "absent", "deputy": "present"} not in cases
    assert all("interested" not in case["chair"] for case in cases)  # no clause speaks of interests


def test_who_calls_and_cancels_without_the_chairman(checked: Checked) -> None:
    finding = of(checked, "GM409")
    assert finding.subject == "chairman"
    assert {"3.2", "4.1s2", "4.4"} <= set(finding.clauses)
    assert finding.readings == ({"deputys-powers": "chairing"},)


def test_how_many_members_there_are(checked: Checked) -> None:
    finding = of(checked, "GM209", "3.1(i)", "3.1(iii)")
    assert {(row["reading"]["chairman-and-fire"], row["seats"]) for row in finding.evidence["every"]} == {
        ("other", 13 + len(OPEN)),
        ("same", 12 + len(OPEN)),
    }


def test_the_normal_way_of_deciding_is_not_below(checked: Checked) -> None:
    """2.5 says "see below", and nothing below says how the Group decides, unless 3.4 is it."""
    finding = of(checked, "GM601", "2.5")
    assert (finding.level, finding.readings) == ("warning", ({"deciding": "not-said"},))
    assert [f.check for f in check(MODEL, reading={"deciding": "consensus"}, select=["GM601"]).findings] == []


def test_every_meeting_may_be_cancelled(checked: Checked) -> None:
    """Six meetings a year (4.1), and the Chairman may find each of them not required."""
    finding = of(checked, "GM111", "4.1s1", "4.1s2")
    assert (finding.level, finding.readings) == ("note", ())
    assert "4.1s3" in finding.clauses  # a member may insist, and the story says so


# what must not


SILENT = {
    "GM101": "4.3 and 4.4 are a duty and a permission (GM104); the request to meet is an express exception",
    "GM102": "no duty asks for what its own circumstances rule out",
    "GM103": "48 hours can be had where more notice is given: narrowed, not hollow",
    "GM105": "no act has two grounds of which one says only",
    "GM106": "a meeting at 48 hours is narrowed (GM104); no use of a permission brings two duties about",
    "GM107": "every norm speaks of something that can be",
    "GM110": "five working days (4.3) and 48 hours (4.4) are of different things",
    "GM112": "no body owes an answer within a time",
    "GM113": "no body owes an answer within a time",
    "GM114": "yearly papers need no more meetings than six a year (4.1)",
    "GM109": "the protocol is to be kept by 2.1(e) and 2.6 alike; no number or party differs in what binds",
    "GM115": "how anything is decided is said once, if at all (3.4), and not otherwise for one matter",
    "GM116": "no duty is soft",
    "GM201": "no quorum is stated, so none is out of reach",
    "GM202": "no quorum is stated, so nobody holds it",
    "GM203": "no quorum is stated, so none is fragile",
    "GM208": "the text states no number that it does not keep",
    "GM210": "there are no votes",
    "GM212": "no quorum is stated that could be lost",
    "GM211": "nobody has to leave for an interest: no clause speaks of interests",
    "GM301": "there are no votes, so there is no tie",
    "GM303": "there are no votes to be won by a few",
    "GM304": "what needs consensus can be stopped by anybody, and the text says so",
    "GM305": "there are no votes",
    "GM307": "no rule on votes depends on how many are there",
    "GM308": "no share of any number decides",
    "GM309": "no clause asks for a majority",
    "GM402": "disputes go up once and never down",
    "GM404": "the Group makes sub-groups (2.2); the committee is constituted elsewhere",
    "GM405": "nobody judges what is about them: the text has no complaints",
    "GM407": "the Group reports on its progress to one committee, and sub-groups report to it",
    "GM602": "no number is printed twice",
    "GM605": "no list is given twice",
    "GM607": "every clause is encoded, or the index says why not",
}


@pytest.mark.parametrize("name", SILENT)
def test_silent(checked: Checked, name: str) -> None:
    is_silent(checked, name, SILENT)


def test_cancelling_is_no_narrowed_permission(checked: Checked) -> None:
    """4.1 lets the Chairman cancel, and at once says when not: a proviso, not a clash; nor is it one with
    the meetings every two months, of which the same clause says that there may be fewer."""
    cited = {
        c for f in checked.findings if f.check in ("GM101", "GM103", "GM104", "GM106") for c in f.clauses
    }
    assert not {"4.1s1", "4.1s2", "4.1s3"} & cited


def test_closed_meetings_are_no_defect(checked: Checked) -> None:
    """The draft of 2010 met in public; this text says the opposite, and says it once."""
    assert all("4.2" not in f.clauses for f in checked.findings)


def test_what_is_said_twice_alike_is_no_finding(checked: Checked) -> None:
    """2.1(e) and 2.6 ask for the same protocol to be kept."""
    assert all(not {"2.1(e)", "2.6"} & set(f.clauses) for f in checked.findings)


def test_nothing_else_at_error(checked: Checked) -> None:
    assert {f.check for f in checked.findings if f.level == "error"} == {"GM104", "GM205", "GM401"}


@pytest.mark.parametrize(
    ("reading", "gone"),
    [
        ({"oversight-and-disputes": "settles"}, "GM401"),
        ({"deputys-powers": "all"}, "GM409"),
        ({"chairman-and-fire": "same"}, "GM209"),
    ],
)
def test_fixing_an_option_settles_what_depends_on_it(reading: dict[str, str], gone: str) -> None:
    assert gone not in {f.check for f in check(MODEL, reading=reading, select=[gone]).findings}


@pytest.mark.parametrize(("name", "stays"), [("deciding", "GM205"), ("approval", "GM104")])
def test_no_option_of_these_settles_it(model: Constitution, name: str, stays: str) -> None:
    for option in model.readings[name].options:
        assert check(MODEL, reading={name: option}, select=[stays]).findings, option


# what is still missing


def test_disputes_that_the_group_cannot_resolve_by_consensus_end_there_too() -> None:
    """3.5 is about disputes that the Group could not resolve, however it decides."""
    found = check(MODEL, reading={"deciding": "consensus"}, select=["GM401"]).findings
    assert {f.check for f in found} == {"GM401"}
