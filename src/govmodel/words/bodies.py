"""Bodies, who sits on them, and who joins and leaves, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govmodel.words import numbers
from govmodel.words.speaking import TURN, At, Bit, Speaker, View
from govmodel.words.text import listed, lowered, quoted, some, spaced, stripped


def body(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What a body is."""
    name = at.path[-1]
    elsewhere = "names, as constituted elsewhere,"
    made = {"yes": elsewhere, "no": "itself constitutes", None: "constitutes"}[v["external"]]
    family = v["family"]
    if family is not None:
        many = f"{numbers.bare_span(family)}{', or none' if family.low == 0 else ''}"
        yield Bit(
            "name", f"the text {made} one kind of body, {s.names.heading(name)}, of which there may be {many}"
        )
    else:
        yield Bit("name", f"the text {made} {s.names.full(name)}")
    if v["tier"] is not None:
        yield Bit("tier", f"it is of tier {stripped(v['tier'])}")


def called(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """Another name of a body, a class or a paper; the name itself is the last of the path."""
    owner = s.names.paper(at.path[1]) if at.path[0] == "instruments" else s.names.the(at.path[1])
    if at.path[-2] == "contains":
        yield Bit("name", f"{owner} must contain this: {at.path[-1]}")
    else:
        yield Bit("name", f"the text also calls {owner} “{at.path[-1]}”")
    if v["defined"] is not None:
        says = "itself says" if v["defined"] == "yes" else "does not itself say"
        yield Bit("defined", f"the text {says} that the two names mean one thing")


SILENCES: Mapping[str, str] = {
    "seats": "who sits on it",
    "quorum": "what its quorum is",
    "decisions": "how it decides",
    "presiding": "who presides",
    "meetings": "how often it meets",
    "interests": "what a member with an interest does",
    "standins": "whether anybody may stand in for a member",
    "inquorate": "what follows when there is no quorum",
}
"""What a body of the text would be expected to have, by its key, and what is not said where it is missing."""


def seat(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """`NHS Oxfordshire has 1 voting seat on the OSCP, with 1 vote (holder: …)`."""
    who, whose = _filler(s, v, at)
    role = v["role"] or ("voting" if "role" not in v.left else "")
    one = _single(v)
    few = one or (v["seats"] is not None and v["seats"].high == 1)
    many = "a number of" if "seats" in v.left else "1" if v["seats"] is None else numbers.span(v["seats"])
    noun = "seat" if few else "seats"
    on = f" on {s.names.the(at.home)}" if at.home else ""
    seats = " ".join(filter(None, (many, role, noun)))
    votes = v["votes"] or ("1" if "votes" not in v.left else "")
    count = some(int(votes), "vote") if votes.isdigit() else f"votes {votes}"
    voting = f", with {count}{'' if few else ' each'}" if votes and (role == "voting" or v["votes"]) else ""
    holder = []
    if v["holder"] is not None:
        holder.append(f"holder: {lowered(stripped(v['holder']))}")
    if v["ex_officio"] is not None:
        holder.append(f"held by virtue of office by {s.names.all(v['ex_officio'], at.home)}")
    post = f" ({'; '.join(holder)})" if holder else ""
    yield Bit("seat", f"{who}{TURN} {seats}{on}{voting}{post}")
    label, be = f"the {noun} {whose}", "is" if few else "are"
    holds = f"whoever holds {label if few else f'any of {label}'}"
    if v["is_"] is not None:
        yield Bit("is", f"{holds} must be{TURN} {listed((s.names.a(n) for n in v['is_']), 'and')}")
    if v["nominated_by"] is not None:
        who = s.names.all(v["nominated_by"], at.home)
        yield Bit("nominated", f"{holds} is the nominee of{TURN} {who}")
    if v["agreed_by"] is not None:
        yield Bit(
            "agreed", f"{holds} sits with the agreement of{TURN} {s.names.together(v['agreed_by'], at.home)}"
        )
    if v["chosen_by"] is not None:
        yield Bit("chosen", f"{holds} is chosen by{TURN} {s.names.together(v['chosen_by'], at.home)}")
    if v["by_invitation_of"] is not None:
        yield Bit(
            "invited",
            f"{holds} sits by invitation of{TURN} {s.names.together(v['by_invitation_of'], at.home)}",
        )
    if v["unless_represented"] is not None:
        only = "only for those who are not" if v["unless_represented"] == "yes" else "even for those who are"
        yield Bit("unless", f"{label} {be} there{TURN} {only} represented otherwise")
    if v["optional"] is not None:
        yield Bit("optional", f"{label}{TURN} {'may' if v['optional'] == 'yes' else 'may not'} stay empty")
    if v["term"] is not None:
        yield Bit("term", f"{holds} sits for{TURN} {numbers.length(v['term'])}")


def _filler(s: Speaker, v: View, at: At) -> tuple[str, str]:
    """Who has a seat, with the verb, and whose it is said to be afterwards."""
    if v["for_each"] is not None:
        each = v["for_each"]
        said = f"each {s.names.short(each) if s.names.kind(each) == 'body' else s.names.each(each)}"
        return f"{said} has", f"of {said}"
    if v["party"] is not None:
        party = s.names.the(v["party"])
        return f"{party} {'have' if s.names.many(v['party']) else 'has'}", f"of {party}"
    name = quoted(spaced(at.path[-1]))
    return f"as {name} there {'is' if _single(v) else 'are'}", name


def _single(v: View) -> bool:
    return (v["seats"] is None or numbers.one(v["seats"])) and "seats" not in v.left


def cap(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """How many votes some organisations have together."""
    most = some(v["at_most"], "vote") if v["at_most"] is not None else "a number of votes that is left open"
    where = f" on {s.names.the(at.home)}" if at.home else ""
    if v["each"] is not None:
        who = s.names.all(v["each"])
        yield Bit("cap", f"{who} has at most {most}{where}, however many seats it has")
    if v["together"] is not None:
        names = v["together"]
        if len(names) == 1 and s.names.kind(names[0]) == "class":
            who = f"all organisations of the class {quoted(spaced(names[0]))}"
        else:
            who = listed(_member(s, n) for n in names)
        yield Bit("together", f"{who} have at most {most} between them{where}")
    if v["each"] is None and v["together"] is None:
        yield Bit("cap", f"at most {most}{where}")


def _member(s: Speaker, name: str) -> str:
    return f"every {spaced(name)}" if s.names.kind(name) == "class" else s.names.the(name)


def rule(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What must be so of who sits on a body, or holds an office."""
    if v["rule"] is None:
        return
    said = s.say.composed(v["rule"], "must be", "must come")
    if at.path[:1] == ("offices",):
        said = said.replace("the holder", f"the holder of the office of {s.names.title(at.path[1])}", 1)
    elif at.home:
        said = said.replace("the holder", f"whoever sits on {s.names.the(at.home)}", 1)
    yield Bit("rule", said)


def membership(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """Joining and leaving; of an office, resigning and being removed."""
    the = s.names.the(at.home) if at.home else "the body"
    office = s.names.the(at.path[1]) if at.path[:1] == ("offices",) else ""
    removed = "removed" in at.path
    force = v["force"] or "must"
    if v["joins"] is not None:
        who = s.names.all(v["joins"])
        yield Bit("joins", f"{who} may join {the}" if force == "may" else f"{who} {force} be let into {the}")
    if v["leaves"] is not None:
        who = s.names.all(v["leaves"], at.home)
        from_ = "" if who.endswith(f" {the}") else f" {the}"
        leave = "be removed" if removed else "resign" if office else f"leave{from_}"
        yield Bit("leaves", f"{who} may {leave}")
    if v["joins"] is None and v["leaves"] is None:
        act = "removing" if removed else "the resignation of"
        yield Bit("what", f"a rule on {f'{act} {office}' if office else f'membership of {the}'} ({force})")
    if v["agreed_by"] is not None:
        needs = {"must": "this needs", "should": "this should have", "may": "this needs"}
        yield Bit(
            "agreed", f"{needs[force]} the agreement of{TURN} {s.names.together(v['agreed_by'], at.home)}"
        )
    if v["consent_of"] is not None:
        also = "also " if v["agreed_by"] is not None else ""
        yield Bit("consent", f"this {also}needs the consent of{TURN} {s.names.all(v['consent_of'], at.home)}")
    if v["notice"] is not None:
        takes = {
            "must": "it takes notice of",
            "should": "there should be notice of",
            "may": "there may be notice of",
        }
        yield Bit("notice", f"{takes[force]}{TURN} {numbers.length(v['notice'])}")
    if v["told"] is not None:
        yield Bit("told", f"{s.names.all(v['told'], at.home)} {force} be told")
    if v["leaves"] is not None and not removed and v.silent("notice"):
        yield Bit(
            "no notice",
            f"with what notice {'the holder may resign' if office else f'a member may leave {the}'}",
            silent=True,
        )
