"""Specimens: an invented world, and every view that the bot can make of it, without a database."""
