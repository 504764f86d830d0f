"""Votes at a meeting, as the checks on decisions ask about them and tell them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from govmodel.checks.context import Context
from govmodel.checks.spaces import alike
from govmodel.dataclass import replace
from govmodel.exact.abstentions import Sparse
from govmodel.exact.coalitions import Capture
from govmodel.exact.coalitions import fewest_to_carry as closed_form
from govmodel.exact.heads import Cells, gathered
from govmodel.exact.turnouts import Turnouts, turnouts
from govmodel.exact.votes import ALL, voices
from govmodel.model.expressions import Condition
from govmodel.model.rules import BodyRules, DecisionRule, QuorumRule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, casting_places, subjects, with_votes
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import rules_for
from govmodel.semantics.meeting import TIES, governing, left_out, met, sittings
from govmodel.semantics.replay import carries
from govmodel.smt.questions.meetings import fewest_to_carry

T = TypeVar("T")


def say_of(rules: Rules, seats: Electorate, decision: DecisionRule) -> tuple[object, ...]:
    """Who has no say under a rule, as the part of a key; empty: all have."""
    say = voices(rules, seats, decision)
    return () if say == ALL else (say,)


def turnouts_of(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    limit: Sequence[int] | None = None,
    case: Condition | None = None,
    *,
    chairs: bool = True,
) -> Turnouts | None:
    """The turnouts on a matter, made once for all bodies and rules that are alike in this."""
    limit = tuple(seats.full if limit is None else limit)
    say, ranges = voices(rules, seats, decision), context.heads(rules, seats)
    make = partial(turnouts, rules, seats, limit, say, case, ranges, chairs=chairs)
    same = (*say_of(rules, seats, decision), *part(case))
    return context.once("turnouts", rules, seats, make, limit, chairs, *same)


def voted_on(
    context: Context,
    name: str,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    make: Callable[[], T],
    *also: object,
    start: Sequence[int],
    chairs: bool,
    case: Condition | None,
) -> T:
    """A number of votes, asked once for all bodies whose seats come to the same numbers for it. `start`: how
    many of each cell there may be; `chairs`: whether it matters who may be chair."""
    say = voices(rules, seats, decision)
    if case is not None:
        return context.once(name, rules, seats, make, *also, say, start, case)

    def alike() -> tuple[int, Cells] | None:
        chair = seats.chairs if chairs else ()
        labels = [
            (cell.votes, cell.caps, i in chair, i in say.mute, i in say.out)
            for i, cell in enumerate(seats.cells)
        ]
        return context.merged(rules, seats, labels)

    merged = context.shared(("voted on", context.kept(seats), rules.reading["rounding"], say, chairs), alike)
    if merged is None:
        return context.once(name, rules, seats, make, *also, say, start)
    number, kinds = merged
    return context.shared((name, number, gathered(start, kinds), seats.caps, *also), make)


def capture(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    case: Condition | None,
) -> Capture | str | None:
    """The fewest that carry at some quorate meeting where all present vote, by closed form and solver; None:
    nothing is ever carried so; a text: undecided."""
    carried = alike(decision, rules.reading["base-of-a-majority"], extra_vote)

    def make() -> Capture | str | None:
        chairs = extra_vote in ("casting", "additional")
        kinds = turnouts_of(context, rules, seats, decision, case=case, chairs=chairs)
        if kinds is None:
            return "too many seats for the closed form"
        found = closed_form(rules, seats, decision, extra_vote, kinds)
        guess = found.in_favour if found else None
        ties = decision.carried is not None and decision.carried.kind in TIES
        second = extra_vote if ties or extra_vote == "additional" else None
        ask = partial(
            fewest_to_carry, rules, seats, decision, second,
            effort=context.effort, beside=context.numbers, guess=guess, case=case,
        )  # fmt: skip
        answer = voted_on(
            context, "fewest to carry", rules, seats, decision, ask, carried,
            decision.equal_votes if ties else None, second,
            start=seats.full, chairs=second in ("casting", "additional"), case=case,
        )  # fmt: skip
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if answer.number != (found.in_favour if found else None):
            return "the solver and the closed form disagree on the fewest that carry"
        return found

    also = (*say_of(rules, seats, decision), *part(case))
    return context.once("capture", rules, seats, make, carried, decision.equal_votes, extra_vote, *also)


def rule_at_full_attendance(rules: Rules, body: BodyRules, matter: str) -> DecisionRule | None:
    """The rule by which a matter is carried when everybody has come."""
    ways = rules_for(body, matter)
    if len(ways) == 1 and ways[0].when is None:
        return ways[0]
    return governing(rules, Gathering(body=body.name, present=tuple(places(body)), matter=matter))


def part(case: Condition | None) -> tuple[object, ...]:
    """A case as the part of a key; empty: always."""
    return () if case is None else (case,)


def voters(rules: Rules, gathering: Gathering, decision: DecisionRule) -> tuple[str, ...]:
    """The places of those present whose votes count."""
    where = places(rules.bodies[gathering.body])
    carried = decision.carried.without if decision.carried else None
    mute = left_out(rules, gathering, decision.without) | left_out(rules, gathering, carried)
    return tuple(p for p in gathering.present if p in where and p not in mute)


def voted(
    rules: Rules, gathering: Gathering, decision: DecisionRule, in_favour: int, *, leads: bool
) -> Gathering:
    """The gathering with the votes cast, the presider's among them: the first `in_favour` of those who
    vote are for it, the others against it. `leads`: the presider is the first of them."""
    may, presider = voters(rules, gathering, decision), gathering.presider
    casting = casting_places(rules.bodies[gathering.body], may, (presider,) if presider else ())
    if leads:
        casting = tuple(sorted(casting, key=lambda place: place != presider))
    made = with_votes(gathering, in_favour, casting)
    return replace(made, abstaining=tuple(p for p in may if p not in casting))


def abstained(
    rules: Rules, seats: Electorate, decision: DecisionRule, found: Sparse, matter: str = "any"
) -> Gathering:
    """The meeting at which so few carry a matter, whoever presides among those for it; the rest abstain."""
    present = seats.seat_names(found.present)
    mute = voices(rules, seats, decision).mute
    chairs = (p for i in seats.chairs if i not in mute for p in seats.cells[i].places if p in present)
    room = Gathering(body=seats.body.name, present=present, matter=matter, presider=next(chairs, None))
    made = voted(rules, room, decision, found.in_favour, leads=True)
    made = replace(made, presider=room.presider if found.second_vote else None)
    rest = made.against[found.against :]
    return replace(made, against=made.against[: found.against], abstaining=(*made.abstaining, *rest))


def carried_by_all(
    rules: Rules, seats: Electorate, present: tuple[str, ...], matter: str, subject: str | None = None
) -> bool:
    """Whether these carry a matter when all of them who have a vote on it vote for it. `subject`: whom it is
    about; where the rule asks and nothing is said, the first member."""
    body = seats.body
    room = Gathering(body=body.name, present=present, matter=matter)
    decision = governing(rules, room)
    if decision is None:
        return False
    room = replace(room, subject=subject or next(iter(subjects(seats, decision)), None))
    voting = voters(rules, room, decision)
    casting = casting_places(body, voting)
    silent = tuple(place for place in voting if place not in casting)
    return carries(rules, replace(room, in_favour=casting, abstaining=silent))


def valid_by(rules: Rules, gathering: Gathering) -> tuple[QuorumRule, ...]:
    """The quorums that make this meeting a valid one: those of the first way that it meets."""
    return next((q for q in sittings(rules.bodies[gathering.body]) if met(rules, gathering, q)), ())


def is_second(rules: Rules, gathering: Gathering) -> bool:
    """Whether it is valid only after an inquorate one."""
    return not met(rules, gathering, rules.bodies[gathering.body].quorum)
