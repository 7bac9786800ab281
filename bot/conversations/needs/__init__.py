"""What people say and do about needs."""
