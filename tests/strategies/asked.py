"""Every question about bodies that is put to the solver, as it is asked of drawn ones, with what trying
everything says of it. `asked_norms` has those about norms."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from govmodel.checks.decisions.ballots import voted
from govmodel.exact import coalitions, quorums, votes
from govmodel.exact import gatherings as formulas
from govmodel.model.rules import DecisionRule, QuorumRule, Rules
from govmodel.model.verdict import Answer, Gathering, Verdict
from govmodel.reading import readings
from govmodel.semantics import meeting as judge
from govmodel.semantics import replay
from govmodel.semantics.cells import Electorate, casting_places, subjects
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import rules_for
from govmodel.semantics.presiding import presiding
from govmodel.smt.questions import gatherings, meetings
from strategies import trying
from strategies.agreement import failing, rules_of, shared
from strategies.dice import Rolled
from strategies.meetings import BODY, MATTERS, rulebook

MOST_PRESENT = 6


@dataclass(frozen=True)
class Asked:
    """One question about one constitution.

    `ask`: put to the solver, with `effort`. `verdict`: by trying everything, with the judge alone. `minimal`:
    whether nothing smaller or more ordinary than what the answer shows would do. `replays`: whether the
    judge confirms what is shown for the answer. Where an answer shows nothing, `minimal` says that it does.
    """

    ask: Callable[..., Any]
    verdict: Callable[[], Verdict]
    minimal: Callable[[Any], bool]
    replays: Callable[[Any], bool]


@dataclass(frozen=True)
class Room:
    """A drawn body, its seats as cells, and who can be there."""

    rules: Rules
    seats: Electorate

    @property
    def everyone(self) -> tuple[str, ...]:
        return self.seats.seat_names(self.seats.full)

    @property
    def gatherings(self) -> Iterator[tuple[str, ...]]:
        """Every choice of those who can be there."""
        who = self.everyone
        return (there for n in range(len(who) + 1) for there in combinations(who, n))

    def quorate(self, present: Iterable[str]) -> bool:
        return trying.is_quorate(self.rules, self.seats.body, tuple(present))

    @property
    def decisions(self) -> Iterator[tuple[str, DecisionRule]]:
        """The matters with one rule for all cases, which speaks of no member as its subject."""
        for matter in MATTERS:
            found = rules_for(self.seats.body, matter)
            if len(found) == 1 and found[0].when is None and not subjects(self.seats, found[0]):
                yield matter, found[0]

    @property
    def extra(self) -> str | None:
        rule = presiding(self.seats.body, "present", "present")
        return rule.extra_vote if rule else None

    @property
    def chair(self) -> str | None:
        """Who presides; whom those present agree on may be anybody."""
        rule = presiding(self.seats.body, "present", "present")
        return rule.who if rule else None


def about_bodies(ask: Callable[[Room], Iterable[Asked]]) -> Callable[[int], list[Asked]]:
    """The questions of one kind about the body of a seed; none where it is too large to try everything, or
    where it is not known whom it counts."""

    def of(seed: int) -> list[Asked]:
        book = rulebook(Rolled(seed), most_seats=5)
        own = [name for name, a in book.ambiguities.items() if not a.built_in]
        room = Room(*rules_of(book, random.Random(seed).choice(readings(book, own).all)))
        if not room.seats.cells or len(room.everyone) > MOST_PRESENT:
            return []
        try:
            return list(ask(room))
        except NotCountable:
            return []

    return of


def shows_nothing(answer: Any) -> bool:
    return answer.number is None and answer.witness is None and answer.conflict is None


# quorums


def reachable(room: Room) -> Iterator[Asked]:
    def fewest() -> int | None:
        return trying.fewest_quorate(room.rules, room.seats.body)

    def replays(answer: Any) -> bool:
        found = quorums.fewest_quorate(room.rules, room.seats)
        if answer.number is None or not found:
            return found == () and answer.number is None
        there = room.seats.seat_names(found)
        return len(there) == answer.number and room.quorate(there)

    yield Asked(
        lambda **more: meetings.reachable(room.rules, room.seats, beside=shared(), **more),
        lambda: failing(fewest() is None),
        lambda answer: answer.number == fewest(),
        replays,
    )


def withdrawals(room: Room) -> Iterator[Asked]:
    start = room.seats.full

    def fewest() -> int | None:
        return trying.fewest_leaving(room.rules, room.seats.body, room.everyone)

    def replays(answer: Any) -> bool:
        leaving = quorums.fewest_leaving(room.rules, room.seats, start)
        if answer.number is None or not leaving:
            return leaving == () and answer.number is None
        gone = room.seats.seat_names(leaving)
        return len(gone) == answer.number and not room.quorate(p for p in room.everyone if p not in gone)

    yield Asked(
        lambda **more: meetings.withdrawals(room.rules, room.seats, start, beside=shared(), **more),
        lambda: failing(fewest() is not None),
        lambda answer: answer.number == fewest(),
        replays,
    )


def disjoint(room: Room) -> Iterator[Asked]:
    def apart() -> bool:
        enough = [set(there) for there in room.gatherings if room.quorate(there)]
        return any(not one & other for one in enough for other in enough)

    def replays(answer: Any) -> bool:
        found = formulas.disjoint(room.rules, room.seats)
        assert found is not None
        if answer.verdict is Verdict.HOLDS:
            return found == ((), ())
        one, other = found
        last = [full - n for full, n in zip(room.seats.full, other, strict=True)]
        rest = set(room.everyone) - set(room.seats.seat_names(last))
        there = set(room.seats.seat_names(one))
        return not there & rest and room.quorate(sorted(there)) and room.quorate(sorted(rest))

    yield Asked(
        lambda **more: gatherings.disjoint(room.rules, room.seats, beside=shared(), **more),
        lambda: failing(apart()),
        shows_nothing,
        replays,
    )


def binds(room: Room) -> Iterator[Asked]:
    every = formulas.parts(room.rules, room.seats)
    if len(judge.sittings(room.seats.body)) == 1:
        for i, part in enumerate(every):
            yield _binds(room, part, [other for j, other in enumerate(every) if j != i])


def _binds(room: Room, part: QuorumRule, others: list[QuorumRule]) -> Asked:
    def met(there: tuple[str, ...], quorums: list[QuorumRule]) -> bool:
        return judge.met(room.rules, Gathering(body=BODY, present=there), quorums)

    def replays(answer: Any) -> bool:
        """What is quorate without an idle part is quorate with it."""
        same = all(met(there, others) == met(there, [*others, part]) for there in room.gatherings)
        return same is (answer.verdict is Verdict.HOLDS)

    return Asked(
        lambda **more: gatherings.binds(room.rules, room.seats, part, others, beside=shared(), **more),
        lambda: failing(any(met(t, others) and not met(t, [part]) for t in room.gatherings)),
        shows_nothing,
        replays,
    )


def bare_quorum_carries(room: Room) -> Iterator[Asked]:
    least = trying.fewest_quorate(room.rules, room.seats.body)
    for matter, decision in room.decisions:
        if least and decision.carried is not None:
            yield _bare(room, matter, decision, least)


def _bare(room: Room, matter: str, decision: DecisionRule, least: int) -> Asked:
    def carried(there: tuple[str, ...]) -> bool:
        voting = trying.voters(room.rules, room.seats.body, matter, there, None)
        casting = casting_places(room.seats.body, voting)
        silent = tuple(p for p in voting if p not in casting)
        ballot = Gathering(body=BODY, present=there, in_favour=casting, abstaining=silent, matter=matter)
        return bool(casting) and replay.carries(room.rules, ballot)

    def some() -> bool:
        return any(carried(there) for there in room.gatherings if len(there) == least)

    def ask(**more: Any) -> Answer:
        return gatherings.bare_quorum_carries(
            room.rules, room.seats, decision, least, beside=shared(), **more
        )

    def replays(answer: Any) -> bool:
        """The closed form says so too, and the judge finds such a meeting. An example changes nothing, be it
        one or not."""
        found = formulas.bare_quorum_carries(room.rules, room.seats, decision)
        same = all(
            ask(at=at) == answer for at in (quorums.fewest_quorate(room.rules, room.seats), room.seats.full)
        )
        return same and found is some() is (answer.verdict is Verdict.FAILS)

    return Asked(
        ask,
        lambda: failing(some()),
        shows_nothing,
        replays,
    )


# votes


def fewest_to_carry(room: Room) -> Iterator[Asked]:
    for matter, decision in room.decisions:
        yield _fewest_to_carry(room, matter, decision)


def _fewest_to_carry(room: Room, matter: str, decision: DecisionRule) -> Asked:
    rules, seats = room.rules, room.seats

    def fewest() -> int | None:
        return trying.fewest_to_carry(rules, seats.body, matter, room.chair, None)

    def replays(answer: Any) -> bool:
        found = coalitions.fewest_to_carry(rules, seats, decision, room.extra)
        if answer.number is None or found is None:
            return found is None and answer.number is None
        present = seats.seat_names(found.present)
        mute = votes.voices(rules, seats, decision).mute
        may = (p for i in seats.chairs if i not in mute for p in seats.cells[i].places if p in present)
        presider = next(may, None) if room.chair is not None else None
        gathering = Gathering(body=BODY, present=present, presider=presider, matter=matter)
        ballot = voted(rules, gathering, decision, answer.number, leads=True)
        return len(ballot.in_favour) == answer.number and replay.carries(rules, ballot)

    return Asked(
        lambda **more: meetings.fewest_to_carry(rules, seats, decision, room.extra, beside=shared(), **more),
        lambda: failing(fewest() is not None),
        lambda answer: answer.number == fewest(),
        replays,
    )


def equal_votes(room: Room) -> Iterator[Asked]:
    for matter, decision in room.decisions:
        if decision.equal_votes is None:
            yield _equal_votes(room, matter, decision)


def _equal_votes(room: Room, matter: str, decision: DecisionRule) -> Asked:
    rules, seats = room.rules, room.seats
    cells = [cell.places for cell in seats.cells]

    def fewest() -> int | None:
        return trying.equal_votes(rules, seats.body, matter, cells, seats.full)

    def replays(answer: Any) -> bool:
        found = coalitions.equal_votes(rules, seats, decision, seats.full)
        assert found is not None
        if answer.number is None or found == ((), 0):
            return found == ((), 0) and answer.number is None
        gathering = Gathering(body=BODY, present=seats.seat_names(found[0]), matter=matter)
        ballot = voted(rules, gathering, decision, found[1], leads=False)
        return len(ballot.present) == answer.number and replay.unbroken_tie(rules, ballot)

    return Asked(
        lambda **more: meetings.equal_votes(rules, seats, decision, seats.full, beside=shared(), **more),
        lambda: failing(fewest() is not None),
        lambda answer: answer.number == fewest(),
        replays,
    )


def no_side_carries(room: Room) -> Iterator[Asked]:
    for matter, decision in room.decisions:
        if decision.carried is not None:
            yield _no_side_carries(room, matter, decision)


def _no_side_carries(room: Room, matter: str, decision: DecisionRule) -> Asked:
    """Everybody is there and votes, and nobody presides."""
    rules, seats = room.rules, room.seats

    def settled(favour: tuple[str, ...], against: tuple[str, ...]) -> bool:
        silent = tuple(p for p in places(seats.body) if p not in (*favour, *against))
        ballot = Gathering(
            body=BODY, present=room.everyone, in_favour=favour, against=against, abstaining=silent,
            matter=matter,
        )  # fmt: skip
        outcome = judge.tally(rules, ballot).outcome
        return outcome == "carried" or (outcome == "tied" and decision.equal_votes == "lot")

    def fewest() -> int | None:
        voting = trying.voters(rules, seats.body, matter, room.everyone, None)
        sides = trying.ballots(seats.body, voting)
        open_ = (len(one) for one, two in sides if (one or two) and not settled(one, two) | settled(two, one))
        return min(open_, default=None)

    def replays(answer: Any) -> bool:
        found = coalitions.no_side_carries(rules, seats, decision, seats.full, None, presided=False)
        if answer.number is None or found is None:
            return found is None and answer.number is None
        gathering = Gathering(body=BODY, present=room.everyone, matter=matter)
        ballot = voted(rules, gathering, decision, answer.number, leads=False)
        return found == answer.number and not settled(ballot.in_favour, ballot.against)

    return Asked(
        lambda **more: meetings.no_side_carries(
            rules, seats, decision, seats.full, None, presided=False, beside=shared(), **more
        ),
        lambda: failing(fewest() is not None),
        lambda answer: answer.number == fewest(),
        replays,
    )
