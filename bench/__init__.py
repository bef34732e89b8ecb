"""Speed and quality, each measured next to a baseline in the same run."""
