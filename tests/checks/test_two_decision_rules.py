"""GM115 where it has to be silent, and where it has not: casting votes, rules on equal votes, last words."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.loading import load_text
from govmodel.model.finding import CheckResult
from govmodel.model.rules import Rules
from govmodel.model.verdict import Gathering
from govmodel.reading import read, under
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import quorate, tally
from govmodel.study.preparing import EFFORT


def asked(text: str) -> CheckResult:
    found = entry("GM115")
    assert found is not None
    return found.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))


def clauses(refs: str) -> str:
    return "clauses: {" + ", ".join(f'"{ref}": c' for ref in refs) + "}\n"


VOTES = """govmodel: "1"
document: {{title: A Board}}
readings: {{which: {{clause: "9", question: "Which?", options: {{one: this, two: that}}, base: one}}}}
matters: {{grant: {{name: a grant}}}}
offices: {{chair: {{name: the chair, of: board, clause: "1"}}}}
bodies:
  board:
    name: the board
    clause: "1"
    seats: {{members: {{seats: 8}}}}
    quorum: {{needs: present >= 4, clause: "1"}}
    interests: {interests}
    decisions:
      - {{matter: any, carried_by: majority of voting, clause: "2"}}
      - {{{rule}}}
    presiding:
      - {{who: chair, {chair}, clause: "4"}}
      - {{who: agreed, chosen_by: board, {other}, clause: "5"}}
"""
FALLS = 'matter: any, equal_votes: not-carried, clause: "3"'
CASTING = "extra_vote: casting"


def votes(
    rule: str = FALLS, chair: str = CASTING, other: str = CASTING, interests: str = "[]"
) -> CheckResult:
    return asked(VOTES.format(rule=rule, chair=chair, other=other, interests=interests) + clauses("123459"))


@pytest.mark.parametrize("means", ["not-carried", "carried", "deferred", "lot"])
def test_whatever_equal_votes_mean_the_casting_vote_is_another_answer(means: str) -> None:
    (finding,) = votes(FALLS.replace("not-carried", means)).findings
    assert (finding.level, finding.clauses) == ("warning", ("3", "4"))
    gathering = finding.evidence["gathering"]
    assert len(gathering["in_favour"]) == len(gathering["against"])
    assert gathering["presider"] in gathering["present"]
    assert (gathering["presider"] in gathering["against"]) == (means == "carried")


def test_a_stand_in_of_whose_vote_nothing_is_said_makes_it_a_note() -> None:
    (finding,) = votes(other="lasts: meeting").findings
    assert (finding.level, finding.clauses) == ("note", ("3", "4"))


def test_it_is_told_of_the_reading_in_which_both_are_there() -> None:
    (finding,) = votes(f"{FALLS}, reading: {{which: two}}").findings
    assert (finding.level, finding.readings, finding.in_base) == ("note", ({"which": "two"},), False)


@pytest.mark.parametrize(
    "sound",
    [
        votes(other="extra_vote: none"),
        votes(chair="extra_vote: additional", other="extra_vote: additional"),
        votes(chair="extra_vote: none"),
        votes(FALLS.replace('"3"', '"4"')),
        votes('matter: grant, carried_by: majority of voting, equal_votes: lot, clause: "3"'),
        votes('matter: any, when: present < 5, carried_by: most votes, equal_votes: lot, clause: "3"'),
        votes('matter: any, touching: "2", carried_by: most votes, equal_votes: lot, clause: "3"'),
        votes('matter: any, how: writing, carried_by: majority of voting, equal_votes: lot, clause: "3"'),
        votes(
            chair=f"{CASTING}, even_if: conflicted", interests='[{kind: any, votes: no, clause: "1"}]'
        ),
    ],
    ids=[
        "the stand-in has none", "a vote that always counts", "only a stand-in has one", "one clause",
        "one matter", "one case", "amendments", "in writing", "an interest keeps the chair from it",
    ],
)  # fmt: skip
def test_a_rule_on_equal_votes_with_a_place_of_its_own_is_no_second_answer(sound: CheckResult) -> None:
    assert (sound.findings, sound.undecided) == ((), ())


ROUTES = """govmodel: "1"
document: {title: A Board}
matters: {dispute: {name: a dispute, settle: yes}, name: {name: its name}}
bodies:
  board: {name: the board, clause: "1"}
  panel: {name: the panel, clause: "1"}
  council: {name: the Council, external: yes, clause: "1"}
  commissioner: {name: the Commissioner, external: yes, clause: "1"}
