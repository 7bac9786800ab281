"""A year of the organisation, lived in seconds."""
