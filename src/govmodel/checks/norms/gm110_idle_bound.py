"""GM110: a number that makes no difference."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, result
from govmodel.checks.norms.asking import Kind, kind_of_norm, norms, theory
from govmodel.checks.norms.telling import clauses_in_words
from govmodel.checks.stories import plural
from govmodel.dataclass import dataclass, replace
from govmodel.exact.keeping import together
from govmodel.model.expressions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Flag,
    Is,
    Not,
    Number,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRule, CapRule, NormRule, PresidingRule, Rule, Rules, SeatRule, stands
from govmodel.model.verdict import Conflict, Verdict
from govmodel.model.walk import conditions
from govmodel.semantics.cases import MOST, lineage
from govmodel.smt.questions.comparing import idle
from govmodel.smt.questions.norms import around
from govmodel.words import text
from govmodel.words.numbers import length

ID, NAME = "GM110", "idle bound"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for bound in _numbers(context):
        asked += 1
        found = _idle(context, bound)
        if isinstance(found, Undecided):
            undecided.append(found)
        elif found is not None:
            findings.append(found)
    caps = context.rulebook.of(CapRule)
    for cap in caps:
        asked += 1
        finding = _idle_cap(context, cap)
        if finding is not None:
            findings.append(finding)
    return result(ID, findings, undecided, asked)


# numbers in duties


@dataclass(frozen=True, slots=True)
class _Bound:
    """A number that duties ask for. `groups`: all the duties that do, for each event of a body of which some
    clause says it."""

    part: Timed | Comparison
    groups: tuple[tuple[NormRule, ...], ...]

    @property
    def norms(self) -> tuple[NormRule, ...]:
        return tuple(norm for group in self.groups for norm in group)


def _numbers(context: Context) -> Iterator[_Bound]:
    """Each number that a duty asks for; what a clause says of several bodies is one."""
    duties = [n for n in norms(context) if n.force in ("must", "must-not")]
    breached = {name for n in norms(context) for name in n.breach_of}
    found: dict[tuple[Timed | Comparison, str, str | None], list[NormRule]] = {}
    for norm in duties:
        for each in dict.fromkeys(conditions(norm.content)):
            if (part := bound_in(each)) is not None:
                found.setdefault((part, norm.situation, norm.body), []).append(norm)
    groups: dict[int, tuple[tuple[NormRule, ...], ...]] = {}
    places: dict[tuple[Timed | Comparison, str], int] = {}
    for place, ((part, _, _), group) in enumerate(found.items()):
        joined = sorted({places[part, c] for c in clauses_of(*group) if (part, c) in places})
        first = joined[0] if joined else place
        groups[first] = (*(g for at in joined for g in groups.pop(at)), tuple(group))
        places.update({(part, c): first for g in groups[first] for c in clauses_of(*g)})
    parts = [part for part, _, _ in found]
    for bound in (_Bound(parts[first], groups[first]) for first in sorted(groups)):
        if not any(n.name in breached for n in bound.norms):
            yield bound


def bound_in(part: Condition) -> Timed | Comparison | None:
    """A condition that is a number or a length, small enough to make a difference in a case."""
    if isinstance(part, Comparison):
        return part if isinstance(part.right, Number) and part.right.value < MOST else None
    return part if isinstance(part, Timed) else None


def without(condition: Condition, part: Timed | Comparison) -> Condition:
    """A condition with one number taken out of it: the event still happens, on its side of the other."""
    if condition == part:
        return Ordered(part.event, part.way, part.anchor) if isinstance(part, Timed) else All(())
    match condition:
        case All(items):
            return All(tuple(without(i, part) for i in items))
        case AnyOf(items):
            return AnyOf(tuple(without(i, part) for i in items))
        case Not(item):
            return Not(without(item, part))
        case Comparison() | Flag() | Is() | Timed() | Ordered() | OnDate():
            return condition


def _idle(context: Context, bound: _Bound) -> Finding | Undecided | None:
    part = bound.part
    because: dict[str, None] = {}
    said = set(clauses_of(*bound.norms))
    more = False
    """Whether the clauses of the bound ask for something else, too."""
    for group, kind in ((g, k) for g in bound.groups for k in _kinds(context, g[0])):
        text = theory(context, kind)
        if isinstance(text, str):
            return Undecided(check=ID, subject=group[0].name, why=text)
        if text.left_out:
            name, why = next(iter(text.left_out.items()))
            return Undecided(check=ID, subject=group[0].name, why=f"{name} is left out: {why}")
        own = [n for n in text.hard if n in group]
        if len(own) != len(group):
            return None
        if not context.fixed:  # under some readings only, the other norms may clash under the rest of them
            text = around(text, own, effort=context.effort, once=context.shared, kept=together)
        more = more or any(said & set(n.clauses) for n in text.hard if n not in own)
        left = {id(n): replace(n, content=without(n.content, part)) for n in own}
        places = tuple(place for place, n in enumerate(text.looked_at) if id(n) in left)
        ask = partial(idle, text, own, left, effort=context.effort)
        # In cases of one shape the same is so; what clauses settle it is told in their own.
        answer = context.shared(("idle", text.shape, places, part), ask)
        if answer.verdict is Verdict.FAILS:
            answer = ask()
        if answer.verdict is Verdict.UNKNOWN:
            return Undecided(check=ID, subject=group[0].name, why=answer.why)
        if answer.verdict is Verdict.HOLDS:
            return None
        assert isinstance(answer.conflict, Conflict)
        if kind.body is None and any(n.body for n in text.hard if n.name in answer.conflict.norms):
            return None  # it is so of one body's events of this kind, and the number is for all
        because.update(dict.fromkeys(answer.conflict.clauses))
    return _number_finding(context, part, bound.norms, tuple(because), more=more)


def _kinds(context: Context, norm: NormRule) -> tuple[Kind, ...]:
    """The kinds of case in which a norm binds, without those that only add to them: what is said of any
    meeting, at each body of the text, though nothing else may be said of its meetings."""
    if norm.body is None and "meeting" in lineage(context.rulebook.situations, norm.situation):
        bodies = (r.name for r in context.rulebook.of(BodyRule) if not r.external)
        return tuple(Kind(norm.situation, body) for body in dict.fromkeys(bodies)) or (
            kind_of_norm(context, norm),
        )
    return (kind_of_norm(context, norm),)


def _number_finding(
    context: Context,
    part: Timed | Comparison,
    group: tuple[NormRule, ...],
    because: tuple[str, ...],
    *,
    more: bool,
) -> Finding | None:
    def about(rule: Rule) -> bool:
        return rule in group

    space = context.space(about)
    holds = [r for r in space.all if any(stands(n.gate, r) for n in group)]
    if not in_base(context, holds):
        return None
    own = clauses_of(*group)
    here, number = clauses_in_words(own), _in_words(part)
    index = context.rulebook.clauses
    order, asks = "the order in which things happen", "asks" if len(own) == 1 else "ask"
    reason = f"what else {here} {asks} for, or {order}, already settles it" if more else f"{order} settles it"
    if because:
        settles = "settles" if len(because) == 1 else "settle"
        reason = f"{clauses_in_words(because)} already {settles} it"
    return Finding(
        check=ID,
        name=NAME,
        level="note",
        clauses=(*own, *because),
        subject=group[0].name,
        message=f"the bound of {number} in {here} makes no difference: {reason}",
        mark=group[0].mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in (*own, *because) if c in index),
            f"If {here} did not say {number}, exactly the same would be lawful.",
        ),
        told_in=context.base,
        help=f"Look whether {here} was meant to be the stricter one, and leave the number out if not.",
        readings=holding(space, holds),
        in_base=True,
        evidence={"number": number},
    )


def _in_words(part: Timed | Comparison) -> str:
    if isinstance(part, Timed):
        return length(part.length)
    return str(part.right.value) if isinstance(part.right, Number) else "a number"


# caps on votes


def _idle_cap(context: Context, cap: CapRule) -> Finding | None:
    def about(rule: Rule) -> bool:
        if isinstance(rule, SeatRule):
            return rule.role == "voting" and (rule.party is None or rule.party in cap.parties)
        return rule is cap or isinstance(rule, PresidingRule)

    if not stands(cap.gate, context.base) or not _bites_not(context.rules(), cap):
        return None
    space = context.space(about, body=cap.body)
    standing = [r for r in space.all if stands(cap.gate, r)]
    if not space.complete or not all(_bites_not(context.rules(r), cap) for r in standing):
        return None
    most = max(_votes(context.rules(r), cap) or 0 for r in standing)
    rules = context.rules()
    names = [rules.parties[p].title for p in cap.parties if p in rules.parties]
    who = " and ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more"
    index = context.rulebook.clauses
    return Finding(
        check=ID,
        name=NAME,
        level="note",
        clauses=cap.clauses,
        subject=f"{cap.body}/{'+'.join(cap.parties)}",
        message=f"the cap of {cap.at_most} on the votes of {who} makes no difference",
        mark=cap.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cap.clauses if c in index),
            f"At the {rules.bodies[cap.body].title} {who} never have more than "
            f"{plural(most, 'vote')}, however the text is read.",
        ),
        told_in=context.base,
        help=f"Leave the cap of {text.clause(cap.clauses)} out, or look whether seats are "
        "missing from the text.",
        readings=holding(space, standing),
        in_base=in_base(context, standing),
        evidence={"votes": most, "cap": cap.at_most},
    )


def _bites_not(rules: Rules, cap: CapRule) -> bool:
    votes = _votes(rules, cap)
    return votes is not None and votes <= cap.at_most


def _votes(rules: Rules, cap: CapRule) -> int | None:
    """The most votes that the capped parties ever have; None: there is no such number, or second votes
    might come under the cap."""
    body = rules.bodies.get(cap.body)
    if body is None or any(p.extra_vote in ("casting", "additional") for p in body.presiding):
        return None
    total = 0
    for seat in body.seats:
        if seat.role == "voting" and seat.party in cap.parties:
            if seat.high is None:
                return None
            total += seat.high * seat.votes
        elif seat.role == "voting" and seat.party is None and seat.nominated_by is None:
            return None
    return total


CHECK = Check(ID, NAME, run)
