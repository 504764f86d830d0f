"""The closed lists: built-in situations and attributes, built-in readings, route verbs, statuses.

Everything here is the language's own. Whatever a model adds is declared in the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass

Kind: TypeAlias = Literal["yes-no", "one-of", "amount", "time"]
Role: TypeAlias = Literal["voting", "non-voting", "attending", "advising"]

VERSION = "1"
"""The version of the language of models."""


@dataclass(frozen=True, slots=True)
class AttributeType:
    """What an attribute of a situation can be, and who chooses it.

    `chosen_by` None: *given*, nobody bound by the text chooses it in the case; else the role that
    does. Times are days before or after the anchor of their situation.
    """

    kind: Kind
    chosen_by: str | None
    says: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SituationType:
    """A kind of event. `part_of`: the event it belongs to; norms about that one bind here too."""

    says: str
    part_of: str | None
    attributes: Mapping[str, AttributeType]


def _flag(says: str, by: str | None = None) -> AttributeType:
    return AttributeType("yes-no", by, says)


def _time(says: str, by: str | None = None) -> AttributeType:
    return AttributeType("time", by, says)


def _amount(says: str, by: str | None = None) -> AttributeType:
    return AttributeType("amount", by, says)


SITUATIONS: Mapping[str, SituationType] = {
    "meeting": SituationType(
        "a meeting",
        None,
        {
            "kind": AttributeType("one-of", "caller", "the kind of meeting", ("ordinary",)),
            "requested": _time("the request for the meeting", "requesters"),
            "requesters": _amount("members who ask for the meeting"),
            "notice": _time("notice of the meeting", "caller"),
            "agenda": _time("the agenda goes out", "secretariat"),
            "papers-drafted": _time("the drafts of the papers are in", "authors"),
            "papers": _time("the papers go out", "secretariat"),
            "minutes": _time("the minutes go out", "secretariat"),
            "minutes-approved": _time("the minutes are approved", "body"),
            "held": _flag("the meeting is held", "caller"),
            "cancelled": _flag("the meeting is cancelled", "caller"),
            "quorate": _flag("the meeting is quorate"),
            "open-to-public": _flag("the meeting is open to the public", "body"),
            "papers-public": _flag("the papers are public", "secretariat"),
            "minutes-public": _flag("the minutes are public", "secretariat"),
            "confidential": _flag("the business is confidential"),
            "exempt": _flag("the business is exempt from publication"),
        },
    ),
    "item": SituationType(
        "an item of business",
        "meeting",
        {
            "matter": AttributeType("one-of", None, "what the item is about"),
            "raised": _time("the item is raised"),
            "submitted": _time("the item is submitted", "submitter"),
            "papers": _time("the item's papers go out", "secretariat"),
            "agreed": _flag("the item is agreed for the agenda", "body"),
            "late": _flag("the item is late", "submitter"),
            "urgent": _flag("the item is urgent"),
            "addition": _flag("the item is added between meetings"),
            "motion-notice": _time("notice of the motion", "submitter"),
            "recorded": _flag("the decision is recorded", "secretariat"),
            "deferred": _flag("the item is deferred", "body"),
        },
    ),
    "vote": SituationType(
        "a vote on an item",
        "item",
        {
            "consensus-sought": _flag("consensus is sought first", "presider"),
            "for": _amount("votes for"),
            "against": _amount("votes against"),
            "abstaining": _amount("abstentions"),
        },
    ),
    "attendance": SituationType(
        "a member at a meeting",
        "meeting",
        {
            "absent": _flag("the member is absent"),
            "conflicted": _flag("the member has an interest"),
            "prejudicial": _flag("the interest is prejudicial"),
            "absence-notified": _flag("the absence is notified", "member"),
            "substitute-named": _flag("a stand-in is named", "member"),
            "declared": _flag("the interest is declared", "member"),
            "withdraws": _flag("the member leaves the room", "member"),
            "votes": _flag("the member votes", "member"),
            "absences": _amount("consecutive absences"),
        },
    ),
    "year": SituationType(
        "a year",
        None,
        {
            "meetings": _amount("meetings held in the year", "caller"),
            "consecutive-gaps": _amount("meetings missed in a row", "caller"),
        },
    ),
}

TIME_AXIOMS: tuple[tuple[str, str], ...] = (
    ("meeting.requested", "meeting.notice"),
    ("meeting.notice", "meeting.agenda"),
    ("meeting.notice", "meeting.papers"),
    ("meeting.notice", "item.papers"),
    ("meeting.papers-drafted", "meeting.papers"),
    ("item.submitted", "item.papers"),
    ("item.papers", "meeting.papers"),
    ("meeting.minutes", "meeting.minutes-approved"),
)
"""Pairs (earlier, later) of events of one case: where both happen, in this order or on one day.
A meeting's papers are out when its items' papers are."""

BEFORE_MEETING: frozenset[str] = frozenset(
    {
        "meeting.requested", "meeting.notice", "meeting.agenda", "meeting.papers-drafted",
        "item.submitted", "item.motion-notice",
    }
)  # fmt: skip
"""Events that lie on or before the day of the meeting."""

AFTER_MEETING: frozenset[str] = frozenset({"meeting.minutes", "meeting.minutes-approved"})
"""Events that lie on or after the day of the meeting."""

OFFICE_WORDS: tuple[str, ...] = ("present", "late", "conflicted", "unwilling", "absent", "vacant")
"""What a rule on presiding may say of the chair or the deputy chair. *Absent* is not in the room;
*late* is not in the room at the start, so who is absent is late; *vacant* is absent too."""

STATUSES: tuple[str, ...] = ("present", "late", "interested-stays", "interested-leaves", "absent", "vacant")
"""What can be so of the holder of an office at one meeting, the most normal first."""

ROUTE_VERBS: tuple[str, ...] = (
    "reports_to", "informs", "advises", "consults", "hears", "escalates_to", "decides", "approves",
    "determines", "appoints", "removes", "suspends", "admits", "delegates_to", "creates", "ends",
    "acts_as", "scrutinises", "funds", "services", "binds", "answers_for",
)  # fmt: skip

STEP_VERBS: tuple[str, ...] = (
    "prepared_by", "consults", "considered_by", "agreed_by", "approved_by", "published", "sent_to",
    "reviewed_by", "kept_by",
)  # fmt: skip

NAMES: tuple[str, ...] = (
    "any", "anyone", "nobody", "member", "members", "chair", "deputy-chair", "body", "subject",
    "those-who-agree", "requesters", "complainant", "parties", "public", "agreed", "its-party",
)  # fmt: skip
"""Names that need no declaration."""

NONE = "none"
"""Says that a norm overrides or changes no other, under a reading; no norm can have it for its id."""

NOTHING = "nothing"
"""What a reference points to when there is no such thing. No name either."""

MEMBERS: frozenset[str] = frozenset({"member", "members"})
"""The words for whoever is a member."""

ROLES: tuple[Role, ...] = ("voting", "non-voting", "attending", "advising")
"""What somebody on a seat may do at a meeting, the most first."""

MEMBER_ROLES: frozenset[str] = frozenset({"voting", "non-voting"})
"""Roles of seats that make a member: who attends or advises is none."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

