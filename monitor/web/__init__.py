"""The pages and feeds that Cocorico serves."""
