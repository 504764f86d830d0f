"""Mutations: each makes one slip of the kind that drafters make, wherever a sound text has room for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mutation import calendars, others, quorums, repeats, votes
from mutation import norms as on_norms
from mutation.trees import Tree

Mutants: TypeAlias = Iterator[tuple[str, Tree]]
"""Where the slip was made, and the text with it."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of slip, in words, and the check that has to find it."""

    says: str
    check: str
    make: Callable[[Tree], Mutants]


OPERATORS: tuple[Operator, ...] = (
    Operator("a duty is forbidden in another clause", "GM101", on_norms.forbidden_too),
    Operator("papers are public by one clause and not by another", "GM101", on_norms.opened_and_closed),
    Operator(
        "an agenda is due well ahead, and by another clause only shortly before",
        "GM101",
        on_norms.later_deadline,
    ),
    Operator(
        "the exception of a duty is lost, and the ban for that case stays", "GM101", on_norms.exception_lost
    ),
    Operator("one clause asks for an early and a late agenda", "GM102", on_norms.out_of_order),
    Operator("minutes are due before the meeting and after it", "GM102", on_norms.answered_in_advance),
    Operator(
        "a duty is left to choice in another clause, which does not say that it prevails",
        "GM103",
        on_norms.free_choice_of_a_duty,
    ),
    Operator("a permission no longer says what it overrides", "GM103 or GM104", on_norms.override_lost),
    Operator(
        "urgent meetings at a day's notice, where papers are due earlier",
        "GM103 or GM104",
        on_norms.short_notice,
    ),
    Operator(
        "papers are due earlier than a meeting can be called", "GM103 or GM104", on_norms.tighter_deadline
    ),
    Operator("a permission is taken back in some of its cases", "GM104", on_norms.hidden_condition),
    Operator("two grounds to cancel, one of them as the only one", "GM105", on_norms.two_grounds),
    Operator("cancelled at will, and on one ground only", "GM105", on_norms.ground_without_condition),
    Operator("after cancelling, papers must be public and must not", "GM106", on_norms.trap),
    Operator("after deferring, an item must be agreed again and must not", "GM106", on_norms.item_trap),
    Operator("a condition that excludes itself", "GM107", on_norms.condition_against_itself),
    Operator("a rule for meetings of two kinds at once", "GM107", on_norms.two_kinds_at_once),
    Operator("less is asked of the same in another clause", "GM108", repeats.said_again_more_weakly),
    Operator("a deadline is said again with another number", "GM109", repeats.said_again_differently),
    Operator("an office is held longer than until it is filled again", "GM109", repeats.longer_term),
    Operator("the number of meetings is said again differently", "GM109", repeats.frequency_said_again),
    Operator(
        "minutes are due soon, and in a special case later", "GM110", repeats.number_that_decides_nothing
    ),
    Operator("a cap above all the votes that it is for", "GM110", repeats.cap_above_all_votes),
    Operator("an office may cancel the regular meetings", "GM111", repeats.cancelled_at_will),
    Operator("a permission to cancel meetings", "GM111", repeats.cancelled_by_norm),
    Operator("requests are to be answered sooner than a body meets", "GM112", calendars.answer_too_soon),
    Operator(
        "a meeting on request is held sooner than its notice", "GM112", calendars.on_request_within_days
    ),
    Operator(
        "a number of meetings in the year, which may all be in spring",
        "GM113",
        calendars.meetings_at_any_time,
    ),
    Operator("a paper is to be reviewed more often than a body meets", "GM114", calendars.review_each_month),
    Operator("a second threshold for one matter", "GM115", repeats.second_threshold),
    Operator("most votes beside consensus", "GM115", repeats.consensus_and_majority),
    Operator("equal votes fall, beside a casting vote", "GM115", repeats.equal_votes_fall),
    Operator("a casting vote, beside a rule on equal votes", "GM115", repeats.casting_vote_beside_a_rule),
    Operator("equal votes fall, and lots are drawn", "GM115", repeats.lots_are_drawn),
    Operator("a second receiver has the last word, too", "GM115", repeats.two_last_words),
    Operator("others determine what somebody has the last word on", "GM115", repeats.determined_by_another),
    Operator("who has the last word passes the matter on", "GM115", repeats.appealed_all_the_same),
    Operator("what must be should not be", "GM116", repeats.expected_otherwise),
    Operator("an agenda should go out early and must go out late", "GM116", repeats.expected_too_early),
    Operator("the quorum is one more than all seats", "GM201", quorums.quorum_beyond_reach),
    Operator("the quorum is more than all seats", "GM201", quorums.share_beyond_reach),
    Operator(
        "the first quorum is more than all seats, and the second is not",
        "GM201",
        quorums.beyond_reach_at_first,
    ),
    Operator("seats go and the quorum stays", "GM201", quorums.seats_lost),
    Operator("two of a class are wanted that has one seat", "GM201", quorums.class_beyond_reach),
    Operator("the quorum asks for one organisation by name", "GM202", quorums.one_by_name),
    Operator("the quorum asks for a whole class", "GM202", quorums.all_of_a_small_class),
    Operator("everybody is needed", "GM203", quorums.everybody_needed),
    Operator("all but one are needed", "GM203", quorums.nearly_everybody_needed),
    Operator("deputies go, and all but one are needed", "GM203", quorums.deputies_lost),
    Operator("most seats may stay empty", "GM204", quorums.seats_that_may_stay_empty),
    Operator("the body itself fills its seats, each year", "GM204", quorums.seats_that_the_body_fills),
    Operator("the quorum is deleted", "GM205", quorums.quorum_deleted),
    Operator("a third are a quorum", "GM206", quorums.quorum_of_a_third),
    Operator("a second number in the quorum that the first makes needless", "GM207", quorums.idle_number),
    Operator("a wrong total of seats is stated", "GM208", quorums.wrong_total),
    Operator("a seat is added and the stated total stays", "GM208", quorums.one_seat_more),
    Operator("whether associates have seats is in doubt", "GM209", quorums.seats_in_doubt),
    Operator("one person is a member by two clauses", "GM209", quorums.one_person_twice),
    Operator("whether the chair always has a further vote is in doubt", "GM209", quorums.votes_in_doubt),
    Operator("a cap, and a casting vote for whoever presides", "GM210", votes.second_vote_over_a_cap),
    Operator(
        "whoever has an interest must leave and no longer counts",
        "GM211",
        quorums.withdrawal_without_dispensation,
    ),
    Operator("nobody may give a dispensation any more", "GM211", quorums.dispensation_lost),
    Operator("the quorum is measured all the time", "GM211", quorums.measured_all_the_time),
    Operator("members may leave, one of whom the quorum names", "GM212", quorums.leaving_ends_it),
    Operator("members may leave, all of whom are needed", "GM212", quorums.leaving_where_all_are_needed),
    Operator("an organisation that the quorum names may be excluded", "GM212", quorums.removed_though_needed),
    Operator("of organisations that are all needed two become one", "GM212", quorums.two_become_one),
    Operator("the rule on equal votes is deleted", "GM301", votes.tie_rule_deleted),
    Operator("a stand-in has no casting vote", "GM301", votes.stand_in_without_the_vote),
    Operator("nobody has a casting vote any more", "GM301", votes.casting_vote_deleted),
    Operator("a breach is settled by all members or not at all", "GM302", votes.all_must_agree),
    Operator("outsiders with the last word are only to resolve", "GM302", others.trying_only),
    Operator("a dispute goes to mediators and no further", "GM302", others.mediators_without_end),
    Operator("two are a quorum", "GM303", votes.low_quorum),
    Operator("one is a quorum", "GM303", votes.one_is_enough),
    Operator(
        "one organisation has so many seats that nothing goes without it",
        "GM304",
        votes.one_organisation_too_many,
    ),
    Operator(
        "a small vote beside large ones that are odd in number", "GM305", votes.a_vote_that_never_counts
    ),
    Operator("a decision takes one vote more than there are seats", "GM306", votes.threshold_beyond_reach),
    Operator("every decision takes more than a bare quorum has", "GM306", votes.bare_quorum_too_small),
    Operator(
        "a majority where many are there, and more where few are", "GM307", votes.helped_by_votes_against
    ),
    Operator(
        "a majority of all, and whoever has an interest may not vote",
        "GM308",
        votes.silence_of_the_interested,
    ),
    Operator("a majority of those present", "GM308", votes.majority_of_those_present),
    Operator("a majority of whom is deleted", "GM309", votes.base_deleted),
    Operator("a majority of whom is in doubt", "GM309", votes.base_in_doubt),
    Operator("how a body decides is deleted", "GM310", votes.decisions_deleted),
    Operator("who had the last word only hears", "GM401", others.last_word_taken),
    Operator("a matter that must be settled ends with advice", "GM401", others.ladder_to_a_listener),
    Operator("a matter goes round between two", "GM402", others.round_and_round),
    Operator("the last step of a ladder leads to its first", "GM402", others.ladder_bent_back),
    Operator("a body gets work and no members", "GM404", others.body_without_members),
    Operator("the list of members of a body is lost", "GM404", others.members_deleted),
    Operator(
        "complaints about the receiver go to the receiver", "GM405", others.complaint_to_the_one_complained_of
    ),
    Operator("complaints about an office go to it", "GM405", others.complaints_about_the_chair_to_the_chair),
    Operator("the chair sits on the panel that hears of the body", "GM405", others.chair_on_the_panel),
    Operator("two clauses have a body report on one matter to two others", "GM407", others.second_master),
    Operator("nobody acts for an office", "GM409", others.nobody_acts),
    Operator(
        "one office calls meetings and lets in late items, and nobody acts for it", "GM409", others.gatekeeper
    ),
    Operator("the last resort for who presides is deleted", "GM502", votes.last_resort_deleted),
    Operator("the last resort is for interests only", "GM502", votes.last_resort_for_interests_only),
    Operator("an office comes to an observer and is for members", "GM503", others.turn_of_an_observer),
    Operator("an office is for members from outside", "GM503", others.from_outside_and_a_member),
    Operator("a reference to nothing", "GM601", others.points_to_nothing),
    Operator("two clauses of one number", "GM602", others.number_twice),
    Operator("two lists of members that differ", "GM605", others.list_that_differs),
    Operator("a clause without any effect", "GM607", others.clause_without_effect),
    Operator("a rule goes and its clause stays", "GM607", others.norm_deleted),
)
