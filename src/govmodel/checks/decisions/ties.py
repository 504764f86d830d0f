"""Circumstances in which votes can be equal and nobody may break them, found and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from govmodel.checks.bodies import (
    electorate_of,
    regardless_of_chairs,
    statuses,
)
from govmodel.checks.context import Context
from govmodel.checks.decisions.ballots import turnouts_of, voted, voted_on, voters
from govmodel.checks.spaces import alike
from govmodel.dataclass import replace
from govmodel.exact.coalitions import equal_votes as closed_form
from govmodel.exact.votes import counted, passing, voices
from govmodel.model.expressions import Condition
from govmodel.model.rules import BodyRules, DecisionRule, PresidingRule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, counts, one_each, presides_as
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.semantics.meeting import TIES, interest_rules, quorate, tally
from govmodel.semantics.presiding import chain, presiding
from govmodel.semantics.replay import unbroken_tie
from govmodel.smt.questions.meetings import equal_votes

AWAY = ("absent", "vacant", "interested-leaves", "late")


MOST_SHOWN = 3
"""Meetings of other readings that are shown to the judge before another is looked for."""


class Way(NamedTuple):
    """Circumstances in which nobody breaks equal votes by a casting vote: the statuses of chair and deputy,
    who then presides, and whether an interest keeps whoever that is from voting."""

    chair: str
    deputy: str
    rule: PresidingRule | None
    barred: bool

    @property
    def twice(self) -> bool:
        """Whether whoever presides has a second vote that always counts."""
        return self.rule is not None and self.rule.extra_vote == "additional" and not self.barred

    @property
    def ordinary(self) -> bool:
        """Whether the chair and the deputy chair are there."""
        return (self.chair, self.deputy) == ("present", "present")


class _Shown(NamedTuple):
    """A meeting with equal votes in some reading."""

    way: Way
    gathering: Gathering


class Tie(NamedTuple):
    """Equal votes under a rule in some circumstances."""

    decision: DecisionRule
    way: Way
    gathering: Gathering


def way_to_tie(
    context: Context, rules: Rules, body: BodyRules, decision: DecisionRule, matter: str
) -> Way | str | None:
    """Circumstances in which votes can be equal, as the judge confirms of one of the bodies that are alike:
    those of a meeting that showed it in another reading and can be in this one, or else the first; a text:
    undecided."""
    what = (body.name, matter, decision.touching, decision.round, decision.clauses)
    shown: list[_Shown] = context.shared(("meetings with equal votes", *what), list)
    for meeting in shown[:MOST_SHOWN]:
        known = _again(context, rules, body, meeting)
        if known is not None:
            return known
    return first_way_to_tie(context, rules, body, decision, matter, shown)


def first_way_to_tie(
    context: Context,
    rules: Rules,
    body: BodyRules,
    decision: DecisionRule,
    matter: str,
    shown: list[_Shown] | None = None,
) -> Way | str | None:
    """The first circumstances in which votes can be equal. `shown`: takes a meeting that shows it, where one
    had to be looked for."""
    shown = [] if shown is None else shown
    for way in without_casting_vote(context, body):
        gone = _gone(body, way)
        if not gone and not way.twice:
            seats = regardless_of_chairs(context, rules, body)
            base = rules.reading["base-of-a-majority"], rules.reading["rounding"]
            same = ("tie", id(seats), id(decision), matter, base, _circumstances(way))
            tied = partial(_in_some, context, rules, seats, decision, matter, way, [seats.full], shown)
            found = context.shared(same, tied)
        else:
            seats = _presided(context, rules, body, way)
            found = _in_some(context, rules, seats, decision, matter, way, _limits(seats, gone), shown)
        if found:
            return found if isinstance(found, str) else way
    return None


def _again(context: Context, rules: Rules, body: BodyRules, meeting: _Shown) -> Way | None:
    """The circumstances of a meeting with equal votes, where the body can have such a meeting and the judge
    finds them equal here too."""
    pair = meeting.way.chair, meeting.way.deputy
    way = next((w for w in without_casting_vote(context, body) if (w.chair, w.deputy) == pair), None)
    if way is None or way.twice or not places(body).keys() >= set(meeting.gathering.present):
        return None
    gone = _gone(body, way)
    if gone:
        seats = electorate_of(context, rules, body)
        there = counts(seats, meeting.gathering.present).values()
        limits = _limits(seats, gone)
        if not any(all(n <= most for n, most in zip(there, limit, strict=True)) for limit in limits):
            return None
    return way if _tied_again(context, rules, body, meeting) else None


def _tied_again(context: Context, rules: Rules, body: BodyRules, meeting: _Shown) -> bool:
    """What the judge says of an unbroken tie: of the quorum and of the votes apart, each asked once for all
    readings that leave alike what it looks at."""
    room = meeting.gathering
    base, rounding = rules.reading["base-of-a-majority"], rules.reading["rounding"]
    here = [context.kept(each) for each in (meeting, body.seats, body.interests)]
    quorums = [context.kept(each) for each in (body.quorum, body.inquorate)]
    if not context.shared(("quorate again", *here, *quorums, rounding), partial(quorate, rules, room)):
        return False
    votes = [context.kept(each) for each in (body.caps, body.decisions, body.presiding)]
    outcome = context.shared(
        ("tied again", *here, *votes, base, rounding), partial(tally, rules, room)
    ).outcome
    return outcome == "tied"


def _circumstances(way: Way) -> tuple[object, ...]:
    """What equal votes depend on, beside who may be there."""
    extra = None if way.rule is None else (way.rule.extra_vote, way.rule.who == "agreed")
    return way.chair, way.deputy, extra, way.barred


def _in_some(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    matter: str,
    way: Way,
    limits: Sequence[tuple[int, ...]],
    shown: list[_Shown],
) -> bool | str:
    """Whether votes can be equal within one of these limits; asked once for all bodies whose seats come to
    the same numbers. `shown`: takes the meeting that shows it."""

    never: set[object] = context.shared("votes are never equal", set)
    """At which seats, whatever becomes of the chair and the deputy chair."""
    base, rounding = rules.reading["base-of-a-majority"], rules.reading["rounding"]
    own = (context.kept(seats), id(decision), matter, way.twice, base, rounding)

    def tied(limit: tuple[int, ...]) -> bool | str:
        at_hand = _at_hand(rules, seats, decision, matter, way, limit)
        if at_hand is not None:
            shown.insert(0, _Shown(way, at_hand))
            return True
        tie = _tie(context, rules, seats, decision, matter, way, limit)
        if isinstance(tie, Tie):
            shown.insert(0, _Shown(way, tie.gathering))
            return True
        if tie is None:
            never.add((limit, own))
        return tie or False

    body = seats.body
    touching = next(iter(decision.touching), None)
    before = rules_for(body, matter, touching=touching, election_round=decision.round)
    what = (tuple(map(id, before)), decision.clauses, matter, decision.touching, decision.round)
    for limit in limits:
        if (limit, own) in never:
            continue
        found = voted_on(
            context, "tie", rules, seats, decision, partial(tied, limit), _alike(rules, decision, way),
            _circumstances(way), what,
            start=limit, chairs=way.twice, case=case_of(body, decision, matter),
        )  # fmt: skip
        if found:
            return found
    return False


def told(context: Context, rules: Rules, body: BodyRules, decision: DecisionRule, matter: str) -> Tie | str:
    """The tie of this very body in the most normal circumstances; the solver confirms too that no smaller
    meeting has one."""
    case = case_of(body, decision, matter)
    for way in without_casting_vote(context, body):
        seats = _presided(context, rules, body, way)
        for limit in _limits(seats, _gone(body, way)):
            tie = _tie(context, rules, seats, decision, matter, way, limit)
            if isinstance(tie, Tie):
                fewest = len(tie.gathering.present)
                why = _confirmed(context, rules, seats, decision, limit, fewest, way, case)
                return why or tie
            if tie is not None:
                return tie
    return "equal votes were found at one body and not at another that is like it"


def _tie(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    matter: str,
    way: Way,
    limit: tuple[int, ...],
) -> Tie | str | None:
    """The smallest meeting within a limit with equal votes, confirmed by the judge; a text: undecided."""
    case = case_of(seats.body, decision, matter)
    found = _equal(context, rules, seats, decision, limit, way, case)
    if isinstance(found, str):
        return found
    if not found[0]:
        return None
    gathering = _meeting(rules, seats, decision, matter, way, *found)
    if not unbroken_tie(rules, gathering):
        return "the judge does not confirm the equal votes"
    return Tie(decision, way, gathering)


def _at_hand(
    rules: Rules, seats: Electorate, decision: DecisionRule, matter: str, way: Way, limit: tuple[int, ...]
) -> Gathering | None:
    """A meeting to which all come who can, or all but one, at which the judge finds votes equal: then nobody
    need look for the smallest. None: it has to be looked for."""
    carried = decision.carried
    if carried is None or carried.kind not in TIES or way.twice:
        return None
    if case_of(seats.body, decision, matter) is not None:
        return None
    one_each(seats)
    say, passing_of = voices(rules, seats, decision), passing(rules, seats, decision)
    fewer = (tuple(n - (i == k) for i, n in enumerate(limit)) for k, most in enumerate(limit) if most)
    votes = counted(seats)
    for present in (limit, *fewer):
        cast = votes(seats.less(present, say.mute))
        half, odd = divmod(cast, 2)
        passes = passing_of(cast if say.mute == say.out else votes(seats.less(present, say.out)))
        equal = half and not odd and not passes(half, half) and passes(half + 1, half)
        if equal:
            meeting = _meeting(rules, seats, decision, matter, way, present, half)
            if unbroken_tie(rules, meeting):
                return meeting
    return None


def _meeting(
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    matter: str,
    way: Way,
    present: tuple[int, ...],
    each: int,
) -> Gathering:
    """So many of each cell come, and so many votes are cast on each side."""
    room = Gathering(
        body=seats.body.name,
        present=seats.seat_names(present),
        chair=way.chair,
        deputy=way.deputy,
        matter=matter,
        touching=next(iter(decision.touching), None),
        election_round=decision.round,
    )
    return _voted(rules, seats, room, each, None if way.barred else way.rule, decision)


def without_casting_vote(context: Context, body: BodyRules) -> tuple[Way, ...]:
    """The circumstances in which whoever presides has none, the most normal first."""

    def make() -> tuple[Way, ...]:
        found = []
        for chair, deputy in _pairs(body):
            rule = presiding(body, chair, deputy)
            if rule is None and body.presiding:
                continue  # nobody presides, so nobody puts it to the vote: GM502
            barred = rule is not None and _barred(body, rule, chair, deputy)
            if rule is None or rule.extra_vote != "casting" or barred:
                found.append(Way(chair, deputy, rule, barred))
        return tuple(found)

    return context.shared(("ways to a tie", id(body.presiding), id(body.interests)), make)


def _gone(body: BodyRules, way: Way) -> list[str | None]:
    """The offices of those who are not there, or may not vote."""
    if not body.presiding:
        return []
    pairs = zip(chain(body), (way.chair, way.deputy), strict=True)
    gone = [office for office, status in pairs if status in AWAY]
    return [*gone, way.rule.who] if way.barred and way.rule is not None else gone


def _barred(body: BodyRules, rule: PresidingRule, chair: str, deputy: str) -> bool:
    """Whether who presides under a rule has an interest that bars from voting."""
    offices = chain(body)
    status = {offices[0]: chair, offices[1]: deputy}.get(rule.who, "present")
    return status == "interested-stays" and bool(interest_rules(body))


def _alike(rules: Rules, decision: DecisionRule, way: Way) -> tuple[object, ...]:
    extra = "additional" if way.twice else None
    return (*alike(decision, rules.reading["base-of-a-majority"], extra), decision.without)


def _equal(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    limit: tuple[int, ...],
    way: Way,
    case: Condition | None,
) -> tuple[tuple[int, ...], int] | str:
    """The smallest attendance with equal votes, by closed form; that there is none, by the solver too; a
    text: not decided."""
    kinds = turnouts_of(context, rules, seats, decision, limit, case, chairs=way.twice)
    if kinds is None:
        return "too many seats for the closed form"
    found = closed_form(rules, seats, decision, limit, kinds, additional=way.twice)
    if found is None:
        return "too many seats for the closed form"
    return found if found[0] else _confirmed(context, rules, seats, decision, limit, 0, way, case) or found


def _confirmed(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    limit: tuple[int, ...],
    fewest: int,
    way: Way,
    case: Condition | None,
) -> str | None:
    """Why the solver does not confirm that so few are the fewest with equal votes; None: it does."""
    ask = partial(
        equal_votes, rules, seats, decision, limit,
        additional=way.twice, effort=context.effort, beside=context.numbers, guess=fewest or None, case=case,
    )  # fmt: skip
    answer = voted_on(
        context, "equal votes", rules, seats, decision, ask, _alike(rules, decision, way), way.twice,
        start=limit, chairs=way.twice, case=case,
    )  # fmt: skip
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    if (answer.number or 0) != fewest:
        return "the solver and the closed form disagree on equal votes"
    return None


def _pairs(body: BodyRules) -> list[tuple[str, str]]:
    """Pairs of statuses, the most normal first: as few as possible not simply present."""
    pairs = [(c, d) for c in statuses(body) for d in statuses(body)]
    order = ["present", "absent", "vacant", "late", "interested-leaves", "interested-stays"]
    return sorted(
        pairs, key=lambda p: ((p[0] != "present") + (p[1] != "present"), order.index(p[0]), order.index(p[1]))
    )


def _presided(context: Context, rules: Rules, body: BodyRules, way: Way) -> Electorate:
    """The electorate of a body, where it matters who presides with whoever does so then."""
    seats = electorate_of(context, rules, body)
    if not way.twice or way.rule is None or way.rule.who == presides_as(body):
        return seats
    return context.shared(("presided", id(seats), way.rule.who), partial(seats.presided, way.rule.who))


def _limits(seats: Electorate, gone: Sequence[str | None]) -> list[tuple[int, ...]]:
    """The most of each cell that can be there when those who hold these offices are away, for every
    possible holder of each."""
    found = [tuple(seats.full)]
    for office in gone:
        less = [
            tuple(n - (i == j) for j, n in enumerate(limit))
            for limit in found
            for i, cell in enumerate(seats.cells)
            if cell.may_preside(office) and limit[i]
        ]
        found = list(dict.fromkeys(less)) or found
    return found


def _voted(
    rules: Rules,
    seats: Electorate,
    gathering: Gathering,
    each: int,
    rule: PresidingRule | None,
    decision: DecisionRule,
) -> Gathering:
    """The gathering with so many votes on each side, and somebody presiding under a rule."""
    twice = rule is not None and rule.extra_vote == "additional"
    if rule is not None:
        vote = voters(rules, gathering, decision)
        may = [p for cell in seats.cells if cell.may_preside(rule.who) for p in cell.places if p in vote]
        presider = vote[0] if rule.who == "agreed" else may[0] if may else None
        gathering = replace(gathering, presider=presider)
    # The presider votes for, and counts twice where the second vote is additional.
    return voted(rules, gathering, decision, each - twice, leads=twice)
