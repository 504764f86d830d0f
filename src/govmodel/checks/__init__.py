"""The catalogue: every check with its page, in families. Nothing registers itself: it is listed here.

A check is imported when it runs, not when it is listed, so that its engines are too.
"""

from __future__ import annotations

import importlib

from govmodel.checks.context import Check
from govmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue. `module` holds the check; its page has the same name. `on_request`: it runs
    only when it is selected by its full id."""

    id: str
    name: str
    module: str
    on_request: bool = False

    @property
    def family(self) -> str:
        return self.module.partition(".")[0]

    def load(self) -> Check:
        check: Check = importlib.import_module(f"govmodel.checks.{self.module}").CHECK
        return check

    def page(self) -> str:
        """The page of the check, in Markdown."""
        from importlib.resources import files

        folder, _, name = self.module.partition(".")
        return files("govmodel.checks").joinpath(folder, f"{name}.md").read_text(encoding="utf-8")


FAMILIES = {
    "norms": "Norms and time",
    "membership": "Membership and quorum",
    "decisions": "Decisions",
    "routes": "Routes and accountability",
    "offices": "Offices",
    "drafting": "Drafting",
    "practice": "Practice, under a scenario",
}

CATALOGUE: tuple[Entry, ...] = (
    Entry("GM101", "conflict", "norms.gm101_conflict"),
    Entry("GM102", "unkeepable duty", "norms.gm102_unkeepable_duty"),
    Entry("GM103", "hollow permission", "norms.gm103_hollow_permission"),
    Entry("GM104", "narrowed permission", "norms.gm104_narrowed_permission"),
    Entry("GM105", "rival grounds", "norms.gm105_rival_grounds"),
    Entry("GM106", "dilemma", "norms.gm106_dilemma"),
    Entry("GM107", "vacuous norm", "norms.gm107_vacuous_norm"),
    Entry("GM108", "subsumed norm", "norms.gm108_subsumed_norm", on_request=True),
    Entry("GM109", "rule that is said twice and differently", "norms.gm109_said_twice_differently"),
    Entry("GM110", "idle bound", "norms.gm110_idle_bound"),
    Entry("GM111", "floorless duty", "norms.gm111_floorless_duty"),
    Entry("GM112", "unmeetable duty", "norms.gm112_unmeetable_duty"),
    Entry("GM113", "duty that is not guaranteed", "norms.gm113_duty_not_guaranteed"),
    Entry("GM114", "unkeepable calendar", "norms.gm114_unkeepable_calendar"),
    Entry("GM115", "two decision rules for one matter", "norms.gm115_two_decision_rules"),
    Entry("GM116", "soft-duty clash", "norms.gm116_soft_duty_clash"),
    Entry("GM201", "unreachable quorum", "membership.gm201_unreachable_quorum"),
    Entry("GM202", "hostage quorum", "membership.gm202_hostage_quorum"),
    Entry("GM203", "fragile quorum", "membership.gm203_fragile_quorum"),
    Entry("GM204", "quorum on optional members", "membership.gm204_quorum_on_optional_members"),
    Entry("GM205", "missing quorum", "membership.gm205_missing_quorum"),
    Entry("GM206", "pair of quorums that do not intersect", "membership.gm206_non_intersecting_quorums"),
    Entry("GM207", "idle quorum condition", "membership.gm207_idle_quorum_condition"),
    Entry("GM208", "figures that do not add up", "membership.gm208_figures_that_do_not_add_up"),
    Entry("GM209", "indeterminate membership", "membership.gm209_indeterminate_membership"),
    Entry("GM210", "double vote against a cap", "membership.gm210_double_vote_against_a_cap"),
    Entry("GM211", "quorum lost by withdrawal", "membership.gm211_quorum_lost_by_withdrawal"),
    Entry("GM212", "quorum lost for good", "membership.gm212_quorum_lost_for_good"),
    Entry("GM301", "unbroken tie", "decisions.gm301_unbroken_tie"),
    Entry("GM302", "deadlock", "decisions.gm302_deadlock"),
    Entry("GM303", "minority capture", "decisions.gm303_minority_capture"),
    Entry("GM304", "hidden veto", "decisions.gm304_hidden_veto"),
    Entry("GM305", "dummy member", "decisions.gm305_dummy_member"),
    Entry("GM306", "unreachable threshold", "decisions.gm306_unreachable_threshold"),
    Entry("GM307", "no-show paradox", "decisions.gm307_no_show_paradox"),
    Entry("GM308", "silence that counts against a proposal", "decisions.gm308_silence_counted_against"),
    Entry("GM309", "threshold without a base", "decisions.gm309_threshold_without_a_base"),
    Entry("GM310", "missing decision rule", "decisions.gm310_missing_decision_rule"),
    Entry("GM401", "escalation dead end", "routes.gm401_escalation_dead_end"),
    Entry("GM402", "escalation cycle", "routes.gm402_escalation_cycle"),
    Entry("GM404", "never-constituted body", "routes.gm404_never_constituted_body"),
    Entry("GM405", "judge in own cause", "routes.gm405_judge_in_own_cause"),
    Entry("GM407", "double reporting line", "routes.gm407_double_reporting_line"),
    Entry("GM409", "office as single point of failure", "routes.gm409_single_point_of_failure"),
    Entry("GM502", "case in which nobody can preside", "offices.gm502_nobody_can_preside"),
    Entry("GM503", "unfillable office", "offices.gm503_unfillable_office"),
    Entry("GM601", "dangling reference", "drafting.gm601_dangling_reference"),
    Entry("GM602", "repeated clause number", "drafting.gm602_repeated_clause_number"),
    Entry("GM605", "lists that disagree", "drafting.gm605_lists_that_disagree"),
    Entry("GM607", "unread clause", "drafting.gm607_unread_clause"),
    Entry("GM701", "often inquorate body", "practice.gm701_often_inquorate"),
    Entry("GM702", "slow decision", "practice.gm702_slow_decision"),
    Entry("GM703", "growing backlog", "practice.gm703_growing_backlog"),
    Entry("GM704", "starved escalation", "practice.gm704_starved_escalation"),
    Entry("GM705", "missed yearly duty", "practice.gm705_missed_yearly_duty"),
)

USUAL: tuple[Entry, ...] = tuple(e for e in CATALOGUE if not e.on_request)
"""The checks that run unless others are asked for."""


def entry(id: str) -> Entry | None:
    """The line of a check, by its id in any case."""
    return next((e for e in CATALOGUE if e.id == id.upper()), None)
