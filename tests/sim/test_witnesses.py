"""Every witness about norms put on in the simulator, day by day: what the solver says can happen, happens."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sim_worlds import board, constitution, seat
from test_happenings import norm as ahead

from govmodel import check, checks, load
from govmodel.calendar import is_working_day
from govmodel.checks import CATALOGUE
from govmodel.checks.norms import gm105_rival_grounds, gm106_dilemma, permissions, telling
from govmodel.loading.scenario import load_scenario
from govmodel.model.expressions import Length
from govmodel.model.rules import NormRule, Rules
from govmodel.model.scenario import Urgent
from govmodel.model.verdict import Answer, Case, Fact, Gathering
from govmodel.model.vocabulary import SITUATIONS
from govmodel.reading import read, under
from govmodel.semantics import cases, meeting, replay
from govmodel.sim import plan
from govmodel.sim.enacting import NotEnacted, enact
from govmodel.sim.following import Fate, fates, follow
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions import cases as single
from govmodel.smt.questions import norms
from strategies.asked_norms import with_a_distance
from strategies.dice import Rolled
from strategies.situations import World, drawn_world
from strategies.trying import Tried


def bound(rules: Rules, case: Case) -> list[NormRule]:
    found = cases.binding(rules.norms, rules.situations, case.situation, case.body)
    return [n for n in found if cases.mentioned(n) <= case.facts.keys()]


def judged(rules: Rules, case: Case) -> dict[str, Fate]:
    """What the judge says of each norm, all facts being known at once."""
    everything = bound(rules, case)
    about = (case, rules.nation, rules.reading)
    found: dict[str, Fate] = {}
    for norm in everything:
        force = cases.in_force(norm, everything, *about)
        if not cases.kept(norm, everything, *about):
            found[norm.name] = "broken"
        elif norm.force == "may":
            found[norm.name] = "used" if force and cases.true(cases.act_of(norm), *about) else "not used"
        else:
            found[norm.name] = "kept" if force else "not in force"
    return found


def happens(rules: Rules, case: Case, seen: Counter[str]) -> dict[str, Fate]:
    """Put a case on: all its events happen on their days, and every norm has the end that the judge sees."""
    told = follow(rules, case)
    kinds = cases.attributes(rules.situations, case.situation)
    events = {h.name: (h.day - case.day).days for h in told if h.fate is None}
    times = {n: f for n, f in case.facts.items() if n in kinds and kinds[n].kind == "time" and f is not None}
    assert events == {"meeting": 0, **times}
    found = dict(fates(told))
    assert found == judged(rules, case)
    seen.update(found.values())
    return found


def of(found: dict[str, Fate], fate: Fate) -> set[str]:
    return {name for name, other in found.items() if other == fate}


def blocked(world: World, answer: norms.NormAnswer, grant: NormRule | None, seen: Counter[str]) -> None:
    """A conflict, an unkeepable duty, a narrowed permission, a dilemma: for each clause a case in which it
    is this one that is broken, and none of the others."""
    for found in answer.blocked:
        rules = under(world.rulebook, found.reading)
        for clause, case in found.cases.items():
            fate = happens(rules, case, seen)
            own = {n.name: n for n in bound(rules, case) if set(n.clauses) <= set(found.clauses)}
            broken = [own[n] for n in of(fate, "broken") & own.keys() if not own[n].soft]
            if grant is not None:
                assert grant.name in of(fate, "used") or fate[grant.name] == "broken"
                broken = [n for n in broken if not cases.set_aside(n, grant, rules.reading)]
            assert broken
            assert all(clause in n.clauses for n in broken)
            seen["a clause shown"] += 1
        seen["permissions in vain" if grant else "conflicts" if len(found.clauses) > 1 else "unkeepable"] += 1


def witness(rules: Rules, answer: Answer, seen: Counter[str]) -> dict[str, Fate] | None:
    if not isinstance(answer.witness, Case):
        return None
    seen["single cases"] += 1
    return happens(rules, answer.witness, seen)


def about_norms(seed: int, seen: Counter[str]) -> None:
    world = with_a_distance(seed) if seed % 8 == 1 else drawn_world(Rolled(seed), timed=seed % 2 == 0)
    place = (world.situation, world.body)
    theory = CaseTheory(world.rulebook, *place, window=world.window, starts=world.starts)
    if theory.left_out:
        return
    blocked(world, norms.conflicts(world.rulebook, *place, theory=theory), None, seen)
    for grant in world.grants:
        for question in (norms.narrowed, norms.dilemmas):
            blocked(world, question(world.rulebook, grant, *place, theory=theory), grant, seen)
    tried, chance = Tried(world), random.Random(seed)
    reading = chance.choice(tried.readings)
    rules = tried.rules(reading)
    standing = [n for n in tried.binding(rules) if not n.soft]
    for grant in standing:
        if grant.force == "may" and norms.timed_bound(grant) is not None:
            bounds = norms.bounds(world.rulebook, grant, *place, reading=reading, theory=theory)[1]
            lawfully(rules, grant, (b.case for b in bounds if b.case is not None), seen)
    if len(standing) > 1:
        one, other = chance.sample(standing, 2)
        found = witness(rules, single.grounds_apart(theory, one, other, reading), seen)
        assert found is None or found[one.name] != "not in force"
        before, after = {one.name}, {n.name for n in standing} - {one.name}
        found = witness(rules, single.changed(theory, before, after, reading), seen)
        assert found is None or (found[one.name] != "broken" and of(found, "broken") & after)
        asked, others = cases.duty(one), cases.duty(other)
        if asked is not None and others is not None:
            found = witness(rules, single.breaks_without(theory, one, asked, other, others, reading), seen)
            # The limit of a permission binds whether the permission applies or not: it may be broken then.
            if found is not None and one.force != "may":
                assert found[one.name] == "broken"
            if found is not None and other.force != "may":
                assert found[other.name] != "broken"
    for spoken in standing[:2]:
        found = witness(rules, single.spoken_of(theory, spoken, reading), seen)
        assert found is None or spoken.when is None or spoken.breach_of or spoken.name in found
    for case in (tried.case(chance.choice(tried.days), facts) for facts in some(tried, chance)):
        if cases.possible(rules.situations, case):
            happens(rules, case, seen)
            seen["any cases"] += 1


def some(tried: Tried, chance: random.Random) -> list[dict[str, Fact]]:
    every = list(tried.every_case)
    return chance.sample(every, min(3, len(every)))


def lawfully(rules: Rules, grant: NormRule, found: Iterable[Case], seen: Counter[str]) -> None:
    """The permission is used at its effective bound, and nothing is broken that is not set aside for it."""
    for case in found:
        fate = happens(rules, case, seen)
        assert replay.exercised_lawfully(rules, case, grant)
        left = [n for n in bound(rules, case) if n.name in of(fate, "broken") and not n.soft]
        assert all(cases.set_aside(n, grant, rules.reading) for n in left)
        assert fate[grant.name] in ("used", "broken")
        seen["effective bounds"] += 1


def a_meeting(*norms_: NormRule, **facts: Any) -> tuple[Rules, Case]:
    """A meeting on Monday 7 June 2010, a week after a bank holiday."""
    rules = replace(constitution(board([seat("a")])), norms=norms_, situations=SITUATIONS)
    times = {f"meeting.{name}": value for name, value in facts.items()}
    return rules, Case("meeting", "board", date(2010, 6, 7), times)


FIVE_DAYS = ahead("papers", Length(5, "day", "working"))


def test_a_deadline_is_missed_on_its_evening_and_no_sooner() -> None:
    """Papers five working days before a Monday are due on the Friday before the bank holiday."""
    for sent, fate, day in (
        (-10, "kept", date(2010, 5, 28)), (-3, "broken", date(2010, 5, 28)),
        (None, "broken", date(2010, 5, 28)), (-30, "kept", date(2010, 5, 8)),
    ):  # fmt: skip
        told = follow(*a_meeting(FIVE_DAYS, papers=sent))
        (end,) = (h for h in told if h.fate is not None)
        assert (end.fate, end.day) == (fate, day)


def test_what_cannot_be_is_not_put_on() -> None:
    for facts, said in (
        ({"papers": -5, "notice": -3}, "meeting.papers cannot be before meeting.notice"),
        ({"notice": 3, "papers": None}, "meeting.notice cannot be on that side of the meeting"),
    ):
        rules, case = a_meeting(FIVE_DAYS, **facts)
        assert not cases.possible(rules.situations, case)
        with pytest.raises(NotEnacted, match=said):
            follow(rules, case)


ROOT = Path(__file__).parents[2]
MODELS = sorted([*ROOT.glob("models/*.yaml"), *ROOT.glob("tests/cli/models/*.yaml")])
JUDGED = (
    (telling, "blocks"), (permissions, "blocks"), (permissions, "exercised_lawfully"),
    (gm106_dilemma, "blocks"), (gm105_rival_grounds, "confirmed"),
)  # fmt: skip
"""Where the checks have a case of norms judged before they tell it."""


def test_every_case_that_the_checks_tell_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the real constitutions, and of those of the tests."""
    told: list[tuple[Rules, Case]] = []

    def hearing(judge: Any) -> Any:
        def heard(rules: Rules, case: Case, *rest: Any, **more: Any) -> bool:
            told.append((rules, case))
            return bool(judge(rules, case, *rest, **more))

        return heard

    for module, name in JUDGED:
        monkeypatch.setattr(module, name, hearing(getattr(module, name)))
    seen: Counter[str] = Counter()
    for path in MODELS:
        told.clear()
        check(path, select=["GM101", "GM102", "GM103", "GM104", "GM105", "GM106", "GM116"])
        for rules, case in told:
            happens(rules, case, seen)
            seen["told"] += 1
        seen["models"] += bool(told)
    assert seen["told"] > 60
    assert seen["models"] > 4, seen


