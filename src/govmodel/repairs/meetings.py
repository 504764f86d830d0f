"""Remedies for meetings: quorum, ties, presiding, majorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from govmodel.dataclass import replace
from govmodel.model.edit import Edit
from govmodel.model.expressions import (
    All,
    Base,
    Comparison,
    Condition,
    Count,
    Frequency,
    Number,
    Share,
    Threshold,
)
from govmodel.model.finding import Finding
from govmodel.model.rules import (
    BodyRule,
    DecisionRule,
    InquorateRule,
    InterestRule,
    MeetingRule,
    PresidingRule,
    QuorumRule,
    StandInRule,
)
from govmodel.model.walk import counts_in
from govmodel.repairs.draft import Draft, clauses, redraft
from govmodel.words import text

SECOND_VOTES = {
    "casting": ", with a second vote where votes are equal",
    "additional": ", with a second vote on everything",
    "none": ", without a second vote",
}
HALF = Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting")


def tie_rule(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Equal votes are given a meaning."""
    rules = [d for d in draft.of_body(DecisionRule, finding.subject) if d.carried and d.equal_votes is None]
    if not rules:
        return
    touched = clauses(rules)
    yield redraft(
        remedy="a rule on equal votes",
        clauses=touched,
        says="add: “with equal votes a proposal is not carried”.",
        model="equal_votes: not-carried, at the decisions of the body",
        old=tuple(rules),
        new=tuple(replace(d, equal_votes="not-carried") for d in rules),
    )


