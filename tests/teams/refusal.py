"""Why the connector does not do what it was asked."""


class Refusal(Exception):
    """An answer with this status and error code."""

    def __init__(self, status: int, code: str, says: str) -> None:
        super().__init__(code)
        self.status, self.code, self.says = status, code, says


def not_found() -> Refusal:
    """No such conversation, or no more."""
    return Refusal(404, "ConversationNotFound", "Conversation not found.")


def no_activity() -> Refusal:
    """No such message there, or no more."""
    return Refusal(404, "ActivityNotFoundInConversation", "Activity not found in conversation.")


def not_in_roster() -> Refusal:
    """The bot is not where it wants to speak or look."""
    says = "The bot is not part of the conversation roster."
    return Refusal(403, "BotNotInConversationRoster", says)


def blocked() -> Refusal:
    """The person wants to hear nothing."""
    says = "User blocked the conversation with the bot."
    return Refusal(403, "ConversationBlockedByUser", says)


def bad(says: str, code: str = "BadArgument") -> Refusal:
    """What was asked makes no sense."""
    return Refusal(400, code, says)
