"""Models made by a program, for measuring: none of them is anybody's constitution.

`partnership` is as rich as the models in `models/`: for each of its groups some thirty clauses, with as many
readings, parties, seats, attributes, papers, norms and routes among them as in the 2021 constitution of
Bournemouth, Christchurch and Poole. `boards` are many small bodies, `assembly` is one body of many seats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from string import Template

HEAD = 'govmodel: "1"\ndocument:\n  title: {title}\n  date: 2020-01\n  nation: ENG'
DAYS = (3, 5, 7, 10, 15)

GROUP = {
    "parties": """
  council-$g: {name: Council $g, is: authority, clause: "$g.2"}
  trust-$g:
    name: Trust $g
    is: authority
    clause: "$g.3"
""",
    "bodies": """
  group-$g:
    name: Group $g
    clause: "$g.1"
    seats:
      members: {party: council-$g, seats: $size, clause: "$g.4"}
      trust:
        party: trust-$g
        holder: chief officer or nominee
        clause: "$g.5"
      guests: {seats: "0..", role: attending, clause: "$g.6"}
    quorum: {needs: present >= one third of members, gates: meeting, clause: "$g.7"}
    decisions:
      - matter: any
        first: consensus
        carried_by: $majority
        clause: "$g.8"
    presiding:
      - {who: chair-$g, extra_vote: casting, clause: "$g.9"}
    meetings:
      - {kind: ordinary, how_often: every quarter, clause: "$g.10"}
      - {kind: extraordinary, called_by: chair-$g, clause: "$g.11"}
    standins:
      - {kind: substitute, named_by: member, votes: yes, counts_to_quorum: yes, clause: "$g.12"}
""",
    "offices": """
  chair-$g:
    name: Chair of Group $g
    of: group-$g
    chosen: {by: election, every: every year, appointer: group-$g}
    term: 1 year
    clause: "$g.13"
""",
    "matters": """
  plan-$g: {name: the plan of group $g, clause: "$g.14"}
""",
    "situations": """
  sharing-$g:
    name: information is shared in group $g
    attributes:
      purpose:
        says: what it is shared for
        type: one-of
        values: [prevention, research, other]
        given: yes
      consent:
        says: the person has agreed
        type: yes-no
        given: yes
      shared:
        says: the information is handed over
        type: yes-no
        choice_of: member
      amount:
        says: how many records are asked for
        type: amount
        given: yes
      logged:
        says: when the request is logged
        type: time
        choice_of: member
      anonymous:
        says: names are taken out
        type: yes-no
        choice_of: member
      told:
        says: the person is told
        type: yes-no
        choice_of: member
""",
    "instruments": """
  strategy-$g:
    name: the strategy of group $g
    kind: plan
    every: every year
    clause: "$g.15"
    steps:
      - {approved_by: group-$g, clause: "$g.16"}
  register-$g:
    name: the register of risks of group $g
    kind: register
    clause: "$g.17"
""",
    "norms": """
  - id: papers-$g
    about: meeting of group-$g
    who: chair-$g
    must: papers at least $days working days before meeting
    unless: urgent
    clause: "$g.18"
  - {about: meeting of group-$g, must: minutes within 10 working days after meeting, clause: "$g.19"}
  - about: meeting of group-$g
    may: notice at least $hours hours before meeting
    when: kind is extraordinary
    limit: yes
    clause: "$g.20"
  - about: sharing-$g
    must_not: shared
    when: purpose is research and not consent
    clause: "$g.21"
  - about: sharing-$g
    must: anonymous
    when: shared and (purpose is any of (research or other) or amount >= $records)
    unless: consent
    clause: "$g.22"
  - {about: sharing-$g, who: member, should: told, when: shared, clause: "$g.23"}
  - {about: attendance of group-$g, who: member, must: comes, unless: unable, clause: "$g.24"}
  - {about: meeting of group-$g, must_not: open-to-public, when: confidential, clause: "$g.25"}
