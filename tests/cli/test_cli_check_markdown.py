"""check --format markdown: a page of findings that says all that the text says."""

from __future__ import annotations

import json
import re

from cli_help import FIRE, SAFEGUARDING, TOWN, main

from govmodel.report.markdown import slug


def page(*arguments: str) -> str:
    return main("check", *arguments, "--format", "markdown").clean().out


def test_every_finding_has_its_row_and_its_section() -> None:
    for model in (TOWN, SAFEGUARDING, FIRE):
        text = page(model)
        (whole,) = json.loads(main("check", model, "--format", "json").out)["models"]
        assert whole["findings"]
        for number, finding in enumerate(whole["findings"], 1):
            assert f"Reference: `{finding['id']}`" in text
            assert re.search(rf"^\| \[{number}\]\(#\S+\) \| {finding['level']} \|", text, re.M)
            for sentence in finding["story"]:
                assert sentence.split()[0] in text


def test_links_lead_to_headings() -> None:
    text = page(TOWN)
    anchors = {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= anchors


def test_what_is_not_decided_and_which_readings_were_covered() -> None:
    text = page(TOWN)
    assert "## Not decided" in text
    assert "Every question that was asked was decided." in text
    assert "| `chair-vote` | Has the chair a second vote on a tie only, or in every vote? |" in text
    assert "`tie` **(base)**: only when the votes are equal<br>`always`: in every vote" in text
    few = page(TOWN, "--effort", "1")
    assert "Every question that was asked was decided." not in few


def test_two_models_on_one_page_and_signs_that_markdown_would_take() -> None:
    text = page(TOWN, FIRE)
    assert text.count("\n# Findings") + text.startswith("# Findings") == 2
    assert not re.search(r"(?<!\\)[<*](?!\*|br>)", re.sub(r"`[^`]*`|\*\*.+?\*\*", "", text))
