"""How people use what a text lets them do: consents, opting out, bars that are lifted."""

from __future__ import annotations

from collections.abc import Mapping as Named

from govmodel.loading.nodes import Node
from govmodel.loading.scenario.shapes import ScenarioReader
from govmodel.model.uses import Consents, OptingOut, Uses, Writing

USES = ("consents", "opting-out", "lifting", "waiting", "proxies", "meets", "ahead", "families", "writing")


MOST = 100


def uses(reader: ScenarioReader, node: Named[str, Node]) -> Uses:
    """What a file says of them. `none`, or nothing: it does not happen."""
    there = {name: node[name] for name in USES if name in node and not reader.none(node[name])}
    return Uses(
        consents=_consents(reader, there["consents"]) if "consents" in there else None,
        opting_out=_opting_out(reader, there["opting-out"]) if "opting-out" in there else None,
        writing=_writing(reader, there["writing"]) if "writing" in there else None,
        lifting=reader.chance(there["lifting"]) if "lifting" in there else None,
        waiting=reader.chances(there["waiting"], "waiting") if "waiting" in there else None,
        proxies=reader.chances(there["proxies"], "proxies") if "proxies" in there else None,
        meets=_numbers(reader, there, "meets", "meetings a year"),
        ahead=reader.whole(there["ahead"], "a number of days") if "ahead" in there else None,
        families=_numbers(reader, there, "families", "bodies of a kind"),
    )


def _consents(reader: ScenarioReader, node: Node) -> Consents | None:
    found = reader.block(node, "consents", ("default", "days"), ("by-giver",), ("consents",))
    if found is None or {"default", "days"} - set(found):
        return None
    default, days = reader.chance(found["default"][1]), reader.days(found["days"][1])
    allowed = reader.allowed("bodies", "offices", "parties", "classes")
    words = allowed and allowed | {"members", "parties", "subject"}
    stated = reader.named(found, "by-giver", "body, office, party or class", words, ("consents", "by_giver"))
    by_giver = {name: reader.chance(value) for name, (_, value) in stated.items()}
    if default is None or days is None:
        return None
    given = {name: chance for name, chance in by_giver.items() if chance is not None}
    return Consents(default=default, first=days[0], last=days[1], by_giver=given)


def _opting_out(reader: ScenarioReader, node: Node) -> OptingOut | None:
    found = reader.block(node, "opting_out", ("against", "others"), (), ("opting_out",))
    if found is None or {"against", "others"} - set(found):
        return None
    against, others = (reader.chance(found[key][1]) for key in ("against", "others"))
    return OptingOut(against=against, others=others) if against is not None and others is not None else None


def _writing(reader: ScenarioReader, node: Node) -> Writing | None:
    found = reader.block(node, "writing", ("share", "answers", "days"), (), ("writing",))
    if found is None or {"share", "answers", "days"} - set(found):
        return None
    share, answers = (reader.chance(found[key][1]) for key in ("share", "answers"))
    days = reader.days(found["days"][1])
    if share is None or answers is None or days is None:
        return None
    return Writing(share=share, answers=answers, first=days[0], last=days[1])


def _numbers(reader: ScenarioReader, there: Named[str, Node], heading: str, what: str) -> dict[str, int]:
    """A number for each of some bodies."""
    if heading not in there:
        return {}
    stated = reader.entries(there[heading], heading, (heading,)) or {}
    known, found = reader.allowed("bodies"), {}
    for name, (key, value) in stated.items():
        if reader.name(key, "body", known) is None:
            continue
        number = reader.whole(value, f"a number of {what}", 1)
        if number is not None and number > MOST:
            reader.problems.add(value.mark, "too-many", f"at most {MOST} {what} can be run")
        elif number is not None:
            found[name] = number
    return found
