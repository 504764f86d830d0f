"""`govmodel show`: read a model back as sentences and tables."""

from __future__ import annotations

import click

from govmodel.cli.options import TO_FILE, looks, pairs, write


@click.command("show")
@click.argument("model", metavar="MODEL", type=click.Path(path_type=str))
@click.argument("what", metavar="[WHAT]", default="sentences")
@click.option(
    "--by", metavar="ORDER", default="subject", show_default=True,
    help="Sentences by subject (body, office, paper, norm, route), or by clause.",
)  # fmt: skip
@click.option(
    "--reading", "readings", metavar="NAME=OPTION", multiple=True,
    help="Settle a question that the text leaves open; nothing is conditional on it then.",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "markdown", "csv")), default="text",
    show_default=True,
)  # fmt: skip
@TO_FILE
def command(model: str, what: str, by: str, readings: tuple[str, ...], format_: str, output: str) -> int:
    """Read MODEL back in plain English, to be laid beside the document.

    \b
    WHAT is one of
      sentences  what each provision says, with its clauses (the default)
      summary    each body at a glance
      seats      every seat, and how many seats and votes there are under all readings
      readings   the questions that the text leaves open
      routes     who reports, advises, decides and escalates to whom
      clocks     every deadline, notice, frequency and term
      coalitions who can carry or stop what, and which absences end a quorum
      power      how much each vote decides (Banzhaf, Shapley–Shubik, Coleman, Nakamura)
    """
    reading = pairs(readings)

    from govmodel.report import showing
    from govmodel.study.showing import show

    shown = show(model, what, by=by, reading=reading)
    if format_ == "text":
        text = showing.as_text(shown, *looks(output))
    else:
        render = {"json": showing.as_json, "markdown": showing.as_markdown, "csv": showing.as_csv}[format_]
        text = render(shown)
    write(text, output, models=(model,))
    return 0