""",
    "routes": """
  - {who: group-$g, reports_to: authority, matter: plan-$g, every: every year, clause: "$g.26"}
  - {who: group-$g, decides: plan-$g, clause: "$g.27"}
  - {who: chair-$g, consults: council-$g, matter: plan-$g, clause: "$g.28"}
  - who: group-$g
    escalates_to: {any_of: [council-$g, trust-$g]}
    matter: plan-$g
    effect: final
    clause: "$g.29"
""",
    "statements": """
  - says: the group has $total seats
    stated: $total
    listed: $total
    clause: "$g.30"
""",
}
SAYS = (
    "The authorities set up the group.", "The council is an authority.", "The trust is an authority.",
    "The council has most of the seats.", "The chief officer of the trust is a member.", "Guests may come.",
    "A third is a quorum.", "Most decide where consensus is not found.", "The Chair breaks ties.",
    "The group meets in each quarter.", "The Chair may call another meeting.", "A substitute may come.",
    "The group elects its Chair for a year.", "There is a plan.", "There is a strategy for each year.",
    "The group approves the strategy.", "There is a register of risks.", "Papers go out some days before.",
    "Minutes follow within ten working days.", "The Chair can call a meeting at short notice.",
    "Nothing is shared for research without consent.", "Names are taken out.", "The person is told.",
    "Members come where they can.", "Confidential business is taken in private.", "It reports once a year.",
    "It settles its plan.", "The Chair consults the council.", "What it cannot settle goes to the council.",
    "The number of seats is stated.", "The group aims at safe streets.", "The group works in partnership.",
    "The group shares what it learns.", "Most decide, as was said.",
)  # fmt: skip
ASPIRATIONS = (31, 32, 33)

QUESTION = """
  question-$g-$i:
    question: Does sentence $i of the rules of the group mean all members or those who come?
    options:
      all: All members.
      those-who-come: Those who come.
    base: $base
    because: The clause before it speaks of them.
    clause: "$g.8"
"""
BY_READING = "{by_reading: question-$g-0, all: majority of members, those-who-come: majority of present}"
EVERYWHERE = """
  meeting:
    attributes:
      urgent: {says: there is no time, type: yes-no, given: yes}
  attendance:
    attributes:
      comes: {says: the member comes, type: yes-no, choice_of: member}
      unable: {says: the member cannot come, type: yes-no, given: yes}
"""

BOARD = {
    "bodies": """
  board-$b:
    name: Board $b
    clause: "$b.1"
    seats:
      councillors: {party: council, seats: $councillors, clause: "$b.2"}
      trustees: {party: trust, seats: $trustees, clause: "$b.3"}
    quorum: {needs: $quorum, gates: meeting, clause: "$b.4"}
    decisions:
      - {matter: any, carried_by: $carried, clause: "$b.5"}
    presiding:
      - {who: chair-$b, extra_vote: $vote, clause: "$b.6"}
    meetings:
      - {kind: ordinary, how_often: every quarter, clause: "$b.7"}
""",
    "offices": """
  chair-$b: {name: the Chair of Board $b, of: board-$b, clause: "$b.6"}
""",
    "norms": """
  - about: meeting of board-$b
    must: papers at least $days working days before meeting
    clause: "$b.8"
  - about: meeting of board-$b
    may: notice at least $hours hours before meeting
    limit: yes
    clause: "$b.9"
""",
    "routes": """
  - {who: board-$b, reports_to: council, every: every year, clause: "$b.10"}