def casting_vote(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Whoever presides has the casting vote."""
    links = [p for p in draft.of_body(PresidingRule, finding.subject) if p.extra_vote != "casting"]
    if not links:
        return
    touched = clauses(links)
    yield redraft(
        remedy="a casting vote",
        clauses=touched,
        says="add: “whoever presides has a second vote where votes are equal”.",
        model="extra_vote: casting, at everybody who presides",
        old=tuple(links),
        new=tuple(replace(p, extra_vote="casting") for p in links),
    )


def presider_for_the_day(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Those who are there choose one of them."""
    links = draft.of_body(PresidingRule, finding.subject)
    if not links:
        return
    last = max(links, key=lambda p: p.order)
    vote = f", extra_vote: {last.extra_vote}" if last.extra_vote else ""
    yield redraft(
        remedy="a presider for the day",
        clauses=last.clauses,
        says="add: “otherwise the members who are there choose one of them to preside at that meeting"
        f"{SECOND_VOTES[last.extra_vote] if last.extra_vote else ''}”.",
        model=f"presiding: {{who: agreed, lasts: meeting{vote}}}, as the last link",
        old=(),
        new=(
            PresidingRule(
                clauses=last.clauses, mark=last.mark, body=last.body, order=last.order + 1, who="agreed",
                when=None, chosen_by=None, lasts="meeting", extra_vote=last.extra_vote, powers=None,
                late_after=None,
            ),
        ),
    )  # fmt: skip


def quorum(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """A body that decides gets a quorum."""
    body = next((b for b in draft.rules(BodyRule) if b.name == finding.subject), None)
    if body is None:
        return
    where = finding.clauses[:1]
    needs = Comparison(Count("present"), ">=", Share(Fraction(1, 2), Count("members"), False))
    yield Edit(
        remedy="a quorum",
        clauses=where,
        says=f"Beside {text.clause(where)}, add: “no meeting is held, or goes on, unless at least half of "
        "the members, rounded up, are present”.",
        model="quorum: {needs: present >= half of members, gates: meeting, measured: throughout, "
        "rounding: up}",
        old=(),
        new=(
            QuorumRule(
                clauses=where, mark=body.mark, body=body.name, needs=needs, gates="meeting",
                measured="throughout", rounding="up",
            ),
        ),
    )  # fmt: skip


def lower_quorum(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The number of a quorum is lowered, by as little as will do."""
    rules = draft.quorums(finding.subject.partition("/")[0])
    for number in range(_number(rules) - 1, 1, -1):
        yield _other_number(rules, number, "a lower quorum")


def drop_condition(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The part of a quorum that asks for certain members is struck."""
    body = finding.subject.partition("/")[0]
    for rule in draft.quorums(body):
        if not isinstance(rule.needs, All):
            continue
        for item in rule.needs.items:
            rest = tuple(i for i in rule.needs.items if i is not item)
            if any(count.groups for count in counts_in(item)) and rest:
                told = draft.speaker.say.condition(item)
                yield redraft(
                    remedy="a quorum without that condition",
                    clauses=rule.clauses,
                    says=f"strike that {told}.",
                    model="quorum: needs, without that part",
                    old=(rule,),
                    new=(replace(rule, needs=rest[0] if len(rest) == 1 else All(rest)),),
                )


def raise_quorum(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The number of a quorum that is too small is raised: of the meeting, of an adjourned one, or of both."""
    of = finding.evidence.get("of")
    most = of if isinstance(of, int) else 0
    rules = draft.quorums(finding.subject)
    again = [r for r in draft.of_body(InquorateRule, finding.subject) if r.second_quorum is not None]
    first, second = _number(rules), _same([r.second_quorum for r in again])
    for number in range(second + 1, (first or most) + 1 if second else 0):
        yield _other_second(again, number)
    for number in range(first + 1, most + 1 if first else 0):
        yield _other_number(rules, number, "a higher quorum")
    for number in range(max(first, second) + 1, most + 1 if first and second else 0):
        one, other = _other_number(rules, number, "a higher quorum"), _other_second(again, number)
        yield Edit(
            remedy="a higher quorum of both meetings",
            clauses=tuple(dict.fromkeys((*one.clauses, *other.clauses))),
            says=f"{one.says} {other.says}",
            model=f"{one.model}, {other.model}",
            old=(*one.old, *other.old),
            new=(*one.new, *other.new),
        )


def _other_second(rules: list[InquorateRule], number: int) -> Edit:
    return redraft(
        remedy="a higher quorum of the adjourned meeting",
        clauses=clauses(rules),
        says=f"make the number for the meeting that was adjourned {number}.",
        model=f"inquorate: {{second_quorum: present >= {number}}}",
        old=tuple(rules),
        new=tuple(
            replace(r, second_quorum=_counting(r.second_quorum, number))
            for r in rules
            if r.second_quorum is not None
        ),
    )


def _number(rules: list[QuorumRule]) -> int:
    """The head count of a quorum that is one number under every reading; 0: it is not."""
    return _same([rule.needs for rule in rules])


def _same(needs: Sequence[Condition | None]) -> int:
    found = {_head_count(each) for each in needs}
    return found.pop() if len(found) == 1 else 0


def _head_count(needs: Condition | None) -> int:
    """The number of people that a quorum asks for, alone or beside something else."""
    if isinstance(needs, All):
        numbers = [number for item in needs.items if (number := _head_count(item))]
        return numbers[0] if len(numbers) == 1 else 0
    if isinstance(needs, Comparison) and needs.left == Count("present") and needs.op == ">=":
        right = needs.right
        return int(right.value) if isinstance(right, Number) else 0
    return 0


def _counting(needs: Condition, number: int) -> Condition:
    """The same with another number of people."""
    if isinstance(needs, All):
        return All(tuple(_counting(item, number) if _head_count(item) else item for item in needs.items))
    return Comparison(Count("present"), ">=", Number(Fraction(number)))


def _other_number(rules: list[QuorumRule], number: int, remedy: str) -> Edit:
    touched = clauses(rules)
    parts = any(isinstance(rule.needs, All) for rule in rules)
    said = "the number of those present" if parts else "it"
    return Edit(
        remedy=remedy,
        clauses=touched,
        says=f"In {text.clause(touched)}, make {said} {number}.",
        model=f"quorum: {{needs: present >= {number}{' and what else it asks for' if parts else ''}}}",
        old=tuple(rules),
        new=tuple(
            replace(rule, needs=_counting(rule.needs, number)) for rule in rules if rule.needs is not None
        ),
    )


def deputies(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Whoever comes instead of a member counts."""
    rules = draft.quorums(finding.subject)
    if not rules:
        return
    touched = clauses(rules)
    yield redraft(
        remedy="deputies who count",
        clauses=touched,
        says="add: “a member who cannot come may send a deputy, who counts”.",
        model="standins: {kind: deputy, named_by: member, votes: yes, counts_to_quorum: yes, force: may}",
        old=(),
        new=(
            StandInRule(
                clauses=touched, mark=rules[0].mark, body=finding.subject, kind="deputy", named_by="member",
                seats=None, votes=True, counts_to_quorum=True, matter=None, force="may", notice=None,
            ),
        ),
    )  # fmt: skip


def count_the_withdrawn(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Members who leave for an item count for its quorum, which is measured when the meeting begins."""
    rules = draft.quorums(finding.subject)
    if not rules:
        return
    touched = clauses(rules)
    yield redraft(
        remedy="a quorum at the start",
        clauses=touched,
        says="add: “measured when the meeting begins; a member who leaves for "
        "an item because of an interest is still counted”.",
        model="quorum: {measured: start}, interests: {counts_to_quorum: yes}",
        old=(*rules, *(own := draft.of_body(InterestRule, finding.subject))),
        new=(
            *(replace(rule, measured="start") for rule in rules),
            *(replace(rule, counts_to_quorum=True) for rule in own),
        ),
    )


def base_of_majority(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """It is said of what the majority is."""
    cited = draft.cited(DecisionRule, finding)
    rules = [d for d in cited if d.carried is not None and d.carried.base is None]
    words: tuple[tuple[Base, str], ...] = (
        ("voting", "of the votes for and against"), ("present", "of those present"),
        ("members", "of all members"),
    )  # fmt: skip
    touched = clauses(rules)
    for base, says in words:
        if rules:
            yield redraft(
                remedy="what the majority is of",
                clauses=touched,
                says=f"after “majority” write “{says}”.",
                model=f"carried_by: … of {base}",
                old=tuple(rules),
                new=tuple(_of(rule, base) for rule in rules),
            )


def _of(rule: DecisionRule, base: Base) -> DecisionRule:
    return replace(rule, carried=replace(rule.carried, base=base)) if rule.carried is not None else rule


def majority(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Where all cannot agree, a majority decides."""
    cited = [d for d in draft.cited(DecisionRule, finding) if d.carried is not None]
    rules = [d for d in cited if d.carried and d.carried.kind in ("consensus", "all")]
    if not rules:
        return
    touched = clauses(rules)
    yield redraft(
        remedy="a majority where agreement fails",
        clauses=touched,
        says="add: “where all do not agree, a majority of those who vote "
        "decides; with equal votes lots are drawn”.",
        model="first: consensus, carried_by: majority of voting, equal_votes: lot",
        old=tuple(rules),
        new=tuple(replace(d, first="consensus", carried=HALF, equal_votes="lot") for d in rules),
    )


def floor(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Some of the meetings are safe."""
    rules = [
        m for m in draft.of_body(MeetingRule, finding.subject) if m.how_often and m.how_often.unit
    ]  # fmt: skip
    if not rules:
        return
    least = Frequency(times=2, unit="year")
    yield redraft(
        remedy="a number of meetings that is safe",
        clauses=rules[0].clauses,
        says="add: “of which two a year are held in any case”.",
        model="at_least: 2 per year",
        old=tuple(rules[:1]),
        new=(replace(rules[0], at_least=least),),
    )
