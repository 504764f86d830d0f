"""Quorum, decisions, who presides, meetings, interests and stand-ins, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govmodel.model.constitution import Decision, Plain
from govmodel.model.expressions import Condition, Share
from govmodel.model.walk import all_amounts
from govmodel.words import numbers
from govmodel.words.speaking import TURN, At, Bit, Speaker, View, specs
from govmodel.words.text import article, listed, quoted, spaced


def _of(s: Speaker, at: At) -> str:
    return f" of {s.names.one(at.home)}" if at.home else ""


def quorum(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """`A meeting of the OSCP is quorate when at least 8 members are present`."""
    also = "only when, beside the other conditions," if at.of > 1 else "when"
    if v["needs"] is not None:
        yield Bit("needs", f"a meeting{_of(s, at)} is quorate {also}{TURN} {s.say.condition(v['needs'])}")
    if v["counts"] is not None:
        yield Bit("counts", f"it looks at{TURN} {listed(v['counts'])} seats")
    without = {
        "meeting": "without a quorum the meeting cannot be held",
        "decision": "without a quorum nothing can be decided",
        "start": "without a quorum the meeting cannot begin",
    }
    if v["gates"] is not None:
        yield Bit("gates", without[v["gates"]])
    measured = {
        "start": f"the quorum must be there{TURN} when the meeting begins",
        "throughout": f"the quorum must be there{TURN} throughout the meeting",
        "each-vote": f"the quorum must be there{TURN} whenever a vote is taken",
    }
    if v["measured"] is not None:
        yield Bit("measured", measured[v["measured"]])
    rounded = {
        "up": f"a fraction of a person is rounded{TURN} up",
        "nearest": f"a fraction of a person is rounded{TURN} to the nearest whole",
        "down": f"a fraction of a person is rounded{TURN} down",
    }
    if v["rounding"] is not None:
        yield Bit("rounding", rounded[v["rounding"]])
    if v.silent("gates"):
        yield Bit(
            "no gates",
            f"what {(at.home and s.names.the(at.home)) or 'the body'} cannot do without a quorum",
            silent=True,
        )
    if v.silent("measured"):
        yield Bit("no measure", f"when the quorum{_of(s, at)} must be there", silent=True)
    if v.silent("rounding") and v["needs"] is not None and _shares(v["needs"]):
        yield Bit(
            "no rounding", f"how a fraction of a person in the quorum{_of(s, at)} is rounded", silent=True
        )


def _shares(condition: Condition) -> bool:
    return any(isinstance(amount, Share) for amount in all_amounts(condition))


def inquorate(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What follows when there is no quorum."""
    when = {"never-reached": "is never reached", "lost": "is lost during the meeting"}
    start = f"when the quorum{_of(s, at)} {when.get(v['when'] or '', 'is not there')}"
    then = {
        "close": "the meeting is closed",
        "adjourn": "the meeting is adjourned",
        "continue": "the meeting goes on all the same",
        "discuss-only": "the meeting may discuss and not decide",
    }
    if v["then"] is not None:
        yield Bit("then", f"{start},{TURN} {then[v['then']]}")
    else:
        yield Bit("then", f"{start}, this follows")
    if v["wait"] is not None:
        yield Bit("wait", f"those who are there wait {numbers.length(v['wait'])} first")
    if v["resumes"] is not None:
        yield Bit("resumes", f"an adjourned meeting goes on{TURN} {numbers.length(v['resumes'])} later")
    if v["second_quorum"] is not None:
        yield Bit("second", f"the second meeting is quorate when {s.say.condition(v['second_quorum'])}")
    if v["second_notice"] is not None:
        yield Bit("notice", f"of the second meeting {numbers.length(v['second_notice'])}’ notice is given")


