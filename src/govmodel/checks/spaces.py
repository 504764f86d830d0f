"""On which readings a question depends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.exact.matters import SECOND
from govmodel.model.rules import (
    CapRule,
    CompositionRule,
    DecisionRule,
    InquorateRule,
    InterestRule,
    PresidingRule,
    QuorumRule,
    Rule,
    SeatRule,
)
from govmodel.model.walk import takes_shares as shares_in
from govmodel.reading import Readings
from govmodel.semantics.holders import so_of
from govmodel.semantics.presiding import says

R = TypeVar("R", bound=Rule)


def quorum_space(
    context: Context, body: str, also: Callable[[Rule], bool] | None = None, *, away: bool = False
) -> Readings:
    """The readings on which the head counts of a body at full membership depend (rounding only where a
    quorum is a share), and the rules of the body that `also` picks. The built-in ones on which such rules
    lean are among them: when a quorum is measured that does not say, of whom a majority is. `away`: the
    chair may be away, so that it matters who presides then, and who may hold the other offices of those who
    do. Where the chair is there, it does not matter who presides if no clause gives a further vote then."""
    key = ("quorum space", body, also, away)
    found = context.shared(key, lambda: _quorum_space(context, body, also, away))
    context.cut = context.cut or not found.complete
    return found


def _quorum_space(context: Context, body: str, also: Callable[[Rule], bool] | None, away: bool) -> Readings:
    presiding = tuple(rule for rule in context.of_body(body) if isinstance(rule, PresidingRule))
    if not away:
        presiding = with_all_there(presiding)
        if not any(rule.extra_vote in SECOND for rule in presiding):
            presiding = ()
    chairs = _may_chair(presiding, away=away)
    seats = [rule for rule in context.of_body(body) if isinstance(rule, SeatRule)]
    may_stay_empty = all_may_stay_empty(context, body)
    quorums = [rule for rule in context.of_body(body) if isinstance(rule, QuorumRule)]
    others = any(set(quorum.counts) != {"voting"} for quorum in quorums)

    def about(rule: Rule) -> bool:
        if isinstance(rule, SeatRule):
            return (rule.role == "voting" or others) and (may_stay_empty or not rule.optional)
        if isinstance(rule, PresidingRule) and rule not in presiding:
            return False
        if isinstance(rule, CompositionRule) and not (rule.office in chairs and _keeps_out(rule, seats)):
            return False
        return isinstance(rule, (QuorumRule, InquorateRule)) or (also is not None and also(rule))

    own = [rule for rule in context.of_body(body) if about(rule)]
    leans = ["rounding"] if takes_shares(context, body) else []
    unmeasured = any(isinstance(rule, QuorumRule) and rule.measured is None for rule in own)
    if unmeasured and any(isinstance(rule, InterestRule) for rule in own):
        leans.append("quorum-measured")
    for rule in own:
        carried = rule.carried if isinstance(rule, DecisionRule) else None
        if carried is not None and carried.kind in ("share", "all") and carried.base is None:
            leans.append("base-of-a-majority")
    return context.space(lambda _: True, *leans, among=own, seen=seen_by_heads)


def all_may_stay_empty(context: Context, body: str) -> bool:
    """Whether no voting seat of a body is filled under every reading, so that optional ones may matter."""
    seats = (rule for rule in context.of_body(body) if isinstance(rule, SeatRule))
    return not any(s.role == "voting" and not s.optional and s.low and not s.gate for s in seats)


def takes_shares(context: Context, body: str) -> bool:
    """Whether a quorum of the body is a share of something, so that it may have to be rounded."""
    needs = [
        condition
        for rule in context.of_body(body)
        if isinstance(rule, (QuorumRule, InquorateRule))
        for condition in (rule.needs if isinstance(rule, QuorumRule) else rule.second_quorum,)
        if condition is not None
    ]
    return any(shares_in(condition) for condition in needs)


def seen_by_heads(rule: R) -> R:
    """What a head count sees of a rule: not its gate, nor how a seat is filled and for how long."""
    if isinstance(rule, SeatRule):
        return replace(rule, gate=(), holder=None, chosen_by=None, invited_by=None, agreed_by=None, term=None)
    return replace(rule, gate=())


def with_all_there(presiding: Iterable[PresidingRule]) -> tuple[PresidingRule, ...]:
    """Those of the rules by which somebody may preside with the chair and the deputy chair there."""
    return tuple(rule for rule in presiding if rule.when is None or says(rule.when, "present", "present"))


def _may_chair(presiding: Iterable[PresidingRule], *, away: bool) -> set[str]:
    """As whom somebody may preside in some reading by these rules. Not `away`: by the first that stands."""
    found = set()
    for rule in presiding:
        found.add(rule.who)
        if not away and not rule.gate:
            break
    return found


def _keeps_out(rule: CompositionRule, seats: Iterable[SeatRule]) -> bool:
    """Whether some seat is certainly not that of the holder of whom a rule speaks."""
    return any(so_of(rule.needs, rule.office, seat) is False for seat in seats)


def alike(decision: DecisionRule, base: str, extra_vote: str | None) -> tuple[object, ...]:
    """What the threshold of a rule comes to where all who are present vote: then the votes cast and those of
    the present are one base, unless somebody has no vote, or a second one that always counts."""
    threshold = decision.carried
    if threshold is None:
        return ()
    of = threshold.base or base
    if extra_vote != "additional" and decision.without in (None, threshold.without):
        of = "present" if of == "voting" else of
    share = threshold.share.as_integer_ratio()  # a Fraction takes long to be hashed
    return (threshold.kind, *share, threshold.strict, threshold.number, of, threshold.without)


def votes_on(rule: Rule, *matters: str) -> bool:
    """Whether a rule says who presides, who has how many votes, or how one of these matters (all, if none)
    is voted on."""
    if isinstance(rule, DecisionRule):
        return rule.carried is not None and (not matters or bool(set(matters) & set(rule.matters)))
    if isinstance(rule, CompositionRule):
        return rule.office is not None
    return isinstance(rule, (CapRule, PresidingRule))


def of_kind(*kinds: type[Rule]) -> Callable[[Rule], bool]:
    """A predicate: rules of these kinds."""
    return lambda rule: isinstance(rule, kinds)
