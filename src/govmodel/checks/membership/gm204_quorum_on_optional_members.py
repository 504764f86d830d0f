"""GM204: a quorum that cannot be met without seats that may be empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import Asked, ask
from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, lowered, result
from govmodel.checks.membership.quorums import unmet
from govmodel.checks.spaces import of_kind, takes_shares
from govmodel.dataclass import replace
from govmodel.exact.quorums import fewest_quorate
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import (
    BodyRules,
    InquorateRule,
    MembershipRule,
    QuorumRule,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.model.verdict import Gathering, Verdict
from govmodel.model.walk import counts_in
from govmodel.semantics.cells import Electorate, asked_by, electorate
from govmodel.semantics.counting import (
    NotCountable,
    Room,
    groups_of,
    heads_of,
    holds,
    of_parties,
    organisation,
    places,
)
from govmodel.semantics.meeting import counted_roles, quorate, rounding, sittings
from govmodel.smt.questions.meetings import reachable
from govmodel.words import text

ID, NAME = "GM204", "quorum on optional members"

MANY = 20
"""Places that are filled of a seat without a stated limit."""

FULL = ("present", "members", "seats", "entitled")
"""The bases in which everybody is who sits on a body and has come."""


class Resting(NamedTuple):
    """The seats that may be empty, and whether anybody might fill them without a meeting of the body."""

    seats: tuple[SeatRule, ...]
    open: bool


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context):
        without = _never_rests(context, body.name)
        if without:
            number += without
            continue
        about = of_kind(SeatRule, QuorumRule, InquorateRule, MembershipRule)
        leans = ("rounding",) if takes_shares(context, body.name) else ()
        space = context.space(about, *leans, body=body.name, seen=_seen(context, body.name))
        asked = ask(context, ID, body.name, space, partial(_resting, context))
        number += asked.number
        undecided += asked.undecided
        if asked.found:
            made = _finding(context, body.name, asked)
            findings += [made] if isinstance(made, Finding) else []
            undecided += [made] if isinstance(made, Undecided) else []
    return result(ID, findings, undecided, number)


def _seen(context: Context, body: str) -> Callable[[Rule], object]:
    """What the question sees of a rule: of seats how many there are, whom quorums count them as, and who
    fills them."""
    quorums = [r for r in context.of_body(body) if isinstance(r, (QuorumRule, InquorateRule))]
    needs = [r.needs if isinstance(r, QuorumRule) else r.second_quorum for r in quorums]
    counts = [count for condition in needs if condition is not None for count in counts_in(condition)]
    groups = {group for count in counts for group in (*count.groups, count.without)}
    parties = any(of_parties(count) for count in counts)

    def see(rule: Rule) -> object:
        if isinstance(rule, SeatRule):
            own = frozenset(groups_of(rule) & groups), organisation(rule) if parties else None
            return (*own, rule.role, rule.low, rule.high, rule.optional, *_fillers(rule))
        if isinstance(rule, MembershipRule):
            return bool(rule.joins), rule.agreed_by
        return replace(rule, gate=())

    return see


def _never_rests(context: Context, body: str) -> int:
    """Under how many readings the question was asked, if under each a quorum is within reach of the seats
    that are surely filled and those that somebody else fills under all readings; 0: not under each. Far fewer
    readings tell these seats apart than all."""

    def kept(rule: Rule) -> bool:
        return isinstance(rule, SeatRule) and (_surely(rule) or (not rule.gate and _is_filled(rule, body)))

    def about(rule: Rule) -> bool:
        return isinstance(rule, (QuorumRule, InquorateRule)) or kept(rule)

    space = context.space(about, body=body, seen=_seen(context, body))
    for _, rules, own in context.under(space, body):
        if not own.quorum:
            continue
        left = _with(own, kept)
        try:
            if not all(_all_are_enough(rules, left, to) for to in ("up", "nearest", "down")):
                return 0
        except NotCountable:
            return 0
    return len(space.all) if space.complete else 0


def _resting(context: Context, rules: Rules, body: BodyRules) -> Resting | str | None:
    """Whether a quorum is within reach, and no more when every seat is empty that may be."""
    roles = counted_roles(body)
    unsure = tuple(s for s in body.seats if s.role in roles and _may_be_empty(s))
    if not body.quorum or not unsure:
        return None
    found = context.shared(_like(rules, body), partial(_rests, context, rules, body))
    return Resting(unsure, found) if isinstance(found, bool) else found


def _like(rules: Rules, body: BodyRules) -> object:
    """All that the answer depends on: how many seats of each kind there are, the quorum, who fills them."""
    groups, by_party = asked_by(body)
    roles = counted_roles(body)
    kinds: dict[object, int] = {}
    for seat in body.seats:
        if seat.role not in roles:
            continue
        own = frozenset(groups_of(seat) & groups), organisation(seat) if by_party else None
        sure = (_surely(seat), _filled_without(seat, body), _filler(seat) is None)
        kind = (seat.role, *own, *sure)
        kinds[kind] = kinds.get(kind, 0) + _size(seat)
    quorums = tuple(tuple((q.needs, q.counts, q.rounding) for q in sitting) for sitting in sittings(body))
    return (
        "resting on optional members",
        frozenset(kinds.items()),
        quorums,
        rules.reading["rounding"],
        _anybody_else(body),
    )


def _rests(context: Context, rules: Rules, body: BodyRules) -> bool | str | None:
    """Whether the quorum rests on such seats: True where somebody might fill them without a meeting of the
    body, False where nobody can. None: it does not. A text: undecided."""
    for keeps in (_surely, lambda s: _surely(s) or _filled_without(s, body)):
        within = _reached(context, rules, body, keeps)
        if within is not False:
            return within if isinstance(within, str) else None
    whole = _reached(context, rules, body, lambda _: True)
    if whole is not True:
        return whole or None  # out of reach even then: GM201
    doubt = _reached(context, rules, body, lambda s: _surely(s) or _filled_without(s, body) or not _filler(s))
    if isinstance(doubt, str):
        return doubt
    return doubt or _anybody_else(body)


def _may_be_empty(seat: SeatRule) -> bool:
    """Optional, invited, co-opted, or held for a term by somebody whom others choose."""
    return seat.optional or seat.low == 0 or bool(seat.invited_by) or bool(_filler(seat))


def _surely(seat: SeatRule) -> bool:
    return not _may_be_empty(seat)


def _fillers(seat: SeatRule) -> tuple[str | None, ...]:
    return seat.invited_by, seat.agreed_by, seat.chosen_by


def _filler(seat: SeatRule) -> str | None:
    return next((who for who in _fillers(seat) if who), None)


def _filled_without(seat: SeatRule, body: BodyRules) -> bool:
    return _is_filled(seat, body.name)


def _is_filled(seat: SeatRule, body: str) -> bool:
    """Whether somebody else than the body or its members together fills the seat."""
    filler = _filler(seat)
    return filler is not None and filler not in (body, "members", "body")


def _anybody_else(body: BodyRules) -> bool:
    """Whether members may join by somebody else's agreement."""
    return any(m.joins and m.agreed_by not in (body.name, "members", "body") for m in body.membership)