""",
}


def clause(ref: str, says: str, *more: str) -> str:
    """An entry of the clause index, with its fingerprint."""
    fingerprint = hashlib.sha256(ref.encode()).hexdigest()[:16]
    return "\n".join([f'  "{ref}":', f"    says: {says}", *more, f'    text: "{fingerprint}"'])


def joined(title: str, parts: Iterable[tuple[str, list[str]]]) -> str:
    """A model from its headings."""
    text = [HEAD.format(title=title)]
    for heading, blocks in parts:
        if blocks:
            text += [f"{heading}:", *(block.strip("\n") for block in blocks)]
    return "\n".join([*text, ""])


def partnership(clauses: int, readings: int | None = None) -> str:
    """A partnership of so many clauses, by default with a reading for every tenth of them."""
    groups = max(clauses // len(SAYS), 1)
    asked = clauses // 10 if readings is None else readings
    parts: dict[str, list[str]] = {"readings": [], **{heading: [] for heading in GROUP}}
    parts["situations"].append(EVERYWHERE)
    index = []
    for g in range(groups):
        own = asked // groups + (g < asked % groups)
        for i in range(own):
            base = "all" if i % 2 else "those-who-come"
            parts["readings"].append(Template(QUESTION).substitute(g=g, i=i, base=base))
        words: dict[str, object] = {
            "g": g, "size": 5 + g % 9, "total": 6 + g % 9, "days": DAYS[g % 5], "hours": 24 * (1 + g % 3),
            "records": 10 + g, "majority": Template(BY_READING).substitute(g=g) if own else "majority",
        }  # fmt: skip
        for heading, block in GROUP.items():
            parts[heading].append(Template(block).substitute(words))
        for number, says in enumerate(SAYS, 1):
            more = ["    is: aspiration"] if number in ASPIRATIONS else []
            more += [f'    repeats: "{g}.8"'] if number == len(SAYS) else []
            index.append(clause(f"{g}.{number}", says, *more))
    for number in range(clauses - len(index)):
        index.append(clause(f"Z.{number}", "The partnership hopes for the best.", "    is: aspiration"))
    classes = ['  authority: {name: responsible authorities, clause: "0.1"}']
    return joined("A partnership", [("classes", classes), *parts.items(), ("clauses", index)])


def boards(number: int) -> str:
    """So many boards with ten clauses each. Sizes, numbers and forms go round with different periods, so that
    hundreds of them are unlike each other."""
    parts: dict[str, list[str]] = {heading: [] for heading in BOARD}
    index = []
    for b in range(number):
        words: dict[str, object] = {
            "b": b, "councillors": 3 + b % 13, "trustees": 1 + b % 7, "days": DAYS[b % 5],
            "hours": 24 * (1 + b % 3), "vote": ("casting", "none", "additional")[b % 5 % 3],
            "carried": ("majority of voting", "majority of members", "two thirds of present")[b % 4 % 3],
            "quorum": (
                "present >= half of members", f"present >= {2 + b % 3}", "present >= one third of members",
            )[b % 3],
        }  # fmt: skip
        for heading, block in BOARD.items():
            parts[heading].append(Template(block).substitute(words))
        index += [clause(f"{b}.{i}", f"Provision {i} of board {b}.") for i in range(1, 11)]
    parties = ['  council: {name: the Council, clause: "0.2"}', '  trust: {name: the Trust, clause: "0.3"}']
    return joined(f"{number} boards", [("parties", parties), *parts.items(), ("clauses", index)])


def assembly(seats: int, classes: int) -> str:
    """One body with so many seats, spread over classes; the quorum counts two of three classes by name."""
    places = []
    for k in range(classes):
        size = seats // classes + (k < seats % classes)
        places.append(f'      seats-{k}: {{party: party-{k}, seats: {size}, clause: "2.{k}"}}')
    counted = [f"present(class-{k}) >= {1 + k % 5}" for k in range(max(2 * classes // 3, 1))]
    body = "\n".join([
        '  assembly:\n    name: the Assembly\n    clause: "1"\n    seats:', *places,
        '    quorum:\n      - {needs: present at least one third of members, gates: meeting, clause: "3"}',
        f'      - {{needs: {" and ".join(counted)}, gates: meeting, clause: "4"}}',
        '    decisions:\n      - {matter: any, carried_by: majority of members, clause: "5"}',
        '    presiding:\n      - {who: chair, extra_vote: casting, clause: "6"}',
        '    meetings:\n      - {kind: ordinary, how_often: every quarter, clause: "7"}',
        '    interests:\n      - {kind: prejudicial, withdraws: must, clause: "8"}',
    ])  # fmt: skip
    refs = ["1", *(f"2.{k}" for k in range(classes)), "3", "4", "5", "6", "7", "8"]
    return joined(
        f"An assembly of {seats}",
        [
            ("classes", [f'  class-{k}: {{name: class {k}, clause: "2.{k}"}}' for k in range(classes)]),
            (
                "parties",
                [f'  party-{k}: {{name: Party {k}, is: class-{k}, clause: "2.{k}"}}' for k in range(classes)],
            ),
            ("bodies", [body]),
            ("offices", ['  chair: {name: the Chair, of: assembly, clause: "6"}']),
            ("clauses", [clause(ref, f"Provision {ref} of the assembly.") for ref in refs]),
        ],
    )


KINDS = ("ordinary", "urgent", "confidential", "joint")


def clashes(clauses: int, planted: int, *, apart: bool) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """A model of so many clauses, each a duty, of which so many pairs, triples and quadruples cannot all be
    kept; and these sets of clauses. `apart`: duties share an attribute only with those that they clash
    with. Otherwise each speaks of one of a few kinds of case, which are the same for all."""
    sizes = [2 + i % 3 for i in range(planted)]
    chains = sizes + [1] * (clauses - sum(sizes))
    lines, attributes, sets, ref = [], [], [], 0
    for number, size in enumerate(chains):
        kind = KINDS[number % len(KINDS)]
        own = []
        for step in range(size):
            ref += 1
            own.append(str(ref))
            # a0 must be, a1 where a0 is, a2 where a1 is …, and the last must not be
            act = f"a{number}-{min(step, max(size - 2, 0))}"
            force = "must_not" if size > 1 and step == size - 1 else "must"
            conditions = [f"a{number}-{step - 1}"] if 0 < step < size - 1 else []
            conditions += [] if apart else [f"kind is {kind}"]
            when = f", when: {' and '.join(conditions)}" if conditions else ""
            lines.append(f'  - {{about: matter, {force}: {act}{when}, clause: "{ref}"}}')
        for step in range(max(size - 1, 1)):
            name = f"a{number}-{step}"
            attributes.append(f"      {name}: {{says: act {name} is done, type: yes-no, choice_of: member}}")
        if size > 1:
            sets.append(tuple(own))
    kind = f"      kind: {{says: the kind of matter, type: one-of, values: [{', '.join(KINDS)}], given: yes}}"
    about = ["  matter:", "    name: a matter comes up", "    attributes:", *([] if apart else [kind])]
    return joined(
        f"{clauses} duties",
        [
            (
                "bodies",
                ['  board: {name: the Board, clause: "1", seats: {some: {seats: 3, clause: "1"}}}'],
            ),
            ("situations", ["\n".join([*about, *attributes])]),
            ("norms", lines),
            ("clauses", [clause(str(n), f"Duty {n}.") for n in range(1, ref + 1)]),
        ],
    ), tuple(sets)


def long_text(clauses: int) -> tuple[str, str]:
    """A text of so many clauses, twenty to a part, and a model that has an index of them and nothing else."""
    text, index = [], []
    for number in range(clauses):
        part, place = number // 20 + 1, number % 20 + 1
        if place == 1:
            text.append(f"{part}\nPart {part}")
        text.append(
            f"{part}.{place} The board keeps a register of matter {number} and shows it to whoever asks."
        )
        index.append(f'  "{part}.{place}": {{says: There is a register of matter {number}., is: procedure}}')
    head = HEAD.format(title="A long text")
    return f"{head}\nclauses:\n" + "\n".join(index) + "\n", "\n".join(text) + "\n"
