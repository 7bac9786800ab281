"""Reminders in chat: the card, what one answers from it, absence and pauses."""
