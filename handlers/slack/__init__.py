"""Slack: the same conversations, at home in a workspace."""
