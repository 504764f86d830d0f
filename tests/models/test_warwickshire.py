"""Warwickshire: what must be found, what must not, and the table of members counted by hand.

The table of 4.1 has twelve lines with one representative, one line with five, and a total of
seventeen. Districts' portfolio holders may attend too, one for each CDRP whose chair is somebody else:

    portfolio-holders   seats with a vote   others
    attend              17                  0 to 5, the block lead, guests
    members             17 to 22            the block lead, guests
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from model_help import has_fingerprints, is_silent, norm, numbers_by_clause, of

from govmodel.loading import load
from govmodel.model.checked import Checked
from govmodel.model.constitution import Constitution
from govmodel.reading import read, under
from govmodel.study import check

MODEL = Path(__file__).parents[2] / "models" / "warwickshire-scp.yaml"

LEAVE_AND_CODE = ("7", "Code/Declaring interests p3s2")


@pytest.fixture(scope="module")
def model() -> Constitution:
    return load(MODEL)


@pytest.fixture(scope="module")
def checked(check_once: Callable[[str], Checked]) -> Checked:
    return check_once("warwickshire-scp")


# the model


def test_the_model_loads_without_a_remark(model: Constitution) -> None:
    assert model.notes == ()


def test_the_date_is_inferred_and_every_report_says_so(model: Constitution) -> None:
    assert read(model).assumed == ("the document bears no date, and this one is inferred",)


@pytest.mark.parametrize(("option", "most"), [("attend", 17), ("members", 22)])
@pytest.mark.parametrize("board", ["same", "other"])
def test_members_counted_by_hand(model: Constitution, option: str, most: int, board: str) -> None:
    rules = under(read(model), {"portfolio-holders": option, "partnership-board": board})
    voting = [s for s in rules.bodies["scp"].seats if s.role == "voting"]
    table = [s for s in voting if not s.optional]
    assert [(s.low, s.high) for s in table if s.name != "cdrp-chairs"] == [(1, 1)] * 12
    assert [(s.low, s.high) for s in table if s.name == "cdrp-chairs"] == [(5, 5)]
    assert sum(s.low for s in voting) == 17
    assert sum(s.high or 0 for s in voting) == most
    assert all(s.votes == 1 for s in voting)
    assert rules.bodies["scp"].caps == ()


NUMBERS = {
    "2(f)": {"1 per year"},
    "2(k)": {"1 per quarter"},
    "2(l)": {"1 per year"},
    "2(o)": {"1 per quarter"},
    "4.1+4.1(xiv)": {"17"},
    "5.1s1": {"5 per year"},
    "5.2s1+5.2s2": {"1 per 2 year", "2 years"},
    "5.7s1": {"5 working days"},
    "5.7s1+5.7s2": {"5 working days"},
    "5.8": {"10 working days", "next-meeting of scp"},
    "6.1": {"1 per quarter"},
    "6.3+6.3(i)": {"as asked"},
    "6.3+6.3(ii)": {"as asked"},
    "6.3+6.3(iii)": {"as asked"},
    "9s1": {"12 months"},
    "10": {"1 per year"},
}
"""Every number of the text but those of seats, by hand. No reading changes any."""


def test_numbers_under_every_reading(model: Constitution) -> None:
    assert numbers_by_clause(read(model)) == NUMBERS


def test_the_total_of_the_table(model: Constitution) -> None:
    (statement,) = [s for s in model.statements if "4.1(xiv)" in s.clauses]
    assert statement.holds is not None


def test_every_clause_has_a_fingerprint_of_its_own_words(model: Constitution) -> None:
    has_fingerprints(model, 112)


def test_nothing_that_can_be_broken_is_set_aside(model: Constitution) -> None:
    """What is set aside is an aim, a virtue, a heading in words, or a definition."""
    aside: dict[str, set[str]] = {}
    for ref, entry in model.clauses_index.items():
        if entry.is_ is not None:
            aside.setdefault(entry.is_.value, set()).add(ref)
    assert aside == {
        "description": {"2", "2(a)", "3.1", "3.2"},
        "definition": {
            "Code/Declaring interests(i)", "Code/Declaring interests(ii)", "Code/Declaring interests(iii)",
            "Code/Declaring interests(iv)", "Code/Declaring interests(v)", "Code/Declaring interests p2",
        },
        "aspiration": {"1", "2(t)", "2(u)", "3.1(i)", "3.1(vi)", "Code/Whistle-blowing"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("agenda-sent", ("5.7s1",)),
        ("papers-sent", ("5.7s1", "5.7s2")),
        ("late-items", ("5.7s2",)),
        ("minutes-sent", ("5.8",)),
        ("part-by-leave", ("7",)),
        ("prejudicial-out", ("Code/Declaring interests p3s2",)),
        ("attend", ("3.2(i)",)),
        ("admit", ("4.3", "4.3(i)")),
        ("inform", ("8.1", "8.2")),
        ("honour", ("9s2",)),
        ("ahead-of-some", ("5.1s1",)),
        ("ahead-of-each", ("5.1s1",)),
        ("others-attend", ("4.4s2",)),
        ("vote-if-need-be", ("5.6s2",)),
        ("seek-consensus", ("3.2(v)",)),
        ("look-at-size", ("4.3(ii)",)),
        ("other-form", ("8.3",)),
        ("share-and-be-open", ("Code/5",)),
        ("declare-at-once", ("Code/Declaring interests p3s1",)),
    ],
)
def test_norms_cite_what_says_them(model: Constitution, name: str, clauses: tuple[str, ...]) -> None:
    assert norm(model, name).clauses == clauses


# what must be found


def test_everything_was_decided(checked: Checked) -> None:
    assert checked.undecided == ()


def test_leave_to_take_part_against_the_code(checked: Checked) -> None:
    """With the Board's leave a representative with a conflict of interest takes part (7); the code, which
    3.2(vii) makes binding, keeps a prejudicial interest out and knows no leave."""
    (finding,) = [f for f in checked.findings if f.check == "GM104" and f.in_base]
    assert (finding.level, finding.clauses) == ("error", LEAVE_AND_CODE)
    assert all(r["leave-and-code"] == "not" for r in finding.readings)
    assert all(r["interests-barred"] == "any" for r in finding.readings)
    assert finding.evidence["facts"]["attendance.prejudicial"] is True
    assert finding.evidence["facts"]["attendance.takes-part"] is True


def test_leave_is_hollow_where_clause_7_is_about_prejudicial_interests_alone(checked: Checked) -> None:
    found = [f for f in checked.findings if f.check == "GM103"]
    assert found
    for finding in found:
        assert (finding.level, finding.in_base, finding.clauses) == ("warning", False, LEAVE_AND_CODE)
        for reading in finding.readings:
            assert (reading["interests-barred"], reading["leave-and-code"]) == ("prejudicial", "not")


def test_the_partnership_decides_without_a_quorum(checked: Checked) -> None:
    finding = of(checked, "GM205", "5.6s2", "5.3")
    assert (finding.level, finding.subject) == ("error", "scp")
    assert finding.in_base


def test_the_tie_that_nobody_can_break(checked: Checked) -> None:
    """5.6 lets a simple majority decide, and no clause gives anybody a further vote."""
    finding = of(checked, "GM301", "5.6s2")
    assert (finding.level, finding.readings) == ("error", ())
    gathering = finding.evidence["gathering"]
    assert gathering["chair"] == "present"  # it takes no absence
    assert len(gathering["in_favour"]) == len(gathering["against"]) >= 1
    assert finding.evidence["convention"] == "not-carried"


@pytest.mark.parametrize("clause", ["5.6s2", "5.3"])
def test_majorities_of_nobody_in_particular(checked: Checked, clause: str) -> None:
    finding = of(checked, "GM309", clause)
    assert (finding.level, finding.clauses) == ("warning", (clause,))


def test_nobody_presides_when_the_chair_has_an_interest(checked: Checked) -> None:
    """5.4 speaks of absence alone; 7 keeps who has an interest out of the deciding."""
    finding = of(checked, "GM502", "5.4s2")
    assert finding.level == "warning"
    cases = finding.evidence["cases"]
    assert {"chair": "interested-stays", "deputy": "present"} in cases
    assert {"chair": "absent", "deputy": "interested-stays"} in cases
    assert {"chair": "absent", "deputy": "absent"} not in cases  # 5.4: another is elected
    assert {"chair": "vacant", "deputy": "absent"} not in cases


def test_what_waits_for_the_chair(checked: Checked) -> None:
    """Agenda, late items, minutes, other meetings, guests, breaches of the code."""
    finding = of(checked, "GM409")
    assert finding.subject == "scp-chair"
    assert {
        "4.4s2", "5.1s2", "5.7s1", "5.7s2", "5.8", "Code/Compliance with the Code",
    } <= set(finding.clauses)  # fmt: skip
    assert sorted(r["vice-chair"] for r in finding.readings) == ["presides", "unsaid"]


def test_a_new_member_is_to_contribute_to_what_paragraph_1_does_not_have(checked: Checked) -> None:
    finding = of(checked, "GM601", "4.3(i)")
    assert (finding.level, finding.clauses) == ("warning", ("4.3(i)",))
    assert finding.readings == ({"overriding-objective": "missing"},)


def test_a_board_of_its_own_would_have_no_members(checked: Checked) -> None:
    finding = of(checked, "GM404", "3.1(iii)")
    assert (finding.level, finding.in_base) == ("note", False)
    assert finding.readings == ({"partnership-board": "other"},)


# what must not


SILENT = {
    "GM101": "clause 7 and the code want interests declared at different times; at once keeps both",
    "GM102": "no duty asks for what its own circumstances rule out",
    "GM105": "no clause names the only ground on which something may be done",
    "GM106": "nobody who uses a permission stands between two duties of which either can be kept",
    "GM107": "every condition that a norm names can arise",
    "GM110": "no number in a duty is overtaken by that of another clause",
    "GM112": "issues are answered in good time (2(s)), which is no number",
    "GM113": "issues are answered in good time (2(s)), which is no number",
    "GM114": "five meetings a year or more (5.1) are enough for all that is yearly or quarterly",
    "GM111": "late papers need exceptional circumstances (5.7), so the Chair cannot do away with five days",
    "GM115": "the removal of the Chair (5.3) and a breach of the code have rules of their own",
    "GM116": "what is expected of members (3.2) asks for nothing that the code forbids",
    "GM201": "no quorum is stated, so none is out of reach",
    "GM202": "no quorum is stated, so nobody holds it",
    "GM203": "no quorum is stated, so none is fragile",
    "GM208": "twelve and five are seventeen",
    "GM210": "no clause caps the votes of a member",
    "GM212": "no quorum is stated that could be lost (9s1)",
    "GM211": "no quorum is stated that a withdrawal could end",
    "GM303": "without a quorum that is GM205",
    "GM304": "each of seventeen has one vote",
    "GM305": "each of seventeen has one vote, and nobody a second one",
    "GM307": "no rule on votes depends on how many are there",
    "GM306": "a majority of those who vote is within reach",
    "GM401": "what is suspected goes to the Chair, and the other partners agree on the end of it",
    "GM402": "nothing that goes up comes down again",
    "GM407": "the Public Service Board gets the performance, the others what is theirs",
    "GM602": "no number is printed twice within one part",
    "GM605": "no list is given twice",
    "GM607": "every clause is encoded, or the index says why not",
}


@pytest.mark.parametrize("name", SILENT)
def test_silent(checked: Checked, name: str) -> None:
    is_silent(checked, name, SILENT)


def test_late_papers_are_no_narrowed_permission(checked: Checked) -> None:
    """5.7 wants papers out five working days ahead and excepts late items in the same breath; nor does it
    narrow the Chair's further meetings (5.1), for which no shorter notice is offered."""
    norms = [f for f in checked.findings if f.check < "GM2"]
    assert all(not {"5.1s2", "5.7s1", "5.7s2"} & set(f.clauses) for f in norms)


