"""What people are reminded of: rules that find it, and the one reminder a day that holds it."""
