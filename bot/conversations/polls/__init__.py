"""What people say and do about polls."""
