"""What the clauses say of a body's calendar of meetings, under one reading."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.dataclass import dataclass, replace
from govmodel.exact.calendars import Often, often
from govmodel.model.expressions import All, Attribute, Comparison, Condition, Frequency, Is, Number
from govmodel.model.rules import BodyRules, DecisionRule, MeetingRule, NormRule, Rule, Rules
from govmodel.model.walk import conditions, names_in, numbers_of
from govmodel.semantics.cases import conditions_of
from govmodel.words.numbers import frequency

IN_A_YEAR, KIND = "year.meetings", "meeting.kind"
AT_MEETINGS = ("considered_by", "agreed_by", "approved_by", "reviewed_by")
"""Steps of a paper that a body takes when it meets."""
DECIDING = ("decides", "approves", "determines", "appoints")
"""What a body does when it meets, on the routes."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one or two rules say of a calendar, and in words: `there is one meeting every quarter`."""

    rules: tuple[Rule, ...]
    often: Often
    words: str

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for rule in self.rules for c in rule.clauses))


def said(rules: Rules, body: BodyRules) -> tuple[Said, ...]:
    """Everything that bounds the number of a body's meetings in a period."""
    found = [*_held(rules, body), *_years(rules, body)]
    if not in_writing(body):
        found += [*_papers(rules, body), *_duties(rules, body), *_ahead(rules, body)]
    return tuple(found)


def names_of(rule: Rule) -> tuple[str, ...]:
    """Whom a rule names, so that it might say something of their calendar."""
    found: list[str] = []
    for key in ("body", "whom", "who"):
        name = getattr(rule, key, None)
        found += name if isinstance(name, tuple) else [name] if name is not None else []
    return tuple(found)


def regular(body: BodyRules) -> tuple[MeetingRule, ...]:
    """The rules that state how often a kind of meeting is held."""
    return tuple(m for m in body.meetings if _fixed(m.how_often) or _fixed(m.at_least))


def others(rules: Rules, body: BodyRules) -> bool:
    """Whether there are meetings of kinds whose number is open: whoever wants one may get one."""
    kinds = {m.kind for m in regular(body)}
    if any(m.kind not in kinds for m in body.meetings):
        return True
    own = [n for n in rules.norms if n.body in (None, body.name)]
    parts = (p for n in own for c in conditions_of(n) for p in conditions(c))
    named = {v for p in parts if isinstance(p, Is) and p.attribute == KIND for v in p.values}
    return bool(named - kinds)


def cancelled(rules: Rules, body: BodyRules) -> bool:
    """Whether somebody may cancel meetings, so that fewer are held."""
    own = [n for n in rules.norms if n.body in (None, body.name) and n.force == "may"]
    by_norm = any("meeting.cancelled" in names_in(n.content) for n in own)
    return by_norm or any(m.cancelled_by is not None for m in body.meetings)


def in_writing(body: BodyRules) -> bool:
    """Whether it may decide without meeting."""
    return any(decided_in_writing(d) for d in body.decisions)


def decided_in_writing(rule: DecisionRule) -> bool:
    return "writing" in rule.how or "ballot" in rule.how


def _fixed(value: Frequency | None) -> bool:
    return value is not None and often(value, exactly=True) is not None


def meetings(rules: Rules, body: BodyRules, *, planned: bool = False) -> Iterator[Said]:
    """What the rules on meetings say of the calendar. So often is no oftener, where one kind of meeting is
    known (`planned`: counted) and the text does not say at least."""
    alone = len({m.kind for m in (regular(body) if planned else body.meetings)}) == 1
    more = others(rules, body)
    for rule in body.meetings:
        if rule.how_often is not None:
            exactly = alone and rule.at_least is None and (planned or not more)
            found = often(rule.how_often, "+".join(rule.clauses), exactly=exactly)
            end = ", and no clause has it meet in between" if exactly and not more else ""
            if found is not None:
                yield Said((rule,), found, f"it meets {frequency(rule.how_often)}{end}")
        if rule.at_least is not None:
            found = often(rule.at_least, "+".join(rule.clauses), exactly=False)
            if found is not None:
                yield Said((rule,), found, f"it meets at least {frequency(rule.at_least)}")


def _held(rules: Rules, body: BodyRules) -> Iterator[Said]:
    """The same where some of the meetings that are planned may be cancelled."""
    fewer = cancelled(rules, body)
    for each in meetings(rules, body):
        planned = each.often.most is not None or "at least" not in each.words
        if not (fewer and planned):
            yield each
        elif each.often.most is not None:
            yield replace(each, often=replace(each.often, least=0))


def _years(rules: Rules, body: BodyRules) -> Iterator[Said]:
    for norm in rules.norms:
        if norm.situation != "year" or norm.body not in (None, body.name) or not _unconditional(norm):
            continue
        for part in norm.content.items if isinstance(norm.content, All) else (norm.content,):
            found = counted(part)
            if found is not None:
                least, most = found
                label = "+".join(norm.clauses)
                words = (
                    f"at least {least}"
                    if most is None
                    else f"no more than {most}"
                    if not least
                    else str(most)
                )
                yield Said(
                    (norm,), Often(1, "year", least, most, label), f"there are {words} meetings in a year"
                )


def counted(part: Condition) -> tuple[int, int | None] | None:
    """What a condition says of the meetings of a year: at least, at most."""
    if not isinstance(part, Comparison) or part.left != Attribute(IN_A_YEAR):
        return None
    if not isinstance(part.right, Number) or part.right.value.denominator != 1:
        return None
    return numbers_of(part.op, int(part.right.value))


def _unconditional(norm: NormRule) -> bool:
    plain = norm.when is None and norm.unless is None and norm.waived_by is None and not norm.breach_of
    return norm.force == "must" and plain


def _papers(rules: Rules, body: BodyRules) -> Iterator[Said]:
    for step in rules.steps:
        alone = body.name in step.whom and (not step.any_of or len(step.whom) == 1)
        if step.verb not in AT_MEETINGS or not alone or step.force != "must" or step.when is not None:
            continue
        paper = rules.instruments.get(step.instrument)
        value = step.every or (paper.every if paper is not None else None)
        if paper is None or value is None:
            continue
        by: tuple[Rule, ...] = (step,) if step.every is not None else (step, paper)
        found = often(value, "+".join(c for r in by for c in r.clauses), exactly=False)
        if found is not None:
            verb = step.verb.removesuffix("_by")
            yield Said(by, found, f"{paper.title} must be {verb} by it {frequency(value)}")


def _duties(rules: Rules, body: BodyRules) -> Iterator[Said]:
    for route in rules.routes:
        if route.verb not in DECIDING or route.who != (body.name,) or route.force != "must":
            continue
        if route.every is None or route.when is not None or route.until is not None:
            continue
        found = often(route.every, "+".join(route.clauses), exactly=False)
        if found is not None:
            yield Said((route,), found, f"it has something to decide {frequency(route.every)}")


def _ahead(rules: Rules, body: BodyRules) -> Iterator[Said]:
    for meeting in body.meetings:
        paper = rules.instruments.get(meeting.ahead_of or "")
        if paper is None or paper.every is None:
            continue
        found = often(paper.every, "+".join((*meeting.clauses, *paper.clauses)), exactly=False)
        if found is not None:
            yield Said(
                (meeting, paper), found, f"it meets ahead of {paper.title}, due {frequency(paper.every)}"
            )
