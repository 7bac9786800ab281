"""The weekly digests: when they are due, what is known then, and how it is said."""
