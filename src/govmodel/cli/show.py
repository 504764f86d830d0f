"""`govmodel show`: read a model back as sentences and tables."""

from __future__ import annotations

import os
import shutil
import sys

import click

from govmodel.cli.options import pairs, write


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
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write, instead of the screen.")
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
    from govmodel.report.findings import no_paint
    from govmodel.study.showing import show

    shown = show(model, what, by=by, reading=reading)
    if format_ == "text":
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        screen = output == "-" and sys.stdout.isatty()
        width = min(max(shutil.get_terminal_size((100, 24)).columns, 60), 160) if screen else showing.WIDTH
        text = showing.as_text(shown, _paint if screen and not plain else no_paint, width)
    else:
        render = {"json": showing.as_json, "markdown": showing.as_markdown, "csv": showing.as_csv}[format_]
        text = render(shown)
    write(text, output, models=(model,))
    return 0


def _paint(role: str, text: str) -> str:
    return click.style(text, bold=True) if role == "strong" else click.style(text, dim=True)
