"""Small models to load, and the problems of bad ones in one line each."""

from __future__ import annotations

from govmodel.errors import InputError
from govmodel.loading import load_text
from govmodel.model.constitution import Constitution

HEAD = """govmodel: "1"
document: {title: A Board}
readings:
  minutes-clock:
    clause: "1"
    question: "From when?"
    options: {meeting: from the meeting, approval: from the approval}
    base: meeting
  vote-base:
    clause: "1"
    question: "Of whom?"
    options: {of-voting: of the votes, of-present: of those present, of-members: of all}
    base: of-voting
classes:
  responsible-authority: {name: authority, clause: "1"}
  cooperating: {name: cooperating, clause: "1"}
  participating: {name: participating, clause: "1"}
parties:
  police: {name: Police, is: responsible-authority, clause: "1"}
  council: {name: Council, is: responsible-authority, clause: "1"}
bodies:
  scp:
    name: Partnership
    clause: "1"
    seats: {police: {party: police}, others: {for_each: cooperating}}
    meetings: [{kind: extraordinary}]
  road-safety: {name: Road Safety Group, external: yes, clause: "1"}
offices:
  scp-chair: {name: Chairman, of: scp, clause: "1"}
  secretariat: {name: Secretariat, of: scp, clause: "1"}
matters: {funding: {name: funds}, dispute: {name: a dispute}}
situations:
  disclosure:
    name: information is shared
    attributes:
      shared: {type: yes-no}
      purpose: {type: one-of, values: [crime, drugs, other]}
      asked: {type: time, given: yes}
      length: {type: amount}
"""
CLAUSES = """clauses:
  "1": one
  "4.1": a
  "4.2": b
  "4.4": c
"""


def model(*parts: str, clauses: str = CLAUSES) -> str:
    """A model with these headings added to a small one."""
    return HEAD + "".join(part if part.endswith("\n") else part + "\n" for part in parts) + clauses


def good(*parts: str, clauses: str = CLAUSES) -> Constitution:
    return load_text(model(*parts, clauses=clauses), "m.yaml")


def problems(text: str) -> list[str]:
    """Every problem of a text as one line, without its place."""
    try:
        load_text(text, "m.yaml")
    except InputError as error:
        return [" / ".join(filter(None, [f"{p.code}: {p.message}", p.help])) for p in error.problems]
    return []


def placed(text: str) -> list[str]:
    """The same with `line:column` before each."""
    try:
        load_text(text, "m.yaml")
    except InputError as error:
        return [f"{p.mark.line}:{p.mark.column}: {p.message}" for p in error.problems if p.level == "error"]
    return []


def bad(*parts: str, clauses: str = CLAUSES) -> list[str]:
    return problems(model(*parts, clauses=clauses))


def one(*parts: str, clauses: str = CLAUSES) -> str:
    """The only problem of a model."""
    (found,) = bad(*parts, clauses=clauses)
    return found


def norm(rest: str, about: str = "meeting of scp") -> str:
    """A norm in block style."""
    lines = "".join(f"    {line}\n" for line in rest.split("\n"))
    return f"norms:\n  - about: {about}\n    clause: '1'\n{lines}"
