"""Remedies for norms: exceptions, precedence, another bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govmodel.dataclass import replace
from govmodel.model.edit import Edit
from govmodel.model.expressions import All, AnyOf, Condition, Length, Timed
from govmodel.model.finding import Finding
from govmodel.model.provision_rules import NormRule
from govmodel.repairs.draft import Draft, clauses, id_of, place_of, places, redraft
from govmodel.words import numbers, text


def exceptions(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """What stands in the way of a permission is excepted where the permission applies."""
    for grants, others in _sides(draft, finding):
        whens = {grant.when for grant in grants}
        when = next(iter(whens)) if len(whens) == 1 else None
        if when is None or any(other.force == "may" for other in others):
            continue
        told, own = draft.speaker.say.condition(when), text.clause(clauses(grants), "applies", "apply")
        touched = clauses(others)
        yield redraft(
            remedy="an exception",
            clauses=touched,
            says=f"add: “except where {told}, for which {own}”.",
            model=f"unless: the `when` of {places(draft, grants)}, at {places(draft, others)}",
            old=tuple(others),
            new=tuple(replace(other, unless=_either(other.unless, when)) for other in others),
        )


def override(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The permission prevails."""
    for grants, others in _sides(draft, finding):
        touched = clauses(grants)
        yield redraft(
            remedy="precedence",
            clauses=touched,
            says=f"add: “whatever {text.clause(clauses(others), 'says', 'say')}”.",
            model=_overrides(draft, others, grants),
            old=tuple(grants),
            new=_over(grants, others),
        )


