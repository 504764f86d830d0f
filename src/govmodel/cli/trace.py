"""`govmodel trace`: hold the clause index of a model against the document's text."""

from __future__ import annotations

import click

from govmodel.cli.options import TO_FILE, looks, write


@click.command("trace")
@click.argument("model", metavar="MODEL", type=click.Path(path_type=str))
@click.option("--source", metavar="TEXT", required=True, help="The document's text, plain and in UTF-8.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@TO_FILE
@click.option("--brief", is_flag=True, help="Leave the list of all clauses out of the text.")
@click.option(
    "--findings/--no-findings", default=True, show_default=True,
    help="Where clauses changed, ask every check and name the findings that cite them.",
)  # fmt: skip
def command(model: str, source: str, format_: str, output: str, brief: bool, findings: bool) -> int:
    """Hold the clause index of MODEL against the TEXT of its document.

    Which clauses of the text the index lacks, which of its entries the text lacks, which clauses have
    other words than when they were read, and what became of every clause in the model.

    Exit code 0: nothing is unread, unknown, missing or changed. 1: something is. 2: a file cannot be used.
    """
    from govmodel.report.tracing import as_json, as_text
    from govmodel.study.tracing import trace

    traced = trace(model, source, findings=findings)
    text = as_json(traced) if format_ == "json" else as_text(traced, *looks(output), brief=brief)
    write(text, output, models=(model, source))
    return 0 if traced.faithful else 1
