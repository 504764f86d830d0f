"""What a picture shows: the network folded into boxes and links with their words, not yet laid out.

Folded are: who sits on a body (into its numbers), what somebody decides or approves and what a body
does to itself (into lines of the box), routes between the same two (into one link with a line for
each), and outsiders who do the same to the same (into one box).
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass, replace
from govmodel.graph.build import Edge, Node, facts
from govmodel.graph.measure import clean
from govmodel.model.expressions import Span
from govmodel.model.rules import BodyRules, Rules, SeatRule
from govmodel.semantics.actors import Actor, chair_of, principal, resolve, short, words
from govmodel.semantics.actors import title as title_of
from govmodel.semantics.items import lineage
from govmodel.words.quorums import quorum_in_short
from govmodel.words.text import capital

Family: TypeAlias = Literal["accountability", "decision", "delegation", "support", "succession"]

FAMILIES: dict[Family, tuple[str, ...]] = {
    "decision": ("escalates_to", "decides", "determines", "approves", "hears"),
    "accountability": ("reports_to", "scrutinises", "answers_for"),
    "delegation": (
        "delegates_to", "creates", "ends", "appoints", "removes", "suspends", "admits", "acts_as", "binds",
    ),
    "support": ("advises", "services", "informs", "consults", "funds"),
    "succession": ("succeeds",),
}  # fmt: skip
"""The families of verbs, the one that a mixed link is drawn as first."""

PHRASES: dict[str, tuple[str, str]] = {
    "reports_to": ("reports", "report"),
    "informs": ("informs", "inform"),
    "advises": ("advises", "advise"),
    "consults": ("consults", "consult"),
    "hears": ("hears", "hear"),
    "escalates_to": ("escalates", "escalate"),
    "decides": ("decides", "decide"),
    "approves": ("approves", "approve"),
    "determines": ("determines", "determine"),
    "appoints": ("appoints", "appoint"),
    "removes": ("removes", "remove"),
    "suspends": ("suspends", "suspend"),
    "admits": ("admits", "admit"),
    "delegates_to": ("delegates", "delegate"),
    "creates": ("creates", "create"),
    "ends": ("ends", "end"),
    "acts_as": ("acts for", "act for"),
    "scrutinises": ("scrutinises", "scrutinise"),
    "funds": ("funds", "fund"),
    "services": ("serves", "serve"),
    "answers_for": ("answers for", "answer for"),
    "binds": ("directs", "direct"),
    "succeeds": ("took the place of", "take the place of"),
}
"""How a verb reads: after a name, and after may or should."""

_ON = frozenset({"reports_to", "informs", "advises", "consults", "hears", "scrutinises"})
_EFFECTS = {
    "final": ", to be settled for good",
    "resolves": ", to be resolved",
    "hears": ", to be heard",
    "advises": ", for advice",
}
_TAKES_IT = frozenset(PHRASES) - {"reports_to", "delegates_to", "escalates_to"}
_SUPERIOR_SENDS = frozenset(
    {"scrutinises", "delegates_to", "creates", "ends", "appoints", "removes", "suspends", "admits", "binds"}
)


def family_of(verb: str) -> Family:
    return next((family for family, verbs in FAMILIES.items() if verb in verbs), "support")


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a box. `title` is the name that the box bears, `name` one of several in it."""

    text: str
    style: Literal["title", "name", "note"] = "note"


@dataclass(frozen=True, slots=True)
class Box:
    """`look`: own (a body of the text), office, member (members or seats of a body), external,
    outsider, nobody. `frame`: the body in whose frame it stands; `text`: the text of a landscape in whose
    frame, empty for its own. `family`: it stands for several."""

    key: str
    look: Literal["own", "office", "member", "external", "outsider", "nobody"]
    said: tuple[Said, ...]
    frame: str | None
    family: bool
    text: str = ""

    @property
    def title(self) -> str:
        return " and ".join(s.text for s in self.said if s.style in ("title", "name"))


@dataclass(frozen=True, slots=True)
class Label:
    """One line of a link. `forward`: from its tail to its head. `force`: must, should or may."""

    says: str
    clauses: tuple[str, ...]
    verb: str
    family: Family
    forward: bool
    force: str

    @property
    def text(self) -> str:
        return clean(self.says + cite(self.clauses))


@dataclass(frozen=True, slots=True)
class Link:
    """All routes between two boxes. The tail is drawn above the head: whoever answers to somebody
    stands above them, as the first step of a ladder does."""

    tail: str
    head: str
    labels: tuple[Label, ...]

    @property
    def forward(self) -> bool:
        return any(label.forward for label in self.labels)

    @property
    def backward(self) -> bool:
        return any(not label.forward for label in self.labels)

    @property
    def dashed(self) -> bool:
        return all(label.force == "may" for label in self.labels)

    @property
    def family(self) -> Family:
        return next(f for f in FAMILIES if any(label.family == f for label in self.labels))


