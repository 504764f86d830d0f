"""The pages of the checks, executed: each example claims what its check finds, and nothing else is so.

A comment `# finds: GM104` on the line of a clause, in the clause index of an example, claims that findings of
that check cite that clause, and that they cite no clause without such a comment.
`# finds: GM104[who=all]` claims that they do so under these readings only: minimal partial readings,
parted by `; `, with options joined by `, `. An example without a comment for the check of its page
claims that the check finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias

import pytest

import govmodel.checks
from govmodel.checks import CATALOGUE, Entry, entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.loading.scenario import load_scenario
from govmodel.model.finding import LEVELS, CheckResult, Finding
from govmodel.model.rules import Reading
from govmodel.model.scenario import Scenario
from govmodel.model.vocabulary import BUILT_IN_READINGS
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

ROOT = Path(__file__).parents[2]
FOLDER = Path(govmodel.checks.__file__).parent
HEADINGS = (
    "Why it matters",
    "How it is decided",
    "What it does not say",
    "Level",
    "What to do about it",
    "Examples",
)
MOST_LINES = 220
"""A page longer than this is no page."""

Partial: TypeAlias = frozenset[tuple[str, str]]
"""A partial reading."""
Under: TypeAlias = frozenset[Partial]
"""The minimal partial readings under which something holds; the empty set: all readings."""
Claims: TypeAlias = Mapping[str, Mapping[str, Under]]
"""Check → clause → the readings under which the check cites it."""

FENCE = re.compile(r"^```(?P<kind>\w*)[ ]*$")
INDEX = re.compile(r"^clauses:[ ]*$")
KEY = re.compile(r"""^  (?:"(?P<quoted>[^"]+)"|(?P<bare>[^\s"#:]+)):""")
FINDS = re.compile(r"#\s*finds:\s*(?P<claims>.*)$")
CLAIM = re.compile(r"(?P<check>GM\d{3})(?:\[(?P<readings>[^\]]*)\])?")


@dataclass(frozen=True)
class Example:
    """One fenced model of a page: where it starts, what the line before it says, and what it claims."""

    page: str
    number: int
    line: int
    before: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.page}-example-{self.number}"

    @property
    def claims(self) -> Claims:
        return claims_in(self.text)

    @property
    def sound(self) -> bool:
        """The check of its page finds nothing in it."""
        return self.page not in self.claims


def partial_reading(text: str) -> Partial:
    pairs = [option.split("=") for option in text.split(", ")]
    return frozenset((name, option) for name, option in pairs)


def claims_in(text: str) -> Claims:
    """The claims of an example. Raises ValueError for one that stands anywhere but on a clause's line."""
    found: dict[str, dict[str, Under]] = {}
    inside = False
    for line in text.splitlines():
        inside = bool(INDEX.match(line)) or (inside and not re.match(r"\S", line))
        marker = FINDS.search(line)
        if marker is None:
            continue
        key = KEY.match(line)
        if not inside or key is None:
            raise ValueError(f"not on the line of a clause: {line}")
        if CLAIM.sub("", marker["claims"]).strip(" ,"):
            raise ValueError(f"not a list of checks: {line}")
        for claim in CLAIM.finditer(marker["claims"]):
            options = claim["readings"]
            under = (
                frozenset(partial_reading(part) for part in options.split("; ")) if options else frozenset()
            )
            found.setdefault(claim["check"], {})[key["quoted"] or key["bare"]] = under
    return found


def examples_in(page: str, text: str) -> list[Example]:
    """The fenced blocks of a page. Raises ValueError for a fence that is no example."""
    found: list[Example] = []
    lines = text.splitlines()
    start, before = None, ""
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if fence is None:
            if start is None and line.strip():
                before = line
            continue
        if start is not None:
            if fence["kind"]:
                raise ValueError(f"{page}, line {number}: a fence inside a fence")
            body = "\n".join(lines[start : number - 1]) + "\n"
            found.append(Example(page, len(found) + 1, start, before, body))
            start, before = None, ""
        elif fence["kind"] != "yaml":
            raise ValueError(f"{page}, line {number}: a fence that is not yaml")
        else:
            start = number
    if start is not None:
        raise ValueError(f"{page}, line {start}: a fence that does not end")
    return found


@cache
def page_of(check: Entry) -> str:
    return check.page()


@cache
def examples_of(check: Entry) -> tuple[Example, ...]:
    return tuple(examples_in(check.id, page_of(check)))


def collected(check: Entry) -> tuple[Example, ...]:
    """The examples of a page; of one that is missing or malformed none, and the tests of the page say so."""
    try:
        return examples_of(check)
    except (FileNotFoundError, ValueError):
        return ()


@lru_cache(maxsize=1)
def context_of(example: Example) -> Context:
    """That of the example that was asked about last: each holds a solver, which takes 17 megabytes."""
    context = Context(read(load_text(example.text, f"{example.id}.yaml")), EFFORT)
    if example.page.startswith("GM7"):
        context.scenario = practice(context)
    return context


def practice(context: Context) -> Scenario:
    """The scenario of the pages on practice: plain, with half of the business about the text's matters."""
    plain = load_scenario(ROOT / "scenarios" / "plain.yaml", context.rulebook)
    named = tuple(context.rules().matters)
    shares = {"other": Fraction(1, 2), **dict.fromkeys(named, Fraction(1, 2 * len(named)))} if named else {}
    agenda = replace(plain.items.default, matters=shares or plain.items.default.matters)
    return replace(plain, items=replace(plain.items, default=agenda))


