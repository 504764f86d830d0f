"""What a check is given, and the few things that every check does alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from govmodel.exact.heads import Cells, Heads, gathered, heads
from govmodel.model.expressions import Share, Threshold
from govmodel.model.finding import LEVELS, CheckResult, Finding, Level, Undecided
from govmodel.model.joined import text_of
from govmodel.model.rules import (
    BodyNameRule,
    BodyRule,
    BodyRules,
    CapRule,
    CompositionRule,
    DecisionRule,
    InquorateRule,
    InterestRule,
    PresidingRule,
    QuorumRule,
    Reading,
    Rule,
    Rulebook,
    Rules,
    SeatRule,
)
from govmodel.model.scenario import Scenario
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import STATUSES
from govmodel.model.walk import all_amounts, names_in
from govmodel.reading import Reader, Readings, minimal, readings
from govmodel.reading.options import mentioned
from govmodel.semantics.actors import Ends, ends
from govmodel.semantics.cells import Electorate, asked_by, electorate
from govmodel.semantics.holders import asked_of
from govmodel.semantics.meeting import chain

if TYPE_CHECKING:
    from govmodel.smt.ask import Session

T = TypeVar("T")
R = TypeVar("R", bound=Rule)

MOST_CONFLICTS = 20
"""As in `smt.questions.game`, which is imported only where the solver is asked."""

MOST_KEPT = 2_000_000
"""Rules that are kept read at once, over all readings."""

SHOWN = 8
"""Whole readings named by a finding where there are too many to enumerate."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue. Its name completes "this constitution has …"; its page stands
    beside its code."""

    id: str
    name: str
    run: Callable[[Context], CheckResult]


@dataclass(slots=True)
class Context:
    """One rulebook under scrutiny: `fixed` options from the user, the solver's `effort`.

    Caches what several checks need; nothing in it depends on the order of the checks.
    """

    rulebook: Rulebook
    effort: int
    fixed: Reading = field(default_factory=dict)
    most_conflicts: int = MOST_CONFLICTS
    """Minimal sets of clashing clauses looked for at most among norms that hang together."""
    cut: bool = False
    """Whether some question depends on more readings than were enumerated."""
    scenario: Scenario | None = None
    """What people do, for the checks of practice, which ask nothing without it."""
    _reader: Reader = field(init=False)
    _shapes: dict[object, int] = field(default_factory=dict)
    _shared: dict[object, Any] = field(default_factory=dict)
    _alive: dict[int, object] = field(default_factory=dict)
    _read: dict[frozenset[tuple[str, str]], Rules] = field(default_factory=dict)
    _by_body: dict[str, list[Rule]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = Reader(self.rulebook)

    @property
    def base(self) -> Reading:
        return {**self.rulebook.base, **self.fixed}

    def rules(self, reading: Reading | None = None) -> Rules:
        """The rules under a reading (completed with the base and the user's options)."""
        key = frozenset((reading or {}).items())
        found = self._read.get(key)
        if found is None:
            if len(self._read) * len(self.rulebook.rules) > MOST_KEPT:
                self._read.clear()
            found = self._read[key] = self._reader.under({**self.fixed, **(reading or {})})
        return found

    def of_body(self, name: str) -> Sequence[Rule]:
        """The rules of a body, and those that constitute it."""
        if not self._by_body:
            for rule in self.rulebook.rules:
                body = rule.name if isinstance(rule, BodyRule) else getattr(rule, "body", None)
                if body is not None:
                    self._by_body.setdefault(body, []).append(rule)
        return self._by_body.get(name, ())

    def ours(self, clauses: Iterable[str]) -> bool:
        """Whether a finding on these clauses belongs to this model. In a landscape, what one of the other
        texts says by itself belongs to that text's own report."""
        texts = {text_of(self.rulebook.texts, clause) for clause in clauses}
        return len(texts) != 1 or "" in texts

    def space(
        self,
        about: Callable[[Rule], bool],
        *also: str,
        body: str | None = None,
        among: Iterable[Rule] | None = None,
        seen: Callable[[Rule], object] | None = None,
    ) -> Readings:
        """The readings on which rules of interest (of one body, where it is named, or `among` these) depend,
        with the built-in ambiguities `also`. `seen`: all that the question looks at in a rule, where that is
        not everything."""
        if among is None:
            among = self.rulebook.rules if body is None else self.of_body(body)
        names = (*mentioned(self.rulebook, about, seen, among), *also)
        found = readings(self.rulebook, names, self.fixed)
        self.cut = self.cut or not found.complete
        return found

    def once(self, name: str, rules: Rules, seats: Electorate, make: Callable[[], T], *also: object) -> T:
        """The answer to a question about heads or votes, asked once for all electorates of one shape."""
        return self.shared((name, self.shape(rules, seats), *also), make)

    def counted(
        self,
        name: str,
        rules: Rules,
        seats: Electorate,
        make: Callable[[], T],
        *also: object,
        start: Sequence[int] = (),
        labels: Sequence[object] = (),
    ) -> T:
        """A number of heads or votes, asked once for all bodies whose quorums come to the same ranges.
        `start`: how many of each cell there are to begin with, where that matters; `labels`: for each cell
        what else tells it from others."""
        ranges = self.heads(rules, seats)
        if ranges is None:
            return self.once(name, rules, seats, make, *also, tuple(start))

        def merge() -> tuple[object, Cells]:
            kinds = ranges.kinds(labels)
            told = tuple(dict(zip(kinds, labels, strict=True)).values()) if labels else ()
            return (ranges.merged(kinds), told), kinds

        merged, kinds = self.shared(("merged", ranges, tuple(labels)), merge)
        return self.shared((name, merged, gathered(start, kinds) if start else (), *also), make)

    def heads(self, rules: Rules, seats: Electorate) -> Heads | None:
        """The quorums of an electorate as ranges, where they come to such."""
        cells = tuple((cell.size, cell.groups, cell.seat.role) for cell in seats.cells)
        own = (self._kept(seats.body.quorum), self._kept(seats.body.inquorate))
        key = ("heads", *own, cells, rules.reading["rounding"])
        return self.shared(key, lambda: heads(rules, seats))

    def shape(self, rules: Rules, seats: Electorate) -> int:
        """A number for all that a question about heads or votes depends on."""

        def make() -> int:
            ranges = self.heads(rules, seats)
            quorum = (seats.shape, rules.reading["rounding"]) if ranges is None else ranges
            cells = tuple((c.votes, c.may_chair, c.caps, c.seat.role) for c in seats.cells)
            return self._shapes.setdefault((quorum, cells, seats.caps), len(self._shapes))

        return self.shared(("shape", self._kept(seats), rules.reading["rounding"]), make)

    def _kept(self, thing: object) -> int:
        """The identity of a thing, which is kept from now on: else the next thing that is made could have
        it, and would be given the answer of this one."""
        self._alive[id(thing)] = thing
        return id(thing)

    @property
    def numbers(self) -> Session:
        """A session beside which questions about numbers are asked: one solver context for one call."""
        from govmodel.smt.ask import Session  # the solver is imported where something is asked of it

        return self.shared("numbers", lambda: Session(""))

    def shared(self, key: object, make: Callable[[], T]) -> T:
        """A value that several checks need, made once. What has one key is of one type."""
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]  # type: ignore[no-any-return]


