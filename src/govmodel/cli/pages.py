"""A page of findings for each model: `python -m govmodel.cli.pages docs/findings models/*.yaml`.

Each is what `govmodel check MODEL --format markdown` prints, in a file of the model's name.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path, models: list[str]) -> None:
    """Write the pages. Raises InputError for a model that cannot be used."""
    from govmodel.report.markdown import as_markdown
    from govmodel.study.checking import check
    from govmodel.study.sidebyside import MOST

    folder.mkdir(parents=True, exist_ok=True)
    for model in models:
        page = folder / f"{Path(model).stem}.md"
        text = as_markdown([check(model, workers=MOST)])
        page.write_text(text, encoding="utf-8", newline="\n")
        print(page)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
