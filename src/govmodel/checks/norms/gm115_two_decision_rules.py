"""GM115: two clauses say differently what carries a matter, what equal votes mean, or whose word is final."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.carried_apart import alone, carried_apart, cases
from govmodel.checks.decisions.settled_twice import settled_twice
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.routes.last_words import two_last_words
from govmodel.checks.spaces import of_kind, quorum_space, votes_on
from govmodel.checks.stories import count, gathering_facts, next_meeting, on, plural
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import DecisionRule, Reading, Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics.meeting import tally
from govmodel.words import text

ID, NAME = "GM115", "two decision rules for one matter"

Says: TypeAlias = Callable[[DecisionRule], object]
"""What a rule says of one thing; None: nothing."""


class _Rivals(NamedTuple):
    """Two rules that do not say the same under a reading, and votes that show it, where votes can."""

    reading: Reading
    one: DecisionRule
    other: DecisionRule
    votes: Gathering | None


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    of_bodies = context.rulebook.of(DecisionRule)
    for says in SAYING:
        every = [r for r in of_bodies if says(r) is not None]
        for body in dict.fromkeys(r.body for r in every):
            for matter in dict.fromkeys(m for r in every if r.body == body for m in r.matters):
                if len([r for r in every if r.body == body and matter in r.matters]) < 2:
                    continue
                asked += 1
                rows, why = _rivals(context, body, matter, says)
                undecided += [Undecided(check=ID, subject=f"{body}/{matter}", why=text) for text in why]
                found = _finding(context, body, matter, says, rows) if rows else None
                if found is not None:
                    findings.append(found)
    words, open_words, matters = two_last_words(context, ID, NAME)
    twice, open_, bodies = settled_twice(context, ID, NAME)
    ours = [f for f in (*findings, *words, *twice) if context.ours(f.clauses)]
    return result(ID, ours, [*undecided, *open_words, *open_], asked + matters + bodies)


def _carried(rule: DecisionRule) -> object:
    return rule.carried


def _equal_votes(rule: DecisionRule) -> object:
    return rule.equal_votes


SAYING: Mapping[Says, str] = {_carried: "what carries {}", _equal_votes: "what equal votes on {} mean"}
"""What two rules can say of one matter and not say alike."""


def _rivals(context: Context, body: str, matter: str, says: Says) -> tuple[list[_Rivals], list[str]]:
    """The readings under which two rules stand that do not say the same, and why it is not known of others.
    Of what carries a matter it has to be seen in votes, where the body has votes."""
    votes = says is _carried and any(b.name == body for b in meeting_bodies(context))
    plain = context.space(of_kind(DecisionRule), body=body)
    if not any(_pairs(context.rules(reading), body, matter, says) for reading in plain.all):
        return [], []
    found: list[_Rivals] = []
    why: dict[str, None] = {}
    for reading in (quorum_space(context, body, votes_on) if votes else plain).all:
        rules = context.rules(reading)
        for one, other in _pairs(rules, body, matter, says):
            shown = carried_apart(context, rules, rules.bodies[body], one, other, matter) if votes else None
            if isinstance(shown, str):
                why[shown] = None
            elif shown is not None or not votes:
                found.append(_Rivals(reading, one, other, shown))
                break
    return found, list(why)


def _pairs(rules: Rules, body: str, matter: str, says: Says) -> tuple[tuple[DecisionRule, DecisionRule], ...]:
    """Rules that both stand, name the matter, come from different clauses and do not say the same."""
    own = rules.bodies.get(body)
    stating = [d for d in own.decisions if says(d) is not None and matter in d.matters] if own else []
    stating.sort(key=lambda d: d.carried is not None)  # a clause on equal votes alone is the one to cite
    return tuple(
        (one, other)
        for one, other in combinations(stating, 2)
        if not set(one.clauses) & set(other.clauses)
        and cases(one) == cases(other)
        and says(one) != says(other)
        and set(one.how) & set(other.how) == set(one.how or other.how)
    )


def _finding(context: Context, body: str, matter: str, says: Says, rows: Sequence[_Rivals]) -> Finding | None:
    votes = rows[0].votes is not None
    space = (
        quorum_space(context, body, votes_on) if votes else context.space(of_kind(DecisionRule), body=body)
    )
    holds = [row.reading for row in rows]
    base = in_base(context, holds)
    level = lowered("warning", base)
    if level is None:
        return None
    row = next((r for r in rows if in_base(context, [r.reading])), rows[0])
    one, other = row.one, row.other
    rules = context.rules(row.reading)
    title = rules.matters[matter].title if matter in rules.matters else "a matter without a rule of its own"
    index = context.rulebook.clauses
    cited = clauses_of(one, other)
    first, second = text.clause(one.clauses), text.clause(other.clauses)
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=f"{body}/{matter}",
        message=f"{text.clause(cited)} say differently {SAYING[says].format(title)} "
        f"at the {rules.bodies[body].title}",
        mark=other.mark,
        story=(*(f"Clause {c}: {index[c].says}." for c in cited if c in index), *_told(context, row, says)),
        told_in=row.reading,
        help=f"Say in {second} that it goes before {first}, or for which matters it is.",
        readings=holding(space, holds),
        in_base=base,
        evidence={"gathering": gathering_facts(row.votes)} if row.votes is not None else {},
    )


def _told(context: Context, row: _Rivals, says: Says) -> tuple[str, ...]:
    """What the two rules make of one case."""
    if says is _equal_votes:
        return (
            "When the votes are equal, what one of them says is not what the other says, and nothing "
            "says which prevails.",
        )
    if row.votes is None:
        return ("They do not ask for the same, and nothing says which prevails.",)
    rules = context.rules(row.reading)
    favour, against, silent = (
        len(votes) for votes in (row.votes.in_favour, row.votes.against, row.votes.abstaining)
    )
    by_one = alone(rules, rules.bodies[row.votes.body], row.one, row.votes.matter)
    carries = tally(by_one, row.votes).outcome == "carried"
    by, not_by = (row.one, row.other) if carries else (row.other, row.one)
    abstain = f", and {count(silent)} abstain{'s' * (silent == 1)}" if silent else ""
    come = plural(len(row.votes.present), "member comes", "members come")
    return (
        f"On {on(next_meeting(context))} {come} to the {rules.bodies[row.votes.body].title}. A proposal is "
        f"put: {count(favour)} vote{'s' * (favour == 1)} for it, {count(against)} against{abstain}.",
        f"By {text.clause(by.clauses)} it is carried; by {text.clause(not_by.clauses)} it is not. Nothing "
        "says which prevails.",
    )


CHECK = Check(ID, NAME, run)
