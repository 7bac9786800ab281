"""Needs: what is needed jointly, and its way to a decision. Rules and records, no words."""
