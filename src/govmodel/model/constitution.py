"""A constitution as drafted: blocks of words, each with its clauses, its place and its readings.

These classes are the one declaration of the language: the loader reads files by them, the JSON
Schema and the reference of the language are made from them. A field is a key of the file; `key`
says what its value looks like. A trailing underscore in a field's name is not part of the key.
Here stand the document, the parties and the bodies; `provisions` has what stands beside bodies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govmodel.dataclass import dataclass
from govmodel.errors import Problem
from govmodel.model.expressions import Condition, Frequency, Length, Span, Threshold
from govmodel.model.language import FORCES as FORCES
from govmodel.model.language import YES_NO as YES_NO
from govmodel.model.language import Block as Block
from govmodel.model.language import ByReading as ByReading
from govmodel.model.language import Gate as Gate
from govmodel.model.language import Plain as Plain
from govmodel.model.language import SetBy as SetBy
from govmodel.model.language import Value as Value
from govmodel.model.language import key as key
from govmodel.model.provisions import About as About
from govmodel.model.provisions import AttributeBlock as AttributeBlock
from govmodel.model.provisions import Chosen as Chosen
from govmodel.model.provisions import CompositionRule as CompositionRule
from govmodel.model.provisions import Departure as Departure
from govmodel.model.provisions import Instrument as Instrument
from govmodel.model.provisions import Matter as Matter
from govmodel.model.provisions import Name as Name
from govmodel.model.provisions import Norm as Norm
from govmodel.model.provisions import Office as Office
from govmodel.model.provisions import Route as Route
from govmodel.model.provisions import Same as Same
from govmodel.model.provisions import Situation as Situation
from govmodel.model.provisions import Statement as Statement
from govmodel.model.provisions import Step as Step
from govmodel.model.provisions import Succession as Succession
from govmodel.model.vocabulary import DISPOSITIONS, ROLES

MEMBERS = ("builtin", "classes", "parties", "bodies", "offices", "seats")
"""Whoever may be a member."""
CHOOSERS = ("bodies", "offices", "classes", "parties", "builtin")
"""Whoever may choose, invite or agree."""


@dataclass(frozen=True, kw_only=True)
class Layout(Block):
    """How the text shows its clauses. Empty: as `loading.cutting` has it for a model without a layout."""

    headings: tuple[str, ...] = key("patterns", "lines that head clauses", example="1. Title")
    numbers: tuple[str, ...] = key("patterns", "how clauses are numbered", example="1.1")
    items: tuple[str, ...] = key("patterns", "marks of items in a list; `-` is any bullet", example="(a)")
    footnotes: tuple[str, ...] = key("patterns", "marks of footnotes: `¹`, `[1]`, `*`, `†` or `‡`")
    titles: Mapping[str, Plain[str]] = key(
        "words-by-name", "references of clauses without a number, each with the line that begins it"
    )
    parts: Mapping[str, Plain[str]] = key(
        "words-by-name", "letters before the clause numbers of parts, each with the line that begins it"
    )
    left_out: tuple[str, ...] = key(
        "sentences", "lines that are no part of the text; any number stands for any", example="Page 1 of 1"
    )


@dataclass(frozen=True, kw_only=True)
class Document(Block):
    title: Plain[str] | None = key("sentence", "the title of the document", required=True)
    version: Plain[str] | None = key("sentence", "its version, as printed")
    status: Plain[str] | None = key("sentence", "draft, adopted …")
    date: Plain[str] | None = key("date", "its date; start days run over the year from its first day")
    dated: Plain[str] | None = key(
        "word", "whether the text bears that date; printed when left out", choices=("printed", "inferred")
    )
    nation: Plain[str] | None = key("word", "whose bank holidays", choices=("ENG", "WLS", "SCT", "NIR"))
    id: Plain[str] | None = key("sentence", "the model's id where it is not the file's name")
    source: Plain[str] | None = key("sentence", "the file name of the source text")
    numbering: Plain[str] | None = key("sentence", "how references are made")
    parts: Mapping[str, Plain[str]] = key("words-by-name", "letters before the clause numbers of parts")
    layout: Layout | None = key("block", "how the source shows its clauses", block="Layout")


@dataclass(frozen=True, kw_only=True)
class Ambiguity(Block):
    question: Plain[str] | None = key("sentence", "the question in plain words", required=True)
    options: Mapping[str, Plain[str]] = key("words-by-name", "each answer in plain words", required=True)
    base: Plain[str] | None = key("word", "the option taken unless another is asked for", required=True)
    because: Plain[str] | None = key("sentence", "why that is the base")
    only_with: Mapping[str, Mapping[str, tuple[str, ...]]] = key(
        "options", "options that make sense only with certain options of other readings"
    )


@dataclass(frozen=True, kw_only=True)
class PartyClass(Block):
    name: Plain[str] | None = key("sentence", "the class in words", required=True)
    called: Mapping[str, Name] = key("named", "other names that the text gives it", block="Name")


@dataclass(frozen=True, kw_only=True)
class Party(Block):
    name: Plain[str] | None = key("sentence", "the organisation's name", required=True)
    is_: Value[tuple[str, ...]] | None = key(
        "names", "the classes it belongs to", refers=("classes",), fixed=True
    )
    part_of: Plain[str] | None = key("name", "the party it is a part of", refers=("parties",))
    sector: Plain[str] | None = key("word", "a sector and no organisation", choices=YES_NO)
    successor: Plain[str] | None = key("name", "the party that follows it", refers=("parties",))


@dataclass(frozen=True, kw_only=True)
class Seat(Block):
    party: Value[str] | None = key("name", "the party that fills the seat", refers=("parties",))
    for_each: Value[str] | None = key(
        "name", "one seat for each party of a class, or each body of a family", refers=("classes", "bodies")
    )
    seats: Value[Span] | None = key("span", "how many; 1 when left out", example="0..5")
    role: Value[str] | None = key("word", "voting when left out", choices=ROLES)
    holder: Value[str] | None = key("sentence", "the post or rank of who holds it, in words")
    is_: Value[tuple[str, ...]] | None = key(
        "names", "the classes that whoever holds it belongs to", refers=("classes",)
    )
    ex_officio: Value[str] | None = key("name", "the office whose holder sits", refers=("offices", "chairs"))
    nominated_by: Value[str] | None = key(
        "name", "whose nominee the holder is, where no party fills the seat", refers=CHOOSERS
    )
    chosen_by: Value[str] | None = key("name", "who chooses the holder", refers=CHOOSERS)
    by_invitation_of: Value[str] | None = key("name", "who invites", refers=CHOOSERS)
    agreed_by: Value[str] | None = key("name", "who must agree that the holder sits", refers=CHOOSERS)
    unless_represented: Value[str] | None = key(
        "word", "there only for those not represented otherwise", choices=YES_NO
    )
    optional: Value[str] | None = key("word", "the seat may stay empty", choices=YES_NO)
    term: Value[Length] | None = key("length", "how long the holder sits")
    votes: Value[str] | None = key("number", "votes of each seat; 1 when left out")


@dataclass(frozen=True, kw_only=True)
class Cap(Block):
    each: Plain[str] | None = key(
        "name", "for each party of a class, or one party", refers=("classes", "parties")
    )
    together: Value[tuple[str, ...]] | None = key(
        "names", "these parties together", refers=("parties", "classes")
    )
    at_most: Value[int] | None = key("votes", "the most votes they have", required=True, example="1 vote")


@dataclass(frozen=True, kw_only=True)
class Quorum(Block):
    needs: Value[Condition] | None = key(
        "condition", "who must be present", required=True, example="present >= 8", left=True
    )
    counts: Value[tuple[str, ...]] | None = key(
        "words", "which seats it looks at; those that vote when left out", choices=ROLES
    )
    gates: Value[str] | None = key(
        "word", "what cannot be without it", choices=("meeting", "decision", "start")
    )
    measured: Value[str] | None = key(
        "word", "when it must be there", choices=("start", "throughout", "each-vote")
    )
    rounding: Value[str] | None = key("word", "how fractions are rounded", choices=("up", "nearest", "down"))


@dataclass(frozen=True, kw_only=True)
class Inquorate(Block):
    when: Value[str] | None = key("word", "which failure", choices=("never-reached", "lost"))
    wait: Value[Length] | None = key("length", "how long to wait")
    then: Value[str] | None = key(
        "word", "what follows", choices=("close", "adjourn", "continue", "discuss-only")
    )
    resumes: Value[Length] | None = key("length", "how long after it goes on, where it is adjourned")
    second_quorum: Value[Condition] | None = key("condition", "who must be present the second time")
    second_notice: Value[Length] | None = key("length", "the notice of the second meeting")


@dataclass(frozen=True, kw_only=True)
class Decision(Block):
    matter: Value[tuple[str, ...]] | None = key(
        "names", "the matters this speaks of", refers=("matters", "builtin"), required=True
    )
    when: Value[Condition] | None = key("condition", "in what case, by who is there", example="present < 10")
    first: Value[str] | None = key("word", "what is tried first", choices=("consensus",))
    carried_by: Value[Threshold] | None = key("carried", "what carries it", example="majority of voting")
    put_by: Value[str] | None = key(
        "name", "who puts it to the vote", refers=("offices", "bodies", "builtin")
    )
    how: Value[tuple[str, ...]] | None = key(
        "words", "in what form", choices=("meeting", "writing", "ballot")
    )
    silence: Value[str] | None = key(
        "word", "what it means not to answer in writing", choices=("assent", "refusal")
    )
    within: Value[Length] | None = key("length", "how long there is to answer in writing")
    touching: Value[tuple[str, ...]] | None = key(
        "clauses", "the clauses that it amends: this rule is for those only"
    )
    round: Value[int] | None = key("number", "in which round, of an election; the first when left out")
    proxies: Value[str] | None = key("word", "whether proxies vote", choices=("yes", "no", "should"))
    consent_of: Value[tuple[str, ...]] | None = key(
        "names", "whose agreement it needs", refers=("bodies", "parties", "classes", "offices", "builtin")
    )
    may_opt_out: Value[str] | None = key(
        "name", "who need not be bound", refers=("builtin", "classes", "parties")
    )
    binding_on: Value[str] | None = key(
        "name", "whom it binds", refers=("builtin", "bodies", "classes", "parties")
    )
    without: Value[str] | None = key("name", "who does not vote", refers=("builtin", "classes", "parties"))
    equal_votes: Value[str] | None = key(
        "word", "what equal votes mean", choices=("not-carried", "carried", "deferred", "lot")
    )


@dataclass(frozen=True, kw_only=True)
class Presiding(Block):
    who: Value[str] | None = key("name", "who presides", refers=("offices", "builtin"), required=True)
    when: Value[Condition] | None = key("condition", "in what case", example="chair is absent")
    even_if: Value[str] | None = key(
        "word", "presides all the same, in this case", choices=("conflicted", "none")
    )
    late_after: Value[Length] | None = key("length", "after how long somebody is late")
    chosen_by: Value[str] | None = key("name", "who chooses the presider", refers=("bodies", "offices"))
    lasts: Value[str] | None = key("word", "for how long", choices=("meeting", "item", "meeting-or-item"))
    extra_vote: Value[str] | None = key(
        "word", "a second vote on a tie, always, or none", choices=("casting", "additional", "none")
    )
    powers: Value[str] | None = key("word", "whether the chair's other powers pass", choices=YES_NO)


@dataclass(frozen=True, kw_only=True)
class Meetings(Block):
    kind: Plain[str] | None = key("name", "the kind of meeting", required=True)
    how_often: Value[Frequency] | None = key("frequency", "how often", example="every quarter")
    at_least: Value[Frequency] | None = key("frequency", "how often at least")
    ahead_of: Value[str] | None = key(
        "name",
        "it is held before a meeting of this body, or before this paper is due",
        refers=("bodies", "instruments"),
    )
    called_by: Value[str] | None = key("name", "who calls it", refers=("offices", "bodies", "builtin"))
    on_request_of: Value[str] | None = key("name", "who may ask for it", refers=CHOOSERS)
    requesters: Value[int] | None = key("number", "how many of them must ask; 1 when left out")
    then: Value[str] | None = key("word", "whether it must be held when they ask", choices=("must", "may"))
    cancelled_by: Value[str] | None = key("name", "who may cancel it", refers=("offices", "bodies"))
    consults: Value[str] | None = key(
        "name", "whom they must consult before they cancel it", refers=("bodies", "offices", "builtin")
    )


@dataclass(frozen=True, kw_only=True)
class Interest(Block):
    kind: Value[str] | None = key(
        "word", "the kind of interest", choices=("any", "personal", "prejudicial"), required=True
    )
    declares: Value[str] | None = key(
        "word", "when it is declared", choices=("start", "before-item", "as-known")
    )
    votes: Value[str] | None = key("word", "whether the member may vote", choices=YES_NO)
    takes_part: Value[str] | None = key("word", "whether the member may speak", choices=YES_NO)
    withdraws: Value[str] | None = key(
        "word", "whether the member leaves", choices=("must", "should", "may", "no")
    )
    counts_to_quorum: Value[str] | None = key("word", "whether the member counts", choices=YES_NO)
    waived_by: Value[str] | None = key("name", "who may lift this", refers=("bodies", "offices"))


@dataclass(frozen=True, kw_only=True)
class StandIn(Block):
    kind: Plain[str] | None = key("word", "which", choices=("deputy", "proxy", "substitute"), required=True)
    named_by: Value[str] | None = key(
        "name", "who names them", refers=("builtin", "bodies", "classes", "parties")
    )
    for_: Value[str] | None = key("name", "whose seat, where not everybody's", refers=("seats", "classes"))
    who: Value[tuple[str, ...]] | None = key(
        "names", "who may be named", refers=("classes", "parties", "offices", "seats", "builtin")
    )
    votes: Value[str] | None = key("word", "whether they vote", choices=YES_NO)
    counts_to_quorum: Value[str] | None = key("word", "whether they count", choices=YES_NO)
    matter: Value[str] | None = key("name", "only for this matter", refers=("matters",))
    force: Value[str] | None = key("word", "must when left out", choices=FORCES)
    notice: Value[Length] | None = key("length", "how early they are named")


@dataclass(frozen=True, kw_only=True)
class Membership(Block):
    joins: Value[tuple[str, ...]] | None = key("names", "who may join", refers=MEMBERS)
    leaves: Value[tuple[str, ...]] | None = key("names", "who may leave", refers=MEMBERS)
    agreed_by: Value[str] | None = key("name", "who agrees", refers=CHOOSERS)
    consent_of: Value[tuple[str, ...]] | None = key("names", "who must consent besides", refers=CHOOSERS)
    notice: Value[Length] | None = key("length", "with what notice")
    told: Value[tuple[str, ...]] | None = key("names", "who is told", refers=("bodies", "offices"))
    force: Value[str] | None = key("word", "must when left out", choices=FORCES)


@dataclass(frozen=True, kw_only=True)
class Body(Block):
    name: Plain[str] | None = key("sentence", "the body's name", required=True)
    called: Mapping[str, Name] = key("named", "other names that the text gives it", block="Name")
    external: Plain[str] | None = key("word", "constituted by another text", choices=YES_NO)
    family: Plain[Span] | None = key("span", "several bodies of one kind", example="1..")
    tier: Plain[str] | None = key("sentence", "its tier, as the text counts")
    seats: Mapping[str, Seat] = key("named", "who sits on it", block="Seat")
    caps: tuple[Cap, ...] = key("blocks", "limits on votes", block="Cap")
    rules: tuple[CompositionRule, ...] = key(
        "blocks", "rules on who may sit together", block="CompositionRule"
    )
    quorum: tuple[Quorum, ...] = key("blocks", "who must be present; several must all hold", block="Quorum")
    inquorate: tuple[Inquorate, ...] = key("blocks", "what follows when they are not", block="Inquorate")
    decisions: tuple[Decision, ...] = key("blocks", "how matters are decided", block="Decision")
    presiding: tuple[Presiding, ...] = key("blocks", "who presides, in this order", block="Presiding")
    meetings: tuple[Meetings, ...] = key("blocks", "which meetings it has", block="Meetings")
    interests: tuple[Interest, ...] = key("blocks", "what members with an interest do", block="Interest")
    standins: tuple[StandIn, ...] = key("blocks", "who may stand in", block="StandIn")
    membership: tuple[Membership, ...] = key("blocks", "joining and leaving", block="Membership")


@dataclass(frozen=True, kw_only=True)
class ClauseEntry(Block):
    """A clause of the index. `printed` is its number in the document where that differs."""

    ref: str = ""
    says: Plain[str] | None = key("sentence", "the clause in our own words", required=True)
    is_: Plain[str] | None = key(
        "word",
        "why nothing rests on it",
        choices=DISPOSITIONS,
    )
    repeats: Plain[str] | None = key("clauses", "the clause that it says again", fixed=True)
    printed: Plain[str] | None = key("sentence", "the number as printed, where two clauses bear it")
    text: Plain[str] | None = key("sentence", "fingerprint: 16 hexadecimal digits")


@dataclass(frozen=True, kw_only=True)
class Constitution(Block):
    """A whole model file. `notes` are problems at level note that the loader met; `members` are the
    models that it names, by their short names: with them it is a landscape."""

    id: str = ""
    path: str = ""
    document: Document | None = key("block", "the document", block="Document", required=True)
    landscape: Plain[str] | None = key("sentence", "the title of the whole, where several texts are joined")
    models: Mapping[str, Plain[str]] = key(
        "words-by-name", "other models by short names: files that lie beside this one"
    )
    same: tuple[Same, ...] = key("blocks", "what is one thing, named in several texts", block="Same")
    succeeds: tuple[Succession, ...] = key(
        "blocks", "which body or text took the place of another", block="Succession"
    )
    where_silent: Mapping[str, Plain[str]] = key("words-by-name", "conventions for what the text leaves out")
    readings: Mapping[str, Ambiguity] = key("named", "clauses that bear several meanings", block="Ambiguity")
    classes: Mapping[str, PartyClass] = key("named", "classes of parties, and of people", block="PartyClass")
    parties: Mapping[str, Party] = key("named", "the organisations", block="Party")
    bodies: Mapping[str, Body] = key("named", "the bodies", block="Body")
    offices: Mapping[str, Office] = key("named", "the offices", block="Office")
    matters: Mapping[str, Matter] = key("named", "kinds of things to be decided", block="Matter")
    situations: Mapping[str, Situation] = key(
        "named", "kinds of events that norms speak of", block="Situation"
    )
    instruments: Mapping[str, Instrument] = key(
        "named", "plans, reports and other papers", block="Instrument"
    )
    norms: tuple[Norm, ...] = key("blocks", "duties, prohibitions, permissions", block="Norm")
    routes: tuple[Route, ...] = key("blocks", "who reports, escalates, delegates to whom", block="Route")
    statements: tuple[Statement, ...] = key("blocks", "what the text states about itself", block="Statement")
    clauses_index: Mapping[str, ClauseEntry] = key("named", "every clause, in our words", block="ClauseEntry")
    notes: tuple[Problem, ...] = ()
    members: Mapping[str, Constitution] = field(default_factory=dict)
