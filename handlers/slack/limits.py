"""Slack's limits that slackblocks does not keep by itself, each with the page it comes from."""

from bot.delivery.rates import Rate

RATES = (
    Rate("conversation", tokens=1, seconds=1, burst=2, methods=("send",)),
    Rate("connection", tokens=50, seconds=60, burst=4, methods=("update",)),
    Rate("connection", tokens=50, seconds=60, burst=4, methods=("remove",)),
)
"""docs.slack.dev/apis/web-api/rate-limits: chat.postMessage one a second and channel with short
bursts; chat.update and chat.delete are of tier 3, 50 and more a minute, method and workspace."""

BLOCKS_IN_MESSAGE = 50
"""docs.slack.dev/reference/block-kit/blocks"""

BLOCKS_IN_VIEW = 100
"""docs.slack.dev/reference/views: modals and the App Home."""

CHARACTERS_IN_MESSAGE = 13_200
"""All words of a message's blocks: on no page, measured (`msg_blocks_too_long`) in
github.com/slackapi/bolt-js/issues/2509."""

BYTES_IN_VIEW = 250_000
"""docs.slack.dev/reference/methods/views.publish: `view_too_large`."""

FALLBACK_TEXT = 4_000
"""docs.slack.dev/reference/methods/chat.update: `msg_too_long`; what chat.postMessage advises."""

TEXT = 3_000
"""docs.slack.dev/reference/block-kit/composition-objects/text-object"""

TABLE_CHARACTERS = 10_000
"""docs.slack.dev/reference/block-kit/blocks/data-table-block: all cells of a message."""

CHARTS_IN_MESSAGE = 2
"""docs.slack.dev/reference/block-kit/blocks/data-visualization-block"""

CONTEXT_ELEMENTS = 10
"""docs.slack.dev/reference/block-kit/blocks/context-block"""

ACTIONS_ELEMENTS = 25
"""docs.slack.dev/reference/block-kit/blocks/actions-block"""

METADATA = 3_000
"""docs.slack.dev/reference/views: `private_metadata`."""

ALERT = 200
"""The alert block: java-slack-sdk pull request 1624."""

OPTION = 75
"""docs.slack.dev/reference/block-kit/composition-objects/option-object: `text` and `value`."""

SHOWN_IN_CHOICE = 10
"""docs.slack.dev/reference/block-kit/block-elements: radio buttons and checkboxes; more: a menu."""

ADDRESS = 3_000
"""docs.slack.dev/reference/block-kit/block-elements/button-element: `url`; links alike."""
