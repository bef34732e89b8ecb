"""What is remembered: the only user of SQLAlchemy."""
