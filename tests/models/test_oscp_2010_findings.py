"""What must be found in the 2010 Oxfordshire draft, and what must not, each with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from model_help import is_silent, of

from govmodel.model.checked import Checked
from govmodel.study import check

MODEL = Path(__file__).parents[2] / "models" / "oscp-2010.yaml"


@pytest.fixture(scope="module")
def checked(check_once: Callable[[str], Checked]) -> Checked:
    return check_once("oscp-2010")


def test_everything_was_decided(checked: Checked) -> None:
    assert checked.undecided == ()


def test_extraordinary_meetings_at_48_hours(checked: Checked) -> None:
    """6.6 offers 48 hours; 6.3 wants the agenda out five working days before each meeting."""
    finding = of(checked, "GM104", "6.6")
    assert (finding.level, finding.clauses, finding.readings) == ("error", ("6.6", "6.3"), ())
    assert (finding.evidence["stated"], finding.evidence["effective"]) == ("48 hours", "5 working days")
    days = {row["lawful_days"] for row in finding.evidence["by_start_day"]}
    assert min(days) == 5
    assert max(days) == finding.evidence["effective_days_worst"] == 12
    assert sum(row["days_of_365"] for row in finding.evidence["by_start_day"]) == 365
    assert all(row["stated_days"] == 2 for row in finding.evidence["by_start_day"])
    story = " ".join(finding.story)
    assert "Tuesday 4 May 2010" in story
    assert "Thursday 6 May 2010" in story
    assert "Wednesday 28 April 2010" in story  # Monday 3 May was a bank holiday


def test_urgent_items_only_where_their_papers_go_with_the_others(checked: Checked) -> None:
    finding = of(checked, "GM104", "6.4", "6.3")
    assert (finding.level, finding.in_base) == ("warning", False)
    assert finding.readings == ({"urgent-papers": "with-the-others"},)


def test_delegation_of_policy_only_where_the_scheme_forbids_it(checked: Checked) -> None:
    finding = of(checked, "GM104", "7.1s1", "3.1(v)")
    assert (finding.level, finding.readings) == ("warning", ({"delineation": "policy-stays"},))


def test_the_public_comes_in_freely_or_on_request(checked: Checked) -> None:
    """1.6 opens the meetings; in one reading 4.10 names a request or an invitation as the only way in."""
    finding = of(checked, "GM105", "1.6", "4.10")
    assert (finding.level, finding.clauses) == ("warning", ("1.6", "4.10"))
    assert finding.readings == ({"open-meetings": "on-request"},)


def test_the_tie_that_nobody_can_break(checked: Checked) -> None:
    """5.6 withholds the further vote that 4.2 gives and 5.5 passes to the deputy."""
    finding = of(checked, "GM301", "5.6", "4.2s2", "5.5")
    assert (finding.level, finding.in_base) == ("error", True)
    # With both officers away, half of all members and one more cannot come of equal votes.
    assert not any(r.get("majority-base") == "of-members" and len(r) == 1 for r in finding.readings)
    gathering = finding.evidence["gathering"]
    assert (gathering["chair"], gathering["deputy"]) == ("absent", "absent")
    assert len(gathering["in_favour"]) == len(gathering["against"]) == 4
    assert finding.evidence["convention"] == "not-carried"


def test_how_few_can_bind_all(checked: Checked) -> None:
    """Eight of fifteen are quorate (4.5); four and the casting vote carry (4.3, 4.2)."""
    finding = of(checked, "GM303", "4.3", "4.5", "4.2s2")
    assert (finding.evidence["fewest"], finding.evidence["of"]) == (4, 15)
    assert finding.in_base
    assert finding.readings
    # One person alone, but only where two readings meet: not one ambiguity at a time.
    alone = [row["reading"] for row in finding.evidence["table"] if row["fewest"] == 1]
    assert alone
    for reading in alone:
        assert reading["local-government"] == "one-authority"
    changed = [{n: o for n, o in r.items() if o != finding.evidence["table"][0]["reading"][n]} for r in alone]
    assert min(len(c) for c in changed) == 2


def test_withdrawals_end_the_quorum(checked: Checked) -> None:
    finding = of(checked, "GM211", "9.2", "4.5")
    figures = finding.evidence["figures"]
    assert (figures["bare_quorum"], figures["at_bare_quorum"]) == (8, 1)
    assert (figures["voting_seats"], figures["at_full_attendance"]) == (15, 8)
    assert finding.level == "warning"
    assert finding.readings == ({"leaving-and-quorum": "throughout"},)


def test_seats_and_votes_under_every_combination(checked: Checked) -> None:
    """Three readings of local government, two of fire and county, two of police, two of CDRP chairs and
    three of the chair's vote, less those that make no sense together: sixty."""
    finding = of(checked, "GM209", "4.1", "4.2s3", "5.1s1", "Annex")
    every = finding.evidence["every"]
    assert len(every) == 60
    assert len({tuple(sorted(row["reading"].items())) for row in every}) == 60
    assert finding.evidence["seats"] == [10, 15]
    assert finding.evidence["votes"] == [8, 9, 10, 11, 13, 14, 15, 16]
    assert finding.evidence["complete"]


