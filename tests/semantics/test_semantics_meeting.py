"""The judge of meetings against a second, still plainer count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.model.expressions import Condition, Count, Flag, Share, Threshold
from govmodel.model.rules import DecisionRule, PresidingRule, Rulebook, Rules
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import STATUSES
from govmodel.semantics.counting import NotCountable, amount, holds, places, room
from govmodel.semantics.deciding import rule_for, rules_for
from govmodel.semantics.meeting import quorate, tally
from govmodel.semantics.presiding import chain, presiding, says
from strategies.agreement import rules_of, unless_refused
from strategies.books import book
from strategies.dice import drawn
from strategies.meetings import (
    BODY,
    at_least,
    board,
    cap,
    chain_of_presiding,
    decision,
    inquorate,
    interest,
    of_offices,
    presides,
    quorum,
    rulebook,
    seat,
)

MAJORITY = Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting")


@st.composite
def gatherings(draw: st.DrawFn, most_votes: int = 1) -> tuple[Rules, Gathering]:
    rules, _ = rules_of(draw(drawn(lambda dice: rulebook(dice, most_votes=most_votes))), {})
    body = rules.bodies[BODY]
    everyone = tuple(places(body))
    place: dict[str, str] = {
        p: draw(st.sampled_from(("for", "against", "silent", "mute", "away"))) for p in everyone
    }
    here = tuple(p for p in everyone if place[p] != "away")
    return rules, Gathering(
        body=BODY, present=here,
        in_favour=tuple(p for p in here if place[p] == "for"),
        against=tuple(p for p in here if place[p] == "against"),
        abstaining=tuple(p for p in here if place[p] == "silent"),
        barred=tuple(p for p in here if place[p] == "mute" and draw(st.booleans())),
        chair=draw(st.sampled_from(STATUSES)), deputy=draw(st.sampled_from(STATUSES)),
        presider=draw(st.sampled_from((None, *here))), matter=draw(st.sampled_from(("any", "major"))),
        subject=draw(st.sampled_from((*everyone, None))),
    )  # fmt: skip


def capped(rules: Rules, holders: Sequence[str]) -> int:
    """The most votes that these places can cast, one token for each vote, by trying each token."""
    body = rules.bodies[BODY]
    tokens = [places(body)[p].party for p in holders for _ in range(places(body)[p].votes)]
    best = 0
    for mask in range(1 << len(tokens)):
        chosen = [t for i, t in enumerate(tokens) if mask >> i & 1]
        if len(chosen) > best and all(sum(t in c.parties for t in chosen) <= c.at_most for c in body.caps):
            best = len(chosen)
    return best


def recount(rules: Rules, g: Gathering) -> tuple[str, int, int]:
    """(outcome, for, against), written down once more from the words of the rules."""
    body = rules.bodies[BODY]
    where = places(body)

    def votes(seats: Sequence[str]) -> int:
        return sum(where[p].votes for p in seats)

    def those(name: str | None) -> tuple[str, ...]:
        """The places that a name leaves out."""
        if name is None:
            return ()
        if name == "subject" and g.subject:
            return (g.subject,)
        names = {s.name for s in body.seats} | {c for s in body.seats for c in (s.party, *s.classes) if c}
        if name not in names | {n for p in rules.parties.values() for n in (p.name, *p.classes)}:
            raise NotCountable(name)
        return tuple(p for p, s in where.items() if name in (s.name, s.party, *s.classes))

    stating = [d for d in body.decisions if d.carried is not None]
    naming, all_others = ([d for d in stating if m in d.matters] for m in (g.matter, "any"))
    here = room(body, g.present)
    about: list[DecisionRule] = []
    for among in (naming, all_others):
        if among and not about:
            plain = [d for d in among if d.when is None]
            about = [d for d in reversed(among) if d.when is not None and holds(d.when, here, "up")][:1]
            about = about or plain[-1:]
    mute, out = (those(about[-1].without), those(about[-1].carried.without)) if about else ((), ())  # type: ignore[union-attr]
    for c in body.caps:
        if sum(where[p].votes for p in (*g.in_favour, *g.against) if where[p].party in c.parties) > c.at_most:
            return "not allowed", 0, 0
    if set(mute) & {*g.in_favour, *g.against}:
        return "not allowed", 0, 0
    favour, against = ([p for p in side if p not in out] for side in (g.in_favour, g.against))
    silent = [p for p in g.abstaining if p not in mute and p not in out]
    yes, no = votes(favour), votes(against)
    if not about:
        return "no rule", yes, no
    rule, threshold = about[-1], about[-1].carried
    assert threshold is not None
    link = presiding(body, g.chair, g.deputy)
    extra = link.extra_vote if link and g.presider else None
    votes_for, votes_against = g.presider in favour, g.presider in against
    if extra == "additional":
        yes, no = yes + votes_for, no + votes_against

    def enough(yes: int, no: int) -> bool:
        if threshold.kind == "consensus":
            return yes > 0 and no == 0
        if threshold.kind == "plurality":
            return yes > no
        if threshold.kind == "count":
            return yes >= threshold.number
        everyone = [p for p in where if p not in out]
        base = {
            "seats": lambda: capped(rules, everyone),
            "members": lambda: capped(rules, everyone),
            "entitled": lambda: capped(rules, [p for p in everyone if p not in g.barred]),
            "present": lambda: capped(rules, [p for p in everyone if p in g.present]),
            "taking-part": lambda: (
                yes + no - votes([*favour, *against]) + capped(rules, [*favour, *against, *silent])
            ),
            "voting": lambda: yes + no,
        }[threshold.base or rules.reading["base-of-a-majority"]]()
        if not yes:
            return False
        if threshold.kind == "all":
            return yes >= base - threshold.number
        return yes > threshold.share * base if threshold.strict else yes >= threshold.share * base

    if enough(yes, no):
        return "carried", yes, no
    if threshold.kind in ("share", "plurality") and yes == no > 0 and enough(yes + 1, no):
        if extra == "casting" and votes_for:
            return "carried", yes + 1, no
        if extra == "casting" and votes_against:
            return "lost", yes, no + 1
        return {"carried": "carried", "not-carried": "lost"}.get(rule.equal_votes or "", "tied"), yes, no
    return "lost", yes, no


@settings(max_examples=400)
@given(gatherings(most_votes=1))
def test_tally_is_what_a_plain_recount_gives(pair: tuple[Rules, Gathering]) -> None:
    recounted(*pair)


@settings(max_examples=100)
@given(gatherings(most_votes=2))
def test_tally_of_seats_with_several_votes(pair: tuple[Rules, Gathering]) -> None:
    recounted(*pair)


def recounted(rules: Rules, gathering: Gathering) -> None:
    """The same count, or both say that it is not known who has no vote."""
    plain = unless_refused(lambda: recount(rules, gathering))
    found = unless_refused(lambda: tally(rules, gathering))
    assert (plain is None) is (found is None)
    if found is not None and plain is not None:
        assert (found[0].outcome, found[0].in_favour, found[0].against) == plain[0]


def ballot(**more: Any) -> tuple[Rules, Gathering]:
    rules, _ = rules_of(
        book(
            (board(), seat("s", "p0", low=3, high=3), seat("t", "p1"), cap(("p0",), 2), decision(MAJORITY),
             presides(0, "the-chair", "casting"))
        ),
        {},
    )  # fmt: skip
    return rules, Gathering(body=BODY, present=("s#1", "s#2", "s#3", "t"), **more)


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ({"in_favour": ("s#1", "s#2"), "against": ("t",)}, "carried"),
        ({"in_favour": ("s#1",), "against": ("t",)}, "tied"),
        ({"in_favour": ("s#1",), "against": ("t",), "presider": "s#1"}, "carried"),
        ({"in_favour": ("s#1",), "against": ("t",), "presider": "t"}, "lost"),
        ({"in_favour": ("s#1",), "against": ("t",), "presider": "s#3"}, "tied"),
        ({"in_favour": ("s#1",), "against": ("t",), "presider": "t", "chair": "absent"}, "tied"),
        ({"in_favour": ("s#1", "s#2", "s#3")}, "not allowed"),
        ({"in_favour": ("s#1",), "against": ("s#1",)}, "not allowed"),
        ({"in_favour": ("s#1",), "abstaining": ("s#1",)}, "not allowed"),
        ({"in_favour": ("s#1",), "barred": ("s#1",)}, "not allowed"),
        ({"in_favour": (), "against": ()}, "lost"),
    ],
)
def test_ballots(votes: dict[str, Any], outcome: str) -> None:
    rules, gathering = ballot(**votes)
    gathering = replace(gathering, present=tuple(p for p in gathering.present))
    if gathering.chair == "absent":
        assert presiding(rules.bodies[BODY], "absent", "present") is None
    assert tally(rules, gathering).outcome == outcome


def test_who_is_not_there_casts_no_vote() -> None:
    rules, gathering = ballot(in_favour=("t",))
    assert tally(rules, replace(gathering, present=("s#1",))).outcome == "not allowed"


# quorum


@settings(max_examples=150)
@given(gatherings())
def test_quorum_counts_heads_in_the_room(pair: tuple[Rules, Gathering]) -> None:
    """Shares of every base that a quorum can name, rounded each way, against fractions."""
    rules, gathering = pair
    body = rules.bodies[BODY]
    here = room(body, gathering.present)
    everyone = places(body)
    for group in ("red", "p0", "s0"):
        held = [p for p, s in everyone.items() if group in (s.name, s.party, *s.classes)]
        present = [p for p in held if p in gathering.present]
        for of, number in (("members", len(held)), ("present", len(present))):
            count = Count(of, (group,))  # type: ignore[arg-type]
            assert amount(count, here, "up") == number
            for share in (Fraction(1, 3), Fraction(2, 3), Fraction(1, 2)):
                exact = share * number
                assert amount(Share(share, count), here, "up") == ceil(exact)
                assert amount(Share(share, count), here, "down") == floor(exact)
                assert amount(Share(share, count), here, "nearest") == floor(exact + Fraction(1, 2))
                assert amount(Share(share, count, nearest=True), here, "down") == floor(
                    exact + Fraction(1, 2)
                )


def test_two_thirds_of_nine_is_six() -> None:
    rules, _ = rules_of(book((board(), seat("s", low=9, high=9))), {})
    here = room(rules.bodies[BODY], ())
    assert amount(Share(Fraction(2, 3), Count("members")), here, "up") == 6


def test_who_is_barred_may_not_count() -> None:
    members = (board(), seat("s", low=3, high=3), quorum(at_least(3)))
    gathering = Gathering(body=BODY, present=("s#1", "s#2", "s#3"), barred=("s#3",))
    rules, _ = rules_of(book(members), {})
    assert quorate(rules, gathering)
    rules, _ = rules_of(book((*members, interest(counts_to_quorum=False))), {})
    assert not quorate(rules, gathering)


# presiding


WORDS = {
    "present": {"present"},
    "late": {"late"},
    "interested-stays": {"present", "conflicted", "unwilling"},
    "interested-leaves": {"conflicted", "absent"},
    "absent": {"absent", "late"},
    "vacant": {"vacant", "absent", "late"},
}


@settings(max_examples=150)
@given(drawn(lambda dice: chain_of_presiding(dice, {})))
def test_presiding_is_total(links: list[PresidingRule]) -> None:
    """Each of the 36 pairs of statuses has one rule or nobody: the first that speaks of it and whose
    office is there, free of an interest."""
    rules, _ = rules_of(book((board(), seat("s"), *links)), {})
    body = rules.bodies[BODY]
    first, second = chain(body)
    for chair in STATUSES:
        for deputy in STATUSES:
            able = [
                link
                for link in links
                if (link.when is None or says(link.when, chair, deputy))
                and not (link.who == first and chair != "present")
                and not (link.who == second and deputy != "present")
            ]
            assert presiding(body, chair, deputy) == (able[0] if able else None)


@settings(max_examples=150)
@given(drawn(of_offices))
def test_conditions_on_offices_are_plain_logic(condition: Condition) -> None:
    from govmodel.model.expressions import All, AnyOf, Not

    def plain(c: Condition, chair: str, deputy: str) -> bool:
        match c:
            case All(items):
                return min(plain(i, chair, deputy) for i in items)
            case AnyOf(items):
                return max(plain(i, chair, deputy) for i in items)
            case Not(item):
                return not plain(item, chair, deputy)
            case Flag(attribute):
                office, word = attribute.split(".")
                return word in WORDS[chair if office == "chair" else deputy]
        raise AssertionError(c)

    for chair in STATUSES:
        for deputy in STATUSES:
            assert says(condition, chair, deputy) is plain(condition, chair, deputy)


@settings(max_examples=60)
@given(drawn(rulebook))
def test_the_last_rule_that_names_a_matter_carries_it(drawn_book: Rulebook) -> None:
    rules, _ = rules_of(drawn_book, {})
    body = rules.bodies[BODY]
    for matter in ("any", "ordinary", "major"):
        found = rules_for(body, matter)
        naming = [d for d in body.decisions if d.carried and matter in d.matters]
        plain = [d for d in naming if d.when is None]
        cases = [d for d in reversed(naming) if d.when is not None]
        assert rule_for(body, matter) is (plain[-1] if plain else rule_for(body, "any"))
        assert list(found[: len(cases)]) == cases
        assert all(d.when is not None for d in found[:-1])


# paths


def test_a_path_may_name_whom_a_word_means() -> None:
    """`members`, `chair` and `party(chair)` of a route are the members, the office and its organisation."""
    from govmodel.loading import load_text
    from govmodel.model.verdict import Path
    from govmodel.reading import read, under
    from govmodel.semantics.replay import follows

    rules = under(
        read(
            load_text(
                """govmodel: "1"
