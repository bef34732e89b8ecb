"""What is shipped and takes seconds to load: once for all tests of a process."""

from __future__ import annotations

from functools import cache

from monitor.classifier import Classifier
from monitor.data import folder


@cache
def classifier() -> Classifier:
    """Give the classifier of `config/`; it keeps nothing of what it reads, so tests can share it."""
    return Classifier.load(folder("config"))
