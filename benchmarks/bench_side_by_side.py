"""The same questions asked of govmodel and of general solvers, as ratios in one run.

    python benchmarks/bench_side_by_side.py                        prints the tables
    python benchmarks/bench_side_by_side.py --record 2026-11-22    writes results/side-by-side.md as well

The rivals are what a good programmer would write first: z3 with a Boolean for each seat and cardinality
constraints, clingo with a choice for each seat, CP-SAT with a Boolean for each seat (one worker). All must
give the same answers, or the program fails. Wants the extra `benchmarks`; a rival that is not installed is
left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generated

HERE = Path(__file__).parent
ROOT = HERE.parent
SIZES = (10, 50, 200, 1_000)
MOST = 2
"""Seconds of the processor that one question may take."""
QUESTIONS = {
    "quorum": "the fewest who are quorate",
    "fragility": "the fewest whose leaving ends the quorum",
    "coalition": "the fewest in favour who carry",
    "tie": "the fewest present at equal votes",
    "deadlines": "whether so many deadlines clash",
}
RIVALS = {"z3": "z3", "clingo": "clingo", "CP-SAT": "ortools"}
OWN = ("closed form", "both engines")


def council(seats: int) -> str:
    """A body of five parties. A third of it is a quorum, with one of the first party and two of the second;
    most votes decide."""
    sizes = [seats // 5 + (k < seats % 5) for k in range(5)]
    places = [f'      seats-{k}: {{party: party-{k}, seats: {n}, clause: "1"}}' for k, n in enumerate(sizes)]
    needs = "present >= one third of members and present(party-0) >= 1 and present(party-1) >= 2"
    body = "\n".join([
        '  council:\n    name: the Council\n    clause: "1"\n    seats:', *places,
        f'    quorum: {{needs: {needs}, gates: meeting, clause: "2"}}',
        '    decisions:\n      - {matter: any, carried_by: majority of voting, clause: "3"}',
    ])  # fmt: skip
    parties = [f'  party-{k}: {{name: Party {k}, clause: "1"}}' for k in range(5)]
    index = [generated.clause(ref, f"Provision {ref}.") for ref in ("1", "2", "3")]
    return generated.joined("A council", [("parties", parties), ("bodies", [body]), ("clauses", index)])


def parties(seats: int) -> list[list[int]]:
    """The seats of each party."""
    sizes = [seats // 5 + (k < seats % 5) for k in range(5)]
    starts = [sum(sizes[:k]) for k in range(5)]
    return [list(range(a, a + n)) for a, n in zip(starts, sizes, strict=True)]


def steps(number: int) -> list[tuple[int, int, int]]:
    """Deadlines (earlier, later, days): each event at least two days before the next, and the first less than
    all that together before the last, which cannot be."""
    chain = [(i, i + 1, 2) for i in range(number)]
    return [*chain, (number, 0, 1 - 2 * number)]


# govmodel


def own(question: str, seats: int, engine: str) -> tuple[float, object]:
    from govmodel.loading import load
    from govmodel.reading import read, under
    from govmodel.smt.ask import Session

    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(council(seats))
        file.flush()
        rules = under(read(load(file.name)))
    Session("").ask()  # the solver starts
    answered(rules, "deadlines", 2, engine)  # everything is imported
    return timed(lambda: answered(rules, question, seats, engine))


def answered(rules: Any, question: str, seats: int, engine: str) -> object:
    from govmodel.exact import coalitions, quorums
    from govmodel.exact.times import Difference, consistent
    from govmodel.semantics.cells import electorate
    from govmodel.semantics.deciding import rules_for
    from govmodel.smt.questions import meetings

    body = rules.bodies["council"]
    cells = electorate(rules, body)
    (decision,) = rules_for(body, "any")
    asked = engine == OWN[1]
    answer: object
    confirmed: object
    if question == "quorum":
        answer = sum(quorums.fewest_quorate(rules, cells) or ())
        confirmed = meetings.reachable(rules, cells).number if asked else answer
    elif question == "fragility":
        answer = sum(quorums.fewest_leaving(rules, cells, cells.full) or ())
        confirmed = meetings.withdrawals(rules, cells, cells.full).number if asked else answer
    elif question == "coalition":
        found = coalitions.fewest_to_carry(rules, cells, decision, None)
        answer = found.in_favour if found else None
        confirmed = meetings.fewest_to_carry(rules, cells, decision, None).number if asked else answer
    elif question == "tie":
        tied = coalitions.equal_votes(rules, cells, decision, cells.full, additional=False)
        answer = sum(tied[0]) if tied and tied[0] else None
        confirmed = (
            meetings.equal_votes(rules, cells, decision, cells.full, additional=False).number
            if asked
            else answer
        )
    else:
        graph = [Difference(str(a), str(b), days) for a, b, days in steps(seats)]
        answer = confirmed = consistent(graph)
    if answer != confirmed:
        raise SystemExit(f"{question} at {seats}: {answer} by closed form, {confirmed} by the solver")
    return answer


def timed(ask: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the processor for a question, on average over a fiftieth of a second or more."""
    begin, rounds = time.process_time(), 0
    answer: object = None
    while time.process_time() - begin < 0.02:
        answer = ask()
        rounds += 1
    return (time.process_time() - begin) / rounds, answer


