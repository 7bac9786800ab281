"""What Teams has room for in a card, each limit with the page it comes from."""

from bot.delivery.rates import Rate

RATES = (
    Rate.within("conversation", 59, 30, burst=2),
    Rate.within("conversation", 1_790, 3_600, burst=300),
    Rate.within("connection", 50, 1, burst=5),
)
"""learn.microsoft.com, Rate limiting for agents: a bot sends, updates and deletes in a conversation
at most 7 times in 1 second, 8 in 2, 60 in 30 and 1,800 in an hour, and asks for at most 50 things a
second in a tenant. The first of ours keeps the first three of theirs; each leaves a little, since
what was sent in time may arrive late, and the last a tenth for what is answered at once."""

ACTIVITY_BYTES = 80_000
"""A whole activity, two bytes a character: learn.microsoft.com/microsoftteams/platform/bots/how-to/
format-your-bot-messages says about 100 KB as UTF-16 and advises to stay under 80 KB."""

AROUND_THE_CARD = 4_000
"""Bytes of an activity that are neither card nor summary: ids, addresses, names."""

SHOWN_ACTIONS = 6
"""Buttons shown in a row, undocumented: github.com/MicrosoftDocs/msteams-docs/issues/5356. Those
with `mode: secondary` lie in a menu beside them."""

PICTURE_BYTES, PICTURE_PIXELS = 1_000_000, 1_024
"""learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format"""

SHOWN_IN_CHOICE = 10
"""Ours: more choices than these are a menu, fewer lie open."""

TABLE_COLUMNS = 4
"""Ours: a table with more columns cannot be read on a phone, so that its rows are drawn apart."""

SUMMARY = 1_000
"""Ours: characters of a notification, of which Teams shows the first line or two."""
