"""Nodes to a Constitution, driven by the dataclasses that declare the language."""

from __future__ import annotations

from collections.abc import Sequence as Items
from dataclasses import fields
from functools import cache
from typing import Any

from govmodel.errors import Mark
from govmodel.loading import rules
from govmodel.loading.conditions import Scope
from govmodel.loading.messages import canonical, did_you_mean, listed, q, with_article
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, kind_of
from govmodel.loading.reader import NAME, Around, Reader, comma, inside
from govmodel.loading.values import Asked, Key, value
from govmodel.model import constitution as language
from govmodel.model.constitution import About, ClauseEntry, Constitution, Norm, Plain
from govmodel.model.vocabulary import ROUTE_VERBS, STEP_VERBS

NOUNS = {
    "Document": "document", "Layout": "layout",
    "Ambiguity": "reading", "PartyClass": "class", "Party": "party", "Seat": "seat",
    "Cap": "cap", "CompositionRule": "rule", "Quorum": "quorum", "Inquorate": "rule on inquorate meetings",
    "Decision": "rule on decisions", "Presiding": "rule on presiding", "Meetings": "rule on meetings",
    "Interest": "rule on interests", "StandIn": "rule on stand-ins", "Membership": "rule on membership",
    "Body": "body", "Name": "other name", "Chosen": "way of choosing",
    "Departure": "way of leaving office", "Office": "office", "Matter": "matter",
    "AttributeBlock": "attribute", "Situation": "situation", "Step": "step", "Instrument": "instrument",
    "Norm": "norm", "Route": "route", "Statement": "statement", "Same": "join", "Succession": "succession",
    "ClauseEntry": "clause",
    "Constitution": "model",
}  # fmt: skip

NOTATION: dict[str, set[str] | None] = {
    "Document": None,
    "Layout": None,
    "ClauseEntry": None,
    "Constitution": None,
    "AttributeBlock": None,
    "Matter": None,
    "PartyClass": {"name"},
    "Party": {"name", "sector", "successor"},
    "Situation": {"name", "part_of", "attributes"},
    "Instrument": {"name", "kind", "external", "also", "steps"},
    "Body": {
        *("name", "external", "called", "seats", "caps", "rules", "quorum", "inquorate", "decisions"),
        *("presiding", "meetings", "interests", "standins", "membership"),
    },
    "Office": {"name", "chosen", "must_be", "resigns", "removed"},
}
"""Keys that say nothing about the text: a block with no other needs no clause. None: never needs one."""

VERBS: dict[str, tuple[str, ...]] = {"Route": ROUTE_VERBS, "Step": STEP_VERBS}
COMMON = ("clause", "reading", "note", "left_aside")
_COMMON = frozenset(canonical(name) for name in COMMON)
_SPOKEN = frozenset({"condition", "carried", "length", "frequency", "span"})
"""Shapes of keys whose values are sentences of the small language."""


def keys(cls: type[Any]) -> dict[str, Key]:
    """The keys of a block by their canonical names."""
    return _keys(cls.__name__)


@cache
def _keys(name: str) -> dict[str, Key]:
    found = {}
    for field in fields(block_class(name)):
        meta = field.metadata
        if not meta:
            continue
        shown = "clauses" if field.name == "clauses_index" else field.name.rstrip("_")
        kind = str(field.type)
        holds = next((h for h in ("Plain", "Value") if kind.startswith(h + "[")), "")
        inner = kind[len(holds) + 1 : kind.rindex("]")] if holds else kind
        found[canonical(shown)] = Key(
            field.name,
            shown,
            meta["shape"],
            meta["says"],
            meta["choices"],
            meta["block"],
            meta["refers"],
            meta["required"],
            meta["example"],
            holds,
            inner,
            meta["left"],
        )
    return found


def block_class(name: str) -> type[Any]:
    found = getattr(language, name)
    assert isinstance(found, type)
    return found


