"""How long it takes to find every set of duties that cannot all be kept, of some that were planted.

    python benchmarks/bench_conflicts.py                        prints the table
    python benchmarks/bench_conflicts.py --record 2026-11-22    writes results/conflicts.md as well

Pairs, triples and quadruples of clauses that clash are hidden among duties that can be kept. What is found
must be exactly what was planted; the program fails where it is not. Each question is the first of a process
of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
ROUNDS = 3
WANTED = 10.0

ASK = """
import json, resource, sys, tempfile, time
sys.path.insert(0, sys.argv[4])
import generated
from govmodel.loading import load
from govmodel.reading import read
from govmodel.exact.keeping import together
from govmodel.smt.questions.norms import conflicts
clauses, planted, apart = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "apart"
text, sets = generated.clashes(clauses, planted, apart=apart)
with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
    file.write(text)
    file.flush()
    begin = time.process_time()
    book = read(load(file.name))
loaded = time.process_time()
answer = conflicts(book, "matter", None, most=planted + 1, kept=together)
asked = time.process_time()
exact = not answer.why and {frozenset(b.clauses) for b in answer.blocked} == {frozenset(s) for s in sets}
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([loaded - begin, asked - loaded, memory, exact]))
"""


def once(clauses: int, planted: int, how: str) -> tuple[float, float, float]:
    """Seconds of processor time to load and to find all conflicts, and megabytes at most."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", ASK, str(clauses), str(planted), how, str(HERE)]
    done = subprocess.run(command, capture_output=True, env=env, text=True, check=True)
    load, ask, memory, exact = json.loads(done.stdout)
    if not exact:
        raise SystemExit(f"{clauses} clauses, {planted} planted, {how}: not exactly what was planted")
    return load, ask, memory


def report() -> str:
    jobs = [(n, k, how) for n, k in ((500, 5), (1_000, 10), (2_000, 20)) for how in ("apart", "joined")]
    took: dict[tuple[int, int, str], list[tuple[float, float, float]]] = {job: [] for job in jobs}
    for _ in range(ROUNDS):
        for job in jobs:
            took[job].append(once(*job))
    words = {"apart": "no attribute in common", "joined": "every duty for one of four kinds of matter"}
    lines = [
        f"Medians of {ROUNDS} rounds, in which the models take turns; every question in a fresh process;",
        f"seconds of processor time. Wanted: 20 sets among 2,000 clauses in under {WANTED:.0f} seconds,",
        "exactly those that were planted. All were found in every row, and nothing else.",
        "",
        "| clauses | planted | duties | load | all conflicts | ms a clause | MB |",
        "| ---: | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for (n, k, how), rows in took.items():
        load, ask, memory = (statistics.median(row[i] for row in rows) for i in range(3))
        lines.append(
            f"| {n:,} | {k} | {words[how]} | {load:.2f} | {ask:.2f} | {1000 * ask / n:.2f} | {memory:.0f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/conflicts.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    given = parser.parse_args()
    text = report()
    print(text)
    if given.record:
        head = f"# All conflicts\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "conflicts.md").write_text(f"{head}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
