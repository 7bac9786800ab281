"""A test that is skipped, or expected to fail, fails the run: what is not tried is not known.

Loaded for every run by `addopts` in pyproject.toml. The cure is to give the test what it
needs (`make test` installs it) or to take the test away; there is no way to silence it.
"""

from collections.abc import Generator

import pytest

CURE = "No test is skipped or expected to fail here: give it what it needs, or take it away."


def _refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    expected_to_fail = hasattr(report, "wasxfail")
    if not (report.skipped or expected_to_fail):
        return
    why = getattr(report, "wasxfail", "") or report.longreprtext
    if expected_to_fail:
        delattr(report, "wasxfail")
    report.outcome = "failed"
    report.longrepr = f"{why}\n{CURE}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse(report)
    return report
