"""What waits for the holder of one office."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.dataclass import dataclass
from govmodel.graph.asked import NO_PATH, Asked, Power, fails, holds
from govmodel.model.rules import OfficeRule, Rules
from govmodel.semantics.actors import Actor, Ends, chair_of, ends, principal, resolve, words

POWERS: tuple[str, ...] = (
    "decides", "approves", "determines", "appoints", "removes", "suspends", "admits", "delegates_to",
    "creates", "ends", "acts_as", "binds", "hears",
)  # fmt: skip
"""Verbs by which the sender holds a power that others wait for."""


def single_points(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff an office that somebody is chosen for, or that presides, alone holds a power that is used
    outside the meeting room, and the text names nobody who acts in its place when it is vacant or its
    holder away: neither an acting office, nor a stand-in in the chair who has the powers too, nor an
    organisation that provides whoever it takes. Whoever is appointed, by an organisation too, is one person.

    One answer for each office that is not an external body's. `reason`: `nobody-acts`. `powers` lists
    them with their clauses. Duties alone (to report, to circulate papers) are no powers. Names that the
    text does not say how to fill ("target leads") may stand for many people, and are left alone.
    """
    found: list[Asked] = []
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    known = _Powers(rules, all_ends)
    for office in rules.offices.values():
        home = rules.bodies.get(office.of or "")
        if home is not None and home.external:
            continue
        powers = known.of(office)
        acting = _acting(rules, office, all_ends)
        clauses = tuple(dict.fromkeys((*(c for p in powers for c in p.clauses),)))
        if not powers:
            found.append(holds(office.name, "no power outside the meeting room rests on it"))
        elif acting is not None:
            found.append(holds(office.name, acting, clauses))
        elif not _filled(rules, office):
            found.append(holds(office.name, "the text does not say that one person holds it", clauses))
        else:
            why = f"nobody acts for {office.name} when it is vacant or its holder away"
            found.append(fails(office.name, "nobody-acts", why, NO_PATH, clauses, powers))
    return tuple(found)


def _filled(rules: Rules, office: OfficeRule) -> bool:
    """Whether the text speaks of one holder at a time: chosen, for a term, or in the chair."""
    me = Actor("office", office.name)
    return office.chosen_by is not None or office.term is not None or _presides(rules, me)


def _presides(rules: Rules, office: Actor) -> bool:
    return any(resolve(rules, p.who, b.name) == office for b in rules.bodies.values() for p in b.presiding)


@dataclass(frozen=True, slots=True)
class _Mention:
    """Somebody to whom a rule gives a power, by name (of which body) or known already. Of several mentions at
    one place the one of the lower `rank` counts."""

    place: int
    rank: int
    power: Power
    name: str = ""
    body: str | None = None
    actor: Actor | None = None


