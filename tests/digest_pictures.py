"""The digests whose pictures stand in docs/digests.md: what each is called."""

DIGESTS = {
    "chefen": "digest-manager-1",
    "styrgruppen": "digest-steering-group-1",
    "kommundirektorerna": "digest-municipal-directors-1",
    "referensgruppen": "digest-reference-group-1",
    "direktionen": "meeting-report-board-as-sent-1",
    "natverket": "digest-network-1",
    "en-person": "digest-person-1",
}
TALLEST = 560
"""Points of a picture: the beginning, since a digest is long."""


def slack_picture(reader: str) -> str:
    """What the picture in Slack is called."""
    return f"slack-brev-{reader}"


def teams_picture(reader: str) -> str:
    """What the picture in Teams is called."""
    return f"teams-brev-{reader}"