def quorum_space(context: Context, body: str, also: Callable[[Rule], bool] | None = None) -> Readings:
    """The readings on which the head counts of a body at full membership depend (rounding only where a
    quorum is a share), and the rules of the body that `also` picks. The built-in ones on which such rules
    lean are among them: when a quorum is measured that does not say, of whom a majority is."""

    chairs = _may_chair(context, body)
    quorums = [rule for rule in context.of_body(body) if isinstance(rule, QuorumRule)]
    others = any(set(quorum.counts) != {"voting"} for quorum in quorums)

    def about(rule: Rule) -> bool:
        if isinstance(rule, SeatRule):
            return (rule.role == "voting" or others) and not rule.optional
        if isinstance(rule, CompositionRule) and rule.office not in chairs:
            return False
        return isinstance(rule, (QuorumRule, InquorateRule)) or (also is not None and also(rule))

    own = [rule for rule in context.of_body(body) if about(rule)]
    leans = ["rounding"] if takes_shares(context, body) else []
    unmeasured = any(isinstance(rule, QuorumRule) and rule.measured is None for rule in own)
    if unmeasured and any(isinstance(rule, InterestRule) for rule in own):
        leans.append("quorum-measured")
    for rule in own:
        carried = rule.carried if isinstance(rule, DecisionRule) else None
        if carried is not None and carried.kind in ("share", "all") and carried.base is None:
            leans.append("base-of-a-majority")
    return context.space(about, *leans, body=body, seen=seen_by_heads)


def takes_shares(context: Context, body: str) -> bool:
    """Whether a quorum of the body is a share of something, so that it may have to be rounded."""
    needs = [
        condition
        for rule in context.of_body(body)
        if isinstance(rule, (QuorumRule, InquorateRule))
        for condition in (rule.needs if isinstance(rule, QuorumRule) else rule.second_quorum,)
        if condition is not None
    ]
    return any(isinstance(amount, Share) for condition in needs for amount in all_amounts(condition))