def longer_notice(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The permission states the notice that is needed in fact."""
    for grants, others in _sides(draft, finding):
        parts = [p for other in others for p in _timed(other.content) if p.way == "before"]
        if not parts or not all(len(_timed(grant.content)) == 1 for grant in grants):
            continue
        longest = max(parts, key=lambda p: days(p.length)).length
        if days(longest) <= max(days(_timed(grant.content)[0].length) for grant in grants):
            continue
        touched = clauses(grants)
        yield redraft(
            remedy="the notice that it takes",
            clauses=touched,
            says=f"state {numbers.length(longest)} instead.",
            model=f"may: … at least {numbers.length(longest)} before meeting, at {places(draft, grants)}",
            old=tuple(grants),
            new=tuple(replace(grant, content=_stated(grant.content, longest)) for grant in grants),
        )


def priorities(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """One clause gives way to the others."""
    cited = _hard(draft, finding)
    for giving in dict.fromkeys(n.clauses for n in cited):
        ways = [n for n in cited if n.clauses == giving]
        rest = [n for n in cited if n.clauses != giving]
        if not rest:
            continue
        first = [n for n in rest if n.clauses == rest[0].clauses]
        touched = clauses(first)
        yield redraft(
            remedy="precedence",
            clauses=touched,
            says=f"add: “{text.clause(giving, 'gives', 'give')} way to this”.",
            model=_overrides(draft, ways, first),
            old=tuple(first),
            new=_over(first, ways),
        )


def soften(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """A duty that cannot always be kept is kept where it can be."""
    cited = [n for n in _hard(draft, finding) if n.force == "must"]
    if cited:
        touched = clauses(cited)
        yield redraft(
            remedy="an expectation in place of a duty",
            clauses=touched,
            says="write “should, wherever it can be done,” in place of “must”.",
            model=f"should in place of must, at {places(draft, cited)}",
            old=tuple(cited),
            new=tuple(replace(n, force="should") for n in cited),
        )


def not_the_only_ground(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The narrower ground leaves the wider one alone, or the wider one is made as narrow."""
    first, _, second = finding.subject.partition("/")
    wide = [n for n in draft.rules(NormRule) if n.name == first]
    narrow = [n for n in draft.rules(NormRule) if n.name == second]
    if not wide or not narrow:
        return
    touched = clauses(narrow)
    yield redraft(
        remedy="one ground beside the other",
        clauses=touched,
        says=f"add: “besides what {text.clause(clauses(wide), 'allows', 'allow')}”.",
        model=f"only: no, limit: no, at {places(draft, narrow)}",
        old=tuple(narrow),
        new=tuple(replace(n, only=False, limit=False) for n in narrow),
    )
    if len({n.when for n in narrow}) == 1 and narrow[0].when is not None:
        touched = clauses(wide)
        yield redraft(
            remedy="the same ground in both",
            clauses=touched,
            says=f"add: “as {text.clause(clauses(narrow), 'says', 'say')}”.",
            model=f"when: as at {places(draft, narrow)}, at {places(draft, wide)}",
            old=tuple(wide),
            new=tuple(replace(n, when=_both(n.when, narrow[0].when)) for n in wide),
        )


def one_number(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Both places say the number of one of them."""
    cited = [n for n in draft.cited(NormRule, finding) if not n.soft]
    by_clause = {n.clauses: [m for m in cited if m.clauses == n.clauses] for n in cited}
    for giving, changed in by_clause.items():
        other = next((n for c, own in by_clause.items() if c != giving for n in own), None)
        if other is not None and len(changed) == 1:
            yield redraft(
                remedy="one number",
                clauses=giving,
                says=f"say what {text.clause(other.clauses, 'says', 'say')}.",
                model=f"as at {places(draft, [other])}, at {places(draft, changed)}",
                old=tuple(changed),
                new=tuple(replace(n, content=other.content) for n in changed),
            )


def _sides(draft: Draft, finding: Finding) -> Iterator[tuple[list[NormRule], list[NormRule]]]:
    """The permission of a finding in all its variants, and the hard norms that stand in its way."""
    grants = [n for n in draft.rules(NormRule) if n.name == finding.subject and n.force == "may"]
    own = set(clauses(grants))
    others = [n for n in _hard(draft, finding) if not set(n.clauses) & own]
    if grants and others:
        yield grants, others


def _hard(draft: Draft, finding: Finding) -> list[NormRule]:
    named = finding.evidence.get("norms")
    cited = draft.cited(NormRule, finding)
    return [n for n in cited if (named is None or n.name in named) and (n.force != "may" or n.limit)]


def _over(norms: Sequence[NormRule], others: Sequence[NormRule]) -> tuple[NormRule, ...]:
    names = tuple(dict.fromkeys(n.name for n in others))
    return tuple(replace(n, overrides=tuple(dict.fromkeys((*n.overrides, *names)))) for n in norms)


def _overrides(draft: Draft, giving: Sequence[NormRule], at: Sequence[NormRule]) -> str:
    """The key, with names that the norms have or have to be given."""
    names = {place_of(draft, n): id_of(draft, n) for n in giving}
    listed = [own or (f"new-{n}" if len(names) > 1 else "new") for n, own in enumerate(names.values(), 1)]
    before = [name.partition("@")[0] for norm in at for name in norm.overrides]
    whole = dict.fromkeys((*before, *listed))
    nameless = [
        f"`id: {given}` at {place}"
        for (place, own), given in zip(names.items(), listed, strict=True)
        if own is None
    ]
    more = f", with {text.listed(nameless)}" if nameless else ""
    return f"overrides: [{', '.join(whole)}], at {places(draft, at)}{more}"


def _either(one: Condition | None, other: Condition) -> Condition:
    return other if one is None else AnyOf((one, other))


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    if one is None or other is None:
        return one or other
    return All((one, other))


def _timed(condition: Condition) -> list[Timed]:
    parts = condition.items if isinstance(condition, All) else (condition,)
    return [p for p in parts if isinstance(p, Timed) and p.op == ">=" and p.anchor == "meeting"]


def _stated(condition: Condition, length: Length) -> Condition:
    if isinstance(condition, All):
        return All(tuple(_stated(item, length) for item in condition.items))
    if isinstance(condition, Timed) and condition.op == ">=" and condition.anchor == "meeting":
        return replace(condition, length=length)
    return condition


def days(length: Length) -> float:
    """About how many calendar days a length is, to tell the longer of two."""
    per = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
    working = 1.4 if "working" in length.counting else 1.0
    return length.number * per.get(length.unit, 365) * working
