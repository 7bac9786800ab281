"""Questions in plain Swedish: asked, answered, and what could not be."""