def seen_by_heads(rule: R) -> R:
    """What a head count sees of a rule: not its gate, nor how a seat is filled and for how long."""
    if isinstance(rule, SeatRule):
        return replace(rule, gate=(), holder=None, chosen_by=None, invited_by=None, agreed_by=None, term=None)
    return replace(rule, gate=())


def _may_chair(context: Context, body: str) -> set[str]:
    """The offices that come first in the order of presiding, in some reading."""
    found = set()
    for rule in context.of_body(body):
        if isinstance(rule, PresidingRule):
            found.add(rule.who)
            if not rule.gate:
                break
    return found


def alike(threshold: Threshold | None, base: str, extra_vote: str | None) -> tuple[object, ...]:
    """What a threshold comes to where all who are present vote: then the votes cast and those of the
    present are one base, unless somebody's second vote always counts."""
    if threshold is None:
        return ()
    of = threshold.base or base
    of = "present" if of == "voting" and extra_vote != "additional" else of
    return (threshold.kind, threshold.share, threshold.strict, threshold.number, of, threshold.without)


def votes_on(rule: Rule, *matters: str) -> bool:
    """Whether a rule says who presides, who has how many votes, or how one of these matters (all, if none)
    is voted on."""
    if isinstance(rule, DecisionRule):
        return rule.carried is not None and (not matters or bool(set(matters) & set(rule.matters)))
    if isinstance(rule, CompositionRule):
        return rule.office is not None
    return isinstance(rule, (CapRule, PresidingRule))


def of_kind(*kinds: type[Rule]) -> Callable[[Rule], bool]:
    """A predicate: rules of these kinds."""
    return lambda rule: isinstance(rule, kinds)


def meeting_bodies(context: Context) -> tuple[BodyRules, ...]:
    """The bodies that this text constitutes and that have voting seats: each as in the base reading, or
    else as in the first reading under which it is there. A reading may leave it out: look before use.
    In a landscape, those on which more than one text has a rule, or the landscape's own."""
    return context.shared("meeting bodies", lambda: _meeting_bodies(context))


def _meeting_bodies(context: Context) -> tuple[BodyRules, ...]:
    names = dict.fromkeys(r.name for r in context.rulebook.rules if isinstance(r, BodyRule))
    if context.rulebook.texts:
        names = {name: None for name in names if context.ours(_rules_on(context, name))}
    return tuple(body for name in names if (body := _met(context, name)) is not None)


def _rules_on(context: Context, body: str) -> tuple[str, ...]:
    """The clauses that say more of a body than its names."""
    rules = context.of_body(body)
    return clauses_of(*(rule for rule in rules if not isinstance(rule, (BodyRule, BodyNameRule))))


def _met(context: Context, name: str) -> BodyRules | None:
    def constitutes(rule: Rule) -> bool:
        return isinstance(rule, BodyRule) or (isinstance(rule, SeatRule) and rule.role == "voting")

    for reading in context.space(constitutes, body=name).all:
        body = context.rules(reading).bodies.get(name)
        if body is not None and not body.external and body.voting:
            return body
    return None


def statuses(body: BodyRules) -> tuple[str, ...]:
    """What can be so of the chair or the deputy chair, so far as a rule of the body speaks of it: nobody is
    late where no clause says what follows, nor kept from presiding by an interest that no clause mentions."""
    whens = [rule.when for rule in body.presiding if rule.when is not None]
    words = {name.rpartition(".")[2] for when in whens for name in names_in(when)}
    late = "late" in words or any(rule.late_after is not None for rule in body.presiding)
    interested = bool(body.interests) or bool(words & {"conflicted", "unwilling"})
    stays = interested and not (body.interests and all(i.withdraws == "must" for i in body.interests))
    spoken = {"late": late, "interested-stays": stays, "interested-leaves": interested}
    return tuple(status for status in STATUSES if spoken.get(status, True))


def quorum_rules(body: BodyRules) -> tuple[Rule, ...]:
    """What says who must be there: the quorums, and what is offered where they are not met."""
    return (*body.quorum, *(i for i in body.inquorate if i.second_quorum is not None))


def clauses_of(*rules: Rule) -> tuple[str, ...]:
    """The clauses of some rules, each once, in this order."""
    return tuple(dict.fromkeys(c for rule in rules for c in rule.clauses))


def holding(space: Readings, holds: Iterable[Reading]) -> tuple[Reading, ...]:
    """For a finding: `()` where it holds under all readings, else the minimal partial readings. Where
    not all readings were enumerated, the first ones under which it holds, whole."""
    if not space.complete:
        return tuple(holds)[:SHOWN]
    found = minimal(space, holds)
    return () if found == ({},) else found


def in_base(context: Context, holds: Sequence[Reading]) -> bool:
    """Whether one of these readings is the base (with the user's options)."""
    wanted = context.rules().reading
    return any(all(wanted[name] == option for name, option in r.items()) for r in holds)