def decision(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """How matters are decided."""
    the = s.names.one(at.home) if at.home else "the body"
    matters = v["matter"] or ()
    every = not matters or "any" in matters
    on = "any matter" if every else listed((s.names.matter(m) for m in matters), "or")
    if v["touching"] is not None:
        clauses = v["touching"] if isinstance(v["touching"], tuple) else (v["touching"],)
        on += f", where it amends clause{'s' if len(clauses) > 1 else ''} {listed(clauses)},"
    if v["round"] is not None:
        on += f" in round {v['round']}"
    if v["when"] is not None:
        on += f", where {s.say.condition(v['when'])},"
    first = v["first"] == "consensus"
    if v["carried_by"] is not None:
        by = s.say.threshold(v["carried_by"])
        tried = "consensus is sought first; failing that, " if first else ""
        yield Bit("carried", f"{tried}a decision of {the} on {on} is carried{TURN} by {by}")
    elif first:
        yield Bit("carried", f"in decisions of {the} on {on} consensus is sought first")
    if v["how"] is not None:
        forms = {"meeting": "at a meeting", "writing": "in writing", "ballot": "by ballot"}
        yield Bit("how", f"{the} decides on {on} {listed((forms[h] for h in v['how']), 'or')}")
    if v["put_by"] is not None:
        yield Bit("put", f"it is put to the vote by{TURN} {s.names.all(v['put_by'], at.home)}")
    silence = {"assent": "is to agree", "refusal": "is to refuse"}
    if v["silence"] is not None:
        yield Bit("silence", f"not to answer in writing on {on}{TURN} {silence[v['silence']]}")
    if v["within"] is not None:
        yield Bit(
            "within", f"an answer in writing on {on} is given within{TURN} {numbers.length(v['within'])}"
        )
    proxies = {
        "yes": f"proxies may vote on {on}",
        "no": f"proxies may not vote on {on}",
        "should": f"absent members should be able to vote by proxy on {on}",
    }
    if v["proxies"] is not None:
        yield Bit("proxies", proxies[v["proxies"]])
    if v["consent_of"] is not None:
        who = s.names.all(v["consent_of"], at.home)
        yield Bit("consent", f"a decision of {the} on {on} needs the agreement of{TURN} {who}")
    if v["may_opt_out"] is not None:
        who = s.names.all(v["may_opt_out"], at.home)
        yield Bit("opt", f"from a decision on {on}, {who} may opt out")
    if v["binding_on"] is not None:
        yield Bit("binding", f"a decision on {on} binds{TURN} {s.names.all(v['binding_on'], at.home)}")
    if v["without"] is not None:
        yield Bit("without", f"{s.names.all(v['without'], at.home)} has no vote on {on}")
    equal = {
        "not-carried": "equal votes mean that it is not carried",
        "carried": "equal votes mean that it is carried",
        "deferred": "equal votes mean that it is deferred",
        "lot": "equal votes are settled by lot",
    }
    if v["equal_votes"] is not None:
        yield Bit("equal", f"in decisions of {the} on {on}, {equal[v['equal_votes']]}")
    told = (spec.name for spec in specs(Decision) if spec.metadata)
    if all(v.silent(field) for field in told if field not in ("matter", "touching", "round", "when")):
        yield Bit(
            "nothing", f"the text speaks of decisions of {the} on {on} and does not say how they are made"
        )
    votes = v["carried_by"] is not None and v["carried_by"].kind in ("share", "count")
    if votes and v.silent("equal_votes") and not _equal_votes_elsewhere(s, at, matters):
        yield Bit("no equal", f"what equal votes on {on} mean for {the}", silent=True)


def _equal_votes_elsewhere(s: Speaker, at: At, matters: Sequence[str]) -> bool:
    """Whether a block of its own says what equal votes on these matters mean."""
    body = s.c.bodies.get(at.home or "")
    for block in body.decisions if body is not None else ():
        if block.carried_by is None and block.equal_votes is not None:
            named = block.matter.value if isinstance(block.matter, Plain) else ("any",)
            if "any" in named or {*matters} <= {*named}:
                return True
    return False


def _by_name(s: Speaker, at: At, said: str) -> str:
    """A condition on the chair and the deputy chair with the names of these offices, where no reading moves
    them."""
    body = s.c.bodies.get(at.home or "")
    links = body.presiding if body is not None else ()
    who = [link.who.value for link in links if isinstance(link.who, Plain) and not link.gate]
    if len(who) < len(links):
        return said
    offices = [s.names.the(name) for name in dict.fromkeys(who) if name in s.c.offices]
    names = dict(zip(("the chair", "the deputy chair"), offices, strict=False))
    return re.sub(r"\bthe (?:deputy )?chair\b", lambda role: names.get(role.group(), role.group()), said)


def presiding(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """One link of the chain of who presides, in the order of the text."""
    order = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    place = order[at.number - 1] if at.number <= len(order) else f"{at.number}th"
    who = s.names.all(v["who"], at.home) if v["who"] is not None else "somebody"
    has = f"{who}, presiding, has"
    over = f"over meetings{_of(s, at)}"
    when = f" when {_by_name(s, at, s.say.condition(v['when']))}" if v["when"] is not None else ""
    turn = f", {place} in order," if at.of > 1 else ""
    if v["even_if"] is not None:
        when += ", even with an interest" if v["even_if"] == "conflicted" else ", but not with an interest"
    yield Bit("who", f"{who}{turn} presides {over}{TURN}{when}")
    if v["chosen_by"] is not None:
        yield Bit("chosen", f"{s.names.all(v['chosen_by'], at.home)} chooses who that is")
    if v["late_after"] is not None:
        yield Bit("late", f"late means {numbers.length(v['late_after'])} late")
    lasts = {
        "meeting": "for the whole meeting",
        "item": "for the item",
        "meeting-or-item": "for that meeting or that item",
    }
    if v["lasts"] is not None:
        yield Bit("lasts", f"it is so {lasts[v['lasts']]}")
    extra = {
        "casting": f"{has}{TURN} a casting vote when votes are equal",
        "additional": f"{has}{TURN} an additional vote in every ballot",
        "none": f"{has}{TURN} no second vote",
    }
    if v["extra_vote"] is not None:
        yield Bit("extra", extra[v["extra_vote"]])
    powers = {
        "yes": f"the chair’s other powers{TURN} pass too",
        "no": f"the chair’s other powers{TURN} do not pass",
    }
    if v["powers"] is not None:
        yield Bit("powers", powers[v["powers"]])
    if v.silent("extra_vote"):
        yield Bit(
            "no extra",
            f"whether {who}, presiding{' ' + over if at.home else ''}, has a second vote",
            silent=True,
        )


def meetings(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """Which meetings a body has."""
    the = s.names.the(at.home) if at.home else "the body"
    kind = spaced(v["kind"]) if v["kind"] else "ordinary"
    often = [s.say.frequency(v["how_often"])] if v["how_often"] is not None else []
    if v["at_least"] is not None:
        often.append(f"at least {s.say.frequency(v['at_least'])}")
    if often:
        yield Bit("often", f"{the} has {kind} meetings{TURN} {', '.join(often)}")
    said = "how_often" not in v.left and v["how_often"] is None and v["at_least"] is None
    if said:
        yield Bit("kind", f"{the} has {kind} meetings")
    if v["called_by"] is not None:
        yield Bit("called", f"{s.names.all(v['called_by'], at.home)} calls them")
    if v["on_request_of"] is not None:
        asking = s.names.all(v["on_request_of"], at.home)
        many = f" ({v['requesters']} of them at least)" if v["requesters"] is not None else ""
        yield Bit("request", f"they may be asked for by{TURN} {asking}{many}")
    elif v["requesters"] is not None:
        yield Bit("request", f"they may be asked for by at least {v['requesters']}")
    then = {
        "must": "when they are asked for, they must be held",
        "may": "when they are asked for, they may be held",
    }
    if v["then"] is not None:
        yield Bit("then", then[v["then"]])
    if v["ahead_of"] is not None:
        paper = s.names.kind(v["ahead_of"]) == "instrument"
        before = (
            f"{s.names.all(v['ahead_of'])} is due" if paper else f"a meeting of {s.names.one(v['ahead_of'])}"
        )
        yield Bit("ahead", f"they are held before{TURN} {before}")
    if v["on_request_of"] is not None and v.silent("then"):
        yield Bit(
            "no then", f"whether {kind} meetings of {the} must be held when they are asked for", silent=True
        )
    if v["cancelled_by"] is not None:
        yield Bit("cancelled", f"{s.names.all(v['cancelled_by'], at.home)} may cancel them")
    if v["consults"] is not None:
        yield Bit(
            "consults",
            f"before that, consultation is needed with{TURN} {s.names.all(v['consults'], at.home)}",
        )
    if v.silent("how_often") and v.silent("at_least") and kind == "ordinary" and v["cancelled_by"] is None:
        yield Bit("no often", f"how often {the} has ordinary meetings", silent=True)


def interest(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What a member with an interest does."""
    kinds = {"any": "an interest", "personal": "a personal interest", "prejudicial": "a prejudicial interest"}
    whole = f"a member{_of(s, at)} with {TURN}{kinds.get(v['kind'] or 'any', 'an interest')}{TURN}"
    who = whole
    declares = {
        "start": "at the start of the meeting",
        "before-item": "before the item is taken",
        "as-known": "as soon as it is known",
    }
    if v["declares"] is not None:
        yield Bit("declares", f"{who} declares it{TURN} {declares[v['declares']]}")
        who = "that member"
    yes_no = {
        "votes": ("may vote on the item", "may not vote on the item"),
        "takes_part": ("may take part in the discussion", "may not take part in the discussion"),
        "counts_to_quorum": ("counts towards the quorum", "does not count towards the quorum"),
    }
    for field in ("votes", "takes_part"):
        if v[field] is not None:
            yield Bit(field, f"{who}{TURN} {yes_no[field][0 if v[field] == 'yes' else 1]}")
            who = "that member"
    leaves = {
        "must": "must leave the room", "should": "should leave the room", "may": "may leave the room",
        "no": "need not leave the room",
    }  # fmt: skip
    if v["withdraws"] is not None:
        yield Bit("withdraws", f"{who}{TURN} {leaves[v['withdraws']]}")
        who = "that member"
    if v["counts_to_quorum"] is not None:
        yield Bit(
            "counts", f"{who}{TURN} {yes_no['counts_to_quorum'][0 if v['counts_to_quorum'] == 'yes' else 1]}"
        )
    if v["waived_by"] is not None:
        yield Bit("waived", f"this may be lifted by{TURN} {s.names.all(v['waived_by'], at.home)}")
    told = ("declares", "votes", "takes_part", "withdraws", "counts_to_quorum", "waived_by")
    if all(v.silent(field) for field in told):
        yield Bit("nothing", f"the text speaks of {whole} and says no more")
    if not v.silent("votes") and v.silent("counts_to_quorum"):
        yield Bit("no count", f"whether {whole} counts towards the quorum", silent=True)


def standin(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """Who may come in a member's place."""
    kind = v["kind"] or "stand-in"
    force = v["force"] or "must"
    whose, absent = f"a member{_of(s, at)}", f"a member{_of(s, at)} who cannot come"
    if v["for_"] is not None and s.names.kind(v["for_"]) == "seat":
        whose = (
            f"whoever sits as {quoted(spaced(v['for_']))}{f' on {s.names.the(at.home)}' if at.home else ''}"
        )
        absent = f"{whose} and cannot come"
    elif v["for_"] is not None:
        whose = f"a member{_of(s, at)} from {s.names.one(v['for_'])}"
        absent = f"{whose} who cannot come"
    on = f", on {s.names.matter(v['matter'])} only" if v["matter"] is not None else ""
    if v["named_by"] in ("member", "members"):
        yield Bit("kind", f"{absent} {force} name {article(kind)}{on}")
    elif v["named_by"] is not None:
        by = s.names.all(v["named_by"], at.home)
        yield Bit("kind", f"{by} {force} name {article(kind)} for {absent}{on}")
    else:
        yield Bit("kind", f"{article(kind)} {force} come in the place of {absent}{on}")
    if v["who"] is not None:
        yield Bit("who", f"this can be{TURN} {listed((s.names.one(n) for n in v['who']), 'or')}")
    if v["votes"] is not None:
        yield Bit("votes", f"the {kind}{TURN} {'votes' if v['votes'] == 'yes' else 'does not vote'}")
    if v["counts_to_quorum"] is not None:
        counts = "counts" if v["counts_to_quorum"] == "yes" else "does not count"
        yield Bit("counts", f"the {kind}{TURN} {counts} towards the quorum")
    if v["notice"] is not None:
        yield Bit("notice", f"the {kind} is named at least{TURN} {numbers.length(v['notice'])} ahead")
    of = f" of {whose}"
    if v.silent("votes"):
        yield Bit("no votes", f"whether the {kind}{of} votes", silent=True)
    if v.silent("counts_to_quorum"):
        yield Bit("no counts", f"whether the {kind}{of} counts towards the quorum", silent=True)