@dataclass(frozen=True, slots=True)
class Sketch:
    """`frames`: bodies with offices or members of their own in the picture; `texts`: the texts of a
    landscape that have boxes, with their titles. `subtitle`: what it shows."""

    title: str
    subtitle: str
    boxes: tuple[Box, ...]
    frames: tuple[str, ...]
    links: tuple[Link, ...]
    texts: tuple[tuple[str, str], ...] = ()


def sketch(
    rules: Rules,
    title: str,
    *,
    only: tuple[str, ...] = (),
    matter: tuple[str, ...] = (),
    subtitle: str = "",
) -> Sketch:
    """The picture of one reading. `only` leaves the routes of these verbs, `matter` those on these
    matters or kinds of them, and with either only those boxes that such a route touches."""
    plain = facts(rules)
    narrowed = bool(only or matter)
    nodes = {node.key: node for node in plain.nodes}
    routes = [
        _told(rules, nodes, edge)
        for edge in plain.edges
        if edge.route is not None
        and (not only or edge.verb in only)
        and (not matter or any(m in lineage(rules, named) for named in _on(edge) for m in matter))
    ]
    notes: dict[str, list[str]] = {}
    drawn: list[Edge] = []
    stubs: dict[str, Node] = {}
    for edge in routes:
        tail, head = nodes[edge.tail], nodes[edge.head]
        if (
            head.kind in ("matter", "instrument")
            or tail.key == head.key
            or (_at_home(edge, tail, head) and not narrowed)
        ):
            notes.setdefault(tail.key, [])
        elif head.kind == "nobody":
            # Each has a stub of its own: one for all would look like somebody.
            stub = replace(head, key=f"nobody:{edge.route}:{tail.name}")
            stubs[stub.key] = stub
            drawn.append(replace(edge, head=stub.key))
        else:
            drawn.append(edge)
    if not narrowed:
        drawn += [edge for edge in plain.edges if edge.verb == "succeeds"]
    for key in notes:
        notes[key] = list(_folded(nodes, [e for e in routes if e.tail == key]))
    declared = {Actor("office", name).key for name in rules.offices}
    touched = {key for edge in drawn for key in (edge.tail, edge.head)} | set(notes)
    shown = {
        key: node
        for key, node in {**nodes, **stubs}.items()
        if key in touched or (not narrowed and (node.kind == "body" or key in declared))
    }
    boxes = [_box(rules, node, tuple(notes.get(key, ())), narrowed) for key, node in shown.items()]
    links = _links(drawn)
    boxes, links = _twins(boxes, links)
    inside = [b.frame for b in boxes if b.frame is not None]
    present = {b.key for b in boxes}
    frames = tuple(f for f in dict.fromkeys(inside) if f"body:{f}" in present)
    boxes = [b if b.frame in frames else replace(b, frame=None) for b in boxes]
    boxes = [replace(b, frame=b.key[5:]) if b.key[5:] in frames and b.look == "own" else b for b in boxes]
    there = {b.text for b in boxes}
    texts = tuple((name, clean(text.title)) for name, text in rules.texts.items() if name in there)
    return Sketch(clean(title), clean(subtitle), tuple(boxes), frames, links, texts)


def _on(edge: Edge) -> tuple[str, ...]:
    head = edge.head
    return (*edge.matters, head.partition(":")[2]) if head.startswith("matter:") else edge.matters


def cite(clauses: Iterable[str]) -> str:
    listed = list(dict.fromkeys(clauses))
    if len(listed) > 4:
        listed = [*listed[:3], "…"]
    return f" ({', '.join(listed)})" if listed else ""


def phrase(edge: Edge, object_: str = "") -> str:
    """The route in words without its receiver: `may escalate dispute (17.1)`."""
    third, base = PHRASES.get(edge.verb, (words(edge.verb), words(edge.verb)))
    verb = third if edge.force == "must" else f"{edge.force} {base}"
    on = " and ".join(words(m.rpartition(".")[2]) for m in edge.matters if m != "any")
    if edge.matters and on:
        on = f" {on}" if edge.verb == "escalates_to" else f" on {on}" if edge.verb in _ON else f": {on}"
    about = f" about {edge.about}" if edge.about else ""
    via = f" through {edge.via}" if edge.via else ""
    by = f"its {edge.by} " if edge.by else ""
    to = f" to its {edge.to}" if edge.to else ""
    since = f", from {month(edge.since)}" if edge.since else ""
    return clean(f"{by}{verb}{object_}{to}{on}{about}{via}{_EFFECTS.get(edge.effect or '', '')}{since}")