def lowered(level: Level, base: bool) -> Level | None:
    """The level of a finding, one lower where it does not hold in the base reading; None: silent."""
    place = LEVELS.index(level) + (0 if base else 1)
    return LEVELS[place] if place < len(LEVELS) else None


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one id as one: variants of a norm under different readings of its words. The one in
    the base reading tells the story; the readings are those of all."""
    found: dict[str, Finding] = {}
    for finding in findings:
        other = found.get(finding.id)
        if other is None:
            found[finding.id] = finding
            continue
        first, second = (finding, other) if finding.in_base and not other.in_base else (other, finding)
        level = min(first.level, second.level, key=LEVELS.index)
        both = (*first.readings, *(r for r in second.readings if r not in first.readings))
        readings = both if first.readings and second.readings else ()
        found[finding.id] = replace(first, level=level, readings=readings)
    return list(found.values())


def result(
    check: str, findings: Iterable[Finding], undecided: Iterable[Undecided] = (), asked: int = 0
) -> CheckResult:
    return CheckResult(check, tuple(findings), tuple(undecided), asked)


# stories


def plural(number: int, one: str, many: str | None = None) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    count = words[number] if 0 <= number < len(words) else str(number)
    return f"{count} {one if number == 1 else many or one + 's'}"


def on(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def next_meeting(context: Context) -> date:
    """The day on which stories of a meeting are set: the first Thursday of the document's year."""
    from govmodel.calendar import is_working_day

    day = context.rulebook.first_day
    while day.weekday() != 3 or not is_working_day(day, context.rulebook.nation):
        day += timedelta(days=1)
    return day


def electorate_of(context: Context, rules: Rules, body: BodyRules) -> Electorate:
    """The cells of a body, made once for readings that leave its seats alike."""
    office = rules.offices.get(chain(body)[0] or "")
    asked = tuple(id(rule) for rule in asked_of(rules, office.name if office else None))
    own = (body.seats, body.caps, body.quorum, body.inquorate, body.decisions, body.presiding, office)
    key = ("electorate", *(id(rule) for rule in own), asked)

    def make() -> Electorate:
        groups, by_party = asked_by(body)
        seats = (id(body.seats), id(body.caps), id(body.quorum), id(body.inquorate), id(office))
        alike = ("cells", *seats, chain(body)[0], asked, frozenset(groups), by_party)
        return replace(context.shared(alike, lambda: electorate(rules, body)), body=body)

    return context.shared(key, make)


def ends_of(context: Context, rules: Rules) -> tuple[Ends, ...]:
    """Every route with its ends, made once for readings that leave all that has a name alike."""

    def names(body: BodyRules) -> int:
        chairs = tuple((p.order, p.who) for p in body.presiding)
        own = (body.name, body.external, tuple(seat.name for seat in body.seats), chairs)
        return context.shared(("names", own), lambda: len(context._shared))

    named = (rules.parties, rules.offices, rules.matters, rules.instruments)
    bodies = (context.shared(("names of", id(body)), partial(names, body)) for body in rules.bodies.values())
    key = ("ends", id(rules.routes), *(id(each) for each in named), *bodies)
    return context.shared(key, lambda: tuple(ends(rules, route) for route in rules.routes))


def seat_title(rules: Rules, body: BodyRules, place: str) -> str:
    """A seat in words: the organisation's name, with the seat's where it has several; else the seat's."""
    name, _, number = place.partition("#")
    seat = next((s for s in body.seats if s.name == name), None)
    party = rules.parties.get(seat.party) if seat and seat.party else None
    own = name.replace("-", " ").replace(".", " ")
    title = party.title if party else own
    if seat is not None and party and not name.endswith(f".{seat.party}") and not number:
        several = any(s.party == seat.party and s.name != name for s in body.seats)
        title = f"{title}: {own}" if several else title
    return f"{title} ({number})" if number else title


def some(rules: Rules, body: BodyRules, seats: Sequence[str], most: int = 4) -> str:
    """Some seats in words, in alphabetical order, the rest counted."""
    names = [seat_title(rules, body, place) for place in seats]
    parts = sorted(names[:most], key=str.casefold)
    if len(names) > most:
        parts.append(f"{len(names) - most} more")
    if len(parts) > 1 and any("," in part for part in parts):
        return "; ".join([*parts[:-1], f"and {parts[-1]}"])
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def gathering_facts(gathering: Gathering) -> dict[str, object]:
    """A gathering as plain data, for evidence."""
    return {
        "body": gathering.body,
        "present": list(gathering.present),
        "in_favour": list(gathering.in_favour),
        "against": list(gathering.against),
        "presider": gathering.presider,
        "chair": gathering.chair,
        "deputy": gathering.deputy,
    }
