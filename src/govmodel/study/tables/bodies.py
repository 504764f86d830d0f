"""The design of each body at a glance, and the whole in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from govmodel.checks.context import Context
from govmodel.model.constitution import Block, Body, Norm, Route
from govmodel.model.expressions import Frequency, Timed
from govmodel.model.rules import Reading, Rulebook
from govmodel.model.shown import Table, table
from govmodel.model.walk import conditions
from govmodel.study.tables.seats import counts, own_bodies
from govmodel.words.provisions import by_clause, provisions
from govmodel.words.speaking import Speaker, View
from govmodel.words.text import capital, listed, spaced

PER_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1, "term": 3}


def bodies(speaker: Speaker, rulebook: Rulebook, fixed: Reading, own: Speaker) -> tuple[Table, ...]:
    """One row a body of the text's own, in the words of the base reading; then the whole in numbers.

    `own` speaks of the text alone where `speaker` speaks of several that are joined."""
    context = Context(rulebook, 1, fixed)
    based = _speaker(speaker, context, {})
    rows = []
    for name in own_bodies(speaker):
        body = speaker.c.bodies[name]
        needed = {n: options[0] for n, options in body.gate}
        base = based if based.stands(body) else _speaker(speaker, context, needed)
        count = counts(context, name)
        depends = dict.fromkeys((count["depends_on"] or "").split(", "))
        for blocks in (body.quorum, body.decisions, body.presiding, body.meetings, body.caps):
            for block in blocks:
                depends |= dict.fromkeys(speaker.readings_of(block))
        there = "yes" if based.stands(body) else f"no, only if {speaker.only(dict(body.gate))}"
        rows.append(
            {
                "body": name,
                "title": speaker.names.heading(name),
                "in_base": there,
                **{key: value for key, value in count.items() if key not in ("depends_on", "complete")},
                "quorum": _quorum(base, body, name),
                "decided_by": _decided(base, body, name),
                "chair": _chair(base, body, name),
                "ties": _ties(base, body, name),
                "meetings": _meetings(base, body),
                "notice": _notice(base, name),
                "depends_on": ", ".join(filter(None, depends)) or None,
                "clauses": ", ".join(body.clauses),
            }
        )
    shown = (
        *("title", "in_base", "seats", "seats_min", "seats_max", "votes", "votes_min", "votes_max"),
        *(
            "no_limit",
            "may_stay_empty",
            "quorum",
            "decided_by",
            "chair",
            "ties",
            "meetings",
            "notice",
            "depends_on",
        ),
        "clauses",
    )
    heads = {
        "title": "body",
        "in_base": "in the base reading",
        "seats": "voting seats",
        "seats_min": "fewest voting seats",
        "seats_max": "most voting seats",
        "votes_min": "fewest votes",
        "votes_max": "most votes",
        "no_limit": "no upper number of",
        "may_stay_empty": "on top, may stay empty",
        "decided_by": "decided by",
        "ties": "equal votes",
        "depends_on": "depends on",
    }
    settled = " and of the readings that were settled" if fixed else ""
    below = [
        f"The words are those of the base reading{settled}; fewest and most are taken over all readings that "
        "are left. Voting seats are those that are filled at full attendance."
    ]
    return table("bodies", "Bodies at a glance", rows, shown, heads, below), _numbers(own)


def _speaker(speaker: Speaker, context: Context, needed: Reading) -> Speaker:
    """One that speaks of the base reading, or of the one nearest to it: nothing is conditional."""
    whole = context.rules(needed).reading
    return Speaker(speaker.c, {name: whole[name] for name in speaker.c.readings})


def _standing(base: Speaker, blocks: Iterable[Block]) -> list[View]:
    """The values of those blocks that stand in the base reading."""
    return [View(block, base.picks(block)[0]) for block in blocks if base.stands(block)]


def _quorum(base: Speaker, body: Body, home: str) -> str:
    def words(v: View) -> str:
        left = v.left.get("needs")
        return base.say.condition(v["needs"]) if left is None else f"as {base.names.the(left, home)} sets it"

    said = [words(v) for v in _standing(base, body.quorum)]
    return capital("; and ".join(dict.fromkeys(said))) if said else "No quorum stated"


def _decided(base: Speaker, body: Body, home: str) -> str:
    said = []
    for v in _standing(base, body.decisions):
        matters = v["matter"] or ("any",)
        on = "" if "any" in matters else f" on {listed((base.names.matter(m) for m in matters), 'or')}"
        if v["carried_by"] is not None:
            sought = ", after consensus was sought" if v["first"] else ""
            said.append(f"{base.say.threshold(v['carried_by'])}{on}{sought}")
        elif v["first"] is not None:
            said.append(f"consensus is sought first{on}")
        if v["consent_of"] is not None:
            said.append(
                f"{on.strip() or 'always'}, with the agreement of {base.names.all(v['consent_of'], home)}"
            )
    return capital("; ".join(said)) if said else "Not said"


def _chair(base: Speaker, body: Body, home: str) -> str:
    said = [base.names.all(v["who"], home) for v in _standing(base, body.presiding) if v["who"] is not None]
    return capital(", then ".join(said)) if said else "Not said"


def _ties(base: Speaker, body: Body, home: str) -> str:
    extra = {"casting": "a casting vote", "additional": "an additional vote in every ballot"}
    said = []
    for v in _standing(base, body.presiding):
        if v["extra_vote"] is not None:
            vote = extra.get(v["extra_vote"], "no second vote")
            said.append(f"{base.names.all(v['who'], home)} has {vote}")
    for v in _standing(base, body.decisions):
        if v["equal_votes"] is not None:
            said.append(f"equal votes mean {spaced(v['equal_votes'])}")
    return capital("; ".join(said)) if said else "Not said"


def a_year(frequency: Frequency) -> str:
    """How often that is in a year: `4`, or `not fixed`."""
    if not frequency.times or frequency.unit not in PER_YEAR:
        return "not fixed"
    return f"{frequency.times * PER_YEAR[frequency.unit] / frequency.units:g}"


def _meetings(base: Speaker, body: Body) -> str:
    said = []
    for v in _standing(base, body.meetings):
        kind = spaced(v["kind"] or "ordinary")
        if v["how_often"] is not None:
            said.append(f"{a_year(v['how_often'])} a year ({kind}, {base.say.frequency(v['how_often'])})")
        elif v["at_least"] is not None:
            said.append(f"at least {a_year(v['at_least'])} a year ({kind})")
        elif "how_often" in v.left:
            said.append(f"{kind} ones as often as {base.names.the(v.left['how_often'])} says")
        elif v["cancelled_by"] is None:
            said.append(f"{kind} ones")
    return capital("; ".join(said)) if said else "Not said"


def _notice(base: Speaker, name: str) -> str:
    said = []
    for norm in base.c.norms:
        if not base.stands(norm) or not any(about.body == name for about in norm.abouts):
            continue
        v = View(norm, base.picks(norm)[0])
        for force in ("must", "should", "may"):
            for part in conditions(v[force]) if v[force] is not None else ():
                if isinstance(part, Timed) and part.event == "meeting.notice":
                    when = f", if {base.say.condition(v['when'])}" if v["when"] is not None else ""
                    said.append(f"{force} be {base.say.distance(part)}{when}")
    return capital("; ".join(said)) if said else "No notice stated"


def _numbers(speaker: Speaker) -> Table:
    """How much of the text is encoded, and as what."""
    became = by_clause(speaker)
    encoded = sum(bool(b.resting) for b in became)
    again = sum(b.fate.startswith("it says again") for b in became)
    why = Counter(b.disposition for b in became if b.disposition)
    rest = len(became) - encoded - again - sum(why.values())
    found = [p for p in provisions(speaker) if speaker.stands(p.block)]
    rows: list[dict[str, Any]] = [
        {"what": what, "number": str(number)}
        for what, number in (
            ("clauses", len(became)),
            ("of these encoded", encoded),
            ("of these say another one again", again),
            *((f"of these set aside as {name}", number) for name, number in sorted(why.items())),
            ("of these with nothing resting on them, and no reason", rest),
            ("share encoded", f"{encoded / len(became):.0%}" if became else "–"),
            ("norms", sum(isinstance(p.block, Norm) for p in found)),
            ("routes", sum(isinstance(p.block, Route) for p in found)),
            ("papers", sum(p.top == "instruments" and len(p.at.path) == 2 for p in found)),
            ("questions left open", sum(n not in speaker.fixed for n in speaker.c.readings)),
        )
    ]
    return table("numbers", "In numbers", rows, (), {"what": " ", "number": " "})