def test_a_meeting_is_called_no_sooner_than_the_story_has_it() -> None:
    """Of the Oxfordshire draft, at 48 hours and with papers five working days ahead: on each kind of day,
    urgent business that comes up on the day of the notice has its meeting on the day of the story."""
    book = read(load(ROOT / "models" / "oscp-2010.yaml"))
    rules = under(book, {})
    world = load_scenario(ROOT / "scenarios" / "baseline.yaml", book)
    urgent = Urgent(a_year=Fraction(4), called=Fraction(1), first=0, last=0)
    before = rules.first_day - timedelta(days=60)
    whole = plan(rules, replace(world, urgent=urgent), years=2, seed=1, first=before)
    (calls,) = (b.calls for b in whole.bodies if b.name == "oscp")
    assert calls is not None
    assert calls.lawful is not None
    (grant,) = (n for n in rules.norms if n.name == "short-notice")
    found = norms.bounds(book, grant, "meeting", "oscp", reading={})[1]
    start = whole.first.toordinal()
    for bound_ in found:
        assert bound_.case is not None
        assert bound_.lawful is not None
        held = bound_.case.day.toordinal()
        if not is_working_day(bound_.case.day, rules.nation):
            continue  # the simulator calls no meeting on such a day
        sent = held - bound_.lawful - start
        assert calls.lawful[sent] <= held
        assert calls.lawful[sent + 1] > held
        assert bound_.stated < bound_.lawful
    assert len(found) > 3


