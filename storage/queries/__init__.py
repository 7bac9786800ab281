"""What is asked of the database, one module a subject, each query named for its question."""
