"""What a message says, and getting it there."""
