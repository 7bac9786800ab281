"""Mail: drawn, and sent over SMTP."""
