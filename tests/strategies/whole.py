"""Whole constitutions as files, drawn along the declaration of the language: a key that is declared is drawn,
and a shape of value that nothing here can draw is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from govmodel.loading.build import VERBS, block_class, keys
from govmodel.loading.values import Key, may_be_left
from govmodel.model.vocabulary import BUILT_IN_READINGS, VERSION
from strategies.dice import Dice, number, one_in, some

DECLARED: Mapping[str, tuple[str, ...]] = {
    "classes": ("statutory", "lay"),
    "parties": ("police", "council", "traders", "harbour"),
    "bodies": ("board", "panel", "court"),
    "offices": ("the-chair", "the-deputy", "secretary"),
    "matters": ("dispute", "money", "plan-approval"),
    "situations": ("disclosure",),
    "instruments": ("plan", "report"),
    "norms": tuple(f"n{i}" for i in range(6)),
    "readings": ("vote", "clock"),
}
"""What every drawn constitution declares, so that any name may point to any other."""
OPTIONS = {"vote": ("tie", "always"), "clock": ("early", "late", "never")}
HEADS = (
    "present >= {n}",
    "present(statutory) >= 1 and present >= half of members",
    "parties present >= {n}",
    "parties present(statutory) >= 1",
    "present(police or lay) >= 1 or present > {n}",
    "not present < {n}",
    "present >= greater of ({n} or one third of seats)",
    "present >= lesser of ({n} or two thirds of entitled)",
    "present >= 25% of members plus 1",
    "present >= nearest to half of members",
    "present >= half of members except police",
    "present(council) >= 1 times present(traders)",
    "present(traders) <= {n}",
    "present = {n}",
)
OF_CHAIRS = (
    "chair is absent",
    "chair is vacant or chair is conflicted",
    "chair is late and deputy-chair is present",
    "not chair is present",
    "chair is unwilling",
)
OF_HOLDERS = (
    "party is statutory",
    "party is not council",
    "holder is member",
    "not party is any of (lay or police)",
)
ON_MEETINGS = (
    "open-to-public",
    "not confidential",
    "kind is extraordinary",
    "kind is any of (ordinary or extraordinary)",
    "held and not cancelled",
    "requesters >= {n}",
    "notice at least {n} days before meeting",
    "papers at least {n} working days before meeting",
    "papers no later than {n} clear days before meeting",
    "minutes within {n} working days after meeting",
    "notice before papers",
    "minutes in May",
    "minutes no later than 31 May",
)
ON: Mapping[str, tuple[str, ...]] = {
    "meeting": ON_MEETINGS,
    "item": (
        "urgent",
        "late or addition",
        "matter is dispute",
        "recorded",
        "submitted at least 1 week before meeting",
    ),
    "vote": ("consensus-sought", "for > against", "abstaining <= {n}"),
    "attendance": ("conflicted", "withdraws", "not votes", "absences >= {n}", "declared and absent"),
    "year": ("meetings >= {n}", "consecutive-gaps < {n}"),
    "disclosure": (
        "shared",
        "not secret",
        "purpose is crime",
        "size > {n}",
        "asked within {n} days after told",
    ),
}
ACTS: Mapping[str, tuple[str, ...]] = {
    "meeting": (*ON_MEETINGS[:1], *ON_MEETINGS[2:5], *ON_MEETINGS[6:]),
    "item": ("recorded", "not late", "deferred", "papers at least {n} days before meeting"),
    "vote": ("consensus-sought",),
    "attendance": ("withdraws", "not votes", "declared or absence-notified"),
    "year": ON["year"],
    "disclosure": ON["disclosure"][:1] + ON["disclosure"][4:],
}
"""What somebody whom the text binds chooses."""
CARRIED = (
    "majority", "majority of voting", "majority of present", "consensus", "no dissent", "most votes",
    "at least two thirds of voting", "more than half of members", "all of members", "all but 1 of present",
    "3 of seats", "majority of members except subject", "if for > {n} times against",
)  # fmt: skip
LENGTHS = (
    "2 days",
    "48 hours",
    "5 working days",
    "3 clear days",
    "2 clear working days",
    "1 month",
    "2 years",
    "one quarter",
)
FREQUENCIES = (
    "every year", "every 2 months", "4 per year", "2 per 3 years", "once", "as asked", "as needed",
    "regularly", "at each meeting of board", "at the next meeting of board",
)  # fmt: skip

CONDITIONS: Mapping[str, Sequence[str]] = {
    "Quorum": HEADS, "Inquorate": HEADS, "Decision": HEADS, "Presiding": OF_CHAIRS,
    "CompositionRule": OF_HOLDERS,
    "Route": ("disclosure.shared", "item.urgent and not disclosure.secret"),
    "Step": ("approved before published", "approved no later than 31 May"),
    "Statement": ("seats(board) = {n}", "members(panel) >= {n}"),
}  # fmt: skip
LEFT_TO_LANDSCAPES = frozenset({"landscape", "models", "same", "succeeds"})
"""Keys that join texts, of which each is a file."""
OFTEN = frozenset(
    {"readings", "classes", "parties", "bodies", "offices", "matters", "situations", "instruments",
     "attributes", "meetings", "seats"}
)  # fmt: skip
"""What other blocks point to: declared in every constitution."""
MOST: Mapping[str, int] = {
    "norms": 6,
    "routes": 3,
    "statements": 4,
    "quorum": 2,
    "decisions": 3,
    "presiding": 3,
}


class Whole:
    """One constitution under way."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.ids: list[str] = []
        self.about = "meeting"

    def text(self) -> str:
        made = {"govmodel": VERSION, **self.block("Constitution")}
        made["clauses"] = {"1": "everything that was drawn", "2": self.block("ClauseEntry", "2")}
        return json.dumps(made, indent=1)

    def block(self, cls: str, name: str = "") -> dict[str, Any]:
        """A block of a class with its required keys and some others."""
        made: dict[str, Any] = {}
        if cls == "Norm":
            self.about = self.dice.pick(tuple(ON))
        for key in keys(block_class(cls)).values():
            if cls == "Constitution" and key.name in LEFT_TO_LANDSCAPES | {"clauses"}:
                continue
            wanted = key.required or key.name in OFTEN or one_in(self.dice, 3)
            if wanted and (drawn := self.value(cls, key, name)) is not None:
                made[key.name] = drawn
        if cls in VERBS:
            verb = self.dice.pick(VERBS[cls])
            made[verb] = self.names(("any",))
        if cls not in ("Constitution", "Document", "Layout", "ClauseEntry", "Name"):
            made["clause"] = "1"
            if cls in GATED and one_in(self.dice, 6):
                made["reading"] = self.gate()
            if one_in(self.dice, 12):
                made["note"] = "drawn"
        made = self.sensible(cls, name, made)
        if cls == "Norm" and "id" in made:
            self.ids.append(made["id"])
        return made

    def sensible(self, cls: str, name: str, made: dict[str, Any]) -> dict[str, Any]:
        """Without what the language does not let stand together."""
        for group, exactly in APART.get(cls, ()):
            there = [key for key in group if key in made]
            if there:
                kept = self.dice.pick(there)
                for key in there:
                    if key != kept:
                        del made[key]
            elif exactly:
                chosen = self.dice.pick(group)
                spec = next(k for k in keys(block_class(cls)).values() if k.name == chosen)
                made[chosen] = self.value(cls, spec, name)
        if cls == "Statement" and {"list", "other_list"} & made.keys():
            made |= {"list": ["apples", "pears"], "other_list": ["apples", "plums"]}
        for key, needed in NEEDED.get(cls, {}).items():
            if key in made and not any(other in made for other in needed):
                del made[key]
        if cls == "AttributeBlock":
            made["type"] = TYPES[name]
            if TYPES[name] == "one-of":
                made["values"] = ["crime", "drugs"]
            else:
                made.pop("values", None)
            if "given" in made:
                made.pop("choice_of", None)
        if cls == "Statement" and not {"holds", "list", "stated", "refers_to"} & made.keys():
            made["refers_to"] = "nothing"
        if cls == "Body" and len({"the-chair", "the-deputy"} & _presiders(made)) == 1:
            for link in made["presiding"]:
                if "deputy-chair" in str(link.get("when")):
                    link["when"] = OF_CHAIRS[0]  # no second office presides of which it could speak
        if cls == "Inquorate" and made.get("then") != "adjourn":
            made.pop("resumes", None)
            if "continue" in str(made.get("then")):
                made.pop("second_quorum", None)
                made.pop("second_notice", None)
        if cls == "Norm" and "may" in made:
            made.pop("waived_by", None)
            made.setdefault("limit", self.dice.pick(("yes", "no")))
        how = made.get("how")
        if cls == "Decision" and not (isinstance(how, list) and "writing" in how):
            made.pop("silence", None)
            made.pop("within", None)
        return made

    def gate(self) -> dict[str, Any]:
        reading = self.dice.pick(tuple(OPTIONS))
        return {reading: list(some(self.dice, OPTIONS[reading], low=1, high=len(OPTIONS[reading]) - 1))}

    def value(self, cls: str, key: Key, name: str) -> Any:
        """A value of a key: fixed by the text, or by a reading, or left to somebody."""
        plain = self.plain(cls, key, name)
        if key.holds == "Value" and plain is not None:
            if one_in(self.dice, 8):
                reading = self.dice.pick(tuple(OPTIONS))
                values = {o: self.plain(cls, key, name) for o in OPTIONS[reading]}
                return {"by_reading": reading, **values}
            if one_in(self.dice, 16) and may_be_left(key):
                return {"set_by": self.dice.pick(("board", "the-chair"))}
        return plain

    def plain(self, cls: str, key: Key, name: str) -> Any:
        dice = self.dice
        match key.shape:
            case "sentence":
                return SENTENCES.get((cls, key.name), f"{name or key.name} in words")
            case "sentences":
                return ["Page 1 of 1"]
            case "patterns":
                return {"headings": ["1. Title"], "numbers": ["1.1"], "items": ["(a)"], "footnotes": ["[1]"]}[
                    key.name
                ]
            case "name":
                return self.one_name(cls, key, name)
            case "names":
                return self.many_names(cls, key)
            case "word":
                return (
                    OPTIONS[name][0] if (cls, key.name) == ("Ambiguity", "base") else dice.pick(key.choices)
                )
            case "words":
                return list(some(dice, key.choices, low=1, high=2))
            case "condition":
                return self.condition(
                    cls, act=key.name in ("must", "should", "may", "must_not", "should_not")
                )
            case "carried":
                return self.filled(dice.pick(CARRIED))
            case "length":
                return dice.pick(LENGTHS)
            case "frequency":
                return dice.pick(FREQUENCIES[:4] if cls == "Meetings" else FREQUENCIES)
            case "span":
                return dice.pick(("1", "2", "3", "0..2", "1..", "2..4"))
            case "number":
                return str(number(dice, 1, 3))
            case "votes":
                return dice.pick(("1 vote", "2 votes"))
            case "about":
                body = dice.pick(("", " of board", " of panel")) if self.about == "meeting" else ""
                return self.about + body
            case "date":
                return dice.pick(("2010", "2016-05", "2021-05-31"))
            case "clauses":
                return ["1"] if key.holds and "tuple" in key.inner else "1"
            case "target":
                return dice.pick(("nothing", "1", "plan"))
            case "block":
                return self.block(key.block, name)
            case "blocks":
                if key.name == "meetings":
                    return [self.block(key.block, kind) for kind in ("ordinary", "extraordinary")]
                many = number(dice, 1, MOST.get(key.name, 1))
                return [self.block(key.block, name) for _ in range(many)]
            case "named":
                return {each: self.block(key.block, each) for each in self.declared(key)}
            case "words-by-name" if key.name == "where_silent":
                reading = dice.pick(tuple(BUILT_IN_READINGS))
                return {reading.replace("-", "_"): dice.pick(tuple(BUILT_IN_READINGS[reading].options))}
            case "words-by-name":
                return {each: f"{each} in words" for each in OPTIONS.get(name, ("first",))}
            case "options":
                return {"never": {"vote": ["tie"]}} if name == "clock" else None
            case _:
                raise AssertionError(f"a shape of value that is not drawn: {key.shape}")

    def declared(self, key: Key) -> Sequence[str]:
        return DECLARED.get(key.name, NEW.get(key.name, ("first", "second")))

    def filled(self, text: str) -> str:
        return text.replace("{n}", str(number(self.dice, 1, 3)))

    def condition(self, cls: str, *, act: bool) -> str:
        every = CONDITIONS.get(cls) or (ACTS if act else ON)[self.about]
        one = self.filled(self.dice.pick(every))
        if one_in(self.dice, 4):
            return f"({one}) {self.dice.pick(('and', 'or'))} ({self.filled(self.dice.pick(every))})"
        return f"not ({one})" if one_in(self.dice, 8) else one

    def one_name(self, cls: str, key: Key, name: str) -> str | None:
        if (cls, key.name) in FREE:
            return self.dice.pick(FREE[cls, key.name])
        if (cls, key.name) == ("Norm", "id"):
            return f"n{len(self.ids) + 1}"
        if (cls, key.name) == ("Meetings", "kind"):
            return name
        if (cls, key.name) in LATER:
            return LATER[cls, key.name].get(name)
        pool = self.pool(key.refers)
        return self.dice.pick(pool) if pool else None

    def many_names(self, cls: str, key: Key) -> Any:
        if (cls, key.name) in FREE:
            return list(some(self.dice, FREE[cls, key.name], low=1, high=2))
        return self.names(key.refers)

    def names(self, refers: Sequence[str]) -> list[str] | None:
        pool = self.pool(refers)
        return list(some(self.dice, pool, low=1, high=2)) if pool else None

    def pool(self, refers: Sequence[str]) -> Sequence[str]:
        found: list[str] = []
        for heading in refers:
            if heading == "any":
                found += [n for h in ("bodies", "offices", "parties", "classes") for n in DECLARED[h]]
                found += ["members", "public"]
            elif heading == "norms":
                found += self.ids
            else:
                found += POOLS.get(heading, DECLARED.get(heading, ()))
        return tuple(dict.fromkeys(found))


