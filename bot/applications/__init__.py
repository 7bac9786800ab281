"""Applications to outside funders: rules and records, no words."""