def test_new_members_are_no_narrowed_permission(checked: Checked) -> None:
    """The provisos of 4.3 limit what 4.3 allows, and say so."""
    assert all(not {"4.3", "4.3(i)", "4.3(ii)"} & set(f.clauses) for f in checked.findings if f.check < "GM2")


def test_confidence_and_scrutiny_do_not_clash(checked: Checked) -> None:
    """8.1 asks for information, and 8.2 excepts what is confidential."""
    assert all(not {"8.1", "8.2", "8.3"} & set(f.clauses) for f in checked.findings)


def test_the_road_safety_partnership_may_sit_on_what_oversees_it(checked: Checked) -> None:
    """One seat of seventeen: nobody oversees themselves. Nor do the CDRPs, with five."""
    assert all(not {"2(e)", "2(j)"} & set(f.clauses) for f in checked.findings)


def test_nothing_else_at_error(checked: Checked) -> None:
    assert {f.check for f in checked.findings if f.level == "error"} == {
        "GM104", "GM205", "GM301", "GM302",
    }  # fmt: skip


def test_a_suspended_representative_waits_for_the_agreement_of_all(checked: Checked) -> None:
    """The code lets the Chair send somebody out until the other partners agree on what to do. If that is
    all of them, one who does not is enough, and nobody is named to whom it goes then."""
    finding, *others = [f for f in checked.findings if f.check == "GM302"]
    assert finding.clauses == ("Code/Compliance with the Code",)
    assert finding.level == "error"
    assert finding.evidence["rank"] == 1
    assert all(r.get("agreement-of-others") != "majority" for r in finding.readings)
    assert [(f.level, f.evidence["rank"]) for f in others] == [("note", 2)] * len(others)


