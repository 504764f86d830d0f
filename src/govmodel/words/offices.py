"""Offices, matters, papers and statements in words."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.model.expressions import OnDate, Timed
from govmodel.model.vocabulary import SITUATIONS
from govmodel.words import numbers
from govmodel.words.speaking import TURN, At, Bit, Speaker, View
from govmodel.words.text import listed, lowered, quoted, spaced, stripped


def office(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What an office is."""
    title = s.names.title(at.path[-1])
    if v["of"] is not None:
        has = "have" if s.names.several(v["of"]) and s.names.all(v["of"])[:5] != "each " else "has"
        yield Bit("name", f"{s.names.all(v['of'])} {has} the office of {title}")
    else:
        yield Bit("name", f"there is the office of {title}")
    if v["term"] is not None:
        yield Bit("term", f"it is held for{TURN} {numbers.length(v['term'])}")
    if v["again"] is not None:
        may = "may" if v["again"] == "yes" else "may not"
        yield Bit("again", f"a holder{TURN} {may} be chosen again")
    if v["acting"] is not None:
        acting = v["acting"]
        who = "nobody acts" if acting == "nobody" else f"{s.names.the(acting, at.home)} acts"
        yield Bit("acting", f"when the holder cannot act between meetings,{TURN} {who} in the holder’s place")
    if v["chosen"] is None:
        yield Bit("no way", f"how {s.names.the(at.path[-1])} is chosen", silent=True)