@cache
def run(example: Example, check: str) -> CheckResult:
    found = entry(check)
    assert found is not None, f"there is no check {check}"
    return found.load().run(context_of(example))


def cited(findings: Iterable[Finding]) -> Mapping[str, Under]:
    """Each clause that findings cite, with the readings under which any of them does."""
    found: dict[str, Under] = {}
    everywhere: set[str] = set()
    for finding in findings:
        readings: Iterable[Reading] = finding.readings
        if finding.only_run:  # it names the built-in ones too, which no example sets otherwise
            own = ({n: o for n, o in r.items() if n not in BUILT_IN_READINGS} for r in finding.readings)
            readings = [reading for reading in own if reading]
        under = frozenset(frozenset(reading.items()) for reading in readings)
        for clause in finding.clauses:
            found[clause] = found.get(clause, frozenset()) | under
            if not under:
                everywhere.add(clause)
    return {clause: frozenset() if clause in everywhere else under for clause, under in found.items()}


def shown(findings: Iterable[Finding]) -> list[str]:
    return [f"{f.level} {f.id}: {f.message} {[dict(r) for r in f.readings] or ''}" for f in findings]


PAGES = [pytest.param(check, id=check.id) for check in CATALOGUE]
EXAMPLES = [pytest.param(example, id=example.id) for check in CATALOGUE for example in collected(check)]
SOUND = [
    pytest.param(example, id=example.id)
    for check in CATALOGUE
    for example in collected(check)
    if example.sound
]


def test_every_check_has_a_page_and_every_page_a_check() -> None:
    listed = {check.module.replace(".", "/") for check in CATALOGUE}
    pages = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("**/gm*.md")}
    code = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("**/gm*.py")}
    assert pages == listed
    assert code == listed


@pytest.mark.parametrize("check", PAGES)
def test_a_page_has_its_parts(check: Entry) -> None:
    text = page_of(check)
    lines = text.splitlines()
    assert lines[0] == f"# {check.id}: {check.name}"
    assert tuple(line.removeprefix("## ") for line in lines if line.startswith("## ")) == HEADINGS
    for part in re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]:
        assert part.strip()
    assert len(lines) <= MOST_LINES
    assert max(len(line) for line in lines) <= 110
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("check", PAGES)
def test_a_page_shows_the_finding_and_its_absence(check: Entry) -> None:
    examples = examples_of(check)
    assert any(not example.sound for example in examples)
    assert any(example.sound for example in examples)
    for example in examples:
        assert example.before.endswith("."), f"line {example.line}: no line that says what is in it"
        assert not example.before.startswith("#")
    assert page_of(check).index("```yaml") > page_of(check).index("## Examples")


@pytest.mark.parametrize("check", PAGES)
def test_no_claim_of_a_page_is_passed_over(check: Entry) -> None:
    claims = [line for line in page_of(check).splitlines() if "finds:" in line]
    inside = [
        line for example in examples_of(check) for line in example.text.splitlines() if "finds:" in line
    ]
    assert claims == inside
    assert all(FINDS.search(line) for line in claims)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_loads_without_a_remark(example: Example) -> None:
    constitution = load_text(example.text, f"{example.id}.yaml")
    assert constitution.notes == ()
    assert context_of(example).rulebook.notes == ()


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_what_it_claims(example: Example) -> None:
    claimed = {example.page: {}, **example.claims}
    for check, clauses in claimed.items():
        result = run(example, check)
        assert result.undecided == ()
        assert cited(result.findings) == clauses, shown(result.findings)


@pytest.mark.parametrize("example", SOUND)
def test_a_sound_example_has_no_error_of_any_check(example: Example) -> None:
    claimed = example.claims
    wrong = [
        line
        for check in CATALOGUE
        for line in shown(f for f in run(example, check.id).findings if f.level == "error")
        if check.id not in claimed
    ]
    undecided = [f"{u.check} {u.subject}: {u.why}" for c in CATALOGUE for u in run(example, c.id).undecided]
    assert wrong == []
    assert undecided == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_findings_read_as_sentences(example: Example) -> None:
    """Nothing doubled or left over from putting words together, in any check on any example."""
    for check in CATALOGUE:
        for finding in run(example, check.id).findings:
            assert finding.level in LEVELS
            assert finding.message
            assert finding.message[-1] not in ".;:, "
            for sentence in (finding.message, *finding.story, finding.help):
                assert sentence == " ".join(sentence.split()), sentence
                assert not re.search(r"\b(\w+) \1\b|\.[.;,]|\?\.|None|\{|\}| ,|\(\)", sentence), sentence
            for sentence in (*finding.story, finding.help):
                assert sentence[:1] == sentence[:1].upper(), sentence
                assert sentence[-1] in ".?", sentence


def test_claims_are_read_as_the_convention_says() -> None:
    text = (
        'clauses:\n  "1": one # finds: GM104\n  2s1: two # finds: GM104[a=x, b=y; c=z], GM101\n'
        '  "3":\n    says: three\n'
    )
    two = frozenset({frozenset({("a", "x"), ("b", "y")}), frozenset({("c", "z")})})
    assert claims_in(text) == {"GM104": {"1": frozenset(), "2s1": two}, "GM101": {"2s1": frozenset()}}
    for wrong in ("norms: [] # finds: GM104\n", "clauses:\n  a: b # finds: GM1\n", "# finds: GM104\n"):
        with pytest.raises(ValueError, match="not "):
            claims_in(wrong)
