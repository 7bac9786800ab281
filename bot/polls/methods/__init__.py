"""Ways to count votes: pure, over option keys and ballots."""
