"""Settings for all tests. Hypothesis draws the same examples on every run, and is held to no deadline."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The test runner has threads, beside which no process is forked.
os.environ["GOVMODEL_WORKERS"] = "1"

settings.register_profile(
    "govmodel",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("govmodel")
