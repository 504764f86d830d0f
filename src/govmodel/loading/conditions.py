"""Conditions, and how a decision is carried, with every name resolved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, cast

from govmodel.dataclass import dataclass
from govmodel.loading.amounts import (
    COMPARE,
    MOST_DIGITS,
    OFFICES,
    Amounts,
    Scope,
    only,
    right_text,
    spelled,
)
from govmodel.loading.expressions import Tree
from govmodel.loading.messages import did_you_mean, listed, q
from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Base,
    Compare,
    Comparison,
    Condition,
    Flag,
    Frequency,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Span,
    Threshold,
    Timed,
    Unit,
    Way,
)
from govmodel.model.vocabulary import MONTHS, OFFICE_WORDS


@dataclass()
class Resolver(Amounts):
    """Turns one tree into words of the model; `faults` gathers what is wrong with it."""

    # conditions

    def condition(self, tree: Tree) -> Condition:
        items = tree.items
        match tree.kind:
            case "condition" | "formula":
                return self.condition(items[0])
            case "either":
                return AnyOf(tuple(self.condition(i) for i in items))
            case "both":
                return All(tuple(self.condition(i) for i in items))
            case "negated":
                return Not(self.condition(items[0]))
            case "flag":
                return self.flag(items[0])
            case "equals":
                return self.equals(items[0], (items[1],))
            case "differs":
                return Not(self.equals(items[0], (items[1],)))
            case "any_of":
                return self.equals(items[0], tuple(items[1:]))
            case "compared":
                return self.compared(tree)
            case "spaced":
                return self.timed(items[0], COMPARE[items[1].kind], items[2], items[3], items[4])
            case "within":
                return self.timed(items[0], "<=", items[1], items[2], items[3])
            case "deadline":
                op: Compare = ">=" if items[2].kind == "before" else "<="
                return self.timed(items[0], op, items[1], items[2], items[3])
            case "ordered":
                return Ordered(self.event(items[0]), cast(Way, items[1].kind), self.anchor(items[2]))
            case "in_date" | "by_date":
                return self.on_date(tree)
            case _:
                raise AssertionError(tree.kind)

    def flag(self, name: Tree) -> Condition:
        if self.scope.place == "composition":
            self.fault(
                name,
                "composition",
                f"{q(spelled(name))} alone says nothing about who sits",
                "Write holder is …, or party(chair) is not party(deputy-chair).",
            )
            return Flag("")
        found = self.attribute(name)
        if found is None:
            return Flag("")
        full, kind = found
        if kind.kind == "yes-no":
            return Flag(full)
        short = spelled(name)
        if kind.kind == "one-of":
            self.fault(
                name,
                "attribute-kind",
                f"{q(short)} has several values; which one is meant?",
                f"Write {q(short + ' is ' + (kind.values[0] if kind.values else '…'))}.",
            )
        elif kind.kind == "time":
            self.fault(
                name,
                "attribute-kind",
                f"{q(short)} is a time; when is it to be?",
                f"Write for example {q(short + ' at least 5 days before meeting')}.",
            )
        else:
            self.fault(
                name,
                "attribute-kind",
                f"{q(short)} is a number; how large is it to be?",
                f"Write for example {q(short + ' >= 1')}.",
            )
        return Flag("")

    def presider(self, subject: Tree) -> str | None:
        """Whether somebody is the chair or the deputy chair of the body in whose rule on presiding this
        stands. An office goes by its own name too: whoever is `deputy-chair` of the board may be the chair
        of its panel."""
        name = spelled(subject)
        if len(subject.items) > 1:
            return None
        order = self.scope.names.presiders.get(self.scope.body or "")
        if order is not None and name in order[: len(OFFICES)]:
            return OFFICES[order.index(name)]
        if order is not None and name == "deputy-chair" and len(order) == 1:
            self.fault(
                subject,
                "office-word",
                f"no second office presides here that could be called {name}",
                f"The first is {order[0]}; write chair, or name the second under who: in a rule of its own.",
            )
        return name if name in OFFICES else None

    def equals(self, subject: Tree, values: tuple[Tree, ...]) -> Condition:
        words = tuple(spelled(v) for v in values)
        if self.scope.place == "composition":
            return self.composed(subject, values)
        name = spelled(subject)
        offices = self.scope.names.declared("offices")
        office = self.presider(subject) if self.scope.place == "presiding" else None
        if office is not None:
            for value, word in zip(values, words, strict=True):
                if word not in OFFICE_WORDS:
                    near = self.near(word, OFFICE_WORDS)
                    self.fault(
                        value,
                        "office-word",
                        f"{q(word)} is nothing that can be said of {name}{did_you_mean(near)}",
                        f"The words are {listed(OFFICE_WORDS)}.",
                    )
            flags = tuple(Flag(f"{office}.{word}") for word in words)
            return flags[0] if len(flags) == 1 else AnyOf(flags)
        situation = "attendance" if name == "member" else name
        if len(subject.items) == 1 and (situation in self.scope.chain or name == "member"):
            return self.situated(subject, name, situation, values)
        if len(subject.items) == 1 and self.scope.place == "presiding" and name in offices:
            self.fault(
                subject,
                "office-word",
                f"a rule on presiding speaks of the chair and the deputy chair; found {q(name)}",
                "Write chair for the first office that presides here, and deputy-chair for the second.",
            )
            return Flag("")
        if name in OFFICES:
            self.fault(
                subject,
                "office-word",
                f"only a rule on presiding can say that {name} is {words[0]}",
                "Elsewhere a condition speaks of the meeting, the item, the vote or the member.",
            )
            return Flag("")
        found = self.attribute(subject)
        if found is None:
            return Flag("")
        full, kind = found
        if kind.kind != "one-of":
            instead = {
                "yes-no": f"{name}, or not {name}",
                "time": f"{name} before meeting",
                "amount": f"{name} = 1",
            }[kind.kind]
            what = {"yes-no": "holds or does not", "time": "is a time", "amount": "is a number"}[kind.kind]
            self.fault(
                subject,
                "attribute-kind",
                f"{q(name)} {what}; it has no values to choose from",
                f"Write {instead}.",
            )
            return Flag("")
        allowed = self.scope.names.meeting_kinds(self.scope.body) if full == "meeting.kind" else kind.values
        for value, word in zip(values, words, strict=True):
            if word not in allowed:
                near = self.near(word, allowed)
                help = f"Its values are {listed(allowed)}." if 0 < len(allowed) <= 12 else ""
                if full == "meeting.kind":
                    help += " A kind of meeting is declared under meetings: of the body."
                self.fault(
                    value,
                    "unknown-value",
                    f"{q(word)} is no value of {full.replace('.', ' ')}{did_you_mean(near)}",
                    help.strip(),
                )
        return Is(full, words)

    def situated(self, subject: Tree, name: str, situation: str, values: tuple[Tree, ...]) -> Condition:
        """`item is urgent`, `member is absent`."""
        if situation not in self.scope.chain:
            said = self.said(self.scope.chain[0]) if self.scope.chain else "this"
            self.fault(
                subject,
                "situation",
                f"{said} has no single member of whom this could be so",
                "Speak of an attendance, as in about: attendance of the body.",
            )
            return Flag("")
        attributes = self.scope.names.situations[situation].attributes
        flags = []
        for value in values:
            word = spelled(value)
            kind = attributes.get(word)
            if kind is None or kind.kind != "yes-no":
                pool = [n for n, a in attributes.items() if a.kind == "yes-no"]
                near = self.near(word, pool)
                self.unknown(value, situation, word, near, subject=name if name == "member" else None)
            self.used.append(f"{situation}.{word}")
            flags.append(Flag(f"{situation}.{word}"))
        return flags[0] if len(flags) == 1 else AnyOf(tuple(flags))

    def composed(self, subject: Tree, values: tuple[Tree, ...]) -> Condition:
        """Rules on who may sit together: names stand for holders and are kept as they are spelled."""
        names = self.scope.names
        shown = spelled(subject)
        offices = names.pool(("offices", "chairs", "seats"))
        parties = names.pool(("parties", "classes"))
        held = ("party", "holder", "member", *OFFICES)
        for tree in (subject, *values):
            if len(tree.items) > 1 and "(" in spelled(tree):
                function, _, inner = spelled(tree).rstrip(")").partition("(")
                if function not in ("party", "holder"):
                    self.fault(
                        tree,
                        "composition",
                        f"{q(function)} is nothing that an office or a seat has",
                        "Write party(…), the party of a holder.",
                    )
                elif inner not in offices and inner not in OFFICES:
                    near = self.near(inner, offices)
                    self.fault(
                        tree, "unknown-name", f"no office or seat is called {q(inner)}{did_you_mean(near)}"
                    )
        if "(" not in shown and shown not in held and shown not in names.declared("offices"):
            near = self.near(shown, (*held, *names.declared("offices")))
            self.fault(
                subject,
                "composition",
                f"{q(shown)} is no holder{did_you_mean(near)}",
                "Write holder, party, or party(chair).",
            )
        if shown in ("holder", "member") or shown.startswith("holder("):
            people = names.pool(("classes", "offices", "chairs"))
            for value in values:
                word = spelled(value)
                if "(" not in word and word not in people and word not in ("member", "members", *OFFICES):
                    near = self.near(word, people)
                    self.fault(
                        value,
                        "unknown-name",
                        f"no class or office is called {q(word)}{did_you_mean(near)}",
                        "" if near else "Declare it under classes, and say of seats whose holder it is: is.",
                    )
        if shown == "party" or shown.startswith("party("):
            for value in values:
                word = spelled(value)
                if "(" not in word and word not in parties:
                    near = self.near(word, parties)
                    self.fault(
                        value, "unknown-name", f"no party or class is called {q(word)}{did_you_mean(near)}"
                    )
        return Is(shown, tuple(spelled(v) for v in values))

    def compared(self, tree: Tree) -> Condition:
        left, op, right = tree.items
        one, other = self.amount(left), self.amount(right)
        for amount, facing, at in ((one, other, left), (other, one, right)):
            if (
                isinstance(amount, Number)
                and amount.value.denominator > 1
                and not isinstance(facing, Attribute)
            ):
                self.fault(
                    at,
                    "share-of-what",
                    "a share of what?",
                    "Write for example half of members, or 50% of seats.",
                )
        if isinstance(one, Length) != isinstance(other, Length):
            count = other if isinstance(one, Length) else one
            if not isinstance(count, Attribute):
                self.fault(tree, "unlike-amounts", "a number is compared with a length of time")
            elif self.kind(count.name) == "time":
                short = count.name.split(".")[-1]
                length = str(right_text(tree))
                self.fault(
                    right if isinstance(other, Length) else left,
                    "before-or-after",
                    f"{q(short)} is a time; before or after what?",
                    f"Write for example {q(f'{short} at least {length} before meeting')}.",
                )
        else:
            for amount, at in ((one, left), (other, right)):
                if isinstance(amount, Attribute) and self.kind(amount.name) == "time":
                    short = amount.name.split(".")[-1]
                    self.fault(
                        at,
                        "attribute-kind",
                        f"{q(short)} is a time and cannot be compared with a number",
                        f"Write for example {q(short + ' at least 5 days before meeting')}.",
                    )
        return Comparison(one, COMPARE[op.kind], other)

    # times

    def timed(self, event: Tree, op: Compare, length: Tree, way: Tree, anchor: Tree) -> Condition:
        tree = only(length)
        if tree is None or tree.kind != "duration":
            self.fault(length, "length", "a length of time is expected here, such as 5 working days")
            return Flag("")
        return Timed(self.event(event), op, self.length(tree), cast(Way, way.kind), self.anchor(anchor))

    def event(self, tree: Tree) -> str:
        name = only(tree)
        if name is None or name.kind != "name":
            self.fault(tree, "event", "something that happens is expected here, such as papers or notice")
            return ""
        return self.anchor(name)

    def anchor(self, name: Tree) -> str:
        """The full name of a time; `meeting` is the day of the meeting."""
        short = spelled(name)
        if short == "meeting":
            if "meeting" not in self.scope.chain:
                said = self.said(self.scope.chain[0]) if self.scope.chain else "this"
                self.fault(
                    name,
                    "situation",
                    f"{said} belongs to no meeting",
                    "Say part_of: meeting where the situation is declared.",
                )
            return "meeting"
        found = self.attribute(name)
        if found is None:
            return ""
        full, kind = found
        if kind.kind != "time":
            self.fault(
                name, "attribute-kind", f"{q(short)} is no time and cannot lie before or after something"
            )
        return full

    def on_date(self, tree: Tree) -> Condition:
        event = self.event(tree.items[0])
        day = tree.items[1]
        how: Literal["in", "by"] = "in" if tree.kind == "in_date" else "by"
        if day.kind == "iso_date":
            try:
                whole = date.fromisoformat(day.items[0].text)
            except ValueError:
                self.fault(day, "no-such-day", f"there is no {day.items[0].text}")
                return OnDate(event, how, 1)
            result = OnDate(event, how, whole.month, whole.day, whole.year)
        elif day.kind == "month_day":
            number, month = int(day.items[0].text[:MOST_DIGITS]), MONTHS.index(day.items[1].text) + 1
            if not 1 <= number <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
                self.fault(day, "no-such-day", f"there is no {number} {day.items[1].text}")
            result = OnDate(event, how, month, number)
        else:
            result = OnDate(event, how, MONTHS.index(day.items[0].text) + 1)
        if how == "in" and result.day is not None:
            self.fault(day, "month", "a month is expected after in", "Write in May, or no later than 31 May.")
        return result

    # how a decision is carried

    def threshold(self, tree: Tree) -> Threshold:
        body = tree.items[0]
        parts = list(body.items)
        base: Base | None = None
        without: str | None = None
        if parts and isinstance(parts[-1], Tree) and parts[-1].kind == "count":
            at = parts[-1]
            counted = self.count(parts.pop())
            base, without = counted.of, counted.without
            if base == "parties":
                self.fault(
                    at,
                    "votes-of-parties",
                    "a decision is carried by votes, and parties have none beside those of their members",
                    "Give each organisation one vote by a cap, and write members.",
                )
        match body.kind:
            case "consensus" | "no_dissent":
                return Threshold("consensus")
            case "majority":
                return Threshold("share", Fraction(1, 2), True, base=base, without=without)
            case "at_least":
                return Threshold("share", self.share(parts[-1]), base=base, without=without)
            case "more_than":
                share = self.share(parts[0])
                if share == 1:
                    self.fault(parts[0], "share", "nothing is more than the whole")
                return Threshold("share", share, True, base=base, without=without)
            case "all_of":
                return Threshold("all", base=base, without=without)
            case "all_but":
                number = self.number(parts[0].items[0])
                return Threshold("all", number=number, base=base, without=without)
            case "fixed":
                number = self.number(parts[0].items[0])
                return Threshold("count", number=number, base=base, without=without)
            case "plurality":
                return Threshold("plurality")
            case "formula":
                return Threshold("formula", formula=self.condition(body.items[0]))
            case _:
                raise AssertionError(body.kind)

    def frequency(self, tree: Tree) -> Frequency:
        items = tree.items[0].items
        kind = tree.items[0].kind
        if kind == "as_asked":
            return Frequency(0, None)
        if kind == "once":
            return Frequency(1, None)
        if kind == "as_needed":
            return Frequency(0, None, words="as-needed")
        if kind == "regularly":
            return Frequency(0, None, words="regularly")
        if kind in ("each_meeting", "next_meeting"):
            at: Literal["each-meeting", "next-meeting"] = (
                "each-meeting" if kind == "each_meeting" else "next-meeting"
            )
            return Frequency(0, None, at=at, of=self.meeting_of(tree.items[0]))
        unit = cast(Unit, items[-1].text.removesuffix("s"))
        if unit in ("minute", "hour"):
            self.fault(items[-1], "frequency", f"a frequency counts days or longer; found {unit}s")
        times = self.number(items[0].items[0]) if kind in ("per", "per_n") else 1
        units = self.number(items[-2].items[0]) if kind in ("every_n", "per_n") else 1
        if times == 0 or units == 0:
            self.fault(
                tree,
                "frequency",
                "nothing happens 0 times, or every 0 years, by a rule",
                "Leave the key out where the text says nothing.",
            )
            return Frequency(1, unit)
        return Frequency(times, unit, units)

    def meeting_of(self, tree: Tree) -> str | None:
        """The body at whose meetings something happens."""
        known = self.scope.names.declared("bodies")
        if not tree.items:
            own = self.scope.body or (next(iter(known)) if len(known) == 1 else None)
            if own is None:
                self.fault(
                    tree, "whose-meeting", "at a meeting of which body?", "Write at each meeting of NAME."
                )
            return own
        word = spelled(tree.items[0])
        if word not in known:
            near = self.near(word, known)
            self.fault(tree.items[0], "unknown-name", f"no body is called {q(word)}{did_you_mean(near)}")
        return word

    def span(self, tree: Tree) -> Span:
        body = tree.items[0]
        if body.kind == "just":
            number = self.number(body.items[0].items[0])
            return Span(number, number)
        low = self.number(body.items[0])
        high = self.number(body.items[1]) if body.kind == "from_to" else None
        if high is not None and high < low:
            self.fault(tree, "span", f"{low}..{high} goes downwards", f"Write {high}..{low}.")
        return Span(low, high)


__all__ = ["Resolver", "Scope"]
