"""What can be so of a case, in words: as a clause (`the papers go out`), denied, commanded (`send out the
papers`) or with another verb before it (`the papers must go out`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from govmodel.model.constitution import Constitution, Plain
from govmodel.model.vocabulary import SITUATIONS, AttributeType
from govmodel.words.text import spaced

ACTS: Mapping[str, tuple[str, str]] = {
    "meeting.requested": ("the meeting is asked for", "ask for the meeting"),
    "meeting.notice": ("notice of the meeting is given", "give notice of the meeting"),
    "meeting.agenda": ("the agenda goes out", "send out the agenda"),
    "meeting.papers-drafted": ("the drafts of the papers are in", "hand in the drafts of the papers"),
    "meeting.papers": ("the papers go out", "send out the papers"),
    "meeting.minutes": ("the minutes go out", "send out the minutes"),
    "meeting.minutes-approved": ("the minutes are approved", "approve the minutes"),
    "meeting.held": ("the meeting is held", "hold the meeting"),
    "meeting.cancelled": ("the meeting is cancelled", "cancel the meeting"),
    "meeting.open-to-public": ("the meeting is open to the public", "open the meeting to the public"),
    "meeting.papers-public": ("the papers are public", "make the papers public"),
    "meeting.minutes-public": ("the minutes are public", "make the minutes public"),
    "item.raised": ("the item is raised", "raise the item"),
    "item.submitted": ("the item is submitted", "submit the item"),
    "item.papers": ("the item’s papers go out", "send out the item’s papers"),
    "item.agreed": ("the item is agreed for the agenda", "agree the item for the agenda"),
    "item.late": ("the item is late", "submit the item late"),
    "item.motion-notice": ("notice of the motion is given", "give notice of the motion"),
    "item.recorded": ("the decision is recorded", "record the decision"),
    "item.deferred": ("the item is deferred", "defer the item"),
    "vote.consensus-sought": ("consensus is sought first", "seek consensus first"),
    "attendance.absence-notified": ("the absence is notified", "give word of the absence"),
    "attendance.substitute-named": ("a stand-in is named", "name a stand-in"),
    "attendance.declared": ("the interest is declared", "declare the interest"),
    "attendance.withdraws": ("the member leaves the room", "leave the room"),
    "attendance.votes": ("the member votes", "vote"),
}
"""Built-in attributes that somebody brings about: as a clause, and as what that somebody does."""

STEPS: Mapping[str, str] = {
    "prepared": "it is prepared", "consulted": "there has been consultation",
    "considered": "it is considered",
    "agreed": "it is agreed", "approved": "it is approved", "published": "it is published",
    "sent": "it is sent", "reviewed": "it is reviewed", "kept": "it is kept",
}  # fmt: skip
"""Events of the steps of a paper."""

_RELATIVE_WORDS = """
who whom whose which that what when where how why whoever whatever whether if for unless until while
"""
_RELATIVE = frozenset(_RELATIVE_WORDS.split())
_ANY_WORDS = """
somebody someone anyone anybody nobody several all each every some no one many most few either
neither
"""
_ANY = frozenset(_ANY_WORDS.split())
_BE = {"is": "be", "are": "be", "has": "have", "have": "have"}
_SEVERAL_WORDS = """
agree attend come contain decide go include keep meet remain respond say show speak stand stay take vote
"""
_SEVERAL = frozenset(_SEVERAL_WORDS.split())
"""Verbs after several: `the papers go out`."""
_VERBS_WORDS = """
accepts acknowledges acts adopts agrees allows answers appears applies appoints approves arranges
asks assigns assumes attends avoids balances becomes begins breaks brings builds calls carries
chairs chooses circulates co-operates comes commissions communicates complains complies concerns
confirms considers consults contains contributes covers decides declares defers delivers determines
develops directs discloses discriminates discusses does drafts draws elects enables ends engages
ensures enters escalates exchanges explains files follows fulfils gathers gives goes handles hears
helps holds honours hosts identifies improves includes influences informs initiates inquires
instructs investigates invites issues joins keeps knows lasts lays leads learns leaves lets looks
maintains makes manages meets monitors names needs nominates notifies obtains offers opens organises
oversees owes participates passes pays performs permits plans prepares presents presides prevents
prioritises processes produces promotes proposes protects provides publishes puts raises reaches
reads receives recommends records reduces refers refuses registers regulates relates releases
remains remedies removes replaces replies reports represents requests requires resigns resolves
respects responds retains returns reviews runs secures seeks sees selects sends serves sets settles
shares shows signs sits speaks stands starts states stays stops submits suggests supplies supports
suspends sustains takes tells treats tries trusts understands undertakes updates upholds uses values
visits votes wants warns watches welcomes withdraws works writes
"""
_VERBS = frozenset(_VERBS_WORDS.split())
"""Verbs that a clause may turn on. One that is not here leaves the clause as it stands."""
_NOUN_WORDS = """
answers authorities bodies boards commitments communities concerns contacts costs councils decisions
duties events functions groups interests issues members minutes motions needs notes officers
organisations papers parties partners people persons plans policies priorities procedures projects
questions records reports requests resources responses reviews risks rules services skills staff
standards strategies targets tasks values views works
"""
_NOUNS = frozenset(_NOUN_WORDS.split())
"""Words after `and` that go on with a noun, whether or not they may be verbs too."""


def infinitive(verb: str) -> str:
    """`goes` → `go`, `carries` → `carry`, `is` → `be`."""
    if verb in _BE or verb in _SEVERAL:
        return _BE.get(verb, verb)
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb in ("does", "goes") or re.search(r"(ss|sh|ch|x|zz)es$", verb):
        return verb[:-2]
    return verb[:-1]


def _verb(words: list[str]) -> int | None:
    """Where the verb of a clause stands; None where that is not certain."""
    for place, word in enumerate(words):
        if word.lower() in _RELATIVE:
            return None
        if word in _BE and place:
            return place
        if word in _SEVERAL and place >= 2 and words[place - 1].endswith("s"):
            return place
        if word in _VERBS and place and not words[place - 1].endswith(("’s", "'s")):
            determined = words[0].lower() in ("the", "a", "an", "its", "their", "each", "every")
            if place >= 2 or not determined:
                return place
        if word.endswith(",") or word in ("and", "or", "of", "to", "in", "on", "with"):
            # The subject goes on: only `is` and the like can be taken for its verb.
            rest = [i for i in range(place + 1, len(words)) if words[i] in _BE or _after_several(words, i)]
            later = [w.lower() for w in words[place + 1 : rest[0]]] if rest else []
            if word in ("to", "in", "on", "with") or not rest or set(later) & _RELATIVE:
                return None
            return rest[0]
    return None


def _after_several(words: list[str], place: int) -> bool:
    return words[place] in _SEVERAL and words[place - 1].endswith("s")


def with_verb(clause: str, modal: str) -> str | None:
    """The clause with another verb before its own: `the visitor attends`, `may` → `the visitor may attend`.
    None where the verb is not certain."""
    words = clause.split()
    place = _verb(words)
    if place is None or words[0].lower() == "there":
        return None
    rest = words[place + 1 :]
    for at, word in enumerate(rest[:-1]):
        if word in ("and", "or"):
            after = rest[at + 1].rstrip(",")
            if (after in _VERBS and after not in _NOUNS) or after in _BE:
                rest[at + 1] = infinitive(after) + rest[at + 1][len(after) :]
            elif after.endswith("s") and after not in _NOUNS and words[place] in _VERBS:
                return None  # it may be another verb
    return " ".join([*words[:place], modal, infinitive(words[place]), *rest])


def subject(clause: str) -> str:
    """What stands before the verb; empty where that is not certain."""
    words = clause.split()
    place = _verb(words)
    return " ".join(words[:place]) if place is not None else ""


def is_clause(says: str) -> bool:
    """Whether words are a clause (`a task is delegated`) and no noun (`an agency’s own arrangements`)."""
    if re.match(r"(somebody|someone|anybody|it|whoever|they) \w+s\b", says):
        return True
    return any(word in _BE or word in _VERBS or word == "meet" for word in says.split()[1:])


def act(clause: str) -> str | None:
    """What stands from the verb on, as an act: `the visitor attends` → `attend`."""
    said = with_verb(clause, "\0")
    return None if said is None else said.partition("\0")[2].strip()


def denied(clause: str) -> str:
    """The opposite of a clause: `the business is not exempt`."""
    words = clause.split()
    place = _verb(words)
    first = words[0].lower() if words else ""
    plain = place is not None and first not in _ANY and not ({"not", "no", "never"} & set(words))
    if place is None or not plain or first in ("a", "an", "there") or "and" in words or "or" in words:
        return f"it is not so that {clause}"
    if words[place] in _BE:
        return " ".join([*words[: place + 1], "not", *words[place + 1 :]])
    return " ".join([*words[:place], "does not", infinitive(words[place]), *words[place + 1 :]])


class Events:
    """The situations of one constitution and what can be so of them, in words."""

    def __init__(self, constitution: Constitution) -> None:
        self.says: dict[str, str] = {name: info.says for name, info in SITUATIONS.items()}
        self.part_of: dict[str, str | None] = {name: info.part_of for name, info in SITUATIONS.items()}
        self.attributes: dict[str, AttributeType] = {
            f"{name}.{key}": kind
            for name, info in SITUATIONS.items()
            for key, kind in info.attributes.items()
        }
        for name, situation in constitution.situations.items():
            if situation.name is not None:
                self.says[name] = situation.name.value
            self.says.setdefault(name, spaced(name))
            self.part_of.setdefault(name, _text(situation.part_of))
            for key, block in situation.attributes.items():
                known = self.attributes.get(f"{name}.{key}")
                says = _text(block.says) or (known.says if known else spaced(key))
                kind: Any = _text(block.type) or "yes-no"
                self.attributes[f"{name}.{key}"] = AttributeType(kind, _text(block.choice_of), says)

    def clause(self, name: str) -> str:
        """A time or a yes-no attribute as a clause: `the papers go out`."""
        if name in ACTS:
            return ACTS[name][0]
        first, _, word = name.rpartition(".")
        if first == "instrument":
            return STEPS.get(word, f"it is {spaced(word)}")
        if first in ("chair", "deputy-chair"):
            return f"the {spaced(first)} is {spaced(word)}"
        if name in self.attributes:
            says = self.attributes[name].says.replace("'", "’").removesuffix(".")
            noun = self.attributes[name].kind == "yes-no" and re.match(r"an? ", says) and not is_clause(says)
            noun = noun and not any(word.endswith("s") for word in says.split()[1:])
            return f"it is {says}" if noun else says
        return spaced(word or name)

    def act(self, name: str) -> str | None:
        """What somebody does who brings it about: `send out the papers`. None: there are no such words."""
        return ACTS[name][1] if name in ACTS else None

    def amount(self, name: str) -> str:
        """An amount as a noun: `members who ask for the meeting`, `the number of minutes`."""
        says = self.attributes[name].says if name in self.attributes else spaced(name.rpartition(".")[2])
        if match := re.match(r"(?:for )?how many (.*)", says):
            return f"the number of {match.group(1)}"
        if says.startswith("how "):
            return f"({says})"
        return says

    def chosen_by(self, name: str) -> str | None:
        return self.attributes[name].chosen_by if name in self.attributes else None


def _text(value: Any) -> str | None:
    return str(value.value) if isinstance(value, Plain) else None
