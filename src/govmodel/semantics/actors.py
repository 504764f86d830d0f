"""Whom a name means: bodies, offices, parties, classes, members, outsiders."""

from __future__ import annotations

from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.model.rules import BodyRules, RouteRule, Rules
from govmodel.model.vocabulary import MEMBERS

Kind: TypeAlias = Literal[
    "body", "office", "party", "organisation", "class", "members", "seat", "outsider", "nobody", "matter",
    "instrument",
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """Somebody (or something) at one end of a route.

    kind        name                            what it is
    body        `oscp`                          a body, or every body of a family
    office      `oscp-chair`, `tbg.chair`       an office, declared or meant by `BODY.OFFICE`
    party       `gose`                          an organisation
    organisation `party(scp-chair)`             the organisation of whoever holds an office
    class       `responsible-authority`         every organisation of a class
    members     `oscp.members`, `members`       the members of a body; without one, of whichever
    seat        `oscp.treasurers`               who sits on these seats of a body
    outsider    `complainant`, `anyone`         somebody whom the text does not constitute
    nobody      `nobody`                        no receiver is named
    matter, instrument                          what is decided or approved
    """

    kind: Kind
    name: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}"


NOBODY = Actor("nobody", "nobody")
ANYONE = Actor("outsider", "anyone")

_OUTSIDERS: dict[str, str] = {
    "any": "anyone",
    "anyone": "anyone",
    "public": "the public",
    "complainant": "whoever complains",
    "parties": "those concerned",
    "requesters": "those who ask for it",
    "those-who-agree": "those who agree",
    "subject": "whom it is about",
    "agreed": "whoever is agreed on",
    "its-party": "the member’s own organisation",
}


def principal(rules: Rules) -> str | None:
    """The one body of the text's own that has seats; None where there are several, or none. In a landscape
    every name was joined to the body that it speaks of when its text was read."""
    if rules.texts:
        return None
    own = [b.name for b in rules.bodies.values() if not b.external and b.seats]
    return own[0] if len(own) == 1 else None


def chair_of(rules: Rules, body: str) -> Actor:
    """Who presides over a body in the first place, where that is an office; else the office `BODY.chair`."""
    found = rules.bodies.get(body)
    if found is not None:
        for presiding in sorted(found.presiding, key=lambda p: p.order):
            if presiding.who in rules.offices:
                return Actor("office", presiding.who)
            break
    for office in rules.offices.values():
        if office.of == body and _is_chair(office.name):
            return Actor("office", office.name)
    return Actor("office", f"{body}.chair")


def _is_chair(name: str) -> bool:
    parts = name.replace("_", "-").split("-")
    chairs = ("chair", "chairman", "chairwoman", "chairperson")
    return parts[-1] in chairs and "deputy" not in parts and "vice" not in parts


def resolve(rules: Rules, name: str, home: str | None = None) -> Actor:
    """Whom `name` means. `home` is the body that bare words (`member`, `chair`, `body`) speak of."""
    if name == "nobody":
        return NOBODY
    if name.startswith("party("):
        office = resolve(rules, name[len("party(") : -1], home)
        return Actor("organisation", f"party({office.name})")
    if name in MEMBERS:
        return Actor("members", f"{home}.members" if home else "members")
    if name == "any":
        return ANYONE
    if name == "body" and home:
        return Actor("body", home)
    if name in ("chair", "deputy-chair") and name not in rules.offices:
        return _office(rules, home, name) if home else Actor("office", name)
    if name in rules.bodies:
        return Actor("body", name)
    if name in rules.offices:
        return Actor("office", name)
    if name in rules.parties:
        return Actor("party", name)
    if name in _OUTSIDERS:
        return Actor("outsider", name)
    if name in rules.matters:
        return Actor("matter", name)
    if name in rules.instruments:
        return Actor("instrument", name)
    head, dot, tail = name.rpartition(".")
    if dot and head in rules.bodies:
        if tail in MEMBERS:
            return Actor("members", f"{head}.members")
        if tail not in ("chair", "deputy-chair") and _seated(rules.bodies[head], tail):
            return Actor("seat", name)
        return _office(rules, head, tail)
    for body in rules.bodies.values():
        if _seated(body, name):
            return Actor("seat", f"{body.name}.{name}")
    if name in rules.classes or any(name in party.classes for party in rules.parties.values()):
        return Actor("class", name)
    return Actor("outsider", name)


