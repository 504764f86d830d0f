"""Edits: what a redraft would change of the rules, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govmodel.dataclass import dataclass, replace
from govmodel.model.finding import Finding
from govmodel.model.rule import Rule
from govmodel.model.rules import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One redraft. `remedy`: its kind in a word or two; `clauses`: where the draft is touched; `says`: what
    to write there, in words of ours; `model`: the keys of the model that say so. `old` goes and `new` comes
    in its place, rule for rule; what `new` has more is added."""

    remedy: str
    clauses: tuple[str, ...]
    says: str
    model: str
    old: tuple[Rule, ...]
    new: tuple[Rule, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Clauses and rules that it touches: smaller edits are offered first."""
        return len(self.clauses), len(self.new)


def applied(rulebook: Rulebook, edit: Edit) -> Rulebook:
    """The rules with an edit made."""
    pairs = list(zip(edit.old, edit.new, strict=False))
    rules = tuple(next((new for old, new in pairs if old == rule), rule) for rule in rulebook.rules)
    return replace(rulebook, rules=(*rules, *edit.new[len(edit.old) :]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """An edit that was made and checked again. `goes`: the findings that are gone with it; `stays`, `comes`
    and `worsens`: those that are no worse, that are new, and that were there and are worse, of a higher level
    or now in the base reading; all three as they are with it. `changes`: what else is different for those who
    act by the text, in sentences."""

    edit: Edit
    goes: tuple[Finding, ...]
    stays: tuple[Finding, ...]
    comes: tuple[Finding, ...]
    worsens: tuple[Finding, ...]
    changes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "remedy": self.edit.remedy,
            "clauses": list(self.edit.clauses),
            "says": self.edit.says,
            "model": self.edit.model,
            "goes": [f.id for f in self.goes],
            "comes": [f.id for f in self.comes],
            "worsens": [f.id for f in self.worsens],
            "stays": len(self.stays),
            "changes": list(self.changes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What can be done about one finding: the repairs, smallest first, and how many edits were tried in
    vain and why (reason → how many). No remedy is known for a finding without any try."""

    finding: Finding
    repairs: tuple[Repair, ...]
    failed: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        return {
            "finding": self.finding.id,
            "message": self.finding.message,
            "repairs": [repair.to_dict() for repair in self.repairs],
            "failed": dict(self.failed),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Clashes that share clauses, by the ids of their findings, and the minimal sets of clauses of which each
    leaves none of them once it is changed, smallest first. `complete`: these are all the sets there are, and
    no clash was left undecided."""

    findings: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...]
    complete: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "findings": list(self.findings),
            "sets": [list(each) for each in self.sets],
            "complete": self.complete,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Redraft:
    """What `repair` says of one model."""

    id: str
    path: str
    title: str
    findings: tuple[Repaired, ...]
    corrections: tuple[Correction, ...]
    undecided: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "path": self.path,
            "title": self.title,
            "findings": [found.to_dict() for found in self.findings],
            "corrections": [each.to_dict() for each in self.corrections],
            "undecided": list(self.undecided),
        }

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a repair, for a data frame."""
        return [
            {
                "model": self.id, "finding": found.finding.id, "remedy": r.edit.remedy,
                "clauses": " ".join(r.edit.clauses), "says": r.edit.says, "goes": len(r.goes),
                "comes": len(r.comes), "worsens": len(r.worsens), "stays": len(r.stays),
            }
            for found in self.findings
            for r in found.repairs
        ]  # fmt: skip
