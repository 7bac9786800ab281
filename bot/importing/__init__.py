"""Directory, plan and meetings read from files, with every fault told by row and column."""
