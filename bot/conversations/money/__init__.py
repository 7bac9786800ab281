"""What people do with money in chat: see how it stands, enter what things have cost."""
