"""How many random constitutions solver, closed form and judge agree on, and what that costs.

    python benchmarks/bench_agreement.py                          the size of a test run's twentieth
    python benchmarks/bench_agreement.py --many 20000 --from 900000 --record 2026-11-22

Seeds from `--from` on, which the tests do not use. A disagreement is told with its seed, and the program then
ends with exit code 1; every other seed is still compared.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "smt")]

from strategies.agreement import judge_meetings, judge_norms  # noqa: E402
from strategies.compared import COMPARED  # noqa: E402

SHARES = {"bodies": 0.72, "norms": 0.24, "norms about days": 0.02, "whole files": 0.02}
"""Of all constitutions, as in a test run."""


def whole(seeds: range) -> None:
    import test_whole_constitutions as files

    from govmodel.reading import read

    for seed, constitution in files.constitutions(seeds):
        book, chance = read(constitution), random.Random(seed)
        files.bodies(book, chance)
        files.norms(book, chance)
        COMPARED["constitutions"] += 1


KINDS: dict[str, Callable[[range], None]] = {
    "bodies": judge_meetings,
    "norms": lambda seeds: judge_norms(seeds, timed=False),
    "norms about days": lambda seeds: judge_norms(seeds, timed=True),
    "whole files": whole,
}


def compared(many: int, first: int) -> tuple[str, list[str]]:
    """A table of what was compared, and the disagreements."""
    lines = [
        "Seconds of processor time.",
        "",
        "| constitutions | compared | ms each | disagreements |",
        "| --- | ---: | ---: | ---: |",
    ]
    apart: list[str] = []
    for kind, judge in KINDS.items():
        begin, size, before = time.process_time(), round(many * SHARES[kind]), COMPARED["constitutions"]
        told = len(apart)
        for start in range(first, first + size, 20):
            apart += disagreements(kind, judge, range(start, min(start + 20, first + size)))
        done = COMPARED["constitutions"] - before
        took = 1000 * (time.process_time() - begin) / max(done, 1)
        lines.append(f"| {kind} | {done:,} | {took:.1f} | {len(apart) - told} |")
    return "\n".join(lines) + "\n", apart


def disagreements(kind: str, judge: Callable[[range], None], seeds: range) -> list[str]:
    try:
        judge(seeds)
    except AssertionError as error:
        if len(seeds) == 1:
            return [f"{kind}, seed {seeds[0]}: {error or 'they disagree'}"]
        return [line for seed in seeds for line in disagreements(kind, judge, range(seed, seed + 1))]
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--many", type=int, default=500, help="constitutions in all")
    parser.add_argument("--from", dest="first", type=int, default=900_000, help="the first seed")
    parser.add_argument("--record", metavar="DATE", help="write results/agreement.md under this date")
    parser.add_argument("--note", default="", help="a sentence on the machine, kept with the record")
    asked = parser.parse_args()
    table, apart = compared(asked.many, asked.first)
    print(table, *apart, sep="\n")
    if asked.record:
        head = (
            f"# Agreement\n\n{asked.record}, Python {sys.version_info[0]}.{sys.version_info[1]}. {asked.note}"
        )
        seeds = f"Seeds from {asked.first:,} on, {asked.many:,} constitutions asked for."
        text = f"{head.strip()}\n\n{seeds} {table}" + "".join(f"\n- {line}" for line in apart)
        (HERE / "results" / "agreement.md").write_text(text.rstrip() + "\n", encoding="utf-8")
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())