document: {title: A Board}
bodies:
  board: {name: b, clause: "1", seats: {five: {seats: 5}}, presiding: [{who: head}, {who: second}]}
  panel: {name: p, clause: "1", seats: {two: {seats: 2}}}
offices:
  head: {name: h, of: board, clause: "1"}
  second: {name: s, of: board, clause: "1"}
routes:
  - {who: members, escalates_to: board.chair, clause: "1"}
  - {who: party(board.chair), funds: panel, clause: "1"}
clauses: {"1": one}
"""
            )
        )
    )

    def step(who: str, verb: str, whom: str) -> bool:
        return follows(rules, Path(((who, verb, whom, ("1",)),)))

    assert step("board.members", "escalates_to", "head")
    assert step("panel.members", "escalates_to", "head"), "of whichever body, where the text does not say"
    assert not step("board.members", "escalates_to", "second")
    assert not step("board.seats", "escalates_to", "head")
    assert step("party(head)", "funds", "panel")
    assert not step("party(second)", "funds", "panel")
    assert not step("head", "funds", "panel")


# who counts


def test_organisations_are_counted_once_each() -> None:
    rules, _ = rules_of(
        book(
            (board(), seat("s", "p0", low=2, high=2), seat("t", "p1"), seat("u"), seat("v", nominated_by="x"))
        ),
        {},
    )
    body = rules.bodies[BODY]
    everyone = room(body, tuple(places(body)))
    assert everyone.count(Count("present")) == 5
    assert everyone.count(Count("present", parties=True)) == 3  # nobody sends who sits on u
    assert everyone.count(Count("parties", ("p0", "p1"))) == 2
    few = room(body, ("s#1", "u"))
    assert few.count(Count("present", parties=True)) == 1
    assert few.count(Count("seats", parties=True)) == 3
    assert few.count(Count("present", without="p0")) == 1


def test_a_quorum_may_count_seats_that_do_not_vote() -> None:
    parts = (board(), seat("s", low=2, high=2), seat("a", role="attending"))
    room_of = {"voters": ("s#1", "s#2"), "all": ("s#1", "s#2", "a")}
    for counts, enough in ((("voting",), "none"), (("voting", "attending"), "all")):
        rules, _ = rules_of(book((*parts, quorum(at_least(3), counts=counts))), {})
        for name, present in room_of.items():
            assert quorate(rules, Gathering(body=BODY, present=present)) is (name == enough)


def test_a_second_meeting_has_its_own_quorum() -> None:
    parts = (board(), seat("s", low=5, high=5), quorum(at_least(4)))
    two = Gathering(body=BODY, present=("s#1", "s#2"))
    for rules_after, expected in (
        ((), False),
        ((inquorate("adjourn", at_least(2)),), True),
        ((inquorate("adjourn", at_least(3)),), False),
        ((inquorate("adjourn", at_least(2), when="lost"),), False),
        ((inquorate("continue"),), True),
        ((inquorate("close"),), False),
    ):
        rules, _ = rules_of(book((*parts, *rules_after)), {})
        assert quorate(rules, two) is expected


def test_who_has_no_vote_casts_none_and_who_is_left_out_does_not_count() -> None:
    all_but = Threshold(kind="all", base="members", without="subject")
    rules, _ = rules_of(book((board(), seat("s", low=3, high=3), decision(all_but, without="subject"))), {})
    three = Gathering(body=BODY, present=("s#1", "s#2", "s#3"), in_favour=("s#1", "s#2"))
    assert tally(rules, replace(three, subject="s#3")).outcome == "carried"
    assert tally(rules, replace(three, subject="s#2")).outcome == "not allowed"
    with pytest.raises(NotCountable, match="leaves out subject"):
        tally(rules, three)


def test_where_all_seats_may_stay_empty_all_are_filled_at_full_attendance() -> None:
    """With one seat that is always filled, the others are as empty as before."""
    seats = (
        seat("some", low=0, high=3, optional=True),
        seat("one", optional=True),
        seat("more", low=0, high=None, optional=True),
        seat("guest", low=2, high=2, role="attending"),
    )
    body = rules_of(book((board(), *seats)), {})[0].bodies[BODY]
    assert tuple(places(body)) == ("some#1", "some#2", "some#3", "one")
    assert tuple(places(body, ("voting", "attending")))[4:] == ("guest#1", "guest#2")
    assert [s.name for s in body.voting] == ["some", "one"]
    assert body.sure == ()
    body = rules_of(book((board(), *seats, seat("sure"))), {})[0].bodies[BODY]
    assert tuple(places(body)) == ("sure",)
