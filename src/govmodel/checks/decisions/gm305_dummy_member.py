"""GM305: a member whose vote never decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from govmodel.checks.asking import Held, told_by_key
from govmodel.checks.bodies import electorate_of, of_one_size, same_votes
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import rule_at_full_attendance
from govmodel.checks.findings import clauses_of
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import plural, some
from govmodel.dataclass import replace
from govmodel.exact.blocs import ever_decides
from govmodel.exact.matters import SECOND, matters
from govmodel.exact.power import all_attend
from govmodel.exact.votes import ALL, voices
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, Rules
from govmodel.model.verdict import Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import places
from govmodel.semantics.games import players, wins
from govmodel.semantics.holders import without_a_vote
from govmodel.semantics.presiding import presiding
from govmodel.smt.questions import ballots as solver
from govmodel.words import text
from govmodel.words.text import listed

ID, NAME = "GM305", "dummy member"

TRIED = 12
"""Members of whom the judge tries every vote; of more it tries those of up to two others."""


class Idle(NamedTuple):
    """Who never decides anything, under which rule."""

    members: tuple[str, ...]
    decision: DecisionRule
    matters: tuple[str, ...]


def run(context: Context) -> CheckResult:
    return told_by_key(
        context,
        ID,
        partial(quorum_space, also=votes_on),
        partial(_dummies, context),
        key=lambda d: d.decision.clauses,
        level=lambda d: "warning" if "any" in d.matters else "note",
        tell=partial(_finding, context),
    )


def _dummies(context: Context, rules: Rules, body: BodyRules) -> tuple[Idle, ...] | str | None:
    """Who never decides, by rule. Where all have as many votes and nobody a second one, all are alike."""
    if not of_one_size(context, body):
        return None
    extra, seats = _extra(body), electorate_of(context, rules, body)
    alike = len({seat.votes for seat in body.voting}) < 2
    beside = extra is not None and (seats.outsider or _beside(body))
    if alike and (extra is None or beside):
        return None
    if beside:
        return "whoever presides has a second vote and no seat that votes"
    key = ("dummies", *same_votes(context, rules, body))
    return context.shared(key, partial(_idle, context, rules, body, seats, extra))


def _idle(
    context: Context, rules: Rules, body: BodyRules, seats: Electorate, extra: str | None
) -> tuple[Idle, ...] | str | None:
    by_rule: dict[int, tuple[DecisionRule, list[str]]] = {}
    for matter in matters(body):
        decision = rule_at_full_attendance(rules, body, matter)
        carried = decision.carried if decision else None
        if decision is None or carried is None or carried.kind == "formula":
            continue
        if "subject" not in (decision.without, carried.without) and voices(rules, seats, decision) == ALL:
            by_rule.setdefault(id(decision), (decision, []))[1].append(matter)
    found = []
    for decision, of in by_rule.values():
        members = _never(context, rules, seats, decision, extra)
        if isinstance(members, str):
            return members
        if members and len(members) < len(places(body)):
            found.append(Idle(members, decision, tuple(of)))
    return tuple(found) or None


def _extra(body: BodyRules) -> str | None:
    rule = presiding(body, "present", "present")
    return rule.extra_vote if rule and rule.extra_vote in SECOND else None


def _beside(body: BodyRules) -> bool:
    rule = presiding(body, "present", "present")
    return rule is not None and without_a_vote(body, rule.who)


def _presiders(seats: Electorate, extra: str | None) -> tuple[str | None, ...]:
    """One of each kind of those who may preside with a second vote."""
    chairs = tuple(seats.cells[i].places[0] for i in seats.chairs) if extra else ()
    return chairs or (None,)


def _never(
    context: Context, rules: Rules, seats: Electorate, decision: DecisionRule, extra: str | None
) -> tuple[str, ...] | str:
    """Those whose vote never decides, whoever presides; a text: undecided."""
    whole = seats.votes(seats.full)
    carried, of = decision.carried, None
    if carried is not None and carried.kind in ("share", "all"):
        base = carried.base or rules.reading["base-of-a-majority"]
        of = "voting" if base in ("voting", "taking-part") else "members"
    plain = replace(carried, base=None) if carried is not None else None
    left: set[str] | None = None
    for presider in _presiders(seats, extra):
        kinds = _kinds(rules, seats, decision, extra, presider)
        own = tuple((len(them), votes) for them, votes, _ in kinds)
        chair = next((k for k, (_, _, presides) in enumerate(kinds) if presides), None)
        idle: set[str] = set()
        for member, (them, _, _) in enumerate(kinds):
            key = (own, member, chair, plain, of, decision.equal_votes, extra, whole)
            make = partial(_decides, context, rules, seats, decision, extra, own, member, chair)
            answer = context.shared(("decides", *key), make)
            if isinstance(answer, str):
                return answer
            idle |= set() if answer else set(them)
        left = idle if left is None else left & idle
        if not left:
            return ()
    return tuple(p for p in places(seats.body) if p in (left or ()))


def _kinds(
    rules: Rules, seats: Electorate, decision: DecisionRule, extra: str | None, presider: str | None
) -> list[tuple[tuple[str, ...], int, bool]]:
    """Like members: their places, the votes of each, whether it is the one who presides."""
    if any(cell.votes > 1 for cell in seats.cells):
        game = all_attend(rules, seats, decision, extra, presider)
        return [(kind.places, kind.votes, kind.presides) for kind in game.kinds]
    voting = [p for cell in seats.cells if cell.seat.role == "voting" for p in cell.places]
    others = tuple(p for p in voting if p != presider)[: seats.votes(seats.full) - (presider is not None)]
    mine = [((presider,), 1, True)] if presider is not None else []
    return [*mine, *([(others, 1, False)] if others else [])]


def _decides(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    extra: str | None,
    own: Sequence[tuple[int, int]],
    member: int,
    chair: int | None,
) -> bool | str:
    closed = ever_decides(rules, seats, decision, extra, own, member, chair)
    answer = solver.ever_decides(
        rules, seats, decision, extra, own, member, chair, effort=context.effort, beside=context.numbers,
        at=closed,
    )  # fmt: skip
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    if (answer.verdict is Verdict.FAILS) != (closed is not None):
        return "the solver and the closed form disagree on whose vote decides"
    return closed is not None


def _confirmed(rules: Rules, seats: Electorate, found: Idle, extra: str | None) -> bool:
    """Whether the judge, too, finds no vote that one of them decides: of all, or of those of a few others and
    their contraries where there are many members."""
    name, matter = seats.body.name, found.matters[0]
    member = found.members[0]
    for presider in _presiders(seats, extra):
        rest = [p for p in players(rules, name, presider) if p != member]
        for coalition in _tried(rest):
            before = wins(rules, name, matter, coalition, presider)
            if before != wins(rules, name, matter, (*coalition, member), presider):
                return False
    return True


def _tried(rest: Sequence[str]) -> Iterator[tuple[str, ...]]:
    most = len(rest) if len(rest) < TRIED else 2
    for size in range(most + 1):
        for coalition in combinations(rest, size):
            yield coalition
            yield tuple(p for p in rest if p not in coalition)


def _finding(context: Context, name: str, same: Sequence[Idle], held: Held) -> Finding | Undecided:
    found = same[0]
    rules = context.rules(held.told_in)
    body = rules.bodies[name]
    seats, extra = electorate_of(context, rules, body), _extra(body)
    if not _confirmed(rules, seats, found, extra):
        return Undecided(check=ID, subject=name, why="the judge finds a vote that one of them decides")
    titles = [rules.matters[m].title if m in rules.matters else m for m in found.matters if m != "any"]
    what = "anything" if "any" in found.matters else listed(titles, "or")
    who = some(rules, body, found.members)
    where = places(body)
    own = dict.fromkeys(where[p] for p in found.members)
    second = [r for r in (presiding(body, "present", "present"),) if r is not None and extra]
    votes = [seat.votes for seat in where.values()]
    theirs = listed(dict.fromkeys(plural(where[p].votes, "vote") for p in found.members), "or")
    others = plural(sum(votes) - sum(where[p].votes for p in found.members), "vote")
    one = len(found.members) == 1
    return Finding(
        check=ID,
        name=NAME,
        level=held.level,
        clauses=clauses_of(found.decision, *own, *second),
        subject=f"{name}/{'+'.join(found.matters)}",
        message=f"the vote of {who} never decides {what} at the {body.title}",
        mark=found.decision.mark,
        story=(
            f"Everybody comes to a meeting of the {body.title} and votes: {plural(sum(votes), 'vote')} in "
            f"all, of which {who} {'has' if one else 'have each'} {theirs}.",
            f"However the others cast their {others}, the result by "
            f"{text.clause(found.decision.clauses)} is the same whether "
            f"{'this member is' if one else 'one of these is'} for or against.",
            "The text gives a vote, and the vote counts for nothing.",
        ),
        told_in=held.told_in,
        help="Change the numbers of votes or the threshold until every vote can matter, or give no vote.",
        readings=held.readings,
        in_base=held.in_base,
        evidence={"members": list(found.members), "matters": list(found.matters)},
    )


CHECK = Check(ID, NAME, run)