def _mentions(rules: Rules, all_ends: tuple[Ends, ...]) -> Iterator[_Mention]:
    """Everybody who is given a power that is used outside the meeting room, in the order of the text."""
    place = 0

    def given(
        what: str, clauses: tuple[str, ...], body: str | None, *names: str | None
    ) -> Iterator[_Mention]:
        power, rank = Power(what, clauses), int(what.startswith("consents"))
        for name in names:
            if name is not None:
                yield _Mention(place, rank, power, name, body)

    for norm in rules.norms:
        acts = norm.who if norm.force == "may" else None
        for what, name in (
            ("agrees to what a norm permits", norm.agreed_by),
            ("grants an exception", norm.by),
            ("lifts a norm", norm.waived_by),
            (f"may act ({words(norm.situation)})", acts),
        ):
            place += 1
            yield from given(what, norm.clauses, norm.body, name)
    for body in rules.bodies.values():
        for meeting in body.meetings:
            place += 1
            yield from given(f"calls {meeting.kind} meetings", meeting.clauses, body.name, meeting.called_by)
            place += 1
            cancels = f"cancels {meeting.kind} meetings"
            yield from given(cancels, meeting.clauses, body.name, meeting.cancelled_by)
        for seat in body.seats:
            for what, name in (
                ("invites to a seat", seat.invited_by),
                ("chooses who sits", seat.chosen_by),
                ("agrees to who sits", seat.agreed_by),
            ):
                place += 1
                yield from given(what, seat.clauses, body.name, name)
        for membership in body.membership:
            place += 1
            agreeing = (membership.agreed_by, *membership.consent_of)
            what = "agrees to members joining or leaving"
            yield from given(what, membership.clauses, body.name, *agreeing)
        for decision in body.decisions:
            place += 1
            yield from given("consents to decisions", decision.clauses, body.name, *decision.consent_of)
        for interest in body.interests:
            place += 1
            what = "lets a member with an interest take part"
            yield from given(what, interest.clauses, body.name, interest.waived_by)
    for other in rules.offices.values():
        place += 1
        yield from given(f"appoints {other.name}", other.clauses, None, other.appointer)
    for removal in rules.removals:
        place += 1
        yield from given(f"removes {removal.office}", removal.clauses, None, removal.agreed_by)
    for step in rules.steps:
        place += 1
        if step.verb in ("agreed_by", "approved_by") and len(step.whom) == 1:
            yield from given(f"{step.verb[:-4]} {step.instrument}", step.clauses, None, step.whom[0])
        yield from given(f"consents to {step.instrument}", step.clauses, None, *step.consent_of)
    for both in all_ends:
        place += 1
        route = both.route
        about = f" {' '.join(route.matters)}" if route.matters else ""
        if route.verb in POWERS and len(both.who) == 1:
            power = Power(f"{route.verb} {' '.join(a.name for a in both.whom)}", route.clauses)
            yield _Mention(place, 0, power, actor=both.who[0])
        elif route.verb == "escalates_to" and len(both.whom) == 1:
            power = Power(f"receives{about} from {' '.join(a.name for a in both.who)}", route.clauses)
            yield _Mention(place, 0, power, actor=both.whom[0])
        yield from given(f"consents to {route.verb}{about}", route.clauses, None, *route.consent_of)


class _Powers:
    """The powers of every office under one reading."""

    def __init__(self, rules: Rules, all_ends: tuple[Ends, ...]) -> None:
        self.rules, self.home = rules, principal(rules)
        self.named: dict[tuple[str, str | None], list[_Mention]] = {}
        self.known: dict[Actor, list[_Mention]] = {}
        self._meant: dict[tuple[str, str | None], Actor] = {}
        for mention in _mentions(rules, all_ends):
            if mention.actor is not None:
                self.known.setdefault(mention.actor, []).append(mention)
            else:
                self.named.setdefault((mention.name, mention.body), []).append(mention)

    def of(self, office: OfficeRule) -> tuple[Power, ...]:
        me = Actor("office", office.name)
        home = office.of or self.home
        found = [*self.known.get(me, ())]
        for (name, body), own in self.named.items():
            if self._means(name, body or home) == me:
                found += own
        first: dict[int, Power] = {}
        for mention in sorted(found, key=lambda m: (m.place, m.rank)):
            first.setdefault(mention.place, mention.power)
        return tuple(dict.fromkeys(first.values()))

    def _means(self, name: str, home: str | None) -> Actor:
        if (name, home) not in self._meant:
            self._meant[name, home] = resolve(self.rules, name, home)
        return self._meant[name, home]


def _acting(rules: Rules, office: OfficeRule, all_ends: tuple[Ends, ...]) -> str | None:
    """Who acts for the office, in words; None where nobody does."""
    me = Actor("office", office.name)
    if office.acting not in (None, "nobody"):
        return f"{office.acting} acts for it"
    if office.chosen_by == "provision":
        return f"{office.appointer or 'somebody'} staffs it"
    home = rules.bodies.get(office.of or "")
    if home is not None and chair_of(rules, home.name) == me:
        for presiding in home.presiding:
            if presiding.powers and resolve(rules, presiding.who, home.name) != me:
                return f"{presiding.who} presides with its powers"
    for both in all_ends:
        if both.route.verb == "acts_as" and me in both.whom and both.who != (me,):
            return f"{both.who[0].name} acts as it"
    return None
