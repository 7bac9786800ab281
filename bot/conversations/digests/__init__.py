"""Digests in chat: read, previewed, sent, paused, chosen."""
