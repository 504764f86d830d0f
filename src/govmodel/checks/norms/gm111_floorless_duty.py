"""GM111: a number of meetings that one office may reduce to none."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.norms.asking import norms
from govmodel.checks.norms.calendars import KIND
from govmodel.dataclass import dataclass
from govmodel.model.expressions import All, Comparison, Condition, Flag
from govmodel.model.finding import CheckResult, Finding, Level
from govmodel.model.rules import MeetingRule, NormRule, Reading, Rule, Rules, stands
from govmodel.model.walk import conditions, names_in
from govmodel.semantics.cases import prevails

ID, NAME = "GM111", "floorless duty"

CANCELLED, HELD = "meeting.cancelled", "meeting.held"
COUNTED = ("year.meetings", "year.consecutive-gaps")


@dataclass(frozen=True, slots=True)
class _Floorless:
    """The duty to meet, who may cancel, by what, and whether others can insist that the meeting is held."""

    duty: MeetingRule
    office: str
    cancels: tuple[Rule, ...]
    others_insist: bool


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    duties = [r for r in context.rulebook.of(MeetingRule) if _counted(r)]
    bearing = [n for n in norms(context) if _bears(n)]
    for body in dict.fromkeys(r.body for r in duties):
        own = [n for n in bearing if n.body in (None, body)]

        def about(rule: Rule, own: Sequence[NormRule] = own) -> bool:
            return isinstance(rule, MeetingRule) or any(rule is norm for norm in own)

        space = context.space(about, among=[*context.of_body(body), *(n for n in own if n.body is None)])
        failing: list[tuple[Reading, _Floorless]] = []
        for reading in space.all:
            asked += 1
            found = _floorless(context.rules(reading), body, own)
            if found is not None:
                failing.append((reading, found))
        if failing:
            holds = [reading for reading, _ in failing]
            base = in_base(context, holds)
            reading, found = next((f for f in failing if in_base(context, [f[0]])), failing[0])
            level = lowered(_level(found), base)
            if level is not None:
                findings.append(_finding(context, found, level, reading, holding(space, holds), base))
    return result(ID, findings, (), asked)


def _counted(rule: MeetingRule) -> bool:
    return rule.how_often is not None and rule.how_often.unit is not None


def _bears(norm: NormRule) -> bool:
    return bool(names_in(norm.content) & {CANCELLED, HELD, *COUNTED})


def _floorless(rules: Rules, body: str, bearing: Sequence[NormRule]) -> _Floorless | None:
    """Who may cancel every meeting of a kind that the text counts, no number of them being safe."""
    own = rules.bodies.get(body)
    standing = [n for n in bearing if stands(n.gate, rules.reading)]
    if own is None or any(m.at_least is not None for m in own.meetings) or _floor(standing):
        return None
    for duty in own.meetings:
        if not _counted(duty):
            continue
        rule = next(
            (m for m in own.meetings if m.cancelled_by in rules.offices and m.kind == duty.kind), None
        )
        by_norm = [n for n in standing if _cancels(n) and n.who in rules.offices]
        cancels = (*([rule] if rule else []), *by_norm)
        if not cancels or any(_kept(norm, cancels) for norm in standing):
            continue
        office = rule.cancelled_by if rule and rule.cancelled_by else by_norm[0].who
        insist = bool(by_norm) and all(n.unless is not None or n.agreed_by is not None for n in by_norm)
        return _Floorless(duty, office or "", cancels, insist)
    return None


def _floor(norms: Sequence[NormRule]) -> bool:
    """Whether a duty about the year keeps some meetings, whatever is cancelled."""
    return any(
        n.force in ("must", "must-not")
        and any(isinstance(c, Comparison) and names_in(c) & set(COUNTED) for c in conditions(n.content))
        for n in norms
    )


def _kept(norm: NormRule, cancels: Sequence[Rule]) -> bool:
    """Whether a duty to hold meetings stays, whoever cancels: one that falls due each so often, or that says
    always. A rule on the meetings lifts what says so in general, a permission what its own words say."""
    if norm.force != "must" or norm.unless is not None or norm.breach_of or _other_case(norm):
        return False
    if not _holds(norm) or not (norm.always or (norm.every is not None and norm.every.unit is not None)):
        return False
    return not any(_lifts(rule, norm) for rule in cancels)


def _other_case(norm: NormRule) -> bool:
    """Whether it speaks of some meetings only, and not of a kind of them."""
    return norm.when is not None and set(names_in(norm.when)) != {KIND}


def _holds(norm: NormRule) -> bool:
    parts = norm.content.items if isinstance(norm.content, All) else (norm.content,)
    return any(isinstance(part, Flag) and part.attribute == HELD for part in parts)


def _lifts(rule: Rule, norm: NormRule) -> bool:
    if isinstance(rule, NormRule):
        return prevails(rule, norm) or (norm.waived_by is not None and norm.waived_by == rule.who)
    assert isinstance(rule, MeetingRule)
    return not norm.always or (norm.waived_by is not None and norm.waived_by == rule.cancelled_by)


def _cancels(norm: NormRule) -> bool:
    parts: list[Condition] = list(conditions(norm.content))
    return norm.force == "may" and any(isinstance(p, Flag) and p.attribute == CANCELLED for p in parts)


def _level(found: _Floorless) -> Level:
    """A warning: nothing is left of the duty. A note where others can insist on a meeting."""
    return "note" if found.others_insist else "warning"


def _finding(
    context: Context,
    found: _Floorless,
    level: Level,
    reading: Reading,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    rules = context.rules(reading)
    title, office = rules.bodies[found.duty.body].title, rules.offices[found.office].title
    index = context.rulebook.clauses
    cited = clauses_of(found.duty, *found.cancels)
    kept = (
        "Others can insist on a meeting, and no clause keeps a number of them."
        if found.others_insist
        else ("No clause keeps any number of them.")
    )
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=found.duty.body,
        message=f"the {office} may cancel every {found.duty.kind} meeting of the {title}",
        mark=found.cancels[0].mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
            f"The {office} cancels one meeting, and the next, and all others of the year.",
            kept,
        ),
        told_in=reading,
        help="State how many meetings there are at least, or who has to agree before one is cancelled.",
        readings=readings,
        in_base=base,
    )


CHECK = Check(ID, NAME, run)
