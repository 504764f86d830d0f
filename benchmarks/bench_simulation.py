"""The reference board against its rivals, whole constitutions, memory over years, and two workers.

    python benchmarks/bench_simulation.py                        prints the tables
    python benchmarks/bench_simulation.py --record 2026-11-22    writes results/simulation.md as well
    python benchmarks/bench_simulation.py --part rivals          one table of it

The tables are rivals, exact, whole, memory and workers.

A meeting-year is one simulated year of one replication of the whole reference board; a body-year is one
body, one simulated year, all its meetings. Times are processor time of one warm process on one core, without
imports and without reading files (bench_startup.py has those), with the plan of the run; the exact figures
that stand beside it do not grow with it and have a column of their own. Only the workers are timed by the
clock on the wall. Programs take turns in each round.
"""

from __future__ import annotations

import argparse
import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from math import sqrt
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "src"), str(HERE)]

YEARS = 10
ROUNDS = 5
REPLICATIONS = 1000
LONG = 30.0
"""Seconds that a run of one worker takes at least where two are compared with it."""

EXACT = {
    "base": (0.000610, 0.03011, 0.645704, 0.010295, 0.000001, 0.019581),
    "nodep": (0.050013, 0.185571, 0.634874, 0.063603, 0.000204, 0.019581),
    "stress": (0.346496, 1.456288, 0.628474, 0.5315, 0.044469, 0.019581),
}
RATIOS = ("inquorate", "months to a decision", "carried", "deferrals", "passed on", "parent inquorate")

WHOLE = (
    ("oscp-2010", "baseline"),
    ("oscp-2010", "plain"),
    ("sop-coordination-group-2016", "plain"),
    ("warwickshire-scp", "plain"),
    ("bcp-csp-2021", "plain"),
)


def processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(jobs: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of the processor for each job in each round, after one round that is not counted."""
    took: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name, work in jobs.items():
            seconds = processor(work)
            if number:
                took[name].append(seconds)
    return took


def board(name: str) -> tuple[Any, Any]:
    from govmodel.loading import load
    from govmodel.loading.scenario import load_scenario
    from govmodel.reading import read

    rulebook = read(load(HERE / "reference-board.yaml"))
    return rulebook, load_scenario(HERE / f"reference-{name}.yaml", rulebook)


def rivals() -> str:
    """The reference board, base: one run of 1,000 replications of ten years."""
    import body_simpy
    import numpy_board
    import plain_simpy

    from govmodel.reading import under
    from govmodel.sim import plan, simulate_all

    rulebook, scenario = board("base")
    rules = under(rulebook, rulebook.base)
    few, some = 200, 400
    jobs: dict[str, Callable[[], object]] = {
        "plain SimPy, a process for every item": lambda: plain_simpy.run(few, YEARS),
        "plain SimPy, a process for each body": lambda: body_simpy.run(some, YEARS),
        "NumPy by hand": lambda: numpy_board.run(REPLICATIONS, YEARS),
        "govmodel": lambda: simulate_all(plan(rules, scenario, years=YEARS, seed=1), REPLICATIONS),
    }
    runs = dict(zip(jobs, (few, some, REPLICATIONS, REPLICATIONS), strict=True))
    took = in_turns(jobs)
    speed = {name: runs[name] * YEARS / statistics.median(values) for name, values in took.items()}
    wanted = dict(zip(jobs, ("≥ 40", "≥ 20", "≥ 0.5", ""), strict=True))
    lines = [
        "| program | meeting-years a second | govmodel is times as fast | wanted |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, found in speed.items():
        # Within a round the programs run one after the other, so a slow spell falls on all of them.
        each = [
            (REPLICATIONS / ours) / (runs[name] / theirs)
            for ours, theirs in zip(took["govmodel"], took[name], strict=True)
        ]
        ratio = "" if name == "govmodel" else f"{statistics.median(each):.1f}"
        lines.append(f"| {name} | {found:,.0f} | {ratio} | {wanted[name]} |")
    return "\n".join(lines)


def exact() -> str:
    """The three parameter sets, 10,000 meeting-years each, beside their exact values."""
    from govmodel.reading import under
    from govmodel.sim import plan, simulate_all

    lines = [
        "| set | ratio | simulated | exact | standard errors apart |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for name, values in EXACT.items():
        rulebook, scenario = board(name)
        whole = plan(under(rulebook, rulebook.base), scenario, years=YEARS, seed=1)
        t = simulate_all(whole, REPLICATIONS)
        decided = t.of(0, "carried") + t.of(0, "lost")
        pairs = (
            (t.of(0, "inquorate"), t.of(0, "meetings")),
            (t.of(0, "days"), decided + t.of(0, "settled")),
            (t.of(0, "carried"), decided),
            (t.of(0, "deferrals"), t.of(0, "raised")),
            (t.of(0, "escalated"), t.of(0, "raised")),
            (t.of(1, "inquorate"), t.of(1, "meetings")),
        )
        for ratio, (part, of), value in zip(RATIOS, pairs, values, strict=True):
            found = part.sum() / of.sum()
            spread = sqrt(float(((part - found * of) ** 2).sum())) / of.sum()
            rare = value * of.sum() < 20
            apart = "rare" if rare else f"{(found - value) / spread:+.2f}"
            lines.append(f"| {name} | {ratio} | {found:.6f} | {value:.6f} | {apart} |")
    return "\n".join(lines)


def whole() -> str:
    """The constitutions, each in its base reading: 1,000 replications of ten years."""
    from govmodel.loading import load
    from govmodel.loading.scenario import load_scenario
    from govmodel.reading import read, under
    from govmodel.sim import plan, simulate_all
    from govmodel.study.simulating import simulate

    lines = [
        "| constitution and scenario | bodies that meet | body-years a second | wanted | exact figures, ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for model, name in WHOLE:
        rulebook = read(load(ROOT / "models" / f"{model}.yaml"))
        scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml", rulebook)
        rules = under(rulebook, rulebook.base)

        def run(rules: Any = rules, scenario: Any = scenario) -> None:
            simulate_all(plan(rules, scenario, years=YEARS, seed=1), REPLICATIONS)

        def all_of_it(rules: Any = rules, scenario: Any = scenario) -> None:
            simulate(rules, scenario, years=YEARS, replications=REPLICATIONS)

        took = in_turns({"run": run, "all": all_of_it}, 3)
        bodies = sum(body.meets for body in plan(rules, scenario, years=YEARS, seed=1).bodies)
        seconds, total = (statistics.median(took[part]) for part in ("run", "all"))
        speed = bodies * YEARS * REPLICATIONS / seconds
        lines.append(
            f"| {model}, {name} | {bodies} | {speed:,.0f} | ≥ 50,000 | {1000 * (total - seconds):,.0f} |"
        )
    return "\n".join(lines)


def memory() -> str:
    """The most memory of a process that runs the Oxfordshire baseline for so many years."""
    lines = ["| years | most memory, MB |", "| ---: | ---: |"]
    for years in (5, 10, 20, 40, 80):
        args = [sys.executable, __file__, "--child", str(years)]
        said = subprocess.run(args, capture_output=True, text=True, check=True).stdout
        lines.append(f"| {years} | {int(said) / 1024:.0f} |")
    return "\n".join(lines)


def child(years: int) -> None:
    from govmodel.study.simulating import simulate

    simulate(ROOT / "models" / "oscp-2010.yaml", ROOT / "scenarios" / "baseline.yaml", years=years)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def workers() -> str:
    """One and two workers on a run of at least half a minute, by the clock on the wall; start-up excluded."""
    from govmodel.loading import load
    from govmodel.loading.scenario import load_scenario
    from govmodel.reading import read, under
    from govmodel.sim import plan, simulate_all
    from govmodel.spread import Hands

    rulebook = read(load(ROOT / "models" / "oscp-2010.yaml"))
    scenario = load_scenario(ROOT / "scenarios" / "baseline.yaml", rulebook)
    planned = plan(under(rulebook, rulebook.base), scenario, years=YEARS, seed=1)

    def seconds(replications: int, number: int) -> float:
        """From the first block that is done to the last: how long workers take to start is left out."""
        marks: list[tuple[float, int]] = []
        simulate_all(
            planned, replications, Hands(number), lambda done: marks.append((time.perf_counter(), done))
        )
        done = sum(count for _, count in marks[number:])
        return (marks[-1][0] - marks[number - 1][0]) / done

    replications = 20 * 1024
    while (took := seconds(replications, 1) * replications) < LONG:
        replications = math.ceil(1.1 * LONG / took * replications / 1024) * 1024
    found = [(seconds(replications, 1), seconds(replications, 2)) for _ in range(ROUNDS)]
    ratio = statistics.median(one / two for one, two in found)
    lines = [
        "| workers | replications a second | times as fast | wanted |",
        "| ---: | ---: | ---: | ---: |",
        f"| 1 | {1 / statistics.median(one for one, _ in found):,.0f} | 1.0 | |",
        f"| 2 | {1 / statistics.median(two for _, two in found):,.0f} | {ratio:.2f} | ≥ 1.6 |",
    ]
    return "\n".join(lines)


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "rivals": ("The reference board against its rivals", rivals),
    "exact": ("The reference board and its exact values", exact),
    "whole": ("Whole constitutions", whole),
    "memory": ("Memory over years", memory),
    "workers": ("Two workers", workers),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/simulation.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    parser.add_argument("--part", action="append", choices=list(PARTS), help="only this table; repeatable")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child)
        return
    tables = []
    for name in given.part or PARTS:
        title, make = PARTS[name]
        about = " ".join((make.__doc__ or "").split())
        tables.append(f"## {title}\n\n{about}\n\n{make()}\n")
        print(tables[-1], flush=True)
    if given.record:
        head = f"# Simulating\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "simulation.md").write_text("\n".join([f"{head}\n", *tables]), "utf-8")


if __name__ == "__main__":
    main()
