"""What the tests of the real models share: checking each once for a whole run, and what is asked of all."""

from __future__ import annotations

import fcntl
import pickle
import re
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from govmodel.model.checked import Checked
from govmodel.model.constitution import Constitution, Norm
from govmodel.model.expressions import Comparison, Frequency, Length, Number, Timed
from govmodel.model.finding import Finding
from govmodel.model.rules import Rulebook
from govmodel.model.walk import all_amounts, conditions
from govmodel.study import check

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "models"
PAGES = ROOT / "docs" / "findings"


def checked_once(name: str, folder: Path) -> Checked:
    """All findings of a model, under the path that a call from the root of the project has. Checked by
    whichever process of the run asks first; the others wait for it. `folder` is that of the run."""
    kept = folder / f"{name}.checked"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with chdir(ROOT):
                checked = check(f"models/{name}.yaml")
            kept.write_bytes(pickle.dumps(checked))
    found = pickle.loads(kept.read_bytes())
    assert isinstance(found, Checked)
    return found


def of(checked: Checked, name: str, *clauses: str) -> Finding:
    """The one finding of a check that cites these clauses."""
    found = [f for f in checked.findings if f.check == name and set(clauses) <= set(f.clauses)]
    assert len(found) == 1, [f.id for f in checked.findings if f.check == name]
    return found[0]


def has_fingerprints(model: Constitution, number: int) -> None:
    """Every one of so many clauses has words of ours and a fingerprint of the document's."""
    assert len(model.clauses_index) == number
    for entry in model.clauses_index.values():
        assert entry.says is not None
        assert entry.text is not None
        assert re.fullmatch("[0-9a-f]{16}", entry.text.value), entry.ref


def norm(model: Constitution, name: str) -> Norm:
    """The one norm with this id."""
    (found,) = [n for n in model.norms if n.id and n.id.value == name]
    return found


def is_silent(checked: Checked, name: str, reasons: Mapping[str, str]) -> None:
    """The check was asked, and finds nothing, for the reason that is given."""
    assert name in checked.asked
    assert [f.id for f in checked.findings if f.check == name] == [], reasons[name]


def numbers_by_clause(rulebook: Rulebook) -> dict[str, set[str]]:
    """Every length of time, frequency and number of heads that some rule says under some reading, in words,
    by the clauses of the rule. Numbers of seats are not among them."""
    found: dict[str, set[str]] = {}
    for rule in rulebook.rules:
        said = {words for field in fields(rule) for words in _words(getattr(rule, field.name))}
        if said:
            found.setdefault("+".join(rule.clauses), set()).update(said)
    return found


def _words(value: Any) -> set[str]:
    match value:
        case Length(number, unit, counting):
            kind = "" if counting == "calendar" else f"{counting} "
            return {f"{number} {kind}{unit}{'' if number == 1 else 's'}"}
        case Frequency():
            return {_frequency(value)}
        case Timed() | Comparison():
            pass
        case _ if type(value).__name__ in ("All", "AnyOf", "Not"):
            pass
        case _:
            return set()
    parts = tuple(conditions(value))
    lengths = {w for part in parts if isinstance(part, Timed) for w in _words(part.length)}
    plain = {a.value for a in all_amounts(value) if isinstance(a, Number)}
    return lengths | {_number(n) for n in plain}


def _number(number: Fraction) -> str:
    return str(number)


def _frequency(frequency: Frequency) -> str:
    if frequency.at is not None:
        return f"{frequency.at} of {frequency.of}"
    if frequency.words is not None:
        return frequency.words
    if not frequency.times:
        return "as asked"
    per = "" if frequency.units == 1 else f"{frequency.units} "
    return f"{frequency.times} per {per}{frequency.unit}"
