"""The blocks of a constitution in the order in which they are read back, and the words of each kind.

The walk is driven by the dataclasses that declare the language: a new kind of block is found by itself,
and needs its words in `WORDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from govmodel.dataclass import dataclass
from govmodel.model import constitution as language
from govmodel.model.constitution import About, Block, Body, Constitution, Norm
from govmodel.model.shown import Became, Sentence
from govmodel.words import bodies, meetings, norms, offices, routes, whole
from govmodel.words.speaking import At, Speaker, Words, specs
from govmodel.words.text import capital, listed, lowered, spaced, stripped

WORDS: Mapping[type[Block], Words] = {
    language.Document: whole.document,
    language.Layout: whole.layout,
    language.Same: whole.same,
    language.Succession: whole.succession,
    language.Ambiguity: whole.ambiguity,
    language.PartyClass: whole.party_class,
    language.Party: whole.party,
    language.Body: bodies.body,
    language.Name: bodies.called,
    language.Seat: bodies.seat,
    language.Cap: bodies.cap,
    language.CompositionRule: bodies.rule,
    language.Quorum: meetings.quorum,
    language.Inquorate: meetings.inquorate,
    language.Decision: meetings.decision,
    language.Presiding: meetings.presiding,
    language.Meetings: meetings.meetings,
    language.Interest: meetings.interest,
    language.StandIn: meetings.standin,
    language.Membership: bodies.membership,
    language.Office: offices.office,
    language.Chosen: offices.chosen,
    language.Departure: offices.departure,
    language.Matter: offices.matter,
    language.Situation: offices.situation,
    language.AttributeBlock: offices.attribute,
    language.Instrument: offices.instrument,
    language.Step: offices.step,
    language.Norm: norms.norm,
    language.Route: routes.route,
    language.Statement: offices.statement,
    language.ClauseEntry: whole.clause,
}
"""The words of every kind of block."""

HEADINGS: Mapping[str, str] = {
    "document": "The document",
    "landscape": "Several texts as one",
    "bodies": "Bodies",
    "offices": "Offices",
    "matters": "Matters",
    "instruments": "Papers",
    "norms": "What must, should and may be done",
    "routes": "Who reports, advises, decides and escalates",
    "statements": "What the text states of itself",
    "classes": "Classes of organisations",
    "parties": "Organisations",
    "situations": "Events of which norms speak",
    "readings": "Questions that the text leaves open",
    "where_silent": "Where the text is silent",
    "clauses_index": "Clauses on which nothing rests, and parts that are not encoded",
}
"""Headings of a model in the order in which they are read back; those that are not here come last."""

PARTS: Mapping[str, str] = {
    "called": "Other names",
    "seats": "Who sits",
    "caps": "Limits on votes",
    "rules": "Who may sit together",
    "quorum": "Quorum",
    "inquorate": "Without a quorum",
    "decisions": "Decisions",
    "presiding": "Who presides",
    "meetings": "Meetings",
    "interests": "Members with an interest",
    "standins": "Stand-ins",
    "membership": "Joining and leaving",
    "chosen": "How it is filled",
    "must_be": "What the holder must be",
    "resigns": "Resigning",
    "removed": "Removal",
    "steps": "How it comes about",
    "also": "Other names",
    "contains": "What it contains",
}
"""Headings of the parts of a body, an office or a paper."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A block with its place. `top`: the heading of the model under which it stands."""

    block: Block
    at: At
    top: str

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.block.clauses


def provisions(speaker: Speaker) -> tuple[Provision, ...]:
    """Every block of the constitution, in the order in which it is read back."""
    found: list[Provision] = []
    c = speaker.c
    known = [
        spec.name for spec in specs(Constitution) if spec.metadata and _holds_blocks(getattr(c, spec.name))
    ]
    order = [name for name in HEADINGS if name in known] + [name for name in known if name not in HEADINGS]
    for top in order:
        for path, block, number, of in _named(top, getattr(c, top)):
            found += _walk(speaker, top, path, block, number, of, None)
    return tuple(found)


def _holds_blocks(value: Any) -> bool:
    return bool(list(_named("", value)))


def _named(field: str, value: Any) -> Iterator[tuple[tuple[str, ...], Block, int, int]]:
    """The blocks that a field holds: with their path, their place and how many they are."""
    if isinstance(value, Block):
        yield (field,), value, 1, 1
    elif isinstance(value, tuple):
        blocks = [each for each in value if isinstance(each, Block)]
        for number, block in enumerate(blocks, 1):
            yield (field,), block, number, len(blocks)
    elif isinstance(value, Mapping):
        named = [(name, each) for name, each in value.items() if isinstance(each, Block)]
        for number, (name, block) in enumerate(named, 1):
            yield (field, name), block, number, len(named)


