"""Remedies for votes and seats: what carries, of whom, what comes on top, who is needed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govmodel.dataclass import replace
from govmodel.model.edit import Edit
from govmodel.model.expressions import All, Base, Comparison, Condition, Count, Share
from govmodel.model.finding import Finding
from govmodel.model.rules import BodyRule, DecisionRule, PresidingRule
from govmodel.model.walk import counts_in
from govmodel.repairs.draft import Draft, clauses, redraft
from govmodel.repairs.meetings import HALF
from govmodel.words import text


def majority_of_votes(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """A majority of those who vote carries."""
    cited = [d for d in draft.cited(DecisionRule, finding) if d.carried is not None and d.carried != HALF]
    rules = [d for d in cited if d.carried is not None and d.carried.kind in ("share", "count")]
    if not rules:
        return
    touched = clauses(rules)
    falls = "" if all(d.equal_votes for d in rules) else "; with equal votes a proposal is not carried"
    yield redraft(
        remedy="a majority of the votes",
        clauses=touched,
        says=f"write: “a majority of the votes for and against{falls}”.",
        model=f"carried_by: majority of voting{', equal_votes: not-carried' if falls else ''}",
        old=tuple(rules),
        new=tuple(replace(d, carried=HALF, equal_votes=d.equal_votes or "not-carried") for d in rules),
    )


def share_of_others(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The share is of those who vote, or who may."""
    cited = [d for d in draft.cited(DecisionRule, finding) if d.carried is not None]
    rules = [d for d in cited if d.carried is not None and d.carried.kind == "share"]
    words: tuple[tuple[Base, str], ...] = (
        ("voting", "of the votes for and against"),
        ("entitled", "of the members who may vote on it"),
    )
    touched = clauses(rules)
    for base, says in words:
        if rules:
            yield redraft(
                remedy="what the share is of",
                clauses=touched,
                says=f"say of what the share is: “{says}”.",
                model=f"carried_by: … of {base}",
                old=tuple(rules),
                new=tuple(
                    replace(d, carried=replace(d.carried, base=base)) for d in rules if d.carried is not None
                ),
            )


