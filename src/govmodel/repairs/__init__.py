"""What a drafter usually does about a finding: for each check the edits that are worth a try.

Nothing here is a repair yet: `study.repairing` makes each edit and checks everything again. A remedy for a
new check is a function in the file of its family and a line in `REMEDIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from govmodel.model.edit import Edit
from govmodel.model.finding import Finding
from govmodel.repairs import calendars, meetings, norms, routes, votes
from govmodel.repairs.draft import Draft

Remedy: TypeAlias = Callable[[Draft, Finding], Iterator[Edit]]

REMEDIES: Mapping[str, Sequence[Remedy]] = {
    "GM101": (norms.priorities,),
    "GM102": (norms.soften,),
    "GM103": (norms.exceptions, norms.override, norms.longer_notice),
    "GM104": (norms.exceptions, norms.override, norms.longer_notice),
    "GM105": (norms.not_the_only_ground,),
    "GM106": (norms.priorities,),
    "GM109": (norms.one_number,),
    "GM110": (calendars.number_left_out,),
    "GM111": (meetings.floor,),
    "GM112": (calendars.meeting_in_between, calendars.more_time),
    "GM113": (calendars.meeting_in_between, calendars.more_time),
    "GM114": (calendars.meeting_in_between, calendars.oftener),
    "GM115": (votes.one_answer_to_equal_votes, votes.one_rule_of_two),
    "GM116": (norms.priorities,),
    "GM201": (meetings.lower_quorum, meetings.drop_condition),
    "GM202": (meetings.lower_quorum, meetings.drop_condition),
    "GM203": (meetings.lower_quorum, meetings.deputies),
    "GM204": (meetings.lower_quorum, meetings.drop_condition),
    "GM205": (meetings.quorum,),
    "GM206": (votes.more_than_half,),
    "GM207": (votes.strike_idle_part,),
    "GM210": (votes.cap_prevails,),
    "GM211": (meetings.count_the_withdrawn, meetings.lower_quorum),
    "GM212": (meetings.drop_condition, votes.half_of_those_left),
    "GM301": (meetings.tie_rule, meetings.casting_vote),
    "GM302": (routes.last_word, meetings.majority),
    "GM303": (meetings.raise_quorum,),
    "GM304": (votes.majority_of_votes,),
    "GM306": (votes.majority_of_votes,),
    "GM307": (votes.one_rule_for_all,),
    "GM308": (votes.share_of_others,),
    "GM309": (meetings.base_of_majority,),
    "GM310": (votes.majority_decides,),
    "GM401": (routes.last_word, routes.receiver),
    "GM402": (routes.last_word,),
    "GM405": (routes.another_receiver,),
    "GM409": (routes.acting,),
    "GM502": (meetings.presider_for_the_day,),
}
"""Remedies by check, the least intrusive first."""


def edits(draft: Draft, finding: Finding) -> tuple[Edit, ...]:
    """Edits worth a try, the smallest first; the order of the remedies decides between equals."""
    found = [edit for remedy in REMEDIES.get(finding.check, ()) for edit in remedy(draft, finding)]
    return tuple(sorted(found, key=lambda edit: edit.size))


__all__ = ["REMEDIES", "Draft", "Remedy", "edits"]
