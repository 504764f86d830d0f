"""What a remedy looks at: the rules as they stand, and words for what it writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from govmodel.dataclass import dataclass
from govmodel.model.edit import Edit
from govmodel.model.finding import Finding
from govmodel.model.provision_rules import NormRule
from govmodel.model.rule import Rule
from govmodel.model.rules import QuorumRule, Reading, Rulebook
from govmodel.words import text
from govmodel.words.speaking import Speaker

R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True)
class Draft:
    """The rulebook under repair, a speaker of its constitution, and the base reading."""

    rulebook: Rulebook
    speaker: Speaker
    base: Reading

    def rules(self, kind: type[R]) -> Iterator[R]:
        """The rules of a kind, under every reading, in the order of the text."""
        for rule in self.rulebook.rules:
            if isinstance(rule, kind):
                yield rule

    def of_body(self, kind: type[R], body: str) -> list[R]:
        return [rule for rule in self.rules(kind) if getattr(rule, "body", None) == body]

    def quorums(self, body: str) -> list[QuorumRule]:
        """The quorums of a body that the text leaves to nobody."""
        return [rule for rule in self.of_body(QuorumRule, body) if rule.set_by is None]

    def cited(self, kind: type[R], finding: Finding) -> list[R]:
        """Rules of a kind all of whose clauses the finding cites."""
        return [rule for rule in self.rules(kind) if set(rule.clauses) <= set(finding.clauses)]

    def title(self, name: str) -> str:
        return self.speaker.names.title(name)


def id_of(draft: Draft, norm: NormRule) -> str | None:
    """The `id` of a norm in the model; None: it has none, and no norm can point to it."""
    stem = norm.name.partition("@")[0]
    return stem if stem in {n.id.value for n in draft.speaker.c.norms if n.id is not None} else None


def place_of(draft: Draft, norm: NormRule) -> str:
    """Where a norm stands in the model: its `id`, or the norm of its clause."""
    number = norm.name.partition("@")[0].partition("~")[2]
    ordinal = f"norm {number}" if number else "the norm"
    return id_of(draft, norm) or f"{ordinal} of {text.clause(norm.clauses)}"


def places(draft: Draft, norms: Sequence[NormRule]) -> str:
    return text.listed(tuple(dict.fromkeys(place_of(draft, norm) for norm in norms)))


def clauses(rules: list[R]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for rule in rules for c in rule.clauses))


def joined(names: tuple[str, ...]) -> str:
    return " and ".join(names)


def redraft(
    *,
    remedy: str,
    clauses: tuple[str, ...],
    says: str,
    model: str,
    old: tuple[Rule, ...],
    new: tuple[Rule, ...],
) -> Edit:
    """An edit of which one sentence tells: what to do in its clauses."""
    where = f"In {text.clause(clauses)}"
    return Edit(remedy=remedy, clauses=clauses, says=f"{where}, {says}", model=model, old=old, new=new)
