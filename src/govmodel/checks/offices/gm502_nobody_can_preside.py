"""GM502: circumstances in which a quorate meeting has nobody to preside."""

from __future__ import annotations

from govmodel.checks.bodies import meeting_bodies, statuses
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import of_kind
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import InterestRule, PresidingRule, Reading
from govmodel.semantics.presiding import chain, presiding
from govmodel.words.text import capital, the

ID, NAME = "GM502", "case in which nobody can preside"

ORDER = ("absent", "present", "interested-stays", "interested-leaves", "late", "vacant")
"""In which order cases are told: the likeliest first."""

WORDS = {
    "present": "is there",
    "late": "comes late",
    "interested-stays": "has an interest and stays in the room",
    "interested-leaves": "has an interest and leaves the room",
    "absent": "is absent",
    "vacant": "has not been appointed",
}


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    for body in meeting_bodies(context):
        space = context.space(of_kind(PresidingRule, InterestRule), body=body.name)
        failing: list[Reading] = []
        pairs: dict[int, list[tuple[str, str]]] = {}
        for reading in space.all:
            own = context.rules(reading).bodies.get(body.name)
            if own is None:
                continue
            if not own.presiding:
                continue
            asked += 1
            _, deputy = chain(own)
            can_be = statuses(own)
            others = can_be if deputy else ("present",)
            nobody = [(c, d) for c in can_be for d in others if presiding(own, c, d) is None]
            if nobody:
                pairs[len(failing)] = nobody
                failing.append(reading)
        if not failing:
            continue
        base = in_base(context, failing)
        level = lowered("warning", base)
        if level is None:
            continue
        index = next((i for i, r in enumerate(failing) if in_base(context, [r])), 0)
        nobody = sorted(pairs[index], key=lambda p: (ORDER.index(p[0]), ORDER.index(p[1])))
        rules = context.rules(failing[index])
        own = rules.bodies[body.name]
        chair, deputy = chain(own)
        names = [the(rules.offices[o].title if o in rules.offices else o) for o in (chair, deputy) if o]
        names = names or ["the chair"]  # spoken of, and held by no office in this reading
        c, d = nobody[0]
        story = [f"At a meeting of the {own.title} {names[0]} {WORDS[c]}."]
        if len(names) > 1:
            story.append(capital(f"{names[1]} {WORDS[d]}."))
        cited = clauses_of(*own.presiding)
        word = "clauses" if len(cited) > 1 else "clause"
        story.append(f"Under {word} {', '.join(cited)} nobody then presides: no rule speaks of this case.")
        further = [_when(names, pair) for pair in nobody[1:4]]
        if further:
            more = f"; and {len(nobody) - 4} more" if len(nobody) > 4 else ""
            story.append(f"Nor when {'; nor when '.join(further)}{more}.")
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=cited,
                subject=body.name,
                message=f"no rule says who presides at the {own.title} when {_when(names, (c, d))}",
                mark=own.presiding[-1].mark,
                story=tuple(story),
                help="Let the members choose who presides whenever neither the chair nor the deputy can act.",
                readings=holding(space, failing),
                in_base=base,
                evidence={"cases": [{"chair": c, "deputy": d} for c, d in nobody]},
            )
        )
    return result(ID, findings, (), asked)


def _when(names: list[str], pair: tuple[str, str]) -> str:
    cases = [f"{name} {WORDS[status]}" for name, status in zip(names, pair, strict=False)]
    return " and ".join(cases)


CHECK = Check(ID, NAME, run)
