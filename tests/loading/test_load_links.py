"""Norms that point to norms, routes on conditions, offices that end: what loads, and what it becomes."""

from __future__ import annotations

import pytest
from loading_help import good, norm, one

from govmodel.model.expressions import Frequency, Length
from govmodel.model.rules import NormRule, OfficeRule, RemovalRule, ResignationRule, RouteRule
from govmodel.reading import read

PAPERS = "must: papers at least 5 working days before meeting"


def norms(*blocks: str) -> str:
    """Norms about an item, one for each block of lines."""
    found = ""
    for block in blocks:
        lines = "".join(f"    {line}\n" for line in block.split("\n"))
        found += f"  - about: item of scp\n    clause: '1'\n{lines}"
    return "norms:\n" + found


def rules(*blocks: str) -> dict[str, NormRule]:
    return {r.name: r for r in read(good(norms(*blocks))).rules if isinstance(r, NormRule)}


def test_links_between_norms_become_names() -> None:
    found = rules(
        f"id: a\n{PAPERS}\notherwise: d\nwaived_by: scp-chair\nevery: every quarter",
        "id: b\nmay: late\nchanges: a",
        "id: c\nmust: recorded\nsubject_to: [a, b]",
        "id: d\nmust: deferred",
    )
    assert found["b"].changes == ("a",)
    assert found["c"].subject_to == ("a", "b")
    assert found["d"].breach_of == ("a",)
    assert (found["a"].waived_by, found["a"].every) == ("scp-chair", Frequency(1, "quarter"))


def test_a_link_may_hang_on_a_reading() -> None:
    text = norms(
        f"id: a\n{PAPERS}",
        "id: b\nmay: late\noverrides: {by_reading: minutes-clock, meeting: a, approval: none}",
    )
    found = [r for r in read(good(text)).rules if isinstance(r, NormRule) and r.name == "b"]
    assert [(dict(r.gate), r.overrides) for r in found] == [
        ({"minutes-clock": ("meeting",)}, ("a",)),
        ({"minutes-clock": ("approval",)}, ()),
    ]


@pytest.mark.parametrize(
    ("blocks", "circle"),
    [
        (
            (f"id: a\n{PAPERS}\noverrides: b", "id: b\nmust: recorded\noverrides: a"),
            "a overrides b, b overrides a",
        ),
        (
            (
                f"id: a\n{PAPERS}\noverrides: b",
                "id: b\nmust: recorded\noverrides: c",
                "id: c\nmust: late\noverrides: a",
            ),
            "a overrides b, b overrides c, c overrides a",
        ),
        (
            (f"id: a\n{PAPERS}\noverrides: b\nsubject_to: b", "id: b\nmust: recorded"),
            "a overrides b, b prevails over a",
        ),
        (
            (f"id: a\n{PAPERS}\notherwise: b", "id: b\nmust: deferred\noverrides: a"),
            "a has for its breach b, b overrides a",
        ),
        ((f"id: a\n{PAPERS}\noverrides: a",), "a overrides a"),
    ],
)
def test_norms_in_a_circle_are_refused_with_all_of_it(blocks: tuple[str, ...], circle: str) -> None:
    assert one(norms(*blocks)) == (
        f"circle: norms set each other aside in a circle: {circle} / Say which of them prevails."
    )


def test_links_that_no_reading_has_together_make_no_circle() -> None:
    either = "overrides: {by_reading: minutes-clock, meeting: b, approval: none}"
    other = "overrides: {by_reading: minutes-clock, meeting: none, approval: a}"
    assert rules(f"id: a\n{PAPERS}\n{either}", f"id: b\nmust: recorded\n{other}")
    gated = "id: b\nmust: recorded\nreading: {minutes-clock: approval}\noverrides: a"
    assert rules(f"id: a\n{PAPERS}\n{either}", gated)
    assert "b overrides a" in one(norms(f"id: a\n{PAPERS}\noverrides: b", gated))


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("must: held\nchanges: none", "changes: changes belongs to a may, and this norm says must"),
        (
            "may: held\nwaived_by: scp-chair",
            "waived: waived_by belongs to a duty or a prohibition, and this norm says may / "
            "Whose leave a may needs stands in if_agreed_by.",
        ),
        ("id: none\nmust: held", 'name-taken: "none" is a word of the language and cannot be an id'),
        ("must: held\notherwise: told", 'unknown-name: otherwise: nothing is called "told" / '),
    ],
)
def test_links_out_of_place(rest: str, message: str) -> None:
    assert one(norm(rest)).startswith(message)


def test_papers_that_follow_each_other_in_a_circle() -> None:
    papers = """instruments:
  a: {name: a, kind: plan, after: b, external: yes, clause: '1'}
  b: {name: b, kind: plan, after: a, external: yes, clause: '1'}
"""
    assert one(papers) == "circle: after goes round in a circle: a → b → a"


# routes


def route(rest: str) -> RouteRule:
    text = f"routes:\n  - {{who: scp, {rest}, clause: '1'}}\n"
    (found,) = [r for r in read(good(text)).rules if isinstance(r, RouteRule)]
    return found


@pytest.mark.parametrize(
    "name", ["party(scp-chair)", "party(scp.chair)", "party(chair)", "scp.members", "scp.member"]
)
def test_whoever_holds_an_office_and_members_of_one_body(name: str) -> None:
    assert route(f"informs: {name}").whom == (name,)


def test_a_route_has_its_condition_its_end_and_its_record() -> None:
    found = route(
        "suspends: scp.members, when: attendance.absences >= 3, until: it is settled, record: in the minutes"
    )
    assert found.when is not None
    assert (found.until, found.record) == ("it is settled", "in the minutes")


def test_responsibility_is_a_route() -> None:
    assert route("answers_for: [funding, dispute]").whom == ("funding", "dispute")


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("papers before meeting", 'have an attribute "papers"'),
        ("shard", 'has no attribute "shard"; did you mean "shared"?'),
    ],
)
def test_a_condition_of_a_route_says_whose_attribute_it_means(when: str, message: str) -> None:
    assert message in one(f"routes:\n  - {{who: scp, informs: public, when: {when}, clause: '1'}}\n")


# offices


def test_how_an_office_ends() -> None:
    office = """offices:
  vice:
    name: Vice
    of: scp
    chosen: {by: post, post: head of service}
    again: no
    resigns: {notice: 6 months, told: scp, force: should, clause: '4.1'}
    removed: {agreed_by: scp, force: may, clause: '4.2'}
    clause: '1'
"""
    from loading_help import CLAUSES, HEAD

    from govmodel.loading import load_text

    head = HEAD.replace("offices:\n", office)
    found = read(load_text(head + CLAUSES, "m.yaml")).rules
    (vice,) = [r for r in found if isinstance(r, OfficeRule) and r.name == "vice"]
    assert (vice.chosen_by, vice.post, vice.again) == ("post", "head of service", False)
    (resigns,) = [r for r in found if isinstance(r, ResignationRule)]
    assert (resigns.office, resigns.notice, resigns.told) == ("vice", Length(6, "month"), ("scp",))
    assert (resigns.force, resigns.clauses) == ("should", ("4.1",))
    (removed,) = [r for r in found if isinstance(r, RemovalRule)]
    assert (removed.agreed_by, removed.force, removed.clauses) == ("scp", "may", ("4.2",))