def _with(body: BodyRules, keeps: Callable[[SeatRule], bool]) -> BodyRules:
    """The body when of its seats that vote or that a quorum counts just these are filled, as far as they
    may be."""
    return replace(body, seats=tuple(_filled(body, keeps)))


def _filled(body: BodyRules, keeps: Callable[[SeatRule], bool]) -> Iterator[SeatRule]:
    roles = counted_roles(body)
    for seat in body.seats:
        if seat.role not in roles:
            yield seat
        elif keeps(seat):
            yield replace(seat, low=_size(seat), optional=False)


def _reached(
    context: Context, rules: Rules, body: BodyRules, keeps: Callable[[SeatRule], bool]
) -> bool | str:
    """Whether some attendance is quorate when just these seats are filled: everybody's, or else any, by
    solver and count."""
    left = _with(body, keeps)
    if _all_are_enough(rules, left):
        return True
    if not left.voting:
        return False
    seats = electorate(rules, left)
    return context.shared(
        ("within reach", seats.shape, rules.reading["rounding"]), partial(_asked, context, rules, seats)
    )


def _all_are_enough(rules: Rules, body: BodyRules, round_to: str | None = None) -> bool:
    """Whether all who sit on the body, so filled, are quorate together, by their numbers. `round_to`: where
    the text does not say how to round."""

    def one(quorum: QuorumRule) -> bool:
        here = {s.name: s for s in body.seats if s.role in quorum.counts and not s.optional}
        numbers = {name: dict.fromkeys(FULL, seat.low) for name, seat in here.items()}
        return holds(
            heads_of(rules, quorum), Room(here, numbers), quorum.rounding or round_to or rounding(rules, None)
        )

    return any(all(one(quorum) for quorum in sitting) for sitting in sittings(body))


