"""The command line: one file a command; parse, call one use case, print, set the exit code.

Exit codes: 0 nothing at or above the failing level; 1 findings; 2 the input cannot be used;
3 something was left undecided. 2 wins over 1, 1 over 3.
"""

from __future__ import annotations

import _thread
import contextlib
import importlib
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from threading import Timer, current_thread, main_thread
from typing import NoReturn

import click

from govmodel.cli.ending import end
from govmodel.errors import InputError, Lost

COMMANDS = {
    "check": "Find the defects of constitutions.",
    "explain": "Print the page of a check.",
    "show": "Read a model back as sentences and tables.",
    "graph": "Draw the bodies, offices and routes.",
    "simulate": "Run meeting years and print what comes of them.",
    "sweep": "Run a grid of scenarios, recorded as it goes and resumed.",
    "compare": "Lay several designs beside one another.",
    "fit": "Fit a scenario's attendance to minutes.",
    "repair": "Look for redrafts that remove findings, and check them again.",
    "trace": "Hold the clauses of a model against the document's text.",
    "schema": "Print the JSON Schema of model files, for editors.",
    "new": "Write a commented starting model.",
}
"""Every command and its line in the help, so that the help imports none of them."""


class _Lazy(click.Group):
    """Imports a command when it is called, not when it is listed: `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"govmodel.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]}?" if near else f" The commands are {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", package_name="govmodel", prog_name="govmodel")
def _group() -> None:
    """Run the constitution of a partnership as the program that it is.

    govmodel reads a model of a constitution or terms of reference, and finds what its rules make
    of one another: notice that cannot be given, ties that nobody can break, quorums that a
    withdrawal ends, complaints that go to the person complained of.

    Start with: govmodel check models/oscp-2010.yaml
    """


def main() -> None:
    """The console script. No traceback ever reaches a user."""
    asked: list[int] = []

    def interrupt(number: int, _: object) -> NoReturn:
        asked.append(number)
        raise KeyboardInterrupt

    hook, handler = sys.unraisablehook, signal.getsignal(signal.SIGINT)
    ours = handler is signal.default_int_handler and current_thread() is main_thread()
    sys.unraisablehook = partial(_dropped, hook)
    if ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        _main(asked)
    finally:
        sys.unraisablehook = hook
        if ours and signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, handler)


def _dropped(hook: Callable[[sys.UnraisableHookArgs], object], lost: sys.UnraisableHookArgs) -> None:
    """Ctrl-C that comes while Python clears something away (z3's solvers, for one) is dropped by it: it comes
    again a little later."""
    if lost.exc_type is KeyboardInterrupt:
        again = Timer(0.01, _thread.interrupt_main)
        again.daemon = True
        again.start()
    else:
        hook(lost)


def _main(asked: Sequence[int]) -> None:
    """`asked`: what the user has asked to stop by, since a library may make another error of that."""
    status: object = 0
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, it lives as long as we do
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows few letters
    try:
        status = _group.main(standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as stop:
        # click ends with 1 where the reader of our output went away; no command of ours ends so.
        sys.exit(141 if stop.code == 1 else stop.code)
    except click.exceptions.Abort:
        _stopped()
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except InputError as error:
        from govmodel.report.diagnostics import problems_text

        _end(problems_text(error.problems).rstrip("\n"), 2)
    except Lost as error:
        _end(f"{error}.", 2)
    except KeyboardInterrupt:
        _stopped()
    except BrokenPipeError:
        _silent()
        sys.exit(141)
    except OSError as error:
        _silent()
        _end(f"cannot write: {error.strerror or error}", 2)
    except Exception as error:
        if asked:
            _stopped()
        if os.environ.get("GOVMODEL_DEBUG"):
            raise
        _end(
            f"govmodel failed: {type(error).__name__}: {error}\n"
            "This is a defect of govmodel, not of your file. Set GOVMODEL_DEBUG=1 for the details.",
            70,
        )
    end(status if isinstance(status, int) else 0)


def _silent() -> None:
    """Nobody reads our output any more: let nothing be flushed at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stopped() -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is impatient is told once, and without a traceback
    _end("stopped.", 130)


def _end(text: str, status: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(status)
