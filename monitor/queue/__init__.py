"""Jobs: enqueue, claim, done, retry."""
