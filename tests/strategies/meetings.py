"""Bodies of one to seven voting seats, with everything that decides a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Base,
    Compare,
    Comparison,
    Condition,
    Count,
    Flag,
    Is,
    Not,
    Number,
    Pick,
    Share,
    Sum,
    Threshold,
    Times,
)
from govmodel.model.rules import (
    AmbiguityRule,
    BodyRule,
    CapRule,
    CompositionRule,
    DecisionRule,
    InquorateRule,
    InterestRule,
    MatterRule,
    OfficeRule,
    PartyRule,
    PresidingRule,
    QuorumRule,
    Rule,
    Rulebook,
    SeatRule,
)
from govmodel.model.vocabulary import OFFICE_WORDS
from strategies.books import HEAD, ambiguities, book, gate
from strategies.dice import Dice, number, one_in, some

BODY = "board"
PARTIES = ("p0", "p1", "p2", "p3")
CLASSES = ("red", "green", "blue")
MATTERS = ("ordinary", "major")
SHARES = (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4), Fraction(1, 4), Fraction(2, 5))
BASES: tuple[Base | None, ...] = (
    None, "voting", "present", "members", "seats", "entitled", "taking-part",
)  # fmt: skip
NESTED: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("p0",),),
    (("p0",), ("p1",)),
    (("p0",), ("p0", "p1")),
    (("p0", "p1"), ("p0", "p1", "p2")),
    (("p0",), ("p1",), ("p0", "p1")),
    (("p0", "p1"), ("p2", "p3")),
)
"""Sets of parties for caps, of which two are apart or one within the other."""


def seat(name: str, party: str | None = None, classes: Sequence[str] = (), **more: Any) -> SeatRule:
    given: dict[str, Any] = {
        **HEAD, "body": BODY, "low": 1, "high": 1, "role": "voting", "votes": 1, "optional": False, **more,
    }  # fmt: skip
    return SeatRule(name=name, party=party, classes=tuple(classes), **given)


def cap(parties: Sequence[str], at_most: int, **more: Any) -> CapRule:
    return CapRule(**{**HEAD, **more}, body=BODY, parties=tuple(parties), at_most=at_most)


def quorum(needs: Condition, rounding: Any = None, **more: Any) -> QuorumRule:
    return QuorumRule(
        **{**HEAD, **more}, body=BODY, needs=needs, gates="meeting", measured=None, rounding=rounding
    )


def inquorate(then: Any, second_quorum: Condition | None = None, **more: Any) -> InquorateRule:
    given: dict[str, Any] = {**HEAD, "when": None, "wait": None, "second_notice": None, **more}
    return InquorateRule(body=BODY, then=then, second_quorum=second_quorum, **given)


def asks(needs: Condition, office: str | None = "the-chair", **more: Any) -> CompositionRule:
    return CompositionRule(**{**HEAD, **more}, body=BODY, office=office, needs=needs)


def decision(carried: Threshold | None, matters: Sequence[str] = ("any",), **more: Any) -> DecisionRule:
    given: dict[str, Any] = {
        **HEAD, "body": BODY, "first": None, "how": (), "proxies": None, "consent_of": (),
        "may_opt_out": None, "binding_on": None, "without": None, "equal_votes": None, **more,
    }  # fmt: skip
    return DecisionRule(carried=carried, matters=tuple(matters), **given)


def presides(
    order: int, who: str, extra: Any = None, when: Condition | None = None, **more: Any
) -> PresidingRule:
    return PresidingRule(
        **{**HEAD, **more}, body=BODY, order=order, who=who, when=when, chosen_by=None, lasts=None,
        extra_vote=extra, powers=None, late_after=None,
    )  # fmt: skip


def interest(**more: Any) -> InterestRule:
    given: dict[str, Any] = {
        **HEAD, "body": BODY, "kind": "any", "declares": None, "votes": None, "takes_part": None,
        "withdraws": None, "counts_to_quorum": None, "waived_by": None, **more,
    }  # fmt: skip
    return InterestRule(**given)


def office(name: str, rotation: Sequence[Sequence[str]] = (), **more: Any) -> OfficeRule:
    return OfficeRule(
        **{**HEAD, **more}, name=name, title=name, of=BODY, chosen_by="rotation" if rotation else None,
        chosen_every=None, rotation=tuple(tuple(place) for place in rotation), follows=None, appointer=None,
        term=None, acting=None,
    )  # fmt: skip


def board(**more: Any) -> BodyRule:
    return BodyRule(**{**HEAD, **more}, name=BODY, title=BODY, external=False, family=None)


def at_least(n: int, *groups: str) -> Condition:
    return Comparison(Count("present", groups), ">=", Number(Fraction(n)))


# drawn


def heads(dice: Dice, depth: int = 1) -> Amount:
    """An amount that a quorum compares with."""
    kind = dice.pick(("number", "number", "share", "share", "times", "pick", "sum")[: 7 if depth else 4])
    if kind == "number":
        return Number(Fraction(number(dice, 0, 6)))
    if kind == "share":
        of: Base = dice.pick(("members", "seats", "entitled", "present"))
        return Share(dice.pick(SHARES), counted(dice, of), one_in(dice, 4))
    if kind == "times":
        return Times(dice.pick(SHARES), heads(dice, 0))
    if kind == "pick":
        return Pick(dice.pick(("greater", "lesser")), heads(dice, 0), heads(dice, 0))
    minus = (heads(dice, 0),) if one_in(dice, 2) else ()
    return Sum((heads(dice, 0), heads(dice, 0)), minus)


def counted(dice: Dice, of: Base) -> Count:
    """People or organisations of a base, of some groups or of all, sometimes without one."""
    if one_in(dice, 20):
        return Count("parties", groups(dice))
    return Count(of, groups(dice), left_out(dice), one_in(dice, 12))


def left_out(dice: Dice, *others: str) -> str | None:
    """Mostly nobody; a group, or somebody of whom no group tells which seat it is."""
    return dice.pick((*CLASSES, "p0", "s0", *others)) if one_in(dice, 12) else None


def groups(dice: Dice) -> tuple[str, ...]:
    return () if one_in(dice, 2) else some(dice, (*CLASSES, "p0", "p1", "s0", "s1"), low=1, high=2)


def over_heads(dice: Dice, depth: int = 2) -> Condition:
    """A condition such as quorums have: mostly an at-least, sometimes one that fewer meet better."""
    kind = dice.pick(("plain", "plain", "and", "or", "not")[: 5 if depth else 2])
    if kind == "and":
        return All(tuple(over_heads(dice, depth - 1) for _ in range(2)))
    if kind == "or":
        return AnyOf(tuple(over_heads(dice, depth - 1) for _ in range(2)))
    if kind == "not":
        return Not(over_heads(dice, depth - 1))
    op: Compare = dice.pick((">=", ">=", ">=", ">", "<=", "<", "="))
    return Comparison(counted(dice, "present"), op, heads(dice))


def threshold(dice: Dice) -> Threshold:
    kind = dice.pick(("share", "share", "share", "count", "all", "consensus", "plurality"))
    if kind == "share":
        share = dice.pick(SHARES)
        strict = share == Fraction(1, 2) or one_in(dice, 3)
        return Threshold(kind="share", share=share, strict=strict, base=dice.pick(BASES),
                         without=left_out(dice, "subject"))  # fmt: skip
    if kind == "all":
        return Threshold(kind="all", number=number(dice, 0, 2), base=dice.pick(BASES),
                         without=left_out(dice, "subject"))  # fmt: skip
    if kind == "count":
        return Threshold(kind="count", number=number(dice, 1, 5), base=dice.pick(BASES))
    return Threshold(kind="consensus" if kind == "consensus" else "plurality", base=dice.pick(BASES))


def of_offices(dice: Dice, depth: int = 1) -> Condition:
    """A condition on the chair and the deputy chair."""
    kind = dice.pick(("flag", "flag", "and", "or", "not")[: 5 if depth else 2])
    if kind == "and":
        return All(tuple(of_offices(dice, depth - 1) for _ in range(2)))
    if kind == "or":
        return AnyOf(tuple(of_offices(dice, depth - 1) for _ in range(2)))
    if kind == "not":
        return Not(of_offices(dice, depth - 1))
    return Flag(f"{dice.pick(('chair', 'deputy-chair'))}.{dice.pick(OFFICE_WORDS)}")


def of_holders(dice: Dice, depth: int = 1) -> Condition:
    """What the holder of an office must be."""
    kind = dice.pick(("is", "is", "and", "or", "not")[: 5 if depth else 2])
    if kind == "and":
        return All(tuple(of_holders(dice, depth - 1) for _ in range(2)))
    if kind == "or":
        return AnyOf(tuple(of_holders(dice, depth - 1) for _ in range(2)))
    if kind == "not":
        return Not(of_holders(dice, depth - 1))
    subject = dice.pick(("party", "party", "holder", "party(the-chair)", "party(the-deputy)"))
    return Is(subject, (dice.pick(("member", *CLASSES) if subject == "holder" else ("p0", "p1", *CLASSES)),))


def chain_of_presiding(dice: Dice, known: Mapping[str, AmbiguityRule]) -> list[PresidingRule]:
    who = ("the-chair", "the-deputy", "agreed")
    found = []
    for i in range(number(dice, 0, 4)):
        name = who[i] if i < 2 else dice.pick(who)
        when = None if one_in(dice, 2) else of_offices(dice)
        extra = dice.pick((None, "casting", "additional", "none"))
        found.append(presides(i, name, extra, when, gate=gate(dice, known, 4)))
    return found


def rulebook(dice: Dice, most_seats: int = 7, most_votes: int = 1) -> Rulebook:
    """One body with at most so many voting seats, and everything about its meetings."""
    known = ambiguities(dice)
    rules: list[Rule] = [board()]
    classes = {p: some(dice, CLASSES, high=2) for p in PARTIES}
    rules += [
        PartyRule(**HEAD, name=p, title=p, classes=c, part_of=None, sector=False) for p, c in classes.items()
    ]
    left = number(dice, 1, most_seats)
    for i in range(left):
        if left <= 0:
            break
        party = dice.pick((*PARTIES, None))
        low = min(left, 1 if one_in(dice, 2) else number(dice, 1, 3))
        left -= low
        own = classes[party] if party else some(dice, CLASSES, high=1)
        more: dict[str, Any] = {"gate": gate(dice, known, 6), "votes": number(dice, 1, most_votes)}
        if one_in(dice, 4):
            more.update(dice.pick(({"optional": True}, {"role": "attending"}, {"role": "non-voting"})))
        rules.append(seat(f"s{i}", party, own, low=low, high=low, **more))
    if one_in(dice, 2):
        for parties in dice.pick(NESTED):
            rules.append(cap(parties, number(dice, 0, 3), gate=gate(dice, known, 4)))
    for _ in range(dice.pick((1, 1, 1, 2, 0))):
        rounding = dice.pick((None, None, "up", "nearest", "down"))
        counts = dice.pick((("voting",), ("voting",), ("voting", "attending"), ("voting", "non-voting")))
        rules.append(quorum(over_heads(dice), rounding, gate=gate(dice, known), counts=counts))
    if one_in(dice, 4):
        then = dice.pick(("adjourn", "adjourn", "close", "continue"))
        again = over_heads(dice, 0) if then != "continue" and not one_in(dice, 4) else None
        when = dice.pick((None, "never-reached", "lost"))
        rules.append(inquorate(then, again, when=when, gate=gate(dice, known)))
    for i in range(dice.pick((1, 1, 2, 2, 0))):
        matters = ("any",) if i == 0 or one_in(dice, 3) else (dice.pick(MATTERS),)
        carried = None if one_in(dice, 10) else threshold(dice)
        equal = dice.pick((None, None, None, None, "not-carried", "carried", "deferred", "lot"))
        mute = left_out(dice, "subject")
        case = over_heads(dice, 1) if one_in(dice, 5) else None
        rules.append(
            decision(carried, matters, equal_votes=equal, without=mute, when=case, gate=gate(dice, known, 4))
        )
    rules += chain_of_presiding(dice, known)
    if one_in(dice, 3):
        rules.append(
            interest(votes=dice.pick((None, False)), counts_to_quorum=dice.pick((None, False)),
                     withdraws=dice.pick((None, "must")), gate=gate(dice, known))
        )  # fmt: skip
    rotation = [(p,) for p in some(dice, PARTIES, high=2)]
    rules.append(office("the-chair", rotation, gate=gate(dice, known, 6)))
    rules.append(office("the-deputy"))
    if one_in(dice, 4):
        rules.append(asks(of_holders(dice), gate=gate(dice, known)))
    rules += [MatterRule(**HEAD, name=m, title=m, kind_of=None, settle=False, interested=()) for m in MATTERS]
    return book(rules, known)
