"""Where the text stands on sites' pages, kept over restarts: what `crawler.SiteReport` tells, by host."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from crawler import Lesson, SiteReport, Template, Trait
from monitor.store.tables import Tx, insert_into
from monitor.store.template_tables import TemplateRow

_LONGEST_HOST = 200  #: characters; a longer one is asked about anew each time


def of_host(tx: Tx, host: str) -> Template | None:
    """Give what is known of how a host's pages are made; None when nothing is."""
    row = tx.get(TemplateRow, host)
    if row is None:
        return None
    traits = tuple(Trait(**trait) for trait in row.template["traits"])
    return Template(**{**row.template, "box": tuple(row.template["box"]), "traits": traits})


def learned(tx: Tx, host: str, report: SiteReport, *, now: datetime) -> bool:
    """Keep what a page taught; True when the template was dropped."""
    if len(host) > _LONGEST_HOST:
        return False
    values = {
        "template": asdict(report.template),
        "lesson": report.lesson,
        "reason": report.reason,
        "changed_at": now,
    }
    dropped = {"dropped_at": now} if report.lesson is Lesson.DROPPED else {}
    statement = insert_into(tx, TemplateRow).values({"host": host, "dropped_at": None} | values | dropped)
    tx.execute(statement.on_conflict_do_update(index_elements=["host"], set_=values | dropped))
    return report.lesson is Lesson.DROPPED
