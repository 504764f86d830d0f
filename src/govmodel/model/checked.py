"""What `check` found in one model: findings, what was not decided, and within what bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from govmodel.dataclass import dataclass
from govmodel.errors import Problem
from govmodel.model.finding import LEVELS, Finding, Undecided


@dataclass(frozen=True, slots=True)
class Covered:
    """One ambiguity that was covered: its question, its options, the base, whether it was fixed."""

    name: str
    question: str
    options: tuple[str, ...]
    base: str
    fixed: str | None
    built_in: bool
    findings: Mapping[str, tuple[str, ...]]
    says: Mapping[str, str] = field(default_factory=dict)
    """Each option in words."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one model, what was not decided, and within what bounds."""

    id: str
    path: str
    title: str
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    covered: tuple[Covered, ...]
    asked: Mapping[str, int]
    first_day: date
    effort: int
    notes: tuple[Problem, ...]
    not_encoded: tuple[tuple[str, str], ...]
    bounds: Mapping[str, str]
    index: Mapping[str, str] = field(default_factory=dict)
    """Every clause, in the words of the index."""

    def worst(self) -> str | None:
        """The highest level among the findings, None without any."""
        levels = [f.level for f in self.findings]
        return next((level for level in LEVELS if level in levels), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, of the shape that `--format json` prints for one model."""
        return {
            "id": self.id,
            "path": self.path,
            "title": self.title,
            "readings_covered": [
                {
                    "name": c.name, "question": c.question, "options": list(c.options), "base": c.base,
                    "fixed": c.fixed, "built_in": c.built_in,
                    "findings": {option: list(ids) for option, ids in c.findings.items()},
                }
                for c in self.covered
            ],
            "findings": [finding_dict(f) for f in self.findings],
            "undecided": [{"check": u.check, "subject": u.subject, "why": u.why} for u in self.undecided],
            "bounds": {**self.bounds, "effort": self.effort, "first_day": self.first_day.isoformat()},
            "asked": dict(self.asked),
            "set_aside": [{"clause": clause, "why": why} for clause, why in self.not_encoded],
            "notes": [{"place": str(n.mark), "code": n.code, "message": n.message} for n in self.notes],
        }  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a finding, for a data frame."""
        return [
            {
                "model": self.id, "id": f.id, "check": f.check, "name": f.name, "level": f.level,
                "clauses": " ".join(f.clauses), "subject": f.subject, "message": f.message,
                "in_base": f.in_base, "contested": bool(f.readings),
                "fixed": " ".join(f"{c.name}={c.fixed}" for c in self.covered if c.fixed is not None),
            }
            for f in self.findings
        ]  # fmt: skip


def finding_dict(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "check": finding.check,
        "name": finding.name,
        "verdict": "fails",
        "level": finding.level,
        "clauses": list(finding.clauses),
        "subject": finding.subject,
        "readings": [dict(r) for r in finding.readings] or "all",
        "in_base": finding.in_base,
        "message": finding.message,
        "story": list(finding.story),
        "help": finding.help,
        "place": str(finding.mark),
        "evidence": dict(finding.evidence),
    }
