"""Assignments: work that people are asked to take on. Rules and records, no words."""
