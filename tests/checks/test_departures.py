"""Who may go for good (GM212), against plain trying on constitutions drawn from seeds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.model.expressions import Comparison, Count, Number
from govmodel.model.rules import (
    BodyRules,
    MembershipRule,
    PartyRule,
    QuorumRule,
    RouteRule,
    Rulebook,
    Rules,
    SeatRule,
)
from govmodel.reading import under
from govmodel.semantics.counting import NotCountable
from strategies import trying
from strategies.books import HEAD
from strategies.dice import Rolled
from strategies.meetings import BODY, PARTIES, quorum, rulebook

SEEDS = 400
MOST = 12
"""Places of a body of which every meeting is tried."""


def drawn(seed: int) -> Rulebook:
    """A body, members who may leave, one class that may be removed, and one party that another follows; each
    by a clause of its own, under every reading."""
    book = rulebook(Rolled(seed), most_seats=6)
    leaves = MembershipRule(
        **{**HEAD, "clauses": ("L",)}, body=BODY, joins=(), leaves=("members",), agreed_by=None, notice=None,
        told=(), force="may",
    )  # fmt: skip
    removes = RouteRule(
        **{**HEAD, "clauses": ("R",)}, who=(BODY,), verb="removes", whom=("red",), any_of=False, matters=(),
        about=None, about_receiver=None, via=None, every=None, within=None, effect=None, consent_of=(),
        force="may",
    )  # fmt: skip
    rules = [
        replace(rule, successor="p1", clauses=("M",))
        if isinstance(rule, PartyRule) and rule.name == "p0"
        else rule
        for rule in book.rules
    ]
    if seed % 2:  # as many organisations as there are, mostly
        own = {r.party for r in book.rules if isinstance(r, SeatRule) and r.role == "voting" and r.party}
        many = Comparison(Count("present", (), None, True), ">=", Number(Fraction(max(1, len(own)))))
        rules = [rule for rule in rules if not isinstance(rule, QuorumRule)]
        rules.append(quorum(many))
    return replace(book, rules=(*rules, leaves, removes))


def all_filled(body: BodyRules) -> BodyRules:
    return replace(body, seats=tuple(replace(s, optional=False) for s in body.seats))


def ever(rules: Rules, body: BodyRules, seats: tuple[SeatRule, ...]) -> bool:
    """Whether some meeting of the body with these seats is quorate."""
    left = replace(body, seats=seats)
    return trying.fewest_quorate(replace(rules, bodies={BODY: left}), left) is not None


def lost_by_trying(rules: Rules) -> dict[str, set[str]]:
    """By clause, those without whom there is never a quorum again."""
    body = all_filled(rules.bodies[BODY])
    seats = body.seats
    found: dict[str, set[str]] = {"L": set(), "R": set(), "M": set()}
    if not body.quorum or not ever(rules, body, seats):
        return found
    voting = [s for s in seats if s.role == "voting"]
    names = {s.party or s.name for s in voting if s.party or s.low == 1}
    for name in names:
        rest = tuple(s for s in seats if not (s.role == "voting" and name in (s.party, s.name)))
        gone = any(s.role == "voting" for s in rest) and not ever(rules, body, rest)
        if gone:
            found["L"].add(name)
            if name in PARTIES and "red" in rules.parties[name].classes:
                found["R"].add(name)
        if name == "p0":
            classes = rules.parties["p1"].classes
            passed = tuple(
                replace(s, party="p1", classes=classes) if s.role == "voting" and s.party == "p0" else s
                for s in seats
            )
            if not ever(rules, body, passed) and (gone or not any(s.role == "voting" for s in rest)):
                found["M"].add(name)
    return found


def test_who_takes_the_quorum_along_when_going() -> None:
    check = entry("GM212")
    assert check is not None
    met: Counter[str] = Counter()
    for seed in range(SEEDS):
        book = drawn(seed)
        fixed = dict(book.base)
        rules = under(book, fixed)
        body = rules.bodies[BODY]
        if sum(s.low for s in body.seats) > MOST:
            continue
        result = check.load().run(Context(book, 2_000_000, fixed=fixed))
        if result.undecided:
            met["refused"] += 1
            continue
        try:
            tried = lost_by_trying(rules)
        except NotCountable:  # whom a number leaves out has gone
            met["refused"] += 1
            continue
        told = {
            key: {w for f in result.findings if key in f.clauses for w in f.evidence["who"]} for key in tried
        }
        assert told == tried, seed
        for key, who in tried.items():
            met[key] += bool(who)
        met["none"] += not result.findings
    assert min(met[key] for key in ("L", "R", "M", "none")) >= 10, met
    assert met["refused"] <= SEEDS // 10
