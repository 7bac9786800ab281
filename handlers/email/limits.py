"""How fast the mail server lets us send: servers differ, so that a setting says it."""

from bot.delivery.rates import Rate
from bot.settings import Settings

AT_ONCE = 20
"""Of a minute's mails, one part in so many may go at once."""


def rates(settings: Settings) -> tuple[Rate, ...]:
    """The server's rate, shared by all that is mailed; none where it is not set."""
    most = settings.mail_per_minute
    if most is None:
        return ()
    if most == 1:
        return (Rate("connection", tokens=1, seconds=60, burst=1),)
    return (Rate.within("connection", most, 60, burst=max(1, most // AT_ONCE)),)
