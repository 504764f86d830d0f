"""Amounts in sentences, and the names in them, resolved in the place where the sentence stands."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import Literal, TypeAlias, cast

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.loading.expressions import Fault, Token, Tree
from govmodel.loading.messages import Near, canonical, did_you_mean, listed, q
from govmodel.loading.names import STEP_EVENTS, Names, where
from govmodel.model.expressions import (
    Amount,
    Attribute,
    Base,
    Compare,
    Count,
    Counting,
    Length,
    Number,
    Pick,
    Share,
    Sum,
    Times,
    Unit,
)
from govmodel.model.vocabulary import AttributeType

Place: TypeAlias = Literal["case", "presiding", "composition", "step", "route"]

WORDS = {
    w: n + 1
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
COMPARE: dict[str, Compare] = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "eq": "="}
MOST_DIGITS = 9
OFFICES = ("chair", "deputy-chair")


@dataclass(frozen=True)
class Scope:
    """What the names in a sentence can mean: `chain` are the situations, nearest first."""

    names: Names
    place: Place = "case"
    chain: tuple[str, ...] = ("vote", "item", "meeting")
    body: str | None = None


@dataclass()
class Amounts:
    """Reads amounts; `faults` gathers what is wrong with them."""

    scope: Scope
    near: Near
    here: Mark
    faults: list[Fault] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    """Full names of the attributes that were met."""

    def fault(self, tree: Tree | Token, code: str, message: str, help: str = "") -> None:
        self.faults.append(Fault(tree.start, code, message, help))

    # amounts

    def amount(self, tree: Tree) -> Amount:
        if tree.kind == "amount" and len(tree.items) > 1:
            plus, minus = [self.amount(tree.items[0])], list[Amount]()
            for sign, term in zip(tree.items[1::2], tree.items[2::2], strict=True):
                (plus if sign.kind == "plus" else minus).append(self.amount(term))
            return Sum(tuple(plus), tuple(minus))
        items = tree.items
        match tree.kind:
            case "amount":
                return self.amount(items[0])
            case "number":
                return Number(Fraction(self.number(items[0])))
            case "duration":
                return self.length(tree)
            case "plain_share":
                return Number(self.share(items[0]))
            case "share_of" | "nearest":
                return Share(self.share(items[0]), self.count(items[1]), tree.kind == "nearest")
            case "greater":
                return Pick("greater", self.amount(items[0]), self.amount(items[1]))
            case "lesser":
                return Pick("lesser", self.amount(items[0]), self.amount(items[1]))
            case "times":
                return Times(Fraction(self.number(items[0].items[0])), self.amount(items[1]))
            case "count" | "counted" | "parties":
                return self.count(tree)
            case "name":
                found = self.attribute(tree)
                if found is not None and found[1].kind in ("yes-no", "one-of"):
                    self.fault(
                        tree, "attribute-kind", f"{q(spelled(tree))} is no number and cannot be compared"
                    )
                return Attribute(found[0] if found else "")
            case _:
                raise AssertionError(tree.kind)

    def number(self, token: Token) -> int:
        if token.text in WORDS:
            return WORDS[token.text]
        if len(token.text) > MOST_DIGITS:
            self.fault(token, "number", "this number is too large")
            return 0
        return int(token.text)

    def share(self, tree: Tree) -> Fraction:
        if tree.kind == "half":
            return Fraction(1, 2)
        text = tree.items[0].text
        if tree.kind == "part":
            share = Fraction(WORDS[text], PARTS[tree.items[1].text.removesuffix("s")])
        elif tree.kind == "percent":
            digits = text.rstrip("% cent").removesuffix("per").strip()
            if len(digits) > MOST_DIGITS:
                self.fault(tree, "number", "this number is too long")
                return Fraction(1)
            share = Fraction(digits) / 100
        else:
            top, _, bottom = text.partition("/")
            if max(len(top), len(bottom)) > MOST_DIGITS or int(bottom) == 0:
                self.fault(tree, "share", f"{q(text)} is no share")
                return Fraction(1)
            share = Fraction(int(top), int(bottom))
        if share > 1:
            self.fault(
                tree,
                "share",
                f"{q(text if tree.kind != 'part' else text + ' ' + tree.items[1].text)} "
                "is more than the whole",
                "For more than once something write 3 times ….",
            )
        elif share == 0:
            self.fault(tree, "share", "a share of nothing can never fail; leave it out")
        return share

    def count(self, tree: Tree) -> Count:
        if tree.kind == "parties":
            return self.parties(tree)
        of = canonical(tree.items[0].text.replace(" ", "-"))
        base = cast(Base, of)
        if tree.kind == "counted":
            return Count(base, tuple(self.group(g) for g in tree.items[1:]))
        without = tree.items[1].items[0] if len(tree.items) > 1 else None
        return Count(base, (), self.excepted(without))

    def parties(self, tree: Tree) -> Count:
        """`parties present(council)`: how many organisations, and not how many people."""
        first, second, *groups = tree.items
        if first.text != "parties" or second.text == "parties":
            self.fault(
                tree,
                "two-bases",
                f"{q(first.text)} and {q(second.text)} are two numbers, and one is expected here",
                "To count organisations and not people, write parties present.",
            )
        of = cast(Base, canonical(second.text.replace(" ", "-")))
        return Count(of, tuple(self.group(g) for g in groups), parties=True)

    def excepted(self, name: Tree | None) -> str | None:
        if name is None:
            return None
        word = spelled(name)
        pool = self.scope.names.pool(
            ("parties", "classes", "bodies", "offices", "builtin", "chairs", "seats")
        )
        self.known(name, word, pool)
        return word

    def group(self, name: Tree) -> str:
        word = spelled(name)
        self.known(name, word, self.scope.names.pool(("classes", "parties", "bodies", "seats")))
        return word

    def known(self, name: Tree, word: str, pool: dict[str, tuple[str, Mark | None]]) -> None:
        if word in pool or self.scope.names.lost(word):
            return
        near = self.near(word, pool)
        said = ""
        if near:
            heading, mark = pool[near]
            said = f'; did you mean {heading}"{near}"{where(mark, self.here)}?'
        self.fault(name, "unknown-name", f"no class, party, body or seat is called {q(word)}{said}")

    def length(self, tree: Tree) -> Length:
        number = self.number(tree.items[0])
        unit = cast(Unit, tree.items[-1].text.removesuffix("s"))
        counting: Counting = "calendar"
        if len(tree.items) == 3:
            counting = cast(Counting, tree.items[1].kind.replace("_", "-"))
        if counting not in ("calendar",) and unit != "day":
            self.fault(
                tree,
                "length",
                f"only days can be {counting.replace('-', ' ')}; found {unit}s",
                "Write the number of days.",
            )
        return Length(number, unit, counting)

    def kind(self, full: str) -> str:
        situation, _, name = full.rpartition(".")
        if situation == "instrument":
            return "time"
        info = self.scope.names.situations.get(situation)
        return info.attributes[name].kind if info and name in info.attributes else ""

    # names

    def said(self, situation: str) -> str:
        info = self.scope.names.situations.get(situation)
        return info.says if info else f"a {situation}"

    def attribute(self, tree: Tree) -> tuple[str, AttributeType] | None:
        """The full name and the type of an attribute of the nearest situation that has it."""
        word = spelled(tree)
        if "(" in word:
            self.fault(tree, "attribute", f"{q(word)} is understood only in rules on who may sit together")
            return None
        chain = list(self.scope.chain)
        if "." in word:
            first, _, word = word.rpartition(".")
            if first not in chain:
                near = self.near(first, chain)
                self.fault(
                    tree,
                    "situation",
                    f"no {q(first)} belongs to "
                    f"{self.said(chain[0]) if chain else 'this'}{did_you_mean(near)}",
                )
                return None
            chain = [first]
        if self.scope.place == "step" and word in STEP_EVENTS:
            return f"instrument.{word}", AttributeType("time", None, "")
        situations = self.scope.names.situations
        if self.scope.place == "route":
            having = [s for s in chain if s in situations and word in situations[s].attributes]
            if len(having) > 1:
                both = listed([self.said(s) for s in having], "and")
                help = f"Write {q(f'{having[0]}.{word}')}, or another."
                self.fault(tree, "whose-attribute", f"{both} have an attribute {q(word)}", help)
                return None
        for situation in chain:
            info = situations.get(situation)
            if info and word in info.attributes:
                full = f"{situation}.{word}"
                self.used.append(full)
                return full, info.attributes[word]
        known = {
            name: situation
            for situation in reversed(chain)
            for name in (situations[situation].attributes if situation in situations else {})
        }
        if self.scope.place == "step":
            known |= dict.fromkeys(STEP_EVENTS, "instrument")
        near = self.near(word, known)
        self.unknown(tree, chain[0] if chain else "", word, near, known.get(near or ""))
        return None

    def unknown(
        self, tree: Tree, situation: str, word: str, near: str | None, owner: str | None = None,
        subject: str | None = None,
    ) -> None:  # fmt: skip
        said = f"a {subject}" if subject else self.said(situation) if situation else "this"
        hint = ""
        if near:
            info = self.scope.names.situations.get(owner or situation)
            kind = info.attributes.get(near) if info else None
            words = kind.says if kind else ""
            if words and kind and kind.kind == "time":
                words = f"when {words}"
            hint = f'; did you mean "{near}"{f" ({words})" if words else ""}?'
        self.fault(
            tree,
            "unknown-attribute",
            f"{said} has no attribute {q(word)}{hint}",
            f"To add one, declare it under situations: {situation}." if situation else "",
        )


def spelled(tree: Tree) -> str:
    """A name as it is written, hyphens for underscores: `party(chair)`, `meeting.kind`."""
    tokens = [canonical(t.text) for t in tree.items]
    if len(tokens) == 1:
        return tokens[0]
    # The dots and brackets are not kept, so look at how far apart the parts end.
    last = tree.items[-1]
    called = tree.end > last.end
    return f"{'.'.join(tokens[:-1])}({tokens[-1]})" if called else ".".join(tokens)


def only(tree: Tree) -> Tree | None:
    """The one term of an amount."""
    while tree.kind == "amount":
        if len(tree.items) != 1:
            return None
        tree = tree.items[0]
    return tree


def right_text(tree: Tree) -> str:
    term = only(tree.items[2])
    if term is None or term.kind != "duration":
        return "5 days"
    words = [i.text if isinstance(i, Token) else i.kind.replace("_", " ") for i in term.items]
    return " ".join(words)