CHECKS = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(checks.__path__, "govmodel.checks.")
    if not module.ispkg
]


def test_every_gathering_that_the_checks_have_judged_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each meeting and each vote that backs a finding comes out in the simulator as with the judge."""
    told: dict[tuple[int, Gathering], Rules] = {}

    def hearing(judge: Any) -> Any:
        def heard(rules: Rules, gathering: Gathering, *rest: Any) -> Any:
            told[id(rules), gathering] = rules
            return judge(rules, gathering, *rest)

        return heard

    for name in ("quorate", "tally"):
        own = getattr(meeting, name)
        for module in (*CHECKS, replay):
            if getattr(module, name, None) is own:
                monkeypatch.setattr(module, name, hearing(own))
    seen: Counter[str] = Counter()
    chance = random.Random(1)
    for path in MODELS:
        told.clear()
        check(path, select=["GM2", "GM3"])
        for (_, gathering), rules in chance.sample(list(told.items()), min(150, len(told))):
            try:
                found = enact(rules, gathering)
            except NotEnacted as error:
                seen[f"not enacted: {error}"] += 1
                continue
            if len(meeting.sittings(rules.bodies[gathering.body])) == 1:
                assert found.quorate == meeting.quorate(rules, gathering)
            tally = meeting.tally(rules, gathering)
            if found.outcome == "inquorate":
                seen["inquorate"] += 1
            elif tally.outcome != "not allowed":
                assert found.outcome == tally.outcome, (path, gathering)
                seen[found.outcome] += 1
    assert all(seen[what] > 1 for what in ("inquorate", "carried", "lost", "tied")), seen


WANTED = (
    "a clause shown", "conflicts", "unkeepable", "permissions in vain", "single cases", "effective bounds",
    "any cases", "kept", "broken", "not in force", "used", "not used",
)  # fmt: skip


def test_witnesses_of_a_hundred_constitutions_happen() -> None:
    seen: Counter[str] = Counter()
    for seed in range(100):
        about_norms(seed, seen)
    assert all(seen[what] > 3 for what in WANTED), seen


@pytest.mark.slow
@pytest.mark.parametrize("part", range(19))
def test_witnesses_of_two_thousand_constitutions_happen(part: int) -> None:
    """With the hundred above."""
    seen: Counter[str] = Counter()
    for seed in range(100 + part * 100, 200 + part * 100):
        about_norms(seed, seen)
    assert all(seen[what] > 3 for what in WANTED), seen


def test_the_page_says_of_every_check_how_its_witness_is_put_on() -> None:
    page = (ROOT / "docs" / "witnesses.md").read_text(encoding="utf-8")
    named = Counter(re.findall(r"GM\d+", page))
    for entry in CATALOGUE:
        ways = {entry.id, entry.id[:3]} & named.keys()
        assert ways, entry.id
    assert all(any(entry.id.startswith(name) for entry in CATALOGUE) for name in named)
    for name in re.findall(r"test_\w+\.py", page):
        assert (Path(__file__).parent / name).exists()