# rivals


def by_z3(question: str, seats: int) -> object:
    import z3

    if question == "deadlines":
        at = [z3.Int(f"e{i}") for i in range(seats + 1)]
        solver = z3.Solver()
        solver.add(*(at[b] - at[a] >= days for a, b, days in steps(seats)))
        return solver.check() == z3.sat
    own = parties(seats)
    there = [z3.Bool(f"p{i}") for i in range(seats)]
    ways = [(there, -(-seats // 3)), ([there[i] for i in own[0]], 1), ([there[i] for i in own[1]], 2)]
    solver = z3.Optimize()
    quorate = z3.And([z3.PbGe([(p, 1) for p in some], least) for some, least in ways])
    solver.add(z3.Not(quorate) if question == "fragility" else quorate)
    counted = there
    if question == "fragility":
        counted = [z3.Not(p) for p in there]
    elif question in ("coalition", "tie"):
        favour = [z3.Bool(f"f{i}") for i in range(seats)]
        solver.add(*(z3.Implies(f, p) for f, p in zip(favour, there, strict=True)))
        more = [*((f, 2) for f in favour), *((p, -1) for p in there)]
        if question == "coalition":
            solver.add(z3.PbGe(more, 1))
            counted = favour
        else:
            solver.add(z3.PbEq(more, 0), z3.Or(favour))
    fewest = solver.minimize(z3.Sum([z3.If(c, 1, 0) for c in counted]))
    if solver.check() != z3.sat:
        return None
    return solver.lower(fewest).as_long()


def by_clingo(question: str, seats: int) -> object:
    import clingo

    if question == "deadlines":
        window = 2 * seats + 2
        text = f"event(0..{seats}). day(0..{window}). 1 {{ at(E, D) : day(D) }} 1 :- event(E)."
        text += "".join(f":- at({a}, X), at({b}, Y), Y - X < {days}." for a, b, days in steps(seats))
    else:
        text = f"seat(0..{seats - 1}). {{ there(S) }} :- seat(S)."
        for k, some in enumerate(parties(seats)[:2]):
            text += f"of({k}, {some[0]}..{some[-1]})."
        ways = [f"#count{{S : there(S)}} >= {-(-seats // 3)}"]
        ways += [f"#count{{S : there(S), of({k}, S)}} >= {least}" for k, least in ((0, 1), (1, 2))]
        text += f"quorate :- {', '.join(ways)}."
        text += ":- quorate." if question == "fragility" else ":- not quorate."
        if question == "fragility":
            text += "#minimize { 1,S : seat(S), not there(S) }."
        elif question == "quorum":
            text += "#minimize { 1,S : there(S) }."
        else:
            text += "{ for(S) } :- there(S). against(S) :- there(S), not for(S)."
            sums = "#sum { 1,S : for(S); -1,S : against(S) }"
            if question == "coalition":
                text += f":- {sums} <= 0. #minimize {{ 1,S : for(S) }}."
            else:
                text += f":- {sums} != 0. :- not for(S) : seat(S). #minimize {{ 1,S : there(S) }}."
    control = clingo.Control(["--warn=none"])
    control.add("base", [], text)
    control.ground([("base", [])])
    best = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            best = model.cost[0] if model.cost else True
    return bool(best) if question == "deadlines" else best


def by_cp_sat(question: str, seats: int) -> object:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if question == "deadlines":
        at = [model.new_int_var(0, 2 * seats + 2, f"e{i}") for i in range(seats + 1)]
        for a, b, days in steps(seats):
            model.add(at[b] - at[a] >= days)
        return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    own = parties(seats)
    there = [model.new_bool_var(f"p{i}") for i in range(seats)]
    ways = [(there, -(-seats // 3)), ([there[i] for i in own[0]], 1), ([there[i] for i in own[1]], 2)]
    if question == "fragility":
        missed = [model.new_bool_var(f"m{k}") for k in range(3)]
        for (some, least), miss in zip(ways, missed, strict=True):
            model.add(sum(some) < least).only_enforce_if(miss)
        model.add_bool_or(missed)
        model.maximize(sum(there))
    else:
        for some, least in ways:
            model.add(sum(some) >= least)
        model.minimize(sum(there))
    if question in ("coalition", "tie"):
        favour = [model.new_bool_var(f"f{i}") for i in range(seats)]
        for f, p in zip(favour, there, strict=True):
            model.add_implication(f, p)
        if question == "coalition":
            model.add(2 * sum(favour) > sum(there))
            model.minimize(sum(favour))
        else:
            model.add(2 * sum(favour) == sum(there))
            model.add(sum(favour) >= 1)
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    value = round(solver.objective_value)
    return seats - value if question == "fragility" else value


# running


def one(who: str, question: str, seats: int) -> None:
    """A question in this process, which ends when it took too long."""
    if who in OWN:
        took, answer = own(question, seats, who)
    else:
        ask: Callable[[str, int], object] = {"z3": by_z3, "clingo": by_clingo, "CP-SAT": by_cp_sat}[who]
        ask("quorum", 10)  # the solver starts
        limit = int(time.process_time()) + MOST + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        took, answer = timed(lambda: ask(question, seats))
    print(json.dumps([took, answer]))


def run(who: str, question: str, seats: int) -> tuple[float, Any] | None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, __file__, "--one", who, question, str(seats)]
    done = subprocess.run(command, capture_output=True, env=env, text=True, check=False)
    if done.returncode < 0:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    took, answer = json.loads(done.stdout)
    return took, answer


def report() -> str:
    rivals = [name for name, module in RIVALS.items() if importlib.util.find_spec(module) is not None]
    lines = [
        "Seconds of the processor for govmodel, by closed form alone and with the solver's confirmation",
        "as checks ask; for the others how many times as long as the latter. “none”: no answer in",
        f"{MOST} seconds of the processor; “–”: not tried, because a smaller size had none. Loading and",
        "starting are left out everywhere; building the question counts. All answers given are the same.",
        "",
        f"| question | seats | {OWN[0]} | {OWN[1]} | {' | '.join(rivals)} |",
        f"| --- | ---: | ---: | ---: | {' | '.join('---:' for _ in rivals)} |",
    ]
    behind = []
    for question, words in QUESTIONS.items():
        lost: set[str] = set()
        for seats in SIZES:
            closed, both = (run(engine, question, seats) for engine in OWN)
            assert closed is not None
            assert both is not None
            row = []
            for rival in rivals:
                found = None if rival in lost else run(rival, question, seats)
                if found is None:
                    row.append("–" if rival in lost else "none")
                    lost.add(rival)
                    continue
                if found[1] != both[1]:
                    raise SystemExit(f"{question} at {seats}: {rival} says {found[1]}, govmodel {both[1]}")
                ratio = found[0] / both[0]
                row.append(f"{ratio:.3g}×")
                if ratio < 1:
                    behind.append(f"{words} at {seats:,} seats: {rival} takes {ratio:.2f} of the time")
            cells = " | ".join([f"{closed[0]:.5f}", f"{both[0]:.4f}", *row])
            lines.append(f"| {words} | {seats:,} | {cells} |")
            print(lines[-1], file=sys.stderr, flush=True)
    why = (
        "Where govmodel is not ahead. Starting its solver and handing it the question takes it some seven\n"
        "thousandths of a second, and more for many seats; the closed form alone is ahead where that is less."
    )
    lines += ["", why if behind else "govmodel is ahead in every row.", ""]
    return "\n".join([*lines, *(f"* {line}" for line in behind)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="DATE", help="write results/side-by-side.md, dated so")
    parser.add_argument("--note", default="", help="a sentence on the state of the machine, for the record")
    parser.add_argument("--one", nargs=3, metavar=("WHO", "QUESTION", "SEATS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], given.one[1], int(given.one[2]))
        return
    text = report()
    print(text)
    if given.record:
        head = f"# Side by side\n\n{given.record}, two cores, Python 3.11. {given.note}".rstrip()
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "side-by-side.md").write_text(f"{head}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
