"""Slack's limits that slackblocks does not keep by itself, each with the page it comes from."""

BLOCKS_IN_MESSAGE = 50
"""docs.slack.dev/reference/block-kit/blocks"""

BLOCKS_IN_VIEW = 100
"""docs.slack.dev/reference/views: modals and the App Home."""

FALLBACK_TEXT = 4_000
"""docs.slack.dev/reference/methods/chat.postMessage: `text`, what is advised; cut past 40,000."""

TABLE_CHARACTERS = 10_000
"""docs.slack.dev/reference/block-kit/blocks/data-table-block: all cells of a message."""

METADATA = 3_000
"""docs.slack.dev/reference/views: `private_metadata`."""

SHOWN_IN_CHOICE = 10
"""docs.slack.dev/reference/block-kit/block-elements: radio buttons and checkboxes; more: a menu."""

ADDRESS = 3_000
"""docs.slack.dev/reference/block-kit/block-elements/button-element: `url`; links alike."""
