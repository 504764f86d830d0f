"""How long 1,000 clauses take to load, beyond starting up, as ratios to reading their YAML.

    python benchmarks/bench_loading.py                        prints the table
    python benchmarks/bench_loading.py --record 2026-11-22    writes results/loading.md as well

Each load is the first of a process of its own: nothing is warm but what importing the loader makes.
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

import generated

HERE = Path(__file__).parent
ROOT = HERE.parent
ROUNDS = 15
CLAUSES = 1_000
WANTED = 0.3

LOAD = """
import json, sys, time
clock = time.perf_counter
begin = clock()
from govmodel.loading import load, nodes
imported = clock()
if sys.argv[2] == "without libyaml":
    nodes.LOADER = nodes.yaml.SafeLoader
load(sys.argv[1])
loaded = clock()
text = open(sys.argv[1], encoding="utf-8").read()
begun = clock()
list(nodes.yaml.parse(text, Loader=nodes.LOADER))
print(json.dumps([imported - begin, loaded - imported, clock() - begun]))
"""


def once(model: Path, how: str) -> list[float]:
    """Seconds to import the loader, to load the model, and to read its YAML alone."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", LOAD, str(model), how]
    done = subprocess.run(command, capture_output=True, env=env, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def report() -> str:
    bcp = ROOT / "models" / "bcp-csp-2021.yaml"
    texts = {
        f"{CLAUSES:,} clauses, 100 readings": generated.partnership(CLAUSES),
        f"{CLAUSES:,} clauses, 200 readings": generated.partnership(CLAUSES, readings=200),
        f"{CLAUSES:,} clauses of 100 plain boards": generated.boards(CLAUSES // 10),
        "286 clauses: `models/bcp-csp-2021.yaml`": bcp.read_text("utf-8"),
    }
    with tempfile.TemporaryDirectory() as folder:
        jobs: dict[str, tuple[Path, str]] = {}
        for number, (name, text) in enumerate(texts.items()):
            path = Path(folder) / f"{number}.yaml"
            path.write_text(text, "utf-8")
            jobs[name] = (path, "with libyaml")
        first = next(iter(texts))
        again = "the first of them, without libyaml"
        jobs[again], texts[again] = (jobs[first][0], "without libyaml"), texts[first]
        for path, how in jobs.values():  # compiles what is not compiled yet
            once(path, how)
        took: dict[str, list[list[float]]] = {name: [] for name in jobs}
        for _ in range(ROUNDS):
            for name, (path, how) in jobs.items():
                took[name].append(once(path, how))
    lines = [
        f"Medians of {ROUNDS} rounds, in which the models take turns; every load in a fresh process, after",
        f"the loader was imported. Wanted: under {WANTED} seconds for {CLAUSES:,} clauses. The ratio is to",
        "reading the same YAML and making nothing of it.",
        "",
        "| model | lines | seconds | quickest | ratio |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, rows in took.items():
        loads = [row[1] for row in rows]
        ratio = statistics.median(row[1] / row[2] for row in rows)
        ends = f"{statistics.median(loads):.3f} | {min(loads):.3f} | {ratio:.1f}"
        lines.append(f"| {name} | {texts[name].count(chr(10)):,} | {ends} |")
    imports = statistics.median(row[0] for rows in took.values() for row in rows)
    lines += ["", f"Importing the loader takes {imports:.3f} seconds beside that."]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/loading.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    given = parser.parse_args()
    text = report()
    print(text)
    if given.record:
        head = f"# Loading\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "loading.md").write_text(f"{head}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