@cache
def _speaks(cls: str) -> bool:
    """Whether a block of this class has sentences of the small language."""
    return any(key.shape in _SPOKEN for key in _keys(cls).values())


@cache
def _required(cls: str) -> tuple[tuple[str, Key], ...]:
    return tuple((name, key) for name, key in _keys(cls).items() if key.required)


def scopes(reader: Reader, cls: str, around: Around, about: Items[About] = ()) -> tuple[Scope, ...]:
    """What the names in the conditions of a block can mean."""
    if not _speaks(cls):
        return ()
    names, body = reader.names, around.body
    if cls == "Norm":
        return tuple(Scope(names, chain=names.chain(a.situation), body=a.body) for a in about)
    if cls == "CompositionRule":
        return (Scope(names, "composition", (), body),)
    if cls == "Presiding":
        return (Scope(names, "presiding", body=body),)
    if cls == "Route":
        return (Scope(names, "route", tuple(names.situations), body),)
    if cls == "Step":
        return (Scope(names, "step", body=body),)
    return (Scope(names, body=body),)


def block(
    reader: Reader, cls: type[Any], node: Node, around: Around, mark: Mark | None = None, **given: Any
) -> Any:
    """A block of this class; None when it is no block at all."""
    kind = cls.__name__
    what = NOUNS[kind]
    if not isinstance(node, Mapping):
        found = kind_of(node)
        reader.problems.add(
            mark or node.mark,
            "wrong-type",
            f"{found} was found where the keys of {with_article(what)} are expected",
        )
        return None
    known = _keys(kind)
    verbs = VERBS.get(kind, ())
    entries = {name: (key, child) for name, key, child in reader.entries(node, "the key")}
    at = mark or node.mark
    clauses, gate = around.clauses, around.gate
    common: dict[str, Any] = {}
    if "clause" in entries and cls not in (ClauseEntry, Constitution):
        clauses = reader.clauses(
            entries["clause"][1], f"the {what}", rests=kind not in ("Ambiguity", "Document")
        )
        clauses = clauses or ("",)
    if "reading" in entries and cls not in (ClauseEntry, Constitution):
        gate = reader.gate(entries["reading"][1], around.gate)
    for field, name in (("note", "note"), ("left_aside", "left-aside")):
        if name in entries:
            common[field] = reader.text(entries[name][1], "a sentence")
    excused = around.excused or _needs_clause(reader, kind, at, entries, clauses)
    own = Around(clauses, gate, around.body, excused)
    values: dict[str, Any] = dict(given)
    strange = False
    about: tuple[About, ...] = ()
    if cls is Norm and "about" in entries:
        spoken = value(reader, entries["about"][1], Asked(known["about"], own))
        about = Norm(at=at, about=spoken).abouts
        values["about"] = spoken
    own_scopes = scopes(reader, kind, own, about)
    used: dict[str, list[str]] = {}
    found_verbs = []
    for name, (key, child) in entries.items():
        spec = known.get(name)
        if spec is not None:
            if spec.field in values:
                continue
            met = used.setdefault(spec.field, [])
            if cls is Norm and not about and spec.shape == "condition":
                continue
            read = read_key(reader, spec, key, child, own, own_scopes, met)
            if read is not None:
                values[spec.field] = read
        elif name.replace("-", "_") in verbs:
            found_verbs.append(name.replace("-", "_"))
            if len(found_verbs) == 1:
                values |= receivers(reader, name.replace("-", "_"), child)
        elif name not in _COMMON or cls in (ClauseEntry, Constitution):
            if name == "left-aside" or (name == "note" and cls is ClauseEntry):
                continue
            strange = True
            if comma(key, child, node, known=False):
                reader.comma(key)
                continue
            pool = [k.name for k in known.values()] + [*COMMON, *verbs]
            near = reader.problems.near(name.replace("-", "_"), pool)
            reader.problems.add(
                key.mark,
                "unknown-key",
                f"{with_article(what)} has no key {q(key.text)}{did_you_mean(near)}",
                "" if near else f"{_dash(kind, child, values)}Its keys are {listed(sorted(pool))}.",
            )
    if verbs and len(found_verbs) != 1 and not (strange and not found_verbs):
        _verbs(reader, at, what, found_verbs, verbs)
    for name, spec in _required(kind):
        if name not in entries and not strange and spec.field not in given:
            reader.problems.add(at, "missing-key", f"this {what} has no {spec.name}: {spec.says}")
    result = cls(at=at, clauses=clauses if all(clauses) else (), gate=gate, **common, **values)
    rules.check(reader, result, set(entries), used)
    return result


