"""The bot itself: what it knows and what it says, on no particular platform."""