GATED = frozenset(
    {"Seat", "Cap", "Quorum", "Inquorate", "Decision", "Presiding", "Meetings", "Interest", "StandIn", "Norm",
     "Route", "CompositionRule", "Membership"}
)  # fmt: skip
SENTENCES: Mapping[tuple[str, str], str] = {
    ("Document", "source"): "drawn.txt", ("Document", "id"): "drawn",
    ("ClauseEntry", "text"): "0123456789abcdef",
}  # fmt: skip
NEW: Mapping[str, Sequence[str]] = {
    "seats": ("chairs", "others"), "attributes": ("shared", "secret", "purpose", "size", "asked", "told"),
    "called": ("the board", "the group"), "also": ("the scheme",), "contains": ("a budget",),
}  # fmt: skip
POOLS: Mapping[str, Sequence[str]] = {
    "builtin": ("members", "chair", "body"), "chairs": ("board.chair",), "seats": ("chairs", "others"),
    "norms": ("n1", "n2"), "models": (),
}  # fmt: skip
FREE: Mapping[tuple[str, str], Sequence[str]] = {
    ("Meetings", "kind"): ("ordinary", "extraordinary"),
    ("Norm", "over"): ("kind",),
    ("AttributeBlock", "values"): ("crime", "drugs"),
    ("Statement", "list"): ("apples", "pears"),
    ("Statement", "other_list"): ("apples", "plums"),
    ("Situation", "part_of"): ("meeting",),
    ("Decision", "matter"): ("any", "dispute", "money"),
    ("Presiding", "who"): ("the-chair", "the-deputy", "agreed"),
    ("Seat", "ex_officio"): ("the-chair", "board.chair"),
}
MARKS = {"headings": ["1. Title"], "numbers": ["1.1"], "items": ["(a)"], "footnotes": ["[1]"]}
TYPES = {
    "shared": "yes-no", "secret": "yes-no", "purpose": "one-of", "size": "amount", "asked": "time",
    "told": "time",
}  # fmt: skip
LATER: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("Instrument", "after"): {"report": "plan"},
    ("Party", "successor"): {"police": "council"},
    ("Party", "part_of"): {"traders": "harbour"},
    ("Matter", "kind_of"): {"money": "plan-approval"},
}
"""References that may not run in a circle."""
APART: Mapping[str, Sequence[tuple[Sequence[str], bool]]] = {
    "Norm": (
        (("must", "may", "must_not", "should", "should_not"), True),
        (("overrides", "subject_to", "changes", "otherwise"), False),
    ),
    "Seat": ((("party", "for_each", "nominated_by", "ex_officio"), False),),
    "Cap": ((("each", "together"), True),),
    "Membership": ((("joins", "leaves"), True),),
}
"""Keys of which one at most stands in a block; True: exactly one."""
NEEDED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "Meetings": {"then": ("on_request_of",), "requesters": ("on_request_of",), "consults": ("cancelled_by",)},
    "Statement": {"inside": ("list",), "listed": ("stated",), "stated": ("listed",)},
    "Norm": {"by": ("unless",), **dict.fromkeys(("limit", "over", "changes", "if_agreed_by"), ("may",))},
}
"""Keys that say something only beside one of others."""


def _presiders(body: Mapping[str, Any]) -> set[str]:
    """Who presides by the rules of a body, where no reading moves them; else nobody."""
    links = body.get("presiding", [])
    if any("reading" in link or not isinstance(link["who"], str) for link in links):
        return set()
    return {link["who"] for link in links}


def whole(dice: Dice) -> str:
    """The text of a model file."""
    return Whole(dice).text()