def _walk(
    s: Speaker, top: str, path: tuple[str, ...], block: Block, number: int, of: int, home: str | None
) -> Iterator[Provision]:
    home = _home(s, block, path, home)
    at = At(_under(s, top, path, block), home, path, number, of, _topic(s, path, block, home))
    yield Provision(block, at, top)
    for spec in specs(type(block)):
        nested = list(_named(spec.name, getattr(block, spec.name)))
        for inner, each, _, _ in nested:
            beside = s.beside(each, [other for _, other, _, _ in nested])
            place = next((i for i, other in enumerate(beside, 1) if other is each), 1)
            yield from _walk(s, top, (*path, *inner), each, place, len(beside), home)


def _home(s: Speaker, block: Block, path: tuple[str, ...], home: str | None) -> str | None:
    if isinstance(block, Body):
        return path[-1]
    of = getattr(block, "of", None)
    value = getattr(of, "value", None)
    return value if isinstance(value, str) and value in s.c.bodies else home


def _under(s: Speaker, top: str, path: tuple[str, ...], block: Block) -> tuple[str, ...]:
    """The headings over a block."""
    heads = [HEADINGS.get("landscape" if top in ("same", "succeeds") else top, capital(spaced(top)))]
    if top == "bodies" and _elsewhere(s, path[1]):
        heads.append("Bodies constituted elsewhere")
    elif top == "instruments":
        heads.append(capital(s.names.paper(path[1]).removeprefix("the ")))
    elif top in ("bodies", "offices"):
        heads.append(capital(s.names.heading(path[1])))
    elif top == "situations":
        heads.append(capital(spaced(path[1])))
    if isinstance(block, Norm) and block.abouts:
        heads.append(_about(s, block.abouts))
    if len(path) > 2 and top == "bodies" and len(heads) == 2 and not _elsewhere(s, path[1]):
        heads.append(PARTS.get(path[2], capital(spaced(path[2]))))
    return tuple(heads)


def _elsewhere(s: Speaker, name: str) -> bool:
    """Whether a body is another text's, and this one says no more of it than its name."""
    body = s.c.bodies[name]
    external = body.external is not None and body.external.value == "yes"
    return external and all(
        spec.name == "called" or not _holds_blocks(getattr(body, spec.name)) for spec in specs(Body)
    )


def _about(s: Speaker, abouts: tuple[About, ...]) -> str:
    """Of what a norm speaks, as a heading."""
    situation = abouts[0].situation
    some = listed((s.names.one(a.body) for a in abouts if a.situation == situation and a.body), "or")
    of = f" of {some}" if some else ""
    known = {
        "meeting": f"Meetings{of}", "item": f"Items of business{of}", "vote": f"Votes{of}",
        "attendance": f"Members at meetings{of}", "year": f"The year{of}",
    }  # fmt: skip
    says = s.events.says.get(situation, spaced(situation)).removesuffix(".")
    return known.get(situation, f"{capital(says)}{f' (in {some})' if some else ''}")


def _topic(s: Speaker, path: tuple[str, ...], block: Block, home: str | None) -> str:
    """What a block is called in a sentence about it."""
    of = f" of {s.names.the(home)}" if home else ""
    kind = getattr(getattr(block, "kind", None), "value", None)
    match path:
        case ("bodies", _, "seats", name):
            return f"the seat {spaced(name)}{of}"
        case ("bodies", _, "meetings"):
            return f"{spaced(str(kind))} meetings{of}"
        case ("bodies", _, part):
            return f"{lowered(PARTS.get(part, spaced(part)).lower())}{of}"
        case ("offices", name, *_):
            return s.names.the(name)
        case ("instruments", name, *_):
            return s.names.paper(name)
        case ("matters", name):
            return s.names.matter(name)
        case _:
            return ""


def sentences(s: Speaker, provision: Provision) -> tuple[Sentence, ...]:
    """What a block says, one sentence or several."""
    return tuple(s.sentences(provision.block, provision.at, WORDS[type(provision.block)]))


