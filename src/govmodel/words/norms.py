"""Duties, prohibitions and permissions in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from govmodel.model.constitution import About
from govmodel.model.expressions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Flag,
    Is,
    Not,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.vocabulary import SITUATIONS
from govmodel.words import events
from govmodel.words.speaking import TURN, At, Bit, Speaker, View
from govmodel.words.text import listed, quoted, spaced

Force: TypeAlias = Literal["must", "should", "may", "must_not", "should_not"]
FORCES: tuple[Force, ...] = ("must", "should", "may", "must_not", "should_not")


def norm(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """`The Secretariat must send out the agenda at least 5 working days before every meeting of the OSCP`."""
    force = next((f for f in FORCES if v[f] is not None or f in v.left), None)
    abouts = v["about"] or ()
    always = v["always"] == "yes"
    home = _home(s, abouts)
    who = s.names.all(v["who"], home if v["who"] not in ("member", "members") else None) if v["who"] else None
    content = v[force] if force is not None else None
    if force is not None and content is not None:
        core, whose = said(s, force, content, v["who"], who)
    else:
        what = {"may": "what is allowed", None: "what is to be done"}.get(
            force, f"what {spaced(force or '')} be so"
        )
        core, whose = f"{what}{f' of {who}' if who else ''} is not fixed by the text", ""
    when = f"if {TURN}{s.say.condition(v['when'])}{TURN}, " if v["when"] is not None else ""
    agreed = ""
    if v["if_agreed_by"] is not None:
        agreed = f", if {TURN}{s.names.all(v['if_agreed_by'], home)}{TURN} agrees"
    unless = f", unless {TURN}{s.say.condition(v['unless'])}" if v["unless"] is not None else ""
    yield Bit("norm", placed(s, abouts, always, f"{when}{core}{agreed}{unless}"))
    if whose:
        yield Bit("whose", whose)
    if v["by"] is not None:
        yield Bit("by", f"only {s.names.all(v['by'], home)} may invoke that exception")
    if v["always"] is not None:
        yield Bit(
            "always",
            "the text says this of every case" if always else "the text does not say this of every case",
        )
    if v["over"] is not None:
        yield Bit(
            "over", f"it is meant to cover every case, {listed(_whether(s, n, abouts) for n in v['over'])}"
        )
    if v["limit"] is not None:
        kinds = {
            "yes": "exhaustive: what lies outside it is forbidden",
            "no": "not exhaustive: what lies outside it is left open",
        }
        yield Bit("limit", f"the bound is{TURN} {kinds[v['limit']]}")
    elif force == "may" and v.silent("limit"):
        yield Bit("limit", "no bound is stated")
    if v["only"] is not None:
        yield Bit("only", "no other ground counts" if v["only"] == "yes" else "other grounds may count too")
    if v["waived_by"] is not None:
        yield Bit("waived", f"{s.names.all(v['waived_by'], home)} may waive this")
    if v["overrides"] is not None:
        others = listed(quoted(o) + _clauses(s, o) for o in v["overrides"])
        yield Bit("overrides", f"it prevails over the norm{'s' if len(v['overrides']) > 1 else ''} {others}")
    if v["subject_to"] is not None:
        others = listed(quoted(o) + _clauses(s, o) for o in v["subject_to"])
        yield Bit("subject", f"it gives way to the norm{'s' if len(v['subject_to']) > 1 else ''} {others}")
    if v["changes"] is not None:
        others = listed(quoted(o) + _clauses(s, o) for o in v["changes"])
        many = "s" if len(v["changes"]) > 1 else ""
        yield Bit("changes", f"where it is used, it lifts the norm{many} {others}")
    if v["every"] is not None:
        yield Bit("every", f"it falls due{TURN} {s.say.frequency(v['every'])}")
    if v["otherwise"] is not None:
        yield Bit(
            "otherwise", f"for its breach see the norm {quoted(v['otherwise'])}{_clauses(s, v['otherwise'])}"
        )


def placed(s: Speaker, abouts: tuple[About, ...], always: bool, text: str) -> str:
    """The words of a norm with the event of which it speaks: in the place of the first mention of that
    event, where there is one, else before them."""
    if len(abouts) == 1:
        (about,) = abouts
        which = "every" if always else "a"
        mention = r"\bthe meeting\b(?!’s)" if about.situation == "meeting" else r"\bthe item(’s \w+)?\b"
        match = re.search(mention, text) if about.situation in ("meeting", "item") else None
        if match is not None:
            turn = (
                "" if text[: match.start()].count(TURN) % 2 else TURN
            )  # not inside a part that is told apart
            of = f" of {turn}{s.names.one(about.body)}{turn}" if about.body else ""
            one = f"{which} meeting{of}"
            if about.situation == "item":
                one = f"{'every' if always else 'an'} item of business{of}"
                thing = match.group(1)
                one = f"the {thing.removeprefix('’s ')} of {one}" if thing else one
            return text[: match.start()] + one + text[match.end() :]
        if about.situation not in SITUATIONS and (repeated := _repeated(s, about, text)):
            return f"in {s.names.the(about.body)}, {repeated}" if about.body else repeated
    opening = setting(s, abouts, always)
    return _first_member(f"{opening}, {TURN}{text}" if opening else text)


def _repeated(s: Speaker, about: About, text: str) -> str | None:
    """The words of a norm that themselves say what its event is (`the task is delegated`), the thing with
    an indefinite article where it is first spoken of. None where they do not."""
    says = s.events.says.get(about.situation, "").replace("'", "’").removesuffix(".")
    thing = events.subject(says)
    definite = re.sub(r"^((a|an) )?", "the ", says)
    ways = [definite, *(events.with_verb(definite, force.replace("_", " ")) for force in FORCES)]
    if not thing or not any(way in text for way in ways if way):
        return None
    return text.replace(re.sub(r"^((a|an) )?", "the ", thing), thing, 1)


def _first_member(text: str) -> str:
    """`a member` where a member is first spoken of, `the member` after that."""
    definite = re.sub(r"\ba member\b(?! of)", "the member", text)
    return re.sub(r"\bthe member\b(?! of)", "a member", definite, count=1)


def _clauses(s: Speaker, name: str) -> str:
    """Where a norm stands that another points to."""
    for other in s.c.norms:
        if other.id is not None and other.id.value == name and other.clauses:
            return f" ({', '.join(other.clauses)})"
    return ""


def _home(s: Speaker, abouts: tuple[About, ...]) -> str | None:
    bodies = {about.body for about in abouts}
    return next(iter(bodies)) if len(bodies) == 1 else None


def _whether(s: Speaker, name: str, abouts: tuple[About, ...]) -> str:
    for about in abouts:
        situation: str | None = about.situation
        while situation is not None:
            if f"{situation}.{name}" in s.events.attributes:
                return f"whether or not {s.events.clause(f'{situation}.{name}')}"
            situation = s.events.part_of.get(situation)
    return f"whatever {quoted(spaced(name))} is"


def setting(s: Speaker, abouts: tuple[About, ...], always: bool) -> str:
    """Of which events a norm speaks: `for every meeting of the OSCP`, `when a task is delegated`."""
    found = []
    for situation in dict.fromkeys(about.situation for about in abouts):
        bodies = [about.body for about in abouts if about.situation == situation and about.body]
        some = listed((s.names.one(body) for body in bodies), "or")
        which = "every" if always else "a"
        of = f" of {TURN}{some}{TURN}" if bodies else ""
        match situation:
            case "meeting":
                found.append(f"for {which} meeting{of}")
            case "item":
                found.append(f"for {'every' if always else 'an'} item of business{of}")
            case "vote":
                found.append(f"in {which} vote{of}")
            case "attendance":
                found.append(f"at {which} meeting{of}")
            case "year":
                found.append(f"in {which} year{of}")
            case _:
                says = s.events.says.get(situation, spaced(situation)).replace("'", "’").removesuffix(".")
                where = f"in {TURN}{some}{TURN}, " if bodies else ""
                when = "whenever" if always else "when"
                about = (
                    f"{when} {says}"
                    if events.is_clause(says)
                    else f"{'always, ' if always else ''}concerning {says}"
                )
                found.append(where + about)
    return ", and ".join(found)


def said(s: Speaker, force: Force, content: Condition, name: str | None, who: str | None) -> tuple[str, str]:
    """The heart of a norm, and a clause on whom it concerns where the heart does not say."""
    modal = force.replace("_", " ")
    forbids = force.endswith("not")
    direct = _act(s, content, name, forbids) if who is not None else None
    if who is not None and direct is not None:
        return f"{TURN}{who}{TURN} {modal} {direct}", ""
    bent = _bent(s, content, modal, forbids)
    clause = s.say.condition(content)
    if who is None:
        if bent is not None:
            return bent, ""
        return {
            "must": f"it must be so that {clause}",
            "should": f"it should be so that {clause}",
            "may": f"it is allowed that {clause}",
            "must_not": f"it must not be so that {clause}",
            "should_not": f"it should not be so that {clause}",
        }[force], ""
    if force in ("must", "should"):
        return f"{TURN}{who}{TURN} {modal} see to it that {TURN}{clause}", ""
    if force == "may":
        return (bent or f"it is allowed that {clause}"), f"this is allowed to{TURN} {who}"
    return (bent or f"it {modal} be so that {clause}"), f"this binds{TURN} {who}"


def _act(s: Speaker, content: Condition, name: str | None, forbids: bool) -> str | None:
    """What somebody must or may do, as an act; None where there are no sure words."""
    match content:
        case Flag(attribute):
            return s.events.act(attribute) or _own(s, attribute, name)
        case Timed(event=event):
            verb = s.events.act(event) or _own(s, event, name)
            return f"{verb} {s.say.distance(content)}" if verb else None
        case Ordered(event, way, anchor):
            verb = s.events.act(event) or _own(s, event, name)
            return f"{verb} {way} {s.say.anchor(anchor)}" if verb else None
        case OnDate(event=event):
            verb = s.events.act(event) or _own(s, event, name)
            return f"{verb} {s.say.date(content)}" if verb else None
        case All(items) if not forbids:
            acts = [_act(s, item, name, forbids) for item in items]
            return " and ".join(a for a in acts if a) if all(acts) else None
        case AnyOf(items):
            acts = [_act(s, item, name, forbids) for item in items]
            return " or ".join(a for a in acts if a) if all(acts) else None
        case Not() | Comparison() | Is() | All():
            return None


def _own(s: Speaker, attribute: str, name: str | None) -> str | None:
    """The act in a clause whose subject is whom the norm binds: `the member comes` → `come`."""
    clause = s.events.clause(attribute)
    if name is None or not s.names.subject_is(events.subject(clause), name):
        return None
    return events.act(clause)


def _bent(s: Speaker, content: Condition, modal: str, forbids: bool) -> str | None:
    """The clause itself with must or may in it: `the task may be delegated`; None where that is not sure."""
    match content:
        case Flag(attribute):
            return events.with_verb(s.events.clause(attribute), modal)
        case Timed(event=event):
            bent = events.with_verb(s.events.clause(event), modal)
            return f"{bent} {s.say.distance(content)}" if bent else None
        case Ordered(event, way, anchor):
            bent = events.with_verb(s.events.clause(event), modal)
            return f"{bent} {way} {s.say.anchor(anchor)}" if bent else None
        case OnDate(event=event):
            bent = events.with_verb(s.events.clause(event), modal)
            return f"{bent} {s.say.date(content)}" if bent else None
        case All(items) if not forbids:
            bents = [_bent(s, item, modal, forbids) for item in items]
            return " and ".join(b for b in bents if b) if all(bents) else None
        case AnyOf(items) if forbids:
            bents = [_bent(s, item, modal, forbids) for item in items]
            return " and ".join(b for b in bents if b) if all(bents) else None
        case Not() | Comparison() | Is() | All() | AnyOf():
            return None