def test_where_a_majority_agrees_an_interest_can_leave_the_others_even(checked: Checked) -> None:
    """A partner who may not vote counts among those of whom a majority is asked (5.6s2), so that eight of
    sixteen others are not enough on either side."""
    others = [f for f in checked.findings if f.check == "GM302"][1:]
    assert others
    for finding in others:
        assert {"Code/Compliance with the Code", "5.6s2"} <= set(finding.clauses)
        assert all(r["agreement-of-others"] == "majority" for r in finding.readings)
        assert not finding.in_base


@pytest.mark.parametrize(
    ("reading", "gone"),
    [
        ({"leave-and-code": "frees"}, "GM104"),
        ({"leave-and-code": "frees"}, "GM103"),
        ({"interests-barred": "any"}, "GM103"),
        ({"vice-chair": "acts"}, "GM409"),
        ({"partnership-board": "same"}, "GM404"),
    ],
)
def test_fixing_an_option_settles_what_depends_on_it(reading: dict[str, str], gone: str) -> None:
    assert gone not in {f.check for f in check(MODEL, reading=reading, select=[gone]).findings}


def test_a_breach_by_the_chair_goes_to_the_chair(checked: Checked) -> None:
    """Suspected breaches go to the Chair, who is a member and bound by the code too."""
    finding = of(checked, "GM405", "Code/Compliance with the Code")
    assert finding.level == "warning"
    assert finding.clauses[1:] == ("5.2s1",)  # the Chair is one of the members


def test_no_two_findings_have_one_id(checked: Checked) -> None:
    ids = [f.id for f in checked.findings]
    assert len(ids) == len(set(ids))


def test_a_majority_of_all_members_is_not_one_member() -> None:
    """Where nine of seventeen carry a proposal, what one member decides is no decision."""
    readings = {"simple-majority": "of-members", "removal-majority": "of-members"}
    for finding in check(MODEL, reading=readings, select=["GM205"]).findings:
        assert not any("One member comes" in line for line in finding.story)


def test_whether_portfolio_holders_vote_decides_how_many_votes_there_are(checked: Checked) -> None:
    finding = of(checked, "GM209", "4.1(iv)")
    assert not finding.readings
    assert [row[-1] for row in finding.evidence["rows"]] == [17, 22]
