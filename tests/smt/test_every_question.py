"""Four tests of every question that is put to the solver: what trying everything says, that nothing less than
what it shows would do, that the judge confirms it, and that a solver which gives up decides nothing."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govmodel.model.verdict import Verdict
from govmodel.semantics.counting import NotCountable
from govmodel.smt import questions
from strategies import asked, asked_calendars, asked_norms
from strategies.asked import Asked, about_bodies
from strategies.asked_norms import about_norms
from strategies.stopping import NEVER, stop

QUESTIONS: dict[str, Callable[[int], list[Asked]]] = {
    "meetings.reachable": about_bodies(asked.reachable),
    "meetings.withdrawals": about_bodies(asked.withdrawals),
    "meetings.fewest_to_carry": about_bodies(asked.fewest_to_carry),
    "meetings.equal_votes": about_bodies(asked.equal_votes),
    "meetings.no_side_carries": about_bodies(asked.no_side_carries),
    "gatherings.disjoint": about_bodies(asked.disjoint),
    "gatherings.binds": about_bodies(asked.binds),
    "gatherings.bare_quorum_carries": about_bodies(asked.bare_quorum_carries),
    "norms.conflicts": about_norms(asked_norms.conflicts),
    "norms.narrowed": about_norms(asked_norms.narrowed),
    "norms.dilemmas": about_norms(asked_norms.dilemmas),
    "norms.bounds": about_norms(asked_norms.bounds, asked_norms.with_a_distance),
    "cases.grounds_apart": about_norms(asked_norms.grounds_apart),
    "cases.spoken_of": about_norms(asked_norms.spoken_of),
    "cases.ever_in_force": about_norms(asked_norms.ever_in_force),
    "cases.breaks_without": about_norms(asked_norms.breaks_without),
    "cases.changed": about_norms(asked_norms.changed),
    "calendars.kept_by_some": lambda seed: list(asked_calendars.kept_by_some(seed)),
    "calendars.kept_within": lambda seed: list(asked_calendars.kept_within(seed)),
    "comparing.subsumed": about_norms(asked_norms.subsumed),
}
"""How each question is asked of the constitution of a seed. Whoever adds a question adds it here, with what
trying everything says of it; the four tests below are then its own."""
GIVING_UP = "test_a_solver_that_gives_up_decides_nothing"
ELSEWHERE: dict[str, tuple[str, str, str, str, str]] = {
    "ballots.against_by_silence": (
        "test_ballots_agree",
        "test_silence_that_counts_against",
        "silent_by_trying",
        "silent_by_trying",
        GIVING_UP,
    ),
    "ballots.carried_without": (
        "test_ballots_agree",
        "test_who_can_stop_what",
        "carried_by_trying",
        "carried_by_trying",
        GIVING_UP,
    ),
    "ballots.ever_decides": (
        "test_ballots_agree",
        "test_whose_vote_decides",
        "test_whose_vote_decides",
        "test_whose_vote_decides",
        GIVING_UP,
    ),
    "ballots.fewest_with_abstentions": (
        "test_ballots_agree",
        "test_how_few_carry_where_others_abstain",
        "test_how_few_carry_where_others_abstain",
        "test_how_few_carry_where_others_abstain",
        GIVING_UP,
    ),
    "ballots.no_show": (
        "test_ballots_agree",
        "test_who_had_better_stay_away",
        "paradox_by_trying",
        "paradox_by_trying",
        GIVING_UP,
    ),
    "ballots.second_vote_over": (
        "test_ballots_agree",
        "test_a_second_vote_over_a_cap",
        "over_by_trying",
        "over_by_trying",
        GIVING_UP,
    ),
    "comparing.idle": (
        "test_comparing_agrees",
        "test_whether_a_number_makes_a_difference",
        "fewest",
        "lawful",
        "test_too_little_effort_is_unknown_and_cites_nothing",
    ),
}
"""Questions with tests of their own: the file, and what in it tries everything, finds nothing less, has the
judge confirm, and gives the solver too little."""
LEFT_OPEN = ("norms.narrowed", "norms.dilemmas")
"""Questions that are left undecided where no one story shows everything (`agreement.compare_blocked`)."""
ENOUGH = {Verdict.HOLDS: 3, Verdict.FAILS: 3}
"""Answers of either kind that each test must have met."""
MOST = 400
"""Seeds that are looked at for them."""


def test_every_question_has_its_tests() -> None:
    """A question is what may be put to the solver with less effort, by name, and answers with a verdict."""
    found = set()
    for module in pkgutil.iter_modules(questions.__path__):
        room = importlib.import_module(f"{questions.__name__}.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ != room.__name__ or name.startswith("_"):
                continue
            signature = inspect.signature(function)
            effort = signature.parameters.get("effort")
            by_name = effort is not None and effort.kind is inspect.Parameter.KEYWORD_ONLY
            answers = any(word in str(signature.return_annotation) for word in ("Answer", "Verdict"))
            if by_name and answers:
                found.add(f"{module.name}.{name}")
    assert QUESTIONS.keys() | ELSEWHERE.keys() == found
    assert not QUESTIONS.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_tests_that_are_elsewhere_are_there(name: str) -> None:
    file, *tests = ELSEWHERE[name]
    text = Path(__file__).with_name(f"{file}.py").read_text(encoding="utf-8")
    assert [test for test in tests if f"def {test}(" not in text] == []


def answered(name: str) -> Iterator[tuple[int, Asked, Any]]:
    """Questions of one kind with their answers, until there were enough that hold and that fail."""
    met: Counter[Verdict] = Counter()
    for seed in range(MOST):
        for question in QUESTIONS[name](seed):
            try:
                question.verdict()
                answer = question.ask()
            except NotCountable:  # the judge may need to know whom a rule means where the solver need not
                continue
            met[answer.verdict] += 1
            if answer.verdict is Verdict.UNKNOWN:
                assert name in LEFT_OPEN, answer.why
            else:
                yield seed, question, answer
        if all(met[verdict] >= n for verdict, n in ENOUGH.items()):
            return
    raise AssertionError(f"too few to tell: {met}")


@pytest.mark.parametrize("name", QUESTIONS)
def test_trying_everything_says_the_same(name: str) -> None:
    for seed, question, answer in answered(name):
        assert answer.verdict is question.verdict(), seed


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_less_would_do(name: str) -> None:
    for seed, question, answer in answered(name):
        assert question.minimal(answer), seed


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_judge_confirms_what_is_shown(name: str) -> None:
    for seed, question, answer in answered(name):
        assert question.replays(answer), seed


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_solver_that_gives_up_decides_nothing(name: str) -> None:
    unknown = 0
    for seed, question, answer in answered(name):
        little = question.ask(effort=1)
        # What is plain before any search may stand; it is never another answer.
        assert little.verdict is Verdict.UNKNOWN or little == answer, seed
        total = _count(question)
        for when in sorted({0, total // 2, total - 1} & set(range(total))):
            with pytest.MonkeyPatch.context() as patch:
                stop(patch, when)
                stopped = question.ask()
            assert stopped.verdict is Verdict.UNKNOWN, (seed, when)
            assert stopped.why
            unknown += 1
    assert unknown >= 3


def _count(question: Asked) -> int:
    """How often the solver is asked."""
    with pytest.MonkeyPatch.context() as patch:
        total = stop(patch, NEVER)
        question.ask()
    return len(total)


@pytest.mark.parametrize("seed", [447, 620, 1373])
def test_who_has_no_vote_carries_nothing_at_a_bare_quorum(seed: int) -> None:
    """Solver and closed form once counted the votes of those whom a rule leaves out."""
    asked_here = QUESTIONS["gatherings.bare_quorum_carries"](seed)
    assert asked_here
    for question in asked_here:
        try:
            verdict = question.verdict()
        except NotCountable:
            with pytest.raises(NotCountable):
                question.ask()
            continue
        answer = question.ask()
        assert answer.verdict is verdict
        assert question.replays(answer)
