"""Who matters at full attendance: without whom nothing is carried, and whose vote never decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govmodel.exact.votes import carries, voices
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.meeting import TIES, reaches


def carried_without(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    others: Sequence[int],
) -> bool:
    """Whether a matter is carried at full attendance when the `others` (so many of each cell) vote for it and
    all the rest against. One of the others presides where one may."""
    mute = voices(rules, electorate, decision).mute
    passes = carries(rules, electorate, decision, electorate.full)
    favour = electorate.votes(electorate.less(others, mute))
    against = electorate.votes(electorate.less(electorate.full, mute)) - favour
    chairs = [i for i in electorate.chairs if i not in mute]
    for_it = any(others[i] for i in chairs)
    presider = None if not chairs else for_it
    ties = decision.carried is not None and decision.carried.kind in TIES
    return _carried(
        passes, favour, against, presider, extra_vote, ties=ties, text=decision.equal_votes == "carried"
    )


def _carried(
    passes: Callable[[int, int], bool],
    favour: int,
    against: int,
    presider: bool | None,
    extra_vote: str | None,
    *,
    ties: bool,
    text: bool,
) -> bool:
    """Whether so many votes carry. `presider`: whether the one with the second vote is in favour; None: there
    is none. `text`: equal votes carry by the text."""
    if not favour:
        return False
    if extra_vote == "additional" and presider is not None:
        favour, against = favour + presider, against + (not presider)
    if passes(favour, against):
        return True
    if not ties or favour != against or not passes(favour + 1, against):
        return False
    return presider if extra_vote == "casting" and presider is not None else text


def ever_decides(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    players: Sequence[tuple[int, int]],
    member: int,
    chair: int | None,
) -> tuple[int, ...] | None:
    """Whether at full attendance a vote of one `member` (a kind of `players`: how many, with how many votes
    each) can turn a proposal from lost to carried: how many of the others of each kind are for it then; None:
    it never does. `chair`: the kind of the one who presides. Everybody has a say."""
    threshold = decision.carried
    if threshold is None:
        return None
    total = sum(n * votes for n, votes in players)
    whole = electorate.votes(electorate.full)
    base = threshold.base or rules.reading["base-of-a-majority"]

    def passes(favour: int, against: int) -> bool:
        match threshold.kind:
            case "consensus":
                return favour > 0 and against == 0
            case "plurality":
                return favour > against
            case "count":
                return favour >= threshold.number
            case _:
                of = favour + against if base in ("voting", "taking-part") else whole
                return reaches(threshold, favour, of)

    ties, text = threshold.kind in TIES, decision.equal_votes == "carried"

    def wins(favour: int, presider: bool) -> bool:
        second = presider if chair is not None else None
        return _carried(passes, favour, total - favour, second, extra_vote, ties=ties, text=text)

    own = players[member][1]
    rest = [((n - (k == member)) * (k != chair), votes) for k, (n, votes) in enumerate(players)]
    sums = _sums(rest)
    if chair is None or chair == member:
        turned = (s for s in _each(sums[-1]) if not wins(s, False) and wins(s + own, chair == member))
        return next((_making(rest, sums, s) for s in turned), None)
    of_chair = players[chair][1]
    for s in _each(sums[-1]):
        for there in (False, True):
            if not wins(s + there * of_chair, there) and wins(s + there * of_chair + own, there):
                made = _making(rest, sums, s)
                return (*made[:chair], int(there), *made[chair + 1 :])
    return None


def _sums(kinds: Sequence[tuple[int, int]]) -> list[int]:
    """What votes some of so many seats, with so many each, can come to: of none of the kinds, of the first,
    of the first two … as numbers of which bit s says whether s votes are among them."""
    reached = [1]
    for n, votes in kinds:
        left, step, more = n, 1, reached[-1]
        while left > 0:  # 1, 2, 4 … seats together make up any number of them
            taken = min(step, left)
            more |= more << (taken * votes)
            left -= taken
            step *= 2
        reached.append(more)
    return reached


def _each(reached: int) -> list[int]:
    return [s for s in range(reached.bit_length()) if reached >> s & 1]


def _making(kinds: Sequence[tuple[int, int]], sums: Sequence[int], votes: int) -> tuple[int, ...]:
    """So many of each kind that their votes come to one of the sums."""
    found: list[int] = []
    for (n, each), before in zip(reversed(kinds), reversed(sums[:-1]), strict=True):
        fits = (m for m in range(n + 1) if m * each <= votes and before >> (votes - m * each) & 1)
        found.append(next(fits))
        votes -= found[-1] * each
    return tuple(reversed(found))
