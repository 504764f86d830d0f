"""Makes the table of the expression parser: `python -m govmodel.loading.grammar`.

Importing lark and building its tables takes longer than reading a whole model, so the tables are
made once and kept beside the grammar; `expressions.py` runs them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GRAMMAR = HERE / "expressions.lark"
TABLE = HERE / "expressions.json"
STARTS = ("condition", "carried", "length", "frequency", "span")


def build() -> Any:
    """The parser that lark makes of the grammar, for the table and as the oracle of its tests."""
    from lark import Lark

    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        maybe_placeholders=False,
        propagate_positions=True,
    )


def table() -> str:
    """The table as JSON: terminals (best first), rules, and for each state what a token does."""
    lark = build()
    parse_table = lark.parser.parser._parse_table
    rules: list[Any] = []
    numbers: dict[Any, int] = {}
    for rule in lark.rules:
        numbers[rule] = len(rules)
        keeps = [not (symbol.is_term and symbol.filter_out) for symbol in rule.expansion]
        rules.append([rule.origin.name, keeps])
    states: list[Any] = [None] * len(parse_table.states)
    # lark numbers states by the order of sets; number them by how they are reached, which is always the same.
    order: dict[int, int] = {}
    queue = [parse_table.start_states[start] for start in STARTS]
    while queue:
        state = queue.pop(0)
        if state in order:
            continue
        order[state] = len(order)
        queue += [
            target
            for _, (action, target) in sorted(parse_table.states[state].items())
            if action.name == "Shift" and target not in order
        ]
    for state, number in order.items():
        states[number] = {
            symbol: order[target] if action.name == "Shift" else -1 - numbers[target]
            for symbol, (action, target) in sorted(parse_table.states[state].items())
        }
    terminals = [
        [t.name, t.pattern.value, type(t.pattern).__name__ == "PatternRE", t.priority]
        for t in lark.terminals
        if not t.name.startswith("__IGNORE")
    ]
    lines = ['{"terminals": [']
    lines.append(",\n".join(json.dumps(t) for t in sorted(terminals, key=lambda t: (-t[3], t[2], t[0]))))
    lines.append('], "rules": [')
    lines.append(",\n".join(json.dumps(r) for r in rules))
    starts = {start: order[parse_table.start_states[start]] for start in STARTS}
    ends = {start: order[parse_table.end_states[start]] for start in STARTS}
    lines.append(f'], "starts": {json.dumps(starts)}, "ends": {json.dumps(ends)}, "states": [')
    lines.append(",\n".join(json.dumps(s) for s in states))
    lines.append("]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
