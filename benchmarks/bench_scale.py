"""What checks cost in the size of a body, in the number of bodies, and on the real constitutions.

    python benchmarks/bench_scale.py                        prints the tables
    python benchmarks/bench_scale.py --record 2026-11-22    writes results/scale.md as well
    python benchmarks/bench_scale.py --bodies 10 100        fewer bodies: 1,000 take a minute or more

Every row is a process of its own, on one core. Seconds are those of the processor, so that other work on the
machine disturbs them less. Undecided questions are counted: an answer that was not given is no quick one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import generated

HERE = Path(__file__).parent
ROOT = HERE.parent
MODELS = ("oscp-2010", "warwickshire-scp", "bcp-csp-2021", "sop-coordination-group-2016")
CLOSED = ("GM2", "GM3")
"""The families that closed forms answer: membership and quorum, decisions."""
SEATS = ((100, 20), (1_000, 20), (1_000, 1), (10_000, 1), (10_000, 20))
BODIES = (10, 100, 1_000)
DEAREST = 8

CHECKS = """
import json, resource, sys, time
clock = time.process_time
from govmodel.loading import load
from govmodel.reading import read
from govmodel.checks.context import Context
from govmodel.study.checking import EFFORT, pick, run_checks
imported = clock()
entries = pick(sys.argv[2:], ())
for entry in entries:
    entry.load()
engines = clock()
constitution = load(sys.argv[1])
loaded = clock()
context = Context(read(constitution), EFFORT)
took, undecided, findings = {}, 0, 0
for entry in entries:
    begin = clock()
    answer, = run_checks(context, [entry], None)
    took[entry.id] = clock() - begin
    undecided += len(set(answer.undecided))
    findings += len(answer.findings)
print(json.dumps({
    "imports": engines, "load": loaded - engines, "checks": took, "undecided": undecided,
    "findings": findings, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def once(model: Path, families: tuple[str, ...]) -> dict[str, Any]:
    """Seconds of the processor to import, to load, and for each check; megabytes at most."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", CHECKS, str(model), *families]
    done = subprocess.run(command, capture_output=True, env=env, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def best(model: Path, families: tuple[str, ...], rounds: int) -> dict[str, Any]:
    """The quickest of some rounds."""
    return min((once(model, families) for _ in range(rounds)), key=lambda run: sum(run["checks"].values()))


def cold(rounds: int) -> tuple[float, float]:
    """Seconds of the processor and of the clock for a cold `govmodel check` of the real constitutions, one
    after the other."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    program = (
        "import resource, subprocess, sys, time\n"
        "begin = time.perf_counter()\n"
        "for model in sys.argv[1:]:\n"
        "    subprocess.run([sys.executable, '-m', 'govmodel', 'check', model], capture_output=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, time.perf_counter() - begin)\n"
    )
    runs = []
    for _ in range(rounds):
        command = [sys.executable, "-c", program, *(str(ROOT / "models" / f"{m}.yaml") for m in MODELS)]
        done = subprocess.run(command, capture_output=True, env=env, text=True, check=True)
        runs.append(tuple(float(word) for word in done.stdout.split()))
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def dearest(runs: list[dict[str, Any]]) -> list[str]:
    """Where the time goes, summed over some runs."""
    names = sorted({name for run in runs for name in run["checks"]})
    took = {name: sum(run["checks"].get(name, 0.0) for run in runs) for name in names}
    total = sum(took.values()) + sum(run["imports"] + run["load"] for run in runs)
    rows = [("imports", sum(run["imports"] for run in runs)), ("loading", sum(run["load"] for run in runs))]
    rows += sorted(took.items(), key=lambda row: -row[1])[:DEAREST]
    lines = ["| phase or check | seconds | share |", "| --- | ---: | ---: |"]
    return [*lines, *(f"| {name} | {value:.2f} | {value / total:.0%} |" for name, value in rows)]


def of_size(folder: Path, rounds: int) -> list[str]:
    lines = [
        "## One body",
        "",
        "All of GM2xx and GM3xx on one body whose quorum names two of three classes of its seats. Wanted:",
        "1,000 seats in 20 classes within two seconds.",
        "",
        "| seats | classes | seconds | undecided |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for seats, classes in SEATS:
        path = folder / "assembly.yaml"
        path.write_text(generated.assembly(seats, classes), "utf-8")
        run = best(path, CLOSED, rounds)
        lines.append(f"| {seats:,} | {classes} | {sum(run['checks'].values()):.2f} | {run['undecided']} |")
    return lines


def of_bodies(folder: Path, bodies: list[int]) -> list[str]:
    lines = [
        "## Many bodies",
        "",
        "Bodies of ten clauses each, hundreds of them unlike each other. Wanted: 1,000 bodies within 60",
        "seconds and 1,000 megabytes, and about as much for each body however many there are.",
        "",
        "| bodies | catalogue | seconds | milliseconds a body | megabytes | undecided |",
        "| ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    last: list[dict[str, Any]] = []
    for number in bodies:
        path = folder / "boards.yaml"
        path.write_text(generated.boards(number), "utf-8")
        for name, families in (("GM2xx and GM3xx", CLOSED), ("whole", ())):
            run = once(path, families)
            took = run["load"] + sum(run["checks"].values())
            lines.append(
                f"| {number:,} | {name} | {took:.1f} | {1000 * took / number:.1f} | {run['memory']:.0f} | "
                f"{run['undecided']} |"
            )
            last = [run]
    return [*lines, "", f"Where the time goes with {bodies[-1]:,} bodies:", "", *dearest(last)]


def of_models(rounds: int) -> list[str]:
    paths = [ROOT / "models" / f"{name}.yaml" for name in MODELS]
    whole = [best(path, (), rounds) for path in paths]
    closed = [best(path, CLOSED, rounds) for path in paths]
    own, wall = cold(rounds)
    lines = [
        "## The real constitutions",
        "",
        "Wanted: the four of them within three seconds of the clock by `govmodel check`, one cold process",
        "after the other, and the families that closed forms answer within one.",
        "",
        "| model | imports | load | GM2xx and GM3xx | all checks | undecided |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, run, part in zip(MODELS, whole, closed, strict=True):
        lines.append(
            f"| `{name}` | {run['imports']:.2f} | {run['load']:.2f} | {sum(part['checks'].values()):.2f} | "
            f"{sum(run['checks'].values()):.2f} | {run['undecided']} |"
        )
    some = sum(sum(run["checks"].values()) for run in closed)
    every = sum(sum(run["checks"].values()) for run in whole)
    lines += [
        f"| together | | | {some:.2f} | {every:.2f} | |",
        "",
        f"`govmodel check` of the four, cold, with a second core where there is one: {wall:.1f} seconds of",
        f"the clock, {own:.1f} of the processors.",
        "",
        "Where the time goes, on one core:",
        "",
        *dearest(whole),
    ]
    return lines


def report(bodies: list[int], rounds: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = (of_size(folder, rounds), of_bodies(folder, bodies), of_models(rounds))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/scale.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    parser.add_argument("--bodies", type=int, nargs="+", default=list(BODIES), help="numbers of bodies")
    parser.add_argument("--rounds", type=int, default=3, help="of which the quickest counts")
    given = parser.parse_args()
    text = report(given.bodies, given.rounds)
    print(text)
    if given.record:
        head = f"# Scale\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "scale.md").write_text(f"{head}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