def test_a_complaint_about_the_chairman(checked: Checked) -> None:
    finding = of(checked, "GM405", "11.1")
    assert (finding.level, finding.readings) == ("warning", ())
    assert "goes to the Chairman even where it is about the Chairman" in finding.message


def test_the_rest_that_matters(checked: Checked) -> None:
    assert of(checked, "GM309", "4.3").level == "warning"
    second = of(checked, "GM210", "4.2s3")
    assert (second.level, second.clauses) == ("warning", ("4.2s3", "4.2s2", "5.4"))
    assert of(checked, "GM401", "14.1(iii)").readings == ({"delivery-risks": "not-said"},)
    assert {"6.4", "6.6", "11.1", "10.3"} <= set(of(checked, "GM409").clauses)
    assert of(checked, "GM602").clauses == ("9.1a", "9.1b")
    assert of(checked, "GM605").evidence["only_first"] == ["faith sector", "chairs of cdrps"]
    missing = of(checked, "GM502").evidence["cases"]
    assert {"chair": "interested-stays", "deputy": "absent"} in missing
    assert {"chair": "absent", "deputy": "absent"} not in missing  # 5.6


SILENT = {
    "GM101": "no two duties of the draft clash: what looks so is a permission against a duty (GM104)",
    "GM102": "no duty asks for what its own circumstances rule out",
    "GM103": "48 hours can be had where more notice is given: narrowed, not hollow",
    "GM106": "nobody who uses a permission stands between two duties of which either can be kept",
    "GM107": "every condition that a norm names can arise",
    "GM109": "five working days for papers (6.3) and ten for drafts (6.2) are two duties of two senders",
    "GM110": "no number in a duty is overtaken by that of another clause",
    "GM112": "no body owes an answer within a time",
    "GM113": "no body owes an answer within a time",
    "GM114": "what is yearly or quarterly needs no more meetings than one a quarter (6.1)",
    "GM111": "6.3 gives nobody leave to send papers later",
    "GM115": "4.3 carries everything, and for funds it lets members opt out rather than vote otherwise",
    "GM116": "one's own interest (4.4) and impartiality (5.7) part in one reading only, and softly",
    "GM201": "eight of fifteen come when all do",
    "GM202": "no party has eight seats, nor is any class asked for",
    "GM205": "4.5 states a quorum",
    "GM206": "eight of fifteen and another eight have somebody in common",
    "GM207": "4.5 asks for one number only",
    "GM212": "fourteen can still be eight when a member has left (4.12)",
    "GM304": "each of fifteen has one vote, and eight carry",
    "GM305": "with a casting vote each vote can still decide",
    "GM307": "no rule on votes depends on how many are there",
    "GM306": "eight are a majority of fifteen",
    "GM402": "disputes go up in one line (17.1)",
    "GM404": "TBGs are created under 7.3 and 8.1; the officer group is constituted elsewhere",
    "GM407": "members tell their own organisations, and report to the Partnership on what was delegated",
    "GM601": "what the text points to above and below is there",
    "GM607": "every clause is encoded, or the index says why not",
}


@pytest.mark.parametrize("name", SILENT)
def test_silent(checked: Checked, name: str) -> None:
    is_silent(checked, name, SILENT)


def test_no_permission_is_narrowed_by_a_quorum(checked: Checked) -> None:
    """That not every meeting one may call will be quorate is no finding."""
    assert all("4.5" not in f.clauses for f in checked.findings if f.check in ("GM103", "GM104"))


def test_nothing_else_at_error(checked: Checked) -> None:
    assert {f.check for f in checked.findings if f.level == "error"} == {"GM104", "GM301"}


def test_every_finding_is_dated_or_about_words(checked: Checked) -> None:
    """Stories of what happens have a date; those about wording alone (numbers, lists) have none."""
    for finding in checked.findings:
        if finding.check not in ("GM203", "GM208", "GM309", "GM502", "GM602", "GM605", "GM104"):
            assert any(" 2010" in line or " 2011" in line for line in finding.story), finding.id


def test_readings_that_decide_a_finding_are_listed(checked: Checked) -> None:
    covered = {c.name: c for c in checked.covered}
    for finding in checked.findings:
        for reading in finding.readings:
            for name, option in reading.items():
                assert finding.id in covered[name].findings[option]


@pytest.mark.parametrize(
    ("reading", "gone"),
    [
        ({"leaving-and-quorum": "at-the-start"}, "GM211"),
        ({"delivery-risks": "up-the-reports"}, "GM401"),
        ({"majority-base": "of-members", "local-government": "each-council"}, "GM303"),
    ],
)
def test_fixing_an_option_settles_what_depends_on_it(reading: dict[str, str], gone: str) -> None:
    assert gone not in {f.check for f in check(MODEL, reading=reading, select=[gone]).findings}