MONTHS_IN: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}
"""How many months there are in a unit of time that is made of months."""

DAYS_IN: Mapping[str, int] = {"day": 1, "week": 7}
"""How many days there are in a unit of time that is made of days."""

DISPOSITIONS: tuple[str, ...] = (
    "aspiration", "description", "definition", "external", "procedure", "spent", "unread",
)  # fmt: skip
"""Why nothing rests on a clause."""


@dataclass(frozen=True, slots=True)
class BuiltInReading:
    """A question that most texts leave open. `options` maps each answer to words; the first is the base."""

    question: str
    options: Mapping[str, str]


BUILT_IN_READINGS: Mapping[str, BuiltInReading] = {
    "equal-votes": BuiltInReading(
        "What follows from equal votes where the text does not say?",
        {"not-carried": "the proposal is not carried", "undecided": "nothing is decided"},
    ),
    "base-of-a-majority": BuiltInReading(
        "A majority of whom, where the text does not say?",
        {
            "voting": "of the votes for and against",
            "present": "of those present",
            "members": "of all who are members",
        },
    ),
    "seat-without-holder": BuiltInReading(
        "Does a seat that nobody holds count in the membership?",
        {"counts": "it counts as a seat", "not": "it does not count"},
    ),
    "quorum-measured": BuiltInReading(
        "When must the quorum be present, where the text does not say?",
        {
            "throughout": "at every moment of the meeting",
            "start": "when the meeting begins",
            "each-vote": "whenever a vote is taken",
        },
    ),
    "day-count": BuiltInReading(
        "How are days counted?",
        {
            "one-end": "the day of the meeting is left out, the day of sending counts",
            "clear": "neither the day of sending nor the day of the meeting counts",
        },
    ),
    "lex-specialis": BuiltInReading(
        "Does a rule for a special case prevail over the general one without saying so?",
        {"no": "only where it says so", "yes": "it prevails"},
    ),
    "rounding": BuiltInReading(
        "How is a fraction of a person rounded?",
        {"up": "at least that share: upwards", "nearest": "to the nearest whole", "down": "downwards"},
    ),
}
