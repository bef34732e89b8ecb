"""The worker spider, and how each kind of answer is read."""
