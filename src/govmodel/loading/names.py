"""Everything that a model declares, gathered before anything in it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import TypeAlias

from govmodel.dataclass import dataclass, replace
from govmodel.errors import Mark
from govmodel.loading.messages import Problems, canonical, listed, q
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, pairs
from govmodel.model.vocabulary import BUILT_IN_READINGS, NAMES, NOTHING, SITUATIONS, AttributeType, Kind

KINDS = {
    "classes": "the class",
    "parties": "the party",
    "bodies": "the body",
    "offices": "the office",
    "matters": "the matter",
    "situations": "the situation",
    "instruments": "the instrument",
    "readings": "the reading",
    "norms": "the norm",
    "seats": "the seat",
    "models": "the model",
}
ACTORS = ("classes", "parties", "bodies", "offices", "instruments")
"""Headings whose names may stand in one place, so that a name may be declared under one of them only."""

ROLES = frozenset(
    attribute.chosen_by
    for situation in SITUATIONS.values()
    for attribute in situation.attributes.values()
    if attribute.chosen_by
) - {"secretariat"}
"""Roles of built-in situations. A secretariat is an office, and there only if the text has one."""

LONGEST_CHAIN = 10

STEP_EVENTS = (
    "prepared",
    "consulted",
    "considered",
    "agreed",
    "approved",
    "published",
    "sent",
    "reviewed",
    "kept",
)
"""What a condition on a step of an instrument may speak of."""


@dataclass(frozen=True)
class SituationInfo:
    says: str
    part_of: str | None
    attributes: dict[str, AttributeType]


Pool: TypeAlias = dict[str, tuple[str, Mark | None]]


@dataclass()
class Names:
    """What is declared where. Names are canonical; clause references are as written."""

    headings: dict[str, dict[str, Mark]] = field(default_factory=dict)
    seats: dict[str, dict[str, Mark]] = field(default_factory=dict)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    presiders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The offices whose holders preside over each body, in order, where no reading moves them."""
    situations: dict[str, SituationInfo] = field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    index: dict[str, Mark] = field(default_factory=dict)
    norms: dict[str, Mark] = field(default_factory=dict)
    body_kinds: dict[str | None, tuple[str, ...]] = field(default_factory=dict)
    pools: dict[tuple[str, ...], Pool] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Short names of models that cannot be read: nothing is known of the names in them."""

    def declared(self, heading: str) -> dict[str, Mark]:
        return self.headings.get(heading, {})

    def chain(self, situation: str) -> tuple[str, ...]:
        """The situation and those that it is part of, nearest first."""
        chain: list[str] = []
        current: str | None = situation
        while current and current not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(current)
            info = self.situations.get(current)
            current = info.part_of if info else None
        return tuple(chain)

    def pool(self, refers: tuple[str, ...]) -> Pool:
        """Every name that may stand in a place, with what it is called and where it is declared."""
        if refers not in self.pools:
            self.pools[refers] = self._pool(refers)
        return self.pools[refers]

    def _pool(self, refers: tuple[str, ...]) -> Pool:
        found: Pool = {}

        def take(heading: str) -> None:
            if heading == "builtin":
                for name in NAMES:
                    found.setdefault(name, ("", None))
            elif heading == "chairs":
                for name, mark in self.declared("bodies").items():
                    found.setdefault(f"{name}.chair", ("", mark))
            elif heading == "holders":
                # The organisation of whoever holds an office, and the members of one body.
                offices = (
                    "chair",
                    *self.declared("offices"),
                    *(f"{b}.chair" for b in self.declared("bodies")),
                )
                for name in offices:
                    found.setdefault(f"party({name})", ("", None))
                for name, mark in self.declared("bodies").items():
                    found.setdefault(f"{name}.member", ("", mark))
                    found.setdefault(f"{name}.members", ("", mark))
            elif heading == "seats":
                for each in self.seats:
                    for name, mark in self.seats[each].items():
                        # A seat on a body of another model is named with its body.
                        found.setdefault(f"{each}.{name}" if "." in each else name, ("the seat ", mark))
            elif heading == "norms":
                for name, mark in self.norms.items():
                    found.setdefault(name, ("the norm ", mark))
            elif heading == "any":
                for each in (*ACTORS, "seats", "builtin", "chairs", "holders"):
                    take(each)
                for name in ROLES:
                    found.setdefault(name, ("", None))
            else:
                for name, mark in self.declared(heading).items():
                    found.setdefault(name, (KINDS[heading] + " ", mark))
                if heading == "situations":
                    for name in SITUATIONS:
                        found.setdefault(name, ("", None))

        for heading in refers:
            take(heading)
        return found

    def meeting_kinds(self, body: str | None) -> tuple[str, ...]:
        """The kinds of meeting that a body has; of every body where none is named."""
        if body in self.body_kinds:
            return self.body_kinds[body]
        bodies = [body] if body else list(self.kinds)
        kinds = [*SITUATIONS["meeting"].attributes["kind"].values]
        kinds += self.situations["meeting"].attributes["kind"].values if "meeting" in self.situations else ()
        for each in bodies:
            kinds += self.kinds.get(each, ())
        self.body_kinds[body] = tuple(dict.fromkeys(kinds))
        return self.body_kinds[body]

    def join(self, short: str, other: Names) -> None:
        """Take in the names of a model that this one calls `short`: `short.name`, clauses `short:ref`."""

        def far(name: str) -> str:
            return f"{short}.{name}"

        for heading in KINDS:
            known = self.headings.setdefault(heading, {})
            for name, mark in other.declared(heading).items():
                if heading != "situations" or name not in SITUATIONS:
                    known[far(name)] = mark
        self.seats |= {far(body): seats for body, seats in other.seats.items()}
        self.kinds |= {far(body): kinds for body, kinds in other.kinds.items()}
        self.options |= {far(name): options for name, options in other.options.items()}
        self.norms |= {far(name): mark for name, mark in other.norms.items()}
        self.index |= {f"{short}:{ref}": mark for ref, mark in other.index.items()}
        self.unread |= {far(name) for name in other.unread}
        for name, info in other.situations.items():
            if name not in SITUATIONS:
                part_of = info.part_of if info.part_of in (None, *SITUATIONS) else far(info.part_of or "")
                self.situations[far(name)] = replace(info, part_of=part_of)
        matters = (far(name) for name in other.declared("matters"))
        item = self.situations["item"]
        item.attributes["matter"] = _also(item.attributes["matter"], matters)

    def lost(self, name: str) -> bool:
        """Whether this is a name or a clause of a model that cannot be read."""
        return any(name.startswith((f"{short}.", f"{short}:")) for short in self.unread)


def _also(attribute: AttributeType, values: Iterable[str]) -> AttributeType:
    return replace(attribute, values=tuple(dict.fromkeys((*attribute.values, *values))))


def child(node: Node | None, key: str) -> Node | None:
    """The value under a key, whatever else may be wrong with the block."""
    if isinstance(node, Mapping):
        for name, value in node.entries:
            if canonical(name.text) == canonical(key):
                return value
    return None


def text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def items(node: Node | None) -> list[Node]:
    if isinstance(node, Sequence):
        return list(node.items)
    return [] if node is None else [node]


def gather(headings: dict[str, list[Node]], problems: Problems) -> Names:
    """Names of a model whose headings have these nodes (several where files are included)."""
    names = Names()
    for heading in KINDS:
        known = names.headings.setdefault(heading, {})
        for node in headings.get(heading, []):
            for key, _ in pairs(node):
                known.setdefault(canonical(key.text), key.mark)
    _clash(names, problems)
    for node in headings.get("bodies", []):
        for key, body in pairs(node):
            name = canonical(key.text)
            names.seats[name] = {canonical(k.text): k.mark for k, _ in pairs(child(body, "seats"))}
            kinds = [canonical(text(child(m, "kind"))) for m in items(child(body, "meetings"))]
            names.kinds[name] = tuple(k for k in kinds if k)
            order = _presiders(names, items(child(body, "presiding")))
            if order is not None:
                names.presiders[name] = order
    for node in headings.get("readings", []):
        for key, reading in pairs(node):
            options = tuple(canonical(k.text) for k, _ in pairs(child(reading, "options")))
            names.options.setdefault(canonical(key.text), options)
    for node in headings.get("clauses", []):
        for key, _ in pairs(node):
            names.index.setdefault(key.text.strip(), key.mark)
    for node in headings.get("norms", []):
        for norm in items(node):
            id_ = child(norm, "id")
            if isinstance(id_, Scalar):
                names.norms.setdefault(canonical(id_.text), id_.mark)
    _situations(names, headings.get("situations", []))
    return names


def _presiders(names: Names, chain: list[Node]) -> tuple[str, ...] | None:
    """The offices in a chain of presiding, in order; None: it depends on a reading who they are."""
    order = []
    for link in chain:
        who = child(link, "who")
        if not isinstance(who, Scalar) or child(link, "reading") is not None:
            return None
        order.append(canonical(who.text))
    return tuple(dict.fromkeys(name for name in order if name in names.declared("offices")))


def _clash(names: Names, problems: Problems) -> None:
    seen: dict[str, tuple[str, Mark]] = {}
    for heading in (*ACTORS, "models"):
        for name, mark in names.declared(heading).items():
            office = heading == "offices" and name in ("chair", "deputy-chair")
            if name in (*NAMES, NOTHING) and not office:
                problems.add(
                    mark,
                    "name-taken",
                    f"{q(name)} is a word of the language and cannot be declared",
                    "Choose another name.",
                )
            elif name in seen:
                kind, first = seen[name]
                problems.add(
                    mark,
                    "name-twice",
                    f"{KINDS[heading]} {q(name)} has the name of {kind} at line {first.line}",
                    "Both may stand in one place, so each needs a name of its own.",
                )
            else:
                seen[name] = (KINDS[heading], mark)
    for name, mark in names.declared("readings").items():
        if name in BUILT_IN_READINGS:
            problems.add(
                mark, "name-taken", f"{q(name)} is a built-in reading", "Set its base under where_silent."
            )


def _situations(names: Names, nodes: list[Node]) -> None:
    for name, built_in in SITUATIONS.items():
        names.situations[name] = SituationInfo(built_in.says, built_in.part_of, dict(built_in.attributes))
    for node in nodes:
        for key, block in pairs(node):
            name = canonical(key.text)
            part_of = canonical(text(child(block, "part_of"))) or None
            own = names.situations.get(name)
            info = own or SituationInfo(text(child(block, "name")) or f"a {name}", part_of, {})
            for attribute, declared in pairs(child(block, "attributes")):
                info.attributes[canonical(attribute.text)] = _attribute(declared)
            names.situations[name] = info
    meeting = names.situations["meeting"]
    kind = meeting.attributes["kind"]
    base = SITUATIONS["meeting"].attributes["kind"].values
    declared_kinds = tuple(k for k in kind.values if k not in base)
    meeting.attributes["kind"] = replace(kind, kind="one-of", values=(*base, *declared_kinds))
    item = names.situations["item"]
    matters = tuple(names.declared("matters"))
    matter = item.attributes["matter"]
    item.attributes["matter"] = _also(replace(matter, kind="one-of"), matters)


def _attribute(node: Node) -> AttributeType:
    words: dict[str, Kind] = {"yes-no": "yes-no", "one-of": "one-of", "amount": "amount", "time": "time"}
    kind = words.get(canonical(text(child(node, "type"))), "yes-no")
    values = tuple(canonical(text(v)) for v in items(child(node, "values")))
    given = text(child(node, "given")) == "yes"
    by = canonical(text(child(node, "choice_of"))) or (None if given else "anyone")
    return AttributeType(kind, by, text(child(node, "says")), values)


def where(mark: Mark | None, here: Mark) -> str:
    if mark is None:
        return ""
    return f" (line {mark.line})" if mark.file == here.file else f" ({mark.file}, line {mark.line})"


def headings_in_words(refers: tuple[str, ...]) -> str:
    words = {
        "classes": "a class", "parties": "a party", "bodies": "a body", "offices": "an office",
        "matters": "a matter", "situations": "a situation", "instruments": "an instrument",
        "seats": "a seat", "norms": "the id of a norm", "chairs": "the chair of a body",
        "models": "the short name of a model",
    }  # fmt: skip
    known = [words[r] for r in refers if r in words]
    return listed(known) or "a party, class, body, office or seat"
