"""Article in, announcements out: pure, deterministic, explainable."""
