"""`govmodel explain`: the page of a check."""

from __future__ import annotations

import click

GUIDE = """
How to read a page
  A finding is an error, a warning or a note. "One lower" makes an error a warning, a warning a note, and
  of a note it makes nothing.
  A reading is one way to understand words that can be understood in several. The base reading takes
  each of them as whoever made the model thinks that it is meant.
  A case is one event with all that belongs to it: a meeting with its papers, a complaint with its answer.
  An example is a small text as a model. What its clauses say stands under "clauses:" at its end, and
  "# finds: GM101" marks those that the check cites there. `govmodel show` reads a model in sentences.
"""


@click.command("explain")
@click.argument("check", metavar="[CHECK]", required=False)
def command(check: str | None) -> int:
    """Print the page of CHECK (GM104), or the catalogue."""
    from govmodel.checks import CATALOGUE, FAMILIES, entry

    if check is None:
        for family, title in FAMILIES.items():
            click.echo(f"{title}")
            for line in CATALOGUE:
                if line.family == family:
                    click.echo(f"  {line.id}  {line.name}")
                    if line.on_request:
                        click.echo(f"         (asked only when it is selected: --select {line.id})")
        click.echo(GUIDE, nl=False)
        return 0
    found = entry(check)
    if found is None:
        import difflib
        import re

        known = [e.id for e in CATALOGUE]
        asked = check.upper().replace("O", "0").replace("I", "1")  # letters that pass for figures
        near = difflib.get_close_matches(asked, known, n=1, cutoff=0.4)
        if re.fullmatch(r"GM\d{3}", asked):
            near = [min(known, key=lambda id: abs(int(id[2:]) - int(asked[2:])))]
        words = check.lower().replace("-", " ")
        by_name = [e for e in CATALOGUE if words and e.name.replace("-", " ").startswith(words)]
        if by_name:
            found = by_name[0]
        else:
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no check {check!r}.{hint} `govmodel explain` lists them.")
    click.echo(found.page(), nl=False)
    return 0
