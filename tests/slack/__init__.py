"""Slack's side, for tests: see `counterpart`. Its documented limits: see `limits`."""

from tests.slack.acknowledged import Acked
from tests.slack.core import Call
from tests.slack.counterpart import Slack, slack_counterpart

__all__ = ["Acked", "Call", "Slack", "slack_counterpart"]
