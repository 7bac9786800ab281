"""How the schema came to be, a step a file; run by `samspel db upgrade`."""
