"""The scorecard: what was ordered, renewed and cancelled, by platform and year, as one page that stands alone."""

from monitor.scorecard.count import COUNTED, Listed, PlatformScore, Scorecard, YearScore, count
from monitor.scorecard.page import render

__all__ = ["COUNTED", "Listed", "PlatformScore", "Scorecard", "YearScore", "count", "render"]
