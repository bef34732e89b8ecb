"""The demo: a local news site made of the seeds, and a mail server that writes each message to a file."""
