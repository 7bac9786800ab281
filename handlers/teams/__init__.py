"""Microsoft Teams: the same conversations, at home in each municipality's tenant."""
