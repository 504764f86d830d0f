"""Scenario files: what a constitution leaves to behaviour and chance."""

from __future__ import annotations

from govmodel.loading.scenario.known import known
from govmodel.loading.scenario.whole import load_scenario, scenario_nodes, scenario_of

__all__ = ["known", "load_scenario", "scenario_nodes", "scenario_of"]