def chosen(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """How an office is filled."""
    the = s.names.the(at.path[1]) if len(at.path) > 1 else "the holder"
    ways = {
        "rotation": "by rotation",
        "election": "by election",
        "appointment": "by appointment",
        "agreement": "by agreement",
        "post": "by a post that brings the office",
        "provision": "",
    }
    way = f" {ways[v['by']]}" if v["by"] is not None else ""
    every = f", {s.say.frequency(v['every'])}" if v["every"] is not None else ""
    provided = v["by"] == "provision"
    yield Bit(
        "by",
        f"{the} is{TURN} provided, with whoever it takes{every}"
        if provided
        else f"{the} is chosen{TURN}{way}{every}",
    )
    if v["post"] is not None:
        yield Bit("post", f"the post that brings it is{TURN} {quoted(stripped(v['post']))}")
    if v["appointer"] is not None:
        made = "it is provided" if provided else "the appointment is made"
        yield Bit("appointer", f"{made} by{TURN} {s.names.together(v['appointer'])}")
    if v["matter"] is not None:
        yield Bit("matter", f"that is decided{TURN} as a decision on {s.names.matter(v['matter'])}")
    if v["over"]:
        places = [s.names.all(place) for place in v["over"]]
        said = "; ".join(f"{i}. {place}" for i, place in enumerate(places, 1))
        yield Bit("over", f"the office passes, in this order, through: {said}")
    if v["follows"] is not None:
        yield Bit("follows", f"the holder is whoever is next to be {_bare(s.names.all(v['follows']))}")
    if v["by"] in ("appointment", "provision") and v.silent("appointer"):
        yield Bit("no appointer", f"who {'provides' if provided else 'appoints'} {the}", silent=True)


def departure(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """How somebody leaves an office: resigns, or is removed."""
    the = s.names.the(at.path[1]) if len(at.path) > 1 else "the holder"
    removed = "removed" in at.path
    force = v["force"] or "must"
    as_ = f", as a decision on {s.names.matter(v['matter'])}" if v["matter"] is not None else ""
    way = f"{force} be removed" if removed else f"may resign, and {force} do so as follows"
    yield Bit("way", f"{the} {way}{as_}")
    if v["agreed_by"] is not None:
        decides = {"must": "it is for", "should": "it should be for", "may": "it is open to"}[force]
        yield Bit("agreed", f"{decides}{TURN} {s.names.together(v['agreed_by'], at.home)} to decide that")
    elif removed and v.silent("agreed_by"):
        yield Bit("no decider", f"who removes {the}", silent=True)
    if v["consent_of"] is not None:
        yield Bit("consent", f"this needs the consent of{TURN} {s.names.all(v['consent_of'], at.home)}")
    if v["notice"] is not None:
        takes = {
            "must": "it takes notice of",
            "should": "there should be notice of",
            "may": "there may be notice of",
        }[force]
        yield Bit("notice", f"{takes}{TURN} {numbers.length(v['notice'])}")
    elif not removed and v.silent("notice"):
        yield Bit("no notice", "with what notice the holder may resign", silent=True)
    if v["told"] is not None:
        yield Bit("told", f"{s.names.all(v['told'], at.home)} {force} be told")


def _bare(the: str) -> str:
    return the.removeprefix("the ")


def matter(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A kind of thing to be decided."""
    title = stripped(v["name"] or spaced(at.path[-1]))
    yield Bit("name", f"one matter is {quoted(spaced(at.path[-1]))}: {title}")
    if v["kind_of"] is not None:
        yield Bit("kind", f"it is a kind of the wider matter: {s.names.matter(v['kind_of'])}")
    if v["settle"] is not None:
        ends = "must end in a determination" if v["settle"] == "yes" else "need not end in a determination"
        yield Bit("settle", f"it {ends}")
    if v["interested"] is not None:
        names = [n for n in v["interested"] if n != "nobody"]
        who = s.names.all(names) if names else "nobody"
        yield Bit("interested", f"those who have an interest in it:{TURN} {who}")


def situation(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A kind of event that norms speak of."""
    name = at.path[-1]
    says = stripped(s.events.says[name])
    if v["name"] is not None or name not in SITUATIONS:
        yield Bit("name", f"norms speak of the event {quoted(spaced(name))}: {says}")
    else:
        yield Bit("name", f"the model adds to what can be said of {says}")

    if v["part_of"] is not None:
        yield Bit("part", f"it belongs to the event {quoted(spaced(v['part_of']))}")


def attribute(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What can be so of an event."""
    event, name = at.path[1], at.path[-1]
    says = s.events.clause(f"{event}.{name}")
    kinds = {"yes-no": "so or not so", "time": "a time", "amount": "a number", "one-of": "one of several"}
    kind = kinds[v["type"] or "yes-no"]
    yield Bit("says", f"of {quoted(spaced(event))} it can be said ({quoted(spaced(name))}, {kind}): {says}")
    if v["values"] is not None:
        yield Bit("values", f"the values are {listed((quoted(spaced(x)) for x in v['values']), 'and')}")
    if v["given"] is not None:
        given = (
            "nobody bound by the text chooses it"
            if v["given"] == "yes"
            else "somebody bound by the text chooses it"
        )
        yield Bit("given", given)
    if v["choice_of"] is not None:
        yield Bit("choice", f"that is the choice of {s.names.all(v['choice_of'], at.home)}")


def instrument(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A plan, report or other paper."""
    the = s.names.paper(at.path[-1])
    kind = f", of the kind {quoted(stripped(v['kind']))}" if v["kind"] is not None else ""
    made = {None: "", "yes": ", made by others", "no": ", made by the text’s own bodies"}[v["external"]]
    yield Bit("name", f"there is this paper ({quoted(spaced(at.path[-1]))}): {the}{kind}{made}")
    if v["every"] is not None:
        yield Bit("every", f"it is made{TURN} {s.say.frequency(v['every'])}")
    if v["since"] is not None:
        yield Bit("since", f"that is so from {numbers.date(v['since'])} on")
    if v["after"] is not None:
        yield Bit("after", f"it follows {s.names.paper(v['after'])}")
    if v["binds"] is not None:
        yield Bit("binds", f"it binds{TURN} {s.names.all(v['binds'])}")


PASSIVE = {
    "prepared_by": "be prepared by",
    "consults": "be the subject of consultation with",
    "considered_by": "be considered by",
    "agreed_by": "be agreed by",
    "approved_by": "be approved by",
    "published": "be published to",
    "sent_to": "be sent to",
    "reviewed_by": "be reviewed by",
    "kept_by": "be kept by",
}
"""Steps of a paper, after `must`."""


def step(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """One step in which a paper comes about."""
    the = s.names.paper(at.path[1]) if len(at.path) > 1 else "the paper"
    turn = f"step {at.number} of {at.of}: " if at.of > 1 else ""
    when = _when(s, v)
    names = v["whom"] or ()
    some = "or" if v["any_of"] else "and"
    by_them = v["verb"].endswith("_by")
    who = listed((_reader(s, n, at, together=by_them) for n in names), some) or "somebody"
    by = f" by {s.names.together(v['by'], at.home)}" if v["by"] is not None else ""
    if by and v["verb"].endswith("_by"):
        by = f", and that{by}"
    passive = PASSIVE[v["verb"]]
    if by and not v["verb"].endswith("_by"):  # `be sent by the chair to the board`
        verb, _, to = passive.rpartition(" ")
        passive, by = f"{verb}{by} {to}", ""
    text = f"{turn}{the} {v['force'] or 'must'} {passive} {who}{by}{when}"
    if names == ("nobody",):
        done = PASSIVE[v["verb"]].removeprefix("be ").rpartition(" ")[0]
        text = f"{turn}{the} {v['force'] or 'must'} be {done}{by}{when}; by whom or to whom is not said"
    if v["every"] is not None:
        text += f", {s.say.frequency(v['every'])}"
    if v["within"] is not None:
        text += f", within {numbers.length(v['within'])} of the step before"
    if v["at_"] is not None:
        text += f" ({lowered(stripped(v['at_']))})"
    yield Bit("step", text)
    if v["consent_of"] is not None:
        yield Bit("consent", f"this needs the agreement of {s.names.all(v['consent_of'], at.home)}")


EVENTS = {
    "prepared_by": "prepared", "consults": "consulted", "considered_by": "considered", "agreed_by": "agreed",
    "approved_by": "approved", "published": "published", "sent_to": "sent", "reviewed_by": "reviewed",
    "kept_by": "kept",
}  # fmt: skip
"""What a step brings about, as a condition on a step calls it."""


def _when(s: Speaker, v: View) -> str:
    """In what case a step is taken; where the condition is a time of the step itself, the time alone."""
    when = v["when"]
    if when is None:
        return ""
    own = f"instrument.{EVENTS.get(v['verb'], '')}"
    if isinstance(when, OnDate) and when.event == own:
        return f" {s.say.date(when)}"
    if isinstance(when, Timed) and when.event == own:
        return f" {s.say.distance(when)}"
    return f", when {s.say.condition(when)}"


def _reader(s: Speaker, name: str, at: At, *, together: bool) -> str:
    if together and s.names.kind(name) == "class":
        return s.names.together(name)
    known = s.names.kind(name) != "other" or name in ("public", "members", "member", "anyone", "parties")
    return s.names.the(name, at.home) if known else lowered(name)


def statement(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What the text states about itself."""
    yield Bit("says", f"the text states of itself: {lowered(stripped(v['says'] or ''))}")
    if v["holds"] is not None:
        yield Bit("holds", f"that is true when {s.say.condition(v['holds'])}")
    if v["stated"] is not None:
        yield Bit("stated", f"the number that it states is {v['stated']}")
    if v["listed"] is not None:
        yield Bit("listed", f"what it lists comes to{TURN} {v['listed']}")
    for field, which in (("list", "one list"), ("other_list", "the other list")):
        if v[field] is not None:
            yield Bit(field, f"{which} names{TURN} {listed(s.names.title(n) for n in v[field])}")
    if v["inside"] is not None:
        may = "may name more" if v["inside"] == "yes" else "names the same, and no more"
        yield Bit("inside", f"the other list {may}")
    if v["refers_to"] is not None:
        points = [_target(s, name) for name in v["refers_to"]]
        yield Bit("refers", f"its words point to{TURN} {listed(points)}")


def _target(s: Speaker, name: str) -> str:
    """What a reference points to: a clause, something declared, or nothing."""
    if name == "nothing":
        return "nothing that is there"
    if name in s.c.clauses_index:
        return f"clause {name}"
    known = s.names.kind(name) not in ("other", "matter")
    return s.names.the(name) if known else s.names.title(name)
