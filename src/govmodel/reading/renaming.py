"""A text of a landscape with the names that it has there: `group` of the text `y2016` is `y2016.group`.

What is a name and what is prose is read off the declaration of the language (`constitution.key`), so a
key that is added there is renamed here without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, fields
from functools import cache, cached_property
from typing import Any, assert_never

from govmodel.dataclass import dataclass, replace
from govmodel.model.constitution import (
    About,
    Block,
    Body,
    ByReading,
    ClauseEntry,
    Constitution,
    Gate,
    Instrument,
    Norm,
    Plain,
    Route,
    SetBy,
    Step,
)
from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Count,
    Flag,
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
from govmodel.model.language import Shape
from govmodel.model.vocabulary import SITUATIONS

ACTORS = ("classes", "parties", "bodies", "offices", "instruments")
HEADINGS = (*ACTORS, "matters", "situations", "readings")
AMONG_MEMBERS = ("member", "members", "chair", "deputy-chair")
"""Words that speak of a body which the text need not name where it constitutes one only."""

_FUNCTION = re.compile(r"([a-z-]+)\((.+)\)\Z")


@dataclass()
class Renaming:
    """How one text is renamed. `text`: its name in the landscape, empty for the landscape's own.

    `same`: full names that stand for another one. `met` gathers every full name that was given.
    """

    text: str
    model: Constitution
    same: Mapping[str, str]
    met: set[str] = field(default_factory=set)

    # names

    def far(self, name: str) -> str:
        """A name that the text declares, in the landscape."""
        full = f"{self.text}.{name}" if self.text else name
        self.met.add(full)
        return full

    def clause(self, ref: str) -> str:
        return f"{self.text.replace('.', ':')}:{ref}" if self.text else ref

    @cached_property
    def seats(self) -> Mapping[str, str]:
        """Each name of a seat with the first body that has it."""
        found: dict[str, str] = {}
        for name, body in self.model.bodies.items():
            for seat in body.seats:
                found.setdefault(seat, name)
        return found

    @cached_property
    def home(self) -> str | None:
        """The one body that the text constitutes and gives seats, of which bare `members` speaks."""
        own = [name for name, body in self.model.bodies.items() if constitutes(body) and body.seats]
        return own[0] if len(own) == 1 else None

    def name(self, name: str, refers: tuple[str, ...], home: str | None = None, inside: bool = False) -> str:
        """A name where it is referred to, under one of these headings. `home`: the body of which bare words
        speak, in provisions that stand beside bodies. `inside`: within a body, whose seats need no body."""
        holder = _FUNCTION.match(name)
        if holder:  # the organisation of whoever holds an office
            return f"{holder.group(1)}({self.name(holder.group(2), ('offices', 'chairs'), home, inside)})"
        headings = tuple(h for r in refers for h in ((*ACTORS, "seats") if r == "any" else (r,)))
        for heading in headings:
            if heading == "seats" and name in self.seats:
                return name if inside else self.one(f"{self.far(self.seats[name])}.{name}")
            if heading == "situations" and name in SITUATIONS:
                return name
            if heading in HEADINGS and name in getattr(self.model, heading):
                full = self.far(name)
                return self.one(full) if heading in ACTORS else full
            if heading == "norms" and any(n.id is not None and n.id.value == name for n in self.model.norms):
                return self.far(name)
        head, dot, _ = name.partition(".")
        if dot and (head in self.model.members or head in self.model.bodies):
            return (
                self.one(self.far(name))
                if any(h in (*ACTORS, "chairs") for h in headings)
                else self.far(name)
            )
        if home is not None and name in AMONG_MEMBERS:
            return self.one(f"{self.far(home)}.{name}")
        if home is not None and name == "body":
            return self.one(self.far(home))
        return name

    def one(self, full: str) -> str:
        """What stands for a thing in the landscape: itself, or what it was joined to."""
        if full in self.same:
            return self.same[full]
        body, dot, tail = full.rpartition(".")
        return f"{self.same[body]}.{tail}" if dot and body in self.same else full

    # conditions

    def attribute(self, full: str) -> str:
        """An attribute by its full name. What a text adds to a built-in situation stays its own."""
        situation, dot, name = full.rpartition(".")
        if not dot:
            return full
        if situation in SITUATIONS:
            built_in = SITUATIONS[situation].attributes.keys()
            declared = self.model.situations.get(situation)
            added = declared is not None and name in declared.attributes.keys() - built_in
            return f"{situation}.{self.added(name) if added else name}"
        known = situation in self.model.situations or situation.partition(".")[0] in self.model.members
        return f"{self.far(situation)}.{name}" if known else full

    def added(self, attribute: str) -> str:
        """The name in the landscape of an attribute that the text adds to a built-in situation."""
        return f"{self.text.replace('.', '-')}-{attribute}" if self.text else attribute

    def word(self, attribute: str) -> str:
        """An attribute by its short name."""
        return next(
            (
                self.added(attribute)
                for name, situation in self.model.situations.items()
                if name in SITUATIONS
                and attribute in situation.attributes
                and attribute not in SITUATIONS[name].attributes
            ),
            attribute,
        )

    def amount(self, amount: Amount) -> Amount:
        match amount:
            case Attribute(name):
                return Attribute(self.attribute(name))
            case Count(of, groups, without):
                return Count(
                    of, tuple(self.group(g) for g in groups), self.group(without) if without else None
                )
            case Share(share, of, nearest):
                count = self.amount(of)
                assert isinstance(count, Count)
                return Share(share, count, nearest)
            case Times(factor, inner):
                return Times(factor, self.amount(inner))
            case Pick(which, first, second):
                return Pick(which, self.amount(first), self.amount(second))
            case Sum(plus, minus):
                return Sum(tuple(self.amount(a) for a in plus), tuple(self.amount(a) for a in minus))
            case Number() | Length():
                return amount
            case _:
                assert_never(amount)

    def group(self, name: str) -> str:
        return self.name(name, ("classes", "parties", "bodies", "offices"))

    def condition(self, condition: Condition) -> Condition:
        match condition:
            case All(items):
                return All(tuple(self.condition(i) for i in items))
            case AnyOf(items):
                return AnyOf(tuple(self.condition(i) for i in items))
            case Not(item):
                return Not(self.condition(item))
            case Comparison(left, op, right):
                return Comparison(self.amount(left), op, self.amount(right))
            case Flag(attribute):
                return Flag(self.attribute(attribute))
            case Is(attribute, values):
                return self.equals(attribute, values)
            case Timed(event=event, anchor=anchor) | Ordered(event=event, anchor=anchor):
                return replace(condition, event=self.attribute(event), anchor=self.attribute(anchor))
            case OnDate(event=event):
                return replace(condition, event=self.attribute(event))
            case _:
                assert_never(condition)

    def equals(self, subject: str, values: tuple[str, ...]) -> Is:
        if subject == "item.matter":
            return Is(subject, tuple(self.name(v, ("matters",)) for v in values))
        if "." not in subject or "(" in subject:  # a rule on who may sit together
            return Is(self.holder(subject), tuple(self.holder(v) for v in values))
        return Is(self.attribute(subject), values)

    def holder(self, word: str) -> str:
        """`party(chair)`, an office, a party or a class, in a rule on who may sit together."""
        function = _FUNCTION.match(word)
        if function:
            return f"{function.group(1)}({self.holder(function.group(2))})"
        return self.name(word, ("offices", "parties", "classes"), inside=True)

    # blocks

    def gate(self, gate: Gate) -> Gate:
        return tuple((self.far(name), options) for name, options in gate)

    def block(self, block: Block, home: str | None = None, inside: bool = False) -> Any:
        """The block as it stands in the landscape."""
        inside = inside or isinstance(block, Body)
        home = home if isinstance(block, Route | Norm | Instrument | Step) else None
        changes: dict[str, Any] = {
            "clauses": tuple(self.clause(ref) for ref in block.clauses),
            "gate": self.gate(block.gate),
        }
        if isinstance(block, Norm):
            home = None if all(place.body for place in block.abouts) else home
        if isinstance(block, Route | Step):
            papers = block.verb == "published"
            refers = ("any", "matters")
            changes["whom"] = block.whom if papers else tuple(self.name(n, refers, home) for n in block.whom)
        if isinstance(block, ClauseEntry):
            changes["ref"] = self.clause(block.ref)
            changes["printed"] = _mapped(block.printed, self.clause)
        for name, meta in _keys(type(block)):  # type: ignore[arg-type] # every class can be hashed
            if name not in changes:
                value = getattr(block, name)
                if value not in (None, (), {}):
                    changes[name] = self.value(value, meta, home, inside)
        if isinstance(block, Norm):
            changes["id"] = _mapped(block.id, self.far)
            changes["over"] = _mapped(block.over, self.word)
        return replace(block, **changes)

    def value(self, value: Any, meta: Mapping[str, Any], home: str | None, inside: bool) -> Any:
        """The value of a key, whatever its shape."""
        match value:
            case Plain():
                return replace(value, value=self.plain(value.value, meta, home, inside))
            case ByReading():
                options = {o: self.plain(v, meta, home, inside) for o, v in value.options.items()}
                return replace(value, ambiguity=self.far(value.ambiguity), options=options)
            case SetBy():
                return replace(value, who=self.name(value.who, ("any",), home, inside))
            case Block():
                return self.block(value, home, inside)
            case _ if meta["shape"] == "blocks":
                return tuple(self.block(each, home, inside) for each in value)
            case _ if meta["shape"] == "named":
                return {name: self.block(each, home, inside) for name, each in value.items()}
            case _ if meta["shape"] == "options":
                return {o: dict(self.gate(tuple(others.items()))) for o, others in value.items()}
            case _:
                return self.plain(value, meta, home, inside)

    def plain(self, value: Any, meta: Mapping[str, Any], home: str | None, inside: bool) -> Any:
        shape: Shape = meta["shape"]
        match shape:
            case "name" | "names":
                refers = meta["refers"]
                return _mapped(value, lambda name: self.name(name, refers, home, inside)) if refers else value
            case "target":
                return _mapped(value, lambda name: self.target(name, meta["refers"], home))
            case "clauses":
                return _mapped(value, self.clause)
            case "condition":
                return value if value is None else self.condition(value)
            case "carried":
                return value if value is None else self.threshold(value)
            case "frequency":
                of = value.of if value is not None else None
                return value if of is None else replace(value, of=self.name(of, ("bodies",)))
            case "sentence" | "sentences" | "patterns" | "word" | "words" | "length" | "span":
                return value
            case "number" | "votes" | "date":
                return value
            case "about":
                return tuple(place for about in value for place in self.about(about))
            case "block" | "blocks" | "named" | "options" | "words-by-name":
                return value  # blocks were renamed one by one; what is left has no value here
            case _:
                assert_never(shape)

    def target(self, name: str, refers: tuple[str, ...], home: str | None) -> str:
        """What the words of a clause point to: another clause, or something declared."""
        if name in self.model.clauses_index or ":" in name:
            return self.clause(name)
        return self.name(name, refers, home)

    def threshold(self, threshold: Threshold) -> Threshold:
        return replace(
            threshold,
            without=self.group(threshold.without) if threshold.without else None,
            formula=self.condition(threshold.formula) if threshold.formula else None,
        )

    def about(self, about: About) -> tuple[About, ...]:
        """What a norm is about. Where the text names no body, it means those that it constitutes."""
        built_in = about.situation in SITUATIONS
        situation = about.situation if built_in else self.far(about.situation)
        if about.body is not None:
            return (replace(about, situation=situation, body=self.name(about.body, ("bodies",))),)
        own = [name for name, body in self.model.bodies.items() if constitutes(body)]
        if not own or not self.met_at(about.situation):
            return (replace(about, situation=situation),)
        return tuple(replace(about, situation=situation, body=self.name(n, ("bodies",))) for n in own)

    def met_at(self, situation: str) -> bool:
        """Whether an event of this kind is one of a body: built in, or part of what is."""
        seen = set()
        while situation not in SITUATIONS and situation not in seen:
            seen.add(situation)
            declared = self.model.situations.get(situation)
            if declared is None or declared.part_of is None:
                return False
            situation = declared.part_of.value
        return situation in SITUATIONS


@cache
def _keys(cls: Any) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The keys of a block, each with its declaration."""
    return tuple((spec.name, spec.metadata) for spec in fields(cls) if spec.metadata)


def constitutes(body: Body) -> bool:
    """Whether the text constitutes the body: it does not say that another one does."""
    return body.external is None or body.external.value != "yes"


def _mapped(value: Any, change: Any) -> Any:
    """A name, or names in tuples, each changed."""
    match value:
        case None:
            return None
        case str():
            return change(value)
        case Plain():
            return replace(value, value=_mapped(value.value, change))
        case tuple():
            return tuple(_mapped(each, change) for each in value)
        case _:
            return value
