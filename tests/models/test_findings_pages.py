"""docs/findings: a page for each model, as `make findings` writes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from model_help import MODELS, PAGES

from govmodel.model.checked import Checked
from govmodel.report.markdown import as_markdown

NAMES = sorted(path.stem for path in MODELS.glob("*.yaml"))
RENEW = (
    "is not what the model now says: run `make findings` (or, without make, "
    "`python -m govmodel.cli.pages docs/findings models/*.yaml`), read what changed, and commit it"
)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_current(check_once: Callable[[str], Checked], name: str) -> None:
    page = PAGES / f"{name}.md"
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    assert written == as_markdown([check_once(name)]), f"docs/findings/{name}.md {RENEW}"


def test_there_is_no_page_without_a_model() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == NAMES
