"""Who reports, advises, escalates or delegates to whom, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govmodel.words import numbers
from govmodel.words.speaking import TURN, At, Bit, Speaker, View
from govmodel.words.text import listed, lowered, stripped


class Verb(NamedTuple):
    """`act`: what the sender does to the receiver; `on`: the word before the matter. `competence`: it is
    for the sender to do it, rather than a duty to somebody."""

    act: str
    on: str = "on"
    competence: bool = False


VERBS: Mapping[str, Verb] = {
    "reports_to": Verb("report to"),
    "informs": Verb("inform", "about"),
    "advises": Verb("advise"),
    "consults": Verb("consult"),
    "hears": Verb("hear", competence=True),
    "escalates_to": Verb("escalate", ""),
    "decides": Verb("decide on", competence=True),
    "approves": Verb("approve", competence=True),
    "determines": Verb("determine, for good,", competence=True),
    "appoints": Verb("appoint", ", the matter being", competence=True),
    "removes": Verb("remove", ", the matter being", competence=True),
    "suspends": Verb("suspend", ", the matter being", competence=True),
    "admits": Verb("admit", ", the matter being", competence=True),
    "delegates_to": Verb("delegate to"),
    "creates": Verb("set up", ", the matter being", competence=True),
    "ends": Verb("bring to an end", ", the matter being", competence=True),
    "acts_as": Verb("act as", ", the matter being", competence=True),
    "scrutinises": Verb("scrutinise", competence=True),
    "funds": Verb("fund"),
    "services": Verb("provide services to", ", the matter being"),
    "binds": Verb("bind", ", the matter being", competence=True),
    "answers_for": Verb("answer for", ", the matter being"),
}
"""How a verb of a route reads after `must`, `should` and `may`."""


ONE = frozenset({"creates", "ends", "appoints", "removes", "suspends", "admits"})
"""Verbs that are done to any one of several: `set up a TBG`."""


def route(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """`The OSCP must report to the PSB on progress on targets, every quarter`."""
    verb = VERBS[v["verb"]]
    home = _home(s, v)
    who = s.names.all(v["who"] or (), home)
    nobody = v["whom"] == ("nobody",)
    if nobody:
        whom = "nobody who is named"
    elif v["any_of"]:
        whom = f"one of these: {s.names.all(v['whom'] or (), home, 'or')}"
    else:
        whom = _whom(s, v, home)
    matters = [m for m in v["matter"] or () if m != "any"]
    matter = listed((s.names.matter(m) for m in matters), "and")
    if v["verb"] == "escalates_to":
        act = f"escalate {matter or 'what it cannot settle'} to {whom}"
    elif v["verb"] == "delegates_to":
        act = f"delegate {matter or 'tasks'} to {whom}"
    else:
        act = f"{verb.act} {whom}" + (f" {verb.on} {matter}".replace(" ,", ",") if matter else "")
    if v["verb"] == "acts_as" and not _both_bodies(s, v):
        act = act.replace("act as", "act for")
    force = v["force"] or "must"
    text = f"it is for {who} to {act}" if force == "must" and verb.competence else f"{who} {force} {act}"
    if v["via"] is not None:
        text += f", through {s.names.all(v['via'], home)}"
    if v["every"] is not None:
        text += f", {s.say.frequency(v['every'])}"
    if v["within"] is not None:
        text += f", within {numbers.length(v['within'])}"
    if v["about"] is not None:
        text += f", where the matter concerns {s.names.all(v['about'], home)}"
    if v["until"] is not None:
        text += f", until {lowered(stripped(v['until']))}"
    when = f"if {TURN}{s.say.condition(v['when'])}{TURN}, " if v["when"] is not None else ""
    yield Bit("route", when + text)
    effects = {
        "hears": "is a hearing only",
        "advises": "is advice only",
        "resolves": "may resolve it",
        "final": "is final",
    }
    if v["effect"] is not None:
        yield Bit("effect", f"the outcome{TURN} {effects[v['effect']]}")
    if v["about_receiver"] is not None:
        yield Bit(
            "receiver",
            f"where it is about the receiver, it goes to{TURN} {s.names.all(v['about_receiver'], home)}",
        )
    if v["consent_of"] is not None:
        yield Bit("consent", f"this needs the agreement of {s.names.all(v['consent_of'], home)}")
    if v["record"] is not None:
        yield Bit("record", f"it is recorded in {lowered(stripped(v['record']))}")
    if v["verb"] == "escalates_to" and not nobody and v.silent("effect"):
        receiver = "the receiver" if v["any_of"] else whom
        yield Bit("no effect", f"what {receiver} can do with {matter or 'it'}", silent=True)


def _both_bodies(s: Speaker, v: View) -> bool:
    names = (*(v["who"] or ()), *(v["whom"] or ()))
    return all(s.names.kind(name) == "body" for name in names)


def _whom(s: Speaker, v: View, home: str | None) -> str:
    said = []
    for name in v["whom"] or ():
        the = s.names.one(name) if v["verb"] in ONE else s.names.thing(name, home)
        the = the.replace("a member of", "each member of", 1) if the.startswith("a member of") else the
        said.append("one another" if v["whom"] == v["who"] and name == "parties" else the)
    return listed(said)


def _home(s: Speaker, v: View) -> str | None:
    """The body whose members a route speaks of: the one body of the text's own that has seats, or the one
    that the route names."""
    own = [n for n, b in s.c.bodies.items() if b.seats and not (b.external and b.external.value == "yes")]
    if len(own) == 1:
        return own[0]
    named = [n for n in (*(v["who"] or ()), *(v["whom"] or ())) if n in own]
    return named[0] if len(named) == 1 else None