def one_rule_for_all(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """What carries no longer depends on how many are there."""
    cited = [d for d in draft.cited(DecisionRule, finding) if d.carried is not None]
    plain, cases = [d for d in cited if d.when is None], [d for d in cited if d.when is not None]
    if len({d.carried for d in plain}) != 1 or not cases:
        return
    touched, last = clauses(cases), plain[-1]
    differ = any(d.equal_votes != last.equal_votes for d in cases)
    ties = (", and say the same of equal votes", " and equal_votes") if differ else ("", "")
    yield redraft(
        remedy="one share for every turnout",
        clauses=touched,
        says=f"ask for the same share as in {text.clause(last.clauses)}{ties[0]}.",
        model=f"carried_by{ties[1]}, at the decisions for a case: as at the one for all others",
        old=tuple(cases),
        new=tuple(replace(d, carried=last.carried, equal_votes=last.equal_votes) for d in cases),
    )


def cap_prevails(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Who presides for a capped party has no second vote, and with equal votes a proposal falls."""
    body = finding.subject.partition("/")[0]
    links = [p for p in draft.of_body(PresidingRule, body) if p.extra_vote in ("casting", "additional")]
    rules = [d for d in draft.of_body(DecisionRule, body) if d.carried is not None and d.equal_votes is None]
    if not links:
        return
    touched = clauses(links)
    falls = (
        f" In {text.clause(clauses(rules))}, add: “with equal votes a proposal is not carried”."
        if rules
        else ""
    )
    yield Edit(
        remedy="no second vote",
        clauses=(*touched, *(c for c in clauses(rules) if c not in touched)),
        says=f"In {text.clause(touched)}, strike the second vote.{falls}",
        model=f"extra_vote: none, at everybody who presides{'; equal_votes: not-carried' if rules else ''}",
        old=(*links, *rules),
        new=(
            *(replace(p, extra_vote="none") for p in links),
            *(replace(d, equal_votes="not-carried") for d in rules),
        ),
    )


def more_than_half(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The quorum is more than half of the members, so that any two meetings have somebody in common."""
    rules = draft.quorums(finding.subject.partition("/")[0])
    if not rules:
        return
    more = " and what it asks of certain members" if any(_of_classes(r.needs) for r in rules) else ""
    half = Comparison(Count("present"), ">", Share(Fraction(1, 2), Count("members"), False))
    touched = clauses(rules)
    yield redraft(
        remedy="a quorum of more than half",
        clauses=touched,
        says="make the number more than half of the members.",
        model=f"quorum: {{needs: present > half of members{more}}}",
        old=tuple(rules),
        new=tuple(replace(rule, needs=_joined((half, *_of_classes(rule.needs)))) for rule in rules),
    )


def _of_classes(needs: Condition | None) -> tuple[Condition, ...]:
    """The parts of a quorum that ask for certain members."""
    if needs is None:
        return ()
    items = needs.items if isinstance(needs, All) else (needs,)
    return tuple(item for item in items if any(count.groups for count in counts_in(item)))


def strike_idle_part(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The part that makes no difference is struck."""
    rules = draft.quorums(finding.subject.partition("/")[0])
    for rule in rules:
        parts = rule.needs.items if isinstance(rule.needs, All) else ()
        rest = tuple(item for item in parts if str(item) != finding.evidence.get("condition"))
        if len(rest) < len(parts) and rest:
            yield redraft(
                remedy="the quorum without its idle part",
                clauses=rule.clauses,
                says="strike the part that the rest makes good anyway.",
                model="quorum: needs, without that part",
                old=(rule,),
                new=(replace(rule, needs=_joined(rest)),),
            )


def half_of_those_left(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The quorum is a share of the members whom there are, and of nobody in particular."""
    rules = draft.quorums(finding.subject.partition("/")[0])
    if not rules:
        return
    touched = clauses(rules)
    needs = Comparison(Count("present"), ">=", Share(Fraction(1, 2), Count("members"), False))
    yield redraft(
        remedy="a quorum of half of the members",
        clauses=touched,
        says="write: “at least half of the members whom there are, rounded up”.",
        model="quorum: {needs: present >= half of members, rounding: up}",
        old=tuple(rules),
        new=tuple(replace(rule, needs=needs, rounding="up") for rule in rules),
    )


def _joined(items: tuple[Condition, ...]) -> Condition:
    return items[0] if len(items) == 1 else All(items)


def one_answer_to_equal_votes(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Either the casting vote stays, or the rule on equal votes does."""
    body, _, what = finding.subject.partition("/")
    cited = {*finding.clauses}
    rules = [
        d for d in draft.of_body(DecisionRule, body) if d.equal_votes and cited & {*(d.ties or d.clauses)}
    ]
    links = [p for p in draft.of_body(PresidingRule, body) if p.extra_vote == "casting"]
    if what != "equal-votes" or not rules or not links:
        return
    where = tuple(c for c in finding.clauses if any(c in (d.ties or d.clauses) for d in rules))
    yield redraft(
        remedy="the casting vote alone",
        clauses=where,
        says="strike what equal votes mean.",
        model="equal_votes, at the decisions of the body: left out",
        old=tuple(rules),
        new=tuple(replace(d, equal_votes=None) for d in rules),
    )
    yield redraft(
        remedy="the rule on equal votes alone",
        clauses=clauses(links),
        says="strike the casting vote.",
        model="extra_vote: none, at everybody who presides",
        old=tuple(links),
        new=tuple(replace(p, extra_vote="none") for p in links),
    )


def one_rule_of_two(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """What one of two clauses says of a matter is struck, and the other stays."""
    body, _, matter = finding.subject.partition("/")
    about = [d for d in draft.of_body(DecisionRule, body) if matter in d.matters]
    cited = [d for d in about if {*d.clauses} <= {*finding.clauses}]
    on = "" if matter == "any" else f" on {draft.title(matter)}"
    kinds = (
        ([d for d in cited if d.carried is not None], "what carries a proposal{}", "carried_by"),
        ([d for d in cited if d.equal_votes is not None], "what equal votes{} mean", "equal_votes"),
    )
    for rules, what, key in kinds:
        if len({(d.clauses, d.carried if key == "carried_by" else d.equal_votes) for d in rules}) < 2:
            continue
        for where in dict.fromkeys(d.clauses for d in reversed(rules)):
            old = tuple(d for d in rules if d.clauses == where)
            others = clauses([d for d in rules if d.clauses != where])
            yield redraft(
                remedy="one rule for one matter",
                clauses=where,
                says=f"strike {what.format(on)}: {text.clause(others, 'says', 'say')} it.",
                model=f"{key} of {matter}, at the decisions of the body: left out",
                old=old,
                new=tuple(_silent(d, matter, key) for d in old),
            )
        return


def _silent(rule: DecisionRule, matter: str, key: str) -> DecisionRule:
    """The rule without what it says of a matter."""
    rest = tuple(m for m in rule.matters if m != matter)
    if rest and key == "carried_by":
        return replace(rule, matters=rest)
    return replace(rule, equal_votes=None, carried=None if key == "carried_by" else rule.carried)


def majority_decides(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Whatever has no rule of its own is decided by most votes."""
    body = next((b for b in draft.rules(BodyRule) if b.name == finding.subject), None)
    if body is None:
        return
    where = finding.clauses[:1]
    rule = DecisionRule(
        clauses=where, mark=body.mark, body=body.name, matters=("any",), first=None, carried=HALF, how=(),
        proxies=None, consent_of=(), may_opt_out=None, binding_on=None, without=None,
        equal_votes="not-carried",
    )  # fmt: skip
    yield Edit(
        remedy="a majority of the votes",
        clauses=where,
        says=f"Beside {text.clause(where)}, add: “a majority of the votes for and against decides; with "
        "equal votes a proposal is not carried”.",
        model="decisions: {matter: any, carried_by: majority of voting, equal_votes: not-carried}",
        old=(),
        new=(rule,),
    )