def _judged(rules: Rules, body: BodyRules) -> bool:
    """The same by the judge, of everybody by name."""
    own = replace(rules, bodies={body.name: body})
    return quorate(own, Gathering(body=body.name, present=tuple(places(body, counted_roles(body)))))


def _size(seat: SeatRule) -> int:
    return MANY if seat.high is None else seat.high


def _asked(context: Context, rules: Rules, seats: Electorate) -> bool | str:
    answer = reachable(rules, seats, effort=context.effort, beside=context.numbers, fewest=False)
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    closed = fewest_quorate(rules, seats)
    if closed is not None and (closed == ()) != (answer.verdict is Verdict.FAILS):
        return "the solver and the closed form disagree"
    return answer.verdict is Verdict.HOLDS


def _finding(context: Context, name: str, asked: Asked[Resting]) -> Finding | Undecided | None:
    reading, readings, base = asked.where(context)
    resting = next(found for r, found in asked.found if r == reading)
    level: Level | None = lowered("error", base)
    if resting.open and level == "error":
        level = "warning"
    if level is None:
        return None
    rules = context.rules(reading)
    body = rules.bodies[name]
    left = _with(body, _surely)
    if _judged(rules, left):
        return Undecided(check=ID, subject=name, why="the judge finds a quorum without those seats")
    everyone = places(left, counted_roles(left))
    missed = unmet(rules, left)
    if _reached(context, rules, replace(body, quorum=missed), _surely) is not False:
        missed = body.quorum
    own = clauses_of(*missed)
    needed = _needed(context, rules, body, resting)
    who = clauses_of(*needed)
    fill = (
        "The text does not say who could fill them without a meeting of the body."
        if resting.open
        else f"Only the {body.title} itself can fill them, and it cannot decide anything."
    )
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=(*own, *(c for c in who if c not in own)),
        subject=name,
        message=f"the {body.title} cannot be quorate unless seats are filled that may be empty",
        mark=missed[0].mark,
        story=(
            f"The seats of {text.clause(who)} are empty: nobody was found, or the term has ended.",
            *(
                (
                    f"All others come to a meeting of the {body.title}: {len(everyone)} in all.",
                    f"{text.capital(text.clause(own, 'is', 'are'))} not met, however many of them come.",
                )
                if everyone
                else (f"There are no others, so that {text.clause(own, 'is', 'are')} not met.",)
            ),
            fill,
        ),
        told_in=reading,
        help="Let the others meet without them, or say who fills the seats when there is no quorum.",
        readings=readings,
        in_base=base,
        evidence={"empty": [s.name for s in resting.seats], "would_do": [s.name for s in needed]},
    )


def _needed(context: Context, rules: Rules, body: BodyRules, resting: Resting) -> tuple[SeatRule, ...]:
    """Those seats of which any one kind alone would bring the quorum within reach; all, if none does."""
    alone = tuple(
        seat
        for seat in resting.seats
        if _reached(context, rules, body, lambda s, one=seat: _surely(s) or s is one) is True  # type: ignore[misc]
    )
    return alone or resting.seats


CHECK = Check(ID, NAME, run)