def _seated(body: BodyRules, name: str) -> bool:
    """Whether a seat of the body, or one for each of a class, is called so."""
    return any(name in (seat.name, seat.name.partition(".")[0]) for seat in body.seats)


def _office(rules: Rules, body: str, word: str) -> Actor:
    if word == "chair":
        return chair_of(rules, body)
    if f"{body}-{word}" in rules.offices:
        return Actor("office", f"{body}-{word}")
    if word in rules.offices and rules.offices[word].of == body:
        return Actor("office", word)
    return Actor("office", f"{body}.{word}")


def body_of(rules: Rules, actor: Actor) -> str | None:
    """The body that an office, its members or seats belong to; a body is its own."""
    if actor.kind == "body":
        return actor.name
    if actor.kind == "office" and actor.name in rules.offices:
        return rules.offices[actor.name].of
    if actor.kind in ("office", "members", "seat") and "." in actor.name:
        return actor.name.rpartition(".")[0]
    return None


@dataclass(frozen=True, slots=True)
class Ends:
    """A route with its ends resolved, in the order of the text."""

    route: RouteRule
    who: tuple[Actor, ...]
    whom: tuple[Actor, ...]
    home: str | None


def ends(rules: Rules, route: RouteRule) -> Ends:
    home = principal(rules) or _home(rules, route)
    return Ends(
        route,
        _unique(tuple(resolve(rules, name, home) for name in route.who)),
        _unique(tuple(resolve(rules, name, home) for name in route.whom)),
        home,
    )


def _home(rules: Rules, route: RouteRule) -> str | None:
    """Where several bodies have members: the body with seats that the route itself speaks of."""
    named: list[str] = []
    for name in (*route.who, *route.whom, *((route.about,) if route.about else ())):
        body = body_of(rules, resolve(rules, name))
        found = rules.bodies.get(body or "")
        if found is not None and found.seats and found.name not in named:
            named.append(found.name)
    return named[0] if len(named) == 1 else None


def _unique(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return tuple(dict.fromkeys(actors))


def title(rules: Rules, actor: Actor) -> str:
    """What the text calls it, or plain words."""
    name = actor.name
    match actor.kind:
        case "body":
            return rules.bodies[name].title if name in rules.bodies else words(name)
        case "office":
            if name in rules.offices:
                return rules.offices[name].title
            head, _, tail = name.rpartition(".")
            if head in rules.bodies:
                which = "each " if rules.bodies[head].family else "the "
                return f"{words(tail)} of {which}{rules.bodies[head].title}"
            return words(name)
        case "party":
            return rules.parties[name].title if name in rules.parties else words(name)
        case "organisation":
            office = Actor("office", name[len("party(") : -1])
            return f"organisation of the {title(rules, office)}"
        case "class":
            return words(name.rpartition(".")[2])
        case "members":
            body = name.rpartition(".")[0]
            return "members" if body not in rules.bodies else f"members of {short(rules.bodies[body])}"
        case "seat":
            return words(name.rpartition(".")[2])
        case "outsider":
            return _OUTSIDERS.get(name, words(name))
        case "nobody":
            return "no receiver is named"
        case "matter":
            return rules.matters[name].title if name in rules.matters else words(name)
        case "instrument":
            return rules.instruments[name].title if name in rules.instruments else words(name)


def short(body: BodyRules) -> str:
    """A body's title, or its name in capitals where that abbreviates the title."""
    initials = "".join(word[0] for word in body.title.replace("-", " ").split() if word[:1].isalpha())
    name = body.name.rpartition(".")[2]
    if len(name) > 1 and initials.lower() == name.lower():
        return name.upper()
    return body.title


def words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")
