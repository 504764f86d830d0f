"""Findings before and after an edit: each is one of the others at most, and a worse one is told as such."""

from __future__ import annotations

from govmodel.errors import Mark
from govmodel.model.finding import Finding, Level
from govmodel.study.matching import matched


def found(
    *clauses: str,
    subject: str = "board",
    check: str = "GM308",
    level: Level = "warning",
    in_base: bool = True,
    message: str = "",
) -> Finding:
    return Finding(
        check=check, name="", level=level, clauses=clauses, subject=subject, message=message,
        mark=Mark("m.yaml", 1, 1), in_base=in_base,
    )  # fmt: skip


def test_what_is_untouched_is_itself_and_not_its_neighbour() -> None:
    one, other = found("4", "6"), found("5", "6")
    answer = matched([one, other], [other])
    assert answer.goes == (one,)
    assert answer.stays == (other,)
    assert not answer.comes
    assert matched([other, one], [other]).goes == (one,)


def test_a_finding_that_cites_other_clauses_now_is_the_nearest() -> None:
    one, other = found("4", "6"), found("5", "6", "7")
    again = found("5", "6")
    answer = matched([one, other], [again])
    assert (answer.goes, answer.stays) == ((one,), (again,))
    both = (found("6", "4", "9"), found("6", "5", "9"))
    assert matched([one, other], both).stays == both


def test_another_message_or_order_of_clauses_is_no_new_finding() -> None:
    said = found("4", "6", message="so")
    for again in (found("4", "6", message="otherwise"), found("6", "4")):
        answer = matched([said], [again])
        assert (answer.goes, answer.stays, answer.comes) == ((), (again,), ())


def test_no_clause_in_common_another_subject_or_check_is_another_finding() -> None:
    said = found("4")
    for other in (found("5"), found("4", subject="panel"), found("4", check="GM306")):
        answer = matched([said], [other])
        assert (answer.goes, answer.comes) == ((said,), (other,))


def test_findings_told_as_one_are_gone_with_neither_and_one_told_as_two_brings_no_new_one() -> None:
    one, other, whole = found("4", "6"), found("5", "6"), found("4", "5", "6")
    told = matched([one, other], [whole])
    assert (told.goes, told.stays) == ((), (whole,))
    parted = matched([whole], [one, other])
    assert (parted.goes, parted.stays, parted.comes) == ((), (one, other), ())


def test_worse_is_a_higher_level_or_in_the_base_reading_where_it_was_not() -> None:
    was = found("4", in_base=False)
    for now in (found("4", level="error"), found("4"), found("4", "5", level="error")):
        answer = matched([was], [now])
        assert (answer.goes, answer.stays, answer.comes, answer.worsens) == ((), (), (), (now,))
    for now in (was, found("4", level="note", in_base=False)):
        assert matched([was], [now]).stays == (now,)
