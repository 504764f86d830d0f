"""Meeting-years a second of the Oxfordshire baseline, as ratios to plain SimPy with a process for every item.

    python benchmarks/bench_simulation.py                        prints the table
    python benchmarks/bench_simulation.py --record 2026-11-22    writes results/simulation.md as well

A meeting-year is one simulated year of one replication of the whole model. Times are of a warm
process, without imports and without reading the files: bench_startup.py has those.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "src"), str(HERE)]

YEARS = 10
ROUNDS = 3
PLAIN_REPLICATIONS = 300


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report() -> str:
    import plain_simpy

    from govmodel.loading import load
    from govmodel.loading.scenario import load_scenario
    from govmodel.reading import read
    from govmodel.study.simulating import simulate

    rulebook = read(load(ROOT / "models" / "oscp-2010.yaml"))
    scenario = load_scenario(ROOT / "scenarios" / "baseline.yaml", rulebook)

    def oxford(replications: int, workers: int) -> Callable[[], object]:
        return lambda: simulate(rulebook, scenario, years=YEARS, replications=replications, workers=workers)

    plain = "plain SimPy, the reference board"
    jobs: dict[str, tuple[int, Callable[[], object]]] = {
        plain: (PLAIN_REPLICATIONS, lambda: plain_simpy.run(PLAIN_REPLICATIONS, YEARS))
    }
    for replications in (1_000, 10_000):
        for workers in (1, 2):
            name = f"govmodel, {replications:,} replications, {workers} worker{'s' * (workers > 1)}"
            jobs[name] = (replications, oxford(replications, workers))
    oxford(10, 1)()
    took: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, (_, work) in jobs.items():
            took[name].append(seconds(work))
    speed = {name: jobs[name][0] * YEARS / statistics.median(values) for name, values in took.items()}
    lines = [
        f"Medians of {ROUNDS} rounds of {YEARS} years, in which the programs take turns.",
        "",
        "| program | seconds | meeting-years a second | ratio |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, values in took.items():
        ratio = speed[name] / speed[plain]
        lines.append(f"| {name} | {statistics.median(values):.2f} | {speed[name]:,.0f} | {ratio:.1f} |")
    lines += [
        "",
        "The two boards are alike in size, not the same: both have fifteen seats, a quorum of eight and",
        "four meetings a year with six new items each. The reference board has a parent that meets six times",
        "a year; the Oxfordshire one has deputies by party, months, a rotating chair, interests, consensus,",
        "matters with rules of their own and routes of escalation, and its exact figures are computed within",
        "the time.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/simulation.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    given = parser.parse_args()
    text = report()
    print(text)
    if given.record:
        head = f"# Simulating\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "simulation.md").write_text(f"{head}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
