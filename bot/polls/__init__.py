"""Polls: who may answer what, what is proposed, and what came of it."""
