"""Amounts, conditions and thresholds in words: the one place where expressions are put into English."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Attribute,
    Base,
    Compare,
    Comparison,
    Condition,
    Count,
    Flag,
    Frequency,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Pick,
    Share,
    Sum,
    Threshold,
    Timed,
    Times,
)
from govmodel.words import numbers
from govmodel.words.events import Events, denied
from govmodel.words.names import Names
from govmodel.words.text import article, listed, quoted, some, spaced

OPS: Mapping[Compare, str] = {
    ">=": "at least", "<=": "at most", ">": "more than", "<": "fewer than", "=": "exactly",
}  # fmt: skip

BASES: Mapping[Base, str] = {
    "seats": "the voting seats, held or not",
    "members": "the members",
    "entitled": "the members entitled to vote",
    "present": "the members present",
    "taking-part": "those who vote or abstain",
    "voting": "the votes cast for and against",
    "for": "the votes for",
    "against": "the votes against",
    "abstaining": "the abstentions",
    "parties": "the organisations",
}
"""Of what a share is taken."""


_DETERMINED = ("the", "a", "an", "what", "who", "whom", "which", "whoever", "its", "their")


class Expressions:
    """Expressions of one constitution in words; names in them become titles."""

    def __init__(self, names: Names, events: Events) -> None:
        self.names = names
        self.events = events

    # amounts

    def amount(self, amount: Amount) -> str:
        """An amount as a noun: `one third of the members`, `5 working days`."""
        match amount:
            case Number(value):
                return numbers.number(value)
            case Length():
                return numbers.length(amount)
            case Count():
                return self.count(amount)
            case Share(share, of, nearest):
                said = f"{numbers.share(share)} of {self.count(of)}"
                return f"the whole number nearest to {said}" if nearest else said
            case Times(factor, inner):
                return f"{numbers.number(factor)} times {self.amount(inner)}"
            case Pick(which, first, second):
                return f"the {which} of {self._number(first)} and {self._number(second)}"
            case Sum(plus, minus):
                added = " plus ".join(self._term(a) for a in plus)
                return added + "".join(f" minus {self._term(a)}" for a in minus)
            case Attribute(name):
                said = self.events.amount(name)
                return said if said.startswith(("the ", "(")) else f"the number of {said}"
            case _:
                assert_never(amount)

    def _term(self, amount: Amount) -> str:
        said = self._number(amount)
        return f"({said})" if isinstance(amount, Pick | Sum) else said

    def _number(self, amount: Amount) -> str:
        """An amount beside others: `the number of members present`."""
        said = self.amount(amount)
        return f"the number of {said.removeprefix('the ')}" if isinstance(amount, Count) else said

    def count(self, count: Count) -> str:
        """A head count as a noun: `the members present`, `the voting seats of the OSCP`."""
        without = f" except {self.names.the(count.without)}" if count.without else ""
        if count.parties:
            return f"the organisations {self._there(count)}{without}"
        if not count.groups:
            return BASES[count.of] + without
        members = self.names.members(count.groups)
        match count.of:
            case "present":
                said = f"the {members} present"
            case "seats":
                bodies = [g for g in count.groups if self.names.kind(g) == "body"]
                whole = len(bodies) == len(count.groups)
                said = (
                    f"the voting seats of {self.names.all(bodies)}"
                    if whole
                    else f"the voting seats of {members}"
                )
            case "members":
                said = f"the {members}"
            case "entitled":
                said = f"the {members} entitled to vote"
            case "parties":
                kinds = listed((quoted(spaced(g)) for g in count.groups), "or")
                said = f"the organisations of the class {kinds}"
            case "taking-part" | "voting" | "for" | "against" | "abstaining":
                said = f"{BASES[count.of]} of {members}"
            case _:
                assert_never(count.of)
        return said + without

    def _there(self, count: Count) -> str:
        """`among ‘council’ or ‘police’ for whom somebody is present`."""
        kinds = listed((quoted(spaced(g)) for g in count.groups), "or")
        among = f"among {kinds} " if kinds else ""
        if count.of == "present":
            return f"{among}for whom somebody is present"
        return f"{among}that have some of {BASES[count.of]}"

    def frequency(self, value: Frequency) -> str:
        """`every quarter`, `at each meeting of the OSCP`."""
        return numbers.frequency(value, f" of {self.names.one(value.of)}" if value.of else "")

    # conditions

    def condition(self, condition: Condition) -> str:
        """A condition as a clause: `at least 8 members are present`."""
        match condition:
            case All(items):
                return self._together(items, "and") or " and ".join(self._inner(i, AnyOf) for i in items)
            case AnyOf(items):
                return self._together(items, "or") or " or ".join(self._inner(i, All) for i in items)
            case Not(item):
                return self.no(item)
            case Comparison(left, op, right):
                return self.compared(left, op, right)
            case Flag(attribute):
                return self.events.clause(attribute)
            case Is(attribute, values):
                return self.has_value(attribute, values)
            case Timed(event=event):
                return f"{self.events.clause(event)} {self.distance(condition)}"
            case Ordered(event, way, anchor):
                return f"{self.events.clause(event)} {way} {self.anchor(anchor)}"
            case OnDate(event=event):
                return f"{self.events.clause(event)} {self.date(condition)}"
            case _:
                assert_never(condition)

    def _together(self, items: tuple[Condition, ...], word: str) -> str:
        """Several things that are said of one office: `the chair is late or absent`."""
        names = [item.attribute.rpartition(".") for item in items if isinstance(item, Flag)]
        heads = {head for head, _, _ in names}
        if len(names) < len(items) or len(heads) != 1 or not heads <= {"chair", "deputy-chair"}:
            return ""
        return f"the {spaced(heads.pop())} is {listed((spaced(tail) for _, _, tail in names), word)}"

    def _inner(self, item: Condition, other: type[All] | type[AnyOf]) -> str:
        """A part of a compound; one of the other kind is set apart, so that the two are not mixed up."""
        said = self.condition(item)
        if not isinstance(item, other) or self._together(item.items, ""):
            return said
        return f"both {said}" if other is All and len(item.items) == 2 else f"({said})"

    def no(self, condition: Condition) -> str:
        """The opposite of a condition as a clause."""
        match condition:
            case Not(item):
                return self.condition(item)
            case Flag(attribute):
                return denied(self.events.clause(attribute))
            case AnyOf(items):
                return " and ".join(self.no(item) for item in items)
            case Is("meeting.kind", values):
                return f"the meeting is not {listed((_kind(v) for v in values), 'or')}"
            case Is("item.matter", values):
                return f"the item is not about {listed((self.names.title(v) for v in values), 'or')}"
            case All() | Comparison() | Is() | Timed() | Ordered() | OnDate():
                return f"it is not so that {self.condition(condition)}"
            case _:
                assert_never(condition)

    def compared(self, left: Amount, op: Compare, right: Amount) -> str:
        bound = self._bound(op, right)
        one = isinstance(right, Number) and right.value == 1
        be = "is" if one else "are"
        if isinstance(left, Count) and not left.without and isinstance(right, Number | Share | Pick | Times):
            groups = left.groups
            number = 1 if one else 2
            if left.parties:
                return f"there {be} {bound} organisation{'' if one else 's'} {self._there(left)}"
            if left.of == "present":
                whole = isinstance(right, Share) and right.of == Count("members")
                if whole and not groups:
                    return f"{bound} {be} present"
                if isinstance(right, Share | Pick | Times):
                    return f"the number of {self.names.members(groups)} present is {bound}"
                return f"{bound} {self.names.members(groups, number)} {be} present"
            if left.of == "seats" and groups and all(self.names.kind(g) == "body" for g in groups):
                have = "have" if len(groups) > 1 else "has"
                return f"{self.names.all(groups)} {have} {bound} voting seat{'' if one else 's'}"
            if left.of == "parties" and groups:
                kinds = listed((quoted(spaced(g)) for g in groups), "or")
                return f"there {be} {bound} organisation{'' if one else 's'} of the class {kinds}"
            if left.of in ("for", "against", "abstaining") and not groups:
                noun = {"for": "vote% for", "against": "vote% against", "abstaining": "abstention%"}[left.of]
                if isinstance(right, Number):
                    return f"there {be} {bound} {noun.replace('%', '' if one else 's')}"
        if isinstance(left, Attribute) and not self.events.amount(left.name).startswith(("the ", "(")):
            return f"there {be} {bound} {self.events.amount(left.name)}"
        be = "is" if isinstance(left, Attribute | Sum | Share | Pick | Times | Number) else "number"
        return f"{self.amount(left)} {be} {bound}"

    def _bound(self, op: Compare, amount: Amount) -> str:
        said = self.amount(amount)
        return f"{OPS[op]} {said}"

    def has_value(self, attribute: str, values: tuple[str, ...]) -> str:
        """`the meeting is an extraordinary one`, `the rank of whoever comes is ‘chief officer’`."""
        if attribute == "meeting.kind":
            return f"the meeting is {listed((_kind(v) for v in values), 'or')}"
        if attribute == "item.matter":
            return f"the item is about {listed((self.names.title(v) for v in values), 'or')}"
        if "." not in attribute:
            return self.composed(Is(attribute, values), "is", "comes")
        said = listed((quoted(spaced(v)) for v in values), "or")
        says = self.events.clause(attribute)
        if says in ("what it is", "who it is"):
            return f"it is {said}"
        plain = says.split()[0] in _DETERMINED
        return f"{says if plain else f'“{says}”'} is {said}"

    # times

    def distance(self, timed: Timed) -> str:
        """`at least 5 working days before the meeting`, `within 10 working days after the meeting`."""
        length, anchor = numbers.length(timed.length), self.anchor(timed.anchor)
        if timed.op == "<=" and timed.way == "after":
            return f"within {length} {timed.way} {anchor}"
        op = {"<=": "no more than", "<": "less than"}.get(timed.op, OPS[timed.op])
        return f"{op} {length} {timed.way} {anchor}"

    def anchor(self, name: str) -> str:
        return "the meeting" if name == "meeting" else self.events.clause(name)

    def date(self, when: OnDate) -> str:
        said = numbers.day(when.month, when.day, when.year)
        if when.how == "in":
            return f"in {said}"
        return f"by {said}" if when.day is not None else f"by the end of {said}"

    # who may sit together

    def composed(self, condition: Condition, be: str, come: str) -> str:
        """A rule on holders. `be`, `come`: the verbs, as after `must` or on their own."""
        match condition:
            case Is(subject, values):
                return self._composed(subject, values, be, come, "")
            case Not(Is(subject, values)):
                return self._composed(subject, values, be, come, "not ")
            case Not(AnyOf(items)):
                return self._neither(items, come) or " and ".join(
                    self.composed(Not(item), be, come) for item in items
                )
            case Not(Not(item)):
                return self.composed(item, be, come)
            case All(items):
                return " and ".join(self.composed(item, be, come) for item in items)
            case AnyOf(items):
                first = items[0]
                if isinstance(first, Is) and all(
                    isinstance(item, Is) and item.attribute == first.attribute for item in items
                ):
                    values = tuple(v for item in items if isinstance(item, Is) for v in item.values)
                    return self.composed(Is(first.attribute, values), be, come)
                return ", or else ".join(self.composed(item, be, come) for item in items)
            case Not(item):
                return f"it {be} not so that {self.composed(item, 'is', 'comes')}"
            case Comparison() | Flag() | Timed() | Ordered() | OnDate():
                return self.condition(condition)
            case _:
                assert_never(condition)

    def _neither(self, items: tuple[Condition, ...], come: str) -> str:
        """`must come neither from a council nor from the Police`."""
        values = [item.values for item in items if isinstance(item, Is) and item.attribute == "party"]
        if len(values) < len(items) or " " not in come:
            return ""
        places = [f"from {self._from(name)}" for group in values for name in group]
        return f"the holder {come} neither {' nor '.join(places)}"

    def _composed(self, subject: str, values: tuple[str, ...], be: str, come: str, no: str) -> str:
        function, _, inner = subject.rstrip(")").partition("(")
        who = self._holder(inner or subject)
        modal, _, verb = come.rpartition(" ")
        if function == "party":
            others = [v.rstrip(")").partition("(")[2] for v in values if "(" in v]
            if others:
                same = listed((self._holder(o) for o in others), "or")
                start = f"{modal} {no}{verb}" if modal else f"{'do not come' if no else 'come'}"
                return f"{who} and {same} {start} from the same organisation"
            said = listed((self._from(v) for v in values), "or")
            start = f"{modal} {no}{verb}" if modal else f"{'does not come' if no else verb}"
            return f"{who} {start} from {said}"
        modal, _, verb = be.rpartition(" ")
        start = f"{modal} {no}{verb}" if modal else f"{verb} {no}".strip()
        if inner:
            others = [self._holder(v.rstrip(")").partition("(")[2] or v) for v in values]
            return f"{who} {start} {'the same person as ' if '(' in values[0] else ''}{listed(others, 'or')}"
        return f"{who} {start} {listed((self._is(v) for v in values), 'or')}"

    def _holder(self, name: str) -> str:
        if name in ("party", "holder", "member", ""):
            return "the holder"
        return self.names.the(name)

    def _from(self, name: str) -> str:
        return self.names.a(name) if self.names.kind(name) == "class" else self.names.the(name)

    def _is(self, name: str) -> str:
        kind = self.names.kind(name)
        return self.names.the(name) if kind in ("body", "office", "party", "chair") else self.names.a(name)

    # how a decision is carried

    def threshold(self, threshold: Threshold) -> str:
        """`a majority of the votes cast for and against`, `consensus`: what carries a decision."""
        without = f" except {self.names.the(threshold.without)}" if threshold.without else ""
        of = f" of {BASES[threshold.base]}{without}" if threshold.base else ", and of whom is not said"
        match threshold.kind:
            case "consensus":
                return "consensus, that is, when nobody who is present and entitled to vote objects"
            case "share" if threshold.share == Fraction(1, 2) and threshold.strict:
                return f"a majority{of}"
            case "share":
                return (
                    f"{'more than' if threshold.strict else 'at least'} {numbers.share(threshold.share)}{of}"
                )
            case "count":
                whose = f" out of {BASES[threshold.base]}{without}" if threshold.base else ""
                return f"at least {some(threshold.number, 'vote')} in favour{whose}"
            case "all":
                less = f"all but {threshold.number}" if threshold.number else "all"
                return f"{less}{of}"
            case "plurality":
                return "the most votes of all the alternatives"
            case "formula":
                assert threshold.formula is not None
                return f"a vote in which {self.condition(threshold.formula)}"
            case _:
                assert_never(threshold.kind)


def _kind(value: str) -> str:
    return f"{article(spaced(value))} one"
