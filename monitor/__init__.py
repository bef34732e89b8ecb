"""Cocorico: decides what is news, who must hear of it, and that they did. Start with `monitor.pipeline`."""