offices: {chair: {name: the chair, of: board, clause: "1"}}
routes:
"""


def routes(*lines: str) -> CheckResult:
    return asked(ROUTES + "".join(f"  - {{{line}}}\n" for line in lines) + clauses("1234"))


UP = 'who: board, escalates_to: council, matter: dispute, effect: final, clause: "2"'
ON = 'who: council, escalates_to: commissioner, matter: dispute, effect: final, clause: "3"'
JUDGED = 'who: commissioner, determines: dispute, clause: "3"'


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ((UP, ON), "council/dispute"),
        ((ON, UP), "council/dispute"),
        ((UP, JUDGED), "council/dispute"),
        ((JUDGED, 'who: board, determines: dispute, clause: "2"'), "commissioner/dispute"),
        ((UP, UP.replace("council", "panel").replace('"2"', '"3"')), "board/dispute"),
    ],
)
def test_two_last_words(lines: tuple[str, ...], subject: str) -> None:
    (finding,) = routes(*lines).findings
    assert (finding.level, {*finding.clauses}, finding.subject) == ("warning", {"2", "3"}, subject)


@pytest.mark.parametrize(
    "lines",
    [
        (UP, ON.replace('"3"', '"2"')),
        (UP, ON.replace("effect: final", "effect: hears")),
        (UP, f"{ON}, force: may"),
        (UP, f"{ON}, when: meeting.exempt"),
        (UP.replace("council", "panel"), ON.replace("council", "panel")),
        (UP, JUDGED.replace("commissioner", "board")),
        (UP, f"{JUDGED}, about: member"),
        (UP, f"{JUDGED}, consent_of: council"),
        (UP, JUDGED, 'who: council, delegates_to: commissioner, matter: dispute, clause: "4"'),
        (JUDGED.replace("commissioner", "board"), JUDGED.replace("commissioner", "panel").replace("3", "4")),
        (JUDGED.replace("commissioner", "board"), JUDGED.replace("commissioner", "chair").replace("3", "4")),
        (
            JUDGED.replace("dispute", "name"),
            JUDGED.replace("dispute", "name").replace("commissioner", "council").replace("3", "4"),
        ),
    ],
    ids=[
        "one clause", "only heard", "may be passed on", "on a condition", "a body's own disputes",
        "who passes it on", "about others", "with consent", "delegated", "each its own",
        "a body and its chair", "need not be settled",
    ],
)  # fmt: skip
def test_one_last_word(lines: tuple[str, ...]) -> None:
    assert routes(*lines) == CheckResult("GM115", (), (), routes(*lines).asked)


RIVALS = """govmodel: "1"
document: {{title: A Board}}
matters: {{grant: {{name: a grant}}}}
bodies:
  board:
    name: the board
    clause: "1"
    seats: {{members: {{seats: {seats}}}}}
    quorum: {{needs: present >= {quorum}, clause: "1"}}
    decisions:
      - {{matter: grant, carried_by: {one}, equal_votes: not-carried, clause: "2"}}
      - {{matter: grant, carried_by: {other}, equal_votes: not-carried, clause: "3"}}
"""
MAJORITIES = (
    "majority of voting", "majority of members", "majority of present", "at least half of voting",
    "two thirds of voting", "if for >= 2 times against", "if for > against", "2 of members",
    "all of voting", "all but 1 of members", "no dissent", "consensus",
)  # fmt: skip


def carried(rules: Rules, place: int, room: Gathering) -> bool:
    """By the judge, with one of the two rules alone."""
    body = rules.bodies["board"]
    alone = replace(body, decisions=(body.decisions[place],))
    return tally(replace(rules, bodies={"board": alone}), room).outcome == "carried"


def differ_by_trying(rules: Rules) -> bool:
    """Every number of votes for, against and neither at every quorate meeting, as the judge counts them."""
    for there in range(len(places(rules.bodies["board"])) + 1):
        present = tuple(places(rules.bodies["board"]))[:there]
        room = Gathering(body="board", present=present, matter="grant")
        if not quorate(rules, room):
            continue
        for favour in range(there + 1):
            for against in range(there - favour + 1):
                votes = replace(
                    room,
                    in_favour=present[:favour],
                    against=present[favour : favour + against],
                    abstaining=present[favour + against :],
                )
                if carried(rules, 0, votes) != carried(rules, 1, votes):
                    return True
    return False


@pytest.mark.parametrize("one", MAJORITIES)
def test_two_majorities_are_two_where_some_votes_tell_them_apart(one: str) -> None:
    """However they are worded; the judge tries all votes of small bodies."""
    told = set()
    for other in MAJORITIES:
        for seats, quorum in ((1, 1), (3, 2), (4, 4), (5, 3)):
            text = RIVALS.format(one=one, other=other, seats=seats, quorum=quorum) + clauses("123")
            rules = under(read(load_text(text, "board.yaml")), {})
            found = asked(text)
            assert not found.undecided
            assert bool(found.findings) == differ_by_trying(rules), (one, other, seats, quorum)
            told.add(bool(found.findings))
            for finding in found.findings:
                facts = finding.evidence["gathering"]
                room = Gathering(
                    body="board",
                    present=tuple(facts["present"]),
                    in_favour=tuple(facts["in_favour"]),
                    against=tuple(facts["against"]),
                    matter="grant",
                )
                assert quorate(rules, room)
                assert carried(rules, 0, room) != carried(rules, 1, room)
    assert told == {True, False}


@pytest.mark.parametrize("other", ["2 of members", "4 of members"])
def test_where_votes_weigh_differently_silence_is_no_answer(other: str) -> None:
    """Two seats of two votes each: three of four votes are the votes of both, and so are four."""
    text = RIVALS.format(one="majority of members", other=other, seats="2, votes: 2", quorum=1)
    found = asked(text + clauses("123"))
    assert [bool(found.findings), bool(found.undecided)] == [other == "2 of members", other == "4 of members"]


def test_a_body_that_is_never_quorate_has_two_rules_all_the_same() -> None:
    text = RIVALS.format(one="majority of voting", other="two thirds of voting", seats=5, quorum=9)
    assert len(asked(text + clauses("123")).findings) == 1