def month(since: str) -> str:
    """A date of the text in words: `2016`, `2016-03`, `2016-03-01`."""
    year, *rest = since.split("-")
    if not rest:
        return year
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month_name[int(rest[0])]} {year}"


def _folded(nodes: dict[str, Node], edges: list[Edge]) -> Iterable[str]:
    """Lines for what has no other end: decisions on matters and instruments, and acts on oneself."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        head = nodes[edge.head]
        if head.kind in ("matter", "instrument"):
            grouped.setdefault((edge.verb, edge.force), []).append(head.title + cite(edge.clauses))
        elif edge.tail == edge.head:
            whom = "itself" if head.kind in ("body", "office", "party") and not head.family else "one another"
            to = "" if edge.verb in _TAKES_IT else "to "
            grouped.setdefault((edge.verb, edge.force), []).append(to + whom + cite(edge.clauses))
        elif _at_home(edge, nodes[edge.tail], head):
            yield phrase(edge, " it" if edge.verb in _TAKES_IT else " to it") + cite(edge.clauses)
    for (verb, force), what in grouped.items():
        third, base = PHRASES.get(verb, (words(verb), words(verb)))
        yield clean(f"{third if force == 'must' else f'{force} {base}'} {'; '.join(dict.fromkeys(what))}")


def _told(rules: Rules, nodes: dict[str, Node], edge: Edge) -> Edge:
    """The route with names in words. One of an office that is nowhere declared (`tbg.chair`) is drawn from
    its body, and says so."""
    if edge.about is not None or edge.via is not None:
        edge = replace(edge, about=_named(rules, edge.about), via=_named(rules, edge.via))

    def undeclared(key: str) -> bool:
        node = nodes[key]
        return node.kind == "office" and node.name not in rules.offices and node.of in rules.bodies

    if undeclared(edge.tail):
        office = words(nodes[edge.tail].name.rpartition(".")[2])
        edge = replace(edge, tail=f"body:{nodes[edge.tail].of}", by=office)
    if undeclared(edge.head):
        edge = replace(
            edge, head=f"body:{nodes[edge.head].of}", to=words(nodes[edge.head].name.rpartition(".")[2])
        )
    return edge


def _named(rules: Rules, name: str | None) -> str | None:
    if name is None:
        return None
    actor = resolve(rules, name, principal(rules))
    return short(rules.bodies[name]) if actor.kind == "body" else title_of(rules, actor)


def _at_home(edge: Edge, tail: Node, head: Node) -> bool:
    """What an office does for the body in whose frame it stands, escalations apart, needs no arrow."""
    return tail.kind == "office" and head.key == f"body:{tail.of}" and edge.verb != "escalates_to"


def _links(edges: list[Edge]) -> tuple[Link, ...]:
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pairs.setdefault((min(edge.tail, edge.head), max(edge.tail, edge.head)), []).append(edge)
    links: list[Link] = []
    for between in pairs.values():
        first = min(between, key=lambda e: list(FAMILIES).index(family_of(e.verb)))
        upper, lower = (first.tail, first.head)
        if first.verb in _SUPERIOR_SENDS:
            upper, lower = lower, upper
        merged: dict[tuple[str, bool, str, str], list[str]] = {}
        for edge in between:
            kind = (edge.verb, edge.tail == upper, edge.force, phrase(edge))
            merged.setdefault(kind, []).extend(edge.clauses)
        labels = [
            Label(text, tuple(dict.fromkeys(clauses)), verb, family_of(verb), forward, force)
            for (verb, forward, force, text), clauses in merged.items()
        ]
        labels.sort(key=lambda label: (not label.forward, list(FAMILIES).index(label.family)))
        links.append(Link(upper, lower, tuple(labels)))
    return tuple(links)


def _twins(boxes: list[Box], links: tuple[Link, ...]) -> tuple[list[Box], tuple[Link, ...]]:
    """Outsiders and seats that do the same to the same, and nothing else, share a box."""
    by_box: dict[str, list[Link]] = {}
    for link in links:
        by_box.setdefault(link.tail, []).append(link)
        by_box.setdefault(link.head, []).append(link)
    groups: dict[tuple[object, ...], list[Box]] = {}
    for box in boxes:
        mine = by_box.get(box.key, [])
        if box.look in ("own", "office", "nobody") or len(mine) != 1 or len(box.said) != 1:
            continue
        link = mine[0]
        down = link.tail == box.key
        other = link.head if down else link.tail
        acts = tuple(sorted({(lb.verb, lb.forward, lb.force, lb.says) for lb in link.labels}))
        groups.setdefault((box.look, box.text, box.frame, other, down, acts), []).append(box)
    for group in groups.values():
        if len(group) < 2:
            continue
        first, *rest = group
        gone = {box.key for box in rest}
        joined = replace(first, said=tuple(Said(box.said[0].text, "name") for box in group), family=False)
        mine = [by_box[box.key][0] for box in group]
        merged: dict[Label, list[str]] = {}
        for label in (label for link in mine for label in link.labels):
            merged.setdefault(replace(label, clauses=()), []).extend(label.clauses)
        labels = tuple(replace(lb, clauses=tuple(dict.fromkeys(cited))) for lb, cited in merged.items())
        boxes = [joined if box.key == first.key else box for box in boxes if box.key not in gone]
        links = tuple(
            replace(link, labels=labels) if link == mine[0] else link
            for link in links
            if link not in mine[1:]
        )
    return boxes, links


# ------------------------------------------------------------------ words in boxes


def _box(rules: Rules, node: Node, notes: tuple[str, ...], narrowed: bool) -> Box:
    said: list[Said] = [Said(clean(capital(node.title)) or node.name, "title")]
    frame = node.of if node.of is not None and not node.external else None
    match node.kind:
        case "body" if not node.external:
            look: Literal["own", "office", "member", "external", "outsider", "nobody"] = "own"
            said.extend(Said(clean(line)) for line in _numbers(rules.bodies[node.name]))
        case "office":
            look = "external" if node.external else "office"
            if not narrowed:
                said.extend(Said(clean(line)) for line in _presides(rules, node))
        case "members" | "seat":
            look = "member" if frame else "outsider"
        case "outsider":
            look = "outsider"
        case "nobody":
            look = "nobody"
        case _:
            look = "external"
    said.extend(Said(line) for line in notes)
    return Box(node.key, look, tuple(said), frame, node.family, node.text)


def _numbers(body: BodyRules) -> Iterable[str]:
    """Seats, votes and quorum in a line or two."""
    if body.family is not None:
        yield _many(body.family)
    parts: list[str] = []
    if body.seats:
        sure = sum(s.low for s in body.sure)
        more = [s for s in body.seats if s.role == "voting" and (s.optional or s.high != s.low)]
        count = f"{sure} voting seat{'' if sure == 1 else 's'}"
        if sure or not more:
            parts.append(f"{count}, {_more(more)}" if more else count)
        else:
            parts.append(
                "voting seats: " + _more(more).replace("more may join", "any number").replace(" more", "")
            )
        votes = sum(s.low * s.votes for s in body.sure)
        if votes != sure:
            parts.append(f"{votes} votes")
    for quorum in body.quorum:
        parts.append(f"quorum {quorum_in_short(quorum)}{cite(quorum.clauses)}")
    if body.decisions and not body.quorum:
        parts.append("no quorum is stated")
    if parts:
        yield " · ".join(parts)


def _many(span: Span) -> str:
    if span.high is None:
        return {0: "any number of them", 1: "one or more of them"}.get(
            span.low, f"at least {span.low} of them"
        )
    return f"{span.low} of them" if span.low == span.high else f"{span.low} to {span.high} of them"


def _more(seats: list[SeatRule]) -> str:
    if any(s.high is None for s in seats):
        return "more may join"
    most = sum((s.high or 0) - (0 if s.optional else s.low) for s in seats)
    return f"up to {most} more"


def _presides(rules: Rules, node: Node) -> Iterable[str]:
    """Whether and in which turn the office presides, and its extra vote."""
    if node.of is None or node.of not in rules.bodies:
        return
    body = rules.bodies[node.of]
    for rule in body.presiding:
        if resolve(rules, rule.who, body.name) != Actor("office", node.name):
            continue
        first = chair_of(rules, body.name) == Actor("office", node.name) and rule.when is None
        line = "presides" if first else "presides in the chair’s place"
        if rule.extra_vote in ("casting", "additional"):
            line += f", with {'a casting' if rule.extra_vote == 'casting' else 'an additional'} vote"
        yield line + cite(rule.clauses)


def describe(picture: Sketch) -> str:
    """The picture in sentences, for those who do not see it."""
    titles = {box.key: box.title for box in picture.boxes}
    lines: list[str] = []
    for box in picture.boxes:
        told = [said.text for said in box.said if said.style == "note"]
        if told:
            lines.append(f"{box.title}: {'; '.join(told)}.")
    for link in picture.links:
        for label in link.labels:
            tail, head = (link.tail, link.head) if label.forward else (link.head, link.tail)
            lines.append(f"{titles[tail]} {label.text}: {titles[head]}.")
    return " ".join(lines) if lines else "There is nothing to show."


__all__ = [
    "FAMILIES", "PHRASES", "Box", "Family", "Label", "Link", "Said", "Sketch", "describe", "family_of",
    "sketch",
]  # fmt: skip