@cache
def _in_lists() -> frozenset[str]:
    """The blocks that stand in lists."""
    return frozenset(
        key.block
        for kind in ("Body", "Constitution")
        for key in _keys(kind).values()
        if key.shape == "blocks"
    )


def _dash(kind: str, child: Node, values: dict[str, Any]) -> str:
    """What to say to one who gives names to the items of a list."""
    if values or kind not in _in_lists() or not isinstance(child, Mapping):
        return ""
    return "Several stand in a list without names of their own: a dash before each. "


def _needs_clause(
    reader: Reader, cls: str, at: Mark, entries: dict[str, tuple[Scalar, Node]], clauses: tuple[str, ...]
) -> bool:
    """Whether it was told here that nothing says which clause says this."""
    if clauses:
        return False
    notation = NOTATION.get(cls, set())
    if notation is None:
        return False
    stating = [
        n for n in entries if n.replace("-", "_") not in notation and n.replace("-", "_") not in COMMON
    ]
    if not stating and notation:
        return False
    reader.problems.add(
        at,
        "no-clause",
        f"which clause says this? Neither this {NOUNS[cls]} nor anything around it has a clause",
        'Add clause: "…" to it.',
    )
    return True


def _verbs(reader: Reader, at: Mark, what: str, found: list[str], verbs: tuple[str, ...]) -> None:
    if found:
        both = "both " if len(found) == 2 else ""
        reader.problems.add(
            at,
            "two-verbs",
            f"this {what} says {both}{listed(found, 'and')}",
            "Two rules need two blocks, each with its clause.",
        )
    else:
        reader.problems.add(
            at, "no-verb", f"this {what} does not say what happens", f"Its verb is one of {listed(verbs)}."
        )


def read_key(
    reader: Reader,
    spec: Key,
    key: Scalar,
    node: Node,
    around: Around,
    own: tuple[Scope, ...],
    used: list[str],
) -> Any:
    """The value of one key, whatever its shape."""
    if isinstance(node, Scalar) and not node.text.strip() and not node.style:
        reader.problems.add(
            key.mark,
            "empty-value",
            f"nothing stands after {spec.name}",
            "Leave the key out where the text is silent.",
        )
        return None
    cls = block_class(spec.block) if spec.block else None
    match spec.shape:
        case "block":
            assert cls is not None
            return block(reader, cls, node, around)
        case "blocks":
            assert cls is not None
            nodes = node.items if isinstance(node, Sequence) else [node]
            read = [block(reader, cls, each, around) for each in nodes]
            return tuple(b for b in read if b is not None)
        case "named":
            assert cls is not None
            return named(reader, spec, cls, node, around)
        case "words-by-name":
            return words_by_name(reader, spec, node)
        case "options":
            return only_with(reader, node)
        case _:
            return value(reader, node, Asked(spec, around, own, used))


