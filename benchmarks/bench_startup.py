"""How soon govmodel answers, as ratios to `python -c pass`, and where the time of a cold check goes.

python benchmarks/bench_startup.py                        prints both tables
python benchmarks/bench_startup.py --record 2026-11-22    writes results/startup.md as well
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import generated

HERE = Path(__file__).parent
ROOT = HERE.parent
OXFORD, BASELINE = ROOT / "models" / "oscp-2010.yaml", ROOT / "scenarios" / "baseline.yaml"
COMPILED = tempfile.TemporaryDirectory()
ROUNDS = 9
PACKAGES = ("govmodel", "z3", "networkx", "numpy", "yaml", "holidays", "click", "rich", "simpy", "lark")

PHASES = """
import json, sys, time
clock = time.perf_counter
begin, took = clock(), {}
def phase(name):
    global begin
    now = clock()
    took[name], begin = took.get(name, 0.0) + now - begin, now
from govmodel.loading import load; phase('import the loader')
constitution = load(sys.argv[1]); phase('load')
from govmodel.reading import read; phase('import the reader')
read(constitution); phase('read')
import govmodel.study.checking as checking; phase('import the rest')
from govmodel.checks import CATALOGUE
for entry in CATALOGUE:
    entry.load(); phase('import checks and engines')
last = []
def progress(name):
    phase(last[-1] if last else 'prepare')
    last.append('check: ' + name)
found = checking.check(constitution, progress=progress); phase(last[-1])
from govmodel.report.findings import as_text; as_text([found]); phase('render')
print(json.dumps(took))
"""


def environment() -> dict[str, str]:
    """Modules are compiled, as an installation has them, whatever the shell says of that."""
    paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONPYCACHEPREFIX": COMPILED.name}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env=environment())
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    return took


def compared() -> list[tuple[str, list[float]]]:
    """Every command once a round, so that a slow spell of the machine falls on all of them."""
    python, tool = [sys.executable], [sys.executable, "-m", "govmodel"]
    model, source = (Path(COMPILED.name) / name for name in ("long.yaml", "long.txt"))
    for path, made in zip((model, source), generated.long_text(1_000), strict=True):
        path.write_text(made, "utf-8")
    commands = {
        "`python -c pass`": [*python, "-c", "pass"],
        "`govmodel --help`": [*tool, "--help"],
        "`govmodel check models/oscp-2010.yaml`": [*tool, "check", str(OXFORD)],
        "`govmodel trace`, an index beside a text of 1,000 clauses": [
            *tool, "trace", str(model), "--source", str(source),
        ],
        "`govmodel simulate`, the same, 1,000 replications of 10 years": [
            *tool, "simulate", str(OXFORD), "--scenario", str(BASELINE), "--replications", "1000",
        ],
    }  # fmt: skip
    for command in commands.values():  # compiles what is not compiled yet
        seconds(command)
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            took[name].append(seconds(command))
    return list(took.items())


def imports() -> dict[str, float]:
    """Seconds that a cold check spends importing, by package, each without what it imports."""
    own: dict[str, list[float]] = defaultdict(list)
    for _ in range(3):
        command = [sys.executable, "-X", "importtime", "-m", "govmodel", "check", str(OXFORD)]
        done = subprocess.run(command, capture_output=True, env=environment(), text=True)
        once: dict[str, float] = defaultdict(float)
        for micro, name in re.findall(
            r"^import time: +(\d+) \| +\d+ \| +([\w.]+)$", done.stderr, re.MULTILINE
        ):
            top = name.partition(".")[0]
            package = top if top in PACKAGES else "the standard library and others"
            once[package] += int(micro) / 1e6
        for package, value in once.items():
            own[package].append(value)
    return {package: statistics.median(values) for package, values in own.items()}


def phases() -> dict[str, float]:
    runs: list[dict[str, float]] = []
    for _ in range(5):
        command = [sys.executable, "-c", PHASES, str(OXFORD)]
        done = subprocess.run(command, capture_output=True, env=environment(), text=True, check=True)
        runs.append(json.loads(done.stdout))
    return {name: statistics.median(run.get(name, 0.0) for run in runs) for name in runs[0]}


def report() -> str:
    rows = compared()
    unit = statistics.median(rows[0][1])
    lines = [
        f"Medians of {ROUNDS} rounds, in which the commands take turns. The unit is `python -c pass`.",
        "",
        "| command | seconds | quickest | slowest | ratio |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, values in rows:
        median = statistics.median(values)
        ends = f"{min(values):.3f} | {max(values):.3f}"
        lines.append(f"| {name} | {median:.3f} | {ends} | {median / unit:.1f} |")
    spread = max(rows[0][1]) / min(rows[0][1])
    lines += ["", f"The slowest `python -c pass` took {spread:.1f} times as long as the quickest."]
    by_phase = phases()
    total = sum(by_phase.values())
    lines += [
        "",
        "Where the time of a cold `govmodel check` goes, after Python itself has started:",
        "",
        "| phase | milliseconds | share |",
        "| --- | ---: | ---: |",
    ]
    for name, value in by_phase.items():
        if value >= 0.002:
            lines.append(f"| {name} | {1000 * value:.0f} | {value / total:.0%} |")
    rest = sum(value for value in by_phase.values() if value < 0.002)
    lines += [f"| all that is under two milliseconds | {1000 * rest:.0f} | {rest / total:.0%} |"]
    lines += [
        "",
        "What is imported, by package, each without what it imports (`-X importtime` costs time itself):",
        "",
        "| package | milliseconds |",
        "| --- | ---: |",
    ]
    for package, value in sorted(imports().items(), key=lambda pair: -pair[1]):
        if value >= 0.001:
            lines.append(f"| {package} | {1000 * value:.0f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/startup.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    given = parser.parse_args()
    text = report()
    print(text)
    if given.record:
        head = f"# Starting up\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "startup.md").write_text(f"{head}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
