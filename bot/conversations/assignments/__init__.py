"""What people say and do about assignments."""
