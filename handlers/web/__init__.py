"""The web chat: a platform like any other, drawn as pages that work without script."""
