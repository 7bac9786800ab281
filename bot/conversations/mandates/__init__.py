"""Who answers for a municipality: shown, given for a period, ended."""