def named(reader: Reader, spec: Key, cls: type[Any], node: Node, around: Around) -> dict[str, Any]:
    """A mapping from new names to blocks."""
    if not isinstance(node, Mapping):
        found = kind_of(node)
        reader.problems.add(
            node.mark,
            "wrong-type",
            f"{found} was found where names with their blocks are expected",
            f"Write {spec.name}: then NAME: {{…}} for each.",
        )
        return {}
    free = spec.block == "Name" or cls is ClauseEntry
    noun = "clause" if cls is ClauseEntry else f"the {NOUNS[cls.__name__]}"
    result: dict[str, Any] = {}
    for name, key, child in reader.entries(node, noun, exact=free):
        given: dict[str, Any] = {}
        inner = around
        if cls is ClauseEntry:
            reader.quoted(key)
            given["ref"] = name
            if isinstance(child, Scalar):
                says = reader.text(child, "the clause in our own words")
                if says is not None:
                    result[name] = ClauseEntry(at=key.mark, ref=name, says=Plain(says, child.mark))
                continue
        elif not free and not NAME.match(name):
            reader.name(key, noun)
            continue
        if cls.__name__ == "Body":
            inner = inside(around, body=name)
        elif cls.__name__ == "Office" and isinstance(child, Mapping):
            of = next((v.text for k, v in child.entries if k.text == "of" and isinstance(v, Scalar)), None)
            inner = inside(around, body=canonical(of) if of and canonical(of) in reader.names.seats else None)
        read = block(reader, cls, child, inner, key.mark, **given)
        if cls.__name__ == "AttributeBlock":
            rules.attribute_name(reader, name, key)
        if read is not None:
            result[name] = read
    return result


def words_by_name(reader: Reader, spec: Key, node: Node) -> dict[str, Plain[str]]:
    if not isinstance(node, Mapping):
        reader.problems.add(
            node.mark,
            "wrong-type",
            f"{kind_of(node)} was found where {spec.name} need their names",
            "Write NAME: in words.",
        )
        return {}
    result = {}
    exact = spec.field in ("parts", "titles")
    for name, key, child in reader.entries(node, "the name", exact=exact):
        text = reader.text(child, "a sentence")
        if text is None or (not exact and not NAME.match(name) and reader.name(key, "this") is None):
            continue
        result[name] = Plain(text, child.mark)
    return result


def only_with(reader: Reader, node: Node) -> dict[str, dict[str, tuple[str, ...]]]:
    """`only_with: {OPTION: {OTHER: [OPTION]}}`. That OPTION is one of its reading is checked later."""
    result: dict[str, dict[str, tuple[str, ...]]] = {}
    if not isinstance(node, Mapping):
        reader.problems.add(
            node.mark,
            "wrong-type",
            f"{kind_of(node)} was found where options are expected",
            "Write only_with: {OPTION: {READING: [OPTION]}}.",
        )
        return result
    for option, _, child in reader.entries(node, "the option"):
        result[option] = dict(reader.gate(child, ()))
    return result


def receivers(reader: Reader, verb: str, node: Node) -> dict[str, Any]:
    """The verb of a route or step and whom it points to."""
    any_of = False
    if isinstance(node, Mapping):
        entries = reader.entries(node, "the key")
        if [name for name, _, _ in entries] != ["any-of"]:
            reader.problems.add(
                node.mark, "wrong-type", f"{verb} takes a name, a list of names, or {{any_of: [names]}}"
            )
            return {"verb": verb}
        any_of, node = True, entries[0][2]
    nodes = node.items if isinstance(node, Sequence) else [node]
    if verb == "published":
        texts = [reader.text(each, "where it is published") for each in nodes]
        return {"verb": verb, "whom": tuple(t for t in texts if t)}
    refers = ("any", "matters")
    whom = [reader.reference(each, refers, verb) for each in nodes]
    result: dict[str, Any] = {"verb": verb, "whom": tuple(w for w in whom if w)}
    return result | ({"any_of": True} if any_of else {})


def constitution(reader: Reader, top: Mapping, ident: str, path: str) -> Constitution | None:
    """The whole model; `top` holds the headings alone."""
    read = block(reader, Constitution, top, Around(), top.mark, id=ident, path=path)
    if isinstance(read, Constitution):
        rules.whole(reader, read)
        return read
    return None
