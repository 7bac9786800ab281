"""The conversations: each thing a person can do, in platform-neutral terms."""
