"""Questions in plain Swedish: how they are understood, and sets of them."""
