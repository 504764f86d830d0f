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
DEAREST = 12
COMPILED = tempfile.TemporaryDirectory()

CHECKS = """
import json, resource, sys, time
clock = time.process_time
import govmodel.cli.check
from govmodel.checks.context import Context
from govmodel.loading import load
from govmodel.reading import read
from govmodel.report.findings import as_text
from govmodel.study.checking import check, run_checks
from govmodel.study.preparing import EFFORT, pick
models, select = sys.argv[1].split(), sys.argv[2:]
took = {'import the command': clock()}
def phase(name, begin):
    took[name] = took.get(name, 0.0) + clock() - begin
entries = [e for e in pick(select, ()) if e.family != 'practice']
begin = clock()
for entry in entries:
    entry.load()
phase('import checks and engines', begin)
checks, undecided, findings = {}, 0, 0
for model in models:
    begin = clock(); constitution = load(model); phase('load', begin)
    begin = clock(); context = Context(read(constitution), EFFORT); phase('read', begin)
    for entry in entries:
        begin = clock()
        answer, = run_checks(context, [entry], None)
        checks[entry.id] = checks.get(entry.id, 0.0) + clock() - begin
        undecided += len(set(answer.undecided))
        findings += len(answer.findings)
print(json.dumps({
    'phases': took, 'checks': checks, 'undecided': undecided, 'findings': findings,
    'memory': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""

COLD = """
import resource, subprocess, sys, time
begin = time.perf_counter()
subprocess.run([sys.executable, '-m', 'govmodel', 'check', *sys.argv[1:]], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, time.perf_counter() - begin)
"""


def python(program: str, *arguments: str) -> str:
    """What a program prints that runs in a fresh process, with modules compiled as in an installation."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": COMPILED.name}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, env=env, text=True, check=True).stdout


def once(models: list[Path], families: tuple[str, ...]) -> dict[str, Any]:
    """Seconds of one processor for each phase and for each check, summed over models that one process checks;
    megabytes at most."""
    found: dict[str, Any] = json.loads(python(CHECKS, " ".join(map(str, models)), *families))
    return found


def best(models: list[Path], families: tuple[str, ...], rounds: int) -> dict[str, Any]:
    """The quickest of some rounds."""
    return min((once(models, families) for _ in range(rounds)), key=lambda run: sum(run["checks"].values()))


def cold(models: list[Path], rounds: int, *options: str) -> tuple[float, float]:
    """Seconds of the processors and of the clock for one cold call of `govmodel check` on all of these."""
    runs = [python(COLD, *map(str, models), *options).split() for _ in range(rounds)]
    own, wall = zip(*runs, strict=True)
    return statistics.median(map(float, own)), statistics.median(map(float, wall))


def dearest(run: dict[str, Any]) -> list[str]:
    """Where the time goes: every phase, the dearest checks, and the others together."""
    total = sum(run["phases"].values()) + sum(run["checks"].values())
    ranked = sorted(run["checks"].items(), key=lambda row: -row[1])
    rows = [*run["phases"].items(), *ranked[:DEAREST]]
    rows.append((f"the other {len(ranked[DEAREST:])} checks", sum(value for _, value in ranked[DEAREST:])))
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
        run = best([path], CLOSED, rounds)
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
    last: dict[str, Any] = {}
    for number in bodies:
        path = folder / "boards.yaml"
        path.write_text(generated.boards(number), "utf-8")
        for name, families in (("GM2xx and GM3xx", CLOSED), ("whole", ())):
            run = once([path], families)
            took = run["phases"]["load"] + run["phases"]["read"] + sum(run["checks"].values())
            lines.append(
                f"| {number:,} | {name} | {took:.1f} | {1000 * took / number:.1f} | {run['memory']:.0f} | "
                f"{run['undecided']} |"
            )
            last = run
    return [*lines, "", f"Where the time goes with {bodies[-1]:,} bodies:", "", *dearest(last)]


def of_models(rounds: int) -> list[str]:
    paths = [ROOT / "models" / f"{name}.yaml" for name in MODELS]
    cold(paths, 1)  # compiles what is not compiled yet
    own, wall = cold(paths, rounds)
    own_closed, wall_closed = cold(paths, rounds, "--select", ",".join(CLOSED))
    lines = [
        "## The real constitutions",
        "",
        "The four of them together, cold: one call of `govmodel check` in a fresh process. Wanted: within",
        "three seconds of the clock (the goal is one), and the families that closed forms answer within one.",
        "",
        f"| {len(MODELS)} models, one call | seconds of the clock | of all processors |",
        "| --- | ---: | ---: |",
        f"| the whole catalogue | {wall:.2f} | {own:.2f} |",
        f"| `--select {','.join(CLOSED)}` | {wall_closed:.2f} | {own_closed:.2f} |",
        "",
        "Where the time goes, on one processor, without the sharing out and the report:",
        "",
        *dearest(best(paths, (), rounds)),
        "",
        "By model:",
        "",
        "| model | GM2xx and GM3xx | all checks | undecided |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, path in zip(MODELS, paths, strict=True):
        run = best([path], (), rounds)
        closed = sum(value for check, value in run["checks"].items() if check.startswith(CLOSED))
        whole = sum(run["checks"].values())
        lines.append(f"| `{name}` | {closed:.2f} | {whole:.2f} | {run['undecided']} |")
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
