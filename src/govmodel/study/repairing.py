"""The use case `repair`: edits that were made to the rules and checked again, the smallest first."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from govmodel.checks import CATALOGUE, USUAL, Entry
from govmodel.checks.context import Context
from govmodel.checks.norms.asking import Kind, kind_of_norm
from govmodel.checks.norms.telling import event_in_words, sentence
from govmodel.checks.stories import on
from govmodel.errors import InputError
from govmodel.exact.corrections import clusters, corrections
from govmodel.loading import load
from govmodel.model.constitution import Constitution
from govmodel.model.edit import Correction, Edit, Redraft, Repair, Repaired, applied
from govmodel.model.expressions import Condition
from govmodel.model.finding import LEVELS, CheckResult, Finding
from govmodel.model.provision_rules import NormRule
from govmodel.model.rules import Reading, Rulebook
from govmodel.model.verdict import Case, Verdict
from govmodel.model.walk import names_in
from govmodel.reading import read
from govmodel.repairs import Draft, edits
from govmodel.semantics.cases import NotDecidable, conditions_of
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions.cases import changed
from govmodel.study.checking import failure, run_checks
from govmodel.study.dates import known_days
from govmodel.study.matching import Matched, matched
from govmodel.study.naming import known_reading, unknown
from govmodel.study.preparing import EFFORT
from govmodel.words.speaking import Speaker
from govmodel.words.text import capital

MOST = 2
"""Repairs offered for one finding, unless more are asked for."""
CLASHES = frozenset({"GM101", "GM102", "GM103", "GM104", "GM106", "GM116"})
"""Checks that cite minimal sets of clauses which cannot stand together."""

MOST_SETS = 10
"""Correction sets of one group of clashes at most."""

MOST_TRIES = 12
"""Edits tried for one finding at most."""

NEW = "~"
"""Stands after the name of a norm as an edit has it."""


def repair(
    model: str | os.PathLike[str] | Constitution,
    *,
    findings: Iterable[str] = (),
    most: int = MOST,
    reading: Reading | None = None,
    effort: int = EFFORT,
    first_day: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Redraft:
    """Look for redrafts of a constitution that remove its findings.

    An edit is a repair iff the finding is gone under every reading, no finding at or above its level is new
    or worse with it when every check is run again, and nothing that was decided is undecided. For norms, what
    became lawful and unlawful is said, with one case each.

    Args:
        findings: ids of findings, or of checks (`GM104`); all that have a remedy when empty.
        most: repairs of one finding at most.

    Raises:
        InputError: the file cannot be used, or an argument names something that is not there.
    """
    constitution = model if isinstance(model, Constitution) else load(model)
    rulebook = read(constitution)
    rulebook = replace(rulebook, first_day=first_day) if first_day is not None else rulebook
    known_days(rulebook, constitution if first_day is None else None)
    fixed = known_reading(rulebook, reading or {})
    before = run_checks(Context(rulebook, effort, fixed), USUAL, progress)
    everything = [f for answer in before for f in answer.findings]
    everything.sort(key=lambda f: (LEVELS.index(f.level), f.check, f.clauses, f.subject))
    wanted = _wanted(everything, tuple(findings))
    speaker = Speaker(constitution)
    draft = Draft(rulebook, speaker, rulebook.base)
    made = []
    for finding in wanted:
        trying = _Trying(draft, finding, before, effort, fixed)
        made.append(trying.all(most, progress))
    undecided = tuple(dict.fromkeys(f"{u.check} {u.subject}: {u.why}" for a in before for u in a.undecided))
    return Redraft(
        id=rulebook.id, path=rulebook.path, title=rulebook.title, findings=tuple(made),
        corrections=_corrections(wanted, any(u.check in CLASHES for a in before for u in a.undecided)),
        undecided=undecided,
    )  # fmt: skip


def _corrections(found: list[Finding], undecided: bool) -> tuple[Correction, ...]:
    """What to change for each group of clashes that share clauses."""
    clashes = [finding for finding in found if finding.check in CLASHES]
    said = []
    for places in clusters([clash.clauses for clash in clashes]):
        group = [clashes[place] for place in places]
        sets, whole = corrections([clash.clauses for clash in group], MOST_SETS)
        complete = whole and not undecided
        said.append(Correction(findings=tuple(c.id for c in group), sets=sets, complete=complete))
    return tuple(said)


def _wanted(found: list[Finding], names: tuple[str, ...]) -> list[Finding]:
    """The findings that are asked for, by id or by check."""
    chosen: list[Finding] = []
    problems = []
    for name in names:
        own = [f for f in found if name in (f.id, f.check) or name.upper() == f.check]
        if not own:
            known = [*(f.id for f in found), *(f.check for f in found)]
            problems.append(unknown("this model has no finding", name, known))
        chosen.extend(f for f in own if f not in chosen)
    if problems:
        raise InputError(tuple(problems))
    return chosen if names else found


class _Trying:
    """The edits for one finding, made and checked one after the other."""

    def __init__(
        self, draft: Draft, finding: Finding, before: list[CheckResult], effort: int, fixed: Reading
    ) -> None:
        self.draft, self.finding, self.effort, self.fixed = draft, finding, effort, fixed
        self.before = [f for answer in before for f in answer.findings]
        self.undecided = {(u.check, u.subject) for answer in before for u in answer.undecided}

    def all(self, most: int, progress: Callable[[str], None] | None) -> Repaired:
        repairs: list[Repair] = []
        failed: dict[str, int] = {}
        for edit in self._edits(failed)[:MOST_TRIES]:
            if progress is not None:
                progress(f"{self.finding.check} {edit.remedy}")
            if len(repairs) == most:
                break
            tried = self.one(edit)
            if isinstance(tried, Repair):
                repairs.append(tried)
            else:
                failed[tried] = failed.get(tried, 0) + 1
        return Repaired(finding=self.finding, repairs=tuple(repairs), failed=failed)

    def _edits(self, failed: dict[str, int]) -> Sequence[Edit]:
        try:
            return edits(self.draft, self.finding)
        except Exception as error:
            failed[failure(error)] = 1
            return ()

    def one(self, edit: Edit) -> Repair | str:
        """What comes of an edit, or why it is no repair."""
        try:
            return self._tried(edit)
        except NotDecidable as error:
            return f"not decided: {error}"
        except Exception as error:
            return failure(error)

    def _tried(self, edit: Edit) -> Repair | str:
        after = applied(self.draft.rulebook, edit)
        own = [e for e in CATALOGUE if e.id == self.finding.check]
        context = Context(after, self.effort, self.fixed)
        answers = run_checks(context, own, None)
        if self.finding not in self._matched(answers).goes:
            return "the finding is still there"
        answers += run_checks(context, _others(own), None)
        found = self._matched(answers)
        open_now = {(u.check, u.subject): u.why for answer in answers for u in answer.undecided}
        fresh = {key: why for key, why in open_now.items() if key not in self.undecided}
        if any(check == self.finding.check for check, _ in fresh):
            return "whether the finding is gone is not decided"
        if fresh:
            others = ", ".join(dict.fromkeys(check for check, _ in fresh))
            return f"whether another finding comes with it is not decided ({others})"
        for own_level, words in ((found.comes, "comes with it"), (found.worsens, "is worse with it")):
            grave = [f.check for f in own_level if LEVELS.index(f.level) <= LEVELS.index(self.finding.level)]
            if grave:
                return f"another finding {words} ({', '.join(dict.fromkeys(grave))})"
        changes = self._changes(edit, after)
        if isinstance(changes, str):
            return changes
        return Repair(
            edit=edit, goes=found.goes, stays=found.stays, comes=found.comes, worsens=found.worsens,
            changes=changes,
        )  # fmt: skip

    def _matched(self, answers: list[CheckResult]) -> Matched:
        """The findings of these checks after an edit beside those before it."""
        asked = {answer.check for answer in answers}
        found = [f for answer in answers for f in answer.findings]
        return matched([f for f in self.before if f.check in asked], found)

    # what is lawful with it

    def _changes(self, edit: Edit, after: Rulebook) -> tuple[str, ...] | str:
        """What became lawful and unlawful, in sentences. A text, why it is no repair: also in cases of which
        the permission of the finding does not speak, or that is not known."""
        norms = [rule for rule in edit.new if isinstance(rule, NormRule)]
        if not norms:
            return ("No norm is touched: what anybody must or may do stays as it is.",)
        said: list[str] = []
        context = Context(after, self.effort, self.fixed)
        for kind in dict.fromkeys(kind_of_norm(context, norm) for norm in norms):
            try:
                theory = _both(self.draft.rulebook, after, kind)
            except NotDecidable as error:
                said.append(f"What else changes is not decided: {error}.")
                continue
            old = {n.name for n in theory.hard if not n.name.endswith(NEW)}
            new = {n.name for n in theory.hard if n.name.endswith(NEW)}
            reading = {**self.draft.base, **self.fixed}
            limit = self._spoken_of()
            for one, other, words in ((old, new, "no longer lawful"), (new, old, "lawful now")):
                if limit is not None:
                    elsewhere = changed(theory, one, other, reading, outside=limit, effort=self.effort)
                    if elsewhere.verdict is Verdict.UNKNOWN:
                        return f"whether it changes other cases is not decided: {elsewhere.why}"
                    if elsewhere.verdict is Verdict.FAILS:
                        return "it changes what is lawful in other cases too"
                answer = changed(theory, one, other, reading, effort=self.effort)
                if answer.verdict is Verdict.UNKNOWN:
                    said.append(f"Whether something is {words} is not decided: {answer.why}.")
                elif isinstance(answer.witness, Case):
                    said.append(f"{capital(words)}: {_story(context, kind, answer.witness, norms)}.")
        return tuple(said) or ("No change in behaviour.",)

    def _spoken_of(self) -> Condition | None:
        """When the permission of the finding applies, where it is about one."""
        grants = [
            n for n in self.draft.rules(NormRule) if n.name == self.finding.subject and n.force == "may"
        ]
        whens = {n.when for n in grants}
        return next(iter(whens)) if len(whens) == 1 else None


def _others(own: Collection[Entry]) -> list[Entry]:
    return [entry for entry in USUAL if entry not in own]


def _both(before: Rulebook, after: Rulebook, kind: Kind) -> CaseTheory:
    """A case in which the norms stand as they were and, under other names, as the edit has them."""
    old = [r for r in before.rules if isinstance(r, NormRule)]
    new = [_renamed(r) for r in after.rules if isinstance(r, NormRule)]
    rules = tuple(r for r in before.rules if not isinstance(r, NormRule))
    return CaseTheory(replace(before, rules=(*rules, *old, *new)), kind.situation, kind.body)


def _renamed(norm: NormRule) -> NormRule:
    def each(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name + NEW for name in names)

    return replace(
        norm, name=norm.name + NEW, overrides=each(norm.overrides), subject_to=each(norm.subject_to),
        changes=each(norm.changes), breach_of=each(norm.breach_of),
    )  # fmt: skip


def _story(context: Context, kind: Kind, case: Case, norms: list[NormRule]) -> str:
    """A case in words, as far as the norms that were touched speak of it."""
    asked = {name for norm in norms for part in conditions_of(norm) for name in names_in(part)}
    facts = [
        _small(sentence(context, name, fact, case.day)) for name, fact in case.facts.items() if name in asked
    ]
    return f"{event_in_words(context, kind)} on {on(case.day)}, where {'; '.join(_few(facts))}"


def _few(facts: list[str]) -> Iterator[str]:
    yield from facts[:8]
    if len(facts) > 8:
        yield f"and {len(facts) - 8} more facts are as usual"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