def by_clause(s: Speaker) -> tuple[Became, ...]:
    """What became of every clause of the index, in its order: the sentences that rest on it, or why
    nothing does."""
    resting: dict[str, list[Sentence]] = {}
    for provision in provisions(s):
        if provision.top == "clauses_index":
            continue
        for sentence in sentences(s, provision):
            for ref in dict.fromkeys(provision.clauses):
                resting.setdefault(ref, []).append(sentence)
    made = []
    marked = any(entry.text is not None for entry in s.c.clauses_index.values())
    for ref, entry in s.c.clauses_index.items():
        own = resting.get(ref, [])
        rests = [sentence for sentence in own if sentence.kind != "Ambiguity"]
        disposition = entry.is_.value if entry.is_ is not None else None
        repeats = _repeats(entry)
        if rests:
            fate = "encoded"
        elif disposition is not None:
            fate = f"nothing rests on it: {whole.WHY.get(disposition, disposition)}"
        elif repeats:
            fate = f"it says again what clause {repeats} says"
        elif any(_repeats(other) == ref for other in s.c.clauses_index.values()):
            fate = "nothing rests on it by this number"
        else:
            fate = "nothing in the model rests on it, and the model does not say why"
        also = []
        if rests and repeats:
            also.append(f"It says again what clause {repeats} says.")
        if entry.left_aside:
            also.append(f"Not encoded: {lowered(stripped(entry.left_aside))}.")
        if entry.note:
            also.append(f"Note: {lowered(stripped(entry.note))}.")
        if entry.printed is not None:
            also.append(f"It is printed as {entry.printed.value}.")
        if entry.text is None and marked:
            also.append("Its wording has no fingerprint.")
        made.append(
            Became(
                ref=ref, says=entry.says.value if entry.says is not None else "", fate=fate,
                sentences=tuple(own), also=tuple(also), disposition=disposition,
                fingerprint=entry.text.value if entry.text is not None else None,
            )
        )  # fmt: skip
    return tuple(made)


def _repeats(entry: language.ClauseEntry) -> str:
    value: Any = getattr(entry.repeats, "value", "")
    return value if isinstance(value, str) else listed(value)


def read_back(s: Speaker) -> tuple[Sentence, ...]:
    """The whole constitution as sentences, in the order of the headings; those of one heading together."""
    found: dict[tuple[str, ...], list[Sentence]] = {}

    def add(sentence: Sentence) -> None:
        group = found.setdefault(sentence.under, [])
        if not (sentence.silent and any(other.text == sentence.text for other in group)):
            group.append(sentence)

    last: tuple[Body, At] | None = None
    for provision in provisions(s):
        block, at = provision.block, provision.at
        if last is not None and at.path[:2] != last[1].path:
            for sentence in _silences(s, *last):
                add(sentence)
            last = None
        if isinstance(block, Body):
            last = block, at
        for sentence in sentences(s, provision):
            add(sentence)
    if last is not None:
        for sentence in _silences(s, *last):
            add(sentence)
    for text, mark in whole.joined(s):
        add(Sentence(text=text, kind="Constitution", under=(HEADINGS["landscape"],), mark=mark))
    for name, said in s.c.where_silent.items():
        text = whole.convention(name, said.value)
        under = (HEADINGS["where_silent"],)
        add(Sentence(text=text, kind="Constitution", under=under, mark=said.mark, name=name))
    order = {heading: place for place, heading in enumerate(HEADINGS.values())}
    groups = sorted(found.items(), key=lambda group: order.get(group[0][0], len(order)))
    return tuple(sentence for _, group in groups for sentence in group)


def _silences(s: Speaker, body: Body, at: At) -> Iterator[Sentence]:
    """What the text does not say of a body of its own, also under some readings only."""
    if not s.stands(body) or (body.external is not None and body.external.value == "yes"):
        return
    gate = dict(body.gate)
    the = s.names.one(at.path[1])
    missing: list[str] = []
    others: list[tuple[str, tuple[str, ...]]] = []
    for field, text in bodies.SILENCES.items():
        blocks = [b for _, b, _, _ in _named(field, getattr(body, field)) if s.stands(b)]
        if field == "inquorate" and not body.quorum:
            continue
        names = tuple(dict.fromkeys(n for b in blocks for n, _ in b.gate if n not in s.fixed))
        picks = [dict(zip(names, row, strict=True)) for row in product(*(s.options(n) for n in names))]
        picks = [p for p in picks if all(p.get(n, options[0]) in options for n, options in gate.items())]
        told = [
            None
            if any(all(p.get(n, o[0]) in o for n, o in b.gate) for b in blocks)
            else f"it is not said of {the} {text}"
            for p in picks
        ]
        if picks and all(told):
            missing.append(text)
        elif any(told):
            others.append(s.conditional(picks, told))
    if missing:
        others.insert(0, (f"it is not said of {the} {listed(missing, 'nor')}", ()))
    start = s.where(gate)
    for text, depends in others:
        yield Sentence(
            text=f"{start}, {text}" if start else text, kind="Body", under=(*at.under, "What is not said"),
            mark=body.at, readings=depends, silent=True,
        )  # fmt: skip
