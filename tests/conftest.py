"""Settings for all tests. Hypothesis draws the same examples on every run, and is held to no deadline."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from govmodel.model.checked import Checked
from govmodel.spread.memory import keep_memory
from strategies.compared import COMPARED, ELSEWHERE, told

# The test runner has threads, beside which no process is forked.
os.environ["GOVMODEL_WORKERS"] = "1"
# Some hundred programs are started, which need not all be compiled anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# z3 takes and gives back 16 megabytes for every question.
keep_memory()

settings.register_profile(
    "govmodel",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("govmodel")


@pytest.fixture(scope="session")
def check_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Checked]:
    """The findings of a model of the project by its name: checked once for a whole run, however many
    processes it has."""
    from model_help import checked_once  # beside the tests of the models, which alone ask for it

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # every process of the run has a folder in this one
    return partial(checked_once, folder=folder)


# What was compared is counted in every process of a run and told once, at its end.


def pytest_sessionfinish(session: pytest.Session) -> None:
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["compared"] = dict(COMPARED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    ELSEWHERE.update(getattr(node, "workeroutput", {}).get("compared", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in told():
        terminalreporter.write_line(line)
