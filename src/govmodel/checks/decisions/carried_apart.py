"""Votes by which one rule carries a proposal and another, on the same matter, does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from govmodel.checks.bodies import regardless_of_chairs
from govmodel.checks.context import Context
from govmodel.checks.decisions.ballots import turnouts_of, voted
from govmodel.dataclass import replace
from govmodel.exact.turnouts import Kind, Turnouts
from govmodel.exact.votes import Passes, passing, voices
from govmodel.model.expressions import Condition
from govmodel.model.rules import BodyRules, DecisionRule, Rules
from govmodel.model.verdict import Gathering
from govmodel.model.walk import counts_in
from govmodel.semantics.cells import Electorate, with_votes
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import at_meetings, case_of
from govmodel.semantics.meeting import tally

MOST, MOST_TOLD = 200_000, 2_000
"""Votes that are tried in numbers, and votes that the judge counts."""

TOO_MANY = "the rules do not ask for the same, and there are more ways to vote than were tried"


def carried_apart(
    context: Context, rules: Rules, body: BodyRules, one: DecisionRule, other: DecisionRule, matter: str
) -> Gathering | str | None:
    """A quorate meeting whose votes carry a proposal by one of two rules alone and not by the other alone, as
    the judge has it; None: there is none; a text: not decided. Nobody has a casting vote for that."""
    seats = regardless_of_chairs(context, rules, body)
    base, rounding = rules.reading["base-of-a-majority"], rules.reading["rounding"]
    same = ("carried apart", id(seats), id(one), id(other), matter, base, rounding)
    return context.shared(same, partial(_apart, context, rules, seats, (one, other), matter))


def _apart(
    context: Context, rules: Rules, seats: Electorate, pair: tuple[DecisionRule, DecisionRule], matter: str
) -> Gathering | str | None:
    by_each = [alone(rules, seats.body, rule, matter) for rule in pair]
    found: Gathering | str | None
    try:
        try:
            found = _counted(context, rules, seats, pair, matter, by_each)
        except NotCountable as error:  # where all have come, the judge can often count all the same
            found = next((g for g in _with_all_there(seats.body, matter) if _differ(by_each, g)), str(error))
        if isinstance(found, Gathering) and not _differ(by_each, found):
            return "the judge does not confirm that the two rules differ"
    except NotCountable as error:
        return str(error)
    return found


def _counted(
    context: Context,
    rules: Rules,
    seats: Electorate,
    pair: tuple[DecisionRule, DecisionRule],
    matter: str,
    by_each: Sequence[Rules],
) -> Gathering | str | None:
    case = _case(seats.body, pair[0], matter)
    kinds = turnouts_of(context, rules, seats, pair[0], case=case, chairs=False)
    if kinds is None:
        return "too many seats for the closed form"
    if case is None and seats.body.quorum and not any(cast for cast, _, _ in kinds.sizes):
        return _counted_without_quorum(context, rules, seats, pair, matter, by_each)
    meeting = partial(_meeting, rules, seats, pair[0], matter, kinds)
    if _in_numbers(rules, seats, pair):
        most, whole = MOST, True
        differ = partial(_differ_in_numbers, [passing(rules, seats, rule) for rule in pair])
    else:
        most, whole = MOST_TOLD, _of_totals(seats, pair)
        differ = partial(_differ_to_judge, by_each, meeting)
    tried = islice(_votes(kinds), most)
    found = next((meeting(*votes) for votes in tried if differ(*votes)), None)
    return found or (None if whole and _ways(kinds) <= most else TOO_MANY)


def _counted_without_quorum(
    context: Context,
    rules: Rules,
    seats: Electorate,
    pair: tuple[DecisionRule, DecisionRule],
    matter: str,
    by_each: Sequence[Rules],
) -> Gathering | str | None:
    """The same where no meeting is ever quorate, and every one is as good."""
    body = context.shared(
        ("without quorum", context.kept(seats.body)), partial(replace, seats.body, quorum=(), inquorate=())
    )
    return _counted(context, rules, regardless_of_chairs(context, rules, body), pair, matter, by_each)


def _with_all_there(body: BodyRules, matter: str) -> Iterator[Gathering]:
    everybody = tuple(places(body))
    room = Gathering(body=body.name, present=everybody, matter=matter)
    for favour in range(min(len(everybody), MOST_TOLD), 0, -1):
        yield with_votes(room, favour, everybody)


def cases(rule: DecisionRule) -> tuple[object, ...]:
    """For what a rule is: rules for unlike cases are no rivals."""
    return (rule.round, rule.touching, rule.when)


def _case(body: BodyRules, rule: DecisionRule, matter: str) -> Condition | None:
    """When a rule applies, as if it had no rival."""
    others = tuple(d for d in body.decisions if d is rule or cases(d) != cases(rule))
    return case_of(replace(body, decisions=others), rule, matter) if at_meetings(rule) else rule.when


def alone(rules: Rules, body: BodyRules, rule: DecisionRule, matter: str) -> Rules:
    """The rules, with one rule on how anything is carried, at every meeting."""
    plain = replace(rule, matters=(matter,), how=(), touching=(), round=1, when=None, equal_votes=None)
    own = replace(body, decisions=(plain,))
    return replace(rules, bodies={**rules.bodies, body.name: own})


def _differ(by_each: Sequence[Rules], gathering: Gathering) -> bool:
    one, other = (tally(rules, gathering).outcome == "carried" for rules in by_each)
    return one != other


def _differ_to_judge(
    by_each: Sequence[Rules],
    meeting: Callable[[Kind, int, int], Gathering],
    kind: Kind,
    favour: int,
    against: int,
) -> bool:
    return _differ(by_each, meeting(kind, favour, against))


def _differ_in_numbers(
    tests: Sequence[Callable[[int], Passes]], kind: Kind, favour: int, against: int
) -> bool:
    one, other = (test(kind[1])(favour, against) for test in tests)
    return one != other


def _in_numbers(rules: Rules, seats: Electorate, pair: tuple[DecisionRule, DecisionRule]) -> bool:
    """Whether numbers of votes say by both rules what is carried, and the same people vote by both."""
    one, other = (voices(rules, seats, rule) for rule in pair)
    return one == other and all(r.carried is not None and r.carried.kind != "formula" for r in pair)


def _of_totals(seats: Electorate, pair: tuple[DecisionRule, DecisionRule]) -> bool:
    """Whether it matters how many vote, and not who."""
    carried = tuple(rule.carried for rule in pair if rule.carried is not None)
    counts = [c for each in carried if each.formula is not None for c in counts_in(each.formula)]
    plain = all(c.without is None and not c.groups and not c.parties for c in counts)
    nobody_out = all(each.without is None for each in pair) and all(t.without is None for t in carried)
    return plain and nobody_out and not seats.caps and all(cell.votes == 1 for cell in seats.cells)


def _votes(kinds: Turnouts) -> Iterator[tuple[Kind, int, int]]:
    """The votes for and against that can be cast, of the largest meetings first; those in which somebody
    abstains after all others."""
    largest = sorted(kinds.sizes, key=lambda kind: (-kind[0], -kind[1]))
    for kind in largest:
        for favour in range(kind[0], 0, -1):
            yield kind, favour, kind[0] - favour
    for kind in largest:
        for favour in range(kind[0], 0, -1):
            for against in range(kind[0] - favour):
                yield kind, favour, against


def _ways(kinds: Turnouts) -> int:
    return sum(cast * (cast + 1) // 2 for cast, _, _ in kinds.sizes)


def _meeting(
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    matter: str,
    kinds: Turnouts,
    kind: Kind,
    favour: int,
    against: int,
) -> Gathering:
    """Such votes at the smallest meeting at which so many can be cast."""
    room = Gathering(body=seats.body.name, present=seats.seat_names(kinds.smallest(kind)), matter=matter)
    made = voted(rules, room, decision, favour, leads=False)
    rest = made.against[against:]
    return replace(made, against=made.against[:against], abstaining=(*made.abstaining, *rest))
